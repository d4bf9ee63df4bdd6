// What waits for those who write, review and run calls.
#include <algorithm>
#include <map>

#include "calls/paris.hpp"
#include "pages/calls/calls_room.hpp"

namespace pitchblende::pages {

namespace {

using access::Actor;
using access::Task;

calls::By by_of_actor(const Actor& actor) {
  return {actor.account, actor.email, access::may(actor, access::Right::run_calls, {})};
}

// Drafts that can still be submitted.
Result<void> add_drafts(const Calling& calling, const calls::By& by, std::vector<Task>& tasks) {
  TRY_ASSIGN(const std::vector<calls::Proposal> mine, calling.proposals->mine(by));
  Task task{"tasks.proposals_to_submit", 0, "/proposals", {}};
  std::map<int64_t, calls::Call> known;
  for (const calls::Proposal& each : mine) {
    if (each.submitted != 0) {
      continue;
    }
    auto at = known.find(each.call);
    if (at == known.end()) {
      TRY_ASSIGN(calls::Call found, calling.calls->find(each.call, by));
      at = known.emplace(each.call, std::move(found)).first;
    }
    const calls::Call& call = at->second;
    if (calls::phase(call, calling.calls->now()) == calls::Phase::open) {
      ++task.count;
      const std::string due = calls::paris_text(call.closes).substr(0, 10);
      task.due = task.due.empty() ? due : std::min(task.due, due);
    }
  }
  if (task.count > 0) {
    tasks.push_back(std::move(task));
  }
  return {};
}

// How many can still be written on.
Result<int64_t> written_now(const Calling& calling, const calls::By& by, const std::vector<calls::Proposal>& all) {
  TRY_ASSIGN(const std::vector<calls::Call> known, calling.calls->all(by));
  return std::ranges::count_if(all, [&](const calls::Proposal& each) {
    const auto call = std::ranges::find(known, each.call, &calls::Call::id);
    return call != known.end() && calls::phase(*call, calling.calls->now()) == calls::Phase::open;
  });
}

Result<void> add_reviews_to_write(const Calling& calling, const calls::By& by, std::vector<Task>& tasks) {
  TRY_ASSIGN(const auto waiting, calling.reviews->to_write(by));
  if (waiting.first > 0) {
    tasks.push_back({"tasks.reviews_to_write", waiting.first, "/reviews", waiting.second});
  }
  return {};
}

// Calls that closed: proposals without enough reviewers, results that are not announced.
Result<void> add_running(const Calling& calling, const calls::By& by, std::vector<Task>& tasks) {
  TRY_ASSIGN(const std::vector<calls::Call> all, calling.calls->all(by));
  for (const calls::Call& call : all) {
    if (calls::phase(call, calling.calls->now()) != calls::Phase::closed ||
        !calling.calls->judge_running(call.id, by)) {
      continue;
    }
    TRY_ASSIGN(const calls::Sheet sheet, calling.committee->sheet(call.id, by));
    const std::string path = "/calls/" + std::to_string(call.id);
    const auto lacking = std::ranges::count_if(sheet.rows, [&](const calls::SheetRow& row) {
      return static_cast<int64_t>(row.scores.size()) + row.waiting < call.plan.reviews;
    });
    if (lacking > 0) {
      tasks.push_back({"tasks.reviewers_to_find", lacking, path + "/submissions", call.plan.review_until});
    }
    tasks.push_back({"tasks.calls_to_announce", 1, path + "/sheet", {}});
  }
  return {};
}

}  // namespace

access::TaskSource calls_tasks(const Calling& calling) {
  return [calling](const Actor& actor) -> Result<std::vector<Task>> {
    std::vector<Task> tasks;
    const calls::By by = by_of_actor(actor);
    TRY(add_drafts(calling, by, tasks));
    TRY(add_reviews_to_write(calling, by, tasks));
    if (by.runs) {
      TRY(add_running(calling, by, tasks));
    }
    return tasks;
  };
}

access::RoomSource calls_room(const Calling& calling) {
  return [calling](const access::Looking& looking) -> Result<std::vector<access::RoomLine>> {
    const calls::By by = by_of_actor(looking.actor);
    TRY_ASSIGN(const std::vector<calls::Proposal> proposals, calling.proposals->mine(by));
    TRY_ASSIGN(const std::vector<calls::Review> asked, calling.reviews->asked_of(by));
    const auto reviews = std::ranges::count_if(asked, [](const calls::Review& each) {
      return each.state == calls::ReviewState::accepted || each.state == calls::ReviewState::sent;
    });
    std::vector<access::RoomLine> out;
    TRY_ASSIGN(const int64_t writing, written_now(calling, by, proposals));
    const int64_t past = static_cast<int64_t>(proposals.size()) - writing;
    for (const auto& [word, count] :
         {std::pair{"calls.proposals_count", writing}, std::pair{"calls.proposals_past", past}}) {
      if (count > 0) {
        out.push_back({word, count, "/proposals"});
      }
    }
    if (reviews > 0) {
      out.push_back({"calls.reviews_count", reviews, "/reviews"});
    }
    return out;
  };
}

}  // namespace pitchblende::pages
