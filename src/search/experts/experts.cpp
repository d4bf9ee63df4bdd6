#include "search/experts/experts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <unordered_map>

namespace pitchblende::search {

namespace {

using registry::Kind;

constexpr uint32_t k_weighed = 1000;
constexpr uint32_t k_most = 50;
constexpr size_t k_proofs = 3;
constexpr size_t k_proofs_kept = 24;      // of a candidate, the weightiest: proofs are chosen among them
constexpr size_t k_proofs_of_a_kind = 2;  // where there are others
constexpr double k_half_life = 10;        // years
constexpr double k_own_words = 0.5;       // what somebody says of himself beside what he has done
constexpr std::array<std::string_view, 13> k_evidence = {"publication", "project",    "trial", "patent",   "award",
                                                         "dataset",     "person",     "team",  "platform", "equipment",
                                                         "service",     "collection", "event"};

struct Vote {
  double weight = 0;
  size_t document = 0;  // place among those found
};

struct Candidate {
  Kind kind = Kind::person;
  double score = 0;
  uint32_t documents = 0;
  std::vector<Vote> votes;
};

struct Place {
  uint32_t segment = 0;
  uint32_t doc = 0;
};

class Ranking {
 public:
  Ranking(const Snapshot& snapshot, const ExpertsQuery& query, const access::Viewer& viewer)
      : m_snapshot(snapshot), m_query(query), m_viewer(viewer) {}

  Experts run() {
    Query query;
    query.words = m_query.words;
    query.filters = {{Facet::kind, {k_evidence.begin(), k_evidence.end()}}};
    query.size = k_weighed;
    query.facet_size = 0;
    query.today = m_query.today;
    m_found = find_documents(m_snapshot, query, m_viewer);
    for (size_t at = 0; at < m_found.best.size(); ++at) {
      weigh(at);
    }
    Experts out;
    out.documents = m_found.count;
    out.weighed = static_cast<uint32_t>(m_found.best.size());
    out.relaxed = m_found.relaxed;
    out.people = best_of(Kind::person);
    out.teams = best_of(Kind::team);
    out.platforms = best_of(Kind::platform);
    out.notes = std::move(m_found.plan.notes);
    out.translated = std::move(m_found.plan.translated);
    return out;
  }

 private:
  const Segment& segment(uint32_t number) const { return *m_snapshot.segments[number].segment; }

  double age_factor(uint32_t date) const {
    if (m_query.year == 0) {
      return 1;
    }
    const int year = static_cast<int>(date / 10000);
    const double age = year == 0 ? k_half_life / 2 : std::max(0, m_query.year - year);
    return std::pow(0.5, age / k_half_life);
  }

  void weigh(size_t at) {
    const FoundDocument& found = m_found.best[at];
    const Segment& here = segment(found.segment);
    const float top = m_found.best.front().score;
    const double worth = (top > 0 ? found.score / top : 1.0F) * age_factor(here.date(found.doc));
    std::vector<Id> people;
    std::vector<Id> others;
    const auto name = [&](uint32_t value) {
      const Facet facet = here.value_facet(value);
      if (facet == Facet::person || facet == Facet::institution || facet == Facet::platform) {
        if (const auto id = Id::parse(here.value(value))) {
          (facet == Facet::person ? people : others).push_back(*id);
        }
      }
    };
    here.each_facet(found.doc, name);
    if (m_viewer.reach != access::Visibility::everyone) {
      for (const uint32_t value : here.hidden_facets(found.doc)) {
        if (here.sees(m_viewer, static_cast<access::Visibility>(value >> k_level_shift), found.doc)) {
          name(value & k_value_mask);
        }
      }
    }
    const Id own = here.id(found.doc);
    const double share = 1 / (1 + std::log(static_cast<double>(std::max<size_t>(people.size(), 1))));
    for (const Id id : people) {
      vote(id, id == own ? worth * k_own_words : worth * share, at, id == own);
    }
    for (const Id id : others) {
      vote(id, id == own ? worth * k_own_words : worth, at, id == own);
    }
    const bool named = std::find(people.begin(), people.end(), own) != people.end() ||
                       std::find(others.begin(), others.end(), own) != others.end();
    if (!named) {
      vote(own, worth * k_own_words, at, true);
    }
  }

  void vote(Id id, double weight, size_t document, bool own_words) {
    const auto kind = kind_of(id);
    if (!kind) {
      return;
    }
    Candidate& candidate = m_candidates[id];
    candidate.kind = *kind;
    candidate.score += weight;
    if (own_words) {
      return;
    }
    ++candidate.documents;
    candidate.votes.push_back({weight, document});
    if (candidate.votes.size() > 2 * k_proofs_kept) {
      shorten(candidate.votes);
    }
  }

  static void shorten(std::vector<Vote>& votes) {
    std::sort(votes.begin(), votes.end(), [](const Vote& a, const Vote& b) {
      return a.weight != b.weight ? a.weight > b.weight : a.document < b.document;
    });
    votes.resize(std::min(votes.size(), k_proofs_kept));
  }

  // Of those that may be ranked: people, teams and platforms that the viewer may know of.
  std::optional<Kind> kind_of(Id id) {
    const auto known = m_kinds.find(id);
    if (known != m_kinds.end()) {
      return known->second;
    }
    std::optional<Kind> kind;
    for (uint32_t i = 0; i < m_snapshot.segments.size(); ++i) {
      const LiveSegment& live = m_snapshot.segments[i];
      const auto doc = live.segment->find(id);
      if (doc && !live.is_dead(*doc) && live.segment->sees(m_viewer, live.segment->visibility(*doc), *doc)) {
        const Kind found = live.segment->kind(*doc);
        if (found == Kind::person || found == Kind::team || found == Kind::platform) {
          kind = found;
          m_places[id] = {i, *doc};
        }
        break;
      }
    }
    m_kinds.emplace(id, kind);
    return kind;
  }

  Hit hit_at(uint32_t number, uint32_t doc) const {
    const Segment& here = segment(number);
    Hit hit;
    hit.id = here.id(doc);
    hit.kind = here.kind(doc);
    const TextReader texts(here.sound_texts(doc));
    hit.title = texts.title();
    hit.note = texts.note();
    return hit;
  }

  std::vector<Hit> proofs(std::vector<Vote> votes) const {
    shorten(votes);
    std::vector<size_t> chosen;
    std::array<size_t, registry::k_kinds> of_kind{};
    for (const bool sparing : {true, false}) {
      for (const Vote& vote : votes) {
        const FoundDocument& found = m_found.best[vote.document];
        size_t& kind = of_kind[static_cast<size_t>(segment(found.segment).kind(found.doc))];
        const bool again = std::find(chosen.begin(), chosen.end(), vote.document) != chosen.end();
        if (chosen.size() < k_proofs && !again && (!sparing || kind < k_proofs_of_a_kind)) {
          chosen.push_back(vote.document);
          ++kind;
        }
      }
    }
    std::vector<Hit> out;
    for (const size_t at : chosen) {
      const FoundDocument& found = m_found.best[at];
      out.push_back(hit_at(found.segment, found.doc));
      out.back().score = found.score;
    }
    return out;
  }

  // Whoever has nothing to show for it but his own words is not among them.
  std::vector<Expert> best_of(Kind kind) const {
    std::vector<std::pair<double, Id>> ranked;
    for (const auto& [id, candidate] : m_candidates) {
      if (candidate.kind == kind && candidate.documents > 0) {
        ranked.emplace_back(candidate.score, id);
      }
    }
    std::sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    ranked.resize(std::min<size_t>(ranked.size(), std::min(m_query.size, k_most)));
    // 0 where nothing was asked for but what is not there: then nobody is better than another.
    const double best = ranked.empty() ? 0 : ranked.front().first;
    std::vector<Expert> out;
    for (const auto& [score, id] : ranked) {
      const Candidate& candidate = m_candidates.at(id);
      const Place place = m_places.at(id);
      Expert& expert = out.emplace_back();
      expert.thing = hit_at(place.segment, place.doc);
      expert.score = best > 0 ? score / best : 1;
      expert.documents = candidate.documents;
      expert.proofs = proofs(candidate.votes);
    }
    return out;
  }

  const Snapshot& m_snapshot;
  const ExpertsQuery& m_query;
  const access::Viewer& m_viewer;
  FoundDocuments m_found;
  std::unordered_map<Id, Candidate> m_candidates;
  std::unordered_map<Id, std::optional<Kind>> m_kinds;
  std::unordered_map<Id, Place> m_places;
};

}  // namespace

Experts find_experts(const Snapshot& snapshot, const ExpertsQuery& query, const access::Viewer& viewer) {
  return Ranking(snapshot, query, viewer).run();
}

}  // namespace pitchblende::search
