#include "confirm/confirm.hpp"

#include "base/beginning.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"
#include "confirm/confirm_store.hpp"
#include "confirm/errors.hpp"
#include "registry/registry.hpp"
#include "registry/upkeep.hpp"
#include "sources/source.hpp"

namespace pitchblende::confirm {

namespace {

using pool::Judgement;
using store::Connection;
using store::Transaction;

constexpr int k_tries = 5;

// Rule 2. What keeps a link from being used.
Result<void> can_answer(const Ask& ask, const std::string& now) {
  switch (ask.state) {
    case AskState::unsent:
      return fail(errors::link);
    case AskState::revoked:
      return fail(errors::revoked);
    case AskState::confirmed:
    case AskState::corrected:
    case AskState::remarked:
      return fail(errors::used, ask.answered.substr(0, 10));
    case AskState::open:
      break;
  }
  return now < ask.expires ? Result<void>() : fail(errors::expired, ask.expires.substr(0, 10));
}

// What the reasons of decisions begin with that came by a link.
constexpr std::string_view k_by_link = "link ";

std::string_view reason_of(Door door) {
  return door == Door::own ? "own card" : door == Door::notice ? "notice of publication" : "role";
}

Judgement verified(Id card) {
  Judgement judgement;
  judgement.verdict = Judgement::Verdict::verified;
  judgement.a = card;
  return judgement;
}

// Things of these kinds stand at the other end of a link field.
bool leads_to(registry::FieldId field, registry::Kind kind) {
  const std::string kinds = " " + std::string(registry::description(field).scheme) + " ";
  return kinds.find(" " + std::string(registry::name(kind)) + " ") != std::string::npos;
}

}  // namespace

Reason reason_in(std::string_view why) {
  const size_t colon = why.find(": ");
  const std::string_view begins = why.substr(0, colon);
  const std::string_view said = colon == std::string_view::npos ? std::string_view() : why.substr(colon + 2);
  if (begins.starts_with(k_by_link)) {
    return {"link", begins.substr(k_by_link.size()), said};
  }
  return begins == reason_of(Door::own)      ? Reason{"own", {}, said}
         : begins == reason_of(Door::notice) ? Reason{"notice", {}, said}
         : begins == reason_of(Door::role)   ? Reason{"role", {}, said}
                                             : Reason{{}, {}, why};
}

Result<registry::Value> as_imported(const registry::FieldDescription& field, registry::Value value) {
  return sources::checked_value(field, std::move(value));
}

std::string Confirm::hashed(std::string_view secret) const {
  return hash256_hex("confirm\n" + std::string(secret), std::string_view(m_key).substr(0, 64));
}

Result<Ask> Confirm::ask_of(std::string_view secret) const {
  const std::string hash = hashed(secret);
  TRY_ASSIGN(const std::optional<Ask> ask, m_store.read([&](Connection& db) { return rows::ask_of_link(db, hash); }));
  return ask ? Result<Ask>(*ask) : fail(errors::link);
}

Result<Opened> Confirm::look_at(std::string_view secret) const {
  TRY_ASSIGN(Ask ask, ask_of(secret));
  TRY(can_answer(ask, m_clock.now_text()));
  TRY_ASSIGN(const registry::Found found, registry::Registry(m_store).find(ask.card, access::Viewer::everything()));
  if (!found.card || found.card->visibility == access::Visibility::nobody || !is_confirmed(found.card->kind)) {
    return fail(errors::gone);
  }
  return Opened{std::move(ask), found.id};
}

Result<void> Confirm::confirm(std::string_view secret) {
  TRY_ASSIGN(const Opened opened, look_at(secret));
  const std::string now = m_clock.now_text();
  TRY(m_pool.decide(std::vector<Judgement>{[&] {
                      Judgement judgement = verified(opened.card);
                      judgement.who = opened.ask.email;
                      judgement.why = std::string(k_by_link) + std::to_string(opened.ask.id);
                      return judgement;
                    }()},
                    [&](Transaction& db) { return rows::answer(db, opened.ask.id, AskState::confirmed, now); }));
  return {};
}

Result<Plan> Confirm::correct(std::string_view secret, const std::vector<Edit>& edits, const std::string& word) {
  TRY_ASSIGN(const Opened opened, look_at(secret));
  const std::string now = m_clock.now_text();
  return take({opened.ask.id, opened.card, opened.ask.email, now, word, false}, edits,
              {opened.ask.email, std::string(k_by_link) + std::to_string(opened.ask.id)},
              [&](Transaction& db, AskState state) { return rows::answer(db, opened.ask.id, state, now); });
}

Result<Plan> Confirm::correct_held(Id card, const Holder& holder, const std::vector<Edit>& edits,
                                   const std::string& word, const Also& also) {
  return take({0, card, holder.who, m_clock.now_text(), word, false}, edits,
              {holder.who, std::string(reason_of(holder.door))},
              [&](Transaction& db, AskState) { return also ? also(db) : Result<void>(); });
}

Result<Plan> Confirm::take(const Word& word, const std::vector<Edit>& edits, Author author, const Note& note) {
  author.why += word.said.empty() ? "" : ": " + word.said;
  const auto keep = [&](Transaction& db, AskState state) -> Result<void> {
    if (!word.said.empty()) {
      Word kept = word;
      kept.alone = state == AskState::remarked;
      TRY(rows::put_word(db, kept));
    }
    return note(db, state);
  };
  TRY_ASSIGN(Plan plan, decide(
                            word.card, edits, author, [&](Transaction& db) { return keep(db, AskState::corrected); },
                            Judgement::Verdict::verified));
  if (plan.is_clean() && plan.judgements.empty()) {
    TRY(word.said.empty() ? Result<void>(fail(errors::nothing))
                          : m_store.write([&](Transaction& db) { return keep(db, AskState::remarked); }));
  }
  return plan;
}

Result<void> Confirm::confirm_held(Id card, const Holder& holder, const Also& also) {
  return verify_card(card, {holder.who, std::string(reason_of(holder.door))}, also);
}

Result<std::vector<Word>> Confirm::words_alone(std::optional<Id> card, int64_t limit) const {
  TRY_ASSIGN(std::vector<Word> out, m_store.read([&](Connection& db) { return rows::words_alone(db, limit); }));
  const registry::Registry registry(m_store);
  for (Word& each : out) {
    TRY_ASSIGN(const std::optional<Id> now, registry.current(each.card));
    each.card = now.value_or(each.card);
  }
  std::erase_if(out, [&](const Word& each) { return card && each.card != *card; });
  return out;
}

Result<Plan> Confirm::correct_card(Id card, const std::vector<Edit>& edits, const Author& author, const Also& also) {
  return decide(card, edits, author, also, Judgement::Verdict::override_);
}

Result<Plan> Confirm::plan_for(Id card, const std::vector<Edit>& edits) const {
  TRY_ASSIGN(const auto now, m_store.read([&](Connection& db) { return registry::edition(db, card); }));
  return now ? Result<Plan>(plan(now->card, edits, as_imported)) : fail(errors::gone);
}

// The card is read, the corrections weighed against it, and decided if it is still the same then: else once more.
// `besides` verified: whoever corrects the one has looked at the whole.
Result<Plan> Confirm::decide(Id card, const std::vector<Edit>& edits, const Author& author, const Also& also,
                             Judgement::Verdict besides) {
  for (int tries = 0; tries < k_tries; ++tries) {
    TRY_ASSIGN(const auto now, m_store.read([&](Connection& db) { return registry::edition(db, card); }));
    if (!now) {
      return fail(errors::gone);
    }
    Plan out = plan(now->card, edits, as_imported);
    if (!out.is_clean() || out.judgements.empty()) {
      return out;
    }
    std::vector<Judgement> judgements = out.judgements;
    if (besides == Judgement::Verdict::verified) {
      judgements.push_back(verified(card));
    }
    for (Judgement& each : judgements) {
      each.who = author.who;
      each.why = author.why;
    }
    const auto done = m_pool.decide(judgements, [&](Transaction& db) -> Result<void> {
      TRY_ASSIGN(const std::string mark, registry::edition_mark(db, card));
      if (mark != now->mark) {
        return fail(errors::changed);
      }
      return also ? also(db) : Result<void>();
    });
    if (done) {
      return out;
    }
    if (!done.error().is(errors::changed)) {
      return tl::unexpected(done.error());
    }
  }
  return fail(errors::busy);
}

Result<void> Confirm::verify_card(Id card, const Author& author, const Also& also) {
  Judgement judgement = verified(card);
  judgement.who = author.who;
  judgement.why = author.why;
  TRY(m_pool.decide(std::vector<Judgement>{std::move(judgement)}, also));
  return {};
}

Result<std::string> Confirm::new_link(Transaction& transaction, int64_t ask) const {
  std::string secret = random_secret();
  TRY(rows::put_link(transaction, hashed(secret), ask, m_clock.now_text()));
  return secret;
}

Result<void> Confirm::revoke(Transaction& transaction, int64_t ask) const { return rows::revoke(transaction, ask); }

Result<std::string> Confirm::reference_for(registry::FieldId field, std::string_view typed) const {
  const registry::Registry registry(m_store);
  const std::string text = squeeze(typed);
  const size_t slash = text.rfind('/');
  std::optional<Id> id = Id::parse(slash == std::string::npos ? text : text.substr(slash + 1));
  if (!id && text.find(':') != std::string::npos && !text.starts_with("http")) {
    TRY_ASSIGN(id, registry.find(text));
  }
  if (!id) {
    TRY_ASSIGN(id, registry.find("name:" + text));
  }
  access::Viewer member;  // what is for the consortium may be named by whoever corrects a card of it
  member.reach = access::Visibility::consortium;
  if (id) {
    TRY_ASSIGN(const registry::Found found, registry.find(*id, member));
    if (found.card && found.card->page && leads_to(field, found.card->kind)) {
      TRY_ASSIGN(std::string ref, registry.reference_to(found.id));
      if (!ref.empty()) {
        return ref;
      }
    }
  }
  return fail(errors::nobody, beginning(text, 100));
}

}  // namespace pitchblende::confirm
