// Why a thing is one thing, and why two are one or two.
#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "pool/curation/decisions.hpp"
#include "pool/curation/members.hpp"
#include "pool/curation/queue.hpp"
#include "pool/curation/subject.hpp"
#include "pool/errors.hpp"
#include "pool/mentions.hpp"

namespace pitchblende::pool {

namespace {

using resolution::Cluster;
using resolution::Input;
using resolution::Mention;
using resolution::MentionRef;
using resolution::Reason;
using store::Connection;
using store::Row;

constexpr size_t k_weighed = 50;        // links of one thing whose evidence is weighed
constexpr size_t k_members_shown = 10;  // of a side

// A neighbourhood as resolution gets it, with the decisions that speak of it.
struct Around {
  Input input;
  std::vector<StandingDecision> decisions;
  std::map<MentionRef, Id> held;
};

Result<Around> around(store::Store& store, const std::vector<Id>& things, const std::vector<MentionRef>& places) {
  Around out;
  MentionLoader loader(store);
  for (const Id id : things) {
    TRY(loader.load_entity(id));
  }
  TRY(loader.load_places(places));
  TRY_ASSIGN(out.decisions, standing_decisions(store));
  const std::vector<int64_t> records = loader.records();
  TRY(follow_authors(store, out.decisions, &records));
  TRY(loader.load_neighbours(out.decisions));
  out.input.mentions = loader.take();
  out.input.part_of_pool = true;
  out.input.decisions = as_told(out.decisions, out.input.mentions);
  for (const Mention& mention : out.input.mentions) {
    if (mention.held) {
      out.held[mention.ref] = *mention.held;
    }
  }
  return out;
}

bool is_of(const Around& around, const MentionRef& ref, Id id) {
  const auto at = around.held.find(ref);
  return at != around.held.end() && at->second == id;
}

Result<Id> present(store::Store& store, Id id) {
  TRY_ASSIGN(const registry::Found found, registry::Registry(store).find(id, access::Viewer::everything()));
  return found.presence == registry::Presence::never ? Result<Id>(fail(errors::unknown_id, id.text()))
                                                     : Result<Id>(found.id);
}

// The thing and the place that a person named; without a place: its oldest record that is here, or else oldest name.
Result<Side> side_of(store::Store& store, const Named& named) {
  Side side;
  bool known = false;
  const auto take = [&](const Row& row) {
    known = true;
    side.ref = {row.integer(0), static_cast<int32_t>(row.integer(1))};
    side.id = id_of(row.integer(2));
  };
  if (named.place) {
    TRY(store.read([&](Connection& db) {
      return db.query("SELECT record, part, entity FROM assignment WHERE record = ? AND part = ?",
                      {named.place->record, int64_t{named.place->part}}, take);
    }));
    return known ? Result<Side>(side) : tl::unexpected(not_there(store, *named.place));
  }
  TRY_ASSIGN(const Id id, present(store, named.id));
  TRY(store.read([&](Connection& db) {
    return db.query(
        "SELECT a.record, a.part, a.entity FROM assignment a JOIN record r ON r.id = a.record WHERE a.entity = ? "
        "AND r.withdrawn IS NULL ORDER BY CASE WHEN a.part = 0 THEN 0 ELSE 1 END, a.record, a.part LIMIT 1",
        {number(id)}, take);
  }));
  return known ? Result<Side>(side) : fail(errors::gone, named.id.text());
}

// The links that lead from one member of a cluster to another.
std::vector<Reason> path_between(const std::vector<Reason>& links, const MentionRef& from, const MentionRef& to) {
  std::map<MentionRef, const Reason*> came_by{{from, nullptr}};
  std::deque<MentionRef> open{from};
  for (; !open.empty() && !came_by.contains(to); open.pop_front()) {
    for (const Reason& link : links) {
      const MentionRef here = open.front();
      if (link.a == here || link.b == here) {
        const MentionRef next = link.a == here ? link.b : link.a;
        if (came_by.try_emplace(next, &link).second) {
          open.push_back(next);
        }
      }
    }
  }
  std::vector<Reason> path;
  MentionRef at = to;
  for (auto step = came_by.find(at); step != came_by.end() && step->second != nullptr; step = came_by.find(at)) {
    path.push_back(*step->second);
    at = step->second->a == at ? step->second->b : step->second->a;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace

Result<Explanation> explain(store::Store& store, Id asked) {
  Explanation out;
  TRY_ASSIGN(out.id, present(store, asked));
  TRY_ASSIGN(Around near, around(store, {out.id}, {}));
  std::vector<MentionRef> own;
  for (const auto& [ref, id] : near.held) {
    if (id == out.id) {
      own.push_back(ref);
    }
  }
  for (Cluster& cluster : resolution::resolve(near.input).clusters) {
    const bool concerns = std::any_of(cluster.members.begin(), cluster.members.end(),
                                      [&](const MentionRef& ref) { return is_of(near, ref, out.id); });
    if (concerns) {
      std::move(cluster.reasons.begin(), cluster.reasons.end(), std::back_inserter(out.reasons));
      std::move(cluster.refused.begin(), cluster.refused.end(), std::back_inserter(out.refused));
    }
  }
  for (size_t at = 0; at < std::min(out.reasons.size(), k_weighed); ++at) {
    out.weighed.push_back(resolution::compare(near.input, out.reasons[at].a, out.reasons[at].b));
  }
  std::vector<Side> sides(1);
  sides.front().id = out.id;
  TRY(describe_sides(store, sides, 1));
  out.kind = sides.front().kind;
  out.label = sides.front().label;
  TRY_ASSIGN(out.members, members_at(store, own));
  std::vector<int64_t> records;
  for (const MentionRef& ref : own) {
    if (ref.part == 0) {
      records.push_back(ref.record);
    }
  }
  TRY_ASSIGN(out.names, names_on(store, records));
  std::copy_if(
      near.decisions.begin(), near.decisions.end(), std::back_inserter(out.decisions),
      [&](const StandingDecision& each) { return is_of(near, each.a.ref, out.id) || is_of(near, each.b.ref, out.id); });
  return out;
}

Result<Id> thing_at(store::Store& store, const MentionRef& place) {
  TRY_ASSIGN(const Side side, side_of(store, {Id(), place}));
  return side.id;
}

Result<PairExplanation> explain(store::Store& store, const Named& a, const Named& b) {
  PairExplanation out;
  TRY_ASSIGN(out.a, side_of(store, a));
  TRY_ASSIGN(out.b, side_of(store, b));
  if (!a.place && !b.place && out.a.id != out.b.id) {
    // What is asked of the two speaks of the places that are most alike.
    TRY_ASSIGN(const auto doubt, doubt_between(store, out.a.id, out.b.id));
    if (doubt) {
      out.a.ref = doubt->a;
      out.b.ref = doubt->b;
    }
  }
  std::vector<Side> sides{std::move(out.a), std::move(out.b)};
  TRY(describe_sides(store, sides, k_members_shown));
  out.a = std::move(sides[0]);
  out.b = std::move(sides[1]);
  if (out.a.kind != out.b.kind) {
    return fail(errors::kinds_differ, out.a.id.text(), out.b.id.text());
  }
  TRY_ASSIGN(const Around near, around(store, {out.a.id, out.b.id}, {out.a.ref, out.b.ref}));
  out.one = out.a.id == out.b.id;
  if (out.a.ref != out.b.ref) {
    out.comparison = resolution::compare(near.input, out.a.ref, out.b.ref);
  }
  const auto between = [&](const MentionRef& x, const MentionRef& y) {
    return (is_of(near, x, out.a.id) && is_of(near, y, out.b.id)) ||
           (is_of(near, y, out.a.id) && is_of(near, x, out.b.id));
  };
  std::set<std::pair<MentionRef, MentionRef>> told;
  for (const Cluster& cluster : resolution::resolve(near.input).clusters) {
    if (out.one && std::binary_search(cluster.members.begin(), cluster.members.end(), out.a.ref)) {
      out.path = path_between(cluster.reasons, out.a.ref, out.b.ref);
    }
    for (const Reason& refused : cluster.refused) {
      if (!out.one && between(refused.a, refused.b) && told.emplace(refused.a, refused.b).second) {
        out.refused.push_back(refused);
      }
    }
  }
  std::copy_if(near.decisions.begin(), near.decisions.end(), std::back_inserter(out.decisions),
               [&](const StandingDecision& each) { return between(each.a.ref, each.b.ref); });
  return out;
}

}  // namespace pitchblende::pool
