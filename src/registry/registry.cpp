#include "registry/registry.hpp"
#include "store/numbering.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace pitchblende::registry {

namespace {

using store::Connection;
using store::Row;

using store::id_at;
using store::number;

// Follows redirects; a chain is as long as merges of merges, and the bound ends a loop that should not be there.
Result<std::optional<Id>> present_id(Connection& db, Id id) {
  for (int step = 0; step < 64; ++step) {
    bool known = false;
    std::optional<Id> next;
    TRY(db.query("SELECT redirect FROM entity WHERE id = ?", {number(id)}, [&](const Row& row) {
      known = true;
      if (!row.is_null(0)) {
        next = id_at(row, 0);
      }
    }));
    if (!known) {
      return std::optional<Id>{};
    }
    if (!next) {
      return std::optional<Id>{id};
    }
    id = *next;
  }
  return std::optional<Id>{};
}

Result<std::optional<Card>> read_card(Connection& db, Id id) {
  Result<Card> card = Card{};
  bool there = false;
  TRY(db.query("SELECT kind, body FROM card WHERE id = ?", {number(id)}, [&](const Row& row) {
    there = true;
    if (const auto of = kind(row.text(0))) {
      card = decode_card(id, *of, row.text(1));
    }
  }));
  if (!there) {
    return std::optional<Card>{};
  }
  TRY(card);
  return std::optional<Card>{std::move(*card)};
}

// What of a link's ends the viewer may know. A page is needed at both: a name without one is only printed.
Result<std::vector<Link>> seen_links(Connection& db, std::vector<Link> links, const access::Viewer& viewer) {
  std::unordered_map<Id, std::optional<Card>> ends;
  const auto end = [&](Id id) -> Result<const std::optional<Card>*> {
    const auto at = ends.find(id);
    if (at != ends.end()) {
      return &at->second;
    }
    TRY_ASSIGN(std::optional<Card> card, read_card(db, id));
    return &(ends[id] = card && card->page ? seen_by(std::move(*card), viewer) : std::nullopt);
  };
  std::vector<Link> seen;
  for (Link& link : links) {
    TRY_ASSIGN(const std::optional<Card>* from, end(link.from));
    TRY_ASSIGN(const std::optional<Card>* to, end(link.to));
    if (!*from || !*to) {
      continue;
    }
    // The field that says it may be hidden from him though both ends are not.
    const auto id = find_field((*from)->kind, link.field);
    const CardField* field = id ? (*from)->find(*id) : nullptr;
    if (field == nullptr || std::none_of(field->values.begin(), field->values.end(), [&](const CardValue& value) {
          return link_key(value.value.text) == link.ref;
        })) {
      continue;
    }
    link.from_label = (*from)->label;
    link.from_kind = (*from)->kind;
    link.to_label = (*to)->label;
    link.to_kind = (*to)->kind;
    seen.push_back(std::move(link));
  }
  return seen;
}

Link link_at(const Row& row) {
  Link link;
  link.from = id_at(row, 0);
  link.field = row.text(1);
  link.ref = row.text(2);
  link.role = row.text(3);
  link.since = row.text(4);
  link.until = row.text(5);
  link.to = id_at(row, 6);
  return link;
}

constexpr std::string_view k_link_columns =
    "SELECT l.source, l.field, l.ref, l.role, l.since, l.until, i.entity, l.visibility, f.kind, f.label, f.page, "
    "f.visibility, t.kind, t.label, t.page, t.visibility ";

// Links of a query of k_link_columns, which `ask` runs. A visitor's need no card: what everybody may see stands in the
// rows.
template <typename Ask>
Result<std::vector<Link>> read_links(Connection& db, const access::Viewer& viewer, Ask&& ask) {
  const bool visitor = viewer.reach == access::Visibility::everyone;
  std::vector<Link> links;
  TRY(ask([&](const Row& row) {
    const bool open = row.integer(7) == 0 && row.integer(10) == 1 && row.integer(11) == 0 && row.integer(14) == 1 &&
                      row.integer(15) == 0;
    if (visitor && !open) {
      return;
    }
    Link& link = links.emplace_back(link_at(row));
    link.from_kind = kind(row.text(8)).value_or(Kind::person);
    link.from_label = row.text(9);
    link.to_kind = kind(row.text(12)).value_or(Kind::person);
    link.to_label = row.text(13);
  }));
  return visitor ? links : seen_links(db, std::move(links), viewer);
}

Result<std::vector<Link>> read_links(Connection& db, std::string_view rest, std::initializer_list<store::Param> with,
                                     const access::Viewer& viewer) {
  return read_links(db, viewer, [&](const auto& on_row) {
    return db.query(std::string(k_link_columns) + std::string(rest), with, on_row);
  });
}

}  // namespace

Result<Found> Registry::find(Id id, const access::Viewer& viewer) const {
  return m_store.read([&](Connection& db) -> Result<Found> {
    Found found;
    TRY_ASSIGN(const std::optional<Id> now, present_id(db, id));
    if (!now) {
      return found;
    }
    found.id = *now;
    TRY_ASSIGN(std::optional<Card> card, read_card(db, *now));
    if (!card) {
      found.presence = Presence::withdrawn;
      return found;
    }
    const bool printed_only = !card->page && viewer.reach != access::Visibility::nobody;
    if (!printed_only) {
      found.card = seen_by(std::move(*card), viewer);
    }
    // What he may not know answers as what never was.
    found.presence = !found.card ? Presence::never : *now == id ? Presence::here : Presence::merged;
    return found;
  });
}

Result<std::optional<Id>> Registry::current(Id id) const {
  return m_store.read([&](Connection& db) { return present_id(db, id); });
}

Result<std::optional<Id>> Registry::find(std::string_view ref) const {
  const std::string wanted = link_key(ref);
  return m_store.read([&](Connection& db) -> Result<std::optional<Id>> {
    std::vector<Id> found;
    TRY(db.query("SELECT entity FROM identifier WHERE ref = ? LIMIT 2", {std::string_view(wanted)},
                 [&](const Row& row) { found.push_back(id_at(row, 0)); }));
    return found.size() == 1 ? std::optional<Id>(found.front()) : std::nullopt;
  });
}

Result<std::string> Registry::reference_to(Id id) const {
  return m_store.read([&](Connection& db) -> Result<std::string> {
    TRY_ASSIGN(const std::optional<Id> now, present_id(db, id));
    std::string found;
    if (!now) {
      return found;
    }
    TRY(
        db.query("SELECT i.ref FROM identifier i WHERE i.entity = ? AND i.ref NOT LIKE 'name:%' "
                 "AND i.ref NOT LIKE 'work:%' AND (SELECT COUNT(*) FROM identifier o WHERE o.ref = i.ref) = 1 "
                 "ORDER BY CASE WHEN i.ref LIKE 'local:%' THEN 1 ELSE 0 END DESC, i.ref DESC",
                 {number(*now)}, [&](const Row& row) { found = row.text(0); }));
    if (found.empty()) {
      TRY(db.query("SELECT label FROM card WHERE id = ?", {number(*now)},
                   [&](const Row& row) { found = "name:" + std::string(row.text(0)); }));
    }
    return found;
  });
}

Result<std::vector<Card>> Registry::cards(const std::vector<Id>& ids, const access::Viewer& viewer) const {
  return m_store.read([&](Connection& db) -> Result<std::vector<Card>> {
    std::vector<Card> cards;
    for (const Id id : ids) {
      TRY_ASSIGN(std::optional<Card> card, read_card(db, id));
      const bool printed_only = card && !card->page && viewer.reach != access::Visibility::nobody;
      if (card && !printed_only) {
        if (auto seen = seen_by(std::move(*card), viewer)) {
          cards.push_back(std::move(*seen));
        }
      }
    }
    return cards;
  });
}

Result<std::vector<Link>> Registry::links_from(Id id, const access::Viewer& viewer) const {
  return m_store.read([&](Connection& db) {
    return read_links(db,
                      "FROM link l JOIN identifier i ON i.ref = l.ref JOIN card f ON f.id = l.source "
                      "JOIN card t ON t.id = i.entity WHERE l.source = ? "
                      "AND (SELECT COUNT(*) FROM identifier o WHERE o.ref = l.ref) = 1 ORDER BY l.ordinal",
                      {number(id)}, viewer);
  });
}

Result<std::vector<Link>> Registry::links_from(const std::vector<Id>& ids, const access::Viewer& viewer) const {
  store::Rows rows{{"id", store::ColumnType::integer}};
  for (const Id id : ids) {
    rows.add(number(id));
  }
  return m_store.read([&](Connection& db) {
    return read_links(db, viewer, [&](const auto& on_row) {
      return db.lookup(std::string(k_link_columns) +
                           "FROM {rows} q JOIN link l ON l.source = q.id JOIN identifier i ON i.ref = l.ref "
                           "JOIN card f ON f.id = l.source JOIN card t ON t.id = i.entity "
                           "WHERE (SELECT COUNT(*) FROM identifier o WHERE o.ref = l.ref) = 1",
                       rows, on_row);
    });
  });
}

Result<std::vector<Link>> Registry::links_to(Id id, const access::Viewer& viewer, int64_t limit) const {
  return m_store.read([&](Connection& db) {
    return read_links(db,
                      "FROM identifier i JOIN link l ON l.ref = i.ref JOIN card f ON f.id = l.source "
                      "JOIN card t ON t.id = i.entity WHERE i.entity = ? "
                      "AND (SELECT COUNT(*) FROM identifier o WHERE o.ref = i.ref) = 1 "
                      "ORDER BY l.since DESC, l.source, l.ordinal LIMIT ?",
                      {number(id), limit}, viewer);
  });
}

Result<std::vector<Id>> Registry::mentioned_in(Id id) const {
  return m_store.read([&](Connection& db) -> Result<std::vector<Id>> {
    std::vector<Id> found;
    TRY(
        db.query("SELECT DISTINCT whole.entity FROM assignment a "
                 "JOIN assignment whole ON whole.record = a.record AND whole.part = 0 "
                 "WHERE a.entity = ? AND a.part > 0 ORDER BY whole.entity",
                 {number(id)}, [&](const Row& row) { found.push_back(id_at(row, 0)); }));
    return found;
  });
}

namespace {

// The mention that stands at a part: parts count the mentions of a record from 1 on, over all of its fields.
const std::pair<FieldId, Value>* mention_at(const Record& record, int64_t part) {
  for (const auto& each : record.values) {
    if (description(each.first).type == FieldType::mention && --part == 0) {
      return &each;
    }
  }
  return nullptr;
}

}  // namespace

Result<std::vector<Named>> Registry::named_in(const Card& seen, const access::Viewer& viewer) const {
  TRY_ASSIGN(auto all, named_in(std::vector<Card>{seen}, viewer));
  return std::move(all.front());
}

Result<std::vector<std::vector<Named>>> Registry::named_in(const std::vector<Card>& seen,
                                                           const access::Viewer& viewer) const {
  struct Mentioned {
    std::string payload;
    std::map<int64_t, Named> parts;
  };
  std::unordered_map<int64_t, Mentioned> records;
  store::Rows rows{{"record", store::ColumnType::integer}};
  for (const Card& card : seen) {
    for (const CardSource& source : card.sources) {
      rows.add(source.record);
    }
  }
  const auto most = static_cast<int64_t>(std::min(viewer.reach, access::Visibility::consortium));
  TRY(m_store.read([&](Connection& db) {
    return db.lookup(
        "SELECT q.record, a.part, a.entity, c.label, c.visibility, v.payload FROM {rows} q "
        "JOIN assignment a ON a.record = q.record AND a.part > 0 JOIN card c ON c.id = a.entity AND c.page = 1 "
        "JOIN record r ON r.id = a.record JOIN version v ON v.id = r.version",
        rows, [&](const Row& row) {
          if (row.integer(4) <= most) {
            Mentioned& record = records[row.integer(0)];
            if (record.payload.empty()) {
              record.payload = row.text(5);
            }
            record.parts[row.integer(1)] = {{}, {}, id_at(row, 2), std::string(row.text(3))};
          }
        });
  }));
  std::vector<std::vector<Named>> all;
  for (const Card& card : seen) {
    std::vector<Named>& named = all.emplace_back();
    for (const CardSource& source : card.sources) {
      const auto found = records.find(source.record);
      if (found == records.end()) {
        continue;
      }
      const Record record = decode(card.kind, source.key, found->second.payload).value_or(Record{});
      for (const auto& [part, whom] : found->second.parts) {
        if (const auto* mention = mention_at(record, part)) {
          named.push_back({mention->first, mention->second.text, whom.id, whom.label});
        }
      }
    }
  }
  return all;
}

Result<std::vector<Event>> Registry::history(Id id) const {
  return m_store.read([&](Connection& db) -> Result<std::vector<Event>> {
    std::vector<Event> events;
    std::unordered_map<int64_t, bool> seen;
    TRY(
        db.query("SELECT run.started, s.name, r.key, v.id, r.id FROM assignment a JOIN record r ON r.id = a.record "
                 "JOIN version v ON v.record = r.id AND v.id <= r.version JOIN run ON run.id = v.run "
                 "JOIN source s ON s.id = r.source WHERE a.entity = ? AND a.part = 0 ORDER BY v.id",
                 {number(id)}, [&](const Row& row) {
                   const bool again = !seen.try_emplace(row.integer(4), true).second;
                   events.push_back({std::string(row.text(0)),
                                     again ? "changed" : "new",
                                     std::string(row.text(1)),
                                     std::string(row.text(2)),
                                     {},
                                     row.integer(3)});
                 }));
    TRY(
        db.query("SELECT run.started, s.name, r.key, run.id, p.present FROM assignment a JOIN record r "
                 "ON r.id = a.record JOIN presence p ON p.record = r.id JOIN run ON run.id = p.run "
                 "JOIN source s ON s.id = r.source WHERE a.entity = ? AND a.part = 0 ORDER BY run.id",
                 {number(id)}, [&](const Row& row) {
                   events.push_back({std::string(row.text(0)),
                                     row.integer(4) == 0 ? "withdrawn" : "returned",
                                     std::string(row.text(1)),
                                     std::string(row.text(2)),
                                     {},
                                     row.integer(3)});
                 }));
    TRY(
        db.query("SELECT DISTINCT d.made, d.verdict, d.who, d.why, d.id FROM assignment a JOIN decision d "
                 "ON d.record_a = a.record OR d.record_b = a.record WHERE a.entity = ? AND a.part = 0 ORDER BY d.id",
                 {number(id)}, [&](const Row& row) {
                   events.push_back({std::string(row.text(0)),
                                     std::string(row.text(1)),
                                     std::string(row.text(2)),
                                     {},
                                     std::string(row.text(3)),
                                     row.integer(4)});
                 }));
    std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.at < b.at; });
    return events;
  });
}

Result<std::vector<KindCount>> Registry::counts() const {
  return m_store.read([&](Connection& db) -> Result<std::vector<KindCount>> {
    std::unordered_map<std::string, KindCount> by_kind;
    TRY(db.query("SELECT kind, page, COUNT(*) FROM card GROUP BY kind, page", {}, [&](const Row& row) {
      if (const auto of = kind(row.text(0))) {
        KindCount& count = by_kind[std::string(row.text(0))];
        count.kind = *of;
        (row.integer(1) != 0 ? count.shown : count.pageless) += row.integer(2);
      }
    }));
    // Authors who are only printed have an identity but no card.
    TRY(
        db.query("SELECT e.kind, COUNT(*) FROM entity e WHERE e.redirect IS NULL AND NOT EXISTS "
                 "(SELECT 1 FROM card c WHERE c.id = e.id) AND EXISTS "
                 "(SELECT 1 FROM assignment a WHERE a.entity = e.id AND a.part > 0) GROUP BY e.kind",
                 {}, [&](const Row& row) {
                   if (const auto of = kind(row.text(0))) {
                     KindCount& count = by_kind[std::string(row.text(0))];
                     count.kind = *of;
                     count.pageless += row.integer(1);
                   }
                 }));
    std::vector<KindCount> out;
    for (const auto& [text, count] : by_kind) {
      out.push_back(count);
    }
    std::sort(out.begin(), out.end(), [](const KindCount& a, const KindCount& b) { return a.kind < b.kind; });
    return out;
  });
}

}  // namespace pitchblende::registry
