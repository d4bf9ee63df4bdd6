#include "sources/tables/tabular.hpp"

#include "sources/mappings.hpp"
#include "sources/tables/tabular_reading.hpp"

namespace pitchblende::sources {

namespace {

constexpr std::string_view k_folder = "src/sources/mappings/";

std::string name_of(const Settings& settings) { return settings.source.empty() ? "mapping" : settings.source; }

class TabularReader final : public Reader {
 public:
  TabularReader(Mapping mapping, Settings settings) : m_mapping(std::move(mapping)), m_settings(std::move(settings)) {}
  Result<void> read(const std::string& path, RecordSink& sink) override {
    return TableReading(m_mapping, m_settings, sink, path, -1, nullptr).read_file(path);
  }

 private:
  Mapping m_mapping;
  Settings m_settings;
};

class PreviewSink final : public RecordSink {
 public:
  explicit PreviewSink(Preview& preview) : m_preview(preview) {}
  void accept(registry::Record&& record, const Place& place) override {
    m_preview.accepted.push_back({place, std::move(record)});
  }
  void reject(Finding&& finding) override { m_preview.rejected.push_back(std::move(finding)); }
  void notice(Finding&& finding) override { m_preview.notices.push_back(std::move(finding)); }
  bool progress(int64_t) override { return true; }

 private:
  Preview& m_preview;
};

}  // namespace

Result<std::unique_ptr<Reader>> make_tabular_reader(const Settings& settings, std::string_view mapping_toml) {
  TRY_ASSIGN(Mapping mapping, read_mapping(mapping_toml, name_of(settings)));
  return std::unique_ptr<Reader>(std::make_unique<TabularReader>(std::move(mapping), settings));
}

Result<Mode> mapping_mode(std::string_view mapping_toml) {
  TRY_ASSIGN(const Mapping mapping, read_mapping(mapping_toml, "mapping"));
  return mapping.mode;
}

const std::vector<ReadyMapping>& ready_mappings() {
  static const std::vector<ReadyMapping> k_mappings = [] {
    std::vector<ReadyMapping> out;
    for (const embedded::MappingsFile& file : embedded::mappings()) {
      std::string_view name = file.path.substr(k_folder.size());
      name = name.substr(0, name.rfind('.'));
      // They are right: a test reads each.
      Mapping mapping = read_mapping(file.text, std::string(name)).value();
      out.push_back({name, file.text, std::move(mapping.english), std::move(mapping.french), mapping.mode});
    }
    return out;
  }();
  return k_mappings;
}

Result<Preview> preview_table(const std::string& path, const Settings& settings, std::string_view mapping_toml,
                              int64_t rows) {
  TRY_ASSIGN(const Mapping mapping, read_mapping(mapping_toml, name_of(settings)));
  Preview preview;
  PreviewSink sink(preview);
  TRY(TableReading(mapping, settings, sink, path, rows, &preview).read_file(path));
  return preview;
}

Result<Preview> preview_bytes(std::string_view bytes, const Settings& settings, std::string_view mapping_toml,
                              int64_t rows) {
  TRY_ASSIGN(const Mapping mapping, read_mapping(mapping_toml, name_of(settings)));
  Preview preview;
  PreviewSink sink(preview);
  TRY(TableReading(mapping, settings, sink, "memory", rows, &preview).read_bytes(bytes, bytes.size()));
  return preview;
}

Result<void> read_table_bytes(std::string_view bytes, const Settings& settings, std::string_view mapping_toml,
                              RecordSink& sink, size_t piece) {
  TRY_ASSIGN(const Mapping mapping, read_mapping(mapping_toml, name_of(settings)));
  return TableReading(mapping, settings, sink, "memory", -1, nullptr).read_bytes(bytes, piece);
}

}  // namespace pitchblende::sources
