// Campaigns: cards chosen, their people asked by letter, answers watched, those reminded who did not answer.
//
// A Campaigns borrows what it is made of; any thread. Letters go through the outbox in pieces, each with the note that
// they went: what was interrupted goes on where it stood. Rules 11 to 15.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "access/access.hpp"
#include "confirm/confirm.hpp"
#include "mail/mail.hpp"

namespace pitchblende::confirm {

// An ask as staff see it.
struct Asked {
  Ask ask;
  registry::Kind kind = registry::Kind::person;
  std::string label;         // of the card; its id where it is gone
  std::string letter_state;  // waiting, sent, failed, expired; empty: no letter, or one the outbox forgot
  std::string reason;        // why it did not arrive
  std::string word;          // what he wrote to those who keep the registry
};

// What one letter is to say: a campaign, and for each card its link's secret.
struct Invitation {
  const Campaign& campaign;
  std::string email;
  std::string language;
  std::string expires;
  bool again = false;  // a reminder
  struct Card {
    registry::Kind kind;
    std::string label;
    std::string secret;
  };
  std::vector<Card> cards;
};
using Compose = std::function<mail::Letter(const Invitation&)>;

inline constexpr size_t k_most_cards = 5000;
inline constexpr size_t k_longest_note = 1000;  // letters

class Campaigns {
 public:
  Campaigns(store::Store& store, const Confirm& confirm, const access::Access& access, const mail::Outbox& outbox,
            const Clock& clock)
      : m_store(store), m_confirm(confirm), m_access(access), m_outbox(outbox), m_clock(clock) {}

  // Chooses its cards and whom to ask, and keeps that as a draft: what is previewed is what is sent. Errors:
  // CONFIRM_TITLE, CONFIRM_DAYS, CONFIRM_NOTE, CONFIRM_NO_CARDS, CONFIRM_MANY_CARDS.
  Result<int64_t> draft(Campaign campaign, const Also& also);
  // Errors: CONFIRM_UNKNOWN, CONFIRM_SENT.
  Result<void> drop(int64_t campaign, const Also& also);

  Result<Campaign> campaign(int64_t id) const;  // error: CONFIRM_UNKNOWN
  Result<std::vector<Campaign>> all() const;
  // By address, then card.
  Result<std::vector<Asked>> asked(int64_t campaign) const;

  // Letters to some of those who were not asked yet; false: that was all. Error: CONFIRM_UNKNOWN.
  Result<bool> send_some(int64_t campaign, const Compose& compose, const Also& also);
  // Letters to some of those of whose cards nobody has answered and who were not written to within a day; false: that
  // was all. Errors:
  // CONFIRM_UNKNOWN, CONFIRM_DRAFT.
  Result<bool> remind_some(int64_t campaign, const Compose& compose, const Also& also);
  // Gives its campaign. Error: CONFIRM_UNKNOWN.
  Result<int64_t> revoke(int64_t ask, const Also& also);

  // Those whose sending was interrupted.
  Result<std::vector<int64_t>> interrupted() const;
  std::string now() const { return m_clock.now_text(); }
  // Until when links hold that are sent now.
  std::string expiry(const Campaign& campaign) const;
  // Keeps why letters did not arrive, before the outbox forgets it.
  Result<void> keep_outcomes();

 private:
  Result<std::vector<Ask>> chosen(const Choice& choice) const;
  Result<int64_t> write_some(const Campaign& campaign, const std::vector<Ask>& to, const Compose& compose,
                             const Also& also);

  store::Store& m_store;
  const Confirm& m_confirm;
  const access::Access& m_access;
  const mail::Outbox& m_outbox;
  const Clock& m_clock;
};

Tally tally(const std::vector<Asked>& asked);
// For a spreadsheet: card, kind, name, address, state, dates, in the language's words for the states (`word`).
std::string campaign_csv(const std::vector<Asked>& asked, std::string_view now,
                         const std::function<std::string(std::string_view)>& word);
// "unsent", "sent", "failed", "confirmed", "corrected", "remarked", "revoked", "expired", "no_address".
std::string_view state_word(const Asked& asked, std::string_view now);

}  // namespace pitchblende::confirm
