// At a terminal: somebody is erased, with his account and bookings; people are told of their pages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "access/access.hpp"
#include "booking/booking.hpp"
#include "cli/cli_fixture.hpp"
#include "cli/commands.hpp"
#include "cli/people/holdings.hpp"

namespace pitchblende::cli {
namespace {

using testing::HasSubstr;

class CliPeopleTest : public CliFixture {
 protected:
  void SetUp() override {
    ASSERT_EQ(run({"init"}).exit, 0);
    import("organisations", "id,name,role,from\nI1,Institut Demo,member,2007\n");
    import("people",
           "id,family name,given names,email,organisation,from\n"
           "P1,Quorumfax,Zélie,zelie.quorumfax@example.org,Institut Demo,2015\nP2,Autre,Noa,,Institut Demo,2015\n");
  }
  void import(const std::string& format, const std::string& text) {
    const std::string file = folder.write(format + ".csv", text);
    ASSERT_EQ(run({"import", format, file, "--as", "demo-" + format, "--institution", "demo"}).exit, 0);
  }
  std::vector<std::string> found_in_data(const std::string& word) const {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder.path("data"))) {
      if (!entry.is_regular_file()) {
        continue;
      }
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), {}};
      if (bytes.find(word) != std::string::npos) {
        out.push_back(entry.path().filename().string());
      }
    }
    return out;
  }
};

TEST_F(CliPeopleTest, ErasesWithEverythingThatIsHeld) {
  {
    const auto place = Workplace::for_writing(folder.path("data"));
    ASSERT_TRUE(place);
    access::Access access(*(*place)->store, (*place)->clock, folder_secret(folder.path("data")).value(), {});
    ASSERT_TRUE(access.add_administrator("root@example.org"));
    ASSERT_TRUE(access.add_administrator("zelie.quorumfax@example.org"));
  }
  ASSERT_FALSE(found_in_data("quorumfax").empty());
  const Said unsure = run({"erase", "email:zelie.quorumfax@example.org", "--why", "letter 12"});
  EXPECT_EQ(unsure.exit, 1) << "nobody can be asked here";
  EXPECT_THAT(unsure.err, HasSubstr("--yes"));
  EXPECT_EQ(run({"erase", "email:zelie.quorumfax@example.org", "--yes"}).exit, 2) << "without a reason";
  EXPECT_EQ(run({"erase", "email:zelie.quorumfax@example.org", "--yes", "--why", "Zélie Quorumfax wrote"}).exit, 1);
  const Said done = run({"--json", "erase", "email:zelie.quorumfax@example.org", "--yes", "--why", "letter 12"});
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("\"records\":1"));
  EXPECT_THAT(done.out, HasSubstr("\"still_in\":0"));
  EXPECT_EQ(found_in_data("quorumfax"), std::vector<std::string>{});
  EXPECT_EQ(found_in_data("Quorumfax"), std::vector<std::string>{});
  EXPECT_NE(run({"erase", "zelie.quorumfax@example.org", "--yes", "--why", "again"}).exit, 0);
  EXPECT_EQ(run({"check"}).exit, 0);
  EXPECT_EQ(run({"search", "Noa"}).exit, 0);
  EXPECT_EQ(run({"search", "Quorumfax"}).exit, 6);
}

// docs/rules/access.md, rules 17 to 19.
TEST_F(CliPeopleTest, RolesInATableAreTriedThenAppliedAndTwiceChangeNothing) {
  const std::string table = folder.write(
      "roles.csv",
      "e-mail;role;object;until\nada@example.org;researcher;Institut Demo;31/12/2099\nbob;researcher;Institut Demo;\n");
  const Said tried = run({"roles", table});
  EXPECT_EQ(tried.exit, 3) << "a line was refused";
  EXPECT_THAT(tried.out, HasSubstr("2 lines read: 1 new roles, 0 at other dates, 0 unchanged, 1 refused\n"));
  EXPECT_THAT(tried.err, HasSubstr("3, e-mail: “bob” is not an e-mail address"));
  EXPECT_THAT(run({"roles", table, "--json"}).out, HasSubstr("\"new\":1")) << "a dry run stores nothing";
  EXPECT_THAT(run({"roles", table, "--apply"}).out, HasSubstr("; applied"));
  const Said again = run({"--json", "roles", table, "--apply"});
  EXPECT_THAT(again.out, HasSubstr("\"same\":1"));
  EXPECT_THAT(again.out, HasSubstr("\"changes\":[]"));
  EXPECT_EQ(run({"roles", folder.path("nowhere.csv")}).exit, 1);
  EXPECT_EQ(run({"check"}).exit, 0);
}

TEST_F(CliPeopleTest, AnAccountWithoutACardIsErasedByItsAddress) {
  {
    const auto place = Workplace::for_writing(folder.path("data"));
    ASSERT_TRUE(place);
    access::Access access(*(*place)->store, (*place)->clock, folder_secret(folder.path("data")).value(), {});
    ASSERT_TRUE(access.add_administrator("root@example.org"));
    ASSERT_TRUE(access.add_administrator("visitor.ybsk@example.org"));
  }
  ASSERT_FALSE(found_in_data("ybsk").empty());
  EXPECT_EQ(run({"erase", "visitor.ybsk@example.org", "--yes", "--why", "letter 13"}).exit, 0);
  EXPECT_EQ(found_in_data("ybsk"), std::vector<std::string>{});
}

// A backup from before is put back: who was erased since is erased again as the folder is opened.
TEST_F(CliPeopleTest, AnOlderBackupDoesNotBringTheErasedBack) {
  {
    const auto place = Workplace::for_writing(folder.path("data"));
    ASSERT_TRUE(place);
    access::Access access(*(*place)->store, (*place)->clock, folder_secret(folder.path("data")).value(), {});
    ASSERT_TRUE(access.add_administrator("root@example.org"));
    ASSERT_TRUE(access.add_administrator("zelie.quorumfax@example.org"));
    ASSERT_TRUE(access.add_administrator("visitor.ybsk@example.org"));
  }
  ASSERT_EQ(run({"backup", folder.path("kept")}).exit, 0);
  ASSERT_EQ(run({"erase", "email:zelie.quorumfax@example.org", "--yes", "--why", "letter 12"}).exit, 0);
  ASSERT_EQ(run({"erase", "visitor.ybsk@example.org", "--yes", "--why", "letter 13"}).exit, 0);
  namespace fs = std::filesystem;
  const std::string list = folder.path("data") + "/erased.list";
  ASSERT_TRUE(fs::exists(list));
  fs::copy_file(list, folder.path("erased.list"));
  fs::remove_all(folder.path("data"));
  fs::create_directories(folder.path("data"));
  fs::copy_file(folder.path("erased.list"), list);
  const Said restored = run({"restore", folder.path("kept")});
  EXPECT_EQ(restored.exit, 0) << restored.err;
  EXPECT_THAT(restored.out, HasSubstr("2 erasures done again"));
  EXPECT_EQ(found_in_data("quorumfax"), std::vector<std::string>{});
  EXPECT_EQ(found_in_data("Quorumfax"), std::vector<std::string>{});
  EXPECT_EQ(found_in_data("ybsk"), std::vector<std::string>{});
  EXPECT_EQ(run({"check"}).exit, 0);
  EXPECT_EQ(run({"search", "Noa"}).exit, 0);
}

TEST_F(CliPeopleTest, NoticesAreCountedAndBegunOnlyWhereTheConfigurationSaysSo) {
  EXPECT_THAT(run({"--json", "notices"}).out, HasSubstr("\"to_write\":1,\"no_address\":1,\"told\":0,\"begun\":false"));
  EXPECT_EQ(run({"notices", "--begin"}).exit, 1);
  std::ofstream(folder.path("data") + "/pitchblende.toml", std::ios::app) << "\n[people]\nnotices = true\n";
  const Said begun = run({"--json", "notices", "--begin"});
  EXPECT_EQ(begun.exit, 0) << begun.err;
  EXPECT_THAT(begun.out, HasSubstr("\"begun\":true"));
}

}  // namespace
}  // namespace pitchblende::cli
