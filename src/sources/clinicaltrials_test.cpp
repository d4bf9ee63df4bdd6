#include "sources/clinicaltrials.hpp"

#include <gtest/gtest.h>
#include <zip.h>

#include <filesystem>

#include "sources/bytes.hpp"
#include "sources/clinicaltrials_people.hpp"
#include "sources/errors.hpp"

namespace pitchblende::sources {
namespace {

using registry::Kind;
using registry::Record;
using registry::Value;
using Texts = std::vector<std::string>;

class Sink final : public RecordSink {
 public:
  void accept(Record&& record, const Place& place) override {
    records.push_back(std::move(record));
    places.push_back(place);
  }
  void reject(Finding&& finding) override { rejects.push_back(std::move(finding)); }
  void notice(Finding&& finding) override { notices.push_back(std::move(finding)); }
  bool progress(int64_t) override { return true; }

  std::vector<Record> records;
  std::vector<Place> places;
  std::vector<Finding> rejects;
  std::vector<Finding> notices;
};

Sink read(std::string_view text) {
  Sink sink;
  const Result<void> result = read_clinicaltrials(*memory_bytes(text), "test.json", {}, sink);
  EXPECT_TRUE(result.has_value()) << result.error().message();
  return sink;
}

// "text|lang|attribute=value…" of each value of a field.
Texts values(const Record& record, std::string_view field) {
  Texts out;
  for (const auto& [id, value] : record.values) {
    if (id == registry::field(Kind::trial, field)) {
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

constexpr std::string_view k_study = R"({
 "protocolSection": {
  "identificationModule": {
   "nctId": "NCT01234567", "nctIdAliases": ["NCT00000001"], "orgStudyIdInfo": {"id": "EX-2019-01"},
   "secondaryIdInfos": [{"id": "2022-500014-26-00", "type": "CTIS"}, {"id": "2004-000446-20", "type": "EUDRACT_NUMBER"},
                        {"id": "U1111-1", "type": "REGISTRY", "domain": "WHO"}],
   "organization": {"fullName": "Institut Exemple", "class": "OTHER"},
   "briefTitle": "An Example  in Lung Cancer", "officialTitle": "A Randomised Example", "acronym": "EXEMPLE"},
  "statusModule": {
   "overallStatus": "ACTIVE_NOT_RECRUITING", "startDateStruct": {"date": "2019-04", "type": "ACTUAL"},
   "primaryCompletionDateStruct": {"date": "2024-12-31", "type": "ESTIMATED"},
   "completionDateStruct": {"date": "2025", "type": "ESTIMATED"},
   "studyFirstPostDateStruct": {"date": "2019-03-02"}, "lastUpdatePostDateStruct": {"date": "2023-05-06"}},
  "sponsorCollaboratorsModule": {
   "responsibleParty": {"type": "PRINCIPAL_INVESTIGATOR", "investigatorFullName": "Camille Exemple",
                        "investigatorTitle": "Professor", "investigatorAffiliation": "Institut Exemple"},
   "leadSponsor": {"name": "Institut Exemple", "class": "OTHER"},
   "collaborators": [{"name": "Exemple Pharma", "class": "INDUSTRY"}]},
  "descriptionModule": {"briefSummary": "What it is\n\nabout.", "detailedDescription": "More."},
  "conditionsModule": {"conditions": ["Lung Cancer", "Anemia"], "keywords": ["EGFR"]},
  "designModule": {"studyType": "INTERVENTIONAL", "phases": ["PHASE1", "PHASE2"],
                   "enrollmentInfo": {"count": 120, "type": "ESTIMATED"}},
  "armsInterventionsModule": {"interventions": [{"type": "DRUG", "name": "Exemplib"}]},
  "contactsLocationsModule": {
   "centralContacts": [{"name": "Ann Contact", "role": "CONTACT", "phone": "+33 1", "email": "ann@exemple.example"}],
   "overallOfficials": [{"name": "Camille Exemple, MD, PhD", "affiliation": "Institut Exemple", "role": "STUDY_CHAIR"},
                        {"name": "Medical Director", "affiliation": "Exemple Pharma", "role": "STUDY_DIRECTOR"}],
   "locations": [
    {"facility": "Hôpital Exemple", "status": "RECRUITING", "city": "Paris", "zip": "75005", "country": "France",
     "contacts": [{"name": "Dominique MODELE, Pr", "role": "PRINCIPAL_INVESTIGATOR", "email": "d@exemple.example"},
                  {"name": "Ann Contact", "role": "CONTACT", "email": "ann@exemple.example"}]},
    {"city": "Lyon", "country": "France"}]},
  "referencesModule": {"references": [{"pmid": "12345678", "type": "RESULT", "citation": "x"}, {"citation": "y"}]}},
 "derivedSection": {"conditionBrowseModule": {"meshes": [{"id": "D008175", "term": "Lung Neoplasms"}]}},
 "hasResults": false})";

TEST(ClinicalTrials, ReadsAStudy) {
  const Sink sink = read(k_study);
  EXPECT_TRUE(sink.rejects.empty());
  EXPECT_TRUE(sink.notices.empty());
  ASSERT_EQ(sink.records.size(), 1U);
  const Record& record = sink.records[0];
  EXPECT_EQ(record.kind, Kind::trial);
  EXPECT_EQ(record.key, "NCT01234567");
  EXPECT_EQ(record.date, "2023-05-06");
  const std::pair<std::string_view, Texts> wanted[] = {
      {"nct", {"NCT01234567"}},
      {"title", {"An Example in Lung Cancer|en"}},
      {"official_title", {"A Randomised Example|en"}},
      {"acronym", {"EXEMPLE"}},
      {"euct", {"2022-500014-26"}},
      {"eudract", {"2004-000446-20"}},
      {"other_ids", {"NCT00000001|type=nct", "EX-2019-01|type=sponsor", "U1111-1|type=registry"}},
      {"summary", {"What it is about.|en"}},
      {"description", {"More.|en"}},
      {"status", {"active_not_recruiting"}},
      {"phase", {"phase1", "phase2"}},
      {"type", {"interventional"}},
      {"enrolment", {"120|status=estimated"}},
      {"from", {"2019-04|status=actual"}},
      {"year", {"2019"}},
      {"primary_completion", {"2024-12-31|status=estimated"}},
      {"to", {"2025|status=estimated"}},
      {"first_posted", {"2019-03-02"}},
      {"updated", {"2023-05-06"}},
      {"sponsor", {"name:Institut Exemple|kind=other"}},
      {"collaborators", {"name:Exemple Pharma|kind=industry"}},
      {"conditions", {"Lung Cancer", "Anemia"}},
      {"tumour_types", {"Lung Cancer"}},
      {"keywords", {"EGFR"}},
      {"interventions", {"Exemplib|type=drug"}},
      {"concepts", {"Lung Neoplasms|identifier=mesh:D008175"}},
      {"publications", {"pmid:12345678|type=result"}},
      {"sites",
       {"name:Hôpital Exemple|city=Paris|country=France|status=recruiting", "name:Lyon|city=Lyon|country=France"}},
      {"investigators",
       {"Camille Exemple, MD, PhD|family=Exemple|given=Camille|suffix=MD, PhD|role=study_chair|affiliation=Institut "
        "Exemple",
        "Medical Director|collective=true|role=study_director|affiliation=Exemple Pharma",
        "Dominique MODELE, Pr|family=MODELE|given=Dominique|suffix=Pr|role=principal_investigator|affiliation=Hôpital "
        "Exemple|city=Paris|country=France"}}};
  size_t count = 0;
  for (const auto& [field, texts] : wanted) {
    EXPECT_EQ(values(record, field), texts) << field;
    count += texts.size();
  }
  EXPECT_EQ(record.values.size(), count) << "something else went in";
  // Who is a mere contact stays out, with telephone and address.
  EXPECT_EQ(registry::encode(record).find("Contact"), std::string::npos);
  EXPECT_EQ(registry::encode(record).find('@'), std::string::npos);
}

std::string small(std::string_view nct) {
  return R"({"protocolSection":{"identificationModule":{"nctId":")" + std::string(nct) + R"(","briefTitle":"T"}}})";
}

TEST(ClinicalTrials, ReadsPagesArraysAndLines) {
  const std::string two = small("NCT00000001") + ",\n" + small("NCT00000002");
  for (const std::string& text : {"{\"totalCount\":2,\"studies\":[" + two + "],\"nextPageToken\":\"x\"}",
                                  "[" + two + "]", small("NCT00000001") + "\n" + small("NCT00000002")}) {
    const Sink sink = read(text);
    ASSERT_EQ(sink.records.size(), 2U) << text;
    EXPECT_EQ(sink.records[1].key, "NCT00000002");
    EXPECT_EQ(sink.places[1].line, 2);
    EXPECT_EQ(sink.places[1].record, 2);
  }
}

TEST(ClinicalTrials, ReadsEveryStudyOfAnArchive) {
  const std::string path =
      (std::filesystem::temp_directory_path() / ("pb_ct_" + std::to_string(::getpid()) + ".zip")).string();
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
  const Texts members{small("NCT00000001"), "not a study", small("NCT00000002")};
  const char* const names[] = {"NCT00000001.json", "README.txt", "NCT00000002.json"};
  for (size_t i = 0; i < members.size(); ++i) {
    zip_file_add(archive, names[i], zip_source_buffer(archive, members[i].data(), members[i].size(), 0), 0);
  }
  ASSERT_EQ(zip_close(archive), 0);
  Sink sink;
  const Result<void> result = make_clinicaltrials_reader({})->read(path, sink);
  std::filesystem::remove(path);
  ASSERT_TRUE(result.has_value()) << result.error().message();
  EXPECT_EQ(sink.records.size(), 2U);
  EXPECT_TRUE(sink.rejects.empty());
}

TEST(ClinicalTrials, RejectsWithTheFieldAndGoesOn) {
  const Sink sink = read(
      small("NCT1") + "\n{\"FullStudy\":{}}\n" + R"({"protocolSection":{"identificationModule":{"briefTitle":"Q"}}})" +
      "\n" + R"({"protocolSection":{"identificationModule":{"nctId":"NCT00000009"}}})" + "\n" + small("NCT00000002"));
  ASSERT_EQ(sink.records.size(), 1U);
  ASSERT_EQ(sink.rejects.size(), 4U);
  EXPECT_EQ(sink.rejects[0].field, "nctId");
  EXPECT_TRUE(sink.rejects[0].error.kind().code == std::string_view("REGISTRY_IDENTIFIER_FORM"));
  EXPECT_EQ(sink.rejects[1].field, "protocolSection");
  EXPECT_EQ(sink.rejects[2].field, "nctId");
  EXPECT_EQ(sink.rejects[3].field, "briefTitle");
  EXPECT_TRUE(sink.rejects[3].error.is(errors::missing));
  EXPECT_EQ(sink.rejects[3].place.line, 4);
}

TEST(ClinicalTrials, DatesAndPhasesThatDoNotExistAreDropped) {
  const Sink sink = read(R"({"protocolSection":{"identificationModule":{"nctId":"NCT00000001","briefTitle":"T"},
    "statusModule":{"startDateStruct":{"date":"2024-02-31"},"completionDateStruct":{"date":"April 2024"}},
    "designModule":{"phases":["PHASE9","NA"]},"referencesModule":{"references":[{"pmid":"x"}]}}})");
  ASSERT_EQ(sink.records.size(), 1U);
  EXPECT_TRUE(values(sink.records[0], "from").empty());
  EXPECT_EQ(values(sink.records[0], "phase"), Texts{"not_applicable"});
  Texts fields;
  for (const Finding& notice : sink.notices) {
    fields.push_back(notice.field);
  }
  EXPECT_EQ(fields, (Texts{"from", "to", "phase", "publications"}));
}

TEST(ClinicalTrials, NamesAreTakenApartBesideWhatIsPrinted) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"Camille Exemple", "family=Exemple|given=Camille"},
      {"Prof. Camille A. Exemple MD PhD", "family=Exemple|given=Camille A.|honorific=Prof.|suffix=MD PhD"},
      {"EXEMPLE Camille", "family=EXEMPLE|given=Camille"},
      {"Camille EXEMPLE MODELE, Pr", "family=EXEMPLE MODELE|given=Camille|suffix=Pr"},
      {"Camille van der Exemple, M.D.", "family=Exemple|given=Camille|particle=van der|suffix=M.D."},
      {"Exemple", "family=Exemple"},
      {"Clinical Trials Information", "collective=true"},
      {"Exemple CT.gov Call Center", "collective=true"}};
  for (const auto& [printed, wanted] : cases) {
    Value value{std::string(printed), {}, {}};
    clinicaltrials::add_name_parts(value);
    std::string parts;
    for (const auto& [attribute, text] : value.attributes) {
      parts.append(parts.empty() ? "" : "|").append(name(attribute)).append("=").append(text);
    }
    EXPECT_EQ(parts, wanted) << printed;
    EXPECT_EQ(value.text, printed);
  }
}

}  // namespace
}  // namespace pitchblende::sources
