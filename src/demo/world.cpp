#include "demo/world.hpp"

#include <fmt/format.h>

#include <optional>
#include <set>

namespace pitchblende::demo {

namespace {

// « de », ou « d’ » devant une voyelle.
std::string_view elided_de(std::string_view word) {
  const bool accented = word.starts_with("é") || word.starts_with("É") || word.starts_with("œ");
  return accented || word.find_first_of("aeiouyAEIOUY") == 0 ? "d’" : "de ";
}

constexpr std::array k_institution_rows = {
    Institution{"aphp", "Assistance Publique – Hôpitaux de Paris", "aphp", "4 allée des Tilleuls", "75010", "Paris",
                "Pavillon des Tilleuls", "ror:00pg5jh14"},
    Institution{"curie", "Institut Curie", "curie", "12 passage du Radium", "75005", "Paris", "Bâtiment du Radium",
                "ror:04t0gwh46"},
    Institution{"roussy", "Institut Gustave Roussy", "roussy", "8 avenue du Belvédère", "94805", "Villejuif",
                "Bâtiment Belvédère", "ror:0321g0743"},
    Institution{"pasteur", "Institut Pasteur", "pasteur", "3 cour des Levures", "75015", "Paris", "Cour des Levures",
                "ror:0495fxg12"},
    Institution{"sorbonne", "Sorbonne Université", "sorbonne", "20 quai des Platanes", "75005", "Paris",
                "Tour des Platanes", "ror:02en5vm52"},
    Institution{"upcite", "Université Paris Cité", "upcite", "6 rue de l’Horloge-Bleue", "75006", "Paris",
                "Campus de l’Horloge-Bleue", "ror:05f82e368"},
    Institution{"ceph", "Centre d’étude du polymorphisme humain", "ceph", "2 impasse des Lilas", "75010", "Paris",
                "Maison des Lilas", ""},
};
// Of ten teams: where they are.
constexpr std::array<size_t, 20> k_spread = {0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 4, 4, 4, 5, 5, 6};

constexpr std::array k_jobs = {
    Job{"professor", "Professeur", "Professor"},
    Job{"researcher", "Directeur de recherche", "Research director"},
    Job{"researcher", "Chargée de recherche", "Research scientist"},
    Job{"physician", "Praticien hospitalier", "Physician"},
    Job{"engineer", "Ingénieur de recherche", "Research engineer"},
    Job{"post-doc", "Post-doctorant", "Postdoctoral fellow"},
    Job{"doctoral student", "Doctorante", "PhD student"},
};

constexpr std::array<std::string_view, 12> k_makes = {
    "Lumenaris", "Cytoval",          "Optherion", "Massiva",   "Photonelle", "Genolux", "Radiance Instruments",
    "Aquilon",   "Ferrotec Exemple", "Novascope", "Helioptik", "Quantiplex"};
constexpr std::array<std::string_view, 10> k_series = {"Orion", "Vega",   "Lyra",  "S",      "X",
                                                       "Nova",  "Prisma", "Delta", "Altair", "Mira"};
constexpr std::array<std::string_view, 24> k_company_heads = {
    "Oncal", "Biove", "Cellu", "Immu",    "Geno", "Nanor", "Luci", "Pharmé", "Théra", "Vecto", "Radi", "Synap",
    "Prote", "Lymph", "Micro", "Spectro", "Opti", "Adno",  "Hema", "Neur",   "Cryo",  "Kina",  "Epi",  "Molé"};
constexpr std::array<std::string_view, 18> k_company_tails = {"xis",  "lia",  "tiv", "nova", "gène",   "vance",
                                                              "thys", "dyne", "mab", "scan", "tronic", "pharm",
                                                              "lys",  "rion", "val", "zyme", "metric", "care"};
constexpr std::array<std::string_view, 10> k_towns = {"Évry-Courcouronnes",   "Romainville", "Villejuif", "Paris",
                                                      "Gif-sur-Yvette",       "Massy",       "Montreuil", "Saint-Denis",
                                                      "Boulogne-Billancourt", "Créteil"};
constexpr std::array<std::string_view, 24> k_elsewhere = {
    "Department of Oncology, University Hospital of Nordhafen, Nordhafen, Germany",
    "Centre de recherche en cancérologie du Val-Clair, Université du Val-Clair, 69000 Val-Clair, France",
    "Exemplar Cancer Centre, Exemplar City, United Kingdom",
    "Institute of Molecular Medicine, Lakeside University, Lakeside, Canada",
    "Istituto Oncologico di Montelago, Montelago, Italy",
    "Instituto de Oncología de Ríoclaro, Ríoclaro, Spain",
    "Department of Hematology, Meridian Medical School, Meridian, USA",
    "Centre hospitalier de Hauteroche, 31000 Hauteroche, France",
    "School of Medicine, Harbour University, Harbour, Australia",
    "Department of Pathology, Sakuranohara University, Sakuranohara, Japan",
    "Klinik für Onkologie, Universität Steinbrück, Steinbrück, Switzerland",
    "Laboratoire d’immunologie, Université de Belfontaine, 67000 Belfontaine, France",
    "Department of Radiotherapy, Oosterveld UMC, Oosterveld, Netherlands",
    "Cancer Biology Unit, Skogsby University, Skogsby, Sweden",
    "Division of Medical Oncology, Riverbend Clinic, Riverbend, USA",
    "Instituto de Medicina Molecular, Universidade de Vale Verde, Vale Verde, Portugal",
    "Department of Genetics, Exampleton University, Exampleton, USA",
    "Institut du cancer de Montrouvray, 34000 Montrouvray, France",
    "Academic Hospital Westmeer, Westmeer, Belgium",
    "Department of Bioinformatics, Technical University of Felsental, Felsental, Austria",
    "Center for Immunotherapy, Pinecrest Institute, Pinecrest, USA",
    "Clinical Research Unit, Glenmore Hospital, Glenmore, Ireland",
    "CHU de Port-Levant, 13000 Port-Levant, France",
    "Laboratory of Tumor Biology, Jadehill University, Jadehill, China"};

// ISO 7064 mod 11-2. ORCID gives no numbers beginning with 0099: nobody's own is printed here.
std::string invented_orcid(size_t number) {
  const std::string digits = fmt::format("0099000{:08}", number * 37 % 100'000'000);
  int total = 0;
  for (const char c : digits) {
    total = (total + (c - '0')) * 2;
  }
  const int check = (12 - total % 11) % 11;
  const std::string all = digits + (check == 10 ? "X" : std::to_string(check));
  return all.substr(0, 4) + "-" + all.substr(4, 4) + "-" + all.substr(8, 4) + "-" + all.substr(12, 4);
}

// Staff numbers as each place has them; no two people of one place share one.
std::string staff_code(size_t institution, size_t number) {
  static constexpr std::array<std::string_view, k_institutions> k_before = {"", "IC", "GR", "P-", "SU", "", "F"};
  return fmt::format("{}{:06}", k_before[institution], (number + 1) * (7919 + institution * 2) % 1'000'003);
}

class Maker {
 public:
  explicit Maker(const Settings& settings) : m_random(settings.seed, 1) {
    m_world.seed = settings.seed;
    m_world.size = amounts(settings.size);
    m_world.teams_of_topic.resize(topics().size());
  }

  World make() {
    companies();
    teams();
    people();
    leaders();
    platforms();
    equipment();
    for (size_t at = 0; at < m_world.size.outsiders; ++at) {
      m_world.outsiders.push_back({invented_name(m_random), static_cast<uint16_t>(m_random.below(k_elsewhere.size()))});
    }
    return std::move(m_world);
  }

 private:
  void companies() {
    std::set<std::string> taken;
    while (m_world.companies.size() < m_world.size.companies) {
      const size_t number = m_world.companies.size();
      Company company;
      company.name = std::string(m_random.pick(k_company_heads)).append(m_random.pick(k_company_tails));
      if (number >= 200) {
        company.name.append(" ").append(m_random.pick(k_company_tails).substr(0, 3));
        company.name[company.name.size() - 3] = static_cast<char>(company.name[company.name.size() - 3] - 32);
      }
      if (!taken.insert(company.name).second) {
        continue;
      }
      company.code = fmt::format("E{:03}", number + 1);
      company.field = number % 3;
      company.in_cluster = m_random.chance(45);
      company.town = m_random.pick(k_towns);
      company.founded = m_random.between(1985, 2006);
      m_world.companies.push_back(std::move(company));
    }
  }

  void names_of(Team& team, const Topic& topic, const Tumour& tumour, int form) const {
    const std::string_view aspect_fr = topic.subjects_french[team.number % topic.subjects_french.size()];
    const std::string_view aspect_en = topic.subjects_english[team.number % topic.subjects_english.size()];
    switch (form) {
      case 0:
        team.french = fmt::format("{} et {}", topic.french, tumour.french);
        team.english = fmt::format("{} and {}", topic.english, tumour.english);
        break;
      case 1:
        team.french = fmt::format("{} : {} dans {}", topic.french, aspect_fr, tumour.french_the);
        team.english = fmt::format("{}: {} in {}", topic.english, aspect_en, tumour.english);
        break;
      default:
        team.french = fmt::format("{} – {}, groupe {}", topic.french, tumour.french, form);
        team.english = fmt::format("{} – {}, group {}", topic.english, tumour.english, form);
    }
  }

  void teams() {
    std::set<std::string> taken;
    for (size_t number = 0; number < m_world.size.teams; ++number) {
      Team team;
      team.number = number;
      team.institution = m_random.pick(k_spread);
      team.topic = number < topics().size() ? number : m_random.below(topics().size());
      const Topic& topic = topics()[team.topic];
      team.tumour = m_random.below(tumours().size());
      for (int form = m_random.chance(60) ? 0 : 1;; ++form) {
        names_of(team, topic, tumours()[team.tumour], form);
        if (taken.insert(team.french).second) {
          break;
        }
      }
      team.code = fmt::format("EQ{:04}", number + 1);
      team.acronym = capitals(without_accents(topic.english.substr(0, 3))) + fmt::format("{:02}", number + 1);
      if (m_random.chance(45)) {
        team.label = fmt::format("UMR {}", 99'000 + number);
        team.other_parents.emplace_back("CNRS");
        if (m_random.chance(50)) {
          team.other_parents.emplace_back("INSERM");
        }
      } else if (m_random.chance(50)) {
        team.label = fmt::format("U {}", 90'000 + number);
        team.other_parents.emplace_back("INSERM");
      } else if (m_random.chance(20)) {
        team.other_parents.emplace_back(m_random.chance(50) ? "CEA" : "ESPCI");
      }
      if (!team.label.empty() && m_random.chance(25)) {
        team.second = (team.institution + 1 + m_random.below(k_institutions - 1)) % k_institutions;
      }
      m_world.teams_of_topic[team.topic].push_back(number);
      m_world.teams.push_back(std::move(team));
    }
  }

  void person(size_t number) {
    Person person;
    person.number = number;
    person.name = invented_name(m_random);
    Team& team = m_world.teams[number < m_world.teams.size() ? number : m_random.below(m_world.teams.size())];
    person.institution = team.institution;
    person.team = team.number;
    if (number > 40 && m_random.chance(4)) {
      const Person& other = m_world.people[m_random.below(number)];
      if (other.institution != person.institution && !other.is_namesake) {
        person.name = other.name;
        person.name.birth.clear();
        person.is_namesake = true;
      }
    }
    const size_t job = number < m_world.teams.size() ? m_random.below(3) : 2 + m_random.below(5);
    person.job = k_jobs[job].french;
    person.since = m_random.between(job < 4 ? 2004 : 2017, 2024);
    person.first_paper = person.since - m_random.between(0, 8);
    person.orcid = m_random.chance(45) ? invented_orcid(number + 1) : std::string();
    person.code = staff_code(person.institution, number);
    person.e_mail = fmt::format("{}{}@{}.example", e_mail_part(person.name), person.is_namesake ? "2" : "",
                                institutions()[person.institution].domain);
    if (!m_mails.insert(person.e_mail).second) {
      person.e_mail.insert(person.e_mail.find('@'), fmt::format("{}", number));
    }
    if (person.since > 2010 && m_random.chance(9)) {
      move(person);
    }
    team.people.push_back(number);
    m_world.people.push_back(std::move(person));
  }

  void move(Person& person) {
    const Team& before = m_world.teams[m_random.below(m_world.teams.size())];
    if (before.institution == person.institution) {
      return;
    }
    person.moved = true;
    person.earlier_institution = before.institution;
    person.earlier_team = before.number;
    person.earlier_since = person.since - m_random.between(2, 7);
    person.earlier_code = staff_code(before.institution, person.number + 500'000);
    person.first_paper = person.earlier_since;
    person.orcid = invented_orcid(person.number + 1);
  }

  void people() {
    for (size_t number = 0; number < m_world.size.people; ++number) {
      person(number);
    }
  }

  void leaders() {
    for (Team& team : m_world.teams) {
      team.leader = team.people.front();
      m_world.people[team.leader].orcid = invented_orcid(team.leader + 1);
    }
  }

  void platforms() {
    for (size_t number = 0; number < m_world.size.platforms; ++number) {
      Platform platform;
      platform.number = number;
      platform.code = fmt::format("PF{:03}", number + 1);
      const size_t main = number * 3 % techniques().size();
      const Team& team = m_world.teams[(number * 7 + main) % m_world.teams.size()];
      platform.team = team.number;
      platform.institution = number < k_institutions ? number : team.institution;
      platform.techniques = {main, (main + 1) % techniques().size(), (main + 2) % techniques().size()};
      const Technique& technique = techniques()[main];
      const Institution& institution = institutions()[platform.institution];
      platform.french =
          fmt::format("Plateforme {}{} – {}{}", elided_de(technique.french), technique.french, institution.site,
                      number < techniques().size() ? "" : fmt::format(" {}", number + 1));
      platform.english = fmt::format("{} platform – {}{}", technique.english, institution.site,
                                     number < techniques().size() ? "" : fmt::format(" {}", number + 1));
      platform.english[0] = static_cast<char>(std::toupper(platform.english[0]));
      platform.acronym = fmt::format("{}-{}", capitals(technique.key.substr(0, 4)), number + 1);
      const std::vector<size_t>& own = team.institution == platform.institution ? team.people : anybody(platform);
      platform.managers.push_back(own[number % own.size()]);
      if (m_random.chance(40) && own.size() > 1) {
        platform.managers.push_back(own[(number + 1) % own.size()]);
      }
      m_world.platforms.push_back(std::move(platform));
    }
  }

  const std::vector<size_t>& anybody(const Platform& platform) const {
    for (const Team& team : m_world.teams) {
      if (team.institution == platform.institution) {
        return team.people;
      }
    }
    return m_world.teams.front().people;
  }

  void equipment() {
    for (size_t number = 0; number < m_world.size.equipment; ++number) {
      Equipment item;
      item.number = number;
      item.code = fmt::format("AP{:05}", number + 1);
      item.platform = number % m_world.platforms.size();
      const Platform& platform = m_world.platforms[item.platform];
      item.technique = platform.techniques[number / m_world.platforms.size() % platform.techniques.size()];
      item.make = m_random.pick(k_makes);
      item.model = fmt::format("{} {}", m_random.pick(k_series), m_random.between(1, 90) * 10);
      item.serial = fmt::format("SN{:07}", number * 7919 % 9'999'991 + 1);
      item.acquired = m_random.between(2009, 2025);
      item.contact = platform.managers.front();
      m_world.equipment.push_back(std::move(item));
    }
  }

  Random m_random;
  World m_world;
  std::set<std::string> m_mails;
};

}  // namespace

const std::array<Institution, k_institutions>& institutions() { return k_institution_rows; }
const std::array<Job, 7>& jobs() { return k_jobs; }

const Job& job_of(const Person& person) {
  for (const Job& job : k_jobs) {
    if (job.french == person.job) {
      return job;
    }
  }
  return k_jobs.front();
}

Amounts amounts(Size size) {
  if (size == Size::small) {
    return {300, 60, 12, 60, 1'500, 50, 900, 24, 18, 12, 64, 16, 8, 6};
  }
  return {10'000, 1'000, 300, 5'000, 200'000, 300, 60'000, 400, 300, 200, 380, 250, 80, 60};
}

World make_world(const Settings& settings) { return Maker(settings).make(); }

bool says_orcid(const Person& person) { return person.moved || person.number % 3 != 0; }

size_t area_leader(const World& world, int area) {
  std::optional<size_t> first;
  for (const Team& team : world.teams) {
    if (topics()[team.topic].area == area) {
      if (says_orcid(world.people[team.leader])) {
        return team.leader;
      }
      first = first.value_or(team.leader);
    }
  }
  return first.value_or(0);
}

std::span<const std::string_view> places_elsewhere() { return k_elsewhere; }

}  // namespace pitchblende::demo
