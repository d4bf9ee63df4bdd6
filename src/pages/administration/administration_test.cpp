#include "pages/administration/administration.hpp"

#include "asked_site.hpp"
#include "pages/confirm/upkeep_fixture.hpp"

namespace pitchblende::pages {

namespace {

using testing::HasSubstr;
using testing::Not;

class AdministrationTest : public UpkeepTest {
 protected:
  AdministrationTest()
      : m_contacts(*store),
        m_files(*store, clock, folder.path("files")),
        m_jobs(*store, clock),
        m_intake({*store,
                  clock,
                  *pool,
                  m_files,
                  m_jobs,
                  access.audit(),
                  folder.path("reading"),
                  {},
                  [](int64_t) -> Result<bool> { return true; }}),
        m_membership(*store, *pool),
        m_texts(*store, clock) {}
  void extend(Settings& settings) override {
    settings.intake = &m_intake;
    settings.jobs = &m_jobs;
    settings.membership = &m_membership;
    settings.texts = &m_texts;
    settings.desk.contacts = &m_contacts;
    settings.clock = &clock;
  }
  std::string institution_administrator(const std::string& reference) {
    return account("admin@example.org", access::Role::institution_administrator, id_of(reference));
  }
  http::Answer write(const std::string& name, const http::Pairs& fields, const std::string& who) {
    return send("/en/admin/texts/home", "/en/admin/texts/" + name, fields, who);
  }

  access::Contacts m_contacts;
  files::Files m_files;
  jobs::Jobs m_jobs;
  intake::IntakeRoom m_intake;
  membership::Memberships m_membership;
  texts::Texts m_texts;
};

// docs/rules/texts.md, rules 2, 3 and 5.
TEST_F(AdministrationTest, ATextIsPreviewedThenWrittenThenRead) {
  EXPECT_THAT(body("/en/about"), HasSubstr("Why a consortium"));
  const http::Pairs text{
      {"revision", "0"}, {"french", "# Qui\nBonjour"}, {"english", "# Who\n*Hello* [out](https://a.example)"}};
  http::Pairs preview = text;
  preview.emplace_back("do", "preview");
  const auto seen = write("about", preview, staff_member);
  EXPECT_EQ(seen.status, 200);
  EXPECT_THAT(seen.body, HasSubstr("<h3>Who</h3>"));
  EXPECT_THAT(seen.body, HasSubstr("<em>Hello</em>"));
  EXPECT_THAT(seen.body, HasSubstr("\n# Qui\nBonjour</textarea>")) << "what was typed stays";
  EXPECT_EQ(m_texts.text("about")->revision, 0) << "a preview stores nothing";
  const auto saved = write("about", text, staff_member);
  EXPECT_EQ(saved.status, 303);
  EXPECT_EQ(location(saved), "/en/admin/texts/about?saved=1");
  const std::string page = body("/en/about");
  EXPECT_THAT(page, HasSubstr("<h2>Who</h2>"));
  EXPECT_THAT(page, HasSubstr("class=\"out\" rel=\"external noopener\">out<span class=\"hidden\"> (leaves this site)"));
  EXPECT_THAT(page, Not(HasSubstr("Why a consortium")));
  EXPECT_THAT(body("/fr/about"), HasSubstr("<h2>Qui</h2>"));
  EXPECT_EQ(write("about", {{"revision", "1"}, {"french", "# Qui\nBonjour"}, {"english", ""}}, root).status, 303);
  EXPECT_THAT(body("/en/about"), HasSubstr("Why a consortium")) << "emptied, the program's own stands again";
  const std::string older = body("/en/admin/texts/about?version=1", staff_member);
  EXPECT_THAT(older, HasSubstr("*Hello*"));
  EXPECT_THAT(older, HasSubstr("name=\"revision\" value=\"2\""));
  EXPECT_THAT(older, HasSubstr("staff@example.org"));
  EXPECT_THAT(body("/en/admin/texts/about/history.csv", staff_member), HasSubstr("\r\n1,"));
  EXPECT_THAT(access.audit().entries(0, 1)->front().deed.detail, "about");
}

// Rule 4.
TEST_F(AdministrationTest, OfTwoWhoWriteATextAtOnceNobodyLosesHisWords) {
  ASSERT_EQ(write("home", {{"revision", "0"}, {"french", "le premier"}, {"english", "the first"}}, root).status, 303);
  const auto late =
      write("home", {{"revision", "0"}, {"french", "le second"}, {"english", "<b>the second</b>"}}, staff_member);
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("le premier</dd>"));
  EXPECT_THAT(late.body, HasSubstr("the first</dd>"));
  EXPECT_THAT(late.body, HasSubstr("le second</textarea>"));
  EXPECT_THAT(late.body, HasSubstr("&lt;b&gt;the second&lt;/b&gt;</textarea>"));
  EXPECT_THAT(late.body, HasSubstr("name=\"revision\" value=\"1\""));
  EXPECT_EQ(m_texts.text("home")->french, "le premier");
  EXPECT_EQ(write("home", {{"revision", "1"}, {"french", "les deux"}, {"english", "both"}}, staff_member).status, 303);
  EXPECT_THAT(body("/fr/"), HasSubstr("<p>les deux</p>"));
}

TEST_F(AdministrationTest, OfATextWrittenMeanwhileOnlyWhatDiffersIsShown) {
  ASSERT_EQ(write("home", {{"revision", "0"}, {"french", "le premier"}, {"english", "the same"}}, root).status, 303);
  const auto late = write("home", {{"revision", "0"}, {"french", "le second"}, {"english", "the same"}}, staff_member);
  EXPECT_THAT(late.body, HasSubstr("le premier</dd>"));
  EXPECT_THAT(late.body, Not(HasSubstr("the same</dd>")));
  EXPECT_THAT(late.body, HasSubstr("Somebody else changed this text meanwhile: what they stored is shown"));
}

// A letter that the mail server did not take is no letter that waits its turn.
TEST_F(AdministrationTest, ALetterThatWaitsAfterAFailedTryIsCountedAndSaidInWords) {
  EXPECT_THAT(body("/fr/admin", root), Not(HasSubstr("après un échec")));
  ASSERT_TRUE(store->write([&](store::Transaction& transaction) -> Result<void> {
    mail::Letter letter;
    letter.to = "lou@example.org";
    letter.kind = "role_given";
    TRY(outbox.post(transaction, letter));
    TRY(transaction.execute("UPDATE letter SET tries = 1, reason = ?",
                            {"the mail server cannot be reached: Could not connect <b>"}));
    return {};
  }));
  EXPECT_THAT(body("/fr/admin", root), HasSubstr("message attend après un échec"));
  EXPECT_THAT(body("/en/admin", root), HasSubstr("letter waits after a try that failed"));
  const std::string french = body("/fr/admin/outbox", root);
  EXPECT_THAT(french, HasSubstr("en attente, après un échec"));
  EXPECT_THAT(french, HasSubstr("Le serveur de courriel est injoignable\u00a0: Could not connect &lt;b&gt;"));
  EXPECT_THAT(body("/en/admin/outbox", root), HasSubstr("The mail server cannot be reached: Could not connect"));
}

// docs/rules/access.md, rule 13.
TEST_F(AdministrationTest, TheLogSaysWhatItsNumbersStandFor) {
  const Id instrument = id_of("name:cytomètre zorg");
  const int64_t camille_s = (*access.actor(researcher))->account;
  ASSERT_TRUE(access.do_audited({camille_s, "read_calendar", "equipment", static_cast<int64_t>(instrument.bits()), {}},
                                [](store::Transaction&) { return Result<void>(); }));
  ASSERT_TRUE(access.do_audited({0, "train", "account", camille_s, instrument.text()},
                                [](store::Transaction&) { return Result<void>(); }));
  ASSERT_TRUE(access.do_audited({999, "decide", "decision", 3, "different"},
                                [](store::Transaction&) { return Result<void>(); }));
  const std::string page = body("/fr/admin/audit", root);
  const std::string number = std::to_string(camille_s);
  const std::string person = "<a href=\"/fr/person/" + camille().text() + "\" dir=\"auto\">";
  const std::string thing = "Cytomètre zorg · " + instrument.text();
  EXPECT_THAT(page, HasSubstr(person + "Camille Exemple · " + number));
  EXPECT_THAT(page, HasSubstr("/fr/equipment/" + instrument.text() + "\" dir=\"auto\">appareil " + thing));
  EXPECT_THAT(page, HasSubstr(person + "compte Camille Exemple · " + number));
  EXPECT_THAT(page, HasSubstr(">" + thing + "</a>")) << "of whom a training was for";
  EXPECT_THAT(page, HasSubstr("décision 3"));
  EXPECT_THAT(page, HasSubstr("Deux choses"));
  EXPECT_THAT(page, HasSubstr(">999<")) << "an account that is there no more";
  EXPECT_THAT(body("/en/admin/audit.csv", root), HasSubstr("instrument " + thing));
}

// A file has up to 100,000 rows: their names are asked of the index at once, not of each card.
TEST_F(AdministrationTest, TheLogsFileNamesThingsByTheIndex) {
  const Id institute = id_of("name:institut essai");
  ASSERT_TRUE(access.do_audited({0, "correct", "organisation", static_cast<int64_t>(institute.bits()), {}},
                                [](store::Transaction&) { return Result<void>(); }));
  make_stored_card_another(institute, id_of("name:institut autre"));
  EXPECT_THAT(body("/en/admin/audit", root), HasSubstr("institution Institut Autre · " + institute.text()));
  EXPECT_THAT(body("/en/admin/audit.csv", root), HasSubstr("institution Institut Essai · " + institute.text()));
}

TEST_F(AdministrationTest, AHostileTextIsText) {
  const std::string hostile =
      "<script>alert(1)</script>\n\n[x](javascript:alert(1)) [y](data:text/html,z) ![p](https://a.example/t.png)\n\n"
      "<a href=\"javascript:alert(1)\">q</a> {{form_token}} {{>begin}}";
  ASSERT_EQ(write("home", {{"revision", "0"}, {"french", hostile}, {"english", hostile}}, root).status, 303);
  for (const std::string& own :
       {body("/en/"), body("/fr/"), body("/en/admin/texts/home", root), body("/en/admin/texts/home?version=1", root)}) {
    const std::string page = tests::without_own_script(own);
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, Not(HasSubstr("href=\"javascript:")));
    EXPECT_THAT(page, Not(HasSubstr("href=\"data:")));
    EXPECT_THAT(page, Not(HasSubstr("<img src=\"https://a.example")));
  }
  EXPECT_THAT(body("/en/"), HasSubstr("{{form_token}}")) << "a text is no template";
  EXPECT_EQ(write("nowhere", {{"revision", "0"}, {"french", "x"}}, root).status, 404);
  EXPECT_EQ(write("home", {{"revision", "x"}, {"french", "x"}}, root).status, 409);
  EXPECT_EQ(write("home", {{"revision", "1"}, {"french", std::string(60'001, 'x')}}, root).status, 422);
  EXPECT_EQ(send("", "/en/admin/texts/home", {{"revision", "1"}, {"french", "x"}}, root).status, 403)
      << "a forged form";
  EXPECT_EQ(get("/en/admin/texts/home", researcher).status, 403);
}

TEST_F(AdministrationTest, ThereIsALegalNoticeOnceSomebodyHasWrittenIt) {
  EXPECT_EQ(get("/en/legal").status, 404);
  EXPECT_THAT(body("/en/"), Not(HasSubstr("/en/legal")));
  ASSERT_EQ(write("legal", {{"revision", "0"}, {"french", ""}, {"english", "Published by nobody."}}, root).status, 303);
  EXPECT_THAT(body("/en/legal"), HasSubstr("Published by nobody."));
  EXPECT_THAT(body("/en/"), HasSubstr("href=\"/en/legal\""));
  EXPECT_EQ(get("/fr/legal").status, 404);
}

// docs/rules/membership.md, rules 2 to 6.
TEST_F(AdministrationTest, ARoleOfAnInstitutionIsAddedCorrectedAndEnded) {
  const std::string list = "/en/admin/institutions";
  EXPECT_THAT(body("/en/"), HasSubstr("Institut Autre"));
  const auto added =
      send(list, list, {{"institution", "Institut Autre"}, {"role", "founder"}, {"from", "2007-04-25"}}, staff_member);
  EXPECT_EQ(added.status, 303);
  const std::string here = "/en/admin/institutions/" + id_of("name:institut autre").text();
  EXPECT_EQ(location(added), here + "?saved=1");
  EXPECT_THAT(body(list, staff_member), HasSubstr("25 April 2007"));
  const auto ended =
      send(here, here, {{"role", "member"}, {"mark", "2007/"}, {"from", "2007"}, {"to", "2020"}}, staff_member);
  EXPECT_EQ(ended.status, 303);
  EXPECT_EQ(send(here, here, {{"role", "member"}, {"mark", "2007/"}, {"from", "2007"}, {"to", "2021"}}, root).status,
            409);
  const std::string home = body("/en/");
  const std::string members = after(home, "id=\"members-title\"");
  EXPECT_THAT(members.substr(0, members.find("</section>")), Not(HasSubstr("Institut Autre"))) << "no longer a member";
  EXPECT_THAT(members.substr(0, members.find("</section>")), HasSubstr("Institut Essai"));
  const std::string card = body("/en/organisation/" + id_of("name:institut autre").text());
  EXPECT_THAT(card, HasSubstr("class=\"badge good\">founder<"));
  EXPECT_THAT(card, Not(HasSubstr("class=\"badge good\">member<"))) << "what it was is no word for what it is";
  EXPECT_EQ(send(here, here, {{"role", "founder"}, {"mark", "2007-04-25/"}, {"do", "take_away"}}, root).status, 303);
  EXPECT_THAT(body(here, root), Not(HasSubstr("name=\"role\" value=\"founder\"")));
  EXPECT_THAT(body("/en/admin/institutions.csv", root),
              HasSubstr("Institut Autre,member,2007,2020,ended,a decision\r\n"));
  EXPECT_THAT(access.audit().entries(0, 1)->front().deed.verb, "take_away_role");
}

// docs/rules/membership.md, rule 2.
TEST_F(AdministrationTest, AnInstitutionComesBackAsAMember) {
  const std::string list = "/en/admin/institutions";
  const std::string here = list + "/" + id_of("name:institut autre").text();
  ASSERT_EQ(
      send(here, here, {{"role", "member"}, {"mark", "2007/"}, {"from", "1999"}, {"to", "2007"}}, staff_member).status,
      303);
  const auto again = send(list, list, {{"institution", "Institut Autre"}, {"role", "member"}, {"from", "2012"}}, root);
  ASSERT_EQ(again.status, 303) << again.body;
  const std::string page = body(here, root);
  EXPECT_THAT(page, HasSubstr("name=\"mark\" value=\"1999/2007\""));
  EXPECT_THAT(page, HasSubstr("name=\"mark\" value=\"2012/\""));
  const auto met = send(here, here, {{"role", "member"}, {"mark", "2012/"}, {"from", "2006"}, {"to", "2013"}}, root);
  EXPECT_EQ(met.status, 409);
  EXPECT_THAT(met.body, HasSubstr("value=\"2013\"")) << "what was typed stays, in its own form";
  EXPECT_THAT(met.body, HasSubstr("value=\"1999\""));
  const std::string table = body("/en/admin/institutions.csv", root);
  EXPECT_THAT(table, HasSubstr("Institut Autre,member,1999,2007,ended"));
  EXPECT_THAT(table, HasSubstr("Institut Autre,member,2012,,"));
  const std::string card = body("/en/organisation/" + id_of("name:institut autre").text());
  EXPECT_THAT(card, HasSubstr("1999 – 2007"));
  EXPECT_THAT(card, HasSubstr("2012"));
}

TEST_F(AdministrationTest, WhatCannotBeSaidOfARoleIsToldBesideItsField) {
  const std::string list = "/en/admin/institutions";
  const auto add = [&](const std::string& institution, const std::string& role, const std::string& from,
                       const std::string& to) {
    return send(list, list, {{"institution", institution}, {"role", role}, {"from", from}, {"to", to}}, root);
  };
  const auto unknown = add("<script>alert(1)</script>", "founder", "2007", "");
  EXPECT_EQ(unknown.status, 422);
  EXPECT_THAT(unknown.body, HasSubstr("institution-problem"));
  EXPECT_THAT(unknown.body, Not(HasSubstr("<script>")));
  const auto backwards = add("Institut Autre", "founder", "2010", "2009");
  EXPECT_EQ(backwards.status, 422);
  EXPECT_THAT(backwards.body, HasSubstr("to-problem"));
  EXPECT_THAT(backwards.body, HasSubstr("value=\"2009\"")) << "what was typed stays";
  EXPECT_THAT(add("Institut Autre", "founder", "2010", "soon").body, HasSubstr("to-problem"));
  EXPECT_EQ(add("Institut Autre", "member", "2010", "").status, 409);
  EXPECT_EQ(add("Institut Autre", "king", "2010", "").status, 422);
  EXPECT_EQ(add(camille().text(), "member", "2010", "").status, 422) << "a person";
  EXPECT_EQ(get(list + "/0", root).status, 404);
  EXPECT_EQ(get(list, researcher).status, 403);
  EXPECT_EQ(get(list + ".csv", researcher).status, 403);
  EXPECT_EQ(send("", list, {{"institution", "Institut Autre"}, {"role", "founder"}}, root).status, 403);
}

TEST_F(AdministrationTest, ItBeginsWithWhatWaits) {
  const auto counted = [&](const std::string& page, const std::string& label) {
    return page.find("</strong> <span>" + label) != std::string::npos;
  };
  std::string page = body("/en/admin", root);
  EXPECT_TRUE(counted(page, "letters that failed"));
  ASSERT_TRUE(store->write([&](store::Transaction& db) -> Result<void> {
    TRY(m_jobs.post(db, {"nobody", "1", {}, {}}));
    TRY(db.execute("UPDATE job SET failed = 1, tries = 8, reason = 'no such host'"));
    return {};
  }));
  page = body("/en/admin", root);
  EXPECT_THAT(page, HasSubstr("<strong>1</strong> <span>job that failed"));
  EXPECT_THAT(page, HasSubstr("/en/admin/audit"));
  EXPECT_THAT(body("/en/admin", staff_member), Not(HasSubstr("/en/admin/audit"))) << "not his";
  const std::string jobs = body("/en/admin/jobs", staff_member);
  EXPECT_THAT(jobs, HasSubstr("no such host"));
  EXPECT_EQ(send("/en/admin/texts/home", "/en/admin/jobs/1/again", {}, staff_member).status, 303);
  EXPECT_FALSE(m_jobs.rows(1)->front().failed);
  EXPECT_EQ(send("/en/admin/texts/home", "/en/admin/jobs/1/again", {}, staff_member).status, 404);
  EXPECT_EQ(get("/en/admin", researcher).status, 403);
  EXPECT_EQ(get("/en/admin").status, 303);
  EXPECT_THAT(body("/en/", root), HasSubstr("href=\"/en/admin\""));
  EXPECT_THAT(body("/en/", researcher), Not(HasSubstr("/en/admin")));
}

TEST_F(AdministrationTest, AnInstitutionsAdministratorSeesItsOwnSourcesAlone) {
  pool::SourceSettings own = source("essai-staff", "people", sources::Mode::snapshot);
  own.institution_ref = "local:members/I1";
  import(own, "id,family name,given names,organisation,from\nB1,Nouveau,Sam,Institut Essai,2019\n");
  pool::SourceSettings other = source("autre-staff", "people", sources::Mode::snapshot);
  other.institution_ref = "local:members/I2";
  import(other, "id,family name,given names,organisation,from\nC1,Ailleurs,Max,Institut Autre,2019\n");
  settle();
  const std::string his = institution_administrator("local:members/I1");
  for (const std::string path : {"/en/admin/sources", "/en/admin/sources.csv"}) {
    const std::string page = body(path, his);
    EXPECT_THAT(page, HasSubstr("essai-staff"));
    EXPECT_THAT(page, Not(HasSubstr("autre-staff")));
    EXPECT_THAT(page, Not(HasSubstr(">members<"))) << "nobody's";
    EXPECT_THAT(page, Not(HasSubstr("\r\nmembers,"))) << "nobody's";
    EXPECT_THAT(body(path, staff_member), HasSubstr("autre-staff"));
  }
  EXPECT_THAT(body("/en/admin", his), HasSubstr("/en/admin/sources"));
  EXPECT_THAT(body("/en/admin", his), Not(HasSubstr("/en/admin/outbox")));
}

TEST_F(AdministrationTest, ListsAreSortedAndTakenAlong) {
  tests::give_role(*store, "=cmd@example.org", access::Role::staff, Id());
  const auto table = [](const std::string& page) { return page.substr(page.find("<table")); };
  const std::string up = table(body("/en/admin/roles?sort=email", root));
  EXPECT_LT(up.find(">camille@example.org"), up.find(">root@example.org"));
  EXPECT_THAT(up, HasSubstr("aria-sort=\"ascending\""));
  const std::string down = table(body("/en/admin/roles?sort=-email", root));
  EXPECT_GT(down.find(">camille@example.org"), down.find(">root@example.org"));
  const std::string file = body("/en/admin/roles.csv", root);
  EXPECT_THAT(file, HasSubstr("\r\ncamille@example.org,Camille Exemple,Researcher,Institut Essai,"));
  EXPECT_THAT(file, HasSubstr("'=cmd@example.org")) << "no formula";
  EXPECT_THAT(file, Not(HasSubstr("End"))) << "buttons are not in the file";
  for (const std::string list : {"/en/admin/accounts", "/en/admin/outbox", "/en/admin/audit", "/en/admin/jobs",
                                 "/en/admin/texts", "/en/admin/institutions", "/en/admin/sources"}) {
    EXPECT_EQ(get(list + "?sort=-state&before=2&state=%3Cb%3E", root).status, 200) << list;
    EXPECT_EQ(get(list + ".csv", root).status, 200) << list;
    EXPECT_THAT(get(list + ".csv", root).type, HasSubstr("text/csv"));
  }
}

http::Pairs columns_chosen(int64_t revision) {
  http::Pairs out{{"revision", std::to_string(revision)}};
  const std::vector<std::pair<std::string, std::string>> columns{
      {"Matricule", "id"},  {"Nom", "family"},    {"Prénom", "given"},
      {"Fonction", "none"}, {"Divers", "skills"}, {"Établissement", "organisation"}};
  for (size_t at = 0; at < columns.size(); ++at) {
    out.emplace_back("title_" + std::to_string(at), columns[at].first);
    out.emplace_back("column_" + std::to_string(at), columns[at].second);
  }
  return out;
}

// A mapping is chosen column by column, in words, and what is chosen is what is read.
TEST_F(AdministrationTest, TheColumnsOfAFileAreChosenOneByOne) {
  intake::Said said;
  said.format = "people";
  said.institution = "Institut Essai";
  const auto brought = m_intake.bring(1, "staff.csv",
                                      "Matricule;Nom;Prénom;Fonction;Divers;Établissement\nP1;Neuve;Camille;Ingénieure;"
                                      "cytométrie;Institut Essai\nP2;;;;;\n",
                                      said);
  ASSERT_TRUE(brought) << brought.error().message();
  ASSERT_TRUE(m_jobs.run_due());
  const std::string here = "/en/admin/sources/" + std::to_string(*brought);
  const std::string page = body(here, staff_member);
  EXPECT_THAT(page, HasSubstr("name=\"title_3\" value=\"Fonction\""));
  EXPECT_THAT(page, HasSubstr("<option value=\"title\" selected>Positions – title"));
  EXPECT_THAT(page, HasSubstr("<option value=\"skills\""));
  EXPECT_THAT(page, HasSubstr("title: Ingénieure"));
  EXPECT_THAT(page, HasSubstr(">Family name</td>")) << "the field of what is rejected";
  EXPECT_THAT(page, Not(HasSubstr(">family_name</td>")));
  EXPECT_THAT(body("/fr" + here.substr(3), staff_member), HasSubstr(">Nom de famille</td>"));
  const http::Pairs chosen = columns_chosen(m_intake.find(*brought)->revision);
  http::Pairs twice = chosen;
  twice.back().second = "title";
  twice[8].second = "title";  // rule 8 of docs/rules/intake.md
  const auto both = send(here, here + "/columns", twice, staff_member);
  EXPECT_EQ(both.status, 422);
  EXPECT_THAT(both.body, HasSubstr("“Fonction” and “Établissement”"));
  EXPECT_THAT(both.body, HasSubstr("<td dir=\"auto\">cytométrie</td>")) << "an example";
  http::Pairs late = chosen;
  late[0].second = "0";
  const auto refused = send(here, here + "/columns", late, staff_member);
  EXPECT_EQ(refused.status, 409);
  EXPECT_THAT(refused.body, HasSubstr("[columns]")) << "the mapping is there still";
  ASSERT_EQ(send(here, here + "/columns", chosen, staff_member).status, 303);
  ASSERT_TRUE(m_jobs.run_due());
  const std::string again = body(here, staff_member);
  EXPECT_THAT(again, HasSubstr("[taken]"));
  EXPECT_THAT(again, HasSubstr("cytométrie"));
  EXPECT_THAT(again, Not(HasSubstr("title: Ingénieure")));
  ASSERT_EQ(send(here, here + "/apply", {{"revision", std::to_string(m_intake.find(*brought)->revision)}}, staff_member)
                .status,
            303);
  ASSERT_TRUE(m_jobs.run_due());
  EXPECT_THAT(body(here, staff_member), HasSubstr(here + "/made\""));
  EXPECT_THAT(body(here + "/made", staff_member), HasSubstr("Neuve"));
  EXPECT_THAT(body(here + "/made.csv", staff_member), HasSubstr("P1"));
}

// Rule 10 of docs/rules/intake.md.
TEST_F(AdministrationTest, AReferenceIsToldByTheNameOfWhatIdentifies) {
  intake::Said said;
  said.source = "grants";
  said.mapping =
      "[columns]\nid = [\"Code\"]\ntitle = [\"Title\"]\nfunder = [\"Funder\"]\n[[record]]\nkind = \"project\"\nkey = "
      "\"{id}\"\n[record.fields]\ntitle = \"{title}\"\nfunders = \"fundref:{funder}\"\n";
  const auto brought = m_intake.bring(1, "grants.csv", "Code,Title,Funder\nG1,A grant,501100001665\n", said);
  ASSERT_TRUE(brought) << brought.error().message();
  ASSERT_TRUE(m_jobs.run_due());
  const std::string page = body("/fr/admin/sources/" + std::to_string(*brought), staff_member);
  const std::string shown = after(page, "id=\"rows\"");
  EXPECT_THAT(shown.substr(0, shown.find("</table>")), HasSubstr("Identifiant de financeur Crossref 501100001665"));
  EXPECT_THAT(shown.substr(0, shown.find("</table>")), Not(HasSubstr("fundref:")));
}

// Rule 9 of docs/rules/intake.md: where no titles are known, the form shows the rows.
TEST_F(AdministrationTest, TheRowOfTitlesIsChosenOnThePage) {
  intake::Said said;
  said.format = "equipment";
  said.source = "Assets";
  const auto brought = m_intake.bring(1, "assets.csv", "Assets;;\nTag;What;Built by\n1;Cytometer;Made Inc\n", said);
  ASSERT_TRUE(brought) << brought.error().message();
  ASSERT_TRUE(m_jobs.run_due());
  const std::string here = "/en/admin/sources/" + std::to_string(*brought);
  const std::string page = body(here, staff_member);
  EXPECT_THAT(page, HasSubstr("name=\"header\" value=\"2\" checked"));
  EXPECT_THAT(page, Not(HasSubstr(folder.path("reading"))));
  const auto revision = [&] { return std::to_string(m_intake.find(*brought)->revision); };
  ASSERT_EQ(send(here, here + "/table", {{"revision", revision()}, {"header", "x"}}, staff_member).status, 422);
  ASSERT_EQ(send(here, here + "/table", {{"revision", revision()}, {"header", "2"}}, staff_member).status, 303);
  ASSERT_TRUE(m_jobs.run_due());
  EXPECT_THAT(body(here, staff_member), HasSubstr("name=\"title_1\" value=\"What\""));
  http::Pairs chosen{{"revision", revision()}};
  const std::vector<std::pair<std::string, std::string>> columns{
      {"Tag", "none"}, {"What", "name"}, {"Built by", "none"}};
  for (size_t at = 0; at < columns.size(); ++at) {
    chosen.emplace_back("title_" + std::to_string(at), columns[at].first);
    chosen.emplace_back("column_" + std::to_string(at), columns[at].second);
  }
  ASSERT_EQ(send(here, here + "/columns", chosen, staff_member).status, 303);
  ASSERT_TRUE(m_jobs.run_due());
  EXPECT_THAT(body(here, staff_member), HasSubstr("Cytometer"));
  EXPECT_EQ(m_intake.find(*brought)->state, intake::State::tried) << m_intake.find(*brought)->report;
  // The name of its source is changed, and kept small.
  ASSERT_EQ(send(here, here + "/say",
                 {{"revision", revision()},
                  {"format", "equipment"},
                  {"source", "IMR Equipment"},
                  {"own", "yes"},
                  {"mapping", m_intake.find(*brought)->said.mapping}},
                 staff_member)
                .status,
            303);
  EXPECT_EQ(m_intake.find(*brought)->said.source, "imr-equipment");
  EXPECT_THAT(m_intake.find(*brought)->said.mapping, HasSubstr("header = 2"));
}

TEST_F(AdministrationTest, WhoIsWhoInTheLogAndWhoGaveWhichRole) {
  const std::string list = "/en/admin/roles";
  const http::Pairs role{{"email", "new@example.org"}, {"role", "staff"}, {"object", ""}, {"starts", ""}, {"ends", ""}};
  const http::Answer given_now = send(list, list, role, root);
  ASSERT_EQ(given_now.status, 303);
  EXPECT_THAT(body(location(given_now), root), HasSubstr("new@example.org has the role “Consortium staff”."));
  const http::Answer twice = send(list, list, role, root);
  EXPECT_EQ(twice.status, 409);
  EXPECT_THAT(twice.body, HasSubstr("new@example.org has the role “Consortium staff” already"));
  EXPECT_EQ(outbox.rows(0, 1)->front().kind, "role_given");
  EXPECT_EQ(outbox.rows(0, 1)->front().recipient, "new@example.org");
  EXPECT_THAT(body(list + ".csv", root), HasSubstr("new@example.org,,Consortium staff,,,in force,root@example.org"));
  const auto grants = access.grants().value();
  const auto given = std::ranges::find(grants, "new@example.org", &access::GrantRow::email);
  ASSERT_NE(given, grants.end());
  const http::Answer ended = send(list, list + "/" + std::to_string(given->grant.id) + "/end", {}, root);
  ASSERT_EQ(ended.status, 303);
  EXPECT_THAT(body(location(ended), root), HasSubstr("new@example.org no longer has the role “Consortium staff”."));
  EXPECT_THAT(body(list + ".csv", root), HasSubstr(",until 1 March 2026,over,root@example.org")) << "the day it ended";
  EXPECT_EQ(outbox.rows(0, 1)->front().kind, "role_ended");
  EXPECT_EQ(outbox.rows(0, 1)->front().recipient, "new@example.org");
  const std::string log = body("/en/admin/audit", root);
  EXPECT_THAT(log, HasSubstr("gave the role: Consortium staff"));
  EXPECT_THAT(log, HasSubstr("account new@example.org · "));
  EXPECT_THAT(body("/fr/admin/audit", root), HasSubstr("rôle donné\u00A0: "));
  const http::Pairs wrong{{"email", "new@example.org"}, {"role", "researcher"}, {"object", "/en/platform/x"}};
  EXPECT_EQ(send(list, list, wrong, root).status, 404);
  // Numbers of accounts, and their sessions ended.
  EXPECT_EQ(get("/en/admin/accounts", staff_member).status, 403);
  EXPECT_THAT(body("/en/admin/accounts", root), HasSubstr("camille@example.org"));
  const auto accounts = access.accounts().value();
  const auto row = std::ranges::find(accounts, "camille@example.org", &access::AccountRow::email);
  ASSERT_NE(row, accounts.end());
  EXPECT_EQ(row->sessions, 1);
  ASSERT_EQ(send("/en/admin/accounts", "/en/admin/accounts/" + std::to_string(row->id) + "/end", {}, root).status, 303);
  EXPECT_EQ(get("/en/bookings", researcher).status == 200, false) << "he signs in anew";
}

}  // namespace

}  // namespace pitchblende::pages
