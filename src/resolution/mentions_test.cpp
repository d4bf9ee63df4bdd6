#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "resolution/resolution.hpp"

namespace pitchblende::resolution {
namespace {

using registry::Attribute;
using registry::field;
using registry::Kind;
using registry::Record;
using registry::Value;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

Record record(Kind kind, const std::string& key) { return {kind, key, {}, false, {}, {}}; }

Value& add_author(Record& paper, const std::string& family, const std::string& given) {
  return paper.add(field(Kind::publication, "authors"), family + " " + given)
      .with(Attribute::family, family)
      .with(Attribute::given, given);
}

std::set<int64_t> hashes(const Mention& mention) {
  std::set<int64_t> out;
  for (const BlockingKey& key : blocking_keys(mention)) {
    out.insert(key.hash);
  }
  return out;
}

bool meet(const Mention& a, const Mention& b) {
  const std::set<int64_t> of_a = hashes(a);
  const std::set<int64_t> of_b = hashes(b);
  return std::any_of(of_a.begin(), of_a.end(), [&](int64_t hash) { return of_b.contains(hash); });
}

Mention person(const std::string& family, const std::string& given) {
  Mention mention;
  mention.family = family;
  mention.given = given;
  return mention;
}

TEST(Mentions, what_a_record_is_about_has_the_places_of_all_whom_it_names) {
  Record paper = record(Kind::publication, "123");
  paper.add(field(Kind::publication, "year"), "2020");
  add_author(paper, "Exemple", "Camille").with(Attribute::affiliation, "Institut Demo, Paris");
  add_author(paper, "Fiction", "Anne").with(Attribute::affiliation, "Institut Demo, Paris");
  add_author(paper, "Roman", "Brune");
  const auto mentions = mentions_of(paper, 7, "pubmed", "");
  ASSERT_EQ(mentions.size(), 4U);
  EXPECT_EQ(mentions[3].setting->places.size(), 3U) << "institut, demo, paris, each once";
  EXPECT_EQ(mentions[1].setting, mentions[3].setting);
}

TEST(Mentions, a_paper_gives_itself_and_each_author) {
  Record paper = record(Kind::publication, "123");
  paper.add(field(Kind::publication, "pmid"), "123");
  paper.add(field(Kind::publication, "title"), "Effects of fiction on models of examples");
  paper.add(field(Kind::publication, "year"), "2020");
  add_author(paper, "Exemple", "Camille")
      .with(Attribute::orcid, "0000-0002-1825-0097")
      .with(Attribute::affiliation, "Institut Démo, Paris. c.exemple@demo.fr");
  paper.add(field(Kind::publication, "collective_authors"), "Fiction Study Group");
  add_author(paper, "de la Fiction", "J");
  const auto mentions = mentions_of(paper, 7, "pubmed", "");
  ASSERT_EQ(mentions.size(), 3U);
  EXPECT_EQ(mentions[0].ref, (MentionRef{7, 0}));
  EXPECT_EQ(mentions[0].kind, Kind::publication);
  EXPECT_TRUE(mentions[0].described);
  EXPECT_EQ(mentions[0].origin, "pubmed/123");
  EXPECT_EQ(mentions[0].context, "2020|exemple");
  EXPECT_THAT(mentions[0].identifiers, ElementsAre("pmid:123"));
  EXPECT_EQ(mentions[1].ref, (MentionRef{7, 1}));
  EXPECT_EQ(mentions[1].kind, Kind::person);
  EXPECT_EQ(mentions[1].origin, "pubmed/123#1");
  EXPECT_THAT(mentions[1].identifiers, ElementsAre("orcid:0000-0002-1825-0097", "email:c.exemple@demo.fr"));
  EXPECT_THAT(mentions[1].affiliations, ElementsAre("institut demo;paris"));
  EXPECT_EQ(mentions[1].context, "pmid:123");
  EXPECT_EQ(mentions[2].ref, (MentionRef{7, 3})) << "a collective name counts, but is nobody";
  EXPECT_EQ(mentions[2].family, "de la fiction");
  ASSERT_TRUE(mentions[1].companions);
  EXPECT_THAT(*mentions[1].companions, ElementsAre("exemple c", "fiction j"));
  EXPECT_EQ(mentions[1].exclusive, mentions[2].exclusive);
  EXPECT_NE(mentions[1].exclusive, "");
}

TEST(Mentions, lists_of_one_record_do_not_exclude_each_other) {
  Record paper = record(Kind::publication, "123");
  add_author(paper, "Exemple", "Camille");
  paper.add(field(Kind::publication, "investigators"), "Exemple Camille");
  const auto mentions = mentions_of(paper, 1, "pubmed", "");
  ASSERT_EQ(mentions.size(), 3U);
  EXPECT_NE(mentions[1].exclusive, mentions[2].exclusive);
}

TEST(Mentions, five_thousand_authors_cost_each_the_same) {
  Record paper = record(Kind::publication, "123");
  for (int at = 0; at < 5000; ++at) {
    add_author(paper, "Exemple" + std::string(1, static_cast<char>('a' + at % 26)) + std::to_string(at), "Camille");
  }
  const auto mentions = mentions_of(paper, 1, "pubmed", "");
  ASSERT_EQ(mentions.size(), 5001U);
  for (const Mention& mention : mentions) {
    EXPECT_LE(blocking_keys(mention).size(), 4U);
    if (mention.ref.part > 0) {
      ASSERT_TRUE(mention.companions);
      EXPECT_LE(mention.companions->size(), 50U);
      EXPECT_THAT(*mention.companions, Contains(mention.family + " c"));
    }
  }
}

TEST(Mentions, an_entry_of_a_staff_list_is_described) {
  Record entry = record(Kind::person, "42");
  entry.add(field(Kind::person, "family_name"), "Exemple");
  entry.add(field(Kind::person, "given_names"), "Camille");
  entry.add(field(Kind::person, "email"), "camille@demo.fr");
  entry.add(field(Kind::person, "local_id"), "demo/42");
  entry.add(field(Kind::person, "positions"), "name:Institut Démo, Paris");
  entry.add(field(Kind::person, "positions"), "local:demo/T1");
  entry.add(field(Kind::person, "publications"), "pmid:123");
  const auto mentions = mentions_of(entry, 1, "staff", "demo");
  ASSERT_EQ(mentions.size(), 1U);
  EXPECT_TRUE(mentions[0].described);
  EXPECT_EQ(mentions[0].family + "/" + mentions[0].given, "exemple/camille");
  EXPECT_THAT(mentions[0].identifiers, ElementsAre("email:camille@demo.fr", "local:demo/42"));
  EXPECT_THAT(mentions[0].affiliations,
              ElementsAre("institut demo;paris", "local:demo/T1", "pmid:123", "institution:demo"));
  EXPECT_EQ(mentions[0].exclusive, "");
}

TEST(Mentions, numbers_that_mean_something_at_home_only_carry_their_home) {
  Record scope = record(Kind::equipment, "1");
  scope.add(field(Kind::equipment, "names"), "Microscope");
  scope.add(field(Kind::equipment, "make"), "Démo Optik");
  scope.add(field(Kind::equipment, "serial_number"), "S1");
  scope.add(field(Kind::equipment, "inventory_number"), "I1");
  EXPECT_THAT(mentions_of(scope, 1, "list", "curie")[0].identifiers, ElementsAre("serial:s1", "inventory:curie/I1"));
}

TEST(Mentions, acronyms_are_not_names) {
  Record place = record(Kind::organisation, "1");
  place.add(field(Kind::organisation, "names"), "Institut Démo");
  place.add(field(Kind::organisation, "names"), "ID").with(Attribute::type, "acronym");
  EXPECT_THAT(mentions_of(place, 1, "ror", "")[0].names, ElementsAre("institut demo"));
}

TEST(Mentions, a_deletion_names_nobody) {
  Record gone = record(Kind::publication, "1");
  gone.deleted = true;
  EXPECT_THAT(mentions_of(gone, 1, "pubmed", ""), IsEmpty());
}

TEST(BlockingKeys, spellings_of_a_name_meet) {
  EXPECT_TRUE(meet(person("de la tour", "anne"), person("tour", "a")));
  EXPECT_TRUE(meet(person("martin exemple", "anne"), person("exemple", "anne b")));
  EXPECT_TRUE(meet(person("le blanc", "anne"), person("leblanc", "a")));
  EXPECT_FALSE(meet(person("exemple", "anne"), person("exemple", "bernard")));
  EXPECT_THAT(blocking_keys(person("exemple", "")), IsEmpty());
}

TEST(BlockingKeys, identifiers_are_strong_and_kinds_apart) {
  Mention a = person("", "");
  a.identifiers = {"local:demo/1"};
  Mention b = a;
  b.kind = Kind::equipment;
  ASSERT_EQ(blocking_keys(a).size(), 1U);
  EXPECT_TRUE(blocking_keys(a)[0].strong);
  EXPECT_FALSE(meet(a, b));
  a.identifiers = {"geonames:12"};
  EXPECT_THAT(blocking_keys(a), IsEmpty()) << "a place is nobody's identity";
}

TEST(BlockingKeys, short_titles_are_no_keys) {
  Mention paper;
  paper.kind = Kind::publication;
  paper.names = {"editorial"};
  EXPECT_THAT(blocking_keys(paper), IsEmpty());
  paper.names = {"effects of fiction on examples"};
  EXPECT_THAT(blocking_keys(paper), Not(IsEmpty()));
}

// Names as they come: none costs another one its place, and none is taken for somebody that it does not name.
TEST(Mentions, bad_names_lose_nothing) {
  const std::string endless(500, 'x');
  Record paper = record(Kind::publication, "p1");
  const auto authors = field(Kind::publication, "authors");
  add_author(paper, "X", "Y");
  add_author(paper, endless, endless);
  add_author(paper, "Exemple", "");
  paper.add(authors, "et al.");
  paper.add(authors, "Exemple Study Group");
  add_author(paper, "Camille", "Exemple");
  add_author(paper, "Ã‰xÃ©mple", "LÃ©a");
  add_author(paper, "\xE4\xBE\x8B\xE5\xAD\x90", "\xE8\x99\x9A");
  add_author(paper, "Exemple", "null").with(Attribute::initials, "C");
  add_author(paper, "Exemple", "NULL");
  const auto mentions = mentions_of(paper, 1, "pubmed", "");
  std::vector<int32_t> parts;
  for (const Mention& mention : mentions) {
    parts.push_back(mention.ref.part);
  }
  EXPECT_THAT(parts, ElementsAre(0, 1, 2, 3, 6, 7, 8, 9, 10));  // 4 and 5 count, and are nobody
  EXPECT_EQ(mentions[1].given, "y");
  EXPECT_EQ(mentions[2].family.size(), 500U);
  EXPECT_EQ(mentions[3].given, "");
  EXPECT_FALSE(mentions[5].family.empty());
  EXPECT_FALSE(mentions[6].family.empty());
  EXPECT_EQ(mentions[7].given, "c");
  EXPECT_EQ(mentions[8].given, "");
  Input input;
  input.mentions = mentions;
  size_t found = 0;
  for (const Cluster& cluster : resolve(input).clusters) {
    EXPECT_EQ(cluster.members.size(), 1U);
    found += cluster.members.size();
  }
  EXPECT_EQ(found, mentions.size());
}

TEST(Mentions, two_without_a_given_name_are_not_one_by_what_an_export_writes_for_it) {
  Input input;
  for (int64_t number = 1; number <= 2; ++number) {
    Record paper = record(Kind::publication, "p" + std::to_string(number));
    add_author(paper, "Exemple", "null");
    for (Mention& mention : mentions_of(paper, number, "pubmed", "")) {
      input.mentions.push_back(std::move(mention));
    }
  }
  EXPECT_EQ(resolve(input).clusters.size(), 4U);
}

}  // namespace
}  // namespace pitchblende::resolution
