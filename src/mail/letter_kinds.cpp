#include "mail/letter_kinds.hpp"

#include <algorithm>
#include <array>

namespace pitchblende::mail {

namespace {

// Duties are links that were asked for, receipts, decisions, what waits for an answer of his, and what the law wants
// people to be told.
constexpr std::array k_kinds{
    LetterKind{"search_news", "search"},
    LetterKind{"booking_requested", "booking"},
    LetterKind{"booking_confirmed", "booking"},
    LetterKind{"booking_moved", "booking"},
    LetterKind{"booking_cancelled", "booking"},
    LetterKind{"booking_declined", "booking"},
    LetterKind{"booking_outside", "booking"},
    LetterKind{"booking_trained", "booking"},
    LetterKind{"booking_given_back", "instrument"},
    LetterKind{"requests_message", "request"},
    LetterKind{"requests_reply", "request"},
    LetterKind{"requests_withdrawn", "request"},
    LetterKind{"requests_passed", "request"},
    LetterKind{"requests_forwarded", "request"},
    LetterKind{"requests_reminder", "reminder"},
    LetterKind{"group_registered", "event"},
    LetterKind{"group_waiting", "event"},
    LetterKind{"group_given_back", "event"},
    LetterKind{"group_moved_up", "event"},
    LetterKind{"group_moved", "event"},
    LetterKind{"group_cancelled", "event"},
    LetterKind{"group_takes_place", "event"},
    LetterKind{"proposal_editor", "call"},
    LetterKind{"review_arrived", "review"},
    LetterKind{"review_declined", "review"},
    LetterKind{"confirm", "card"},
    LetterKind{"confirm_again", "card"},
    LetterKind{"sign_in", ""},
    LetterKind{"role_given", ""},
    LetterKind{"role_declined", ""},
    LetterKind{"role_ended", ""},
    LetterKind{"claim", ""},
    LetterKind{"page_notice", ""},
    LetterKind{"group_member", ""},
    LetterKind{"booking_to_confirm", ""},
    LetterKind{"requests_verify", ""},
    LetterKind{"requests_received", ""},
    LetterKind{"requests_to_answer", ""},
    LetterKind{"requests_passed_on", ""},
    LetterKind{"requests_state", ""},
    LetterKind{"proposal_submitted", ""},
    LetterKind{"review_invitation", ""},
    LetterKind{"review_received", ""},
    LetterKind{"review_withdrawn", ""},
    LetterKind{"call_result", ""},
};

constexpr std::array<std::string_view, 9> k_topics{"search", "booking", "instrument", "request", "reminder",
                                                   "event",  "call",    "review",     "card"};

}  // namespace

std::span<const LetterKind> letter_kinds() { return k_kinds; }

std::string_view topic_of(std::string_view kind) {
  const auto found =
      std::find_if(k_kinds.begin(), k_kinds.end(), [&](const LetterKind& each) { return each.kind == kind; });
  return found == k_kinds.end() ? std::string_view() : found->topic;
}

std::span<const std::string_view> letter_topics() { return k_topics; }

}  // namespace pitchblende::mail
