#include "pages/words.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "base/french.hpp"
#include "base/text.hpp"
#include "files/files.hpp"
#include "pages/errors.hpp"

namespace pitchblende::pages {

namespace json = boost::json;

namespace {

// What the program holds to is said by the number that it holds to.
constexpr std::string_view k_largest_file = "{largest_file}";

std::string with_limits(std::string text) {
  const std::string largest = std::to_string(files::k_largest >> 20);
  for (size_t at = text.find(k_largest_file); at != std::string::npos; at = text.find(k_largest_file, at)) {
    text.replace(at, k_largest_file.size(), largest);
  }
  return text;
}

std::string template_of(const Error& error, const Words& words) {
  return words.language() == Language::french ? spaced(error.kind().french) : error.kind().english;
}

// Of the letters with which a message of ours may begin: a to z, and à to þ in their two bytes.
void space_all(json::value& value) {
  if (json::string* text = value.if_string()) {
    *text = spaced(*text);
  } else if (json::object* members = value.if_object()) {
    for (auto& [name, member] : *members) {
      space_all(member);
    }
  } else if (json::array* items = value.if_array()) {
    for (json::value& item : *items) {
      space_all(item);
    }
  }
}

}  // namespace

Result<Words> Words::read(Language language, std::string_view text) {
  boost::system::error_code error;
  json::value parsed = json::parse(with_limits(std::string(text)), error);
  const std::string_view name = language == Language::french ? "fr" : "en";
  if (error || !parsed.is_object()) {
    return fail(errors::words, name, error ? error.message() : "not an object");
  }
  if (language == Language::french) {
    space_all(parsed);
  }
  return Words(language, std::move(parsed.as_object()));
}

const json::value* Words::find(std::string_view key) const {
  const json::object* at = &m_words;
  while (true) {
    const size_t dot = key.find('.');
    const json::value* value = at->if_contains(key.substr(0, dot));
    if (value == nullptr || dot == std::string_view::npos) {
      return value;
    }
    at = value->if_object();
    if (at == nullptr) {
      return nullptr;
    }
    key.remove_prefix(dot + 1);
  }
}

std::string Words::get(std::string_view key) const {
  const json::value* value = find(key);
  const json::string* text = value == nullptr ? nullptr : value->if_string();
  return text == nullptr ? std::string(key) : std::string(*text);
}

std::string Words::count(std::string_view key, uint64_t number) const {
  const bool one = m_language == Language::french ? number < 2 : number == 1;
  std::string form = std::string(key) + (number == 0 ? ".none" : one ? ".one" : ".other");
  if (number == 0 && find(form) == nullptr) {
    form = std::string(key) + (one ? ".one" : ".other");
  }
  return put_in(get(form), "n", this->number(number));
}

std::string Words::number(uint64_t number) const {
  std::string digits = std::to_string(number);
  const std::string_view between = m_language == Language::french ? "\u202f" : ",";
  for (size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, between);
  }
  return digits;
}

std::string Words::money(std::string_view amount, std::string_view currency) const {
  constexpr std::string_view k_hard = "\u00a0";
  const bool is_negative = amount.starts_with('-');
  const std::string_view digits = amount.substr(is_negative ? 1 : 0);
  const std::string_view whole = digits.substr(0, digits.find('.'));
  const std::string_view rest = digits.substr(std::min(whole.size() + 1, digits.size()));
  const auto is_digits = [](std::string_view text) {
    return text.size() < 19 && text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  const bool is_french = m_language == Language::french;
  std::string said(digits);
  if (!whole.empty() && is_digits(whole) && is_digits(rest)) {
    said = number(std::stoull(std::string(whole)));
    said += rest.empty() ? std::string() : (is_french ? "," : ".") + std::string(rest);
  }
  const std::string_view sign = currency == "EUR" ? "€" : currency == "USD" ? "$" : currency == "GBP" ? "£" : "";
  const std::string called(sign.empty() ? currency : sign);
  if (!called.empty() && is_french) {
    said += std::string(k_hard) + called;
  } else if (!called.empty()) {
    said = called + std::string(sign.empty() ? k_hard : "") + said;
  }
  return (is_negative ? "−" : "") + said;
}

std::string Words::date(std::string_view iso) const {
  static constexpr std::array<std::array<std::string_view, 12>, 2> k_months = {
      {{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December"},
       {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre"}}};
  const auto digit = [&](size_t at) { return iso[at] >= '0' && iso[at] <= '9'; };
  if ((iso.size() != 7 && iso.size() != 10) || iso[4] != '-' || !digit(5) || !digit(6)) {
    return std::string(iso);
  }
  const int month = (iso[5] - '0') * 10 + (iso[6] - '0');
  if (month < 1 || month > 12) {
    return std::string(iso);
  }
  const bool french = m_language == Language::french;
  std::string of_year =
      std::string(k_months[french ? 1 : 0][static_cast<size_t>(month) - 1]) + " " + std::string(iso.substr(0, 4));
  if (iso.size() == 7 || iso[7] != '-' || !digit(8) || !digit(9)) {
    return of_year;
  }
  const int day = (iso[8] - '0') * 10 + (iso[9] - '0');
  return (french && day == 1 ? "1er" : std::to_string(day)) + " " + of_year;
}

std::string Words::period(std::string_view from, std::string_view to) const {
  if (from.empty() && to.empty()) {
    return {};
  }
  // French has an article before a day and none before a month or a year.
  constexpr size_t k_day = std::string_view("2026-01-31").size();
  if (to.empty()) {
    return put_in(get(from.size() == k_day ? "period.since_day" : "period.since"), "from", date(from));
  }
  if (from.empty()) {
    return put_in(get(to.size() == k_day ? "period.until_day" : "period.until"), "to", date(to));
  }
  return from == to ? date(from) : date(from) + " – " + date(to);
}

std::string Words::kind(registry::Kind kind) const {
  const auto& described = registry::description(kind);
  return std::string(m_language == Language::french ? described.french : described.english);
}

std::string Words::kinds(registry::Kind kind) const { return get("kinds." + std::string(registry::name(kind))); }

std::string Words::label(registry::FieldId field) const {
  const auto& described = registry::description(field);
  return std::string(m_language == Language::french ? described.french : described.english);
}

std::string Words::of_code(std::string_view code) const {
  const bool country =
      code.size() == 2 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return country && known_code(code) == nullptr ? country_name(code, this->code()) : of_word(code);
}

std::string Words::of_word(std::string_view word) const {
  if (const json::string* known = known_code(word)) {
    return std::string(*known);
  }
  std::string text(word);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

const json::string* Words::known_code(std::string_view code) const {
  const json::value* codes = m_words.if_contains("codes");
  const json::value* word = codes != nullptr && codes->is_object() ? codes->as_object().if_contains(code) : nullptr;
  return word == nullptr ? nullptr : word->if_string();
}

std::string with_capital(std::string text) {
  constexpr char k_apart = 0x20;
  const auto lower = [](char c, unsigned char first, unsigned char last) {
    return static_cast<unsigned char>(c) >= first && static_cast<unsigned char>(c) <= last;
  };
  if (!text.empty() && lower(text[0], 'a', 'z')) {
    text[0] = static_cast<char>(text[0] - k_apart);
  } else if (text.size() > 1 && text[0] == '\xC3' && lower(text[1], 0xA0, 0xBE) && text[1] != '\xB7') {
    text[1] = static_cast<char>(text[1] - k_apart);
  }
  return text;
}

std::string put_in(std::string text, std::string_view name, std::string_view value) {
  const std::string hole = "{" + std::string(name) + "}";
  for (size_t at = text.find(hole); at != std::string::npos; at = text.find(hole, at + value.size())) {
    text.replace(at, hole.size(), value);
  }
  return text;
}

std::string message_with(const Error& error, const std::vector<std::string>& args, const Words& words) {
  std::string text = template_of(error, words);
  for (size_t at = args.size(); at > 0; --at) {
    text = put_in(std::move(text), std::to_string(at - 1), args[at - 1]);
  }
  return text;
}

std::string message_alone(const Error& error, const std::vector<std::string>& args, const Words& words) {
  std::string text = message_with(error, args, words);
  return template_of(error, words).starts_with('{') ? text : with_capital(std::move(text));
}

std::string message_alone(const Error& error, const Words& words) {
  // A day that is wrong is told as days are.
  std::vector<std::string> args = error.args();
  for (std::string& each : args) {
    const bool is_day = each.size() == std::string_view("2026-01-31").size() && (each[0] == '1' || each[0] == '2');
    each = is_day ? words.date(each) : each;
  }
  if (args != error.args()) {
    return message_alone(error, args, words);
  }
  // An argument that is words itself has them in both languages.
  std::string text = error.message(words.language());
  return template_of(error, words).starts_with('{') ? text : with_capital(std::move(text));
}

}  // namespace pitchblende::pages
