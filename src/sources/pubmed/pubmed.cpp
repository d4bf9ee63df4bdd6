#include "sources/pubmed/pubmed.hpp"

#include "base/text.hpp"
#include "registry/identifiers.hpp"
#include "sources/byte_blocks.hpp"
#include "sources/errors.hpp"
#include "sources/pubmed/pubmed_article.hpp"

namespace pitchblende::sources {

namespace {

constexpr std::string_view k_deletion = "DeleteCitation";
constexpr int64_t k_progress_every = 64;  // records

XmlShape shape() {
  return {{"PubmedArticle", "PubmedBookArticle", k_deletion}, {"PubmedArticleSet", "PubmedBookArticleSet"}};
}

// Bytes that are not UTF-8 as SUB, which no text has; the cursor writes U+FFFD for it. All else stays in its place.
struct Cleaned {
  std::string bytes;
  XmlRecord record;
};
Cleaned cleaned(const XmlRecord& record) {
  Cleaned out;
  out.record = record;
  const auto before = static_cast<size_t>(record.text.data() - record.base);
  out.bytes.assign(record.base, before + record.text.size() + k_block_padding);
  for (size_t at = before; at < before + record.text.size();) {
    const auto lead = static_cast<unsigned char>(out.bytes[at]);
    const size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (size > 1 && !is_valid_utf8(std::string_view(out.bytes).substr(at, size))) {
      out.bytes[at++] = k_not_utf8;
    } else {
      at += size;
    }
  }
  out.record.base = out.bytes.data();
  out.record.text = std::string_view(out.bytes).substr(before, record.text.size());
  return out;
}

class Run {
 public:
  Run(ByteStream& bytes, const std::string& file, const Settings& settings, RecordSink& sink)
      : m_bytes(bytes), m_file(file), m_splitter(bytes, file, shape(), settings.largest_record), m_sink(sink) {}

  Result<void> read() {
    while (true) {
      TRY_ASSIGN(const std::optional<XmlRecord> record, m_splitter.next());
      if (!record) {
        m_sink.progress(m_bytes.consumed());
        return {};
      }
      take(*record);
      if (record->record % k_progress_every == 0 && !m_sink.progress(m_bytes.consumed())) {
        return {};
      }
    }
  }

 private:
  void take(const XmlRecord& record) {
    if (record.error) {
      reject({m_file, {}, record.line, ++m_record}, {}, record.text, *record.error);
      return;
    }
    if (is_valid_utf8(record.text)) [[likely]] {
      take_valid(record, false);
    } else {
      take_valid(cleaned(record).record, true);
    }
  }

  void take_valid(XmlRecord record, bool changed) {
    if (record.name == k_deletion) {
      take_deletion(record);
      return;
    }
    record.record = ++m_record;
    pubmed::Article article(record, m_file);
    article.read();
    pubmed::Draft& draft = article.draft();
    const Place place{m_file, {}, record.line, record.record};
    if (article.cursor().failed()) {
      Place where = draft.place();
      reject(std::move(where), {}, article.cursor().rest(), *article.cursor().failed());
      return;
    }
    if (draft.record.key.empty()) {
      reject_without_key(draft, place);
      return;
    }
    if (changed) {
      draft.notices.push_back({place, {}, draft.record.key, Error(errors::not_utf8)});
    }
    if (article.cursor().controls_left_out()) {
      draft.notices.push_back({place, {}, draft.record.key, Error(errors::control_characters)});
    }
    if (const char* unknown = article.cursor().unknown_entity_at(); unknown != nullptr) {
      const std::string entity = pubmed::excerpt(article.cursor().unknown_entity());
      draft.notices.push_back({draft.place(unknown), {}, entity, Error(errors::unknown_entity, entity)});
    }
    m_sink.accept(std::move(draft.record), place);
    for (Finding& notice : draft.notices) {
      m_sink.notice(std::move(notice));
    }
  }

  // What was wrong with its PMID, or that there is none.
  void reject_without_key(pubmed::Draft& draft, const Place& place) {
    for (Finding& notice : draft.notices) {
      if (notice.field == "pmid") {
        m_sink.reject(std::move(notice));
        return;
      }
    }
    reject(place, "pmid", draft.record.text(pubmed::fields().title), Error(errors::missing));
  }

  // Each PMID in it is a record.
  void take_deletion(const XmlRecord& source) {
    XmlCursor cursor(source);
    pubmed::Draft draft(source, cursor, m_file);
    while (cursor.child()) {
      if (cursor.name() != "PMID") {
        cursor.skip();
        continue;
      }
      Place place = draft.place();
      place.record = ++m_record;
      const std::string text(cursor.text());
      Result<std::string> pmid = registry::normalise_identifier("pmid", text);
      if (cursor.failed()) {
        --m_record;
        break;
      }
      if (!pmid) {
        reject(std::move(place), "pmid", text, std::move(pmid).error());
        continue;
      }
      registry::Record record;
      record.kind = registry::Kind::publication;
      record.key = std::move(*pmid);
      record.deleted = true;
      m_sink.accept(std::move(record), place);
    }
    if (cursor.failed()) {
      reject({m_file, {}, source.line, ++m_record}, {}, cursor.rest(), *cursor.failed());
    }
  }

  void reject(Place place, std::string_view field, std::string_view text, Error error) {
    m_sink.reject({std::move(place), std::string(field), pubmed::excerpt(text), std::move(error)});
  }

  ByteStream& m_bytes;
  const std::string& m_file;
  XmlSplitter m_splitter;
  RecordSink& m_sink;
  int64_t m_record = 0;
};

class PubmedReader final : public Reader {
 public:
  explicit PubmedReader(Settings settings) : m_settings(std::move(settings)) {}
  Result<void> read(const std::string& path, RecordSink& sink) override {
    TRY_ASSIGN(const std::unique_ptr<ByteStream> bytes, open_bytes(path, m_settings));
    return read_pubmed(*bytes, path, m_settings, sink);
  }

 private:
  Settings m_settings;
};

}  // namespace

std::unique_ptr<Reader> make_pubmed_reader(const Settings& settings) {
  return std::make_unique<PubmedReader>(settings);
}

Result<void> read_pubmed(ByteStream& bytes, const std::string& file, const Settings& settings, RecordSink& sink) {
  return Run(bytes, file, settings, sink).read();
}

}  // namespace pitchblende::sources
