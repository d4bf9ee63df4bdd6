#include "sources/mappings/mapping_cells.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "registry/identifiers.hpp"
#include "sources/errors.hpp"

namespace pitchblende::sources {

namespace {

constexpr size_t k_most_elements = 10'000;
constexpr size_t k_largest_value = (1 << 20) + 1;  // one more than a value may have: it is then dropped by name

bool has_letter_or_digit(std::string_view folded) {
  return std::any_of(folded.begin(), folded.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
  });
}

constexpr std::string_view k_before_a_house = "…";

// "Institut Curie et CNRS" is two, "Université Pierre et Marie Curie" and "Institut de la santé et de la recherche" are
// one: whether a house's name begins here, by its first word.
bool begins_a_house(std::string_view text) {
  static constexpr std::string_view k_first[] = {
      "institut", "institute",  "universite", "university", "centre",   "center",    "ecole",
      "school",   "hopital",    "hospital",   "hopitaux",   "hospices", "fondation", "college",
      "museum",   "foundation", "assistance", "clinique",   "inserm",   "inria",     "commissariat"};
  const std::string_view word = text.substr(0, text.find_first_of(" ,;/-"));
  const bool acronym =
      word.size() >= 3 && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return acronym || std::find(std::begin(k_first), std::end(k_first), fold(word)) != std::end(k_first);
}

// How many bytes of the text's beginning are the separator; 0: it does not stand there.
size_t parts_at(std::string_view text, std::string_view separator) {
  const bool of_houses = separator.size() > k_before_a_house.size() && separator.ends_with(k_before_a_house);
  if (of_houses) {
    separator.remove_suffix(k_before_a_house.size());
  }
  const bool parts = text.starts_with(separator) && (!of_houses || begins_a_house(text.substr(separator.size())));
  return parts ? separator.size() : 0;
}

// Words stand between spaces; single marks may stand anywhere.
std::vector<std::string> cut(std::string_view text, const std::vector<std::string>& separators) {
  std::vector<std::string> out;
  size_t begin = 0;
  size_t at = 0;
  while (at < text.size() && out.size() < k_most_elements) {
    size_t size = 0;
    for (auto each = separators.begin(); size == 0 && each != separators.end(); ++each) {
      size = parts_at(text.substr(at), *each);
    }
    if (size == 0) {
      ++at;
      continue;
    }
    out.emplace_back(text.substr(begin, at - begin));
    at += size;
    begin = at;
  }
  out.emplace_back(text.substr(begin, out.size() < k_most_elements ? std::string_view::npos : 0));
  return out;
}

// What a spreadsheet shows for a formula that failed, French and English.
bool is_cell_error(std::string_view text) {
  static constexpr std::string_view k_errors[] = {"#REF!",  "#VALUE!", "#VALEUR!", "#NAME?",   "#NOM?",   "#DIV/0!",
                                                  "#NULL!", "#NUL!",   "#NUM!",    "#NOMBRE!", "#SPILL!", "#CALC!"};
  return std::find(std::begin(k_errors), std::end(k_errors), text) != std::end(k_errors);
}

std::string year_in(std::string_view text) {
  for (size_t at = 0; at + 4 <= text.size(); ++at) {
    const bool digits =
        std::all_of(text.begin() + static_cast<int64_t>(at), text.begin() + static_cast<int64_t>(at) + 4,
                    [](char c) { return c >= '0' && c <= '9'; });
    const bool ends = at + 4 == text.size() || text[at + 4] < '0' || text[at + 4] > '9';
    const bool begins = at == 0 || text[at - 1] < '0' || text[at - 1] > '9';
    if (digits && ends && begins && text[at] >= '1' && text[at] <= '2') {
      return std::string(text.substr(at, 4));
    }
  }
  return {};
}

// "T2", "EQ-07", "312": up to three letters and a number, as institutions call their teams; labels of the national
// directory ("U900") are no such codes.
bool is_local_code(std::string_view text) {
  const std::string folded = normalised(text);
  const size_t letters = folded.find_first_of("0123456789 ");
  const size_t digits = folded.find_first_of("0123456789");
  return letters <= 3 && digits <= letters + 1 && folded.size() - digits <= 5 &&
         folded.find_first_not_of("0123456789", digits) == std::string::npos && !registry::is_unit_label(text);
}

// A form for keys: folded words with dashes between them.
std::string key_form(std::string_view text) {
  std::string out = normalised(text);
  std::replace(out.begin(), out.end(), ' ', '-');
  return out;
}

std::string side_of(std::string_view text, std::string_view mark, Transform which) {
  const size_t at = text.find(mark);
  if (which == Transform::before) {
    return std::string(text.substr(0, at));
  }
  return at == std::string_view::npos ? std::string() : std::string(text.substr(at + mark.size()));
}

}  // namespace

bool MappedCells::says_nothing(const Column& column, std::string_view text) const {
  if (text.empty() || text == "NULL") {
    return true;
  }
  if (text.size() > 40) {
    return false;
  }
  const std::string folded = fold(text);
  return !has_letter_or_digit(folded) || m_mapping.nulls.contains(folded) || column.nulls.contains(folded);
}

void MappedCells::set(const std::vector<std::string>& cells, const std::vector<int>& place_of_column,
                      const OnProblem& problem) {
  unbind();
  m_at = 0;
  for (auto& values : m_values) {
    values.clear();
  }
  // Twice: a step may read another column, which has its raw text then.
  for (size_t i = 0; i < m_values.size(); ++i) {
    const auto place = static_cast<size_t>(place_of_column[i]);
    const Column& column = m_mapping.columns[i];
    if (place_of_column[i] < 0 || place >= cells.size()) {
      continue;
    }
    if (is_cell_error(cells[place])) {
      problem(column.name, cells[place], Error(errors::cell_error, cells[place]));
      continue;
    }
    std::vector<std::string> parts =
        column.separators.empty() ? std::vector<std::string>{cells[place]} : cut(cells[place], column.separators);
    bool any = false;
    for (std::string& part : parts) {
      part = column.separators.empty() ? std::string(trim(part)) : squeeze(part);
      if (says_nothing(column, part)) {
        part.clear();
      }
      any = any || !part.empty();
    }
    if (any) {
      m_values[i] = std::move(parts);
    }
  }
  for (size_t i = 0; i < m_values.size(); ++i) {
    if (m_mapping.columns[i].steps.empty()) {
      continue;
    }
    // An absent value may still get one by or: and default:.
    if (m_values[i].empty()) {
      m_values[i].emplace_back();
    }
    bool any = false;
    for (std::string& part : m_values[i]) {
      part = apply(m_mapping.columns[i].steps, std::move(part));
      any = any || !part.empty();
    }
    if (!any) {
      m_values[i].clear();
    }
  }
}

void MappedCells::bind(const std::vector<int>& columns, size_t at) {
  m_bound = columns;
  m_bound_at = at;
}

void MappedCells::unbind() { m_bound.clear(); }

size_t MappedCells::longest(const std::vector<int>& lists) const {
  size_t out = lists.empty() ? 1 : 0;
  for (const int column : lists) {
    out = std::max(out, m_values[static_cast<size_t>(column)].size());
  }
  return std::max<size_t>(out, 1);
}

bool MappedCells::differ(const std::vector<int>& lists) const {
  size_t first = 0;
  for (const int column : lists) {
    const size_t size = m_values[static_cast<size_t>(column)].size();
    if (size > 0 && first > 0 && size != first) {
      return true;
    }
    first = std::max(first, size);
  }
  return false;
}

std::string_view MappedCells::value(int column) const {
  const auto& values = m_values[static_cast<size_t>(column)];
  if (m_mapping.columns[static_cast<size_t>(column)].separators.empty()) {
    return values.empty() ? std::string_view{} : std::string_view(values.front());
  }
  const bool bound = std::find(m_bound.begin(), m_bound.end(), column) != m_bound.end();
  const size_t at = bound ? m_bound_at : m_at;
  return at < values.size() ? std::string_view(values[at]) : std::string_view{};
}

std::string MappedCells::apply(const std::vector<Step>& steps, std::string text) const {
  for (const Step& step : steps) {
    if (!text.empty()) {
      stepped(step, text);
    } else if (step.what == Transform::or_) {
      text = value(static_cast<int>(step.number));
    } else if (step.what == Transform::default_) {
      text = step.word;
    }
  }
  return text;
}

void MappedCells::stepped(const Step& step, std::string& text) const {
  switch (step.what) {
    case Transform::upper:
      text = to_upper(text);
      break;
    case Transform::lower:
      text = to_lower(text);
      break;
    case Transform::name:
      text = name_case(text);
      break;
    case Transform::fold:
      text = normalised(text);
      break;
    case Transform::key:
      text = key_form(text);
      break;
    case Transform::date:
      text = read_date(text, m_mapping.habits).value_or(text);
      break;
    case Transform::number:
      text = read_number(text, m_mapping.habits.decimal).value_or(text);
      break;
    case Transform::year: {
      const std::string date = read_date(text, m_mapping.habits).value_or(std::string());
      text = date.empty() ? year_in(text) : date.substr(0, 4);
      break;
    }
    case Transform::begin:
      text = split_period(text).begin;
      break;
    case Transform::end:
      text = split_period(text).end;
      break;
    default:
      cut_or_looked_up(step, text);
  }
}

void MappedCells::cut_or_looked_up(const Step& step, std::string& text) const {
  switch (step.what) {
    case Transform::pad:
      // Only digits lose their zeros in a spreadsheet.
      if (text.size() < step.number && text.find_first_not_of("0123456789") == std::string::npos) {
        text.insert(0, step.number - text.size(), '0');
      }
      break;
    case Transform::map:
    case Transform::only: {
      const auto& words = m_mapping.maps[step.number];
      const auto found = words.find(normalised(text));
      text = found != words.end() ? found->second : step.what == Transform::map ? text : std::string();
      break;
    }
    case Transform::extract:
      text = m_mapping.patterns[step.number].extract(text).value_or(std::string());
      break;
    case Transform::prefix:
      text = text.starts_with(step.word) ? text : step.word + text;
      break;
    case Transform::before:
    case Transform::after:
      text = squeeze(side_of(text, step.word, step.what));
      break;
    case Transform::family:
      text = split_name(text).family;
      break;
    case Transform::given:
      text = split_name(text).given;
      break;
    case Transform::honorific:
      text = split_name(text).honorific;
      break;
    case Transform::code:
      text = is_local_code(text) ? text : std::string();
      break;
    default:
      break;
  }
}

std::string MappedCells::fill(const Template& pattern) const {
  std::string out;
  bool said = false;
  bool constant = true;
  for (const Piece& piece : pattern) {
    if (piece.column == k_text) {
      out += piece.text;
      continue;
    }
    constant = false;
    const std::string text =
        apply(piece.steps, piece.column == k_institution ? m_institution : std::string(value(piece.column)));
    if (text.empty() && !piece.optional) {
      return {};
    }
    said = said || !text.empty();
    out.append(text, 0, k_largest_value - std::min(out.size(), k_largest_value));
  }
  return said || constant ? std::string(trim(out)) : std::string();
}

std::string MappedCells::fill_first(const std::vector<Template>& alternatives) const {
  for (const Template& each : alternatives) {
    std::string text = fill(each);
    if (!text.empty()) {
      return text;
    }
  }
  return {};
}

bool MappedCells::holds(const Condition& condition) const {
  const std::string_view text = value(condition.column);
  const bool found =
      condition.words.empty() ? !text.empty() : !text.empty() && condition.words.contains(fold(squeeze(text)));
  return found != condition.negated;
}

}  // namespace pitchblende::sources
