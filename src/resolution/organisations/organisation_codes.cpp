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

// Runs of letters and runs of digits.
std::vector<Word> runs(std::string_view text) {
  std::vector<Word> out;
  for (size_t at = 0; at < text.size();) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (!is_letter(c) && !is_digit(c)) {
      ++at;
      continue;
    }
    const size_t begin = at;
    const bool number = is_digit(c);
    Word word;
    while (at < text.size()) {
      const auto next = static_cast<unsigned char>(text[at]);
      if (number ? !is_digit(next) : !is_letter(next)) {
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
  return out;
}

struct Label {
  std::string_view word;
  std::string_view family;
  std::string_view shown;
  size_t least;  // digits of its numbers
  size_t longest;
};
constexpr std::array<Label, 24> k_labels{{
    {"umr", "umr", "UMR", 2, 5},    {"umrs", "u", "UMR_S", 2, 4},   {"u", "u", "U", 2, 4},
    {"upr", "upr", "UPR", 2, 5},    {"ea", "ea", "EA", 3, 4},       {"ur", "ea", "UR", 3, 4},
    {"erl", "erl", "ERL", 2, 5},    {"cic", "cic", "CIC", 3, 4},    {"cicp", "cic", "CIC", 3, 4},
    {"us", "us", "US", 2, 3},       {"usr", "uar", "USR", 3, 4},    {"ums", "uar", "UMS", 2, 4},
    {"uar", "uar", "UAR", 2, 4},    {"fre", "fre", "FRE", 3, 4},    {"emr", "emr", "EMR", 3, 4},
    {"ifr", "ifr", "IFR", 2, 3},    {"umi", "irl", "UMI", 3, 4},    {"irl", "irl", "IRL", 3, 4},
    {"gdr", "gdr", "GDR", 2, 4},    {"fr", "fr", "FR", 3, 4},       {"erm", "erm", "ERM", 2, 4},
    {"umrd", "umr", "UMR_D", 2, 4}, {"umra", "umr", "UMR_A", 2, 4}, {"jru", "umr", "UMR", 3, 5},
}};

const Label* label_of(std::string_view word) {
  const auto* const found =
      std::find_if(k_labels.begin(), k_labels.end(), [&](const Label& label) { return label.word == word; });
  return found == k_labels.end() ? nullptr : found;
}

bool is_between(std::string_view word) {
  constexpr std::array<std::string_view, 22> k_words{"inserm", "cnrs", "inra",   "inrae", "ird", "cea", "n",  "no",
                                                     "nr",     "num",  "numero", "mixte", "de",  "p",   "ec", "bt",
                                                     "s",      "t",    "d",      "a",     "m",   "et"};
  return std::find(k_words.begin(), k_words.end(), word) != k_words.end() || word == "\xC2\xB0" || word == "n\xC2\xB0";
}

// Words apart by what a code has inside: no comma, no full stop with a space.
bool is_near(std::string_view text, const Word& a, const Word& b) {
  const std::string_view between = text.substr(a.end, b.begin - a.end);
  return between.size() <= 3 && between.find_first_of(",;()[]\n") == std::string_view::npos;
}

class Codes {
 public:
  explicit Codes(std::string_view text) : m_text(text), m_words(runs(text)) {}

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
  std::optional<size_t> number_after(size_t at, bool& inserm, bool& serial) const {
    for (size_t i = at + 1; i < m_words.size() && i <= at + 4; ++i) {
      if (!is_near(m_text, m_words[i - 1], m_words[i])) {
        return std::nullopt;
      }
      if (m_words[i].number) {
        return i;
      }
      if (!is_between(m_words[i].folded)) {
        return std::nullopt;
      }
      inserm = inserm || m_words[i].folded == "inserm";
      serial = serial || m_words[i].folded == "s";
    }
    return std::nullopt;
  }

  size_t read_one(size_t at) {
    const Word& word = m_words[at];
    const bool inserm_alone = word.folded == "inserm";
    const Label* label = inserm_alone ? label_of("u") : word.number ? nullptr : label_of(word.folded);
    if (label == nullptr || (word.glued && at > 0 && m_words[at - 1].number)) {
      return at + 1;
    }
    bool inserm = inserm_alone;
    bool serial = false;
    const auto number = number_after(at, inserm, serial);
    if (!number) {
      return at + 1;
    }
    std::string digits = m_words[*number].folded;
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
    const bool glued = m_words[*number].glued;
    const size_t least = label->word == "u" && !glued && !inserm ? 3 : label->least;
    const bool letters_follow =
        *number + 1 < m_words.size() && m_words[*number + 1].glued && m_words[*number + 1].folded != "s";
    if (digits.size() < least || digits.size() > label->longest || letters_follow) {
      return at + 1;
    }
    add(*label, at, *number, digits, inserm, serial);
    return *number + 1;
  }

  void add(const Label& label, size_t at, size_t number, const std::string& digits, bool inserm, bool serial) {
    UnitCode code;
    code.begin = m_words[at].begin;
    code.end = m_words[number].end;
    const bool umr = label.word == "umr";
    const bool of_inserm = umr && (serial || inserm || (is_said("inserm", at, number) && !is_said("cnrs", at, number)));
    const bool of_others = umr && !of_inserm && (is_said("cnrs", at, number) || digits.size() == 5);
    code.key = std::string(of_inserm ? "u" : label.family) + ":" + digits;
    // A number of four digits that begins with 1 may be Inserm's, one that another body has is not.
    if (umr && !of_others) {
      code.second = std::string(of_inserm ? "umr" : "u") + ":" + digits;
    }
    code.shown = std::string(of_inserm ? "UMR_S" : label.shown) + " " + digits;
    m_out.push_back(std::move(code));
  }

  std::string_view m_text;
  std::vector<Word> m_words;
  std::vector<UnitCode> m_out;
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
