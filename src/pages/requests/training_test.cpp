// A training asked for by a request, granted there, said where it is needed. Rule 23 of docs/rules/requests.md.
#include "booking/booking.hpp"
#include "booking/local_time.hpp"
#include "booking/trainings.hpp"
#include "pages/requests/requests_pages_fixture.hpp"

namespace pitchblende::pages {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class TrainingTest : public RequestsPagesTest {
 protected:
  TrainingTest() : contacts(*store), trainings(*store, clock) {
    auto opened = booking::Booking::open(*store, clock);
    EXPECT_TRUE(opened) << opened.error().message();
    room = std::move(*opened);
  }
  void SetUp() override {
    RequestsPagesTest::SetUp();
    cytometer = thing("Cytomètre zorg");
    booking::Terms terms;
    terms.instrument = cytometer;
    terms.trained = true;
    for (int weekday = 0; weekday < 7; ++weekday) {
      terms.hours.push_back({weekday, 0, 1440});
    }
    const auto done = room->set_terms(terms, {9, true});
    ASSERT_TRUE(done) << done.error().message();
    give("lou@example.org", access::Role::researcher, microscopy);
    lou = session("lou@example.org");
    here = "/en/equipment/" + cytometer.text();
  }
  void more(Settings& settings) override { settings.desk = {room.get(), &trainings, nullptr, nullptr, &contacts}; }
  // By the form of the instrument's page.
  std::string ask() {
    const http::Answer asked = send(here + "/book", "/en/requests/new",
                                    "to=" + cytometer.text() + "&kind=training&subject=Training&text=Please", lou);
    EXPECT_EQ(asked.status, 303) << asked.body;
    letters();
    return location(asked);
  }
  requests::State state() { return requests.cases({}).value().at(0).thread.state; }

  access::Contacts contacts;
  booking::Trainings trainings;
  std::unique_ptr<booking::Booking> room;
  Id cytometer;
  std::string here;
  std::string lou;
  const std::string k_thread = "/en/requests/threads/1";
};

TEST_F(TrainingTest, OneButtonGrantsItAnswersAndCloses) {
  EXPECT_THAT(body(here + "/book", 200, lou), HasSubstr("name=\"kind\" value=\"training\""));
  const std::string own = ask();
  const std::string page = body(k_thread, 200, dominique);
  EXPECT_THAT(page, HasSubstr("action=\"" + k_thread + "/train\""));
  EXPECT_THAT(page, HasSubstr(">training<"));
  EXPECT_THAT(page, HasSubstr("name=\"state\" value=\"declined\"")) << "or it is declined with a reason";
  const http::Answer wrong = send(k_thread, k_thread + "/train", "revision=1&until=soon", dominique);
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, HasSubstr("“soon” is no date"));
  EXPECT_THAT(wrong.body, HasSubstr("value=\"soon\""));
  const http::Answer late = send(k_thread, k_thread + "/train", "revision=7", dominique);
  EXPECT_EQ(late.status, 409) << "somebody was there before";
  EXPECT_TRUE(trainings.on(cytometer).value().empty());
  const http::Answer done = send(k_thread, k_thread + "/train", "revision=1&until=2031-01-31", dominique);
  EXPECT_EQ(location(done), k_thread + "?done=trained");
  EXPECT_EQ(state(), requests::State::done);
  ASSERT_EQ(trainings.on(cytometer).value().size(), 1U);
  EXPECT_EQ(trainings.on(cytometer).value().front().account, contacts.with("lou@example.org").value()->account);
  EXPECT_EQ(trainings.on(cytometer).value().front().last_day, booking::read_day("2031-01-31"));
  EXPECT_THAT(letters(), ElementsAre("trained lou@example.org"));
  EXPECT_THAT(body(location(done), 200, dominique), Not(HasSubstr("/train\"")));
  EXPECT_THAT(body(own, 200, lou), HasSubstr("The training was granted."));
  EXPECT_THAT(body(here + "/book", 200, lou), HasSubstr("name=\"minutes\""));
  EXPECT_EQ(send(k_thread, k_thread + "/train", "revision=2", dominique).status, 403) << "it is closed";
}

TEST_F(TrainingTest, ThatItWasAskedForIsSaidAndNotAskedAgain) {
  const std::string own = ask();
  const std::string said = "You asked for this training on ";
  const std::string book = body(here + "/book", 200, lou);
  EXPECT_THAT(book, HasSubstr(said));
  EXPECT_THAT(book, HasSubstr("it waits for an answer"));
  EXPECT_THAT(book, Not(HasSubstr("name=\"once\"")));
  const std::string card = body(here, 200, lou);
  EXPECT_THAT(card, HasSubstr(said));
  EXPECT_THAT(card, HasSubstr(own.substr(0, own.find('?'))));
  EXPECT_THAT(body(here, 200, dominique), Not(HasSubstr(said))) << "who did not ask";
  ASSERT_EQ(send(k_thread, k_thread + "/answer", "revision=1&state=declined&reason=full+until+June", dominique).status,
            303);
  const std::string refused = body(here + "/book", 200, lou);
  EXPECT_THAT(refused, HasSubstr("full until June"));
  EXPECT_THAT(refused, HasSubstr("name=\"once\"")) << "she may ask once more";
  EXPECT_THAT(body(here, 200, lou), Not(HasSubstr(said)));
}

TEST_F(TrainingTest, WhoLooksAfterItAloneGrants) {
  ask();
  EXPECT_EQ(send("/en/requests/1", k_thread + "/train", "revision=1", lou).status, 404);
  EXPECT_EQ(send("/en/requests/inbox", k_thread + "/train", "revision=1", noa).status, 404);
  // A substitute answers, and looks after nothing.
  ASSERT_TRUE(store->write([&](store::Transaction& transaction) -> Result<void> {
    TRY(transaction.execute("INSERT INTO request_substitute (resource, email, set_by, at) VALUES (?, ?, 0, 0)",
                            {static_cast<int64_t>(cytometry.bits()), "noa@example.org"}));
    return {};
  }));
  EXPECT_THAT(body(k_thread, 200, noa), Not(HasSubstr("/train\"")));
  EXPECT_EQ(send(k_thread, k_thread + "/train", "revision=1", noa).status, 403);
  EXPECT_TRUE(trainings.on(cytometer).value().empty());
}

TEST_F(TrainingTest, TheLetterOfWhoLooksAfterItGrantsToo) {
  ask();
  std::string secret;
  const requests::Thread thread = requests.cases({}).value().at(0).thread;
  ASSERT_TRUE(store->write([&](store::Transaction& transaction) -> Result<void> {
    TRY_ASSIGN(secret, answer_links.make(transaction, thread, "dominique@example.org"));
    return {};
  }));
  const std::string letter = "/en/requests/answer/" + secret;
  EXPECT_THAT(body(letter, 200), HasSubstr("action=\"" + letter + "/train\""));
  EXPECT_TRUE(trainings.on(cytometer).value().empty()) << "opening it changes nothing";
  EXPECT_EQ(location(send(letter, letter + "/train", "revision=1")), letter + "?done=trained");
  EXPECT_EQ(trainings.on(cytometer).value().size(), 1U);
  EXPECT_EQ(state(), requests::State::done);
}

}  // namespace
}  // namespace pitchblende::pages
