// Mentions as the store holds them: loaded by record, by entity, by key.
#pragma once

#include <unordered_map>
#include <unordered_set>

#include "pool/state.hpp"

namespace pitchblende::pool {

// Gathers what has to be resolved together. Each mention comes once, with the entity that it is assigned to today. What
// is gathered holds every entity that it touches whole: resolving a part of one would split it.
class MentionLoader {
 public:
  explicit MentionLoader(store::Store& store) : m_store(store) {}

  Result<void> load_due();
  Result<void> load_everything(const OnProgress& on_progress);
  // Mentions that share a blocking key with a loaded one, or of which a decision speaks together with one, and all
  // members of the entities of all of these.
  Result<void> load_neighbours(const std::vector<StandingDecision>& decisions);
  // Things that a decision behind that one parted, or joined no longer: all that they are made of is looked at anew.
  Result<void> load_parted_since(int64_t decision);
  Result<void> load_places(const std::vector<resolution::MentionRef>& places);
  Result<void> load_entity(Id id);

  const std::vector<resolution::Mention>& mentions() const { return m_mentions; }
  std::vector<resolution::Mention> take() { return std::move(m_mentions); }
  std::vector<int64_t> records() const;  // of the mentions that are loaded
  // Records that are due, withdrawn ones too.
  const std::vector<int64_t>& due() const { return m_due; }

 private:
  using Parts = std::unordered_map<int64_t, std::unordered_set<int32_t>>;  // record → parts wanted; none: all of them

  Result<void> list_due();
  // A record as the store has it.
  struct Stored {
    int64_t number;
    std::string kind;
    std::string key;
    std::string payload;
    std::string source;
    std::string institution;
  };

  Result<void> load(const Parts& wanted);
  static Stored stored(const store::Row& row);
  void take(const std::vector<Stored>& records, const Parts* wanted);
  Result<void> hold(size_t begin);
  Result<Parts> members_of(const std::unordered_set<int64_t>& entities);
  void leave_out_loaded(Parts& wanted) const;

  store::Store& m_store;
  std::vector<int64_t> m_due;
  Parts m_loaded;
  std::unordered_set<int64_t> m_entities;  // of the loaded mentions
  std::vector<resolution::Mention> m_mentions;
};

}  // namespace pitchblende::pool
