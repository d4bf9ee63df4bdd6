#include "confirm/campaigns.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "confirm/addresses.hpp"
#include "confirm/confirm_store.hpp"
#include "confirm/errors.hpp"
#include "registry/upkeep.hpp"
#include "store/numbering.hpp"

namespace pitchblende::confirm {

namespace {

using registry::Kind;
using store::Connection;
using store::Transaction;

constexpr std::chrono::hours k_day{24};
constexpr std::array<Kind, 4> k_kinds{Kind::person, Kind::team, Kind::platform, Kind::equipment};

bool is_wanted(const Choice& choice, Kind kind) {
  return choice.kinds.empty() || std::find(choice.kinds.begin(), choice.kinds.end(), kind) != choice.kinds.end();
}

// Cards by kind that are stale enough and belong to the whole.
Result<std::vector<Id>> fitting(store::Store& store, const Choice& choice, const Clock& clock) {
  std::vector<Id> within;
  if (choice.whole != Id()) {
    TRY_ASSIGN(within, registry::belonging_to(store, choice.whole, clock.today()));
  }
  const std::string before = clock.text_in(-k_day * choice.stale_days);
  std::vector<Id> out;
  for (const Kind kind : k_kinds) {
    if (!is_wanted(choice, kind)) {
      continue;
    }
    TRY_ASSIGN(const auto all, registry::freshness(store, kind));
    for (const registry::Freshness& each : all) {
      const bool inside = choice.whole == Id() || std::binary_search(within.begin(), within.end(), each.id);
      if (inside && (choice.stale_days == 0 || each.latest() <= before)) {
        out.push_back(each.id);
      }
    }
  }
  return out;
}

void add_cell(std::string& out, std::string_view text) {
  // What begins like a formula is a text here, and to every spreadsheet.
  const bool formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  out += '"';
  out += formula ? "'" : "";
  for (const char c : text) {
    out += c;
    out += c == '"' ? "\"" : "";
  }
  out += '"';
}

}  // namespace

std::string_view name(AskState state) {
  constexpr std::array<std::string_view, 6> k_names{"unsent", "open", "confirmed", "corrected", "remarked", "revoked"};
  return k_names[static_cast<size_t>(state)];
}
std::optional<AskState> ask_state(std::string_view text) {
  for (const AskState each : {AskState::unsent, AskState::open, AskState::confirmed, AskState::corrected,
                              AskState::remarked, AskState::revoked}) {
    if (name(each) == text) {
      return each;
    }
  }
  return std::nullopt;
}
std::string_view name(CampaignState state) {
  constexpr std::array<std::string_view, 3> k_names{"draft", "sending", "sent"};
  return k_names[static_cast<size_t>(state)];
}
std::optional<CampaignState> campaign_state(std::string_view text) {
  for (const CampaignState each : {CampaignState::draft, CampaignState::sending, CampaignState::sent}) {
    if (name(each) == text) {
      return each;
    }
  }
  return std::nullopt;
}

Result<std::vector<Ask>> Campaigns::chosen(const Choice& choice) const {
  std::vector<Id> ids = choice.cards;
  if (ids.empty()) {
    TRY_ASSIGN(ids, fitting(m_store, choice, m_clock));
  }
  if (ids.size() > k_most_cards) {
    return fail(errors::many_cards, std::to_string(k_most_cards));
  }
  TRY_ASSIGN(const auto cards, registry::Registry(m_store).cards(ids, access::Viewer::everything()));
  Addresses addresses(m_store, m_access, m_clock.today());
  std::vector<Ask> out;
  std::set<Id> seen;
  for (const registry::Card& card : cards) {
    if (!is_confirmed(card.kind) || !card.page || card.visibility == access::Visibility::nobody ||
        !seen.insert(card.id).second) {
      continue;
    }
    TRY_ASSIGN(std::vector<Address> all, addresses.of(card));
    if (all.empty()) {
      all.emplace_back();
    }
    for (const Address& each : all) {
      Ask ask;
      ask.card = card.id;
      ask.email = each.email;
      ask.language = each.language == "en" ? "en" : "fr";
      out.push_back(std::move(ask));
    }
  }
  return out.empty() ? Result<std::vector<Ask>>(fail(errors::no_cards)) : out;
}

Result<int64_t> Campaigns::draft(Campaign campaign, const Also& also) {
  campaign.title = squeeze(campaign.title);
  if (campaign.title.empty() || campaign.title.size() > 200) {
    return fail(errors::title);
  }
  if (campaign.days < 1 || campaign.days > 365) {
    return fail(errors::days);
  }
  for (const auto& [language, note] : campaign.notes) {
    if (count_letters(note) > k_longest_note) {
      return fail(errors::note, std::to_string(k_longest_note));
    }
  }
  TRY_ASSIGN(const std::vector<Ask> asks, chosen(campaign.choice));
  campaign.state = CampaignState::draft;
  campaign.made = m_clock.now_text();
  return m_store.write([&](Transaction& db) -> Result<int64_t> {
    TRY_ASSIGN(campaign.id, store::next_id(db, "confirm_campaign"));
    TRY(rows::put_campaign(db, campaign));
    TRY(rows::put_asks(db, campaign.id, asks));
    TRY(also ? also(db) : Result<void>());
    return campaign.id;
  });
}

Result<void> Campaigns::drop(int64_t id, const Also& also) {
  return m_store.write([&](Transaction& db) -> Result<void> {
    TRY_ASSIGN(const auto there, rows::campaign(db, id));
    if (!there) {
      return fail(errors::unknown, std::to_string(id));
    }
    if (there->state != CampaignState::draft) {
      return fail(errors::sent);
    }
    TRY(rows::drop_campaign(db, id));
    return also ? also(db) : Result<void>();
  });
}

Result<Campaign> Campaigns::campaign(int64_t id) const {
  TRY_ASSIGN(const auto there, m_store.read([&](Connection& db) { return rows::campaign(db, id); }));
  return there ? Result<Campaign>(*there) : fail(errors::unknown, std::to_string(id));
}

Result<std::vector<Campaign>> Campaigns::all() const {
  return m_store.read([](Connection& db) { return rows::campaigns(db); });
}

Result<std::vector<Asked>> Campaigns::asked(int64_t id) const {
  TRY_ASSIGN(const std::vector<Ask> asks, m_store.read([&](Connection& db) { return rows::asks(db, id); }));
  TRY_ASSIGN(const auto words, m_store.read([&](Connection& db) { return rows::words_of_campaign(db, id); }));
  std::map<int64_t, std::string> said;
  for (const Word& each : words) {
    said[each.ask] = each.said;
  }
  std::vector<Id> ids;
  std::vector<int64_t> letters;
  for (const Ask& each : asks) {
    ids.push_back(each.card);
    if (each.letter > 0) {
      letters.push_back(each.letter);
    }
  }
  TRY_ASSIGN(const auto cards, registry::Registry(m_store).cards(ids, access::Viewer::everything()));
  TRY_ASSIGN(const auto outbox, m_outbox.rows_of(letters));
  std::map<Id, const registry::Card*> by_id;
  for (const registry::Card& card : cards) {
    by_id[card.id] = &card;
  }
  std::vector<Asked> out;
  for (const Ask& each : asks) {
    Asked asked{each, Kind::person, each.card.text(), {}, each.failure, {}};
    if (const auto word = said.find(each.id); word != said.end()) {
      asked.word = word->second;
    }
    if (const auto card = by_id.find(each.card); card != by_id.end()) {
      asked.kind = card->second->kind;
      asked.label = card->second->label;
    }
    if (const auto letter = outbox.find(each.letter); letter != outbox.end()) {
      asked.letter_state = letter->second.state;
      asked.reason = letter->second.state == "failed" ? letter->second.reason : std::string();
    } else if (!each.failure.empty()) {
      asked.letter_state = "failed";
    }
    out.push_back(std::move(asked));
  }
  return out;
}

// One letter an address, with a link for each of its cards; as many letters as a piece takes. Gives how many went.
Result<int64_t> Campaigns::write_some(const Campaign& campaign, const std::vector<Ask>& to, const Compose& compose,
                                      const Also& also) {
  std::vector<Id> ids;
  for (const Ask& each : to) {
    ids.push_back(each.card);
  }
  TRY_ASSIGN(const auto cards, registry::Registry(m_store).cards(ids, access::Viewer::everything()));
  std::map<Id, const registry::Card*> by_id;
  for (const registry::Card& card : cards) {
    by_id[card.id] = &card;
  }
  const std::string now = m_clock.now_text();
  const std::string expires = expiry(campaign);
  return m_store.write([&](Transaction& db) -> Result<int64_t> {
    int64_t written = 0;
    for (size_t at = 0; at < to.size() && !(written > 0 && db.due());) {
      Invitation invitation{campaign, to[at].email, to[at].language, expires, to[at].letters > 0, {}};
      std::vector<Ask> asks;
      for (; at < to.size() && to[at].email == invitation.email; ++at) {
        const auto card = by_id.find(to[at].card);
        if (card == by_id.end()) {
          TRY(rows::revoke(db, to[at].id));  // it is gone: nothing to ask
          continue;
        }
        TRY_ASSIGN(std::string secret, m_confirm.new_link(db, to[at].id));
        invitation.cards.push_back({card->second->kind, card->second->label, std::move(secret)});
        asks.push_back(to[at]);
      }
      if (!asks.empty()) {
        TRY_ASSIGN(const int64_t letter, m_outbox.put(db, compose(invitation)));
        TRY(rows::note_letter(db, asks, letter, now, expires));
      }
      ++written;
    }
    TRY(also ? also(db) : Result<void>());
    return written;
  });
}

Result<bool> Campaigns::send_some(int64_t id, const Compose& compose, const Also& also) {
  TRY_ASSIGN(const Campaign there, campaign(id));
  TRY_ASSIGN(std::vector<Ask> asks, m_store.read([&](Connection& db) { return rows::asks(db, id); }));
  std::erase_if(asks, [](const Ask& each) { return each.state != AskState::unsent || each.email.empty(); });
  const bool first = there.state == CampaignState::draft;
  if (first || asks.empty()) {
    TRY(m_store.write([&](Transaction& db) -> Result<void> {
      TRY(rows::set_state(db, id, asks.empty() ? CampaignState::sent : CampaignState::sending, m_clock.now_text()));
      return first && also ? also(db) : Result<void>();
    }));
  }
  if (asks.empty()) {
    return false;
  }
  TRY(write_some(there, asks, compose, {}));
  return true;
}

Result<bool> Campaigns::remind_some(int64_t id, const Compose& compose, const Also& also) {
  TRY_ASSIGN(const Campaign there, campaign(id));
  if (there.state == CampaignState::draft) {
    return fail(errors::draft);
  }
  const std::string before = m_clock.text_in(-k_day);
  TRY_ASSIGN(std::vector<Ask> asks, m_store.read([&](Connection& db) { return rows::asks(db, id); }));
  // Of several who were asked about a card one answer is enough.
  std::set<Id> answered;
  for (const Ask& each : asks) {
    if (each.is_answered()) {
      answered.insert(each.card);
    }
  }
  std::erase_if(asks, [&](const Ask& each) {
    return each.state != AskState::open || each.sent > before || answered.count(each.card) > 0;
  });
  if (asks.empty()) {
    return false;
  }
  TRY(write_some(there, asks, compose, also));
  return true;
}

Result<int64_t> Campaigns::revoke(int64_t id, const Also& also) {
  return m_store.write([&](Transaction& db) -> Result<int64_t> {
    TRY(rows::revoke(db, id));
    TRY(also ? also(db) : Result<void>());
    TRY_ASSIGN(const auto ask, rows::ask(db, id));
    return ask ? ask->campaign : 0;
  });
}

std::string Campaigns::expiry(const Campaign& campaign) const { return m_clock.text_in(k_day * campaign.days); }

Result<std::vector<int64_t>> Campaigns::interrupted() const {
  TRY_ASSIGN(const auto campaigns, all());
  std::vector<int64_t> out;
  for (const Campaign& each : campaigns) {
    if (each.state == CampaignState::sending) {
      out.push_back(each.id);
    }
  }
  return out;
}

Result<void> Campaigns::keep_outcomes() {
  TRY_ASSIGN(const auto open, m_store.read([](Connection& db) { return rows::open_letters(db); }));
  TRY_ASSIGN(const auto letters, m_outbox.rows_of(open));
  return m_store.write([&](Transaction& db) -> Result<void> {
    for (const auto& [number, letter] : letters) {
      TRY(letter.state == "failed" ? rows::note_failure(db, number, letter.reason) : Result<void>());
    }
    return {};
  });
}

std::string_view state_word(const Asked& asked, std::string_view now) {
  const Ask& ask = asked.ask;
  if (ask.email.empty()) {
    return "no_address";
  }
  if (ask.state != AskState::open) {
    return name(ask.state);
  }
  return asked.letter_state == "failed" ? "failed" : ask.expires <= now ? "expired" : "sent";
}

namespace {

// Which of a card's asks says how the card stands: the highest.
int rank(const Asked& asked) {
  switch (asked.ask.state) {
    case AskState::corrected:
      return 5;
    case AskState::confirmed:
      return 4;
    case AskState::remarked:
      return 3;
    case AskState::open:
      return asked.letter_state == "failed" ? 1 : 2;
    case AskState::unsent:
    case AskState::revoked:
      break;
  }
  return 0;
}

}  // namespace

Tally tally(const std::vector<Asked>& all) {
  Tally out;
  std::set<std::string_view> people;
  std::map<Id, const Asked*> cards;
  for (const Asked& each : all) {
    const auto [at, fresh] = cards.try_emplace(each.ask.card, &each);
    at->second = !fresh && rank(each) > rank(*at->second) ? &each : at->second;
    if (!each.ask.email.empty()) {
      people.insert(each.ask.email);
      out.unsent += each.ask.state == AskState::unsent ? 1 : 0;
    }
  }
  for (const auto& [card, each] : cards) {
    const bool somebody = !each->ask.email.empty();
    const AskState state = each->ask.state;
    out.without_address += somebody ? 0 : 1;
    out.open += somebody && state == AskState::open ? 1 : 0;
    out.failed += somebody && state == AskState::open && each->letter_state == "failed" ? 1 : 0;
    out.confirmed += somebody && state == AskState::confirmed ? 1 : 0;
    out.corrected += somebody && state == AskState::corrected ? 1 : 0;
    out.remarked += somebody && state == AskState::remarked ? 1 : 0;
    out.revoked += somebody && state == AskState::revoked ? 1 : 0;
  }
  out.cards = static_cast<int64_t>(cards.size());
  out.people = static_cast<int64_t>(people.size());
  return out;
}

std::string campaign_csv(const std::vector<Asked>& all, std::string_view now,
                         const std::function<std::string(std::string_view)>& word) {
  std::string out;
  const auto line = [&](const std::vector<std::string>& cells) {
    for (size_t at = 0; at < cells.size(); ++at) {
      out += at == 0 ? "" : ",";
      add_cell(out, cells[at]);
    }
    out += "\r\n";
  };
  std::vector<std::string> titles;
  for (const char* column :
       {"id", "kind", "name", "address", "state", "sent", "letters", "answered", "reason", "word"}) {
    titles.push_back(word("columns." + std::string(column)));
  }
  line(titles);
  for (const Asked& each : all) {
    line({each.ask.card.text(), word("kinds." + std::string(registry::name(each.kind))), each.label, each.ask.email,
          word("states." + std::string(state_word(each, now))), each.ask.sent, std::to_string(each.ask.letters),
          each.ask.answered, each.reason, each.word});
  }
  return out;
}

}  // namespace pitchblende::confirm
