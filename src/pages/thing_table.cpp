#include "pages/thing_table.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <set>

#include "pages/address.hpp"
#include "pages/data.hpp"

namespace pitchblende::pages {

namespace {

using registry::Card;
using registry::CardField;
using registry::CardValue;
using registry::FieldDescription;
using registry::FieldType;

constexpr size_t k_at_once = 1000;  // rows of a list that is made whole
constexpr size_t k_piece = 200;     // rows that are made while others wait for the thread

// Of a link what it leads to, with role and dates, and its id; of anything else what it says.
std::pair<std::string, std::string> cell_of(const FieldDescription& field, const CardValue& value, const Leads& leads) {
  if (field.type != FieldType::link) {
    return {value.value.text, {}};
  }
  const registry::Link* link = leads.link(field, value);
  const bool printed = value.value.text.starts_with("name:");
  std::pair<std::string, std::string> out;
  if (link != nullptr) {
    out = {link->to_label, link->to.text()};
  } else if (printed) {
    out.first = value.value.text.substr(5);
  } else {
    return {};
  }
  std::string about;
  const auto add = [&](std::string_view text) {
    about += (about.empty() || text.empty() ? "" : ", ") + std::string(text);
  };
  add(value.value.get(registry::Attribute::title));
  add(value.value.get(registry::Attribute::role));
  const std::string_view from = value.value.get(registry::Attribute::from);
  const std::string_view to = value.value.get(registry::Attribute::to);
  add(from.empty() && to.empty() ? std::string() : std::string(from) + "–" + std::string(to));
  out.first += about.empty() ? "" : " (" + about + ")";
  return out;
}

// The cells of one field: what its values say, and the ids of what they lead to, part for part.
std::pair<std::string, std::string> cells_of(const Thing& thing, std::string_view column, const Leads& leads) {
  constexpr std::string_view k_between = " | ";
  const auto id = registry::find_field(thing.card.kind, column);
  const CardField* field = id ? thing.card.find(*id) : nullptr;
  std::pair<std::string, std::string> out;
  std::vector<std::pair<std::string, std::string>> parts;
  for (const CardValue& value : field == nullptr ? std::vector<CardValue>{} : field->values) {
    auto part = value.lost || value.hidden ? std::pair<std::string, std::string>()
                                           : cell_of(registry::description(*id), value, leads);
    if (part.first.empty() || std::find(parts.begin(), parts.end(), part) != parts.end()) {
      continue;
    }
    for (const auto& [to, text] : {std::pair{&out.first, &part.first}, {&out.second, &part.second}}) {
      *to += (parts.empty() ? "" : k_between);
      *to += *text;
    }
    parts.push_back(std::move(part));
  }
  const bool leads_nowhere =
      std::all_of(parts.begin(), parts.end(), [](const auto& part) { return part.second.empty(); });
  if (leads_nowhere) {
    out.second.clear();
  }
  return out;
}

struct Column {
  std::string_view name;
  bool leads = false;  // another one with ids stands beside it
};

// In the order of the descriptions, those that are wanted.
template <typename IsWanted>
std::vector<Column> columns_where(IsWanted&& is_wanted) {
  std::vector<Column> columns;
  for (const auto& kind : registry::kinds()) {
    for (const FieldDescription& field : kind.fields) {
      if (field.scheme == "local" || !is_wanted(kind.kind, field)) {
        continue;
      }
      const auto known =
          std::find_if(columns.begin(), columns.end(), [&](const Column& column) { return column.name == field.name; });
      Column& column = known == columns.end() ? columns.emplace_back(Column{field.name}) : *known;
      column.leads = column.leads || field.type == FieldType::link;
    }
  }
  return columns;
}

// Those that something stands in.
std::vector<Column> columns_of(const std::vector<Thing>& things) {
  std::set<registry::FieldId> used;
  for (const Thing& thing : things) {
    for (const CardField& field : thing.card.fields) {
      used.insert(field.field);
    }
  }
  return columns_where([&](registry::Kind kind, const FieldDescription& field) {
    return used.contains(registry::field(kind, field.name));
  });
}

std::vector<Column> columns_of(const std::vector<registry::Kind>& kinds) {
  return columns_where([&](registry::Kind kind, const FieldDescription&) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  });
}

// What every such table begins with, and its rows.
std::string head_of(const std::vector<Column>& columns) {
  std::string out = "\xEF\xBB\xBFid,kind,label,address";
  for (const Column& column : columns) {
    out += "," + std::string(column.name);
    out += column.leads ? "," + std::string(column.name) + "_ids" : "";
  }
  return out + "\r\n";
}

void append_row(std::string& out, const Thing& thing, const std::vector<Column>& columns, std::string_view language) {
  const Leads leads(thing);
  const Card& card = thing.card;
  out += card.id.text() + "," + std::string(registry::name(card.kind)) + ",";
  append_cell(out, card.label);
  out += "," + thing_address(language, card.kind, card.id);
  for (const Column& column : columns) {
    const auto [said, ids] = cells_of(thing, column.name, leads);
    out += ',';
    append_cell(out, said);
    if (column.leads) {
      out += ',';
      append_cell(out, ids);
    }
  }
  out += "\r\n";
}

Result<std::vector<Thing>> open_things_of(const registry::Registry& registry, const std::vector<Id>& ids,
                                          const access::Viewer& viewer) {
  TRY_ASSIGN(std::vector<Card> cards, registry.cards(ids, viewer));
  return open_things(registry, std::move(cards), Leading::links, viewer);
}

// A long list on its way: its ids are remembered, the rest is read piece by piece, each with a snapshot of its own. So
// the order is one, and what is hidden or withdrawn meanwhile is not told.
class LongTable {
 public:
  LongTable(const Site& site, search::List&& list, const access::Viewer& viewer, std::string_view language)
      : m_site(site),
        m_ids(std::move(list.ids)),
        m_columns(columns_of(list.kinds)),
        m_viewer(viewer),
        m_language(language) {}

  std::string head() const { return head_of(m_columns); }
  // Empty: there is no more.
  Result<std::string> next() {
    std::string out;
    while (out.empty() && m_at < m_ids.size()) {
      const size_t end = std::min(m_at + k_piece, m_ids.size());
      const std::vector<Id> ids(m_ids.begin() + static_cast<std::ptrdiff_t>(m_at),
                                m_ids.begin() + static_cast<std::ptrdiff_t>(end));
      m_at = end;
      TRY_ASSIGN(const std::vector<Thing> things, open_things_of(m_site.registry(), ids, m_viewer));
      for (const Thing& thing : things) {
        append_row(out, thing, m_columns, m_language);
      }
    }
    return out;
  }

 private:
  const Site& m_site;
  std::vector<Id> m_ids;
  size_t m_at = 0;
  std::vector<Column> m_columns;
  access::Viewer m_viewer;
  std::string m_language;
};

}  // namespace

void append_cell(std::string& out, std::string_view text) {
  const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  const bool quoted = text.find_first_of(",\"\r\n") != std::string_view::npos || formula;
  if (!quoted) {
    out += text;
    return;
  }
  out += formula ? "\"'" : "\"";
  for (const char c : text) {
    out += c == '"' ? "\"\"" : std::string_view(&c, 1);
  }
  out += '"';
}

std::string things_csv(const std::vector<Thing>& things, std::string_view language) {
  const std::vector<Column> columns = columns_of(things);
  std::string out = head_of(columns);
  for (const Thing& thing : things) {
    append_row(out, thing, columns, language);
  }
  return out;
}

http::Answer things_file(const Site& site, const http::Request& request, Language language, search::List list,
                         const std::string& name) {
  http::Answer answer;
  answer.type = http::media_type(http::Format::csv);
  answer.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
  const access::Viewer& viewer = request.who().viewer;
  const std::string_view code = site.words(language).code();
  if (list.ids.size() <= k_at_once) {
    const auto things = open_things_of(site.registry(), list.ids, viewer);
    if (!things) {
      return site.error(request, language, 500);
    }
    answer.body = things_csv(*things, code);
    return answer;
  }
  const auto table = std::make_shared<LongTable>(site, std::move(list), viewer, code);
  answer.body = table->head();
  answer.pieces = [table] { return table->next(); };
  return answer;
}

}  // namespace pitchblende::pages
