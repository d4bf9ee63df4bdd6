// What the registry is told of calls: a call once it is published, an award for each proposal that is funded; and files
// on their way out.
#include <algorithm>

#include "base/text.hpp"
#include "calls/errors.hpp"
#include "calls/paris.hpp"
#include "pages/calls/calls_room.hpp"

namespace pitchblende::pages {

namespace {

using registry::field;
using registry::Kind;
using registry::Record;

std::string call_key(int64_t call) { return "call-" + std::to_string(call); }

std::string day_of(int64_t utc) { return calls::paris_text(utc).substr(0, 10); }

std::string page_of(const Site& site, int64_t call) {
  const std::string& address = site.settings().entry.address;
  return address.empty() ? std::string() : address + "/fr/calls/" + std::to_string(call);
}

// Where the registry knows it now; those that it does not know are left out.
Result<std::string> reference_of(const Site& site, const calls::Party& party) {
  return party.entity == Id() ? Result<std::string>(std::string()) : site.registry().reference_to(party.entity);
}

Result<void> add_parties(const Site& site, const calls::Submitted& submitted, Record& record) {
  for (const calls::Party& party : submitted.parties) {
    if (party.part == calls::Part::coordinator) {
      record.add(field(Kind::award, "leaders"), party.label);
    }
    if (party.part == calls::Part::partner) {
      TRY_ASSIGN(const std::string reference, reference_of(site, party));
      record.add(field(Kind::award, party.kind == "team" ? "teams" : "institutions"), reference);
    }
  }
  return {};
}

}  // namespace

Result<void> publish_call(const Site& site, store::Transaction& transaction, const calls::Call& call) {
  const Calling& calling = site.settings().calling;
  if (call.state == calls::CallState::draft || !calling.publish) {
    return {};
  }
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
  record.add(field(Kind::call, "budget"), call.plan.money > 0 ? std::to_string(call.plan.money) : std::string());
  record.add(field(Kind::call, "homepage"), page_of(site, call.id));
  return calling.publish(transaction, std::move(record));
}

Result<void> publish_award(const Site& site, store::Transaction& transaction, const calls::Call& call,
                           const calls::Told& told) {
  const Calling& calling = site.settings().calling;
  if (told.verdict.outcome != calls::Outcome::funded || !calling.publish) {
    return {};
  }
  Record record;
  record.kind = Kind::award;
  record.key = "award-" + told.proposal.ref;
  record.add(field(Kind::award, "title"), squeeze(calls::text_in(told.submitted.texts, "title")));
  record.add(field(Kind::award, "acronym"), squeeze(calls::text_in(told.submitted.texts, "acronym")));
  record.add(field(Kind::award, "abstract"), squeeze(calls::text_in(told.submitted.texts, "summary")));
  record.add(field(Kind::award, "call"), "local:pitchblende/calls-" + call_key(call.id));
  record.add(field(Kind::award, "year"), day_of(call.closes).substr(0, 4));
  record.add(field(Kind::award, "amount"),
             told.verdict.granted > 0 ? std::to_string(told.verdict.granted) : std::string());
  TRY(add_parties(site, told.submitted, record));
  record.add(field(Kind::award, "homepage"), page_of(site, call.id));
  return calling.publish(transaction, std::move(record));
}

void records_published(const Site& site) {
  if (site.settings().calling.published) {
    site.settings().calling.published();
  }
}

Views files_of(const Site& site, std::string_view slice, int64_t object, const std::string& below_address,
               const Words& words) {
  Views out;
  const files::Files* files = site.settings().calling.files;
  const auto all = files == nullptr ? Result<std::vector<files::Attachment>>(std::vector<files::Attachment>())
                                    : files->of(slice, object);
  for (const files::Attachment& each : all.value_or(std::vector<files::Attachment>())) {
    const auto kilobytes = static_cast<uint64_t>((each.file.bytes + 1023) / 1024);
    out.push_back(view({{"label", each.file.name},
                        {"number", std::to_string(each.id)},
                        {"size", put_in(words.get("calls.files.size"), "n", words.number(kilobytes))},
                        {"url", below_address + "/" + std::to_string(each.id)}}));
  }
  return out;
}

http::Answer file_answer(const Site& site, const http::Request& request, Language language, std::string_view slice,
                         int64_t object, std::string_view number) {
  const files::Files* files = site.settings().calling.files;
  if (files == nullptr) {
    return site.error(request, language, 404);
  }
  const auto all = files->of(slice, object);
  if (!all) {
    return site.error(request, language, 500);
  }
  const auto found = std::ranges::find(*all, whole_in(number), &files::Attachment::id);
  if (found == all->end()) {
    return site.error(request, language, 404);
  }
  auto bytes = files->read(*found);
  if (!bytes) {
    return site.error(request, language, 500);
  }
  http::Answer answer;
  answer.type = found->file.type;
  answer.body = std::move(*bytes);
  answer.keep = http::Keep::never;
  answer.headers.emplace_back("Content-Disposition",
                              "attachment; filename*=UTF-8''" + http::percent_encoded(found->file.name));
  return answer;
}

}  // namespace pitchblende::pages
