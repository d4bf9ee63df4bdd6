#include "linkage/model.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace pitchblende::linkage {

namespace {

constexpr size_t k_sample = 200'000;     // pairs by which chance is measured; of fewer all are looked at
constexpr int k_rounds = 60;             // of expectation maximisation at most
constexpr double k_settled = 1e-4;       // no m moved by more
constexpr double k_least_chance = 1e-7;  // 23 bits: no agreement alone is worth more
constexpr double k_least_match = 1e-4;   // a level that no match shows so far
constexpr double k_start_weight = 2;     // pairs that the starting point of m counts for
// Rule 4: pairs that the general rule counts for beside what two categories showed.
constexpr double k_category_weight = 8;
constexpr double k_unseen = 0.5;  // others that may have a value which nobody else here has
constexpr double k_most_bits = 60;

// By level: where the search for m begins. Only the order of size matters.
constexpr std::array<double, k_levels> k_start = {0, 0.70, 0.12, 0.06, 0.04, 0.02, 0.02, 0.04};

bool present(size_t level) { return level != static_cast<size_t>(Level::missing); }

uint64_t mixed(uint64_t& state) {  // splitmix64
  uint64_t z = (state += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

}  // namespace

uint64_t packed(const Levels& levels) {
  uint64_t out = 0;
  for (size_t field = 0; field < k_fields_at_most; ++field) {
    out |= static_cast<uint64_t>(levels[field]) << (3 * field);
  }
  return out;
}

double probability_of(double bits) { return 1 / (1 + std::exp2(-std::clamp(bits, -k_most_bits, k_most_bits))); }

Model::Model(const Table& table)
    : m_table(&table),
      m_fields(std::min(table.fields(), k_fields_at_most)),
      m_all(m_fields.size()),
      m_matched_by_value(m_fields.size()),
      m_level_bits(m_fields.size()),
      m_value_bits(m_fields.size()),
      m_categories(m_fields.size()),
      m_category_total(m_fields.size()) {
  const double first = table.first_of_second();
  const double all = static_cast<double>(table.size());
  m_pairs = table.two_sides() ? first * (all - first) : all * (all - 1) / 2;
  m_matches = table.two_sides() ? std::min(first, all - first) / 2 : all / 4;
  for (size_t field = 0; field < m_fields.size(); ++field) {
    m_fields[field].m = k_start;
    // To begin with, what two rows alone have in common is thought to be one thing's.
    for (const Prepared& value : table.column(field).values) {
      const auto [one, other] = std::pair(std::min(value.count[0], value.count[1]), value.count[0] + value.count[1]);
      m_matched_by_value[field].push_back(static_cast<float>(table.two_sides() ? one : other / 2));
    }
  }
}

// How many of all pairs show each level: agreement exactly, from how many records have each value; what lies between
// from a sample.
void Model::measure_chance() {
  const auto size = static_cast<uint32_t>(m_table->size());
  const uint32_t second = m_table->first_of_second();
  const bool sides = m_table->two_sides();
  std::vector<std::array<double, k_levels>> seen(m_fields.size());
  double looked = 0;
  const auto look = [&](uint32_t a, uint32_t b) {
    const Levels levels = compare_records(*m_table, a, b);
    ++looked;
    for (size_t field = 0; field < m_fields.size(); ++field) {
      ++seen[field][static_cast<size_t>(levels[field])];
    }
  };
  if (m_pairs <= static_cast<double>(k_sample)) {
    for (uint32_t a = 0; a < (sides ? second : size); ++a) {
      for (uint32_t b = sides ? second : a + 1; b < size; ++b) {
        look(a, b);
      }
    }
  } else {
    uint64_t state = size;
    for (size_t at = 0; at < k_sample; ++at) {
      const auto a = static_cast<uint32_t>(mixed(state) % (sides ? second : size));
      const auto b = static_cast<uint32_t>(sides ? second + mixed(state) % (size - second) : mixed(state) % size);
      if (a != b) {
        look(a, b);
      }
    }
  }
  for (size_t field = 0; field < m_fields.size(); ++field) {
    double exact = 0;
    for (const Prepared& value : m_table->column(field).values) {
      const double first = value.count[0];
      const double both = first + value.count[1];
      exact += sides ? first * value.count[1] : both * (both - 1) / 2;
    }
    for (size_t level = 0; level < k_levels; ++level) {
      m_all[field][level] = seen[field][level] / std::max(looked, 1.0) * m_pairs;
    }
    m_all[field][static_cast<size_t>(Level::exact)] = std::max(exact, m_all[field][static_cast<size_t>(Level::exact)]);
  }
}

// What each candidate is thought to be. Of two sides a record has one partner at most, its candidates compete: papers
// by the same authors on the same subject would otherwise pass for the same paper, and teach that years do not matter.
void Model::expect(std::vector<Candidate>& candidates) const {
  if (!m_table->two_sides()) {
    for (Candidate& pair : candidates) {
      pair.probability = static_cast<float>(probability_of(log_odds(pair)));
    }
    return;
  }
  std::vector<double> odds(candidates.size());
  std::vector<double> of_record(m_table->size(), 1);
  for (size_t at = 0; at < candidates.size(); ++at) {
    odds[at] = std::exp2(std::clamp(log_odds(candidates[at]), -k_most_bits, k_most_bits));
    of_record[candidates[at].a] += odds[at];
    of_record[candidates[at].b] += odds[at];
  }
  for (size_t at = 0; at < candidates.size(); ++at) {
    Candidate& pair = candidates[at];
    pair.probability = static_cast<float>(odds[at] / (of_record[pair.a] + of_record[pair.b] - 1 - odds[at]));
  }
}

// Sums over what the candidates are now thought to be.
void Model::maximise(const std::vector<Candidate>& candidates) {
  m_matches = 0;
  std::vector<std::array<double, k_levels>> matched(m_fields.size());
  for (const Candidate& pair : candidates) {
    m_matches += pair.probability;
    for (size_t field = 0; field < m_fields.size(); ++field) {
      matched[field][static_cast<size_t>(level_of(pair.levels, field))] += pair.probability;
    }
  }
  m_matches = std::clamp(m_matches, 0.5, std::max(m_pairs / 2, 0.5));
  for (size_t field = 0; field < m_fields.size(); ++field) {
    double matches = 0;
    double others = 0;
    auto rest = m_all[field];
    const auto& by_value = m_matched_by_value[field];
    for (size_t level = 0; level < k_levels; ++level) {
      const bool exact = level == static_cast<size_t>(Level::exact);
      rest[level] -= exact ? std::accumulate(by_value.begin(), by_value.end(), 0.0) : matched[field][level];
    }
    for (size_t level = 0; level < k_levels; ++level) {
      matches += present(level) ? matched[field][level] : 0;
      others += present(level) ? std::max(rest[level], 0.0) : 0;
    }
    for (size_t level = 0; level < k_levels; ++level) {
      const double start = k_start_weight * k_start[level];
      m_fields[field].m[level] = std::max((matched[field][level] + start) / (matches + k_start_weight), k_least_match);
      const double floor = std::max(1 / std::max(m_pairs, 1.0), k_least_chance);
      m_fields[field].u[level] = std::max(others > 0 ? rest[level] / others : 0, floor);
    }
  }
  m_prior_bits = std::log2(m_matches / std::max(m_pairs - m_matches, 0.5));
  weigh();
}

void Model::learn_values(const std::vector<Candidate>& candidates) {
  for (size_t field = 0; field < m_fields.size(); ++field) {
    auto& by_value = m_matched_by_value[field];
    std::fill(by_value.begin(), by_value.end(), 0);
    m_categories[field].clear();
    m_category_total[field] = 0;
    const bool category = m_table->column(field).type == FieldType::category;
    for (const Candidate& pair : candidates) {
      const Level level = level_of(pair.levels, field);
      if (level == Level::exact) {
        by_value[m_table->value_of(field, pair.a)] += pair.probability;
      }
      if (category && level != Level::missing && pair.probability > 1e-3F) {
        m_categories[field][category_key(field, pair.a, pair.b)] += pair.probability;
        m_category_total[field] += pair.probability;
      }
    }
  }
}

uint64_t Model::category_key(size_t field, uint32_t a, uint32_t b) const {
  uint32_t x = m_table->value_of(field, a);
  uint32_t y = m_table->value_of(field, b);
  if (!m_table->two_sides() && x > y) {
    std::swap(x, y);
  }
  return pair_key(x, y);
}

// That one who has the value meets it again by chance: in how many records it stands without being the same thing.
double Model::chance_of(size_t field, uint32_t value) const {
  const Column& column = m_table->column(field);
  const double first = column.values[value].count[0];
  const double second = column.values[value].count[1];
  const double average = m_fields[field].u[static_cast<size_t>(Level::exact)];
  const bool across = m_table->two_sides() && !m_within;
  const double others = across ? column.filled[1] : column.filled[0] + column.filled[1];
  const double unseen = std::min(average * others, k_unseen);
  const double pairs = across ? first * second : (first + second) * (first + second - 1) / 2;
  const double chance = std::max(pairs - m_matched_by_value[field][value], 0.0);
  const double met = across ? chance / std::max(first, 1.0) : 2 * chance / std::max(first + second, 1.0);
  return std::max((met + unseen) / std::max(others, 1.0), k_least_chance);
}

// What two categories mean to each other, such as "SIGMOD" and "Management of Data", is learned from the other matches;
// the pair's own part is left out.
double Model::category_bits(size_t field, const Candidate& pair, double plain) const {
  const Column& column = m_table->column(field);
  const uint32_t x = m_table->value_of(field, pair.a);
  const uint32_t y = m_table->value_of(field, pair.b);
  const bool sides = m_table->two_sides();
  const auto share = [&](uint32_t value, size_t side) {
    const double has =
        sides ? column.values[value].count[side] : column.values[value].count[0] + column.values[value].count[1];
    const double all = sides ? column.filled[side] : column.filled[0] + column.filled[1];
    return has / std::max(all, 1.0);
  };
  const double chance = share(x, 0) * share(y, 1) * (sides || x == y ? 1 : 2);
  const auto found = m_categories[field].find(category_key(field, pair.a, pair.b));
  const double own = pair.probability > 1e-3F ? pair.probability : 0;
  const double seen = std::max((found == m_categories[field].end() ? 0 : found->second) - own, 0.0);
  const double together = seen + k_category_weight * std::exp2(plain) * chance;
  const double all = m_category_total[field] - own + k_category_weight;
  return std::log2(std::max(together / all / chance, 1e-6));
}

// The logarithms, once for each level and value.
void Model::weigh() {
  for (size_t field = 0; field < m_fields.size(); ++field) {
    const FieldModel& model = m_fields[field];
    for (size_t level = 0; level < k_levels; ++level) {
      m_level_bits[field][level] = present(level) ? std::log2(model.m[level] / model.u[level]) : 0;
    }
    auto& bits = m_value_bits[field];
    bits.resize(m_table->column(field).values.size());
    const double exact = model.m[static_cast<size_t>(Level::exact)];
    for (uint32_t value = 0; value < bits.size(); ++value) {
      bits[value] = static_cast<float>(std::log2(exact / chance_of(field, value)));
    }
  }
}

double Model::bits(size_t field, const Candidate& pair) const {
  const Level level = level_of(pair.levels, field);
  if (level == Level::missing) {
    return 0;
  }
  double plain = m_level_bits[field][static_cast<size_t>(level)];
  if (level == Level::exact) {
    plain = m_value_bits[field][m_table->value_of(field, pair.a)];
  } else if (level != Level::different && level != Level::swapped) {
    // Something like a value cannot weigh more than the value itself: "Book reviews" beside "Book review".
    const float of_a = m_value_bits[field][m_table->value_of(field, pair.a)];
    const float of_b = m_value_bits[field][m_table->value_of(field, pair.b)];
    plain = std::min(plain, double{std::max(of_a, of_b)});
  }
  if (m_table->column(field).type != FieldType::category || (m_within && m_table->two_sides())) {
    return plain;
  }
  return m_category_total[field] > 0 ? category_bits(field, pair, plain) : plain;
}

double Model::log_odds(const Candidate& pair) const {
  double sum = m_prior_bits;
  for (size_t field = 0; field < m_fields.size(); ++field) {
    sum += bits(field, pair);
  }
  return sum;
}

Model Model::learn(const Table& table, std::vector<Candidate>& candidates) {
  Model model(table);
  model.measure_chance();
  for (Candidate& pair : candidates) {
    pair.probability = 0;
  }
  const double matches = model.m_matches;
  model.maximise(candidates);  // nothing is known yet: u is what all pairs show, m where it starts
  model.m_matches = matches;
  model.m_prior_bits = std::log2(matches / std::max(model.m_pairs - matches, 0.5));
  for (int round = 0; round < k_rounds; ++round) {
    model.expect(candidates);
    const std::vector<FieldModel> before = model.m_fields;
    model.learn_values(candidates);
    model.maximise(candidates);
    double moved = 0;
    for (size_t field = 0; field < before.size(); ++field) {
      for (size_t level = 0; level < k_levels; ++level) {
        moved = std::max(moved, std::abs(before[field].m[level] - model.m_fields[field].m[level]));
      }
    }
    if (moved < k_settled) {
      break;
    }
  }
  return model;
}

Model Model::within(double share) const {
  Model out = *this;
  out.m_within = true;
  out.m_prior_bits = std::log2(share / (1 - share));
  out.weigh();
  return out;
}

}  // namespace pitchblende::linkage
