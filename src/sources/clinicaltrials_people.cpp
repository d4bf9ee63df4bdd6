#include "sources/clinicaltrials_people.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"

namespace pitchblende::sources::clinicaltrials {

namespace {

using registry::Attribute;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> known) {
  return std::find(known.begin(), known.end(), word) != known.end();
}

bool is_office(std::string_view name) {
  const std::string folded = normalised(name);
  static constexpr std::string_view k_words[] = {"call center",     "call centre",       "medical director",
                                                 "study director",  "clinical trial",    "study chair",
                                                 "medical monitor", "study manager",     "medical responsible",
                                                 "transparency",    "clinical research", "clinical science",
                                                 "pharmaceutical",  "study official",    "use central contact",
                                                 "medical expert",  "project manager",   "gmbh"};
  return std::any_of(std::begin(k_words), std::end(k_words),
                     [&](std::string_view word) { return folded.find(word) != std::string::npos; });
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) {
      words.push_back(text.substr(at, end - at));
    }
    at = end + 1;
  }
  return words;
}

// Two letters at least, all of them capital: how some print the family name.
bool is_capitals(std::string_view word) {
  return word.size() > 1 && fold(word) != word &&
         std::none_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '.'; });
}

bool is_degree(std::string_view word) {
  std::string plain = normalised(word);
  plain.erase(std::remove(plain.begin(), plain.end(), ' '), plain.end());
  return is_one_of(plain, {"md", "phd", "mdphd", "msc", "mph", "pharmd", "prof", "pr", "dr", "facs", "frcp", "mbbs",
                           "do", "rn", "dsc", "ms", "ma", "bsc", "mbchb"});
}

std::string join(const std::vector<std::string_view>& words, size_t begin, size_t end) {
  std::string out;
  for (size_t i = begin; i < end; ++i) {
    out.append(out.empty() ? "" : " ").append(words[i]);
  }
  return out;
}

struct Parts {
  std::string honorific;
  std::string suffix;
};

// Takes titles off the front and degrees off the end.
Parts strip(std::vector<std::string_view>& words, std::string_view behind_comma) {
  Parts parts;
  size_t begin = 0;
  while (begin + 1 < words.size() && is_one_of(normalised(words[begin]), {"dr", "prof", "pr", "professor", "docteur",
                                                                          "professeur", "mr", "mrs", "ms"})) {
    ++begin;
  }
  size_t end = words.size();
  while (end > begin + 1 && is_degree(words[end - 1])) {
    --end;
  }
  parts.honorific = join(words, 0, begin);
  parts.suffix = join(words, end, words.size());
  if (!behind_comma.empty()) {
    parts.suffix.append(parts.suffix.empty() ? "" : ", ").append(behind_comma);
  }
  words = {words.begin() + static_cast<std::ptrdiff_t>(begin), words.begin() + static_cast<std::ptrdiff_t>(end)};
  return parts;
}

struct Range {
  size_t begin = 0;
  size_t end = 0;
};

// Which words are the family name: the only ones in capitals, wherever they stand, or the last one.
Range family_of(const std::vector<std::string_view>& words) {
  const auto capital = [&](size_t i) { return is_capitals(words[i]); };
  size_t count = 0;
  for (size_t i = 0; i < words.size(); ++i) {
    count += capital(i) ? 1 : 0;
  }
  if (count > 0 && count < words.size()) {
    if (capital(words.size() - 1)) {
      size_t begin = words.size();
      while (begin > 0 && capital(begin - 1)) {
        --begin;
      }
      return {begin, words.size()};
    }
    if (capital(0) && words[0].size() > 2) {
      size_t end = 0;
      while (capital(end)) {
        ++end;
      }
      return {0, end};
    }
  }
  return {words.size() - 1, words.size()};
}

}  // namespace

void add_name_parts(registry::Value& mention) {
  const std::string name = mention.text;
  if (is_office(name)) {
    mention.with(Attribute::collective, "true");
    return;
  }
  const size_t comma = std::min(name.find(','), name.size());
  std::vector<std::string_view> words = words_of(std::string_view(name).substr(0, comma));
  const Parts parts = strip(words, trim(std::string_view(name).substr(std::min(comma + 1, name.size()))));
  if (words.empty()) {
    return;
  }
  const Range family = family_of(words);
  size_t particle = family.begin;
  while (particle > 1 &&
         is_one_of(words[particle - 1], {"de", "du", "des", "la", "le", "van", "von", "der", "den", "ter", "di", "da",
                                         "del", "della", "dos", "el", "bin", "ben", "zu"})) {
    --particle;
  }
  mention.with(Attribute::family, join(words, family.begin, family.end));
  mention.with(Attribute::given, family.begin == 0 ? join(words, family.end, words.size()) : join(words, 0, particle));
  mention.with(Attribute::particle, join(words, particle, family.begin));
  mention.with(Attribute::honorific, parts.honorific);
  mention.with(Attribute::suffix, parts.suffix);
}

}  // namespace pitchblende::sources::clinicaltrials
