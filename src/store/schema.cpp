#include "store/schema.hpp"

#include <algorithm>
#include <charconv>

#include "store/errors.hpp"
#include "store/migrations.hpp"

namespace pitchblende::store {

namespace {

int newest(std::span<const Migration> migrations) { return migrations.empty() ? 0 : migrations.back().number; }

// nullopt: no database of ours is here.
Result<std::optional<int>> version_of(Session& session) {
  TRY_ASSIGN(const bool ours, session.has_table("schema_version"));
  if (!ours) {
    return std::nullopt;
  }
  std::optional<int> version = 0;
  TRY(session.query("SELECT coalesce(max(number), 0) FROM schema_version", {},
                    [&](const Row& row) { version = static_cast<int>(row.integer(0)); }));
  return version;
}

Result<void> apply_due(Session& session, std::span<const Migration> migrations, bool create, const std::string& place) {
  TRY_ASSIGN(const std::optional<int> version, version_of(session));
  if (!version && !create) {
    return fail(errors::missing, place);
  }
  if (!version) {
    TRY(session.script("CREATE TABLE schema_version (number {int} NOT NULL PRIMARY KEY, name {text} NOT NULL)"));
  }
  if (version.value_or(0) > newest(migrations)) {
    return fail(errors::newer, std::to_string(*version), std::to_string(newest(migrations)));
  }
  for (const Migration& migration : migrations) {
    if (migration.number > version.value_or(0)) {
      TRY(session.script(migration.text));
      TRY(session.execute("INSERT INTO schema_version (number, name) VALUES (?, ?)",
                          {int64_t{migration.number}, migration.name}));
    }
  }
  return {};
}

std::vector<Migration> read_built_in() {
  constexpr std::string_view k_folder = "db/migrations/";
  std::vector<Migration> migrations;
  for (const embedded::MigrationsFile& file : embedded::migrations()) {
    if (file.path.starts_with(k_folder)) {
      const std::string_view name = file.path.substr(k_folder.size());
      Migration migration{0, name.substr(0, name.rfind('.')), file.text};
      std::from_chars(name.data(), name.data() + name.size(), migration.number);
      migrations.push_back(migration);
    }
  }
  std::ranges::sort(migrations, {}, &Migration::number);
  return migrations;
}

}  // namespace

std::span<const Migration> built_in_migrations() {
  static const std::vector<Migration> k_migrations = read_built_in();
  return k_migrations;
}

Result<void> bring_forward(Session& session, std::span<const Migration> migrations, bool create,
                           const std::string& place) {
  TRY(session.begin());
  Result<void> applied = apply_due(session, migrations, create, place);
  if (applied) {
    applied = session.commit();
  }
  session.rollback();
  return applied;
}

Result<void> check_version(Session& session, std::span<const Migration> migrations, const std::string& place) {
  TRY_ASSIGN(const std::optional<int> version, version_of(session));
  if (!version) {
    return fail(errors::missing, place);
  }
  const std::string has = std::to_string(*version);
  const std::string wants = std::to_string(newest(migrations));
  if (*version > newest(migrations)) {
    return fail(errors::newer, has, wants);
  }
  if (*version < newest(migrations)) {
    return fail(errors::older, has, wants);
  }
  return {};
}

}  // namespace pitchblende::store
