// Which identifiers say who is who: one row per kind and scheme. Owner: resolution. Constant data, any thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "registry/kinds.hpp"

namespace pitchblende::resolution {

// hard: two values are two things, always. soft: two values are two things unless a scheme that overrules says
// otherwise.
enum class Unique : uint8_t { no, soft, hard };

struct SchemeRule {
  registry::Kind kind;
  std::string_view scheme;
  Unique unique = Unique::no;
  bool overrules = false;
  bool needs_name = false;  // shared by colleagues too: the family names must agree
};

// The rule for "scheme:value" of a kind; null: the scheme says nothing about who is who. The order of rules is the
// order in which identifiers are weighed.
const SchemeRule* scheme_rule(registry::Kind kind, std::string_view identifier);
uint32_t rank(const SchemeRule& rule);

// What two values of are two things: "orcid"; for local ids the institution too, "local:curie".
std::string_view unique_slot(std::string_view identifier);

}  // namespace pitchblende::resolution
