// A name that one entry of a list of staff has and nobody else here seems to bear: whether what is left over of it is
// hers. Owner: resolution. One thread.
//
// The odds are what speaks for the two beside their names, as the model has it, times the papers that she is known by
// for each other bearer of the name that may be expected (family_forms.hpp).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "resolution/forest.hpp"
#include "resolution/people/people_features.hpp"

namespace pitchblende::resolution {

class SoleBearer {
 public:
  SoleBearer(const PeopleFeatures& people, const Forest& model) : m_people(people), m_model(model) {}

  struct Found {
    uint32_t of_list = 0;  // the entry
    uint32_t stray = 0;
    float probability = 0;
    bool sure = false;  // otherwise a curator is asked
  };
  using Group = std::vector<uint32_t>;
  // Of the groups that all mentions of one name make.
  std::vector<Found> find(std::span<const Group> groups) const;

 private:
  struct Known {
    const Group* group = nullptr;
    uint32_t entry = 0;
    float papers = 0;
  };
  // null group: nobody is on a list, or two people are.
  Known known(std::span<const Group> groups) const;
  bool of_another(const Known& known, const Group& group) const;
  // Of a group beside hers: elsewhere at another time, or a life elsewhere in the same years.
  enum class Where : uint8_t { nothing_against, elsewhere, another_life };
  Where where(const Known& known, const Group& group) const;
  bool held_together(const Known& known, const Group& stray) const;
  float likeness(const Group& a, const Group& b) const;

  const PeopleFeatures& m_people;
  const Forest& m_model;
};

}  // namespace pitchblende::resolution
