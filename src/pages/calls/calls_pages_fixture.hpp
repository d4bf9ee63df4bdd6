// What tests of calls' pages share: a site with every room over a place with calls, and requests as somebody who is
// signed in.
#pragma once

#include "answers.hpp"
#include "asked_site.hpp"
#include "calls_fixture.hpp"
#include "every_room.hpp"
#include "pages/calls/calls_room.hpp"
#include "pages/pages.hpp"

namespace pitchblende::pages {

class CallsSite {
 public:
  explicit CallsSite(calls::CallsTest& place) : m_rooms(place) {
    auto made =
        Pages::open(registry::Registry(*place.store), m_rooms.index(), m_rooms.settings("http://pool.example.org"));
    EXPECT_TRUE(made) << made.error().message();
    m_pages = std::move(*made);
    m_pages->add_to(m_router);
  }

  // Somebody with that address and, but for a visitor (account 0), these roles.
  static std::shared_ptr<const access::Actor> actor(int64_t account, const std::string& email,
                                                    std::vector<access::Grant> grants = {}) {
    return tests::signed_in(account, email, std::move(grants), "2026-04-10");
  }
  static std::shared_ptr<const access::Actor> staff() {
    return actor(9, calls::CallsTest::k_staff.email, {{1, 9, access::Role::staff, Id(), {}, {}}});
  }
  static std::shared_ptr<const access::Actor> somebody(const calls::By& by) { return actor(by.account, by.email); }

  http::Answer ask(http::Method method, const std::string& target, const std::shared_ptr<const access::Actor>& who,
                   const std::string& body = {}) {
    http::Request request;
    EXPECT_TRUE(http::read_target(target, request)) << target;
    request.method = method;
    request.peer = "192.0.2.1";
    request.headers = {{"cookie", "pb_browser=the browser of this test"},
                       {"content-type", "application/x-www-form-urlencoded"}};
    request.body = body;
    request.actor = who;
    return m_router.answer(request);
  }
  http::Answer get(const std::string& target, const std::shared_ptr<const access::Actor>& who = nullptr) {
    return ask(http::Method::get, target, who);
  }
  http::Answer post(const std::string& target, const std::shared_ptr<const access::Actor>& who,
                    const http::Pairs& fields) {
    std::string body;
    for (const auto& [name, value] : fields) {
      body += (body.empty() ? "" : "&") + http::percent_encoded(name) + "=" + http::percent_encoded(value);
    }
    return ask(http::Method::post, target, who, body);
  }
  const http::Router& router() const { return m_router; }
  const mail::Outbox& outbox() const { return m_rooms.outbox; }
  access::Access& access() { return m_rooms.access; }

 private:
  tests::EveryRoom m_rooms;
  std::unique_ptr<Pages> m_pages;
  http::Router m_router;
};

}  // namespace pitchblende::pages
