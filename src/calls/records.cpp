#include "calls/records.hpp"

#include "base/text.hpp"
#include "calls/paris.hpp"

namespace pitchblende::calls {

namespace {

using registry::field;
using registry::Kind;
using registry::Record;

std::string call_key(int64_t call) { return "call-" + std::to_string(call); }

std::string day_of(int64_t utc) { return paris_text(utc).substr(0, 10); }

void add_amount(Record& record, registry::FieldId into, int64_t euros) {
  if (euros > 0) {
    record.add(into, std::to_string(euros)).with(registry::Attribute::currency, "EUR");
  }
}

// Those that the registry does not know are left out.
Result<void> add_parties(const registry::Registry& registry, const Submitted& submitted, Record& record) {
  for (const Party& party : submitted.parties) {
    if (party.part == Part::coordinator) {
      record.add(field(Kind::award, "leaders"), party.label);
    }
    if (party.part == Part::partner && party.entity != Id()) {
      TRY_ASSIGN(const std::string reference, registry.reference_to(party.entity));
      record.add(field(Kind::award, party.kind == "team" ? "teams" : "institutions"), reference);
    }
  }
  return {};
}

}  // namespace

std::string award_key(std::string_view proposal) { return "award-" + std::string(proposal); }

Record call_record(const Call& call, const std::string& page) {
  Record record;
  record.kind = Kind::call;
  record.key = call_key(call.id);
  record.add(field(Kind::call, "title"), squeeze(call.plan.title.french), "fr");
  record.add(field(Kind::call, "title"), squeeze(call.plan.title.english), "en");
  record.add(field(Kind::call, "description"), squeeze(call.plan.text.french), "fr");
  record.add(field(Kind::call, "description"), squeeze(call.plan.text.english), "en");
  record.add(field(Kind::call, "opens"), day_of(call.opens));
  record.add(field(Kind::call, "closes"), day_of(call.closes));
  record.add(field(Kind::call, "year"), day_of(call.opens).substr(0, 4));
  add_amount(record, field(Kind::call, "budget"), call.plan.money);
  record.add(field(Kind::call, "homepage"), page);
  return record;
}

Result<Record> award_record(const registry::Registry& registry, const Call& call, const Told& told,
                            const std::string& page) {
  Record record;
  record.kind = Kind::award;
  record.key = award_key(told.proposal.ref);
  record.add(field(Kind::award, "title"), squeeze(text_in(told.submitted.texts, "title")));
  record.add(field(Kind::award, "acronym"), squeeze(text_in(told.submitted.texts, "acronym")));
  record.add(field(Kind::award, "abstract"), squeeze(text_in(told.submitted.texts, "summary")));
  record.add(field(Kind::award, "call"), "local:pitchblende/" + std::string(k_published_as) + "-" + call_key(call.id));
  record.add(field(Kind::award, "year"), day_of(call.closes).substr(0, 4));
  add_amount(record, field(Kind::award, "amount"), told.verdict.granted);
  TRY(add_parties(registry, told.submitted, record));
  record.add(field(Kind::award, "homepage"), page);
  return record;
}

}  // namespace pitchblende::calls
