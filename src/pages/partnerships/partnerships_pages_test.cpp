// The rooms of partnerships: who should I talk to, the board, one partnership through its forms.
#include "pages/partnerships/matching.hpp"
#include "pages/requests/requests_pages_fixture.hpp"
#include "partnerships/publication.hpp"

namespace pitchblende::pages {
namespace {

using testing::HasSubstr;
using testing::Not;

class PartnershipsRoomTest : public RequestsPagesTest {
 protected:
  PartnershipsRoomTest() : room(*store, clock), publisher(*pool, registry::Registry(*store)) {}

  void SetUp() override {
    import_members("1,Institut Zorg,member,2007\n2,Zorgpharma,,\n3,Autrelabo,,\n");
    RequestsPagesTest::SetUp();
    zorg = thing("Institut Zorg");
    pharma = thing("Zorgpharma");
    give("lou@zorgpharma.example", access::Role::company_contact, pharma);
    give("max@autrelabo.example", access::Role::company_contact, thing("Autrelabo"));
    lou = session("lou@zorgpharma.example");
    max = session("max@autrelabo.example");
  }
  void more(Settings& settings) override {
    settings.partnering = {
        &room,
        [this](store::Transaction& transaction, const partnerships::Partnership& now) {
          return publisher.publish(transaction, now);
        },
        [this](const partnerships::Partnership& now, const std::string& who) { publisher.settle(now, who); }};
  }
  std::string fields(const std::string& rest = {}) {
    return "do=store&title=Anticorps+%3Cb%3Ezorg%3C%2Fb%3E&kind=research&member=" + zorg.text() +
           "&member=" + pharma.text() + "&starts=2026-01-01&ends=2026-05-31&amount=250+000&amount_seen=institution" +
           "&shown=yes&note=they+hesitate" + rest;
  }
  http::Answer begin(const std::string& sent, const std::string& who) {
    return send("/en/partnerships/new", "/en/partnerships/new", sent, who);
  }

  void import_agreement() {
    pool::SourceSettings file = source("agreements", "partnerships", sources::Mode::snapshot);
    file.republish = true;
    import(file,
           "Code;Intitulé;Entreprise;Établissement;Nature;Début;Fin;Montant\n"
           "C1;Enzymes zorg;Zorgpharma;Institut Zorg;Convention cadre;2025;2026-05;90000\n");
    settle();
  }
  http::Answer take_over(Id card) {
    return send(
        "/en/partnerships/new", "/en/partnerships/new",
        "do=store&title=Enzymes+zorg&kind=framework&member=" + zorg.text() + "&member=" + pharma.text() +
            "&starts=2025-01-01&ends=2026-05-31&amount=90000&amount_seen=institution&shown=yes&card=" + card.text(),
        staff);
  }

  partnerships::Partnerships room;
  partnerships::Publisher publisher;
  Id zorg;
  Id pharma;
  std::string lou;
  std::string max;
};

// Rules 10, 12 and 13.
TEST_F(PartnershipsRoomTest, ANeedFindsWhoCanMeetItWithReasonsAndBecomesARequest) {
  const std::string page = body("/en/partner?need=we+look+for+cytom%C3%A9trie+en+flux", 200);
  EXPECT_THAT(page, HasSubstr("zorg"));
  EXPECT_THAT(page, HasSubstr("<mark>cytom"));
  EXPECT_THAT(page, HasSubstr("Words found"));
  EXPECT_THAT(page, HasSubstr("name=\"to\" value=\"" + cytometry.text() + "\""));
  EXPECT_THAT(page, Not(HasSubstr("microscopie")));
  const http::Answer form =
      send("/en/partner?need=cytom%C3%A9trie", "/en/requests/new",
           "do=find&kind=expertise&subject=Cells&text=we+look&company=Zorgpharma&to=" + cytometry.text());
  EXPECT_EQ(form.status, 200);
  EXPECT_THAT(form.body, HasSubstr("value=\"" + cytometry.text() + "\" checked"));
  EXPECT_THAT(form.body, HasSubstr("we look</textarea>"));
  EXPECT_THAT(form.body, HasSubstr("value=\"Zorgpharma\""));
  EXPECT_THAT(body("/en/partner?need=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E", 200), Not(HasSubstr("<script>alert")));
  EXPECT_THAT(body("/fr/partner?need=xyzzyx", 200), HasSubstr("Rien ne correspond"));
  EXPECT_THAT(body("/en/partner", 200), Not(HasSubstr("Nothing matches")));
  EXPECT_THAT(body("/en/partner?company=" + pharma.text(), 200), HasSubstr("Zorgpharma"));
  EXPECT_EQ(get("/en/partner?company=x").status, 200);
}

// Rule 1.
TEST_F(PartnershipsRoomTest, TheStaffBeginItAndItIsSignedAndSeen) {
  EXPECT_EQ(get("/en/partnerships").status, 303);
  EXPECT_EQ(get("/en/partnerships", camille).status, 403);
  EXPECT_EQ(get("/en/partnerships/new", lou).status, 403);
  const http::Answer made = begin(fields(), staff);
  ASSERT_EQ(made.status, 303) << made.body;
  const std::string here = "/en/partnerships/1";
  EXPECT_EQ(location(made), here + "?done=stored");
  EXPECT_THAT(body(here, 200, staff), HasSubstr("they hesitate"));
  EXPECT_THAT(body(here, 200, staff), HasSubstr("Anticorps &lt;b&gt;zorg"));
  // Its company follows it, without the staff's note; nobody else knows of it.
  EXPECT_THAT(body(here, 200, lou), HasSubstr("250,000"));
  EXPECT_THAT(body(here, 200, lou), Not(HasSubstr("they hesitate")));
  EXPECT_THAT(body(here, 200, lou), Not(HasSubstr("Change the stage")));
  EXPECT_EQ(get(here, max).status, 404);
  EXPECT_EQ(get(here, camille).status, 404);
  EXPECT_EQ(get(here).status, 404);
  EXPECT_THAT(body("/en/partnerships", 200, lou), HasSubstr("first contact"));
  EXPECT_THAT(body("/en/partnerships", 200, max), Not(HasSubstr("Anticorps")));
  EXPECT_THAT(body("/en/partnerships.csv", 200, max), Not(HasSubstr("Anticorps")));
  const http::Answer moved = send(here, here + "/stage", "revision=1&stage=signed&move_note=on+paper", staff);
  ASSERT_EQ(moved.status, 303) << moved.body;
  EXPECT_THAT(body(here, 200), Not(HasSubstr("250,000"))) << "seen by all, but not its amount";
  EXPECT_THAT(body(here, 200), Not(HasSubstr("on paper")));
  const Id card = thing("Anticorps");
  EXPECT_THAT(body("/en/partnership/" + card.text(), 200), HasSubstr("/en/partnerships/1"));
  EXPECT_THAT(body("/en/account", 200, staff), HasSubstr("1 partnership to renew"));
  EXPECT_THAT(body("/en/partnerships", 200, staff), HasSubstr("ends on 31 May 2026"));
  EXPECT_EQ(access.audit().entries(0, 1).value().front().deed.verb, "move_partnership");
  EXPECT_EQ(send(here, here + "/stage", "revision=2&stage=talks", staff).status, 409);
  EXPECT_EQ(send("/en/account", here + "/stage", "revision=2&stage=ended", lou).status, 403);
  EXPECT_EQ(send_raw(here + "/stage", "revision=2&stage=ended", staff).status, 403) << "a forged form";
}

// Rule 8: what institutions' files tell of is on the board too, and what we publish stands there once.
TEST_F(PartnershipsRoomTest, TheBoardShowsWhatFilesTellOf) {
  import(source("agreements", "partnerships", sources::Mode::snapshot),
         "Code;Intitulé;Entreprise;Établissement;Nature;Début;Fin;Montant\n"
         "C1;Enzymes zorg;Zorgpharma;Institut Zorg;Convention cadre;2025-01-01;2026-05-01;90000\n"
         "C2;Vieille alliance;Autrelabo;Institut Zorg;research;2015;2019;\n"
         "C3;Biobanque zorg;Autrelabo;Institut Zorg;Don de tissus;2025;;\n");
  settle();
  ASSERT_EQ(begin(fields(), staff).status, 303);
  ASSERT_EQ(send("/en/partnerships/1", "/en/partnerships/1/stage", "revision=1&stage=signed&move_note=", staff).status,
            303);
  const std::string page = body("/en/partnerships", 200, staff);
  const size_t signed_ = page.find("stage-signed");
  const size_t ended = page.find("stage-ended");
  const size_t dropped = page.find("stage-dropped");
  EXPECT_THAT(page.substr(signed_, ended - signed_), HasSubstr("Enzymes zorg"));
  EXPECT_THAT(page.substr(signed_, ended - signed_), HasSubstr("framework agreement"));
  EXPECT_THAT(page.substr(signed_, ended - signed_), HasSubstr("Zorgpharma"));
  EXPECT_THAT(page.substr(ended, dropped - ended), HasSubstr("Vieille alliance"));
  EXPECT_THAT(page.substr(0, signed_), HasSubstr("ends on 1 May 2026")) << "it needs renewal";
  EXPECT_THAT(page.substr(signed_, ended - signed_), HasSubstr("/en/partnerships/1\""));
  const std::string file = body("/en/partnerships.csv", 200, staff);
  size_t times = 0;
  for (size_t at = file.find("Anticorps"); at != std::string::npos; at = file.find("Anticorps", at + 1)) {
    ++times;
  }
  EXPECT_EQ(times, 1U) << "what is followed here and published is there once";
  EXPECT_THAT(body("/en/partnerships?kind=research", 200, staff), Not(HasSubstr("Enzymes zorg")));
  EXPECT_THAT(body("/fr/partnerships?kind=research", 200, staff), HasSubstr("Vieille alliance"));
  EXPECT_THAT(body("/fr/partnerships", 200, staff), Not(HasSubstr(">research")));
  EXPECT_THAT(body("/fr/partnerships", 200, staff), HasSubstr("recherche en commun ·"));
  EXPECT_THAT(body("/en/partnerships?kind=framework", 200, staff), HasSubstr("Enzymes zorg"));
  EXPECT_THAT(body("/en/partnerships", 200, staff), HasSubstr("value=\"don de tissus\">Don de tissus<"));
  EXPECT_THAT(body("/en/partnerships?kind=don+de+tissus", 200, staff), HasSubstr("Biobanque zorg"));
  EXPECT_THAT(body("/en/partnerships?kind=don+de+tissus", 200, staff), Not(HasSubstr("Enzymes zorg")));
  EXPECT_THAT(body("/en/partnerships", 200, max), Not(HasSubstr("90,000"))) << "amounts as the card shows them";
}

// Rule 9.
TEST_F(PartnershipsRoomTest, WhatIsWrongIsSaidAndNobodysWordsAreLost) {
  for (const auto& [rest, wanted] : {std::pair<std::string, const char*>{"&title=", "Say what it is about"},
                                     {"&title=a&amount=12%2C5", "is no amount"},
                                     {"&title=a&starts=2026-06-01", "is before the beginning"},
                                     {"&title=a&member=" + cytometry.text(), "cannot be part of it"},
                                     {"&title=a&member=0000000001", "cannot be part of it"}}) {
    const bool first = rest.find("member") == std::string::npos;
    const http::Answer answer =
        begin((first ? rest.substr(1) + "&" : std::string()) + fields(first ? "" : rest), staff);
    EXPECT_EQ(answer.status, 422) << rest;
    EXPECT_THAT(answer.body, HasSubstr(wanted)) << rest;
    EXPECT_THAT(answer.body, HasSubstr("they hesitate</textarea>"));
  }
  EXPECT_THAT(begin("do=find&find=Autrelabo&note=kept", staff).body, HasSubstr("kept</textarea>"));
  ASSERT_EQ(begin(fields(), staff).status, 303);
  const std::string here = "/en/partnerships/1";
  ASSERT_EQ(send(here, here, fields("&revision=1&field=antibodies"), staff).status, 303);
  const http::Answer late = send(here, here, "field=my+own+field&" + fields("&revision=1"), staff);
  EXPECT_EQ(late.status, 409);
  EXPECT_THAT(late.body, HasSubstr("value=\"my own field\""));
  EXPECT_THAT(late.body, HasSubstr(">antibodies</dd>")) << "what the other wrote, beside it";
  EXPECT_THAT(late.body, HasSubstr("name=\"revision\" value=\"2\""));
}

// Rules 8 and 16.
TEST_F(PartnershipsRoomTest, WhatAFileTellsOfIsCountedAndTakenOver) {
  import_agreement();
  ASSERT_EQ(begin(fields(), staff).status, 303);
  ASSERT_EQ(send("/en/partnerships/1", "/en/partnerships/1/stage", "revision=1&stage=signed&move_note=", staff).status,
            303);
  EXPECT_THAT(body("/en/account", 200, staff), HasSubstr("2 partnerships to renew"));
  const Id card = thing("Enzymes zorg");
  const std::string take = "/en/partnerships/new?card=" + card.text();
  EXPECT_THAT(body("/en/partnerships", 200, staff), HasSubstr(take));
  EXPECT_THAT(body("/en/partnerships", 200, lou), Not(HasSubstr(take)));
  EXPECT_THAT(body("/en/partnership/" + card.text(), 200, staff), HasSubstr(take));
  EXPECT_THAT(body("/en/partnership/" + card.text(), 200, lou), Not(HasSubstr(take)));
  const std::string form = body(take, 200, staff);
  for (const std::string& wanted :
       {std::string("value=\"Enzymes zorg\""), "value=\"" + pharma.text() + "\" checked",
        "value=\"" + zorg.text() + "\" checked", std::string("value=\"framework\" selected"),
        std::string("value=\"2025-01-01\""), std::string("value=\"2026-05-31\""), std::string("value=\"90000\""),
        "name=\"card\" value=\"" + card.text() + "\"", std::string("name=\"shown\" value=\"yes\" checked")}) {
    EXPECT_THAT(form, HasSubstr(wanted));
  }
  const http::Answer taken = take_over(card);
  ASSERT_EQ(taken.status, 303) << taken.body;
  EXPECT_EQ(location(taken), "/en/partnerships/2?done=stored");
  EXPECT_EQ(location(get(take, staff)), "/en/partnerships/2") << "its address leads there from now on";
  EXPECT_EQ(take_over(card).status, 409) << "once";
  EXPECT_EQ(thing("Enzymes zorg"), card) << "the same card";
  EXPECT_THAT(body("/en/partnership/" + card.text(), 200), HasSubstr("/en/partnerships/2\""));
  EXPECT_THAT(body("/en/account", 200, staff), HasSubstr("2 partnerships to renew")) << "it is there once";
  EXPECT_THAT(body("/en/partnerships", 200, staff), Not(HasSubstr(take)));
}

// Rule 14.
TEST_F(PartnershipsRoomTest, ItIsRenewedAndItsHistorySaysSo) {
  import_agreement();
  const Id card = thing("Enzymes zorg");
  ASSERT_EQ(take_over(card).status, 303);
  const std::string here = "/en/partnerships/1";
  EXPECT_THAT(body(here, 200, staff), HasSubstr("action=\"/en/partnerships/1/renewal\""));
  EXPECT_THAT(body(here, 200, lou), Not(HasSubstr("/renewal")));
  EXPECT_THAT(body("/en/account", 200, staff), HasSubstr("1 partnership to renew"));
  const http::Answer early =
      send(here, here + "/renewal", "revision=1&until=2026-01-01&renewal_note=kept+words", staff);
  EXPECT_EQ(early.status, 422);
  EXPECT_THAT(early.body, HasSubstr("is not after"));
  EXPECT_THAT(early.body, HasSubstr("kept words</textarea>"));
  EXPECT_EQ(send("/en/account", here + "/renewal", "revision=1&until=2028-05-31", lou).status, 403);
  ASSERT_EQ(send(here, here + "/renewal", "revision=1&until=2028-05-31&renewal_note=two+more+years", staff).status,
            303);
  const std::string page = body(here, 200, staff);
  EXPECT_THAT(page, HasSubstr("1 January 2025 – 31 May 2028"));
  EXPECT_THAT(page, HasSubstr("period before: 1 January 2025 – 31 May 2026"));
  EXPECT_THAT(page, HasSubstr("two more years"));
  EXPECT_THAT(page, HasSubstr("· staff@example.org")) << "by whom";
  EXPECT_THAT(body(here, 200, lou), Not(HasSubstr("staff@example.org")));
  EXPECT_THAT(body("/en/account", 200, staff), Not(HasSubstr("to renew")));
  const std::string seen = body("/fr/partnership/" + card.text(), 200);
  EXPECT_THAT(seen, HasSubstr("31 mai 2028"));
  EXPECT_THAT(seen, HasSubstr("accord-cadre"));
  EXPECT_THAT(seen, HasSubstr("l’équipe du consortium"));
  EXPECT_THAT(seen, Not(HasSubstr("pitchblende:partnerships")));
  EXPECT_THAT(body("/en/partnership/" + card.text(), 200), HasSubstr("the consortium’s staff"));
  EXPECT_EQ(access.audit().entries(0, 1).value().front().deed.verb, "renew_partnership");
}

// Rules 6 and 15.
TEST_F(PartnershipsRoomTest, ACompanyThatIsNotInTheRegistryIsAPartyByItsName) {
  EXPECT_THAT(body("/en/partnerships/new", 200, staff), Not(HasSubstr("name=\"shown\" value=\"yes\" checked")));
  const std::string kept = "title=Vaccins&note=kept&member=" + zorg.text() + "&starts=2026-01-01&amount_seen=owner";
  const std::string none = begin(kept + "&do=find&find=Th%C3%A9rabio+SAS", staff).body;
  EXPECT_THAT(none, HasSubstr("Nothing in the registry for “Thérabio SAS”"));
  EXPECT_THAT(none, HasSubstr("name=\"do\" value=\"add\""));
  EXPECT_THAT(begin(kept + "&do=find&find=" + pharma.text(), staff).body, Not(HasSubstr("value=\"add\"")));
  EXPECT_THAT(begin(kept + "&do=find&find=%3Cb%3E", staff).body, Not(HasSubstr("<b>")));
  const std::string added = begin(kept + "&do=add&find=Th%C3%A9rabio+SAS", staff).body;
  EXPECT_THAT(added, HasSubstr("name=\"named\" value=\"Thérabio SAS\" checked"));
  EXPECT_THAT(added, HasSubstr("kept</textarea>"));
  EXPECT_EQ(room.all()->size(), 0U) << "adding stores nothing";
  // What the registry has is taken from there.
  const std::string known = begin(kept + "&do=add&find=zorgpharma", staff).body;
  EXPECT_THAT(known, HasSubstr("value=\"" + pharma.text() + "\" checked"));
  EXPECT_THAT(known, Not(HasSubstr("name=\"named\"")));
  const http::Answer made = begin(kept + "&do=store&named=Th%C3%A9rabio+SAS", staff);
  ASSERT_EQ(made.status, 303) << made.body;
  EXPECT_THAT(body("/en/partnerships/1", 200, staff), HasSubstr("Thérabio SAS"));
  EXPECT_THAT(body("/en/partnerships", 200, staff), HasSubstr("Institut Zorg, Thérabio SAS"));
  ASSERT_EQ(send("/en/partnerships/1", "/en/partnerships/1/stage", "revision=1&stage=signed&move_note=", staff).status,
            303);
  EXPECT_EQ(get("/en/partnerships/1").status, 404) << "shown to nobody unless somebody says so";
  EXPECT_EQ(found("therabio"), 0U);
  ASSERT_EQ(send("/en/partnerships/1", "/en/partnerships/1",
                 kept + "&do=store&named=Th%C3%A9rabio+SAS&revision=2&shown=yes", staff)
                .status,
            303);
  const Id company = thing("Thérabio SAS");
  EXPECT_THAT(body("/en/partnerships/1", 200), HasSubstr("/en/organisation/" + company.text()));
  EXPECT_THAT(body("/en/organisation/" + company.text(), 200), HasSubstr("Vaccins"));
  // Its contact follows it.
  give("ida@therabio.example", access::Role::company_contact, company);
  EXPECT_THAT(body("/en/partnerships", 200, session("ida@therabio.example")), HasSubstr("Vaccins"));
}

TEST_F(PartnershipsRoomTest, ARequestIsWhereAPartnershipBegins) {
  import(source("hosts", "platforms", sources::Mode::snapshot),
         "Identifiant;Nom;Organisme d’accueil\nP9;Plateau zorg;Institut Zorg\n");
  settle();
  const Id hosted = thing("Plateau zorg");
  const http::Answer asked = send("/en/requests/new", "/en/requests/new",
                                  "do=send&kind=expertise&subject=Cells+%3Ci%3E&text=we+look&company=Th%C3%A9rabio+SAS"
                                  "&name=Ida&to=" +
                                      hosted.text(),
                                  camille);
  ASSERT_EQ(asked.status, 303) << asked.body;
  const std::string link = "/en/partnerships/new?request=1";
  EXPECT_THAT(body("/en/requests/threads/1", 200, staff), HasSubstr(link));
  const std::string form = body(link, 200, staff);
  EXPECT_THAT(form, HasSubstr("value=\"Cells &lt;i&gt;\""));
  EXPECT_THAT(form, HasSubstr("name=\"named\" value=\"Thérabio SAS\" checked"));
  EXPECT_THAT(form, HasSubstr("value=\"" + zorg.text() + "\" checked")) << "whose platform was asked";
  EXPECT_THAT(form, HasSubstr("From request no. 1."));
  EXPECT_EQ(get(link, dominique).status, 403);
  EXPECT_EQ(get("/en/partnerships/new?request=99", staff).status, 200);
  // Rule 17: begun once, and each leads to the other.
  EXPECT_THAT(form, HasSubstr("name=\"request\" value=\"1\""));
  const std::string typed = "do=store&request=1&title=Cells&kind=research&amount_seen=owner&member=" + zorg.text();
  const http::Answer begun = send(link, "/en/partnerships/new", typed, staff);
  ASSERT_EQ(begun.status, 303) << begun.body;
  const std::string there = location(begun).substr(0, location(begun).find('?'));
  const std::string thread = body("/en/requests/threads/1", 200, staff);
  EXPECT_THAT(thread, HasSubstr("A partnership was begun with this request: <a href=\"" + there + "\""));
  EXPECT_THAT(thread, Not(HasSubstr(link)));
  EXPECT_THAT(get("/en/requests/1", camille).body, Not(HasSubstr("partnership"))) << "not the asker's to know";
  EXPECT_THAT(body(there, 200, staff), HasSubstr("href=\"/en/requests/threads/1\""));
  EXPECT_EQ(location(get(link, staff)), there);
  const http::Answer again = send("/en/partnerships/new", "/en/partnerships/new", typed, staff);
  EXPECT_EQ(again.status, 409);
  EXPECT_THAT(again.body, HasSubstr("was begun with this request already"));
}

// Rule 10.
TEST_F(PartnershipsRoomTest, WhatAHyphenJoinsIsToldAsOneWord) {
  import(source("teams", "teams", sources::Mode::snapshot),
         "Code;Nom;Établissement\nT1;Équipe des cellules CAR-T;Institut Zorg\n");
  settle();
  EXPECT_THAT(body("/en/partner?need=trials+of+CAR-T+cells", 200), HasSubstr("Words found:</span> CAR-T<"));
}

// Rule 12.
TEST_F(PartnershipsRoomTest, TeamsAreWorthWhatTheirNearestWorksAre) {
  std::vector<Proof> many(20, Proof{{}, {}, {}, 0.4});
  EXPECT_LT(worth_of(many), worth_of({{{}, {}, {}, 0.8}}));
  EXPECT_GT(worth_of(many), worth_of({{{}, {}, {}, 0.4}}));
  EXPECT_EQ(worth_of({}), 0);
  import(source("teams", "teams", sources::Mode::snapshot),
         "Code;Nom;Établissement\nT1;Équipe Alvéole;Institut Zorg\nT2;Équipe Uvée;Institut Zorg\n");
  import(source("agents", "people", sources::Mode::snapshot),
         "Matricule;Nom;Prénom;Équipe;Établissement;ORCID\n"
         "1;Avril;Aline;Équipe Alvéole;Institut Zorg;0000-0002-1825-0097\n"
         "2;Brun;Basile;Équipe Uvée;Institut Zorg;0000-0001-5109-3700\n");
  const tests::MadeAuthor aline{"Avril", "Aline", "", "0000-0002-1825-0097"};
  const tests::MadeAuthor basile{"Brun", "Basile", "", "0000-0001-5109-3700"};
  std::string articles = tests::pubmed_article(100, "Mass cytometry of lung tumours", {aline});
  for (int at = 0; at < 8; ++at) {
    articles += tests::pubmed_article(200 + at, "Mass cytometry in uveal melanoma " + std::to_string(at), {basile});
  }
  for (int at = 0; at < 40; ++at) {
    articles += tests::pubmed_article(300 + at, "Invented enzymes of yeast " + std::to_string(at), {});
  }
  import_pubmed(articles);
  settle();
  const std::string page = body("/en/partner?need=mass+cytometry+of+lung", 200);
  const size_t first = page.find("quipe Alv");
  const size_t second = page.find("quipe Uv");
  ASSERT_NE(first, std::string::npos);
  ASSERT_NE(second, std::string::npos);
  EXPECT_LT(first, second) << "one work that meets the need, before eight that meet half of it";
}

}  // namespace
}  // namespace pitchblende::pages
