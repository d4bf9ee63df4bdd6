// From mentions and decisions to clusters: decisions, identifiers, what was held, then names with what stands beside
// them.
#include <algorithm>
#include <cmath>
#include <future>
#include <iterator>
#include <tuple>

#include "resolution/constrained_clusters.hpp"
#include "resolution/models.hpp"
#include "resolution/ordered.hpp"
#include "resolution/people/people_matcher.hpp"
#include "resolution/people/person_name.hpp"
#include "resolution/resolution.hpp"
#include "resolution/schemes.hpp"
#include "resolution/things/instruments.hpp"
#include "resolution/things/thing_keys.hpp"
#include "resolution/things/thing_matcher.hpp"

namespace pitchblende::resolution {

namespace {

using registry::Kind;

constexpr size_t k_anchors = 8;  // clusters that one identifier may stand in before the rest is left alone
constexpr size_t k_refused_of_cluster = 8;
constexpr double k_certain_bits = 20;  // one in a million

constexpr std::string_view k_version_slot = "version";

// "v2" of a publication that says which version of itself it is.
std::string_view version_of(const Mention& mention) {
  return mention.kind == Kind::publication && mention.described ? context_of(mention).fourth : std::string_view{};
}

class Resolver {
 public:
  explicit Resolver(const Input& input)
      : m_input(input),
        m_mentions(input),
        m_people(m_mentions, input.people_model == nullptr ? people_model() : *input.people_model),
        m_things(m_mentions),
        m_clusters(m_mentions.size(), m_people.naming()) {}

  // Of people by the model, under those of their names that are most alike; of other things what resolve() would say of
  // the two alone.
  Comparison compare(MentionRef a, MentionRef b) const {
    std::vector<uint32_t> of_a;
    std::vector<uint32_t> of_b;
    for (uint32_t at = 0; at < m_mentions.size(); ++at) {
      if (m_mentions[at].ref == a) {
        of_a.push_back(at);
      }
      if (m_mentions[at].ref == b) {
        of_b.push_back(at);
      }
    }
    Comparison out;
    if (of_a.empty() || of_b.empty() || m_mentions[of_a.front()].kind != m_mentions[of_b.front()].kind) {
      return out;
    }
    if (m_mentions[of_a.front()].kind == Kind::person) {
      for (const uint32_t x : of_a) {
        for (const uint32_t y : of_b) {
          Comparison found = m_people.compare(x, y);
          if (out.weights.empty() || found.probability > out.probability) {
            out = std::move(found);
          }
        }
      }
      return out;
    }
    out.weights = m_things.weights(of_a.front(), of_b.front());
    double bits = 0;
    for (const Weight& weight : out.weights) {
      bits += weight.bits;
    }
    out.probability = 1 / (1 + std::exp2(-bits));
    return out;
  }

  Resolution run() {
    m_people.name_members(m_clusters);
    constrain();
    m_exclusives.finish();
    join_other_names();
    decide();
    join_identifiers();
    join_held();
    // What is joined among people says nothing of things: the two are weighed side by side.
    std::future<void> things = std::async(std::launch::async, [this, roots = roots_now()] { m_things.weigh(roots); });
    m_doubted = m_people.join(m_clusters);
    things.get();
    m_things.join(m_clusters);
    m_doubted.insert(m_doubted.end(), m_things.doubts().begin(), m_things.doubts().end());
    m_people.finish();
    m_things.finish();
    m_identifiers.finish();
    m_clusters.finish();
    return {clusters(), doubts()};
  }

 private:
  struct Shared {
    uint32_t rank;
    uint32_t identifier;
    uint32_t mention;
    const SchemeRule* rule;
  };

  std::vector<uint32_t> roots_now() {
    std::vector<uint32_t> roots(m_mentions.size());
    for (uint32_t at = 0; at < roots.size(); ++at) {
      roots[at] = m_clusters.root(at);
    }
    return roots;
  }
  void constrain();
  void join_other_names();
  void decide();
  void join_identifiers();
  void join_sharers(std::span<const Shared> sharers);
  bool names_contradict(uint32_t a, uint32_t b) const;
  void join_held();
  std::vector<Cluster> clusters();
  std::vector<Doubt> doubts();
  Reason reason(const Edge& edge) const;
  Reason reason(const Refusal& refusal) const;

  const Input& m_input;
  Ordered m_mentions;
  PeopleMatcher m_people;
  ThingMatcher m_things;
  ConstrainedClusters m_clusters;
  ViewTable m_identifiers;
  ViewTable m_slots;
  ViewTable m_exclusives;
  std::vector<Shared> m_shared;
  std::vector<Edge> m_doubted;
};

void Resolver::constrain() {
  for (uint32_t at = 0; at < m_mentions.size(); ++at) {
    const Mention& mention = m_mentions[at];
    if (!mention.exclusive.empty()) {
      m_clusters.set_exclusive(at, m_exclusives.intern(mention.exclusive));
    }
    for (const std::string& identifier : mention.identifiers) {
      const SchemeRule* rule = scheme_rule(mention.kind, identifier);
      if (rule == nullptr) {
        continue;
      }
      const uint32_t id = m_identifiers.intern(identifier);
      m_shared.push_back({rank(*rule), id, at, rule});
      if (rule->unique != Unique::no) {
        m_clusters.set_slot(at, m_slots.intern(unique_slot(identifier)), id, rule->unique == Unique::hard);
      }
    }
    if (const std::string_view version = version_of(mention); !version.empty()) {
      m_clusters.set_slot(at, m_slots.intern(k_version_slot), m_identifiers.intern(version), false);
    }
    if (!mention.generation.empty()) {
      m_clusters.set_slot(at, m_slots.intern("generation"), m_identifiers.intern(mention.generation), false);
    }
    // Two entries of one list of people are two people, unless an identifier joins them.
    if (mention.described && mention.kind == Kind::person) {
      const size_t slash = std::min(mention.origin.find('/'), mention.origin.size());
      m_clusters.set_slot(at, m_slots.intern(std::string_view(mention.origin).substr(0, slash)),
                          m_identifiers.intern(mention.origin), false);
    }
  }
}

// Whoever a list knows under several names is one before anything else is asked.
void Resolver::join_other_names() {
  for (uint32_t at = 0; at < m_mentions.size(); ++at) {
    if (const auto own = m_mentions.other_name_of(at)) {
      m_clusters.join({*own, at, Evidence::decision, 1, k_none}, {.overrules = true});
    }
  }
}

void Resolver::decide() {
  if (m_input.decisions.empty()) {
    return;
  }
  std::vector<std::pair<MentionRef, uint32_t>> known;
  for (const Decision& decision : m_input.decisions) {
    known.emplace_back(decision.a, k_none);
    known.emplace_back(decision.b, k_none);
  }
  std::sort(known.begin(), known.end());
  const auto place = [&](const MentionRef& ref) {
    const auto at = std::lower_bound(known.begin(), known.end(), std::pair(ref, uint32_t{0}));
    return at != known.end() && at->first == ref ? at : known.end();
  };
  for (uint32_t at = 0; at < m_mentions.size(); ++at) {
    if (const auto found = place(m_mentions[at].ref); found != known.end()) {
      found->second = at;
    }
  }
  std::vector<Decision> decisions = m_input.decisions;
  std::sort(decisions.begin(), decisions.end(), [](const Decision& x, const Decision& y) {
    return std::tie(y.number, x.verdict, x.a, x.b) < std::tie(x.number, y.verdict, y.a, y.b);
  });
  for (const Decision& decision : decisions) {
    const uint32_t a = place(decision.a)->second;
    const uint32_t b = place(decision.b)->second;
    if (a == k_none || b == k_none || a == b || m_mentions[a].kind != m_mentions[b].kind) {
      continue;
    }
    if (decision.verdict == Verdict::different) {
      m_clusters.part(a, b);
    } else {
      m_clusters.join({a, b, Evidence::decision, 1, k_none}, {.overrules = true});
    }
  }
}

// An identifier copied to the wrong person: nothing in the two names agrees.
bool Resolver::names_contradict(uint32_t a, uint32_t b) const {
  const Mention& x = m_mentions[a];
  const Mention& y = m_mentions[b];
  return x.kind == Kind::person && !x.family.empty() && !y.family.empty() &&
         compare_family(x.family, y.family) == FamilyMatch::conflict &&
         compare_given(x.given, y.given).match == GivenMatch::conflict;
}

void Resolver::join_sharers(std::span<const Shared> sharers) {
  const SchemeRule& rule = *sharers.front().rule;
  Licence licence{.overrules = rule.overrules, .passes_names = !rule.needs_name};
  if (rule.unique != Unique::no) {
    licence.shared_slot = m_slots.intern(unique_slot(m_identifiers.text(sharers.front().identifier)));
  }
  std::vector<uint32_t> anchors;
  for (const Shared& shared : sharers) {
    bool joined = false;
    for (size_t at = 0; at < anchors.size() && !joined; ++at) {
      const Edge edge{anchors[at], shared.mention, Evidence::identifier, rule.needs_name ? 0.98F : 1.0F,
                      shared.identifier};
      if (rule.scheme == "serial" && !is_one_by_serial(m_mentions[edge.a], m_mentions[edge.b],
                                                       m_identifiers.text(shared.identifier).substr(k_serial.size()))) {
        continue;  // weighed with what else the two say
      }
      if (names_contradict(edge.a, edge.b)) {
        m_clusters.refuse(edge, {Evidence::other_name});
      } else {
        joined = m_clusters.join(edge, licence);
      }
    }
    if (!joined && anchors.size() < k_anchors) {
      anchors.push_back(shared.mention);
    }
  }
}

void Resolver::join_identifiers() {
  const auto key = [](const Shared& shared) { return std::tuple(shared.rank, shared.identifier, shared.mention); };
  std::sort(m_shared.begin(), m_shared.end(), [&](const Shared& x, const Shared& y) { return key(x) < key(y); });
  for (size_t begin = 0; begin < m_shared.size();) {
    size_t end = begin + 1;
    while (end < m_shared.size() && m_shared[end].rank == m_shared[begin].rank &&
           m_shared[end].identifier == m_shared[begin].identifier) {
      ++end;
    }
    if (end - begin > 1) {
      join_sharers(std::span(m_shared).subspan(begin, end - begin));
    }
    begin = end;
  }
  m_shared = {};
}

void Resolver::join_held() {
  std::vector<std::tuple<Kind, uint64_t, uint32_t>> held;
  for (uint32_t at = 0; at < m_mentions.size(); ++at) {
    if (m_mentions[at].settled && m_mentions[at].held) {
      held.emplace_back(m_mentions[at].kind, m_mentions[at].held->bits(), at);
    }
  }
  std::sort(held.begin(), held.end());
  std::vector<uint32_t> anchors;
  for (size_t at = 0; at < held.size(); ++at) {
    const auto& [kind, id, mention] = held[at];
    if (at > 0 && (std::get<0>(held[at - 1]) != kind || std::get<1>(held[at - 1]) != id)) {
      anchors.clear();
    }
    const bool joined = std::any_of(anchors.begin(), anchors.end(), [&, number = mention](uint32_t anchor) {
      return m_clusters.join({anchor, number, Evidence::held, 1, k_none}, {.overrules = true});
    });
    if (!joined && anchors.size() < k_anchors) {
      anchors.push_back(mention);
    }
  }
}

Reason Resolver::reason(const Edge& edge) const {
  Reason out{m_mentions[edge.a].ref, m_mentions[edge.b].ref, edge.evidence, edge.probability, {}};
  switch (edge.evidence) {
    case Evidence::identifier:
      out.detail = m_identifiers.text(edge.detail);
      break;
    case Evidence::decision:
    case Evidence::held:
      break;
    default:
      out.detail = m_mentions[edge.a].kind == Kind::person ? m_people.detail(edge) : m_things.detail(edge);
      break;
  }
  return out;
}

// What stood in the way says more than what spoke for it.
Reason Resolver::reason(const Refusal& refusal) const {
  const Obstacle& obstacle = refusal.obstacle;
  Reason out = reason(refusal.edge);
  out.evidence = obstacle.why;
  if (obstacle.why == Evidence::other_identifier) {
    const bool versions = !version_of(m_mentions[refusal.edge.a]).empty() &&
                          m_identifiers.text(obstacle.of_a).find(':') == std::string_view::npos;
    out.evidence = versions ? Evidence::other_form : out.evidence;
    out.detail =
        std::string(m_identifiers.text(obstacle.of_a)) + " ≠ " + std::string(m_identifiers.text(obstacle.of_b));
  } else if (obstacle.why == Evidence::exclusive) {
    out.detail = m_exclusives.text(obstacle.of_a);
  }
  return out;
}

std::vector<Cluster> Resolver::clusters() {
  std::vector<uint32_t> by_ref;
  for (uint32_t at = 0; at < m_mentions.size(); ++at) {
    if (!m_mentions.other_name_of(at)) {
      by_ref.push_back(at);
    }
  }
  std::sort(by_ref.begin(), by_ref.end(),
            [&](uint32_t a, uint32_t b) { return std::tie(m_mentions[a].ref, a) < std::tie(m_mentions[b].ref, b); });
  std::vector<uint32_t> place(m_mentions.size(), k_none);  // of a root
  std::vector<uint32_t> sizes;
  for (const uint32_t mention : by_ref) {
    uint32_t& at = place[m_clusters.root(mention)];
    if (at == k_none) {
      at = static_cast<uint32_t>(sizes.size());
      sizes.push_back(0);
    }
    ++sizes[at];
  }
  std::vector<Cluster> out(sizes.size());
  for (size_t at = 0; at < out.size(); ++at) {
    out[at].members.reserve(sizes[at]);
    out[at].reasons.reserve(sizes[at] - 1);
  }
  for (const uint32_t mention : by_ref) {
    out[place[m_clusters.root(mention)]].members.push_back(m_mentions[mention].ref);
  }
  for (const Edge& edge : m_clusters.joined()) {
    if (m_mentions[edge.a].ref == m_mentions[edge.b].ref) {
      continue;  // one under two names
    }
    out[place[m_clusters.root(edge.a)]].reasons.push_back(reason(edge));
  }
  for (const Refusal& refusal : m_clusters.refused()) {
    const uint32_t a = place[m_clusters.root(refusal.edge.a)];
    const uint32_t b = place[m_clusters.root(refusal.edge.b)];
    for (const uint32_t side : {a, b}) {
      if (a != b && out[side].refused.size() < k_refused_of_cluster) {
        out[side].refused.push_back(reason(refusal));
      }
    }
  }
  return out;
}

// Of two clusters the likeliest link, those that were joined after all left out.
std::vector<Doubt> Resolver::doubts() {
  std::vector<std::tuple<uint64_t, float, Edge>> by_clusters;
  for (const Edge& edge : m_doubted) {
    const uint32_t of_a = m_clusters.root(edge.a);
    const uint32_t of_b = m_clusters.root(edge.b);
    const auto [low, high] = std::minmax(of_a, of_b);
    if (low != high) {
      by_clusters.emplace_back(pair_key(low, high), -edge.probability, edge);
    }
  }
  const auto key = [](const auto& each) {
    return std::tuple(std::get<0>(each), std::get<1>(each), std::get<2>(each).a, std::get<2>(each).b);
  };
  std::sort(by_clusters.begin(), by_clusters.end(), [&](const auto& x, const auto& y) { return key(x) < key(y); });
  std::vector<Doubt> out;
  for (size_t at = 0; at < by_clusters.size(); ++at) {
    if (at == 0 || std::get<0>(by_clusters[at]) != std::get<0>(by_clusters[at - 1])) {
      Reason why = reason(std::get<2>(by_clusters[at]));
      out.push_back(
          {std::min(why.a, why.b), std::max(why.a, why.b), why.probability, why.evidence, std::move(why.detail)});
    }
  }
  std::sort(out.begin(), out.end(),
            [](const Doubt& x, const Doubt& y) { return std::tie(x.a, x.b) < std::tie(y.a, y.b); });
  return out;
}

}  // namespace

Resolution resolve(const Input& input) { return Resolver(input).run(); }

Comparison compare(const Input& input, MentionRef a, MentionRef b) {
  Comparison out = Resolver(input).compare(a, b);
  Input two{{}, input.decisions, input.people_model, true};
  std::copy_if(input.mentions.begin(), input.mentions.end(), std::back_inserter(two.mentions),
               [&](const Mention& mention) { return mention.ref == a || mention.ref == b; });
  for (Cluster& cluster : resolve(two).clusters) {
    if (!cluster.refused.empty()) {
      out.refused = std::move(cluster.refused.front());
    }
    for (const Reason& reason : cluster.reasons) {
      if (reason.evidence == Evidence::identifier || reason.evidence == Evidence::decision) {
        out.weights.insert(out.weights.begin(), {std::string(code(reason.evidence)), k_certain_bits, reason.detail});
        out.probability = reason.probability;
      }
    }
  }
  return out;
}

}  // namespace pitchblende::resolution
