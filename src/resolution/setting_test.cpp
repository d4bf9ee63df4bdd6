#include "resolution/setting.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "registry/kinds.hpp"

namespace pitchblende::resolution {
namespace {

using registry::Kind;
using registry::Record;

TEST(Setting, HeadingsAndTheJournalGiveWordsThatTheTextMayHaveToo) {
  Record record{Kind::publication, "1", {}, false, {}, {}};
  record.add(registry::field(Kind::publication, "title"), "Tumour repair");
  record.add(registry::field(Kind::publication, "concepts"), "Repair of Tumours/therapy");
  record.add(registry::field(Kind::publication, "journal"), "Annals of Exemple");
  const auto setting = setting_of(record);
  ASSERT_NE(setting, nullptr);
  EXPECT_EQ(setting->words.size(), 2u);
  EXPECT_EQ(setting->terms.size(), 4u);  // repair, tumour, annal, exemple: neither “of” nor what stands behind the /
  for (const uint32_t word : setting->words) {
    EXPECT_TRUE(std::binary_search(setting->terms.begin(), setting->terms.end(), word));
  }
}

}  // namespace
}  // namespace pitchblende::resolution
