#include "partnerships/publication.hpp"

#include <gtest/gtest.h>

#include "partnerships/partnerships.hpp"
#include "pool_fixture.hpp"

namespace pitchblende::partnerships {
namespace {

using access::Viewer;

Draft draft() {
  Draft out;
  out.title = "Antibodies against zorg";
  out.shown = Shown::yes;
  out.starts = "2026-01-01";
  out.ends = "2026-12-31";
  out.amount = 250'000;
  out.description = "Antibodies of a new kind";
  return out;
}

class Publishing : public ::testing::Test, public tests::PoolPlace {
 protected:
  Publishing() : registry(*store), room(*store, clock), publisher(*pool, registry) {}

  void SetUp() override {
    import_members("1,Institut Zorg,member,2007\n2,Zorgpharma,,\n");
    settle();
    wanted = draft();
    wanted.parties = {id_of("name:institut zorg"), id_of("name:zorgpharma")};
  }
  void publish(const Result<Partnership>& now) {
    ASSERT_TRUE(now) << now.error().message();
    publisher.settle(*now, "staff@example.org");
  }
  std::string says(Id id, std::string_view field) {
    const auto card = find(id).card;
    return card ? std::string(card->text(registry::field(registry::Kind::partnership, field))) : "none";
  }

  const registry::Registry registry;
  Partnerships room;
  const Publisher publisher;
  const By staff{9, true};
  const Also also = [this](store::Transaction& transaction, const Partnership& now) {
    return publisher.publish(transaction, now);
  };
  Draft wanted;
};

TEST_F(Publishing, what_is_signed_is_a_card_and_what_is_not_is_none) {
  publish(room.add(wanted, staff, also));
  EXPECT_EQ(found("antibodies"), 0U) << "a first contact is nobody's business";
  publish(room.move({1, 1}, Stage::signed_, "", staff, also));
  EXPECT_EQ(found("antibodies"), 1U);
  const Id id = id_of("local:pitchblende/partnerships-1");
  const registry::Card card = *find(id).card;
  EXPECT_EQ(number_of(card), 1);
  EXPECT_EQ(card.label, "Antibodies against zorg");
  EXPECT_EQ(registry.links_from(id, Viewer::visitor())->size(), 2U);
  const auto seen = find(id, Viewer::visitor()).card;
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->text(registry::field(registry::Kind::partnership, "amount")), "") << "its institutions' alone";
  wanted.shown = Shown::no;
  publish(room.edit({1, 2}, wanted, staff, also));
  EXPECT_EQ(found("antibodies"), 0U);
}

// Rule 15.
TEST_F(Publishing, a_company_by_its_name_has_a_page_while_one_that_is_shown_names_it) {
  wanted.parties.pop_back();
  wanted.named = {"Thérabio SAS"};
  publish(room.add(wanted, staff, also));
  EXPECT_EQ(found("therabio"), 0U);
  publish(room.move({1, 1}, Stage::signed_, "", staff, also));
  const auto links = registry.links_from(id_of("local:pitchblende/partnerships-1"), Viewer::visitor());
  ASSERT_EQ(links->size(), 2U);
  const Id company = id_of("name:thérabio sas");
  EXPECT_EQ(links->back().to, company);
  EXPECT_EQ(find(company, Viewer::visitor()).card->text(registry::field(registry::Kind::organisation, "type")),
            "company");
  // A second one that names it, spelt otherwise, is the same company's.
  wanted.named = {"THERABIO SAS"};
  wanted.title = "Vaccines against zorg";
  publish(room.add(wanted, staff, also));
  publish(room.move({2, 1}, Stage::signed_, "", staff, also));
  EXPECT_EQ(id_of("name:thérabio sas"), company);
  EXPECT_EQ(registry.links_to(company, Viewer::visitor())->size(), 2U);
  // The first lets go of it, then the second.
  wanted.named = {"Autrelabo"};
  wanted.title = "Antibodies against zorg";
  publish(room.edit({1, 2}, wanted, staff, also));
  EXPECT_TRUE(find(company, Viewer::visitor()).card);
  EXPECT_GE(found("autrelabo"), 1U);
  publish(room.move({2, 2}, Stage::ended, "", staff, also));
  EXPECT_TRUE(find(company, Viewer::visitor()).card) << "ended, it is shown still";
  wanted.named = {"Therabio SAS"};
  wanted.title = "Vaccines against zorg";
  wanted.shown = Shown::no;
  publish(room.edit({2, 3}, wanted, staff, also));
  EXPECT_EQ(find(company).presence, registry::Presence::withdrawn);
}

// Rule 16.
TEST_F(Publishing, what_is_taken_over_is_one_card_that_says_what_is_known_here) {
  pool::SourceSettings file = source("agreements", "partnerships", sources::Mode::snapshot);
  file.trust = 90;
  const std::string head = "Code;Intitulé;Entreprise;Établissement;Nature;Début;Fin\n";
  import(file, head + "C1;Antibodies against zorg;Zorgpharma;Institut Zorg;recherche;2024-01-01;2026-05-01\n");
  settle();
  const Id card = id_of("local:agreements/C1");
  wanted.starts = "2024-01-01";
  wanted.ends = "2026-05-01";
  publish(room.take_over({card, Stage::signed_}, wanted, staff, also));
  EXPECT_EQ(id_of("local:pitchblende/partnerships-1"), card);
  EXPECT_EQ(number_of(*find(card).card), 1);
  EXPECT_EQ(says(card, "type"), "research");
  EXPECT_EQ(says(card, "to"), "2026-05-01");
  publish(room.renew({1, 1}, "2028-05-01", "", staff, also));
  EXPECT_EQ(says(card, "to"), "2028-05-01") << "though the file is trusted more";
  publish(room.renew({1, 2}, "2029-05-01", "", staff, also));
  EXPECT_EQ(says(card, "to"), "2029-05-01");
  EXPECT_EQ(found("antibodies"), 1U);
  // Brought again, the file changes nothing of that.
  import(file, head + "C1;Antibodies against zorg;Zorgpharma;Institut Zorg;recherche;2024-01-01;2026-06-01\n");
  settle();
  EXPECT_EQ(says(card, "to"), "2029-05-01");
  // No longer shown, the file speaks for itself.
  wanted.ends = "2029-05-01";
  wanted.shown = Shown::no;
  publish(room.edit({1, 3}, wanted, staff, also));
  EXPECT_EQ(says(card, "to"), "2026-06-01");
  EXPECT_EQ(says(card, "type"), "recherche");
  EXPECT_EQ(number_of(*find(card).card), 0);
}

}  // namespace
}  // namespace pitchblende::partnerships
