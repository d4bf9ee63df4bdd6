#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "resolution/resolution.hpp"

namespace pitchblende::resolution {
namespace {

using registry::Kind;
using testing::IsEmpty;

using Companions = std::vector<std::string>;

// Mentions by hand; each call is one record of its own.
class Pool {
 public:
  Mention& author(const std::string& family, const std::string& given, const std::string& affiliation = {},
                  Companions companions = {}) {
    Mention& mention = add(Kind::person, 1);
    mention.family = family;
    mention.given = given;
    mention.exclusive = mention.origin.substr(0, mention.origin.find('#'));
    if (!affiliation.empty()) {
      mention.affiliations = {affiliation};
    }
    if (!companions.empty()) {
      mention.companions = std::make_shared<const Companions>(std::move(companions));
    }
    return mention;
  }
  Mention& staff(const std::string& source, const std::string& family, const std::string& given) {
    Mention& mention = add(Kind::person, 0);
    mention.origin = source + "/" + std::to_string(mention.ref.record);
    mention.family = family;
    mention.given = given;
    mention.described = true;
    return mention;
  }
  Mention& thing(Kind kind, const std::string& name, const std::string& context) {
    Mention& mention = add(kind, 0);
    mention.names = {name};
    mention.context = context;
    mention.described = true;
    return mention;
  }
  void decide(Verdict verdict, int64_t a, int64_t b) {
    const auto number = static_cast<int64_t>(m_input.decisions.size()) + 1;
    m_input.decisions.push_back({number, verdict, ref(a), ref(b)});
  }
  MentionRef ref(int64_t record) const { return m_input.mentions[static_cast<size_t>(record - 1)].ref; }
  std::vector<Cluster> clusters() const { return resolve(m_input).clusters; }
  Input& input() { return m_input; }

  const Cluster cluster_of(int64_t record) const {
    for (const Cluster& cluster : clusters()) {
      if (std::find(cluster.members.begin(), cluster.members.end(), ref(record)) != cluster.members.end()) {
        return cluster;
      }
    }
    return {};
  }
  bool same(int64_t a, int64_t b) const { return cluster_of(a).members == cluster_of(b).members; }

 private:
  Mention& add(Kind kind, int32_t part) {
    if (m_input.mentions.capacity() == 0) {
      m_input.mentions.reserve(10'000);  // references stay good
    }
    Mention& mention = m_input.mentions.emplace_back();
    const auto record = static_cast<int64_t>(m_input.mentions.size());
    mention.ref = {record, part};
    mention.kind = kind;
    mention.origin = "pubmed/" + std::to_string(1000 + record) + (part == 0 ? "" : "#1");
    return mention;
  }

  Input m_input;
};

constexpr const char* k_demo = "department of surgery;institut demo;paris";

// docs/rules/resolution.md, rule 2.
TEST(Resolve, an_identifier_joins_and_says_so) {
  Pool pool;
  pool.author("exemple", "camille").identifiers = {"orcid:0000-0002-1825-0097"};
  pool.author("exemple", "c").identifiers = {"orcid:0000-0002-1825-0097"};
  const Cluster cluster = pool.cluster_of(1);
  ASSERT_EQ(cluster.members.size(), 2U);
  ASSERT_EQ(cluster.reasons.size(), 1U);
  EXPECT_EQ(cluster.reasons[0].evidence, Evidence::identifier);
  EXPECT_EQ(cluster.reasons[0].detail, "orcid:0000-0002-1825-0097");
}

// Rule 2.
TEST(Resolve, an_identifier_copied_to_the_wrong_author_joins_nobody) {
  Pool pool;
  pool.author("exemple", "camille").identifiers = {"orcid:0000-0002-1825-0097"};
  pool.author("fiction", "paul").identifiers = {"orcid:0000-0002-1825-0097"};
  EXPECT_FALSE(pool.same(1, 2));
  ASSERT_EQ(pool.cluster_of(1).refused.size(), 1U);
  EXPECT_EQ(pool.cluster_of(1).refused[0].evidence, Evidence::other_name);
}

// Rule 2.
TEST(Resolve, whoever_is_known_under_two_names_is_met_under_either) {
  Pool pool;
  pool.author("exemple", "camille", k_demo).identifiers = {"orcid:0000-0002-1825-0097"};
  pool.author("fiction", "camille", k_demo).identifiers = {"orcid:0000-0002-1825-0097"};
  pool.author("fiction", "camille", k_demo);
  pool.author("exemple", "camille", k_demo);
  pool.author("fiction", "charles", k_demo);
  EXPECT_TRUE(pool.same(1, 3));
  EXPECT_TRUE(pool.same(1, 4));
  EXPECT_FALSE(pool.same(1, 5));
}

TEST(Resolve, two_lists_of_staff_are_not_brought_together_by_papers) {
  Pool pool;
  pool.staff("alpha", "exemple", "camille").affiliations = {"institut alpha"};
  pool.staff("beta", "exemple", "camille").affiliations = {"universite beta"};
  for (int paper = 0; paper < 6; ++paper) {
    pool.author("exemple", "camille", paper % 2 == 0 ? "institut alpha;paris;france" : "universite beta;paris;france",
                {"exemple c", "fiction a"});
  }
  EXPECT_FALSE(pool.same(1, 2));
}

TEST(Resolve, an_entry_of_a_list_is_not_his_namesake_elsewhere) {
  Pool pool;
  pool.staff("alpha", "exemple", "camille").affiliations = {"institut alpha"};
  pool.author("exemple", "camille", "school of medicine;harbour university;australia");
  pool.author("exemple", "camille", "institut alpha;paris;france");
  EXPECT_FALSE(pool.same(1, 2));
  EXPECT_TRUE(pool.same(1, 3));
}

TEST(Resolve, two_orcids_are_two_people) {
  Pool pool;
  pool.author("exemple", "camille", k_demo).identifiers = {"orcid:0000-0002-1825-0097"};
  pool.author("exemple", "camille", k_demo).identifiers = {"orcid:0000-0001-5109-3700"};
  EXPECT_FALSE(pool.same(1, 2));
  EXPECT_EQ(pool.cluster_of(1).refused[0].evidence, Evidence::other_identifier);
  EXPECT_EQ(pool.cluster_of(1).refused[0].detail, "orcid:0000-0002-1825-0097 ≠ orcid:0000-0001-5109-3700")
      << "those that keep them apart, in the order of the two";
}

TEST(Resolve, two_authors_of_one_paper_are_two_people) {
  Pool pool;
  pool.author("exemple", "camille", k_demo).exclusive = "p";
  pool.author("exemple", "camille", k_demo).exclusive = "p";
  EXPECT_FALSE(pool.same(1, 2));
  EXPECT_EQ(pool.cluster_of(1).refused[0].evidence, Evidence::exclusive);
  EXPECT_EQ(pool.cluster_of(1).refused[0].detail, "p") << "the list that has both";
}

TEST(Resolve, a_third_does_not_bring_two_orcids_together) {
  Pool pool;
  pool.author("exemple", "camille", k_demo).identifiers = {"orcid:0000-0002-1825-0097"};
  pool.author("exemple", "camille", k_demo);
  pool.author("exemple", "camille", k_demo).identifiers = {"orcid:0000-0001-5109-3700"};
  EXPECT_FALSE(pool.same(1, 3));
}

TEST(Resolve, initials_need_support) {
  Pool pool;
  pool.author("exemple", "c");
  pool.author("exemple", "c");
  pool.author("exemple", "c", k_demo);
  pool.author("exemple", "c", "institut demo;paris");
  pool.author("exemple", "c", {}, {"exemple c", "fiction a"});
  pool.author("exemple", "c", {}, {"exemple c", "fiction a"});
  EXPECT_FALSE(pool.same(1, 2));
  EXPECT_TRUE(pool.same(3, 4));
  EXPECT_TRUE(pool.same(5, 6));
  EXPECT_FALSE(pool.same(3, 5));
  EXPECT_EQ(pool.cluster_of(3).reasons[0].evidence, Evidence::name_and_affiliation);
  EXPECT_EQ(pool.cluster_of(3).reasons[0].detail, "exemple c; institut demo");
  EXPECT_EQ(pool.cluster_of(5).reasons[0].evidence, Evidence::name_and_companions);
  EXPECT_EQ(pool.cluster_of(5).reasons[0].detail, "exemple c; fiction a");
}

TEST(Resolve, a_namesake_is_not_his_own_companion) {
  Pool pool;
  pool.author("exemple", "c", {}, {"exemple c"});
  pool.author("exemple", "c", {}, {"exemple c"});
  EXPECT_FALSE(pool.same(1, 2));
}

// Rule 4.
TEST(Resolve, a_full_name_is_enough_where_few_bear_it_and_not_where_its_bearers_are_everywhere) {
  Pool rare;
  rare.author("exemple", "camille");
  rare.author("exemple", "camille");
  EXPECT_TRUE(rare.same(1, 2));
  EXPECT_EQ(rare.cluster_of(1).reasons[0].evidence, Evidence::name);
  Pool common;
  for (const char* place : {"institut alpha;lyon;france", "clinique beta;osaka;japan", "hospital gamma;boston;usa",
                            "universitat delta;wien;austria", "ospedale epsilon;roma;italy",
                            "institute zeta;delhi;india", "college eta;leeds;uk", "centro theta;madrid;spain"}) {
    common.author("exemple", "camille", place);
  }
  EXPECT_FALSE(common.same(1, 2));
  EXPECT_FALSE(common.same(4, 5));
}

TEST(Resolve, an_initial_does_not_bring_two_given_names_together) {
  Pool pool;
  pool.author("exemple", "camille", k_demo);
  pool.author("exemple", "c", k_demo);
  pool.author("exemple", "charles", k_demo);
  EXPECT_FALSE(pool.same(1, 3));
}

TEST(Resolve, married_and_particled_names_meet_with_support) {
  Pool pool;
  pool.author("martin exemple", "camille", k_demo);
  pool.author("exemple", "camille", k_demo);
  pool.author("de la fiction", "anne", k_demo);
  pool.author("fiction", "a", k_demo);
  EXPECT_TRUE(pool.same(1, 2));
  EXPECT_TRUE(pool.same(3, 4));
}

// Rule 2.
TEST(Resolve, a_shared_mailbox_joins_namesakes_only) {
  Pool pool;
  pool.author("exemple", "c").identifiers = {"email:lab@demo.fr"};
  pool.author("fiction", "c").identifiers = {"email:lab@demo.fr"};
  pool.author("exemple", "camille").identifiers = {"email:lab@demo.fr"};
  EXPECT_FALSE(pool.same(1, 2));
  EXPECT_TRUE(pool.same(1, 3));
}

TEST(Resolve, entries_of_two_staff_lists_need_more_than_a_name) {
  Pool pool;
  pool.staff("curie", "exemple", "camille");
  pool.staff("igr", "exemple", "camille");
  EXPECT_FALSE(pool.same(1, 2));
  pool.staff("a", "fiction", "anne").affiliations = {"ror:013cjyk83"};
  pool.staff("b", "fiction", "anne").affiliations = {"ror:013cjyk83"};
  EXPECT_TRUE(pool.same(3, 4));
}

TEST(Resolve, two_entries_of_one_staff_list_are_two_people_unless_an_orcid_says_otherwise) {
  Pool pool;
  pool.staff("curie", "exemple", "camille").affiliations = {"institution:curie"};
  pool.staff("curie", "exemple", "camille").affiliations = {"institution:curie"};
  EXPECT_FALSE(pool.same(1, 2));
  for (const int64_t record : {0, 1}) {
    pool.input().mentions[static_cast<size_t>(record)].identifiers = {"orcid:0000-0002-1825-0097"};
  }
  EXPECT_TRUE(pool.same(1, 2));
}

TEST(Resolve, a_confirmed_publication_finds_its_author_among_namesakes) {
  Pool pool;
  pool.staff("curie", "exemple", "camille").affiliations = {"pmid:77"};
  for (const char* given : {"claire", "charles", "cyril", "celeste"}) {
    pool.author("exemple", given);
  }
  pool.author("exemple", "c").context = "pmid:77";
  pool.author("exemple", "c").context = "pmid:78";
  EXPECT_TRUE(pool.same(1, 6));
  EXPECT_FALSE(pool.same(1, 7));
}

TEST(Resolve, organisations_join_on_name_and_place) {
  Pool pool;
  pool.thing(Kind::organisation, "institut exemple", "fr|paris");
  pool.thing(Kind::organisation, "institut exemple", "fr|paris");
  pool.thing(Kind::organisation, "institut exemple", "be|liege");
  pool.thing(Kind::organisation, "institut exemple", "|");
  EXPECT_TRUE(pool.same(1, 2));
  EXPECT_FALSE(pool.same(1, 3));
  EXPECT_FALSE(pool.same(4, 1)) << "it may be any of them";
  EXPECT_FALSE(pool.same(4, 3));
  pool.thing(Kind::organisation, "hopital demo", "fr|");
  pool.thing(Kind::organisation, "hopital demo", "|");
  EXPECT_TRUE(pool.same(5, 6));
}

TEST(Resolve, acronyms_and_two_rors_keep_organisations_apart) {
  Pool pool;
  pool.thing(Kind::organisation, "ifd", "fr|");
  pool.thing(Kind::organisation, "ifd", "fr|");
  EXPECT_FALSE(pool.same(1, 2));
  pool.thing(Kind::organisation, "institut exemple", "fr|paris").identifiers = {"ror:013cjyk83"};
  pool.thing(Kind::organisation, "institut exemple", "fr|paris").identifiers = {"ror:04t0gwh46"};
  EXPECT_FALSE(pool.same(3, 4));
}

TEST(Resolve, publications_join_on_title_year_and_first_author) {
  const char* title = "effects of fiction on examples";
  Pool pool;
  pool.thing(Kind::publication, title, "2019|exemple");
  pool.thing(Kind::publication, title, "2020|exemple");
  pool.thing(Kind::publication, title, "2023|exemple");
  pool.thing(Kind::publication, title, "2020|fiction");
  pool.thing(Kind::publication, "editorial", "2020|exemple");
  pool.thing(Kind::publication, "editorial", "2020|exemple");
  EXPECT_TRUE(pool.same(1, 2));
  EXPECT_EQ(pool.cluster_of(1).reasons[0].evidence, Evidence::title);
  EXPECT_FALSE(pool.same(2, 3));
  EXPECT_FALSE(pool.same(2, 4));
  EXPECT_FALSE(pool.same(5, 6));
}

TEST(Resolve, a_preprint_and_its_article_are_two_unless_a_pmid_says_otherwise) {
  const char* title = "effects of fiction on examples";
  Pool pool;
  pool.thing(Kind::publication, title, "2020|exemple").identifiers = {"doi:10.1/a"};
  pool.thing(Kind::publication, title, "2020|exemple").identifiers = {"doi:10.1/b"};
  EXPECT_FALSE(pool.same(1, 2));
  pool.thing(Kind::publication, title, "2020|exemple").identifiers = {"pmid:1", "doi:10.2/a"};
  pool.thing(Kind::publication, title, "2020|exemple").identifiers = {"pmid:1", "doi:10.2/b"};
  pool.thing(Kind::publication, title, "2020|exemple").identifiers = {"doi:10.2/b"};
  EXPECT_TRUE(pool.same(3, 4));
  EXPECT_TRUE(pool.same(4, 5));
}

TEST(Resolve, two_instruments_of_a_model_are_two) {
  Pool pool;
  pool.thing(Kind::equipment, "microscope", "demo|m1").affiliations = {"institution:curie"};
  pool.thing(Kind::equipment, "microscope", "demo|m1").affiliations = {"institution:curie"};
  EXPECT_FALSE(pool.same(1, 2));
}

TEST(Resolve, platforms_of_two_institutions_may_share_a_name) {
  Pool pool;
  pool.thing(Kind::platform, "plateforme cytometrie", "|").affiliations = {"institution:curie"};
  pool.thing(Kind::platform, "plateforme cytometrie", "|").affiliations = {"institution:igr"};
  pool.thing(Kind::platform, "plateforme cytometrie", "|").affiliations = {"institution:curie"};
  EXPECT_FALSE(pool.same(1, 2));
  EXPECT_TRUE(pool.same(1, 3));
}

// Rule 1.
TEST(Resolve, what_a_person_decides_comes_first) {
  Pool pool;
  pool.author("exemple", "camille", k_demo);
  pool.author("exemple", "camille", k_demo);
  pool.author("fiction", "anne");
  pool.decide(Verdict::different, 1, 2);
  pool.decide(Verdict::same, 1, 3);
  EXPECT_FALSE(pool.same(1, 2));
  EXPECT_TRUE(pool.same(1, 3));
  EXPECT_EQ(pool.cluster_of(1).reasons[0].evidence, Evidence::decision);
  EXPECT_EQ(pool.cluster_of(2).refused[0].evidence, Evidence::decided_different);
}

// Rule 1.
TEST(Resolve, of_decisions_that_contradict_the_later_wins) {
  Pool pool;
  pool.author("exemple", "camille");
  pool.author("fiction", "anne");
  pool.author("invention", "paul");
  pool.decide(Verdict::different, 1, 2);
  pool.decide(Verdict::same, 1, 2);
  EXPECT_TRUE(pool.same(1, 2));
  pool.decide(Verdict::different, 1, 2);
  EXPECT_FALSE(pool.same(1, 2));
  pool.decide(Verdict::same, 1, 3);
  pool.decide(Verdict::same, 3, 2);
  EXPECT_TRUE(pool.same(1, 2)) << "by the third";
}

// Rule 3.
TEST(Resolve, what_is_settled_stays_together_and_what_is_due_is_weighed_anew) {
  Pool pool;
  for (int at = 0; at < 3; ++at) {
    Mention& mention = pool.author("exemple", "c");
    mention.held = Id(5);
    mention.settled = at < 2;
  }
  EXPECT_TRUE(pool.same(1, 2));
  EXPECT_FALSE(pool.same(1, 3));
  EXPECT_EQ(pool.cluster_of(1).reasons[0].evidence, Evidence::held);
  pool.decide(Verdict::different, 1, 2);
  EXPECT_FALSE(pool.same(1, 2));
}

TEST(Resolve, a_part_of_the_pool_gives_what_the_whole_gives) {
  Pool pool;
  for (int at = 0; at < 40; ++at) {
    const std::string place = "institut demo" + std::string(1, static_cast<char>('a' + at % 5));
    Mention& mention = pool.author("exemple", at % 2 == 0 ? "camille" : "c", place);
    if (at % 7 == 0) {
      mention.identifiers = {"email:c" + std::to_string(at % 5) + "@demo.fr"};
    }
  }
  const auto whole = pool.clusters();
  // All but the last were resolved before; the last arrives with its block.
  for (size_t cluster = 0; cluster < whole.size(); ++cluster) {
    for (const MentionRef& ref : whole[cluster].members) {
      Mention& mention = pool.input().mentions[static_cast<size_t>(ref.record - 1)];
      mention.settled = ref.record != 40;
      mention.held = mention.settled ? std::optional(Id(cluster + 1)) : std::nullopt;
    }
  }
  const auto part = pool.clusters();
  ASSERT_EQ(part.size(), whole.size());
  for (size_t at = 0; at < whole.size(); ++at) {
    EXPECT_EQ(part[at].members, whole[at].members);
  }
}

TEST(Resolve, nothing_gives_nothing) { EXPECT_THAT(resolve({}).clusters, IsEmpty()); }

}  // namespace
}  // namespace pitchblende::resolution
