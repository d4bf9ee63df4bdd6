// Things as data, and lists of things: what leads where, for how long and as what, and whose number is not published.
#include "pages/data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "asked_site.hpp"
#include "pages/pages.hpp"
#include "pool_fixture.hpp"

namespace pitchblende::pages {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string k_english = "This area looks at tumours and at what grows around them in the liver.";
const std::string k_french = "Cet axe étudie les tumeurs et ce qui pousse autour d’elles dans le foie.";

class DataTest : public ::testing::Test, public tests::PoolPlace {
 protected:
  void SetUp() override {
    pool::SourceSettings members = source("members", "organisations", sources::Mode::snapshot);
    members.republish = true;
    import(members, "id,name,role,from\nI1,Institut Essai,member,2007\n");
    pool::SourceSettings staff = source("staff", "people", sources::Mode::snapshot);
    staff.institution = "a";
    staff.republish = true;
    import(staff,
           "id,family name,given names,orcid,position,organisation,from\n"
           "A1,EXEMPLE,Camille,0000-0002-1825-0097,Chercheuse,Institut Essai,2015\n");
    pool::SourceSettings areas = source("areas", "own", sources::Mode::snapshot);
    areas.institution = "a";
    areas.republish = true;
    areas.mapping =
        "[columns]\nkey = \"key\"\nname = \"name\"\nfr = \"fr\"\nen = \"en\"\nleader = \"leader\"\n"
        "[[record]]\nkind = \"group\"\nkey = \"{key}\"\n[record.fields]\nnames = { value = \"{name}\", lang = \"en\" "
        "}\n"
        "objectives = [{ value = \"{fr}\", lang = \"fr\" }, { value = \"{en}\", lang = \"en\" }]\n"
        "leaders = { value = \"local:{leader}\", role = \"leader\", from = \"2020\" }\n";
    import(areas, "key\tname\tfr\ten\tleader\nG1\tLiver area\t" + k_french + "\t" + k_english + "\tA1\n" +
                      "G2\tSkin area\t" + k_french + "\t\tNOBODY\n");
    pool::SourceSettings pubmed = source("pubmed", "pubmed", sources::Mode::feed);
    pubmed.republish = true;
    import(pubmed, tests::pubmed_set(tests::pubmed_article(
                       1, "Tumours of the liver",
                       {{"Exemple", "Camille", "", "0000-0002-1825-0097"}, {"Inconnu", "Alix", "", ""}})));
    settle();
    Settings settings;
    settings.name = "Essai";
    settings.entry.address = "https://pool.example.org";
    auto made = Pages::open(
        registry::Registry(*store), [this] { return pool->index(); }, settings);
    ASSERT_TRUE(made) << made.error().message();
    pages = std::move(*made);
    pages->add_to(router);
    camille = id_of("orcid:0000-0002-1825-0097").text();
    liver = "/en/group/" + id_of("name:liver area").text();
  }
  http::Answer answer(const std::string& target, http::Method method = http::Method::get) {
    http::Request request;
    EXPECT_TRUE(http::read_target(target, request)) << target;
    request.method = method;
    return pages->answer(router, request);
  }
  std::string get(const std::string& target, int status = 200) {
    http::Answer got = answer(target);
    EXPECT_EQ(got.status, status) << target;
    return got.body;
  }
  boost::json::value data(const std::string& target) {
    boost::json::value out = boost::json::parse(get(target));
    return out.is_object() && out.as_object().contains("things") ? out.at("things") : out;
  }

  std::string camille;
  std::string liver;
  std::unique_ptr<Pages> pages;
  http::Router router;
};

TEST_F(DataTest, ListsShowTheReadersLanguageAndSayWhereItIsAnother) {
  const std::string english = get("/en/group");
  EXPECT_THAT(english, HasSubstr("<p dir=\"auto\">" + k_english));
  EXPECT_THAT(english, HasSubstr("<p dir=\"auto\" lang=\"fr\">Cet axe"));  // of the area that has no other text
  const std::string french = get("/fr/group");
  EXPECT_THAT(french, Not(HasSubstr("This area looks")));
  EXPECT_THAT(french, Not(HasSubstr("lang=\"en\">Cet axe")));
}

TEST_F(DataTest, ATableSaysWhatLinksLeadToAndNobodysOwnNumbers) {
  const std::string people = get("/en/person.csv");
  EXPECT_THAT(people, HasSubstr(",positions,positions_ids"));
  EXPECT_THAT(people, HasSubstr("\"Institut Essai (Chercheuse, 2015–)\"," + id_of("name:institut essai").text()));
  EXPECT_THAT(people, Not(HasSubstr("name:")));
  const std::string areas = get("/en/group.csv");
  EXPECT_THAT(areas, HasSubstr("\"Camille Exemple (leader, 2020–)\"," + camille));
  EXPECT_THAT(areas, Not(HasSubstr("local:")));
  EXPECT_THAT(get(liver + ".csv"), HasSubstr("\"Camille Exemple (leader, 2020–)\"," + camille));
}

TEST_F(DataTest, JsonNamesWhoHasAPageInListsAsAlone) {
  const std::string publication = "/en/publication/" + id_of("pmid:1").text();
  for (const auto& thing : {data(publication + ".json"), data("/en/publication.json").at(0)}) {
    const auto& authors = thing.at("fields").at("authors").as_array();
    ASSERT_EQ(authors.size(), 2);
    EXPECT_EQ(authors[0].at("id").as_string(), camille);
    EXPECT_FALSE(authors[1].as_object().contains("id"));
  }
  for (const auto& thing : {data(liver + ".json"), data("/en/group.json").at(0)}) {
    const auto& leader = thing.at("fields").at("leaders").at(0);
    EXPECT_EQ(leader.at("id").as_string(), camille);
    EXPECT_EQ(leader.at("label").as_string(), "Camille Exemple");
    EXPECT_EQ(leader.at("value").as_string(), "pitchblende:" + camille);
  }
  EXPECT_THAT(get("/en/group.json"), Not(HasSubstr("local:")));
}

TEST_F(DataTest, LinkedDataSaysAsWhatAndForHowLong) {
  const boost::json::value person = data("/en/person/" + camille + ".jsonld");
  EXPECT_EQ(person.at("schema:name").as_string(), "Camille Exemple");
  const auto& position = person.at("vivo:relatedBy");
  EXPECT_EQ(position.at("@type").as_string(), "vivo:Position");
  EXPECT_EQ(position.at("schema:roleName").as_string(), "Chercheuse");
  EXPECT_EQ(position.at("schema:startDate").as_string(), "2015");
  EXPECT_EQ(position.at("vivo:relates").at("schema:name").as_string(), "Institut Essai");
  const boost::json::value house = data("/en/organisation/" + id_of("name:institut essai").text() + ".jsonld");
  EXPECT_EQ(house.at("org:role").at("@type").as_string(), "schema:Role");
  EXPECT_EQ(house.at("org:role").at("org:role").as_string(), "member");
  EXPECT_EQ(house.at("org:role").at("schema:startDate").as_string(), "2007");
  const boost::json::value list = data("/en/publication.jsonld");
  const auto& author = list.at("@graph").at(0).at("schema:author").at(0);
  EXPECT_EQ(author.at("@id").as_string(), "/id/pitchblende/" + camille);
}

TEST_F(DataTest, OwnTermsAreExplainedUnderTheSitesAddress) {
  const boost::json::value person = data("/en/person/" + camille + ".jsonld");
  EXPECT_EQ(person.at("@context").at("pb").as_string(), "https://pool.example.org/terms#");
  EXPECT_EQ(answer("/terms").status, 303);
  EXPECT_THAT(get("/terms.jsonld"), HasSubstr("https://pool.example.org/terms#nameParticle"));
  EXPECT_THAT(get("/fr/terms"), HasSubstr("id=\"nameParticle\""));
}

TEST_F(DataTest, TextsAreNoDataAndTheGlossaryIs) {
  EXPECT_THAT(get("/en/glossary.csv"), HasSubstr("term,meaning,note,address"));
  EXPECT_TRUE(data("/en/glossary.json").as_object().contains("terms"));
  for (const char* page : {"about", "contacts", "accessibility", "advanced"}) {
    const http::Answer got = answer("/fr/" + std::string(page) + ".json");
    EXPECT_EQ(got.status, 404) << page;
    EXPECT_EQ(got.type, "application/json") << page;
    EXPECT_EQ(answer("/fr/" + std::string(page)).status, 200) << page;
  }
}

TEST_F(DataTest, WhatIsAskedWronglyIsSaid) {
  const std::string banana = get("/fr/search?q=a&kind=banana");
  EXPECT_THAT(banana, HasSubstr("la sorte «\u00A0banana\u00A0»"));
  EXPECT_THAT(banana, Not(HasSubstr("Personnes <span aria-hidden")));
  const std::string beyond = get("/en/search?page=400");
  EXPECT_THAT(beyond, HasSubstr("This list ends on page 1."));
  EXPECT_THAT(beyond, HasSubstr("To the last page"));
  const http::Answer wrong = answer("/fr/group", http::Method::post);
  EXPECT_EQ(wrong.status, 405);
  EXPECT_THAT(wrong.body, HasSubstr("Cette page n’accepte pas une telle requête"));
  EXPECT_EQ(wrong.headers.back().first, "Allow");
  EXPECT_EQ(pages->error(http::Request(), 431).status, 431);
}

// docs/rules/provenance.md, rules 1 to 4.
TEST_F(DataTest, EachFieldSaysWhereItComesFromAndNamesNoClosedSource) {
  pool::SourceSettings closed = source("closed-list", "people", sources::Mode::snapshot);
  closed.institution = "a";
  import(closed,
         "id,family name,given names,orcid,honorific,skills,organisation,from\n"
         "A1,EXEMPLE,Camille,0000-0002-1825-0097,Dr,secret craft,Institut Essai,2015\n");
  settle();
  const boost::json::value thing = data("/en/person/" + camille + ".json");
  const auto& provenance = thing.at("provenance").as_object();
  EXPECT_EQ(provenance.at("orcid").at(0).at("source"), "staff");
  EXPECT_EQ(provenance.at("orcid").at(0).at("values").at(0).to_number<int>(), 0);
  EXPECT_FALSE(provenance.contains("skills")) << "no source allows it";
  EXPECT_THAT(boost::json::serialize(thing), Not(HasSubstr("closed-list")));
  const std::string page = get("/en/person/" + camille);
  const size_t fold = page.find("class=\"origins\"");
  ASSERT_NE(fold, std::string::npos);
  EXPECT_THAT(page.substr(page.find("class=\"provenance\"")), HasSubstr("Said by:"));
  EXPECT_THAT(page, Not(HasSubstr("closed-list"))) << "neither beside a field nor at the foot";
  // The counts beside a list are those of the page, by what pages show.
  EXPECT_THAT(boost::json::serialize(data("/en/person.json")), Not(HasSubstr("secret craft")));
  for (const std::string list : {"/en/person.jsonld", "/en/person.csv"}) {
    EXPECT_THAT(get(list), Not(HasSubstr("secret craft"))) << list;
  }
}

// docs/rules/provenance.md, rule 3.
TEST_F(DataTest, ACardOfAClosedSourceAloneNamesItToThoseWhoBelongHereAlone) {
  pool::SourceSettings closed = source("closed-list", "people", sources::Mode::snapshot);
  closed.institution = "b";
  import(closed, "id,family name,given names,organisation,from\nB1,SOLITAIRE,Noa,Institut Essai,2015\n");
  settle();
  const std::string noa = "/en/person/" + id_of("local:b/B1").text();
  const std::string page = get(noa);
  EXPECT_THAT(page, HasSubstr("Noa Solitaire"));
  EXPECT_THAT(page, Not(HasSubstr("closed-list")));
  EXPECT_THAT(page, Not(HasSubstr("Said by:")));
  http::Request request;
  ASSERT_TRUE(http::read_target(noa, request));
  request.actor = tests::signed_in(1, "member@example.org", {{1, 1, access::Role::staff, Id(), {}, {}}}, "2026-03-01");
  EXPECT_THAT(pages->answer(router, request).body, HasSubstr("closed-list"));
}

// docs/rules/provenance.md, rule 5.
TEST_F(DataTest, AListHasNoProvenanceAndLeadsToWhatHas) {
  const boost::json::value list = data("/en/person.json");
  const boost::json::object& person = list.at(0).as_object();
  EXPECT_FALSE(person.contains("provenance"));
  EXPECT_TRUE(
      data("/en/person/" + std::string(person.at("id").as_string()) + ".json").as_object().contains("provenance"));
}

// docs/rules/provenance.md, rule 6.
TEST_F(DataTest, WhatFollowsFromWhoseFileItIsIsSaidToDoSo) {
  pool::SourceSettings list = source("instruments", "equipment", sources::Mode::snapshot);
  list.institution = "a";
  list.institution_ref = "name:Institut Essai";
  list.republish = true;
  import(list, "Code,Nom,Propriétaire\nE1,Loupe Exemple,\nE2,Trieur Exemple,Institut Essai\n");
  settle();
  const std::string path = "/equipment/" + id_of("name:loupe exemple").text();
  const std::string page = get("/en" + path);
  EXPECT_THAT(page, HasSubstr("Institut Essai</a>")) << "a link to it";
  EXPECT_THAT(page, HasSubstr("Institut Essai (because the file is this institution’s, and names nobody else)"));
  EXPECT_THAT(get("/fr" + path), HasSubstr("parce que le fichier est celui de cet établissement"));
  EXPECT_THAT(boost::json::serialize(data("/en" + path + ".json")), HasSubstr("source_institution"));
  const std::string said = get("/en/equipment/" + id_of("name:trieur exemple").text());
  EXPECT_THAT(said, Not(HasSubstr("class=\"origins\""))) << "of one source, said in so many words";
  EXPECT_THAT(get("/en/organisation/" + id_of("name:institut essai").text()), HasSubstr("Loupe Exemple"));
}

}  // namespace
}  // namespace pitchblende::pages
