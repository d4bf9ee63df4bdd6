#include "resolution/things/publication_versions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pitchblende::resolution {
namespace {

using registry::Card;
using registry::Kind;

using testing::ElementsAre;

// A second version: its title from an open source, its DOI from one that is not.
Card second_version(const std::string& title) {
  Card card;
  card.kind = Kind::publication;
  card.sources.resize(2);
  card.sources[0].visibility = access::Visibility::everyone;
  card.sources[1].visibility = access::Visibility::consortium;
  const auto add = [&](const char* field, const std::string& text, uint32_t source) -> registry::Value& {
    card.fields.push_back({registry::field(Kind::publication, field), {{{text, {}, {}}, {source}, false, 0, false}}});
    return card.fields.back().values.front().value;
  };
  registry::Value& author = add("authors", "Exemple Camille", 0);
  author.with(registry::Attribute::family, "Exemple");
  author.with(registry::Attribute::given, "Camille");
  add("doi", "10.12688/f1000research.12345.2", 1);
  add("title", title, 0);
  return card;
}

// Rule: docs/rules/linkage.md, "Versions".
TEST(PublicationVersions, a_link_by_doi_is_said_by_whoever_says_the_doi) {
  for (const char* title : {"Radium cells", "Radium in invented cells of examples"}) {
    Card card = second_version(title);
    link_to_work(card);
    const registry::CardField* updates = card.find(registry::field(Kind::publication, "updates"));
    ASSERT_NE(updates, nullptr) << title;
    ASSERT_EQ(updates->values.size(), 1U);
    EXPECT_THAT(updates->values.front().sources, ElementsAre(1U)) << title;
    EXPECT_EQ(registry::visibility_of(card, *updates, updates->values.front()), access::Visibility::consortium);
  }
}

TEST(PublicationVersions, a_link_by_title_is_said_by_whoever_says_the_title) {
  Card card = second_version("Radium in invented cells of examples [version 2; peer review: 1 approved]");
  std::erase_if(card.fields, [](const registry::CardField& field) {
    return field.field == registry::field(Kind::publication, "doi");
  });
  link_to_work(card);
  const registry::CardField* updates = card.find(registry::field(Kind::publication, "updates"));
  ASSERT_NE(updates, nullptr);
  EXPECT_THAT(updates->values.front().sources, ElementsAre(0U));
}

}  // namespace
}  // namespace pitchblende::resolution
