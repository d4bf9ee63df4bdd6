#include <fmt/format.h>

#include "demo/facts.hpp"
#include "demo/files.hpp"
#include "demo/phrases.hpp"

namespace pitchblende::demo {

namespace {

constexpr size_t k_partners = 50;  // companies that have a programme with the group
constexpr std::array<std::string_view, 3> k_fields = {"biotechnologie", "instrumentation", "pharmacie"};
constexpr std::array<std::string_view, 4> k_kinds = {"recherche", "preuve de concept", "thèse", "mise à disposition"};

class Files {
 public:
  Files(const World& world, Output& out) : m_world(world), m_out(out), m_random(world.seed, 3) {}

  Result<void> companies() {
    Table table;
    table.columns = {{"Code", ""},  {"Raison sociale", ""}, {"Domaine", ""}, {"Taille", ""},      {"Création", ""},
                     {"Ville", ""}, {"Pays", ""},           {"Pôle", ""},    {"Présentation", ""}};
    static constexpr std::array<std::string_view, 3> k_sizes = {"TPE", "PME", "ETI"};
    for (const Company& each : m_world.companies) {
      table.rows.push_back({each.code, each.name, std::string(k_fields[each.field]),
                            std::string(m_random.pick(k_sizes)), std::to_string(each.founded), each.town, "France",
                            each.in_cluster ? "Medicen Paris Region" : "",
                            fmt::format("Entreprise inventée pour la démonstration ({}).", k_fields[each.field])});
      m_out.truth("gip-companies", each.code, fmt::format("organisation:company-{}", each.code));
    }
    return table_of("gip-companies", "companies", "gip/entreprises.csv", table);
  }

  Result<void> partnerships() {
    Table table;
    table.columns = {{"Référence", ""}, {"Intitulé", ""},   {"Type de partenariat", ""},
                     {"Domaine", ""},   {"Entreprise", ""}, {"Établissement", ""},
                     {"Équipe", ""},    {"Axe", ""},        {"Responsable", ""},
                     {"Début", ""},     {"Fin", ""},        {"Montant", ""},
                     {"Résumé", ""}};
    for (size_t number = 0; number < m_world.size.partnerships; ++number) {
      // Each of the fifty has one; further ones go to them too.
      const Company& company = m_world.companies[number < k_partners ? number : m_random.below(k_partners)];
      const Team& team = m_world.teams[m_random.below(m_world.teams.size())];
      const Study study = study_of(m_random, team.topic, team.tumour);
      const std::string code = fmt::format("CV{:04}", number + 1);
      const int year = m_random.between(2008, 2025);
      table.rows.push_back({code, fmt::format("{} : {} ({})", company.name, study.topic.french, study.tumour.french),
                            std::string(k_kinds[number % k_kinds.size()]), std::string(k_fields[company.field]),
                            company.name, std::string(institutions()[team.institution].french), team.french,
                            area_name(study.topic.area), given_first(m_world.people[team.leader].name),
                            fmt::format("01/{:02}/{}", number % 12 + 1, year),
                            fmt::format("31/12/{}", year + m_random.between(2, 4)),
                            fmt::format("{} €", m_random.between(40, 900) * 1000),
                            fmt::format("Partenariat inventé. {}.", french_title(m_random, study))});
      m_out.truth("gip-partnerships", code, fmt::format("partnership:{}", number));
    }
    return table_of("gip-partnerships", "partnerships", "gip/conventions.csv", table);
  }

  Result<void> patents() {
    Table table;
    table.columns = {{"Référence", ""},
                     {"Numéro de publication", ""},
                     {"Titre", ""},
                     {"Titre anglais", ""},
                     {"Déposants", ""},
                     {"Inventeurs", ""},
                     {"Date de dépôt", ""},
                     {"Statut", ""},
                     {"Axe", ""}};
    for (size_t number = 0; number < m_world.size.patents; ++number) {
      const Team& team = m_world.teams[m_random.below(m_world.teams.size())];
      const Study study = study_of(m_random, team.topic, team.tumour);
      std::string inventors;
      for (size_t each = 0; each < std::min<size_t>(3, team.people.size()); ++each) {
        inventors += inventors.empty() ? "" : " / ";
        inventors += family_first(m_world.people[team.people[each]].name);
      }
      std::string applicants(institutions()[team.institution].french);
      if (number % 2 == 0) {
        applicants += "; " + m_world.companies[m_random.below(k_partners)].name;
      }
      const std::string code = fmt::format("B{:04}", number + 1);
      table.rows.push_back({code, fmt::format("FR{}", 9'900'000 + number),
                            fmt::format("Procédé pour mesurer {} dans {}", subject(study), study.tumour.french_the),
                            fmt::format("Method for measuring {} in {}", study.topic.subjects_english[study.subject],
                                        study.tumour.english),
                            applicants, inventors, fmt::format("15/{:02}/{}", number % 12 + 1, 2010 + number % 15),
                            number % 3 == 0 ? "délivré" : "en cours", area_name(study.topic.area)});
      m_out.truth("gip-patents", code, fmt::format("patent:{}", number));
      for (size_t each = 0; each < std::min<size_t>(3, team.people.size()); ++each) {
        m_out.truth_lines(fmt::format("gip-patents,{},{},person:{}\n", code, each + 1, team.people[each]));
      }
    }
    return table_of("gip-patents", "patents", "gip/brevets.csv", table);
  }

 private:
  static std::string_view subject(const Study& study) { return study.topic.subjects_french[study.subject]; }
  static std::string area_name(int area) { return std::string(fact_areas()[static_cast<size_t>(area - 1)].french); }
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

Result<void> write_companies(const World& world, Output& out) {
  Files files(world, out);
  TRY(files.companies());
  TRY(files.partnerships());
  return files.patents();
}

}  // namespace pitchblende::demo
