#include "resolution/people/person_name.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.hpp"
#include "registry/nobody.hpp"

namespace pitchblende::resolution {

namespace {

using registry::Attribute;

constexpr std::string_view k_particles[] = {"af",  "al",    "ap",  "bin", "d",   "da", "dal", "de",  "degli", "dei",
                                            "del", "della", "den", "der", "des", "di", "do",  "dos", "du",    "e",
                                            "el",  "ibn",   "l",   "la",  "las", "le", "les", "lo",  "los",   "ten",
                                            "ter", "van",   "vom", "von", "y",   "zu", "zum", "zur"};
constexpr std::string_view k_honorifics[] = {"dr",         "docteur",   "doctor",   "pr",     "prof",
                                             "professeur", "professor", "mr",       "mme",    "mlle",
                                             "mrs",        "ms",        "monsieur", "madame", "sir"};
constexpr std::string_view k_suffixes[] = {"jr",  "sr",     "ii",  "iii", "iv",  "2nd", "3rd",  "4th", "md",
                                           "phd", "pharmd", "dsc", "msc", "bsc", "mph", "frcs", "esq"};

// Words of a name that is a group's.
constexpr std::string_view k_groups[] = {"group",         "groupe",        "consortium",  "network",   "reseau",
                                         "committee",     "comite",        "initiative",  "society",   "investigators",
                                         "collaborators", "collaboration", "association", "consortia", "collaborative"};

template <size_t Size>
bool is_one_of(std::string_view word, const std::string_view (&list)[Size]) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  size_t begin = 0;
  while (begin <= text.size()) {
    const size_t end = std::min(text.find(separator, begin), text.size());
    if (end > begin) {
      parts.push_back(text.substr(begin, end - begin));
    }
    begin = end + 1;
  }
  return parts;
}

size_t letters(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80 && c != '.' && c != '-'; }));
}

// Capitals throughout: what folding changes everywhere. Only ASCII letters are looked at, which is enough to tell.
bool in_capitals(std::string_view word) {
  bool any = false;
  for (const char c : word) {
    if (c >= 'a' && c <= 'z') {
      return false;
    }
    any = any || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
  }
  return any;
}

// "J", "J.", "J.-P.", "JP" (of up to three letters, in capitals).
bool looks_like_initials(std::string_view word) {
  if (word.find('.') != std::string_view::npos) {
    return letters(word) <= 4 && in_capitals(word);
  }
  return letters(word) == 1 || (letters(word) <= 3 && in_capitals(word));
}

std::string spaced(std::string_view folded) {
  std::string out;
  for (const char c : folded) {
    if (c != ' ') {
      out += out.empty() ? "" : " ";
      out += c;
    }
  }
  return out;
}

std::string joined(const std::vector<std::string_view>& words, size_t begin, size_t end) {
  std::string out;
  for (size_t at = begin; at < end; ++at) {
    out += out.empty() ? "" : " ";
    out += words[at];
  }
  return out;
}

std::string fold_given(const std::vector<std::string_view>& words, size_t begin, size_t end) {
  std::string out;
  for (size_t at = begin; at < end; ++at) {
    std::string folded = fold_name(words[at]);
    if (looks_like_initials(words[at])) {
      folded = spaced(folded);
    }
    out += out.empty() || folded.empty() ? "" : " ";
    out += folded;
  }
  return out;
}

void drop_titles(std::vector<std::string_view>& words) {
  while (words.size() > 1 && is_one_of(fold_name(words.front()), k_honorifics)) {
    words.erase(words.begin());
  }
  while (words.size() > 1 && is_one_of(fold_name(words.back()), k_suffixes)) {
    words.pop_back();
  }
}

// Where the family name begins and ends among words without a comma.
std::pair<size_t, size_t> family_range(const std::vector<std::string_view>& words) {
  const size_t count = words.size();
  const auto capital = [&](size_t at) { return in_capitals(words[at]); };
  if (count >= 2 && looks_like_initials(words.back()) && !looks_like_initials(words.front())) {
    size_t end = count - 1;  // "Dupont J", "Dupont J P"
    while (end > 1 && looks_like_initials(words[end - 1])) {
      --end;
    }
    return {0, end};
  }
  size_t capitals = 0;
  for (size_t at = 0; at < count; ++at) {
    capitals += capital(at) && letters(words[at]) > 1 ? 1 : 0;
  }
  if (capitals > 0 && capitals < count && !looks_like_initials(words.front())) {
    size_t begin = 0;  // "DUPONT Jean", "Jean DUPONT MARTIN"
    while (!(capital(begin) && letters(words[begin]) > 1)) {
      ++begin;
    }
    size_t end = begin;
    while (end < count && capital(end)) {
      ++end;
    }
    while (begin > 0 && is_one_of(fold_name(words[begin - 1]), k_particles)) {
      --begin;
    }
    return {begin, end};
  }
  size_t begin = count - 1;
  while (begin > 1 && is_one_of(fold_name(words[begin - 1]), k_particles)) {
    --begin;
  }
  return {begin, count};
}

std::string_view first_word(std::string_view text) { return text.substr(0, text.find(' ')); }
std::string_view after_first(std::string_view text) {
  const size_t space = text.find(' ');
  return space == std::string_view::npos ? std::string_view{} : text.substr(space + 1);
}

std::string without_spaces(std::string_view text) {
  std::string out(text);
  out.erase(std::remove(out.begin(), out.end(), ' '), out.end());
  return out;
}

bool same_without_spaces(std::string_view a, std::string_view b) {
  size_t i = 0;
  size_t j = 0;
  while (true) {
    i += i < a.size() && a[i] == ' ' ? 1 : 0;
    j += j < b.size() && b[j] == ' ' ? 1 : 0;
    if (i >= a.size() || j >= b.size()) {
      return i >= a.size() && j >= b.size();
    }
    if (a[i++] != b[j++]) {
      return false;
    }
  }
}

// One sound that is written in two ways, as it is kept: umlauts, and what French and English make of Cyrillic and
// Arabic. Not “sh” and “ch”, nor anything in short names: Shen and Chen, Zhou and Zhu are two families each.
struct Spelling {
  std::string_view written;
  std::string_view kept;
};
constexpr Spelling k_spellings[] = {{"shch", "c"}, {"chtch", "c"}, {"tch", "ch"}, {"iou", "yu"}, {"ou", "u"},
                                    {"dj", "j"},   {"ae", "a"},    {"oe", "o"},   {"ue", "u"}};

constexpr size_t k_spelt = 5;

// Reads “joergensen” as “jorgensen”, “tchernov” as “chernov”; without spaces.
class PlainLetters {
 public:
  explicit PlainLetters(std::string_view text) : m_rest(text), m_spelt(letters(text) >= k_spelt) {}

  std::optional<char> next() {
    while (m_kept.empty() && !m_rest.empty()) {
      take();
    }
    if (m_kept.empty()) {
      return std::nullopt;
    }
    const char letter = m_kept.front();
    m_kept.remove_prefix(1);
    return letter;
  }

 private:
  void take() {
    const auto found = std::find_if(std::begin(k_spellings), std::end(k_spellings), [&](const Spelling& spelling) {
      return m_spelt && m_rest.starts_with(spelling.written);
    });
    const bool two_ways = found != std::end(k_spellings);
    m_kept = two_ways ? found->kept : m_rest.front() == ' ' ? std::string_view() : m_rest.substr(0, 1);
    m_rest.remove_prefix(two_ways ? found->written.size() : 1);
  }

  std::string_view m_rest;
  std::string_view m_kept;  // of what was read, not given yet
  bool m_spelt;
};

std::string plain_letters(std::string_view text) {
  std::string out;
  PlainLetters reader(text);
  while (const auto letter = reader.next()) {
    out += *letter;
  }
  return out;
}

// Asked of most pairs of names: neither is written out.
bool same_plain_letters(std::string_view a, std::string_view b) {
  PlainLetters reader_a(a);
  PlainLetters reader_b(b);
  while (true) {
    const auto letter = reader_a.next();
    if (letter != reader_b.next()) {
      return false;
    }
    if (!letter) {
      return true;
    }
  }
}

// The view without leading particles; the last word always stays.
std::string_view core(std::string_view family) {
  while (family.find(' ') != std::string_view::npos && is_one_of(first_word(family), k_particles)) {
    family = after_first(family);
  }
  return family;
}

bool has_word(std::string_view text, std::string_view word) {
  for (; !text.empty(); text = after_first(text)) {
    if (first_word(text) == word) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::string fold_name(std::string_view text) {
  std::string out = normalised(fold_to_latin(text));
  return out;
}

PersonName name_of(std::string_view family, std::string_view given, std::string_view initials,
                   std::string_view particle) {
  PersonName name;
  name.family = fold_name(family);
  if (!particle.empty()) {
    const std::string folded = fold_name(particle);
    if (!folded.empty() && name.family.rfind(folded + " ", 0) != 0) {
      name.family = folded + " " + name.family;
    }
  }
  if (given.empty() || (given == initials && in_capitals(given)) || registry::says_no_given_name(given)) {
    name.given = spaced(fold_name(initials));
  } else {
    const std::vector<std::string_view> words = split(given, ' ');
    name.given = in_capitals(given) && letters(given) > 3 ? fold_name(given) : fold_given(words, 0, words.size());
  }
  return name;
}

PersonName parse_printed(std::string_view printed) {
  const std::vector<std::string_view> parts = split(printed, ',');
  if (parts.size() > 1) {
    const std::string second = fold_name(parts[1]);
    const std::string head = without_spaces(second);
    if (!second.empty() && !is_one_of(head, k_suffixes)) {
      std::vector<std::string_view> given = split(parts[1], ' ');
      drop_titles(given);
      return {fold_name(parts[0]), fold_given(given, 0, given.size())};
    }
  }
  std::vector<std::string_view> words = split(parts.empty() ? printed : parts[0], ' ');
  drop_titles(words);
  if (words.size() < 2) {
    return {words.empty() ? std::string() : fold_name(words[0]), {}};
  }
  const auto [begin, end] = family_range(words);
  PersonName name;
  name.family = fold_name(joined(words, begin, end));
  name.given = fold_given(words, 0, begin);
  const std::string rest = fold_given(words, end, words.size());
  name.given += name.given.empty() || rest.empty() ? "" : " ";
  name.given += rest;
  return name;
}

std::string_view generation_of(const registry::Value& mention) {
  constexpr std::pair<std::string_view, std::string_view> k_generations[] = {
      {"sr", "Sr"},   {"jr", "Jr"},   {"ii", "Jr"}, {"2nd", "Jr"},
      {"iii", "III"}, {"3rd", "III"}, {"iv", "IV"}, {"4th", "IV"}};
  const auto found = [&](std::string_view text) -> std::string_view {
    const std::string folded = fold_name(text);
    const std::vector<std::string_view> words = split(folded, ' ');
    for (const auto& [word, generation] : k_generations) {
      if (!words.empty() && words.back() == word) {
        return generation;
      }
    }
    return {};
  };
  const std::string_view suffix = mention.get(Attribute::suffix);
  if (!suffix.empty()) {
    return found(suffix);
  }
  // Printed without fields a last word may be an initial ("Exemple IV"): what follows a comma is meant as a suffix.
  const size_t comma = mention.text.rfind(',');
  return comma == std::string::npos ? std::string_view() : found(std::string_view(mention.text).substr(comma + 1));
}

bool is_nobody(const registry::Value& mention) {
  const std::string_view family = mention.get(Attribute::family);
  const std::string_view given = mention.get(Attribute::given);
  const std::string printed = fold_name(family.empty() ? std::string_view(mention.text) : family);
  if (registry::stands_for_others(family.empty() ? std::string_view(mention.text) : family, given)) {
    return true;
  }
  const std::vector<std::string_view> words = split(printed, ' ');
  return words.size() > 1 && given.empty() &&
         std::any_of(words.begin(), words.end(), [](std::string_view word) { return is_one_of(word, k_groups); });
}

PersonName name_of(const registry::Value& mention) {
  const std::string_view family = mention.get(Attribute::family);
  if (family.empty()) {
    return parse_printed(mention.text);
  }
  return name_of(family, mention.get(Attribute::given), mention.get(Attribute::initials),
                 mention.get(Attribute::particle));
}

std::string core_family(std::string_view family) { return without_spaces(core(family)); }

std::vector<std::string> family_forms(std::string_view family) {
  std::vector<std::string> forms;
  const auto add = [&](std::string form) {
    if (!form.empty() && std::find(forms.begin(), forms.end(), form) == forms.end()) {
      forms.push_back(std::move(form));
    }
  };
  const std::string_view bare = core(family);
  add(without_spaces(bare));
  add(without_spaces(family));
  add(plain_letters(bare));
  if (bare.find(' ') != std::string_view::npos) {
    for (std::string_view rest = bare; !rest.empty() && forms.size() < 6; rest = after_first(rest)) {
      const std::string_view word = first_word(rest);
      if (word.size() >= 3 && !is_one_of(word, k_particles)) {
        add(std::string(word));
      }
    }
  }
  return forms;
}

std::string short_form(std::string_view family, std::string_view given) {
  std::string out = core_family(family);
  if (!given.empty()) {
    out += ' ';
    out += given.front();
  }
  return out;
}

bool is_initials(std::string_view given) { return first_word(given).size() <= 1; }

GivenComparison compare_given(std::string_view a, std::string_view b, FirstNames first) {
  if (a.empty() || b.empty()) {
    return {GivenMatch::unknown, false};
  }
  if (a == b) {
    return {is_initials(a) ? GivenMatch::initials : GivenMatch::full, a.find(' ') != std::string_view::npos};
  }
  const std::string_view first_a = first_word(a);
  const std::string_view first_b = first_word(b);
  const std::string_view second_a = first_word(after_first(a));
  const std::string_view second_b = first_word(after_first(b));
  GivenMatch match = GivenMatch::conflict;
  if (first_a.size() == 1 || first_b.size() == 1) {
    match = first_a.front() == first_b.front() ? GivenMatch::initials : GivenMatch::conflict;
  } else if (first_a == first_b) {
    match = GivenMatch::full;
  } else if (same_without_spaces(a, b)) {
    return {GivenMatch::full, true};
  } else if (std::min(first_a.size(), first_b.size()) >= 3 &&
             (first_a.starts_with(first_b) || first_b.starts_with(first_a))) {
    match = GivenMatch::variant;
  } else if (first == FirstNames::kin) {
    match = GivenMatch::variant;
  } else if ((second_b.size() >= 3 && first_a == second_b) || (second_a.size() >= 3 && first_b == second_a)) {
    return {GivenMatch::variant, false};
  }
  if (match == GivenMatch::conflict || second_a.empty() || second_b.empty()) {
    return {match, false};
  }
  const bool agree = second_a.size() == 1 || second_b.size() == 1
                         ? second_a.front() == second_b.front()
                         : second_a.starts_with(second_b) || second_b.starts_with(second_a);
  return {agree ? match : GivenMatch::conflict, agree};
}

FamilyMatch compare_family(std::string_view a, std::string_view b) {
  if (a == b) {
    return FamilyMatch::equal;
  }
  const std::string_view core_a = core(a);
  const std::string_view core_b = core(b);
  if (core_a == core_b || same_without_spaces(core_a, core_b) || same_without_spaces(a, core_b) ||
      same_without_spaces(core_a, b) || same_without_spaces(a, b) || same_plain_letters(core_a, core_b)) {
    return FamilyMatch::equal;
  }
  const std::string_view shorter = core_a.size() < core_b.size() ? core_a : core_b;
  const std::string_view longer = core_a.size() < core_b.size() ? core_b : core_a;
  if (longer.find(' ') == std::string_view::npos) {
    return FamilyMatch::conflict;
  }
  for (std::string_view rest = shorter; !rest.empty(); rest = after_first(rest)) {
    const std::string_view word = first_word(rest);
    if (word.size() < 3 || !has_word(longer, word)) {
      return FamilyMatch::conflict;
    }
  }
  return FamilyMatch::part;
}

bool says_no_more(std::string_view given_a, std::string_view given_b) {
  if (given_a == given_b || given_a.empty()) {
    return true;
  }
  while (!given_a.empty()) {
    if (given_b.empty() || !first_word(given_b).starts_with(first_word(given_a))) {
      return false;
    }
    given_a = after_first(given_a);
    given_b = after_first(given_b);
  }
  return true;
}

}  // namespace pitchblende::resolution
