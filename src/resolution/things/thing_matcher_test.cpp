// Things other than people: invented records with the traps of real ones, through records, keys and clusters.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "resolution/resolution.hpp"
#include "resolution/things/thing_weights.hpp"

namespace pitchblende::resolution {
namespace {

using registry::Kind;
using registry::Record;

using Values = std::vector<std::pair<std::string, std::string>>;

class Things {
 public:
  // A record of a source; the number of its mention.
  int64_t add(Kind kind, const std::string& source, const Values& values, const std::string& institution = {}) {
    Record record{kind, std::to_string(++m_records), {}, false, {}, {}};
    for (const auto& [field, text] : values) {
      registry::Value& value = record.add(registry::field(kind, field), text);
      if (const size_t space = text.find(' '); field == "authors") {
        value.with(registry::Attribute::family, text.substr(0, space));
        value.with(registry::Attribute::given, text.substr(space + 1));
      }
    }
    for (Mention& mention : mentions_of(record, m_records, source, institution)) {
      m_input.mentions.push_back(std::move(mention));
    }
    return m_records;
  }
  int64_t paper(const std::string& title, const std::string& year, const std::vector<std::string>& authors,
                const Values& more = {}) {
    Values values = {{"title", title}, {"year", year}};
    for (const std::string& author : authors) {
      values.emplace_back("authors", author);
    }
    values.insert(values.end(), more.begin(), more.end());
    return add(Kind::publication, "source" + std::to_string(m_records), values);
  }
  int64_t company(const std::string& name, const Values& more) {
    Values values = {{"names", name}};
    values.insert(values.end(), more.begin(), more.end());
    return add(Kind::organisation, "source" + std::to_string(m_records), values);
  }
  int64_t instrument(const std::string& source, const std::string& name, const Values& more,
                     const std::string& institution = {}) {
    Values values = {{"names", name}, {"make", "Demo"}, {"model", "M 1"}};
    values.insert(values.end(), more.begin(), more.end());
    return add(Kind::equipment, source, values, institution);
  }

  const Cluster& cluster_of(int64_t record) {
    m_clusters = resolve(m_input).clusters;
    for (const Cluster& cluster : m_clusters) {
      if (std::find(cluster.members.begin(), cluster.members.end(), MentionRef{record, 0}) != cluster.members.end()) {
        return cluster;
      }
    }
    ADD_FAILURE() << "a mention was lost";
    return m_clusters.front();
  }
  bool same(int64_t a, int64_t b) {
    const auto& members = cluster_of(a).members;
    // What is one also meets: the pool finds neighbours by these keys.
    const bool together = std::find(members.begin(), members.end(), MentionRef{b, 0}) != members.end();
    EXPECT_TRUE(!together || members.size() > 2 || meet(a, b));
    return together;
  }
  bool meet(int64_t a, int64_t b) {
    std::set<int64_t> hashes;
    for (const BlockingKey& key : blocking_keys(mention(a))) {
      hashes.insert(key.hash);
    }
    const auto keys = blocking_keys(mention(b));
    return std::any_of(keys.begin(), keys.end(), [&](const BlockingKey& key) { return hashes.contains(key.hash); });
  }
  const Mention& mention(int64_t record) {
    return *std::find_if(m_input.mentions.begin(), m_input.mentions.end(), [&](const Mention& each) {
      return each.ref == MentionRef{record, 0};
    });
  }
  Input& input() { return m_input; }

 private:
  Input m_input;
  std::vector<Cluster> m_clusters;
  int64_t m_records = 0;
};

const std::string k_title = "Effects of fiction on invented models of rare examples";
const std::vector<std::string> k_authors = {"Exemple Camille", "Fiction Anne", "Conte Paul"};

TEST(Publications, meet_without_a_shared_identifier) {
  Things things;
  const int64_t paper = things.paper(k_title, "2020", k_authors, {{"pmid", "1"}});
  EXPECT_TRUE(things.same(
      paper, things.paper(k_title + ".", "2020", {"Exemple C", "Fiction A", "Conte P"}, {{"hal", "hal-01234567"}})));
  EXPECT_TRUE(
      things.same(paper, things.paper("Effects of fiction on invented modles of rare examples", "2021", k_authors)))
      << "a slip of the pen, online in one year and printed in the next";
  EXPECT_TRUE(things.same(paper, things.paper("[" + k_title + ": a retrospective study].", "2020", k_authors)));
}

TEST(Publications, that_are_two_stay_two) {
  Things things;
  const int64_t paper = things.paper(k_title, "2020", k_authors);
  EXPECT_FALSE(things.same(paper, things.paper(k_title, "2024", k_authors))) << "said again years later";
  EXPECT_FALSE(things.same(paper, things.paper(k_title, "2020", {"Fable Luc", "Roman Eve"})));
  EXPECT_FALSE(things.same(paper, things.paper(k_title + " II", "2020", {"Fable Luc"})));
  const int64_t first = things.paper("Effects of fiction on examples, part I", "2020", k_authors);
  EXPECT_FALSE(things.same(first, things.paper("Effects of fiction on examples, part II", "2020", k_authors)));
  const int64_t mice = things.paper("Effects of invented fats on young mice in winter", "2020", k_authors);
  EXPECT_FALSE(
      things.same(mice, things.paper("Effects of invented fats on young rats in winter", "2020", {"Exemple C"})));
  EXPECT_FALSE(
      things.same(things.paper("Editorial", "2020", {"Exemple C"}), things.paper("Editorial", "2020", {"Exemple C"})));
}

TEST(Publications, preprints_and_errata_are_kept_apart_and_said) {
  Things things;
  const int64_t paper = things.paper(k_title, "2020", k_authors, {{"doi", "10.1000/a"}});
  const int64_t preprint = things.paper(k_title, "2020", k_authors, {{"doi", "10.1101/2020.01.01.123"}});
  const int64_t erratum = things.paper("Erratum to: " + k_title, "2020", k_authors);
  EXPECT_FALSE(things.same(paper, preprint));
  EXPECT_FALSE(things.same(paper, erratum));
  const Cluster cluster = things.cluster_of(paper);
  ASSERT_EQ(cluster.refused.size(), 2U);
  EXPECT_EQ(cluster.refused[0].evidence, Evidence::other_form);
  EXPECT_TRUE(things.same(preprint, things.paper("[Preprint] " + k_title, "2020", k_authors)));
  EXPECT_TRUE(things.same(erratum, things.paper(k_title + " (erratum)", "2020", k_authors)));
}

TEST(Publications, versions_are_kept_apart_and_said) {
  Things things;
  const std::string first = k_title + " [version 1; peer review: 1 approved]";
  const std::string second = k_title + " [version 2; peer review: 2 approved]";
  const int64_t one = things.paper(first, "2020", k_authors);
  const int64_t two = things.paper(second, "2020", k_authors);
  EXPECT_FALSE(things.same(one, two));
  const Cluster cluster = things.cluster_of(one);
  ASSERT_EQ(cluster.refused.size(), 1U);
  EXPECT_EQ(cluster.refused[0].evidence, Evidence::other_form);
  EXPECT_TRUE(things.same(two, things.paper(second, "2020", {"Exemple C", "Fiction A", "Conte P"})));
  const int64_t unsaid = things.paper(k_title, "2020", k_authors);
  EXPECT_FALSE(things.same(one, two)) << "what does not say is no bridge";
  EXPECT_TRUE(things.same(unsaid, one) != things.same(unsaid, two));
  Things preprints;
  const Values doi = {{"doi", "10.1101/2020.01.01.123456"}};
  const int64_t early = preprints.paper(k_title + " (v1)", "2020", k_authors, doi);
  const int64_t later = preprints.paper(k_title + " (v2)", "2020", k_authors, doi);
  EXPECT_FALSE(preprints.same(early, later)) << "though the later one has the DOI of the first";
  EXPECT_FALSE(
      preprints.same(early, preprints.paper(k_title, "2020", k_authors, {{"doi", "10.1101/2020.01.01.123456v3"}})));
}

TEST(Publications, no_third_brings_two_together) {
  Things things;
  const int64_t early = things.paper(k_title, "2018", k_authors);
  const int64_t undated = things.paper(k_title, "", k_authors);
  const int64_t late = things.paper(k_title, "2024", k_authors);
  EXPECT_FALSE(things.same(early, late));
  EXPECT_TRUE(things.same(undated, early) != things.same(undated, late));
}

TEST(Equipment, without_a_number_is_one_by_make_model_and_place) {
  Things things;
  const Values room = {{"room", "B 214"}, {"commune", "Paris"}, {"platforms", "name:Imagerie Demo"}};
  const int64_t listed = things.instrument("inventory", "Microscope confocal", room, "curie");
  EXPECT_TRUE(things.same(listed, things.instrument("platform", "Confocal microscope", room, "curie")));
  EXPECT_TRUE(things.same(
      listed, things.instrument("booking", "Microscope confocal", {{"platforms", "name:Imagerie Demo"}}, "curie")));
}

TEST(Equipment, two_of_a_model_are_two) {
  Things things;
  const Values room = {{"room", "B 214"}, {"commune", "Paris"}};
  const int64_t first = things.instrument("inventory", "Microscope", room, "curie");
  const int64_t second = things.instrument("inventory", "Microscope", room, "curie");
  EXPECT_FALSE(things.same(first, second)) << "two lines of one list";
  const int64_t elsewhere =
      things.instrument("platform", "Microscope", {{"room", "B 214"}, {"commune", "Lyon"}}, "curie");
  EXPECT_FALSE(things.same(first, elsewhere));
  const int64_t either = things.instrument("booking", "Microscope", room, "curie");
  EXPECT_FALSE(things.same(first, either)) << "it may be either, so it is neither";
  EXPECT_FALSE(things.same(second, either));
  EXPECT_FALSE(
      things.same(first, things.add(Kind::equipment, "x", {{"names", "Microscope"}, {"make", "Demo"}}, "curie")));
}

TEST(Equipment, its_own_numbers_come_first) {
  Things things;
  const Values room = {{"room", "B 214"}, {"commune", "Paris"}};
  Values first = room;
  first.emplace_back("serial_number", "S-4711");
  Values second = room;
  second.emplace_back("serial_number", "S-4712");
  const int64_t one = things.instrument("inventory", "Microscope 1", first, "curie");
  const int64_t two = things.instrument("inventory", "Microscope 2", second, "curie");
  const int64_t again = things.instrument("platform", "The second one", second, "curie");
  EXPECT_TRUE(things.same(two, again));
  EXPECT_FALSE(things.same(one, again));
}

// Rule: docs/rules/linkage.md, "Equipment".
TEST(Equipment, a_serial_number_is_its_makers_however_the_make_is_written) {
  Things things;
  const auto told = [&](const char* make, const char* serial, const Values& more = {}) {
    Values values = {{"names", "Instrument " + std::string(serial) + make}, {"serial_number", serial}};
    if (*make != 0) {
      values.emplace_back("make", make);
    }
    values.insert(values.end(), more.begin(), more.end());
    return things.add(Kind::equipment, "list" + std::to_string(things.input().mentions.size()), values);
  };
  const int64_t one = told("Zeiss", "S/N 2301-000123");
  EXPECT_TRUE(things.same(one, told("Carl Zeiss", "2301000123")));
  EXPECT_TRUE(things.same(one, told("Carl Zeiss Microscopy GmbH", "2301 000123")));
  EXPECT_FALSE(things.same(one, told("Leica Microsystems", "2301000123"))) << "another maker's number";
  EXPECT_FALSE(things.same(one, told("", "2301000123"))) << "a number alone is not enough";
  const int64_t placed = told("Zeiss", "A77-4512", {{"platforms", "name:Imagerie Demo"}});
  EXPECT_TRUE(things.same(placed, told("", "A774512", {{"platforms", "name:Imagerie Demo"}})));
  const int64_t model = told("Zeiss", "B88-4512", {{"model", "Zeiss LSM 880"}});
  EXPECT_TRUE(things.same(model, told("", "B88-4512", {{"model", "LSM880"}})));
  EXPECT_FALSE(things.same(model, told("", "B88-4513", {{"model", "LSM880"}})));
  EXPECT_TRUE(things.same(things.add(Kind::equipment, "x", {{"names", "Trieur démo"}, {"serial_number", "C99-1"}}),
                          things.add(Kind::equipment, "y", {{"names", "Trieur démo"}, {"serial_number", "c99 1"}})));
}

// Rule: docs/rules/linkage.md, "Serial numbers".
TEST(Equipment, a_number_that_is_met_again_or_of_another_model_joins_nothing_by_itself) {
  Things things;
  const auto told = [&](const char* make, const char* model, const char* serial, const Values& more = {}) {
    Values values = {{"names", std::string(make) + model}, {"make", make}, {"model", model}, {"serial_number", serial}};
    values.insert(values.end(), more.begin(), more.end());
    return things.add(Kind::equipment, "list" + std::to_string(things.input().mentions.size()), values);
  };
  for (const char* serial : {"101", "1998", "A7", "4711", "B77-4512"}) {
    EXPECT_FALSE(things.same(told("Leica Microsystems", "SP8", serial), told("Leica Biosystems", "Bond", serial)))
        << serial << ": two models of makers who are called alike";
  }
  for (const char* serial : {"101", "2035", "A7"}) {
    EXPECT_FALSE(things.same(told("Zeiss", "LSM 510", serial), told("Carl Zeiss", "LSM 510", serial))) << serial;
  }
  for (const char* serial : {"1949", "2036", "4812", "C77-4512"}) {
    EXPECT_TRUE(things.same(told("Zeiss", "LSM 710", serial), told("Carl Zeiss", "LSM 710 NLO", serial))) << serial;
  }
  const Values placed = {{"platforms", "name:Imagerie Demo"}};
  EXPECT_TRUE(things.same(told("Zeiss", "LSM 880", "107", placed), told("Carl Zeiss", "LSM880", "107", placed)))
      << "the rest speaks for it";
}

TEST(Equipment, another_number_of_one_make_is_another_instrument) {
  Things things;
  const auto told = [&](const char* source, const char* serial) {
    return things.instrument(source, "Microscope", {{"platforms", "name:Imagerie Demo"}, {"serial_number", serial}});
  };
  const int64_t one = told("inventory", "S-4711");
  EXPECT_FALSE(things.same(one, told("platform", "S-4712")));
  const int64_t unnumbered = told("booking", "n/a");
  EXPECT_EQ(things.mention(unnumbered).identifiers.size(), 0U);
  EXPECT_FALSE(things.same(one, unnumbered)) << "it may be either of the two";
}

TEST(Companies, legal_forms_brands_and_units) {
  Things things;
  const int64_t company = things.company("Exemple Biotech SAS", {{"country", "FR"}, {"commune", "Paris"}});
  for (const char* form : {"Exemple Biotech", "Société par actions simplifiée Exemple Biotech",
                           "EXEMPLE BIOTECH S.A.S.", "Exemple Biotech SARL", "Exemple Biotech, Inc."}) {
    EXPECT_TRUE(things.same(company, things.company(form, {{"commune", "Paris"}}))) << form;
  }
  EXPECT_FALSE(
      things.same(company, things.company("Exemple Biotech GmbH", {{"country", "DE"}, {"commune", "Berlin"}})));
  const int64_t registered =
      things.company("Fabrique de fictions appliquées", {{"siren", "552100554"}, {"commune", "Lyon"}});
  EXPECT_TRUE(things.same(registered,
                          things.company("Fabrique de fictions", {{"siret", "55210055400013"}, {"commune", "Lyon"}})))
      << "a brand inside the registered name, an establishment of the legal unit";
  EXPECT_FALSE(
      things.same(registered, things.company("Hopital des contes", {{"siret", "55210055400021"}, {"commune", "Lyon"}})))
      << "two hospitals of one legal unit";
  EXPECT_FALSE(things.same(registered, things.company("Fabrique de fictions appliquées",
                                                      {{"siret", "73282932000074"}, {"commune", "Lyon"}})))
      << "another legal unit";
}

TEST(Organisations, a_slip_needs_the_town_and_a_number_is_no_slip) {
  Things things;
  const int64_t one = things.company("Institut Gustave Exemple", {{"country", "FR"}, {"commune", "Villejuif"}});
  EXPECT_TRUE(
      things.same(one, things.company("Institut Gustav Exemple", {{"country", "FR"}, {"commune", "Villejuif"}})));
  EXPECT_FALSE(things.same(one, things.company("Institut Gustave Exempel", {})));
  const int64_t five = things.company("Université Fiction 5", {{"country", "FR"}, {"commune", "Paris"}});
  EXPECT_FALSE(things.same(five, things.company("Université Fiction 6", {{"country", "FR"}, {"commune", "Paris"}})));
}

TEST(Projects, title_acronym_partners_and_year) {
  Things things;
  const auto project = [&](const std::string& title, const std::string& from, const Values& more) {
    Values values = {{"title", title}, {"from", from}};
    values.insert(values.end(), more.begin(), more.end());
    return things.add(Kind::project, "source" + title + from, values);
  };
  const Values partner = {{"partners", "ror:013cjyk83"}};
  const int64_t one = project("Fiction as a model of rare tumours", "2019-01", partner);
  EXPECT_TRUE(things.same(one, project("Fiction as a model of rare tumors", "2019", partner)));
  EXPECT_TRUE(things.same(one, project("Fiction as a model of rare tumours", "2020", partner))) << "signed, then paid";
  EXPECT_FALSE(things.same(one, project("Fiction as a model of rare tumours", "2023", partner)));
  const int64_t named = project("Contes et fables", "2019", {{"acronym", "COFA"}, {"partners", "ror:013cjyk83"}});
  EXPECT_TRUE(things.same(named, project("Tales", "2019", {{"acronym", "COFA"}, {"partners", "ror:013cjyk83"}})));
  EXPECT_FALSE(things.same(named, project("Fables", "2019", {{"acronym", "COFA"}, {"partners", "ror:04t0gwh46"}})))
      << "an acronym alone";
}

TEST(Things, yearly_events_are_one_a_year) {
  Things things;
  const int64_t one =
      things.add(Kind::event, "a", {{"title", "Meeting of the invented consortium"}, {"from", "2019-05-01"}});
  EXPECT_TRUE(things.same(
      one, things.add(Kind::event, "b", {{"title", "Meeting of the invented consortium"}, {"from", "2019-05"}})));
  EXPECT_FALSE(things.same(
      one, things.add(Kind::event, "c", {{"title", "Meeting of the invented consortium"}, {"from", "2020-05"}})));
}

TEST(Things, weigh_what_they_say) {
  Things things;
  const int64_t a = things.paper(k_title, "2020", k_authors);
  const int64_t b = things.paper(k_title, "2021", {"Fable Luc", "Roman Eve"});
  const ThingEvidence evidence = weigh_things(things.mention(a), things.mention(b), false);
  double sum = evidence.prior_bits;
  for (const Weight& weight : evidence.weights) {
    sum += weight.bits;
  }
  EXPECT_NEAR(sum, evidence.bits, 1e-9);
  ASSERT_EQ(evidence.weights.size(), 3U);
  EXPECT_GT(evidence.weights[0].bits, 0) << "the title";
  EXPECT_LT(evidence.weights[2].bits, 0) << "the authors";
  EXPECT_TRUE(evidence.contradicts);
}

TEST(Things, hostile_values_are_kept_apart_and_kept) {
  Things things;
  for (const std::string& text : {std::string("x"), std::string(500, 'x'), std::string("null"), std::string("\xFF\xFE"),
                                  std::string("Ã©tÃ© Ã©tÃ©"), std::string("日本語の題名"), std::string(30'000, ' ')}) {
    for (const Kind kind : {Kind::publication, Kind::project, Kind::trial}) {
      things.add(kind, "s", {{"title", text}});
    }
    for (const Kind kind : {Kind::organisation, Kind::team, Kind::platform, Kind::equipment}) {
      things.add(kind, "s", {{"names", text}});
    }
  }
  size_t members = 0;
  for (const Cluster& cluster : resolve(things.input()).clusters) {
    members += cluster.members.size();
  }
  EXPECT_EQ(members, things.input().mentions.size());
}

}  // namespace
}  // namespace pitchblende::resolution
