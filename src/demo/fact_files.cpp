#include <fmt/format.h>

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
  return out.table(own("gip-organisations", "organismes.toml", "gip/organismes.csv"), "gip/organismes.csv", table, {});
}

Result<void> areas(const World& world, Output& out) {
  Table table;
  table.columns = {{"Code", ""},
                   {"Axe", ""},
                   {"Nom anglais", ""},
                   {"Période", ""},
                   {"Période en anglais", ""},
                   {"Matricule du responsable", ""},
                   {"ORCID du responsable", ""},
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
    table.rows.push_back({std::string(area.code), std::string(area.french), std::string(area.english),
                          std::string(k_period_french), std::string(k_period_english),
                          real ? std::string(fact_person().code) : std::string(),
                          real ? std::string() : world.people[area_leader(world, area.number)].orcid, members,
                          std::string(area.aim_french), std::string(area.aim_english), "GIP"});
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
