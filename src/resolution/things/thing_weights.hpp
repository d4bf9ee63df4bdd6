// What speaks for and against two mentions of things other than people being one, in bits. Owner: resolution. Pure
// functions, any thread.
//
// Fellegi and Sunter's weights (1969) as reviewed constants: a pool resolves a few records at a time, and what they
// weigh may not depend on what else arrived with them. Their size comes from what linkage learned on public sets of
// publications (docs/rules/linkage.md); a kind's prior is that of a consortium's pool.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "linkage/comparison.hpp"
#include "resolution/resolution.hpp"

namespace pitchblende::resolution {

inline constexpr double k_join_bits = 2.8;    // from here on they are joined: seven to one
inline constexpr double k_doubt_bits = -2.0;  // from here on a curator is asked: one to four

struct ThingEvidence {
  std::vector<Weight> weights;  // without the prior
  double prior_bits = 0;
  double bits = 0;           // all of them
  bool contradicts = false;  // another town, other years: no third may bring the two together
  bool other_form = false;   // one work, and what is about it: a preprint, another version, a correction
  Evidence evidence = Evidence::title;
};

// Mentions of one kind with their texts made ready to be compared, each when it is first asked for and then kept: for
// all the pairs of a block. One thread at a time.
class ReadyThings {
 public:
  explicit ReadyThings(registry::Kind kind);
  // The place under which a mention, which must outlive this, is known from now on.
  size_t add(const Mention& mention);

  const Mention& mention(size_t at) const { return *m_things[at].mention; }
  const linkage::Prepared& name(size_t at, size_t which);
  const linkage::Prepared& people(size_t at);
  const linkage::Prepared& first_author(size_t at);
  linkage::Level compare_names(const linkage::Prepared& a, const linkage::Prepared& b) const;
  linkage::Level compare_people(const linkage::Prepared& a, const linkage::Prepared& b) const;
  linkage::Level compare_authors(const linkage::Prepared& a, const linkage::Prepared& b) const;

 private:
  struct Ready {
    const Mention* mention;
    std::vector<std::optional<linkage::Prepared>> names;
    std::optional<linkage::Prepared> people;
    std::optional<linkage::Prepared> first_author;
  };
  linkage::Column m_names;
  linkage::Column m_people;
  linkage::Column m_authors;
  std::vector<Ready> m_things;
};

inline constexpr double k_all_bits = -std::numeric_limits<double>::infinity();

// `ambiguous`: the name has bearers in several places, and one of the two has no place. Of a pair that cannot come to
// `least` bits not all is measured: its evidence says only that it has fewer.
ThingEvidence weigh_things(ReadyThings& things, size_t a, size_t b, bool ambiguous, double least = k_all_bits);
ThingEvidence weigh_things(const Mention& a, const Mention& b, bool ambiguous);

// 1 of 2 at 0 bits; never quite sure.
double thing_probability(double bits);

}  // namespace pitchblende::resolution
