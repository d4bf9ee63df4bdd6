#include "cli/workplace.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "base/secret.hpp"
#include "cli/errors.hpp"
#include "cli/people/holdings.hpp"
#include "personal/wishes.hpp"
#include "registry/registry.hpp"
#include "search/errors.hpp"

namespace pitchblende::cli {

namespace fs = std::filesystem;

Result<std::unique_ptr<search::Index>> index_for_reading(const std::string& folder, store::Store& store) {
  int64_t last = 0;
  TRY(store.read([&](store::Connection& db) {
    return db.query("SELECT COALESCE(MAX(id), 0) FROM change", {},
                    [&](const store::Row& row) { last = row.integer(0); });
  }));
  auto index = search::Index::open(index_folder(folder));
  if (!index && index.error().is(search::errors::missing) && last == 0) {
    return search::Index::create(index_folder(folder));
  }
  if ((!index && index.error().is(search::errors::missing)) || (index && (*index)->position() != last)) {
    return fail(errors::behind);
  }
  return index;
}

std::string index_folder(const std::string& folder) { return (fs::path(folder) / "index").string(); }
std::string files_folder(const std::string& folder) { return (fs::path(folder) / "files").string(); }

Result<std::string> folder_secret(const std::string& folder) {
  const std::string path = (fs::path(folder) / "secret.key").string();
  if (const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600); file >= 0) {
    const std::string secret = random_secret() + "\n";
    const bool written =
        ::write(file, secret.data(), secret.size()) == static_cast<ssize_t>(secret.size()) && ::fsync(file) == 0;
    ::close(file);
    if (!written) {
      fs::remove(path);
      return fail(errors::folder, path, "cannot be written");
    }
  } else if (errno != EEXIST) {
    return fail(errors::folder, path, std::strerror(errno));
  }
  std::ifstream in(path);
  std::string secret;
  constexpr size_t k_least = 32;
  if (!std::getline(in, secret) || secret.size() < k_least) {
    return fail(errors::folder, path, "holds no secret");
  }
  return secret;
}

Result<std::unique_ptr<Workplace>> Workplace::for_writing(const std::string& folder) {
  auto place = std::make_unique<Workplace>();
  TRY_ASSIGN(place->config, read_config(folder));
  store::Options options;
  options.folder = folder;
  options.database = place->config.database;
  TRY_ASSIGN(place->store, store::Store::open(options));
  TRY_ASSIGN(const std::string secret, folder_secret(folder));
  TRY_ASSIGN(place->pool, pool::Pool::open(*place->store, place->clock,
                                           {index_folder(folder), place->config.retention_years, secret}));
  TRY_ASSIGN(place->booking, booking::Booking::open(*place->store, place->clock));
  static_cast<void>(place->follow_merges());  // what cannot follow now is tried at the server's next look
  const access::Audit audit(*place->store, place->clock, secret);
  const personal::Wishes wishes(*place->store, place->clock, *place->pool, audit, holdings(*place));
  TRY_ASSIGN(place->erased_again, wishes.repeat());
  return place;
}

Result<void> Workplace::follow_merges() const {
  const registry::Registry registry(*store);
  TRY(booking->follow_merges([&](Id id) -> Result<Id> {
    TRY_ASSIGN(const std::optional<Id> now, registry.current(id));
    return now.value_or(id);
  }));
  return {};
}

Result<std::unique_ptr<Workplace>> Workplace::for_reading(const std::string& folder) {
  auto place = std::make_unique<Workplace>();
  TRY_ASSIGN(place->config, read_config(folder));
  store::Options options;
  options.folder = folder;
  options.database = place->config.database;
  options.read_only = true;
  TRY_ASSIGN(place->store, store::Store::open(options));
  return place;
}

Result<void> Workplace::make(const std::string& folder, const std::string& database, const std::string& name) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return fail(errors::folder, folder, error.message());
  }
  const fs::path config = fs::path(folder) / "pitchblende.toml";
  if (fs::exists(fs::path(folder) / "pitchblende.db", error)) {
    return fail(errors::exists, folder);
  }
  store::Options options;
  options.folder = folder;
  options.database = database;
  if (database.empty()) {
    TRY_ASSIGN(const Config there, read_config(folder));  // a configuration that is there says where
    options.database = there.database;
  }
  options.create = true;
  TRY_ASSIGN(auto store, store::Store::open(options));
  if (!fs::exists(config, error)) {
    std::ofstream file(config, std::ios::binary);
    file << config_template(database, name);
    file.flush();
    if (!file) {
      return fail(errors::folder, config.string(), "cannot be written");
    }
  }
  const SystemClock clock;
  TRY(pool::Pool::open(*store, clock, {index_folder(folder)}));
  return {};
}

}  // namespace pitchblende::cli
