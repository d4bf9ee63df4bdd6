// Work by the clock: answers that are owed.
#include "pages/requests/request_letters.hpp"
#include "requests/requests_rules.hpp"

namespace pitchblende::pages {

// Each in a transaction of its own: what one cannot do does not keep the others waiting.
Result<int64_t> remind_of_requests(const Site& site) {
  requests::Requests& room = *site.settings().asking.requests;
  requests::Query query;
  query.which = requests::Query::Which::owed;
  TRY_ASSIGN(const std::vector<requests::Case> owed, room.cases(query));
  int64_t posted = 0;
  for (const requests::Case& head : owed) {
    const Id resource = head.thread.resource;
    TRY_ASSIGN(const requests::Reach reach, site.settings().asking.routing->reach(resource));
    const requests::Step step = requests::next_step(head.thread, reach.reachable(), room.now());
    if (step == requests::Step::nothing) {
      continue;
    }
    requests::Query one;
    one.which = requests::Query::Which::thread;
    one.number = head.thread.id;
    TRY_ASSIGN(const std::vector<requests::Case> whole, room.cases(one));
    TRY_ASSIGN(const RequestLetters letters, RequestLetters::prepare(site, {resource}, head.request.asker.email));
    const requests::Level to = step == requests::Step::remind       ? head.thread.level
                               : step == requests::Step::substitute ? requests::Level::substitute
                                                                    : requests::Level::staff;
    TRY(room.pass_on({head.thread.id, head.thread.revision}, to,
                     [&](store::Transaction& transaction, const requests::Thread& now) {
                       return letters.passed_on(transaction, {whole.front().request, now}, head.thread.level);
                     }));
    posted += letters.count();
  }
  return posted;
}

}  // namespace pitchblende::pages
