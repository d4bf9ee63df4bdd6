#include "membership/membership.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "membership/errors.hpp"
#include "membership/membership_rules.hpp"
#include "store/numbering.hpp"

namespace pitchblende::membership {

namespace {

constexpr std::string_view k_slice = "membership";

}  // namespace

Result<std::vector<Institution>> Memberships::all() const {
  // The index knows roles of today alone.
  std::vector<Id> ids;
  TRY(m_store.read([&](store::Connection& db) {
    return db.query("SELECT id FROM card WHERE kind = 'organisation' AND body LIKE '%\"consortium_roles\":%'", {},
                    [&](const store::Row& row) { ids.push_back(store::id_at(row, 0)); });
  }));
  TRY_ASSIGN(std::vector<registry::Card> cards, registry::Registry(m_store).cards(ids, access::Viewer::everything()));
  std::ranges::sort(cards, {}, [](const registry::Card& card) { return fold(card.label) + card.id.text(); });
  std::vector<Institution> out;
  for (registry::Card& card : cards) {
    std::vector<Role> own = roles_of(card);
    if (!own.empty()) {
      out.push_back({std::move(card), std::move(own)});
    }
  }
  return out;
}

Result<Institution> Memberships::of(Id institution) const {
  TRY_ASSIGN(registry::Found found, registry::Registry(m_store).find(institution, access::Viewer::everything()));
  if (!found.card) {
    return fail(errors::unknown, institution.text());
  }
  if (found.card->kind != registry::Kind::organisation) {
    return fail(errors::kind, found.card->label);
  }
  std::vector<Role> roles = roles_of(*found.card);
  return Institution{std::move(*found.card), std::move(roles)};
}

Result<void> Memberships::say(Id institution, const Said& said, const std::string& who, const Also& also) {
  TRY_ASSIGN(const Institution now, of(institution));
  TRY_ASSIGN(const std::string reference, registry::Registry(m_store).reference_to(now.card.id));
  TRY_ASSIGN(Plan planned, plan(now.card, said, reference));
  for (pool::Judgement& each : planned.judgements) {
    each.who = who;
    each.why = k_slice;
  }
  TRY(m_pool.decide(planned.judgements, [&](store::Transaction& transaction) -> Result<void> {
    // No card can change any more: what was planned is planned for what stands, or not done.
    TRY_ASSIGN(const Institution still, of(institution));
    TRY(plan(still.card, said, reference));
    TRY(m_pool.publish(transaction, {k_slice, planned.record, access::Visibility::everyone}));
    return also ? also(transaction) : Result<void>();
  }));
  return {};
}

}  // namespace pitchblende::membership
