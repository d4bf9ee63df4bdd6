#include <fmt/format.h>

#include "demo/files.hpp"
#include "demo/phrases.hpp"

namespace pitchblende::demo {

namespace {

std::string study_json(const World& world, Random& random, size_t number, Output& out) {
  static constexpr std::array<std::string_view, 4> k_states = {"RECRUITING", "ACTIVE_NOT_RECRUITING", "COMPLETED",
                                                               "NOT_YET_RECRUITING"};
  static constexpr std::array<std::string_view, 4> k_phases = {"PHASE1", "PHASE2", "PHASE3", "NA"};
  const Team& team = world.teams[random.below(world.teams.size())];
  const Institution& at = institutions()[team.institution];
  const Study study = study_of(random, team.topic, team.tumour);
  const Person& leader = world.people[team.leader];
  const std::string nct = fmt::format("NCT{:08}", 99'000'000 + number);
  const std::string title =
      fmt::format("{} in Patients With {}", capitalised(study.topic.english), capitalised(study.tumour.english));
  const int year = random.between(2014, 2025);
  out.truth("trials", nct, fmt::format("trial:{}", number));
  out.truth_lines(fmt::format("trials,{},1,person:{}\n", nct, leader.number));
  return fmt::format(
      R"({{"protocolSection":{{"identificationModule":{{"nctId":"{}","orgStudyIdInfo":{{"id":"DEMO-{:04}"}},)"
      R"("organization":{{"fullName":"{}","class":"OTHER"}},"briefTitle":"{}","officialTitle":"{}: an Invented Study",)"
      R"("acronym":"DEMO{:02}"}},"statusModule":{{"overallStatus":"{}","startDateStruct":{{"date":"{}-{:02}"}},)"
      R"("completionDateStruct":{{"date":"{}-12"}},"lastUpdatePostDateStruct":{{"date":"2026-01-15"}}}},)"
      R"("sponsorCollaboratorsModule":{{"leadSponsor":{{"name":"{}","class":"OTHER"}}}},)"
      R"("descriptionModule":{{"briefSummary":"Invented for the demonstration. The study measures {} by {} in patients with {}."}},)"
      R"("conditionsModule":{{"conditions":["{}"],"keywords":["{}","{}"]}},)"
      R"("designModule":{{"studyType":"INTERVENTIONAL","phases":["{}"],"enrollmentInfo":{{"count":{}}}}},)"
      R"("contactsLocationsModule":{{"overallOfficials":[{{"name":"{}, MD, PhD","affiliation":"{}","role":"PRINCIPAL_INVESTIGATOR"}}],)"
      R"("locations":[{{"facility":"{}","city":"{}","country":"France"}}]}}}}}})",
      nct, number + 1, at.french, title, title, number + 1, k_states[number % 4], year, number % 12 + 1, year + 4,
      at.french, study.topic.subjects_english[study.subject], study.technique.english, study.tumour.english,
      capitalised(study.tumour.english), study.topic.english, study.technique.english, k_phases[number % 4],
      random.between(20, 600), given_first(leader.name), at.french, at.french, at.town);
}

}  // namespace

Result<void> write_trials(const World& world, Output& out) {
  Random random(world.seed, 5);
  std::string text = "{\"studies\":[\n";
  for (size_t number = 0; number < world.size.trials; ++number) {
    text += study_json(world, random, number, out) + ",\n";
  }
  // Wrong on purpose: a study without its number.
  text += R"({"protocolSection":{"identificationModule":{"briefTitle":"A Study Without a Number"}}}])"
          "\n}\n";
  out.add(source_of("trials", "clinicaltrials", "", "trials/studies.json"));
  return out.file("trials/studies.json", text);
}

}  // namespace pitchblende::demo
