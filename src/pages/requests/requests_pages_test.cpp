// The rooms of requests through their forms: asked by members and by companies, answered, passed on, forwarded.
#include "base/secret.hpp"
#include "mail/letter.hpp"
#include "pages/requests/requests_pages_fixture.hpp"

namespace pitchblende::pages {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr const char* k_words = "&kind=service&subject=Sorting&text=Twelve+samples%0A%3Cb%3Ebefore%3C%2Fb%3E+Easter";

class RequestsRoomTest : public RequestsPagesTest {
 protected:
  void more(Settings& settings) override { settings.desk.contacts = &m_contacts; }
  std::string to(Id id) { return "&to=" + id.text(); }
  http::Answer ask(const std::string& fields, const std::string& who) {
    return send("/en/requests/new", "/en/requests/new", "do=send" + fields, who);
  }
  // The page to which the last link that was posted leads.
  std::string link_of(std::string_view kind) {
    std::string out;
    const auto read = store->read([&](store::Connection& db) {
      return db.query("SELECT content FROM letter WHERE kind = ? ORDER BY id DESC LIMIT 1", {kind},
                      [&](const store::Row& row) { out = row.text(0); });
    });
    EXPECT_TRUE(read);
    return out;
  }

  access::Contacts m_contacts{*store};
};

// Rules 3, 6 and 16.
TEST_F(RequestsRoomTest, OnePutsOneQuestionToTwoAndEachSeesHisOwn) {
  EXPECT_THAT(body("/en/platform/" + cytometry.text(), 200), HasSubstr("/en/requests/new?to=" + cytometry.text()));
  EXPECT_THAT(body("/en/requests/new?to=" + cytometry.text(), 200, camille),
              HasSubstr("value=\"" + cytometry.text() + "\" checked"));
  const http::Answer made = ask(to(cytometry) + to(microscopy) + k_words, camille);
  ASSERT_EQ(made.status, 303) << made.body;
  EXPECT_EQ(location(made), "/en/requests/1?done=asked");
  EXPECT_THAT(letters(), ElementsAre("received camille@example.org", "to_answer dominique@example.org",
                                     "to_answer noa@example.org"));
  const std::string own = body("/en/requests/1?done=asked", 200, camille);
  EXPECT_THAT(own, HasSubstr("&lt;b&gt;before"));
  EXPECT_THAT(own, HasSubstr("Your request was sent"));
  EXPECT_THAT(body("/en/requests/inbox", 200, dominique), HasSubstr("/en/requests/threads/"));
  EXPECT_THAT(body("/en/account", 200, dominique), HasSubstr("1 request to answer"));
  EXPECT_THAT(body("/en/account", 200, camille), Not(HasSubstr("to answer</a>")));
  std::string hers;
  std::string his;
  for (const std::string number : {"1", "2"}) {
    (get("/en/requests/threads/" + number, dominique).status == 200 ? hers : his) = "/en/requests/threads/" + number;
  }
  ASSERT_FALSE(hers.empty() || his.empty());
  // Neither sees the other's, nor that there is another.
  EXPECT_EQ(get(his, dominique).status, 404);
  EXPECT_EQ(get(his, camille).status, 404) << "the asker has his own page";
  EXPECT_EQ(get("/en/requests/1", dominique).status, 404);
  EXPECT_THAT(body(hers, 200, dominique), Not(HasSubstr("microscopie")));
  ASSERT_EQ(send(hers, hers + "/files", "text=Which+cells%3F", dominique).status, 303);
  EXPECT_THAT(letters(), ElementsAre("reply camille@example.org"));
  EXPECT_THAT(body(his, 200, noa), Not(HasSubstr("Which cells?")));
  EXPECT_THAT(body("/en/requests/1", 200, camille), HasSubstr("Which cells?"));
  EXPECT_EQ(access.audit().entries(0, 1).value().front().deed.verb, "write");
  EXPECT_EQ(send(hers, his + "/files", "text=mine", dominique).status, 404) << "a forged address";
}

TEST_F(RequestsRoomTest, WhoElseWasAskedIsSaidWhereTheAskerSaysSo) {
  ASSERT_EQ(ask(to(cytometry) + to(microscopy) + k_words + "&others=shown", camille).status, 303);
  const int own = get("/en/requests/threads/1", dominique).status == 200 ? 1 : 2;
  EXPECT_THAT(body("/en/requests/threads/" + std::to_string(own), 200, dominique), HasSubstr("de microscopie"));
}

TEST_F(RequestsRoomTest, WhatIsWrongIsSaidAndWhatWasTypedStays) {
  const http::Answer empty = ask("&subject=&text=my+words&kind=data", camille);
  EXPECT_EQ(empty.status, 422);
  EXPECT_THAT(empty.body, HasSubstr("my words</textarea>"));
  EXPECT_THAT(empty.body, HasSubstr("href=\"#subject\""));
  EXPECT_THAT(empty.body, HasSubstr("value=\"data\" selected"));
  for (const auto& [fields, wanted] :
       {std::pair<std::string, const char*>{"&subject=a&text=b&kind=magic", "is no kind of request"},
        {"&subject=a&text=b&wanted_by=soon", "is no date"},
        {"&subject=a&text=b&wanted_by=2020-01-01", "1 January 2020 has gone by"},
        {"&subject=a&text=b&to=0000000001", "is nothing that can be asked"},
        {"&subject=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&text=", "The text is empty"}}) {
    const http::Answer answer = ask(fields, camille);
    EXPECT_EQ(answer.status, 422) << fields;
    EXPECT_THAT(answer.body, HasSubstr(wanted)) << fields;
    EXPECT_THAT(answer.body, Not(HasSubstr("<script>alert")));
  }
  EXPECT_TRUE(letters().empty());
  EXPECT_EQ(send_raw("/en/requests/new", std::string("do=send") + k_words, camille).status, 403) << "a forged form";
  const http::Answer found =
      send("/en/requests/new", "/en/requests/new", "do=find&find=microscopie&text=kept", camille);
  EXPECT_EQ(found.status, 200);
  EXPECT_THAT(found.body, HasSubstr("value=\"" + microscopy.text() + "\">"));
  EXPECT_THAT(found.body, HasSubstr("kept</textarea>"));
  for (const char* path : {"/en/requests/0", "/en/requests/x", "/en/requests/99999999999999999999",
                           "/en/requests/threads/1", "/en/requests/link/1-0", "/en/requests/link/x"}) {
    EXPECT_EQ(get(path, camille).status, 404) << path;
  }
}

// Rules 8 and 16.
TEST_F(RequestsRoomTest, AcceptedDeclinedAndNobodysWordsAreLost) {
  ASSERT_EQ(ask(to(cytometry) + k_words, camille).status, 303);
  letters();
  const std::string here = "/en/requests/threads/1";
  EXPECT_EQ(send(here, here + "/answer", "state=accepted&revision=1", dominique).status, 303);
  EXPECT_THAT(letters(), ElementsAre("state camille@example.org"));
  const http::Answer late = send(here, here + "/answer", "state=declined&revision=1&reason=no+room+in+May", staff);
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("no room in May</textarea>"));
  EXPECT_THAT(late.body, HasSubstr("Somebody changed this"));
  EXPECT_THAT(late.body, HasSubstr("name=\"revision\" value=\"2\""));
  EXPECT_EQ(send(here, here + "/answer", "state=perhaps&revision=2", dominique).status, 409);
  EXPECT_EQ(send(here, here + "/answer", "state=running&revision=2", dominique).status, 303);
  EXPECT_EQ(send(here, here + "/answer", "state=done&revision=3", dominique).status, 303);
  EXPECT_THAT(body("/en/requests/1", 200, camille), HasSubstr("It is done."));
  EXPECT_EQ(send("/en/requests/1", "/en/requests/1/files", "thread=1&text=Thanks", camille).status, 303);
  EXPECT_EQ(send("/en/requests/1", "/en/requests/1/files", "thread=77&text=Thanks", camille).status, 404);
  EXPECT_EQ(send("/en/requests/1", "/en/requests/1/withdraw", "thread=1&revision=4", camille).status, 409);
}

// Rule 12.
TEST_F(RequestsRoomTest, WhoAskedComesInByHisCopysLink) {
  ASSERT_EQ(ask(to(cytometry) + k_words, camille).status, 303);
  const auto text = unsealed(link_of("requests_received"), "key of this test");
  ASSERT_TRUE(text);
  const std::string url = mail::decode_letter(*text)->action_url;
  const std::string path = url.substr(url.find("/requests/link/"));
  EXPECT_EQ(path, "/requests/link/" + requests.link(1));
  const std::string there = "/en" + path;
  EXPECT_EQ(location(get(there, camille)), "/en/requests/1") << "signed in it is among his own";
  EXPECT_THAT(body(there, 200), HasSubstr("Twelve samples")) << "in another browser nobody asks who he is";
  EXPECT_EQ(send(there, there + "/files", "thread=1&text=By+the+link", {}).status, 303);
  EXPECT_EQ(get(there, dominique).status, 200) << "whoever has it";
  EXPECT_THAT(body("/en/requests/1", 200, camille), HasSubstr("By the link"));
  EXPECT_EQ(requests.messages(1).value().back().account, requests.cases({}).value().front().request.asker.account);
}

TEST_F(RequestsRoomTest, PeopleAreShownByTheirCards) {
  import_two_people();
  ASSERT_EQ(ask(to(cytometry) + k_words, camille).status, 303);
  const auto text = unsealed(link_of("requests_to_answer"), "key of this test");
  ASSERT_TRUE(text);
  EXPECT_THAT(*text, HasSubstr("Camille Zermatt (camille@example.org)"));
  for (const char* page : {"/en/requests/inbox", "/en/requests/threads/1"}) {
    EXPECT_THAT(body(page, 200, dominique),
                testing::ContainsRegex("href=\"/en/person/[0-9A-Z]{10}\"[^>]*>Camille Zermatt"))
        << page;
  }
  EXPECT_THAT(body("/en/requests/all", 200, staff), HasSubstr("Camille Zermatt"));
  ASSERT_EQ(send("/en/requests/threads/1", "/en/requests/threads/1/files", "text=Fine", dominique).status, 303);
  EXPECT_THAT(body("/en/requests/1", 200, camille), HasSubstr("Dominique Zorgue – "));
  EXPECT_THAT(body("/en/requests/threads/1", 200, staff), HasSubstr("Dominique Zorgue – ")) << "it is not he himself";
  EXPECT_THAT(body("/en/requests/threads/1", 200, dominique), Not(HasSubstr("Dominique Zorgue – ")));
}

// Rules 1 and 12.
TEST_F(RequestsRoomTest, ACompanyAsksByItsAddressAlone) {
  const std::string form = body("/en/requests/new?to=" + cytometry.text(), 200);
  EXPECT_THAT(form, HasSubstr("name=\"email\""));
  const std::string fields = to(cytometry) + k_words;
  EXPECT_EQ(ask(fields + "&email=lou%40company.example", {}).status, 422) << "without a name";
  EXPECT_EQ(ask(fields + "&name=Lou&email=lou%40company.example%0D%0ABcc%3A+all%40example.org", {}).status, 422);
  const http::Answer sent = ask(fields + "&name=Lou&company=Company&email=Lou%40company.example", {});
  ASSERT_EQ(sent.status, 200) << sent.body;
  EXPECT_THAT(sent.body, HasSubstr("A link is on its way"));
  EXPECT_THAT(letters(), ElementsAre("verify lou@company.example"));
  std::string secret;
  ASSERT_TRUE(
      requests.ask_first({0, "lou@company.example", "Lou", "Company", "en"},
                         {requests::Kind::service, requests::Others::hidden, {cytometry}, "Sorting", "Twelve", {}, {}},
                         {browser, "192.0.2.1"},
                         [&](store::Transaction&, const requests::Pending&, std::string_view posted) -> Result<void> {
                           secret = posted;
                           return {};
                         }));
  const std::string there = "/en/requests/verify/" + secret;
  EXPECT_THAT(body(there, 200), HasSubstr("Plateforme de cytom"));
  EXPECT_TRUE(requests.cases({})->empty()) << "opened by a mail scanner it sends nothing";
  const std::string stranger = "pb_browser=" + std::string(64, 'c');
  http::Request other;
  ASSERT_TRUE(http::read_target(there, other));
  other.headers = {{"cookie", stranger}};
  EXPECT_EQ(pages->answer(router, other).status, 403);
  const http::Answer confirmed = send(there, there, "", {});
  ASSERT_EQ(confirmed.status, 303) << confirmed.body;
  EXPECT_THAT(letters(), ElementsAre("received lou@company.example", "to_answer dominique@example.org"));
  EXPECT_EQ(send(there.substr(0, 4) + "requests/new", there, "", {}).status, 410) << "once";
  const std::string own = location(confirmed).substr(0, location(confirmed).find('?'));
  EXPECT_THAT(own, HasSubstr("/en/requests/link/1-"));
  EXPECT_THAT(body(own, 200), HasSubstr("Twelve"));
  EXPECT_EQ(send(own, own + "/files", "thread=1&text=And+six+more", {}).status, 303);
  EXPECT_THAT(letters(), ElementsAre("message dominique@example.org"));
  ASSERT_EQ(send("/en/requests/threads/1", "/en/requests/threads/1/files", "text=Fine", dominique).status, 303);
  EXPECT_THAT(letters(), ElementsAre("reply lou@company.example"));
  EXPECT_THAT(body(own, 200), HasSubstr("Fine"));
  // Once it signs in with that address, it is among its own.
  const std::string lou = session("lou@company.example");
  EXPECT_THAT(body("/en/requests", 200, lou), HasSubstr("/en/requests/1"));
  EXPECT_THAT(body("/en/requests/1", 200, lou), HasSubstr("And six more"));
}

TEST_F(RequestsRoomTest, WhereNobodyHasTheRoleWhomTheCardNamesIsReachedAndAnswers) {
  on_card[microscopy] = "mika@example.org";
  const std::string mika = session("mika@example.org");
  ASSERT_EQ(ask(to(microscopy) + k_words, camille).status, 303);
  EXPECT_THAT(letters(), ElementsAre("received camille@example.org", "to_answer noa@example.org"));
  EXPECT_THAT(body("/en/requests.csv", 200, camille), HasSubstr("Plateforme de microscopie"));
  EXPECT_THAT(body("/en/requests.csv", 200, noa), Not(HasSubstr("Plateforme")));
  EXPECT_EQ(get("/en/requests/threads/1", mika).status, 404) << "somebody has the role";
  ASSERT_TRUE(store->write([](store::Transaction& transaction) -> Result<void> {
    TRY(transaction.execute("DELETE FROM role_grant WHERE role = 'platform_manager'"));
    return {};
  }));
  ASSERT_EQ(ask(to(microscopy) + "&subject=again&text=please", camille).status, 303);
  EXPECT_THAT(letters(), ElementsAre("received camille@example.org", "to_answer mika@example.org"));
  EXPECT_THAT(body("/en/requests/inbox", 200, mika), HasSubstr("/en/requests/threads/2"));
  ASSERT_EQ(send("/en/requests/threads/2", "/en/requests/threads/2/files", "text=Come+along", mika).status, 303);
  EXPECT_THAT(letters(), ElementsAre("reply camille@example.org"));
  EXPECT_EQ(get("/en/requests/threads/2", dominique).status, 404);
}

// Rules 4 and 9 to 11.
TEST_F(RequestsRoomTest, UnansweredItGoesOnUntilSomebodyAnswers) {
  ASSERT_EQ(send("/en/requests/inbox", "/en/requests/substitutes",
                 "resource=" + cytometry.text() + "&email=sasha%40example.org", dominique)
                .status,
            303);
  EXPECT_EQ(send("/en/requests/inbox", "/en/requests/substitutes",
                 "resource=" + microscopy.text() + "&email=sasha%40example.org", dominique)
                .status,
            403)
      << "another's platform";
  EXPECT_EQ(
      send("/en/requests/inbox", "/en/requests/substitutes", "resource=" + cytometry.text() + "&email=x", dominique)
          .status,
      422);
  // An instrument belongs to its platform: who looks after that is reached.
  ASSERT_EQ(ask(to(thing("Cytomètre zorg")) + k_words, camille).status, 303);
  EXPECT_THAT(letters(), ElementsAre("received camille@example.org", "to_answer dominique@example.org"));
  const std::string sasha = session("sasha@example.org");
  EXPECT_EQ(get("/en/requests/threads/1", sasha).status, 200) << "he stands in";
  std::vector<std::string> all;
  for (int day = 0; day < 21; ++day) {
    later(1);
    const auto posted = pages->remind();
    ASSERT_TRUE(posted) << posted.error().message();
    const auto some = letters();
    EXPECT_EQ(static_cast<size_t>(*posted), some.size());
    for (const std::string& each : some) {
      all.push_back(std::to_string(day + 1) + " " + each);
    }
  }
  // Asked on a Sunday: the first working day is the Monday.
  EXPECT_THAT(all, ElementsAre("4 reminder dominique@example.org", "8 passed camille@example.org",
                               "8 passed_on sasha@example.org", "11 reminder sasha@example.org",
                               "15 passed camille@example.org", "15 passed_on staff@example.org",
                               "18 reminder staff@example.org"));
  staff = session("staff@example.org");  // three weeks have ended his session
  camille = session("camille@example.org");
  EXPECT_THAT(body("/en/account", 200, staff), HasSubstr("1 request to answer"));
  EXPECT_THAT(body("/en/requests/1", 200, camille), HasSubstr("went to the consortium"));
  ASSERT_EQ(send("/en/requests/threads/1", "/en/requests/threads/1/files", "text=Here+we+are", staff).status, 303);
  letters();
  later(60);
  EXPECT_EQ(pages->remind().value(), 0);
}

// Rule 2.
TEST_F(RequestsRoomTest, HelpMeChooseGoesToTheStaffWhoForwardIt) {
  ASSERT_EQ(ask("&kind=choose&subject=Cells&text=Who+counts+cells%3F", camille).status, 303);
  EXPECT_THAT(letters(), ElementsAre("received camille@example.org", "to_answer staff@example.org"));
  const std::string here = "/en/requests/threads/1";
  EXPECT_EQ(get(here, dominique).status, 404);
  const http::Answer found = send(here, here + "/forward", "do=find&find=cytom%C3%A9trie&note=a+word", staff);
  EXPECT_THAT(found.body, HasSubstr("value=\"" + cytometry.text() + "\""));
  EXPECT_THAT(found.body, HasSubstr("a word</textarea>"));
  EXPECT_EQ(send(here, here + "/forward", "do=forward", staff).status, 422);
  EXPECT_EQ(send("/en/account", here + "/forward", "do=forward&to=" + cytometry.text(), dominique).status, 403);
  ASSERT_EQ(send(here, here + "/forward", "do=forward&to=" + cytometry.text() + "&note=They+ask+for+you", staff).status,
            303);
  EXPECT_THAT(letters(), ElementsAre("forwarded camille@example.org", "to_answer dominique@example.org"));
  const std::string there = body("/en/requests/threads/2", 200, dominique);
  EXPECT_THAT(there, HasSubstr("They ask for you"));
  EXPECT_THAT(there, HasSubstr("Who counts cells?"));
  EXPECT_EQ(send(here, here + "/forward", "do=forward&to=" + cytometry.text(), staff).status, 409);
}

// Rule 17.
TEST_F(RequestsRoomTest, TheStaffSeeAllSortIt_AndTakeItAlong) {
  EXPECT_EQ(get("/en/requests/all", dominique).status, 403);
  EXPECT_EQ(get("/en/requests/all").status, 303);
  ASSERT_EQ(ask(to(cytometry) + "&subject=%3Dcmd()&text=b&kind=data", camille).status, 303);
  ASSERT_EQ(ask(to(microscopy) + "&subject=Second&text=b&kind=access", camille).status, 303);
  later(2);
  ASSERT_EQ(
      send("/en/requests/threads/1", "/en/requests/threads/1/answer", "state=accepted&revision=1", dominique).status,
      303);
  const std::string all = body("/en/requests/all?sort=-number", 200, staff);
  EXPECT_LT(all.find(">Second<"), all.find(">=cmd()<"));
  EXPECT_THAT(all, HasSubstr("2 days"));
  EXPECT_THAT(all, HasSubstr("aria-sort=\"descending\""));
  EXPECT_THAT(body("/en/requests/all?state=new", 200, staff), Not(HasSubstr(">=cmd()<")));
  const std::string csv = body("/en/requests/all.csv?state=accepted", 200, staff);
  EXPECT_THAT(csv, HasSubstr("\"'=cmd()\"")) << "no formula for a spreadsheet";
  EXPECT_THAT(csv, Not(HasSubstr("Second")));
  EXPECT_THAT(body("/en/requests/figures.csv", 200, staff), HasSubstr("Plateforme de cytométrie,1,1,1,0,2 days"));
  EXPECT_THAT(body("/fr/requests/all", 200, staff), HasSubstr("2 jours"));
  EXPECT_THAT(body("/en/requests/inbox.csv", 200, noa), HasSubstr("Second"));
  EXPECT_THAT(body("/en/requests/inbox.csv", 200, noa), Not(HasSubstr("cmd")));
}

}  // namespace
}  // namespace pitchblende::pages
