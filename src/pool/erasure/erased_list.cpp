#include "pool/erasure/erased_list.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "pool/erasure/erased.hpp"
#include "pool/errors.hpp"

namespace pitchblende::pool {

namespace {

namespace fs = std::filesystem;
using registry::Kind;
using store::Row;
using store::Rows;

constexpr size_t k_hash_size = 64;

std::string list_file(const State& state) {
  return (fs::path(state.settings.index_folder).parent_path() / "erased.list").string();
}

std::set<std::string> listed(const State& state) {
  std::set<std::string> out;
  std::ifstream file(list_file(state));
  for (std::string line; std::getline(file, line);) {
    if (line.size() == k_hash_size) {
      out.insert(line);
    }
  }
  return out;
}

// Whole or not at all.
Result<void> write_list(const std::string& path, const std::set<std::string>& hashes) {
  std::string text;
  for (const std::string& hash : hashes) {
    text += hash + "\n";
  }
  const std::string fresh = path + ".new";
  const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool written =
      file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  if (file >= 0) {
    ::close(file);
  }
  if (!written || ::rename(fresh.c_str(), path.c_str()) != 0) {
    return fail(errors::erased_list, path);
  }
  return {};
}

// Hashes of the list that the database lacks.
Result<std::vector<std::string>> missing(const State& state) {
  TRY_ASSIGN(const Erased known, Erased::read(state.store, state.settings.key));
  std::vector<std::string> out;
  for (const std::string& hash : listed(state)) {
    if (!known.hashes().contains(hash)) {
      out.push_back(hash);
    }
  }
  return out;
}

}  // namespace

Result<void> keep_erased_list(State& state) {
  TRY_ASSIGN(const Erased known, Erased::read(state.store, state.settings.key));
  std::set<std::string> all = listed(state);
  const size_t before = all.size();
  all.insert(known.hashes().begin(), known.hashes().end());
  return all.size() == before ? Result<void>() : write_list(list_file(state), all);
}

Result<Returned> find_returned(const State& state, const std::vector<std::string>& emails) {
  Returned out;
  TRY_ASSIGN(const std::vector<std::string> hashes, missing(state));
  if (hashes.empty()) {
    return out;
  }
  Erased erased(state.settings.key);
  for (const std::string& hash : hashes) {
    erased.add_hash(hash);
  }
  for (const std::string& email : emails) {
    if (erased.knows_email(email)) {
      out.emails.push_back(email);
    }
  }
  std::set<int64_t> people;
  TRY(state.store.read([&](store::Connection& db) {
    return db.query(
        "SELECT s.name, r.key, v.payload, a.entity FROM record r JOIN source s ON s.id = r.source JOIN version v ON "
        "v.record = r.id JOIN assignment a ON a.record = r.id AND a.part = 0 WHERE r.kind = 'person'",
        {}, [&](const Row& row) {
          const std::string key(row.text(1));
          const auto record = registry::decode(Kind::person, key, row.text(2));
          if (record && erased.knows({row.text(0), Kind::person, key}, *record)) {
            people.insert(row.integer(3));
          }
        });
  }));
  for (const int64_t person : people) {
    out.people.push_back(id_of(person));
  }
  return out;
}

Result<void> take_erased_list(State& state) {
  TRY_ASSIGN(const std::vector<std::string> hashes, missing(state));
  if (hashes.empty()) {
    return {};
  }
  Rows rows{{"hash"}};
  for (const std::string& hash : hashes) {
    rows.add(hash);
  }
  return state.store.write([&](store::Transaction& db) -> Result<void> {
    TRY(db.bulk("INSERT INTO erased (hash) SELECT hash FROM {rows} AS q WHERE true ON CONFLICT (hash) DO NOTHING",
                rows));
    return {};
  });
}

}  // namespace pitchblende::pool
