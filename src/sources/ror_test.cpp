#include "sources/ror.hpp"

#include <gtest/gtest.h>
#include <zip.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "sources/bytes.hpp"
#include "sources/errors.hpp"

namespace pitchblende::sources {
namespace {

namespace fs = std::filesystem;
using registry::Kind;
using registry::Record;

class Sink final : public RecordSink {
 public:
  void accept(Record&& record, const Place& place) override {
    order.push_back(record.key);
    places[record.key] = place;
    records[record.key] = std::move(record);
  }
  void reject(Finding&& finding) override { rejects.push_back(std::move(finding)); }
  void notice(Finding&& finding) override { notices.push_back(std::move(finding)); }
  bool progress(int64_t bytes) override {
    done = bytes;
    return ++progresses < stop_after;
  }

  std::vector<std::string> order;
  std::map<std::string, Record> records;
  std::map<std::string, Place> places;
  std::vector<Finding> rejects;
  std::vector<Finding> notices;
  int64_t done = 0;
  int progresses = 0;
  int stop_after = 1 << 30;
};

std::string fixture(std::string_view name) { return std::string(PB_SOURCE_DIR "/tests/fixtures/ror/").append(name); }

std::string contents(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

Sink read(std::string_view text) {
  Sink sink;
  const Result<void> result = read_ror(*memory_bytes(text), "test.json", {}, sink);
  EXPECT_TRUE(result.has_value()) << result.error().message();
  return sink;
}

// "text|lang|attribute=value…" of each value of a field.
std::vector<std::string> values(const Record& record, std::string_view field) {
  std::vector<std::string> out;
  for (const auto& [id, value] : record.values) {
    if (id == registry::field(Kind::organisation, field)) {
      std::string line = value.text;
      line += value.lang.empty() ? "" : "|" + value.lang;
      for (const auto& [attribute, text] : value.attributes) {
        line.append("|").append(name(attribute)).append("=").append(text);
      }
      out.push_back(std::move(line));
    }
  }
  return out;
}

using Texts = std::vector<std::string>;

constexpr std::string_view k_first = R"({
  "id": "https://ror.org/013cjyk83", "name": "Institut Exemple", "email_address": null, "established": 859,
  "types": ["Healthcare", "Facility"], "status": "Active",
  "relationships": [
    {"type": "Parent", "label": "Université Exemple", "id": "https://ror.org/000050t83"},
    {"type": "Child", "label": "Hôpital Exemple", "id": "https://ror.org/00d5rxh07"},
    {"type": "Related", "label": "Ami", "id": "https://ror.org/0025ww868"},
    {"type": "Predecessor", "label": "Avant", "id": "https://ror.org/001z21q04"},
    {"type": "Successor", "label": "Après", "id": "https://ror.org/02feahw73"}],
  "addresses": [{"lat": 48.85341, "lng": 2.3488, "state": "Île-de-France", "city": "Paris", "postcode": "75005",
                 "line": "26 rue d’Exemple", "geonames_city": {"id": 2988507}}],
  "links": ["https://exemple.example"], "wikipedia_url": "http://fr.wikipedia.org/wiki/Exemple",
  "labels": [{"label": "Institut  Exemple", "iso639": "fr"}, {"label": "Example Institute", "iso639": "EN"}],
  "acronyms": ["IE"], "aliases": ["Exemple", "Institut Exemple"],
  "country": {"country_name": "France", "country_code": "FR"},
  "external_ids": {"ISNI": {"preferred": null, "all": ["0000 0001 2103 2683"]},
    "FundRef": {"preferred": "501100001665", "all": ["501100000001", "501100001665"]},
    "GRID": {"preferred": "grid.5842.b", "all": "grid.5842.b"}, "OrgRef": {"preferred": null, "all": ["123", "456"]},
    "Wikidata": {"preferred": null, "all": ["Q1", "Q2"]}}})";

TEST(Ror, ReadsTheFirstSchema) {
  const Sink sink = read(k_first);
  EXPECT_TRUE(sink.rejects.empty());
  EXPECT_TRUE(sink.notices.empty());
  const Record& record = sink.records.at("013cjyk83");
  EXPECT_EQ(record.kind, Kind::organisation);
  EXPECT_EQ(values(record, "names"),
            (Texts{"Institut Exemple|type=label", "Institut Exemple|fr|type=label", "Example Institute|en|type=label",
                   "IE|type=acronym", "Exemple|type=alias"}));
  EXPECT_EQ(values(record, "ror"), Texts{"013cjyk83"});
  EXPECT_EQ(values(record, "isni"), Texts{"0000000121032683"});
  EXPECT_EQ(values(record, "fundref"), (Texts{"501100001665", "501100000001"}));
  EXPECT_EQ(values(record, "grid"), Texts{"grid.5842.b"});
  EXPECT_EQ(values(record, "wikidata"), (Texts{"Q1", "Q2"}));
  EXPECT_EQ(values(record, "other_ids"), (Texts{"123|type=orgref", "456|type=orgref"}));
  EXPECT_EQ(values(record, "type"), (Texts{"healthcare", "facility"}));
  EXPECT_EQ(values(record, "status"), Texts{"active"});
  EXPECT_EQ(values(record, "founded"), Texts{"0859"});
  EXPECT_EQ(values(record, "country"), Texts{"FR"});
  EXPECT_EQ(values(record, "region"), Texts{"Île-de-France"});
  EXPECT_EQ(values(record, "commune"), Texts{"Paris"});
  EXPECT_EQ(values(record, "address"), Texts{"26 rue d’Exemple"});
  EXPECT_EQ(values(record, "postal_code"), Texts{"75005"});
  EXPECT_EQ(values(record, "geonames"), Texts{"2988507|city=Paris|country=FR"});
  EXPECT_EQ(values(record, "latitude"), Texts{"48.85341"});
  EXPECT_EQ(values(record, "longitude"), Texts{"2.3488"});
  EXPECT_EQ(values(record, "homepage"), Texts{"https://exemple.example"});
  EXPECT_EQ(values(record, "links"), Texts{"http://fr.wikipedia.org/wiki/Exemple|type=wikipedia"});
  EXPECT_EQ(values(record, "parents"), Texts{"ror:000050t83|printed=Université Exemple"});
  EXPECT_EQ(values(record, "related"),
            (Texts{"ror:00d5rxh07|role=child|printed=Hôpital Exemple", "ror:0025ww868|printed=Ami"}));
  EXPECT_EQ(values(record, "predecessors"), Texts{"ror:001z21q04|printed=Avant"});
  EXPECT_EQ(values(record, "successors"), Texts{"ror:02feahw73|printed=Après"});
}

constexpr std::string_view k_second = R"({"id":"https://ror.org/013cjyk83","established":null,"status":"withdrawn",
  "admin":{"created":{"date":"2020-01-01"},"last_modified":{"date":"2024-12-11","schema_version":"2.1"}},
  "domains":["exemple.example"],"types":["funder","education"],
  "names":[{"lang":null,"types":["acronym"],"value":"IE"},{"lang":"en","types":["alias","label"],"value":"Example Institute"},
           {"lang":"fr","types":["ror_display","label"],"value":"Institut Exemple"},{"lang":null,"types":["alias"],"value":"X"}],
  "links":[{"type":"wikipedia","value":"http://w.example"},{"type":"website","value":"https://exemple.example"}],
  "locations":[{"geonames_id":2988507,"geonames_details":{"country_code":"FR","country_name":"France",
                "country_subdivision_name":"Île-de-France","lat":48.85,"lng":2,"name":"Paris"}},
               {"geonames_id":2657896,"geonames_details":{"country_code":"CH","lat":47.3,"lng":8.5,"name":"Zürich"}}],
  "external_ids":[{"type":"wikidata","all":["Q2","Q1"],"preferred":"Q1"},{"type":"isni","all":["0000 0001 2103 2683"],"preferred":null}],
  "relationships":[{"type":"child","id":"https://ror.org/000050t83","label":"Enfant"}]})";

TEST(Ror, ReadsTheSecondSchema) {
  const Sink sink = read(k_second);
  EXPECT_TRUE(sink.rejects.empty());
  EXPECT_TRUE(sink.notices.empty());
  const Record& record = sink.records.at("013cjyk83");
  EXPECT_EQ(record.date, "2024-12-11");
  EXPECT_EQ(values(record, "names"), (Texts{"Institut Exemple|fr|type=label", "Example Institute|en|type=label",
                                            "IE|type=acronym", "X|type=alias"}));
  EXPECT_EQ(values(record, "wikidata"), (Texts{"Q1", "Q2"}));
  EXPECT_EQ(values(record, "isni"), Texts{"0000000121032683"});
  EXPECT_EQ(values(record, "status"), Texts{"withdrawn"});
  EXPECT_EQ(values(record, "type"), (Texts{"funder", "education"}));
  EXPECT_TRUE(values(record, "founded").empty());
  EXPECT_EQ(values(record, "commune"), Texts{"Paris"});
  EXPECT_EQ(values(record, "country"), Texts{"FR"});
  EXPECT_EQ(values(record, "latitude"), Texts{"48.85"});
  EXPECT_EQ(values(record, "longitude"), Texts{"2"});
  EXPECT_EQ(values(record, "geonames"), (Texts{"2988507|city=Paris|country=FR", "2657896|city=Zürich|country=CH"}));
  EXPECT_EQ(values(record, "homepage"), Texts{"https://exemple.example"});
  EXPECT_EQ(values(record, "links"), Texts{"http://w.example|type=wikipedia"});
  EXPECT_EQ(values(record, "domains"), Texts{"exemple.example"});
  EXPECT_EQ(values(record, "related"), Texts{"ror:000050t83|role=child|printed=Enfant"});
}

TEST(Ror, RejectsWithLineFieldAndReasonAndGoesOn) {
  const Sink sink = read(
      "{\"id\":\"https://ror.org/000050t83\",\"name\":\"A\"}\n"
      "{\"id\":\"https://ror.org/000050t84\",\"name\":\"B\"}\n"
      "{\"name\":\"C\"}\n"
      "{\"id\":\"https://ror.org/013cjyk83\"}\n"
      "{\"id\":\"https://ror.org/013cjyk83\",\"name\":}\n"
      "{\"id\":\"https://ror.org/013cjyk83\",\"name\":\"D\n"
      "17\n"
      "{\"id\":\"https://ror.org/0025ww868\",\"name\":\"E\"}\n");
  EXPECT_EQ(sink.order, (Texts{"000050t83", "0025ww868"}));
  EXPECT_EQ(sink.places.at("0025ww868").line, 8);
  ASSERT_EQ(sink.rejects.size(), 5U);  // the line with 17 went down with the one before
  const std::tuple<int64_t, std::string_view, std::string_view> wanted[] = {
      {2, "id", "REGISTRY_IDENTIFIER_CHECK_DIGIT"},
      {3, "id", "SOURCES_MISSING"},
      {4, "name", "SOURCES_MISSING"},
      {5, "", "SOURCES_NOT_JSON"},
      {6, "", "SOURCES_NOT_JSON"}};
  for (size_t i = 0; i < sink.rejects.size(); ++i) {
    EXPECT_EQ(sink.rejects[i].place.line, std::get<0>(wanted[i]));
    EXPECT_EQ(sink.rejects[i].place.record, static_cast<int64_t>(i) + 2);
    EXPECT_EQ(sink.rejects[i].place.file, "test.json");
    EXPECT_EQ(sink.rejects[i].field, std::get<1>(wanted[i])) << i;
    EXPECT_EQ(sink.rejects[i].error.kind().code, std::get<2>(wanted[i])) << i;
    EXPECT_LE(sink.rejects[i].excerpt.size(), 80U);
  }
}

TEST(Ror, DropsWrongFieldsWithANotice) {
  const Sink sink =
      read(R"({"id":"https://ror.org/013cjyk83","name":"A","types":["Castle","Company"],"established":2024.5,
    "addresses":[{"lat":91,"lng":"x","city":"Paris"}],"external_ids":{"ISNI":{"all":["0000 0001 2103 2684"]}},
    "relationships":[{"type":"Parent","id":"https://ror.org/nothing"}]})");
  const Record& record = sink.records.at("013cjyk83");
  EXPECT_EQ(values(record, "type"), Texts{"company"});
  EXPECT_EQ(values(record, "commune"), Texts{"Paris"});
  std::vector<std::string> fields;
  for (const Finding& notice : sink.notices) {
    fields.push_back(notice.field);
  }
  EXPECT_EQ(fields, (Texts{"isni", "latitude", "longitude", "parents", "type", "founded"}));
}

TEST(Ror, ReplacesBytesThatAreNotUtf8) {
  const Sink sink = read("{\"id\":\"https://ror.org/013cjyk83\",\"name\":\"Universit\xE9\"}");
  EXPECT_EQ(values(sink.records.at("013cjyk83"), "names"), Texts{"Universit\uFFFD|type=label"});
  ASSERT_EQ(sink.notices.size(), 1U);
  EXPECT_TRUE(sink.notices[0].error.is(errors::not_utf8));
}

TEST(Ror, DropsValuesAboveTheLimit) {
  const std::string alias(1'100'000, 'x');
  const Sink sink = read("{\"id\":\"https://ror.org/013cjyk83\",\"name\":\"A\",\"aliases\":[\"" + alias + "\",\"B\"]}");
  EXPECT_EQ(values(sink.records.at("013cjyk83"), "names"), (Texts{"A|type=label", "B|type=alias"}));
  ASSERT_EQ(sink.notices.size(), 1U);
  EXPECT_EQ(sink.notices[0].field, "names");
}

class RorFiles : public testing::Test {
 protected:
  RorFiles() : m_folder(fs::temp_directory_path() / ("pb_ror_" + std::to_string(::getpid()))) {
    fs::create_directories(m_folder);
  }
  ~RorFiles() override { fs::remove_all(m_folder); }
  std::string path(std::string_view name) const { return (m_folder / name).string(); }

  static Sink read_file(const std::string& file) {
    Sink sink;
    const Result<void> result = make_ror_reader({})->read(file, sink);
    EXPECT_TRUE(result.has_value()) << file << ": " << result.error().message();
    return sink;
  }

 private:
  fs::path m_folder;
};

TEST_F(RorFiles, TheFixtureGoesInWhole) {
  const Sink first = read_file(fixture("schema_1.json"));
  EXPECT_EQ(first.order.size(), 37U);
  EXPECT_TRUE(first.rejects.empty());
  EXPECT_TRUE(first.notices.empty());
  EXPECT_EQ(first.places.at("000050t83").line, 2);
  const Record& canceropole = first.records.at("00d5rxh07");
  EXPECT_EQ(values(canceropole, "names").front(), "Cancéropôle Île-de-France|type=label");
  EXPECT_EQ(values(canceropole, "country"), Texts{"FR"});

  const Sink second = read_file(fixture("schema_2.jsonl"));
  EXPECT_EQ(second.order.size(), 72U);
  EXPECT_TRUE(second.rejects.empty());
  EXPECT_TRUE(second.notices.empty());
  const Record& upmc = second.records.at("01yvrd251");
  EXPECT_EQ(values(upmc, "status"), Texts{"inactive"});
  EXPECT_EQ(values(upmc, "successors").size(), 1U);
  EXPECT_EQ(second.done, static_cast<int64_t>(fs::file_size(fixture("schema_2.jsonl"))));
}

TEST_F(RorFiles, GzAndZipAreTheSame) {
  const std::string json = contents(fixture("schema_2.jsonl"));
  gzFile gz = gzopen(path("a.gz").c_str(), "wb");
  gzwrite(gz, json.data(), static_cast<unsigned>(json.size()));
  gzclose(gz);
  // As the dump is published: CSV first, both schemas; the second schema is what counts.
  const std::string old = contents(fixture("schema_1.json"));
  zip_t* archive = zip_open(path("a.zip").c_str(), ZIP_CREATE, nullptr);
  const std::string csv = "id,name\n1,x\n";
  const std::pair<const char*, const std::string*> members[] = {
      {"v1-ror-data.csv", &csv}, {"v1-ror-data.json", &old}, {"v1-ror-data_schema_v2.json", &json}};
  for (const auto& [name, text] : members) {
    zip_file_add(archive, name, zip_source_buffer(archive, text->data(), text->size(), 0), 0);
  }
  ASSERT_EQ(zip_close(archive), 0);

  const Sink plain = read_file(fixture("schema_2.jsonl"));
  for (const char* name : {"a.gz", "a.zip"}) {
    const Sink packed = read_file(path(name));
    ASSERT_EQ(packed.order, plain.order) << name;
    for (const auto& [key, record] : plain.records) {
      EXPECT_EQ(registry::encode(packed.records.at(key)), registry::encode(record)) << name;
    }
  }
}

TEST_F(RorFiles, ATruncatedFileIsAnErrorAfterWhatCameBefore) {
  const std::string json = contents(fixture("schema_1.json"));
  std::ofstream(path("cut.json"), std::ios::binary) << json.substr(0, json.size() / 2);
  Sink sink;
  const Result<void> result = make_ror_reader({})->read(path("cut.json"), sink);
  ASSERT_FALSE(result.has_value());
  EXPECT_TRUE(result.error().is(errors::truncated));
  EXPECT_GT(sink.order.size(), 5U);
}

TEST_F(RorFiles, StopsWhenToldTo) {
  std::string text;
  for (int i = 0; i < 1000; ++i) {
    text += "{\"id\":\"https://ror.org/013cjyk83\",\"name\":\"A\"}\n";
  }
  Sink sink;
  sink.stop_after = 1;
  ASSERT_TRUE(read_ror(*memory_bytes(text), "x", {}, sink).has_value());
  EXPECT_EQ(sink.order.size(), 256U);
}

TEST_F(RorFiles, TheWholeOfTheSharedDataGoesIn) {
  const std::string folder = PB_SOURCE_DIR "/../shared/data/organisations";
  if (!fs::exists(folder)) {
    GTEST_SKIP() << "skipped, no ../shared/data";
  }
  for (const auto& [name, count] : {std::pair{"/ror_v1.jsonl.gz", 15380U}, std::pair{"/ror_v2.jsonl.gz", 35990U}}) {
    const Sink sink = read_file(folder + name);
    EXPECT_EQ(sink.order.size(), count);
    EXPECT_EQ(sink.records.size(), count);
    EXPECT_TRUE(sink.rejects.empty());
    std::map<std::string, int> notices;
    for (const Finding& notice : sink.notices) {
      ++notices[notice.field + " " + notice.error.message()];
    }
    EXPECT_LT(notices.size(), 20U) << notices.begin()->first;
  }
}

}  // namespace
}  // namespace pitchblende::sources
