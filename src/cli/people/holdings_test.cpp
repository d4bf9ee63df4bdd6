// What is held on a person: every column that may name one is declared, told, and forgotten by an erasure; on both
// databases. docs/rules/erasure.md, 3; docs/privacy.md has the same list.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "access/access.hpp"
#include "cli/people/holdings.hpp"
#include "either_store.hpp"
#include "personal/wishes.hpp"
#include "schema_columns.hpp"
#include "store/numbering.hpp"

namespace pitchblende::cli {
namespace {

using access::Fate;
using access::HeldIn;
using access::Term;
using testing::HasSubstr;
using testing::Not;

constexpr int64_t k_account = 77001;
constexpr std::string_view k_word = "quorumfax";

// Names of columns in which a person may stand. A column of a name that is in neither list fails the test: whoever adds
// one says which it is.
const std::set<std::string, std::less<>> k_may_name = {
    "account", "actor",     "address", "agent",   "body",       "by_account",  "card",      "changed_by", "changes",
    "chosen",  "closed_by", "company", "content", "decided_by", "description", "detail",    "email",      "english",
    "entity",  "evidence",  "excerpt", "failure", "french",     "granted_by",  "handler",   "judged_by",  "key",
    "label",   "made_by",   "message", "name",    "name_a",     "name_b",      "note",      "note_en",    "note_fr",
    "object",  "party",     "payload", "person",  "purpose",    "reason",      "recipient", "ref",        "report",
    "said",    "set_by",    "subject", "text",    "text_en",    "text_fr",     "title",     "title_en",   "title_fr",
    "value",   "who",       "why"};
const std::set<std::string, std::less<>> k_names_nobody = {"accept_withdrawals",
                                                           "added",
                                                           "alone",
                                                           "amount",
                                                           "amount_seen",
                                                           "answered",
                                                           "applied",
                                                           "ask",
                                                           "asked",
                                                           "at",
                                                           "attachment",
                                                           "began",
                                                           "begins",
                                                           "browser_hash",
                                                           "bucket",
                                                           "bytes",
                                                           "calendar",
                                                           "call",
                                                           "campaign",
                                                           "cancelled",
                                                           "change",
                                                           "changed",
                                                           "checked",
                                                           "closed",
                                                           "closes",
                                                           "code",
                                                           "complete",
                                                           "confirmed",
                                                           "created",
                                                           "date",
                                                           "days",
                                                           "decided",
                                                           "decision",
                                                           "due",
                                                           "ended",
                                                           "ends",
                                                           "entries",
                                                           "event",
                                                           "events",
                                                           "every",
                                                           "expires",
                                                           "failed",
                                                           "field",
                                                           "file",
                                                           "finished",
                                                           "first_day",
                                                           "follows",
                                                           "format",
                                                           "fresh",
                                                           "granted",
                                                           "group_id",
                                                           "hash",
                                                           "held_until",
                                                           "horizon",
                                                           "how",
                                                           "id",
                                                           "institution",
                                                           "institution_ref",
                                                           "instrument",
                                                           "invited",
                                                           "judged",
                                                           "kind",
                                                           "language",
                                                           "largest",
                                                           "last",
                                                           "last_day",
                                                           "last_seen",
                                                           "letter",
                                                           "letters",
                                                           "level",
                                                           "level_since",
                                                           "licence",
                                                           "line",
                                                           "list_a",
                                                           "list_b",
                                                           "local_begin",
                                                           "local_closes",
                                                           "local_end",
                                                           "made",
                                                           "mapping",
                                                           "mode",
                                                           "next",
                                                           "notice",
                                                           "notices",
                                                           "number",
                                                           "of",
                                                           "once",
                                                           "online",
                                                           "open",
                                                           "opens",
                                                           "ordinal",
                                                           "others",
                                                           "outcome",
                                                           "owed_since",
                                                           "owner",
                                                           "page",
                                                           "part",
                                                           "part_a",
                                                           "part_b",
                                                           "partnership",
                                                           "place",
                                                           "places",
                                                           "present",
                                                           "probability",
                                                           "problem",
                                                           "proposal",
                                                           "published",
                                                           "receipt",
                                                           "recipients",
                                                           "record",
                                                           "record_a",
                                                           "record_b",
                                                           "redirect",
                                                           "rejected",
                                                           "released",
                                                           "remembers",
                                                           "reminded",
                                                           "renewed",
                                                           "republish",
                                                           "request",
                                                           "resource",
                                                           "revision",
                                                           "role",
                                                           "run",
                                                           "seal",
                                                           "search",
                                                           "seat",
                                                           "seen",
                                                           "sent",
                                                           "sheet",
                                                           "shown",
                                                           "sort",
                                                           "side",
                                                           "since",
                                                           "slice",
                                                           "smallest",
                                                           "source",
                                                           "stage",
                                                           "standing",
                                                           "stands_for",
                                                           "started",
                                                           "starts",
                                                           "state",
                                                           "step",
                                                           "submitted",
                                                           "thread",
                                                           "told",
                                                           "token_hash",
                                                           "trained",
                                                           "tries",
                                                           "trust",
                                                           "turn",
                                                           "type",
                                                           "unchanged",
                                                           "undoes",
                                                           "until",
                                                           "used",
                                                           "verb",
                                                           "verdict",
                                                           "version",
                                                           "visibility",
                                                           "wanted_by",
                                                           "weekday",
                                                           "whole",
                                                           "withdrawn",
                                                           "workbook",
                                                           "zone"};
// Columns of such a name in which nobody stands, and what does.
const std::map<std::string, std::string, std::less<>> k_exceptions = {
    {"audit.detail", "a code or an id"},
    {"bookable.address", "a site where people book"},
    {"call_text.name", "a field's"},
    {"due_entity.entity", "work of the moment"},
    {"due_placing.entity", "an organisation or a team"},
    {"due_placing.ref", "an organisation's or a team's"},
    {"intake.object", "an institution"},
    {"job.body", "numbers"},
    {"job.name", "of the kind of work"},
    {"job.reason", "an error's code and words"},
    {"memo.name", "of what the program remembers"},
    {"memo.value", "numbers and hashes"},
    {"numbering.name", "a table's"},
    {"proposal.ref", "random"},
    {"review.ref", "random"},
    {"role_ask.object", "an institution, a platform, a group"},
    {"role_grant.object", "an institution, a platform, a group"},
    {"run_file.name", "of a file at the terminal"},
    {"schema_version.name", "of a migration"},
    {"source.name", "a source's"},
    {"texts.name", "of a page"},
    {"attachment.object", "a room's number"}};

std::string cell_of(const std::vector<std::string>& columns) {
  std::string out;
  for (const std::string& column : columns) {
    out += (out.empty() ? "" : ", ") + column;
  }
  return out;
}

// As docs/privacy.md says it.
std::string words_of(Term term) {
  const std::map<Term, std::string> words = {{Term::moment, "trois jours au plus"},
                                             {Term::month, "30 jours"},
                                             {Term::quarter, "90 jours"},
                                             {Term::year, "un an après la dernière vue"},
                                             {Term::source, "tant qu’une source le dit"},
                                             {Term::erasure, "jusqu’à l’effacement"},
                                             {Term::for_good, "sans limite"}};
  return words.at(term);
}
std::string words_of(Fate fate) {
  const std::map<Fate, std::string> words = {{Fate::deleted, "la ligne disparaît"},
                                             {Fate::emptied, "vidé"},
                                             {Fate::number, "un numéro qui ne mène plus à personne"},
                                             {Fate::kept, "reste"}};
  return words.at(fate);
}

class HoldingsTest : public tests::EitherStoreTest {
 protected:
  void SetUp() override {
    tests::EitherStoreTest::SetUp();
    if (IsSkipped()) {
      return;
    }
    m_place.store = std::move(m_store);
    open_pool();
    m_place.booking = booking::Booking::open(*m_place.store, m_place.clock).value();
  }
  void TearDown() override {
    m_place.booking.reset();
    m_place.pool.reset();
    m_place.store.reset();
  }
  void open_pool() {
    auto pool = pool::Pool::open(*m_place.store, m_place.clock, {m_folder.path("index"), 3, "key of this test"});
    ASSERT_TRUE(pool) << pool.error().message();
    m_place.pool = std::move(*pool);
  }
  void import(const std::string& format, const std::string& text) {
    pool::SourceSettings settings;
    settings.name = "demo-" + format;
    settings.format = format;
    settings.mode = sources::Mode::snapshot;
    settings.institution = "demo";
    ASSERT_TRUE(m_place.pool->import(settings, {m_folder.write(format + ".csv", text)}, {}, {}));
  }
  void script(std::string text) {
    const auto put = [&](const std::string& name, const std::string& value) {
      for (size_t at = text.find(name); at != std::string::npos; at = text.find(name)) {
        text.replace(at, name.size(), value);
      }
    };
    put("$account", std::to_string(k_account));
    put("$person", std::to_string(store::number(m_person)));
    const auto done = m_place.store->write([&](store::Transaction& db) -> Result<void> { return db.script(text); });
    ASSERT_TRUE(done) << done.error().message();
  }
  void fill();
  void fill_registry();
  std::vector<HeldIn> declared() {
    std::vector<HeldIn> out;
    for (const access::Holding& holding : holdings(m_place)) {
      out.insert(out.end(), holding.in.begin(), holding.in.end());
    }
    return out;
  }
  std::map<std::string, Fate> fates() {
    std::map<std::string, Fate> out;
    for (const HeldIn& each : declared()) {
      for (const std::string& column : each.columns) {
        EXPECT_TRUE(out.emplace(each.table + "." + column, each.fate).second) << each.table << "." << column;
      }
    }
    return out;
  }
  personal::Wishes wishes() {
    return {*m_place.store, m_place.clock, *m_place.pool, m_audit.value(), holdings(m_place)};
  }
  bool stands_in(const tests::SchemaColumn& at) {
    return tests::holds(*m_place.store, at, k_word, {k_account, store::number(m_person)});
  }

  Workplace m_place;
  Id m_person;
  std::optional<access::Audit> m_audit;
};

void HoldingsTest::fill_registry() {
  import("organisations", "id,name,role,from\nI1,Institut Demo,member,2007\n");
  import("people",
         "id,family name,given names,email,organisation,from\n"
         "quorumfax1,Quorumfax,Zélie,zelie.quorumfax@example.org,Institut Demo,2015\nP2,Autre,Noa,,Institut "
         "Demo,2015\n");
  import("teams", "id,name,leader\nT1,Équipe Vortex,Zélie Quorumfax\n");
  ASSERT_TRUE(m_place.pool->settle({}));
  const auto found = registry::Registry(*m_place.store).find("email:zelie.quorumfax@example.org");
  ASSERT_TRUE(found && *found);
  m_person = **found;
  m_audit.emplace(*m_place.store, m_place.clock, "key of this test");
}

// A row in every table, with him in every column that is declared.
void HoldingsTest::fill() {
  fill_registry();
  ASSERT_TRUE(m_place.store->write([&](store::Transaction& db) {
    return m_audit->record(db, {k_account, "begin", "account", k_account, {}});
  }));
  script(
      "INSERT INTO account VALUES (77001, 'zelie.quorumfax@example.org', 'fr', '2026');"
      "INSERT INTO sign_in_link VALUES ('t1', 'zelie.quorumfax@example.org', '', 'fr', '/', '2027', NULL);"
      "INSERT INTO session VALUES (9, 't2', 'b', $account, 'quorumfax browser', '2026', '2026', '2027', NULL);"
      "INSERT INTO role_grant VALUES (9, $account, 'researcher', 0, '', '', '2026');"
      "INSERT INTO role_ask VALUES (9, $account, 'team_leader', 0, 'quorumfax leads', '2026', 'granted', '2026', "
      "$account);"
      "INSERT INTO role_refusal VALUES ($account, '2026', $account);"
      "INSERT INTO institution_refusal VALUES ($account, 70, '2026', $account);"
      "INSERT INTO letter VALUES (9, 'zelie.quorumfax@example.org', 'news', 'quorumfax', 'sent', '2026', '2026', '', "
      "1, "
      "'no quorumfax here');"
      "INSERT INTO letter_refusal VALUES ('zelie.quorumfax@example.org', 'news');"
      "INSERT INTO attachment VALUES (9, 'requests', 9, 'cv quorumfax.pdf', 'pdf', 1, 'h1', $account, '2026');"
      "INSERT INTO attachment VALUES (8, 'calls_submitted', 9, 'plan quorumfax.pdf', 'pdf', 1, 'h2', $account, '2026');"
      "INSERT INTO request VALUES (9, $account, 'zelie.quorumfax@example.org', 'Quorumfax', 'Quorumfax SA', 'fr', "
      "'access', 0, 'quorumfax', 'quorumfax asks', '', 'o', 1);"
      "INSERT INTO request_thread VALUES (9, 9, 1, 'owner', 'declined', 'no, says quorumfax', 1, 1, 1, 0, 0, 1, 1, "
      "$account);"
      "INSERT INTO request_message VALUES (9, 9, 1, 'asker', $account, 'quorumfax says');"
      "INSERT INTO request_substitute VALUES (1, 'zelie.quorumfax@example.org', $account, 1);"
      "INSERT INTO request_substitute VALUES (2, 'somebody@example.org', $account, 1);"
      "INSERT INTO request_answer_link VALUES ('t5', 9, 'zelie.quorumfax@example.org', 'owner', 9);"
      "INSERT INTO request_pending VALUES ('t3', 'b', 'zelie.quorumfax@example.org', 'Quorumfax', 'Quorumfax SA', "
      "'fr', "
      "'access', 0, '', 'quorumfax', 'quorumfax', '', 9);"
      "INSERT INTO partnership VALUES (9, 'With Quorumfax', 'research', 'talks', '', '', '', -1, 'public', 0, "
      "'quorumfax', "
      "'quorumfax', 1, '2026', '2026', 0);"
      "INSERT INTO partnership_member VALUES (9, 'person', $person, 1);"
      "INSERT INTO partnership_named VALUES (9, 'Quorumfax SA', 0);"
      "INSERT INTO partnership_event VALUES (9, 9, '2026', $account, '', 'quorumfax notes', '')");
  script(
      "INSERT INTO calls VALUES (9, 'published', 1, 2, 0, 0, 0, '2026', $account);"
      "INSERT INTO proposal VALUES (9, 'r9', 9, 1, 0, '2026', $account);"
      "INSERT INTO proposal_editor VALUES (9, 'zelie.quorumfax@example.org', '2026');"
      "INSERT INTO proposal_party VALUES (9, 'quorumfax', $person, 'person', 'coordinator', 'Zélie Quorumfax');"
      "INSERT INTO submission VALUES (9, 1, 'R-1', 1, $account, 0, 'h', 'quorumfax');"
      "INSERT INTO call_text VALUES ('proposal', 9, 'title', 'quorumfax', '2026', $account);"
      "INSERT INTO review VALUES (9, 'v9', 9, $person, 'Zélie Quorumfax', 'zelie.quorumfax@example.org', 't4', "
      "'declined', "
      "'', 'quorumfax cannot', 'registry', '2026', '2026');"
      "INSERT INTO call_text VALUES ('review', 9, 'comment', 'quorumfax', '2026', $account);"
      "INSERT INTO verdict VALUES (9, 1, 'funded', 1, 'Dear Quorumfax');"
      // A draft of his alone goes.
      "INSERT INTO proposal VALUES (10, 'r10', 9, 0, 0, '2026', $account);"
      "INSERT INTO proposal_editor VALUES (10, 'zelie.quorumfax@example.org', '2026');"
      "INSERT INTO call_text VALUES ('proposal', 10, 'title', 'quorumfax draft', '2026', $account);"
      "INSERT INTO confirm_campaign VALUES (9, 'About Quorumfax', 'quorumfax', 'quorumfax', 'quorumfax', 30, 'sent', "
      "$account, '2026', '2026');"
      "INSERT INTO confirm_ask VALUES (9, 9, $person, 'zelie.quorumfax@example.org', 'fr', 'open', '2027', '', 0, 1, "
      "'2026', 'quorumfax is full');"
      "INSERT INTO confirm_link VALUES ('t5', 9, '2026');"
      "INSERT INTO confirm_word VALUES (9, $person, 9, 'zelie.quorumfax@example.org', '2026', 'Quorumfax, please', 1);"
      "INSERT INTO confirm_word VALUES (10, 12, 0, 'zelie.quorumfax@example.org', '2026', 'of another card', 1);"
      "INSERT INTO confirm_workbook VALUES (9, 1, $account, '2026');"
      "INSERT INTO confirm_cell VALUES (9, $person, 'family_name', 'Quorumfax');"
      "INSERT INTO confirm_cell VALUES (9, 12, 'email', 'zelie.quorumfax@example.org');"
      "INSERT INTO confirm_row VALUES (9, $person);"
      "INSERT INTO confirm_reading VALUES (9, 9, $account, '2026', 'quorumfax', '');"
      "INSERT INTO confirm_workbook VALUES (10, 1, $account, '2026');"
      "INSERT INTO confirm_reading VALUES (10, 10, $account, '2026', '[]', '')");
  script(
      "INSERT INTO group_text VALUES (1, 'quorumfax', 'quorumfax', 1, '2026', $account);"
      "INSERT INTO group_member VALUES (1, $person, 'confirmed', '2026', 1);"
      "INSERT INTO group_member VALUES (1, 12, 'confirmed', '2026', $account);"
      "INSERT INTO group_news VALUES (9, 1, 'quorumfax', 'quorumfax', 'quorumfax', 'quorumfax', '2026', 0, 1, '2026', "
      "$account);"
      "INSERT INTO group_event VALUES (9, 1, 'quorumfax', 'quorumfax', 'quorumfax', 'quorumfax', 1, 2, '', '', '', '', "
      "0, "
      "1, '', 1, 0, 1, '2026', $account);"
      "INSERT INTO group_registration VALUES (9, $account, 'registered', 1, '2026');"
      "INSERT INTO texts VALUES ('home', 1, 'quorumfax', 'quorumfax', '2026', $account);"
      "INSERT INTO personal_setting VALUES ($account, 1);"
      "INSERT INTO favourite VALUES ($account, $person, '2026');"
      "INSERT INTO recently_seen VALUES ($account, $person, '2026');"
      "INSERT INTO quick_link VALUES (9, $account, 'quorumfax', 'https://example.org/quorumfax');"
      "INSERT INTO saved_search VALUES (9, $account, 'quorumfax', '/search?q=quorumfax', 'never', '2026', '', 1);"
      "INSERT INTO saved_search VALUES (10, 5, 'mine', '/search?q=a', 'daily', '2026', '', 1);"
      "INSERT INTO told_thing VALUES (10, $person);"
      "INSERT INTO claim VALUES ($account, $person, 'asked', '2026', '', $account);"
      "INSERT INTO claim VALUES (5, 12, 'refused', '2026', '', $account);"
      "INSERT INTO wish VALUES (9, 'objection', $person, $account, '2026', '2026', 'refused', 0, '', $account, "
      "'quorumfax "
      "was told');"
      "INSERT INTO page_notice VALUES ($person, 'sent', '2026');"
      "INSERT INTO erasure VALUES (9, $person, '2026', '2026');"
      "INSERT INTO intake VALUES (9, $account, 9, 'demo-people', 'people', '', 'demo', 0, 50, '', 1, 'applied', 0, "
      "'{\"rejects\": \"Quorumfax\"}', 1, '2026', '2026');"
      "INSERT INTO bookable VALUES (1, 'here', 'Europe/Paris', '', '', 30, 30, 60, 30, 0, 0, 0, 1);"
      "INSERT INTO booking VALUES (8, 1, 0, 0, 0, 'origin', '', '', 1, '2026', '2026', 0, 0, NULL, 'use', 0);"
      "INSERT INTO booking VALUES (9, 1, $account, 1800, 3600, 'confirmed', 'quorumfax cells', 'quorumfax', 1, '2026', "
      "'2026', $account, 3600, 0, 'use', $account);"
      "INSERT INTO training VALUES ($account, 1, '2026', '', 5, '2026');"
      "INSERT INTO training VALUES (5, 1, '2026', '', $account, '2026');"
      "INSERT INTO calendar_feed VALUES (9, 't6', $account, 0, '2026');"
      "INSERT INTO doubt VALUES (1, 0, 2, 0, 0.5, 'quorumfax', 'quorumfax');"
      "INSERT INTO finding SELECT max(id), 900, 0, 'f', '', 1, 1, 'email', 'X', 'not an address: quorumfax', "
      "'quorumfax' FROM run;"
      "INSERT INTO decision (id, verdict, record_a, part_a, field, value, who, made, why, name_a, name_b) SELECT 900, "
      "'override', record, 0, 'biography', 'Quorumfax', 'zelie.quorumfax@example.org', '2026', 'quorumfax', "
      "'quorumfax', "
      "'quorumfax' FROM assignment WHERE entity = $person AND part = 0");
}

// A column that is added says whether somebody may stand in it, and what becomes of it.
TEST_P(HoldingsTest, EveryColumnThatMayNameAPersonIsDeclared) {
  const auto fates = this->fates();
  std::set<std::string> there;
  for (const tests::SchemaColumn& at : tests::schema_columns(*m_place.store)) {
    there.insert(at.name());
    const bool may = k_may_name.contains(at.column);
    EXPECT_TRUE(may || k_names_nobody.contains(at.column)) << at.name() << ": may it name a person?";
    if (may) {
      EXPECT_TRUE(fates.contains(at.name()) != k_exceptions.contains(at.name()))
          << at.name() << ": in a Holding's list, or here with what stands in it";
    }
  }
  for (const auto& [column, fate] : fates) {
    EXPECT_TRUE(there.contains(column)) << column << " is declared and there is no such column";
  }
  for (const auto& [column, what] : k_exceptions) {
    EXPECT_TRUE(there.contains(column)) << column << " is excepted and there is no such column";
  }
}

TEST_P(HoldingsTest, ThePrivacyNoteHasTheSameList) {
  std::set<std::string> noted;
  std::ifstream file(std::string(PB_SOURCE_DIR) + "/docs/privacy.md");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("| `")) {
      noted.insert(line);
    }
  }
  std::set<std::string> declared;
  for (const HeldIn& each : this->declared()) {
    declared.insert("| `" + each.table + "` | " + cell_of(each.columns) + " | " + words_of(each.term) + " | " +
                    words_of(each.fate) + " |");
  }
  for (const std::string& line : declared) {
    EXPECT_TRUE(noted.contains(line)) << "docs/privacy.md lacks\n" << line;
  }
  for (const std::string& line : noted) {
    EXPECT_TRUE(declared.contains(line)) << "docs/privacy.md says what is not so\n" << line;
  }
}

TEST_P(HoldingsTest, AllOfItIsTold) {
  fill();
  const auto file = wishes().file_on({k_account, "zelie.quorumfax@example.org", m_person}, {});
  ASSERT_TRUE(file) << file.error().message();
  const auto told = boost::json::parse(*file).as_object();
  for (const access::Holding& holding : holdings(m_place)) {
    ASSERT_TRUE(told.contains(holding.slice)) << holding.slice;
    for (const auto& [what, rows] : told.at(holding.slice).as_object()) {
      EXPECT_FALSE(rows.as_array().empty()) << holding.slice << " tells nothing of " << std::string(what);
    }
  }
  for (const char* said : {"quorumfax asks", "quorumfax says", "no, says quorumfax", "quorumfax notes",
                           "quorumfax cells", "quorumfax cannot", "quorumfax draft", "quorumfax is full",
                           "quorumfax browser", "cv quorumfax.pdf", "quorumfax was told"}) {
    EXPECT_THAT(*file, HasSubstr(said));
  }
  // The committee's word is not his to read before it is released, nor who reviews him.
  EXPECT_THAT(*file, Not(HasSubstr("Dear Quorumfax")));
  const auto nothing = wishes().file_on({5, "noa@example.org", Id()}, {});
  ASSERT_TRUE(nothing);
  EXPECT_THAT(*nothing, Not(HasSubstr("quorumfax")));
}

TEST_P(HoldingsTest, NothingOfHimIsLeftButWhatIsDeclaredToStay) {
  fill();
  const auto fates = this->fates();
  for (const tests::SchemaColumn& at : tests::schema_columns(*m_place.store)) {
    EXPECT_TRUE(!fates.contains(at.name()) || stands_in(at)) << at.name() << " is not filled by this test";
  }
  const auto report = wishes().erase({m_person}, 0, {});
  ASSERT_TRUE(report) << report.error().message();
  for (const tests::SchemaColumn& at : tests::schema_columns(*m_place.store)) {
    const auto fate = fates.find(at.name());
    const bool may_stay =
        fate != fates.end() && (fate->second == Fate::kept || (fate->second == Fate::number && !at.is_text));
    EXPECT_TRUE(may_stay || !stands_in(at)) << at.name() << " still speaks of him";
  }
  const auto check = m_place.pool->check({});
  ASSERT_TRUE(check);
  EXPECT_EQ(check->problems, std::vector<std::string>{});
}

// What is left of somebody are numbers: nobody gets his.
// docs/rules/erasure.md, rule 7.
TEST_P(HoldingsTest, AnErasedAccountsNumberIsNotGivenAgain) {
  fill();
  script("UPDATE numbering SET last = $account WHERE name = 'account';");  // as if it had been given to him
  access::Access access(*m_place.store, m_place.clock, "key of this test", {});
  ASSERT_TRUE(wishes().erase({m_person}, 0, {}));
  const auto next = access.add_administrator("noa@example.org");
  ASSERT_TRUE(next) << next.error().message();
  EXPECT_GT(*next, k_account);
}

INSTANTIATE_TEST_SUITE_P(Stores, HoldingsTest, testing::Values(store::Dialect::sqlite, store::Dialect::postgresql),
                         [](const auto& each) {
                           return each.param == store::Dialect::sqlite ? "Sqlite" : "Postgresql";
                         });

}  // namespace
}  // namespace pitchblende::cli
