#include "partnerships/partnerships.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "either_store.hpp"
#include "partnerships/errors.hpp"
#include "partnerships/partnerships_rules.hpp"
#include "partnerships/publication.hpp"
#include "pool_fixture.hpp"

namespace pitchblende::partnerships {
namespace {

using access::Viewer;
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

TEST_P(PartnershipsTest, what_fails_beside_it_leaves_nothing) {
  EXPECT_FALSE(m_room->add(
      draft(), k_staff, [](store::Transaction&, const Partnership&) -> Result<void> { return fail(errors::unknown); }));
  EXPECT_TRUE(m_room->all()->empty());
}

TEST(Publishing, what_is_signed_is_a_card_and_what_is_not_is_none) {
  tests::PoolPlace place;
  place.import_members("1,Institut Zorg,member,2007\n2,Zorgpharma,,\n");
  place.settle();
  const registry::Registry registry(*place.store);
  Partnerships room(*place.store, place.clock);
  const Publisher publisher(*place.pool, registry);
  const Also also = [&](store::Transaction& transaction, const Partnership& now) {
    return publisher.publish(transaction, now);
  };
  Draft wanted = draft();
  wanted.parties = {place.id_of("name:institut zorg"), place.id_of("name:zorgpharma")};
  wanted.description = "Antibodies of a new kind";
  ASSERT_TRUE(room.add(wanted, {9, true}, also));
  publisher.settle();
  EXPECT_EQ(place.found("antibodies"), 0U) << "a first contact is nobody's business";
  const auto moved = room.move({1, 1}, Stage::signed_, "", {9, true}, also);
  ASSERT_TRUE(moved) << moved.error().message();
  publisher.settle();
  EXPECT_EQ(place.found("antibodies"), 1U);
  const Id id = place.id_of("local:pitchblende/partnerships-1");
  const registry::Card card = *place.find(id).card;
  EXPECT_EQ(number_of(card), 1);
  EXPECT_EQ(card.label, "Antibodies against zorg");
  EXPECT_EQ(registry.links_from(id, Viewer::visitor())->size(), 2U);
  const auto seen = place.find(id, Viewer::visitor()).card;
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->text(registry::field(registry::Kind::partnership, "amount")), "") << "its institutions' alone";
  wanted.shown = Shown::no;
  ASSERT_TRUE(room.edit({1, 2}, wanted, {9, true}, also));
  publisher.settle();
  EXPECT_EQ(place.found("antibodies"), 0U);
}

}  // namespace
}  // namespace pitchblende::partnerships
