#include "partnerships/publication.hpp"

#include <charconv>

#include "partnerships/partnerships_rules.hpp"

namespace pitchblende::partnerships {

namespace {

constexpr std::string_view k_slice = "partnerships";

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
  const auto add = [&](std::string_view field, std::string value) {
    record.add(registry::field(registry::Kind::partnership, field), std::move(value));
  };
  add("title", draft.title);
  for (const auto& [field, ids] : {std::pair{"parties", &draft.parties}, {"areas", &draft.areas}}) {
    for (const Id id : *ids) {
      TRY_ASSIGN(std::string reference, m_registry.reference_to(id));
      add(field, std::move(reference));
    }
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
  TRY_ASSIGN(registry::Record record, record_of(partnership));
  return m_pool.publish(transaction, {k_slice, std::move(record), access::Visibility::everyone});
}

void Publisher::settle() const {
  // What cannot be done now is due still: the server looks again each minute.
  static_cast<void>(m_pool.settle_published());
}

int64_t number_of(const registry::Card& card) {
  if (card.kind != registry::Kind::partnership) {
    return 0;
  }
  std::string reference = pool::published_reference(k_slice, "");
  const std::string begin = reference.substr(reference.find(':') + 1);
  const registry::CardField* field = card.find(registry::field(registry::Kind::partnership, "local_id"));
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
