#include "demo/read_me.hpp"

#include <fmt/format.h>

namespace pitchblende::demo {

std::string english_read_me(const Settings& settings) {
  return fmt::format(
      R"(The invented consortium ({}, seed {})

All is invented save the facts of the source: the public interest group and its founders, members of today, players of
the region and cluster, the fourteen partners as a number (gip/organismes.csv, ror/), the seven key areas as a number, the first of them with its leader and
his unit (gip/axes.csv, gip/responsables.csv, gip/unites.csv). Every other person, team, platform, instrument, company,
paper, project, trial, patent and agreement is made up; names of people are put together from parts, and a likeness to
somebody would be chance. Numbers are of ranges that nobody gives: ORCID 0099-…, PMID from 90000000, NCT from 99000000,
DOI 10.5555/…, UMR from 99000.

Each folder is a member's export in its own habits. pitchblende.toml names the sources:

  pitchblende --data THIS-FOLDER init
  pitchblende --data THIS-FOLDER pool

truth.csv says which invented thing each record (part 0) and each name in it (part 1, 2 …) really is.

Wrong on purpose, to show what a bad input gets:
  aphp/personnel.csv       a row without a name (rejected)
  curie/equipements.xlsx   an instrument without a name (rejected)
  pubmed/demo-0001.xml.gz  a paper without a number (rejected)
  trials/studies.json      a study without a number (rejected)
  roussy/people.csv        an ORCID with a wrong check digit, a 31 February (dropped; the rows go in)
)",
      settings.size == Size::small ? "small" : "consortium", settings.seed);
}

std::string french_read_me(const Settings& settings) {
  return fmt::format(
      R"(Le groupement inventé ({}, graine {})

Tout est inventé, hormis les faits de la source : le groupement d’intérêt public et ses fondateurs, ses membres
d’aujourd’hui, les acteurs de la région et le pôle, les quatorze partenaires en tant que nombre (gip/organismes.csv,
ror/), les sept axes en tant que nombre, le
premier d’entre eux avec son responsable et l’unité de celui-ci (gip/axes.csv, gip/responsables.csv, gip/unites.csv).
Les autres personnes, équipes, plateformes, appareils, entreprises, articles, projets, essais, brevets et conventions
sont imaginés ; les noms de personnes sont composés de morceaux, et toute ressemblance serait fortuite. Les numéros sont
de plages que personne n’attribue : ORCID 0099-…, PMID à partir de 90000000, NCT à partir de 99000000, DOI 10.5555/…,
UMR à partir de 99000.

Chaque dossier est l’export d’un membre, avec ses habitudes. pitchblende.toml nomme les sources :

  pitchblende --data CE-DOSSIER init
  pitchblende --data CE-DOSSIER pool

truth.csv dit quel objet inventé est en vérité chaque enregistrement (part 0) et chaque nom qu’il cite (part 1, 2…).

Faux à dessein, pour montrer ce que devient une mauvaise donnée :
  aphp/personnel.csv       une ligne sans nom (rejetée)
  curie/equipements.xlsx   un appareil sans nom (rejeté)
  pubmed/demo-0001.xml.gz  un article sans numéro (rejeté)
  trials/studies.json      une étude sans numéro (rejetée)
  roussy/people.csv        un ORCID à la clé fausse, un 31 février (écartés ; les lignes entrent)
)",
      settings.size == Size::small ? "small" : "consortium", settings.seed);
}

}  // namespace pitchblende::demo
