#include "confirm/workbook/workbook_store.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "confirm/confirm_store.hpp"
#include "confirm/errors.hpp"
#include "store/numbering.hpp"

namespace pitchblende::confirm::rows {

namespace {

using store::Connection;
using store::Row;
using store::Transaction;
namespace json = boost::json;

constexpr std::string_view k_applying = "applying";  // stands where the time will
constexpr std::array k_fates{CellFate::applied, CellFate::conflict, CellFate::wrong, CellFate::already};

json::array packed(const Tenure& tenure) { return {tenure.role, tenure.kind, tenure.title, tenure.from, tenure.to}; }

Tenure unpacked(const json::value& value) {
  const auto text = [&](size_t at) {
    const json::array* all = value.if_array();
    return all != nullptr && at < all->size() && all->at(at).is_string() ? std::string(all->at(at).get_string())
                                                                         : std::string();
  };
  return {text(0), text(1), text(2), text(3), text(4)};
}

void put_outcome(const CellOutcome& cell, json::object& out) {
  out["fate"] = name(cell.fate);
  if (!cell.now.empty()) {
    out["now"] = json::array(cell.now.begin(), cell.now.end());
  }
  if (cell.error) {
    out["why"] = json::array{cell.error->message(Language::english), cell.error->message(Language::french)};
  }
}

std::string encoded(const Reading& reading) {
  json::array cards;
  for (const CardOutcome& card : reading.changes) {
    json::array cells;
    for (const CellOutcome& cell : card.cells) {
      const Edit& edit = cell.edit.edit;
      json::object each{{"field", registry::description(edit.field).name},
                        {"lang", edit.lang},
                        {"mark", edit.mark},
                        {"before", edit.before},
                        {"shown", cell.edit.shown},
                        {"typed", cell.edit.typed}};
      if (edit.tenure) {
        each["where"] = cell.edit.where;
        each["tenure"] = json::array{packed(edit.tenure->before), packed(edit.tenure->after)};
      }
      if (!reading.applied.empty()) {
        put_outcome(cell, each);
      }
      cells.push_back(std::move(each));
    }
    cards.push_back(
        json::object{{"card", card.card.text()}, {"kind", registry::name(card.kind)}, {"cells", std::move(cells)}});
  }
  json::array missing;
  for (const Id id : reading.missing) {
    missing.emplace_back(id.text());
  }
  json::array findings;
  for (const RowFinding& each : reading.findings) {
    findings.push_back(json::object{{"sheet", each.sheet},
                                    {"row", each.row},
                                    {"column", each.column},
                                    {"code", each.error.kind().code},
                                    {"of", each.error.args().empty() ? std::string() : each.error.args().front()}});
  }
  // The cards come last: that there are none is seen by the end of the text (waiting()).
  return json::serialize(json::object{{"read", reading.read},
                                      {"accepted", reading.accepted},
                                      {"rejected", reading.rejected},
                                      {"missing", std::move(missing)},
                                      {"findings", std::move(findings)},
                                      {"cards", std::move(cards)}});
}

std::string text_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

int64_t number_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? value->as_int64() : 0;
}

const json::array& list_in(const json::object& object, std::string_view name) {
  static const json::array k_none;
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_array() ? value->get_array() : k_none;
}

// What a row can be refused for (workbook_rows.cpp, workbook_links.cpp).
Error error_of(std::string_view code, const std::string& of) {
  for (const ErrorKind* each : {&errors::id_changed, &errors::id_foreign, &errors::rows_differ, &errors::no_name,
                                &errors::no_columns, &errors::no_card, &errors::no_place}) {
    if (code == each->code) {
      return Error(*each, of);
    }
  }
  return Error(errors::other_kind, of);
}

void read_outcome(const json::object& object, CellOutcome& out) {
  const std::string fate = text_in(object, "fate");
  const auto at = std::find_if(k_fates.begin(), k_fates.end(), [&](CellFate each) { return name(each) == fate; });
  out.fate = at == k_fates.end() ? CellFate::applied : *at;
  for (const json::value& each : list_in(object, "now")) {
    out.now.emplace_back(each.is_string() ? std::string_view(each.get_string()) : std::string_view());
  }
  const json::array& why = list_in(object, "why");
  if (why.size() == 2 && why[0].is_string() && why[1].is_string()) {
    out.said_then = InBoth{std::string(why[0].get_string()), std::string(why[1].get_string())};
  }
}

CardOutcome card_in(const json::object& object) {
  CardOutcome out;
  out.card = Id::parse(text_in(object, "card")).value_or(Id());
  out.kind = registry::kind(text_in(object, "kind")).value_or(registry::Kind::person);
  for (const json::value& each : list_in(object, "cells")) {
    const json::object* cell = each.if_object();
    const auto field = cell == nullptr ? std::nullopt : registry::find_field(out.kind, text_in(*cell, "field"));
    if (field) {
      const std::string typed = text_in(*cell, "typed");
      out.cells.push_back({{{*field, text_in(*cell, "lang"), text_in(*cell, "mark"), text_in(*cell, "before"), typed},
                            text_in(*cell, "shown"),
                            typed},
                           CellFate::applied,
                           {},
                           std::nullopt});
      read_outcome(*cell, out.cells.back());
      const json::array& tenure = list_in(*cell, "tenure");
      if (tenure.size() == 2) {
        out.cells.back().edit.where = text_in(*cell, "where");
        out.cells.back().edit.edit.tenure = {unpacked(tenure[0]), unpacked(tenure[1])};
      }
    }
  }
  return out;
}

void decode_into(Reading& reading, std::string_view text) {
  boost::system::error_code error;
  const json::value parsed = json::parse(text, error);
  const json::object* object = error ? nullptr : parsed.if_object();
  if (object == nullptr) {
    return;
  }
  reading.read = number_in(*object, "read");
  reading.accepted = number_in(*object, "accepted");
  reading.rejected = number_in(*object, "rejected");
  for (const json::value& each : list_in(*object, "missing")) {
    reading.missing.push_back(each.is_string() ? Id::parse(each.get_string()).value_or(Id()) : Id());
  }
  for (const json::value& value : list_in(*object, "findings")) {
    if (const json::object* each = value.if_object()) {
      reading.findings.push_back({text_in(*each, "sheet"), number_in(*each, "row"), text_in(*each, "column"),
                                  error_of(text_in(*each, "code"), text_in(*each, "of"))});
    }
  }
  for (const json::value& each : list_in(*object, "cards")) {
    if (each.is_object()) {
      reading.changes.push_back(card_in(each.get_object()));
      reading.changes.back().label = new_label(reading.changes.back());
    }
  }
}

}  // namespace

Result<int64_t> put_workbook(Transaction& db, Id whole, int64_t account, std::string_view now) {
  TRY_ASSIGN(const int64_t id, store::next_id(db, "confirm_workbook"));
  TRY(db.execute("INSERT INTO confirm_workbook (id, whole, made_by, made) VALUES (?, ?, ?, ?)",
                 {id, number(whole), account, now}));
  return id;
}

Result<void> put_rows(Transaction& db, int64_t workbook, const std::vector<Id>& cards,
                      const std::vector<CellRow>& cells) {
  store::Rows held{{"workbook", store::ColumnType::integer}, {"card", store::ColumnType::integer}};
  for (const Id card : cards) {
    held.add(workbook).add(number(card));
  }
  store::Rows said{{"workbook", store::ColumnType::integer}, {"card", store::ColumnType::integer}, {"place"}, {"said"}};
  for (const CellRow& each : cells) {
    said.add(workbook).add(number(each.card)).add(each.place).add(each.said);
  }
  if (!held.empty()) {
    TRY(db.bulk("INSERT INTO confirm_row (workbook, card) SELECT r.workbook, r.card FROM {rows} r", held));
  }
  if (!said.empty()) {
    TRY(
        db.bulk("INSERT INTO confirm_cell (workbook, card, place, said) SELECT r.workbook, r.card, r.place, r.said "
                "FROM {rows} r",
                said));
  }
  return {};
}

Result<std::optional<WentOut>> went_out(Connection& db, int64_t workbook) {
  std::optional<WentOut> out;
  TRY(db.query("SELECT whole FROM confirm_workbook WHERE id = ?", {workbook}, [&](const Row& row) {
    out = WentOut{workbook, id_of(row.integer(0)), {}};
  }));
  if (!out) {
    return out;
  }
  TRY(db.query("SELECT card FROM confirm_row WHERE workbook = ?", {workbook},
               [&](const Row& row) { out->cards[id_of(row.integer(0))]; }));
  TRY(db.query("SELECT card, place, said FROM confirm_cell WHERE workbook = ?", {workbook}, [&](const Row& row) {
    out->cards[id_of(row.integer(0))].cells[std::string(row.text(1))] = decode_said(row.text(2));
  }));
  return out;
}

Result<int64_t> put_reading(Transaction& db, const Reading& reading, int64_t account, std::string_view now) {
  TRY_ASSIGN(const int64_t id, store::next_id(db, "confirm_reading"));
  const std::string changes = encoded(reading);
  TRY(db.execute(
      "INSERT INTO confirm_reading (id, workbook, made_by, made, changes, applied) VALUES (?, ?, ?, ?, ?, '')",
      {id, reading.workbook, account, now, std::string_view(changes)}));
  return id;
}

Result<std::optional<Reading>> reading(Connection& db, int64_t id) {
  std::optional<Reading> out;
  TRY(
      db.query("SELECT r.workbook, w.whole, r.changes, r.applied FROM confirm_reading r JOIN confirm_workbook w "
               "ON w.id = r.workbook WHERE r.id = ?",
               {id}, [&](const Row& row) {
                 out.emplace();
                 out->id = id;
                 out->workbook = row.integer(0);
                 out->whole = id_of(row.integer(1));
                 decode_into(*out, row.text(2));
                 out->is_applying = row.text(3) == k_applying;
                 out->applied = out->is_applying ? std::string_view() : row.text(3);
               }));
  return out;
}

Result<std::vector<Waiting>> waiting(Connection& db) {
  std::vector<Waiting> out;
  TRY(
      db.query("SELECT r.id, w.whole, r.made FROM confirm_reading r JOIN confirm_workbook w ON w.id = r.workbook "
               "WHERE r.applied = '' AND r.changes NOT LIKE '%\"cards\":[]}' ORDER BY r.id DESC LIMIT 100",
               {}, [&](const Row& row) {
                 out.push_back({row.integer(0), id_of(row.integer(1)), std::string(row.text(2))});
               }));
  return out;
}

Result<bool> is_applying(Connection& db, int64_t reading) {
  bool out = false;
  TRY(db.query("SELECT applied FROM confirm_reading WHERE id = ?", {reading},
               [&](const Row& row) { out = row.text(0) == k_applying; }));
  return out;
}

Result<void> note_begun(Transaction& db, int64_t reading) {
  TRY_ASSIGN(const int64_t changed,
             db.execute("UPDATE confirm_reading SET applied = ? WHERE id = ? AND applied = ''", {k_applying, reading}));
  return changed == 1 ? Result<void>() : fail(errors::applied, std::string("–"));
}

Result<void> note_applied(Transaction& db, const Reading& reading, std::string_view now) {
  const std::string changes = encoded(reading);
  TRY_ASSIGN(const int64_t changed,
             db.execute("UPDATE confirm_reading SET applied = ?, changes = ? WHERE id = ? AND applied IN ('', ?)",
                        {now, std::string_view(changes), reading.id, k_applying}));
  return changed == 1 ? Result<void>() : fail(errors::applied, std::string(now));
}

}  // namespace pitchblende::confirm::rows
