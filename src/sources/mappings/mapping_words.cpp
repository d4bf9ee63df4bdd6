// Numbers, yes and no, and names of people as they are typed.
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "sources/mappings/mapping_values.hpp"

namespace pitchblende::sources {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

template <typename Change>
std::string each_code_point(std::string_view text, Change&& change) {
  std::string out;
  out.reserve(text.size() + 4);
  for (size_t at = 0; at < text.size();) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, text.size(), c);
    c = change(c < 0 ? 0xFFFD : c);
    char bytes[4];
    size_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, c);
    out.append(bytes, length);
  }
  return out;
}

// All of its letters are capitals, and it has one.
bool is_upper(std::string_view word) {
  bool letters = false;
  for (size_t at = 0; at < word.size();) {
    UChar32 c = 0;
    U8_NEXT(word.data(), at, word.size(), c);
    if (c >= 0 && u_islower(c) != 0) {
      return false;
    }
    letters = letters || (c >= 0 && u_isupper(c) != 0);
  }
  return letters;
}

// J., J.-P., JP: a given name cut short.
bool is_initials(std::string_view word) {
  const size_t letters = static_cast<size_t>(
      std::count_if(word.begin(), word.end(), [](char c) { return c != '.' && c != '-' && (c & 0xC0) != 0x80; }));
  return is_upper(word) && (letters == 1 || (word.find('.') != std::string_view::npos && letters <= 3));
}

template <size_t n>
bool is_one_of(std::string_view word, const std::array<std::string_view, n>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_particle(std::string_view word) {
  static constexpr std::array<std::string_view, 17> k_words{"de",  "du",  "des", "d",  "la",  "le", "les", "van", "von",
                                                            "der", "den", "di",  "da", "dos", "el", "al",  "ter"};
  std::string folded = fold(word);
  if (folded.ends_with('\'')) {
    folded.pop_back();
  }
  return is_one_of(folded, k_words) && !is_upper(word);
}

bool is_honorific(std::string_view word) {
  static constexpr std::array<std::string_view, 19> k_words{
      "m",         "mr",      "mme",    "mlle",     "ms",     "mrs",          "dr", "pr",   "prof",     "professeur",
      "professor", "docteur", "doctor", "monsieur", "madame", "mademoiselle", "me", "miss", "messieurs"};
  std::string folded = fold(word);
  const bool dotted = folded.ends_with('.');
  if (dotted) {
    folded.pop_back();
  }
  // "M" alone may be an initial, "Me" a name; with a dot or in another form they are titles.
  return is_one_of(folded, k_words) && (dotted || folded.size() > 1);
}

bool is_degree(std::string_view word) {
  static constexpr std::array<std::string_view, 10> k_words{"phd", "md",    "ph d", "m d",    "pharmd",
                                                            "msc", "dphil", "mph",  "md phd", "hdr"};
  return is_one_of(normalised(word), k_words);
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  const std::string squeezed = squeeze(text);
  for (size_t at = 0; at < squeezed.size();) {
    const size_t end = std::min(squeezed.find(' ', at), squeezed.size());
    out.push_back(squeezed.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::string joined(const std::vector<std::string>& words, size_t begin, size_t end) {
  std::string out;
  for (size_t i = begin; i < end; ++i) {
    out += (out.empty() ? "" : " ") + words[i];
  }
  return out;
}

// [begin, end) of the words that are the family name.
std::pair<size_t, size_t> family_in(const std::vector<std::string>& words) {
  const size_t count = words.size();
  const bool all_upper =
      std::all_of(words.begin(), words.end(), [](const std::string& word) { return is_upper(word); });
  if (is_initials(words.back()) && !is_initials(words.front())) {
    return {0, count - 1};
  }
  if (!all_upper) {
    size_t begin = 0;
    while (begin < count && (!is_upper(words[begin]) || is_initials(words[begin]))) {
      ++begin;
    }
    size_t end = begin;
    while (end < count && is_upper(words[end]) && !is_initials(words[end])) {
      ++end;
    }
    if (begin < end && end - begin < count) {
      while (begin > 0 && is_particle(words[begin - 1])) {
        --begin;
      }
      return {begin, end};
    }
  } else if (!is_initials(words.front())) {
    return {0, 1};
  }
  size_t begin = count - 1;
  while (begin > 1 && is_particle(words[begin - 1])) {
    --begin;
  }
  return {begin, count};
}

}  // namespace

std::string to_upper(std::string_view text) {
  return each_code_point(text, [](UChar32 c) { return u_toupper(c); });
}

std::string to_lower(std::string_view text) {
  return each_code_point(text, [](UChar32 c) { return u_tolower(c); });
}

std::string name_case(std::string_view text) {
  if (!is_upper(text) || is_initials(text)) {
    return std::string(text);
  }
  bool begins = true;
  return each_code_point(text, [&](UChar32 c) {
    const UChar32 out = begins ? c : u_tolower(c);
    begins = u_isalpha(c) == 0;
    return out;
  });
}

PrintedName split_name(std::string_view text) {
  PrintedName name;
  std::string rest = squeeze(text.substr(0, 1000));
  const size_t bracket = rest.find('(');
  if (bracket != std::string::npos && bracket > 0) {
    rest = squeeze(std::string_view(rest).substr(0, bracket));
  }
  for (size_t comma = rest.rfind(','); comma != std::string::npos && is_degree(rest.substr(comma + 1));
       comma = rest.rfind(',')) {
    rest.resize(comma);
  }
  std::vector<std::string> words = words_of(rest);
  size_t begin = 0;
  while (begin + 1 < words.size() && is_honorific(words[begin])) {
    ++begin;
  }
  name.honorific = joined(words, 0, begin);
  words.erase(words.begin(), words.begin() + static_cast<int64_t>(begin));
  if (words.empty()) {
    return name;
  }
  rest = joined(words, 0, words.size());
  const size_t comma = rest.find(',');
  if (comma != std::string::npos) {
    name.family = squeeze(rest.substr(0, comma));
    name.given = squeeze(rest.substr(comma + 1));
    return name;
  }
  if (words.size() == 1) {
    name.family = rest;
    return name;
  }
  const auto [first, last] = family_in(words);
  name.family = joined(words, first, last);
  name.given = joined(words, 0, first);
  name.given += (name.given.empty() || last == words.size() ? "" : " ") + joined(words, last, words.size());
  return name;
}

std::optional<std::string> read_flag(std::string_view text) {
  static constexpr std::array<std::string_view, 9> k_yes{"oui", "yes", "o", "y", "vrai", "true", "x", "1", "ok"};
  static constexpr std::array<std::string_view, 6> k_no{"non", "no", "n", "faux", "false", "0"};
  const std::string folded = normalised(text);
  const bool ticked = text == "✓" || text == "✔" || text == "☑";
  if (ticked || is_one_of(folded, k_yes)) {
    return "true";
  }
  return is_one_of(folded, k_no) ? std::optional<std::string>("false") : std::nullopt;
}

namespace {

// Behind the number: what it is counted in. The power of ten, or nothing when the word is unknown.
std::optional<int> unit_power(std::string_view unit) {
  static constexpr std::array<std::string_view, 13> k_ones{"",    "€", "eur", "euro", "euros", "%",   "$",
                                                           "usd", "£", "etp", "ht",   "ttc",   "€ ht"};
  std::string folded = fold(squeeze(unit));
  int power = 0;
  if (folded == "millions" || folded.starts_with("million ") || folded.starts_with("millions ") ||
      folded == "million") {
    return 6;
  }
  if (folded.starts_with("k€") || folded.starts_with("keur") || folded.starts_with("m€") ||
      folded.starts_with("meur")) {
    power = folded.front() == 'k' ? 3 : 6;
    folded.erase(0, 1);
  }
  return is_one_of(folded, k_ones) ? std::optional(power) : std::nullopt;
}

// Which of the marks in "1.234,5" is the decimal one; npos: none.
size_t decimal_mark(std::string_view digits, char decimal) {
  const auto count = [&](char c) { return std::count(digits.begin(), digits.end(), c); };
  const size_t point = digits.rfind('.');
  const size_t comma = digits.rfind(',');
  if (point != std::string_view::npos && comma != std::string_view::npos) {
    const size_t last = std::max(point, comma);
    return count(digits[last]) == 1 ? last : std::string_view::npos;
  }
  const size_t only = std::min(point, comma);
  if (only == std::string_view::npos || count(digits[only]) > 1) {
    return std::string_view::npos;
  }
  // "1,234" and "1.234" could be either; a point is what programs write.
  const bool three = digits.size() - only == 4 && only >= 1 && only <= 3 && digits[0] != '0';
  return three && digits[only] == ',' && decimal != ',' ? std::string_view::npos : only;
}

}  // namespace

std::optional<std::string> read_number(std::string_view text, char decimal) {
  std::string rest = squeeze(text.substr(0, 100));
  for (const std::string_view before : {"€", "$", "£"}) {
    if (rest.starts_with(before)) {
      rest.erase(0, before.size());
    }
  }
  bool negative = false;
  std::string_view left = trim(rest);
  if (left.starts_with('-') || left.starts_with('+') || left.starts_with("−")) {
    negative = left.front() != '+';
    left.remove_prefix(left.starts_with("−") ? 3 : 1);
  }
  std::string digits;
  size_t at = 0;
  for (; at < left.size(); ++at) {
    const char c = left[at];
    const bool group = (c == ' ' || c == '\'') && at + 1 < left.size() && is_digit(left[at + 1]);
    if (is_digit(c) || c == '.' || c == ',') {
      digits += c;
    } else if (!group) {
      break;
    }
  }
  const auto power = unit_power(left.substr(at));
  if (digits.empty() || !power || std::none_of(digits.begin(), digits.end(), is_digit) || !is_digit(digits.back())) {
    return std::nullopt;
  }
  const size_t mark = decimal_mark(digits, decimal);
  std::string whole = digits.substr(0, mark);
  std::string part = mark == std::string::npos ? std::string() : digits.substr(mark + 1);
  std::erase_if(whole, [](char c) { return !is_digit(c); });
  if (static_cast<size_t>(*power) > part.size()) {
    part.append(static_cast<size_t>(*power) - part.size(), '0');
  }
  whole += part.substr(0, static_cast<size_t>(*power));
  part.erase(0, static_cast<size_t>(*power));
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size()));
  part.erase(part.find_last_not_of('0') + 1);
  std::string out = (whole.empty() ? "0" : whole) + (part.empty() ? "" : "." + part);
  return negative && out != "0" ? "-" + out : out;
}

}  // namespace pitchblende::sources
