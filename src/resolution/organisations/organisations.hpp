// Which organisations an affiliation names. A door of resolution; knows no SQL.
//
// An index is built once from descriptions (the Research Organization Registry's, the consortium's own organisations
// and teams, a national directory's structures), then only read: match() may be called from any number of threads. The
// order of the descriptions never changes an answer. What is named is said with a probability, with the words that name
// it and with its rivals; what is not sure is said to be ambiguous and never guessed silently.
//
// The method: words with one key in all languages, an inverted index over the rarest words of each name, an alignment
// of the name with the words found, and boosted trees over the evidence, trained by
// bench/resolution/train_organisations.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "registry/record.hpp"
#include "resolution/organisations/organisation_codes.hpp"

namespace pitchblende::resolution {

enum class OrganisationNameKind : uint8_t { label, alias, acronym };

struct OrganisationName {
  std::string text;
  OrganisationNameKind kind = OrganisationNameKind::label;
};

// Dates are ISO, perhaps a year alone; empty: open.
struct OrganisationRelation {
  std::string id;
  std::string from;
  std::string to;
};

enum class OrganisationType : uint8_t {
  other,
  education,
  healthcare,
  facility,
  company,
  government,
  nonprofit,
  archive,
  funder,
  team
};

struct OrganisationDescription {
  std::string id;  // of two with the same one, the later in the order of all that they say is left out
  std::vector<OrganisationName> names;
  OrganisationType type = OrganisationType::other;
  std::string country;  // ISO 3166
  std::vector<std::string> towns;
  std::vector<OrganisationRelation> parents;  // several at once: a unit's tutelles
  std::vector<OrganisationRelation> successors;
  std::vector<std::string> related;  // ids of what belongs with it: a university's hospitals
  std::vector<std::string> units;    // "UMR 7104", "U1068"
  std::vector<std::string> domains;  // "exemple.fr"
  std::string closed;                // since when; "?" where that is not known
  uint32_t renown = 0;               // how much is known of it: identifiers, names, relations
};

// An organisation or a team as a record or a merged card says it; nullopt: it is another kind, or has no name.
std::optional<OrganisationDescription> describe_organisation(const registry::Record& record, std::string id);

enum class OrganisationEvidence : uint8_t { name, acronym, unit_code, email_domain };
std::string_view code(OrganisationEvidence evidence);

struct OrganisationRival {
  std::string_view id;
  double probability = 0;
};

struct OrganisationMatch {
  std::string_view id;     // as named; all views live as long as the index
  double probability = 0;  // that these words name it
  double principal = 0;    // that it is the one that the whole string stands for
  uint32_t begin = 0;      // bytes of the text
  uint32_t end = 0;
  OrganisationEvidence evidence = OrganisationEvidence::name;
  std::string_view name;  // the name that met
  bool country_agrees = false;
  bool town_agrees = false;
  bool domain_agrees = false;
  bool ambiguous = false;                 // a rival for the same words is nearly as likely
  bool implied = false;                   // a parent of another that was found
  std::vector<OrganisationRival> rivals;  // for the same words, likeliest first
  std::vector<std::string_view> parents;  // nearest first, those in force
  std::string_view current;               // what became of it; itself where it goes on
};

struct AffiliationAnswer {
  std::vector<OrganisationMatch> organisations;  // in the order of the text; probability at least `least`
  // Under `least`, likeliest first: who may be meant all the same.
  std::vector<OrganisationMatch> doubtful;
  std::optional<size_t> principal;  // the likeliest of `organisations` to be what the string stands for
  std::string country;              // ISO 3166, of the text or else of the principal organisation
  std::string town;                 // as printed, or as the principal organisation has it
  std::vector<std::string> emails;
  std::vector<UnitCode> units;  // known here or not
};

// What an answer has to reach to be worth giving as the one that a string stands for.
constexpr double k_least_principal = 0.05;

struct MatchOptions {
  double least = 0.5;  // probability of what is said to be found
  std::string date;    // parents and successors as of that day (a year will do); empty: today's
};

class Forest;
// Who is named by the words, and for whom the whole string stands. They must outlive what reads with them.
struct OrganisationModels {
  const Forest* naming = nullptr;
  const Forest* principal = nullptr;
};

class OrganisationIndex {
 public:
  explicit OrganisationIndex(std::span<const OrganisationDescription> organisations);
  ~OrganisationIndex();
  OrganisationIndex(OrganisationIndex&&) noexcept;
  OrganisationIndex& operator=(OrganisationIndex&&) noexcept;

  // Any bytes of any length; what is longer than 64 kB is read so far.
  AffiliationAnswer match(std::string_view affiliation, const MatchOptions& options = {}) const;
  // The same by models that are being tried; null: the shipped one.
  AffiliationAnswer match(std::string_view affiliation, const MatchOptions& options,
                          const OrganisationModels& models) const;
  size_t size() const;

  struct Data;
  const Data& data() const { return *m_data; }  // for the training program

 private:
  std::unique_ptr<const Data> m_data;
};

}  // namespace pitchblende::resolution
