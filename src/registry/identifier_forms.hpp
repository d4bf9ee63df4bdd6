// One function per scheme of identifier: from squeezed text to the normal form, or what is wrong with it. Inside of
// registry/identifiers.cpp, which is the door. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace pitchblende::registry::forms {

enum class Outcome : uint8_t { good, wrong_form, wrong_check };

struct Normal {
  Outcome outcome = Outcome::good;
  std::string text;
};

inline Normal good(std::string text) { return {Outcome::good, std::move(text)}; }
inline Normal wrong_form() { return {Outcome::wrong_form, {}}; }
inline Normal checked(bool right, std::string text) {
  return {right ? Outcome::good : Outcome::wrong_check, std::move(text)};
}

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text);  // at least one
std::string to_upper(std::string text);  // ASCII
std::string to_lower(std::string text);  // ASCII
bool cut_prefix(std::string_view& text, std::string_view prefix);
void cut_leading(std::string_view& text, std::string_view characters);
void cut_web_prefix(std::string_view& text);
// What stands behind "https://", the hosts and the words given ("orcid.org/", "orcid"), before any "?", "#" or last
// "/". `text` is folded.
std::string_view bare(std::string_view text, std::initializer_list<std::string_view> before);
// Without spaces and dashes, as people group digits.
std::string compact(std::string_view text, std::string_view dropped = " -");
// Digits without leading zeros; wrong when there are none, only zeros, or more than `longest`.
Normal number(std::string_view digits, size_t longest, std::string_view prefix = {});

// People and organisations.
Normal email(std::string_view text);
Normal finess(std::string_view text);
Normal fundref(std::string_view text);
Normal geonames(std::string_view text);
Normal grid(std::string_view text);
Normal halstructure(std::string_view text);
Normal idhal(std::string_view text);
Normal idref(std::string_view text);
Normal isni(std::string_view text);
Normal label(std::string_view text);
Normal orcid(std::string_view text);
Normal rnsr(std::string_view text);
Normal ror(std::string_view text);
Normal siren(std::string_view text);
Normal siret(std::string_view text);
Normal wikidata(std::string_view text);

// Works and things.
Normal arxiv(std::string_view text);
Normal doi(std::string_view text);
Normal euct(std::string_view text);
Normal eudract(std::string_view text);
Normal hal(std::string_view text);
Normal isbn(std::string_view text);
Normal issn(std::string_view text);
Normal nct(std::string_view text);
Normal nlm(std::string_view text);
Normal patent(std::string_view text);
Normal pmc(std::string_view text);
Normal pmid(std::string_view text);
Normal rrid(std::string_view text);

}  // namespace pitchblende::registry::forms
