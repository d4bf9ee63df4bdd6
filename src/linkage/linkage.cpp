#include "linkage/linkage.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

#include "linkage/blocking.hpp"
#include "linkage/clusters.hpp"
#include "linkage/model.hpp"

namespace pitchblende::linkage {

namespace {

// A side with fewer duplicates than this share of its rows has none: what looks alike there is not the same.
constexpr double k_duplicates = 0.05;

class Linker {
 public:
  Linker(const Schema& schema, std::span<const Row> rows) : m_table(schema, rows), m_blocks(m_table) {}

  Linkage run(std::span<const std::pair<uint32_t, uint32_t>> explain) {
    const bool sides = m_table.two_sides();
    gather(sides ? Blocks::Between::sides : Blocks::Between::all, m_candidates);
    m_model.emplace(Model::learn(m_table, m_candidates));
    m_within.emplace(*m_model);
    if (sides) {
      look_within();
    }
    Linkage out;
    join(out);
    out.unique = m_unique;
    // Where rows have one partner at most, candidates compete for it; elsewhere each stands for itself.
    const bool compete = m_unique[0] && m_unique[1];
    for (const Candidate& pair : m_candidates) {
      const double bits = log_odds(pair);
      out.candidates.push_back(link_of(pair, bits, compete ? double{pair.probability} : probability_of(bits)));
    }
    std::sort(out.candidates.begin(), out.candidates.end(), before);
    std::vector<uint32_t> place(m_table.size());
    for (uint32_t record = 0; record < m_table.size(); ++record) {
      place[m_table.row(record)] = record;
    }
    for (const auto& [a, b] : explain) {
      out.explained.push_back(explained(place[a], place[b]));
    }
    return out;
  }

 private:
  static bool before(const Link& x, const Link& y) { return std::tie(x.a, x.b) < std::tie(y.a, y.b); }

  void gather(Blocks::Between between, std::vector<Candidate>& pairs) const {
    m_blocks.each_pair(between, [&](uint32_t a, uint32_t b) {
      pairs.push_back({a, b, packed(compare_records(m_table, a, b)), 0});
    });
  }

  // Duplicates within the sides of two files: how frequent they are, and whether a side has any to speak of.
  void look_within() {
    std::vector<Candidate> pairs;
    gather(Blocks::Between::same_side, pairs);
    const double first = m_table.first_of_second();
    const double second = static_cast<double>(m_table.size()) - first;
    const double all = std::max((first * (first - 1) + second * (second - 1)) / 2, 1.0);
    double expected = (first + second) / 10;
    std::array<double, 2> found{};
    for (int round = 0; round < 20; ++round) {
      m_within.emplace(m_model->within(std::clamp(expected / all, 0.01 / all, 0.5)));
      found = {};
      for (Candidate& pair : pairs) {
        pair.probability = static_cast<float>(probability_of(m_within->log_odds(pair)));
        found[m_table.side(pair.a)] += pair.probability;
      }
      expected = std::max(found[0] + found[1], 0.01);
    }
    m_unique = {found[0] < k_duplicates * first, found[1] < k_duplicates * second};
    m_same_side = std::move(pairs);
  }

  // As it was learned from, where it was; a < b.
  Candidate compared(uint32_t a, uint32_t b) const {
    for (const auto* list : {&m_candidates, &m_same_side}) {
      const auto at = std::lower_bound(
          list->begin(), list->end(), std::pair(a, b),
          [](const Candidate& pair, const auto& wanted) { return std::pair(pair.a, pair.b) < wanted; });
      if (at != list->end() && at->a == a && at->b == b) {
        return *at;
      }
    }
    return {a, b, packed(compare_records(m_table, a, b)), 0};
  }
  double log_odds(const Candidate& pair) const {
    const bool across = !m_table.two_sides() || m_table.side(pair.a) != m_table.side(pair.b);
    return across ? m_model->log_odds(pair) : m_within->log_odds(pair);
  }

  void join(Linkage& out) const {
    std::vector<WeighedPair> pairs;
    for (const auto* list : {&m_candidates, &m_same_side}) {
      for (const Candidate& pair : *list) {
        const double odds = log_odds(pair);
        if (odds > 0) {
          pairs.push_back({pair.a, pair.b, odds, likeness(m_table, pair.a, pair.b)});
        }
      }
    }
    ClusterRules rules;
    rules.log_odds = [&](uint32_t a, uint32_t b) { return log_odds(compared(a, b)); };
    if (m_unique[0] || m_unique[1]) {
      rules.apart = [&](uint32_t a, uint32_t b) {
        return m_table.side(a) == m_table.side(b) && m_unique[m_table.side(a)];
      };
    }
    const std::vector<uint32_t> cluster_of = cluster(m_table.size(), std::move(pairs), rules);
    std::vector<std::vector<uint32_t>> members(m_table.size());
    for (uint32_t record = 0; record < m_table.size(); ++record) {
      members[cluster_of[record]].push_back(record);
    }
    out.cluster.resize(m_table.size());
    for (const auto& group : members) {
      add(group, out);
    }
    std::sort(out.links.begin(), out.links.end(), before);
  }

  void add(const std::vector<uint32_t>& group, Linkage& out) const {
    uint32_t first = k_none;
    for (const uint32_t record : group) {
      first = std::min(first, m_table.row(record));
    }
    for (size_t x = 0; x < group.size(); ++x) {
      out.cluster[m_table.row(group[x])] = first;
      for (size_t y = x + 1; y < group.size(); ++y) {
        if (!m_table.two_sides() || m_table.side(group[x]) != m_table.side(group[y])) {
          const Candidate pair = compared(group[x], group[y]);
          const double bits = log_odds(pair);
          out.links.push_back(link_of(pair, bits, probability_of(bits)));
        }
      }
    }
  }

  Link link_of(const Candidate& pair, double bits, double probability) const {
    const uint32_t x = m_table.row(pair.a);
    const uint32_t y = m_table.row(pair.b);
    return {std::min(x, y), std::max(x, y), bits, probability};
  }

  PairExplanation explained(uint32_t a, uint32_t b) const {
    const Candidate pair = compared(std::min(a, b), std::max(a, b));
    const Model& model = m_table.two_sides() && m_table.side(a) == m_table.side(b) ? *m_within : *m_model;
    PairExplanation out{model.prior_bits(), {}, probability_of(model.log_odds(pair))};
    for (size_t field = 0; field < std::min(m_table.fields(), k_fields_at_most); ++field) {
      out.weights.push_back(
          {m_table.schema().fields[field].name, level_of(pair.levels, field), model.bits(field, pair)});
    }
    return out;
  }

  Table m_table;
  Blocks m_blocks;
  std::vector<Candidate> m_candidates;
  std::vector<Candidate> m_same_side;
  std::optional<Model> m_model;
  std::optional<Model> m_within;
  std::array<bool, 2> m_unique{};
};

}  // namespace

Linkage link(const Schema& schema, std::span<const Row> rows, std::span<const std::pair<uint32_t, uint32_t>> explain) {
  return Linker(schema, rows).run(explain);
}

}  // namespace pitchblende::linkage
