#include "pages/entry/entry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>

#include "../tests/answers.hpp"
#include "../tests/asked_site.hpp"
#include "../tests/every_room.hpp"
#include "../tests/rules_table.hpp"

namespace pitchblende::pages {

namespace {

using http::Method;
using testing::HasSubstr;
using testing::Not;

class EntryTest : public testing::Test {
 protected:
  EntryTest() {
    auto pages =
        Pages::open(registry::Registry(*m_place.store), m_rooms.index(), m_rooms.settings("https://pool.example.org"));
    EXPECT_TRUE(pages) << pages.error().message();
    m_pages = std::move(*pages);
    m_pages->add_to(m_router);
  }

  static http::Request get(std::string path, http::Pairs headers = {}) {
    http::Request request;
    request.path = std::move(path);
    request.headers = std::move(headers);
    request.peer = "192.0.2.1";
    return request;
  }
  static http::Request post(std::string path, std::string body, http::Pairs headers) {
    http::Request request = get(std::move(path), std::move(headers));
    request.method = Method::post;
    request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
    request.body = std::move(body);
    return request;
  }
  http::Answer answer(const http::Request& request) { return m_pages->answer(m_router, request); }
  static std::string token_in(const http::Answer& answer) {
    constexpr std::string_view k_before = "name=\"form_token\" value=\"";
    const size_t at = answer.body.find(k_before);
    return at == std::string::npos ? std::string() : answer.body.substr(at + k_before.size(), 64);
  }
  // "__Host-pb_session=…"
  static std::string cookie_in(const http::Answer& answer) {
    const std::string all = header(answer, "Set-Cookie");
    return all.substr(0, all.find(';'));
  }
  std::string signed_in_cookie(const std::string& email) {
    const std::string link = m_access.link_at_terminal(email).value();
    const auto page = answer(get("/en/sign-in/" + link));
    const std::string browser = cookie_in(page);
    const auto in = answer(post("/en/sign-in/" + link, "form_token=" + token_in(page), {{"cookie", browser}}));
    EXPECT_EQ(in.status, 303);
    return cookie_in(in);
  }

  tests::PoolPlace m_place;
  tests::EveryRoom m_rooms{m_place};
  access::Access& m_access = m_rooms.access;
  mail::Outbox& m_outbox = m_rooms.outbox;
  std::unique_ptr<Pages> m_pages;
  http::Router m_router;
};

std::string filled(const std::string& pattern) {
  return tests::filled(
             pattern,
             {{"{lang}", {"en"}}, {"{page}", {"about"}}, {"{kind}", {"person"}}, {"{scheme}", {"doi"}}, {"", {"0"}}})
      .front();
}

// docs/operate/serve.md says which lists are files: those that have a route, no other.
TEST_F(EntryTest, TheListsThatAreFilesAreThoseThatAreSaid) {
  std::ifstream file(std::string(PB_SOURCE_DIR) + "/docs/operate/serve.md");
  std::set<std::string> said;
  for (std::string line; std::getline(file, line);) {
    for (size_t at = line.starts_with("| ") ? line.find("`/") : std::string::npos; at != std::string::npos;) {
      const size_t end = line.find('`', at + 1);
      std::string path = line.substr(at + 1, end - at - 1);
      for (size_t dots = path.find("…"); dots != std::string::npos; dots = path.find("…")) {
        path.replace(dots, std::string_view("…").size(), "{}");
      }
      said.insert(path + ".csv");
      at = line.find("`/", end + 1);
    }
  }
  std::set<std::string> routes;
  for (const http::Route& route : m_router.routes()) {
    if (route.method == Method::get && route.pattern.ends_with(".csv")) {
      routes.insert(
          std::regex_replace(route.pattern.substr(route.pattern.find('/', 1)), std::regex("\\{[^}]*\\}"), "{}"));
    }
  }
  for (const std::string& each : routes) {
    EXPECT_TRUE(said.contains(each)) << each << " is not said";
  }
  ASSERT_GT(routes.size(), 20u);
  for (const std::string each :
       {"/calls.csv", "/topics.csv", "/group/{}/events.csv", "/group/{}/news.csv", "/group/{}/size.csv",
        "/figures/matrix.csv", "/figures/network.csv", "/proposals.csv", "/reviews.csv", "/admin/people.csv"}) {
    EXPECT_TRUE(said.contains(each) && routes.contains(each)) << each;
  }
}

// Every route for every role, against the table of the rules.
// Who has which right, docs/rules/membership.md, rule 1, among them: docs/rules/access.md, rule 1.
TEST_F(EntryTest, EachRouteIsForWhoTheRulesSay) {
  auto table = tests::rules_table(PB_SOURCE_DIR);
  const std::vector<std::string> columns = table["right"];
  ASSERT_EQ(columns.size(), access::k_roles + 2);
  size_t asked = 0;
  for (const http::Route& route : m_router.routes()) {
    const std::string right(access::name(route.right));
    ASSERT_TRUE(table.contains(right)) << route.pattern;
    for (size_t column = 0; column < columns.size(); ++column) {
      http::Request request = get(filled(route.pattern));
      request.method = route.method;
      if (column > 0) {
        auto actor = std::make_shared<access::Actor>();
        actor->account = 1;
        actor->today = "2026-11-26";
        actor->email = "camille@example.org";
        if (column > 1) {
          actor->grants = {{1, 1, access::role(columns[column]).value(), Id(7), {}, {}}};
        }
        request.actor = actor;
      }
      const http::Answer answer = m_router.answer(request);
      const bool refused = answer.body.find("You may not do this") != std::string::npos ||
                           answer.body.find("You are not signed in") != std::string::npos ||
                           header(answer, "Location").find("/sign-in?next=") != std::string::npos;
      EXPECT_EQ(refused, table[right][column] == "–") << route.pattern << " for " << columns[column];
      ++asked;
    }
  }
  EXPECT_GT(asked, 200U);
}

TEST_F(EntryTest, FromTheLinkToSigningOut) {
  const auto form = answer(get("/en/sign-in"));
  const std::string browser = cookie_in(form);
  EXPECT_THAT(header(form, "Set-Cookie"), HasSubstr("__Host-pb_browser="));
  EXPECT_THAT(header(form, "Set-Cookie"), HasSubstr("; HttpOnly; SameSite=Lax"));
  EXPECT_THAT(header(form, "Set-Cookie"), HasSubstr("; Secure"));
  const auto sent =
      answer(post("/en/sign-in", "email=camille%40example.org&next=%2F%2Fevil.example&form_token=" + token_in(form),
                  {{"cookie", browser}}));
  EXPECT_EQ(sent.status, 200);
  EXPECT_THAT(sent.body, HasSubstr("camille@example.org"));
  EXPECT_EQ(m_outbox.rows(0, 1)->at(0).recipient, "camille@example.org");
  const std::string session = signed_in_cookie("camille@example.org");
  const auto account = answer(get("/en/account", {{"cookie", session}}));
  EXPECT_EQ(account.status, 200);
  EXPECT_THAT(account.body, HasSubstr("Signed in as"));
  const auto out = answer(post("/en/sign-out", "form_token=" + token_in(account), {{"cookie", session}}));
  EXPECT_EQ(out.status, 303);
  EXPECT_EQ(header(answer(get("/en/account", {{"cookie", session}})), "Location"), "/en/sign-in?next=%2Fen%2Faccount");
}

// docs/rules/access.md, rule 10.
TEST_F(EntryTest, FormsThatAreNotOursAreRefused) {
  const auto form = answer(get("/en/sign-in"));
  const std::string browser = cookie_in(form);
  const std::string body = "email=camille%40example.org&form_token=" + token_in(form);
  const auto status = [&](const std::string& sent, http::Pairs headers) {
    return answer(post("/en/sign-in", sent, std::move(headers))).status;
  };
  EXPECT_EQ(status(body, {}), 403) << "without its cookie";
  EXPECT_EQ(status("email=camille%40example.org", {{"cookie", browser}}), 403) << "without its token";
  EXPECT_EQ(status(body + "0", {{"cookie", browser}}), 403);
  EXPECT_EQ(status(body + "&next=%00", {{"cookie", browser}}), 400) << "it is ours, and no text";
  EXPECT_EQ(status(body + "&next=%FF", {{"cookie", browser}}), 400);
  EXPECT_EQ(status(body + "&next=%FF", {{"cookie", browser}, {"origin", "https://evil.example"}}), 403);
  EXPECT_EQ(status(body, {{"cookie", browser}, {"origin", "https://evil.example"}}), 403);
  EXPECT_EQ(status(body, {{"cookie", browser}, {"sec-fetch-site", "cross-site"}}), 403);
  EXPECT_EQ(status(body, {{"cookie", "__Host-pb_browser=" + std::string(64, '0')}}), 403) << "another browser's";
  EXPECT_TRUE(m_outbox.rows(0, 1)->empty());
  EXPECT_EQ(status(body, {{"cookie", browser}, {"origin", "https://pool.example.org"}}), 200);
  // Where there is no form, that is what is said.
  EXPECT_EQ(answer(post("/en/about", body, {})).status, 405);
  EXPECT_EQ(header(answer(post("/en/about", body, {})), "Allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(answer(post("/no/such/page/at/all", body, {})).status, 404);
  // A token of a visitor is none of a session, and one session's none of another's.
  const std::string one = signed_in_cookie("camille@example.org");
  const std::string two = signed_in_cookie("lou@example.org");
  const std::string token = token_in(answer(get("/en/account", {{"cookie", one}})));
  EXPECT_EQ(answer(post("/en/sign-out", "form_token=" + token, {{"cookie", two}})).status, 403);
  EXPECT_EQ(answer(post("/en/sign-out", body, {{"cookie", one}})).status, 403);
}

TEST_F(EntryTest, WhatIsWrongIsSaidBesideItsField) {
  ASSERT_TRUE(m_access.add_administrator("root@example.org"));
  const std::string session = signed_in_cookie("root@example.org");
  const std::string token = token_in(answer(get("/en/admin/roles", {{"cookie", session}})));
  const auto give = [&](const std::string& rest) {
    return answer(post("/en/admin/roles", "form_token=" + token + rest, {{"cookie", session}}));
  };
  const auto no_team = give("&email=lou%40example.org&role=team_leader");
  EXPECT_EQ(no_team.status, 422);
  EXPECT_THAT(no_team.body, HasSubstr("aria-describedby=\"object-help object-problem\" aria-invalid=\"true\""));
  EXPECT_THAT(no_team.body, HasSubstr("value=\"lou@example.org\"")) << "what was typed stays";
  EXPECT_THAT(no_team.body, HasSubstr("<option value=\"team_leader\" selected>"));
  const auto hostile = give("&role=staff&email=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E");
  EXPECT_EQ(hostile.status, 422);
  EXPECT_THAT(hostile.body, HasSubstr("<a href=\"#email\">"));
  EXPECT_THAT(hostile.body, Not(HasSubstr("<script>alert")));
  EXPECT_EQ(give("&role=staff&email=lou%40example.org").status, 303);
  EXPECT_EQ(m_access.holders(access::Role::staff, {})->size(), 1U);
}

// Rule 11.
TEST_F(EntryTest, APageOfWhoIsSignedInIsHisAlone) {
  const std::string session = signed_in_cookie("camille@example.org");
  const auto own = answer(get("/en/about", {{"cookie", session}}));
  EXPECT_FALSE(own.shared);
  EXPECT_EQ(own.keep, http::Keep::personal);
  EXPECT_THAT(own.body, HasSubstr("camille@example.org"));
  const auto public_page = answer(get("/en/about"));
  EXPECT_TRUE(public_page.shared);
  EXPECT_THAT(public_page.body, Not(HasSubstr("camille")));
  EXPECT_TRUE(answer(get("/en/about", {{"cookie", "a=b; __Host-pb_session=0"}})).body == public_page.body);
  const auto data = answer(get("/en/person.json", {{"cookie", session}}));
  EXPECT_FALSE(data.shared);
  EXPECT_EQ(data.keep, http::Keep::personal);
}

TEST_F(EntryTest, TheClientsAddressIsTheProxysWordOnThisMachineAlone) {
  http::Request request = get("/", {{"x-forwarded-for", "203.0.113.1, 198.51.100.2"}});
  EXPECT_EQ(client_address(request), "192.0.2.1");
  request.peer = "127.0.0.1";
  EXPECT_EQ(client_address(request), "198.51.100.2");
}

}  // namespace

}  // namespace pitchblende::pages
