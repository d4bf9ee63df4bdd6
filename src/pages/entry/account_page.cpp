// One's own account: what waits, roles, sessions.
#include <algorithm>
#include <charconv>

#include "pages/address.hpp"
#include "pages/entry/agents.hpp"
#include "pages/entry/entry.hpp"
#include "pages/personal/personal_pages.hpp"
#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

Views roles_of(const Site& site, const access::Actor& actor, const Words& words) {
  Views out;
  for (const access::Grant& grant : actor.grants) {
    View each = view({{"role", words.get("roles." + std::string(access::name(grant.role)))},
                      {"period", words.period(grant.starts, grant.ends)}});
    each["over"] = !access::in_force(grant, actor.today);
    each["by_card"] = grant.id == 0;
    const auto found = site.registry().cards({grant.object}, actor.viewer);
    if (grant.object != Id() && found && !found->empty()) {
      each["label"] = title_of(found->front(), words);
      each["url"] = thing_address(words.code(), found->front().kind, found->front().id);
    }
    out.push_back(std::move(each));
  }
  return out;
}

namespace {

// Where he may go.
Views rooms_of(const Site& site, const access::Actor& actor, const Words& words) {
  Views rooms;
  const auto room = [&](access::Right right, std::string_view path, std::string_view word) {
    if (access::may_somewhere(actor, right)) {
      rooms.push_back(view({{"label", words.get(word)}, {"url", below(words, path)}}));
    }
  };
  if (site.settings().desk.booking != nullptr) {
    room(access::Right::have_account, "/bookings", "booking.mine");
  }
  if (site.settings().asking.requests != nullptr) {
    room(access::Right::have_account, "/requests", "requests.mine");
    room(access::Right::answer_request, "/requests/inbox", "requests.inbox");
    room(access::Right::see_requests, "/requests/all", "requests.all");
  }
  if (site.settings().partnering.partnerships != nullptr) {
    room(access::Right::follow_partnership, "/partnerships", "partnerships.board");
  }
  if (site.settings().calling.calls != nullptr) {
    room(access::Right::have_account, "/proposals", "calls.mine");
    room(access::Right::have_account, "/reviews", "calls.reviews");
    room(access::Right::run_calls, "/calls", "calls.run");
  }
  // Who administers has these in one place; a platform's manager has a workbook and nothing else of it.
  if (access::may_somewhere(actor, access::Right::administer)) {
    room(access::Right::administer, "/admin", "admin.title");
  } else if (site.settings().upkeep.confirm != nullptr) {
    room(access::Right::workbook, "/workbooks", "confirm.workbooks.title");
  }
  return rooms;
}

Result<View> account_view(const Site& site, const access::Actor& actor, const Words& words) {
  const Entrance& entry = site.settings().entry;
  View body = view({{"email", actor.email},
                    {"sign_out_action", below(words, "/sign-out")},
                    {"others_action", below(words, "/account/sessions/end-others")}});
  Views tasks;
  for (const access::TaskSource& source : entry.tasks) {
    TRY_ASSIGN(const std::vector<access::Task> some, source(actor));
    for (const access::Task& task : some) {
      tasks.push_back(view({{"label", words.count(task.word, static_cast<uint64_t>(task.count))},
                            {"url", below(words, task.path)},
                            {"due", words.date(task.due)}}));
    }
  }
  body["tasks"] = std::move(tasks);
  body["roles"] = roles_of(site, actor, words);
  body["roles_url"] = below(words, "/account/roles");
  TRY_ASSIGN(const std::vector<access::SessionRow> sessions, entry.access->sessions(actor.account));
  Views rows;
  for (const access::SessionRow& session : sessions) {
    View row = view({{"agent", agent_words(session.agent, words)},
                     {"agent_itself", session.agent},
                     {"since", moment(words, session.created)},
                     {"since_at", moment_stamp(session.created)},
                     {"seen", moment(words, session.last_seen)},
                     {"seen_at", moment_stamp(session.last_seen)},
                     {"action", below(words, "/account/sessions/" + std::to_string(session.id) + "/end")}});
    row["current"] = session.id == actor.session;
    rows.push_back(std::move(row));
  }
  body["several"] = rows.size() > 1;
  body["sessions"] = std::move(rows);
  if (site.settings().own.personal != nullptr) {
    TRY(put_own(site, actor, words, body));
  }
  body["rooms"] = rooms_of(site, actor, words);
  return body;
}

http::Answer account_page(const Site& site, const http::Request& request, Language language) {
  const Words& words = site.words(language);
  auto body = account_view(site, request.who(), words);
  if (body && site.settings().own.searches != nullptr) {
    put_kept(site, request, words, *body);
  }
  const std::string title = words.get("account.title");
  return body ? form_page(site, request, language, "account", title, std::move(*body), {{title, {}}})
              : site.error(request, language, 500);
}

http::Answer back_to_account(const Site& site, const http::Request& request, Language language,
                             const Result<void>& done) {
  return done ? redirect(303, below(site.words(language), "/account"))
              : site.error(request, language, done.error().kind().status == 404 ? 404 : 500);
}

}  // namespace

void add_account(const Site& site, http::Router& router) {
  using http::Method;
  constexpr http::Right k_own = http::Right::have_account;
  add_room(site, router, Method::get, "/account", k_own,
           [&site](const http::Request& request, Language language, const http::Captures&) {
             return account_page(site, request, language);
           });
  add_room(site, router, Method::post, "/account/sessions/{id}/end", k_own,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             int64_t id = 0;
             std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), id);
             return back_to_account(site, request, language,
                                    site.settings().entry.access->end_session(request.who(), id));
           });
  add_room(site, router, Method::post, "/account/sessions/end-others", k_own,
           [&site](const http::Request& request, Language language, const http::Captures&) {
             return back_to_account(site, request, language,
                                    site.settings().entry.access->end_session(request.who(), std::nullopt));
           });
}

}  // namespace pitchblende::pages
