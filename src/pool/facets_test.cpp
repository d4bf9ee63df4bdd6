// A field that is described as a facet narrows a search down.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "every_field.hpp"
#include "pool_fixture.hpp"

namespace pitchblende::pool {
namespace {

using registry::FieldDescription;
using registry::FieldType;

// What a field may hold; links lead elsewhere, and dates but that of an end narrow nothing down.
std::string value_of(const FieldDescription& field) {
  if (field.name == "to") {
    return "2031-05-30";
  }
  if (field.type == FieldType::link || field.type == FieldType::mention || field.type == FieldType::identifier ||
      field.type == FieldType::date || field.type == FieldType::url) {
    return {};
  }
  if (field.type == FieldType::number || field.type == FieldType::flag) {
    return field.name == "year" ? "2024" : "1";
  }
  return field.codes.empty() ? "some " + std::string(field.name)
                             : std::string(field.codes.substr(0, field.codes.find(' ')));
}

class FacetsTest : public ::testing::TestWithParam<registry::Kind>, public tests::PoolPlace {};

TEST_P(FacetsTest, EveryFieldThatIsOneIsServed) {
  const registry::KindDescription& kind = registry::description(GetParam());
  const tests::EveryField sent = tests::every_field(kind, value_of);
  SourceSettings settings = source("all", "own", sources::Mode::snapshot);
  settings.mapping = sent.mapping;
  ASSERT_EQ(import(settings, sent.table).accepted, 1);
  settle();
  search::Query query;
  query.facet_size = 100;
  const search::Answer answer = pool->index()->search(query, access::Viewer::visitor());
  ASSERT_EQ(answer.count, 1u);
  for (const FieldDescription& field : kind.fields) {
    const std::string given = field.facet ? value_of(field) : std::string();
    const std::string value = field.name == "to" ? given.substr(0, 4) : given;  // its year
    const bool place = field.name == "country";                                 // a town says more
    const bool served = std::any_of(answer.facets.begin(), answer.facets.end(), [&](const auto& counts) {
      return std::any_of(counts.begin(), counts.end(), [&](const auto& each) { return each.value == value; });
    });
    EXPECT_TRUE(value.empty() || served || place) << kind.name << "." << field.name;
    EXPECT_TRUE(field.name != "status" || field.facet || !served) << kind.name << "." << field.name;
  }
}

INSTANTIATE_TEST_SUITE_P(Kinds, FacetsTest, ::testing::ValuesIn([] {
                           std::vector<registry::Kind> all;
                           for (const auto& kind : registry::kinds()) {
                             if (kind.kind != registry::Kind::person) {  // they have pages by their positions
                               all.push_back(kind.kind);
                             }
                           }
                           return all;
                         }()),
                         [](const auto& given) { return std::string(registry::name(given.param)); });

class PartnershipFacetsTest : public ::testing::Test, public tests::PoolPlace {
 protected:
  uint64_t found(const std::string& words) {
    search::Query query;
    query.words = words;
    return pool->index()->search(query, access::Viewer::visitor()).count;
  }
};

// Rule 8 of docs/rules/partnerships.md.
TEST_F(PartnershipFacetsTest, WhatFilesCallASortIsCountedAsThatSort) {
  import(source("agreements", "partnerships", sources::Mode::snapshot),
         "Référence,Intitulé,Type de partenariat\nA1,Radium,Thèse CIFRE\nA2,Polonium,thesis\n"
         "A3,Actinium,Recherche\nA4,Radon,Don de tissus\n");
  settle();
  search::Query query;
  query.facets = {{search::Facet::type, 10}};
  const search::Answer answer = pool->index()->search(query, access::Viewer::visitor());
  std::map<std::string, uint64_t> counts;
  for (const search::FacetCount& each : answer.facets.at(static_cast<size_t>(search::Facet::type))) {
    counts[each.value] = each.count;
  }
  EXPECT_EQ(counts, (std::map<std::string, uint64_t>{{"thesis", 2}, {"research", 1}, {"Don de tissus", 1}}));
  EXPECT_EQ(found("type:cifre"), 2u) << "as files say it";
  EXPECT_EQ(found("type:thèse"), 2u) << "as pages say it";
  EXPECT_EQ(found("type:\"recherche en commun\""), 1u);
}

class PeopleFacetsTest : public ::testing::Test, public tests::PoolPlace {};

TEST_F(PeopleFacetsTest, PeopleAreFoundByTheSortOfTheirPositions) {
  import(source("members", "organisations", sources::Mode::snapshot),
         "id,name,role,from\nI1,Institut Demo,member,2007\n");
  import(source("staff", "people", sources::Mode::snapshot),
         "id,family name,given names,organisation,job title,skills,from,to\n"
         "P1,Exemple,Camille,Institut Demo,Ingénieure,cytometry,2015,\n"
         "P2,Autre,Noa,Institut Demo,Doctorant,imaging,2015,2025-01\n");
  settle();
  search::Query query;
  query.filters = {{search::Facet::position, {"engineer"}}};
  EXPECT_EQ(pool->index()->search(query, access::Viewer::visitor()).count, 1u);
  query.filters = {{search::Facet::position, {"doctoral student"}}};  // over
  EXPECT_EQ(pool->index()->search(query, access::Viewer::visitor()).count, 0u);
  query.filters = {{search::Facet::concept_, {"imaging"}}};
  EXPECT_EQ(pool->index()->search(query, access::Viewer::visitor()).count, 1u);
}

}  // namespace
}  // namespace pitchblende::pool
