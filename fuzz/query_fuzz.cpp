// Any bytes as a query with filters and paging, against a small index of every visibility; and as a text to be indexed.
#include <cstdint>
#include <cstdlib>

#include "base/text.hpp"
#include "search/query/query_form.hpp"
#include "search/random_documents_fixture.hpp"

namespace {

namespace search = pitchblende::search;

const search::Index& index() {
  static const auto built = [] {
    auto made = search::Index::create("unused");
    search::RandomDocuments random(7);
    for (uint64_t id = 1; id <= 60; ++id) {
      made->put(random.document(id));
      if (id % 13 == 0) {
        made->commit();
      }
    }
    made->remove(pitchblende::Id(5));
    made->commit();
    return made;
  }();
  return *built;
}

void require(bool condition) {
  if (!condition) {
    std::abort();
  }
}

// The grammar: bounded, clean, and written again it reads as the same tree, in the box and in the form.
void check_grammar(const std::string& typed) {
  const search::ReadQuery read = search::read_query(typed);
  for (const search::QueryNote& note : read.notes) {
    require(pitchblende::is_valid_utf8(note.text) && note.text.size() <= 250);
  }
  for (const search::QueryLanguage language : {search::QueryLanguage::english, search::QueryLanguage::french}) {
    const std::string written = search::write_query(read.root, language);
    require(pitchblende::is_valid_utf8(written));
    if (written.size() <= 1024) {
      require(search::read_query(written).root == read.root);
    }
    const search::QueryNode again = search::form_tree(search::read_form(read.root, language));
    require(written.size() > 1024 || again.children.size() == read.root.children.size());
  }
}

void check(const search::Answer& answer) {
  require(answer.hits.size() <= answer.count);
  for (const search::Hit& hit : answer.hits) {
    require(pitchblende::is_valid_utf8(hit.title) && pitchblende::is_valid_utf8(hit.snippet));
    for (const auto& [begin, end] : hit.marks) {
      require(begin < end && end <= hit.snippet.size());
    }
  }
  for (const std::string& word : answer.ignored) {
    require(pitchblende::is_valid_utf8(word));
  }
}

}  // namespace

// The first byte says who looks, the second how much; then, separated by NUL, the words and the values of filters.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) {
    return 0;
  }
  search::Query query;
  query.from = data[1] / 16;
  query.size = data[1] % 16;
  query.facet_size = data[1] % 7;
  query.match = data[0] % 2 == 0 ? search::Match::all : search::Match::any;
  const std::string text(reinterpret_cast<const char*>(data) + 2, size - 2);
  size_t at = text.find('\0');
  query.words = text.substr(0, at);
  check_grammar(query.words);
  index().suggest(query.words, data[0] % 2 == 0 ? "fr" : "en", 1 + data[1] % 16);
  for (const search::Expert& expert :
       index().experts({query.words, 5, 2026, {}}, pitchblende::access::Viewer::visitor()).people) {
    require(!expert.proofs.empty() && expert.proofs.size() <= 3 && expert.score <= 1);
  }
  while (at != std::string::npos && query.filters.size() < 200) {
    const size_t next = text.find('\0', at + 1);
    const std::string value = text.substr(at + 1, next == std::string::npos ? next : next - at - 1);
    query.filters.push_back(
        {static_cast<search::Facet>(query.filters.size() % search::k_facets), {value, "a", "person"}});
    at = next;
  }
  const auto reach = static_cast<pitchblende::access::Visibility>(data[0] / 2 % 5);
  check(index().search(query, {reach, {pitchblende::Id(1)}, {pitchblende::Id(3)}}));

  // The same bytes as a text.
  const auto own = search::Index::create("unused");
  search::Document document;
  document.id = pitchblende::Id(1);
  document.title = text;
  const auto part = data[1] % 2 == 0 ? search::TextPart::text : search::TextPart::name;
  document.texts.push_back({text, data[0] % 3 == 0 ? "en" : data[0] % 3 == 1 ? "fr" : "", 3, {}, part});
  document.facets.push_back({search::Facet::place, text, {}});
  own->put(std::move(document));
  own->commit();
  search::Query again;
  again.match = search::Match::any;
  for (const pitchblende::Token& token : pitchblende::words(text)) {
    again.words = token.folded;
    check(own->search(again, pitchblende::access::Viewer::visitor()));
    break;
  }
  again.words = query.words;
  check(own->search(again, pitchblende::access::Viewer::visitor()));
  return 0;
}
