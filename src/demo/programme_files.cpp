#include <fmt/format.h>

#include "demo/facts.hpp"
#include "demo/files.hpp"
#include "demo/phrases.hpp"

namespace pitchblende::demo {

namespace {

class Files {
 public:
  Files(const World& world, Output& out) : m_world(world), m_out(out), m_random(world.seed, 4) {}

  Result<void> projects() {
    Table table;
    table.columns = {
        {"Code", ""},           {"Acronyme", ""},  {"Titre", ""},     {"Titre anglais", ""}, {"Résumé", ""},
        {"Résumé anglais", ""}, {"Programme", ""}, {"Financeur", ""}, {"Porteur", ""},       {"Partenaires", ""},
        {"Rôles", ""},          {"Montant", ""},   {"Début", ""},     {"Fin", ""},           {"Axe", ""},
        {"Mots-clés", ""}};
    for (size_t number = 0; number < m_world.size.projects; ++number) {
      const Team& team = any_team();
      const Team& other = partner_of(team);
      const Study study = study_of(m_random, team.topic, team.tumour);
      const std::string code = fmt::format("PRJ-{:04}", number + 1);
      const int year = m_random.between(2014, 2025);
      std::string partners = fmt::format("{}|{}", team.french, institutions()[team.institution].french);
      std::string roles = "coordinator|partner";
      if (other.number != team.number) {
        partners += "|" + other.french;
        roles += "|partner";
      }
      table.rows.push_back({code, acronym(study, number), french_title(m_random, study),
                            english_project_title(m_random, study), french_abstract(m_random, study),
                            english_project_abstract(m_random, study),
                            number % 2 == 0 ? "Émergence (inventé)" : "Structurant (inventé)",
                            "Cancéropôle Île-de-France", given_first(m_world.people[team.leader].name), partners, roles,
                            fmt::format("{} €", m_random.between(30, 400) * 1000), fmt::format("01/09/{}", year),
                            fmt::format("31/08/{}", year + 3), fmt::format("AXE{}", study.topic.area),
                            fmt::format("{}|{}|{}", study.topic.french, study.tumour.french, study.technique.french)});
      m_out.truth("gip-projects", code, fmt::format("project:{}", number));
      m_out.truth_lines(fmt::format("gip-projects,{},1,person:{}\n", code, team.leader));
    }
    return table_of("gip-projects", "projets.toml", "gip/projets.csv", table);
  }

  Result<void> awards() {
    Table table;
    table.columns = {{"N° de dossier", ""},   {"Code AAP", ""},  {"Appel à projets", ""},
                     {"Année", ""},           {"Ouverture", ""}, {"Clôture", ""},
                     {"Acronyme", ""},        {"Titre", ""},     {"Titre anglais", ""},
                     {"Montant accordé", ""}, {"Lauréat", ""},   {"Équipe", ""},
                     {"Établissement", ""},   {"Axe", ""}};
    for (size_t number = 0; number < m_world.size.awards; ++number) {
      const Team& team = any_team();
      const Study study = study_of(m_random, team.topic, team.tumour);
      const int year = 2016 + static_cast<int>(number % 10);
      const bool emergence = number % 2 == 0;
      const std::string code = fmt::format("LAU-{:04}", number + 1);
      table.rows.push_back(
          {code, fmt::format("{}-{}", emergence ? "EMERG" : "STRUCT", year),
           fmt::format("Appel {} {} (inventé)", emergence ? "Émergence" : "Équipements structurants", year),
           std::to_string(year), fmt::format("15/01/{}", year), fmt::format("31/03/{}", year),
           acronym(study, number + 7), french_title(m_random, study), english_project_title(m_random, study),
           fmt::format("{} €", m_random.between(20, 150) * 1000), family_first(m_world.people[team.leader].name),
           team.french, std::string(institutions()[team.institution].french),
           std::string(fact_areas()[static_cast<size_t>(study.topic.area - 1)].french)});
      m_out.truth("gip-awards", code, fmt::format("award:{}", number));
      m_out.truth_lines(fmt::format("gip-awards,{},1,person:{}\n", code, team.leader));
    }
    return table_of("gip-awards", "calls", "gip/laureats.csv", table);
  }

  Result<void> events() {
    Table table;
    table.columns = {{"Code", ""}, {"Titre", ""}, {"Titre anglais", ""}, {"Présentation", ""}, {"Début", ""},
                     {"Fin", ""},  {"Lieu", ""},  {"Organisateurs", ""}, {"Axe", ""}};
    for (size_t number = 0; number < m_world.size.events; ++number) {
      const Topic& topic = topics()[(number * 5) % topics().size()];
      const int year = 2024 + static_cast<int>(number % 3);
      const std::string code = fmt::format("EV{:03}", number + 1);
      const std::string day = fmt::format("{:02}/{:02}/{}", number % 27 + 1, number % 12 + 1, year);
      table.rows.push_back(
          {code, fmt::format("Journée {} {}", topic.french, year), fmt::format("{} day {}", topic.english, year),
           "Journée ouverte à toutes les équipes du groupement et à ses partenaires (inventée).", day, day,
           fmt::format("{}, Paris", institutions()[number % k_institutions].site),
           std::string(institutions()[number % k_institutions].french), fmt::format("AXE{}", topic.area)});
      m_out.truth("gip-events", code, fmt::format("event:{}", number));
    }
    return table_of("gip-events", "evenements.toml", "gip/evenements.csv", table);
  }

  Result<void> collections() {
    Table table;
    table.columns = {
        {"Code", ""},       {"Nom", ""},          {"Nom anglais", ""}, {"Présentation", ""}, {"Matériels", ""},
        {"Maladies", ""},   {"Échantillons", ""}, {"Donneurs", ""},    {"Température", ""},  {"Conditions d’accès", ""},
        {"Dépositaire", ""}};
    for (size_t number = 0; number < m_world.size.collections; ++number) {
      const Tumour& tumour = tumours()[number % tumours().size()];
      const Institution& at = institutions()[number / tumours().size() % k_institutions];
      const std::string code = fmt::format("CB{:03}", number + 1);
      const int donors = m_random.between(80, 4000);
      table.rows.push_back(
          {code, fmt::format("Collection {} – {}", tumour.french, at.site),
           fmt::format("{} collection – {}", capitalised(tumour.english), at.site),
           fmt::format("Échantillons de patients atteints {} (collection inventée).", tumour.french_of),
           number % 2 == 0 ? "tumeur congelée|plasma|ADN" : "tumeur en paraffine|sang total|sérum",
           fmt::format("{}|{}", tumour.french, tumour.english), std::to_string(donors * 3), std::to_string(donors),
           number % 2 == 0 ? "-80 °C|-196 °C" : "température ambiante|-80 °C",
           "Sur avis du comité d’accès, pour un projet de recherche.", std::string(at.french)});
      m_out.truth("gip-collections", code, fmt::format("collection:{}", number));
    }
    return table_of("gip-collections", "collections.toml", "gip/collections.csv", table);
  }

 private:
  const Team& any_team() { return m_world.teams[m_random.below(m_world.teams.size())]; }
  const Team& partner_of(const Team& team) { return m_world.teams[m_random.pick(m_world.teams_of_topic[team.topic])]; }
  static std::string acronym(const Study& study, size_t number) {
    const std::string topic = capitals(without_accents(study.topic.english));
    const std::string tumour = capitals(without_accents(study.tumour.english));
    return fmt::format("{}{}{}", topic.substr(0, 3), tumour.substr(0, 3), number + 1);
  }
  Result<void> table_of(const std::string& name, const std::string& format, const std::string& file,
                        const Table& table) {
    Source source = source_of(name, format, "gip", file);
    source.trust = 80;
    return m_out.table(std::move(source), file, table, {});
  }

  const World& m_world;
  Output& m_out;
  Random m_random;
};

}  // namespace

Result<void> write_programmes(const World& world, Output& out) {
  Files files(world, out);
  TRY(files.projects());
  TRY(files.awards());
  TRY(files.events());
  return files.collections();
}

}  // namespace pitchblende::demo
