#include "pool/curation/decisions.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/id.hpp"
#include "base/text.hpp"

namespace pitchblende::pool {

namespace {

using resolution::Mention;
using resolution::MentionRef;
using store::ColumnType;
using store::Connection;
using store::Row;
using store::Rows;
using Verdict = Judgement::Verdict;

std::optional<Verdict> verdict_of(std::string_view text) {
  for (const Verdict verdict : {Verdict::same, Verdict::different, Verdict::attach, Verdict::detach}) {
    if (name(verdict) == text) {
      return verdict;
    }
  }
  return std::nullopt;
}

struct Present {
  bool withdrawn = false;
  std::vector<std::string> names;
};
using PresentRecords = std::unordered_map<int64_t, Present>;

// `wanted`: with whether the names are.
Result<PresentRecords> present_records(store::Store& store, const std::map<int64_t, bool>& wanted) {
  Rows rows{{"record", ColumnType::integer}};
  for (const auto& [record, names] : wanted) {
    rows.add(record);
  }
  PresentRecords present;
  TRY(store.read([&](Connection& db) {
    return db.lookup(
        "SELECT r.id, r.kind, r.key, v.payload, r.withdrawn FROM {rows} q JOIN record r ON r.id = q.record "
        "JOIN version v ON v.id = r.version",
        rows, [&](const Row& row) {
          Present& each = present[row.integer(0)];
          each.withdrawn = !row.is_null(4);
          const auto kind = wanted.at(row.integer(0)) ? registry::kind(row.text(1)) : std::nullopt;
          if (const auto record = kind ? registry::decode(*kind, row.text(2), row.text(3))
                                       : Result<registry::Record>(registry::Record{})) {
            each.names = printed_names(*record);
          }
        });
  }));
  return present;
}

// Puts one end where it stands now.
void follow(const PresentRecords& present, StandingDecision::End& end, StandingDecision& decision) {
  const auto at = present.find(end.ref.record);
  if (at == present.end() || at->second.withdrawn) {
    decision.state = StandingDecision::State::withdrawn;
    return;
  }
  if (end.ref.part == 0) {
    return;
  }
  const int32_t now = part_now(end.ref.part, end.name, end.list, at->second.names);
  if (now == 0) {
    decision.state = StandingDecision::State::not_found;
  } else {
    end.ref.part = now;
  }
}

// What decisions made one, searched from some places: each place with the decision that led there.
class Chain {
 public:
  Chain(const std::vector<StandingDecision>& decisions, const std::vector<MentionRef>& from) {
    std::vector<MentionRef> open;
    for (const MentionRef& ref : from) {
      m_came_by.try_emplace(ref, nullptr);
      open.push_back(ref);
    }
    std::multimap<MentionRef, const StandingDecision*> joined;
    for (const StandingDecision& each : decisions) {
      if (each.joins() && each.state == StandingDecision::State::applies) {
        joined.emplace(each.a.ref, &each);
        joined.emplace(each.b.ref, &each);
      }
    }
    for (size_t at = 0; at < open.size(); ++at) {
      const auto [begin, end] = joined.equal_range(open[at]);
      for (auto edge = begin; edge != end; ++edge) {
        const StandingDecision& by = *edge->second;
        const MentionRef next = by.a.ref == open[at] ? by.b.ref : by.a.ref;
        if (m_came_by.try_emplace(next, &by).second) {
          open.push_back(next);
        }
      }
    }
  }

  bool reaches(const MentionRef& ref) const { return m_came_by.contains(ref); }

  void add_path(MentionRef to, std::vector<StandingDecision>& out) const {
    for (const StandingDecision* by = m_came_by.at(to); by != nullptr; by = m_came_by.at(to)) {
      out.push_back(*by);
      to = by->a.ref == to ? by->b.ref : by->a.ref;
    }
  }

 private:
  std::map<MentionRef, const StandingDecision*> m_came_by;
};

}  // namespace

std::vector<std::string> printed_names(const registry::Record& record) {
  std::vector<std::string> names;
  for (const auto& [field, value] : record.values) {
    if (registry::description(field).type == registry::FieldType::mention) {
      names.push_back(value.text);
    }
  }
  return names;
}

std::string list_hash(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& each : names) {
    text += normalised(each);
    text += '\n';
  }
  return hash128_hex(text);
}

int32_t part_now(int32_t part, std::string_view name, std::string_view list, const std::vector<std::string>& names) {
  const auto at = static_cast<size_t>(part);
  const bool there = part > 0 && at <= names.size();
  if (name.empty()) {
    return there ? part : 0;  // decided before names were kept
  }
  const std::string wanted = normalised(name);
  if (there && normalised(names[at - 1]) == wanted && list_hash(names) == list) {
    return part;
  }
  int32_t found = 0;
  for (size_t each = 0; each < names.size(); ++each) {
    if (normalised(names[each]) == wanted) {
      if (found != 0) {
        return 0;
      }
      found = static_cast<int32_t>(each + 1);
    }
  }
  return found;
}

Result<std::vector<StandingDecision>> standing_decisions(store::Store& store) {
  std::vector<StandingDecision> decisions;
  TRY(store.read([&](Connection& db) {
    return db.query(
        "SELECT d.id, d.verdict, d.record_a, d.part_a, d.record_b, d.part_b, d.name_a, d.list_a, d.name_b, d.list_b, "
        "d.who, d.made, d.why FROM decision d WHERE d.verdict IN ('same', 'different', 'attach', 'detach') AND NOT "
        "EXISTS (SELECT 1 FROM decision u WHERE u.undoes = d.id) ORDER BY d.id",
        {}, [&](const Row& row) {
          const auto ref = [&](int column) {
            return MentionRef{row.integer(column), static_cast<int32_t>(row.integer(column + 1))};
          };
          StandingDecision& each = decisions.emplace_back();
          each.number = row.integer(0);
          each.verdict = verdict_of(row.text(1)).value_or(Verdict::same);
          each.a = {ref(2), std::string(row.text(6)), std::string(row.text(7))};
          each.b = {ref(4), std::string(row.text(8)), std::string(row.text(9))};
          each.who = row.text(10);
          each.made = row.text(11);
          each.why = row.text(12);
        });
  }));
  return decisions;
}

Result<void> follow_authors(store::Store& store, std::vector<StandingDecision>& decisions,
                            const std::vector<int64_t>* records) {
  std::set<int64_t> known;
  if (records != nullptr) {
    known.insert(records->begin(), records->end());
  }
  const auto matters = [&](const StandingDecision& each) {
    return records == nullptr || known.contains(each.a.ref.record) || known.contains(each.b.ref.record);
  };
  std::map<int64_t, bool> wanted;
  for (const StandingDecision& each : decisions) {
    for (const MentionRef& ref : matters(each) ? std::vector{each.a.ref, each.b.ref} : std::vector<MentionRef>{}) {
      wanted[ref.record] |= ref.part > 0;
    }
  }
  TRY_ASSIGN(const PresentRecords present, present_records(store, wanted));
  for (StandingDecision& each : decisions) {
    if (matters(each)) {
      follow(present, each.a, each);
      follow(present, each.b, each);
    }
  }
  return {};
}

std::vector<resolution::Decision> as_told(const std::vector<StandingDecision>& decisions,
                                          const std::vector<Mention>& mentions) {
  std::vector<resolution::Decision> out;
  std::map<MentionRef, std::optional<Id>> held;  // of what a detached name was kept from
  for (const StandingDecision& each : decisions) {
    if (each.state == StandingDecision::State::applies) {
      out.push_back({each.number, each.joins() ? resolution::Verdict::same : resolution::Verdict::different, each.a.ref,
                     each.b.ref});
      if (each.verdict == Verdict::detach) {
        held[each.b.ref];
      }
    }
  }
  if (held.empty()) {
    return out;
  }
  for (const Mention& mention : mentions) {
    if (const auto at = held.find(mention.ref); at != held.end()) {
      at->second = mention.held;
    }
  }
  struct Detached {
    int64_t number;
    MentionRef ref;
    Chain chain;  // what people made one with it goes along
  };
  std::unordered_map<Id, std::vector<Detached>> from;  // thing → what is none of it
  for (const StandingDecision& each : decisions) {
    const auto at = held.find(each.b.ref);
    if (each.verdict == Verdict::detach && each.state == StandingDecision::State::applies && at != held.end() &&
        at->second) {
      from[*at->second].push_back({each.number, each.a.ref, Chain(decisions, {each.a.ref})});
    }
  }
  for (const Mention& mention : mentions) {
    const auto at = mention.held ? from.find(*mention.held) : from.end();
    if (at == from.end() || std::any_of(at->second.begin(), at->second.end(),
                                        [&](const Detached& each) { return each.chain.reaches(mention.ref); })) {
      continue;
    }
    for (const Detached& each : at->second) {
      out.push_back({each.number, resolution::Verdict::different, each.ref, mention.ref});
    }
  }
  return out;
}

void keep_joined(std::vector<Mention>& mentions, const std::vector<StandingDecision>& decisions, int64_t followed,
                 Scope scope, const std::vector<int64_t>& due) {
  std::set<MentionRef> ends;
  std::set<MentionRef> joined_since;
  for (const StandingDecision& each : decisions) {
    if (each.joins() && each.state == StandingDecision::State::applies) {
      ends.insert({each.a.ref, each.b.ref});
      if (each.number > followed) {
        joined_since.insert({each.a.ref, each.b.ref});
      }
    }
  }
  if (ends.empty()) {
    return;
  }
  const std::unordered_set<int64_t> changed(due.begin(), due.end());
  std::unordered_map<Id, std::set<std::string>> curated;  // with the names that its members go by
  for (const Mention& mention : mentions) {
    if (mention.held && ends.contains(mention.ref)) {
      curated[*mention.held];
    }
  }
  const auto stands = [&](const Mention& mention) {
    return mention.ref.part == 0 || !changed.contains(mention.ref.record);
  };
  const auto name_of = [](const Mention& mention) { return mention.family + ", " + mention.given; };
  for (const Mention& mention : mentions) {
    const auto at = mention.held && stands(mention) ? curated.find(*mention.held) : curated.end();
    if (at != curated.end()) {
      at->second.insert(name_of(mention));
    }
  }
  for (Mention& mention : mentions) {
    const auto at = mention.held ? curated.find(*mention.held) : curated.end();
    const bool stays = at != curated.end() && (changed.contains(mention.ref.record)
                                                   ? mention.ref.part > 0 && at->second.contains(name_of(mention))
                                                   : scope == Scope::everything);
    mention.settled |= mention.held && (stays || joined_since.contains(mention.ref));
  }
}

std::vector<StandingDecision> contradicted(const std::vector<StandingDecision>& decisions,
                                           const std::vector<MentionRef>& a, const std::vector<MentionRef>& b,
                                           bool joins) {
  const Chain from_a(decisions, a);
  std::vector<StandingDecision> out;
  if (!joins) {
    for (const MentionRef& ref : b) {
      if (from_a.reaches(ref) && std::find(a.begin(), a.end(), ref) == a.end()) {
        from_a.add_path(ref, out);
        break;
      }
    }
  } else {
    const Chain from_b(decisions, b);
    for (const StandingDecision& each : decisions) {
      if (each.joins() || each.state != StandingDecision::State::applies) {
        continue;
      }
      const bool forth = from_a.reaches(each.a.ref) && from_b.reaches(each.b.ref);
      if (forth || (from_a.reaches(each.b.ref) && from_b.reaches(each.a.ref))) {
        out.push_back(each);
        from_a.add_path(forth ? each.a.ref : each.b.ref, out);
        from_b.add_path(forth ? each.b.ref : each.a.ref, out);
        break;
      }
    }
  }
  std::sort(out.begin(), out.end(), [](const auto& x, const auto& y) { return x.number < y.number; });
  return out;
}

}  // namespace pitchblende::pool
