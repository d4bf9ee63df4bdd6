// Rows of asks, links, campaigns. Inside confirm; inside of whoever's transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "confirm/confirm_types.hpp"
#include "store/numbering.hpp"
#include "store/store.hpp"

namespace pitchblende::confirm::rows {

using store::id_of;
using store::number;

Result<std::optional<Ask>> ask_of_link(store::Connection& db, std::string_view token_hash);
Result<std::optional<Ask>> ask(store::Connection& db, int64_t id);
// Of a campaign, by address, then card.
Result<std::vector<Ask>> asks(store::Connection& db, int64_t campaign);
Result<void> put_link(store::Transaction& db, std::string_view token_hash, int64_t ask, std::string_view now);
// Only while it is open, and in time: of two answers one is kept. Error: CONFIRM_USED.
Result<void> answer(store::Transaction& db, int64_t ask, AskState state, std::string_view now);
Result<void> put_word(store::Transaction& db, const Word& word);
// The newest first.
Result<std::vector<Word>> words_alone(store::Connection& db, int64_t limit);
// Of its links, in the order in which they came.
Result<std::vector<Word>> words_of_campaign(store::Connection& db, int64_t campaign);
// Error: CONFIRM_UNKNOWN: there is no such ask that waits for an answer.
Result<void> revoke(store::Transaction& db, int64_t ask);
// A letter went for these.
Result<void> note_letter(store::Transaction& db, const std::vector<Ask>& asks, int64_t letter, std::string_view now,
                         std::string_view expires);
// The last letters of asks that wait for an answer, as far as nobody noted that they failed.
Result<std::vector<int64_t>> open_letters(store::Connection& db);
Result<void> note_failure(store::Transaction& db, int64_t letter, std::string_view reason);

Result<std::optional<Campaign>> campaign(store::Connection& db, int64_t id);
// The newest first.
Result<std::vector<Campaign>> campaigns(store::Connection& db);
Result<void> put_campaign(store::Transaction& db, const Campaign& campaign);
Result<void> put_asks(store::Transaction& db, int64_t campaign, const std::vector<Ask>& asks);
Result<void> set_state(store::Transaction& db, int64_t campaign, CampaignState state, std::string_view sent);
Result<void> drop_campaign(store::Transaction& db, int64_t campaign);

}  // namespace pitchblende::confirm::rows
