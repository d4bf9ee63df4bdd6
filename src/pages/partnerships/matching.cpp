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
constexpr uint32_t k_direct = 8;      // of a sort, by their own words
constexpr uint32_t k_works = 30;      // that are looked into for who did them
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
    size_t last = std::string_view::npos;  // where the word before ended, if it is one of these
    for (const Token& token : pitchblende::words(need)) {
      const bool empty =
          is_stop_word(token.folded, StemLanguage::english) || is_stop_word(token.folded, StemLanguage::french);
      const Stems stems = stems_of(token.folded);
      if (!empty && std::find(m_all.begin(), m_all.end(), stems) == m_all.end()) {
        m_all.push_back(stems);
        m_typed.emplace_back(need.substr(token.begin, token.end - token.begin));
        m_joined.push_back(last < token.begin && last + 1 == token.begin && need[last] == '-');
        last = token.end;
      } else {
        last = std::string_view::npos;
      }
    }
  }

  size_t size() const { return m_all.size(); }
  // Those that stand in a text in whatever form, in its order.
  std::vector<size_t> in(std::string_view text) const {
    std::vector<bool> seen(m_all.size());
    std::vector<size_t> out;
    for (const Token& token : pitchblende::words(text)) {
      const Stems stems = stems_of(token.folded);
      const auto at = std::find_if(m_all.begin(), m_all.end(), [&](const Stems& each) {
        return each.english == stems.english || each.french == stems.french;
      });
      const auto place = static_cast<size_t>(at - m_all.begin());
      if (at != m_all.end() && !seen[place]) {
        seen[place] = true;
        out.push_back(place);
      }
    }
    return out;
  }
  // As they were typed: what a hyphen joins is one word, "CAR-T".
  std::vector<std::string> told(const std::vector<size_t>& places) const {
    const auto is_there = [&](size_t place) { return std::find(places.begin(), places.end(), place) != places.end(); };
    std::vector<std::string> out;
    for (const size_t place : places) {
      if (m_joined[place] && is_there(place - 1)) {
        continue;
      }
      out.push_back(m_typed[place]);
      for (size_t next = place + 1; next < m_joined.size() && m_joined[next] && is_there(next); ++next) {
        out.back() += "-" + m_typed[next];
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
  std::vector<std::string> m_typed;
  std::vector<bool> m_joined;  // to the one before it
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
      candidate.weight += worth_of(candidate.proofs);
      // The nearest are those that are shown.
      std::stable_sort(candidate.proofs.begin(), candidate.proofs.end(),
                       [](const Proof& a, const Proof& b) { return a.worth > b.worth; });
      list_of(out, candidate.kind).push_back(std::move(candidate));
    }
    for (std::vector<Candidate>* list : {&out.teams, &out.platforms, &out.people, &out.projects}) {
      std::sort(list->begin(), list->end(), [](const Candidate& a, const Candidate& b) {
        return std::pair(-a.weight, a.id) < std::pair(-b.weight, b.id);
      });
      const double least = list->empty() ? 0 : list->front().weight * k_worth;
      std::erase_if(*list, [&](const Candidate& each) { return each.weight < least; });
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
      one.found = wanted.told(found_in(hit, wanted));
      one.weight = nearness(hit, hits.front(), wanted);
      one.hit = hit;
    }
  }

  static std::vector<size_t> found_in(const search::Hit& hit, const NeedWords& wanted) {
    return wanted.in(hit.title + "\n" + hit.note + "\n" + hit.snippet);
  }
  // 0 … 1, as it scores beside the best of its sort. One rare word of many is less than it scores.
  static double nearness(const search::Hit& hit, const search::Hit& best, const NeedWords& wanted) {
    const auto found = static_cast<double>(found_in(hit, wanted).size());
    return hit.score / std::max(best.score, 1e-6F) * found / static_cast<double>(std::max<size_t>(wanted.size(), 1));
  }

  static void prove(Candidate& candidate, const Proof& proof) {
    const bool known = std::any_of(candidate.proofs.begin(), candidate.proofs.end(),
                                   [&](const Proof& each) { return each.id == proof.id; });
    if (!known) {
      candidate.proofs.push_back(proof);
    }
  }

  // Rule 11: the works nearest to the need speak for who did them.
  Result<void> works(std::string_view need) {
    const std::vector<search::Hit> hits =
        hits_of(*m_index, need, {"publication", "project", "trial", "patent"}, k_works, m_viewer);
    const NeedWords wanted(need);
    std::map<Id, const search::Hit*> by_id;
    std::vector<Id> ids;
    for (const search::Hit& hit : hits) {
      ids.push_back(hit.id);
      by_id.emplace(hit.id, &hit);
    }
    TRY_ASSIGN(const std::vector<registry::Card> cards, m_site.registry().cards(ids, m_viewer));
    for (const registry::Card& card : cards) {
      const search::Hit& hit = *by_id.at(card.id);
      const Proof proof{card.id, std::string(search::title_in(hit.title, m_words.code())),
                        thing_address(m_words.code(), card.kind, card.id), nearness(hit, hits.front(), wanted)};
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
        people.emplace_back(-each.weight - worth_of(each.proofs), id);
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

double worth_of(const std::vector<Proof>& proofs) {
  std::vector<double> worths;
  for (const Proof& each : proofs) {
    worths.push_back(each.worth);
  }
  std::sort(worths.begin(), worths.end(), std::greater<>());
  double out = 0;
  double counts = 0.5;
  for (const double worth : worths) {
    out += worth * counts;
    counts /= 2;
  }
  return out;
}

bool says_something(std::string_view need) { return NeedWords(need).size() > 0; }

Result<Matches> who_matches(const Site& site, std::string_view need, const access::Viewer& viewer, const Words& words) {
  if (!says_something(need)) {
    return Matches{};
  }
  return Matching(site, viewer, words).of(need);
}

}  // namespace pitchblende::pages
