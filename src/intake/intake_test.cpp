#include "intake/intake.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "files/errors.hpp"
#include "intake/errors.hpp"
#include "pool_fixture.hpp"

namespace pitchblende::intake {
namespace {

const std::string k_staff =
    "Matricule;Nom;Prénom;Organisme;Date d'arrivée\n"
    "P1;Exemple;Camille;Institut Demo;2015\n"
    "P2;Autre;Dominique;Institut Demo;2019\n";

class IntakeTest : public ::testing::Test, public tests::PoolPlace {
 protected:
  IntakeTest() { begin(); }
  void begin() {
    stores = std::make_unique<files::Files>(*store, clock, folder.path("files"));
    jobs = std::make_unique<jobs::Jobs>(*store, clock);
    audit = std::make_unique<access::Audit>(*store, clock, "key");
    room = std::make_unique<IntakeRoom>(Means{*store, clock, *pool, *stores, *jobs, *audit, folder.path("reading"),
                                              [](const std::string& name) { return name == "configured"; },
                                              [](int64_t account) -> Result<bool> { return account == 1; }});
  }
  static Said said(const std::string& format = "people") {
    Said out;
    out.format = format;
    out.institution = "Institut Demo";
    return out;
  }
  // Account 1 is of the staff, 2 of an institution.
  int64_t bring(const std::string& bytes, Said what = said(), const std::string& name = "staff.csv",
                int64_t account = 1) {
    const auto id = room->bring(account, name, bytes, std::move(what));
    EXPECT_TRUE(id) << id.error().message();
    return id.value_or(0);
  }
  Intake worked(int64_t id) {
    EXPECT_TRUE(jobs->run_due());
    return *room->find(id);
  }
  Intake applied(int64_t id, bool accept = false) {
    const auto done = room->apply(1, id, room->find(id)->revision, accept);
    EXPECT_TRUE(done) << done.error().message();
    return worked(id);
  }

  std::unique_ptr<files::Files> stores;
  std::unique_ptr<jobs::Jobs> jobs;
  std::unique_ptr<access::Audit> audit;
  std::unique_ptr<IntakeRoom> room;
};

TEST_F(IntakeTest, AFileIsTriedAndThenApplied) {
  import_members("I1,Institut Demo,member,2007\n");
  settle();
  const int64_t id = bring(k_staff);
  EXPECT_EQ(room->find(id)->state, State::waiting);
  const Intake tried = worked(id);
  ASSERT_EQ(tried.state, State::tried) << tried.report;
  EXPECT_EQ(tried.said.source, "institut-demo-people");
  const Report would = decode_report(tried.report);
  EXPECT_EQ(would.read, 2);
  EXPECT_EQ(would.fresh, 2);
  ASSERT_EQ(would.differences.size(), 2u);
  EXPECT_EQ(would.differences[0].change, "fresh");
  EXPECT_EQ(would.differences[0].key, "P1");
  EXPECT_EQ(found("camille"), 0u);  // a dry run
  EXPECT_EQ(room->waiting_for(1).value(), 1);
  EXPECT_EQ(room->waiting_for(2).value(), 0) << "somebody else's";
  const Intake done = applied(id);
  EXPECT_EQ(room->waiting_for(1).value(), 0);
  EXPECT_EQ(done.state, State::applied);
  EXPECT_EQ(found("camille"), 1u);
  const auto known = room->sources();
  ASSERT_TRUE(known);
  const auto own = std::find_if(known->begin(), known->end(),
                                [](const KnownSource& each) { return each.name == "institut-demo-people"; });
  ASSERT_NE(own, known->end());
  EXPECT_EQ(own->records, 2);
  EXPECT_EQ(own->state, "done");
  EXPECT_TRUE(std::filesystem::is_empty(folder.path("reading")));
}

TEST_F(IntakeTest, WhatIsWrongIsSaidInBothLanguagesAndTheRestGoesIn) {
  const int64_t id = bring(k_staff + "P3;;;Institut Demo;2020\n");
  const Report would = decode_report(worked(id).report);
  EXPECT_EQ(would.read, 3);
  EXPECT_EQ(would.rejected, 1);
  ASSERT_EQ(would.rejects.size(), 1u);
  EXPECT_EQ(would.rejects[0].place, "staff.csv, 4");
  EXPECT_NE(would.rejects[0].english, would.rejects[0].french);
  EXPECT_EQ(applied(id).state, State::applied);
}

// Rule 10.
TEST_F(IntakeTest, TheSameRemarkOnManyRowsIsOne) {
  const int64_t id = bring(k_staff +
                           "P3;;;Institut Demo;2020\nP4;Autre;Max;Institut Demo;soon\n"
                           "P5;Encore;Lou;Institut Demo;soon\nP6;Enfin;Noa;Institut Demo;later\n");
  const Report would = decode_report(worked(id).report);
  ASSERT_EQ(would.rejects.size(), 1u);
  EXPECT_EQ(would.rejects[0].rows, 1);
  ASSERT_EQ(would.remarks.size(), 2u) << encode(would);
  EXPECT_EQ(would.remarks[0].rows, 2) << "soon";
  EXPECT_EQ(would.remarks[0].place, "staff.csv, 5");
  EXPECT_EQ(would.remarks[1].rows, 1) << "later";
}

TEST_F(IntakeTest, TheFormatIsFoundOut) {
  Said nothing;
  nothing.institution = "Institut Demo";
  EXPECT_EQ(room->find(bring(k_staff, nothing))->said.format, "people");
  EXPECT_EQ(room->find(bring(tests::pubmed_set(tests::pubmed_article(1, "Radium", {})), nothing, "a.xml"))->said.format,
            "pubmed");
}

// What it holds is asked; the file need not be chosen again.
TEST_F(IntakeTest, AFileThatIsNotKnownIsKept) {
  Said nothing;
  nothing.institution = "Institut Demo";
  const int64_t id = bring("a;b\n1;2\n", nothing, "x.csv");
  const Intake unseen = worked(id);
  EXPECT_EQ(unseen.state, State::failed);
  EXPECT_NE(decode_report(unseen.report).problem_english.find("could not be told"), std::string::npos);
  Said people = unseen.said;
  people.format = "people";
  ASSERT_TRUE(room->say(1, id, unseen.revision, people));
  const Intake untitled = worked(id);
  EXPECT_EQ(untitled.state, State::failed);
  EXPECT_EQ(decode_report(untitled.report).problem_english.find(folder.path("reading")), std::string::npos);
}

const std::string k_badges =
    "Badges of the house;;\nBadge;Called;Mail\n7;Exemple;camille@example.org\n8;Autre;dominique@example.org\n"
    "9;Tiers;claude@example.org\n";
const std::vector<std::pair<std::string, std::string>> k_taken = {
    {"Badge", "id"}, {"Called", "family"}, {"Mail", "email"}};

// No title is known: the row of titles is said, then what its columns are.
TEST_F(IntakeTest, TheRowOfTitlesIsSaidByHand) {
  const int64_t id = bring(k_badges, said(), "badges.csv");
  ASSERT_EQ(worked(id).state, State::failed);
  const auto tables = room->tables(*room->find(id), 3);
  ASSERT_TRUE(tables);
  ASSERT_EQ(tables->size(), 1u);
  EXPECT_EQ(tables->front().rows.size(), 3u);
  EXPECT_EQ(tables->front().rows[1].cells[0], "Badge");
  Intake now = *room->find(id);
  ASSERT_TRUE(room->say(1, id, now.revision, IntakeRoom::in_table(now.said, {{}, 2})));
  now = worked(id);
  const auto preview = room->preview(now, 10);
  ASSERT_TRUE(preview) << preview.error().message();
  EXPECT_EQ(preview->header_line, 2);
  ASSERT_EQ(preview->columns.size(), 3u);
  EXPECT_EQ(preview->columns[1].examples, (std::vector<std::string>{"Exemple", "Autre", "Tiers"}));
  Said mapped = now.said;
  mapped.mapping = sources::with_taken(IntakeRoom::mapping_text(mapped), k_taken);
  ASSERT_TRUE(room->say(1, id, now.revision, mapped));
  now = worked(id);
  EXPECT_EQ(now.state, State::tried) << now.report;
  EXPECT_EQ(decode_report(now.report).accepted, 3);
  EXPECT_EQ(decode_report(now.report).differences.at(0).name, "Exemple");
}

// Rules 6 and 7 of docs/rules/intake.md.
TEST_F(IntakeTest, ASourceIsReadAsItWasLastAndLostFieldsAreGuarded) {
  Said first = said();
  first.source = "badges";
  first.mapping = sources::with_taken(IntakeRoom::mapping_text(IntakeRoom::in_table(first, {{}, 2})), k_taken);
  ASSERT_EQ(applied(worked(bring(k_badges, first, "badges.csv")).id).state, State::applied);
  Said plain;
  plain.institution = "Institut Demo";
  plain.source = "Badges";  // a name's capitals are small letters
  for (const std::string format : {"", "people"}) {
    plain.format = format;
    const Intake again = worked(bring(k_badges, plain, "badges.csv"));
    EXPECT_EQ(again.said.source, "badges");
    EXPECT_EQ(again.said.mapping, first.mapping) << format;
    EXPECT_EQ(decode_report(again.report).unchanged, 3);
    EXPECT_TRUE(decode_report(again.report).losses.empty());
  }
  // Read with one column less, three records of three lose it.
  Said less = *&first;
  less.mapping = sources::with_taken(first.mapping, {{"Badge", "id"}, {"Called", "family"}, {"Mail", ""}});
  const int64_t id = bring(k_badges, less, "badges.csv");
  const Intake refused = worked(id);
  ASSERT_EQ(refused.state, State::refused) << refused.report;
  const Report would = decode_report(refused.report);
  ASSERT_EQ(would.losses.size(), 1u);
  EXPECT_EQ(would.losses[0].field, "email");
  EXPECT_EQ(would.losses[0].records, 3);
  EXPECT_EQ(would.losses[0].had, 3);
  EXPECT_TRUE(room->apply(1, id, refused.revision, false).error().is(errors::state));
  EXPECT_EQ(applied(id, true).state, State::applied);
}

// Rule 9 of docs/rules/intake.md.
TEST_F(IntakeTest, ASheetIsChosenAndReadAsAFileOfItsOwn) {
  std::ifstream in(std::string(PB_SOURCE_DIR) + "/tests/fixtures/tabular/people_sheets.xlsx", std::ios::binary);
  const std::string bytes((std::istreambuf_iterator<char>(in)), {});
  const int64_t id = bring(bytes, said(""), "people.xlsx");
  Intake all = worked(id);
  EXPECT_EQ(all.said.format, "people");
  const int64_t accepted = decode_report(all.report).accepted;
  const auto preview = room->preview(all, 10);
  ASSERT_TRUE(preview);
  EXPECT_EQ(preview->part, "Unité A");
  EXPECT_NE(std::ranges::find(preview->passed_over, "Lisez-moi"), preview->passed_over.end());
  ASSERT_TRUE(room->say(1, id, all.revision, IntakeRoom::in_table(all.said, {{"Unité A"}, 0})));
  const int64_t alone = decode_report(worked(id).report).accepted;
  EXPECT_GT(alone, 0);
  EXPECT_LT(alone, accepted);
  const auto other = room->bring_sheet(1, all, "Unité A");
  ASSERT_TRUE(other) << other.error().message();
  EXPECT_NE(*other, id);
  EXPECT_EQ(sources::table_choice(worked(*other).said.mapping).value().sheets, std::vector<std::string>{"Unité A"});
  EXPECT_EQ(decode_report(room->find(*other)->report).accepted, alone);
}

// Rules 1 to 4 of docs/rules/intake.md.
TEST_F(IntakeTest, AnInstitutionSaysNoRolesInTheConsortium) {
  const std::string table = "Code;Nom;Rôle;Depuis\nO1;Institut Demo;fondateur;2007\nO2;Un partenaire;;\n";
  const int64_t id = bring(table, said("organisations"), "organismes.csv", 2);
  const Intake tried = worked(id);
  const Report would = decode_report(tried.report);
  EXPECT_EQ(would.accepted, 1);
  ASSERT_EQ(would.rejects.size(), 1u);
  EXPECT_EQ(would.rejects[0].place, "organismes.csv, 2");
  EXPECT_EQ(would.rejects[0].field, "consortium_roles");
  // The staff's word applies what was tried; what the staff said otherwise is not an institution's to apply.
  EXPECT_EQ(decode_report(applied(id).report).accepted, 1);
  const int64_t staffs = bring(table, said("organisations"), "organismes.csv", 1);
  EXPECT_EQ(decode_report(worked(staffs).report).accepted, 2);
  ASSERT_TRUE(room->apply(2, staffs, room->find(staffs)->revision, false));
  EXPECT_EQ(decode_report(worked(staffs).report).accepted, 1);
  const int64_t taken_over = bring(table, said("organisations"), "organismes.csv", 1);
  worked(taken_over);
  ASSERT_TRUE(room->say(2, taken_over, room->find(taken_over)->revision, room->find(taken_over)->said));
  EXPECT_EQ(decode_report(worked(taken_over).report).rejected, 1);
  const int64_t areas = bring("Code;Axe;Période\nA1;Un axe;2026-2028\n", said("groups"), "axes.csv", 2);
  EXPECT_EQ(worked(areas).state, State::failed);
  EXPECT_EQ(decode_report(room->find(areas)->report).rejects.at(0).field, "");
  EXPECT_EQ(worked(bring("Code;Axe;Période\nA1;Un axe;2026-2028\n", said("groups"), "axes.csv", 1)).state,
            State::tried);
  EXPECT_EQ(worked(bring(k_staff, said(), "staff.csv", 2)).state, State::tried);
}

// docs/rules/search.md, 6.1 and 6.4: a vocabulary is a source like another, and works as soon as it is indexed.
TEST_F(IntakeTest, AVocabularyIsBroughtAndTranslates) {
  import_members("I1,Institut Demo,member,2007\n");
  import_pubmed(tests::pubmed_article(1, "Lymphoma and its cells", {}));
  settle();
  EXPECT_EQ(found("lymphome"), 0u);
  const std::string terms =
      "format-version: 1.2\n\n[Term]\nid: ZZ:1\nname: lymphoma\nsynonym: \"lymphome\" EXACT [] {lang=\"fr\"}\n";
  Said nothing;
  const int64_t id = bring(terms, nothing, "terms.obo");
  EXPECT_EQ(room->find(id)->said.format, "obo");
  ASSERT_EQ(worked(id).state, State::tried);
  ASSERT_EQ(applied(id).state, State::applied);
  EXPECT_EQ(found("lymphome"), 2u);  // the paper, and the term itself
  const std::pair<std::string, std::string> others[] = {
      {"subject_id\ttranslation_language\tpredicate_id\ttranslation_value\nZZ:1\tfr\trdfs:label\tlymphome\n",
       "babelon"},
      {"<?xml version=\"1.0\"?><DescriptorRecordSet><DescriptorRecord/></DescriptorRecordSet>", "mesh"},
      {R"({"TISSUE": {"code": "TISSUE", "name": "Tissue", "mainType": "Tissue", "children": {}}})", "oncotree"},
      {"@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n", "skos"}};
  for (const auto& [bytes, format] : others) {
    EXPECT_EQ(room->find(bring(bytes, nothing, "vocabulary.txt"))->said.format, format);
  }
}

TEST_F(IntakeTest, AMappingIsTriedUntilItFits) {
  const std::string odd = "Who;Badge\nCamille Exemple;7\n";
  Said own;
  own.source = "odd";
  own.mapping =
      "english = \"x\"\nfrench = \"x\"\n[columns]\nwho = [\"Who\"]\n[[record]]\nkind = \"person\"\nkey = \"{badge}\"\n";
  const auto wrong = room->bring(1, "odd.csv", odd, own);
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().message().find("badge"), std::string::npos) << wrong.error().message();
  own.mapping =
      "english = \"x\"\nfrench = \"x\"\n[columns]\nwho = [\"Who\"]\nbadge = [\"Badge\"]\n[[record]]\nkind = "
      "\"person\"\n"
      "key = \"{badge}\"\n[record.fields]\nfamily_name = \"{who|family}\"\n";
  const int64_t id = bring(odd, own, "odd.csv");
  const auto preview = room->preview(*room->find(id), 10);
  ASSERT_TRUE(preview) << preview.error().message();
  ASSERT_EQ(preview->columns.size(), 2u);
  EXPECT_EQ(preview->columns[0].title, "Who");
  EXPECT_EQ(preview->columns[0].column, "who");
  ASSERT_EQ(preview->accepted.size(), 1u);
  EXPECT_EQ(worked(id).state, State::tried);
  own.mapping += "given_names = \"{who|given}\"\n";
  ASSERT_TRUE(room->say(1, id, room->find(id)->revision, own));
  EXPECT_EQ(worked(id).state, State::tried);
  EXPECT_TRUE(room->say(1, id, 1, own).error().is(errors::changed));
}

TEST_F(IntakeTest, NobodyTakesAnothersSource) {
  import_members("I1,Institut Demo,member,2007\nI2,Autre Institut,member,2007\n");
  settle();
  Said own = said();
  own.object = id_of("name:Institut Demo");
  const int64_t id = bring(k_staff, own);
  worked(id);
  applied(id);
  Said other = own;
  other.object = id_of("name:Autre Institut");
  EXPECT_TRUE(room->bring(1, "staff.csv", k_staff, other).error().is(errors::others));
  own.source = "configured";
  EXPECT_TRUE(room->bring(1, "staff.csv", k_staff, own).error().is(errors::configured));
  own.source = std::string(61, 'x');
  EXPECT_TRUE(room->bring(1, "staff.csv", k_staff, own).error().is(errors::name));
}

TEST_F(IntakeTest, AnInstitutionKeepsItsSourcesWhenItGetsAnotherReference) {
  import_members("I1,Institut Demo,member,2007\n");
  settle();
  Said own = said("teams");
  own.object = id_of("name:Institut Demo");
  const int64_t id = bring("Code;Nom\nE1;Équipe Exemple\n", own, "teams.csv");
  worked(id);
  const auto preview = room->preview(*room->find(id), 10);
  ASSERT_TRUE(preview && preview->accepted.size() == 1);
  const auto* parent = preview->accepted[0].record.first(registry::field(registry::Kind::team, "parents"));
  ASSERT_NE(parent, nullptr) << "whose table it is, as when it is applied";
  applied(id);
  import(source("members", "organisations", sources::Mode::snapshot),
         "id,name,role,from,ror\nI1,Institut Demo,member,2007,04t0gwh46\n");
  settle();
  own.object = id_of("name:Institut Demo");
  ASSERT_NE(registry::Registry(*store).reference_to(own.object).value(), parent->text);
  bring("Code;Nom\nE1;Équipe Exemple\nE2;Équipe Deux\n", own, "teams.csv");
}

TEST_F(IntakeTest, ManyWithdrawalsAskAgain) {
  worked(bring(k_staff));
  applied(1);
  const int64_t second = bring("Matricule;Nom;Prénom;Organisme\nP1;Exemple;Camille;Institut Demo\n");
  const Intake refused = worked(second);
  ASSERT_EQ(refused.state, State::refused) << refused.report;
  EXPECT_NE(decode_report(refused.report).problem_french, "");
  EXPECT_TRUE(room->apply(1, second, refused.revision, false).error().is(errors::state));
  EXPECT_EQ(applied(second, true).state, State::applied);
  EXPECT_EQ(decode_report(room->find(second)->report).withdrawn, 1);
}

TEST_F(IntakeTest, AnUnreadableFileFailsAndChangesNothing) {
  const int64_t id = bring("Matricule;Nom\n", said());
  const Intake failed = worked(id);
  EXPECT_EQ(failed.state, State::failed);
  EXPECT_NE(decode_report(failed.report).problem_english, "");
  EXPECT_TRUE(room->apply(1, id, failed.revision, true).error().is(errors::state));
  EXPECT_TRUE(room->bring(1, "page.html", "<html>", said()).error().is(files::errors::type));
  ASSERT_TRUE(room->drop(1, id, failed.revision));
  EXPECT_EQ(room->find(id)->state, State::dropped);
  EXPECT_TRUE(room->find(99).error().is(errors::unknown));
}

// Killed while it read a file, it does not leave it lying about.
TEST_F(IntakeTest, WhatWasBeingReadIsGoneAfterARestart) {
  std::filesystem::create_directories(folder.path("reading/intake-abc"));
  folder.write("reading/intake-abc/staff.csv", k_staff);
  begin();
  EXPECT_FALSE(std::filesystem::exists(folder.path("reading/intake-abc")));
}

TEST_F(IntakeTest, AppliedAfterARestart) {
  const int64_t id = bring(k_staff);
  worked(id);
  ASSERT_TRUE(room->apply(1, id, room->find(id)->revision, false));
  room.reset();
  open();
  begin();
  EXPECT_EQ(worked(id).state, State::applied);
  EXPECT_EQ(found("camille"), 0u);  // no page without a member; the record is there
  EXPECT_EQ(decode_report(room->find(id)->report).accepted, 2);
}

// What is not said of a source stays as it was.
TEST_F(IntakeTest, LicenceTrustAndRepublishingAreSaidAndStay) {
  Said first = said();
  first.trust = 80;
  first.licence = " CC-BY-4.0 ";
  first.republish = true;
  applied(worked(bring(k_staff, first)).id);
  const Intake again = worked(bring(k_staff));
  EXPECT_EQ(again.said.trust, 80);
  EXPECT_EQ(again.said.licence, "CC-BY-4.0");
  EXPECT_EQ(again.said.republish, true);
  EXPECT_TRUE(room->sources()->front().republish);
  Said no = said();
  no.republish = false;
  EXPECT_EQ(room->find(bring(k_staff, no))->said.republish, false);
  no.trust = 101;
  EXPECT_TRUE(room->bring(1, "staff.csv", k_staff, no).error().is(errors::trust));
}

}  // namespace
}  // namespace pitchblende::intake
