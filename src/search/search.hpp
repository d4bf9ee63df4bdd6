// Finding: our own index in memory, over documents that the registry makes from cards. Front door of search; knows no
// SQL.
//
// BM25F (Robertson, Zaragoza 2004) over weighted fields; exact counts; facets; visibility inside. An Index is immutable
// segments behind one atomic snapshot: any number of threads search while one thread writes. Statistics (document
// frequencies, lengths) count public values only, so that nobody can feel what he may not see.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/visibility.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "registry/kinds.hpp"

namespace pitchblende::search {

// person: whom a thing names that has a page (authors, leaders, inventors…); role: in the consortium, now. From
// `make` on: of some kinds only.
enum class Facet : uint8_t {
  kind,
  institution,
  group,
  year,
  journal,
  concept_,
  place,
  person,
  type,
  role,
  make,
  condition,
  open_to,
  booking,
  capability,
  material,
  field,
  programme,
  language,
  open_access,
  access,
  phase,
  status,
  scheme,
  position,
  until
};
inline constexpr size_t k_facets = 26;
inline constexpr size_t k_facets_of_all_kinds = 10;
std::string_view name(Facet facet);

// A name is found by its words, and comes first where it is the whole of a query.
enum class TextPart : uint8_t { text, name };

struct TextField {
  std::string text;
  std::string lang;    // "fr", "en"…; empty: names and codes, not stemmed
  uint8_t weight = 1;  // 1 … 10, from the field's description
  access::Visibility visibility = access::Visibility::everyone;
  TextPart part = TextPart::text;
};

struct FacetValue {
  Facet facet = Facet::kind;
  std::string value;  // an entity id's text, a year, a journal's title: what the address carries
  access::Visibility visibility = access::Visibility::everyone;
};

// A title for each of two readers, in one text; the part that a reader of "fr", "en" is shown.
std::string two_titles(std::string_view french, std::string_view english);
std::string_view title_in(std::string_view title, std::string_view language);

struct Document {
  Id id;
  registry::Kind kind = registry::Kind::person;
  access::Visibility visibility = access::Visibility::everyone;  // of the whole thing
  std::vector<Id> owners;                                        // institutions, sorted
  std::string title;      // public label, shown in lists; two of them where French and English differ (two_titles)
  std::string note;       // public, shown under the title: who, where, when; in no language
  std::string sort_text;  // lists by title are in the bytewise order of it: folded
  uint32_t date = 0;      // 20240131, 20240100, 20240000; 0: not known
  std::vector<TextField> texts;
  std::vector<FacetValue> facets;  // kind is added by the engine
};

struct Filter {
  Facet facet = Facet::kind;
  std::vector<std::string> values;  // any of them
};

// What a document needs to be found.
enum class Match : uint8_t {
  all,  // every word; when nothing has all of them, any (Answer::relaxed)
  any   // any word: for questions in sentences and texts in the place of a query
};

// In which order documents come; those that are equal in it come by id.
enum class Order : uint8_t { relevance, newest, title };

struct Query {
  // What the person typed, up to 1 KiB and 32 words. A word is found by itself and by its stem in either language;
  // "quoted" words must match in any case, -words must not; stop words count only when there is nothing else; a
  // compound (CAR-T) is found by its parts, its whole first; IL-2 and IL2 are one word. Without words: everything, by
  // id.
  std::string words;
  std::vector<Filter> filters;  // all of them; facets count what has passed them
  Match match = Match::all;
  Order order = Order::relevance;
  uint32_t from = 0;         // paging
  uint32_t size = 10;        // at most 1,000
  uint32_t facet_size = 10;  // values per facet; 0: no facets
  // Those that are wanted, each with its own number of values; empty: all, facet_size of each.
  std::vector<std::pair<Facet, uint32_t>> facets;
  bool snippets = true;
};

struct Hit {
  Id id;
  registry::Kind kind = registry::Kind::person;
  float score = 0;
  std::string title;
  std::string note;
  std::string snippet;                               // of the texts that the viewer may see, at most 240 bytes
  std::vector<std::pair<uint32_t, uint32_t>> marks;  // byte ranges of the snippet that matched
};

struct FacetCount {
  std::string value;
  uint32_t count = 0;
};

struct Answer {
  uint64_t count = 0;                           // exact
  bool relaxed = false;                         // nothing had all the words: documents with any of them
  std::vector<Hit> hits;                        // in the order asked for, then by id
  std::vector<std::vector<FacetCount>> facets;  // [facet], by count, then value
  std::vector<std::string> ignored;             // what of the words could not be used
};

struct Size {
  uint64_t documents = 0;
  uint64_t terms = 0;
  uint64_t bytes = 0;
  uint32_t segments = 0;
};

class Index {
 public:
  // Maps the checkpoint in the folder and verifies it, but for the texts: those are verified one by one when they are
  // shown (a damaged one is not), and all by check(). Errors: SEARCH_MISSING, SEARCH_DAMAGED, SEARCH_VERSION: the
  // caller remakes it.
  static Result<std::unique_ptr<Index>> open(const std::string& folder);
  // An empty one that will be checkpointed there (the old files go at the first checkpoint).
  static std::unique_ptr<Index> create(const std::string& folder);
  virtual ~Index() = default;

  // One writer. put() replaces the document of the same id. Nothing is seen before commit().
  virtual void put(Document&& document) = 0;
  virtual void remove(Id id) = 0;
  virtual void commit() = 0;
  // Rewrites every segment that holds a removed or replaced document, so that the next checkpoint has no trace of it.
  virtual void purge() = 0;
  // Writes what changed since the last one, then the list of segments, atomically (rename, fsync). `position` is the
  // store's change number that the index has caught up with.
  virtual Result<void> checkpoint(int64_t position) = 0;
  virtual int64_t position() const = 0;

  virtual Answer search(const Query& query, const access::Viewer& viewer) const = 0;
  // Title and note of each of these that is here and that the viewer may know, in the order asked for.
  virtual std::vector<Hit> known(std::span<const Id> ids, const access::Viewer& viewer) const = 0;
  virtual Size size() const = 0;
  // Checksums of every segment; each string is one problem.
  virtual std::vector<std::string> check() const = 0;
};

}  // namespace pitchblende::search
