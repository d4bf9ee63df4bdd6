// Figures of invented pools, held against a slow count straight over cards and their links; what is hidden is not
// counted.
#include "insight/insight.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>
#include <random>
#include <set>

#include "../tests/pool_fixture.hpp"
#include "insight/figures_json.hpp"
#include "insight/insight_rules.hpp"
#include "insight/workbook.hpp"

namespace pitchblende::insight {

namespace {

using registry::Card;
using registry::Kind;
using registry::Link;

// Counts by walking: one card and one link at a time, as somebody would who looks at the pages.
class SlowCount {
 public:
  SlowCount(store::Store& store, const access::Viewer& viewer, int year)
      : m_store(store), m_registry(store), m_viewer(viewer), m_year(year) {}

  std::set<Id> all(Kind kind) const {
    std::set<Id> out;
    EXPECT_TRUE(m_store.read([&](store::Connection& db) {
      return db.query("SELECT id FROM card WHERE kind = ?", {registry::name(kind)},
                      [&](const store::Row& row) { out.insert(Id(static_cast<uint64_t>(row.integer(0)))); });
    }));
    std::erase_if(out, [&](Id id) { return !card(id); });
    return out;
  }
  std::optional<Card> card(Id id) const {
    const auto found = m_registry.find(id, m_viewer);
    return found && found->card && found->card->page ? found->card : std::nullopt;
  }
  std::string text(const Card& of, std::string_view name) const {
    const auto field = registry::find_field(of.kind, name);
    return field ? std::string(of.text(*field)) : std::string();
  }
  bool now(std::string_view since, std::string_view until) const {
    const std::string year = std::to_string(m_year);
    return (since.empty() || since.substr(0, 4) <= year) && (until.empty() || until.substr(0, 4) >= year);
  }
  bool is_institution(Id id) const {
    const auto of = card(id);
    const auto* roles = of && of->kind == Kind::organisation
                            ? of->find(registry::field(Kind::organisation, "consortium_roles"))
                            : nullptr;
    bool out = false;
    for (size_t at = 0; roles != nullptr && at < roles->values.size(); ++at) {
      const auto& value = roles->values[at].value;
      out |= value.text == "member" && now(value.get(registry::Attribute::from), value.get(registry::Attribute::to));
    }
    return out;
  }
  // Institutions and teams over a thing, itself among them.
  std::set<Id> above(Id id) const {
    std::set<Id> seen;
    std::vector<Id> open{id};
    while (!open.empty()) {
      const Id each = open.back();
      open.pop_back();
      if (!seen.insert(each).second) {
        continue;
      }
      const auto links = m_registry.links_from(each, m_viewer).value();
      for (const Link& link : links) {
        const bool up = link.field == "positions" || link.field == "parents" || link.field == "hosts" ||
                        link.field == "platforms" || link.field == "owners";
        if (up && link.to_kind != Kind::group && now(link.since, link.until)) {
          open.push_back(link.to);
        }
      }
    }
    std::erase_if(seen, [&](Id each) {
      const auto of = card(each);
      return !of || (of->kind != Kind::team && !is_institution(each));
    });
    return seen;
  }
  std::set<Id> institutions(const std::set<Id>& of) const {
    std::set<Id> out;
    std::ranges::copy_if(of, std::inserter(out, out.end()), [&](Id id) { return is_institution(id); });
    return out;
  }
  // Of an output: by its affiliations, else by its authors.
  std::set<Id> institutions_of_output(const Card& of) const {
    std::set<Id> out;
    const auto* authors = of.find(registry::field(Kind::publication, "authors"));
    for (size_t at = 0; authors != nullptr && at < authors->values.size(); ++at) {
      std::string affiliation(authors->values[at].value.get(registry::Attribute::affiliation));
      for (size_t end = 0; end != std::string::npos;) {
        end = affiliation.find(", ");
        const auto house = m_registry.find("name:" + affiliation.substr(0, end)).value();
        if (house && affiliation.substr(0, end).size() > 2) {
          out.merge(institutions(above(*house)));
        }
        affiliation = end == std::string::npos ? std::string() : affiliation.substr(end + 2);
      }
    }
    if (out.empty()) {
      const auto people = m_registry.named_in(of, m_viewer).value();
      for (const registry::Named& named : people) {
        out.merge(institutions(above(named.id)));
      }
    }
    return out;
  }
  // Of the year, of that house; and those of another one too.
  std::pair<std::set<Id>, std::set<Id>> outputs_of(Id house) const {
    std::set<Id> outputs;
    std::set<Id> between;
    for (const Id id : all(Kind::publication)) {
      const auto of_it = card(id);
      const std::set<Id> of =
          text(*of_it, "year") == std::to_string(m_year) ? institutions_of_output(*of_it) : std::set<Id>();
      if (of.contains(house)) {
        outputs.insert(id);
        if (of.size() > 1) {
          between.insert(id);
        }
      }
    }
    return {outputs, between};
  }

 private:
  store::Store& m_store;
  registry::Registry m_registry;
  const access::Viewer& m_viewer;
  int m_year;
};

class FiguresTest : public testing::Test {
 protected:
  // One Insight for all: years and readers share what it keeps, and what changed meanwhile is counted anew.
  std::shared_ptr<const Figures> figures(int year, const access::Viewer& viewer = access::Viewer::visitor()) {
    const auto made = m_insight.figures(year, viewer);
    EXPECT_TRUE(made) << made.error().message();
    return made ? *made : nullptr;
  }
  static pool::SourceSettings source(const std::string& name, const std::string& format) {
    pool::SourceSettings out = tests::PoolPlace::source(name, format, sources::Mode::snapshot);
    out.institution = "demo";
    return out;
  }
  static std::set<Id> ids(const std::vector<Id>& of) { return {of.begin(), of.end()}; }

  void make_world(unsigned seed);
  void compare(int year, const access::Viewer& viewer);

  tests::PoolPlace m_place;
  const Insight m_insight{*m_place.store, m_place.clock, [this] { return m_place.pool->index(); }, {}};
};

std::string year_or_nothing(std::mt19937& random) {
  return random() % 3 == 0 ? std::string() : std::to_string(2015 + random() % 14);
}

void FiguresTest::make_world(unsigned seed) {
  std::mt19937 random(seed);
  const std::vector<std::string> houses{"Institut Exemple", "Centre Inventé", "Hôpital Imaginé", "Université Ailleurs"};
  std::string organisations = "id,name,role,from,to\n";
  for (size_t at = 0; at < houses.size(); ++at) {
    organisations += "I" + std::to_string(at) + "," + houses[at] + (at == 3 ? ",," : ",member,2010,") +
                     (at == 2 ? "2021" : "") + "\n";
  }
  m_place.import(source("members", "organisations"), organisations);
  std::string teams = "Code,Nom,Tutelles,Tutelle depuis,Création,Date de fermeture\n";
  for (int at = 0; at < 6; ++at) {
    teams += "T" + std::to_string(at) + ",Équipe Numéro " + std::to_string(at) + "," + houses[random() % 4] + "," +
             year_or_nothing(random) + "," + (random() % 2 == 0 ? "" : std::to_string(2012 + random() % 8)) + "," +
             (random() % 4 == 0 ? "2023" : "") + "\n";
  }
  m_place.import(source("teams", "teams"), teams);
  std::string groups = "Code,Nom,Membres,Début,Fin\n";
  groups += "A1,Axe Premier,Équipe Numéro 0|Équipe Numéro 1,2018,2030\nA2,Axe Second,Équipe Numéro 2,,2022\n";
  m_place.import(source("groups", "groups"), groups);
  std::string people = "Matricule,Nom,Prénom,Établissement,Équipe,Depuis,Jusqu’au\n";
  for (int at = 0; at < 12; ++at) {
    const bool in_team = random() % 2 == 0;
    people += "P" + std::to_string(at) + ",Exemple" + std::string(1, static_cast<char>('a' + at)) + ",Camille," +
              (in_team ? "," : houses[random() % 4] + ",") +
              (in_team ? "Équipe Numéro " + std::to_string(random() % 6) : "") + "," + year_or_nothing(random) + "," +
              (random() % 3 == 0 ? "2026" : "") + "\n";
  }
  m_place.import(source("people", "people"), people);
  std::string articles;
  for (int at = 0; at < 25; ++at) {
    std::vector<tests::MadeAuthor> authors;
    for (size_t each = 0; each <= random() % 3; ++each) {
      const std::string where = random() % 3 == 0 ? ""
                                : random() % 2 == 0
                                    ? houses[random() % 4] + ", Paris, France"
                                    : "Équipe Numéro " + std::to_string(random() % 6) + ", Lyon, France";
      authors.push_back({std::string("Exemple") + static_cast<char>('a' + random() % 12), "Camille", where, ""});
    }
    articles += tests::pubmed_article(1000 + at, "Invented paper number " + std::to_string(at), authors,
                                      2019 + static_cast<int>(random() % 6));
  }
  m_place.import_pubmed(articles);
  std::string equipment = "Identifiant,Nom,Propriétaire,Acquisition,État\n";
  for (int at = 0; at < 8; ++at) {
    equipment += "E" + std::to_string(at) + ",Microscope Numéro " + std::to_string(at) + "," + houses[random() % 4] +
                 "," + year_or_nothing(random) + ",\n";
  }
  m_place.import(source("equipment", "equipment"), equipment);
  m_place.settle();
}

void FiguresTest::compare(int year, const access::Viewer& viewer) {
  const auto quick = figures(year, viewer);
  ASSERT_TRUE(quick);
  const SlowCount slow(*m_place.store, viewer, year);
  std::set<Id> houses;
  for (const Place& place : quick->institutions) {
    houses.insert(place.id);
  }
  std::set<Id> wanted;
  for (const Id id : slow.all(Kind::organisation)) {
    if (slow.is_institution(id)) {
      wanted.insert(id);
    }
  }
  ASSERT_EQ(houses, wanted) << year;
  for (uint16_t at = 0; at < quick->institutions.size(); ++at) {
    const Id house = quick->institutions[at].id;
    const Cell cell{std::nullopt, at};
    const auto under = [&](Kind kind, const auto& also) {
      std::set<Id> out;
      for (const Id id : slow.all(kind)) {
        if (slow.above(id).contains(house) && also(*slow.card(id))) {
          out.insert(id);
        }
      }
      return out;
    };
    EXPECT_EQ(ids(records(*quick, Figure::people, cell)), under(Kind::person, [](const Card&) { return true; }))
        << year;
    EXPECT_EQ(ids(records(*quick, Figure::teams, cell)),
              under(Kind::team,
                    [&](const Card& card) { return slow.now(slow.text(card, "founded"), slow.text(card, "closed")); }))
        << year;
    EXPECT_EQ(ids(records(*quick, Figure::equipment, cell)),
              under(Kind::equipment, [&](const Card& card) { return slow.now(slow.text(card, "acquired"), {}); }))
        << year;
    const auto [outputs, between] = slow.outputs_of(house);
    EXPECT_EQ(ids(records(*quick, Figure::outputs, cell)), outputs) << year;
    EXPECT_EQ(ids(records(*quick, Figure::outputs_between, cell)), between) << year;
  }
}

// Rules 1 and 4: who has no role has no row, and what is his alone does not count.
TEST_F(FiguresTest, AreWhatASlowCountOverCardsSays) {
  for (unsigned seed = 1; seed <= 3; ++seed) {
    make_world(seed);  // from the second on another version of the same files: what they say now counts
    for (const int year : {2019, 2021, 2022, 2024}) {
      compare(year, access::Viewer::visitor());
      compare(year, access::Viewer::everything());
    }
  }
}

TEST_F(FiguresTest, AreasAreThoseOfTheYearAndOfTheirTeams) {
  make_world(1);
  const auto now = figures(2024);
  ASSERT_EQ(now->areas.size(), 1u) << "the second one ended in 2022";
  const std::vector<Id> teams = records(*now, Figure::teams, {0, std::nullopt});
  for (const Id id : teams) {
    EXPECT_TRUE(id == m_place.id_of("local:demo/T0") || id == m_place.id_of("local:demo/T1"));
  }
  EXPECT_EQ(figures(2022)->areas.size(), 2u);
  EXPECT_EQ(figures(2016)->areas.size(), 1u) << "the first one begins in 2018";
}

// Rule 3: whom its leader confirmed is in an area from that year on, once.
TEST_F(FiguresTest, WhomALeaderConfirmedIsInItsArea) {
  make_world(1);
  const Id area = m_place.id_of("local:demo/A1");
  const auto whole = figures(2024);
  const auto at = static_cast<uint16_t>(std::ranges::find(whole->areas, area, &Place::id) - whole->areas.begin());
  const std::vector<Id> before = records(*whole, Figure::people, {at, std::nullopt});
  const std::vector<Id> others = records(*whole, Figure::people, {k_in_none, std::nullopt});
  ASSERT_FALSE(others.empty());
  const Insight insight(*m_place.store, m_place.clock, [this] { return m_place.pool->index(); },
                        {{}, {}, [&]() -> Result<std::vector<Membership>> {
                           return std::vector<Membership>{
                               {others.front(), area, "2023-05-01"},
                               {before.empty() ? others.front() : before.front(), area, "2024-01-01"}};
                         }});
  const auto now = insight.figures(2024, access::Viewer::visitor()).value();
  EXPECT_EQ(count(*now, Figure::people, {at, std::nullopt}), static_cast<int64_t>(before.size()) + 1);
  EXPECT_EQ(count(*now, Figure::people, {}), count(*whole, Figure::people, {}));
  const auto early = insight.figures(2022, access::Viewer::visitor()).value();
  EXPECT_EQ(records(*early, Figure::people, {at, std::nullopt}),
            records(*figures(2022), Figure::people, {at, std::nullopt}));
}

pool::Judgement hide(Id thing) {
  pool::Judgement out;
  out.verdict = pool::Judgement::Verdict::hide;
  out.a = thing;
  out.who = "test";
  out.why = "objection";
  return out;
}

// Rule 6.
TEST_F(FiguresTest, HoursAndRequestsAreThoseOfTheYearThatOthersCounted) {
  make_world(3);
  const std::vector<Id> equipment = records(*figures(2024, access::Viewer::everything()), Figure::equipment, {});
  const std::vector<Id> teams = records(*figures(2024, access::Viewer::everything()), Figure::teams, {});
  ASSERT_FALSE(equipment.empty());
  ASSERT_FALSE(teams.empty());
  std::vector<int> asked;
  const Insight insight(*m_place.store, m_place.clock, [this] { return m_place.pool->index(); },
                        {[&](int year) {
                           asked.push_back(year);
                           return Result<std::unordered_map<Id, int64_t>>({{equipment.front(), 7300}, {Id(1), 7200}});
                         },
                         [&](int) {
                           return Result<std::unordered_map<Id, int64_t>>({{teams.front(), 3}});
                         }});
  const auto counted = insight.figures(2024, access::Viewer::everything());
  ASSERT_TRUE(counted);
  EXPECT_EQ(asked, std::vector<int>{2024});
  EXPECT_EQ(count(**counted, Figure::hours, {}), 2) << "of equipment that counts alone";
  EXPECT_EQ(count(**counted, Figure::requests, {}), 3);
}

// Rule 7: what is for members alone is not in what the public counts.
TEST_F(FiguresTest, CountNothingThatTheViewerMayNotSee) {
  make_world(2);
  const auto before = figures(2024);
  const std::vector<Id> people = records(*before, Figure::people, {});
  ASSERT_FALSE(people.empty());
  ASSERT_TRUE(m_place.pool->decide(hide(people.front())));
  m_place.settle();
  const auto after = figures(2024);
  EXPECT_EQ(count(*after, Figure::people, {}), count(*before, Figure::people, {}) - 1);
}

// Rule 11.
TEST_F(FiguresTest, TheWorkbookIsTheSameBytesEachTime) {
  make_world(1);
  const auto of = figures(2022);
  const WorkbookTexts texts{Language::french, "Groupement inventé", "https://pool.example.org/fr", true, false};
  const auto once = workbook(*of, texts);
  const auto again = workbook(*of, texts);
  ASSERT_TRUE(once && again);
  EXPECT_EQ(*once, *again);
  EXPECT_EQ(once->substr(0, 2), "PK");
}

// Rules 8 and 10, in the file of a spreadsheet and in JSON.
TEST_F(FiguresTest, TheWorkbookHasWhatThePageHas) {
  Figures made;
  made.year = 2025;
  made.institutions = {{Id(1), "Avec", "With"}, {Id(2), "Sans rien", "Without anything"}};
  made.items[static_cast<size_t>(Base::outputs)] = {{.id = Id(10), .institutions = {0}, .teams = {Id(3), Id(4)}}};
  for (Item& item : made.items[static_cast<size_t>(Base::outputs)]) {
    item.lacks = true;
  }
  ASSERT_FALSE(is_known(made, Figure::open_outputs, {}));
  const std::string json = boost::json::serialize(figures_json(made, {}, "", Language::english));
  EXPECT_NE(json.find("\"figure\":\"open_outputs\""), std::string::npos);
  EXPECT_NE(json.find("\"count\":null"), std::string::npos);
  EXPECT_EQ(json.find("bytes_read"), std::string::npos);
  const tests::Folder folder;
  const auto book = workbook(made, {Language::english, "X", "", true, false, {}, {{Id(3), "Team three"}}});
  ASSERT_TRUE(book);
  folder.write("figures.xlsx", *book);
  const std::string unpack =
      "cd " + folder.path() + " && python3 -c \"import zipfile; zipfile.ZipFile('figures.xlsx').extractall()\"";
  ASSERT_EQ(std::system(unpack.c_str()), 0);
  const auto read = [&](const std::string& name) {
    std::ifstream file(folder.path(name));
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  const std::string words = read("xl/sharedStrings.xml");
  EXPECT_NE(words.find("Team three"), std::string::npos);
  EXPECT_NE(words.find("Nothing counts that year: Without anything"), std::string::npos);
  EXPECT_EQ(words.find(">Without anything<"), std::string::npos) << "no row of its own";
  EXPECT_NE(read("xl/worksheets/sheet6.xml").find("<c r=\"C2\"><v>1</v>"), std::string::npos) << "one output in common";
}

// Rule 12: the files of a key area are its own.
TEST_F(FiguresTest, FilesAreOfTheAreaThatWasAskedFor) {
  Figures made;
  made.year = 2025;
  made.areas = {{Id(21), "Axe un", "Area one"}, {Id(22), "Axe deux", "Area two"}};
  made.institutions = {{Id(1), "Maison", "House"}};
  made.items[static_cast<size_t>(Base::outputs)] = {
      {.id = Id(10), .areas = {0}, .institutions = {0}, .teams = {Id(3), Id(4)}},
      {.id = Id(11), .areas = {1}, .institutions = {0}, .teams = {Id(5), Id(6)}},
      {.id = Id(12), .areas = {1}, .institutions = {0}}};
  const Cell second{1, std::nullopt};
  const auto json = figures_json(made, second, "", Language::english);
  EXPECT_EQ(json.at("areas").as_array().size(), 1u);
  for (const auto& each : json.at("figures").as_array()) {
    if (each.at("figure") == "outputs") {
      EXPECT_EQ(each.at("count"), 2);
      EXPECT_EQ(boost::json::serialize(each.at("by_area")), "[2]");
      EXPECT_EQ(boost::json::serialize(each.at("by_institution")), "[2,0]");
      EXPECT_NE(each.at("records").as_string().find("&area=" + Id(22).text()), std::string::npos);
    }
  }
  const std::map<Id, std::string> teams{{Id(3), "Team three"}, {Id(5), "Team five"}};
  const std::string site = "https://pool.example.org/en";
  const tests::Folder folder;
  const auto words_and_links = [&](const Cell& within) {
    folder.write("figures.xlsx", *workbook(made, {Language::english, "X", site, true, false, within, teams}));
    const std::string unpack =
        "cd " + folder.path() + " && python3 -c \"import zipfile; zipfile.ZipFile('figures.xlsx').extractall()\"";
    EXPECT_EQ(std::system(unpack.c_str()), 0);
    std::string out;
    for (const std::string name : {"xl/sharedStrings.xml", "xl/worksheets/_rels/sheet1.xml.rels"}) {
      std::ifstream file(folder.path(name));
      out += std::string(std::istreambuf_iterator<char>(file), {});
    }
    return out;
  };
  const std::string all = words_and_links({});
  EXPECT_NE(all.find("Team three"), std::string::npos);
  EXPECT_NE(all.find(">Area one<"), std::string::npos);
  const std::string own = words_and_links(second);
  EXPECT_NE(own.find("2025: Area two"), std::string::npos);
  EXPECT_EQ(own.find("Area one"), std::string::npos);
  EXPECT_EQ(own.find("Team three"), std::string::npos);
  EXPECT_NE(own.find("Team five"), std::string::npos);
  EXPECT_NE(own.find("area=" + Id(22).text()), std::string::npos) << "what stands behind a number is the area's too";
}

TEST_F(FiguresTest, AreOfYearsThatThereAre) {
  const Insight insight(*m_place.store, m_place.clock, [&] { return m_place.pool->index(); }, {});
  EXPECT_FALSE(insight.figures(1200, access::Viewer::visitor()));
  EXPECT_FALSE(insight.figures(2200, access::Viewer::visitor()));
  const auto empty = insight.figures(2025, access::Viewer::visitor());
  ASSERT_TRUE(empty);
  EXPECT_EQ(count(**empty, Figure::people, {}), 0);
}

}  // namespace

}  // namespace pitchblende::insight
