// The engine against a slow and obvious second way, and against itself in another order.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstring>
#include <map>
#include <set>
#include <tuple>

#include "search/naive_index_fixture.hpp"
#include "search/random_documents_fixture.hpp"

namespace pitchblende::search {
namespace {

using access::Viewer;
using access::Visibility;

// Whether a hit may stand before another one, said slowly.
bool in_order(const Hit& a, const Hit& b, const NaiveIndex& index, Order order) {
  const Document& first = index.documents.at(a.id.bits());
  const Document& second = index.documents.at(b.id.bits());
  if (order == Order::title) {
    return std::tie(first.sort_text, a.id) < std::tie(second.sort_text, b.id);
  }
  const uint32_t date_a = order == Order::newest ? first.date : 0;
  const uint32_t date_b = order == Order::newest ? second.date : 0;
  return std::make_tuple(date_b, b.score, a.id) < std::make_tuple(date_a, a.score, b.id);
}

void expect_agreement(const Answer& answer, const NaiveAnswer& naive, const NaiveIndex& index, const Query& query) {
  RC_ASSERT(answer.count == naive.scores.size());
  RC_ASSERT(answer.hits.size() == naive.scores.size());
  RC_ASSERT(answer.relaxed == naive.relaxed);
  for (size_t i = 0; i < answer.hits.size(); ++i) {
    const Hit& hit = answer.hits[i];
    const auto found = naive.scores.find(hit.id.bits());
    RC_ASSERT(found != naive.scores.end());
    RC_ASSERT(std::abs(hit.score - found->second) < 1e-4 * (1 + found->second));
    RC_ASSERT(hit.note == clean_utf8(index.documents.at(hit.id.bits()).note));
    RC_ASSERT((i == 0 || in_order(answer.hits[i - 1], hit, index, query.order)));
  }
  RC_ASSERT(answer.facets.size() == k_facets);
  for (size_t facet = 0; facet < k_facets; ++facet) {
    std::vector<FacetCount> counts;
    for (const auto& [value, count] : naive.facets[facet]) {
      counts.push_back({value, count});
    }
    std::stable_sort(counts.begin(), counts.end(),
                     [](const FacetCount& a, const FacetCount& b) { return a.count > b.count; });
    uint32_t size = query.facets.empty() && facet < k_facets_for_people ? query.facet_size : 0;
    for (const auto& [named, wanted] : query.facets) {
      size = static_cast<size_t>(named) == facet ? wanted : size;
    }
    RC_ASSERT(answer.facets[facet].size() == std::min<size_t>(counts.size(), size));
    for (size_t i = 0; i < answer.facets[facet].size(); ++i) {
      RC_ASSERT(answer.facets[facet][i].value == counts[i].value);
      RC_ASSERT(answer.facets[facet][i].count == counts[i].count);
    }
  }
}

// Everything that a viewer can read of an answer, bit by bit.
std::string bytes_of(const Answer& answer) {
  std::string out = std::to_string(answer.count) + (answer.relaxed ? " relaxed\n" : "\n");
  for (const Hit& hit : answer.hits) {
    uint32_t score = 0;
    std::memcpy(&score, &hit.score, sizeof score);
    out += hit.id.text() + " " + std::string(registry::name(hit.kind)) + " " + std::to_string(score) + " " + hit.title +
           "|" + hit.snippet;
    for (const auto& [begin, end] : hit.marks) {
      out += " " + std::to_string(begin) + "-" + std::to_string(end);
    }
    out += "\n";
  }
  for (const auto& facet : answer.facets) {
    for (const FacetCount& count : facet) {
      out += count.value + " " + std::to_string(count.count) + ";";
    }
    out += "\n";
  }
  for (const std::string& word : answer.ignored) {
    out += word + "\n";
  }
  for (const QueryNote& note : answer.notes) {
    out += std::string(name(note.reason)) + " " + note.text + "\n";
  }
  for (const Translated& translated : answer.translated) {
    out += translated.words;
    for (const std::string& also : translated.also) {
      out += "|" + also;
    }
    out += "\n";
  }
  return out;
}

// Random puts, removes, commits, merges, purges and restarts.
void live_a_little(RandomDocuments& random, std::unique_ptr<Index>& index, NaiveIndex& naive,
                   const std::string& folder) {
  for (uint32_t step = random.below(120); step > 0; --step) {
    const uint64_t id = 1 + random.below(40);
    switch (random.below(10)) {
      case 0:
        index->remove(Id(id));
        naive.documents.erase(id);
        break;
      case 1:
      case 2:
      case 3:
        index->commit();
        break;
      case 4:
        if (random.once_in(20)) {
          index->commit();
          RC_ASSERT(index->checkpoint(step).has_value());
          index = std::move(Index::open(folder)).value();
          RC_ASSERT(index->position() == static_cast<int64_t>(step));
        } else if (random.once_in(4)) {
          index->purge();
        }
        break;
      default: {
        Document document = random.document(id);
        naive.documents[id] = document;
        index->put(std::move(document));
      }
    }
  }
  index->commit();
}

// Rule 4.2.
RC_GTEST_PROP(SearchProperty, agrees_with_a_naive_scorer, (uint32_t seed)) {
  const TemporaryFolder folder;
  RandomDocuments random(seed);
  std::unique_ptr<Index> index = Index::create(folder.path());
  NaiveIndex naive;
  live_a_little(random, index, naive, folder.path());
  RC_ASSERT(index->size().documents == naive.documents.size());
  for (int i = 0; i < 8; ++i) {
    const Query query = random.query();
    const Viewer viewer = random.viewer();
    RC_LOG() << "query: " << query.words << '\n';
    expect_agreement(index->search(query, viewer), naive.search(query, viewer), naive, query);
  }
  RC_ASSERT(index->check().empty());
}

RC_GTEST_PROP(SearchProperty, knows_the_titles_that_a_viewer_may_know, (uint32_t seed)) {
  const TemporaryFolder folder;
  RandomDocuments random(seed);
  std::unique_ptr<Index> index = Index::create(folder.path());
  NaiveIndex naive;
  live_a_little(random, index, naive, folder.path());
  const Viewer viewer = random.viewer();
  std::vector<Id> asked;
  std::vector<std::string> wanted;
  for (int i = 0; i < 30; ++i) {
    asked.emplace_back(1 + random.below(60));
    const auto found = naive.documents.find(asked.back().bits());
    if (found != naive.documents.end() && sees(viewer, found->second, Visibility::everyone)) {
      wanted.push_back(asked.back().text() + found->second.title + "|" + found->second.note);
    }
  }
  std::vector<std::string> got;
  for (const Hit& hit : index->known(asked, viewer)) {
    got.push_back(hit.id.text() + hit.title + "|" + hit.note);
  }
  RC_ASSERT(got == wanted);
}

RC_GTEST_PROP(SearchProperty, the_order_of_puts_never_changes_an_answer, (uint32_t seed)) {
  RandomDocuments random(seed);
  const TemporaryFolder folder;
  std::unique_ptr<Index> index = Index::create(folder.path());
  NaiveIndex naive;
  live_a_little(random, index, naive, folder.path());
  const std::unique_ptr<Index> other = Index::create("unused");
  for (auto at = naive.documents.rbegin(); at != naive.documents.rend(); ++at) {
    other->put(Document(at->second));
    if (random.once_in(5)) {
      other->commit();
    }
  }
  other->commit();
  for (int i = 0; i < 8; ++i) {
    Query query = random.query();
    query.from = random.below(4);
    query.size = random.below(12);
    const Viewer viewer = random.viewer();
    RC_ASSERT(bytes_of(index->search(query, viewer)) == bytes_of(other->search(query, viewer)));
  }
}

// What a viewer may not see might as well not be there.
// Rule 4.3.
RC_GTEST_PROP(SearchProperty, hidden_values_change_no_byte_of_an_answer, (uint32_t seed)) {
  RandomDocuments random(seed);
  const std::unique_ptr<Index> whole = Index::create("unused");
  const std::unique_ptr<Index> bare = Index::create("unused");
  const Viewer viewer = random.once_in(2) ? Viewer::visitor() : Viewer{Visibility::consortium, {Id(1)}, {Id(3), Id(5)}};
  for (uint64_t id = 1; id <= 30; ++id) {
    Document document = random.document(id);
    const auto hidden = [&](Visibility visibility) {
      return !access::can_see(viewer, std::max(visibility, document.visibility), document.id, document.owners);
    };
    Document copy = document;
    whole->put(std::move(copy));
    if (!hidden(Visibility::everyone)) {
      std::erase_if(document.texts, [&](const TextField& text) { return hidden(text.visibility); });
      std::erase_if(document.facets, [&](const FacetValue& value) { return hidden(value.visibility); });
      bare->put(std::move(document));
    }
    if (random.once_in(7)) {
      whole->commit();
    }
  }
  whole->commit();
  bare->commit();
  for (int i = 0; i < 10; ++i) {
    const Query query = random.query();
    RC_ASSERT(bytes_of(whole->search(query, viewer)) == bytes_of(bare->search(query, viewer)));
  }
}

}  // namespace
}  // namespace pitchblende::search
