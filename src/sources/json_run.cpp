#include "sources/json_run.hpp"

#include <algorithm>

#include "sources/errors.hpp"
#include "sources/json_objects.hpp"

namespace pitchblende::sources {

namespace {

constexpr int64_t k_progress_every = 256;  // records

void take(const JsonItem& item, const Place& place, JsonObjects& objects, JsonParser& parser, const JsonShape& shape,
          const JsonMapping& mapping, RecordSink& sink) {
  if (item.error) {
    sink.reject({place, {}, finding_excerpt(item.text), *item.error});
    return;
  }
  const Result<JsonParser::Parsed> parsed = parser.parse(item.text);
  if (!parsed) {
    sink.reject({place, {}, finding_excerpt(item.text), parsed.error()});
    objects.broken();
    return;
  }
  JsonDraft draft(shape.kind, place);
  if (parsed->replaced) {
    draft.notice({}, {}, Error(errors::not_utf8));
  }
  if (std::optional<JsonRefusal> refusal = mapping(parsed->root, draft)) {
    sink.reject({place, std::move(refusal->field), finding_excerpt(refusal->value), std::move(refusal->error)});
    return;
  }
  sink.accept(std::move(draft.record), place);
  for (Finding& notice : draft.notices) {
    sink.notice(std::move(notice));
  }
}

}  // namespace

Result<void> read_json_records(ByteStream& bytes, const std::string& file, const Settings& settings,
                               const JsonShape& shape, const JsonMapping& mapping, RecordSink& sink) {
  JsonObjects objects(bytes, file, shape.page_member, std::min(settings.largest_record, k_largest_json));
  JsonParser parser;
  for (;;) {
    TRY_ASSIGN(const std::optional<JsonItem> item, objects.next());
    if (!item) {
      sink.progress(bytes.consumed());
      return {};
    }
    take(*item, {file, {}, item->line, item->record}, objects, parser, shape, mapping, sink);
    if (item->record % k_progress_every == 0 && !sink.progress(bytes.consumed())) {
      return {};
    }
  }
}

}  // namespace pitchblende::sources
