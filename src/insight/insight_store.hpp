// What figures are counted from, read from the registry's tables in bulk: ties, cards, who is named. Owner: insight.
//
// Functions of a connection, on its thread. `reach` is how much of what is written may be counted.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "access/visibility.hpp"
#include "insight/standing.hpp"
#include "registry/card.hpp"
#include "store/store.hpp"

namespace pitchblende::insight::rows {

// Ids of all cards of a kind that have a page.
Result<std::vector<Id>> shown(store::Connection& db, registry::Kind kind, access::Visibility reach);

// Links of these fields out of the things of a kind to things that are seen; a reference that leads to two leads
// nowhere. Turned round: from what the thing lists to the thing.
enum class Direction : uint8_t { as_written, turned };
Result<void> add_ties(store::Connection& db, registry::Kind kind, std::span<const std::string_view> fields,
                      Direction direction, access::Visibility reach, std::vector<Tie>& out);

struct Target {
  Id to;
  registry::Kind kind = registry::Kind::organisation;
};
// What references lead to; those that lead to nothing that is seen, or to two things, are not in the answer.
Result<std::unordered_map<std::string, Target>> targets(store::Connection& db, const std::vector<std::string>& refs,
                                                        access::Visibility reach);

using OnCard = std::function<void(registry::Card&& seen, size_t bytes)>;
// Each of the cards as that viewer may see it; those that he may not know are left out. In no order.
Result<void> cards(store::Connection& db, std::span<const Id> ids, const access::Viewer& viewer, const OnCard& on_card);

// Whom the records, all of things of a kind, name among their mentions, by record.
Result<std::unordered_map<int64_t, std::vector<Id>>> named(store::Connection& db, registry::Kind kind,
                                                           const std::vector<int64_t>& records);

}  // namespace pitchblende::insight::rows
