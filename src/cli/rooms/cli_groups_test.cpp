// At a terminal: what key areas say, from a file: docs/rules/groups.md, rule 13.
#include <gtest/gtest.h>

#include "cli/cli_fixture.hpp"
#include "cli/workplace.hpp"
#include "groups/groups.hpp"

namespace pitchblende::cli {
namespace {

class CliGroupsTest : public CliFixture {
 protected:
  void SetUp() override {
    ASSERT_EQ(run({"init"}).exit, 0);
    const std::string areas = folder.write("areas.csv", "Code,Nom\nA1,Axe Premier\n");
    ASSERT_EQ(run({"import", "groups", areas, "--as", "areas"}).exit, 0);
  }
  Said groups(const std::string& text) const { return run({"groups", folder.write("groups.json", text)}); }
};

TEST_F(CliGroupsTest, SaidTwiceItStandsOnce) {
  const std::string one =
      R"({"group":"name:axe premier","text_en":"## Aims","news":[{"in_days":-3,"title_en":"News"}],)"
      R"("events":[{"in_days":10,"from":"09:00","to":"10:00","title_en":"Day","places":4}]})";
  const Said done = groups("[" + one + R"(,{"group":"name:nobody"}])");
  EXPECT_EQ(done.exit, 3) << done.err;
  EXPECT_EQ(done.out, "1 groups read, 1 rejected\n");
  EXPECT_EQ(groups("[" + one + "]").out, "1 groups read, 0 rejected\n");
  const auto place = Workplace::for_writing(folder.path("data"));
  ASSERT_TRUE(place) << place.error().message();
  const groups::Groups room(*(*place)->store, (*place)->clock, *(*place)->pool);
  const Id id = **registry::Registry(*(*place)->store).find("name:axe premier");
  EXPECT_EQ(room.presentation(id)->text.english, "## Aims");
  EXPECT_EQ(room.news_of(id, 10)->size(), 1u);
  const auto events = room.events_of(id, 0).value();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].places, 4);
  EXPECT_EQ(events[0].ends - events[0].begins, 3600);
}

}  // namespace
}  // namespace pitchblende::cli
