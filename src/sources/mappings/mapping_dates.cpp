#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.hpp"
#include "sources/mappings/mapping_values.hpp"

namespace pitchblende::sources {

namespace {

constexpr int k_first_year = 1000;
constexpr int k_last_year = 2199;
constexpr int k_first_serial_text = 10'000;  // 1927: smaller numbers in a text are years

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct Token {
  std::string_view text;
  bool number = false;
};

// Months by the first letters that tell them apart, French and English, folded.
int month_of(std::string_view word) {
  struct Month {
    std::string_view begins;
    int month;
  };
  static constexpr std::array<Month, 18> k_months{{{"janv", 1},
                                                   {"jan", 1},
                                                   {"fevr", 2},
                                                   {"fev", 2},
                                                   {"feb", 2},
                                                   {"mars", 3},
                                                   {"mar", 3},
                                                   {"avr", 4},
                                                   {"apr", 4},
                                                   {"mai", 5},
                                                   {"may", 5},
                                                   {"juil", 7},
                                                   {"jul", 7},
                                                   {"jui", 6},
                                                   {"jun", 6},
                                                   {"ao", 8},
                                                   {"aug", 8},
                                                   {"sep", 9}}};
  static constexpr std::array<std::string_view, 3> k_last{"oct", "nov", "dec"};
  if (word == "mardi") {
    return 0;
  }
  for (const Month& month : k_months) {
    if (word.starts_with(month.begins)) {
      return month.month;
    }
  }
  for (size_t i = 0; i < k_last.size(); ++i) {
    if (word.starts_with(k_last[i])) {
      return static_cast<int>(i) + 10;
    }
  }
  return 0;
}

bool is_filler(std::string_view word) {
  static constexpr std::array<std::string_view, 20> k_words{
      "er",    "st",       "nd",    "rd",       "th",     "le",       "the", "of", "de", "lundi",
      "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "du",  "au", "on", "d"};
  static constexpr std::array<std::string_view, 7> k_days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  return std::find(k_words.begin(), k_words.end(), word) != k_words.end() ||
         std::any_of(k_days.begin(), k_days.end(), [&](std::string_view day) { return word.starts_with(day); });
}

// Words and numbers; what follows a T or a colon is the time of day and cut off.
std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> out;
  size_t at = 0;
  while (at < text.size()) {
    const bool number = is_digit(text[at]);
    const bool letter = text[at] >= 'a' && text[at] <= 'z';
    size_t end = at + 1;
    while ((number || letter) && end < text.size() &&
           (number ? is_digit(text[end]) : text[end] >= 'a' && text[end] <= 'z')) {
      ++end;
    }
    const std::string_view word = text.substr(at, end - at);
    if (word == "t" && out.size() >= 3) {
      break;
    }
    if (number && end < text.size() && (text[end] == ':' || text[end] == 'h') && out.size() >= 3) {
      break;
    }
    if (number || letter) {
      out.push_back({word, number});
    }
    at = end;
  }
  return out;
}

int number_of(std::string_view digits) {
  int value = 0;
  for (const char c : digits.substr(0, 9)) {
    value = value * 10 + (c - '0');
  }
  return digits.size() > 9 ? -1 : value;
}

int year_of(std::string_view digits) {
  const int value = number_of(digits);
  if (digits.size() == 2) {
    return value < 50 ? 2000 + value : 1900 + value;
  }
  return digits.size() == 4 && value >= k_first_year && value <= k_last_year ? value : 0;
}

int days_in(int year, int month) {
  static constexpr std::array<int, 12> k_days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : k_days[static_cast<size_t>(month - 1)];
}

std::string two(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::optional<std::string> date_of(int year, int month, int day) {
  if (year == 0 || month < 1 || month > 12 || day < 1 || day > days_in(year, month)) {
    return std::nullopt;
  }
  return std::to_string(year) + "-" + two(month) + "-" + two(day);
}

std::optional<std::string> month_date(int year, int month) {
  return year == 0 || month < 1 || month > 12 ? std::nullopt : std::optional(std::to_string(year) + "-" + two(month));
}

std::optional<std::string> from_one(std::string_view digits, const ReadingHabits& habits) {
  const int value = number_of(digits);
  if (digits.size() == 4) {
    return year_of(digits) == 0 ? std::nullopt : std::optional(std::string(digits));
  }
  if (digits.size() == 8) {
    return date_of(year_of(digits.substr(0, 4)), number_of(digits.substr(4, 2)), number_of(digits.substr(6)));
  }
  return digits.size() == 5 && value >= k_first_serial_text ? serial_date(value, habits.date_system) : std::nullopt;
}

std::optional<std::string> from_numbers(const std::vector<Token>& tokens, const ReadingHabits& habits) {
  if (tokens.size() == 1) {
    return from_one(tokens[0].text, habits);
  }
  const bool year_first = tokens[0].text.size() == 4;
  const auto at = [&](size_t i) { return number_of(tokens[i].text); };
  if (tokens.size() == 2) {
    return year_first                   ? month_date(year_of(tokens[0].text), at(1))
           : tokens[1].text.size() == 4 ? month_date(year_of(tokens[1].text), at(0))
                                        : std::nullopt;
  }
  if (tokens.size() != 3) {
    return std::nullopt;
  }
  if (year_first) {
    return date_of(year_of(tokens[0].text), at(1), at(2));
  }
  const bool day_first = habits.days == DayOrder::day_first;
  return date_of(year_of(tokens[2].text), day_first ? at(1) : at(0), day_first ? at(0) : at(1));
}

// One month's name among one or two numbers.
std::optional<std::string> from_words(const std::vector<Token>& tokens) {
  int month = 0;
  std::vector<std::string_view> numbers;
  for (const Token& token : tokens) {
    if (token.number) {
      numbers.push_back(token.text);
    } else if (const int found = month_of(token.text); found != 0 && month == 0) {
      month = found;
    } else if (!is_filler(token.text)) {
      return std::nullopt;
    }
  }
  if (month == 0 || numbers.empty() || numbers.size() > 2) {
    return std::nullopt;
  }
  if (numbers.size() == 1) {
    return month_date(year_of(numbers[0]), month);
  }
  const bool year_first = numbers[0].size() == 4;
  return date_of(year_of(numbers[year_first ? 0 : 1]), month, number_of(numbers[year_first ? 1 : 0]));
}

}  // namespace

std::optional<std::string> read_date(std::string_view text, const ReadingHabits& habits) {
  if (text.size() > 60) {
    return std::nullopt;
  }
  const std::string folded = fold(squeeze(text));
  // 44652.5, 44652,5: a day and an hour as a spreadsheet counts them.
  if (folded.size() > 5 && std::all_of(folded.begin(), folded.begin() + 5, is_digit) &&
      (folded[5] == '.' || folded[5] == ',')) {
    return from_one(std::string_view(folded).substr(0, 5), habits);
  }
  const std::vector<Token> tokens = tokens_of(folded);
  const bool only_numbers = std::all_of(tokens.begin(), tokens.end(), [](const Token& token) { return token.number; });
  if (tokens.empty() || folded.find_first_of("?<>+=*") != std::string::npos) {
    return std::nullopt;
  }
  return only_numbers ? from_numbers(tokens, habits) : from_words(tokens);
}

std::optional<std::string> serial_date(double serial, DateSystem system) {
  if (!(serial >= 0) || serial >= 109'940) {
    return std::nullopt;
  }
  // The 1900 system has a 29 February 1900 (60) that never was.
  int64_t days = static_cast<int64_t>(std::floor(serial));
  days += system == DateSystem::from_1904 ? 1462 : days < 60 ? 1 : 0;
  // Days from civil, H. Hinnant: counted from 1 March of the year 0.
  const int64_t shifted = days - 25'569 + 719'468;
  const int64_t era = shifted / 146'097;
  const int64_t in_era = shifted - era * 146'097;
  const int64_t year_in_era = (in_era - in_era / 1460 + in_era / 36'524 - in_era / 146'096) / 365;
  const int64_t in_year = in_era - (365 * year_in_era + year_in_era / 4 - year_in_era / 100);
  const int64_t shifted_month = (5 * in_year + 2) / 153;
  const auto day = static_cast<int>(in_year - (153 * shifted_month + 2) / 5 + 1);
  const auto month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  const auto year = static_cast<int>(year_in_era + era * 400 + (month <= 2 ? 1 : 0));
  return date_of(year, month, day);
}

Period split_period(std::string_view text) {
  std::string folded = fold(squeeze(text));
  for (const std::string_view word : {"depuis ", "since ", "from ", "de ", "du "}) {
    if (folded.starts_with(word)) {
      folded.erase(0, word.size());
    }
  }
  for (const std::string_view word : {"jusqu'en ", "jusqu'a ", "jusqu'au ", "until "}) {
    if (folded.starts_with(word)) {
      return {{}, folded.substr(word.size())};
    }
  }
  for (const std::string_view mark : {" - ", " a ", " au ", " to ", " -> ", "/20", "-"}) {
    const size_t at = folded.find(mark);
    // 2015-2019 and 2015/2019, but not 2015-04 or 12/2019.
    const bool between_years = at == 4 && folded.size() == 9;
    if (at != std::string::npos && (mark.front() == ' ' || between_years)) {
      return {squeeze(folded.substr(0, at)), squeeze(folded.substr(at + (mark.front() == ' ' ? mark.size() : 1)))};
    }
  }
  return {folded, {}};
}

}  // namespace pitchblende::sources
