// What the rooms of partnerships share: who looks, and what he sees. Functions of an immutable site; any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pages/requests/asking.hpp"
#include "pages/things/thing_facts.hpp"
#include "partnerships/partnerships_rules.hpp"

namespace pitchblende::pages {

// Who looks at partnerships; asks the registry once about each party.
class PartnerDesk {
 public:
  PartnerDesk(const registry::Registry& registry, const access::Actor& actor);
  bool runs() const { return m_runs; }
  // Whether it is his to follow: all of them, or one with a party of his.
  Result<bool> follows(const partnerships::Partnership& partnership);
  // nullopt: he may not know that there is one.
  Result<std::optional<partnerships::Partnership>> seen(const partnerships::Partnership& partnership);

 private:
  Result<access::Object> object_of(Id party);
  Result<std::vector<Id>> parties_of(const partnerships::Partnership& partnership) const;

  const registry::Registry& m_registry;
  const access::Actor& m_actor;
  bool m_runs = false;
  std::map<Id, access::Object> m_objects;
};

std::string stage_words(partnerships::Stage stage, const Words& words);
std::string_view tone_of(partnerships::Stage stage);
// "250 000 €"; empty: not said, or not his to know.
std::string amount_words(const partnerships::Partnership& partnership, const Words& words);
// "Renewal: ends on …", "past its end"; empty: nothing is due.
std::string due_words(const partnerships::Partnership& partnership, const std::string& today, const Words& words);

// "Who should I talk to" on the page of a company or a cluster; of a partnership its own page, or, to the staff, that
// it can be taken over.
Result<void> put_partner_link(const Site& site, const registry::Card& card, const access::Actor& actor,
                              const Words& words, Views& ways);

void add_partnerships(const Site& site, http::Router& router);
void add_partner(const Site& site, http::Router& router);
void add_board(const Site& site, http::Router& router);
void add_partnership(const Site& site, http::Router& router);
// What needs renewal, as the board lists it, for who runs partnerships.
access::TaskSource partnership_tasks(const registry::Registry& registry, CurrentIndex index,
                                     const partnerships::Partnerships& partnerships);
// Those that he runs and that are not over.
access::RoomSource partnership_room(const registry::Registry& registry, const partnerships::Partnerships& partnerships);

}  // namespace pitchblende::pages
