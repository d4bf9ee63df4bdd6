#include "resolution/things/publication_versions.hpp"

#include <gtest/gtest.h>

#include "pool_fixture.hpp"

namespace pitchblende::pool {
namespace {

using tests::MadeAuthor;
using tests::pubmed_article;

class VersionsTest : public ::testing::Test, public tests::PoolPlace {
 protected:
  std::vector<registry::Link> links(const std::string& ref) {
    auto found = registry::Registry(*store).links_from(id_of(ref), access::Viewer::visitor());
    EXPECT_TRUE(found);
    return found.value_or(std::vector<registry::Link>{});
  }
  const std::vector<MadeAuthor> m_authors = {{"Exemple", "Camille", "", ""}, {"Fiction", "Anne", "", ""}};
};

TEST_F(VersionsTest, APreprintAndAnErratumLeadToTheirWorkAndStayApart) {
  const std::string title = "Radium in invented cells of examples";
  import_pubmed(pubmed_article(1, "[Preprint] " + title, m_authors, 2019) +
                pubmed_article(2, "Erratum to: " + title, m_authors, 2021));
  settle();
  EXPECT_TRUE(links("pmid:1").empty()) << "the work is not here yet";
  import_pubmed(pubmed_article(3, title, m_authors));
  settle();
  const auto of_preprint = links("pmid:1");
  ASSERT_EQ(of_preprint.size(), 1u);
  EXPECT_EQ(of_preprint[0].field, "preprint_of");
  EXPECT_EQ(of_preprint[0].to, id_of("pmid:3"));
  const auto of_erratum = links("pmid:2");
  ASSERT_EQ(of_erratum.size(), 1u);
  EXPECT_EQ(of_erratum[0].field, "corrects");
  EXPECT_EQ(of_erratum[0].to, id_of("pmid:3"));
  const auto back = registry::Registry(*store).links_to(id_of("pmid:3"), access::Viewer::everything());
  ASSERT_TRUE(back);
  EXPECT_EQ(back->size(), 2u);
  EXPECT_TRUE(links("pmid:3").empty());
}

TEST_F(VersionsTest, ALaterVersionLeadsToThoseBeforeItAndStaysApart) {
  const std::string title = "Radium in invented cells of examples";
  import_pubmed(pubmed_article(3, title + " [version 3; peer review: 2 approved]", m_authors, 2020));
  settle();
  EXPECT_TRUE(links("pmid:3").empty()) << "the others are not here yet";
  import_pubmed(pubmed_article(1, title + " [version 1; peer review: awaiting peer review]", m_authors, 2019) +
                pubmed_article(2, title + " [version 2; peer review: 1 approved]", m_authors, 2020));
  settle();
  const auto of_third = links("pmid:3");
  ASSERT_EQ(of_third.size(), 2u);
  EXPECT_EQ(of_third[0].field, "updates");
  const auto of_second = links("pmid:2");
  ASSERT_EQ(of_second.size(), 1u);
  EXPECT_EQ(of_second[0].to, id_of("pmid:1"));
  EXPECT_TRUE(links("pmid:1").empty());
}

TEST_F(VersionsTest, AShortTitleLeadsToItsEarlierVersionByDoi) {
  const auto version = [&](int number) {
    std::string article = pubmed_article(number, "Radium cells", m_authors, 2020);
    const std::string end = "</ArticleTitle>";
    article.insert(article.find(end) + end.size(),
                   "<ELocationID EIdType=\"doi\" ValidYN=\"Y\">10.12688/example.12345." + std::to_string(number) +
                       "</ELocationID>");
    return article;
  };
  import_pubmed(version(1) + version(2));
  // Of a card with one source everything is that source's.
  import(source("second", "pubmed", sources::Mode::feed), tests::pubmed_set(version(2)));
  settle();
  const auto of_second = links("pmid:2");
  ASSERT_EQ(of_second.size(), 1u);
  EXPECT_EQ(of_second[0].field, "updates");
  EXPECT_EQ(of_second[0].to, id_of("pmid:1"));
  const auto seen = find(id_of("pmid:2"), access::Viewer::visitor());
  ASSERT_EQ(seen.presence, registry::Presence::here);
  ASSERT_TRUE(seen.card);
  EXPECT_NE(seen.card->find(registry::field(registry::Kind::publication, "updates")), nullptr);
}

TEST_F(VersionsTest, TwoWorksOfOneTitleAreLedToByNobody) {
  const std::string title = "Radium in invented cells of examples";
  import_pubmed(pubmed_article(1, "[Preprint] " + title, m_authors, 2019) + pubmed_article(3, title, m_authors, 2020) +
                pubmed_article(4, title, m_authors, 2024));
  settle();
  EXPECT_TRUE(links("pmid:1").empty());
}

}  // namespace
}  // namespace pitchblende::pool
