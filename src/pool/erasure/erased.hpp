// What is left of people who were erased: hashes under the folder's key, by which what comes of them again is known
// (docs/rules/erasure.md). A value; any thread may ask.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "registry/record.hpp"
#include "store/store.hpp"

namespace pitchblende::pool {

// Which record of which source.
struct RecordName {
  std::string_view source;
  registry::Kind kind = registry::Kind::person;
  std::string_view key;
};

class Erased {
 public:
  explicit Erased(std::string key) : m_key(std::move(key)) {}
  static Result<Erased> read(store::Store& store, const std::string& key);
  static Result<Erased> read(store::Connection& db, const std::string& key);

  bool empty() const { return m_hashes.empty(); }
  // Rule 5: a record of somebody erased: by its own name, or by an identifier on it.
  bool knows(const RecordName& name, const registry::Record& record) const;
  bool knows(const RecordName& name) const { return has(hash_of_record(name)); }
  // Rule 6: takes out of another record what leads to somebody erased. true: something was there.
  bool scrub(const RecordName& name, registry::Record& record) const;

  // An address that was his, of a card or of an account.
  bool knows_email(std::string_view email) const { return has_reference("email", email); }
  void add_hash(std::string hash) { m_hashes.insert(std::move(hash)); }

  void add_record(const RecordName& name) { m_hashes.insert(hash_of_record(name)); }
  void add_reference(std::string_view ref) { m_hashes.insert(hash_of_reference(ref)); }
  // That this record spoke of somebody of that name, folded.
  void add_named(const RecordName& name, std::string_view folded);
  const std::unordered_set<std::string>& hashes() const { return m_hashes; }

 private:
  std::string hash_of_record(const RecordName& name) const;
  std::string hash_of_reference(std::string_view ref) const;
  std::string hash_of_named(const RecordName& name, std::string_view folded) const;
  bool has(const std::string& hash) const { return m_hashes.contains(hash); }
  bool has_reference(std::string_view scheme, std::string_view value) const;
  bool scrub_text(const RecordName& name, bool names_too, std::string& text) const;
  bool scrub_mention(registry::Value& value) const;

  std::string m_key;
  std::unordered_set<std::string> m_hashes;
};

}  // namespace pitchblende::pool
