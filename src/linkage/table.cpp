#include "linkage/table.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "base/text.hpp"
#include "linkage/distance.hpp"

namespace pitchblende::linkage {

namespace {

constexpr size_t k_people = 64;
constexpr std::string_view k_replacement = "\xEF\xBF\xBD";  // U+FFFD

constexpr std::pair<std::string_view, std::string_view> k_entities[] = {{"amp", "&"},   {"lt", "<"},   {"gt", ">"},
                                                                        {"quot", "\""}, {"apos", "'"}, {"nbsp", " "},
                                                                        {"mdash", "-"}, {"ndash", "-"}};

void append_utf8(std::string& out, uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
  } else if (c < 0x10000) {
    out += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
            static_cast<char>(0x80 | (c & 0x3F))};
  } else {
    out += {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3F)),
            static_cast<char>(0x80 | (c >> 6 & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
  }
}

// "&#233;" and "&mdash;" as what they stand for; nothing: it is no entity.
bool append_entity(std::string& out, std::string_view name) {
  if (name.size() > 1 && name.front() == '#') {
    const bool hexadecimal = name[1] == 'x' || name[1] == 'X';
    uint32_t c = 0;
    for (const char digit : name.substr(hexadecimal ? 2 : 1)) {
      const char low = static_cast<char>(digit | 0x20);
      const bool letter = hexadecimal && low >= 'a' && low <= 'f';
      if ((!letter && (digit < '0' || digit > '9')) || c > 0x10FFFF) {
        return false;
      }
      c = c * (hexadecimal ? 16 : 10) + static_cast<uint32_t>(letter ? low - 'a' + 10 : digit - '0');
    }
    if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) {
      return false;
    }
    append_utf8(out, c);
    return true;
  }
  // "&eacute;", "&Ccedil;": the letter, as folding leaves it.
  constexpr std::string_view k_marks[] = {"acute", "grave", "circ", "uml", "tilde", "cedil", "ring", "slash", "caron"};
  if (std::find(std::begin(k_marks), std::end(k_marks), name.substr(std::min<size_t>(1, name.size()))) !=
      std::end(k_marks)) {
    out += name.front();
    return true;
  }
  const auto known = std::find_if(std::begin(k_entities), std::end(k_entities),
                                  [&](const auto& entity) { return entity.first == name; });
  if (known != std::end(k_entities)) {
    out += known->second;
  }
  return known != std::end(k_entities);
}

std::string without_entities(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t end = text[at] == '&' ? text.substr(at, 12).find(';') : std::string_view::npos;
    if (end != std::string_view::npos && append_entity(out, text.substr(at + 1, end - 1))) {
      at += end + 1;
    } else {
      out += text[at++];
    }
  }
  return out;
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(separator, begin), text.size());
    if (end > begin) {
      parts.push_back(text.substr(begin, end - begin));
    }
    begin = end + 1;
  }
  return parts;
}

// People of a list: parted by ";" or "|" where there is one, else by commas, "and" and "&".
std::vector<std::string> people_of(std::string_view text) {
  std::string list = without_entities(text);
  const bool plain = list.find(';') == std::string::npos && list.find('|') == std::string::npos;
  for (const std::string_view word : {" and ", " AND ", " et ", " & "}) {
    for (size_t at = 0; (at = list.find(word, at)) != std::string::npos;) {
      list.replace(at, word.size(), plain ? "," : ";");
    }
  }
  std::replace(list.begin(), list.end(), '|', ';');
  std::vector<std::string> people;
  for (const std::string_view part : split(list, plain ? ',' : ';')) {
    std::string name = comparable(part);
    if (!name.empty() && !is_null_word(name) && people.size() < k_people) {
      people.push_back(std::move(name));
    }
  }
  return people;
}

bool is_numeral(std::string_view word) {
  constexpr std::string_view k_roman[] = {"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"};
  return word.find_first_of("0123456789") != std::string_view::npos ||
         std::find(std::begin(k_roman), std::end(k_roman), word) != std::end(k_roman);
}

DateParts date_of(std::string_view text) {
  std::vector<std::string> runs;
  for (size_t at = 0; at < text.size(); ++at) {
    const bool digit = text[at] >= '0' && text[at] <= '9';
    if (digit && (at == 0 || runs.empty() || text[at - 1] < '0' || text[at - 1] > '9')) {
      runs.emplace_back();
    }
    if (digit) {
      runs.back() += text[at];
    }
  }
  if (runs.size() == 1 && (runs[0].size() == 8 || runs[0].size() == 6)) {
    const std::string all = runs[0];
    runs = {all.substr(0, 4), all.substr(4, 2), all.substr(std::min<size_t>(6, all.size()))};
  }
  DateParts out;
  const auto part = [&](size_t at) {
    const bool readable = at < runs.size() && !runs[at].empty() && runs[at].size() <= 4;
    return readable ? static_cast<uint32_t>(std::stoul(runs[at])) : 0U;
  };
  const bool year_last = runs.size() == 3 && runs[2].size() == 4 && runs[0].size() < 4;
  out.year = static_cast<uint16_t>(part(year_last ? 2 : 0));
  out.month = static_cast<uint8_t>(std::min(part(1), 99U));
  out.day = static_cast<uint8_t>(std::min(part(year_last ? 0 : 2), 99U));
  return out;
}

uint32_t letters_of(std::string_view word) {
  uint32_t bits = 0;
  for (const char c : word) {
    if (c == k_lost_letter) {
      return k_any_letters;
    }
    bits |= 1U << (static_cast<unsigned char>(c) & 31);
  }
  return bits;
}

void prepare(Column& column, Prepared& value, std::string_view printed) {
  const auto intern = [&](std::string_view word) {
    const uint32_t id = column.words.intern(word);
    if (id == column.word_letters.size()) {
      column.word_records.push_back(0);
      column.word_letters.push_back(letters_of(word));
    }
    return id;
  };
  if (column.type == FieldType::names) {
    for (const std::string& person : people_of(printed)) {
      auto& words = value.people.emplace_back();
      for (const std::string_view word : split(person, ' ')) {
        words.push_back(intern(word));
        value.words.push_back(words.back());
      }
    }
  } else if (column.type == FieldType::date) {
    value.date = date_of(value.text);
  } else {
    for (const std::string_view word : split(value.text, ' ')) {
      if (value.words.size() < k_words_of_value) {
        value.words.push_back(intern(word));
        if ((column.type == FieldType::text || column.type == FieldType::name) && is_numeral(word)) {
          value.numbers.push_back(value.words.back());
        }
      }
    }
    std::sort(value.numbers.begin(), value.numbers.end());
  }
  value.tight = value.text;
  std::erase(value.tight, ' ');
  value.letters = letters_of(value.tight);
  value.length = length(value.tight);
}

// What two spellings have to share to be one value: of a list of people the people, in any order.
std::string canonical(FieldType type, std::string_view text) {
  if (type != FieldType::names) {
    return comparable(text);
  }
  std::vector<std::string> people = people_of(text);
  std::sort(people.begin(), people.end());
  std::string out;
  for (const std::string& person : people) {
    out += out.empty() ? "" : "; ";
    out += person;
  }
  return out;
}

}  // namespace

Prepared prepared(Column& column, std::string_view printed) {
  Prepared value;
  value.text = canonical(column.type, printed);
  if (is_null_word(value.text)) {
    value.text.clear();
  } else {
    prepare(column, value, printed);
  }
  return value;
}

std::string comparable(std::string_view text) {
  std::string folded = fold(without_entities(text));
  for (size_t at = 0; (at = folded.find(k_replacement, at)) != std::string::npos;) {
    folded.replace(at, k_replacement.size(), 1, k_lost_letter);
  }
  // A mark between two letters stands for a letter, elsewhere it is a mark.
  std::string out;
  size_t begin = 0;
  for (size_t at = 1; at + 1 < folded.size(); ++at) {
    if (folded[at] == k_lost_letter && (is_word(folded[at - 1]) || folded[at - 1] == k_lost_letter) &&
        is_word(folded[at + 1])) {
      out += normalised(std::string_view(folded).substr(begin, at - begin));
      out += k_lost_letter;
      begin = at + 1;
    }
  }
  const std::string_view last = std::string_view(folded).substr(begin);
  return out.empty() ? normalised(last) : out + normalised(last);
}

bool is_null_word(std::string_view folded) {
  constexpr std::string_view k_null[] = {"",         "null",      "none",          "nil",
                                         "n a",      "nan",       "unknown",       "inconnu",
                                         "inconnue", "undefined", "not available", "non renseigne"};
  return std::find(std::begin(k_null), std::end(k_null), folded) != std::end(k_null);
}

double Column::rarity(uint32_t word) const {
  const double records = filled[0] + filled[1];
  if (records == 0) {
    return std::min(static_cast<double>(words.text(word).size()), 8.0);
  }
  return std::log2((records + 1) / (word_records[word] + 0.5));
}

Table::Table(Schema schema, std::span<const Row> rows) : m_schema(std::move(schema)), m_order(rows.size()) {
  std::iota(m_order.begin(), m_order.end(), 0);
  std::sort(m_order.begin(), m_order.end(), [&](uint32_t a, uint32_t b) {
    return std::tie(rows[a].side, rows[a].key, rows[a].values) < std::tie(rows[b].side, rows[b].key, rows[b].values);
  });
  m_first_of_second =
      static_cast<uint32_t>(std::count_if(rows.begin(), rows.end(), [](const Row& row) { return row.side == 0; }));
  m_columns.resize(m_schema.fields.size());
  for (size_t field = 0; field < m_columns.size(); ++field) {
    fill(field, rows);
  }
}

void Table::fill(size_t field, std::span<const Row> rows) {
  Column& column = m_columns[field];
  column.type = m_schema.fields[field].type;
  column.of_record.assign(size(), k_none);
  std::unordered_map<std::string, uint32_t> known;
  for (uint32_t record = 0; record < size(); ++record) {
    const auto& values = rows[m_order[record]].values;
    const std::string_view printed = field < values.size() ? std::string_view(values[field]) : std::string_view{};
    std::string text = canonical(column.type, printed);
    if (is_null_word(text)) {
      continue;
    }
    const auto [at, fresh] = known.try_emplace(std::move(text), static_cast<uint32_t>(column.values.size()));
    if (fresh) {
      Prepared& value = column.values.emplace_back();
      value.text = at->first;
      prepare(column, value, printed);
    }
    column.of_record[record] = at->second;
    ++column.values[at->second].count[side(record)];
    ++column.filled[side(record)];
  }
  for (const Prepared& value : column.values) {
    std::vector<uint32_t> words = value.words;
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    for (const uint32_t word : words) {
      column.word_records[word] += value.count[0] + value.count[1];
    }
  }
}

}  // namespace pitchblende::linkage
