#include "confirm/workbook/workbook_cells.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <set>

#include "base/text.hpp"
#include "registry/code_words.hpp"

namespace pitchblende::confirm {

namespace {

namespace json = boost::json;
using registry::Cardinality;
using registry::FieldId;
using registry::FieldType;
using registry::Kind;

// Their values are whole texts: a line more in a cell is none of its own.
constexpr std::array<std::string_view, 4> k_prose{"description", "biography", "how_to_get_access", "acknowledgement"};

bool is_prose(FieldId field) {
  return std::find(k_prose.begin(), k_prose.end(), registry::description(field).name) != k_prose.end();
}

bool is_localized(FieldId field) { return registry::description(field).type == FieldType::localized; }

std::string shown(const registry::Value& value, FieldId field, const Called& called, Language language) {
  const registry::FieldDescription& described = registry::description(field);
  if (described.type == FieldType::link) {
    const auto name = called.find(value.text);
    const size_t colon = value.text.find(':');
    return name != called.end()              ? name->second
           : value.text.starts_with("name:") ? value.text.substr(colon + 1)
                                             : value.text;
  }
  const auto codes = registry::listed_codes(field);
  return std::find(codes.begin(), codes.end(), value.text) == codes.end()
             ? value.text
             : registry::word_of(field, value.text, language);
}

std::vector<std::string> lines_of(std::string_view cell) {
  std::vector<std::string> out;
  while (!cell.empty()) {
    const size_t end = std::min(cell.find('\n'), cell.size());
    std::string line = squeeze(cell.substr(0, end));
    if (!line.empty()) {
      out.push_back(std::move(line));
    }
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return out;
}

// What of a cell came back as a value each.
std::vector<std::string> values_in(const Column& column, const std::vector<Said>& said, std::string_view cell) {
  if (takes_one(column) || (is_prose(column.field) && said.size() < 2)) {
    std::string whole = squeeze(cell);
    return whole.empty() ? std::vector<std::string>() : std::vector<std::string>{std::move(whole)};
  }
  return lines_of(cell);
}

}  // namespace

bool takes_one(const Column& column) { return registry::description(column.field).cardinality == Cardinality::one; }

std::string Column::place() const {
  const std::string name(registry::description(field).name);
  return is_localized(field) ? name + "@" + lang : name;
}

std::optional<Column> column_at(Kind kind, std::string_view place) {
  const size_t at = place.find('@');
  const auto field = registry::find_field(kind, place.substr(0, at));
  if (!field || !is_asked(*field) || is_localized(*field) != (at != std::string_view::npos)) {
    return std::nullopt;
  }
  return Column{*field, at == std::string_view::npos ? std::string() : std::string(place.substr(at + 1))};
}

std::vector<Column> columns_for(Kind kind, const std::vector<registry::Card>& cards) {
  std::vector<Column> out;
  for (const FieldId field : asked_fields(kind)) {
    if (tenured(field)) {
      continue;  // a sheet of its own
    }
    if (!is_localized(field)) {
      out.push_back({field, {}});
      continue;
    }
    std::set<std::string> langs{"fr", "en"};
    for (const registry::Card& card : cards) {
      for (const Standing& each : standing(card, field)) {
        langs.insert(each.value.lang);
      }
    }
    out.push_back({field, "fr"});
    out.push_back({field, "en"});
    for (const std::string& lang : langs) {
      if (lang != "fr" && lang != "en") {
        out.push_back({field, lang});
      }
    }
  }
  return out;
}

std::vector<Said> said_in(const registry::Card& card, const Column& column, const Called& called, Language language) {
  std::vector<Said> out;
  for (const Standing& each : standing(card, column.field)) {
    if (!is_localized(column.field) || each.value.lang == column.lang) {
      out.push_back({squeeze(shown(each.value, column.field, called, language)), each.value.text, each.mark});
    }
  }
  return out;
}

std::string cell_text(const std::vector<Said>& said) {
  std::string out;
  for (const Said& each : said) {
    out += (out.empty() ? "" : "\n") + each.shown;
  }
  return out;
}

std::string encode(const std::vector<Said>& said) {
  json::array out;
  for (const Said& each : said) {
    out.push_back(json::object{{"s", each.shown}, {"t", each.text}, {"m", each.mark}});
  }
  return json::serialize(out);
}

std::vector<Said> decode_said(std::string_view text) {
  std::vector<Said> out;
  boost::system::error_code error;
  const json::value parsed = json::parse(text, error);
  const json::array* all = error ? nullptr : parsed.if_array();
  for (size_t at = 0; all != nullptr && at < all->size(); ++at) {
    const json::object* each = all->at(at).if_object();
    const auto get = [&](std::string_view name) {
      const json::value* value = each == nullptr ? nullptr : each->if_contains(name);
      return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
    };
    out.push_back({get("s"), get("t"), get("m")});
  }
  return out;
}

std::vector<CellEdit> compare(const Column& column, const std::vector<Said>& said, std::string_view cell) {
  std::vector<std::string> added = values_in(column, said, cell);
  std::vector<const Said*> removed;
  for (const Said& each : said) {
    // A code is said by its word in either language, or by itself.
    const auto there = std::find_if(added.begin(), added.end(), [&](const std::string& line) {
      return line == each.shown || registry::code_meant(column.field, line) == each.text;
    });
    if (there == added.end()) {
      removed.push_back(&each);
    } else {
      added.erase(there);
    }
  }
  // A value in the place of another keeps what that one carried beside it; a link to something else does not.
  const bool pairs = registry::description(column.field).type != FieldType::link || takes_one(column);
  std::vector<CellEdit> out;
  size_t next = 0;
  for (const Said* each : removed) {
    const std::string typed = pairs && next < added.size() ? added[next++] : std::string();
    out.push_back({{column.field, column.lang, each->mark, each->text, typed}, each->shown, typed});
  }
  for (; next < added.size(); ++next) {
    out.push_back({{column.field, column.lang, {}, {}, added[next]}, {}, added[next]});
  }
  return out;
}

}  // namespace pitchblende::confirm
