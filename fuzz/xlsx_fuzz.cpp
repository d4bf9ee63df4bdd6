// Workbooks: the archive, its parts, and rows through a ready mapping. What is no archive is taken for a sheet's XML
// and put into one that is honest.
#include <zip.h>

#include <map>

#include "sources/collecting_sink.hpp"
#include "sources/mappings/mapping.hpp"
#include "sources/tables/tabular_reading.hpp"

namespace {

std::string archive_of(const std::map<std::string, std::string_view>& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* buffer = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(buffer);
  zip_t* archive = zip_open_from_source(buffer, ZIP_TRUNCATE, &error);
  for (const auto& [name, text] : parts) {
    const zip_int64_t at =
        zip_file_add(archive, name.c_str(), zip_source_buffer(archive, text.data(), text.size(), 0), ZIP_FL_OVERWRITE);
    zip_set_file_compression(archive, static_cast<zip_uint64_t>(at), ZIP_CM_STORE, 0);
  }
  zip_close(archive);
  zip_source_open(buffer);
  zip_source_seek(buffer, 0, SEEK_END);
  std::string out(static_cast<size_t>(zip_source_tell(buffer)), '\0');
  zip_source_seek(buffer, 0, SEEK_SET);
  zip_source_read(buffer, out.data(), out.size());
  zip_source_free(buffer);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  // Reading the mapping takes longer than most inputs do.
  static const pitchblende::sources::Mapping k_people = [] {
    for (const auto& mapping : pitchblende::sources::ready_mappings()) {
      if (mapping.name == "people") {
        return pitchblende::sources::read_mapping(mapping.toml, "people").value();
      }
    }
    return pitchblende::sources::Mapping{};
  }();
  std::string made;
  if (!bytes.starts_with("PK")) {
    made =
        archive_of({{"[Content_Types].xml", "<Types/>"},
                    {"xl/workbook.xml",
                     "<workbook><sheets><sheet name='a' sheetId='1' r:id='r1'/><sheet name='b' sheetId='2' r:id='r2'/>"
                     "</sheets></workbook>"},
                    {"xl/_rels/workbook.xml.rels",
                     "<R><R Id='r1' Type='/worksheet' Target='a.xml'/><R Id='r2' Type='/worksheet' Target='/xl/a.xml'/>"
                     "<R Id='s' Type='/sharedStrings' Target='a.xml'/><R Id='t' Type='/styles' Target='a.xml'/></R>"},
                    {"xl/a.xml", bytes}});
    bytes = made;
  }
  pitchblende::sources::Settings settings;
  settings.institution = "demo";
  settings.largest_file = 1 << 22;
  pitchblende::sources::CollectingSink sink;
  pitchblende::sources::TableReading reading(k_people, settings, sink, "fuzz", -1, nullptr);
  static_cast<void>(reading.read_bytes(bytes, 1 << 20));
  return 0;
}
