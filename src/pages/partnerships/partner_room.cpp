#include "pages/partnerships/partner_room.hpp"

#include <algorithm>

namespace pitchblende::pages {

namespace {

using access::Right;
using partnerships::Onlooker;
using partnerships::Partnership;
using partnerships::Stage;

}  // namespace

PartnerDesk::PartnerDesk(const registry::Registry& registry, const access::Actor& actor)
    : m_registry(registry), m_actor(actor), m_runs(access::may(actor, Right::run_partnership, {})) {}

Result<access::Object> PartnerDesk::object_of(Id party) {
  auto known = m_objects.find(party);
  if (known == m_objects.end()) {
    TRY_ASSIGN(access::Object object, m_registry.object_for(party, m_actor.today));
    known = m_objects.emplace(party, std::move(object)).first;
  }
  return known->second;
}

Result<bool> PartnerDesk::follows(const Partnership& partnership) {
  bool out = m_runs;
  for (const Id party : partnership.draft.parties) {
    TRY_ASSIGN(const access::Object object, object_of(party));
    out = out || access::may(m_actor, Right::follow_partnership, object);
  }
  return out;
}

Result<std::optional<Partnership>> PartnerDesk::seen(const Partnership& partnership) {
  TRY_ASSIGN(const bool follows, this->follows(partnership));
  Onlooker onlooker{m_actor.viewer, m_runs, follows, {}};
  for (const Id party : partnership.draft.parties) {
    TRY_ASSIGN(const access::Object object, object_of(party));
    onlooker.owners.push_back(object.id);
    onlooker.owners.insert(onlooker.owners.end(), object.owners.begin(), object.owners.end());
  }
  std::sort(onlooker.owners.begin(), onlooker.owners.end());
  return partnerships::seen_by(partnership, onlooker);
}

std::string stage_words(Stage stage, const Words& words) {
  return words.get("partnerships.stages." + std::string(partnerships::name(stage)));
}

std::string_view tone_of(Stage stage) {
  return stage == Stage::signed_ ? "good" : stage == Stage::ended || stage == Stage::dropped ? "plain" : "warn";
}

std::string amount_words(const Partnership& partnership, const Words& words) {
  const auto& amount = partnership.draft.amount;
  return amount ? put_in(words.get("partnerships.euros"), "n", words.number(static_cast<uint64_t>(*amount)))
                : std::string();
}

std::string due_words(const Partnership& partnership, const std::string& today, const Words& words) {
  switch (partnerships::due(partnership, today)) {
    case partnerships::Due::renewal:
      return put_in(words.get("partnerships.renewal_by"), "date", words.date(partnership.draft.ends));
    case partnerships::Due::over:
      return put_in(words.get("partnerships.over_since"), "date", words.date(partnership.draft.ends));
    default:
      return {};
  }
}

access::TaskSource partnership_tasks(const partnerships::Partnerships& room) {
  return [&room](const access::Actor& actor) -> Result<std::vector<access::Task>> {
    std::vector<access::Task> tasks;
    if (!access::may(actor, Right::run_partnership, {})) {
      return tasks;
    }
    TRY_ASSIGN(const std::vector<Partnership> all, room.all());
    int64_t count = 0;
    std::string first;
    for (const Partnership& each : all) {
      if (partnerships::due(each, actor.today) != partnerships::Due::nothing) {
        first = first.empty() ? each.draft.ends : std::min(first, each.draft.ends);
        ++count;
      }
    }
    if (count > 0) {
      tasks.push_back({"tasks.partnerships_to_renew", count, "/partnerships", first});
    }
    return tasks;
  };
}

access::RoomSource partnership_room(const registry::Registry& registry, const partnerships::Partnerships& room) {
  return [registry, &room](const access::Looking& looking) -> Result<std::vector<access::RoomLine>> {
    std::vector<access::RoomLine> out;
    if (looking.card == Id()) {
      return out;
    }
    PartnerDesk desk(registry, looking.actor);
    TRY_ASSIGN(const std::vector<Partnership> all, room.run_by(looking.card));
    for (const Partnership& each : all) {
      if (each.stage == Stage::ended || each.stage == Stage::dropped) {
        continue;
      }
      TRY_ASSIGN(const auto seen, desk.seen(each));
      if (seen) {
        out.push_back({"partnerships.runs", 1, "/partnerships/" + std::to_string(each.id), seen->draft.title});
      }
    }
    return out;
  };
}

void add_partnerships(const Site& site, http::Router& router) {
  add_partner(site, router);
  if (site.settings().entry.access != nullptr) {
    add_board(site, router);
    add_partnership(site, router);
  }
}

}  // namespace pitchblende::pages
