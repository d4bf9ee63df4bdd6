#include "confirm/confirm_store.hpp"

#include <boost/json.hpp>

#include "confirm/errors.hpp"
#include "store/numbering.hpp"

namespace pitchblende::confirm::rows {

namespace {

using store::Connection;
using store::Row;
using store::Transaction;
namespace json = boost::json;

constexpr std::string_view k_ask =
    "SELECT a.id, a.campaign, a.card, a.email, a.language, a.state, a.expires, a.answered, a.letter, a.letters, "
    "a.sent, "
    "a.failure FROM confirm_ask a ";
constexpr std::string_view k_campaign =
    "SELECT id, title, chosen, note_fr, note_en, days, state, made_by, made, sent FROM confirm_campaign ";

constexpr std::string_view k_word = "SELECT w.ask, w.card, w.who, w.made, w.said, w.alone FROM confirm_word w ";

Word word_at(const Row& row) {
  return {row.integer(0),           id_of(row.integer(1)),    std::string(row.text(2)),
          std::string(row.text(3)), std::string(row.text(4)), row.integer(5) == 1};
}

Ask ask_at(const Row& row) {
  Ask ask;
  ask.id = row.integer(0);
  ask.campaign = row.integer(1);
  ask.card = id_of(row.integer(2));
  ask.email = row.text(3);
  ask.language = row.text(4);
  ask.state = ask_state(row.text(5)).value_or(AskState::revoked);
  ask.expires = row.text(6);
  ask.answered = row.text(7);
  ask.letter = row.integer(8);
  ask.letters = row.integer(9);
  ask.sent = row.text(10);
  ask.failure = row.text(11);
  return ask;
}

std::string encoded(const Choice& choice) {
  json::array kinds;
  for (const registry::Kind kind : choice.kinds) {
    kinds.emplace_back(registry::name(kind));
  }
  json::array cards;
  for (const Id card : choice.cards) {
    cards.emplace_back(card.text());
  }
  return json::serialize(json::object{{"kinds", std::move(kinds)},
                                      {"whole", choice.whole == Id() ? "" : choice.whole.text()},
                                      {"stale_days", choice.stale_days},
                                      {"cards", std::move(cards)}});
}

Choice decoded(std::string_view text) {
  Choice out;
  boost::system::error_code error;
  const json::value parsed = json::parse(text, error);
  const json::object* object = error ? nullptr : parsed.if_object();
  if (object == nullptr) {
    return out;
  }
  const auto list = [&](std::string_view name) {
    const json::value* value = object->if_contains(name);
    return value != nullptr && value->is_array() ? value->as_array() : json::array();
  };
  for (const json::value& each : list("kinds")) {
    if (const auto kind = each.is_string() ? registry::kind(each.as_string()) : std::nullopt) {
      out.kinds.push_back(*kind);
    }
  }
  for (const json::value& each : list("cards")) {
    if (const auto id = each.is_string() ? Id::parse(each.as_string()) : std::nullopt) {
      out.cards.push_back(*id);
    }
  }
  if (const json::value* whole = object->if_contains("whole"); whole != nullptr && whole->is_string()) {
    out.whole = Id::parse(whole->as_string()).value_or(Id());
  }
  if (const json::value* days = object->if_contains("stale_days"); days != nullptr && days->is_int64()) {
    out.stale_days = days->as_int64();
  }
  return out;
}

Campaign campaign_at(const Row& row) {
  Campaign out;
  out.id = row.integer(0);
  out.title = row.text(1);
  out.choice = decoded(row.text(2));
  out.notes = {{"fr", std::string(row.text(3))}, {"en", std::string(row.text(4))}};
  out.days = row.integer(5);
  out.state = campaign_state(row.text(6)).value_or(CampaignState::draft);
  out.made_by = row.integer(7);
  out.made = row.text(8);
  out.sent = row.text(9);
  return out;
}

std::string_view note(const Campaign& campaign, std::string_view language) {
  const auto at = campaign.notes.find(language);
  return at == campaign.notes.end() ? std::string_view() : std::string_view(at->second);
}

}  // namespace

Result<std::optional<Ask>> ask_of_link(Connection& db, std::string_view token_hash) {
  std::optional<Ask> out;
  TRY(db.query(std::string(k_ask) + "JOIN confirm_link l ON l.ask = a.id WHERE l.token_hash = ?", {token_hash},
               [&](const Row& row) { out = ask_at(row); }));
  return out;
}

Result<std::optional<Ask>> ask(Connection& db, int64_t id) {
  std::optional<Ask> out;
  TRY(db.query(std::string(k_ask) + "WHERE a.id = ?", {id}, [&](const Row& row) { out = ask_at(row); }));
  return out;
}

Result<std::vector<Ask>> asks(Connection& db, int64_t campaign) {
  std::vector<Ask> out;
  TRY(db.query(std::string(k_ask) + "WHERE a.campaign = ? ORDER BY a.email, a.card", {campaign},
               [&](const Row& row) { out.push_back(ask_at(row)); }));
  return out;
}

Result<void> put_link(Transaction& db, std::string_view token_hash, int64_t ask, std::string_view now) {
  TRY(db.execute("INSERT INTO confirm_link (token_hash, ask, made) VALUES (?, ?, ?)", {token_hash, ask, now}));
  return {};
}

Result<void> answer(Transaction& db, int64_t ask, AskState state, std::string_view now) {
  TRY_ASSIGN(const int64_t changed,
             db.execute("UPDATE confirm_ask SET state = ?, answered = ? WHERE id = ? AND state = 'open' "
                        "AND expires > ?",
                        {name(state), now, ask, now}));
  return changed == 1 ? Result<void>() : fail(errors::used, std::string(now.substr(0, 10)));
}

Result<void> put_word(Transaction& db, const Word& word) {
  TRY_ASSIGN(const int64_t id, store::next_id(db, "confirm_word"));
  TRY(db.execute("INSERT INTO confirm_word (id, card, ask, who, made, said, alone) VALUES (?, ?, ?, ?, ?, ?, ?)",
                 {id, number(word.card), word.ask, word.who, word.made, word.said, int64_t{word.alone ? 1 : 0}}));
  return {};
}

Result<std::vector<Word>> words_alone(Connection& db, int64_t limit) {
  std::vector<Word> out;
  TRY(db.query(std::string(k_word) + "WHERE w.alone = 1 ORDER BY w.id DESC LIMIT ?", {limit},
               [&](const Row& row) { out.push_back(word_at(row)); }));
  return out;
}

Result<std::vector<Word>> words_of_campaign(Connection& db, int64_t campaign) {
  std::vector<Word> out;
  TRY(db.query(std::string(k_word) + "JOIN confirm_ask a ON a.id = w.ask WHERE a.campaign = ? ORDER BY w.id",
               {campaign}, [&](const Row& row) { out.push_back(word_at(row)); }));
  return out;
}

Result<void> revoke(Transaction& db, int64_t ask) {
  TRY_ASSIGN(const int64_t changed, db.execute("UPDATE confirm_ask SET state = 'revoked' WHERE id = ? AND state IN "
                                               "('open', 'unsent')",
                                               {ask}));
  return changed == 1 ? Result<void>() : fail(errors::unknown, std::to_string(ask));
}

Result<void> note_letter(Transaction& db, const std::vector<Ask>& asks, int64_t letter, std::string_view now,
                         std::string_view expires) {
  for (const Ask& each : asks) {
    TRY(
        db.execute("UPDATE confirm_ask SET state = 'open', letter = ?, letters = letters + 1, sent = ?, expires = ?, "
                   "failure = '' WHERE id = ?",
                   {letter, now, expires, each.id}));
  }
  return {};
}

Result<std::vector<int64_t>> open_letters(Connection& db) {
  std::vector<int64_t> out;
  TRY(db.query("SELECT DISTINCT letter FROM confirm_ask WHERE state = 'open' AND letter > 0 AND failure = ''", {},
               [&](const Row& row) { out.push_back(row.integer(0)); }));
  return out;
}

Result<void> note_failure(Transaction& db, int64_t letter, std::string_view reason) {
  TRY(db.execute("UPDATE confirm_ask SET failure = ? WHERE letter = ? AND state = 'open'",
                 {reason.empty() ? std::string_view("-") : reason, letter}));
  return {};
}

Result<std::optional<Campaign>> campaign(Connection& db, int64_t id) {
  std::optional<Campaign> out;
  TRY(db.query(std::string(k_campaign) + "WHERE id = ?", {id}, [&](const Row& row) { out = campaign_at(row); }));
  return out;
}

Result<std::vector<Campaign>> campaigns(Connection& db) {
  std::vector<Campaign> out;
  TRY(db.query(std::string(k_campaign) + "ORDER BY id DESC", {},
               [&](const Row& row) { out.push_back(campaign_at(row)); }));
  return out;
}

Result<void> put_campaign(Transaction& db, const Campaign& campaign) {
  const std::string chosen = encoded(campaign.choice);
  TRY(
      db.execute("INSERT INTO confirm_campaign (id, title, chosen, note_fr, note_en, days, state, made_by, made, sent) "
                 "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                 {campaign.id, std::string_view(campaign.title), std::string_view(chosen), note(campaign, "fr"),
                  note(campaign, "en"), campaign.days, name(campaign.state), campaign.made_by,
                  std::string_view(campaign.made), std::string_view(campaign.sent)}));
  return {};
}

Result<void> put_asks(Transaction& db, int64_t campaign, const std::vector<Ask>& asks) {
  TRY_ASSIGN(int64_t next, store::next_id(db, "confirm_ask"));
  store::Rows all{{"id", store::ColumnType::integer},
                  {"campaign", store::ColumnType::integer},
                  {"card", store::ColumnType::integer},
                  {"email"},
                  {"language"}};
  for (const Ask& each : asks) {
    all.add(next++).add(campaign).add(number(each.card)).add(each.email).add(each.language);
  }
  TRY(db.bulk(
      "INSERT INTO confirm_ask (id, campaign, card, email, language, state, expires, answered, letter, letters, "
      "sent, failure) SELECT r.id, r.campaign, r.card, r.email, r.language, 'unsent', '', '', 0, 0, '', '' "
      "FROM {rows} r",
      all));
  return {};
}

Result<void> set_state(Transaction& db, int64_t campaign, CampaignState state, std::string_view sent) {
  TRY(db.execute("UPDATE confirm_campaign SET state = ?, sent = CASE WHEN sent = '' THEN ? ELSE sent END WHERE id = ?",
                 {name(state), sent, campaign}));
  return {};
}

Result<void> drop_campaign(Transaction& db, int64_t campaign) {
  TRY(db.execute("DELETE FROM confirm_ask WHERE campaign = ?", {campaign}));
  TRY(db.execute("DELETE FROM confirm_campaign WHERE id = ?", {campaign}));
  return {};
}

}  // namespace pitchblende::confirm::rows
