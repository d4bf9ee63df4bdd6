// At a terminal: a workbook written, sent back, read as a dry run, applied.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>

#include "cli/cli_fixture.hpp"
#include "cli/workplace.hpp"

namespace pitchblende::cli {
namespace {

namespace json = boost::json;

class CliWorkbookTest : public CliFixture {
 protected:
  void SetUp() override {
    ASSERT_EQ(run({"init"}).exit, 0);
    const std::string table = folder.write("equipment.csv",
                                           "Identifiant;Type de fiche;Nom;Plateforme;Numéro de série\n"
                                           "P1;plateforme;Plateforme d'essai;;\nE1;équipement;Cytomètre;Plateforme "
                                           "d'essai;S-1\n");
    ASSERT_EQ(run({"import", "equipment", table, "--as", "lab"}).exit, 0);
  }
};

TEST_F(CliWorkbookTest, GoesOutAndComesBack) {
  const std::string file = folder.path("out.xlsx");
  const Said made = run({"workbook", "export", "name:plateforme d'essai", "--out", file});
  EXPECT_EQ(made.exit, 0) << made.err;
  EXPECT_EQ(made.out, "workbook 1: 2 cards, " + file + "\n");
  const Said same = run({"--json", "workbook", "read", file, "--apply", "--who", "test"});
  EXPECT_EQ(same.exit, 0) << same.err;
  const json::value said = json::parse(same.out);
  EXPECT_EQ(said.at("read"), 2);
  EXPECT_EQ(said.at("accepted"), 2);
  EXPECT_EQ(said.at("corrections"), 0);
  EXPECT_NE(said.at("applied"), "");
  EXPECT_EQ(
      run({"workbook", "read", file, "--lang", "fr"}).out,
      "2 lignes lues, 0 refusées ; 0 corrections, 0 nouveautés, 0 conflits, 0 valeurs refusées ; 0 fiches absentes "
      "du fichier, gardées\n");
  // Who sits at the terminal leaves a line too.
  const auto place = Workplace::for_reading(folder.path("data"));
  ASSERT_TRUE(place);
  std::string verbs;
  ASSERT_TRUE((*place)->store->read([&](store::Connection& db) {
    return db.query("SELECT verb FROM audit WHERE kind = 'workbook' AND actor = 0 ORDER BY id", {},
                    [&](const store::Row& row) { verbs += std::string(row.text(0)) + " "; });
  }));
  EXPECT_EQ(verbs, "make_workbook read_workbook apply_workbook ");
  EXPECT_EQ(run({"check"}).exit, 0);
}

TEST_F(CliWorkbookTest, WhatIsNoneIsRefused) {
  EXPECT_EQ(run({"workbook", "export", "serial:S-1", "--out", folder.path("x.xlsx")}).exit, 1);
  EXPECT_EQ(run({"workbook", "export", "0000000000", "--out", folder.path("x.xlsx")}).exit, 6);
  EXPECT_EQ(run({"workbook", "export", "name:plateforme d'essai", "--out", folder.path("no/such/x.xlsx")}).exit, 1);
  EXPECT_EQ(run({"workbook", "read", folder.write("x.xlsx", "hello")}).exit, 1);
  EXPECT_EQ(run({"workbook", "read", folder.path("none.xlsx")}).exit, 1);
  EXPECT_EQ(run({"workbook"}).exit, 2);
}

}  // namespace
}  // namespace pitchblende::cli
