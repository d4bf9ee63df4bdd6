// The same on PostgreSQL: a campaign, its answers, a workbook out and back.
#include "confirm/confirm_fixture.hpp"
#include "postgresql.hpp"

namespace pitchblende::confirm {
namespace {

using testing::ElementsAre;

class ConfirmOnPostgresql : public ConfirmTest {
 protected:
  ConfirmOnPostgresql() : ConfirmTest(has() ? tests::PostgresqlServer::instance().new_database() : std::string()) {}
  void SetUp() override {
    if (!has()) {
      GTEST_SKIP() << tests::PostgresqlServer::k_missing;
    }
  }
  static bool has() { return tests::PostgresqlServer::installed(); }
};

TEST_F(ConfirmOnPostgresql, ACampaignAndItsAnswers) {
  Campaign campaign;
  campaign.title = "Essai";
  campaign.choice.kinds = {registry::Kind::person};
  campaign.choice.whole = id_of("name:institut essai");
  const int64_t number = campaigns.draft(campaign, {}).value();
  std::map<std::string, std::string> secrets;
  send(number, [&](const Invitation& each) { secrets[each.email] = each.cards.front().secret; });
  ASSERT_EQ(secrets.size(), 2U);
  ASSERT_TRUE(confirm.confirm(secrets["camille@example.org"]));
  EXPECT_TRUE(confirm.confirm(secrets["camille@example.org"]).error().is(errors::used));
  ASSERT_TRUE(confirm.correct(secrets["noa@example.org"],
                              {edit(person("a/A2"), "family_name", "Solitaire", "Nombreuse")}, "“quoted” \\ back"));
  EXPECT_THAT(values(person("a/A2"), "family_name"), ElementsAre("Nombreuse"));
  const Tally done = tally(campaigns.asked(number).value());
  EXPECT_EQ(done.confirmed, 1);
  EXPECT_EQ(done.corrected, 1);
  EXPECT_EQ(done.without_address, 1);
  ASSERT_TRUE(campaigns.keep_outcomes());
}

TEST_F(ConfirmOnPostgresql, AWorkbookOutAndBack) {
  const MadeWorkbook made =
      workbooks.make(id_of("name:institut essai"), 0, access::Viewer::everything(), Language::french, {}).value();
  Reading reading = workbooks.read(made.bytes, "x.xlsx", std::nullopt).value();
  EXPECT_EQ(reading.read, 9) << "six cards, three positions";
  EXPECT_TRUE(reading.changes.empty());
  const registry::FieldId field = registry::field(registry::Kind::person, "honorific");
  reading.changes.push_back({person("a/A2"),
                             registry::Kind::person,
                             "Noa",
                             {{{{field, {}, {}, {}, "Dr"}, {}, "Dr"}, CellFate::applied, {}, {}}}});
  const int64_t number = workbooks.keep(reading, 0, {}).value();
  ASSERT_TRUE(workbooks.apply(number, "test", {}));
  EXPECT_THAT(values(person("a/A2"), "honorific"), ElementsAre("Dr"));
  EXPECT_TRUE(workbooks.apply(number, "test", {}).error().is(errors::applied));
}

}  // namespace
}  // namespace pitchblende::confirm
