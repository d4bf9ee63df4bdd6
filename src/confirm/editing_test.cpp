// What follows from corrections, against a slow way to say the same.
#include "confirm/editing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "confirm/confirm.hpp"
#include "confirm/errors.hpp"
#include "registry/merging.hpp"

namespace pitchblende::confirm {
namespace {

using registry::Card;
using registry::FieldId;
using registry::Kind;

Result<registry::Value> as_typed(const registry::FieldDescription&, registry::Value value) { return value; }

Card card_of(const std::vector<std::string>& skills, const std::string& family,
             const std::vector<registry::CardDecision>& decisions = {}) {
  registry::SourcedRecord said;
  said.source.source = "test";
  said.source.key = "1";
  said.record.kind = Kind::person;
  said.record.add(registry::field(Kind::person, "family_name"), family);
  for (const std::string& skill : skills) {
    said.record.add(registry::field(Kind::person, "skills"), skill);
  }
  return registry::merge(Id(7), Kind::person, {said}, decisions);
}

std::vector<registry::CardDecision> as_decisions(const Plan& plan) {
  std::vector<registry::CardDecision> out;
  for (const pool::Judgement& each : plan.judgements) {
    const bool hides = each.verdict == pool::Judgement::Verdict::hide;
    out.push_back({static_cast<int64_t>(out.size()) + 1, hides ? registry::Ruling::hide : registry::Ruling::override_,
                   each.field, each.value});
  }
  return out;
}

std::vector<std::string> texts(const Card& card, FieldId field) {
  std::vector<std::string> out;
  for (const Standing& each : standing(card, field)) {
    out.push_back(each.value.text);
  }
  std::sort(out.begin(), out.end());
  return out;
}

// Distinct words, none a spelling of another.
rc::Gen<std::vector<std::string>> skills() {
  return rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta"));
}

// Rules 6 and 8.
RC_GTEST_PROP(Editing, WhatIsSentBackIsWhatStands, ()) {
  auto before = *skills();
  std::sort(before.begin(), before.end());
  before.erase(std::unique(before.begin(), before.end()), before.end());
  const FieldId field = registry::field(Kind::person, "skills");
  const Card card = card_of(before, "Exemple");
  // Slow: the list itself is edited.
  std::vector<std::string> wanted = texts(card, field);
  std::vector<Edit> edits;
  for (const Standing& each : standing(card, field)) {
    const auto after = *rc::gen::element<std::string>("", each.value.text, "new " + each.value.text, "theta");
    edits.push_back({field, {}, each.mark, each.value.text, after});
    std::erase(wanted, each.value.text);
    wanted.insert(wanted.end(), after.empty() ? 0 : 1, after);
  }
  for (const std::string& each : *skills()) {
    edits.push_back({field, {}, {}, {}, "added " + each});
    wanted.push_back("added " + each);
  }
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  const Plan out = plan(card, edits, as_typed);
  RC_ASSERT(out.is_clean());
  auto stands = texts(card_of(before, "Exemple", as_decisions(out)), field);
  stands.erase(std::unique(stands.begin(), stands.end()), stands.end());
  RC_ASSERT(stands == wanted);
}

// Whatever two people send back of what both saw: the second is done, or told; the first's words stand.
// Rule 7.
RC_GTEST_PROP(Editing, TheSecondNeverOverwritesTheFirst, ()) {
  const auto names = rc::gen::element<std::string>("Exemple", "Premier", "Second", "");
  const std::string first = *names;
  const std::string second = *names;
  const FieldId field = registry::field(Kind::person, "family_name");
  const Card before = card_of({}, "Exemple");
  const auto edit = [&](const std::string& after) {
    return Edit{field, {}, standing(before, field).front().mark, "Exemple", after};
  };
  const Card between = card_of({}, "Exemple", as_decisions(plan(before, {edit(first)}, as_typed)));
  const Plan late = plan(between, {edit(second)}, as_typed);
  if (second == "Exemple" || second == first) {
    RC_ASSERT(late.is_clean() && late.judgements.empty());
  } else if (first == "Exemple") {
    RC_ASSERT(late.is_clean() && !late.judgements.empty());
  } else {
    RC_ASSERT(late.conflicts.size() == 1U && late.judgements.empty());
  }
}

// Rules 4 and 5.
TEST(Editing, FieldsThatAreAskedAbout) {
  for (const Kind kind : {Kind::person, Kind::team, Kind::platform, Kind::equipment}) {
    EXPECT_TRUE(is_confirmed(kind));
    const auto fields = asked_fields(kind);
    EXPECT_GT(fields.size(), 10U);
    for (const FieldId field : fields) {
      const auto& described = registry::description(field);
      EXPECT_NE(described.name, "local_id") << "somebody's own numbers are not asked about";
      EXPECT_NE(described.type, registry::FieldType::mention);
    }
  }
  EXPECT_FALSE(is_confirmed(Kind::publication));
}

// Rule 9.
TEST(Editing, AnEmptiedFieldHidesItsRivalsToo) {
  registry::SourcedRecord one;
  one.source.source = "one";
  one.record.kind = Kind::person;
  one.record.add(registry::field(Kind::person, "family_name"), "Exemple");
  registry::SourcedRecord two = one;
  two.source.source = "two";
  two.record.values[0].second.text = "Rivale";
  const FieldId field = registry::field(Kind::person, "family_name");
  const Card card = registry::merge(Id(7), Kind::person, {one, two}, {});
  ASSERT_EQ(texts(card, field), std::vector<std::string>{"Exemple"});
  const Plan out = plan(card, {{field, {}, standing(card, field).front().mark, "Exemple", ""}}, as_typed);
  const Card after = registry::merge(Id(7), Kind::person, {one, two}, as_decisions(out));
  EXPECT_TRUE(texts(after, field).empty());
  EXPECT_EQ(registry::seen_by(after, access::Viewer::visitor())->label, "");
}

// Rule 8.
TEST(Editing, WhatStandsBesideAValueStaysWithIt) {
  registry::SourcedRecord said;
  said.record.kind = Kind::team;
  const FieldId field = registry::field(Kind::team, "names");
  said.record.add(field, "Equipe essai", "fr").with(registry::Attribute::type, "acronym");
  const Card card = registry::merge(Id(7), Kind::team, {said}, {});
  const Plan out =
      plan(card, {{field, "fr", standing(card, field).front().mark, "Equipe essai", "Équipe essai"}}, as_typed);
  ASSERT_EQ(out.judgements.size(), 2U);
  EXPECT_EQ(out.judgements[1].value.get(registry::Attribute::type), "acronym");
  const Card after = registry::merge(Id(7), Kind::team, {said}, as_decisions(out));
  EXPECT_EQ(texts(after, field), std::vector<std::string>{"Équipe essai"});
}

// Rules 26 to 28.
class Tenures : public ::testing::Test {
 protected:
  Tenures() {
    said.record.kind = Kind::person;
    said.record.add(field, "name:equipe essai")
        .with(registry::Attribute::from, "2015")
        .with(registry::Attribute::head, "true");
    said.record.values[0].second.with(registry::Attribute::share, "50");
    card = registry::merge(Id(7), Kind::person, {said}, {});
  }
  Edit changed(const Tenure& after, const std::string& where = "name:equipe essai") {
    const Standing stood = standing(card, field).front();
    return {field, {}, stood.mark, stood.value.text, where, TenureEdit{tenure_of(stood.value), after}};
  }
  std::vector<registry::Value> after(const Plan& plan) {
    std::vector<registry::Value> out;
    const Card now = registry::merge(Id(7), Kind::person, {said}, as_decisions(plan));
    for (const Standing& each : standing(now, field)) {
      out.push_back(each.value);
    }
    return out;
  }
  const FieldId field = registry::field(Kind::person, "positions");
  registry::SourcedRecord said;
  Card card;
};

TEST_F(Tenures, UntouchedIsNoChangeAndAnEndKeepsTheRest) {
  const Tenure stood = tenure_of(standing(card, field).front().value);
  EXPECT_EQ(stood.role, "leader") << "a file's mark";
  EXPECT_TRUE(plan(card, {changed(stood)}, as_imported).judgements.empty());
  Tenure ended = stood;
  ended.to = "30/04/2019";
  const auto values = after(plan(card, {changed(ended)}, as_imported));
  ASSERT_EQ(values.size(), 1U);
  EXPECT_EQ(values[0].get(registry::Attribute::to), "2019-04-30");
  EXPECT_EQ(values[0].get(registry::Attribute::share), "50");
}

TEST_F(Tenures, TheSamePlaceTwiceForTwoPeriods) {
  Edit again{field, {}, {}, {}, "name:equipe essai", TenureEdit{{}, {"leader", {}, {}, "2021", {}}}};
  EXPECT_EQ(after(plan(card, {again}, as_imported)).size(), 2U);
  again.tenure->after.from = "2015";
  EXPECT_TRUE(plan(card, {again}, as_imported).judgements.empty()) << "that stands already";
}

TEST_F(Tenures, EndsBeforeBeginningsAndUnknownRolesAreRefused) {
  const Plan backwards = plan(card, {changed({"leader", {}, {}, "2015", "2014-12"})}, as_imported);
  ASSERT_EQ(backwards.wrong.size(), 1U);
  EXPECT_TRUE(backwards.wrong[0].error.is(errors::ends_first));
  EXPECT_TRUE(plan(card, {changed({"leader", {}, {}, "2015-06", "2015"})}, as_imported).is_clean())
      << "as far as both say";
  const Plan role = plan(card, {changed({"emperor", {}, {}, "2015", {}})}, as_imported);
  ASSERT_EQ(role.wrong.size(), 1U);
  EXPECT_TRUE(role.wrong[0].error.is(errors::role));
}

TEST_F(Tenures, WhoComesSecondIsTold) {
  const Plan first = plan(card, {changed({"leader", {}, {}, "2015", "2020"})}, as_imported);
  const Card now = registry::merge(Id(7), Kind::person, {said}, as_decisions(first));
  const Plan second = plan(now, {changed({"leader", {}, {}, "2015", "2021"})}, as_imported);
  EXPECT_EQ(second.conflicts.size(), 1U);
  EXPECT_TRUE(plan(now, {changed({"leader", {}, {}, "2015", "2020"})}, as_imported).is_clean())
      << "the same said twice";
}

}  // namespace
}  // namespace pitchblende::confirm
