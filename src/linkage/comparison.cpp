#include "linkage/comparison.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <iterator>

#include "linkage/distance.hpp"

namespace pitchblende::linkage {

namespace {

constexpr size_t k_measured = 200;  // letters of which edit distances are taken; longer values are compared by words

std::string_view measured(const Prepared& value) { return std::string_view(value.tight).substr(0, k_measured); }

// A slip takes one letter away and brings another: most pairs need no measuring.
bool may_be_within(uint32_t letters_a, uint32_t letters_b, uint32_t slips) {
  return letters_a == k_any_letters || letters_b == k_any_letters ||
         static_cast<uint32_t>(std::popcount(letters_a ^ letters_b)) <= 2 * slips;
}

// At most limit + 1.
uint32_t slips_between(const Prepared& a, const Prepared& b, uint32_t limit) {
  return may_be_within(a.letters, b.letters, limit) ? damerau_levenshtein(measured(a), measured(b), limit) : limit + 1;
}

bool is_initial_of(const Prepared& a, const Prepared& b) {
  const auto initial = [](std::string_view one, std::string_view whole) {
    return one.size() == 1 && whole.starts_with(one);
  };
  return initial(a.tight, b.tight) || initial(b.tight, a.tight);
}

// Whether all words of the one are among the words of the other.
bool contains_words(const Prepared& a, const Prepared& b) {
  const auto& few = a.words.size() <= b.words.size() ? a.words : b.words;
  const auto& many = a.words.size() <= b.words.size() ? b.words : a.words;
  return !few.empty() && std::all_of(few.begin(), few.end(), [&](uint32_t word) {
    return std::find(many.begin(), many.end(), word) != many.end();
  });
}

// Parts I and II, 2001 and 2002, Paris 5 and Paris 6: what differs in a number is two of a series.
bool counts_differ(const Prepared& a, const Prepared& b) {
  return !a.numbers.empty() && !b.numbers.empty() && a.numbers != b.numbers;
}

Level compare_names(const Prepared& a, const Prepared& b) {
  if (a.tight == b.tight) {
    return Level::exact;
  }
  if (counts_differ(a, b)) {
    return Level::part;
  }
  const uint32_t shorter = std::min(a.length, b.length);
  const uint32_t slips = slips_between(a, b, 2);
  if (slips <= 1 && shorter >= 3) {
    return Level::close;
  }
  const double likeness = jaro_winkler(measured(a), measured(b));
  if (likeness >= 0.95) {
    return Level::close;
  }
  if ((slips <= 2 && shorter >= 5) || likeness >= 0.88) {
    return Level::near;
  }
  return is_initial_of(a, b) || contains_words(a, b) || likeness >= 0.8 ? Level::part : Level::different;
}

Level compare_addresses(const Prepared& a, const Prepared& b) {
  if (a.tight == b.tight) {
    return Level::exact;
  }
  const uint32_t longer = std::max(a.length, b.length);
  const uint32_t slips = slips_between(a, b, std::max(longer * 2 / 5, 1U));
  if (slips <= 1 + longer / 12) {
    return Level::close;
  }
  if (slips <= longer / 4) {
    return Level::near;
  }
  return slips <= longer * 2 / 5 || contains_words(a, b) ? Level::part : Level::different;
}

Level compare_identifiers(const Prepared& a, const Prepared& b) {
  if (a.tight == b.tight) {
    return Level::exact;
  }
  const uint32_t slips = slips_between(a, b, 2);
  const uint32_t shorter = std::min(a.length, b.length);
  return slips == 1 && shorter >= 3 ? Level::close : slips == 2 && shorter >= 5 ? Level::near : Level::different;
}

Level compare_postcodes(const Prepared& a, const Prepared& b) {
  if (a.tight == b.tight) {
    return Level::exact;
  }
  if (slips_between(a, b, 1) == 1) {
    return Level::close;
  }
  return a.tight.substr(0, 2) == b.tight.substr(0, 2) ? Level::part : Level::different;
}

Level compare_short(const Prepared& a, const Prepared& b) {
  if (a.tight == b.tight) {
    return Level::exact;
  }
  const uint32_t shorter = std::min(a.length, b.length);
  return shorter >= 2 && slips_between(a, b, 1) == 1 ? Level::close : Level::different;
}

Level compare_dates(const Prepared& a, const Prepared& b) {
  const DateParts& x = a.date;
  const DateParts& y = b.date;
  if (x.month == 0 || y.month == 0) {  // years
    const int apart = std::abs(int{x.year} - int{y.year});
    return apart == 0 ? Level::exact : apart == 1 ? Level::close : apart <= 3 ? Level::near : Level::different;
  }
  if (a.tight == b.tight || (x.year == y.year && x.month == y.month && x.day == y.day)) {
    return Level::exact;
  }
  if (x.year == y.year && x.month == y.day && x.day == y.month) {
    return Level::swapped;
  }
  if (slips_between(a, b, 1) == 1) {
    return Level::close;
  }
  const int parts = (x.year == y.year ? 1 : 0) + (x.month == y.month ? 1 : 0) + (x.day == y.day ? 1 : 0);
  return parts == 2 ? Level::near : x.year == y.year ? Level::part : Level::different;
}

// How much two titles share, after Cohen, Ravikumar and Fienberg's soft TF-IDF (2003): words weigh their rarity, and a
// word with a slip counts as the word.
struct Shared {
  double both = 0;
  double a = 0;
  double b = 0;
  bool left_a = false;  // words that the other has not
  bool left_b = false;
  double dice() const { return a + b > 0 ? 2 * both / (a + b) : 0; }
  double contained() const { return std::min(a, b) > 0 ? both / std::min(a, b) : 0; }
  bool exchanged() const { return left_a && left_b; }  // "in mice", "in rats"
};

// Two words that differ in a letter or, when they are long, in two.
bool is_slip(const Column& column, uint32_t x, uint32_t y, size_t shortest) {
  const std::string_view a = column.words.text(x);
  const std::string_view b = column.words.text(y);
  const uint32_t slips = std::min(a.size(), b.size()) >= 8 ? 2 : 1;
  return std::min(a.size(), b.size()) >= shortest &&
         may_be_within(column.word_letters[x], column.word_letters[y], slips) &&
         damerau_levenshtein(a, b, slips) <= slips;
}

Shared shared_words(const Column& column, const Prepared& a, const Prepared& b) {
  Shared out;
  std::array<bool, k_words_of_value> taken{};
  std::vector<uint32_t> left;
  for (const uint32_t word : b.words) {
    out.b += column.rarity(word);
  }
  const auto take = [&](uint32_t word, auto&& matches) {
    for (size_t at = 0; at < b.words.size(); ++at) {
      if (!taken[at] && matches(b.words[at])) {
        taken[at] = true;
        out.both += (column.rarity(word) + column.rarity(b.words[at])) / 2;
        return true;
      }
    }
    return false;
  };
  for (const uint32_t word : a.words) {
    out.a += column.rarity(word);
    if (!take(word, [&](uint32_t other) { return other == word; })) {
      left.push_back(word);
    }
  }
  const auto tells = [&](uint32_t word) { return column.words.text(word).size() > 3; };
  for (const uint32_t word : left) {
    const bool slip = take(word, [&](uint32_t other) { return is_slip(column, word, other, 5); });
    out.left_a = out.left_a || (!slip && tells(word));
  }
  for (size_t at = 0; at < b.words.size(); ++at) {
    out.left_b = out.left_b || (!taken[at] && tells(b.words[at]));
  }
  return out;
}

Level compare_titles(const Column& column, const Prepared& a, const Prepared& b) {
  if (a.tight == b.tight) {
    return Level::exact;
  }
  const Shared shared = shared_words(column, a, b);
  const double dice = shared.dice();
  if (!counts_differ(a, b)) {
    const bool spelling = a.length >= 20 && slips_between(a, b, 2) <= 2;
    if ((!shared.exchanged() && dice >= 0.85) || spelling) {
      return Level::close;
    }
    const bool contained = shared.contained() >= 0.95 && std::min(a.words.size(), b.words.size()) >= 3;
    if (dice >= 0.85 || (contained && !shared.exchanged())) {
      return Level::near;
    }
  }
  return dice >= 0.6 ? Level::part : dice >= 0.35 ? Level::faint : Level::different;
}

// Two people of two lists. one: a whole word in common, and what is left are initials of each other, equal or absent;
// namesakes: the family name in common, but what is left disagrees, as between a nickname and a name.
enum class People : uint8_t { two, namesakes, one };

// The last word, unless that is an initial ("Exemple C").
uint32_t family_of(const Column& column, const std::vector<uint32_t>& words) {
  return column.words.text(words.back()).size() > 1 ? words.back() : words.front();
}

People compare_two(const Column& column, const std::vector<uint32_t>& a, const std::vector<uint32_t>& b) {
  bool whole = false;
  size_t agreeing = 0;
  for (const uint32_t x : a) {
    const std::string_view one = column.words.text(x);
    const bool alike = one.size() > 1 &&
                       std::any_of(b.begin(), b.end(), [&](uint32_t y) { return x == y || is_slip(column, x, y, 4); });
    const bool initial = !alike && std::any_of(b.begin(), b.end(), [&](uint32_t y) {
      const std::string_view other = column.words.text(y);
      return (one.size() == 1 || other.size() == 1) && one.front() == other.front();
    });
    whole = whole || alike;
    agreeing += alike || initial ? 1 : 0;
  }
  if (whole && (agreeing >= 2 || std::min(a.size(), b.size()) == 1)) {
    return People::one;
  }
  const uint32_t x = family_of(column, a);
  const uint32_t y = family_of(column, b);
  return whole && (x == y || is_slip(column, x, y, 4)) ? People::namesakes : People::two;
}

struct Found {
  size_t people = 0;
  size_t namesakes = 0;
};

Found find_people(const Column& column, const std::vector<std::vector<uint32_t>>& few,
                  const std::vector<std::vector<uint32_t>>& many) {
  Found out;
  std::vector<bool> taken(many.size());
  std::vector<bool> placed(few.size());
  for (const People wanted : {People::one, People::namesakes}) {
    for (size_t x = 0; x < few.size(); ++x) {
      for (size_t at = 0; at < many.size() && !placed[x]; ++at) {
        if (!taken[at] && compare_two(column, few[x], many[at]) == wanted) {
          taken[at] = true;
          placed[x] = true;
          ++(wanted == People::one ? out.people : out.namesakes);
        }
      }
    }
  }
  return out;
}

Level compare_people(const Column& column, const Prepared& a, const Prepared& b) {
  if (a.text == b.text) {
    return Level::exact;
  }
  const bool longer = a.people.size() > b.people.size();
  const auto& few = longer ? b.people : a.people;
  const auto& many = longer ? a.people : b.people;
  const Found found = find_people(column, few, many);
  if (found.people == many.size()) {
    return Level::exact;
  }
  const size_t all = found.people + found.namesakes;
  if (all >= 2 && all + 1 >= many.size()) {
    return Level::close;
  }
  if (found.people == few.size() || all * 2 > many.size()) {
    return Level::near;
  }
  return all > 0 ? Level::part : Level::different;
}

bool agrees(Level level) { return level == Level::exact || level == Level::close; }

// Values that stand in each other's fields.
void look_across(const Table& table, uint32_t a, uint32_t b, std::pair<uint32_t, uint32_t> fields, Levels& levels) {
  const auto [first, second] = fields;
  if (agrees(levels[first]) || agrees(levels[second])) {
    return;
  }
  const auto across = [&](uint32_t field_a, uint32_t field_b) {
    const uint32_t x = table.value_of(field_a, a);
    const uint32_t y = table.value_of(field_b, b);
    if (x == k_none || y == k_none) {
      return Level::missing;
    }
    const Column& column = table.column(field_a);
    const Prepared& one = column.values[x];
    const Prepared& other = table.column(field_b).values[y];
    // The words of two columns have different numbers: only spellings are compared.
    const bool alike = one.length >= 3 && (one.tight == other.tight || slips_between(one, other, 1) <= 1);
    return alike ? Level::close : Level::different;
  };
  const Level there = across(first, second);
  const Level back = across(second, first);
  if ((agrees(there) && back != Level::different) || (agrees(back) && there != Level::different)) {
    levels[first] = Level::swapped;
    levels[second] = Level::missing;
  }
}

}  // namespace

std::string_view name(Level level) {
  constexpr std::string_view k_names[] = {"missing", "exact", "close", "near", "part", "faint", "swapped", "different"};
  return k_names[static_cast<size_t>(level)];
}

Level compare_values(const Column& column, const Prepared& a, const Prepared& b) {
  switch (column.type) {
    case FieldType::name:
      return compare_names(a, b);
    case FieldType::names:
      return compare_people(column, a, b);
    case FieldType::text:
      return compare_titles(column, a, b);
    case FieldType::date:
      return compare_dates(a, b);
    case FieldType::identifier:
      return compare_identifiers(a, b);
    case FieldType::postcode:
      return compare_postcodes(a, b);
    case FieldType::address:
      return compare_addresses(a, b);
    case FieldType::number:
    case FieldType::category:
      break;
  }
  return compare_short(a, b);
}

Level compare_texts(FieldType type, std::string_view a, std::string_view b) {
  Column column;
  column.type = type;
  Prepared x = prepared(column, a);
  Prepared y = prepared(column, b);
  return x.text.empty() || y.text.empty() ? Level::missing : compare_values(column, x, y);
}

Levels compare_records(const Table& table, uint32_t a, uint32_t b) {
  Levels levels{};
  for (size_t field = 0; field < std::min(table.fields(), k_fields_at_most); ++field) {
    const uint32_t x = table.value_of(field, a);
    const uint32_t y = table.value_of(field, b);
    if (x != k_none && y != k_none) {
      const Column& column = table.column(field);
      levels[field] = x == y ? Level::exact : compare_values(column, column.values[x], column.values[y]);
    }
  }
  for (const auto& fields : table.schema().swaps) {
    look_across(table, a, b, fields, levels);
  }
  return levels;
}

namespace {

// Titles by their words, wherever these stand; all else by its letters.
double likeness_of(const Column& column, const Prepared& a, const Prepared& b) {
  if (column.type != FieldType::text) {
    return jaro_winkler(measured(a), measured(b));
  }
  std::vector<uint32_t> x = a.words;
  std::vector<uint32_t> y = b.words;
  std::sort(x.begin(), x.end());
  std::sort(y.begin(), y.end());
  std::vector<uint32_t> both;
  std::set_intersection(x.begin(), x.end(), y.begin(), y.end(), std::back_inserter(both));
  return 2 * static_cast<double>(both.size()) / static_cast<double>(std::max<size_t>(x.size() + y.size(), 1));
}

}  // namespace

double likeness(const Table& table, uint32_t a, uint32_t b) {
  double sum = 0;
  size_t compared = 0;
  for (size_t field = 0; field < std::min(table.fields(), k_fields_at_most); ++field) {
    const uint32_t x = table.value_of(field, a);
    const uint32_t y = table.value_of(field, b);
    if (x != k_none && y != k_none) {
      const Column& column = table.column(field);
      sum += x == y ? 1 : likeness_of(column, column.values[x], column.values[y]);
      ++compared;
    }
  }
  return compared > 0 ? sum / static_cast<double>(compared) : 0;
}

}  // namespace pitchblende::linkage
