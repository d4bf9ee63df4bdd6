// The words of one language: what templates print, how numbers, counts and dates are written. Immutable, any thread.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/text.hpp"
#include "registry/kinds.hpp"

namespace pitchblende::pages {

class Words {
 public:
  // A file of web/locales; no line of its French breaks before a sign. Error: PAGES_WORDS.
  static Result<Words> read(Language language, std::string_view json);

  Language language() const { return m_language; }
  std::string_view code() const { return m_language == Language::french ? "fr" : "en"; }
  const boost::json::object& all() const { return m_words; }

  // "home.title"; the key itself when there is no such word, so that it is seen.
  std::string get(std::string_view key) const;
  bool has(std::string_view key) const { return find(key) != nullptr; }
  // key.none, key.one or key.other, with {n}. In French 0 and 1 are singular, in English 1 alone.
  std::string count(std::string_view key, uint64_t number) const;
  std::string number(uint64_t number) const;
  // "15000" of "EUR" → "€15,000", "15 000 €" (no line breaks in it); cents as the language writes them, what is no
  // number as it is; "CHF 15,000", "15 000 CHF". Without a currency the number alone.
  std::string money(std::string_view amount, std::string_view currency) const;
  std::string euros(int64_t amount) const { return money(std::to_string(amount), "EUR"); }
  // "2024-01-31" → "31 January 2024", "31 janvier 2024"; a month or a year alone as they are; anything else as it is.
  std::string date(std::string_view iso) const;
  // "2007 – 2012", "since 2007", "until 2012"; empty for two empty dates.
  std::string period(std::string_view from, std::string_view to) const;
  std::string kind(registry::Kind kind) const;   // "Person"
  std::string kinds(registry::Kind kind) const;  // "People"
  std::string label(registry::FieldId field) const;
  // What people call a code: "key_area" → "key area" in words.codes, else the code with spaces.
  std::string of_code(std::string_view code) const;
  // The same of what may be a code or a text: "MS" may be a spectrometer, and is no country here.
  std::string of_word(std::string_view word) const;
  // A language from its tag: "en" is anglais.
  std::string language(std::string_view tag) const { return language_name(tag, code()); }

 private:
  Words(Language language, boost::json::object words) : m_language(language), m_words(std::move(words)) {}
  const boost::json::value* find(std::string_view key) const;
  const boost::json::string* known_code(std::string_view code) const;  // null: it has no word

  Language m_language;
  boost::json::object m_words;
};

// With a capital at its beginning.
std::string with_capital(std::string text);
// "{n} results" with {n} put in.
std::string put_in(std::string text, std::string_view name, std::string_view value);
// An error's message with these in the place of its arguments: as its reader calls them.
std::string message_with(const Error& error, const std::vector<std::string>& args, const Words& words);
// A message that stands alone on a page: with a capital, where it does not begin with an argument.
std::string message_alone(const Error& error, const std::vector<std::string>& args, const Words& words);
std::string message_alone(const Error& error, const Words& words);

}  // namespace pitchblende::pages
