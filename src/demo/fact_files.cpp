#include <fmt/format.h>

#include <array>

#include "demo/demo_files.hpp"
#include "demo/facts.hpp"
#include "demo/files.hpp"

namespace pitchblende::demo {

namespace {

Source own(std::string name, std::string format, std::string file) {
  Source source = source_of(std::move(name), std::move(format), "gip", std::move(file));
  source.trust = 90;
  return source;
}

// How many partners there are today is a fact; which ones is not said: these are invented.
struct InventedPartner {
  std::string_view code;
  std::string_view french;
  std::string_view english;
  std::string_view type;
};
constexpr std::array<InventedPartner, 14> k_partners = {{
    {"PART01", "Hôpital des Deux-Rives", "Deux-Rives Hospital", "hospital"},
    {"PART02", "Hôpital du Clos-Fictif", "Clos-Fictif Hospital", "hospital"},
    {"PART03", "Centre hospitalier de Val-Supposé", "Val-Supposé Hospital Centre", "hospital"},
    {"PART04", "Clinique universitaire de l’Exemple", "University Clinic of the Example", "hospital"},
    {"PART05", "Centre anticancéreux des Peupliers inventés", "Invented Poplars Cancer Centre", "cancer_centre"},
    {"PART06", "Université de Démoville-Nord", "Démoville-Nord University", "university"},
    {"PART07", "Université du Plateau imaginaire", "University of the Imaginary Plateau", "university"},
    {"PART08", "École supposée d’ingénierie du vivant", "Supposed School of Bioengineering", "university"},
    {"PART09", "Institut fictif de radiobiologie", "Fictional Institute of Radiobiology", "research_body"},
    {"PART10", "Institut hypothétique de biostatistique", "Hypothetical Institute of Biostatistics", "research_body"},
    {"PART11", "Centre imaginaire de chimie médicinale", "Imaginary Centre for Medicinal Chemistry", "research_body"},
    {"PART12", "Fondation démonstrative contre le cancer", "Demonstration Cancer Foundation", "foundation"},
    {"PART13", "Association inventée des patients", "Invented Association of Patients", "association"},
    {"PART14", "Agence régionale supposée de santé publique", "Supposed Regional Public Health Agency", "authority"},
}};

void invented_partners(Table& table, Output& out) {
  for (const InventedPartner& each : k_partners) {
    std::vector<std::string> row(table.columns.size());
    row[0] = each.code;
    row[1] = each.french;
    row[2] = each.english;
    row[5] = each.type;
    row[6] = "partner";
    row[13] = "Partenaire inventé pour la démonstration.";
    row[14] = "Partner invented for the demonstration.";
    table.rows.push_back(std::move(row));
    out.truth("gip-organisations", each.code, fmt::format("organisation:{}", each.code));
  }
}

Result<void> organisations(Output& out) {
  Table table;
  table.columns = {{"Code", ""},
                   {"Nom", ""},
                   {"Nom anglais", ""},
                   {"Sigle", ""},
                   {"ROR", ""},
                   {"Type", ""},
                   {"Rôle", ""},
                   {"Depuis", ""},
                   {"Devenu", ""},
                   {"Fait partie de", ""},
                   {"Création", ""},
                   {"Forme juridique", ""},
                   {"Forme juridique en anglais", ""},
                   {"Présentation", ""},
                   {"Présentation en anglais", ""}};
  for (const FactOrganisation& each : fact_organisations()) {
    const bool is_group = each.code == "GIP";
    std::vector<std::string> row;
    for (const std::string_view cell : {each.code, each.french, each.english, each.acronym, each.ror, each.type,
                                        each.roles, each.since, each.successors, each.parents}) {
      row.emplace_back(cell);
    }
    row.emplace_back(is_group ? "2007" : "");
    row.emplace_back(is_group ? "groupement d’intérêt public" : "");
    row.emplace_back(is_group ? "public interest group" : "");
    row.emplace_back(each.about_french);
    row.emplace_back(each.about_english);
    table.rows.push_back(std::move(row));
    out.truth("gip-organisations", each.code, fmt::format("organisation:{}", each.code));
    if (!each.ror.empty()) {
      out.truth("ror", fmt::format("ror:{}", each.ror), fmt::format("organisation:{}", each.code));
    }
  }
  invented_partners(table, out);
  return out.table(own("gip-organisations", "organismes.toml", "gip/organismes.csv"), "gip/organismes.csv", table, {});
}

// Invented, as those who lead are: the source gives the first area's leader no dates.
constexpr std::string_view k_mandate_begins = "2025-01-01";
constexpr std::string_view k_mandate_ends = "2027-12-31";

Result<void> areas(const World& world, Output& out) {
  Table table;
  table.columns = {{"Code", ""},
                   {"Axe", ""},
                   {"Nom anglais", ""},
                   {"Période", ""},
                   {"Période en anglais", ""},
                   {"Matricule du responsable", ""},
                   {"ORCID du responsable", ""},
                   {"Mandat depuis", ""},
                   {"Mandat jusqu’au", ""},
                   {"Équipes", ""},
                   {"Objectifs", ""},
                   {"Objectifs en anglais", ""},
                   {"Groupement", ""}};
  for (const FactArea& area : fact_areas()) {
    std::string members(area.number == 1 ? fact_person().unit_french : "");
    for (const Team& team : world.teams) {
      if (topics()[team.topic].area == area.number) {
        members += members.empty() ? "" : "|";
        members += team.french;
      }
    }
    const bool real = area.number == 1;
    table.rows.push_back(
        {std::string(area.code), std::string(area.french), std::string(area.english), std::string(k_period_french),
         std::string(k_period_english), real ? std::string(fact_person().code) : std::string(),
         real ? std::string() : world.people[area_leader(world, area.number)].orcid,
         real ? std::string() : std::string(k_mandate_begins), real ? std::string() : std::string(k_mandate_ends),
         members, std::string(area.aim_french), std::string(area.aim_english), "GIP"});
    out.truth("gip-areas", area.code, fmt::format("group:{}", area.code));
  }
  return out.table(own("gip-areas", "axes.toml", "gip/axes.csv"), "gip/axes.csv", table, {});
}

Result<void> leader_of_the_first_area(Output& out) {
  const FactPerson& real = fact_person();
  const Table person{
      {},
      {{"Matricule", ""}, {"Nom", ""}, {"Prénom", ""}, {"Label unité", ""}, {"Établissement", ""}, {"Fonction", ""}},
      {{std::string(real.code), std::string(real.family), std::string(real.given), std::string(real.unit),
        std::string(real.university), std::string(real.title)}}};
  TRY(out.table(own("gip-people", "people", "gip/responsables.csv"), "gip/responsables.csv", person, {}));
  out.truth("gip-people", real.code, "person:real");
  const Table team{{},
                   {{"Code équipe", ""}, {"Intitulé", ""}, {"Nom anglais", ""}, {"Label", ""}, {"Tutelles", ""}},
                   {{"UMRS543", std::string(real.unit_french), std::string(real.unit_english), std::string(real.unit),
                     std::string(real.university)}}};
  out.truth("gip-teams", "UMRS543", "team:real");
  return out.table(own("gip-teams", "teams", "gip/unites.csv"), "gip/unites.csv", team, {});
}

Result<void> sites(Output& out) {
  Table table;
  table.columns = {{"Code", ""},        {"Site", ""},    {"Adresse", ""},
                   {"Code postal", ""}, {"Commune", ""}, {"Établissement", ""}};
  for (const Institution& each : institutions()) {
    const std::string code = fmt::format("SITE-{}", each.code);
    table.rows.push_back({code, std::string(each.site), std::string(each.street), std::string(each.postal_code),
                          std::string(each.town), std::string(each.french)});
    out.truth("gip-sites", code, fmt::format("site:{}", each.code));
  }
  return out.table(own("gip-sites", "sites.toml", "gip/sites.csv"), "gip/sites.csv", table, {});
}

}  // namespace

Result<void> write_facts(const World& world, Output& out) {
  TRY(organisations(out));
  TRY(areas(world, out));
  TRY(leader_of_the_first_area(out));
  TRY(sites(out));
  for (const auto& file : embedded::demo_files()) {
    if (file.path.ends_with("ror.json")) {
      Source ror = source_of("ror", "ror", "", "ror/organisations.json");
      ror.trust = 70;
      out.add(std::move(ror));
      TRY(out.file("ror/organisations.json", file.text));
    }
  }
  return {};
}

}  // namespace pitchblende::demo
