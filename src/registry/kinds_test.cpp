#include "registry/kinds.hpp"

#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>

namespace pitchblende::registry {
namespace {

using access::Visibility;

std::vector<std::string> split(std::string_view words) {
  std::istringstream in{std::string(words)};
  std::vector<std::string> out;
  for (std::string word; in >> word;) {
    out.push_back(word);
  }
  return out;
}

TEST(Kinds, StandInTheOrderOfTheEnumeration) {
  ASSERT_EQ(kinds().size(), k_kinds);
  for (size_t i = 0; i < k_kinds; ++i) {
    EXPECT_EQ(static_cast<size_t>(kinds()[i].kind), i) << kinds()[i].name;
    EXPECT_EQ(kind(kinds()[i].name), kinds()[i].kind);
  }
  EXPECT_EQ(kind("concept"), Kind::concept_);
  EXPECT_FALSE(kind("").has_value());
  EXPECT_FALSE(kind("persons").has_value());
}

TEST(Kinds, EveryRowIsComplete) {
  const std::set<std::string> prefixes{"schema", "vivo", "cerif", "foaf",     "skos", "dcterms",
                                       "dcat",   "bibo", "org",   "datacite", "pb"};
  for (const KindDescription& kind : kinds()) {
    EXPECT_FALSE(kind.english.empty() || kind.french.empty()) << kind.name;
    std::set<std::string_view> names;
    for (const FieldDescription& row : kind.fields) {
      const std::string where = std::string(kind.name) + "." + std::string(row.name);
      EXPECT_TRUE(names.insert(row.name).second) << where << " twice";
      EXPECT_EQ(row.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789"), std::string_view::npos) << where;
      EXPECT_FALSE(row.english.empty() || row.french.empty()) << where;
      const size_t colon = row.iri.find(':');
      ASSERT_NE(colon, std::string_view::npos) << where;
      EXPECT_TRUE(prefixes.contains(std::string(row.iri.substr(0, colon)))) << where << " " << row.iri;
      EXPECT_GT(row.iri.size(), colon + 1) << where;
      EXPECT_LE(row.weight, 10) << where;
      EXPECT_EQ(row.type == FieldType::identifier || row.type == FieldType::link, !row.scheme.empty()) << where;
      EXPECT_TRUE(row.type == FieldType::code || row.codes.empty()) << where;
    }
    EXPECT_TRUE(find_field(kind.kind, kind.label_field).has_value()) << kind.name;
    EXPECT_TRUE(find_field(kind.kind, "local_id").has_value()) << kind.name;
    EXPECT_TRUE(find_field(kind.kind, "homepage").has_value()) << kind.name;
  }
}

TEST(Kinds, LinksNameKinds) {
  for (const KindDescription& owner : kinds()) {
    for (const FieldDescription& row : owner.fields) {
      if (row.type == FieldType::link) {
        for (const std::string& target : split(row.scheme)) {
          EXPECT_TRUE(kind(target).has_value()) << owner.name << "." << row.name << " → " << target;
        }
      }
    }
  }
}

TEST(Kinds, EveryFieldIsFoundByItsNameInItsKindAlone) {
  for (const KindDescription& owner : kinds()) {
    for (const FieldDescription& row : owner.fields) {
      const std::optional<FieldId> found = find_field(owner.kind, row.name);
      ASSERT_TRUE(found.has_value()) << owner.name << "." << row.name;
      EXPECT_EQ(&description(*found), &row);
      EXPECT_EQ(kind_of(*found), owner.kind);
    }
  }
  EXPECT_FALSE(find_field(Kind::person, "pmid").has_value());
  EXPECT_FALSE(find_field(Kind::person, "").has_value());
  EXPECT_FALSE(find_field(Kind::person, "family_nam").has_value());
  EXPECT_FALSE(find_field(Kind::person, "family_namf").has_value());
}

TEST(KindsDeathTest, AWrongNameInCodeEndsTheProgram) {
  EXPECT_DEATH((void)field(Kind::person, "shoe_size"), "no field person.shoe_size");
}

TEST(Attributes, NamesGoBothWays) {
  EXPECT_EQ(name(Attribute::type), "type");
  EXPECT_EQ(name(Attribute::head), "head");
  EXPECT_EQ(name(Attribute::label), "label");
  EXPECT_EQ(name(Attribute::affiliation_id), "affiliation_id");
  EXPECT_EQ(name(Attribute::concept_), "concept");
  EXPECT_EQ(name(Attribute::url), "url");
  for (size_t i = 0; i <= static_cast<size_t>(Attribute::url); ++i) {
    EXPECT_EQ(attribute(name(static_cast<Attribute>(i))), static_cast<Attribute>(i));
  }
  EXPECT_FALSE(attribute("colour").has_value());
}

// What the field asks for, kind by kind.
TEST(Kinds, HoldTheFieldsOfTheField) {
  const std::pair<Kind, std::string_view> wanted[] = {
      {Kind::person,
       "family_name given_names other_names honorific orcid idhal idref isni email telephone photo "
       "biography languages skills homepage contact_preference opted_out positions"},
      {Kind::organisation,
       "names ror isni fundref siren siret finess wikidata rnsr grid type consortium_roles legal_form founded closed "
       "sites homepage field size parents related predecessors successors country commune address latitude longitude"},
      {Kind::team, "names acronym label rnsr ror hal_structure parents leaders sites themes affiliation_string"},
      {Kind::site, "names address commune latitude longitude access"},
      {Kind::platform,
       "names description rrid labels managers hosts sites techniques open_to how_to_get_access tariffs "
       "charter steering_body acknowledgement tariff_decision equipment services"},
      {Kind::equipment,
       "names type make model serial_number inventory_number rrid pidinst techniques description acquired funded_by "
       "condition sites room platforms teams contacts substitute_contacts open_to training_needed photo capabilities "
       "booking booking_address booking_calendar billing_institution"},
      {Kind::service, "names description techniques deliverables delay tariffs open_to"},
      {Kind::collection,
       "names miabis materials diseases size donors sex ages consent storage_temperatures "
       "access_conditions custodians"},
      {Kind::dataset, "title doi description creators license access size measured_by"},
      {Kind::publication,
       "title original_title abstract pmid doi hal pmc arxiv pii journal journal_abbreviation issn volume issue pages "
       "year date type language authors collective_authors investigators concepts keywords chemicals grants "
       "open_access corrects corrected_by retracts retracted_by comments received accepted"},
      {Kind::project,
       "title acronym abstract code funders programme partners leaders amount from to areas concepts cso"},
      {Kind::trial, "title nct euct phase status sponsor sites investigators tumour_types from to"},
      {Kind::patent, "title numbers applicants inventors filed granted status licensed"},
      {Kind::event, "title description from to place online organisers areas registration documents"},
      {Kind::concept_, "scheme code labels synonyms broader related version"},
      {Kind::group, "names type period leaders objectives members predecessors"},
      {Kind::call, "title stages opens closes budget"},
      {Kind::award, "call year acronym title amount leaders teams institutions areas"},
      {Kind::partnership, "title parties type field from to amount areas people stage documents"}};
  std::set<Kind> seen;
  for (const auto& [kind, names] : wanted) {
    seen.insert(kind);
    for (const std::string& name : split(names)) {
      EXPECT_TRUE(find_field(kind, name).has_value()) << description(kind).name << "." << name;
    }
  }
  EXPECT_EQ(seen.size(), k_kinds);
}

TEST(Kinds, WhatIsNotPublicSaysSo) {
  const auto visibility = [](Kind kind, std::string_view name) { return description(field(kind, name)).visibility; };
  EXPECT_EQ(visibility(Kind::person, "family_name"), Visibility::everyone);
  EXPECT_EQ(visibility(Kind::person, "email"), Visibility::institution);
  EXPECT_EQ(visibility(Kind::person, "telephone"), Visibility::institution);
  EXPECT_EQ(visibility(Kind::platform, "tariffs"), Visibility::consortium);
  EXPECT_EQ(visibility(Kind::service, "tariffs"), Visibility::consortium);
  EXPECT_EQ(visibility(Kind::equipment, "serial_number"), Visibility::institution);
  EXPECT_EQ(visibility(Kind::equipment, "inventory_number"), Visibility::institution);
  EXPECT_EQ(visibility(Kind::partnership, "amount"), Visibility::institution);
  EXPECT_EQ(visibility(Kind::partnership, "stage"), Visibility::consortium);
  EXPECT_EQ(visibility(Kind::partnership, "documents"), Visibility::owner);
}

}  // namespace
}  // namespace pitchblende::registry
