// What tests of the rooms of requests and partnerships share: a pool with platforms, teams and people, accounts with
// roles, forms sent as browsers send them, the letters that were posted.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "accounts.hpp"
#include "answers.hpp"
#include "pages/pages.hpp"
#include "pool_fixture.hpp"

namespace pitchblende::pages {

class RequestsPagesTest : public ::testing::Test, public tests::PoolPlace {
 protected:
  RequestsPagesTest()
      : access(*store, clock, "key of this test", {}),
        outbox(*store, clock, {{}, "pool@example.org", "Essai", "key of this test"}),
        requests(*store, clock, "key of this test"),
        answer_links(*store, clock, "key of this test"),
        substitutes(*store, clock),
        routing(access, registry::Registry(*store), substitutes, clock, {},
                [this](Id id) -> Result<std::vector<std::string>> {
                  const auto named = on_card.find(id);
                  return named == on_card.end() ? std::vector<std::string>{} : std::vector{named->second};
                }),
        files(*store, clock, folder.path("files")) {}

  void SetUp() override {
    pool::SourceSettings own = source("lab", "equipment", sources::Mode::snapshot);
    own.republish = true;
    import(own,
           "Identifiant;Type de fiche;Nom;Techniques;Plateforme\nP1;plateforme;Plateforme de cytométrie;cytométrie;\n"
           "P2;plateforme;Plateforme de microscopie;microscopie confocale;\n"
           "E1;équipement;Cytomètre zorg;cytométrie en flux;Plateforme de cytométrie\n");
    settle();
    open_pages();
    ASSERT_TRUE(access.add_administrator("root@example.org"));
    cytometry = thing("Plateforme de cytométrie");
    microscopy = thing("Plateforme de microscopie");
    give("dominique@example.org", access::Role::platform_manager, cytometry);
    give("noa@example.org", access::Role::platform_manager, microscopy);
    give("staff@example.org", access::Role::staff, Id());
    camille = session("camille@example.org");
    dominique = session("dominique@example.org");
    noa = session("noa@example.org");
    staff = session("staff@example.org");
  }
  virtual void more(Settings&) {}
  void open_pages() {
    Settings settings;
    settings.name = "Essai";
    settings.entry = {&access, &outbox, {}, {}, "http://pool.example.org"};
    settings.asking = {&requests, &substitutes, &routing, &files, &answer_links};
    more(settings);
    auto made = Pages::open(
        registry::Registry(*store), [this] { return pool->index(); }, settings);
    ASSERT_TRUE(made) << made.error().message();
    pages = std::move(*made);
    pages->add_to(router);
  }

  Id thing(const std::string& name) {
    search::Query query;
    query.words = name;
    const auto hits = pool->index()->search(query, access::Viewer::visitor()).hits;
    EXPECT_FALSE(hits.empty()) << name;
    return hits.empty() ? Id() : hits.front().id;
  }
  std::string session(const std::string& email) { return tests::session_of(access, email); }
  void give(const std::string& email, access::Role role, Id object) {
    tests::give_role(*store, email, role, object, "en");
  }

  http::Answer get(const std::string& target, const std::string& who = {}) {
    http::Request request;
    EXPECT_TRUE(http::read_target(target, request)) << target;
    request.peer = "192.0.2.1";
    request.headers.emplace_back("cookie", who.empty() ? "pb_browser=" + browser : "pb_session=" + who);
    return pages->answer(router, request);
  }
  std::string body(const std::string& target, int status, const std::string& who = {}) {
    const http::Answer answer = get(target, who);
    EXPECT_EQ(answer.status, status) << target << "\n" << answer.body.substr(0, 3000);
    return answer.body;
  }
  // The form of `page` sent to `path` with these fields; `who` empty: a visitor's browser.
  http::Answer send(const std::string& page, const std::string& path, const std::string& fields,
                    const std::string& who = {}) {
    const std::string form = get(page, who).body;
    constexpr std::string_view k_before = "name=\"form_token\" value=\"";
    const size_t at = form.find(k_before);
    EXPECT_NE(at, std::string::npos) << page << form.substr(0, 500);
    return send_raw(path,
                    (fields.empty() ? std::string() : fields + "&") +
                        "form_token=" + (at == std::string::npos ? "" : form.substr(at + k_before.size(), 64)),
                    who);
  }
  http::Answer send_raw(const std::string& path, const std::string& fields, const std::string& who) {
    http::Request request;
    EXPECT_TRUE(http::read_target(path, request));
    request.method = http::Method::post;
    request.peer = "192.0.2.1";
    request.headers = {{"cookie", who.empty() ? "pb_browser=" + browser : "pb_session=" + who},
                       {"content-type", "application/x-www-form-urlencoded"}};
    request.body = fields;
    return pages->answer(router, request);
  }
  // Kind and recipient of each that was posted since the last call, by alphabet.
  std::vector<std::string> letters() {
    std::vector<std::string> out;
    const auto rows = outbox.rows(0, 1000).value();
    for (const mail::OutboxRow& row : rows) {
      if (row.id > m_read) {
        out.push_back(row.kind.substr(row.kind.find('_') + 1) + " " + row.recipient);
      }
    }
    m_read = rows.empty() ? 0 : rows.front().id;
    std::sort(out.begin(), out.end());
    return out;
  }
  void later(int64_t days) { clock.set(clock.now() + std::chrono::hours(24 * days)); }

  std::string browser = std::string(64, 'b');
  access::Access access;
  mail::Outbox outbox;
  requests::Requests requests;
  requests::AnswerLinks answer_links;
  requests::Substitutes substitutes;
  std::map<Id, std::string> on_card;  // whom a card names
  requests::Routing routing;
  files::Files files;
  std::unique_ptr<Pages> pages;
  http::Router router;
  Id cytometry;
  Id microscopy;
  std::string camille;
  std::string dominique;
  std::string noa;
  std::string staff;

 private:
  int64_t m_read = 0;
};

}  // namespace pitchblende::pages
