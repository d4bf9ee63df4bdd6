// The line under a title in lists.
#include <gtest/gtest.h>

#include "pool_fixture.hpp"

namespace pitchblende::pool {
namespace {

class NotesTest : public ::testing::Test, public tests::PoolPlace {
 protected:
  std::string note(const std::string& words, std::string_view language) {
    search::Query query;
    query.words = words;
    const search::Answer answer = pool->index()->search(query, access::Viewer::visitor());
    EXPECT_EQ(answer.hits.size(), 1u) << words;
    return answer.hits.empty() ? std::string() : std::string(search::title_in(answer.hits[0].note, language));
  }
};

TEST_F(NotesTest, CountriesAreNamedToEachReader) {
  import(source("members", "organisations", sources::Mode::snapshot),
         "id,name,role,from,Ville,Pays\nI1,Institut Essai,member,2007,Heidelberg,DE\n");
  settle();
  EXPECT_EQ(note("Institut Essai", "fr"), "Heidelberg · Allemagne");
  EXPECT_EQ(note("Institut Essai", "en"), "Heidelberg · Germany");
}

TEST_F(NotesTest, WhatSomebodyIsInTwoPlacesIsSaidOnce) {
  import_members("I1,Institut Essai,member,2007\n");
  SourceSettings staff = source("staff", "people", sources::Mode::snapshot);
  staff.institution = "a";
  import(staff,
         "id,family name,given names,position,team,organisation,from\n"
         "A1,Exemple,Camille,Doctorante,Équipe Foie,Institut Essai,2015\n");
  settle();
  EXPECT_EQ(note("Camille Exemple", "fr"), "Doctorante, Équipe Foie, Institut Essai");
}

}  // namespace
}  // namespace pitchblende::pool
