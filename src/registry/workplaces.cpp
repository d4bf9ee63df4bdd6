// For which houses of the consortium people work, by the e-mail addresses of their cards.
#include <algorithm>
#include <set>

#include "registry/identifiers.hpp"
#include "registry/registry.hpp"
#include "store/numbering.hpp"

namespace pitchblende::registry {

namespace {

using store::Connection;
using store::id_at;
using store::Row;

// Whole cards by a person's address; a null one: two people have it.
using Cards = std::map<std::string, std::optional<Card>>;

Result<Cards> cards_with(Connection& db, const std::vector<std::string>& emails) {
  store::Rows wanted{{"email"}, {"ref"}};
  for (const std::string& email : emails) {
    wanted.add(email).add(reference("email", email));
  }
  Cards out;
  Result<void> damaged;
  if (!wanted.empty()) {
    TRY(db.lookup(
        "SELECT r.email, c.id, c.kind, c.body FROM {rows} r JOIN identifier i ON i.ref = r.ref JOIN card c ON "
        "c.id = i.entity",
        wanted, [&](const Row& row) {
          const auto of = kind(row.text(2));
          auto card = decode_card(id_at(row, 1), of.value_or(Kind::person), row.text(3));
          damaged = damaged && !card ? Result<void>(tl::unexpected(card.error())) : damaged;
          if (card) {
            const auto [at, is_first] = out.try_emplace(std::string(row.text(0)), std::move(*card));
            if (!is_first) {
              at->second = std::nullopt;
            }
          }
        }));
  }
  TRY(damaged);
  return out;
}

// What each reference leads to, and what is above it; each asked for once.
class Houses {
 public:
  Houses(Connection& db, std::string_view today) : m_db(db), m_today(today) {}

  // Founders, members and partners at or above what the reference leads to.
  Result<void> find(const std::string& ref, std::set<Id>& out) {
    const auto known = m_found.find(ref);
    if (known == m_found.end()) {
      std::set<Id> found;
      TRY(climb(ref, found));
      out.insert(found.begin(), found.end());
      m_found.emplace(ref, std::move(found));
    } else {
      out.insert(known->second.begin(), known->second.end());
    }
    return {};
  }

  // For which institution a source speaks; empty: for none.
  Result<std::string> speaks_for(const std::string& source) {
    if (!m_sources) {
      m_sources.emplace();
      TRY(m_db.query("SELECT name, institution_ref FROM source WHERE institution_ref <> ''", {},
                     [&](const Row& row) { m_sources->emplace(row.text(0), row.text(1)); }));
    }
    const auto found = m_sources->find(source);
    return found == m_sources->end() ? std::string() : found->second;
  }

 private:
  Result<void> climb(const std::string& ref, std::set<Id>& found) {
    std::set<std::string> asked;
    std::vector<std::string> open{link_key(ref)};
    // Hierarchies as sent have loops.
    while (!open.empty() && asked.size() < 256) {
      const std::string each = std::move(open.back());
      open.pop_back();
      if (asked.insert(each).second) {
        TRY(look_at(each, found, open));
      }
    }
    return {};
  }

  Result<void> look_at(const std::string& key, std::set<Id>& found, std::vector<std::string>& open) {
    std::vector<Card> there;
    Result<void> damaged;
    TRY(m_db.query("SELECT c.id, c.kind, c.body FROM identifier i JOIN card c ON c.id = i.entity WHERE i.ref = ?",
                   {std::string_view(key)}, [&](const Row& row) {
                     const auto of = kind(row.text(1));
                     auto card = decode_card(id_at(row, 0), of.value_or(Kind::person), row.text(2));
                     damaged = card ? damaged : Result<void>(tl::unexpected(card.error()));
                     if (card) {
                       there.push_back(std::move(*card));
                     }
                   }));
    TRY(damaged);
    // A reference that leads to two things leads nowhere.
    if (there.size() != 1) {
      return {};
    }
    const Card& card = there.front();
    static const FieldId k_roles = field(Kind::organisation, "consortium_roles");
    const CardField* roles = card.kind == Kind::organisation ? card.find(k_roles) : nullptr;
    for (const CardValue& role : roles == nullptr ? std::vector<CardValue>{} : roles->values) {
      const std::string& what = role.value.text;
      const bool counts = what == "founder" || what == "member" || what == "partner";
      if (counts && !role.hidden && !role.lost && holds_on(role.value, m_today)) {
        found.insert(card.id);
      }
    }
    const auto parents = find_field(card.kind, "parents");
    const CardField* above = parents ? card.find(*parents) : nullptr;
    for (const CardValue& parent : above == nullptr ? std::vector<CardValue>{} : above->values) {
      if (!parent.hidden && !parent.lost && holds_on(parent.value, m_today)) {
        open.push_back(link_key(parent.value.text));
      }
    }
    return {};
  }

  Connection& m_db;
  std::string_view m_today;
  std::map<std::string, std::set<Id>> m_found;
  std::optional<std::map<std::string, std::string>> m_sources;
};

// A decision that hides the address takes the tie away.
bool shows(const Card& card, const std::string& email) {
  static const FieldId k_emails = field(Kind::person, "email");
  const CardField* emails = card.kind == Kind::person ? card.find(k_emails) : nullptr;
  return emails != nullptr && std::any_of(emails->values.begin(), emails->values.end(), [&](const CardValue& value) {
           return !value.hidden && reference("email", value.value.text) == reference("email", email);
         });
}

// What the sources of a position vouch for: one that speaks for an institution, that institution alone; any other,
// where the position is. docs/rules/access.md, rule 15.
Result<void> vouched(const Card& card, const CardValue& position, Houses& houses, std::set<Id>& out) {
  for (const uint32_t source : position.sources) {
    TRY_ASSIGN(const std::string institution, houses.speaks_for(card.sources[source].source));
    TRY(houses.find(institution.empty() ? position.value.text : institution, out));
  }
  return {};
}

// A position counts that the card shows, and that a source, not its holder alone, says of today.
Result<std::set<Id>> works_in(const Card& card, Houses& houses, std::string_view today) {
  static const FieldId k_positions = field(Kind::person, "positions");
  std::set<Id> out;
  std::set<std::string> shown;
  const CardField* held = card.find(k_positions);
  const std::vector<CardValue> positions = held == nullptr ? std::vector<CardValue>{} : held->values;
  for (const CardValue& position : positions) {
    if (!position.hidden && !position.lost && holds_on(position.value, today)) {
      shown.insert(link_key(position.value.text));
    }
  }
  for (const CardValue& position : positions) {
    if (shown.contains(link_key(position.value.text)) && holds_on(position.value, today)) {
      TRY(vouched(card, position, houses, out));
    }
  }
  return out;
}

}  // namespace

Result<std::map<std::string, std::vector<Id>>> Registry::workplaces(const std::vector<std::string>& emails,
                                                                    std::string_view today) const {
  return m_store.read([&](Connection& db) -> Result<std::map<std::string, std::vector<Id>>> {
    std::map<std::string, std::vector<Id>> out;
    TRY_ASSIGN(const Cards cards, cards_with(db, emails));
    Houses houses(db, today);
    for (const auto& [email, card] : cards) {
      if (card && shows(*card, email)) {
        TRY_ASSIGN(const std::set<Id> found, works_in(*card, houses, today));
        if (!found.empty()) {
          out.emplace(email, std::vector<Id>(found.begin(), found.end()));
        }
      }
    }
    return out;
  });
}

}  // namespace pitchblende::registry
