// What a partnership is, which stage follows which, who sees what of it, when it needs renewal:
// docs/rules/partnerships.md. Pure; any thread.
#pragma once

#include <span>

#include "base/result.hpp"
#include "partnerships/partnerships_types.hpp"

namespace pitchblende::partnerships {

inline constexpr int k_renewal_days = 120;  // before its end
inline constexpr size_t k_most_members = 50;
inline constexpr size_t k_most_named = 5;
inline constexpr int64_t k_most_euros = 1'000'000'000'000;

// Errors: PARTNERSHIPS_TITLE, _PARTIES, _MANY, _NAMED, _LENGTH, _DATE, _ENDS_FIRST, _AMOUNT, _VISIBILITY.
Result<void> judge_draft(const Draft& draft);
// What files call it, in French or English ("Thèse CIFRE", "joint research"), as one of ours; nullopt: it is none.
std::optional<Kind> kind_said(std::string_view text);
// "1 250 000", "1250000": euros; nullopt of an empty text. Error: PARTNERSHIPS_AMOUNT.
Result<std::optional<int64_t>> amount_in(std::string_view text);
bool may_become(Stage from, Stage to);
// Errors: PARTNERSHIPS_STAGE, PARTNERSHIPS_UNFINISHED (to be signed, it needs two parties and its first day).
Result<void> judge_move(const Partnership& partnership, Stage to, std::string_view today);
// What is signed, or ended, stays whole. Error: PARTNERSHIPS_UNFINISHED.
Result<void> judge_whole(const Draft& draft, Stage stage);
// Errors: PARTNERSHIPS_NOT_SIGNED, _DATE, _LATER: the new end is not after the old one.
Result<void> judge_renewal(const Partnership& partnership, const std::string& ends);

// Somebody who looks at one; his roles for it.
struct Onlooker {
  access::Viewer viewer;
  bool runs = false;            // the right to run partnerships
  bool follows = false;         // the right to follow this one
  std::vector<Id> owners = {};  // of the parties: them, and what they belong to; sorted
};
// What the public may know of (rule 6).
bool is_published(const Partnership& partnership);
bool sees(const Partnership& partnership, const Onlooker& onlooker);
// The same without what he may not see; nullopt: he may not know that there is one.
std::optional<Partnership> seen_by(Partnership partnership, const Onlooker& onlooker);

enum class Due : uint8_t { nothing, renewal, over };  // over: it is past its end, and stands as signed
Due due(const Partnership& partnership, std::string_view today);
// "2026", "2026-02" as whole days: its first, its last; a day, or what is no date, as it is.
std::string first_day(std::string_view date);
std::string last_day(std::string_view date);
// "2026-11-24" so many days later.
std::string days_later(std::string_view day, int days);

}  // namespace pitchblende::partnerships
