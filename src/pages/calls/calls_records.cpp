// Records of calls and awards on their way into the registry, files on their way out.
#include <algorithm>

#include "calls/records.hpp"
#include "pages/calls/calls_room.hpp"

namespace pitchblende::pages {

namespace {

std::string page_of(const Site& site, int64_t call) {
  const std::string& address = site.settings().entry.address;
  return address.empty() ? std::string() : address + "/fr/calls/" + std::to_string(call);
}

}  // namespace

Result<void> publish_call(const Site& site, store::Transaction& transaction, const calls::Call& call) {
  const Calling& calling = site.settings().calling;
  if (call.state == calls::CallState::draft || !calling.publish) {
    return {};
  }
  return calling.publish(transaction, calls::call_record(call, page_of(site, call.id)));
}

Result<void> publish_award(const Site& site, store::Transaction& transaction, const calls::Call& call,
                           const calls::Told& told) {
  const Calling& calling = site.settings().calling;
  if (told.verdict.outcome != calls::Outcome::funded || !calling.publish) {
    return {};
  }
  TRY_ASSIGN(registry::Record record, calls::award_record(site.registry(), call, told, page_of(site, call.id)));
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
  auto answer = attachment_answer(*files, *found);
  return answer ? std::move(*answer) : site.error(request, language, 500);
}

}  // namespace pitchblende::pages
