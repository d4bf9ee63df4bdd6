#include "sources/mappings/mapping_records.hpp"

#include <algorithm>

#include "base/id.hpp"
#include "base/text.hpp"
#include "registry/nobody.hpp"
#include "sources/errors.hpp"
#include "sources/mappings/mapping_agreement.hpp"
#include "sources/mappings/mapping_unsaid.hpp"

namespace pitchblende::sources {

namespace {

using registry::Cardinality;
using registry::Record;
using registry::Value;

const registry::FieldId k_family_name = registry::field(registry::Kind::person, "family_name");
const registry::FieldId k_given_names = registry::field(registry::Kind::person, "given_names");
constexpr int64_t k_most_waiting = 512 << 20;  // bytes of records that wait for others of their key
constexpr size_t k_most_values = 200'000;      // of a record
constexpr int64_t k_value_overhead = 96;

uint64_t hash_of(registry::FieldId field, const Value& value) {
  std::string bytes = std::to_string(field.index) + '\n' + value.text + '\n' + value.lang;
  for (const auto& [attribute, text] : value.attributes) {
    bytes += '\n' + std::to_string(static_cast<int>(attribute)) + ' ' + text;
  }
  return std::hash<std::string>{}(bytes);
}

uint64_t hash_of_key(registry::Kind kind, std::string_view key) {
  return hash64(std::string(registry::name(kind)) + '\n' + std::string(key));
}

// "Total;4" at the foot of a table is nobody.
bool has_letter(std::string_view text) {
  const std::string folded = normalised(text);
  return std::any_of(folded.begin(), folded.end(), [](char c) { return c != ' ' && (c < '0' || c > '9'); });
}

bool names_nobody(const Record& record) {
  const Value* family = record.first(k_family_name);
  return family != nullptr &&
         (!has_letter(family->text) || registry::stands_for_others(family->text, record.text(k_given_names)));
}

bool is_filled(const std::string& cell) { return cell.find_first_not_of(" \t\n") != std::string::npos; }

}  // namespace

void RecordMaker::begin(const std::string& part, Header header, Alignment alignment, DateSystem dates) {
  m_place.part = part;
  m_header = std::move(header);
  m_alignment = alignment;
  m_habits = m_mapping.habits;
  m_habits.date_system = dates == DateSystem::from_1904 ? dates : m_habits.date_system;
  m_above.clear();
  m_beside_noted = false;
}

void RecordMaker::note(std::string field, std::string_view text, Error error) {
  m_sink.notice({m_place, std::move(field), excerpt_of(text), std::move(error)});
}

// "idem" says what the cell above says.
void RecordMaker::repeat_above(Row& row) {
  for (size_t i = 0; i < row.cells.size(); ++i) {
    std::string& cell = row.cells[i];
    if (cell.empty() || cell.size() > 20 || !m_mapping.dittos.contains(fold(squeeze(cell)))) {
      continue;
    }
    if (i < m_above.size() && !m_above[i].empty()) {
      cell = m_above[i];
    } else {
      note(i < m_header.titles.size() ? m_header.titles[i] : std::string(), cell, Error(errors::nothing_above, cell));
      cell.clear();
    }
  }
  m_above = row.cells;
}

// Whether the row's cells stand under their titles. What is wrong with them is said here.
bool RecordMaker::fits(Row& row) {
  for (Error& notice : row.notices) {
    note({}, {}, std::move(notice));
  }
  if (row.error) {
    m_sink.reject({m_place, {}, {}, std::move(*row.error)});
    return false;
  }
  size_t last = row.cells.size();
  while (last > 0 && !is_filled(row.cells[last - 1])) {
    --last;
  }
  if (last > m_header.width && m_alignment == Alignment::by_separators) {
    m_sink.reject({m_place,
                   {},
                   excerpt_of(row.cells[last - 1]),
                   Error(errors::row_long, std::to_string(last), std::to_string(m_header.width))});
    return false;
  }
  if (last > m_header.width && !m_beside_noted) {
    note({}, row.cells[last - 1], Error(errors::beside_the_table));
    m_beside_noted = true;
  }
  if (row.cells.size() < m_header.width && m_alignment == Alignment::by_separators) {
    const bool known = std::any_of(m_header.place_of_column.begin(), m_header.place_of_column.end(),
                                   [&](int place) { return place >= static_cast<int>(row.cells.size()); });
    if (known) {
      note({}, {}, Error(errors::row_short, std::to_string(row.cells.size()), std::to_string(m_header.width)));
    }
  }
  return true;
}

void RecordMaker::take(Row& row) {
  m_place.line = row.number;
  ++m_place.record;
  if (!fits(row)) {
    return;
  }
  repeat_above(row);
  m_cells.set(row.cells, m_header.place_of_column, [&](const std::string& column, std::string_view text, Error error) {
    note(column, text, std::move(error));
  });
  const auto own = std::find_if(m_mapping.records.begin(), m_mapping.records.end(), [&](const RecordRule& rule) {
    return rule.standing == Standing::own && (!rule.when || m_cells.holds(*rule.when));
  });
  if (own == m_mapping.records.end()) {
    m_sink.reject(
        {m_place, {}, excerpt_of(row.cells.empty() ? std::string() : row.cells.front()), Error(errors::no_record)});
    return;
  }
  if (!make(*own)) {
    return;
  }
  for (const RecordRule& rule : m_mapping.records) {
    if (rule.standing != Standing::beside) {
      continue;
    }
    const size_t times = m_cells.longest(rule.each);
    for (size_t i = 0; i < times; ++i) {
      m_cells.bind(rule.each, i);
      if (!rule.when || m_cells.holds(*rule.when)) {
        make(rule);
      }
    }
    m_cells.unbind();
  }
}

bool RecordMaker::refuse(const RecordRule& rule, std::string field, const std::string& key, Error error) {
  if (rule.standing == Standing::own) {
    m_sink.reject({m_place, std::move(field), excerpt_of(key), std::move(error), rule.kind, key});
  }
  return false;
}

// As the file titles them; where it has none of them, as the mapping does first.
std::string RecordMaker::titles_of_key(const RecordRule& rule) const {
  std::vector<std::string> own;
  std::vector<std::string> known;
  for (const Template& each : rule.keys) {
    for (const Piece& piece : each) {
      if (piece.column >= 0) {
        const Column& column = m_mapping.columns[static_cast<size_t>(piece.column)];
        const int place = m_header.place_of_column[static_cast<size_t>(piece.column)];
        known.push_back(column.titles.size() > 1 ? column.titles[1] : column.name);
        if (place >= 0) {
          own.push_back(m_header.titles[static_cast<size_t>(place)]);
        }
      }
    }
  }
  std::string out;
  for (const std::string& title : own.empty() ? known : own) {
    out += (out.empty() ? "" : ", ") + title;
  }
  return out;
}

bool RecordMaker::make(const RecordRule& rule) {
  Record record;
  record.kind = rule.kind;
  record.key = squeeze(m_cells.fill_first(rule.keys));
  if (record.key.empty() || record.key.size() > 1000) {
    return refuse(rule, "key", record.key, Error(errors::no_key, titles_of_key(rule)));
  }
  record.date = read_date(m_cells.fill_first(rule.dates), m_habits).value_or(std::string());
  m_said.clear();
  record.deleted = rule.deleted && m_cells.holds(*rule.deleted);
  if (!record.deleted) {
    for (const FieldRule& field : rule.fields) {
      if (!field.when || m_cells.holds(*field.when)) {
        add_field(record, field);
      }
    }
    for (const auto& [field, titles] : said_of_nothing(m_mapping, rule, record, m_cells, m_header)) {
      note(std::string(registry::description(field).name), {}, Error(errors::said_of_nothing, titles));
    }
    if (rule.kind == registry::Kind::person) {
      drop_no_given_name(record);
      if (names_nobody(record)) {
        return refuse(rule, "family_name", record.key, Error(errors::no_name, excerpt_of(record.text(k_family_name))));
      }
    }
    for (const registry::FieldId field : rule.required) {
      if (record.first(field) == nullptr) {
        return refuse(rule, std::string(registry::description(field).name), record.key, Error(errors::missing));
      }
    }
  }
  const uint64_t hash = hash_of_key(rule.kind, record.key);
  if (const auto field = told_apart(rule, record)) {
    const Waiting& first = m_waiting[m_waiting_at.at(hash)];
    return refuse(rule, std::string(registry::description(*field).name), record.key,
                  Error(errors::key_of_another, excerpt_of(record.key), std::to_string(first.place.line)));
  }
  if (!rule.joined || m_waiting_at.find(hash) == m_waiting_at.end()) {
    const auto [at, fresh] = m_row_of_key.try_emplace(hash, m_place.line);
    if (!fresh) {
      return refuse(rule, "key", record.key,
                    Error(errors::duplicate_key, excerpt_of(record.key), std::to_string(at->second)));
    }
  }
  give(rule, std::move(record));
  return true;
}

void RecordMaker::drop_no_given_name(Record& record) {
  std::erase_if(record.values, [&](const auto& each) {
    const bool none = each.first == k_given_names && registry::says_no_given_name(each.second.text);
    if (none) {
      note("given_names", each.second.text, Error(errors::value, excerpt_of(each.second.text)));
    }
    return none;
  });
}

void RecordMaker::add_field(Record& record, const FieldRule& rule) {
  const std::string name(registry::description(rule.field).name);
  if (m_cells.differ(rule.lists)) {
    std::string names;
    for (const int column : rule.lists) {
      names += (names.empty() ? "" : ", ") + m_mapping.columns[static_cast<size_t>(column)].name;
    }
    note(name, {}, Error(errors::lists_differ, names));
  }
  const size_t times = m_cells.longest(rule.lists);
  for (size_t i = 0; i < times; ++i) {
    m_cells.walk(i);
    add_value(record, rule);
  }
  m_cells.walk(0);
}

void RecordMaker::add_value(Record& record, const FieldRule& rule) {
  const registry::FieldDescription& field = registry::description(rule.field);
  const std::string name(field.name);
  Value value;
  std::optional<Error> problem;
  // A reference that is wrong gives way to the next one.
  for (const Template& each : rule.alternatives) {
    std::string text = m_cells.fill(each);
    if (text.empty()) {
      continue;
    }
    // The source's institution is known to the whole registry: its code is not one of this source's.
    Typed typed = text == m_settings.institution_ref ? Typed{text, std::nullopt}
                                                     : typed_value(field, text, m_habits, m_settings.institution);
    if (typed.problem) {
      note(name, text, std::move(*typed.problem));
    } else if (!typed.text.empty()) {
      value.text = std::move(typed.text);
      break;
    }
  }
  if (value.text.empty()) {
    return;
  }
  value.lang = rule.lang;
  for (const auto& [attribute, pattern] : rule.attributes) {
    const std::string text = m_cells.fill(pattern);
    Typed typed = typed_attribute(attribute, text, m_habits, m_settings.institution);
    if (typed.problem) {
      note(name + "." + std::string(registry::name(attribute)), text, std::move(*typed.problem));
    }
    value.with(attribute, std::move(typed.text));
  }
  drop_reversed_end(name, value);
  // Two columns may say the same; a field of one value takes the first that speaks.
  const bool again = field.cardinality == Cardinality::one ? record.first(rule.field) != nullptr
                                                           : !m_said.insert(hash_of(rule.field, value)).second;
  if (!again && record.values.size() < k_most_values) {
    record.values.emplace_back(rule.field, std::move(value));
  }
}

std::optional<registry::FieldId> RecordMaker::told_apart(const RecordRule& rule, const Record& record) const {
  const auto waiting = m_waiting_at.find(hash_of_key(rule.kind, record.key));
  if (waiting == m_waiting_at.end() || waiting->second >= m_waiting.size()) {
    return std::nullopt;
  }
  const Record& first = m_waiting[waiting->second].record;
  for (const registry::FieldId field : rule.agree) {
    if (!agree_in(field, first, record)) {
      return field;
    }
  }
  return std::nullopt;
}

// Partial dates count from their first to their last day.
void RecordMaker::drop_reversed_end(const std::string& field, Value& value) {
  const std::string_view from = value.get(registry::Attribute::from);
  const std::string_view to = value.get(registry::Attribute::to);
  if (from.empty() || to.empty() || to >= from || from.starts_with(to)) {
    return;
  }
  note(field + ".to", to, Error(errors::period_reversed, from, to));
  std::erase_if(value.attributes, [](const auto& each) { return each.first == registry::Attribute::to; });
}

void RecordMaker::join(Waiting& into, Record&& record) {
  for (auto& [field, value] : record.values) {
    const registry::FieldDescription& description = registry::description(field);
    const uint64_t hash = hash_of(field, value);
    if (into.values.contains(hash)) {
      continue;
    }
    const Value* first = into.record.first(field);
    if (description.cardinality == Cardinality::one && first != nullptr) {
      if (into.standing == Standing::own) {
        note(std::string(description.name), value.text,
             Error(errors::joined_differs, excerpt_of(first->text), excerpt_of(value.text)));
      }
      continue;
    }
    if (into.record.values.size() >= k_most_values) {
      note(std::string(description.name), value.text, Error(errors::too_many_values, std::to_string(k_most_values)));
      return;
    }
    m_waiting_bytes += k_value_overhead + static_cast<int64_t>(value.text.size());
    into.values.insert(hash);
    into.record.values.emplace_back(field, std::move(value));
  }
}

// What a file of an institution lists, and says of nobody, is that institution's (docs/rules/provenance.md, rule 6).
// What a row names beside its own thing may be anybody's.
void RecordMaker::accept(Record&& record, const Place& place, Standing standing) {
  const std::string_view owner = registry::description(record.kind).owner_field;
  const bool listed = standing == Standing::own && !record.deleted && !m_mapping.aggregated;
  if (listed && !owner.empty() && !m_settings.institution_ref.empty()) {
    const registry::FieldId field = registry::field(record.kind, owner);
    if (record.first(field) == nullptr) {
      registry::mark_implied(record.add(field, m_settings.institution_ref));
    }
  }
  m_sink.accept(std::move(record), place);
}

void RecordMaker::give(const RecordRule& rule, Record&& record) {
  if (!rule.joined) {
    accept(std::move(record), m_place, rule.standing);
    return;
  }
  const uint64_t hash = hash_of_key(rule.kind, record.key);
  const auto [at, fresh] = m_waiting_at.try_emplace(hash, m_waiting.size());
  if (!fresh) {
    join(m_waiting[at->second], std::move(record));
    return;
  }
  if (m_waiting_bytes > k_most_waiting) {
    finish();
    m_waiting_at.emplace(hash, 0);
  }
  Waiting& waiting = m_waiting.emplace_back();
  waiting.place = m_place;
  waiting.standing = rule.standing;
  m_waiting_bytes += k_value_overhead * 2;
  for (const auto& [field, value] : record.values) {
    waiting.values.insert(hash_of(field, value));
    m_waiting_bytes += k_value_overhead + static_cast<int64_t>(value.text.size());
  }
  waiting.record = std::move(record);
}

void RecordMaker::finish() {
  for (Waiting& waiting : m_waiting) {
    accept(std::move(waiting.record), waiting.place, waiting.standing);
  }
  m_waiting.clear();
  m_waiting_at.clear();
  m_waiting_bytes = 0;
}

}  // namespace pitchblende::sources
