// Rule 13 of docs/rules/calls.md: what nobody else may learn. Stores that differ in those secrets alone give the same
// bytes at every route to everybody who must not know.
#include <filesystem>
#include <set>

#include "pages/calls/calls_pages_fixture.hpp"

namespace pitchblende::pages {
namespace {

namespace fs = std::filesystem;

using access::Role;
using calls::CallsTest;
using http::Method;

// Who must not know: everybody but who runs calls and the reviewers of that proposal themselves.
struct Somebody {
  std::string who;
  std::shared_ptr<const access::Actor> actor;
  bool only_looks = false;
};
std::vector<Somebody> those_who_must_not_know(CallsTest& place) {
  std::vector<Somebody> out{{"visitor", nullptr}, {"account", CallsSite::actor(20, "somebody@example.org")}};
  int64_t account = 30;
  const Id institute = place.id_of("name:Institut Alpha");
  for (size_t at = 0; at < access::k_roles; ++at) {
    const Role role = static_cast<Role>(at);
    if (access::scope(role, access::Right::run_calls) == access::Scope::none) {
      ++account;
      out.push_back(
          {std::string(access::name(role)), CallsSite::actor(account, std::string(access::name(role)) + "@example.org",
                                                             {{account, account, role, institute, {}, {}}})});
    }
  }
  out.push_back({"applicant", CallsSite::somebody(CallsTest::k_camille)});
  out.push_back({"rival", CallsSite::somebody(CallsTest::k_dominique)});
  out.push_back({"staff who applies",
                 CallsSite::actor(61, CallsTest::k_camille.email, {{61, 61, Role::staff, Id(), {}, {}}}), true});
  out.push_back({"reviewer of another proposal", CallsSite::actor(50, "other.reviewer@example.org")});
  return out;
}

// What a hole of a route's pattern may be filled with, of what there is in one of the stores.
using Fillings = std::map<std::string, std::vector<std::string>>;

// Random by nature, and masked: the number by which a form that is sent twice asks once, and the secret address of a
// new calendar.
std::string masked(std::string text) {
  for (const std::string_view before : {"name=\"once\" value=\"", "/calendar/"}) {
    for (size_t at = text.find(before); at != std::string::npos; at = text.find(before, at)) {
      at += before.size();
      text.erase(at, std::min(text.find_first_not_of("0123456789abcdef", at), text.size()) - at);
    }
  }
  return text;
}

// An answer as one text. The secret of a new browser (its cookie) is masked too. Nothing else.
std::string text_of(const http::Answer& answer) {
  std::string out = std::to_string(answer.status) + "\n" + answer.type + "\n";
  for (const auto& [name, value] : answer.headers) {
    out += name + ": " + (name == "Set-Cookie" ? "masked" : value) + "\n";
  }
  return out + "\n" + masked(answer.body);
}

class Secrecy : public testing::Test {
 protected:
  // A call that closed with two proposals; another.reviewer@ has a review of the second one in hand, in all stores.
  void SetUp() override {
    m_call = m_first.published_call();
    m_ref = m_first.submitted_proposal(m_call, CallsTest::k_camille, "Zorgs", 100'000);
    m_other = m_first.submitted_proposal(m_call, CallsTest::k_dominique, "Ploks", 50'000);
    m_first.set_clock("2026-04-10T12:00");
    const calls::Candidate other{{}, "Alix Other", "Other", "Alix", "other.reviewer@example.org", std::nullopt};
    EXPECT_TRUE(m_first.reviews->answer(m_first.invited(m_other, other), calls::ReviewState::accepted, {}));
    m_first.pool.reset();
    m_first.store.reset();
    for (CallsTest* copy : {&m_second, &m_third}) {
      copy->pool.reset();
      copy->store.reset();
      for (const auto& each : fs::directory_iterator(copy->folder.path())) {
        fs::remove_all(each.path());
      }
      fs::copy(m_first.folder.path(), copy->folder.path(), fs::copy_options::recursive);
    }
    for (CallsTest* each : {&m_first, &m_second, &m_third}) {
      each->open();
      each->open_doors();
      each->clock.set(m_first.clock.now());
    }
  }

  // A reviewer asked, his review sent or not, the sheet filled in.
  struct Secret {
    calls::Candidate who;
    bool accepts = true;
    std::string score;
    calls::Outcome outcome = calls::Outcome::funded;
    int64_t line = 1;
    std::string message;
  };
  void put(CallsTest& place, const Secret& secret) {
    // As the page asks him: with his letter and a line of the audit log.
    tests::EveryRoom rooms(place);
    const std::string link = place.invited(
        m_ref, secret.who,
        [&](store::Transaction& transaction, const calls::Review& review, std::string_view) -> Result<void> {
          TRY(rooms.access.audit().record(transaction, {9, "invite_reviewer", "review", review.id, {}}));
          mail::Letter letter;
          letter.to = review.email;
          letter.kind = "review_invitation";
          return rooms.outbox.post(transaction, letter);
        });
    if (!secret.accepts) {
      EXPECT_TRUE(
          place.reviews->answer(link, calls::ReviewState::declined, "no time", [&](store::Transaction& transaction) {
            return posted(rooms, transaction, {{CallsTest::k_staff.email, "review_declined"}});
          }));
    } else {
      const std::string review = place.reviews->answer(link, calls::ReviewState::accepted, {})->ref;
      const calls::By by{60, secret.who.email, false};
      EXPECT_TRUE(place.reviews->write(review,
                                       calls::typed({{"score_1", secret.score},
                                                     {"score_2", secret.score},
                                                     {"to_applicants", "A comment."},
                                                     {"to_committee", "For the committee: " + secret.score}}),
                                       by));
      EXPECT_TRUE(place.reviews->send(review, by, [&](store::Transaction& transaction, const calls::Arrived&) {
        return posted(rooms, transaction,
                      {{secret.who.email, "review_received"}, {CallsTest::k_staff.email, "review_arrived"}});
      }));
      m_reviews.push_back(review);
    }
    const int64_t revision = place.committee->sheet(m_call, CallsTest::k_staff)->call.sheet;
    EXPECT_TRUE(place.committee->set(m_call,
                                     {revision,
                                      secret.line,
                                      {{m_ref, {secret.line, secret.outcome, 70'000, secret.message}},
                                       {m_other, {0, calls::Outcome::refused, 0, "Sorry."}}}},
                                     CallsTest::k_staff));
  }
  // As pages tell the reviewer and the staff.
  static Result<void> posted(tests::EveryRoom& rooms, store::Transaction& transaction, const http::Pairs& letters) {
    for (const auto& [to, kind] : letters) {
      mail::Letter letter;
      letter.to = to;
      letter.kind = kind;
      TRY(rooms.outbox.post(transaction, letter));
    }
    return {};
  }
  Fillings fillings(CallsTest& place) {
    std::vector<std::string> ids{std::to_string(m_call), m_ref, m_other, "0"};
    std::vector<std::string> numbers{"1", "0"};
    for (const char* orcid : {calls::k_sacha_orcid, calls::k_camille_orcid, calls::k_noa_orcid}) {
      ids.push_back(place.id_of(std::string("orcid:") + orcid).text());
    }
    for (const std::string& review : m_reviews) {
      ids.push_back(review);
      numbers.push_back(review);
    }
    const std::vector<calls::Assigned> in_hand = place.reviews->mine({50, "other.reviewer@example.org", false}).value();
    for (const calls::Assigned& each : in_hand) {
      ids.push_back(each.review.ref);
    }
    return {{"{lang}", {"fr", "en"}},
            {"{page}",
             {"search", "person", "person.json", "person.csv", "call", "call.json", "award", "award.csv", "about"}},
            {"{kind}", {"person", "call", "award"}},
            {"{secret}", {std::string(64, '0')}},
            {"{scheme}", {"orcid", "pitchblende"}},
            {"{value*}", {calls::k_sacha_orcid}},
            {"{name}", {"none.css"}},
            {"{id}", std::move(ids)},
            {"", std::move(numbers)}};
  }

  // Asks all sites the same and compares; the answer: how many questions.
  size_t compare(const std::vector<CallsTest*>& places) {
    std::vector<std::unique_ptr<CallsSite>> sites;
    for (CallsTest* each : places) {
      sites.push_back(std::make_unique<CallsSite>(*each));
    }
    const Fillings with = fillings(*places.front());
    const std::vector<std::string> targets{"/fr/search?q=Sacha+Morel",
                                           "/en/search?q=Zorgs",
                                           "/en/search.json?q=Ploks",
                                           "/fr/person?q=Morel",
                                           "/en/award?q=Zorgs",
                                           "/fr/figures?year=2026",
                                           "/en/figures.json?year=2026",
                                           "/fr/figures.xlsx?year=2026",
                                           "/en/figures/records?year=2026&figure=awards",
                                           "/en/figures/records.csv?year=2026&figure=awards"};
    std::vector<std::pair<Method, std::string>> all;
    for (const std::string& each : targets) {
      all.emplace_back(Method::get, each);
    }
    for (const http::Route& route : sites.front()->router().routes()) {
      for (const std::string& each : tests::filled(route.pattern, with)) {
        all.emplace_back(route.method, each);
      }
    }
    size_t asked = 0;
    for (const Somebody& somebody : those_who_must_not_know(*places.front())) {
      for (const auto& [method, target] : all) {
        if (somebody.only_looks && method == Method::post) {
          continue;
        }
        const std::string body = method == Method::post ? "do=save&number=1&sure=yes&answer=accept&revision=1" : "";
        const std::string first = text_of(sites.front()->ask(method, target, somebody.actor, body));
        for (size_t at = 1; at < sites.size(); ++at) {
          const std::string other = text_of(sites[at]->ask(method, target, somebody.actor, body));
          EXPECT_EQ(tests::first_difference(first, other), "") << somebody.who << " asks " << target;
          ++asked;
        }
      }
    }
    return asked;
  }

  CallsTest m_first;
  CallsTest m_second;
  CallsTest m_third;
  int64_t m_call = 0;
  std::string m_ref;
  std::string m_other;
  std::vector<std::string> m_reviews;
};

TEST_F(Secrecy, NothingIsLearntBeforeTheAnnouncement) {
  const calls::Candidate sacha = m_first.candidate(calls::k_sacha_orcid, "sacha@example.org");
  const calls::Candidate outside{{}, "Alex Durand", "Durand", "Alex", "alex@example.org", std::nullopt};
  // The first has none of it at all; the second and the third have different ones.
  put(m_second, {sacha, true, "5", calls::Outcome::funded, 1, "Bravo."});
  put(m_third, {outside, true, "1", calls::Outcome::refused, 2, "Alas."});
  put(m_third, {sacha, false, "", calls::Outcome::reserve, 2, "Wait."});
  EXPECT_GT(compare({&m_first, &m_second, &m_third}), 4000U);
  // The test can fail: those who know are told different things.
  CallsSite first(m_first);
  CallsSite second(m_second);
  const std::string sheet = "/fr/calls/" + std::to_string(m_call) + "/sheet";
  EXPECT_NE(first.get(sheet, CallsSite::staff()).body, second.get(sheet, CallsSite::staff()).body);
  EXPECT_NE(first.get("/fr/admin/outbox", CallsSite::staff()).body,
            second.get("/fr/admin/outbox", CallsSite::staff()).body);
  EXPECT_NE(first.get("/fr/reviews", CallsSite::somebody(CallsTest::k_sacha)).body,
            second.get("/fr/reviews", CallsSite::somebody(CallsTest::k_sacha)).body);
}

TEST_F(Secrecy, WhoReviewedAndTheScoresStaySecretForEver) {
  const calls::Candidate sacha = m_first.candidate(calls::k_sacha_orcid, "sacha@example.org");
  const calls::Candidate outside{{}, "Alex Durand", "Durand", "Alex", "alex@example.org", std::nullopt};
  put(m_second, {sacha, true, "5", calls::Outcome::funded, 1, "Bravo."});
  put(m_third, {outside, true, "1", calls::Outcome::funded, 1, "Bravo."});
  std::vector<std::string> told;
  for (CallsTest* each : {&m_second, &m_third}) {
    CallsSite site(*each);
    EXPECT_EQ(
        site.post("/en/calls/" + std::to_string(m_call) + "/announce", CallsSite::staff(), {{"sure", "yes"}}).status,
        303);
    EXPECT_EQ(each->found("Zorgs"), 3U) << "two publications and the award";
    told.push_back(site.get("/fr/proposals/" + m_ref, CallsSite::somebody(CallsTest::k_camille)).body);
  }
  EXPECT_NE(told.front().find("Bravo."), std::string::npos);
  EXPECT_NE(told.front().find("A comment."), std::string::npos);
  EXPECT_GT(compare({&m_second, &m_third}), 2000U);
}

// Rule 13 of docs/rules/access.md: who corrects his own card is named by it.
TEST_F(Secrecy, TheLogShowsNoPersonsCardToAnAdministratorWhoApplies) {
  const Id sacha = m_first.id_of(std::string("orcid:") + calls::k_sacha_orcid);
  const Id institute = m_first.id_of("name:Institut Alpha");
  const Id gone = Id(sacha.bits() ^ 1U);  // merged since
  constexpr int64_t k_reviewer = 481'516;
  CallsSite site(m_first);
  ASSERT_TRUE(m_first.store->write([&](store::Transaction& transaction) -> Result<void> {
    const access::Audit& audit = site.access().audit();
    for (const Id card : {sacha, institute, gone}) {
      TRY(audit.record(transaction, {4, "correct", "card", static_cast<int64_t>(card.bits()), {}}));
    }
    TRY(audit.record(transaction, {4, "wish_objection", "wish", 1, sacha.text()}));
    TRY(audit.record(transaction, {4, "wish_objection", "wish", 2, gone.text()}));
    return audit.record(transaction, {k_reviewer, "send_review", "review", 1, {}});
  }));
  const auto administrator = [](const std::string& email) {
    return CallsSite::actor(61, email, {{61, 61, Role::system_administrator, Id(), {}, {}}});
  };
  for (const std::string path : {"/fr/admin/audit", "/fr/admin/audit.csv", "/fr/admin/audit?sort=object"}) {
    const std::string his = site.get(path, administrator(CallsTest::k_camille.email)).body;
    for (const std::string& secret :
         {m_first.find(sacha).card->label, sacha.text(), std::to_string(sacha.bits()), gone.text()}) {
      EXPECT_EQ(his.find(secret), std::string::npos) << path << " tells " << secret;
    }
    EXPECT_EQ(his.find(std::to_string(k_reviewer)), std::string::npos) << path << ": the list of accounts has it too";
    EXPECT_NE(his.find("Institut Alpha · " + institute.text()), std::string::npos) << path;
    const std::string others = site.get(path, administrator("other.root@example.org")).body;
    EXPECT_NE(others.find(std::to_string(k_reviewer)), std::string::npos) << path;
    for (const Id card : {sacha, gone}) {
      EXPECT_NE(others.find(card.text()), std::string::npos) << path << ": who does not apply is told";
    }
  }
}

}  // namespace
}  // namespace pitchblende::pages
