#include "search/search.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "base/text.hpp"
#include "search/random_documents_fixture.hpp"

namespace pitchblende::search {
namespace {

using access::Viewer;
using access::Visibility;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class SearchTest : public testing::Test {
 protected:
  SearchTest() : m_index(Index::create(m_folder.path())) {}

  Document& document(uint64_t id, std::string title, std::string text = {}, const std::string& lang = "en") {
    Document& added = m_documents.emplace_back();
    added.id = Id(id);
    added.kind = registry::Kind::publication;
    added.title = title;
    added.texts.push_back({std::move(title), lang, 8, Visibility::everyone});
    added.texts.push_back({std::move(text), lang, 1, Visibility::everyone});
    return added;
  }
  void commit() {
    for (Document& added : m_documents) {
      m_index->put(std::move(added));
    }
    m_documents.clear();
    m_index->commit();
  }
  Answer answer(const std::string& words, const Viewer& viewer = Viewer::visitor()) const {
    Query query;
    query.words = words;
    return m_index->search(query, viewer);
  }
  std::vector<uint64_t> found(const std::string& words, const Viewer& viewer = Viewer::visitor()) const {
    std::vector<uint64_t> ids;
    for (const Hit& hit : answer(words, viewer).hits) {
      ids.push_back(hit.id.bits());
    }
    return ids;
  }

  TemporaryFolder m_folder;
  std::unique_ptr<Index> m_index;
  std::vector<Document> m_documents;
};

// Rule 1.3.
TEST_F(SearchTest, words_are_found_in_either_language_and_without_accents) {
  document(1, "Lymphomas of the mantle cell");
  document(2, "Les lymphomes à cellules du manteau", "", "fr");
  document(3, "Étude des œdèmes", "", "fr");
  commit();
  EXPECT_THAT(found("mantles"), ElementsAre(1));
  EXPECT_THAT(found("lymphoma"), UnorderedElementsAre(1, 2));  // lymphomes and lymphomas have one French stem
  EXPECT_THAT(found("cellule"), ElementsAre(2));
  EXPECT_THAT(found("etudes oedeme"), ElementsAre(3));
  EXPECT_THAT(found("nothing"), IsEmpty());
}

TEST_F(SearchTest, the_field_s_own_words_are_found_whole_and_in_parts) {
  document(1, "CAR-T therapy");
  document(2, "CAR T cells and IL2");
  document(3, "IL-2 and p53 in CD8+ cells");
  document(4, "The PD-1/PD-L1 axis");
  document(5, "CD8 cells");
  commit();
  EXPECT_THAT(found("car-t"), ElementsAre(1, 2));
  EXPECT_THAT(found("car"), UnorderedElementsAre(1, 2));
  EXPECT_THAT(found("il-2"), UnorderedElementsAre(2, 3));
  EXPECT_THAT(found("IL2"), UnorderedElementsAre(2, 3));
  EXPECT_THAT(found("P53"), ElementsAre(3));
  EXPECT_THAT(found("cd8+"), ElementsAre(3, 5));
  EXPECT_THAT(found("pd-l1"), ElementsAre(4));
  EXPECT_THAT(found("PD1"), ElementsAre(4));
  EXPECT_THAT(found("PD-1/PD-L1"), ElementsAre(4));
}

// Rule 4.1.
TEST_F(SearchTest, all_words_then_any) {
  document(1, "liver of mice");
  document(2, "liver of rats");
  document(3, "brain of rats");
  commit();
  EXPECT_THAT(found("the liver of rats"), ElementsAre(2));
  EXPECT_FALSE(answer("liver rats").relaxed);
  EXPECT_THAT(found("brain mice"), UnorderedElementsAre(1, 3));
  EXPECT_TRUE(answer("brain mice").relaxed);
  EXPECT_THAT(found("brain \"mice\""), ElementsAre());
  EXPECT_THAT(found("liver \"mice\""), ElementsAre(1));
  EXPECT_THAT(found("\"mouse\""), ElementsAre());
  EXPECT_THAT(found("rats -liver"), ElementsAre(3));
  EXPECT_THAT(found("-liver"), ElementsAre(3));
  EXPECT_FALSE(answer("absent missing").relaxed);
  Query any;
  any.words = "brain rats mice";
  any.match = Match::any;
  EXPECT_EQ(m_index->search(any, Viewer::visitor()).count, 3U);
  EXPECT_THAT(found("of the"), UnorderedElementsAre(1, 2, 3));
}

// Rule 4.2.
TEST_F(SearchTest, what_is_called_by_the_words_comes_first) {
  const auto house = [&](uint64_t id, std::vector<std::string> names, const std::string& text = {}) {
    Document& added = document(id, names.front(), text);
    added.texts.front().text.clear();
    for (std::string& name : names) {
      added.texts.push_back({std::move(name), "", 10, Visibility::everyone, TextPart::name});
    }
  };
  house(1, {"INDEM Transfert"});
  house(2, {"Institut national démonstratif de médecine", "National Demonstration Institute of Medicine", "INDEM"},
        "Its description is long, so that each of its words counts for less than those of the others.");
  house(3, {"INDEM Île-de-France"});
  house(4, {"Université de Démoville"});
  house(5, {"Presses de l’Université de Démoville", "Démoville"});
  house(6, {"Collège de Démoville", "Université"}, "Université de Démoville, Université de Démoville");
  commit();
  EXPECT_EQ(found("indem").front(), 2U);
  EXPECT_EQ(found("\"INDEM\"").front(), 2U);
  EXPECT_EQ(found("Indem ile de france").front(), 3U);
  EXPECT_EQ(found("universite de demoville").front(), 4U);
  EXPECT_EQ(found("démoville").front(), 5U);
  EXPECT_EQ(answer("indem -transfert").count, 2U);
  EXPECT_EQ(answer("indem").count, 3U);
}

// A name that a viewer may not see puts nothing before anything.
// Rules 4.2 and 4.3.
TEST_F(SearchTest, hidden_names_come_first_for_who_sees_them) {
  document(1, "indem").texts.front().part = TextPart::name;
  Document& hidden = document(2, "another name of some length", "indem");
  hidden.texts.push_back({"indem laboratory", "", 10, Visibility::consortium, TextPart::name});
  document(3, "laboratory indem and more");
  commit();
  EXPECT_EQ(found("indem laboratory").front(), 3U);
  EXPECT_EQ(found("indem laboratory", Viewer{Visibility::consortium, {}, {}}).front(), 2U);
}

TEST_F(SearchTest, a_title_weighs_more_than_a_text) {
  document(1, "liver", "brain brain brain");
  document(2, "brain", "liver and other things");
  commit();
  EXPECT_THAT(found("liver"), ElementsAre(1, 2));
  EXPECT_THAT(found("brain"), ElementsAre(2, 1));
}

TEST_F(SearchTest, without_words_everything_by_id_with_facets_and_pages) {
  for (uint64_t id = 1; id <= 25; ++id) {
    Document& added = document(id, "title " + std::to_string(id));
    added.facets.push_back({Facet::year, id % 2 == 0 ? "2020" : "2021", Visibility::everyone});
    added.facets.push_back({Facet::year, id % 2 == 0 ? "2020" : "2021", Visibility::everyone});
    added.facets.push_back({Facet::place, "p" + std::to_string(id), Visibility::everyone});
  }
  commit();
  Query query;
  query.from = 20;
  query.facet_size = 2;
  const Answer page = m_index->search(query, Viewer::visitor());
  EXPECT_EQ(page.count, 25U);
  ASSERT_EQ(page.hits.size(), 5U);
  EXPECT_EQ(page.hits.front().id, Id(21));
  EXPECT_EQ(page.hits.front().title, "title 21");
  ASSERT_EQ(page.facets.size(), k_facets);
  const auto& years = page.facets[static_cast<size_t>(Facet::year)];
  ASSERT_EQ(years.size(), 2U);
  EXPECT_EQ(years[0].value, "2021");
  EXPECT_EQ(years[0].count, 13U);
  EXPECT_EQ(page.facets[static_cast<size_t>(Facet::place)].size(), 2U);
  EXPECT_EQ(page.facets[static_cast<size_t>(Facet::kind)].at(0).value, "publication");

  query.from = 0;
  query.filters = {{Facet::year, {"2020"}}, {Facet::kind, {"publication", "team"}}};
  EXPECT_EQ(m_index->search(query, Viewer::visitor()).count, 12U);
  query.filters = {{Facet::year, {"1999"}}};
  EXPECT_EQ(m_index->search(query, Viewer::visitor()).count, 0U);
  query.filters.clear();
  query.facet_size = 0;
  EXPECT_THAT(m_index->search(query, Viewer::visitor()).facets, IsEmpty());
  query.from = 4000000000U;
  query.size = 4000000000U;
  EXPECT_THAT(m_index->search(query, Viewer::visitor()).hits, IsEmpty());
}

TEST_F(SearchTest, a_list_is_all_pages_one_after_the_other) {
  for (uint64_t id = 1; id <= 2300; ++id) {
    Document& added = document(id, "Tumour number " + std::to_string(id * 7919 % 2311));
    added.date = 20200000 + static_cast<uint32_t>(id % 5) * 10000;
    added.sort_text = added.title;
    added.visibility = id % 10 == 0 ? Visibility::consortium : Visibility::everyone;
    if (id % 400 == 0) {
      commit();
    }
  }
  commit();
  for (const Order order : {Order::relevance, Order::newest, Order::title}) {
    for (const std::string words : {"", "tumour"}) {
      Query query;
      query.words = words;
      query.order = order;
      query.size = 1000;
      std::vector<Id> paged;
      for (; query.from < 3000; query.from += query.size) {
        for (const Hit& hit : m_index->search(query, Viewer::visitor()).hits) {
          paged.push_back(hit.id);
        }
      }
      query.from = 17;  // it has no pages
      const List list = m_index->list(query, Viewer::visitor());
      EXPECT_EQ(list.ids, paged);
      EXPECT_EQ(list.ids.size(), 2070u);
      EXPECT_THAT(list.kinds, ElementsAre(registry::Kind::publication));
    }
  }
}

TEST_F(SearchTest, more_filters_than_bits_in_a_word) {
  Document& added = document(1, "one");
  Query query;
  for (int i = 0; i < 130; ++i) {
    added.facets.push_back({Facet::concept_, "c" + std::to_string(i), Visibility::everyone});
    query.filters.push_back({Facet::concept_, {"c" + std::to_string(i)}});
  }
  commit();
  EXPECT_EQ(m_index->search(query, Viewer::visitor()).count, 1U);
  query.filters.push_back({Facet::concept_, {"other"}});
  EXPECT_EQ(m_index->search(query, Viewer::visitor()).count, 0U);
}

// Rule 4.3.
TEST_F(SearchTest, hidden_things_are_for_those_who_may_see_them) {
  Document& platform = document(1, "A platform", "open text");
  platform.owners = {Id(100)};
  platform.texts.push_back({"secret tariff", "en", 3, Visibility::institution});
  platform.facets.push_back({Facet::place, "cellar", Visibility::institution});
  Document& draft = document(2, "A draft", "tariff");
  draft.visibility = Visibility::consortium;
  commit();
  const Viewer member{Visibility::consortium, {}, {}};
  const Viewer own{Visibility::consortium, {Id(100)}, {}};
  EXPECT_THAT(found("tariff"), IsEmpty());
  EXPECT_THAT(found("tariff", member), ElementsAre(2));
  EXPECT_THAT(found("tariff", own), UnorderedElementsAre(1, 2));
  EXPECT_EQ(answer("").count, 1U);
  EXPECT_EQ(answer("", member).count, 2U);
  const auto place = static_cast<size_t>(Facet::place);
  EXPECT_THAT(answer("platform", member).facets[place], IsEmpty());
  EXPECT_EQ(answer("platform", own).facets[place].size(), 1U);
  EXPECT_EQ(answer("tariff platform", own).hits.at(0).snippet, "secret tariff");
  EXPECT_EQ(answer("platform", member).hits.at(0).snippet, "open text");
}

TEST_F(SearchTest, nothing_is_seen_before_commit_and_a_put_replaces) {
  document(1, "first");
  commit();
  document(1, "second");
  m_index->put(std::move(m_documents.back()));
  m_documents.clear();
  EXPECT_THAT(found("first"), ElementsAre(1));
  m_index->commit();
  EXPECT_THAT(found("first"), IsEmpty());
  EXPECT_THAT(found("second"), ElementsAre(1));
  m_index->remove(Id(1));
  m_index->commit();
  EXPECT_EQ(answer("").count, 0U);
  EXPECT_EQ(m_index->size().documents, 0U);
}

TEST_F(SearchTest, many_small_commits_leave_few_segments) {
  for (uint64_t id = 1; id <= 300; ++id) {
    document(id, "number " + std::to_string(id));
    commit();
  }
  EXPECT_LT(m_index->size().segments, 12U);
  EXPECT_EQ(answer("number").count, 300U);
  EXPECT_THAT(found("217"), ElementsAre(217));
}

TEST_F(SearchTest, readers_and_a_writer_at_once) {
  std::atomic<bool> stop = false;
  std::atomic<uint64_t> searches = 0;
  document(1, "cancer");
  commit();
  std::vector<std::thread> readers;
  for (uint32_t reader = 0; reader < 2; ++reader) {
    readers.emplace_back([this, reader, &stop, &searches] {
      RandomDocuments random(reader);
      while (!stop) {
        const Answer answer = m_index->search(random.query(), random.viewer());
        for (const Hit& hit : answer.hits) {
          ASSERT_TRUE(is_valid_utf8(hit.snippet));
        }
        ASSERT_LE(answer.hits.size(), answer.count);
        ++searches;
      }
    });
  }
  RandomDocuments random(99);
  for (int i = 0; i < 300; ++i) {
    const uint64_t id = 1 + random.below(200);
    if (random.once_in(5)) {
      m_index->remove(Id(id));
    } else {
      m_index->put(random.document(id));
    }
    if (random.once_in(2)) {
      m_index->commit();
    }
    if (random.once_in(60)) {
      ASSERT_TRUE(m_index->checkpoint(i).has_value());
    }
  }
  while (searches < 50) {
    std::this_thread::yield();
  }
  stop = true;
  for (std::thread& reader : readers) {
    reader.join();
  }
}

}  // namespace
}  // namespace pitchblende::search
