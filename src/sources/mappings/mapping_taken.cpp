// What is said of one's own file in a mapping: the table [taken], what its titles are taken as whatever the mapping's
// columns say; and which of its tables is read.
#include <algorithm>

#include "base/text.hpp"
#include "sources/mappings/mapping.hpp"
#include "sources/tables/tabular.hpp"

namespace pitchblende::sources {

namespace {

using registry::FieldType;

constexpr std::string_view k_head = "[taken]";
constexpr std::string_view k_field = "field:";

// What a table's rows are as a rule: not what some of them are (a facility among instruments).
RecordRule* first_own(Mapping& mapping) {
  const auto own = [](const RecordRule& each) { return each.standing == Standing::own; };
  const auto always =
      std::ranges::find_if(mapping.records, [&](const RecordRule& each) { return own(each) && !each.when; });
  const auto found = always != mapping.records.end() ? always : std::ranges::find_if(mapping.records, own);
  return found == mapping.records.end() ? nullptr : &*found;
}

// A column that the mapping does not have, for a field that none of its columns gives.
void add_column(Mapping& mapping, RecordRule& rule, registry::FieldId field, std::string_view title) {
  Column column;
  column.name = std::string(k_field) + std::string(registry::description(field).name);
  column.titles = {std::string(title)};
  Piece piece;
  piece.column = static_cast<int>(mapping.columns.size());
  FieldRule made;
  made.field = field;
  made.alternatives = {Template{piece}};
  if (registry::description(field).cardinality == registry::Cardinality::many) {
    column.separators = {";", "|", "\n"};
    made.lists = {piece.column};
  }
  mapping.columns.push_back(std::move(column));
  rule.fields.push_back(std::move(made));
}

// A basic string of TOML.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const bool marked = c == '"' || c == '\\';
    out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? " " : marked ? std::string("\\") + c : std::string(1, c);
  }
  return out + '"';
}

void add_once(std::vector<Target::Gift>& gifts, const Template& pattern, int column, const Target::Gift& gift) {
  const bool here = std::ranges::any_of(pattern, [&](const Piece& piece) { return piece.column == column; });
  if (here && std::ranges::find(gifts, gift) == gifts.end()) {
    gifts.push_back(gift);
  }
}

std::vector<Target::Gift> gifts_of(const Mapping& mapping, int column) {
  std::vector<Target::Gift> out;
  for (const RecordRule& record : mapping.records) {
    for (const FieldRule& rule : record.fields) {
      for (const Template& each : rule.alternatives) {
        add_once(out, each, column, {rule.field, std::nullopt});
      }
      for (const auto& [attribute, each] : rule.attributes) {
        add_once(out, each, column, {rule.field, attribute});
      }
    }
  }
  return out;
}

}  // namespace

tl::expected<void, TemplateError> take(Mapping& mapping, std::string_view title, std::string_view target) {
  if (target.empty()) {
    mapping.titles.mean(title, k_left_out);
    return {};
  }
  std::string known;
  if (target.starts_with(k_field)) {
    RecordRule* rule = first_own(mapping);
    const auto field = registry::find_field(rule->kind, target.substr(k_field.size()));
    if (field) {
      mapping.titles.mean(title, static_cast<int>(mapping.columns.size()));
      add_column(mapping, *rule, *field, title);
      return {};
    }
    for (const auto& each : registry::description(rule->kind).fields) {
      known += (known.empty() ? "" : ", ") + std::string(k_field) + std::string(each.name);
    }
    return tl::unexpected(TemplateError{std::string(target), known});
  }
  const auto found = std::ranges::find(mapping.columns, target, &Column::name);
  if (found != mapping.columns.end()) {
    mapping.titles.mean(title, static_cast<int>(found - mapping.columns.begin()));
    return {};
  }
  for (const Column& each : mapping.columns) {
    known += (known.empty() ? "" : ", ") + each.name;
  }
  return tl::unexpected(TemplateError{std::string(target), known});
}

Result<std::vector<Target>> mapping_targets(std::string_view mapping_toml) {
  TRY_ASSIGN(Mapping mapping, read_mapping(with_taken(mapping_toml, {}), "mapping"));
  std::vector<Target> out;
  for (size_t at = 0; at < mapping.columns.size(); ++at) {
    const Column& column = mapping.columns[at];
    out.push_back({column.name, column.titles.size() > 1 ? column.titles[1] : column.name,
                   gifts_of(mapping, static_cast<int>(at))});
  }
  const RecordRule& rule = *first_own(mapping);
  for (const auto& described : registry::description(rule.kind).fields) {
    const Target::Gift gift{registry::field(rule.kind, described.name), std::nullopt};
    const bool given =
        std::ranges::any_of(rule.fields, [&](const FieldRule& each) { return each.field == gift.field; });
    // A cell's words make no reference to a thing, nor a person's name with its parts.
    if (!given && described.type != FieldType::link && described.type != FieldType::mention) {
      out.push_back({std::string(k_field) + std::string(described.name), {}, {gift}});
    }
  }
  return out;
}

std::string with_taken(std::string_view mapping_toml, const std::vector<std::pair<std::string, std::string>>& taken) {
  std::string out;
  bool inside = false;
  while (!mapping_toml.empty()) {
    const size_t end = std::min(mapping_toml.find('\n'), mapping_toml.size() - 1) + 1;
    const std::string_view line = trim(mapping_toml.substr(0, end));
    inside = line == k_head || (inside && !line.starts_with('['));
    out += inside ? std::string_view() : mapping_toml.substr(0, end);
    mapping_toml.remove_prefix(end);
  }
  if (taken.empty()) {
    return out;
  }
  out.resize(out.find_last_not_of('\n') + 1);
  out.append("\n\n").append(k_head).append("\n");
  for (const auto& [title, target] : taken) {
    out += quoted(title) + " = " + quoted(target) + "\n";
  }
  return out;
}

Result<TableChoice> table_choice(std::string_view mapping_toml) {
  TRY_ASSIGN(const Mapping mapping, read_mapping(mapping_toml, "mapping"));
  return TableChoice{mapping.sheets, mapping.header};
}

std::string with_table(std::string_view mapping_toml, const TableChoice& choice) {
  std::string out;
  if (!choice.sheets.empty()) {
    for (const std::string& sheet : choice.sheets) {
      out += (out.empty() ? "sheet = [" : ", ") + quoted(sheet);
    }
    out += "]\n";
  }
  out += choice.header > 0 ? "header = " + std::to_string(choice.header) + "\n" : "";
  bool at_top = true;    // before the first table
  bool in_list = false;  // of sheets, over several lines
  while (!mapping_toml.empty()) {
    const size_t end = std::min(mapping_toml.find('\n'), mapping_toml.size() - 1) + 1;
    const std::string_view line = trim(mapping_toml.substr(0, end));
    const std::string_view key = trim(line.substr(0, std::min(line.find('='), line.size())));
    at_top = at_top && (in_list || !line.starts_with('['));
    const bool is_ours = at_top && (in_list || key == "sheet" || key == "header");
    out += is_ours ? std::string_view() : mapping_toml.substr(0, end);
    in_list = is_ours && key != "header" && (in_list || line.find('[') != std::string_view::npos) &&
              line.find(']') == std::string_view::npos;
    mapping_toml.remove_prefix(end);
  }
  return out;
}

}  // namespace pitchblende::sources
