#include "pages/personal/personal_pages.hpp"

#include "mail/letter_kinds.hpp"
#include "pages/personal/personal_fixture.hpp"

namespace pitchblende::pages {
namespace {

// Rules 1 to 3.
TEST_F(PersonalPagesTest, MyPageShowsMyCardAndWhatItLacks) {
  const std::string cookie = sign_in("ada@example.org");
  const auto page = get("/fr/account", cookie);
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("Ma fiche"));
  EXPECT_THAT(page.body, HasSubstr("/fr/person/" + ada().text()));
  EXPECT_THAT(page.body, HasSubstr("ORCID"));
  EXPECT_THAT(page.body, HasSubstr("Institut Demo"));
  EXPECT_THAT(get("/en/account", sign_in("nobody@example.org")).body, HasSubstr("This is my page"));
}

// Rules 4 and 5.
TEST_F(PersonalPagesTest, AStarWorksWithoutScriptAndAsJson) {
  const std::string cookie = sign_in("ada@example.org");
  const std::string page = "/en/person/" + ada().text();
  EXPECT_THAT(get(page).body, Not(HasSubstr("/favourites/"))) << "a visitor";
  EXPECT_THAT(get(page, cookie).body, HasSubstr("Add to favourites"));
  const auto kept = send(page, "/en/favourites/" + ada().text(), "keep=yes&next=" + page, cookie);
  EXPECT_EQ(kept.status, 303);
  EXPECT_EQ(header(kept, "Location"), page);
  EXPECT_THAT(get(page, cookie).body, HasSubstr("Remove from favourites"));
  EXPECT_THAT(get("/en/account/favourites.json", cookie).body, HasSubstr(ada().text()));
  EXPECT_THAT(get("/en/account", cookie).body, HasSubstr("Seen recently"));
  auto asked = request(Method::post, "/en/favourites/" + ada().text(),
                       "form_token=" + token_in(get(page, cookie)) + "&keep=no", cookie);
  asked.headers.emplace_back("accept", "application/json");
  EXPECT_THAT(answer(asked).body, HasSubstr("\"favourite\":false"));
  EXPECT_EQ(header(send(page, "/en/favourites/" + ada().text(), "keep=yes&next=//evil.example", cookie), "Location"),
            page);
  EXPECT_EQ(send(page, "/en/favourites/" + Id(77).text(), "keep=yes", cookie).status, 404);
}

TEST_F(PersonalPagesTest, FormsOfOthersAreRefused) {
  const std::string cookie = sign_in("ada@example.org");
  for (const char* to : {"/en/account/links", "/en/account/searches", "/en/account/settings", "/en/account/object",
                         "/en/account/erase", "/en/account/claim"}) {
    EXPECT_EQ(answer(request(Method::post, to, "form_token=0", cookie)).status, 403) << to;
    EXPECT_EQ(answer(request(Method::post, to, "List-Unsubscribe=One-Click", cookie)).status, 403) << to;
    EXPECT_EQ(answer(request(Method::post, to, "form_token=0")).status, 403) << to;
  }
  EXPECT_EQ(send("/en/account", "/en/admin/people/notices", "", cookie).status, 403) << "not staff";
  EXPECT_EQ(get("/en/admin/people", cookie).status, 403);
}

TEST_F(PersonalPagesTest, MarkupStaysText) {
  const std::string cookie = sign_in("ada@example.org");
  const std::string markup = "%3Cscript%3Ealert(1)%3C%2Fscript%3E";
  EXPECT_EQ(send("/en/account", "/en/account/links", "label=" + markup + "&address=%2Fen%2Fslots", cookie).status, 303);
  EXPECT_EQ(send("/en/account", "/en/account/links", "label=x&address=javascript%3Aalert(1)", cookie).status, 422);
  EXPECT_EQ(
      send("/en/account", "/en/account/searches", "name=" + markup + "&address=%2Fsearch%3Fq%3Da&every=never", cookie)
          .status,
      303);
  EXPECT_EQ(
      send("/en/account", "/en/account/searches", "name=x&address=https%3A%2F%2Fevil%2F&every=never", cookie).status,
      422);
  for (const char* page : {"/en/account", "/en/account/searches/1"}) {
    const auto shown = get(page, cookie);
    EXPECT_EQ(shown.status, 200);
    EXPECT_THAT(shown.body, Not(HasSubstr("<script>alert")));
    EXPECT_THAT(shown.body, HasSubstr("&lt;script&gt;alert"));
  }
}

// Rules 9 and 10.
TEST_F(PersonalPagesTest, ASearchWritesWhatIsNewOnceAndIsStoppedInOneClick) {
  const std::string cookie = sign_in("ada@example.org");
  EXPECT_EQ(
      send("/en/person?q=demo", "/en/account/searches", "name=People&address=%2Fperson&every=daily", cookie).status,
      303);
  const auto day = [&] {
    m_place.clock.set(m_place.clock.now() + std::chrono::hours(24));
    ASSERT_TRUE(m_own.jobs.run_due());
  };
  day();
  EXPECT_EQ(letters(), "") << "what was there is no news";
  import_people(
      "P1,Exemple,Ada,ada@example.org,Institut Demo,2015\nP2,Autre,Noa,,Institut Demo,2015\n"
      "P3,Nouveau,Lou,,Institut Demo,2015\n");
  day();
  EXPECT_EQ(letters(), "ada@example.org search_news\n");
  const std::string letter = last_letter();
  EXPECT_THAT(letter, HasSubstr("Nouveau"));
  EXPECT_THAT(letter, Not(HasSubstr("Autre")));
  day();
  EXPECT_EQ(letters(), "ada@example.org search_news\n") << "told once";
  const size_t at = letter.find("/stop/");
  ASSERT_NE(at, std::string::npos);
  const std::string stop = "/en" + letter.substr(at, letter.find_first_of("\"\\ ", at) - at);
  EXPECT_THAT(get(stop).body, HasSubstr("Stop these letters")) << "opening it stops nothing";
  EXPECT_EQ(m_own.searches.find(1).value()->every, personal::Every::daily);
  EXPECT_EQ(answer(request(Method::post, stop + "0", "List-Unsubscribe=One-Click")).status, 404) << "a forged proof";
  EXPECT_EQ(answer(request(Method::post, stop, "List-Unsubscribe=One-Click")).status, 200);
  EXPECT_EQ(m_own.searches.find(1).value()->every, personal::Every::never);
}

// docs/rules/search.md: what is saved is the query as it was typed, and it finds what it finds in the box.
TEST_F(PersonalPagesTest, ASavedSearchIsAQueryLikeAnyOther) {
  const std::string cookie = sign_in("ada@example.org");
  const std::string query = "%2Fsearch%3Fq%3Dkind%253Aperson%2Bat%253A%2522Institut%2BDemo%2522%2BNOT%2Bautre";
  ASSERT_EQ(send("/en/search?q=kind%3Aperson", "/en/account/searches", "name=New&every=daily&address=" + query, cookie)
                .status,
            303);
  import_people(
      "P1,Exemple,Ada,ada@example.org,Institut Demo,2015\nP2,Autre,Noa,,Institut Demo,2015\n"
      "P3,Nouveau,Lou,,Institut Demo,2015\nP4,Autre,Max,,Institut Demo,2015\n");
  m_place.clock.set(m_place.clock.now() + std::chrono::hours(24));
  ASSERT_TRUE(m_own.jobs.run_due());
  const std::string letter = last_letter();
  EXPECT_THAT(letter, HasSubstr("Nouveau"));
  EXPECT_THAT(letter, Not(HasSubstr("Max")));
}

TEST_F(PersonalPagesTest, ASavedSearchSaysHowOftenItWrites) {
  const std::string cookie = sign_in("ada@example.org");
  const auto saved = send("/en/account", "/en/account/searches", "name=Those+of+%7Bevery%7D&address=%2Fperson", cookie);
  EXPECT_EQ(header(saved, "Location"), "/en/account?kept=1#searches");
  EXPECT_THAT(get("/en/account?kept=1", cookie).body,
              HasSubstr("The search “Those of {every}” is saved. No letter is sent; you can change that below."));
  send("/en/account", "/en/account/searches/1", "revision=1&name=Those&every=daily", cookie);
  EXPECT_THAT(get("/en/account?kept=1", cookie).body, HasSubstr("A letter a day"));
  EXPECT_THAT(get("/en/account?kept=1", sign_in("ben@example.org")).body, Not(HasSubstr("Those"))) << "not his";
  EXPECT_THAT(get("/en/account", cookie).body, Not(HasSubstr("A letter a day says")));
}

// docs/rules/personal.md, rule 8.
TEST_F(PersonalPagesTest, TwoAtOneSearchLoseNothing) {
  const std::string cookie = sign_in("ada@example.org");
  send("/en/account", "/en/account/searches", "name=One&address=%2Fperson&every=never", cookie);
  EXPECT_EQ(send("/en/account", "/en/account/searches/1", "revision=1&name=Two&every=never", cookie).status, 303);
  const auto second = send("/en/account", "/en/account/searches/1", "revision=1&name=Mine&every=never", cookie);
  EXPECT_EQ(second.status, 409);
  EXPECT_THAT(second.body, HasSubstr("value=\"Mine\""));
  EXPECT_THAT(second.body, HasSubstr("Two"));
  EXPECT_THAT(get("/en/account/searches/1", cookie).body, HasSubstr("<span aria-current=\"page\">Saved search"));
  EXPECT_EQ(get("/en/account/searches/1", sign_in("ben@example.org")).status, 404);
}

// Rule 12; docs/rules/erasure.md, rules 1 and 2.
TEST_F(PersonalPagesTest, MyDataObjectionAndErasure) {
  const std::string cookie = sign_in("ada@example.org");
  const auto file = get("/en/account/data/file", cookie);
  EXPECT_EQ(file.keep, http::Keep::never);
  EXPECT_THAT(file.body, HasSubstr("\"has_page\":true"));
  EXPECT_THAT(file.body, HasSubstr("demo-staff"));
  const std::string page = "/en/person/" + ada().text();
  EXPECT_EQ(get(page).status, 200);
  EXPECT_EQ(send("/en/account/data", "/en/account/object", "", cookie).status, 303);
  EXPECT_EQ(get(page).status, 404);
  EXPECT_THAT(get("/en/account", cookie).body, HasSubstr("you objected"));
  EXPECT_EQ(send("/en/account/data", "/en/account/object/end", "", cookie).status, 303);
  EXPECT_EQ(get(page).status, 200);

  EXPECT_EQ(send("/en/account/data", "/en/account/erase", "", cookie).status, 303);
  EXPECT_THAT(get("/en/account/data", cookie).body, HasSubstr("1 April 2026"));
  const std::string root = sign_in("root@example.org");
  EXPECT_THAT(get("/en/account", root).body, HasSubstr("/en/admin/people"));
  EXPECT_EQ(send("/en/admin/people", "/en/admin/people/wishes/2/erase", "", root).status, 422) << "no box ticked";
  EXPECT_EQ(send("/en/admin/people", "/en/admin/people/wishes/2/refuse", "reason=", root).status, 422);
  EXPECT_EQ(send("/en/admin/people", "/en/admin/people/wishes/2/erase", "sure=yes", root).status, 303);
  EXPECT_EQ(get(page).status, 410);
  EXPECT_EQ(get("/en/account", cookie).status, 303) << "he is signed in no more";
  EXPECT_THAT(get("/en/admin/people", root).body, Not(HasSubstr("ada@example.org")));
}

// docs/rules/personal.md, rule 2.
TEST_F(PersonalPagesTest, StaffConfirmsWhoseCardItIs) {
  const std::string cookie = sign_in("noa@example.org");
  const Id noa = m_place.id_of("name:noa autre");
  EXPECT_EQ(send("/en/account", "/en/account/claim",
                 "card=" + std::string("https%3A%2F%2Fpool.example.org%2Ffr%2Fperson%2F") + noa.text(), cookie)
                .status,
            303);
  EXPECT_EQ(send("/en/account/settings", "/en/account/claim", "card=nothing", cookie).status, 422);
  const std::string root = sign_in("root@example.org");
  EXPECT_THAT(get("/en/admin/people", root).body, HasSubstr("noa@example.org"));
  EXPECT_EQ(send("/en/admin/people", "/en/admin/people/claims/2/confirm", "", root).status, 303);
  EXPECT_THAT(get("/en/admin/people?done=confirmed", root).body, HasSubstr("the card is theirs"));
  EXPECT_EQ(send("/en/admin/people", "/en/admin/people/claims/2/confirm", "", root).status, 404) << "done already";
  EXPECT_THAT(get("/en/account", cookie).body, HasSubstr("/en/person/" + noa.text()));
  EXPECT_EQ(letters(), "noa@example.org claim\n");
}

// Rule 13.
TEST_F(PersonalPagesTest, ANoticeLeadsToHisRightsWithoutAnAccount) {
  const std::string root = sign_in("root@example.org");
  EXPECT_THAT(get("/en/admin/people", root).body, HasSubstr("1 person to write to"));
  EXPECT_EQ(send("/en/admin/people", "/en/admin/people/notices", "", root).status, 303);
  ASSERT_TRUE(m_own.jobs.run_due());
  ASSERT_TRUE(m_own.jobs.run_due());
  EXPECT_EQ(letters(), "ada@example.org page_notice\n");
  const std::string letter = last_letter();
  const size_t at = letter.find("/about-me/");
  ASSERT_NE(at, std::string::npos) << letter;
  const std::string mine = "/en" + letter.substr(at, letter.find_first_of("\"\\ ", at) - at);
  EXPECT_EQ(get(mine + "0").status, 404);
  const auto page = get(mine);
  EXPECT_EQ(page.status, 200);
  const std::string browser = cookie_in(page);
  EXPECT_EQ(answer(request(Method::post, mine + "/object", "form_token=0", browser)).status, 403);
  EXPECT_EQ(answer(request(Method::post, mine + "/object", "form_token=" + token_in(page), browser)).status, 303);
  EXPECT_EQ(get("/en/person/" + ada().text()).status, 404);
  EXPECT_EQ(answer(request(Method::post, mine + "/erase", "form_token=" + token_in(page), browser)).status, 303);
  EXPECT_EQ(*m_own.wishes.waiting(), 1);
}

// Rule 11.
TEST_F(PersonalPagesTest, SettingsHoldAndLettersAreRefused) {
  const std::string cookie = sign_in("ada@example.org");
  EXPECT_EQ(send("/en/account/settings", "/en/account/settings", "language=fr&letter=booking", cookie).status, 303);
  EXPECT_EQ(m_place.dump("SELECT language FROM account WHERE email = 'ada@example.org'"), "fr\n");
  std::string wanted;
  ASSERT_TRUE(m_place.store->write([&](store::Transaction& db) -> Result<void> {
    for (const mail::LetterKind& each : mail::letter_kinds()) {
      const std::string kind(each.kind);
      TRY(m_outbox.post(db, {"ada@example.org", kind, Language::french, "s", {}, {}, {}, {}, {}, {}}));
      wanted += each.topic.empty() || each.topic == "booking" ? "ada@example.org " + kind + "\n" : "";
    }
    return {};
  }));
  EXPECT_EQ(letters(), wanted) << "bookings and duties";
  // Both languages have a switch for each, and say which letters have none.
  const auto page = get("/fr/account/settings", cookie);
  for (const std::string_view topic : mail::letter_topics()) {
    const std::string box = "value=\"" + std::string(topic) + "\"";
    EXPECT_THAT(page.body, HasSubstr(box + (topic == "booking" ? " checked>" : ">")));
  }
  EXPECT_THAT(page.body, HasSubstr("<li>Lien de connexion</li>"));
  EXPECT_THAT(get("/en/account/settings", cookie).body, HasSubstr("<li>Receipt of a proposal</li>"));
  EXPECT_FALSE(m_own.personal.shelf(2)->remembers);
}

TEST_F(PersonalPagesTest, MyPageIsMadeQuickly) {
  const std::string cookie = sign_in("ada@example.org");
  for (int at = 0; at < 20; ++at) {
    ASSERT_TRUE(
        m_own.searches.save({0, 2, "s", "/search?q=" + std::to_string(at), personal::Every::never, {}, {}, 0}, {}));
  }
  ASSERT_TRUE(m_own.personal.keep(2, ada(), personal::Personal::Keep::yes));
  std::vector<double> times;
  for (int at = 0; at < 60; ++at) {
    const auto begin = std::chrono::steady_clock::now();
    ASSERT_EQ(get("/en/account", cookie).status, 200);
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  std::sort(times.begin(), times.end());
  std::cout << "own page: " << times[times.size() / 2] << " ms (median), " << times.back() << " ms at most\n";
  EXPECT_LT(times[times.size() / 2], 25) << "5 ms on an idle machine";
}

}  // namespace
}  // namespace pitchblende::pages
