// What the source says, as data: organisations with their roles, the key area and its leader. Owner: demo. Constants.
#pragma once

#include <span>
#include <string_view>

namespace pitchblende::demo {

struct FactOrganisation {
  std::string_view code;  // in the public interest group's own files
  std::string_view french;
  std::string_view english;
  std::string_view acronym;
  std::string_view ror;  // without its prefix; empty where ROR has none
  std::string_view type;
  std::string_view roles;       // with bars
  std::string_view since;       // of each role
  std::string_view successors;  // names
  std::string_view parents;
  std::string_view about_french;
  std::string_view about_english;
};
std::span<const FactOrganisation> fact_organisations();

struct FactArea {
  int number;
  std::string_view code;
  std::string_view french;
  std::string_view english;
  std::string_view aim_french;
  std::string_view aim_english;
};
std::span<const FactArea> fact_areas();

// The only real person: of him the demo says what the source says, and nothing else.
struct FactPerson {
  std::string_view code, given, family, title, unit, unit_french, unit_english, university;
};
const FactPerson& fact_person();

inline constexpr std::string_view k_period_french = "trois ans";
inline constexpr std::string_view k_period_english = "three years";
// The public interest group's own card.
inline constexpr std::string_view k_consortium = "local:gip/GIP";

}  // namespace pitchblende::demo
