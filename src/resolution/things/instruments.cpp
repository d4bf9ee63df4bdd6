#include "resolution/things/instruments.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <tuple>
#include <vector>

#include "base/text.hpp"
#include "linkage/comparison.hpp"
#include "resolution/things/thing_keys.hpp"

namespace pitchblende::resolution {

namespace {

using Words = std::vector<std::string_view>;

constexpr size_t k_words_read = 12;  // a make or a model of more is a description

Words words_of(std::string_view text, size_t most = k_words_read) {
  Words words;
  for (size_t begin = 0; begin < text.size() && words.size() < most;) {
    const size_t end = std::min(text.find(' ', begin), text.size());
    if (end > begin) {
      words.push_back(text.substr(begin, end - begin));
    }
    begin = end + 1;
  }
  return words;
}

// Words that makers have in common: what is left tells them apart.
bool is_of_trade(std::string_view word) {
  constexpr std::array<std::string_view, 39> k_words{
      "analytical",   "analytik",      "biosciences", "bioscience", "company",
      "corporation",  "deutschland",   "diagnostics", "europe",     "france",
      "germany",      "group",         "groupe",      "healthcare", "health",
      "holding",      "imaging",       "industries",  "instrument", "instrumentation",
      "instruments",  "international", "japan",       "lab",        "laboratories",
      "labs",         "life",          "medical",     "microscopy", "microsystems",
      "optics",       "science",       "sciences",    "scientific", "systems",
      "technologies", "technology",    "uk",          "usa"};
  return std::find(k_words.begin(), k_words.end(), word) != k_words.end();
}

Words telling(const Words& words) {
  Words out;
  std::copy_if(words.begin(), words.end(), std::back_inserter(out), [](auto word) { return !is_of_trade(word); });
  return out.empty() ? words : out;
}

std::string run_of(const Words& words) {
  std::string out;
  for (const std::string_view word : words) {
    out += word;
  }
  return out;
}

// Some words of `whole` that follow each other spell all of `part`.
bool stands_in(const Words& part, const Words& whole) {
  const std::string wanted = run_of(part);
  for (size_t begin = 0; begin < whole.size(); ++begin) {
    std::string_view left = wanted;
    for (size_t at = begin; at < whole.size() && left.starts_with(whole[at]); ++at) {
      left.remove_prefix(whole[at].size());
      if (left.empty()) {
        return true;
      }
    }
  }
  return false;
}

bool are_initials(const Words& a, const Words& b) {
  if (a.size() != 1 || b.size() < 2 || a.front().size() != b.size()) {
    return false;
  }
  return std::equal(b.begin(), b.end(), a.front().begin(), [](auto word, char letter) { return word[0] == letter; });
}

bool counts_up(std::string_view digits) {
  return std::string_view("1234567890").starts_with(digits) || std::string_view("0123456789").starts_with(digits);
}

}  // namespace

Agreement compare_makes(std::string_view a, std::string_view b) {
  const Words all_a = words_of(a);
  const Words all_b = words_of(b);
  if (all_a.empty() || all_b.empty()) {
    return Agreement::unknown;
  }
  const Words x = telling(all_a);
  const Words y = telling(all_b);
  if (stands_in(x, y) || stands_in(y, x)) {
    return Agreement::same;
  }
  for (const auto& [short_one, long_one, long_all] : {std::tuple(x, y, all_b), std::tuple(y, x, all_a)}) {
    if (are_initials(short_one, long_one) || are_initials(short_one, long_all)) {
      return Agreement::same;
    }
  }
  constexpr size_t k_slips = 5;  // letters, in fewer of which a slip makes another name
  const std::string all_x = run_of(x);
  const std::string all_y = run_of(y);
  const bool slip = std::min(all_x.size(), all_y.size()) >= k_slips &&
                    linkage::compare_texts(linkage::FieldType::name, all_x, all_y) == linkage::Level::close;
  return slip ? Agreement::same : Agreement::different;
}

std::string model_key(std::string_view model, std::string_view make) {
  const Words of_make = words_of(make);
  std::string out;
  for (const std::string_view word : words_of(model, model.size())) {
    if (std::find(of_make.begin(), of_make.end(), word) == of_make.end()) {
      out += out.empty() ? "" : " ";
      out += word;
    }
  }
  return out.empty() ? std::string(model) : out;
}

Agreement compare_models(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) {
    return Agreement::unknown;
  }
  const auto without_spaces = [](std::string_view text) {
    std::string out(text);
    std::erase(out, ' ');
    return out;
  };
  if (without_spaces(a) == without_spaces(b)) {
    return Agreement::same;
  }
  const Words x = words_of(a);
  const Words y = words_of(b);
  return stands_in(x, y) || stands_in(y, x) ? Agreement::part : Agreement::different;
}

std::string serial_key(std::string_view printed) {
  std::string key;
  for (const char c : fold(printed)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      key += c;
    }
  }
  // What a column is called, written into it.
  constexpr std::array<std::string_view, 6> k_before{"serialnumber", "numerodeserie", "ndeserie",
                                                     "serialno",     "serial",        "sn"};
  for (const std::string_view before : k_before) {
    if (key.size() > before.size() && key.starts_with(before) && key[before.size()] >= '0' &&
        key[before.size()] <= '9') {
      key.erase(0, before.size());
      break;
    }
  }
  const auto digits = std::count_if(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
  const bool only_digits = static_cast<size_t>(digits) == key.size();
  const bool one_sign = key.find_first_not_of(key.empty() ? '0' : key.front()) == std::string::npos;
  // Two digits count the instruments of a list.
  const bool none = digits == 0 || one_sign || (only_digits && (key.size() < 3 || counts_up(key)));
  return none ? std::string() : key;
}

bool may_be_one_serial(std::string_view a, std::string_view b) {
  constexpr size_t k_least = 4;
  return std::min(a.size(), b.size()) >= k_least && (a.ends_with(b) || b.ends_with(a));
}

bool is_common_serial(std::string_view key) {
  constexpr size_t k_least = 4;
  const bool year = key.size() == 4 && key.find_first_not_of("0123456789") == std::string_view::npos && key >= "1950" &&
                    key <= "2035";
  return key.size() < k_least || year;
}

bool is_one_by_serial(const Mention& a, const Mention& b, std::string_view key) {
  const Context x = context_of(a);
  const Context y = context_of(b);
  return !is_common_serial(key) && compare_makes(x.first, y.first) == Agreement::same &&
         compare_models(x.second, y.second) != Agreement::different;
}

}  // namespace pitchblende::resolution
