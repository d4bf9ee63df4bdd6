// Finding: our own index in memory, over documents that the registry makes from cards. Front door of search; knows no
// SQL.
//
// BM25F (Robertson, Zaragoza 2004) over weighted fields; exact counts; facets; visibility inside. An Index is immutable
// segments behind one atomic snapshot: any number of threads search while one thread writes. Statistics (document
// frequencies, lengths) count public values only, so that nobody can feel what he may not see.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
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
  until,
  platform,  // whom a thing was measured with, or belongs to
  size,      // of a company
  cluster,   // that a company is in
  broader,   // of a concept: those right above it
  closes,    // of a call: until which day
  member     // of a group: a team that is in it
};
inline constexpr size_t k_facets = 32;
inline constexpr size_t k_facets_for_people = 29;  // the others are for queries: they are counted only when asked for
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
  std::string_view field = {};  // the registry's name of it, which lives as long as the program: what `title:` looks in
};

struct FacetValue {
  Facet facet = Facet::kind;
  std::string value;  // an entity id's text, a year, a journal's title: what the address carries
  access::Visibility visibility = access::Visibility::everyone;
};

// A title or a note for each of two readers, in one text; the part that a reader of "fr", "en" is shown.
std::string two_titles(std::string_view french, std::string_view english);
std::string_view title_in(std::string_view title, std::string_view language);

struct Document {
  Id id;
  registry::Kind kind = registry::Kind::person;
  access::Visibility visibility = access::Visibility::everyone;  // of the whole thing
  std::vector<Id> owners;                                        // institutions, sorted
  std::string title;      // public label, shown in lists; two of them where French and English differ (two_titles)
  std::string note;       // public, shown under the title: who, where, when; two of them as of the title
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
  all,  // what the query says, see query/query_text.hpp; when nothing has all of its plain words, any (Answer::relaxed)
  any   // any word: for questions in sentences and texts in the place of a query; no operators, no fields
};

// In which order documents come; those that are equal in it come by id.
enum class Order : uint8_t { relevance, newest, title };

// Whether the words are also looked for as the vocabularies of the index translate them (docs/rules/search.md, 5).
enum class Translation : uint8_t { by_vocabulary, none };

struct Query {
  // What the person typed, up to 1 KiB and 32 words: docs/rules/search.md says what it may be. A word is found by
  // itself and by its stem in either language; stop words count only when there is nothing else; a compound (CAR-T) is
  // found by its parts, its whole first; IL-2 and IL2 are one word. Without words: everything, by id.
  std::string words;
  std::vector<Filter> filters;  // all of them; facets count what has passed them
  Match match = Match::all;
  Order order = Order::relevance;
  uint32_t from = 0;         // paging
  uint32_t size = 10;        // at most 1,000
  uint32_t facet_size = 10;  // values per facet; 0: no facets
  // Those that are wanted, each with its own number of values; empty: all that are for people, facet_size of each.
  std::vector<std::pair<Facet, uint32_t>> facets;
  bool snippets = true;
  Translation translation = Translation::by_vocabulary;
  std::string today;               // "2026-11-27", for open:call; empty: no call is open
  std::optional<Language> reader;  // of two texts that show as much of the words he is shown the one in his language
};

struct Hit {
  Id id;
  registry::Kind kind = registry::Kind::person;
  float score = 0;
  std::string title;
  std::string note;
  std::string snippet;                               // of the texts that the viewer may see, at most 240 bytes
  std::vector<std::pair<uint32_t, uint32_t>> marks;  // byte ranges of the snippet that matched
  std::optional<Language> snippet_language;          // as the text says
  bool snippet_cut_before = false;                   // the text has more before it, after it
  bool snippet_cut_after = false;
};

struct FacetCount {
  std::string value;
  uint32_t count = 0;
};

// What of a query was not taken as it stands.
struct QueryNote {
  enum class Reason : uint8_t {
    unclosed_quote,
    unclosed_parenthesis,
    unopened_parenthesis,
    empty_parentheses,
    stray_operator,
    unknown_field,
    empty_value,
    not_a_range,
    reversed_range,
    too_deep,
    too_many,
    too_long,
    short_prefix,
    no_word,
    unknown_kind,
    unknown_name,
    unknown_topic,
    unknown_open
  };
  Reason reason = Reason::unclosed_quote;
  std::string text;  // the part of the query, at most 80 bytes
  bool operator==(const QueryNote&) const = default;
};
std::string_view name(QueryNote::Reason reason);

// Words of the query that a vocabulary knows, and what was looked for beside them, with less weight.
struct Translated {
  std::string words;
  std::vector<std::string> also;
};

struct Answer {
  uint64_t count = 0;                           // exact
  bool relaxed = false;                         // nothing had all the words: documents with any of them
  std::vector<Hit> hits;                        // in the order asked for, then by id
  std::vector<std::vector<FacetCount>> facets;  // [facet], by count, then value
  std::vector<std::string> ignored;             // what of the words could not be used
  std::vector<QueryNote> notes;
  std::vector<Translated> translated;
};

// All that a query finds, in the order asked for: for who writes it down piece by piece and must not lose his place.
struct List {
  std::vector<Id> ids;
  std::vector<registry::Kind> kinds;  // that are among them
};

// What somebody who begins to type may mean. Of public values only.
struct Suggestion {
  std::string text;
  registry::Kind kind = registry::Kind::concept_;  // concept: a topic
  std::optional<Id> id;                            // of the thing; none: words to look for
};

struct ExpertsQuery {
  std::string words;   // as in Query
  uint32_t size = 10;  // of each kind, at most 50
  int year = 0;        // the one that work is old from; 0: no age counts
  std::string today;   // as in Query
};

// Who has shown most in a topic: docs/rules/search.md, 8.
struct Expert {
  Hit thing;
  double score = 0;         // of the best of its kind: 1
  uint32_t documents = 0;   // that speak for it
  std::vector<Hit> proofs;  // the three that weigh most
};

struct Experts {
  std::vector<Expert> people;
  std::vector<Expert> teams;
  std::vector<Expert> platforms;
  uint64_t documents = 0;  // that were found
  uint32_t weighed = 0;    // of these, the first so many
  bool relaxed = false;
  std::vector<QueryNote> notes;
  std::vector<Translated> translated;
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
  // Takes the checkpoint in the folder away: it stands for nothing any more. Error: SEARCH_WRITE.
  static Result<void> forget(const std::string& folder);
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
  // Without its paging, facets and snippets.
  virtual List list(const Query& query, const access::Viewer& viewer) const = 0;
  // Title and note of each of these that is here and that the viewer may know, in the order asked for.
  virtual std::vector<Hit> known(std::span<const Id> ids, const access::Viewer& viewer) const = 0;
  // For what was typed so far, the likeliest first; `language`: "fr", "en".
  virtual std::vector<Suggestion> suggest(std::string_view typed, std::string_view language, size_t most) const = 0;
  // Makes what the first suggestion would otherwise wait for, of all that is here by now; does nothing where it is
  // made. Returns early when `stop` becomes true.
  virtual void make_ready(const std::atomic<bool>& stop) const = 0;
  // What the vocabularies of the index call a topic in a reader's language; the topic itself where they do not know it,
  // know several of that name, or have no word in the language.
  virtual std::string topic_in(std::string_view topic, Language reader) const = 0;
  virtual Experts experts(const ExpertsQuery& query, const access::Viewer& viewer) const = 0;
  virtual Size size() const = 0;
  // Checksums of every segment; each string is one problem.
  virtual std::vector<std::string> check() const = 0;
};

}  // namespace pitchblende::search
