// Each ready mapping on a small invented file: what the registry gets, word for word. PB_WRITE_GOLDEN=1 writes the
// expected files anew.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "registry/record.hpp"
#include "sources/collecting_sink.hpp"
#include "sources/mappings.hpp"
#include "sources/mappings/mapping.hpp"
#include "sources/tables/tabular.hpp"

namespace pitchblende::sources {
namespace {

const std::string k_folder = std::string(PB_SOURCE_DIR) + "/tests/fixtures/tabular/";

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string told(const Finding& finding) {
  const std::string part = finding.place.part.empty() ? "" : finding.place.part + ":";
  return part + std::to_string(finding.place.line) + " " + finding.field + (finding.field.empty() ? "" : ": ") +
         finding.error.message() + "\n";
}

std::string told(const CollectingSink& sink) {
  std::string out;
  for (size_t i = 0; i < sink.accepted.size(); ++i) {
    const registry::Record& record = sink.accepted[i];
    out += std::string(registry::name(record.kind)) + " " + record.key + (record.deleted ? " deleted" : "") +
           (record.date.empty() ? "" : " of " + record.date) + "\n  " + registry::encode(record) + "\n";
  }
  for (const Finding& finding : sink.rejected) {
    out += "rejected " + told(finding);
  }
  for (const Finding& finding : sink.notices) {
    out += "notice " + told(finding);
  }
  return out;
}

class ReadyMappings : public testing::TestWithParam<std::string> {};

TEST_P(ReadyMappings, ReadTheirExample) {
  const std::string file = GetParam();
  const std::string name = file.substr(0, file.find('.'));
  const std::string mapping = name.substr(0, name.find('_'));
  const std::string path = k_folder + file;
  const auto ready = std::find_if(ready_mappings().begin(), ready_mappings().end(),
                                  [&](const ReadyMapping& each) { return each.name == mapping; });
  ASSERT_NE(ready, ready_mappings().end()) << mapping;
  Settings settings;
  settings.source = "example";
  settings.institution = "exemple";
  const auto reader = make_tabular_reader(settings, ready->toml);
  ASSERT_TRUE(reader) << reader.error().message();
  CollectingSink sink;
  const Result<void> done = (*reader)->read(path, sink);
  ASSERT_TRUE(done) << done.error().message();
  const std::string expected = k_folder + name + ".golden";
  if (std::getenv("PB_WRITE_GOLDEN") != nullptr) {
    std::ofstream(expected, std::ios::binary) << told(sink);
  }
  EXPECT_EQ(told(sink), text_of(expected));
}

std::vector<std::string> examples() {
  std::vector<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(k_folder)) {
    const std::string name = entry.path().filename();
    if (name.ends_with(".csv") || name.ends_with(".xlsx")) {
      out.push_back(name);
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

INSTANTIATE_TEST_SUITE_P(Tabular, ReadyMappings, testing::ValuesIn(examples()), [](const auto& given) {
  std::string name = given.param.substr(0, given.param.find('.'));
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
});

TEST(Tabular, EachReadyMappingIsRight) {
  for (const embedded::MappingsFile& file : embedded::mappings()) {
    const auto mapping = read_mapping(file.text, std::string(file.path));
    ASSERT_TRUE(mapping) << mapping.error().message();
  }
}

TEST(Tabular, EachReadyMappingHasAnExample) {
  const auto all = examples();
  for (const ReadyMapping& mapping : ready_mappings()) {
    EXPECT_TRUE(std::any_of(all.begin(), all.end(), [&](const std::string& name) {
      return name.starts_with(std::string(mapping.name) + ".") || name.starts_with(std::string(mapping.name) + "_");
    })) << mapping.name;
    EXPECT_FALSE(mapping.english.empty() || mapping.french.empty()) << mapping.name;
  }
}

}  // namespace
}  // namespace pitchblende::sources
