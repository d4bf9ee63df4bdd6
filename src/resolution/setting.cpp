#include "resolution/setting.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.hpp"

namespace pitchblende::resolution {

namespace {

using registry::Record;

constexpr size_t k_words = 96;  // of a text; what comes later repeats the beginning
constexpr size_t k_subjects = 64;
constexpr size_t k_place_words = 128;
constexpr size_t k_shortest = 5;  // shorter words tell little, and many are function words
constexpr size_t k_text = 6000;   // bytes read of a text

class Hash {  // FNV-1a: millions of short words, no adversary
 public:
  void take(unsigned char c) { m_hash = (m_hash ^ c) * 0x100000001B3u; }
  uint32_t value() const { return static_cast<uint32_t>(m_hash ^ m_hash >> 32) | 1u; }

 private:
  uint64_t m_hash = 0xCBF29CE484222325u;
};

uint32_t hash_of(std::string_view folded) {
  Hash hash;
  for (const char c : folded) {
    hash.take(static_cast<unsigned char>(c));
  }
  return hash.value();
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Letters and digits in a row, lower case; a plural's s is left out, so that "tumour" meets "tumours".
void take_words(std::string_view text, std::vector<uint32_t>& out) {
  text = text.substr(0, k_text);
  const std::string folded = is_ascii(text) ? std::string() : fold(text);
  const std::string_view all = is_ascii(text) ? text : std::string_view(folded);
  for (size_t at = 0; at < all.size() && out.size() < k_words;) {
    Hash hash;
    size_t length = 0;
    unsigned char last = 0;
    for (; at < all.size(); ++at) {
      auto c = static_cast<unsigned char>(all[at]);
      c = c >= 'A' && c <= 'Z' ? static_cast<unsigned char>(c + 32) : c;
      if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80)) {
        break;
      }
      if (last != 0) {
        hash.take(last);
      }
      last = c;
      ++length;
    }
    ++at;
    if (last != 's' && last != 0) {
      hash.take(last);
    }
    if (length >= k_shortest) {
      out.push_back(hash.value());
    }
  }
}

void sort_unique(std::vector<uint32_t>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  list.shrink_to_fit();
}

struct Fields {
  std::string_view name;
  std::vector<uint32_t> Setting::*list;
};
constexpr Fields k_lists[] = {{"concepts", &Setting::subjects},
                              {"keywords", &Setting::subjects},
                              {"chemicals", &Setting::subjects},
                              {"conditions", &Setting::subjects},
                              {"grants", &Setting::grants}};
constexpr std::string_view k_texts[] = {"title", "original_title", "abstract", "summary"};

// "Neoplasms/therapy" is about neoplasms.
std::string_view heading(std::string_view text) { return text.substr(0, text.find('/')); }

template <typename Each>
void each_text(const Record& record, std::string_view field, const Each& each) {
  const auto wanted = registry::find_field(record.kind, field);
  for (const auto& [id, value] : record.values) {
    if (wanted && id == *wanted) {
      each(std::string_view(value.text));
    }
  }
}

std::string first_text(const Record& record, std::string_view field) {
  const auto id = registry::find_field(record.kind, field);
  return id ? std::string(record.text(*id)) : std::string();
}

int year_in(const Record& record) {
  for (const std::string_view field : {"year", "date", "from", "filed"}) {
    const int year = std::atoi(first_text(record, field).substr(0, 4).c_str());
    if (year > 1000) {
      return year;
    }
  }
  return 0;
}

}  // namespace

bool is_english(uint32_t language) { return language == hash_of("en"); }

std::shared_ptr<Setting> setting_of(const Record& record) {
  auto setting = std::make_shared<Setting>();
  for (const std::string_view field : k_texts) {
    each_text(record, field, [&](std::string_view text) { take_words(text, setting->words); });
  }
  for (const auto& [field, list] : k_lists) {
    each_text(record, field, [&](std::string_view text) {
      auto& into = (*setting).*list;
      if (into.size() < k_subjects) {
        into.push_back(hash_of(fold(list == &Setting::subjects ? heading(text) : text)));
      }
      if (list == &Setting::subjects) {
        take_words(heading(text), setting->terms);
      }
    });
  }
  sort_unique(setting->words);
  sort_unique(setting->subjects);
  sort_unique(setting->grants);
  const std::string title = first_text(record, "journal");
  take_words(title, setting->terms);
  sort_unique(setting->terms);
  const std::string journal = normalised(title);
  const std::string language = first_text(record, "language");
  setting->journal = journal.empty() ? 0 : hash_of(journal);
  setting->language = language.empty() ? 0 : hash_of(language.substr(0, 2));
  setting->year = year_in(record);
  const bool says =
      !setting->words.empty() || !setting->subjects.empty() || setting->journal != 0 || setting->year != 0;
  return says ? setting : nullptr;
}

void set_places(Setting& setting, std::span<const std::string_view> affiliations) {
  auto& out = setting.places;
  for (const std::string_view affiliation : affiliations) {
    for (size_t at = 0; at < affiliation.size() && out.size() < k_place_words;) {
      const size_t end = std::min(affiliation.find_first_of("; ", at), affiliation.size());
      const std::string_view word = affiliation.substr(at, end - at);
      // A reference is no word.
      if (word.size() > 1 && word.find(':') == std::string_view::npos) {
        out.push_back(hash_of(word));
      }
      at = end + 1;
    }
  }
  sort_unique(out);
}

}  // namespace pitchblende::resolution
