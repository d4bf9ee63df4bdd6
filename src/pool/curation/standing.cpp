#include "pool/curation/standing.hpp"

#include <algorithm>
#include <set>

#include "pool/curation/decisions.hpp"
#include "pool/curation/members.hpp"
#include "pool/errors.hpp"
#include "pool/pool.hpp"
#include "pool/resolve.hpp"

namespace pitchblende::pool {

namespace {

using resolution::MentionRef;
using store::Connection;
using store::Row;

// The places that decisions speak of in a thing; of a single record that one alone.
Result<std::vector<MentionRef>> places_of(store::Store& store, const Subject& subject,
                                          const std::vector<StandingDecision>& decisions) {
  std::vector<MentionRef> places{subject.end.ref};
  if (!subject.whole_thing || decisions.empty()) {
    return places;
  }
  std::set<MentionRef> members;
  TRY(store.read([&](Connection& db) {
    return db.query("SELECT record, part FROM assignment WHERE entity = ?", {subject.entity}, [&](const Row& row) {
      members.insert({row.integer(0), static_cast<int32_t>(row.integer(1))});
    });
  }));
  for (const StandingDecision& each : decisions) {
    for (const MentionRef& ref : {each.a.ref, each.b.ref}) {
      if (members.contains(ref)) {
        places.push_back(ref);
      }
    }
  }
  return places;
}

// What the two are called; one that nothing names, as it was asked for.
Result<std::pair<std::string, std::string>> called(store::Store& store, const Subject& a, const Subject& b) {
  TRY_ASSIGN(auto names, names_of(store, {id_of(a.entity), id_of(b.entity)}));
  return std::pair(names.try_emplace(id_of(a.entity), a.asked).first->second,
                   names.try_emplace(id_of(b.entity), b.asked).first->second);
}

// What the records of the two ends of a decision say.
Result<std::string> named(store::Store& store, const std::vector<StandingDecision>& decisions) {
  std::vector<MentionRef> ends;
  for (const StandingDecision& each : decisions) {
    ends.insert(ends.end(), {each.a.ref, each.b.ref});
  }
  TRY_ASSIGN(const std::vector<Member> members, members_at(store, ends));
  std::string out;
  for (size_t at = 0; at < decisions.size(); ++at) {
    const StandingDecision& each = decisions[at];
    out += out.empty() ? "" : ", ";
    out += std::to_string(each.number) + " (" + std::string(name(each.verdict)) + " " + members[2 * at].text + ", " +
           members[2 * at + 1].text + "; " + each.who + ", " + each.made + ")";
  }
  return out;
}

// A list that has both, "pubmed/123" or "hal/x#authors", by its title.
Result<std::string> list_called(store::Store& store, const std::string& list) {
  const std::string origin = list.substr(0, list.find('#'));
  const size_t slash = std::min(origin.find('/'), origin.size() - 1);
  std::vector<MentionRef> place;
  TRY(store.read([&](Connection& db) {
    return db.query("SELECT r.id FROM record r JOIN source s ON s.id = r.source WHERE s.name = ? AND r.key = ?",
                    {std::string_view(origin).substr(0, slash), std::string_view(origin).substr(slash + 1)},
                    [&](const Row& row) {
                      place.push_back({row.integer(0), 0});
                    });
  }));
  TRY_ASSIGN(const std::vector<Member> members, members_at(store, place));
  return members.empty() || members.front().text.empty() ? origin : members.front().text + ", " + origin;
}

Result<void> held_apart(store::Store& store, const Subject& a, const Subject& b, const resolution::Reason& reason) {
  TRY_ASSIGN(const auto names, called(store, a, b));
  if (reason.evidence == resolution::Evidence::other_identifier) {
    return fail(errors::two_identifiers, names.first, names.second, reason.detail);
  }
  if (reason.evidence == resolution::Evidence::exclusive && !reason.detail.empty()) {
    TRY_ASSIGN(const std::string list, list_called(store, reason.detail));
    return fail(errors::one_list, names.first, names.second, list);
  }
  return fail(errors::held_apart, names.first, names.second);
}

}  // namespace

Result<void> can_stand(store::Store& store, const Judgement& judgement, const Subject& a, const Subject& b) {
  TRY_ASSIGN(std::vector<StandingDecision> decisions, standing_decisions(store));
  TRY(follow_authors(store, decisions, nullptr));
  const bool joins = judgement.verdict == Judgement::Verdict::same || judgement.verdict == Judgement::Verdict::attach;
  TRY_ASSIGN(const auto at_a, places_of(store, a, decisions));
  TRY_ASSIGN(const auto at_b,
             joins ? places_of(store, b, decisions) : Result<std::vector<MentionRef>>(std::vector{b.end.ref}));
  const auto against = contradicted(decisions, at_a, at_b, joins);
  if (!against.empty()) {
    TRY_ASSIGN(const auto names, called(store, a, b));
    TRY_ASSIGN(const std::string standing, named(store, against));
    return fail(errors::contradicts, std::string(name(judgement.verdict)) + " " + names.first + ", " + names.second,
                judgement.who, standing);
  }
  if (!joins) {
    return {};
  }
  StandingDecision asked;
  asked.number = decisions.empty() ? 1 : decisions.back().number + 1;
  asked.a = a.end;
  asked.b = b.end;
  decisions.push_back(std::move(asked));
  Joining joining{a.end.ref, b.end.ref, {}};
  for (const Subject* each : {&a, &b}) {
    if (each->whole_thing) {
      joining.whole.push_back(id_of(each->entity));
    }
  }
  TRY_ASSIGN(const auto obstacle, obstacle_between(store, joining, decisions));
  return obstacle ? held_apart(store, a, b, *obstacle) : Result<void>();
}

Result<void> may_be_one(store::Store& store, const MentionRef& a, const MentionRef& b, std::string_view who) {
  Judgement same;
  same.record_a = a;
  same.record_b = b;
  same.who = who;
  TRY_ASSIGN(const Subject of_a, first_of(store, same));
  TRY_ASSIGN(const Subject of_b, second_of(store, same, of_a));
  return can_stand(store, same, of_a, of_b);
}

}  // namespace pitchblende::pool
