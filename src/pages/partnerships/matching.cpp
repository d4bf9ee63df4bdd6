#include "pages/partnerships/matching.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "pages/address.hpp"

namespace pitchblende::pages {

namespace {

using registry::Kind;
using search::Facet;

constexpr size_t k_best = 5;
constexpr uint32_t k_direct = 8;  // of a sort, by their own words
constexpr uint32_t k_works = 30;  // that are looked into for who did them
constexpr size_t k_counted_proofs = 6;
constexpr size_t k_most_people = 15;  // whose teams are looked up
constexpr float k_worth = 0.35F;      // of the best one's score: below it, it is chance

std::vector<search::Hit> hits_of(const search::Index& index, std::string_view need, std::vector<std::string> kinds,
                                 uint32_t size, const access::Viewer& viewer) {
  search::Query query;
  query.words = need;
  query.match = search::Match::any;
  query.filters = {{Facet::kind, std::move(kinds)}};
  query.size = size;
  query.facet_size = 0;
  std::vector<search::Hit> hits = index.search(query, viewer).hits;
  const float least = hits.empty() ? 0 : hits.front().score * k_worth;
  std::erase_if(hits, [&](const search::Hit& hit) { return hit.score < least; });
  return hits;
}

// The words of a need that say something, each by its stems.
class NeedWords {
 public:
  explicit NeedWords(std::string_view need) {
    for (const Token& token : pitchblende::words(need)) {
      const bool empty =
          is_stop_word(token.folded, StemLanguage::english) || is_stop_word(token.folded, StemLanguage::french);
      const Stems stems = stems_of(token.folded);
      if (!empty && std::find(m_all.begin(), m_all.end(), stems) == m_all.end()) {
        m_all.push_back(stems);
      }
    }
  }

  size_t size() const { return m_all.size(); }
  // Those that stand in a text, as they are written there.
  std::vector<std::string> in(std::string_view text) const {
    std::vector<bool> seen(m_all.size());
    std::vector<std::string> out;
    for (const Token& token : pitchblende::words(text)) {
      const Stems stems = stems_of(token.folded);
      const auto at = std::find_if(m_all.begin(), m_all.end(), [&](const Stems& each) {
        return each.english == stems.english || each.french == stems.french;
      });
      const auto place = static_cast<size_t>(at - m_all.begin());
      if (at != m_all.end() && !seen[place]) {
        seen[place] = true;
        out.emplace_back(text.substr(token.begin, token.end - token.begin));
      }
    }
    return out;
  }

 private:
  struct Stems {
    std::string english;
    std::string french;
    bool operator==(const Stems&) const = default;
  };
  static Stems stems_of(std::string_view folded) {
    return {stem(folded, StemLanguage::english), stem(folded, StemLanguage::french)};
  }
  std::vector<Stems> m_all;
};

class Matching {
 public:
  Matching(const Site& site, const access::Viewer& viewer, const Words& words)
      : m_site(site), m_index(site.index()), m_viewer(viewer), m_words(words) {}

  Result<Matches> of(std::string_view need) {
    Matches out;
    direct(need, {"team"});
    direct(need, {"platform", "equipment", "service"});
    direct(need, {"person"});
    direct(need, {"project", "partnership"});
    TRY(works(need));
    TRY(teams_of_people());
    name_all();
    // Without a reason nobody is named.
    std::erase_if(m_all, [](const auto& each) { return each.second.found.empty() && each.second.proofs.empty(); });
    for (auto& [id, candidate] : m_all) {
      candidate.weight += static_cast<double>(std::min(candidate.proofs.size(), k_counted_proofs)) / k_counted_proofs;
      list_of(out, candidate.kind).push_back(std::move(candidate));
    }
    for (std::vector<Candidate>* list : {&out.teams, &out.platforms, &out.people, &out.projects}) {
      std::sort(list->begin(), list->end(), [](const Candidate& a, const Candidate& b) {
        return std::pair(-a.weight, a.id) < std::pair(-b.weight, b.id);
      });
      list->resize(std::min(list->size(), k_best));
    }
    return out;
  }

 private:
  static std::vector<Candidate>& list_of(Matches& matches, Kind kind) {
    return kind == Kind::team                                   ? matches.teams
           : kind == Kind::person                               ? matches.people
           : kind == Kind::project || kind == Kind::partnership ? matches.projects
                                                                : matches.platforms;
  }

  Candidate& candidate(Id id, Kind kind) {
    Candidate& out = m_all[id];
    out.id = id;
    out.kind = kind;
    if (kind != Kind::person && kind != Kind::project && kind != Kind::partnership) {
      out.ask = id;
    }
    return out;
  }

  void direct(std::string_view need, const std::vector<std::string>& kinds) {
    const std::vector<search::Hit> hits = hits_of(*m_index, need, kinds, k_direct, m_viewer);
    const NeedWords wanted(need);
    for (const search::Hit& hit : hits) {
      Candidate& one = candidate(hit.id, hit.kind);
      one.found = wanted.in(hit.title + "\n" + hit.note + "\n" + hit.snippet);
      // One rare word of many is less than it scores.
      const double share =
          static_cast<double>(one.found.size()) / static_cast<double>(std::max<size_t>(wanted.size(), 1));
      one.weight = hit.score / std::max(hits.front().score, 1e-6F) * share;
      one.hit = hit;
    }
  }

  static void prove(Candidate& candidate, const Proof& proof) {
    const bool known = std::any_of(candidate.proofs.begin(), candidate.proofs.end(),
                                   [&](const Proof& each) { return each.id == proof.id; });
    if (!known) {
      candidate.proofs.push_back(proof);
    }
  }

  // The works nearest to the need speak for who did them.
  Result<void> works(std::string_view need) {
    const std::vector<search::Hit> hits =
        hits_of(*m_index, need, {"publication", "project", "trial", "patent"}, k_works, m_viewer);
    std::vector<Id> ids;
    for (const search::Hit& hit : hits) {
      ids.push_back(hit.id);
    }
    TRY_ASSIGN(const std::vector<registry::Card> cards, m_site.registry().cards(ids, m_viewer));
    for (const registry::Card& card : cards) {
      const auto hit =
          std::find_if(hits.begin(), hits.end(), [&](const search::Hit& each) { return each.id == card.id; });
      const std::string title(hit == hits.end() ? card.label : search::title_in(hit->title, m_words.code()));
      const Proof proof{card.id, title, thing_address(m_words.code(), card.kind, card.id)};
      TRY_ASSIGN(const auto named, m_site.registry().named_in(card, m_viewer));
      for (const registry::Named& each : named) {
        prove(candidate(each.id, Kind::person), proof);
      }
      TRY_ASSIGN(const auto links, m_site.registry().links_from(card.id, m_viewer));
      for (const registry::Link& link : links) {
        if (link.to_kind == Kind::team || link.to_kind == Kind::platform || link.to_kind == Kind::equipment) {
          prove(candidate(link.to, link.to_kind), proof);
        } else if (link.to_kind == Kind::person) {
          prove(candidate(link.to, Kind::person), proof);
        }
      }
    }
    return {};
  }

  // A person is asked through his team; what speaks for him speaks for it.
  Result<void> teams_of_people() {
    std::vector<std::pair<double, Id>> people;
    for (const auto& [id, each] : m_all) {
      if (each.kind == Kind::person) {
        people.emplace_back(-each.weight - static_cast<double>(each.proofs.size()), id);
      }
    }
    std::sort(people.begin(), people.end());
    people.resize(std::min(people.size(), k_most_people));
    for (const auto& [weight, id] : people) {
      TRY_ASSIGN(const auto links, m_site.registry().links_from(id, m_viewer));
      for (const registry::Link& link : links) {
        if (link.field == "positions" && link.to_kind == Kind::team && link.until.empty()) {
          const std::vector<Proof> proofs = m_all[id].proofs;
          Candidate& team = candidate(link.to, Kind::team);
          for (const Proof& proof : proofs) {
            prove(team, proof);
          }
          if (m_all[id].ask == Id()) {
            m_all[id].ask = link.to;
          }
        }
      }
    }
    return {};
  }

  void name_all() {
    std::vector<Id> ids;
    for (const auto& [id, each] : m_all) {
      ids.push_back(id);
    }
    std::map<Id, search::Hit> known;
    for (search::Hit& hit : m_index->known(ids, m_viewer)) {
      const Id id = hit.id;
      known.emplace(id, std::move(hit));
    }
    std::erase_if(m_all, [&](const auto& each) { return !known.contains(each.first); });
    for (auto& [id, each] : m_all) {
      const search::Hit& hit = known.at(id);
      each.label = search::title_in(hit.title, m_words.code());
      each.note = search::title_in(hit.note, m_words.code());
      if (each.ask != Id() && each.ask != id) {
        const auto team = known.find(each.ask);
        each.ask_label =
            team == known.end() ? std::string() : std::string(search::title_in(team->second.title, m_words.code()));
        each.ask = team == known.end() ? Id() : each.ask;
      }
    }
  }

  const Site& m_site;
  std::shared_ptr<const search::Index> m_index;
  const access::Viewer& m_viewer;
  const Words& m_words;
  std::map<Id, Candidate> m_all;
};

}  // namespace

Result<Matches> who_matches(const Site& site, std::string_view need, const access::Viewer& viewer, const Words& words) {
  if (trim(need).empty()) {
    return Matches{};
  }
  return Matching(site, viewer, words).of(need);
}

}  // namespace pitchblende::pages
