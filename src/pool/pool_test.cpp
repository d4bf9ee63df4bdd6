#include "pool/pool.hpp"

#include <gtest/gtest.h>

#include "pool_fixture.hpp"
#include "resolution/resolution.hpp"

namespace pitchblende::pool {
namespace {

using tests::pubmed_article;

class PoolTest : public ::testing::Test, public tests::PoolPlace {};

TEST_F(PoolTest, FromFilesToAnAnswer) {
  import_members("I1,Institut Demo,member,2007\n");
  import_staff("demo", "P1,Exemple,Camille,,Institut Demo,2015\n");
  import_pubmed(pubmed_article(1, "Radium in invented cells",
                               {{"Exemple", "Camille", "Institut Demo, Paris, France", ""},
                                {"Autre", "Dominique", "Elsewhere, Lyon, France", ""}}));
  settle();
  EXPECT_EQ(found("radium"), 1u);
  EXPECT_EQ(found("camille exemple"), 2u);  // the person and the paper
  const Id person = id_of("local:demo/P1");
  EXPECT_TRUE(find(person).card->page);
  const auto papers = registry::Registry(*store).mentioned_in(person);
  ASSERT_TRUE(papers);
  EXPECT_EQ(*papers, std::vector<Id>{id_of("pmid:1")});
  search::Query query;
  query.words = "radium";
  const search::Answer answer = pool->index()->search(query, access::Viewer::visitor());
  ASSERT_EQ(answer.facets.size(), search::k_facets);
  const auto& institutions = answer.facets[static_cast<size_t>(search::Facet::institution)];
  ASSERT_EQ(institutions.size(), 1u);
  EXPECT_EQ(institutions.front().value, id_of("name:Institut Demo").text());
}

TEST_F(PoolTest, AWrongMergeIsSplitByItsRecords) {
  import_members("I1,Institut Demo,member,2007\n");
  import_staff("demo", "P1,Exemple,Camille,0000-0002-1825-0097,Institut Demo,2015\n");
  import_staff("other", "A1,Exemple,Camille,0000-0002-1825-0097,Institut Demo,2016\n");
  settle();
  const Id whole = id_of("local:demo/P1");
  ASSERT_EQ(id_of("local:other/A1"), whole);
  const auto explanation = explain(*store, whole);
  ASSERT_TRUE(explanation);
  ASSERT_EQ(explanation->members.size(), 2u);
  Judgement judgement;
  judgement.verdict = Judgement::Verdict::different;
  judgement.a = judgement.b = whole;
  judgement.who = "test";
  judgement.why = "two women";
  EXPECT_EQ(pool->decide(judgement).error().kind().status, 422);  // one thing cannot differ from itself
  judgement.record_a = explanation->members[0].ref;
  judgement.record_b = explanation->members[1].ref;
  const auto decision = pool->decide(judgement);
  ASSERT_TRUE(decision) << decision.error().message();
  settle();
  EXPECT_NE(id_of("local:demo/P1"), id_of("local:other/A1"));
  ASSERT_TRUE(pool->full({}));
  EXPECT_NE(id_of("local:demo/P1"), id_of("local:other/A1"));
  Judgement undo;
  undo.verdict = Judgement::Verdict::undo;
  undo.undoes = *decision;
  undo.who = "test";
  undo.why = "one after all";
  ASSERT_TRUE(pool->decide(undo));
  settle();
  EXPECT_EQ(id_of("local:demo/P1"), id_of("local:other/A1"));
  EXPECT_EQ(pool->decide(undo).error().kind().status, 409);  // undone already
}

TEST_F(PoolTest, ListsSayWhoWhereAndWhen) {
  import_members("I1,Institut Demo,member,2007\n");
  import_staff("demo", "P1,Exemple,Camille,,Institut Demo,2015\nP2,Autre,Sacha,,Institut Demo,2016\n");
  import_pubmed(pubmed_article(1, "Radium", {{"Exemple", "Camille", "Institut Demo, Paris, France", ""}}));
  settle();
  const Id person = id_of("local:demo/P1");
  const auto known = pool->index()->known(std::vector<Id>{id_of("pmid:1"), person}, access::Viewer::visitor());
  ASSERT_EQ(known.size(), 2u);
  EXPECT_EQ(known[0].title, "Radium");
  EXPECT_TRUE(known[0].note.starts_with("Camille Exemple")) << known[0].note;
  EXPECT_EQ(known[1].note, "Institut Demo");
  // What names a person is found by him; people stand in the order of their family names.
  search::Query query;
  query.filters = {{search::Facet::person, {person.text()}}};
  const search::Answer his = pool->index()->search(query, access::Viewer::visitor());
  ASSERT_EQ(his.count, 1u);
  EXPECT_EQ(his.hits.front().id, id_of("pmid:1"));
  query.filters = {{search::Facet::kind, {"person"}}};
  query.order = search::Order::title;
  const search::Answer people = pool->index()->search(query, access::Viewer::visitor());
  ASSERT_EQ(people.count, 2u);
  EXPECT_EQ(people.hits.front().id, id_of("local:demo/P2"));
  // A house that changes its name changes what is said of its people.
  import_members("I1,Maison Demo,member,2007\n");
  import_staff("demo", "P1,Exemple,Camille,,Maison Demo,2015\nP2,Autre,Sacha,,Maison Demo,2016\n");
  settle();
  EXPECT_EQ(pool->index()->known(std::vector<Id>{person}, access::Viewer::visitor()).at(0).note, "Maison Demo");
}

TEST_F(PoolTest, AnAuthorWithoutAPositionIsANameAlone) {
  import_pubmed(pubmed_article(1, "A paper", {{"Autre", "Dominique", "", ""}}));
  import_staff("stranger", "P1,Solitaire,Noa,,Unknown house,2015\n");
  settle();
  EXPECT_EQ(find(id_of("local:stranger/P1"), access::Viewer::visitor()).presence, registry::Presence::never);
  EXPECT_EQ(found("solitaire"), 0u);
  // Who comes by a position in a member comes by a page, whichever file came first.
  import_members("I9,Unknown house,partner,2020\n");
  settle();
  EXPECT_EQ(find(id_of("local:stranger/P1"), access::Viewer::visitor()).presence, registry::Presence::here);
  EXPECT_EQ(found("solitaire"), 1u);
}

TEST_F(PoolTest, TheSameFileTwiceChangesNothing) {
  const std::string articles = pubmed_article(1, "One paper", {{"Exemple", "Camille", "", ""}});
  EXPECT_EQ(import_pubmed(articles).fresh, 1);
  settle();
  const std::string before = derived() + identity();
  const RunReport again = import_pubmed(articles);
  EXPECT_EQ(again.unchanged, 1);
  EXPECT_EQ(again.fresh + again.changed + again.withdrawn, 0);
  EXPECT_EQ(settle().cards, 0);
  const RunReport spaced = import_pubmed(pubmed_article(1, "One  paper ", {{"Exemple", "Camille", "", ""}}));
  EXPECT_EQ(spaced.unchanged, 1);
  EXPECT_EQ(tests::first_difference(derived() + identity(), before), "");
}

// A newer program may ask by other keys than the one that wrote them.
TEST_F(PoolTest, KeysOfAnotherFormAreMadeAnew) {
  import_pubmed(pubmed_article(1, "One paper", {{"Exemple", "Camille", "", ""}}));
  settle();
  const std::string keys = "SELECT hash, record, part FROM match_key ORDER BY hash, record, part";
  const std::string before = dump(keys);
  const std::string form = dump("SELECT value FROM memo WHERE name = 'derived'");
  const std::string own = "." + std::string(resolution::k_form_of_keys);
  ASSERT_NE(form.find(own), std::string::npos);
  ASSERT_TRUE(store->write([&](store::Transaction& db) -> Result<void> {
    TRY(db.execute("UPDATE memo SET value = replace(value, ?, '.1') WHERE name = 'derived'", {std::string_view(own)}));
    TRY(db.execute("UPDATE match_key SET hash = hash + 1"));
    return {};
  }));
  open();
  settle();
  EXPECT_EQ(dump(keys), before);
  EXPECT_EQ(dump("SELECT value FROM memo WHERE name = 'derived'"), form);
}

TEST_F(PoolTest, AChangedRecordIsANewVersionAndHistoryKeepsBoth) {
  import_pubmed(pubmed_article(1, "First title", {}));
  settle();
  const Id id = id_of("pmid:1");
  const RunReport changed = import_pubmed(pubmed_article(1, "Second title", {}));
  EXPECT_EQ(changed.changed, 1);
  ASSERT_EQ(changed.diff.size(), 1u);
  EXPECT_EQ(changed.diff[0].fields, std::vector<std::string>{"title"});
  settle();
  EXPECT_EQ(find(id).card->label, "Second title");
  EXPECT_EQ(found("first"), 0u);
  EXPECT_EQ(found("second"), 1u);
  EXPECT_EQ(registry::Registry(*store).history(id)->size(), 2u);
}

TEST_F(PoolTest, ADryRunChangesNothingAndSaysTheDiff) {
  import_staff("demo",
               "P1,Exemple,Camille,,X,2015\nP2,Autre,Noa,,X,2015\nP3,Tiers,Lou,,X,2015\nP4,Quart,Jo,,X,2015\n"
               "P5,Quint,Eli,,X,2015\n");
  settle();
  const std::string before =
      derived() + identity() + dump("SELECT count(*) FROM version") + dump("SELECT count(*) FROM run");
  const RunReport dry = import_staff("demo",
                                     "P1,Exemple,Camille,,X,2015\nP2,Autre,Noé,,X,2015\nP3,Tiers,Lou,,X,2015\n"
                                     "P4,Quart,Jo,,X,2015\nP6,Sext,Max,,X,2015\n",
                                     {true});
  EXPECT_EQ(dry.fresh, 1);
  EXPECT_EQ(dry.changed, 1);
  EXPECT_EQ(dry.unchanged, 3);
  EXPECT_EQ(dry.withdrawn, 1);
  EXPECT_EQ(derived() + identity() + dump("SELECT count(*) FROM version") + dump("SELECT count(*) FROM run"), before);
}

TEST_F(PoolTest, ASnapshotWithdrawsAndTakesBack) {
  std::string all;
  for (int at = 0; at < 10; ++at) {
    all += "P" + std::to_string(at) + ",Nom" + std::string(1, static_cast<char>('a' + at)) + ",Camille,,X,2015\n";
  }
  import_staff("demo", all);
  settle();
  const Id last = id_of("local:demo/P9");
  const std::string without = all.substr(0, all.find("P9"));
  for (const bool dry : {true, false}) {
    const RunReport report = import_staff("demo", without, {dry});
    EXPECT_EQ(report.withdrawn, 1);
    ASSERT_EQ(report.diff.size(), 1u) << dry;
    EXPECT_EQ(report.diff.front().change, Change::deleted);
    EXPECT_EQ(report.diff.front().key, "P9");
  }
  settle();
  EXPECT_EQ(find(last).presence, registry::Presence::withdrawn);
  import_staff("demo", all);
  settle();
  EXPECT_EQ(id_of("local:demo/P9"), last);
  const auto history = registry::Registry(*store).history(last);
  ASSERT_TRUE(history);
  std::vector<std::string> events;
  for (const registry::Event& event : *history) {
    events.push_back(event.what);
  }
  EXPECT_EQ(events, (std::vector<std::string>{"new", "withdrawn", "returned"}));
}

TEST_F(PoolTest, TooManyWithdrawalsAreRefusedUnlessAccepted) {
  import_staff("demo", "P1,Exemple,Camille,,X,2015\nP2,Autre,Noa,,X,2015\n");
  settle();
  const std::string before = derived() + identity();
  const RunReport refused = import_staff("demo", "P1,Exemple,Camille,,X,2015\n");
  EXPECT_TRUE(refused.refused);
  EXPECT_EQ(settle().cards, 0);
  EXPECT_EQ(tests::first_difference(derived() + identity(), before), "");
  ImportOptions accept;
  accept.accept_withdrawals = true;
  EXPECT_EQ(import_staff("demo", "P1,Exemple,Camille,,X,2015\n", accept).withdrawn, 1);
}

TEST_F(PoolTest, AnUnreadableFileWithdrawsNothing) {
  import_staff("demo", "P1,Exemple,Camille,,X,2015\nP2,Autre,Noa,,X,2015\n");
  settle();
  const auto report = pool->import(
      source("demo-staff", "people", sources::Mode::snapshot),
      {folder.write("one.csv", "id,family name,given names\nP1,Exemple,Camille\n"), folder.write("empty.csv", "")}, {},
      {});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->withdrawn, 0);
  EXPECT_TRUE(report->files[1].problem);
}

TEST_F(PoolTest, AFeedWithdrawsOnlyWhatItDeletes) {
  import_pubmed(pubmed_article(1, "One", {}) + pubmed_article(2, "Two", {}));
  settle();
  const Id one = id_of("pmid:1");
  const RunReport report =
      import_pubmed("<DeleteCitation><PMID Version=\"1\">1</PMID><PMID Version=\"1\">77</PMID></DeleteCitation>");
  EXPECT_EQ(report.withdrawn, 1);
  settle();
  EXPECT_EQ(find(one).presence, registry::Presence::withdrawn);
  EXPECT_EQ(found("two"), 1u);
}

TEST_F(PoolTest, MergeSplitAndUndoKeepIds) {
  import_members("I1,Institut Demo,member,2007\n");
  import_staff("curie", "P1,Exemple,Camille,,Institut Demo,2015\n");
  import_staff("pasteur", "Q1,Sample,Camilla,,Institut Demo,2015\n");
  settle();
  const Id first = id_of("local:curie/P1");
  const Id second = id_of("local:pasteur/Q1");
  ASSERT_NE(first, second);
  Judgement same;
  same.verdict = Judgement::Verdict::same;
  same.a = first;
  same.b = second;
  same.who = "a curator";
  same.why = "married name";
  const auto decision = pool->decide(same);
  ASSERT_TRUE(decision) << decision.error().message();
  EXPECT_EQ(id_of("local:pasteur/Q1"), first);
  EXPECT_EQ(find(second).presence, registry::Presence::merged);
  EXPECT_EQ(find(second).id, first);
  // It survives a re-import and a full resolution.
  import_staff("pasteur", "Q1,Sample,Camilla,,Institut Demo,2016\n");
  settle();
  ASSERT_TRUE(pool->full({}));
  EXPECT_EQ(id_of("local:pasteur/Q1"), first);
  Judgement undo;
  undo.verdict = Judgement::Verdict::undo;
  undo.undoes = *decision;
  undo.who = "a curator";
  undo.why = "it was wrong";
  ASSERT_TRUE(pool->decide(undo));
  EXPECT_EQ(id_of("local:curie/P1"), first);
  EXPECT_EQ(id_of("local:pasteur/Q1"), second);
  EXPECT_EQ(find(second).presence, registry::Presence::here);
}

TEST_F(PoolTest, DecisionsOnFieldsSurviveReimports) {
  import_staff("demo", "P1,Exemple,Camille,,X,2015\n");
  settle();
  Judgement judgement;
  judgement.verdict = Judgement::Verdict::override_;
  judgement.a = id_of("local:demo/P1");
  judgement.field = "given_names";
  judgement.value.text = "Camille-Rose";
  judgement.who = "Camille Exemple";
  judgement.why = "my name";
  ASSERT_TRUE(pool->decide(judgement));
  import_staff("demo", "P1,Exemple,Camilla,,X,2015\n");
  settle();
  EXPECT_EQ(find(judgement.a).card->label, "Camille-Rose Exemple");
  judgement.field = "no_such_field";
  EXPECT_EQ(pool->decide(judgement).error().kind().status, 422);
  judgement.field = "given_names";
  judgement.why.clear();
  EXPECT_FALSE(pool->decide(judgement));
}

TEST_F(PoolTest, RebuildGivesTheSameBytes) {
  import_members("I1,Institut Demo,member,2007\nI2,Institut Autre,partner,2008\n");
  import_staff("demo", "P1,Exemple,Camille,,Institut Demo,2015\nP2,Autre,Noa,,Institut Autre,2015\n");
  import_ror();
  import_pubmed(pubmed_article(1, "One", {{"Exemple", "Camille", "Institut Demo", ""}}) +
                pubmed_article(2, "Two", {{"Autre", "Noa", "", ""}, {"Exemple", "C", "Institut Demo", ""}}));
  settle();
  const std::string cards = derived();
  const std::string ids = identity();
  const uint64_t hits = found("exemple");
  ASSERT_TRUE(pool->rebuild({}));
  EXPECT_EQ(tests::first_difference(derived(), cards), "");
  EXPECT_EQ(tests::first_difference(identity(), ids), "");
  EXPECT_EQ(found("exemple"), hits);
  ASSERT_TRUE(pool->full({}));
  EXPECT_EQ(tests::first_difference(identity(), ids), "");
  const auto check = pool->check({});
  ASSERT_TRUE(check);
  EXPECT_EQ(check->problems, std::vector<std::string>{});
}

TEST_F(PoolTest, OrderOfFilesNeverChangesIds) {
  const auto load = [](PoolTest& test, bool backwards) {
    const auto one = [&] { test.import_staff("curie", "P1,Exemple,Camille,0000-0002-1825-0097,X,2015\n"); };
    const auto two = [&] { test.import_staff("pasteur", "Q7,Exemple,C.,0000-0002-1825-0097,Y,2015\n"); };
    backwards ? two() : one();
    backwards ? one() : two();
    test.settle();
    return test.dump("SELECT kind || id FROM entity WHERE redirect IS NULL ORDER BY id");
  };
  const std::string forwards = load(*this, false);
  std::filesystem::remove_all(folder.path());
  std::filesystem::create_directories(folder.path());
  open(true);
  EXPECT_EQ(load(*this, true), forwards);
}

TEST_F(PoolTest, AddingOneFileAgreesWithPoolingEverything) {
  std::string articles;
  const char* families[] = {"Exemple", "Autre", "Tiers"};
  for (int at = 1; at <= 30; ++at) {
    const std::string one = pubmed_article(at, "Paper " + std::to_string(at),
                                           {{families[at % 3], "Camille", "Institut Demo, Paris", ""},
                                            {families[(at + 1) % 3], "Noa", "Institut Autre, Lyon", ""}});
    articles += one;
    import_pubmed(one);
    settle();
  }
  const std::string one_by_one = dump("SELECT count(*) FROM entity WHERE redirect IS NULL");
  std::filesystem::remove_all(folder.path());
  std::filesystem::create_directories(folder.path());
  open(true);
  import_pubmed(articles);
  settle();
  EXPECT_EQ(dump("SELECT count(*) FROM entity WHERE redirect IS NULL"), one_by_one);
}

TEST_F(PoolTest, AMissingOrDamagedIndexIsRemade) {
  import_pubmed(pubmed_article(1, "One paper", {}));
  settle();
  pool.reset();
  for (const auto& entry : std::filesystem::directory_iterator(folder.path("index"))) {
    std::ofstream(entry.path(), std::ios::binary) << "damaged";
  }
  open();
  settle();
  EXPECT_EQ(found("paper"), 1u);
  pool.reset();
  std::filesystem::remove_all(folder.path("index"));
  open();
  settle();
  EXPECT_EQ(found("paper"), 1u);
}

TEST_F(PoolTest, AnIndexThatIsBeingMadeSaysSoUntilItIsWhole) {
  import_pubmed(pubmed_article(1, "One paper", {}) + pubmed_article(2, "Another paper", {}));
  settle();
  EXPECT_FALSE(pool->making());
  pool.reset();
  open();
  EXPECT_FALSE(pool->making());  // a checkpoint that is whole serves at once
  pool.reset();
  std::filesystem::remove_all(folder.path("index"));
  open();
  ASSERT_TRUE(pool->making());
  EXPECT_EQ(pool->making()->what, Making::What::index);
  int64_t total = 0;
  ASSERT_TRUE(pool->settle([&](const Progress& progress) {
    total = progress.phase == "index" && pool->making() ? pool->making()->total : total;
    EXPECT_TRUE(pool->making());
    EXPECT_EQ(pool->index()->size().documents, 0u);  // nothing of a part is shown
    return true;
  }));
  EXPECT_EQ(total, 2);
  EXPECT_FALSE(pool->making());
  EXPECT_EQ(found("paper"), 2u);
}

TEST_F(PoolTest, StoppedInTheMiddleTheIndexIsStillToBeMade) {
  import_pubmed(pubmed_article(1, "One paper", {}));
  settle();
  pool.reset();
  std::filesystem::remove_all(folder.path("index"));
  open();
  EXPECT_FALSE(pool->settle([](const Progress& progress) { return progress.phase != "index"; }));
  EXPECT_TRUE(pool->making());
  settle();
  EXPECT_FALSE(pool->making());
}

TEST_F(PoolTest, ARebuildSaysThatCardsAreMadeAndTheIndexServesOn) {
  import_pubmed(pubmed_article(1, "One paper", {}));
  settle();
  bool cards_said = false;
  uint64_t fewest = 1;
  ASSERT_TRUE(pool->rebuild([&](const Progress& progress) {
    cards_said |= pool->making() && pool->making()->what == Making::What::cards;
    fewest = progress.phase == "index" ? std::min(fewest, pool->index()->size().documents) : fewest;
    return true;
  }));
  EXPECT_TRUE(cards_said);
  EXPECT_EQ(fewest, 1u);
  EXPECT_FALSE(pool->making());
}

TEST_F(PoolTest, ARebuildThatWasKilledOpensWithAnIndexToBeMade) {
  import_pubmed(pubmed_article(1, "One paper", {}));
  settle();
  EXPECT_FALSE(pool->rebuild([](const Progress& progress) { return progress.phase != "merge"; }));
  EXPECT_TRUE(pool->making());
  pool.reset();
  open();
  settle();
  EXPECT_FALSE(pool->making());
  EXPECT_EQ(found("paper"), 1u);
}

TEST_F(PoolTest, CardsOfAnotherFormAreMadeBeforeAnybodyIsShownFewer) {
  import_pubmed(pubmed_article(1, "One paper", {}));
  settle();
  const auto forgotten = store->write([](store::Transaction& db) {
    return db.execute("UPDATE memo SET value = 'of an older program' WHERE name = 'derived'");
  });
  ASSERT_TRUE(forgotten);
  pool.reset();
  open();
  ASSERT_TRUE(pool->making());
  EXPECT_EQ(pool->making()->what, Making::What::cards);
  settle();
  EXPECT_FALSE(pool->making());
  EXPECT_EQ(found("paper"), 1u);
}

TEST_F(PoolTest, ExplainSaysWhatHeldThingsTogether) {
  import_staff("curie", "P1,Exemple,Camille,0000-0002-1825-0097,X,2015\n");
  import_staff("pasteur", "Q7,Exemple,Camille,0000-0002-1825-0097,Y,2015\n");
  settle();
  const auto explanation = explain(*store, id_of("orcid:0000-0002-1825-0097"));
  ASSERT_TRUE(explanation);
  EXPECT_EQ(explanation->members.size(), 2u);
  ASSERT_EQ(explanation->reasons.size(), 1u);
  EXPECT_EQ(explanation->reasons[0].evidence, resolution::Evidence::identifier);
  EXPECT_FALSE(explain(*store, Id(12345)));
}

TEST_F(PoolTest, RejectsAreKeptWithTheirReason) {
  const RunReport report = import_staff("demo", "P1,Exemple,Camille,0000-0002-1825-0098,X,2015\n,,,,X,2015\n");
  EXPECT_EQ(report.read, 2);
  EXPECT_EQ(report.rejected, 1);
  EXPECT_EQ(report.notices, 1);
  const std::string kept = dump("SELECT rejected || ' ' || code || ' ' || field || ' ' || line FROM finding");
  EXPECT_NE(kept.find("0 REGISTRY_IDENTIFIER_CHECK_DIGIT orcid 2"), std::string::npos) << kept;
  EXPECT_NE(kept.find("1 "), std::string::npos) << kept;
}

}  // namespace
}  // namespace pitchblende::pool
