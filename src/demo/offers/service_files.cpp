// What platforms offer and what their instruments have measured: each member's own files.
#include <fmt/format.h>

#include <algorithm>

#include "demo/files.hpp"
#include "demo/phrases.hpp"

namespace pitchblende::demo {

namespace {

Result<void> write_table(Output& out, const Institution& at, std::string_view kind, std::string_view mapping,
                         const Table& table) {
  if (table.rows.empty()) {
    return {};
  }
  const std::string file = fmt::format("{}/{}", at.code, mapping.substr(0, mapping.find('.'))) + ".csv";
  Source source = source_of(fmt::format("{}-{}", at.code, kind), std::string(mapping), std::string(at.code), file);
  source.institution_ref = at.ror;
  source.trust = 60;
  return out.table(std::move(source), file, table, {});
}

Result<void> services(const World& world, size_t institution, Output& out) {
  const Institution& at = institutions()[institution];
  Table table;
  table.columns = {
      {"Code", ""},       {"Nom", ""},       {"Nom anglais", ""}, {"Présentation", ""}, {"Présentation en anglais", ""},
      {"Techniques", ""}, {"Livrables", ""}, {"Délai", ""},       {"Tarifs", ""},       {"Ouverte à", ""},
      {"Plateforme", ""}};
  for (const Platform& platform : world.platforms) {
    if (platform.institution != institution) {
      continue;
    }
    for (size_t number = 0; number < std::min<size_t>(platform.techniques.size(), 2); ++number) {
      const Technique& technique = techniques()[platform.techniques[number]];
      const std::string code = fmt::format("{}-S{}", platform.code, number + 1);
      table.rows.push_back(
          {code, fmt::format("{} à façon, {}", capitalised(technique.french), platform.acronym),
           fmt::format("{} as a service, {}", capitalised(technique.english), platform.acronym),
           "Préparation, mesure et compte rendu par la plateforme (prestation inventée).",
           "Preparation, measurement and report by the platform (invented service).", std::string(technique.french),
           "Données brutes et compte rendu", fmt::format("{} semaines", 1 + platform.number % 6), "Sur devis",
           platform.number % 2 == 0 ? "membres|académiques|entreprises" : "membres|académiques", platform.code});
      out.truth(fmt::format("{}-services", at.code), code, fmt::format("service:{}-{}", platform.number, number));
    }
  }
  return write_table(out, at, "services", "prestations.toml", table);
}

Result<void> datasets(const World& world, size_t institution, Output& out) {
  const Institution& at = institutions()[institution];
  Table table;
  table.columns = {{"Code", ""},         {"Titre", ""},   {"Titre anglais", ""}, {"DOI", ""},
                   {"Présentation", ""}, {"Auteurs", ""}, {"Licence", ""},       {"Accès", ""},
                   {"Taille", ""},       {"Année", ""},   {"Mesuré avec", ""},   {"Mots-clés", ""}};
  for (const Equipment& item : world.equipment) {
    if (world.platforms[item.platform].institution != institution || item.number % 4 != 1) {
      continue;
    }
    const Technique& technique = techniques()[item.technique];
    const std::string code = fmt::format("JD-{}", item.code);
    const Name& author = world.people[item.contact].name;
    table.rows.push_back(
        {code, fmt::format("Données de référence de {}, {} {}", technique.french, item.make, item.model),
         fmt::format("Reference data of {}, {} {}", technique.english, item.make, item.model),
         fmt::format("10.5072/pitchblende.{}", item.number),
         "Mesures de contrôle de l’instrument, déposées chaque année (jeu de données inventé).", given_first(author),
         "CC BY 4.0", item.number % 8 == 1 ? "ouvert" : "restreint", fmt::format("{} Go", 2 + item.number % 90),
         std::to_string(std::min(item.acquired + 1, 2025)), item.code, std::string(technique.english)});
    out.truth(fmt::format("{}-datasets", at.code), code, fmt::format("dataset:{}", item.number));
  }
  return write_table(out, at, "datasets", "donnees.toml", table);
}

}  // namespace

Result<void> write_services(const World& world, Output& out) {
  for (size_t institution = 0; institution < k_institutions; ++institution) {
    TRY(services(world, institution, out));
    TRY(datasets(world, institution, out));
  }
  return {};
}

}  // namespace pitchblende::demo
