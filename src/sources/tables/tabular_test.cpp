#include "sources/tables/tabular.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <zip.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "base/text.hpp"
#include "made_up.hpp"
#include "sources/bytes.hpp"
#include "sources/collecting_sink.hpp"
#include "sources/errors.hpp"
#include "sources/mappings/mapping.hpp"
#include "sources/tables/csv_rows.hpp"

namespace pitchblende::sources {
namespace {

constexpr std::string_view k_small = R"(
[columns]
id = { is = ["Code"], required = true }
name = ["Nom"]
when = ["Date"]
tags = { is = ["Mots"], list = [";"] }
[[record]]
kind = "team"
key = "{id}"
required = ["names"]
[record.fields]
names = "{name}"
founded = "{when}"
themes = "{tags}"
)";

Settings settings() {
  Settings out;
  out.source = "test";
  out.institution = "demo";
  return out;
}

struct Read {
  CollectingSink sink;
  Result<void> done;
};

Read read(std::string_view bytes, std::string_view mapping = k_small, size_t piece = 1 << 20) {
  Read out;
  out.done = read_table_bytes(bytes, settings(), mapping, out.sink, piece);
  return out;
}

// Rule 9 of docs/rules/intake.md.
TEST(Titles, AreNoLineOverTheTable) {
  constexpr std::string_view k_over = "Nom;;;\nNom;Code;Date;Mots\nUne équipe;U1;2019;a\nUne autre;U2;2020;b\n";
  Read out;
  out.done = read_table_bytes(k_over, settings(), k_small, out.sink);
  ASSERT_TRUE(out.done);
  EXPECT_EQ(out.sink.accepted.size(), 2u);
  const std::string free =
      "[columns]\nname = [\"Équipes\", \"Nom\"]\n[[record]]\nkind = \"team\"\nkey = \"{name|key}\"\n"
      "[record.fields]\nnames = \"{name}\"\n";
  constexpr std::string_view k_line = "Équipes;;;\nRéf.;Intitulée;Chez;Depuis\nU1;Alpha;X;2019\nU2;Autre;Y;2020\n";
  Read none;
  none.done = read_table_bytes(k_line, settings(), free, none.sink);
  ASSERT_FALSE(none.done);
  EXPECT_TRUE(none.done.error().is(errors::no_header));
  const std::string chosen = with_table(free, {{"Feuil1"}, 2});
  EXPECT_EQ(table_choice(chosen).value(), (TableChoice{{"Feuil1"}, 2}));
  EXPECT_EQ(with_table(chosen, {}), free);
  EXPECT_EQ(with_table("sheet = [\n  \"A\",\n  \"B\",\n]\nheader = 3\n" + free, {}), free);
}

bool noticed(const CollectingSink& sink, const ErrorKind& kind, int64_t line) {
  return std::any_of(sink.notices.begin(), sink.notices.end(),
                     [&](const Finding& finding) { return finding.error.is(kind) && finding.place.line == line; });
}

std::string_view ready(std::string_view name) {
  for (const ReadyMapping& mapping : ready_mappings()) {
    if (mapping.name == name) {
      return mapping.toml;
    }
  }
  return {};
}

std::vector<std::string> texts_of(const registry::Record& record, std::string_view name) {
  std::vector<std::string> out;
  for (const auto& [field, value] : record.values) {
    if (registry::description(field).name == name) {
      out.push_back(value.text);
    }
  }
  return out;
}

TEST(TabularReading, FindsTheSeparatorByTheTitles) {
  for (const char separator : k_separators) {
    std::string text = "code, truly|a title; above\n\nCode?Nom?Date\nU1?Un, deux; trois?2019\n";
    std::replace(text.begin(), text.end(), '?', separator);
    if (separator == ',' || separator == ';') {
      text = text.substr(0, text.find("U1")) + "U1" + separator + "Un" + separator + "2019\n";
    }
    const Read got = read(text);
    ASSERT_TRUE(got.done) << got.done.error().message();
    ASSERT_EQ(got.sink.accepted.size(), 1u) << separator;
    EXPECT_EQ(got.sink.accepted[0].key, "U1");
    EXPECT_EQ(got.sink.places[0].line, 4);
  }
  EXPECT_EQ(read("sep=;\nCode;Nom\nU1;Un\n").sink.places.at(0).line, 3);
}

TEST(TabularReading, EachBadRowHasItsReason) {
  const Read got = read(
      "Code;Nom;Date;Mots;Couleur\nU1;Un;31/02/2024;a;x\nU1;Encore;;;\n;Sans "
      "code;;;\nU3;;;;\nU4;Quatre;;;;;trop\nU5;Cinq\n"
      "Code;Nom;Date;Mots;Couleur\nU6;#REF!;;;\nU7;Sept;2019;a;b;\n");
  ASSERT_TRUE(got.done);
  ASSERT_EQ(got.sink.accepted.size(), 3u);
  EXPECT_EQ(got.sink.accepted[0].key + got.sink.accepted[1].key + got.sink.accepted[2].key, "U1U5U7");
  EXPECT_EQ(got.sink.rejected.size(), 5u);
  const std::map<int64_t, const ErrorKind*> reasons{{3, &errors::duplicate_key},
                                                    {4, &errors::no_key},
                                                    {5, &errors::missing},
                                                    {6, &errors::row_long},
                                                    {9, &errors::missing}};
  for (const Finding& finding : got.sink.rejected) {
    ASSERT_TRUE(reasons.contains(finding.place.line)) << finding.place.line;
    EXPECT_TRUE(finding.error.is(*reasons.at(finding.place.line))) << finding.error.message();
  }
  EXPECT_TRUE(noticed(got.sink, errors::unknown_columns, 1));
  EXPECT_TRUE(noticed(got.sink, errors::date, 2));
  EXPECT_TRUE(noticed(got.sink, errors::row_short, 7));
  EXPECT_TRUE(noticed(got.sink, errors::cell_error, 9));
}

TEST(TabularReading, FilesThatAreNoTableSaySo) {
  const auto is = [](std::string_view bytes, const ErrorKind& kind) {
    const Read got = read(bytes);
    return !got.done && got.done.error().is(kind);
  };
  EXPECT_TRUE(is("", errors::empty));
  EXPECT_TRUE(is("\n \n\t\n", errors::empty));
  EXPECT_TRUE(is("<!DOCTYPE html><html>", errors::other_format));
  EXPECT_TRUE(is("%PDF-1.4", errors::other_format));
  EXPECT_TRUE(is("a,b\nc,d\n", errors::no_header));
  EXPECT_TRUE(is("Code;Nom\n", errors::no_rows));
  EXPECT_TRUE(is("Nom;Date\nx;y\n", errors::no_header));  // Code is required
  const std::string old("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old", 12);
  EXPECT_TRUE(is(old, errors::save_as));
  std::string locked = old;
  for (const char c : std::string_view("EncryptedPackage")) {
    locked += std::string{c, '\0'};
  }
  EXPECT_TRUE(is(locked, errors::locked));
  EXPECT_TRUE(is("PK\x03\x04 damaged", errors::damaged));
}

// A spreadsheet takes 01234 for a number; a code with letters, or one that is whole, stays as it is.
TEST(TabularReading, ZerosThatASpreadsheetLostComeBack) {
  std::string mapping(k_small);
  mapping.replace(mapping.find("{id}"), 4, "{id|pad:5}");
  const Read got = read("Code;Nom\n1234;Un\n2A04;Deux\n75005;Trois\n7;Quatre\n", mapping);
  ASSERT_TRUE(got.done);
  std::vector<std::string> keys;
  for (const registry::Record& record : got.sink.accepted) {
    keys.push_back(record.key);
  }
  EXPECT_EQ(keys, (std::vector<std::string>{"01234", "2A04", "75005", "00007"}));
}

// A mapping is right or says where it is wrong.
TEST(TabularReading, WrongMappingsNameTheirLine) {
  const auto message = [](const std::string& toml) {
    const auto mapping = read_mapping(toml, "my.toml");
    return mapping ? std::string("right") : mapping.error().message();
  };
  const std::string columns = "[columns]\nid = \"Code\"\n[[record]]\nkind = \"team\"\n";
  EXPECT_EQ(message(columns + "key = \"{id}\"\n"), "right");
  EXPECT_NE(message("x = [").find("my.toml, line 1"), std::string::npos);
  EXPECT_NE(message(columns + "key = \"{code}\"\n").find("line 5: “code”"), std::string::npos);
  EXPECT_NE(message(columns + "key = \"{id|shout}\"\n").find("“shout” is not known here; known: upper"),
            std::string::npos);
  EXPECT_NE(message(columns + "key = \"{id|pad:x}\"\n").find("pad:1"), std::string::npos);
  EXPECT_NE(message(columns + "key = \"{id|map:none}\"\n").find("“none”"), std::string::npos);
  EXPECT_NE(message(columns + "key = \"{id\"\n").find("line 5"), std::string::npos);
  EXPECT_NE(message(columns + "key = \"{id}\"\nfields = { colour = \"{id}\" }\n").find("“colour”"), std::string::npos);
  EXPECT_NE(
      message(columns + "key = \"{id}\"\nfields = { names = { value = \"{id}\", shade = \"x\" } }\n").find("“shade”"),
      std::string::npos);
  EXPECT_NE(message(columns + "key = \"{id}\"\nalso = true\n").find("also"), std::string::npos);
  EXPECT_NE(message(columns + "kee = \"{id}\"\n").find("“kee”"), std::string::npos);
  EXPECT_NE(
      message("[columns]\na = \"Nom\"\nb = \"NOM\"\n[[record]]\nkind = \"team\"\nkey = \"{a}\"\n").find("two columns"),
      std::string::npos);
  EXPECT_NE(message("mode = \"stream\"\n" + columns + "key = \"{id}\"\n").find("\"snapshot\" | \"feed\""),
            std::string::npos);
  EXPECT_NE(message("[columns]\na = \"Nom\"\n").find("[[record]]"), std::string::npos);
}

TEST(TabularReading, ListsGoInStepAndRecordsForEachElement) {
  const Read got = read("code;who;roles;town\nP1;A|B||D;x|y|z|w;Paris\nP2;E|F;x;\n", R"(
[columns]
code = "code"
who = { is = ["who"], list = ["|"] }
roles = { is = ["roles"], list = ["|"] }
town = "town"
[[record]]
kind = "project"
key = "{code}"
fields = { partners = { value = "name:{who}", role = "{roles}", city = "{town}" } }
[[record]]
kind = "organisation"
also = true
each = ["who", "roles"]
key = "{who}"
fields = { names = { value = "{who}", type = "{roles}" } }
)");
  ASSERT_TRUE(got.done) << got.done.error().message();
  ASSERT_EQ(got.sink.accepted.size(), 7u);
  EXPECT_EQ(
      registry::encode(got.sink.accepted[0]),
      R"({"partners":[{"v":"name:A","a":{"city":"Paris","role":"x"}},{"v":"name:B","a":{"city":"Paris","role":"y"}},)"
      R"({"v":"name:D","a":{"city":"Paris","role":"w"}}]})");
  EXPECT_EQ(registry::encode(got.sink.accepted[1]), R"({"partners":[{"v":"name:E","a":{"role":"x"}},"name:F"]})");
  EXPECT_EQ(registry::encode(got.sink.accepted[4]), R"({"names":[{"v":"D","a":{"type":"w"}}]})");
  EXPECT_TRUE(noticed(got.sink, errors::lists_differ, 3));
}

// A job title and dates without a team or an institution have nowhere to go: that is told once for the row.
TEST(TabularReading, WhatIsSaidOfNothingIsNoticed) {
  const std::string rows =
      "Matricule;Nom;Prénom;Unité;Fonction;Depuis\n1;Exemple;Camille;;Ingénieure;2019\n"
      "2;Exemple;Sacha;Unité A;Ingénieur;2020\n3;Exemple;Lou;;;\n";
  const Read got = read(rows, ready("people"));
  ASSERT_EQ(got.sink.accepted.size(), 3u);
  ASSERT_EQ(got.sink.notices.size(), 1u);
  const Finding& notice = got.sink.notices.front();
  EXPECT_TRUE(notice.error.is(errors::said_of_nothing));
  EXPECT_EQ(notice.place.line, 2);
  EXPECT_EQ(notice.field, "positions");
  EXPECT_NE(notice.error.message().find("Fonction, Depuis"), std::string::npos) << notice.error.message();
  // The source's institution takes what no column places.
  Settings of_institution = settings();
  of_institution.institution_ref = "ror:04t0gwh46";
  CollectingSink sink;
  ASSERT_TRUE(read_table_bytes(rows, of_institution, ready("people"), sink, 1 << 20));
  EXPECT_TRUE(sink.notices.empty());
  // Its reference is taken as it is, a code of another source too.
  of_institution.institution_ref = "local:institutes/IBO";
  CollectingSink of_code;
  ASSERT_TRUE(read_table_bytes(rows, of_institution, ready("people"), of_code, 1 << 20));
  const std::string said = registry::encode(of_code.accepted.front());
  EXPECT_NE(said.find("local:institutes/IBO\""), std::string::npos) << said;
}

// "et" stands within the names of institutions; between people it parts them.
TEST(TabularReading, InstitutionsKeepTheirNames) {
  const Read got = read(
      "Code équipe;Intitulé;Tutelles;Responsables\nT1;Une;Université Pierre et Marie Curie / Institut "
      "national de la santé et de la recherche médicale / Maison Démo et Université Neuve et CNRS;"
      "Camille Exemple et Noa Autre\n",
      ready("teams"));
  ASSERT_EQ(got.sink.accepted.size(), 1u);
  const std::string said = registry::encode(got.sink.accepted[0]);
  EXPECT_NE(said.find("name:Université Pierre et Marie Curie\""), std::string::npos) << said;
  EXPECT_NE(said.find("name:Institut national de la santé et de la recherche médicale\""), std::string::npos) << said;
  for (const char* house : {"name:Maison Démo\"", "name:Université Neuve\"", "name:CNRS\""}) {
    EXPECT_NE(said.find(house), std::string::npos) << said;
  }
  EXPECT_EQ(said.find("Exemple et Noa"), std::string::npos) << said;
}

TEST(TabularReading, FeedsDelete) {
  const Read got =
      read("Code;Nom;Etat\nU1;Un;actif\nU2;Deux;Supprimé\n",
           "mode = \"feed\"\n[columns]\nid = \"Code\"\nname = \"Nom\"\nstate = \"Etat\"\n[[record]]\nkind = \"team\"\n"
           "key = \"{id}\"\nrequired = [\"names\"]\ndeleted = { column = \"state\", is = [\"supprimé\"] }\n"
           "fields = { names = \"{name}\" }\n");
  ASSERT_EQ(got.sink.accepted.size(), 2u);
  EXPECT_FALSE(got.sink.accepted[0].deleted);
  EXPECT_TRUE(got.sink.accepted[1].deleted);
  EXPECT_TRUE(got.sink.accepted[1].values.empty());
}

// Every row that begins a record is accepted or rejected, whatever stands in it; the same from pieces of any size.
RC_GTEST_PROP(TabularReading, AccountsForEachRow, ()) {
  const auto part = rc::gen::element<std::string>("U1", "U2", "U3", ";", "\n", "\n", "\"", "31/02/2024", "2019", "é",
                                                  "\xE9", "idem", "NC", "#REF!", " ");
  std::string body;
  for (const std::string& each : *rc::gen::container<std::vector<std::string>>(part)) {
    body += each;
  }
  const std::string text = "Code;Nom;Date;Mots\n" + body;
  CsvRows rows(memory_bytes(text), ';', 1 << 20);
  Row row;
  int64_t count = -1;
  const std::vector<std::string> titles{"Code", "Nom", "Date", "Mots"};
  while (*rows.next(row)) {
    count += row.cells == titles && count >= 0 ? 0 : 1;
  }
  const std::string mapping = "separator = \";\"\nheader = 1\n" + std::string(k_small);
  const Read whole = read(text, mapping);
  const Read pieces = read(text, mapping, static_cast<size_t>(*rc::gen::inRange(1, 20)));
  RC_ASSERT(static_cast<int64_t>(whole.sink.accepted.size() + whole.sink.rejected.size()) == count);
  RC_ASSERT(whole.sink.accepted.size() == pieces.sink.accepted.size());
  RC_ASSERT(whole.sink.notices.size() == pieces.sink.notices.size());
  RC_ASSERT(whole.done.has_value() == (count > 0));
}

TEST(TabularReading, PreviewsTheFirstRows) {
  const tests::Folder folder;
  const std::string path = folder.write("teams.csv", "Titre\n\nCode;Nom;Couleur\nU1;Un;x\nU2;Deux;y\nU3;Trois;z\n");
  const auto preview = preview_table(path, settings(), k_small, 2);
  ASSERT_TRUE(preview) << preview.error().message();
  EXPECT_EQ(preview->header_line, 3);
  ASSERT_EQ(preview->columns.size(), 3u);
  EXPECT_EQ(preview->columns[1].title + "=" + preview->columns[1].column, "Nom=name");
  EXPECT_EQ(preview->columns[2].column, "");
  EXPECT_EQ(preview->accepted.size(), 2u);
  EXPECT_EQ(preview->notices.size(), 1u);
}

TEST(TabularReading, FarRowsOfOneKeyAreJoined) {
  std::string text = "Code;Nom;Mots\n";
  for (int i = 0; i < 2000; ++i) {
    text += "U" + std::to_string(i % 500) + ";Nom " + std::to_string(i % 500) + ";m" + std::to_string(i / 500) + "\n";
  }
  std::string mapping(k_small);
  mapping.insert(mapping.find("key ="), "join = true\n");
  const Read got = read(text, mapping);
  ASSERT_EQ(got.sink.accepted.size(), 500u);
  EXPECT_EQ(registry::encode(got.sink.accepted[7]), R"({"names":["Nom 7"],"themes":["m0","m1","m2","m3"]})");
  EXPECT_TRUE(got.sink.rejected.empty());
}

// Real files, their counts found in another way: this mapping against a plain reading of their rows.
class AnrFiles : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(k_folder)) {
      GTEST_SKIP() << "skipped, no ../shared/data";
    }
  }
  static std::string path(const std::string& what) {
    return k_folder + "anr-dgpie-depuis-2010-projets-finances-20220512-" + what + ".csv";
  }
  // Splits as the files are written: quotes doubled, no line end inside a cell but in quotes.
  static std::vector<std::vector<std::string>> rows(const std::string& what) {
    std::ifstream in(path(what), std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    const std::string text = bytes.str().substr(bytes.str().starts_with("\xEF\xBB\xBF") ? 3 : 0);
    std::vector<std::vector<std::string>> out(1, {""});
    bool quoted = false;
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '"') {
        if (quoted && i + 1 < text.size() && text[i + 1] == '"') {
          out.back().back() += text[i++];
        } else {
          quoted = !quoted;
        }
      } else if (!quoted && text[i] == ',') {
        out.back().emplace_back();
      } else if (!quoted && text[i] == '\n') {
        out.push_back({""});
      } else if (text[i] != '\r') {
        out.back().back() += text[i];
      }
    }
    std::erase_if(out, [](const auto& row) { return row.size() < 2; });
    return out;
  }
  static const std::string k_folder;
};
const std::string AnrFiles::k_folder = std::string(PB_SOURCE_DIR) + "/../shared/data/projects/anr-pia/";

TEST_F(AnrFiles, ProjectsGiveOneRecordEach) {
  CollectingSink sink;
  ASSERT_TRUE((*make_tabular_reader(settings(), ready("anr-projects")))->read(path("projets"), sink));
  const auto plain = rows("projets");
  EXPECT_EQ(sink.accepted.size(), plain.size() - 1);
  EXPECT_EQ(sink.accepted.size(), 1379u);
  EXPECT_TRUE(sink.rejected.empty());
  EXPECT_TRUE(sink.notices.empty()) << sink.notices.size() << " " << sink.notices[0].error.message();
  const auto dated = std::count_if(plain.begin() + 1, plain.end(), [](const auto& row) { return !row[1].empty(); });
  const auto from = registry::field(registry::Kind::project, "from");
  EXPECT_EQ(std::count_if(sink.accepted.begin(), sink.accepted.end(),
                          [&](const registry::Record& record) { return record.first(from) != nullptr; }),
            dated);
  double wanted = 0;
  double got = 0;
  for (size_t i = 1; i < plain.size(); ++i) {
    wanted += std::stod("0" + plain[i][7]);
    got += std::stod("0" + std::string(sink.accepted[i - 1].text(registry::field(registry::Kind::project, "amount"))));
  }
  EXPECT_DOUBLE_EQ(got, wanted);
}

TEST_F(AnrFiles, PartnersAreJoinedIntoProjectsAndAreOrganisations) {
  CollectingSink sink;
  ASSERT_TRUE((*make_tabular_reader(settings(), ready("anr-partners")))->read(path("partenaires"), sink));
  EXPECT_TRUE(sink.rejected.empty());
  const auto plain = rows("partenaires");
  ASSERT_EQ(plain.size(), 7582u);
  std::set<std::string> projects;
  std::set<std::string> organisations;
  std::set<std::string> partners;
  std::set<std::string> coordinators;
  for (size_t i = 1; i < plain.size(); ++i) {
    projects.insert(plain[i][0]);
    if (plain[i][5] != "Non renseigné" && !plain[i][5].empty()) {
      organisations.insert(normalised(plain[i][5]));
      partners.insert(plain[i][3]);
      (plain[i][4] == "1" ? coordinators : partners).insert(plain[i][3]);
    }
  }
  size_t links = 0;
  size_t leading = 0;
  std::map<registry::Kind, size_t> kinds;
  for (const registry::Record& record : sink.accepted) {
    ++kinds[record.kind];
    for (const auto& [field, value] : record.values) {
      const bool partner = registry::description(field).name == "partners";
      links += partner ? 1 : 0;
      leading += partner && value.get(registry::Attribute::role) == "coordinator" ? 1 : 0;
    }
  }
  EXPECT_EQ(kinds[registry::Kind::project], projects.size());
  EXPECT_EQ(kinds[registry::Kind::project], 1379u);
  EXPECT_EQ(kinds[registry::Kind::organisation], organisations.size());
  EXPECT_EQ(links, partners.size());
  EXPECT_EQ(leading, coordinators.size());
}

// What somebody chose for a title counts, whatever the columns say; the text says it in its own table, once.
TEST(TabularReading, ATitleIsTakenAsItIsSaid) {
  const std::string bytes = "Code;Nom;Mots;Grade\nT1;Un;a;b|c\n";
  const std::string mapping =
      with_taken(k_small, {{"Code", "id"}, {"Nom", "name"}, {"Mots", ""}, {"Grade", "field:acronym"}});
  const Read got = read(bytes, mapping);
  ASSERT_TRUE(got.done) << got.done.error().message();
  ASSERT_EQ(got.sink.accepted.size(), 1u);
  EXPECT_EQ(texts_of(got.sink.accepted[0], "themes"), (std::vector<std::string>{}));
  EXPECT_EQ(texts_of(got.sink.accepted[0], "acronym"), (std::vector<std::string>{"b", "c"}));
  const std::string again = with_taken(mapping, {{"Code", "id"}, {"A \"title\"", "name"}});
  EXPECT_EQ(again.find("[taken]"), again.rfind("[taken]"));
  ASSERT_EQ(read("Code;\"A \"\"title\"\"\"\nT1;Un\n", again).sink.accepted.size(), 1u);
  EXPECT_FALSE(mapping_mode(with_taken(k_small, {{"Nom", "nowhere"}})));
  EXPECT_FALSE(mapping_mode(with_taken(k_small, {{"Nom", "field:nowhere"}})));
}

// Each column of a ready mapping says what it gives, and no field is offered twice.
TEST(TabularReading, AMappingSaysWhatItsColumnsGive) {
  const auto targets = mapping_targets(ready("people"));
  ASSERT_TRUE(targets);
  const auto named = [&](std::string_view name) { return std::ranges::find(*targets, name, &Target::name); };
  ASSERT_NE(named("title"), targets->end());
  EXPECT_EQ(named("title")->title, "Fonction");
  EXPECT_EQ(named("title")->gives.front().attribute, registry::Attribute::title);
  EXPECT_EQ(registry::description(named("family")->gives.front().field).name, "family_name");
  EXPECT_EQ(named("field:family_name"), targets->end());
  std::set<std::string> names;
  for (const Target& each : *targets) {
    EXPECT_TRUE(names.insert(each.name).second) << each.name;
  }
}

}  // namespace
}  // namespace pitchblende::sources
