// What a call says of people and to them: who coordinates, what is shared, what is said to all of an outcome.
#include "calls_fixture.hpp"

namespace pitchblende::calls {
namespace {

using testing::SizeIs;

class CallsSaid : public testing::Test {
 protected:
  CallsTest m_place;
};

TEST_F(CallsSaid, rule_5_who_begins_it_coordinates_it) {
  const Party camille = m_place.person(k_camille_orcid, Part::coordinator);
  const std::string ref = m_place.proposals->begin(m_place.published_call(), CallsTest::k_camille, camille).value();
  const std::vector<Party> parties = m_place.proposals->find(ref, CallsTest::k_camille)->parties;
  ASSERT_THAT(parties, SizeIs(1));
  EXPECT_EQ(parties[0].key, camille.key);
  EXPECT_EQ(parties[0].part, Part::coordinator);
  // Until he says otherwise: who coordinated takes part.
  const Party lou = m_place.person(k_lou_orcid, Part::coordinator);
  ASSERT_EQ(code_of(m_place.proposals->put_party(ref, lou, CallsTest::k_camille)), "");
  std::map<std::string, Part> after;
  const Proposal changed = m_place.proposals->find(ref, CallsTest::k_camille).value();
  for (const Party& each : changed.parties) {
    after[each.key] = each.part;
  }
  EXPECT_EQ(after, (std::map<std::string, Part>{{camille.key, Part::participant}, {lou.key, Part::coordinator}}));
}

TEST_F(CallsSaid, rule_9_what_is_shared_says_what_it_is) {
  const std::string ref = m_place.submitted_proposal(m_place.published_call(), CallsTest::k_camille, "Zorgs", 1000);
  const Judged judged = m_place.reviews->judged(ref, CallsTest::k_staff).value();
  const auto found = m_place.reviews->conflicts_of(judged, {m_place.candidate(k_lou_orcid, "lou@example.org")}).value();
  EXPECT_EQ(found.at(0).at(0).ground, Ground::unit);
  EXPECT_EQ(found.at(0).at(0).kind, registry::Kind::organisation) << "pages call that an institution";
}

TEST_F(CallsSaid, rule_14_what_is_said_to_all_of_an_outcome) {
  const int64_t call = m_place.published_call();
  const std::string good = m_place.submitted_proposal(call, CallsTest::k_camille, "Good", 100'000);
  const std::string bad = m_place.submitted_proposal(call, CallsTest::k_dominique, "Bad", 150'000);
  m_place.set_clock("2026-04-10T12:00");
  const Setting decided{
      1, 1, {{good, {1, Outcome::funded, 90'000, "Bravo."}}, {bad, {2, Outcome::reserve, 0, "Alas."}}}};
  ASSERT_EQ(code_of(m_place.committee->set(call, decided, CallsTest::k_staff)), "");
  const std::string too_long(k_longest_text + 1, 'x');
  EXPECT_EQ(code_of(m_place.committee->announce(call, CallsTest::k_staff, {.to_others = too_long})), "CALLS_TOO_LONG");
  ASSERT_EQ(
      code_of(m_place.committee->announce(call, CallsTest::k_staff, {.to_funded = "Welcome.", .to_others = "Wait."})),
      "");
  EXPECT_EQ(m_place.proposals->result(good, CallsTest::k_camille).value()->to_all, "Welcome.");
  EXPECT_EQ(m_place.proposals->result(bad, CallsTest::k_dominique).value()->to_all, "Wait.");
  const std::vector<Told> all = m_place.committee->untold(call).value();
  ASSERT_THAT(all, SizeIs(2));
  for (const Told& each : all) {
    EXPECT_EQ(each.to_all, each.proposal.ref == good ? "Welcome." : "Wait.");
  }
}

}  // namespace
}  // namespace pitchblende::calls
