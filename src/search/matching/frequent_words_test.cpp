#include "search/matching/frequent_words.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <thread>

#include "search/random_documents_fixture.hpp"
#include "search/segment_builder.hpp"

namespace pitchblende::search {
namespace {

std::shared_ptr<const Segment> segment_of(uint32_t documents, uint32_t seed) {
  RandomDocuments random(seed);
  std::vector<Document> made;
  for (uint64_t id = 1; id <= documents; ++id) {
    made.push_back(random.document(id));
  }
  return SegmentBuilder().build(std::move(made));
}

// The weight that postings give a document, read through from the beginning.
int weight_in(const Segment& segment, const std::vector<uint32_t>& terms, uint32_t doc) {
  int weight = 0;
  for (const uint32_t term : terms) {
    const Postings list = segment.postings(term);
    for (size_t i = 0; i < list.docs.size(); ++i) {
      weight += list.docs[i] == doc ? list.weights[i] : 0;
    }
  }
  return std::min(weight, 255);
}

RC_GTEST_PROP(FrequentWords, say_what_the_postings_say, (uint32_t seed)) {
  const auto segment = segment_of(150, seed);
  RandomDocuments random(seed);
  for (int i = 0; i < 10; ++i) {
    std::vector<uint32_t> terms;
    for (uint32_t more = 1 + random.below(3); more > 0; --more) {
      terms.push_back(random.below(segment->terms()));
    }
    const FrequentWord word = frequent_word(*segment, terms);
    for (uint32_t doc = 0; doc < segment->documents(); ++doc) {
      const int wanted = weight_in(*segment, terms, doc);
      RC_ASSERT(word.weight(doc) == wanted);
      RC_ASSERT(has_bit(word.bits, doc) == (wanted > 0));
    }
  }
}

TEST(FrequentWords, are_kept_while_there_is_room) {
  const auto segment = segment_of(150, 1);
  FrequentWords words(segment->documents());
  const auto first = words.of(*segment, {1});
  EXPECT_EQ(words.of(*segment, {1}), first);
  // Many others drive it out, unless it is asked for all the while.
  for (uint32_t term = 2; term < segment->terms(); ++term) {
    words.of(*segment, {term, 0});
    words.of(*segment, {term, 1});
    words.of(*segment, {0, 1, term});
    EXPECT_EQ(words.of(*segment, {1}), first);
  }
  for (uint32_t round = 0; round < 20; ++round) {
    for (uint32_t term = 2; term < segment->terms(); ++term) {
      words.of(*segment, {term, round});
    }
  }
  EXPECT_NE(words.of(*segment, {1}), first);
}

TEST(FrequentWords, take_no_more_than_their_room_however_they_come_back) {
  const auto segment = segment_of(150, 3);
  FrequentWords words(segment->documents());
  // Each new word is followed by all the older ones: whatever is still kept is asked for again.
  for (uint32_t made = 0; made < 2 * segment->terms(); ++made) {
    for (uint32_t old = 0; old <= made; ++old) {
      words.of(*segment, {old % segment->terms(), old / segment->terms()});
      ASSERT_LE(words.bytes(), words.most_bytes());
    }
  }
  EXPECT_GT(words.bytes(), words.most_bytes() / 4);
}

TEST(FrequentWords, are_the_same_for_many_who_ask_at_once) {
  const auto segment = segment_of(150, 2);
  FrequentWords words(segment->documents());
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (uint32_t thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&, thread] {
      RandomDocuments random(thread);
      for (int i = 0; i < 2000; ++i) {  // far more words than there is room for
        const std::vector<uint32_t> terms = {random.below(segment->terms()), random.below(segment->terms())};
        const auto word = words.of(*segment, terms);
        const uint32_t doc = random.below(segment->documents());
        wrong += word->weight(doc) == weight_in(*segment, terms, doc) ? 0 : 1;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace pitchblende::search
