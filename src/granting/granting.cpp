#include "granting/granting.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "access/errors.hpp"
#include "base/beginning.hpp"
#include "base/text.hpp"
#include "granting/errors.hpp"
#include "granting/granting_rules.hpp"
#include "registry/things.hpp"
#include "sources/tables/sheets.hpp"

namespace pitchblende::granting {

namespace {

using access::GrantRequest;
using access::Object;

constexpr size_t k_rows_looked_at = 20;  // in which the titles are looked for
constexpr size_t k_excerpt = 80;

struct Head {
  size_t row = 0;
  std::array<std::optional<size_t>, 6> places;  // by Column
  std::array<std::string, 6> titles;
};

Result<Head> find_head(const sources::Sheet& sheet) {
  for (size_t row = 0; row < std::min(sheet.rows.size(), k_rows_looked_at); ++row) {
    Head head{row, {}, {}};
    const auto& cells = sheet.rows[row].cells;
    for (size_t place = 0; place < cells.size(); ++place) {
      const auto column = static_cast<size_t>(column_of(cells[place]));
      if (column != 0 && !head.places.at(column)) {
        head.places.at(column) = place;
        head.titles.at(column) = squeeze(cells[place]);
      }
    }
    if (head.places[static_cast<size_t>(Column::email)] && head.places[static_cast<size_t>(Column::role)]) {
      return head;
    }
  }
  return fail(errors::columns);
}

// The lines of one table, one after the other.
class Reading {
 public:
  Reading(const registry::Registry& registry, const access::Actor& actor, Head head)
      : m_registry(registry), m_actor(actor), m_head(std::move(head)) {}

  void know(const std::vector<access::GrantRow>& grants) {
    for (const access::GrantRow& row : grants) {
      m_ever[{row.email, row.grant.role, row.grant.object}].push_back(row.grant);
    }
  }

  Result<void> take(const sources::SheetRow& row) {
    ++m_table.read;
    m_row = &row;
    auto wanted = request();
    if (!wanted) {
      // What the store says is nobody's line.
      const bool is_ours = wanted.error().kind().status < 500;
      return is_ours ? reject(wanted.error()) : tl::unexpected(wanted.error());
    }
    const Key key{wanted->email, wanted->role, wanted->object.id};
    const auto [first, is_new] = m_seen.emplace(key, row.number);
    if (!is_new) {
      return reject(Error(errors::twice, std::to_string(first->second)));
    }
    m_table.lines.push_back(compared(row.number, std::move(*wanted), m_ever[key], m_actor.today));
    return {};
  }

  Table table() { return std::move(m_table); }

 private:
  using Key = std::tuple<std::string, access::Role, Id>;

  std::string cell(Column column) const {
    const auto place = m_head.places.at(static_cast<size_t>(column));
    return place && *place < m_row->cells.size() ? squeeze(m_row->cells[*place]) : std::string();
  }

  Result<GrantRequest> request() {
    GrantRequest out;
    out.email = cell(Column::email);
    const std::string said = cell(Column::role);
    const auto role = role_of(said);
    if (!role) {
      return fail(access::errors::role, beginning(said, k_excerpt));
    }
    out.role = *role;
    const std::string object = cell(Column::object);
    const bool is_narrower = !object.empty() && !access::is_for_an_object(*role);
    if (!object.empty() && !is_narrower) {
      TRY_ASSIGN(out.object, object_named(object));
    }
    out.starts = day_of(cell(Column::from));
    out.ends = day_of(cell(Column::until));
    TRY_ASSIGN(out, access::Access::judged(m_actor, std::move(out)));
    // As the form says it: nobody is given more than was written.
    return is_narrower ? Result<GrantRequest>(fail(access::errors::whole, std::string(access::name(*role)))) : out;
  }

  // A table names few things, each many times.
  Result<Object> object_named(const std::string& text) {
    const auto known = m_objects.find(text);
    if (known != m_objects.end()) {
      return known->second ? Result<Object>(*known->second) : unknown(text);
    }
    TRY_ASSIGN(const std::optional<Id> id, registry::thing_named(m_registry, text));
    std::optional<Object> object;
    if (id) {
      TRY_ASSIGN(object, m_registry.object_for(*id, m_actor.today));
      object = object->kind.empty() ? std::nullopt : object;
    }
    m_objects.emplace(text, object);
    return object ? Result<Object>(*object) : unknown(text);
  }

  static Result<Object> unknown(const std::string& text) { return fail(errors::unknown, beginning(text, k_excerpt)); }

  Result<void> reject(Error error) {
    const Column column = column_of(error);
    error = error.is(access::errors::may_not) ? Error(errors::others) : error;
    m_table.rejected.push_back({m_row->number, column, m_head.titles.at(static_cast<size_t>(column)),
                                beginning(cell(column), k_excerpt), std::move(error)});
    return {};
  }

  const registry::Registry& m_registry;
  const access::Actor& m_actor;
  Head m_head;
  const sources::SheetRow* m_row = nullptr;
  std::map<Key, std::vector<access::Grant>> m_ever;
  std::map<Key, int64_t> m_seen;
  std::map<std::string, std::optional<Object>> m_objects;
  Table m_table;
};

}  // namespace

Result<Table> Granting::read(std::string_view bytes, const std::string& name, const access::Actor& actor) const {
  const sources::SheetLimits limits{64 << 20, 32 << 20};
  TRY_ASSIGN(const sources::Sheet sheet, sources::read_table(bytes, name, limits));
  TRY_ASSIGN(Head head, find_head(sheet));
  const size_t first = head.row + 1;
  if (sheet.rows.size() - first > k_most_lines) {
    return fail(errors::many, std::to_string(k_most_lines), std::to_string(sheet.rows.size() - first));
  }
  Reading reading(m_registry, actor, std::move(head));
  TRY_ASSIGN(const auto grants, m_access.grants_ever());
  reading.know(grants);
  for (size_t row = first; row < sheet.rows.size(); ++row) {
    TRY(reading.take(sheet.rows[row]));
  }
  return reading.table();
}

Result<void> Granting::apply(const access::Actor& actor, const Table& table,
                             const access::Access::AlsoGranted& also) const {
  std::vector<access::RoleChange> changes;
  for (const Line& line : table.lines) {
    if (line.fate != Fate::same) {
      changes.push_back(line.change);
    }
  }
  return m_access.change_roles(actor, changes, also);
}

}  // namespace pitchblende::granting
