// What goes into and comes out of pooling. Values, no thread contract.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/card.hpp"
#include "resolution/resolution.hpp"
#include "sources/source.hpp"

namespace pitchblende::store {
class Transaction;
}

namespace pitchblende::pool {

// A source as configured: who says it, how far he is trusted, what may be done with it.
struct SourceSettings {
  std::string name;             // "curie-staff"
  std::string format;           // built-in, ready mapping, or empty when `mapping` is given
  std::string mapping;          // TOML text of an own mapping
  std::string institution;      // short name that scopes local keys; empty: the source's name
  std::string institution_ref;  // "ror:04t0gwh46"
  int64_t trust = 50;           // 0 … 100, higher wins
  std::string licence;
  bool republish = false;
  sources::Mode mode = sources::Mode::snapshot;
  access::Visibility visibility = access::Visibility::everyone;
};

struct Progress {
  std::string_view phase;  // import, apply, resolve, merge, index
  int64_t done = 0;
  int64_t total = 0;      // 0: not known
  std::string_view unit;  // bytes, records, mentions, cards
};
// False: stop; what is committed stays and the next call goes on from there.
using OnProgress = std::function<bool(const Progress&)>;

// What pages and lists are made of, while it is made anew and not whole: cards before the index. What asks meanwhile is
// told so, and given nothing that is silently short.
struct Making {
  enum class What : uint8_t { cards, index };
  What what = What::index;
  int64_t done = 0;
  int64_t total = 0;  // 0: not known yet
};

enum class Change : uint8_t { unchanged, fresh, changed, deleted };

struct ImportOptions {
  bool dry_run = false;
  bool accept_withdrawals = false;  // and fields that are lost
  size_t largest_diff = 1000;       // entries of the diff that are kept; counts are always whole
  size_t largest_findings = 1000;   // findings that are kept in the report; the store keeps 100,000
  // What the file may say of the thing: a finding's field, excerpt and error reject the record. Empty: everything.
  std::function<std::optional<sources::Finding>(const registry::Record&)> refuse = {};
};

struct DiffEntry {
  Change change = Change::fresh;  // deleted: withdrawn
  registry::Kind kind = registry::Kind::person;
  std::string key;
  std::vector<std::string> fields;  // changed: which
  std::string label = {};           // how its record names the thing
};

// What a snapshot takes away from records that it still names.
struct LostPart {
  registry::Kind kind = registry::Kind::person;
  std::string part;     // "email", "positions.title"
  int64_t records = 0;  // that lose it
  int64_t had = 0;      // of the records seen, those that have it now
};

struct FileReport {
  std::string name;
  int64_t bytes = 0;
  std::optional<Error> problem;  // none: read to its end
};

struct FindingCount {
  std::string code;
  std::string field;
  bool rejected = false;
  int64_t count = 0;
};

struct RunReport {
  int64_t run = 0;  // 0: dry run
  std::string source;
  bool refused = false;          // too many withdrawals or lost fields: nothing was changed
  std::optional<Error> refusal;  // the reason
  std::vector<FileReport> files;
  int64_t read = 0;  // accepted + rejected, always
  int64_t rows = 0;  // of tables: several may tell of one record, and one of several
  int64_t accepted = 0;
  int64_t rejected = 0;
  int64_t notices = 0;
  int64_t fresh = 0;
  int64_t changed = 0;
  int64_t unchanged = 0;
  int64_t withdrawn = 0;
  std::vector<LostPart> lost;  // of a snapshot
  std::vector<FindingCount> by_reason;
  std::vector<sources::Finding> findings;  // rejects, then notices, as far as kept
  std::vector<bool> finding_rejected;
  std::vector<DiffEntry> diff;
};

struct SettleReport {
  int64_t records = 0;    // resolved
  int64_t mentions = 0;   // looked at
  int64_t entities = 0;   // touched
  int64_t fresh = 0;      // ids given
  int64_t merged = 0;     // ids that redirect now
  int64_t cards = 0;      // remade
  int64_t pageless = 0;   // of these, people without a page: no position in a member or partner
  int64_t documents = 0;  // indexed
  bool index_remade = false;
};

// Who is erased.
struct Erasure {
  Id person;                                                   // 0: somebody who has no card
  std::vector<std::string> words;                              // what else is his alone: the address of his account
  std::function<Result<void>(store::Transaction&)> also = {};  // done in the same transaction
};

// What an erasure finds, or found.
struct ErasureReport {
  Id person;
  int64_t records = 0;    // his own, emptied
  int64_t named_in = 0;   // records that print his name among others: it stays there, without what is his alone
  int64_t scrubbed = 0;   // other records that something of his was taken out of
  int64_t decisions = 0;  // whose texts went
  std::vector<std::string> emails;    // his, for who has an account with them
  std::vector<std::string> still_in;  // files of the folder in which an identifier of his is found after all
  bool rewritten = false;             // the database's file was written anew
};

// Erased, and here again: an older backup was restored.
struct Returned {
  std::vector<Id> people;
  std::vector<std::string> emails;  // of those that were asked about
};

// A record that a slice publishes. The same slice, kind and key is the same record: said anew it is a new version, with
// `record.deleted` it is withdrawn. Who may see it may change from one version to the next.
struct Publication {
  std::string_view slice;   // "calls"
  registry::Record record;  // gets the local id pitchblende/<slice>-<key>, by which others may link to it
  access::Visibility visibility = access::Visibility::everyone;
};
// "local:pitchblende/calls-12": what a record of that slice and key is linked to by.
std::string published_reference(std::string_view slice, std::string_view key);

struct Judgement {
  // attach: the name that a record prints (record_a) is that of this thing (b); detach: it is not, b is where it stands
  // today when none is given.
  enum class Verdict : uint8_t { same, different, attach, detach, override_, hide, verified, undo };
  Verdict verdict = Verdict::same;
  Id a;
  Id b;  // same, different, attach, detach
  // Records instead of things: what is wrongly one thing has only records to tell its halves by. As
  // explain() names them.
  std::optional<resolution::MentionRef> record_a;
  std::optional<resolution::MentionRef> record_b;
  std::string field;      // override, hide
  registry::Value value;  // override, hide
  int64_t undoes = 0;
  std::string who;
  std::string why;
};
std::string_view name(Judgement::Verdict verdict);

// A decision on who is who that nobody undid.
struct StandingDecision {
  enum class State : uint8_t {
    applies,
    withdrawn,  // a record that it speaks of is not here
    not_found   // its record prints the name no more, or twice in another order
  };
  struct End {
    resolution::MentionRef ref;
    std::string name;  // as printed when it was decided; empty: the record as such
    std::string list;  // hash of the record's names then
  };
  int64_t number = 0;
  Judgement::Verdict verdict = Judgement::Verdict::same;
  End a;
  End b;
  std::string who;
  std::string made;
  std::string why;
  State state = State::applies;
  bool joins() const { return verdict == Judgement::Verdict::same || verdict == Judgement::Verdict::attach; }
};

// A record of a thing, or a name on it.
struct Member {
  resolution::MentionRef ref;
  std::string source;
  std::string key;
  std::string text;         // how the source names the thing
  std::string where;        // the title of what prints the name; empty: the record as such
  std::string facts;        // year, identifiers, affiliations: what a curator looks at first
  std::optional<Id> thing;  // what it is assigned to
};

// A thing, or a record or name that stands for it, as a person names it.
struct Named {
  Id id;
  std::optional<resolution::MentionRef> place;
};

struct Explanation {
  Id id;
  registry::Kind kind = registry::Kind::person;
  std::string label;
  std::vector<Member> members;
  std::vector<resolution::Reason> reasons;
  std::vector<resolution::Comparison> weighed;  // of the reasons, as far as they were weighed
  std::vector<resolution::Reason> refused;
  std::vector<Member> names;  // printed by its records, with the thing that each is of
  std::vector<StandingDecision> decisions;
};

// One side of a question or of a pair.
struct Side {
  resolution::MentionRef ref;  // what is compared
  Id id;
  registry::Kind kind = registry::Kind::person;
  std::string label;
  bool page = false;
  int64_t size = 0;             // records and names that it is made of
  std::vector<Member> members;  // the first of them, `ref` before the others
};

// Two things looked at together.
struct PairExplanation {
  Side a;
  Side b;
  bool one = false;  // they are one thing
  resolution::Comparison comparison;
  std::vector<resolution::Reason> path;     // one thing: what leads from the one to the other
  std::vector<resolution::Reason> refused;  // two: links between them that a constraint held
  std::vector<StandingDecision> decisions;  // about both
};

// A question for a curator: are these two one?
struct Question {
  Side a;
  Side b;
  double probability = 0;
  resolution::Evidence evidence = resolution::Evidence::name;
  std::string detail;
  int64_t pages = 0;  // that a "same" would change
  double worth = 0;   // probability × pages: the queue is in this order
};

struct QueueQuery {
  std::optional<registry::Kind> kind;
  size_t from = 0;
  size_t limit = 20;
  size_t shown_members = 5;  // of a side
};

struct Queue {
  int64_t count = 0;  // of the kind asked for
  std::vector<std::pair<registry::Kind, int64_t>> by_kind;
  std::vector<Question> questions;
};

struct QualityQuery {
  size_t examples = 20;  // things, questions and institutions of each sort that are named; counts are always whole
};

// What is worth a look in a pool, with where to look.
struct Quality {
  struct Sizes {
    registry::Kind kind;
    std::vector<int64_t> things;  // in the order of k_size_steps
  };
  // Records and names of one thing, at most; the last step has no end.
  static constexpr int64_t k_size_steps[] = {1, 2, 5, 10, 50, 200, INT64_MAX};
  enum class Suspicion : uint8_t { two_orcids, distant_names, output, affiliations };
  static constexpr size_t k_suspicions = 4;
  struct Suspect {
    Suspicion suspicion;
    Side thing;  // its members: what gave rise to it
    std::string detail;
  };
  struct Share {
    std::string name;          // a year, or the institution's label; empty: none is known
    std::optional<Id> id;      // of the institution
    int64_t names = 0;         // printed on records; of an institution, those that name it or what it is part of
    int64_t people = 0;        // of these, of a person with a page
    int64_t placed = 0;        // of these, with an affiliation to a known organisation: of an institution all
    std::vector<Member> open;  // the first that are of nobody with a page, on their records
  };
  std::vector<Sizes> sizes;
  int64_t suspicions[k_suspicions] = {};
  std::vector<Suspect> suspects;                               // the first of each sort
  std::vector<std::pair<registry::Kind, int64_t>> duplicates;  // questions of the queue
  std::vector<Question> questions;                             // the first of them
  Share whole;
  std::vector<Share> by_year;         // newest first
  std::vector<Share> by_institution;  // those with most names first, then one without id: names with no known one
  std::vector<StandingDecision> inapplicable;
  int64_t records = 0;  // read
};
std::string_view name(Quality::Suspicion suspicion);

struct CheckReport {
  std::vector<std::string> problems;
  int64_t links_without_target = 0;
  int64_t records_due = 0;
  int64_t cards = 0;
};

}  // namespace pitchblende::pool
