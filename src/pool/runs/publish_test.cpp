#include <gtest/gtest.h>

#include "pool/errors.hpp"
#include "pool_fixture.hpp"

namespace pitchblende::pool {
namespace {

using access::Viewer;
using access::Visibility;

class PublishTest : public ::testing::Test, public tests::PoolPlace {
 protected:
  static Publication call(const std::string& title, Visibility visibility = Visibility::everyone) {
    Publication out;
    out.slice = "calls";
    out.record.kind = registry::Kind::call;
    out.record.key = "12";
    out.record.add(registry::field(registry::Kind::call, "title"), title, "en");
    out.visibility = visibility;
    return out;
  }
  Result<void> publish(const Publication& publication) {
    TRY(store->write([&](store::Transaction& db) { return pool->publish(db, publication); }));
    const auto settled = pool->settle_published();
    EXPECT_TRUE(settled && *settled);
    return {};
  }
};

TEST_F(PublishTest, WhatASlicePublishesIsFoundAndFollows) {
  ASSERT_TRUE(publish(call("Radium in invented cells")));
  const Id id = id_of(published_reference("calls", "12"));
  EXPECT_EQ(find(id, Viewer::visitor()).card->label, "Radium in invented cells");
  EXPECT_EQ(found("radium"), 1u);
  ASSERT_TRUE(publish(call("Polonium in invented cells")));
  EXPECT_EQ(id_of(published_reference("calls", "12")), id);
  EXPECT_EQ(found("radium"), 0u);
  EXPECT_EQ(found("polonium"), 1u);
  Publication gone = call("");
  gone.record.deleted = true;
  ASSERT_TRUE(publish(gone));
  EXPECT_EQ(find(id).presence, registry::Presence::withdrawn);
  EXPECT_EQ(found("polonium"), 0u);
  ASSERT_TRUE(publish(call("Polonium in invented cells")));
  EXPECT_EQ(find(id).presence, registry::Presence::here);
}

TEST_F(PublishTest, WhoMaySeeItMayChange) {
  ASSERT_TRUE(publish(call("Radium", Visibility::consortium)));
  const Id id = id_of(published_reference("calls", "12"));
  EXPECT_FALSE(find(id, Viewer::visitor()).card);
  EXPECT_EQ(found("radium"), 0u);
  ASSERT_TRUE(publish(call("Radium", Visibility::everyone)));
  EXPECT_EQ(id_of(published_reference("calls", "12")), id);
  EXPECT_TRUE(find(id, Viewer::visitor()).card);
  EXPECT_EQ(found("radium"), 1u);
  ASSERT_TRUE(publish(call("Radium", Visibility::consortium)));
  EXPECT_FALSE(find(id, Viewer::visitor()).card);
  EXPECT_EQ(found("radium"), 0u);
}

TEST_F(PublishTest, SaidAgainItChangesNothing) {
  ASSERT_TRUE(publish(call("Radium")));
  const std::string before = dump("SELECT id FROM version") + dump("SELECT id FROM run");
  ASSERT_TRUE(publish(call("Radium")));
  EXPECT_EQ(dump("SELECT id FROM version") + dump("SELECT id FROM run"), before);
}

TEST_F(PublishTest, ItIsStoredWithTheSlicesOwnWriteOrNotAtAll) {
  const auto failed = store->write([&](store::Transaction& db) -> Result<void> {
    TRY(pool->publish(db, call("Radium")));
    return fail(errors::no_files);
  });
  ASSERT_FALSE(failed);
  EXPECT_EQ(dump("SELECT key FROM record"), "");
  // Stored but not settled, as when the process ends between the two: the next start does the rest.
  ASSERT_TRUE(store->write([&](store::Transaction& db) { return pool->publish(db, call("Radium")); }));
  open();
  ASSERT_TRUE(pool->settle_published());
  EXPECT_EQ(found("radium"), 1u);
  Publication nameless = call("Radium");
  nameless.record.key.clear();
  const auto refused = store->write([&](store::Transaction& db) { return pool->publish(db, nameless); });
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().is(errors::no_key));
}

TEST_F(PublishTest, ItsLinksLeadToWhatIsHere) {
  import_members("I1,Institut Demo,member,2007\n");
  settle();
  const Id institution = id_of("name:Institut Demo");
  const auto reference = registry::Registry(*store).reference_to(institution);
  ASSERT_TRUE(reference);
  EXPECT_EQ(*reference, "local:members/I1");
  Publication publication = call("Radium");
  publication.record.add(registry::field(registry::Kind::call, "funders"), *reference);
  ASSERT_TRUE(publish(publication));
  const auto links = registry::Registry(*store).links_to(institution, Viewer::visitor());
  ASSERT_TRUE(links);
  ASSERT_EQ(links->size(), 1u);
  EXPECT_EQ(links->front().from_label, "Radium");
  EXPECT_EQ(*registry::Registry(*store).reference_to(Id(12345)), "");
}

}  // namespace
}  // namespace pitchblende::pool
