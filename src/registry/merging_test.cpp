#include "registry/merging.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

namespace pitchblende::registry {
namespace {

using access::Viewer;
using access::Visibility;

const FieldId k_family = field(Kind::person, "family_name");
const FieldId k_given = field(Kind::person, "given_names");
const FieldId k_email = field(Kind::person, "email");
const FieldId k_skills = field(Kind::person, "skills");

SourcedRecord said(const std::string& source, int64_t trust, const std::string& date,
                   const std::vector<std::pair<FieldId, std::string>>& values) {
  SourcedRecord record;
  record.record.kind = Kind::person;
  record.record.key = source + "-1";
  for (const auto& [id, text] : values) {
    record.record.add(id, text);
  }
  record.source = {trust * 10, source, record.record.key, date};
  record.institution = source;
  record.trust = trust;
  return record;
}

Card merged(std::vector<SourcedRecord> records, std::vector<CardDecision> decisions = {}) {
  return merge(Id(7), Kind::person, std::move(records), decisions);
}

TEST(Merging, TrustThenDateThenNameWin) {
  const auto a = said("a", 10, "2024", {{k_family, "Alpha"}});
  const auto b = said("b", 20, "2001", {{k_family, "Beta"}});
  EXPECT_EQ(merged({a, b}).text(k_family), "Beta");
  const auto later = said("c", 20, "2002", {{k_family, "Gamma"}});
  EXPECT_EQ(merged({a, b, later}).text(k_family), "Gamma");
  const auto tie = said("aa", 20, "2002", {{k_family, "Delta"}});
  EXPECT_EQ(merged({a, later, tie}).text(k_family), "Delta");
}

TEST(Merging, TheOtherValuesStayWithTheirSources) {
  const Card card = merged({said("a", 10, "", {{k_family, "Alpha"}}), said("b", 20, "", {{k_family, "Beta"}})});
  const CardField* names = card.find(k_family);
  ASSERT_NE(names, nullptr);
  ASSERT_EQ(names->values.size(), 2u);
  EXPECT_TRUE(names->values[1].lost);
  EXPECT_EQ(card.sources[names->values[1].sources.front()].source, "a");
}

TEST(Merging, EqualAfterNormalisationIsOneValue) {
  const Card card =
      merged({said("a", 10, "", {{k_skills, "Cytométrie  en flux"}}),
              said("b", 5, "", {{k_skills, "CYTOMETRIE EN FLUX"}}), said("c", 1, "", {{k_skills, "Imagerie"}})});
  const CardField* skills = card.find(k_skills);
  ASSERT_EQ(skills->values.size(), 2u);
  EXPECT_EQ(skills->values[0].value.text, "Cytométrie  en flux");
  EXPECT_EQ(skills->values[0].sources.size(), 2u);
}

const FieldId k_roles = field(Kind::organisation, "consortium_roles");

Value role(const std::string& code, const std::string& from, const std::string& to) {
  Value value;
  value.text = code;
  value.with(Attribute::from, from);
  value.with(Attribute::to, to);
  return value;
}

// "member 1999/2007", what is hidden in brackets.
std::vector<std::string> roles(const Card& card) {
  std::vector<std::string> out;
  const CardField* field = card.find(k_roles);
  for (const CardValue& each : field == nullptr ? std::vector<CardValue>{} : field->values) {
    const std::string said = each.value.text + " " + std::string(each.value.get(Attribute::from)) + "/" +
                             std::string(each.value.get(Attribute::to));
    out.push_back(each.hidden ? "(" + said + ")" : said);
  }
  return out;
}

SourcedRecord with_roles(const std::string& source, int64_t trust, const std::vector<Value>& values) {
  SourcedRecord record = said(source, trust, "", {});
  record.record.kind = Kind::organisation;
  for (const Value& value : values) {
    record.record.values.emplace_back(k_roles, value);
  }
  return record;
}

Card institution(std::vector<SourcedRecord> records, std::vector<CardDecision> decisions = {}) {
  return merge(Id(7), Kind::organisation, std::move(records), decisions);
}

using Roles = std::vector<std::string>;

TEST(Merging, ARoleHeldTwiceIsTwoAndDatedTwiceIsOne) {
  const auto twice = with_roles("a", 10, {role("member", "1999", "2007"), role("member", "2012", "")});
  EXPECT_EQ(roles(institution({twice})), (Roles{"member 1999/2007", "member 2012/"}));
  // Another source that knows one of them otherwise, or without a date, or the other one alone.
  const auto later = with_roles("b", 5, {role("member", "2012-04", "")});
  const auto earlier = with_roles("c", 4, {role("member", "2000", "2005")});
  const auto undated = with_roles("d", 3, {role("member", "", "")});
  EXPECT_EQ(roles(institution({twice, later, earlier, undated})), (Roles{"member 1999/2007", "member 2012/"}));
  EXPECT_EQ(roles(institution({with_roles("d", 30, {role("member", "", "")}), twice})),
            (Roles{"member 1999/2007", "member 2012/"}));
  // Of two sources that tell of different times each tells of a time of its own.
  EXPECT_EQ(roles(institution({with_roles("a", 2, {role("founder", "1999", "2007")}),
                               with_roles("b", 1, {role("founder", "2012", "")})})),
            (Roles{"founder 1999/2007", "founder 2012/"}));
}

TEST(Merging, ADecisionOnARoleSpeaksOfItsPeriod) {
  const auto twice = with_roles("a", 10, {role("member", "1999", "2007"), role("member", "2012", "")});
  CardDecision hide{1, Ruling::hide, "consortium_roles", role("member", "2012", "")};
  EXPECT_EQ(roles(institution({twice}, {hide})), (Roles{"member 1999/2007", "(member 2012/)"}));
  hide.value = role("member", "", "");
  EXPECT_EQ(roles(institution({twice}, {hide})), (Roles{"(member 1999/2007)", "(member 2012/)"}));
}

// docs/rules/provenance.md, rule 6.
TEST(Merging, WhoSaysItInSoManyWordsSaysMoreThanWhoseFileItIs) {
  const FieldId owners = field(Kind::equipment, "owners");
  const auto equipment = [&](const std::string& source, int64_t trust, bool implied) {
    SourcedRecord out = said(source, trust, "", {});
    out.record.kind = Kind::equipment;
    Value& owner = out.record.add(owners, "ror:013cjyk83");
    if (implied) {
      mark_implied(owner);
    }
    return out;
  };
  const auto owner_by = [&](std::vector<SourcedRecord> records) {
    const Card card = merge(Id(7), Kind::equipment, std::move(records), {});
    EXPECT_EQ(card.find(owners)->values.size(), 1u);
    return card.find(owners)->values[0].value;
  };
  EXPECT_TRUE(is_implied(owner_by({equipment("a", 20, true), equipment("b", 10, true)})));
  EXPECT_FALSE(is_implied(owner_by({equipment("a", 20, true), equipment("b", 10, false)})));
  EXPECT_FALSE(is_implied(owner_by({equipment("a", 10, true), equipment("b", 20, false)})));
}

TEST(Merging, ADecisionWinsAndCanHide) {
  const auto a = said("a", 90, "", {{k_family, "Alpha"}, {k_given, "Camille"}});
  const Card overridden = merged({a}, {{1, Ruling::override_, "family_name", {"Omega", "", {}}}});
  EXPECT_EQ(overridden.text(k_family), "Omega");
  EXPECT_EQ(overridden.label, "Camille Omega");
  const Card hidden = merged({a}, {{1, Ruling::hide, "given_names", {}}});
  EXPECT_EQ(hidden.label, "Alpha");
  EXPECT_FALSE(seen_by(hidden, Viewer::visitor())->find(k_given));
  EXPECT_FALSE(seen_by(merged({a}, {{1, Ruling::hide, "", {}}}), Viewer::visitor()));
}

TEST(Visibility, FieldsShowToThoseWhoMay) {
  const Card card = merged({said("curie", 1, "", {{k_family, "Alpha"}, {k_email, "a@example.org"}})});
  EXPECT_EQ(seen_by(card, Viewer::visitor())->text(k_email), "");
  Viewer stranger{Visibility::consortium, {institution_id("pasteur")}, {}};
  EXPECT_EQ(seen_by(card, stranger)->text(k_email), "");
  Viewer colleague{Visibility::consortium, {institution_id("curie")}, {}};
  EXPECT_EQ(seen_by(card, colleague)->text(k_email), "a@example.org");
  Viewer self{Visibility::consortium, {}, {Id(7)}};
  EXPECT_EQ(seen_by(card, self)->text(k_email), "a@example.org");
  EXPECT_EQ(seen_by(card, Viewer::everything())->text(k_email), "a@example.org");
}

TEST(Visibility, AClosedSourceLeavesNoTrace) {
  auto open = said("open", 1, "", {{k_family, "Alpha"}});
  auto closed = said("closed", 99, "", {{k_family, "Geheim"}, {k_skills, "secret"}});
  closed.source.visibility = Visibility::institution;
  const auto seen = seen_by(merged({open, closed}), Viewer::visitor());
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->label, "Alpha");
  EXPECT_EQ(encode(*seen), encode(*seen_by(merged({open}), Viewer::visitor())));
}

TEST(Card, StandsInOneFormAndReadsBack) {
  const Card card = merged({said("a", 10, "2024-01", {{k_family, "Alpha"}, {k_skills, "un"}}),
                            said("b", 20, "", {{k_family, "Beta"}, {k_skills, "UN"}})},
                           {{3, Ruling::verified, "", {}}, {4, Ruling::hide, "skills", {}}});
  const auto read = decode_card(card.id, card.kind, encode(card));
  ASSERT_TRUE(read);
  EXPECT_EQ(encode(*read), encode(card));
  EXPECT_TRUE(read->verified);
}

TEST(Card, SourcesOutOfRangeAreNotBelieved) {
  const auto card =
      decode_card(Id(1), Kind::person, R"({"label":"x","sources":[],"fields":{"family_name":[{"v":"a","s":[5]}]}})");
  ASSERT_TRUE(card);
  EXPECT_TRUE(card->fields.front().values.front().sources.empty());
  EXPECT_TRUE(seen_by(*card, Viewer::visitor()));
}

RC_GTEST_PROP(Merging, OrderOfRecordsNeverChangesTheCard, (uint32_t seed)) {
  std::mt19937 random(seed);
  std::vector<SourcedRecord> records;
  const auto& fields = description(Kind::person).fields;
  for (int at = 0; at < 6; ++at) {
    std::vector<std::pair<FieldId, std::string>> values;
    for (int each = 0; each < 8; ++each) {
      values.emplace_back(field(Kind::person, fields[random() % fields.size()].name),
                          std::string(1, static_cast<char>('a' + random() % 3)));
    }
    records.push_back(said(std::string("s") + static_cast<char>('a' + random() % 2), static_cast<int64_t>(random() % 2),
                           random() % 2 == 0 ? "" : "2020", values));
    records.back().record.key += std::to_string(at);
    records.back().source.key = records.back().record.key;
  }
  const std::string wanted = encode(merged(records));
  std::shuffle(records.begin(), records.end(), random);
  RC_ASSERT(encode(merged(records)) == wanted);
}

}  // namespace
}  // namespace pitchblende::registry
