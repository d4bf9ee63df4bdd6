#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "resolution/resolution.hpp"

namespace pitchblende::resolution {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Mention mention(int64_t record, std::optional<Id> held = {}, int64_t since = 0) {
  Mention out;
  out.ref = {record, 0};
  out.origin = "staff/" + std::to_string(record);
  out.held = held;
  out.held_since = since;
  return out;
}

Cluster cluster(std::initializer_list<int64_t> records) {
  Cluster out;
  for (const int64_t record : records) {
    out.members.push_back({record, 0});
  }
  return out;
}

bool never(Id) { return false; }

Id first_id(int64_t record) {
  const std::vector<Cluster> clusters = {cluster({record})};
  const std::vector<Mention> mentions = {mention(record)};
  return assign_ids(clusters, mentions, never)[0].id;
}

TEST(Identity, a_new_id_comes_from_kind_and_origin_of_the_oldest) {
  const std::vector<Mention> mentions = {mention(2), mention(1)};
  const auto out = assign_ids(std::vector{cluster({1, 2})}, mentions, never);
  EXPECT_TRUE(out[0].fresh);
  EXPECT_EQ(out[0].id, Id(hash64("person\nstaff/1") >> 14));
}

TEST(Identity, a_taken_id_is_counted_up) {
  const Id plain = first_id(1);
  const std::vector<Mention> mentions = {mention(1)};
  const auto out = assign_ids(std::vector{cluster({1})}, mentions, [&](Id id) { return id == plain; });
  EXPECT_EQ(out[0].id, plain.next());
}

TEST(Identity, what_is_held_is_kept_when_others_join) {
  const std::vector<Mention> mentions = {mention(1), mention(2, Id(77), 5)};
  const auto out = assign_ids(std::vector{cluster({1, 2})}, mentions, never);
  EXPECT_EQ(out[0].id, Id(77));
  EXPECT_FALSE(out[0].fresh);
  EXPECT_THAT(out[0].absorbed, IsEmpty());
}

TEST(Identity, on_a_merge_the_oldest_assignment_wins) {
  const std::vector<Mention> mentions = {mention(1, Id(10), 9), mention(2, Id(20), 3)};
  const auto out = assign_ids(std::vector{cluster({1, 2})}, mentions, never);
  EXPECT_EQ(out[0].id, Id(20));
  EXPECT_THAT(out[0].absorbed, ElementsAre(Id(10)));
}

TEST(Identity, on_a_split_the_part_with_the_oldest_record_keeps_it) {
  const std::vector<Mention> mentions = {mention(1, Id(10), 3), mention(2, Id(10), 3), mention(3, Id(10), 3)};
  const auto out = assign_ids(std::vector{cluster({1, 3}), cluster({2})}, mentions, never);
  EXPECT_EQ(out[0].id, Id(10));
  EXPECT_TRUE(out[1].fresh);
  EXPECT_THAT(out[1].absorbed, IsEmpty());
}

TEST(Identity, an_undone_merge_gives_the_old_id_back) {
  const Id one = first_id(1);
  const Id two = first_id(2);
  std::vector<Mention> mentions = {mention(1, one, 1), mention(2, two, 1)};
  const auto merged = assign_ids(std::vector{cluster({1, 2})}, mentions, never);
  ASSERT_EQ(merged[0].id, one);
  ASSERT_THAT(merged[0].absorbed, ElementsAre(two));
  mentions[1].held = one;
  mentions[1].held_since = 2;
  // `two` only redirects now, so it is not taken; `one` is.
  const auto parted = assign_ids(std::vector{cluster({1}), cluster({2})}, mentions, [&](Id id) { return id == one; });
  EXPECT_EQ(parted[0].id, one);
  EXPECT_EQ(parted[1].id, two);
  EXPECT_TRUE(parted[1].fresh);
}

TEST(Identity, swapped_members_never_share_an_id) {
  // {1,2}:A {3,4}:B become {1,3} {2,4}: each id goes where its oldest record is.
  const std::vector<Mention> mentions = {mention(1, Id(10), 1), mention(2, Id(10), 1), mention(3, Id(20), 1),
                                         mention(4, Id(20), 1)};
  const auto out = assign_ids(std::vector{cluster({1, 3}), cluster({2, 4})}, mentions, never);
  EXPECT_EQ(out[0].id, Id(10));
  EXPECT_THAT(out[0].absorbed, ElementsAre(Id(20)));
  EXPECT_TRUE(out[1].fresh);
  EXPECT_NE(out[1].id, Id(10));
  EXPECT_NE(out[1].id, Id(20));
}

TEST(Evidence, says_itself_in_both_languages) {
  std::set<std::string_view> codes;
  for (int at = 0; at <= static_cast<int>(Evidence::other_form); ++at) {
    const auto evidence = static_cast<Evidence>(at);
    codes.insert(code(evidence));
    for (const Language language : {Language::english, Language::french}) {
      EXPECT_NE(describe(evidence, "détail", language).find("détail"), std::string::npos);
      EXPECT_EQ(describe(evidence, "", language).find('{'), std::string::npos);
      EXPECT_EQ(describe(evidence, "", language).find("()"), std::string::npos);
      EXPECT_EQ(describe(evidence, "", language).back(), '.');
    }
    EXPECT_NE(describe(evidence, "x", Language::english), describe(evidence, "x", Language::french));
  }
  EXPECT_EQ(codes.size(), static_cast<size_t>(Evidence::other_form) + 1);
}

}  // namespace
}  // namespace pitchblende::resolution
