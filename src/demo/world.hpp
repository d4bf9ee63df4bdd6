// The invented consortium itself: who is where and works on what. Owner: demo. Values; made once, then constant.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "demo/demo.hpp"
#include "demo/names.hpp"
#include "demo/random.hpp"
#include "demo/vocabulary.hpp"

namespace pitchblende::demo {

// A member of today, in which invented teams and people are put.
struct Institution {
  std::string_view code;    // scope of its own keys
  std::string_view french;  // as its files and its authors write it
  std::string_view domain;  // of its invented e-mail addresses: under .example
  std::string_view street;
  std::string_view postal_code;
  std::string_view town;
  std::string_view site;  // of its laboratories
  std::string_view ror;
};
inline constexpr size_t k_institutions = 7;
const std::array<Institution, k_institutions>& institutions();

struct Team {
  size_t number = 0;
  std::string code;  // of its institution
  std::string french;
  std::string english;
  std::string acronym;
  std::string label;  // "UMR 9912"; often empty
  size_t institution = 0;
  std::vector<std::string_view> other_parents;  // CNRS, INSERM…
  size_t second = k_institutions;               // another member that lists it too; k_institutions: none
  size_t topic = 0;
  size_t tumour = 0;
  size_t leader = 0;
  std::vector<size_t> people;
};

struct Person {
  size_t number = 0;
  Name name;
  std::string orcid;  // of a range that ORCID does not give; often empty
  std::string e_mail;
  std::string code;  // of its institution
  size_t institution = 0;
  size_t team = 0;
  std::string_view job;  // key of a row of jobs
  int since = 2015;
  int first_paper = 2005;
  // Whoever moved: where he was before, under the name of then.
  bool moved = false;
  size_t earlier_institution = 0;
  size_t earlier_team = 0;
  int earlier_since = 0;
  std::string earlier_code;
  bool is_namesake = false;
};

struct Job {
  std::string_view key;
  std::string_view french;
  std::string_view english;
};
const std::array<Job, 7>& jobs();
const Job& job_of(const Person& person);

struct Platform {
  size_t number = 0;
  std::string code;
  std::string french;
  std::string english;
  std::string acronym;
  size_t institution = 0;
  size_t team = 0;
  std::vector<size_t> techniques;
  std::vector<size_t> managers;  // people
};

struct Equipment {
  size_t number = 0;
  std::string code;
  size_t platform = 0;
  size_t technique = 0;
  std::string make;
  std::string model;
  std::string serial;
  int acquired = 2015;
  size_t contact = 0;
};

struct Company {
  std::string code;
  std::string name;
  size_t field = 0;  // 0 biotechnology, 1 instrumentation, 2 pharmacy
  bool in_cluster = false;
  std::string town;
  int founded = 2001;
};

struct Outsider {  // an author from elsewhere
  Name name;
  uint16_t place = 0;
};

struct Amounts {
  size_t people, teams, platforms, equipment, publications, companies, outsiders, projects, trials, patents,
      partnerships, awards, events, collections;
};
Amounts amounts(Size size);

struct World {
  uint64_t seed = 0;
  Amounts size;
  std::vector<Team> teams;
  std::vector<Person> people;
  std::vector<Platform> platforms;
  std::vector<Equipment> equipment;
  std::vector<Company> companies;
  std::vector<Outsider> outsiders;
  std::vector<std::vector<size_t>> teams_of_topic;
};

World make_world(const Settings& settings);
// Whether the files of a person's institution give his ORCID.
bool says_orcid(const Person& person);
// The leader of an invented key area (2 … 7), whom the consortium's own file names by ORCID: one known by it.
size_t area_leader(const World& world, int area);

std::span<const std::string_view> places_elsewhere();

}  // namespace pitchblende::demo
