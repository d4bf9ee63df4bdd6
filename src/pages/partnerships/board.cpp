#include "pages/partnerships/board.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/text.hpp"
#include "partnerships/publication.hpp"

namespace pitchblende::pages {

namespace {

using partnerships::Partnership;
using partnerships::Stage;
using registry::Kind;

constexpr uint32_t k_most_told = 2000;  // that institutions' files tell of

Result<std::vector<OnBoard>> followed(const BoardPlace& place, const std::vector<Partnership>& all) {
  PartnerDesk desk(place.registry, place.actor);
  std::vector<OnBoard> out;
  for (const Partnership& each : all) {
    TRY_ASSIGN(auto seen, desk.seen(each));
    if (seen) {
      out.push_back({std::move(*seen)});
    }
  }
  return out;
}

// What files tell of, and no partnership here was published as.
Result<std::vector<OnBoard>> told_by_files(const BoardPlace& place) {
  search::Query query;
  query.filters = {{search::Facet::kind, {"partnership"}}};
  query.order = search::Order::newest;
  query.size = k_most_told;
  query.facet_size = 0;
  query.snippets = false;
  std::vector<Id> ids;
  for (const search::Hit& hit : place.index.search(query, place.actor.viewer).hits) {
    ids.push_back(hit.id);
  }
  // What its number is stands in what is not the public's.
  TRY_ASSIGN(std::vector<registry::Card> cards, place.registry.cards(ids, access::Viewer::everything()));
  std::vector<OnBoard> out;
  for (registry::Card& whole : cards) {
    if (partnerships::number_of(whole) != 0) {
      continue;
    }
    if (const auto seen = registry::seen_by(std::move(whole), place.actor.viewer)) {
      out.push_back(told_by(*seen, place.actor.today));
    }
  }
  return out;
}

// Rule 16: without those that one of these stands for.
Result<void> leave_taken(const registry::Registry& registry, const std::vector<Partnership>& here,
                         std::vector<OnBoard>& told) {
  std::set<Id> taken;  // by their ids of today
  for (const Partnership& each : here) {
    if (each.card != Id()) {
      TRY_ASSIGN(const auto now, registry.current(each.card));
      taken.insert(now.value_or(each.card));
    }
  }
  std::erase_if(told, [&](const OnBoard& each) { return taken.contains(each.card); });
  return {};
}

Result<void> put_parties(const BoardPlace& place, std::vector<OnBoard>& told) {
  std::map<Id, OnBoard*> by_card;
  std::vector<Id> ids;
  for (OnBoard& each : told) {
    by_card.emplace(each.card, &each);
    ids.push_back(each.card);
  }
  TRY_ASSIGN(const std::vector<registry::Link> links, place.registry.links_from(ids, place.actor.viewer));
  for (const registry::Link& link : links) {
    const auto at = by_card.find(link.from);
    if (at != by_card.end() && link.field == "parties") {
      at->second->draft.parties.push_back(link.to);
    }
  }
  return {};
}

}  // namespace

OnBoard told_by(const registry::Card& card, const std::string& today) {
  const auto text = [&](std::string_view name) {
    return std::string(card.text(registry::field(Kind::partnership, name)));
  };
  OnBoard out;
  out.card = card.id;
  out.draft.title = card.label;
  const std::string type = text("type");
  const auto kind = partnerships::kind_said(type);
  out.draft.kind = kind.value_or(partnerships::Kind::other);
  out.type = kind ? std::string() : squeeze(type);
  out.draft.field = text("field");
  out.draft.starts = text("from");
  out.draft.ends = text("to");
  if (const std::string amount = text("amount"); !amount.empty()) {
    out.draft.amount = partnerships::amount_in(amount).value_or(std::nullopt);
  }
  // Without a stage its dates say how it stands.
  const std::string ends = partnerships::last_day(out.draft.ends);
  const bool over = !ends.empty() && ends < today;
  out.stage = partnerships::stage(text("stage")).value_or(over ? Stage::ended : Stage::signed_);
  return out;
}

Result<std::vector<OnBoard>> on_board(const BoardPlace& place) {
  TRY_ASSIGN(const std::vector<Partnership> all, place.room.all());
  TRY_ASSIGN(std::vector<OnBoard> out, followed(place, all));
  TRY_ASSIGN(std::vector<OnBoard> others, told_by_files(place));
  TRY(leave_taken(place.registry, all, others));
  TRY(put_parties(place, others));
  std::ranges::move(others, std::back_inserter(out));
  // What everybody may see besides is found as everybody finds it.
  PartnerDesk desk(place.registry, place.actor);
  std::vector<bool> his;
  for (const OnBoard& each : out) {
    TRY_ASSIGN(const bool follows, desk.follows(each));
    his.push_back(follows);
  }
  size_t at = 0;
  std::erase_if(out, [&](const OnBoard&) { return !his[at++]; });
  return out;
}

std::vector<OnBoard> to_renew(std::vector<OnBoard> all, const std::string& today) {
  std::erase_if(all, [&](const OnBoard& each) { return partnerships::due(each, today) == partnerships::Due::nothing; });
  std::sort(all.begin(), all.end(), [](const OnBoard& a, const OnBoard& b) {
    return std::tuple(partnerships::last_day(a.draft.ends), a.id, a.card) <
           std::tuple(partnerships::last_day(b.draft.ends), b.id, b.card);
  });
  return all;
}

Result<std::vector<OnBoard>> RenewalsOfStaff::of(const BoardPlace& place) {
  TRY_ASSIGN(const std::vector<Partnership> all, place.room.all());
  TRY_ASSIGN(std::vector<OnBoard> out, followed(place, all));
  const std::lock_guard lock(m_mutex);
  const int64_t position = place.index.position();
  if (position != m_position || place.actor.today != m_today) {
    TRY_ASSIGN(m_told, told_by_files(place));
    m_position = position;
    m_today = place.actor.today;
  }
  std::vector<OnBoard> told = m_told;
  TRY(leave_taken(place.registry, all, told));
  std::ranges::move(told, std::back_inserter(out));
  return to_renew(std::move(out), place.actor.today);
}

std::string kind_value(const OnBoard& each) {
  return each.type.empty() ? std::string(partnerships::name(each.draft.kind)) : normalised(each.type);
}

std::string kind_words(const OnBoard& each, const Words& words) {
  return each.type.empty() ? words.of_code(partnerships::name(each.draft.kind)) : each.type;
}

}  // namespace pitchblende::pages
