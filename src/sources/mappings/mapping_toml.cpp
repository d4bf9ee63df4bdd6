// Reads a mapping's TOML: the one place that knows the format's words.
#include <toml++/toml.h>

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "sources/errors.hpp"
#include "sources/mappings/mapping.hpp"

namespace pitchblende::sources {

namespace {

// What says that nothing is said, besides cells without a letter or digit ("-", "?", "…").
constexpr std::string_view k_nulls[] = {"non renseigne",
                                        "non communique",
                                        "non applicable",
                                        "non disponible",
                                        "sans objet",
                                        "not applicable",
                                        "not available",
                                        "nc",
                                        "n.c.",
                                        "n/a",
                                        "n/d",
                                        "n.d.",
                                        "#n/a",
                                        "#n/d",
                                        "(vide)",
                                        "(blank)"};
constexpr std::string_view k_dittos[] = {"idem", "id.", "ditto", "do.",      "\"",   "''",
                                         "〃",   "″",   "-\"-",  "- idem -", "meme", "ibid."};

class Loader {
 public:
  explicit Loader(std::string name) { m_mapping.name = std::move(name); }

  Result<Mapping> read(const toml::table& top) {
    TRY(only(top, {"english", "french", "mode", "aggregated", "sheet", "header", "separator", "hidden", "dates",
                   "date_system", "decimal", "null", "ditto", "columns", "map", "pattern", "record", "taken"}));
    TRY(read_head(top));
    TRY(read_habits(top));
    TRY(read_words(top));
    TRY(read_columns(top));
    const toml::array* records = top["record"].as_array();
    if (records == nullptr || records->empty()) {
      return wrong(top, "record", "[[record]]");
    }
    for (const toml::node& node : *records) {
      if (!node.is_table()) {
        return wrong(node, "record", "[[record]]");
      }
      TRY(read_record(*node.as_table()));
    }
    if (std::none_of(m_mapping.records.begin(), m_mapping.records.end(),
                     [](const RecordRule& rule) { return rule.standing == Standing::own; })) {
      return wrong(*records, "also", "false");
    }
    TRY(read_taken(top));
    return std::move(m_mapping);
  }

 private:
  std::string line_of(const toml::node& node) const { return std::to_string(node.source().begin.line); }
  tl::unexpected<Error> wrong(const toml::node& node, std::string_view key, std::string_view wanted) const {
    return fail(errors::mapping_value, m_mapping.name, line_of(node), key, wanted);
  }
  tl::unexpected<Error> unknown(const toml::node& node, std::string_view word, std::string_view known) const {
    return fail(errors::mapping_key, m_mapping.name, line_of(node), word, known);
  }

  Result<void> only(const toml::table& table, const std::set<std::string_view>& known) const {
    for (const auto& [key, node] : table) {
      if (!known.contains(key.str())) {
        std::string words;
        for (const std::string_view word : known) {
          words += (words.empty() ? "" : ", ") + std::string(word);
        }
        return unknown(node, key.str(), words);
      }
    }
    return {};
  }

  // Absent: nothing. A single text is a list of one.
  Result<std::vector<std::string>> texts(const toml::table& table, std::string_view key) const {
    std::vector<std::string> out;
    const toml::node* node = table.get(key);
    if (node == nullptr) {
      return out;
    }
    if (node->is_string()) {
      out.push_back(*node->value_exact<std::string>());
      return out;
    }
    const toml::array* array = node->as_array();
    if (array == nullptr) {
      return wrong(*node, key, "\"…\" | [\"…\"]");
    }
    for (const toml::node& each : *array) {
      if (!each.is_string()) {
        return wrong(each, key, "\"…\" | [\"…\"]");
      }
      out.push_back(*each.value_exact<std::string>());
    }
    return out;
  }
  Result<std::string> text(const toml::table& table, std::string_view key, std::string otherwise = {}) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
      return otherwise;
    }
    return node->is_string() ? Result<std::string>(*node->value_exact<std::string>()) : wrong(*node, key, "\"…\"");
  }
  Result<int64_t> number(const toml::table& table, std::string_view key, int64_t otherwise) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
      return otherwise;
    }
    const auto value = node->value_exact<int64_t>();
    return value && *value > 0 ? Result<int64_t>(*value) : wrong(*node, key, "1, 2, 3…");
  }
  Result<bool> flag(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
      return false;
    }
    const auto value = node->value_exact<bool>();
    return value ? Result<bool>(*value) : wrong(*node, key, "true | false");
  }
  // One of two words; the first is meant when it is absent.
  Result<bool> is_second(const toml::table& table, std::string_view key, std::string_view first,
                         std::string_view second) const {
    TRY_ASSIGN(const std::string word, text(table, key, std::string(first)));
    if (word != first && word != second) {
      return wrong(*table.get(key), key, "\"" + std::string(first) + "\" | \"" + std::string(second) + "\"");
    }
    return word == second;
  }
  Result<const toml::table*> subtable(const toml::table& table, std::string_view key) const {
    static const toml::table k_none;
    const toml::node* node = table.get(key);
    if (node == nullptr) {
      return &k_none;
    }
    return node->is_table() ? Result<const toml::table*>(node->as_table())
                            : wrong(*node, key, "[" + std::string(key) + "]");
  }

  Result<void> read_head(const toml::table& top) {
    TRY_ASSIGN(m_mapping.english, text(top, "english"));
    TRY_ASSIGN(m_mapping.french, text(top, "french"));
    TRY_ASSIGN(const bool feed, is_second(top, "mode", "snapshot", "feed"));
    m_mapping.mode = feed ? Mode::feed : Mode::snapshot;
    TRY_ASSIGN(m_mapping.aggregated, flag(top, "aggregated"));
    TRY_ASSIGN(m_mapping.skip_hidden, is_second(top, "hidden", "read", "skip"));
    TRY_ASSIGN(m_mapping.header, number(top, "header", 0));
    TRY_ASSIGN(const std::string separator, text(top, "separator"));
    if (separator.size() > 1 || separator == "\"" || separator == "\n") {
      return wrong(top, "separator", "\",\" | \";\" | \"\\t\" | \"|\"");
    }
    m_mapping.separator = separator.empty() ? '\0' : separator.front();
    const toml::node* sheet = top.get("sheet");
    if (sheet != nullptr && sheet->is_integer()) {
      m_mapping.sheets.push_back(std::to_string(*sheet->value_exact<int64_t>()));
      return {};
    }
    TRY_ASSIGN(m_mapping.sheets, texts(top, "sheet"));
    return {};
  }

  Result<void> read_habits(const toml::table& top) {
    TRY_ASSIGN(const bool month_first, is_second(top, "dates", "dmy", "mdy"));
    m_mapping.habits.days = month_first ? DayOrder::month_first : DayOrder::day_first;
    TRY_ASSIGN(const bool point, is_second(top, "decimal", ",", "."));
    m_mapping.habits.decimal = point ? '.' : ',';
    TRY_ASSIGN(const int64_t system, number(top, "date_system", 1900));
    if (system != 1900 && system != 1904) {
      return wrong(*top.get("date_system"), "date_system", "1900 | 1904");
    }
    m_mapping.habits.date_system = system == 1904 ? DateSystem::from_1904 : DateSystem::from_1900;
    return {};
  }

  Result<void> read_words(const toml::table& top) {
    TRY_ASSIGN(const auto nulls, texts(top, "null"));
    TRY_ASSIGN(auto dittos, texts(top, "ditto"));
    m_mapping.nulls = folded(nulls);
    for (const std::string_view word : k_nulls) {
      m_mapping.nulls.emplace(word);
    }
    m_mapping.dittos = folded(dittos);
    if (top.get("ditto") == nullptr) {
      for (const std::string_view word : k_dittos) {
        m_mapping.dittos.emplace(word);
      }
    }
    TRY_ASSIGN(const toml::table* maps, subtable(top, "map"));
    for (const auto& [name, node] : *maps) {
      if (!node.is_table()) {
        return wrong(node, name.str(), "[map." + std::string(name.str()) + "]");
      }
      auto& words = m_mapping.maps.emplace_back();
      for (const auto& [word, meaning] : *node.as_table()) {
        if (!meaning.is_string()) {
          return wrong(meaning, word.str(), "\"…\"");
        }
        words[normalised(word.str())] = *meaning.value_exact<std::string>();
      }
      m_names.maps.emplace(name.str(), static_cast<uint32_t>(m_mapping.maps.size() - 1));
    }
    TRY_ASSIGN(const toml::table* patterns, subtable(top, "pattern"));
    for (const auto& [name, node] : *patterns) {
      auto pattern = node.is_string() ? Pattern::read(*node.value_exact<std::string>()) : std::nullopt;
      if (!pattern) {
        return wrong(node, name.str(), "'regular expression'");
      }
      m_mapping.patterns.push_back(std::move(*pattern));
      m_names.patterns.emplace(name.str(), static_cast<uint32_t>(m_mapping.patterns.size() - 1));
    }
    return {};
  }

  static std::unordered_set<std::string> folded(const std::vector<std::string>& words) {
    std::unordered_set<std::string> out;
    for (const std::string& word : words) {
      out.insert(fold(squeeze(word)));
    }
    return out;
  }

  Result<void> read_columns(const toml::table& top) {
    TRY_ASSIGN(const toml::table* columns, subtable(top, "columns"));
    if (columns->empty()) {
      return wrong(top, "columns", "[columns]");
    }
    // Names first: a step may speak of any column.
    for (const auto& [name, node] : *columns) {
      m_names.columns.emplace(name.str(), static_cast<uint32_t>(m_mapping.columns.size()));
      m_mapping.columns.emplace_back().name = std::string(name.str());
    }
    for (const auto& [name, node] : *columns) {
      TRY(read_column(m_mapping.columns[m_names.columns[std::string(name.str())]], *columns, name.str(), node));
    }
    return {};
  }

  Result<void> read_column(Column& column, const toml::table& all, std::string_view name, const toml::node& node) {
    if (const toml::table* table = node.as_table()) {
      TRY(only(*table, {"is", "list", "do", "null", "required"}));
      TRY_ASSIGN(column.titles, texts(*table, "is"));
      TRY_ASSIGN(column.separators, texts(*table, "list"));
      std::stable_sort(column.separators.begin(), column.separators.end(),
                       [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
      std::erase(column.separators, "");
      TRY_ASSIGN(const auto nulls, texts(*table, "null"));
      column.nulls = folded(nulls);
      TRY_ASSIGN(column.required, flag(*table, "required"));
      TRY_ASSIGN(const auto steps, texts(*table, "do"));
      for (const std::string& step : steps) {
        auto read = read_step(step, m_names);
        if (!read) {
          return unknown(*table->get("do"), read.error().text, read.error().known);
        }
        column.steps.push_back(std::move(*read));
      }
    } else {
      TRY_ASSIGN(column.titles, texts(all, name));
    }
    column.titles.insert(column.titles.begin(), column.name);
    const int number = static_cast<int>(m_names.columns[column.name]);
    int rank = 0;
    for (const std::string& title : column.titles) {
      if (const auto other = m_mapping.titles.add(title, {number, rank++})) {
        return fail(errors::mapping_twice, m_mapping.name, line_of(node), title,
                    m_mapping.columns[static_cast<size_t>(*other)].name, column.name);
      }
    }
    return {};
  }

  Result<void> read_taken(const toml::table& top) {
    TRY_ASSIGN(const toml::table* taken, subtable(top, "taken"));
    for (const auto& [title, node] : *taken) {
      if (!node.is_string()) {
        return wrong(node, title.str(), "\"…\"");
      }
      const auto done = take(m_mapping, title.str(), *node.value_exact<std::string>());
      if (!done) {
        return unknown(node, done.error().text, done.error().known);
      }
    }
    return {};
  }

  Result<std::vector<Template>> templates(const toml::table& table, std::string_view key) const {
    std::vector<Template> out;
    TRY_ASSIGN(const auto all, texts(table, key));
    for (const std::string& each : all) {
      auto read = read_template(each, m_names);
      if (!read) {
        return unknown(*table.get(key), read.error().text, read.error().known);
      }
      out.push_back(std::move(*read));
    }
    return out;
  }

  Result<int> column(const toml::node& node, std::string_view name) const {
    const auto found = m_names.columns.find(std::string(name));
    return found == m_names.columns.end() ? unknown(node, name, listed(m_names.columns))
                                          : Result<int>(static_cast<int>(found->second));
  }

  Result<std::optional<Condition>> condition(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) {
      return std::nullopt;
    }
    if (!node->is_table()) {
      return wrong(*node, key, "{ column = \"…\", is = [\"…\"] }");
    }
    const toml::table& own = *node->as_table();
    TRY(only(own, {"column", "is", "not"}));
    Condition out;
    TRY_ASSIGN(const std::string name, text(own, "column"));
    TRY_ASSIGN(out.column, column(own, name));
    out.negated = own.get("not") != nullptr;
    TRY_ASSIGN(const auto words, texts(own, out.negated ? "not" : "is"));
    out.words = folded(words);
    return std::optional<Condition>(std::move(out));
  }

  Result<void> read_record(const toml::table& table) {
    TRY(only(table, {"kind", "key", "date", "also", "join", "agree", "when", "deleted", "each", "required", "fields"}));
    RecordRule rule;
    TRY_ASSIGN(const std::string kind, text(table, "kind"));
    const auto known = registry::kind(kind);
    if (!known) {
      std::string kinds;
      for (const auto& each : registry::kinds()) {
        kinds += (kinds.empty() ? "" : ", ") + std::string(each.name);
      }
      return unknown(table, kind, kinds);
    }
    rule.kind = *known;
    TRY_ASSIGN(const bool also, flag(table, "also"));
    rule.standing = also ? Standing::beside : Standing::own;
    TRY_ASSIGN(const bool join, flag(table, "join"));
    rule.joined = join || also;
    TRY_ASSIGN(rule.keys, templates(table, "key"));
    if (rule.keys.empty()) {
      return wrong(table, "key", "\"{…}\"");
    }
    TRY_ASSIGN(rule.dates, templates(table, "date"));
    TRY_ASSIGN(rule.when, condition(table, "when"));
    TRY_ASSIGN(rule.deleted, condition(table, "deleted"));
    TRY_ASSIGN(const auto each, texts(table, "each"));
    for (const std::string& name : each) {
      TRY_ASSIGN(const int number, column(*table.get("each"), name));
      rule.each.push_back(number);
    }
    TRY_ASSIGN(const toml::table* fields, subtable(table, "fields"));
    for (const auto& [name, node] : *fields) {
      TRY(read_fields(rule, *fields, name.str(), node));
    }
    TRY_ASSIGN(const auto required, texts(table, "required"));
    for (const std::string& name : required) {
      TRY_ASSIGN(const registry::FieldId id, field(*table.get("required"), rule.kind, name));
      rule.required.push_back(id);
    }
    TRY_ASSIGN(const auto agree, texts(table, "agree"));
    for (const std::string& name : agree) {
      TRY_ASSIGN(const registry::FieldId id, field(*table.get("agree"), rule.kind, name));
      rule.agree.push_back(id);
    }
    m_mapping.records.push_back(std::move(rule));
    return {};
  }

  Result<registry::FieldId> field(const toml::node& node, registry::Kind kind, std::string_view name) const {
    const auto id = registry::find_field(kind, name);
    if (id) {
      return *id;
    }
    std::string known;
    for (const auto& each : registry::description(kind).fields) {
      known += (known.empty() ? "" : ", ") + std::string(each.name);
    }
    return unknown(node, name, known);
  }

  // A field's node: a template, a table, or a list of these for several values.
  Result<void> read_fields(RecordRule& record, const toml::table& fields, std::string_view name,
                           const toml::node& node) {
    TRY_ASSIGN(const registry::FieldId id, field(node, record.kind, name));
    const toml::array* several = node.as_array();
    for (size_t i = 0; several != nullptr && i < several->size(); ++i) {
      const toml::table wrapped{{"value", (*several)[i]}};
      const toml::table* table = (*several)[i].as_table();
      TRY(read_field(record, id, table == nullptr ? wrapped : *table));
    }
    if (const toml::table* table = node.as_table()) {
      TRY(read_field(record, id, *table));
    } else if (several == nullptr) {
      const toml::table wrapped{{"value", *fields.get(name)}};
      TRY(read_field(record, id, wrapped));
    }
    return {};
  }

  Result<void> read_field(RecordRule& record, registry::FieldId id, const toml::table& table) {
    FieldRule rule;
    rule.field = id;
    TRY_ASSIGN(rule.alternatives, templates(table, "value"));
    if (rule.alternatives.empty()) {
      return wrong(table, "value", "\"{…}\"");
    }
    TRY_ASSIGN(rule.lang, text(table, "lang"));
    TRY_ASSIGN(rule.when, condition(table, "when"));
    for (const auto& [key, node] : table) {
      if (key.str() == "value" || key.str() == "lang" || key.str() == "when") {
        continue;
      }
      const auto attribute = registry::attribute(key.str());
      if (!attribute) {
        return unknown(node, key.str(), "value, lang, when, type, from, to, role, title, …");
      }
      TRY_ASSIGN(auto alternatives, templates(table, key.str()));
      for (Template& each : alternatives) {
        rule.attributes.emplace_back(*attribute, std::move(each));
      }
    }
    find_lists(rule, record);
    record.fields.push_back(std::move(rule));
    return {};
  }

  void find_lists(FieldRule& rule, const RecordRule& record) const {
    std::set<int> lists;
    const auto add = [&](int number) {
      const bool bound = std::find(record.each.begin(), record.each.end(), number) != record.each.end();
      if (number >= 0 && !bound && !m_mapping.columns[static_cast<size_t>(number)].separators.empty()) {
        lists.insert(number);
      }
    };
    const auto look = [&](const Template& each) {
      for (const Piece& piece : each) {
        add(piece.column);
        for (const Step& step : piece.steps) {
          add(step.what == Transform::or_ ? static_cast<int>(step.number) : -1);
        }
      }
    };
    std::for_each(rule.alternatives.begin(), rule.alternatives.end(), look);
    for (const auto& [attribute, each] : rule.attributes) {
      look(each);
    }
    rule.lists.assign(lists.begin(), lists.end());
  }

  Mapping m_mapping;
  Names m_names;
};

}  // namespace

Result<Mapping> read_mapping(std::string_view text, const std::string& name) {
  try {
    const toml::table table = toml::parse(text);
    return Loader(name).read(table);
  } catch (const toml::parse_error& error) {
    return fail(errors::mapping_toml, name, std::to_string(error.source().begin.line), error.description());
  }
}

}  // namespace pitchblende::sources
