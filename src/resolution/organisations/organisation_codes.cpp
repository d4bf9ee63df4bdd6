#include "resolution/organisations/organisation_codes.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace pitchblende::resolution {

namespace {

bool is_letter(unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80; }
bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }

struct Word {
  std::string folded;  // ASCII letters in lower case, or digits
  uint32_t begin = 0;
  uint32_t end = 0;
  bool number = false;
  bool glued = false;  // nothing stands between it and the word before
};

// Bytes of a typographic apostrophe, dash or space at `at`, which would else be letters; 0: there is none.
size_t mark_at(std::string_view text, size_t at) {
  const std::string_view rest = text.substr(at);
  return rest.starts_with("\xE2\x80") ? 3 : rest.starts_with("\xC2\xA0") ? 2 : 0;
}

// "E.A." and "U.M.R." as one word.
void join_initials(std::string_view text, std::vector<Word>& words) {
  size_t kept = 0;
  for (size_t at = 0; at < words.size(); ++at) {
    const auto is_initial = [&](const Word& word) { return !word.number && word.end - word.begin == 1; };
    if (kept > 0 && is_initial(words[at]) && !words[kept - 1].number && text[words[at].begin - 1] == '.' &&
        words[kept - 1].end + 1 == words[at].begin && (kept < 2 || !words[kept - 1].glued) &&
        words[kept - 1].end - words[kept - 1].begin == 2 * words[kept - 1].folded.size() - 1) {
      words[kept - 1].folded += words[at].folded;
      words[kept - 1].end = words[at].end;
      continue;
    }
    if (kept != at) {
      words[kept] = std::move(words[at]);
    }
    ++kept;
  }
  words.resize(kept);
}

// Runs of letters and runs of digits.
std::vector<Word> runs(std::string_view text) {
  std::vector<Word> out;
  for (size_t at = 0; at < text.size();) {
    const auto c = static_cast<unsigned char>(text[at]);
    const size_t mark = mark_at(text, at);
    if (mark > 0 || (!is_letter(c) && !is_digit(c))) {
      at += std::max<size_t>(mark, 1);
      continue;
    }
    const size_t begin = at;
    const bool number = is_digit(c);
    Word word;
    while (at < text.size()) {
      const auto next = static_cast<unsigned char>(text[at]);
      if (number ? !is_digit(next) : !is_letter(next) || mark_at(text, at) > 0) {
        break;
      }
      word.folded += static_cast<char>(next >= 'A' && next <= 'Z' ? next + 32 : next);
      ++at;
    }
    word.begin = static_cast<uint32_t>(begin);
    word.end = static_cast<uint32_t>(at);
    word.number = number;
    word.glued = !out.empty() && out.back().end == begin;
    out.push_back(std::move(word));
  }
  join_initials(text, out);
  return out;
}

struct Label {
  std::string_view word;
  std::string_view family;
  std::string_view shown;
  size_t least;  // digits of its numbers
  size_t longest;
};
constexpr std::array<Label, 32> k_labels{{
    {"umr", "umr", "UMR", 2, 5},    {"umrs", "u", "UMR_S", 2, 5},   {"u", "u", "U", 2, 5},
    {"upr", "upr", "UPR", 2, 5},    {"ea", "ea", "EA", 3, 4},       {"ur", "ea", "UR", 3, 5},
    {"erl", "erl", "ERL", 2, 5},    {"cic", "cic", "CIC", 3, 4},    {"cicp", "cic", "CIC", 3, 4},
    {"us", "us", "US", 1, 4},       {"usr", "uar", "USR", 3, 4},    {"ums", "uar", "UMS", 2, 4},
    {"uar", "uar", "UAR", 2, 4},    {"fre", "fre", "FRE", 3, 4},    {"emr", "emr", "EMR", 3, 4},
    {"ifr", "ifr", "IFR", 2, 3},    {"umi", "irl", "UMI", 3, 4},    {"irl", "irl", "IRL", 3, 4},
    {"gdr", "gdr", "GDR", 2, 4},    {"fr", "fr", "FR", 3, 4},       {"erm", "erm", "ERM", 2, 4},
    {"umrd", "umr", "UMR_D", 2, 4}, {"umra", "umr", "UMR_A", 2, 4}, {"jru", "umr", "UMR", 3, 5},
    {"umrt", "umr", "UMR_T", 3, 4}, {"cicec", "cic", "CIC", 3, 4},  {"cicbt", "cic", "CIC", 3, 4},
    {"cicit", "cic", "CIC", 3, 4},  {"je", "je", "JE", 3, 4},       {"emi", "emi", "EMI", 2, 4},
    {"eri", "eri", "ERI", 1, 4},    {"ura", "ura", "URA", 3, 4},
}};

const Label* label_of(std::string_view word) {
  const auto* const found =
      std::find_if(k_labels.begin(), k_labels.end(), [&](const Label& label) { return label.word == word; });
  return found == k_labels.end() ? nullptr : found;
}

bool is_between(std::string_view word) {
  constexpr std::array<std::string_view, 23> k_words{"inserm", "cnrs", "inra",   "inrae", "ird", "cea", "n",  "no",
                                                     "nr",     "num",  "numero", "mixte", "de",  "p",   "ec", "bt",
                                                     "s",      "t",    "d",      "a",     "m",   "et",  "it"};
  return std::find(k_words.begin(), k_words.end(), word) != k_words.end() || word == "\xC2\xB0" || word == "n\xC2\xB0";
}

// "Inserm unit 1068", in both languages and cases.
bool is_unit(std::string_view word) {
  return word == "unit" || word == "unite" || word == "unit\xC3\xA9" || word == "unit\xC3\x89";
}

struct Phrase {
  std::array<std::string_view, 4> words;  // "?": the word for unit in any spelling
  std::string_view label;
};
constexpr std::array<Phrase, 12> k_phrases{{
    {{"?", "mixte", "de", "recherche"}, "umr"},
    {{"?", "mixte", "de", "service"}, "ums"},
    {{"?", "propre", "de", "recherche"}, "upr"},
    {{"?", "de", "recherche", ""}, "ur"},
    {{"joint", "research", "?", ""}, "umr"},
    {{"mixed", "research", "?", ""}, "umr"},
    {{"equipe", "d", "accueil", ""}, "ea"},
    {{"\xC3\xA9quipe", "d", "accueil", ""}, "ea"},
    {{"\xC3\x89quipe", "d", "accueil", ""}, "ea"},
    {{"centre", "d", "investigation", "clinique"}, "cic"},
    {{"clinical", "investigation", "center", ""}, "cic"},
    {{"clinical", "investigation", "centre", ""}, "cic"},
}};

// Words apart by what a code has inside: no comma, no full stop with a space.
bool is_near(std::string_view text, const Word& a, const Word& b) {
  const std::string_view between = text.substr(a.end, b.begin - a.end);
  return between.size() <= 3 && between.find_first_of(",;()[]\n") == std::string_view::npos;
}

class Codes {
 public:
  explicit Codes(std::string_view text) : m_text(text), m_words(runs(text)) {
    m_of_inrae = std::any_of(m_words.begin(), m_words.end(),
                             [](const Word& word) { return word.folded == "inrae" || word.folded == "inra"; });
  }

  std::vector<UnitCode> read() {
    for (size_t at = 0; at < m_words.size();) {
      at = read_one(at);
    }
    return std::move(m_out);
  }

 private:
  bool is_said(std::string_view who, size_t at, size_t number) const {
    const size_t begin = at >= 2 ? at - 2 : 0;
    const size_t end = std::min(m_words.size(), number + 2);
    for (size_t i = begin; i < end; ++i) {
      if (m_words[i].folded == who && (i >= at || is_near(m_text, m_words[i], m_words[i + 1])) &&
          (i <= number || is_near(m_text, m_words[i - 1], m_words[i]))) {
        return true;
      }
    }
    return false;
  }

  // The number that belongs to a label at `at`, some words on.
  std::optional<size_t> number_after(const Label& label, size_t at, bool& inserm, bool& serial) const {
    for (size_t i = at + 1; i < m_words.size() && i <= at + 4; ++i) {
      if (!is_near(m_text, m_words[i - 1], m_words[i])) {
        return std::nullopt;
      }
      if (m_words[i].number) {
        return i;
      }
      const std::string_view word = m_words[i].folded;
      const bool goes_on = is_between(word) || (inserm && (is_unit(word) || word == "research")) ||
                           (word == "u" && (label.word == "emi" || label.word == "eri" || label.word == "erm"));
      if (!goes_on) {
        return std::nullopt;
      }
      inserm = inserm || m_words[i].folded == "inserm";
      serial = serial || m_words[i].folded == "s";
    }
    return std::nullopt;
  }

  // A label that is spelled out, and its last word.
  const Label* spelled_at(size_t at, size_t& last) const {
    for (const Phrase& phrase : k_phrases) {
      size_t count = 0;
      while (count < phrase.words.size() && !phrase.words[count].empty() && at + count < m_words.size() &&
             (phrase.words[count] == "?" ? is_unit(m_words[at + count].folded)
                                         : m_words[at + count].folded == phrase.words[count])) {
        ++count;
      }
      if (count == phrase.words.size() || phrase.words[count].empty()) {
        last = at + count - 1;
        return label_of(phrase.label);
      }
    }
    return nullptr;
  }

  // "U1052/CNRS 5286": a number right behind a code of somebody else's.
  bool is_second_number(size_t at) const {
    return m_words[at].folded == "cnrs" && at + 1 < m_words.size() && m_words[at + 1].number && !m_out.empty() &&
           m_out.back().end + 1 == m_words[at].begin && m_text[m_out.back().end] == '/';
  }

  // How many digits its numbers have at least; of a few what stands around tells.
  size_t least_of(const Label& label, bool glued, bool inserm, size_t at, size_t number) const {
    if (label.word == "u") {
      return !glued && !inserm ? 3 : label.least;
    }
    return label.word == "us" && !is_said("inserm", at, number) ? 2 : label.least;
  }

  // "n° 20218": it is a number of its own, not that of a town.
  bool is_numbered(size_t number) const {
    constexpr std::array<std::string_view, 7> k_signs{"n", "no", "nr", "num", "numero", "\xC2\xB0", "n\xC2\xB0"};
    return number > 0 && std::find(k_signs.begin(), k_signs.end(), m_words[number - 1].folded) != k_signs.end();
  }

  // "US 02115": four digits of an US are INRAE's, and stand without a zero before them. "Inserm - 75013 Paris", "Unité
  // de recherche - 94805 Villejuif": five digits need a short label, a sign of a number or nothing between.
  bool is_post_code(const Label& label, bool short_label, size_t first, size_t number, size_t digits) const {
    if (!short_label && digits == 5) {
      return !m_words[first].glued && !is_numbered(first);
    }
    const size_t last_digits = m_words[number].folded.size();
    return label.word == "us" && last_digits > 3 && (last_digits > 4 || !(m_words[number].glued || m_of_inrae));
  }

  // The UR of five digits that somebody has parted: "UR 14 233".
  void join_parted(const Label& label, size_t& number, std::string& digits) const {
    const size_t next = number + 1;
    if (label.word == "ur" && digits.size() == 2 && next < m_words.size() && m_words[next].number &&
        m_words[next].folded.size() == 3 && m_words[next].begin == m_words[number].end + 1 &&
        m_text[m_words[number].end] == ' ') {
      digits += m_words[next].folded;
      number = next;
    }
  }

  size_t read_one(size_t at) {
    const Word& word = m_words[at];
    const bool inserm_alone = word.folded == "inserm";
    size_t last = at;
    const bool short_label = label_of(word.folded) != nullptr;
    const Label* label = inserm_alone           ? label_of("u")
                         : is_second_number(at) ? label_of("umr")
                         : word.number          ? nullptr
                                                : label_of(word.folded);
    label = label == nullptr && !word.number ? spelled_at(at, last) : label;
    if (label == nullptr || (word.glued && at > 0 && m_words[at - 1].number)) {
      return at + 1;
    }
    bool inserm = inserm_alone;
    bool serial = false;
    const auto found = number_after(*label, last, inserm, serial);
    if (!found) {
      return at + 1;
    }
    size_t number = *found;
    std::string digits = m_words[number].folded;
    join_parted(*label, number, digits);
    const bool post_code = is_post_code(*label, short_label, *found, number, digits.size());
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    const size_t least = least_of(*label, m_words[number].glued, inserm, at, number);
    const bool letters_follow =
        number + 1 < m_words.size() && m_words[number + 1].glued && m_words[number + 1].folded != "s";
    if (digits.size() < least || digits.size() > label->longest || letters_follow || post_code) {
      return at + 1;
    }
    add(*label, at, number, digits, inserm, serial);
    return number + 1;
  }

  void add(const Label& label, size_t at, size_t number, const std::string& digits, bool inserm, bool serial) {
    UnitCode code;
    code.begin = m_words[at].begin;
    code.end = m_words[number].end;
    const bool umr = label.word == "umr";
    const bool of_inserm = umr && (serial || inserm || (is_said("inserm", at, number) && !is_said("cnrs", at, number)));
    const bool of_others = umr && !of_inserm && (is_said("cnrs", at, number) || digits.size() == 5);
    const bool unit_of_inserm = label.word == "ur" && inserm;  // "Unité de recherche Inserm 1068"
    code.key = std::string(of_inserm || unit_of_inserm ? "u" : label.family) + ":" + digits;
    // A number of four digits that begins with 1 may be Inserm's, one that another body has is not.
    if (umr && !of_others) {
      code.second = std::string(of_inserm ? "umr" : "u") + ":" + digits;
    }
    code.shown = std::string(of_inserm ? "UMR_S" : unit_of_inserm ? "U" : label.shown) + " " + digits;
    m_out.push_back(std::move(code));
  }

  std::string_view m_text;
  std::vector<Word> m_words;
  std::vector<UnitCode> m_out;
  bool m_of_inrae = false;
};

}  // namespace

std::vector<UnitCode> unit_codes(std::string_view text) {
  // Nothing to look for where there is no digit, which is most of what comes.
  if (text.find_first_of("0123456789") == std::string_view::npos) {
    return {};
  }
  return Codes(text).read();
}

}  // namespace pitchblende::resolution
