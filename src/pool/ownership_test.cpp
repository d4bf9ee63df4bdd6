// What a thing belongs to, as the policy of access judges it.
#include <gmock/gmock.h>

#include "../tests/pool_fixture.hpp"
#include "access/access_rules.hpp"

namespace pitchblende::pool {

namespace {

using testing::Contains;
using testing::Not;

class OwnershipTest : public testing::Test {
 protected:
  OwnershipTest() {
    pool::SourceSettings settings = source("platforms", "platforms");
    settings.institution = "demo";
    settings.institution_ref = "local:members/I1";
    m_place.import_members("I1,Institut Demo,member,2007\nI2,Institut Neuf,member,2007\n");
    m_place.import(source("teams", "teams"),
                   "Code,Nom,Tutelles,Tutelle depuis\nT1,Équipe Exemple,Institut Neuf,2007\n"
                   "T2,Équipe Future,Institut Neuf,2030\n");
    m_place.import(settings, "Code,Nom,Tutelles,Unité\nPF1,Plateforme Exemple,,Équipe Exemple\n");
    m_place.import(source("equipment", "equipment"),
                   "Identifiant,Nom,Plateforme (code)\nE1,Microscope Exemple,PF1\nE2,Scanner Exemple,\n");
    m_place.settle();
  }
  static pool::SourceSettings source(const std::string& name, const std::string& format) {
    pool::SourceSettings out = tests::PoolPlace::source(name, format, sources::Mode::snapshot);
    out.institution = name == "equipment" ? "demo" : std::string();
    return out;
  }
  access::Object object(const std::string& ref) {
    const auto out = registry::Registry(*m_place.store).object_for(m_place.id_of(ref), "2026-03-01");
    EXPECT_TRUE(out) << out.error().message();
    return out.value_or(access::Object{});
  }
  Id id(const std::string& ref) { return m_place.id_of(ref); }

  tests::PoolPlace m_place;
};

TEST_F(OwnershipTest, AnInstrumentBelongsToItsPlatformAndAllAboveIt) {
  const access::Object instrument = object("local:demo/E1");
  EXPECT_EQ(instrument.kind, "equipment");
  EXPECT_THAT(instrument.owners, Contains(id("local:demo/PF1")));
  EXPECT_THAT(instrument.owners, Contains(id("name:équipe exemple"))) << "the platform's host";
  EXPECT_THAT(instrument.owners, Contains(id("name:institut neuf"))) << "the team's parent";
  EXPECT_THAT(instrument.owners, Contains(registry::institution_id("demo")));
  EXPECT_THAT(instrument.owners, Contains(id("name:institut demo"))) << "for whom its source speaks";
  EXPECT_THAT(instrument.owners, Not(Contains(instrument.id)));
  EXPECT_THAT(object("name:scanner exemple").owners, Not(Contains(id("local:demo/PF1"))));
  access::Actor manager;
  manager.account = 1;
  manager.today = "2026-03-01";
  manager.grants = {{1, 1, access::Role::institution_administrator, id("name:institut neuf"), {}, {}}};
  EXPECT_TRUE(access::may(manager, access::Right::grant_role, instrument));
  manager.grants[0].ends = "2026-02-28";
  EXPECT_FALSE(access::may(manager, access::Right::grant_role, instrument));
}

TEST_F(OwnershipTest, WhatIsNotYetIsNoOwner) {
  EXPECT_THAT(object("name:équipe exemple").owners, Contains(id("name:institut neuf")));
  EXPECT_THAT(object("name:équipe future").owners, Not(Contains(id("name:institut neuf"))));
}

// docs/rules/provenance.md, rule 6: in the index, in its own pages and for who manages it.
TEST_F(OwnershipTest, WhatAnInstitutionListsIsFoundAtIt) {
  const auto own = [](const std::string& name, const std::string& format) {
    pool::SourceSettings settings = tests::PoolPlace::source(name, format, sources::Mode::snapshot);
    settings.institution = "neuf";
    settings.institution_ref = "name:Institut Neuf";
    return settings;
  };
  m_place.import(own("neuf-teams", "teams"), "Code,Nom,Tutelle\nN1,Équipe Neuve,\nN2,Équipe Prêtée,Institut Demo\n");
  m_place.import(own("neuf-platforms", "platforms"), "Code,Nom\nNP1,Plateforme Neuve\n");
  m_place.import(own("neuf-equipment", "equipment"), "Identifiant,Nom\nNE1,Cryostat Neuf\n");
  m_place.settle();
  EXPECT_THAT(object("name:équipe neuve").owners, Contains(id("name:institut neuf")));
  EXPECT_THAT(object("name:cryostat neuf").owners, Contains(id("name:institut neuf")));
  const auto count = [&](const std::string& institution, const std::string& kind) {
    search::Query query;
    query.filters = {{search::Facet::institution, {id(institution).text()}}, {search::Facet::kind, {kind}}};
    return m_place.pool->index()->search(query, access::Viewer::visitor()).count;
  };
  EXPECT_EQ(count("name:institut neuf", "team"), 3u) << "with the two that say so";
  EXPECT_EQ(count("name:institut neuf", "platform"), 2u) << "with the one of its team";
  EXPECT_EQ(count("name:institut neuf", "equipment"), 2u) << "with the one of its team's platform";
  EXPECT_EQ(count("name:institut demo", "team"), 1u) << "what names another parent is that one's alone";
  EXPECT_EQ(m_place.found("at:\"Institut Neuf\" cryostat"), 1u);
}

// docs/rules/search.md, 2.5: who looks after a thing does not take it to where he works, unless nothing else says
// where.
TEST_F(OwnershipTest, AThingIsFoundWhereItStands) {
  m_place.import(source("staff", "people"), "Nom,Prénom,Unité\nZorg,Ada,Équipe Autre\n");
  m_place.import(source("other-teams", "teams"), "Code,Nom,Tutelles\nT9,Équipe Autre,Institut Autre\n");
  pool::SourceSettings own = source("more-platforms", "platforms");
  own.institution = {};
  m_place.import(own,
                 "Code,Nom,Tutelles,Unité,Responsable\nPX1,Cytométrie Hébergée,,Équipe Exemple,Ada Zorg\n"
                 "PX2,Cytométrie Errante,,,Ada Zorg\n");
  m_place.settle();
  EXPECT_EQ(m_place.found("at:\"Équipe Exemple\" cytométrie"), 1u);
  EXPECT_EQ(m_place.found("at:\"Équipe Autre\" hébergée"), 0u);
  EXPECT_EQ(m_place.found("at:\"Équipe Autre\" errante"), 1u);
}

TEST_F(OwnershipTest, NothingIsOfNoKindAndOfNobody) {
  const auto nothing = registry::Registry(*m_place.store).object_for(Id(1), "2026-03-01");
  ASSERT_TRUE(nothing);
  EXPECT_EQ(nothing->kind, "");
  EXPECT_TRUE(nothing->owners.empty());
}

}  // namespace

}  // namespace pitchblende::pool
