#include "pages/partnerships/partner_room.hpp"

#include <algorithm>
#include <memory>

#include "pages/partnerships/board.hpp"

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
  if (m_runs) {
    return true;
  }
  TRY_ASSIGN(const std::vector<Id> parties, parties_of(partnership));
  for (const Id party : parties) {
    TRY_ASSIGN(const access::Object object, object_of(party));
    if (access::may(m_actor, Right::follow_partnership, object)) {
      return true;
    }
  }
  return false;
}

// Rule 15: a company by its name is the one that has it in the registry, as soon as there is one.
Result<std::vector<Id>> PartnerDesk::parties_of(const Partnership& partnership) const {
  std::vector<Id> out = partnership.draft.parties;
  for (const std::string& name : partnership.draft.named) {
    TRY_ASSIGN(const auto known, m_registry.find("name:" + name));
    if (known) {
      out.push_back(*known);
    }
  }
  return out;
}

Result<std::optional<Partnership>> PartnerDesk::seen(const Partnership& partnership) {
  if (m_runs) {
    return partnership;
  }
  TRY_ASSIGN(const bool follows, this->follows(partnership));
  TRY_ASSIGN(const std::vector<Id> parties, parties_of(partnership));
  Onlooker onlooker{m_actor.viewer, m_runs, follows, {}};
  for (const Id party : parties) {
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
  return amount ? words.euros(*amount) : std::string();
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

access::TaskSource partnership_tasks(const registry::Registry& registry, CurrentIndex index,
                                     const partnerships::Partnerships& room) {
  const auto renewals = std::make_shared<RenewalsOfStaff>();
  return [registry, index = std::move(index), &room,
          renewals](const access::Actor& actor) -> Result<std::vector<access::Task>> {
    std::vector<access::Task> tasks;
    if (!access::may(actor, Right::run_partnership, {})) {
      return tasks;
    }
    const auto now = index();
    TRY_ASSIGN(const std::vector<OnBoard> due, renewals->of({registry, *now, room, actor}));
    if (!due.empty()) {
      tasks.push_back({"tasks.partnerships_to_renew", static_cast<int64_t>(due.size()), "/partnerships#renewals",
                       partnerships::last_day(due.front().draft.ends)});
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
