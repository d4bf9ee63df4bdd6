#include "partnerships/partnerships.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "either_store.hpp"
#include "partnerships/errors.hpp"
#include "partnerships/partnerships_rules.hpp"

namespace pitchblende::partnerships {
namespace {

using access::Visibility;

template <typename T>
std::string code_of(const Result<T>& result) {
  return result ? "" : result.error().kind().code;
}

Draft draft() {
  Draft out;
  out.title = "Antibodies against zorg";
  out.parties = {Id(5), Id(6)};
  out.starts = "2026-01-01";
  out.ends = "2026-12-31";
  out.amount = 250'000;
  out.note = "they hesitate";
  return out;
}
Partnership at_stage(Stage stage) {
  Partnership out;
  out.draft = draft();
  out.stage = stage;
  return out;
}

TEST(PartnershipsRules, rule_2_what_is_written_down_is_whole) {
  EXPECT_TRUE(judge_draft(draft()));
  const auto wrong = [](auto&& spoil) {
    Draft out = draft();
    spoil(out);
    return code_of(judge_draft(out));
  };
  EXPECT_EQ(wrong([](Draft& each) { each.title = "  "; }), "PARTNERSHIPS_TITLE");
  EXPECT_EQ(wrong([](Draft& each) { each.title.assign(301, 'a'); }), "PARTNERSHIPS_LENGTH");
  EXPECT_EQ(wrong([](Draft& each) { each.parties.clear(); }), "PARTNERSHIPS_PARTIES");
  EXPECT_EQ(wrong([](Draft& each) { each.people.assign(60, Id(3)); }), "PARTNERSHIPS_MANY");
  EXPECT_EQ(wrong([](Draft& each) { each.starts = "soon"; }), "PARTNERSHIPS_DATE");
  EXPECT_EQ(wrong([](Draft& each) { each.ends = "2025-12-31"; }), "PARTNERSHIPS_ENDS_FIRST");
  EXPECT_EQ(wrong([](Draft& each) { each.amount = -1; }), "PARTNERSHIPS_AMOUNT");
  EXPECT_EQ(wrong([](Draft& each) { each.amount_seen = Visibility::nobody; }), "PARTNERSHIPS_VISIBILITY");
  EXPECT_EQ(wrong([](Draft& each) { each.starts.clear(); }), "");
  EXPECT_EQ(draft().shown, Shown::no) << "nothing is shown that nobody said to show";
}

// Rule 15.
TEST(PartnershipsRules, rule_15_a_company_by_its_name_is_a_party) {
  Draft one = draft();
  one.parties.clear();
  one.named = {"Zorgpharma SAS"};
  EXPECT_EQ(code_of(judge_draft(one)), "");
  EXPECT_EQ(code_of(judge_whole(one, Stage::signed_)), "PARTNERSHIPS_UNFINISHED") << "with itself alone";
  one.parties = {Id(5)};
  EXPECT_EQ(code_of(judge_whole(one, Stage::signed_)), "");
  one.named = {" - "};
  EXPECT_EQ(code_of(judge_draft(one)), "PARTNERSHIPS_PARTIES");
  one.named = {std::string(201, 'a')};
  EXPECT_EQ(code_of(judge_draft(one)), "PARTNERSHIPS_LENGTH");
  one.named.assign(6, "Zorgpharma");
  EXPECT_EQ(code_of(judge_draft(one)), "PARTNERSHIPS_NAMED");
}

// Rule 8.
TEST(PartnershipsRules, what_files_call_it) {
  for (const auto& [said, wanted] : {std::pair{"recherche", Kind::research},
                                     {"Recherche en commun", Kind::research},
                                     {"research", Kind::research},
                                     {"THÈSE", Kind::thesis},
                                     {"Convention CIFRE", Kind::thesis},
                                     {"Preuve de concept", Kind::proof_of_concept},
                                     {"proof_of_concept", Kind::proof_of_concept},
                                     {" Mise à  disposition ", Kind::provision},
                                     {"Accord-cadre", Kind::framework},
                                     {"Convention cadre", Kind::framework},
                                     {"License agreement", Kind::licence},
                                     {"Prestation de services", Kind::service},
                                     {"chaire industrielle", Kind::chair},
                                     {"Autre", Kind::other}}) {
    EXPECT_EQ(kind_said(said), wanted) << said;
  }
  for (const std::string_view unknown : {"", "Don de tissus", "recherchees"}) {
    EXPECT_FALSE(kind_said(unknown)) << unknown;
  }
  for (const Kind each : k_kinds) {
    EXPECT_EQ(kind(name(each)), each);
    EXPECT_EQ(kind_said(name(each)), each);
  }
}

// Rule 14.
TEST(PartnershipsRules, rule_14_what_can_be_renewed_until_when) {
  EXPECT_EQ(code_of(judge_renewal(at_stage(Stage::signed_), "2028-12-31")), "");
  EXPECT_EQ(code_of(judge_renewal(at_stage(Stage::signed_), "2026-12-31")), "PARTNERSHIPS_LATER");
  EXPECT_EQ(code_of(judge_renewal(at_stage(Stage::signed_), "")), "PARTNERSHIPS_DATE");
  EXPECT_EQ(code_of(judge_renewal(at_stage(Stage::signed_), "2028")), "PARTNERSHIPS_DATE");
  for (const Stage stage : {Stage::contact, Stage::talks, Stage::negotiation, Stage::ended, Stage::dropped}) {
    EXPECT_EQ(code_of(judge_renewal(at_stage(stage), "2028-12-31")), "PARTNERSHIPS_NOT_SIGNED");
  }
  Partnership open = at_stage(Stage::signed_);
  open.draft.ends.clear();
  EXPECT_EQ(code_of(judge_renewal(open, "2026-01-01")), "PARTNERSHIPS_LATER") << "not after it began";
  EXPECT_EQ(code_of(judge_renewal(open, "2026-01-02")), "");
}

TEST(PartnershipsRules, amounts_are_whole_euros) {
  EXPECT_EQ(amount_in("250 000").value(), 250'000);
  EXPECT_EQ(amount_in("1\xE2\x80\xAF"
                      "250\xC2\xA0"
                      "000")
                .value(),
            1'250'000);
  EXPECT_EQ(amount_in(" ").value(), std::nullopt);
  for (const std::string_view wrong : {"-3", "12,5", "1e9", "99999999999999999999", "k€", "12 €"}) {
    EXPECT_EQ(code_of(amount_in(wrong)), "PARTNERSHIPS_AMOUNT") << wrong;
  }
}

TEST(PartnershipsRules, rule_3_which_stage_follows_which) {
  const auto after = [](Stage from) {
    std::string out;
    for (const Stage to : k_stages) {
      out += may_become(from, to) ? std::string(name(to)) + " " : "";
    }
    return out;
  };
  EXPECT_EQ(after(Stage::contact), "talks negotiation signed dropped ");
  EXPECT_EQ(after(Stage::talks), "contact negotiation signed dropped ");
  EXPECT_EQ(after(Stage::negotiation), "contact talks signed dropped ");
  EXPECT_EQ(after(Stage::signed_), "ended ");
  EXPECT_EQ(after(Stage::ended), "");
  EXPECT_EQ(after(Stage::dropped), "contact ");
  Partnership one = at_stage(Stage::talks);
  EXPECT_TRUE(judge_move(one, Stage::signed_, "2026-03-01"));
  one.draft.parties.pop_back();
  EXPECT_EQ(code_of(judge_move(one, Stage::signed_, "2026-03-01")), "PARTNERSHIPS_UNFINISHED");
  EXPECT_EQ(code_of(judge_move(at_stage(Stage::signed_), Stage::ended, "2025-03-01")), "PARTNERSHIPS_ENDS_FIRST");
}

// Rules 4 to 7 as a table: stage, whether it is shown, who looks, what he sees.
TEST(PartnershipsRules, who_sees_what) {
  Onlooker visitor;
  Onlooker member;
  member.viewer.reach = Visibility::consortium;
  Onlooker institution = member;
  institution.viewer.institutions = {Id(5)};
  institution.owners = {Id(5), Id(6), Id(9)};
  Onlooker follower;
  follower.follows = true;
  Onlooker staff;
  staff.runs = true;
  staff.follows = true;
  const auto look = [](const Onlooker& onlooker, Stage stage, Visibility amount, Shown shown = Shown::yes) {
    Partnership one = at_stage(stage);
    one.draft.amount_seen = amount;
    one.draft.shown = shown;
    const auto seen = seen_by(one, onlooker);
    return !seen ? std::string("nothing")
                 : std::string("title") + (seen->draft.amount ? " amount" : "") +
                       (seen->draft.note.empty() ? "" : " note");
  };
  for (const Stage stage : {Stage::contact, Stage::talks, Stage::negotiation, Stage::dropped}) {
    EXPECT_EQ(look(visitor, stage, Visibility::everyone), "nothing");
    EXPECT_EQ(look(member, stage, Visibility::everyone), "nothing");
    EXPECT_EQ(look(institution, stage, Visibility::everyone), "nothing");
    EXPECT_EQ(look(follower, stage, Visibility::owner), "title amount");
    EXPECT_EQ(look(staff, stage, Visibility::owner), "title amount note");
  }
  for (const Stage stage : {Stage::signed_, Stage::ended}) {
    EXPECT_EQ(look(visitor, stage, Visibility::everyone), "title amount");
    EXPECT_EQ(look(visitor, stage, Visibility::consortium), "title");
    EXPECT_EQ(look(member, stage, Visibility::consortium), "title amount");
    EXPECT_EQ(look(member, stage, Visibility::institution), "title");
    EXPECT_EQ(look(institution, stage, Visibility::institution), "title amount");
    EXPECT_EQ(look(institution, stage, Visibility::owner), "title");
    EXPECT_EQ(look(follower, stage, Visibility::owner), "title amount");
    EXPECT_EQ(look(visitor, stage, Visibility::everyone, Shown::no), "nothing");
    EXPECT_EQ(look(follower, stage, Visibility::owner, Shown::no), "title amount");
  }
}

TEST(PartnershipsRules, rule_8_what_needs_renewal) {
  EXPECT_EQ(due(at_stage(Stage::signed_), "2026-09-02"), Due::renewal) << "120 days before";
  EXPECT_EQ(due(at_stage(Stage::signed_), "2026-09-01"), Due::nothing);
  EXPECT_EQ(due(at_stage(Stage::signed_), "2026-12-31"), Due::renewal);
  EXPECT_EQ(due(at_stage(Stage::signed_), "2027-01-01"), Due::over);
  EXPECT_EQ(due(at_stage(Stage::ended), "2027-01-01"), Due::nothing);
  Partnership open = at_stage(Stage::signed_);
  open.draft.ends.clear();
  EXPECT_EQ(due(open, "2027-01-01"), Due::nothing);
  // A file may say the year, or the month, alone.
  open.draft.ends = "2026";
  EXPECT_EQ(due(open, "2026-09-02"), Due::renewal);
  EXPECT_EQ(due(open, "2026-12-31"), Due::renewal);
  open.draft.ends = "2026-11";
  EXPECT_EQ(due(open, "2026-12-01"), Due::over);
  EXPECT_EQ(last_day("2024-02"), "2024-02-29");
  EXPECT_EQ(last_day("2026-12"), "2026-12-31");
  EXPECT_EQ(last_day("2026-12-05"), "2026-12-05");
  EXPECT_EQ(last_day(""), "");
  EXPECT_EQ(first_day("2026"), "2026-01-01");
  EXPECT_EQ(first_day("2026-11"), "2026-11-01");
}

RC_GTEST_PROP(PartnershipsRules, days_later_are_those_that_one_counts, ()) {
  std::string day = "2023-12-28";
  const int days = *rc::gen::inRange(0, 1500);
  std::string slowly = day;
  for (int i = 0; i < days; ++i) {
    slowly = days_later(slowly, 1);
  }
  RC_ASSERT(days_later(day, days) == slowly);
  RC_ASSERT(days_later(days_later(day, days), -days) == day);
}

class PartnershipsTest : public tests::EitherStoreTest {
 protected:
  void SetUp() override {
    EitherStoreTest::SetUp();
    if (IsSkipped()) {
      return;
    }
    m_room = std::make_unique<Partnerships>(*m_store, m_clock);
  }
  static constexpr By k_staff{9, true};
  FixedClock m_clock{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}};
  std::unique_ptr<Partnerships> m_room;
};

INSTANTIATE_TEST_SUITE_P(Stores, PartnershipsTest, testing::Values(store::Dialect::sqlite, store::Dialect::postgresql),
                         [](const auto& each) {
                           return each.param == store::Dialect::sqlite ? "sqlite" : "postgresql";
                         });

TEST_P(PartnershipsTest, from_the_first_contact_to_the_end) {
  Draft first = draft();
  first.parties = {Id(6), Id(5)};
  first.people = {Id(7)};
  first.areas = {Id(8)};
  EXPECT_EQ(code_of(m_room->add(first, {9, false})), "PARTNERSHIPS_NOT_YOURS");
  const Partnership made = m_room->add(first, k_staff).value();
  Partnership back = m_room->one(made.id).value();
  EXPECT_EQ(back.draft.parties, first.parties) << "in the order given";
  EXPECT_EQ(back.draft.people, first.people);
  EXPECT_EQ(back.draft.areas, first.areas);
  EXPECT_EQ(back.draft.amount, 250'000);
  EXPECT_EQ(back.stage, Stage::contact);
  first.amount.reset();
  first.people.clear();
  ASSERT_TRUE(m_room->edit({made.id, 1}, first, k_staff));
  EXPECT_EQ(code_of(m_room->edit({made.id, 1}, first, k_staff)), "PARTNERSHIPS_CHANGED");
  EXPECT_EQ(code_of(m_room->move({made.id, 1}, Stage::talks, "", k_staff)), "PARTNERSHIPS_CHANGED");
  EXPECT_EQ(code_of(m_room->move({77, 1}, Stage::talks, "", k_staff)), "PARTNERSHIPS_UNKNOWN");
  ASSERT_TRUE(m_room->move({made.id, 2}, Stage::signed_, "on paper", k_staff));
  Draft broken = first;
  broken.starts.clear();
  EXPECT_EQ(code_of(m_room->edit({made.id, 3}, broken, k_staff)), "PARTNERSHIPS_UNFINISHED")
      << "what is signed stays so";
  ASSERT_TRUE(m_room->move({made.id, 3}, Stage::ended, "", k_staff));
  back = m_room->one(made.id).value();
  EXPECT_EQ(back.draft.ends, "2026-03-02") << "today";
  EXPECT_FALSE(back.draft.amount);
  EXPECT_TRUE(back.draft.people.empty());
  const auto events = m_room->events(made.id).value();
  ASSERT_EQ(events.size(), 4U);
  EXPECT_EQ(events[0].stage, Stage::contact);
  EXPECT_FALSE(events[1].stage);
  EXPECT_EQ(events[2].note, "on paper");
  EXPECT_EQ(m_room->all()->size(), 1U);
}

// Rule 14.
TEST_P(PartnershipsTest, what_is_renewed_keeps_the_period_that_it_had) {
  const Partnership made = m_room->add(draft(), k_staff).value();
  EXPECT_EQ(code_of(m_room->renew({made.id, 1}, "2028-12-31", "", k_staff)), "PARTNERSHIPS_NOT_SIGNED");
  ASSERT_TRUE(m_room->move({made.id, 1}, Stage::signed_, "", k_staff));
  EXPECT_EQ(code_of(m_room->renew({made.id, 2}, "2028-12-31", "", {9, false})), "PARTNERSHIPS_NOT_YOURS");
  EXPECT_EQ(code_of(m_room->renew({made.id, 1}, "2028-12-31", "", k_staff)), "PARTNERSHIPS_CHANGED");
  ASSERT_TRUE(m_room->renew({made.id, 2}, "2028-12-31", "two more years", k_staff));
  ASSERT_TRUE(m_room->renew({made.id, 3}, "2029-12-31", "", {8, true}));
  const Partnership now = m_room->one(made.id).value();
  EXPECT_EQ(now.draft.starts, "2026-01-01");
  EXPECT_EQ(now.draft.ends, "2029-12-31");
  EXPECT_EQ(now.stage, Stage::signed_);
  EXPECT_EQ(due(now, "2026-12-01"), Due::nothing);
  const auto events = m_room->events(made.id).value();
  ASSERT_EQ(events.size(), 4U);
  EXPECT_FALSE(events[1].renewed);
  ASSERT_TRUE(events[2].renewed && events[3].renewed);
  EXPECT_EQ(events[2].renewed->starts, "2026-01-01");
  EXPECT_EQ(events[2].renewed->ends, "2026-12-31");
  EXPECT_EQ(events[2].note, "two more years");
  EXPECT_EQ(events[2].account, 9);
  EXPECT_EQ(events[3].renewed->ends, "2028-12-31");
  EXPECT_EQ(events[3].account, 8);
}

// Rule 15.
TEST_P(PartnershipsTest, companies_by_their_names_come_back_in_their_order) {
  Draft wanted = draft();
  wanted.named = {"Zorgpharma SAS", "Autrelabo"};
  const Partnership made = m_room->add(wanted, k_staff).value();
  EXPECT_EQ(m_room->one(made.id)->draft.named, wanted.named);
  wanted.named = {"Autrelabo"};
  ASSERT_TRUE(m_room->edit({made.id, 1}, wanted, k_staff));
  EXPECT_EQ(m_room->one(made.id)->draft.named, wanted.named);
  EXPECT_EQ(m_room->all()->front().draft.named, wanted.named);
  wanted.named = {"Autrelabo", "Zorgpharma SAS"};
  ASSERT_TRUE(m_room->edit({made.id, 2}, wanted, k_staff));
  EXPECT_EQ(m_room->one(made.id)->draft.named, wanted.named) << "taken back";
}

// Rule 16.
TEST_P(PartnershipsTest, what_a_file_tells_of_is_taken_over_once) {
  const Partnership made = m_room->take_over({Id(77), Stage::signed_}, draft(), k_staff).value();
  EXPECT_EQ(m_room->one(made.id)->stage, Stage::signed_);
  EXPECT_EQ(m_room->one(made.id)->card, Id(77));
  EXPECT_EQ(m_room->standing_for(Id(77)).value(), made.id);
  EXPECT_EQ(m_room->standing_for(Id(78)).value(), 0);
  EXPECT_EQ(code_of(m_room->take_over({Id(77), Stage::signed_}, draft(), k_staff)), "PARTNERSHIPS_TAKEN");
  EXPECT_EQ(code_of(m_room->take_over({Id(78), Stage::signed_}, draft(), {9, false})), "PARTNERSHIPS_NOT_YOURS");
  Draft alone = draft();
  alone.parties.pop_back();
  EXPECT_EQ(code_of(m_room->take_over({Id(78), Stage::signed_}, alone, k_staff)), "PARTNERSHIPS_UNFINISHED");
  EXPECT_EQ(m_room->standing_for(Id()).value(), 0);
  EXPECT_EQ(m_room->add(draft(), k_staff)->card, Id());
}

TEST_P(PartnershipsTest, what_fails_beside_it_leaves_nothing) {
  EXPECT_FALSE(m_room->add(
      draft(), k_staff, [](store::Transaction&, const Partnership&) -> Result<void> { return fail(errors::unknown); }));
  EXPECT_TRUE(m_room->all()->empty());
}

}  // namespace
}  // namespace pitchblende::partnerships
