// Who is who: mentions and decisions in, clusters with reasons out. Front door of resolution; knows no SQL.
//
// Pure functions of their arguments, any thread: the same clusters whatever the order of the input.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "registry/record.hpp"
#include "resolution/people/person_name.hpp"
#include "resolution/setting.hpp"

namespace pitchblende::resolution {

// A place where an entity is described (part 0: the record as such) or named (part n: the n-th mention value of the
// record, counted over all of its mention fields in the record's order).
struct MentionRef {
  int64_t record = 0;  // the store's number of the record; grows with the order of arrival
  int32_t part = 0;
  auto operator<=>(const MentionRef&) const = default;
};

struct Mention {
  MentionRef ref;
  registry::Kind kind = registry::Kind::person;
  bool described = false;  // part 0: a source speaks of it as such
  // Not what this run is about, and perhaps without all that once joined it: settled mentions that the same entity
  // holds stay together unless a decision, an identifier or a cannot-link parts them.
  bool settled = false;
  std::string origin;  // "source/key" or "source/key#part": the same on every machine; seeds the id and breaks ties
  std::string family;  // person, folded, with its particle
  std::string given;   // person, folded; may be initials, each a word of its own
  std::vector<PersonName> other_names;   // of a described person: as which he is known as well
  std::vector<std::string> names;        // folded names of anything that is not a person, without acronyms
  std::vector<std::string> identifiers;  // "orcid:…", "local:curie/123": sharing a strong one is being the same
  // Affiliations, normalised, their segments parted by ';'; references of organisations; of a described person also the
  // references of the publications that are confirmed as his.
  std::vector<std::string> affiliations;
  // Those named beside it and itself, as "family i", folded; partners of a project. One list serves the mentions of a
  // record; of a long one each mention has the part around its own place. null: none.
  std::shared_ptr<const std::vector<std::string>> companions;
  // What tells namesakes apart, folded, parted by '|': publication year|family of the first author; organisation
  // country|commune; author the reference of his paper; others year or place.
  std::string context;
  // What the record that names it is about, where and when; one for all of its mentions. null: nothing is known.
  std::shared_ptr<const Setting> setting;
  std::string_view generation;  // "Jr": of those whose name it is in a family; empty: not said. A constant's letters
  std::string exclusive;        // two mentions with the same one (a paper's author list) are two things; empty: none
  std::optional<Id> held;       // the entity that it is assigned to today
  int64_t held_since = 0;       // the run that assigned it
};

// Every mention of a record. `record` is the store's number, `source` and `institution` those of its source.
std::vector<Mention> mentions_of(const registry::Record& record, int64_t record_number, std::string_view source,
                                 std::string_view institution);

// Keys under which candidates meet: mentions that share none are never compared. Stored by the pool.
struct BlockingKey {
  int64_t hash = 0;     // of kind and key
  bool strong = false;  // an identifier
};
std::vector<BlockingKey> blocking_keys(const Mention& mention);
// Raised whenever blocking_keys() gives other keys than before: pools make anew those that they keep.
inline constexpr std::string_view k_form_of_keys = "2";

enum class Verdict : uint8_t { same, different };
// A curator's decision on two mentions.
struct Decision {
  int64_t number = 0;
  Verdict verdict = Verdict::same;
  MentionRef a;
  MentionRef b;
};

enum class Evidence : uint8_t {
  // why two were joined
  identifier,
  name_and_affiliation,
  name_and_companions,
  name,
  title,
  decision,
  held,
  // why a link was refused
  exclusive,
  other_identifier,
  other_name,
  decided_different,
  other_form,  // a work, and a preprint or an erratum of it
  two_lives,   // groups of one name that are two people's as a whole, or may as well be
  two_entries  // two entries of lists of staff whose places nothing has in common
};
std::string_view code(Evidence evidence);
// A sentence with the detail put in.
std::string describe(Evidence evidence, std::string_view detail, Language language);

struct Reason {
  MentionRef a;
  MentionRef b;
  Evidence evidence = Evidence::name;
  double probability = 1;
  std::string detail;  // "orcid:0000-…", "dupont j; institut curie"
};

struct Cluster {
  std::vector<MentionRef> members;  // sorted
  std::vector<Reason> reasons;      // a tree that joins the members
  std::vector<Reason> refused;      // links that a constraint held
};

class Forest;

struct Input {
  std::vector<Mention> mentions;
  std::vector<Decision> decisions;
  const Forest* people_model = nullptr;  // null: the one that ships
  bool part_of_pool = false;             // others may bear a name that one person here bears
};

// Two mentions of different clusters that may be one thing, not surely enough to be joined; for a curator.
struct Doubt {
  MentionRef a;
  MentionRef b;
  double probability = 0.5;
  Evidence evidence = Evidence::name;
  std::string detail;
};

struct Resolution {
  std::vector<Cluster> clusters;  // sorted by first member; every mention is in exactly one
  std::vector<Doubt> doubts;      // of two clusters the likeliest one; sorted by a and b
};

// How far one trait speaks for (> 0) or against (< 0) two mentions being one, in bits: the base-2 logarithm of its
// likelihood ratio, as in Fellegi and Sunter (1969).
struct Weight {
  std::string trait;  // "given_names", "companions", "title"; describe() has the words
  double bits = 0;
  std::string detail;  // what the two have in common, or how they differ
};
std::string describe(const Weight& weight, Language language);

// One pair looked at by itself.
struct Comparison {
  double probability = 0;         // that they are one, before any constraint
  std::vector<Weight> weights;    // the heaviest first
  std::optional<Reason> refused;  // the constraint that keeps them apart
};

// Clusters sorted by first member; every mention is in exactly one. Cannot-links are never broken: same `exclusive`,
// two different values of a unique scheme (ORCID, ROR, PMID, DOI…), a decision "different". Contradicting decisions:
// the later number wins over what it contradicts. Two DOIs yield to a shared PMID, PMC or HAL number, two local ids of
// one institution to a shared identifier of the person; nothing else does.
Resolution resolve(const Input& input);

// What speaks for and against two mentions of `input` being one; the rest of the input says how rare things are.
Comparison compare(const Input& input, MentionRef a, MentionRef b);

// Ids for ever. A cluster keeps the id of its first-assigned member; on a merge the oldest assignment wins and the
// others redirect; on a split the part with the oldest record keeps it. A new id is the first 50 bits of BLAKE2b(kind,
// origin of the member whose origin is first, records before names), counted up while `taken`: used by a thing that is
// here, or that is gone. An id that only redirects is not taken: when a merge is undone, what comes apart has its old
// id again, where the same member seeds it.
struct Identity {
  Id id;
  bool fresh = false;
  std::vector<Id> absorbed;  // ids that now redirect to id
};
std::vector<Identity> assign_ids(std::span<const Cluster> clusters, std::span<const Mention> mentions,
                                 const std::function<bool(Id)>& taken);

}  // namespace pitchblende::resolution
