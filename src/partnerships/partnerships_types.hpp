// What partnerships speak of. Values. Dates "2026-11-24", or empty.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/visibility.hpp"
#include "base/id.hpp"

namespace pitchblende::partnerships {

enum class Stage : uint8_t { contact, talks, negotiation, signed_, ended, dropped };
inline constexpr std::array k_stages{Stage::contact, Stage::talks, Stage::negotiation,
                                     Stage::signed_, Stage::ended, Stage::dropped};
std::string_view name(Stage stage);  // "contact", "signed"
std::optional<Stage> stage(std::string_view name);

enum class Kind : uint8_t { research, thesis, proof_of_concept, service, provision, licence, chair, framework, other };
inline constexpr std::array k_kinds{Kind::research, Kind::thesis,    Kind::proof_of_concept,
                                    Kind::service,  Kind::provision, Kind::licence,
                                    Kind::chair,    Kind::framework, Kind::other};
std::string_view name(Kind kind);  // "proof_of_concept"
std::optional<Kind> kind(std::string_view name);

enum class Shown : uint8_t { no, yes };

// What the staff write down.
struct Draft {
  std::string title;
  Kind kind = Kind::research;
  std::vector<Id> parties;         // organisations, teams
  std::vector<std::string> named;  // companies that the registry does not have, by their names
  std::vector<Id> people;
  std::vector<Id> areas;
  std::string field;
  std::string starts;
  std::string ends;
  std::optional<int64_t> amount;  // euros
  access::Visibility amount_seen = access::Visibility::institution;
  Shown shown = Shown::no;
  std::string description;
  std::string note;
};

struct Partnership {
  int64_t id = 0;
  Draft draft;
  Id card;  // that it took over: a file tells of the same; 0: none
  Stage stage = Stage::contact;
  int64_t revision = 1;
  std::string made;  // times "2026-11-24T10:20:30Z"
  std::string changed;
};

struct Period {
  std::string starts;
  std::string ends;
};

struct Event {
  std::string at;
  int64_t account = 0;
  std::optional<Stage> stage;  // what it became; none: it was edited, or renewed
  std::string note;
  std::optional<Period> renewed = {};  // the period that it had before
};

// What a file tells of, as the staff take it over.
struct Taken {
  Id card;
  Stage stage = Stage::signed_;
};

// The partnership that somebody looks at: changed only if it is as he saw it.
struct Seen {
  int64_t id = 0;
  int64_t revision = 0;
};
struct By {
  int64_t account = 0;
  bool runs = false;  // the policy's to say
};

}  // namespace pitchblende::partnerships
