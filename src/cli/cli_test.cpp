#include "cli/cli.hpp"

#include <gtest/gtest.h>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <filesystem>
#include <sstream>

#include "cli/cli_fixture.hpp"
#include "cli/command_socket.hpp"
#include "cli/config.hpp"
#include "store/store.hpp"

namespace pitchblende::cli {
namespace {

namespace json = boost::json;

class CliTest : public CliFixture {
 protected:
  void init_with_papers() const {
    ASSERT_EQ(run({"init", "--name", "Essai \"A\" \\ B"}).exit, 0);
    const std::string articles =
        tests::pubmed_article(1, "Pitchstone in cells", {{"Exemple", "Camille", "Institut Demo, Paris", ""}}) +
        tests::pubmed_article(2, "Basalt in cells", {{"Exemple", "Camille", "Institut Demo, Paris", ""}});
    ASSERT_EQ(run({"import", "pubmed", folder.write("papers.xml", tests::pubmed_set(articles))}).exit, 0);
  }

  static json::value parsed(const std::string& line) { return json::parse(line.substr(0, line.find('\n'))); }
};

TEST_F(CliTest, ExplainsItself) {
  const Said help = run({"--help"});
  EXPECT_EQ(help.exit, 0);
  for (const char* command :
       {"init", "import", "pool", "search", "show", "explain", "rebuild", "check", "backup", "restore"}) {
    EXPECT_NE(help.out.find(command), std::string::npos) << command;
  }
  EXPECT_EQ(run({"--version"}).out.rfind("pitchblende ", 0), 0u);
  const Said unknown = run({"frobnicate", "x"});
  EXPECT_EQ(unknown.exit, static_cast<int>(Exit::usage));
  EXPECT_NE(unknown.err.find("“frobnicate” is no command"), std::string::npos) << unknown.err;
  EXPECT_NE(run({"--lang", "fr", "--bogue"}).err.find("« --bogue » n’est pas une option"), std::string::npos);
  const Said nothing = run({});
  EXPECT_EQ(nothing.exit, static_cast<int>(Exit::usage));
  EXPECT_NE(nothing.err.find("a command is wanted"), std::string::npos) << nothing.err;
}

TEST_F(CliTest, FromInitToAnAnswer) {
  init_with_papers();
  const Said found = run({"search", "pitchstone"});
  EXPECT_EQ(found.exit, 0);
  EXPECT_NE(found.out.find("1 found"), std::string::npos) << found.out;
  const json::value answer = parsed(run({"--json", "search", "cells", "--filter", "kind=publication"}).out);
  EXPECT_EQ(answer.at("count").to_number<int>(), 2);
  const std::string id(answer.at("hits").at(0).at("id").as_string());
  const json::value shown = parsed(run({"--json", "show", id}).out);
  EXPECT_EQ(shown.at("kind").as_string(), "publication");
  EXPECT_EQ(parsed(run({"--json", "show", "pmid:1"}).out).at("card").at("label").as_string(), "Pitchstone in cells");
  EXPECT_NE(run({"show", "pmid:1", "--everything"}).out.find("new  pubmed 1"), std::string::npos);
  EXPECT_EQ(parsed(run({"--json", "explain", id}).out).at("members").as_array().size(), 1u);
  EXPECT_EQ(run({"check"}).exit, 0);
  EXPECT_EQ(run({"rebuild"}).exit, 0);
  EXPECT_EQ(run({"search", "basalt"}).exit, 0);
  EXPECT_EQ(run({"search", "obsidian"}).exit, static_cast<int>(Exit::not_found));
  EXPECT_EQ(run({"show", "pmid:77"}).exit, static_cast<int>(Exit::not_found));
  EXPECT_EQ(run({"show", "what"}).exit, static_cast<int>(Exit::usage));
  EXPECT_EQ(run({"import", "nosuch", "file"}).exit, static_cast<int>(Exit::usage));
}

TEST_F(CliTest, JsonSaysWhatARunDid) {
  ASSERT_EQ(run({"init"}).exit, 0);
  const std::string file =
      folder.write("one.xml", tests::pubmed_set(tests::pubmed_article(1, "One", {}) + "<PubmedArticle/>"));
  const Said said = run({"--json", "import", "pubmed", file});
  EXPECT_EQ(said.exit, static_cast<int>(Exit::rejected));
  const json::value report = parsed(said.out);
  EXPECT_EQ(report.at("read").to_number<int>(), 2);
  EXPECT_EQ(report.at("accepted").to_number<int>(), 1);
  EXPECT_EQ(report.at("rejected").to_number<int>(), 1);
  EXPECT_FALSE(report.at("findings").at(0).at("message").as_string().empty());
  EXPECT_EQ(report.at("findings").at(0).at("record").to_number<int>(), 2);
  // Progress goes to the other stream, a JSON object a line.
  std::istringstream lines(said.err);
  int progress = 0;
  for (std::string line; std::getline(lines, line); ++progress) {
    EXPECT_FALSE(parsed(line).at("phase").as_string().empty());
  }
  EXPECT_GT(progress, 0);
}

TEST_F(CliTest, PoolTellsSourcesByWhatFilesShow) {
  ASSERT_EQ(run({"init"}).exit, 0);
  const std::string papers = folder.write("a.dat", tests::pubmed_set(tests::pubmed_article(1, "One", {})));
  const std::string ror = std::string(PB_SOURCE_DIR) + "/tests/fixtures/ror/schema_2.jsonl";
  const Said said = run({"pool", papers, ror});
  EXPECT_EQ(said.exit, 0) << said.err;
  EXPECT_NE(said.out.find("pubmed: read 1"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("ror: read"), std::string::npos) << said.out;
  EXPECT_EQ(run({"pool", folder.write("what.bin", "nobody knows")}).exit, static_cast<int>(Exit::failed));
  EXPECT_EQ(run({"pool", "pubmed=" + papers}).exit, 0);
  EXPECT_EQ(run({"pool"}).exit, 0);
}

// docs/rules/search.md, 5.1, 6.1 and 6.2: a term in one language finds what is written in the other.
TEST_F(CliTest, PoolTakesVocabulariesAndTheyTranslate) {
  ASSERT_EQ(run({"init"}).exit, 0);
  const std::string papers =
      folder.write("a.dat", tests::pubmed_set(tests::pubmed_article(1, "Mastocytosis and its cells", {}) +
                                              tests::pubmed_article(2, "Une mastocytose rare", {})));
  const std::string terms =
      folder.write("terms.obo", "format-version: 1.2\n\n[Term]\nid: HP:0100495\nname: Mastocytosis\n");
  const std::string french =
      folder.write("terms.tsv",
                   "subject_id\tsource_language\ttranslation_language\tpredicate_id\tsource_value\t"
                   "translation_status\ttranslation_value\n"
                   "HP:0100495\ten\tfr\trdfs:label\tMastocytosis\tOFFICIAL\tMastocytose\n");
  const Said said = run({"pool", papers, terms, french});
  EXPECT_EQ(said.exit, 0) << said.err;
  EXPECT_NE(said.out.find("obo: read 1"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("babelon: read 1"), std::string::npos) << said.out;
  for (const std::string word : {"mastocytose", "mastocytosis"}) {
    const Said found = run({"search", word, "--filter", "kind=publication"});
    EXPECT_NE(found.out.find("Mastocytosis and its cells"), std::string::npos) << found.out;
    EXPECT_NE(found.out.find("Une mastocytose rare"), std::string::npos) << found.out;
  }
}

TEST_F(CliTest, ConfiguredSourcesKnowTheirFiles) {
  ASSERT_EQ(run({"init"}).exit, 0);
  folder.write("data/pitchblende.toml",
               "[source.our-papers]\nformat = \"pubmed\"\ntrust = 90\nfiles = [\"*papers*.xml\"]\n");
  const std::string papers = folder.write("our-papers-1.xml", tests::pubmed_set(tests::pubmed_article(1, "One", {})));
  EXPECT_NE(run({"pool", papers}).out.find("our-papers: read 1"), std::string::npos);
  folder.write("data/pitchblende.toml", "name = \"x\"\ntrsut = 3\n");
  const Said slip = run({"pool", papers});
  EXPECT_EQ(slip.exit, static_cast<int>(Exit::failed));
  EXPECT_NE(slip.err.find("line 2"), std::string::npos) << slip.err;
  EXPECT_NE(slip.err.find("trsut"), std::string::npos) << slip.err;
}

TEST_F(CliTest, BackupAndRestoreGiveTheSameAnswers) {
  init_with_papers();
  ASSERT_EQ(run({"backup", folder.path("kept")}).exit, 0);
  EXPECT_EQ(run({"backup", folder.path("kept")}).exit, static_cast<int>(Exit::failed));
  const std::string before = run({"--json", "search", "cells"}).out;
  EXPECT_EQ(run({"restore", folder.path("kept")}).exit, static_cast<int>(Exit::failed));  // there is a database already
  std::filesystem::remove_all(folder.path("data"));
  EXPECT_EQ(run({"restore", folder.path("kept")}).exit, 0);
  EXPECT_EQ(run({"--json", "search", "cells"}).out, before);
}

TEST_F(CliTest, ABackupHasTheMappingsOfItsSources) {
  ASSERT_EQ(run({"init"}).exit, 0);
  std::filesystem::create_directories(folder.path("data/mappings"));
  const std::string mapping =
      "[columns]\nid = \"Code\"\nname = \"Nom\"\n[[record]]\nkind = \"team\"\nkey = \"{id}\"\n"
      "[record.fields]\nnames = \"{name}\"\n";
  folder.write("data/mappings/own.toml", mapping);
  folder.write("data/pitchblende.toml", "name = \"x\"\n[source.teams]\nmapping = \"mappings/own.toml\"\n");
  folder.write("teams.csv", "Code;Nom\nE1;Une fiction\n");
  const Said first = run({"import", "teams", folder.path("teams.csv")});
  ASSERT_EQ(first.exit, 0) << first.out << first.err;
  ASSERT_EQ(run({"backup", folder.path("kept")}).exit, 0);
  std::filesystem::remove_all(folder.path("data"));
  const Said restored = run({"restore", folder.path("kept")});
  EXPECT_EQ(restored.exit, 0) << restored.err;
  const Said again = run({"import", "teams", folder.path("teams.csv")});
  EXPECT_NE(again.out.find("unchanged 1"), std::string::npos) << again.out << again.err;
}

TEST_F(CliTest, HelpIsFrenchThroughout) {
  const std::string commands[] = {"init",    "import",  "pool",     "search",   "show",   "explain",     "rebuild",
                                  "check",   "backup",  "restore",  "serve",    "decide", "demo",        "admin",
                                  "erase",   "notices", "bookable", "calendar", "calls",  "affiliation", "review",
                                  "quality", "figures", "sources",  "workbook", "groups", "roles"};
  const auto described = [](const std::string& help) {
    std::vector<std::string> out;
    std::istringstream lines(help);
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("  ") && line.find_first_not_of(' ', 2) != std::string::npos) {
        out.push_back(line);
      }
    }
    return out;
  };
  EXPECT_NE(run({"--lang", "fr", "--help"}).out.find("Codes de retour"), std::string::npos);
  EXPECT_NE(run({"--lang=fr", "--help"}).out.find("Commandes:"), std::string::npos);
  for (const std::string& command : commands) {
    const std::string english = run({command, "--help"}).out;
    const std::string french = run({"--lang", "fr", command, "--help"}).out;
    const auto of_english = described(english);
    const auto of_french = described(french);
    ASSERT_EQ(of_english.size(), of_french.size()) << french;
    // A line that is much shorter has lost its description: there was no French.
    for (size_t at = 0; at < of_french.size(); ++at) {
      EXPECT_GT(of_french[at].size() * 2, of_english[at].size()) << of_french[at];
    }
    const std::string first = french.substr(0, french.find('\n'));
    EXPECT_FALSE(first.empty()) << command;
    EXPECT_NE(first, english.substr(0, english.find('\n'))) << command;
  }
}

TEST_F(CliTest, SlipsAreToldInFrench) {
  EXPECT_EQ(run({"--lang", "fr", "show"}).err, "pitchblende : il manque id\n`--help` dit ce qui est attendu\n");
  const Said much = run({"--lang", "fr", "search", "--size", "5000"});
  EXPECT_EQ(much.exit, static_cast<int>(Exit::usage));
  EXPECT_NE(much.err.find("--size : cette valeur ne va pas ; attendu : 0 à 1000"), std::string::npos) << much.err;
  EXPECT_NE(run({"--lang", "fr", "check", "--bogue"}).err.find("« --bogue » est de trop"), std::string::npos);
}

TEST_F(CliTest, AFilterThatNothingCanPassIsASlip) {
  init_with_papers();
  for (const std::string filter : {"kind=banana", "year=abc", "condition=banana", "open_to=tous"}) {
    const Said said = run({"search", "--filter", filter});
    EXPECT_EQ(said.exit, static_cast<int>(Exit::usage)) << filter;
    EXPECT_FALSE(said.err.empty()) << filter;
  }
  EXPECT_NE(run({"search", "--filter", "open_to=tous"}).err.find("consortium"), std::string::npos);
  EXPECT_EQ(run({"search", "--filter", "institution=ZZZZZZZZZZ"}).err.find("0 found"), std::string::npos);
  EXPECT_FALSE(run({"search", "--filter", "institution=ZZZZZZZZZZ"}).err.empty());
  EXPECT_EQ(run({"search", "--filter", "kind=Publication"}).exit, 0);
}

TEST_F(CliTest, ARunOfWhichNothingWentInHasFailed) {
  ASSERT_EQ(run({"init"}).exit, 0);
  const std::string good = folder.write("good.csv", "Matricule;Nom;Prénom\n1;Exemple;Camille\n1;Exemple;Camille\n");
  const std::string bad = folder.write("bad.csv", "Couleur;Taille\nbleu;4\n");
  EXPECT_EQ(run({"import", "people", "--institution", "a", bad}).exit, static_cast<int>(Exit::failed));
  EXPECT_EQ(run({"import", "people", "--institution", "a", folder.path("nosuch.csv")}).exit,
            static_cast<int>(Exit::failed));
  EXPECT_EQ(run({"import", "people", "--institution", "a", good, bad}).exit, static_cast<int>(Exit::rejected));
  const Said said = run({"import", "people", "--institution", "a", good});
  EXPECT_EQ(said.exit, 0);
  EXPECT_NE(said.out.find("read 1, in 2 rows, accepted 1"), std::string::npos) << said.out;
}

TEST_F(CliTest, WhatCannotWorkSaysWhy) {
  EXPECT_NE(run({"search", "x"}).err.find("init"), std::string::npos);
  ASSERT_EQ(run({"init"}).exit, 0);
  EXPECT_EQ(run({"init"}).exit, static_cast<int>(Exit::failed));
  EXPECT_NE(run({"import", "nonsense", "x"}).err.find("nonsense"), std::string::npos);
  EXPECT_EQ(run({"search", "x", "--filter", "colour=red"}).exit, static_cast<int>(Exit::usage));
  const Said missing = run({"import", "pubmed", folder.path("not-there.xml")});
  EXPECT_EQ(missing.exit, static_cast<int>(Exit::failed));
  EXPECT_NE(missing.out.find("not-there.xml"), std::string::npos) << missing.out;
  EXPECT_NE(run({"--lang", "fr", "show", "rien"}).err.find("identifiant"), std::string::npos);
}

TEST_F(CliTest, ASecondProcessIsRefusedAndReadersAreNot) {
  init_with_papers();
  store::Options options;
  options.folder = folder.path("data");
  const auto other = store::Store::open(options);
  ASSERT_TRUE(other);
  const Said second = run({"pool"});
  EXPECT_EQ(second.exit, static_cast<int>(Exit::failed));
  EXPECT_NE(second.err.find(std::to_string(getpid())), std::string::npos) << second.err;
  EXPECT_EQ(run({"search", "cells"}).exit, 0);
  EXPECT_EQ(run({"show", "pmid:1"}).exit, 0);
}

TEST_F(CliTest, ADamagedDatabaseIsSaidAndADamagedIndexRemade) {
  init_with_papers();
  for (const auto& entry : std::filesystem::directory_iterator(folder.path("data/index"))) {
    std::ofstream(entry.path(), std::ios::binary) << "not an index";
  }
  EXPECT_NE(run({"search", "cells"}).err.find("rebuild"), std::string::npos);
  EXPECT_EQ(run({"rebuild"}).exit, 0);
  EXPECT_EQ(run({"search", "cells"}).exit, 0);
  std::filesystem::remove(folder.path("data/pitchblende.db-wal"));
  std::ofstream(folder.path("data/pitchblende.db"), std::ios::binary) << std::string(100'000, 'x');
  const Said damaged = run({"pool"});
  EXPECT_EQ(damaged.exit, static_cast<int>(Exit::failed));
  EXPECT_NE(damaged.err.find("damaged"), std::string::npos) << damaged.err;
}

TEST_F(CliTest, DecisionsCanBeMadeAndUndone) {
  init_with_papers();
  const Said made = run({"--json", "decide", "override", "pmid:1", "--field", "title", "--value", "Another title",
                         "--value-language", "en", "--who", "a curator", "--why", "a slip"});
  ASSERT_EQ(made.exit, 0) << made.err;
  EXPECT_EQ(parsed(run({"--json", "show", "pmid:1"}).out).at("card").at("label").as_string(), "Another title");
  const std::string number = std::to_string(parsed(made.out).at("decision").to_number<int>());
  EXPECT_EQ(run({"decide", "undo", number, "--who", "a curator", "--why", "it was right"}).exit, 0);
  EXPECT_EQ(parsed(run({"--json", "show", "pmid:1"}).out).at("card").at("label").as_string(), "Pitchstone in cells");
  EXPECT_EQ(run({"decide", "undo", "99", "--who", "x", "--why", "y"}).exit, static_cast<int>(Exit::not_found));
}

TEST_F(CliTest, SearchSaysWhenItsIndexIsNotThere) {
  init_with_papers();
  EXPECT_EQ(run({"search", "--filter", "kind=publication", "basalt"}).exit, 0);
  std::filesystem::remove_all(folder.path("data") + "/index");
  const Said said = run({"search", "basalt"});
  EXPECT_EQ(said.exit, static_cast<int>(Exit::failed));
  EXPECT_NE(said.err.find("pitchblende pool"), std::string::npos) << said.err;
  EXPECT_EQ(run({"pool"}).exit, 0);
  EXPECT_EQ(run({"search", "basalt"}).exit, 0);
}

TEST_F(CliTest, AnAddressDoesNotTellItsOwnerToVisitors) {
  ASSERT_EQ(run({"init"}).exit, 0);
  const std::string staff =
      folder.write("staff.csv",
                   "id,family name,given "
                   "names,e-mail,organisation,from\nP1,Exemple,Camille,camille@demo.example,Institut Demo,2015\n");
  const std::string members = folder.write("members.csv", "id,name,role,from\nI1,Institut Demo,member,2007\n");
  ASSERT_EQ(run({"pool", "organisations=" + members, "people=" + staff}).exit, 0);
  EXPECT_EQ(run({"show", "email:camille@demo.example"}).exit, static_cast<int>(Exit::not_found));
  EXPECT_EQ(run({"show", "--everything", "email:camille@demo.example"}).exit, 0);
}

// Rules 5 and 7 of docs/rules/intake.md.
TEST_F(CliTest, TheTerminalSaysRolesAndIsToldOfLostFields) {
  ASSERT_EQ(run({"init"}).exit, 0);
  const std::string members =
      folder.write("members.csv", "id,name,role,from\nI1,Institut Demo,founder,2007\nI2,Institut Essai,member,2008\n");
  EXPECT_EQ(run({"import", "organisations", members}).exit, 0);
  EXPECT_EQ(run({"show", "name:Institut Demo"}).exit, 0);
  const std::string less = folder.write("less.csv", "id,name\nI1,Institut Demo\nI2,Institut Essai\n");
  const Said refused = run({"import", "organisations", less});
  EXPECT_EQ(refused.exit, static_cast<int>(Exit::refused));
  EXPECT_NE(refused.out.find("consortium_roles: gone from 2 of 2 records"), std::string::npos) << refused.out;
  EXPECT_NE(refused.out.find("--accept-withdrawals"), std::string::npos) << refused.out;
  EXPECT_EQ(run({"import", "--accept-withdrawals", "organisations", less}).exit, 0);
}

TEST_F(CliTest, AServerCarriesOutWhatOthersWrite) {
  init_with_papers();
  const std::string more =
      folder.write("more.xml", tests::pubmed_set(tests::pubmed_article(3, "Feldspar in cells", {})));
  const Said alone = run({"import", "--dry-run", "pubmed", more});
  {
    auto place = Workplace::for_writing(folder.path("data"));
    ASSERT_TRUE(place);
    const Said refused = run({"import", "pubmed", more});
    EXPECT_EQ(refused.exit, static_cast<int>(Exit::failed));
    EXPECT_NE(refused.err.find("another Pitchblende process"), std::string::npos) << refused.err;
    auto socket = CommandSocket::open(folder.path("data"), **place);
    ASSERT_TRUE(socket);
    const Said carried = run({"import", "--dry-run", "pubmed", more});
    EXPECT_EQ(carried.exit, 0);
    EXPECT_EQ(carried.out, alone.out);
    EXPECT_EQ(run({"import", "pubmed", more}).exit, 0);
    EXPECT_EQ(run({"search", "feldspar"}).exit, 0);
    // What goes wrong there is said here, in the language asked for.
    const Said wrong = run({"--lang", "fr", "import", "nosuch", more});
    EXPECT_EQ(wrong.exit, static_cast<int>(Exit::usage));
    EXPECT_NE(wrong.err.find("aucune source"), std::string::npos) << wrong.err;
    EXPECT_EQ(run({"check"}).exit, 0);
  }
  EXPECT_EQ(run({"check"}).exit, 0);
}

TEST_F(CliTest, TheSocketTakesNothingElse) {
  init_with_papers();
  auto place = Workplace::for_writing(folder.path("data"));
  ASSERT_TRUE(place);
  auto socket = CommandSocket::open(folder.path("data"), **place);
  ASSERT_TRUE(socket);
  const std::string name = folder.path("data") + "/commands";
  EXPECT_EQ(std::filesystem::status(name).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  for (const std::string& bytes : {std::string("hello"), std::string("\xFF\xFF\xFF\xFF"),
                                   std::string("\x02\0\0\0{}", 6), std::string("\x04\0\0\0null", 8)}) {
    const int client = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    name.copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::send(client, bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
    ::shutdown(client, SHUT_WR);
    char answer = 0;
    EXPECT_LE(::recv(client, &answer, 1, 0), 0);
    ::close(client);
  }
  EXPECT_EQ(run({"check"}).exit, 0);  // and goes on
}

}  // namespace
}  // namespace pitchblende::cli
