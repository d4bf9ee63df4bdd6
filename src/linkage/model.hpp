// How much each agreement weighs, learned from the records themselves, without an answer key. Owner: linkage. One
// thread at a time while it learns, any thread afterwards.
//
// Fellegi and Sunter (1969): a field's level of agreement has probability m among pairs that are one thing and u among
// pairs that are two; its weight is log₂(m/u), the weights of the fields add up to the prior odds. m, u and the prior
// come from expectation maximisation over all pairs (Winkler 1988), of which only the candidates can be matches. An
// exact agreement weighs by how many others have the value (the term-frequency adjustment of Splink; Winkler 2000).
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "linkage/comparison.hpp"

namespace pitchblende::linkage {

struct Candidate {
  uint32_t a = 0;
  uint32_t b = 0;
  uint64_t levels = 0;  // packed
  float probability = 0;
};
uint64_t packed(const Levels& levels);
inline Level level_of(uint64_t levels, size_t field) { return static_cast<Level>(levels >> (3 * field) & 7); }

struct FieldModel {
  std::array<double, k_levels> m{};
  std::array<double, k_levels> u{};
};

class Model {
 public:
  // Learns from the candidates, and leaves their probabilities in them. With two sides the pairs are those across.
  static Model learn(const Table& table, std::vector<Candidate>& candidates);

  // What a field of a pair weighs, in bits. `own`: the probability with which the pair itself was learned from.
  double bits(size_t field, const Candidate& pair) const;
  // The prior and all fields.
  double log_odds(const Candidate& pair) const;
  double prior_bits() const { return m_prior_bits; }
  // The same model for pairs within one side, where duplicates are as frequent as `share` of all pairs.
  Model within(double share) const;
  const FieldModel& field(size_t at) const { return m_fields[at]; }

 private:
  explicit Model(const Table& table);
  void measure_chance();
  void expect(std::vector<Candidate>& candidates) const;
  void maximise(const std::vector<Candidate>& candidates);
  void learn_values(const std::vector<Candidate>& candidates);
  double chance_of(size_t field, uint32_t value) const;
  void weigh();
  double category_bits(size_t field, const Candidate& pair, double plain) const;
  uint64_t category_key(size_t field, uint32_t a, uint32_t b) const;

  const Table* m_table;
  double m_pairs = 0;  // all of them
  double m_matches = 0;
  double m_prior_bits = 0;
  bool m_within = false;
  std::vector<FieldModel> m_fields;
  std::vector<std::array<double, k_levels>> m_all;     // how many of all pairs have a level, matches and others
  std::vector<std::vector<float>> m_matched_by_value;  // expected matches that agree in a value
  std::vector<std::array<double, k_levels>> m_level_bits;
  std::vector<std::vector<float>> m_value_bits;                    // of agreement in a value
  std::vector<std::unordered_map<uint64_t, double>> m_categories;  // expected matches between two values
  std::vector<double> m_category_total;
};

double probability_of(double bits);

}  // namespace pitchblende::linkage
