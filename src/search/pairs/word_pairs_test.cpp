// Pairs of frequent words: an index that lists them finds for every phrase what reading all texts finds.
#include "search/pairs/word_pairs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <map>
#include <random>
#include <set>

#include "search/bytes.hpp"
#include "search/segment_builder.hpp"

namespace pitchblende::search {
namespace {

using access::Viewer;
using access::Visibility;

// Texts of few words, of which some are in nearly every text.
class WordPairsTest : public testing::Test {
 protected:
  static std::string word(uint32_t rank) {
    return std::string("word") + static_cast<char>('a' + rank / 26) + static_cast<char>('a' + rank % 26);
  }
  std::string text() {
    std::string out;
    for (int i = 0; i < 60; ++i) {
      const double at = std::generate_canonical<double, 53>(m_random);
      out += word(static_cast<uint32_t>(at * at * at * at * 676)) + (m_random() % 5 == 0 ? ", " : " ");
    }
    return out;
  }
  Document document_of(uint64_t id) {
    Document document;
    document.id = Id(id);
    document.kind = registry::Kind::publication;
    document.visibility = id % 7 == 0 ? Visibility::consortium : Visibility::everyone;
    document.texts.push_back({text(), "en", 8, {}, {}, "title"});
    document.texts.push_back(
        {text(), "fr", 4, id % 5 == 0 ? Visibility::consortium : Visibility::everyone, {}, "abstract"});
    return document;
  }
  void put(uint64_t id) {
    Document document = document_of(id);
    m_index->put(Document(document));
    // Texts and queries have no other signs than letters, commas and spaces.
    for (TextField& each : document.texts) {
      std::erase(each.text, ',');
      each.text = " " + each.text + " ";
    }
    m_documents[id] = std::move(document);
  }
  std::set<uint64_t> with(const std::string& phrase, bool member, std::string_view field) const {
    std::set<uint64_t> out;
    const std::string wanted = " " + phrase + " ";
    for (const auto& [id, document] : m_documents) {
      for (const TextField& each : document.texts) {
        const bool seen = member || std::max(each.visibility, document.visibility) == Visibility::everyone;
        if (seen && (field.empty() || field == each.field) && each.text.find(wanted) != std::string::npos) {
          out.insert(id);
        }
      }
    }
    return out;
  }
  std::set<uint64_t> found(const std::string& words, const Viewer& viewer) const {
    Query query;
    query.words = words;
    query.translation = Translation::none;
    std::set<uint64_t> out;
    for (const Id id : m_index->list(query, viewer).ids) {
      out.insert(id.bits());
    }
    return out;
  }
  void check() {
    const Viewer member{Visibility::consortium, {}, {}};
    for (int i = 0; i < 40; ++i) {
      const uint32_t many = 2 + m_random() % 2;
      std::string phrase = word(m_random() % 12);
      for (uint32_t at = 1; at < many; ++at) {
        phrase += " " + word(m_random() % (i % 3 == 0 ? 200 : 8));
      }
      EXPECT_EQ(found('"' + phrase + '"', Viewer::visitor()), with(phrase, false, {})) << phrase;
      EXPECT_EQ(found('"' + phrase + '"', member), with(phrase, true, {})) << phrase;
      EXPECT_EQ(found("title:\"" + phrase + '"', Viewer::visitor()), with(phrase, false, "title")) << phrase;
    }
  }

  std::mt19937_64 m_random{5};
  std::map<uint64_t, Document> m_documents;  // what was put, its texts with a space before and after and no comma
  std::unique_ptr<Index> m_index = Index::create("unused");
};

TEST_F(WordPairsTest, every_phrase_is_found_and_no_other) {
  for (uint64_t id = 1; id <= 1500; ++id) {
    put(id * 2);
  }
  m_index->commit();  // from here on there is a rule
  check();
  // Many small segments, changed and removed documents, and joins of them.
  for (uint64_t id = 1; id <= 60; ++id) {
    put(id * 3);
    if (id % 4 == 0) {
      m_index->remove(Id(id * 6));
      m_documents.erase(id * 6);
    }
    m_index->commit();
  }
  check();
  m_index->purge();
  check();
}

TEST_F(WordPairsTest, pairs_of_frequent_words_are_listed_and_stay_so_when_segments_are_joined) {
  SegmentBuilder builder;
  std::vector<MergeSource> sources;
  for (uint64_t part = 0; part < 3; ++part) {
    std::vector<Document> documents;
    for (uint64_t id = 1; id <= 700; ++id) {
      documents.push_back(document_of(part * 1000 + id));
    }
    sources.push_back({builder.build(std::move(documents)), nullptr});
    EXPECT_TRUE(said_of_pair(*sources.back().segment, word(0), word(1)));
    EXPECT_FALSE(said_of_pair(*sources.back().segment, word(600), word(601))) << "too rare";
  }
  const auto joined = merge(sources);
  const auto said = said_of_pair(*joined, word(0), word(1));
  ASSERT_TRUE(said);
  size_t with = 0;
  for (const MergeSource& source : sources) {
    const auto own = said_of_pair(*source.segment, word(0), word(1));
    ASSERT_TRUE(own);
    for (const uint64_t bits : own->with) {
      with += static_cast<size_t>(std::popcount(bits));
    }
  }
  for (uint32_t doc = 0; doc < joined->documents(); ++doc) {
    EXPECT_TRUE(said->listed[doc / 64] >> (doc % 64) & 1);
    with -= has_bit(said->with, doc) ? 1 : 0;
  }
  EXPECT_EQ(with, 0u);
}

TEST_F(WordPairsTest, documents_from_before_there_was_a_rule_are_read) {
  for (uint64_t id = 1; id <= 40; ++id) {
    put(id * 2 + 1);
    m_index->commit();  // too few for a rule
  }
  for (uint64_t id = 1; id <= 1500; ++id) {
    put(id * 2);
  }
  m_index->commit();
  for (uint64_t id = 1; id <= 30; ++id) {
    put(4000 + id);
    m_index->commit();
  }
  check();
}

// Two words of every document side by side, in other words' company nowhere.
WordSequences sequences_of(StringTable& table, uint32_t documents) {
  WordSequences out;
  for (uint32_t doc = 0; doc < documents; ++doc) {
    for (int time = 0; time < 10; ++time) {
      const std::string rare = "rare" + std::to_string(doc);
      for (const std::string_view word :
           {std::string_view("often"), std::string_view("said"), std::string_view(rare), std::string_view("left")}) {
        out.words.push_back(table.number(word));
      }
    }
    out.words.push_back(WordSequences::k_end_of_text);
    out.ends.push_back(out.words.size());
  }
  return out;
}

TEST(PairRule, is_of_frequent_words_and_learned_from_much) {
  StringTable table;
  const PairRule rule = PairRule::learned(sequences_of(table, 1000), table);
  EXPECT_EQ(rule.words.size(), 3u);
  EXPECT_EQ(std::ranges::count(rule.words, checksum("often")), 1);
  EXPECT_EQ(std::ranges::count(rule.words, checksum("rare7")), 0);
  StringTable little;
  EXPECT_TRUE(PairRule::learned(sequences_of(little, 100), little).empty());
}

}  // namespace
}  // namespace pitchblende::search
