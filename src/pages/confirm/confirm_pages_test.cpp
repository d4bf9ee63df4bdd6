// Links, campaigns and workbooks through their forms: who may, what is typed wrong, what is forged, what is marked up.
#include "confirm/errors.hpp"
#include "pages/confirm/upkeep_fixture.hpp"
#include "registry/upkeep.hpp"

namespace pitchblende::pages {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST_F(UpkeepTest, ALinkShowsTheCardAndOneClickIsEnough) {
  const std::string here = "/fr/confirm/" + link_to(camille());
  const std::string page = body(here);
  EXPECT_THAT(page, HasSubstr("Camille Exemple"));
  EXPECT_THAT(page, HasSubstr("camille@example.org")) << "rule 3: what is kept of him, too";
  EXPECT_THAT(page, HasSubstr("noindex"));
  EXPECT_FALSE(find(camille()).card->verified) << "rule 1: a mail scanner opened it";
  EXPECT_FALSE(get(here).shared);
  EXPECT_EQ(send("", here, {}).status, 403) << "a form that is not from our page";
  EXPECT_EQ(send(here, "/fr/confirm/" + std::string(64, '0'), {}).status, 404) << "a forged link";
  const http::Answer done = send(here, here, {});
  ASSERT_EQ(done.status, 303) << done.body;
  EXPECT_EQ(location(done), here + "/done");
  EXPECT_THAT(body(here + "/done"), HasSubstr("Vous avez dit que tout est juste"));
  EXPECT_TRUE(find(camille()).card->verified);
  const std::string used = body(here, {}, 410);
  EXPECT_THAT(used, HasSubstr("1er mars 2026"));
  EXPECT_THAT(used, Not(HasSubstr("Exemple"))) << "rule 2: a link that is over tells nothing of the card";
  EXPECT_EQ(location(get("/en/confirm/" + link_to(camille()) + "/done")).find("/en/confirm/"), 0U);
}

// A group has thousands of links: what they are called is asked of the index at once, not of each card.
TEST_F(UpkeepTest, WhatACardLeadsToIsNamedByTheIndex) {
  make_stored_card_another(id_of("name:institut essai"), id_of("name:institut autre"));
  const std::string page = body("/en/confirm/" + link_to(camille()));
  EXPECT_THAT(page, HasSubstr("Institut Essai (since 2015)"));
  EXPECT_THAT(page, HasSubstr("aria-label=\"Institut Essai\""));
}

TEST_F(UpkeepTest, AnUntouchedFormIsNoCorrection) {
  const std::string here = "/en/confirm/" + link_to(camille());
  const http::Answer none = send(here, here + "/correct", form_on(body(here)));
  EXPECT_EQ(none.status, 422);
  EXPECT_THAT(none.body, HasSubstr("<li>Nothing was changed"));
  const std::string equipment = "/en/confirm/" + link_to(id_of("serial:S-1"));
  EXPECT_EQ(send(equipment, equipment + "/correct", form_on(body(equipment))).status, 422)
      << "codes, links and flags come back as they were";
}

TEST_F(UpkeepTest, CorrectionsOfEveryKindOfField) {
  const Id id = id_of("serial:S-1");
  const std::string here = "/fr/confirm/" + link_to(id);
  http::Pairs form = form_on(body(here));
  type(form, "condition", "working", "broken");
  type(form, "names", "Cytomètre zorg", "Cytomètre <b>zorg</b>");
  type(form, "training_needed", "", "true");
  type(form, "acquired", "", "2019-04");
  type(form, "owners", "", "Institut Essai");
  form.emplace_back("comment", "<script>alert(1)</script>");
  const http::Answer done = send(here, here + "/correct", form);
  ASSERT_EQ(done.status, 303) << done.body.substr(0, 3000);
  EXPECT_EQ(text_of(id, "condition"), "broken");
  EXPECT_EQ(text_of(id, "training_needed"), "true");
  EXPECT_EQ(text_of(id, "acquired"), "2019-04");
  EXPECT_EQ(id_of(text_of(id, "owners")), id_of("name:institut essai"));
  EXPECT_THAT(body("/fr/equipment/" + id.text()), HasSubstr("Cytomètre &lt;b&gt;zorg"));
  EXPECT_THAT(body("/fr/curation/things/" + id.text(), staff_member), Not(HasSubstr("<script>alert")));
}

// docs/rules/confirm.md, rules 26 to 29: somebody moved, without script.
TEST_F(UpkeepTest, APositionEndsAndAnotherBegins) {
  const auto positions = [&] {
    std::vector<std::string> out;
    const registry::Card card = find(camille()).card.value();
    for (const auto& each : confirm::standing(card, registry::field(card.kind, "positions"))) {
      const confirm::Tenure tenure = confirm::tenure_of(each.value);
      out.push_back(tenure.role + "/" + tenure.kind + "/" + tenure.from + "/" + tenure.to);
    }
    return out;
  };
  ASSERT_THAT(positions(), testing::ElementsAre("//2015/"));
  const std::string here = "/en/confirm/" + link_to(camille());
  http::Pairs form = form_on(body(here));
  type_row(form, "positions", "Institut Essai", 'u', "2014");
  const http::Answer backwards = send(here, here + "/correct", form);
  EXPECT_EQ(backwards.status, 422);
  EXPECT_THAT(backwards.body, HasSubstr("Ends on 2014, before it begins on 2015"));
  EXPECT_THAT(backwards.body, HasSubstr("value=\"2014\"")) << "what was typed is still there";
  type_row(form, "positions", "Institut Essai", 'u', "2025-12");
  type_row(form, "positions", "", 'v', "Institut Autre");
  type_row(form, "positions", "", 'r', "leader");
  type_row(form, "positions", "", 'k', "researcher");
  type_row(form, "positions", "", 'f', "2026-01-01");
  const http::Answer done = send(here, here + "/correct", form);
  ASSERT_EQ(done.status, 303) << done.body.substr(0, 3000);
  EXPECT_THAT(positions(), testing::UnorderedElementsAre("//2015/2025-12", "leader/researcher/2026-01-01/"));
  const std::string again = "/en/confirm/" + link_to(camille());
  http::Pairs never = form_on(body(again));
  type_row(never, "positions", "Institut Autre", 'x', "yes");
  ASSERT_EQ(send(again, again + "/correct", never).status, 303);
  EXPECT_THAT(positions(), testing::ElementsAre("//2015/2025-12"));
}

TEST_F(UpkeepTest, ANameThatIsNotKnownIsKeptOnlyWhenThatIsMeant) {
  const std::string here = "/en/confirm/" + link_to(camille());
  http::Pairs form = form_on(body(here));
  type_row(form, "positions", "", 'v', "Far <b>away");
  const http::Answer told = send(here, here + "/correct", form);
  EXPECT_EQ(told.status, 422);
  EXPECT_THAT(told.body, HasSubstr("Keep this name as it is"));
  EXPECT_THAT(told.body, HasSubstr("Far &lt;b&gt;away"));
  type_row(form, "positions", "", 'o', "yes");
  ASSERT_EQ(send(here, here + "/correct", form).status, 303);
  EXPECT_THAT(body("/en/person/" + camille().text()), HasSubstr("Far &lt;b&gt;away"));
}

TEST_F(UpkeepTest, WhatCannotBeTakenStaysInTheFormWithItsReason) {
  const std::string here = "/en/confirm/" + link_to(camille());
  http::Pairs form = form_on(body(here));
  type(form, "orcid", "", "0000-0002-1825-0098");
  type(form, "homepage", "", "javascript:alert(1)");
  type(form, "positions", "", "Nowhere at all");
  type(form, "family_name", "Exemple", "Durand");
  const http::Answer told = send(here, here + "/correct", form);
  EXPECT_EQ(told.status, 422);
  for (const char* part : {"value=\"0000-0002-1825-0098\"", "value=\"javascript:alert(1)\"", "value=\"Nowhere at all\"",
                           "value=\"Durand\"", "is not known here", "role=\"alert\""}) {
    EXPECT_THAT(told.body, HasSubstr(part));
  }
  EXPECT_EQ(text_of(camille(), "family_name"), "Exemple");
}

TEST_F(UpkeepTest, TheSecondGetsHisOwnWordsBackBesideTheNewerOnes) {
  const std::string first = "/en/confirm/" + link_to(camille());
  const std::string second = "/en/confirm/" + link_to(camille());
  http::Pairs one = form_on(body(first));
  http::Pairs two = form_on(body(second));
  type(one, "family_name", "Exemple", "Premier");
  type(two, "family_name", "Exemple", "Second");
  type(two, "skills", "cytométrie", "cytométrie spectrale");
  ASSERT_EQ(send(first, first + "/correct", one).status, 303);
  const http::Answer late = send(second, second + "/correct", two);
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("value=\"Second\""));
  EXPECT_THAT(late.body, HasSubstr("<strong>Premier</strong>"));
  EXPECT_THAT(late.body, HasSubstr("value=\"cytométrie spectrale\""));
  EXPECT_EQ(text_of(camille(), "family_name"), "Premier");
  // Sent again as it stands on the page, his words hold.
  ASSERT_EQ(send(second, second + "/correct", form_on(late.body)).status, 303);
  EXPECT_EQ(text_of(camille(), "family_name"), "Second");
  EXPECT_EQ(text_of(camille(), "skills"), "cytométrie spectrale");
}

// Rule 10: nor are they lost with the link.
TEST_F(UpkeepTest, WhoComesAfterTheLinkServedGetsHisOwnWordsBack) {
  const std::string here = "/fr/confirm/" + link_to(camille());
  http::Pairs late = form_on(body(here));
  type(late, "skills", "cytométrie", "cytométrie <b>spectrale");
  type_row(late, "positions", "Institut Essai", 'u', "2025-12");
  late.emplace_back("comment", "Une longue explication que je tape depuis vingt minutes.");
  ASSERT_EQ(send(here, here, {}).status, 303);
  // Its page opens no more: the token is of another one of this browser.
  const std::string other = "/fr/confirm/" + link_to(id_of("serial:S-1"));
  const http::Answer told = send(other, here + "/correct", late);
  EXPECT_EQ(told.status, 410);
  for (const char* part : {"Ce lien a servi le 1er mars 2026", "Ce que vous aviez écrit",
                           "cytométrie &lt;b&gt;spectrale</textarea>", "depuis vingt minutes.</textarea>",
                           "Institut Essai, 2015, 2025-12</textarea>", "Répondez à ceux qui vous ont écrit"}) {
    EXPECT_THAT(told.body, HasSubstr(part));
  }
  EXPECT_THAT(told.body, Not(HasSubstr("camille@example.org"))) << "rule 2: nothing that he did not send";
  EXPECT_THAT(told.body, Not(HasSubstr("id=\"typed-4\""))) << "what he left alone is no word of his";
  EXPECT_EQ(text_of(camille(), "skills"), "cytométrie");
  // Taken back meanwhile.
  const std::string taken = link_to(camille());
  const http::Pairs form = late;
  ASSERT_TRUE(store->write(
      [&](store::Transaction& transaction) { return confirm.revoke(transaction, confirm.ask_of(taken).value().id); }));
  const http::Answer revoked = send(other, "/en/confirm/" + taken + "/correct", form);
  EXPECT_EQ(revoked.status, 410);
  EXPECT_THAT(revoked.body, HasSubstr("taken back by those who sent it"));
  EXPECT_THAT(revoked.body, HasSubstr("depuis vingt minutes.</textarea>"));
}

TEST_F(UpkeepTest, TheFormOfAnotherCardChangesNothingThatItDidNotShow) {
  const std::string own = "/en/confirm/" + link_to(camille());
  const std::string others = "/en/confirm/" + link_to(id_of("local:a/A2"));
  http::Pairs form = form_on(body(others));
  type(form, "family_name", "Solitaire", "Volée");
  const http::Answer answer = send(own, own + "/correct", form);
  EXPECT_NE(answer.status, 303);
  EXPECT_EQ(text_of(camille(), "family_name"), "Exemple");
  EXPECT_EQ(text_of(id_of("local:a/A2"), "family_name"), "Solitaire") << "a link opens its own card alone";
}

TEST_F(UpkeepTest, RubbishInTheFormIsPassedOver) {
  const std::string here = "/en/confirm/" + link_to(camille());
  for (const std::string& stood :
       {std::string("nonsense - - "), std::string("local_id - - a/A1"), std::string("x"), std::string("names"),
        std::string("family_name fr"), std::string("orcid - ffff x")}) {
    const http::Answer answer = send(here, here + "/correct", {{"s0", stood}, {"v0", "<i>"}});
    EXPECT_TRUE(answer.status == 422 || answer.status == 409) << stood << answer.status;
  }
  EXPECT_EQ(text_of(camille(), "family_name"), "Exemple");
}

TEST_F(UpkeepTest, ACampaignFromChoosingToItsAnswers) {
  EXPECT_EQ(get("/fr/admin/campaigns").status, 303) << "a visitor signs in first";
  EXPECT_EQ(get("/fr/admin/campaigns", researcher).status, 403);
  const std::string list = "/en/admin/campaigns";
  EXPECT_EQ(send(list, list, {{"title", ""}, {"days", "30"}}, staff_member).status, 422);
  const http::Answer nobody = send(list, list, {{"title", "<b>x"}, {"days", "30"}, {"whole", "Nowhere"}}, staff_member);
  EXPECT_EQ(nobody.status, 422);
  EXPECT_THAT(nobody.body, HasSubstr("value=\"&lt;b&gt;x\""));
  EXPECT_EQ(send(list, list, {{"title", "x"}, {"days", "9999"}}, staff_member).status, 422);
  const http::Answer made = send(list, list,
                                 {{"title", "Spring <b>"},
                                  {"days", "20"},
                                  {"kind", "person"},
                                  {"whole", "Institut Essai"},
                                  {"note_fr", "Merci d’avance <i>à tous</i>."},
                                  {"note_en", "Thanks."}},
                                 staff_member);
  ASSERT_EQ(made.status, 303) << made.body.substr(0, 2000);
  const std::string here = location(made);
  const std::string preview = body(here, staff_member);
  EXPECT_THAT(preview, HasSubstr("Spring &lt;b&gt;"));
  EXPECT_THAT(preview, HasSubstr("Write to 2 people"));
  EXPECT_THAT(preview, HasSubstr("Merci d’avance &lt;i&gt;"));
  EXPECT_THAT(preview, HasSubstr("<p>Thanks.</p>")) << "the letter in the other language too";
  EXPECT_THAT(preview, HasSubstr("<div class=\"letter\" lang=\"en\">"));
  EXPECT_THAT(preview, HasSubstr("<div class=\"letter\" lang=\"fr\">"));
  EXPECT_THAT(preview, HasSubstr("noa@example.org"));
  EXPECT_EQ(outbox.rows(0, 10)->size(), 0U) << "nothing goes before it was seen";
  EXPECT_EQ(send(here, here + "/send", {}, researcher).status, 403);
  ASSERT_EQ(send(here, here + "/send", {}, staff_member).status, 303);
  EXPECT_EQ(outbox.rows(0, 10)->size(), 2U);
  const std::string sent = body(here, staff_member);
  EXPECT_THAT(sent, HasSubstr("not answered"));
  EXPECT_THAT(sent, Not(HasSubstr("/send\"")));
  EXPECT_EQ(send(here, here + "/drop", {}, staff_member).status, 409);
  EXPECT_THAT(get("/en/admin/campaigns.csv", staff_member).body, HasSubstr("Spring <b>"));
  EXPECT_EQ(get("/en/admin/campaigns.csv", researcher).status, 403);
  const http::Answer csv = get(here + "/answers.csv", staff_member);
  EXPECT_THAT(csv.body, HasSubstr("\"camille@example.org\""));
  EXPECT_EQ(csv.type, "text/csv; charset=utf-8");
  ASSERT_EQ(send(here, "/en/admin/asks/1/revoke", {}, staff_member).status, 303);
  EXPECT_THAT(body(here, staff_member), HasSubstr("link taken back"));
  EXPECT_EQ(send(here, "/en/admin/asks/99/revoke", {}, staff_member).status, 404);
  EXPECT_EQ(body("/en/admin/campaigns/99", staff_member, 404).find("Spring"), std::string::npos);
  EXPECT_EQ(access.audit().entries(0, 1)->front().deed.verb, "revoke");
}

// Rule 24.
TEST_F(UpkeepTest, AWorkbookIsForThoseWhoseItIs) {
  const Id platform = id_of("name:plateforme d'essai");
  const Id institute = id_of("name:institut essai");
  const std::string here = "/en/workbooks/" + platform.text();
  EXPECT_EQ(get(here).status, 303);
  EXPECT_EQ(get(here, researcher).status, 403);
  EXPECT_EQ(get("/en/workbooks/" + institute.text(), manager).status, 403)
      << "his platform, not all of its institution";
  EXPECT_THAT(body("/en/workbooks", manager), HasSubstr(here));
  EXPECT_EQ(location(get("/en/workbooks?of=Plateforme+d%27essai", staff_member)), here);
  EXPECT_EQ(get("/en/workbooks?of=Nowhere", staff_member).status, 422);
  body(here, manager);
  const http::Answer file = send(here, here + "/make", {}, manager);
  ASSERT_EQ(file.status, 200) << file.body.substr(0, 500);
  EXPECT_TRUE(file.body.starts_with("PK"));
  EXPECT_EQ(send(here, "/en/workbooks/" + institute.text() + "/make", {}, manager).status, 403);
  const http::Answer same = send_file(here, here + "/files", file.body, manager);
  ASSERT_EQ(same.status, 303) << "the dry run has an address of its own";
  EXPECT_THAT(body(location(same), manager), HasSubstr("No cell was changed"));
  EXPECT_THAT(body("/en/workbooks", manager), Not(HasSubstr("/readings/"))) << "nothing waits";
  const http::Answer lie = send_file(here, here + "/files", "<html>", manager);
  EXPECT_EQ(lie.status, 422);
  EXPECT_THAT(lie.body, HasSubstr("role=\"alert\""));
  EXPECT_EQ(send_file(here, here + "/files", "", manager).status, 422);
  const http::Answer whole =
      send("/en/workbooks/" + institute.text(), "/en/workbooks/" + institute.text() + "/make", {}, staff_member);
  ASSERT_EQ(whole.status, 200);
  EXPECT_EQ(send_file(here, here + "/files", whole.body, manager).status, 403) << "another one's workbook";
}

// Rule 23.
TEST_F(UpkeepTest, WhatAWorkbookWouldChangeIsShownBeforeItIs) {
  const Id platform = id_of("name:plateforme d'essai");
  const std::string here = "/en/workbooks/" + platform.text();
  // What came back, as a reading: the file itself is tested beside the slice.
  const confirm::MadeWorkbook made =
      workbooks.make(platform, 0, access::Viewer::everything(), Language::french, {}).value();
  confirm::Reading reading = workbooks.read(made.bytes, "x.xlsx", platform).value();
  const registry::FieldId field = registry::field(registry::Kind::equipment, "room");
  reading.changes.push_back({id_of("serial:S-1"),
                             registry::Kind::equipment,
                             "Cytomètre zorg",
                             {{{{field, {}, {}, {}, "<b>B12"}, {}, "<b>B12"}, confirm::CellFate::applied, {}, {}}}});
  reading.findings.push_back({"Équipements", 7, {}, Error(confirm::errors::id_foreign, camille().text())});
  const int64_t number = workbooks.keep(reading, 0, {}).value();
  const std::string read = "/en/workbooks/readings/" + std::to_string(number);
  EXPECT_EQ(get(read, researcher).status, 403);
  const std::string dry = body(read, manager);
  EXPECT_THAT(dry, HasSubstr("&lt;b&gt;B12"));
  EXPECT_THAT(dry, HasSubstr("Apply 1 corrections"));
  EXPECT_EQ(text_of(id_of("serial:S-1"), "room"), "");
  EXPECT_THAT(dry, HasSubstr("was not in this workbook")) << "what could not be read is kept with it";
  EXPECT_THAT(body("/en/workbooks", manager), HasSubstr(read));
  EXPECT_THAT(body(here, manager), HasSubstr(read));
  EXPECT_THAT(body("/en/workbooks", account("rene@example.org", access::Role::team_leader, camille())),
              Not(HasSubstr(read)));
  const http::Answer csv = get(read + "/changes.csv", manager);
  EXPECT_THAT(csv.body, HasSubstr("<b>B12"));
  EXPECT_THAT(csv.body, HasSubstr("was not in this workbook"));
  EXPECT_EQ(get(read + "/changes.csv", researcher).status, 403);
  EXPECT_EQ(send(read, read + "/apply", {}, researcher).status, 403);
  const http::Answer done = send(read, read + "/apply", {}, manager);
  EXPECT_EQ(done.status, 200) << done.body.substr(0, 1000);
  EXPECT_THAT(done.body, HasSubstr("The corrections are stored"));
  EXPECT_EQ(text_of(id_of("serial:S-1"), "room"), "<b>B12");
  EXPECT_EQ(send(here, read + "/apply", {}, manager).status, 409) << "once";
  EXPECT_THAT(body("/en/workbooks", manager), Not(HasSubstr(read)));
  EXPECT_EQ(get("/en/workbooks/readings/99", manager).status, 404);
}

class ReadingTest : public UpkeepTest {
 protected:
  // A reading that gives the cytometer a room.
  int64_t kept() {
    const Id platform = id_of("name:plateforme d'essai");
    const confirm::MadeWorkbook made =
        workbooks.make(platform, 0, access::Viewer::everything(), Language::french, {}).value();
    confirm::Reading reading = workbooks.read(made.bytes, "x.xlsx", platform).value();
    const registry::FieldId field = registry::field(registry::Kind::equipment, "room");
    reading.changes.push_back({id_of("serial:S-1"),
                               registry::Kind::equipment,
                               "Cytomètre zorg",
                               {{{{field, {}, {}, {}, "B12"}, {}, "B12"}, confirm::CellFate::applied, {}, {}}}});
    return workbooks.keep(reading, 0, {}).value();
  }
};

// A site whose jobs are worked.
class WorkedLaterTest : public ReadingTest {
 protected:
  void extend(Settings& settings) override {
    m_jobs.emplace(*store, clock);
    settings.jobs = &*m_jobs;
    settings.work_posted = [this] { ++m_posted; };
  }
  void SetUp() override {
    UpkeepTest::SetUp();
    pages->add_work(*m_jobs);
  }

  std::optional<jobs::Jobs> m_jobs;
  int m_posted = 0;
};

// Rule 32.
TEST_F(WorkedLaterTest, AWorkbookIsAppliedByAJobAndItsPageSaysSo) {
  const std::string read = "/en/workbooks/readings/" + std::to_string(kept());
  const http::Answer begun = send(read, read + "/apply", {}, manager);
  ASSERT_EQ(begun.status, 303) << begun.body.substr(0, 1000);
  EXPECT_EQ(location(begun), read + "?wait=1");
  EXPECT_EQ(m_posted, 1) << "who works jobs is woken";
  EXPECT_EQ(text_of(id_of("serial:S-1"), "room"), "") << "nothing is done while he waits for the answer";
  const std::string page = body(read, manager);
  EXPECT_THAT(page, HasSubstr("The corrections are being applied."));
  EXPECT_THAT(page, Not(HasSubstr(read + "/apply"))) << "no second time";
  EXPECT_EQ(send("/en/account", read + "/apply", {}, manager).status, 409);
  EXPECT_EQ(m_jobs->run_due().value(), 1);
  EXPECT_EQ(text_of(id_of("serial:S-1"), "room"), "B12");
  EXPECT_THAT(body(read, manager), HasSubstr("The corrections are stored"));
  EXPECT_EQ(registry::decided_on(*store, id_of("serial:S-1"))->front().who, "dominique@example.org");
  EXPECT_EQ(m_jobs->run_due().value(), 0) << "the job is over";
}

// docs/rules/confirm.md, rule 32.
TEST_F(WorkedLaterTest, AJobOfAReadingThatIsAppliedAlreadyDoesNothing) {
  const int64_t number = kept();
  ASSERT_TRUE(workbooks.apply(number, "curator@example.org", {}));
  ASSERT_TRUE(store->write([&](store::Transaction& db) {
    return m_jobs->post(db, {"confirm.apply", std::to_string(number), "1", {}});
  }));
  EXPECT_EQ(m_jobs->run_due().value(), 1);
  EXPECT_TRUE(m_jobs->rows(10)->empty()) << "it has not failed, and is not tried again";
  EXPECT_EQ(registry::decided_on(*store, id_of("serial:S-1"))->front().who, "curator@example.org");
}

// The workbooks that came back, sorted and as a file, for who may have them.
TEST_F(ReadingTest, WorkbooksThatWaitAreAListAndAFile) {
  kept();
  kept();
  const std::string page = body("/en/workbooks?sort=-made", manager);
  EXPECT_THAT(page, HasSubstr("aria-sort=\"descending\""));
  EXPECT_THAT(page, HasSubstr("/en/workbooks.csv?sort=-made"));
  const http::Answer file = get("/en/workbooks.csv", manager);
  EXPECT_EQ(file.status, 200);
  EXPECT_TRUE(file.type.starts_with("text/csv"));
  EXPECT_EQ(std::count(file.body.begin(), file.body.end(), '\n'), 3) << file.body;
  EXPECT_THAT(file.body, HasSubstr("Plateforme d'essai,Platform,"));
  EXPECT_THAT(get("/en/workbooks.csv", account("rene@example.org", access::Role::team_leader, camille())).body,
              Not(HasSubstr("Plateforme")));
  EXPECT_EQ(get("/en/workbooks.csv").status, 303);
}

TEST_F(UpkeepTest, ATextThatIsTooLongIsSaidAndNotCut) {
  const std::string list = "/en/admin/campaigns";
  std::string note(999, 'n');
  note += "é";
  http::Pairs form{{"title", "x"}, {"days", "30"}, {"note_fr", note + "é"}};
  const http::Answer told = send(list, list, form, staff_member);
  EXPECT_EQ(told.status, 422);
  EXPECT_THAT(told.body, HasSubstr("“A word in the French letters” has 1,000 characters at most; this has 1,001"));
  EXPECT_THAT(told.body, HasSubstr(note + "é")) << "what was typed is still there";
  form.back().second = note;
  const http::Answer made = send(list, list, form, staff_member);
  ASSERT_EQ(made.status, 303) << "letters are counted, not bytes";
  EXPECT_THAT(body(location(made), staff_member), HasSubstr(note));
}

TEST_F(UpkeepTest, AWordAloneIsShownWithTheCampaign) {
  const std::string here = "/en/confirm/" + link_to(camille());
  http::Pairs form = form_on(body(here));
  form.emplace_back("comment", "I leave in <May>");
  const http::Answer done = send(here, here + "/correct", form);
  ASSERT_EQ(done.status, 303) << done.body.substr(0, 1000);
  EXPECT_THAT(body(location(done)), HasSubstr("Your word is kept"));
  const std::string campaign = body("/en/admin/campaigns/1", staff_member);
  EXPECT_THAT(campaign, HasSubstr("I leave in &lt;May&gt;"));
  EXPECT_THAT(campaign, HasSubstr("left a word"));
  EXPECT_THAT(get("/en/admin/campaigns/1/answers.csv", staff_member).body, HasSubstr("I leave in <May>"));
  EXPECT_THAT(body("/en/curation/things/" + camille().text(), staff_member), HasSubstr("I leave in &lt;May&gt;"));
}

TEST_F(UpkeepTest, TheLetterSaysWhatItIsAbout) {
  confirm::Campaign campaign;
  campaign.title = "Essai";
  campaign.choice.kinds = {registry::Kind::person, registry::Kind::equipment};
  campaign.notes = {{"fr", "Un mot\nBcc: evil@example.org"}};
  const int64_t number = campaigns.draft(campaign, {}).value();
  const std::string here = "/fr/admin/campaigns/" + std::to_string(number);
  ASSERT_EQ(send(here, here + "/send", {}, staff_member).status, 303);
  EXPECT_EQ(outbox.rows(0, 10)->front().kind, "confirm");
  EXPECT_THAT(body("/fr/admin/outbox", root), HasSubstr("Fiche à vérifier"));
}

}  // namespace
}  // namespace pitchblende::pages
