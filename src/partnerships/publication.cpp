#include "partnerships/publication.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.hpp"
#include "partnerships/partnerships_rules.hpp"
#include "partnerships/partnerships_store.hpp"

namespace pitchblende::partnerships {

namespace {

using pool::Judgement;

constexpr std::string_view k_slice = "partnerships";

registry::FieldId field_of(std::string_view name) { return registry::field(registry::Kind::partnership, name); }

// One for all spellings: "company-therabio-sas".
std::string company_key(std::string_view name) {
  std::string out = "company-" + normalised(name);
  std::replace(out.begin(), out.end(), ' ', '-');
  return out;
}

registry::Record company_record(const std::string& name) {
  registry::Record record;
  record.kind = registry::Kind::organisation;
  record.key = company_key(name);
  record.add(registry::field(registry::Kind::organisation, "names"), name);
  record.add(registry::field(registry::Kind::organisation, "type"), "company");
  return record;
}

Judgement judgement(Judgement::Verdict verdict, Id card, const std::string& who) {
  Judgement out;
  out.verdict = verdict;
  out.a = card;
  out.who = who;
  out.why = k_reason;
  return out;
}

// What was decided on the card for a partnership, and stands.
std::vector<int64_t> decided(const registry::Card& card, const std::vector<registry::Event>& history) {
  std::vector<int64_t> out;
  for (const registry::CardField& field : card.fields) {
    for (const registry::CardValue& value : field.values) {
      const bool is_ours = std::any_of(history.begin(), history.end(), [&](const registry::Event& each) {
        return each.what == "override" && each.number == value.decision && each.why == k_reason;
      });
      if (value.decision != 0 && is_ours) {
        out.push_back(value.decision);
      }
    }
  }
  return out;
}

}  // namespace

Result<registry::Record> Publisher::record_of(const Partnership& partnership) const {
  registry::Record record;
  record.kind = registry::Kind::partnership;
  record.key = std::to_string(partnership.id);
  record.deleted = !is_published(partnership);
  if (record.deleted) {
    return record;
  }
  const Draft& draft = partnership.draft;
  const auto add = [&](std::string_view field, std::string value) { record.add(field_of(field), std::move(value)); };
  add("title", draft.title);
  for (const auto& [field, ids] : {std::pair{"parties", &draft.parties}, {"areas", &draft.areas}}) {
    for (const Id id : *ids) {
      TRY_ASSIGN(std::string reference, m_registry.reference_to(id));
      add(field, std::move(reference));
    }
  }
  for (const std::string& each : draft.named) {
    add("parties", pool::published_reference(k_slice, company_key(each)));
  }
  add("type", std::string(name(draft.kind)));
  add("field", draft.field);
  add("from", draft.starts);
  add("to", draft.ends);
  add("year", draft.starts.substr(0, std::min<size_t>(draft.starts.size(), 4)));
  add("stage", std::string(name(partnership.stage)));
  add("description", draft.description);
  // The field is an institution's at least: what its owner keeps does not go there.
  if (draft.amount && draft.amount_seen <= access::Visibility::institution) {
    add("amount", std::to_string(*draft.amount));
  }
  TRY_ASSIGN(const auto people, m_registry.cards(draft.people, access::Viewer::visitor()));
  for (const registry::Card& person : people) {
    add("people", person.label);
  }
  return record;
}

Result<void> Publisher::publish(store::Transaction& transaction, const Partnership& partnership) const {
  TRY(publish_named(transaction, partnership.id));
  TRY_ASSIGN(registry::Record record, record_of(partnership));
  return m_pool.publish(transaction, {k_slice, std::move(record), access::Visibility::everyone});
}

// Rule 15: a company is there as long as one that is published names it, however many do.
Result<void> Publisher::publish_named(store::Transaction& transaction, int64_t id) const {
  TRY_ASSIGN(const std::vector<rows::Naming> all, rows::namings(transaction));
  std::map<std::string, const rows::Naming*> own;
  for (const rows::Naming& each : all) {
    if (each.partnership == id) {
      own.emplace(company_key(each.name), &each);
    }
  }
  for (auto& [key, naming] : own) {
    for (const rows::Naming& each : all) {
      naming = !naming->shown && each.shown && company_key(each.name) == key ? &each : naming;
    }
    registry::Record record = company_record(naming->name);
    record.deleted = !naming->shown;
    TRY(m_pool.publish(transaction, {k_slice, std::move(record), access::Visibility::everyone}));
  }
  return {};
}

void Publisher::settle(const Partnership& partnership, const std::string& who) const {
  // What cannot be done now is due still: the server looks again each minute.
  const auto settled = m_pool.settle_published();
  if (settled && *settled) {
    static_cast<void>(join(partnership, who));
  }
  static_cast<void>(agree(partnership, who));
}

// Rule 16: one card.
Result<void> Publisher::join(const Partnership& partnership, const std::string& who) const {
  if (partnership.card == Id() || !is_published(partnership)) {
    return {};
  }
  TRY_ASSIGN(const auto card, m_registry.current(partnership.card));
  TRY_ASSIGN(const auto own, m_registry.find(pool::published_reference(k_slice, std::to_string(partnership.id))));
  if (!card || !own || *own == *card) {
    return {};
  }
  Judgement same = judgement(Judgement::Verdict::same, *card, who);
  same.b = *own;
  TRY(m_pool.decide(same));
  return {};
}

// Rule 16: of what can be said once alone, it says what is known here.
Result<void> Publisher::agree(const Partnership& partnership, const std::string& who) const {
  if (partnership.card == Id()) {
    return {};
  }
  TRY_ASSIGN(const registry::Found found, m_registry.find(partnership.card, access::Viewer::everything()));
  if (!found.card) {
    return {};
  }
  std::vector<Judgement> judgements;
  if (!is_published(partnership)) {
    TRY_ASSIGN(const auto history, m_registry.history(found.id));
    for (const int64_t number : decided(*found.card, history)) {
      judgements.push_back(judgement(Judgement::Verdict::undo, {}, who));
      judgements.back().undoes = number;
    }
  } else {
    TRY_ASSIGN(const registry::Record record, record_of(partnership));
    for (const std::string_view name : {"type", "from", "to", "stage"}) {
      const std::string_view says = record.text(field_of(name));
      if (!says.empty() && found.card->text(field_of(name)) != says) {
        judgements.push_back(judgement(Judgement::Verdict::override_, found.id, who));
        judgements.back().field = name;
        judgements.back().value.text = says;
      }
    }
  }
  if (!judgements.empty()) {
    TRY(m_pool.decide(judgements, {}));
  }
  return {};
}

int64_t number_of(const registry::Card& card) {
  if (card.kind != registry::Kind::partnership) {
    return 0;
  }
  std::string reference = pool::published_reference(k_slice, "");
  const std::string begin = reference.substr(reference.find(':') + 1);
  const registry::CardField* field = card.find(field_of("local_id"));
  for (const registry::CardValue& value : field == nullptr ? std::vector<registry::CardValue>() : field->values) {
    int64_t number = 0;
    const std::string& text = value.value.text;
    if (text.starts_with(begin) &&
        std::from_chars(text.data() + begin.size(), text.data() + text.size(), number).ec == std::errc()) {
      return number;
    }
  }
  return 0;
}

}  // namespace pitchblende::partnerships
