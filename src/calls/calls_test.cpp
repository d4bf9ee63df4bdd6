// A call from its draft to its laureates, on both databases: docs/rules/calls.md.
#include "calls/submitted.hpp"
#include "calls_fixture.hpp"
#include "postgresql.hpp"

namespace pitchblende::calls {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class WholeCall : public testing::TestWithParam<store::Dialect> {
 protected:
  void SetUp() override {
    std::string database;
    if (GetParam() == store::Dialect::postgresql) {
      if (!tests::PostgresqlServer::installed()) {
        GTEST_SKIP() << tests::PostgresqlServer::k_missing;
      }
      database = tests::PostgresqlServer::instance().new_database();
    }
    m_place = std::make_unique<CallsTest>(database);
  }
  CallsTest& place() { return *m_place; }

 private:
  std::unique_ptr<CallsTest> m_place;
};
INSTANTIATE_TEST_SUITE_P(Databases, WholeCall, testing::Values(store::Dialect::sqlite, store::Dialect::postgresql),
                         [](const auto& one) { return one.param == store::Dialect::sqlite ? "sqlite" : "postgresql"; });

const By& k_staff = CallsTest::k_staff;
const By& k_camille = CallsTest::k_camille;
const By& k_dominique = CallsTest::k_dominique;
const By& k_sacha = CallsTest::k_sacha;

TEST_P(WholeCall, rule_2_a_draft_is_for_who_runs_calls_and_is_published_when_whole) {
  CallsTest& here = place();
  const int64_t id = here.calls->begin(k_staff).value();
  EXPECT_EQ(code_of(here.calls->find(id, k_camille)), "CALLS_UNKNOWN");
  EXPECT_EQ(code_of(here.calls->write(id, typed(call_texts()), k_camille)), "CALLS_UNKNOWN");
  EXPECT_EQ(code_of(here.calls->publish(id, k_staff)), "CALLS_WANTED");
  ASSERT_TRUE(here.calls->write(id, typed({{"opens", "soon"}, {"title_fr", "Appel"}}), k_staff));
  EXPECT_EQ(here.calls->find(id, k_staff)->texts.at("opens"), "soon") << "what is wrong is kept as it was typed";
  Texts texts = call_texts();
  ASSERT_TRUE(here.calls->write(id, typed(texts, {{"opens", "soon"}, {"title_fr", "Appel"}}), k_staff));
  EXPECT_EQ(code_of(here.calls->publish(id, k_staff)), "");
  EXPECT_EQ(code_of(here.calls->publish(id, k_staff)), "CALLS_STATE");
  EXPECT_EQ(phase(*here.calls->find(id, k_camille), here.calls->now()), Phase::coming);
  EXPECT_THAT(here.calls->all(k_camille).value(), SizeIs(1));
}

TEST_P(WholeCall, rule_3_what_is_written_for_stays) {
  CallsTest& here = place();
  const int64_t id = here.published_call();
  const Texts shown = call_texts();
  EXPECT_EQ(code_of(here.calls->write(id, typed({{"section_1_limit", "5"}}, shown), k_staff)), "CALLS_FROZEN");
  EXPECT_EQ(code_of(here.calls->write(id, typed(shown, shown), k_staff)), "") << "the whole form, with nothing new";
  EXPECT_EQ(code_of(here.calls->write(id, typed({{"closes", "2026-03-09T17:00"}}, shown), k_staff)), "CALLS_PAST");
  EXPECT_EQ(code_of(here.calls->write(id, typed({{"closes", "never"}}, shown), k_staff)), "CALLS_TIME");
  EXPECT_EQ(here.calls->find(id, k_staff)->texts.at("closes"), "2026-04-02T17:00");
  EXPECT_EQ(code_of(here.calls->write(id, typed({{"closes", "2026-04-09T17:00"}}, shown), k_staff)), "");
  EXPECT_EQ(here.calls->find(id, k_camille)->closes, CallsPlace::at("2026-04-09T17:00"));
}

TEST_P(WholeCall, rule_4_two_who_write_lose_no_word) {
  CallsTest& here = place();
  const std::string ref = here.proposals->begin(here.published_call(), k_camille).value();
  ASSERT_TRUE(here.proposals->add_editor(ref, " Dominique@Example.org ", k_camille));
  ASSERT_TRUE(here.proposals->write(ref, typed({{"title", "A"}, {"summary", "B"}}), k_camille));
  const Texts shown{{"title", "A"}, {"summary", "B"}};
  // Both have seen that; one changes the title, then the other both.
  ASSERT_TRUE(here.proposals->write(ref, typed({{"title", "A1"}, {"summary", "B"}}, shown), k_camille));
  const auto kept = here.proposals->write(ref, typed({{"title", "A2"}, {"summary", "B2"}}, shown), k_dominique);
  ASSERT_TRUE(kept);
  ASSERT_THAT(kept->clashes, SizeIs(1));
  EXPECT_EQ(kept->clashes[0].name, "title");
  EXPECT_EQ(kept->clashes[0].newer, "A1");
  EXPECT_EQ(kept->clashes[0].by, k_camille.account);
  const Proposal now = here.proposals->find(ref, k_camille).value();
  EXPECT_EQ(now.texts.at("title"), "A1") << "nothing was written over it";
  EXPECT_EQ(now.texts.at("summary"), "B2") << "what nobody else wrote was kept";
  // The first one's page is older than that summary, and he did not touch it: it stays.
  ASSERT_THAT(here.proposals->write(ref, typed({{"title", "A1"}, {"summary", "B"}}, shown), k_camille)->clashes,
              IsEmpty());
  EXPECT_EQ(here.proposals->find(ref, k_camille)->texts.at("summary"), "B2");
  // Having seen A1 he may put his own in its place.
  ASSERT_THAT(here.proposals->write(ref, typed({{"title", "A2"}}, {{"title", "A1"}}), k_dominique)->clashes, IsEmpty());
  EXPECT_EQ(here.proposals->find(ref, k_camille)->texts.at("title"), "A2");
}

TEST_P(WholeCall, rule_5_a_proposal_is_its_editors_alone) {
  CallsTest& here = place();
  const std::string ref = here.proposals->begin(here.published_call(), k_camille).value();
  EXPECT_EQ(code_of(here.proposals->find(ref, k_dominique)), "CALLS_NO_PROPOSAL");
  EXPECT_EQ(code_of(here.proposals->find(ref, k_staff)), "CALLS_NO_PROPOSAL") << "a draft is nobody else's";
  EXPECT_EQ(code_of(here.proposals->find(ref, By{})), "CALLS_NO_PROPOSAL");
  EXPECT_EQ(code_of(here.proposals->find("0000000000", k_camille)), "CALLS_NO_PROPOSAL");
  EXPECT_EQ(code_of(here.proposals->write(ref, typed({{"title", "x"}}), k_dominique)), "CALLS_NO_PROPOSAL");
  EXPECT_EQ(code_of(here.proposals->submit(ref, k_dominique)), "CALLS_NO_PROPOSAL");
  EXPECT_EQ(code_of(here.proposals->remove_editor(ref, k_camille.email, k_camille)), "CALLS_LAST_EDITOR");
  EXPECT_EQ(code_of(here.proposals->add_editor(ref, "no address", k_camille)), "CALLS_EMAIL");
  EXPECT_EQ(code_of(here.proposals->put_party(ref, {"T", Id(5), "team", Part::coordinator, "T"}, k_camille)),
            "CALLS_PARTY_KIND");
  EXPECT_EQ(code_of(here.reviews->judged(ref, k_staff)), "CALLS_NO_PROPOSAL") << "not submitted";
}

TEST_P(WholeCall, rule_1_and_8_submitted_by_the_servers_clock_with_a_receipt) {
  CallsTest& here = place();
  const int64_t call = here.published_call();
  const std::string ref = here.written_proposal(call, k_camille, "Zorgs", 100'000);
  here.set_clock("2026-04-02T17:00");
  EXPECT_EQ(code_of(here.proposals->submit(ref, k_camille)), "CALLS_CLOSED") << "the second of the closing is too late";
  EXPECT_EQ(code_of(here.proposals->write(ref, typed({{"title", "late"}}, {{"title", "Zorgs"}}), k_camille)),
            "CALLS_CLOSED");
  here.clock.set(here.clock.now() - std::chrono::seconds(1));
  const Receipt first = here.proposals->submit(ref, k_camille).value();
  EXPECT_EQ(first.at, CallsPlace::at("2026-04-02T17:00") - 1);
  EXPECT_EQ(first.asked, 100'000);
  EXPECT_EQ(first.hash, hash256_hex(first.content));
  EXPECT_THAT(first.content, HasSubstr("2026-04-02T16:59:59"));
  ASSERT_TRUE(here.proposals->write(ref, typed({{"title", "Zorgs II"}}, {{"title", "Zorgs"}}), k_camille));
  EXPECT_EQ(here.reviews->judged(ref, k_staff)->submitted.texts.at("title"), "Zorgs") << "what counts was submitted";
  const Receipt second = here.proposals->submit(ref, k_camille).value();
  EXPECT_NE(first.receipt, second.receipt);
  EXPECT_EQ(here.reviews->judged(ref, k_staff)->submitted.texts.at("title"), "Zorgs II");
  EXPECT_THAT(here.proposals->receipts(ref, k_camille).value(), SizeIs(2));
  ASSERT_TRUE(here.proposals->withdraw(ref, k_camille));
  EXPECT_EQ(code_of(here.proposals->withdraw(ref, k_camille)), "CALLS_NOT_SUBMITTED");
  EXPECT_EQ(code_of(here.reviews->judged(ref, k_staff)), "CALLS_NO_PROPOSAL");
  EXPECT_EQ(code_of(here.proposals->begin(call, k_camille)), "");
  here.set_clock("2026-03-01T12:00");
  EXPECT_EQ(code_of(here.proposals->begin(call, k_camille)), "CALLS_NOT_OPEN");
  EXPECT_EQ(code_of(here.proposals->begin(99, k_camille)), "CALLS_UNKNOWN");
  here.set_clock("2026-03-10T12:00");
  for (int more = 2; more < 20; ++more) {
    EXPECT_EQ(code_of(here.proposals->begin(call, k_camille)), "");
  }
  EXPECT_EQ(code_of(here.proposals->begin(call, k_camille)), "CALLS_MOST_TEXTS");
}

TEST_P(WholeCall, rule_6_and_7_over_the_limit_is_kept_and_not_submitted) {
  CallsTest& here = place();
  const std::string ref = here.written_proposal(here.published_call(), k_camille, "Zorgs", 100'000);
  std::string much;
  for (int i = 0; i < 101; ++i) {
    much += "mot ";
  }
  ASSERT_TRUE(here.proposals->write(ref, typed({{"section_1", much}}, {{"section_1", "Un projet."}}), k_camille));
  EXPECT_EQ(here.proposals->find(ref, k_camille)->texts.at("section_1"), much);
  EXPECT_EQ(code_of(here.proposals->submit(ref, k_camille)), "CALLS_WORDS");
  ASSERT_TRUE(here.proposals->write(
      ref, typed({{"section_1", "x"}, {"asked", "99999"}}, {{"section_1", much}, {"asked", "100000"}}), k_camille));
  EXPECT_EQ(code_of(here.proposals->submit(ref, k_camille)), "CALLS_BUDGET_SUM");
}

TEST_P(WholeCall, files_go_with_it_as_they_were) {
  CallsTest& here = place();
  const std::string ref = here.written_proposal(here.published_call(), k_camille, "Zorgs", 1000);
  EXPECT_EQ(code_of(here.proposals->attach(ref, "a.txt", "words", k_dominique)), "CALLS_NO_PROPOSAL");
  EXPECT_EQ(code_of(here.proposals->attach(ref, "a.pdf", "no pdf", k_camille)), "FILES_TYPE");
  ASSERT_EQ(code_of(here.proposals->attach(ref, "a.txt", "words", k_camille)), "");
  const auto own = here.proposals->attachments(ref, k_camille).value();
  ASSERT_THAT(own, SizeIs(1));
  const Receipt receipt = here.proposals->submit(ref, k_camille).value();
  EXPECT_THAT(receipt.content, HasSubstr(own[0].file.hash));
  EXPECT_EQ(code_of(here.proposals->detach(ref, own[0].id + 1, k_camille)), "CALLS_NO_PROPOSAL")
      << "that of the submission";
  ASSERT_EQ(code_of(here.proposals->detach(ref, own[0].id, k_camille)), "");
  const int64_t id = here.reviews->judged(ref, k_staff)->proposal.id;
  const auto submitted = here.files->of(k_submitted_files, files_number(id, 1)).value();
  ASSERT_THAT(submitted, SizeIs(1));
  EXPECT_EQ(here.files->read(submitted[0]).value(), "words");
}

TEST_P(WholeCall, rule_9_conflicts_are_computed_before_anybody_is_asked) {
  CallsTest& here = place();
  const std::string ref = here.submitted_proposal(here.published_call(), k_camille, "Zorgs", 1000);
  EXPECT_EQ(code_of(here.reviews->invite(ref, {here.candidate(k_sacha_orcid, "sacha@example.org"), {}}, k_staff)),
            "CALLS_STILL_OPEN");
  here.set_clock("2026-04-10T12:00");
  const Judged judged = here.reviews->judged(ref, k_staff).value();
  const Candidate lou = here.candidate(k_lou_orcid, "lou@example.org");
  const Candidate noa = here.candidate(k_noa_orcid, "noa@example.org");
  const Candidate sacha = here.candidate(k_sacha_orcid, "sacha@example.org");
  const Candidate self = here.candidate(k_camille_orcid, "c@example.org");
  const Candidate claire{{}, "Claire Martin", "Martin", "Claire", "claire@example.org", std::nullopt};
  const Candidate alex{{}, "Alex Durand", "Durand", "Alex", "alex@example.org", here.id_of("name:Institut Alpha")};
  const Candidate free{{}, "Alex Durand", "Durand", "Alex", "alex@example.org", here.id_of("name:Institut Gamma")};
  const Candidate rival{{}, "Alex Durand", "Durand", "Alex", "dominique@example.org", std::nullopt};
  here.set_clock("2026-03-10T12:00");
  here.submitted_proposal(judged.call.id, k_dominique, "Other", 10);
  here.set_clock("2026-04-10T12:00");
  const auto found = here.reviews->conflicts_of(judged, {lou, noa, sacha, self, claire, alex, free, rival}).value();
  std::vector<std::string> first;
  for (const std::vector<Conflict>& each : found) {
    first.push_back(each.empty() ? "" : std::string(name(each.front().ground)) + ": " + each.front().through);
  }
  EXPECT_THAT(first, ElementsAre("unit: Institut Alpha", "publication: Zorgs in the tumour", "",
                                 testing::StartsWith("applicant"), HasSubstr("Martin"), "unit: Institut Alpha", "",
                                 testing::StartsWith("competitor")));
  for (const Candidate& each : {lou, noa, self, claire, alex, rival}) {
    EXPECT_EQ(code_of(here.reviews->invite(ref, {each, {}}, k_staff)), "CALLS_CONFLICT") << each.label;
  }
  // A parent that is nearly everybody's does not count when the call says so; a unit does.
  const Candidate robin = here.candidate(k_robin_orcid, "robin@example.org");
  const auto parents = here.reviews->conflicts_of(judged, {robin}).value().at(0);
  ASSERT_THAT(parents, SizeIs(2)) << "that of Camille's institute, and that of the partner, which is the same";
  for (const Conflict& each : parents) {
    EXPECT_EQ(each.ground, Ground::parent);
    EXPECT_EQ(each.through, "Grand Organisme");
  }
  EXPECT_EQ(code_of(here.reviews->invite(ref, {robin, {}}, k_staff)), "CALLS_CONFLICT");
  ASSERT_TRUE(
      here.calls->write(judged.call.id, typed({{"parents_apart", "Institut Alpha\n grand  ORGANISME"}}), k_staff));
  const auto apart = here.reviews->conflicts_of(here.reviews->judged(ref, k_staff).value(), {robin, lou}).value();
  EXPECT_THAT(apart.at(0), IsEmpty());
  EXPECT_EQ(apart.at(1).at(0).ground, Ground::unit);
  EXPECT_EQ(code_of(here.reviews->invite(ref, {sacha, "2026-02-30"}, k_staff)), "CALLS_DAY");
  EXPECT_EQ(code_of(here.reviews->invite(ref, {here.candidate(k_sacha_orcid, "nowhere"), {}}, k_staff)), "CALLS_EMAIL");
  EXPECT_EQ(code_of(here.reviews->invite(ref, {sacha, {}}, k_camille)), "CALLS_NO_PROPOSAL");
  EXPECT_EQ(code_of(here.reviews->invite(ref, {sacha, {}}, k_staff)), "");
  EXPECT_EQ(code_of(here.reviews->invite(ref, {sacha, {}}, k_staff)), "CALLS_INVITED");
  EXPECT_EQ(code_of(here.reviews->invite(ref, {free, {}}, k_staff)), "");
}

TEST_P(WholeCall, rule_9_a_new_call_names_the_national_bodies) {
  CallsTest& here = place();
  EXPECT_EQ(here.calls->find(here.calls->begin(k_staff).value(), k_staff)->texts.count("parents_apart"), 0U);
  here.import(here.source("bodies", "organisations", sources::Mode::snapshot),
              "id,name,type\nZ,Organisme Zorg,EPST\nY,Organisme Ypsilon,EPST\nH,Hôpital Demo,hôpital\n");
  here.import(here.source("units", "teams", sources::Mode::snapshot),
              "Code,Nom,Tutelles\nU1,Unité une,Organisme Zorg;Institut Alpha;Organisme Ypsilon\n"
              "U2,Unité deux,Organisme Zorg;Institut Beta;Hôpital Demo\nU3,Unité trois,Organisme Zorg;Institut Gamma\n"
              "U4,Unité quatre,Organisme Ypsilon;Institut Beta\nU5,Unité cinq,Hôpital Demo;Institut Alpha\n"
              "U6,Unité six,Hôpital Demo;Institut Gamma\n");
  here.settle();
  const int64_t call = here.calls->begin(k_staff).value();
  EXPECT_EQ(here.calls->find(call, k_staff)->texts.at("parents_apart"), "Organisme Zorg")
      << "a research body above units of three institutions; the hospital is one of them, the other body has two";
  ASSERT_TRUE(here.calls->write(call, typed({{"parents_apart", ""}}, {{"parents_apart", "Organisme Zorg"}}), k_staff));
  EXPECT_EQ(here.calls->find(call, k_staff)->texts.at("parents_apart"), "") << "who writes the call has the last word";
}

TEST_P(WholeCall, rule_9_a_place_that_the_registry_does_not_know_is_kept) {
  CallsTest& here = place();
  const std::string ref = here.submitted_proposal(here.published_call(), k_camille, "Zorgs", 1000);
  here.set_clock("2026-04-10T12:00");
  const Candidate elsewhere{{}, "Max Weit", "Weit", "Max", "max@example.org", std::nullopt, "Institute of Nowhere"};
  ASSERT_EQ(code_of(here.reviews->invite(ref, {elsewhere, {}}, k_staff)), "");
  const Review last = here.reviews->of_proposal(ref, k_staff)->back();
  EXPECT_EQ(text_in(last.texts, k_review_place), "Institute of Nowhere") << "kept as it was typed";
  EXPECT_EQ(last.checked, "name");
  EXPECT_EQ(
      code_of(here.reviews->invite(ref, {here.candidate(k_sacha_orcid, "sacha@example.org"), "2020-12-30"}, k_staff)),
      "CALLS_PAST");
}

TEST_P(WholeCall, rule_11_more_than_there_is_is_not_announced_unless_it_is_meant) {
  CallsTest& here = place();
  const int64_t call = here.published_call();
  const std::string ref = here.submitted_proposal(call, k_camille, "Zorgs", 45'000);
  here.set_clock("2026-04-10T12:00");
  ASSERT_EQ(code_of(here.committee->set(call, {1, 1, {{ref, {1, Outcome::funded, 999'999'999, {}}}}}, k_staff)), "");
  const Sheet sheet = here.committee->sheet(call, k_staff).value();
  EXPECT_EQ(sheet.granted, 999'999'999);
  std::vector<Bound> bounds;
  for (const Overrun& each : overruns(sheet)) {
    bounds.push_back(each.bound);
  }
  EXPECT_THAT(bounds, ElementsAre(Bound::asked, Bound::most, Bound::money));
  EXPECT_EQ(code_of(here.committee->announce(call, k_staff)), "CALLS_OVERGRANTED");
  EXPECT_FALSE(here.proposals->result(ref, k_camille).value()) << "nothing is told";
  EXPECT_EQ(code_of(here.committee->announce(call, k_staff, {.overgranted = true})), "");
}

TEST_P(WholeCall, rules_2_and_8_drafts_go) {
  CallsTest& here = place();
  const int64_t draft = here.calls->begin(k_staff).value();
  EXPECT_EQ(code_of(here.calls->drop(draft, k_camille)), "CALLS_UNKNOWN");
  EXPECT_EQ(code_of(here.calls->drop(draft, {k_staff.account + 1, "other@example.org", true})), "CALLS_STATE");
  EXPECT_EQ(code_of(here.calls->drop(draft, k_staff)), "");
  EXPECT_EQ(code_of(here.calls->find(draft, k_staff)), "CALLS_UNKNOWN");
  const int64_t call = here.published_call();
  EXPECT_EQ(code_of(here.calls->drop(call, k_staff)), "CALLS_STATE") << "everybody knows it";
  const std::string ref = here.written_proposal(call, k_camille, "Zorgs", 1000);
  ASSERT_EQ(code_of(here.proposals->attach(ref, "a.txt", "words", k_camille)), "");
  EXPECT_EQ(code_of(here.proposals->drop(ref, k_dominique)), "CALLS_NO_PROPOSAL");
  EXPECT_EQ(code_of(here.proposals->drop(ref, k_camille)), "");
  EXPECT_EQ(code_of(here.proposals->find(ref, k_camille)), "CALLS_NO_PROPOSAL");
  const std::string sent = here.submitted_proposal(call, k_camille, "Zorgs", 1000);
  ASSERT_EQ(code_of(here.proposals->withdraw(sent, k_camille)), "");
  EXPECT_EQ(code_of(here.proposals->drop(sent, k_camille)), "CALLS_STATE") << "what was submitted is kept for good";
}

TEST_P(WholeCall, rule_10_a_reviewer_answers_by_his_link_and_sees_his_own_alone) {
  CallsTest& here = place();
  const int64_t call = here.published_call();
  const std::string ref = here.submitted_proposal(call, k_camille, "Zorgs", 1000);
  const std::string other = here.submitted_proposal(call, k_dominique, "Other", 1000);
  here.set_clock("2026-04-10T12:00");
  const std::string secret = here.invited(ref, here.candidate(k_sacha_orcid, "sacha@example.org"));
  EXPECT_THAT(here.reviews->mine(k_sacha).value(), IsEmpty()) << "he has not accepted";
  EXPECT_EQ(code_of(here.reviews->by_link(std::string(64, '0'))), "CALLS_LINK");
  EXPECT_EQ(here.reviews->by_link(secret)->judged.proposal.ref, ref);
  const std::string review = here.reviews->answer(secret, ReviewState::accepted, {})->ref;
  EXPECT_EQ(code_of(here.reviews->answer(secret, ReviewState::declined, {})), "CALLS_LINK") << "once";
  EXPECT_EQ(code_of(here.reviews->find(review, k_camille)), "CALLS_NO_REVIEW");
  EXPECT_EQ(code_of(here.reviews->find(review, By{})), "CALLS_NO_REVIEW");
  EXPECT_EQ(code_of(here.reviews->find(ref, k_sacha)), "CALLS_NO_REVIEW");
  EXPECT_EQ(code_of(here.proposals->find(other, k_sacha)), "CALLS_NO_PROPOSAL");
  EXPECT_EQ(code_of(here.reviews->send(review, k_sacha)), "CALLS_SCORE");
  const Texts half{{"score_1", "4"}, {"to_applicants", "Good."}};
  ASSERT_TRUE(here.reviews->write(review, typed(half), k_sacha));
  EXPECT_EQ(code_of(here.reviews->send(review, k_sacha)), "CALLS_SCORE");
  ASSERT_TRUE(here.reviews->write(review, typed({{"score_2", "2"}}), k_sacha));
  std::vector<Arrived> all;
  const auto note = [&](store::Transaction&, const Arrived& one) -> Result<void> {
    all.push_back(one);
    return {};
  };
  EXPECT_EQ(code_of(here.reviews->send(review, k_sacha, note)), "");
  EXPECT_EQ(code_of(here.reviews->send(review, k_sacha, note)), "") << "rule 16: what counts does not arrive again";
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].at, CallsTest::at("2026-04-10T12:00"));
  EXPECT_EQ(all[0].assigned.judged.proposal.ref, ref);
  EXPECT_EQ(std::pair(all[0].number, all[0].of), std::pair(int64_t{1}, int64_t{1}));
  EXPECT_EQ(here.committee->sheet(call, k_staff)->rows.at(0).hundredths, 333);
  // Changed again, it does not count until it is sent anew.
  ASSERT_TRUE(here.reviews->write(review, typed({{"score_2", "5"}}, {{"score_2", "2"}}), k_sacha));
  EXPECT_EQ(here.committee->sheet(call, k_staff)->rows.at(0).hundredths, std::nullopt);
  here.invited(ref, {{}, "Alex Durand", "Durand", "Alex", "alex@example.org", std::nullopt});
  EXPECT_EQ(code_of(here.reviews->send(review, k_sacha, note)), "");
  ASSERT_THAT(all, SizeIs(2)) << "sent anew it arrives anew";
  EXPECT_EQ(std::pair(all[1].number, all[1].of), std::pair(int64_t{1}, int64_t{2})) << "two were asked";
  ASSERT_TRUE(here.reviews->write(review, typed({{"score_2", "4"}}, {{"score_2", "5"}}), k_sacha));
  const std::string declined = here.invited(other, here.candidate(k_sacha_orcid, "sacha@example.org"));
  EXPECT_EQ(code_of(here.reviews->answer(declined, ReviewState::declined, "no time")), "");
  EXPECT_THAT(here.reviews->mine(k_sacha).value(), SizeIs(1));
  EXPECT_EQ(code_of(here.reviews->withdraw(review, k_camille)), "CALLS_NO_REVIEW");
  ASSERT_EQ(code_of(here.reviews->withdraw(review, k_staff)), "");
  EXPECT_EQ(code_of(here.reviews->find(review, k_sacha)), "CALLS_NO_REVIEW");
}

TEST_P(WholeCall, rule_11_to_14_ranked_decided_announced) {
  CallsTest& here = place();
  const int64_t call = here.published_call();
  const std::string good = here.submitted_proposal(call, k_camille, "Good", 100'000);
  const std::string bad = here.submitted_proposal(call, k_dominique, "Bad", 150'000);
  EXPECT_EQ(code_of(here.committee->set(call, {1, 1, {}}, k_staff)), "CALLS_STILL_OPEN");
  here.set_clock("2026-04-10T12:00");
  EXPECT_EQ(code_of(here.committee->sheet(call, k_camille)), "CALLS_UNKNOWN");
  EXPECT_EQ(code_of(here.committee->sheet(call, {1, k_camille.email, true})), "CALLS_OWN") << "rule 12";
  EXPECT_EQ(code_of(here.reviews->judged(bad, {1, k_camille.email, true})), "CALLS_OWN");
  here.reviewed(good, here.candidate(k_sacha_orcid, "sacha@example.org"), k_sacha,
                {{"score_1", "5"}, {"score_2", "5"}, {"to_applicants", "Very good."}, {"to_committee", "Secret."}});
  EXPECT_EQ(here.committee->sheet(call, k_staff)->rows.at(0).proposal.ref, good);
  const auto funded = [&](int64_t granted) { return Verdict{0, Outcome::funded, granted, "Bravo."}; };
  EXPECT_EQ(code_of(here.committee->set(call, {9, 1, {}}, k_staff)), "CALLS_CHANGED");
  EXPECT_EQ(code_of(here.committee->set(call, {1, 1, {{"0000000000", funded(1)}}}, k_staff)), "CALLS_NO_PROPOSAL");
  EXPECT_EQ(here.committee->sheet(call, k_staff)->call.line, 0) << "nothing of a setting that was refused stays";
  ASSERT_EQ(code_of(here.committee->set(call, {1, 1, {{good, funded(90'000)}}}, k_staff)), "");
  EXPECT_EQ(here.committee->sheet(call, k_staff)->above, 100'000);
  EXPECT_EQ(code_of(here.committee->announce(call, k_staff)), "CALLS_UNDECIDED");
  ASSERT_EQ(code_of(here.committee->set(call, {2, 1, {{bad, {0, Outcome::refused, 0, "Sorry."}}}}, k_staff)), "");
  EXPECT_FALSE(here.proposals->result(good, k_camille).value()) << "rule 13: not before it is announced";
  EXPECT_THAT(here.committee->laureates(call).value(), IsEmpty());
  EXPECT_THAT(here.committee->untold(call).value(), IsEmpty());
  ASSERT_EQ(code_of(here.committee->announce(call, k_staff)), "");
  EXPECT_EQ(code_of(here.committee->announce(call, k_staff)), "CALLS_RELEASED");
  EXPECT_EQ(code_of(here.committee->set(call, {3, 0, {}}, k_staff)), "CALLS_RELEASED");
  const auto result = here.proposals->result(good, k_camille).value();
  ASSERT_TRUE(result);
  EXPECT_EQ(result->verdict.granted, 90'000);
  EXPECT_THAT(result->comments, ElementsAre("Very good."));
  ASSERT_THAT(here.committee->laureates(call).value(), SizeIs(1));
  int told = 0;
  for (int twice = 0; twice < 2; ++twice) {
    const std::vector<Told> untold = here.committee->untold(call).value();
    for (const Told& each : untold) {
      EXPECT_EQ(code_of(here.committee->tell(each,
                                             [&](store::Transaction&, const Told&) -> Result<void> {
                                               ++told;
                                               return {};
                                             })),
                "");
    }
  }
  EXPECT_EQ(told, 2) << "each once";
  const auto late = here.reviews->mine(k_sacha).value();
  EXPECT_EQ(code_of(here.reviews->write(late.at(0).review.ref, typed({{"score_1", "1"}}, {{"score_1", "5"}}), k_sacha)),
            "CALLS_RELEASED");
}

}  // namespace
}  // namespace pitchblende::calls
