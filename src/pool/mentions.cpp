#include "pool/mentions.hpp"

#include <algorithm>
#include <span>

#include "base/parallel.hpp"

namespace pitchblende::pool {

namespace {

using resolution::Mention;
using store::ColumnType;
using store::Connection;
using store::Row;
using store::Rows;

constexpr int64_t k_range = 4'000;         // records read in one snapshot
constexpr size_t k_decoded_together = 64;  // records that a thread takes at a time

Rows numbers(std::string_view column, const auto& values) {
  std::vector<int64_t> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  Rows rows{{column, ColumnType::integer}};
  for (const int64_t value : sorted) {
    rows.add(value);
  }
  return rows;
}

}  // namespace

// Columns: number, kind, key, payload, source, institution.
MentionLoader::Stored MentionLoader::stored(const Row& row) {
  return {row.integer(0),           std::string(row.text(1)), std::string(row.text(2)),
          std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5))};
}

// Reading JSON and folding names takes far longer than getting the rows: all cores do it.
void MentionLoader::take(const std::vector<Stored>& records, const Parts* wanted) {
  std::vector<std::vector<Mention>> mentions(records.size());
  in_parallel(records.size(), k_decoded_together, [&](size_t begin, size_t end) {
    for (size_t at = begin; at < end; ++at) {
      const Stored& each = records[at];
      const auto kind = registry::kind(each.kind);
      const auto record =
          kind ? registry::decode(*kind, each.key, each.payload) : Result<registry::Record>(registry::Record{});
      if (kind && record) {  // check() names the others
        mentions[at] = resolution::mentions_of(*record, each.number, each.source, each.institution);
      }
    }
  });
  for (size_t at = 0; at < records.size(); ++at) {
    const auto* parts = wanted == nullptr ? nullptr : &wanted->at(records[at].number);
    auto& loaded = m_loaded[records[at].number];
    for (Mention& mention : mentions[at]) {
      const bool asked = parts == nullptr || parts->empty() || parts->contains(mention.ref.part);
      if (asked && (wanted == nullptr || loaded.insert(mention.ref.part).second)) {
        m_mentions.push_back(std::move(mention));
      }
    }
  }
}

// Puts to the mentions from `begin` on what they are assigned to.
Result<void> MentionLoader::hold(size_t begin) {
  std::unordered_map<int64_t, size_t> first_of;  // record → its first mention; those of one record stand together
  std::vector<int64_t> records;
  for (size_t at = begin; at < m_mentions.size(); ++at) {
    if (first_of.try_emplace(m_mentions[at].ref.record, at).second) {
      records.push_back(m_mentions[at].ref.record);
    }
  }
  const auto take = [&](const Row& row) {
    const resolution::MentionRef ref{row.integer(0), static_cast<int32_t>(row.integer(1))};
    for (size_t at = first_of[ref.record]; at < m_mentions.size() && m_mentions[at].ref.record == ref.record; ++at) {
      if (m_mentions[at].ref.part == ref.part) {
        m_mentions[at].held = id_of(row.integer(2));
        m_mentions[at].held_since = row.integer(3);
        m_entities.insert(row.integer(2));
        break;
      }
    }
  };
  const Rows rows = numbers("record", records);
  return m_store.read([&](Connection& db) {
    return db.lookup("SELECT a.record, a.part, a.entity, a.run FROM {rows} q JOIN assignment a ON a.record = q.record",
                     rows, take);
  });
}

void MentionLoader::leave_out_loaded(Parts& wanted) const {
  for (auto at = wanted.begin(); at != wanted.end();) {
    const auto loaded = m_loaded.find(at->first);
    if (loaded != m_loaded.end()) {
      std::erase_if(at->second, [&](int32_t part) { return loaded->second.contains(part); });
      if (at->second.empty()) {
        at = wanted.erase(at);
        continue;
      }
    }
    ++at;
  }
}

Result<void> MentionLoader::load(const Parts& wanted) {
  std::vector<int64_t> records;
  for (const auto& [record, parts] : wanted) {
    records.push_back(record);
  }
  std::sort(records.begin(), records.end());
  const size_t before = m_mentions.size();
  for (size_t begin = 0; begin < records.size(); begin += k_range) {
    const Rows rows =
        numbers("record", std::span(records).subspan(begin, std::min<size_t>(k_range, records.size() - begin)));
    std::vector<Stored> found;
    TRY(m_store.read([&](Connection& db) {
      return db.lookup(
          "SELECT r.id, r.kind, r.key, v.payload, s.name, s.institution FROM {rows} q "
          "JOIN record r ON r.id = q.record JOIN version v ON v.id = r.version "
          "JOIN source s ON s.id = r.source WHERE r.withdrawn IS NULL",
          rows, [&](const Row& row) { found.push_back(stored(row)); });
    }));
    take(found, &wanted);
  }
  return hold(before);
}

Result<void> MentionLoader::list_due() {
  return m_store.read([&](Connection& db) {
    return db.query("SELECT record FROM due_record ORDER BY record", {},
                    [&](const Row& row) { m_due.push_back(row.integer(0)); });
  });
}

Result<void> MentionLoader::load_due() {
  TRY(list_due());
  Parts wanted;
  for (const int64_t record : m_due) {
    wanted[record];
  }
  return load(wanted);
}

Result<void> MentionLoader::load_everything(const OnProgress& on_progress) {
  TRY(list_due());
  int64_t last = 0;
  TRY(m_store.read([&](Connection& db) {
    return db.query("SELECT COALESCE(MAX(id), 0) FROM record", {}, [&](const Row& row) { last = row.integer(0); });
  }));
  for (int64_t from = 0; from < last; from += k_range) {
    const int64_t to = std::min(from + k_range, last);
    const size_t begin = m_mentions.size();
    std::vector<Stored> found;
    TRY(m_store.read([&](Connection& db) {
      return db.query(
          "SELECT r.id, r.kind, r.key, v.payload, s.name, s.institution FROM record r "
          "JOIN version v ON v.id = r.version JOIN source s ON s.id = r.source "
          "WHERE r.id > ? AND r.id <= ? AND r.withdrawn IS NULL ORDER BY r.id",
          {from, to}, [&](const Row& row) { found.push_back(stored(row)); });
    }));
    take(found, nullptr);
    TRY(hold(begin));
    if (on_progress) {
      on_progress({"resolve", to, last, "records"});
    }
  }
  return {};
}

Result<MentionLoader::Parts> MentionLoader::members_of(const std::unordered_set<int64_t>& entities) {
  Parts members;
  const Rows rows = numbers("entity", entities);
  TRY(m_store.read([&](Connection& db) {
    return db.lookup("SELECT a.record, a.part FROM {rows} q JOIN assignment a ON a.entity = q.entity", rows,
                     [&](const Row& row) { members[row.integer(0)].insert(static_cast<int32_t>(row.integer(1))); });
  }));
  return members;
}

std::vector<int64_t> MentionLoader::records() const {
  std::vector<int64_t> records;
  for (const auto& [record, parts] : m_loaded) {
    records.push_back(record);
  }
  return records;
}

Result<void> MentionLoader::load_places(const std::vector<resolution::MentionRef>& places) {
  Parts wanted;
  for (const resolution::MentionRef& ref : places) {
    wanted[ref.record].insert(ref.part);
  }
  leave_out_loaded(wanted);
  return load(wanted);
}

Result<void> MentionLoader::load_parted_since(int64_t after) {
  std::unordered_set<int64_t> parted;
  TRY(m_store.read([&](Connection& db) -> Result<void> {
    for (const char side : {'a', 'b'}) {
      const std::string end = std::string("a.record = d.record_") + side + " AND a.part = d.part_" + side;
      TRY(db.query("SELECT a.entity FROM decision d JOIN assignment a ON " + end +
                       " WHERE d.verdict IN ('same', 'different', 'attach', 'detach') AND "
                       "((d.verdict = 'different' AND d.id > ?) OR "
                       "d.id IN (SELECT u.undoes FROM decision u WHERE u.id > ?))",
                   {after, after}, [&](const Row& row) { parted.insert(row.integer(0)); }));
    }
    return {};
  }));
  TRY_ASSIGN(Parts members, members_of(parted));
  leave_out_loaded(members);
  return load(members);
}

Result<void> MentionLoader::load_neighbours(const std::vector<StandingDecision>& decisions) {
  std::unordered_set<int64_t> hashes;
  for (const Mention& mention : m_mentions) {
    for (const resolution::BlockingKey& key : resolution::blocking_keys(mention)) {
      hashes.insert(key.hash);
    }
  }
  Parts near;
  const Rows rows = numbers("hash", hashes);
  TRY(m_store.read([&](Connection& db) {
    return db.lookup("SELECT m.record, m.part FROM {rows} q JOIN match_key m ON m.hash = q.hash", rows,
                     [&](const Row& row) { near[row.integer(0)].insert(static_cast<int32_t>(row.integer(1))); });
  }));
  const auto is_loaded = [&](const resolution::MentionRef& ref) {
    const auto at = m_loaded.find(ref.record);
    return at != m_loaded.end() && at->second.contains(ref.part);
  };
  for (const StandingDecision& each : decisions) {
    if (is_loaded(each.a.ref) || is_loaded(each.b.ref)) {
      near[each.a.ref.record].insert(each.a.ref.part);
      near[each.b.ref.record].insert(each.b.ref.part);
    }
  }
  leave_out_loaded(near);
  const size_t neighbours = m_mentions.size();
  TRY(load(near));
  // What the due records' withdrawn or vanished parts were assigned to loses a member: it is looked at again as a
  // whole.
  std::unordered_set<int64_t> touched = m_entities;
  const Rows due = numbers("record", m_due);
  TRY(m_store.read([&](Connection& db) {
    return db.lookup("SELECT a.entity FROM {rows} q JOIN assignment a ON a.record = q.record", due,
                     [&](const Row& row) { touched.insert(row.integer(0)); });
  }));
  TRY_ASSIGN(Parts members, members_of(touched));
  leave_out_loaded(members);
  TRY(load(members));
  // Their own neighbours are not all here: what is known of them stays as it was found when they were.
  for (size_t at = neighbours; at < m_mentions.size(); ++at) {
    m_mentions[at].settled = m_mentions[at].held.has_value();
  }
  return {};
}

Result<void> MentionLoader::load_entity(Id id) {
  TRY_ASSIGN(const Parts members, members_of({number(id)}));
  return load(members);
}

}  // namespace pitchblende::pool
