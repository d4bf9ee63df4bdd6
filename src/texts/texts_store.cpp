#include "texts/texts_store.hpp"

namespace pitchblende::texts::rows {

namespace {

using store::Connection;
using store::Row;

constexpr std::string_view k_columns = "SELECT name, revision, french, english, changed, changed_by FROM texts ";

Text text_of(const Row& row) {
  return {std::string(row.text(0)), row.integer(1),           std::string(row.text(2)),
          std::string(row.text(3)), std::string(row.text(4)), row.integer(5)};
}

}  // namespace

Result<void> insert(store::Transaction& db, const Text& text) {
  TRY(db.execute("INSERT INTO texts (name, revision, french, english, changed, changed_by) VALUES (?, ?, ?, ?, ?, ?)",
                 {text.name, text.revision, text.french, text.english, text.changed, text.account}));
  return {};
}

Result<Text> newest(Connection& db, std::string_view name) {
  Text out;
  out.name = name;
  TRY(db.query(std::string(k_columns) + "WHERE name = ? ORDER BY revision DESC LIMIT 1", {name},
               [&](const Row& row) { out = text_of(row); }));
  return out;
}

Result<std::optional<Text>> version(Connection& db, std::string_view name, int64_t revision) {
  std::optional<Text> out;
  TRY(db.query(std::string(k_columns) + "WHERE name = ? AND revision = ?", {name, revision},
               [&](const Row& row) { out = text_of(row); }));
  return out;
}

Result<std::vector<Text>> versions(Connection& db, std::string_view name) {
  std::vector<Text> out;
  TRY(db.query(std::string(k_columns) + "WHERE name = ? ORDER BY revision DESC", {name},
               [&](const Row& row) { out.push_back(text_of(row)); }));
  return out;
}

}  // namespace pitchblende::texts::rows
