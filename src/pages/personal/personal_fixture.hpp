// My page with all the rooms that have something to say on it, on a small pool of people. For tests.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "answers.hpp"
#include "base/secret.hpp"
#include "pages/personal/own_rooms_fixture.hpp"
#include "pages/personal/personal_pages.hpp"
#include "pool_fixture.hpp"

namespace pitchblende::pages {

using http::Method;
using testing::HasSubstr;
using testing::Not;

inline constexpr const char* k_key = "key of this test";

class PersonalPagesTest : public testing::Test {
 protected:
  PersonalPagesTest()
      : m_access(*m_place.store, m_place.clock, k_key, {}),
        m_outbox(*m_place.store, m_place.clock, {{}, "pool@example.org", "Demo", k_key}),
        m_own(*m_place.store, m_place.clock, *m_place.pool, m_access),
        m_booking(booking::Booking::open(*m_place.store, m_place.clock).value()),
        m_files(*m_place.store, m_place.clock, m_place.folder.path("files")),
        m_intake({*m_place.store,
                  m_place.clock,
                  *m_place.pool,
                  m_files,
                  m_own.jobs,
                  m_access.audit(),
                  m_place.folder.path("reading"),
                  {},
                  {}}),
        m_requests(*m_place.store, m_place.clock, k_key),
        m_substitutes(*m_place.store, m_place.clock),
        m_routing(m_access, registry::Registry(*m_place.store), m_substitutes, m_place.clock),
        m_partnerships(*m_place.store, m_place.clock),
        m_groups(*m_place.store, m_place.clock, *m_place.pool),
        m_calls(*m_place.store, m_place.clock),
        m_proposals(*m_place.store, m_place.clock),
        m_reviews(*m_place.store, m_place.clock),
        m_committee(*m_place.store, m_place.clock) {
    EXPECT_TRUE(m_access.add_administrator("root@example.org"));
    m_place.import_members("I1,Institut Demo,member,2007\n");
    import_people("P1,Exemple,Ada,ada@example.org,Institut Demo,2015\nP2,Autre,Noa,,Institut Demo,2015\n");
    Settings settings;
    settings.name = "Demo";
    settings.entry = {&m_access, &m_outbox, {}, {}, "https://pool.example.org"};
    settings.own = m_own.own(k_key);
    settings.clock = &m_place.clock;
    settings.desk.booking = m_booking.get();
    settings.intake = &m_intake;
    settings.asking = {&m_requests, &m_substitutes, &m_routing};
    settings.partnering.partnerships = &m_partnerships;
    settings.groups = &m_groups;
    settings.calling = {.calls = &m_calls, .proposals = &m_proposals, .reviews = &m_reviews, .committee = &m_committee};
    auto pages = Pages::open(
        registry::Registry(*m_place.store),
        [this] { return std::shared_ptr<const search::Index>(m_place.pool->index()); }, settings);
    EXPECT_TRUE(pages) << pages.error().message();
    m_pages = std::move(*pages);
    m_pages->add_to(m_router);
    m_pages->add_work(m_own.jobs);
  }
  void import_people(const std::string& rows) {
    pool::SourceSettings staff = m_place.source("demo-staff", "people", sources::Mode::snapshot);
    staff.institution = "demo";
    staff.republish = true;
    m_place.import(staff, "id,family name,given names,email,organisation,from\n" + rows);
    m_place.settle();
  }

  static http::Request request(Method method, const std::string& target, std::string body = {},
                               std::string cookie = {}) {
    http::Request out;
    EXPECT_TRUE(http::read_target(target, out));
    out.method = method;
    out.peer = "192.0.2.1";
    out.body = std::move(body);
    if (!cookie.empty()) {
      out.headers.emplace_back("cookie", std::move(cookie));
    }
    if (method == Method::post) {
      out.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    }
    return out;
  }
  http::Answer answer(const http::Request& asked) { return m_pages->answer(m_router, asked); }
  http::Answer get(const std::string& target, const std::string& cookie = {}) {
    return answer(request(Method::get, target, {}, cookie));
  }
  static std::string token_in(const http::Answer& page) {
    constexpr std::string_view k_before = "name=\"form_token\" value=\"";
    const size_t at = page.body.find(k_before);
    return at == std::string::npos ? std::string() : page.body.substr(at + k_before.size(), 64);
  }
  static std::string cookie_in(const http::Answer& page) {
    const std::string all = header(page, "Set-Cookie");
    return all.substr(0, all.find(';'));
  }
  std::string sign_in(const std::string& email) {
    const std::string link = m_access.link_at_terminal(email).value();
    const auto page = get("/en/sign-in/" + link);
    const std::string browser = cookie_in(page);
    return cookie_in(answer(request(Method::post, "/en/sign-in/" + link, "form_token=" + token_in(page), browser)));
  }
  // A form of the page where it stands, as its reader sends it.
  http::Answer send(const std::string& page, const std::string& to, const std::string& fields,
                    const std::string& cookie) {
    return answer(request(Method::post, to, "form_token=" + token_in(get(page, cookie)) + "&" + fields, cookie));
  }
  Id ada() { return m_place.id_of("email:ada@example.org"); }
  std::string letters() { return m_place.dump("SELECT recipient || ' ' || kind FROM letter ORDER BY id"); }
  // What stands in the letter that was posted last.
  std::string last_letter() {
    std::string content;
    EXPECT_TRUE(m_place.store->read([&](store::Connection& db) {
      return db.query("SELECT content FROM letter ORDER BY id DESC LIMIT 1", {},
                      [&](const store::Row& row) { content = row.text(0); });
    }));
    const auto text = unsealed(content, k_key);
    return text ? *text : std::string();
  }

  tests::PoolPlace m_place;
  access::Access m_access;
  mail::Outbox m_outbox;
  OwnRooms m_own;
  std::unique_ptr<booking::Booking> m_booking;
  files::Files m_files;
  intake::IntakeRoom m_intake;
  requests::Requests m_requests;
  requests::Substitutes m_substitutes;
  requests::Routing m_routing;
  partnerships::Partnerships m_partnerships;
  groups::Groups m_groups;
  calls::Calls m_calls;
  calls::Proposals m_proposals;
  calls::Reviews m_reviews;
  calls::Committee m_committee;
  std::unique_ptr<Pages> m_pages;
  http::Router m_router;
};

}  // namespace pitchblende::pages
