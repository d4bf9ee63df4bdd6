#include "insight/figure_words.hpp"

namespace pitchblende::insight {

namespace {

struct Texts {
  std::string_view english;
  std::string_view french;
};
struct WordsOf {
  Texts label;
  Texts definition;
  Texts lack = {};
};

constexpr Texts k_undated{"without dates", "sans date"};
constexpr Texts k_unprinted{"that print no affiliation", "sans affiliation imprimée"};
constexpr Texts k_no_area{"in no key area", "hors des axes"};

constexpr std::array<WordsOf, k_figures> k_words{
    {{{"People", "Personnes"},
      {"People with a page who held a position in one of the institutions or its teams on some day of the year.",
       "Personnes qui ont une page et ont occupé, un jour de l’année, une fonction dans l’un des établissements ou de "
       "ses équipes."},
      {"whose position says no beginning", "dont la fonction n’a pas de date de début"}},
     {{"Teams", "Équipes"},
      {"Teams of the institutions that existed on some day of the year.",
       "Équipes des établissements qui existaient un jour de l’année."},
      {"without a founding date", "sans date de création"}},
     {{"Outputs", "Publications"},
      {"Publications of the year whose affiliations name an institution or one of its teams, or, where none does, "
       "whose "
       "authors held a position there that year.",
       "Publications de l’année dont les affiliations nomment un établissement ou l’une de ses équipes ou, à défaut, "
       "dont des auteurs y occupaient une fonction cette année-là."},
      k_no_area},
     {{"In open access", "En accès ouvert"},
      {"Outputs that a source says are open, by whatever route.",
       "Publications qu’une source dit ouvertes, par quelque voie que ce soit."},
      {"of which no source says it", "dont aucune source ne le dit"}},
     {{"Between institutions", "Entre établissements"},
      {"Outputs of at least two institutions of the consortium.",
       "Publications d’au moins deux établissements du groupement."},
      k_unprinted},
     {{"With partners abroad", "Avec l’étranger"},
      {"Outputs with at least one affiliation in another country than those of the institutions.",
       "Publications dont une affiliation au moins est dans un autre pays que ceux des établissements."},
      k_unprinted},
     {{"With companies", "Avec des entreprises"},
      {"Outputs with an affiliation that names a company of the registry.",
       "Publications dont une affiliation nomme une entreprise du registre."},
      k_unprinted},
     {{"Platforms", "Plateformes"},
      {"Platforms that an institution or one of its teams hosts, as they stand today.",
       "Plateformes qu’accueille un établissement ou l’une de ses équipes, telles qu’aujourd’hui."}},
     {{"Equipment", "Équipements"},
      {"Instruments of the institutions, their platforms and teams, acquired by the end of the year and not retired.",
       "Appareils des établissements, de leurs plateformes et de leurs équipes, acquis avant la fin de l’année et non "
       "réformés."},
      {"without a date of acquisition", "sans date d’acquisition"}},
     {{"Hours of use", "Heures d’utilisation"},
      {"Hours of the year for which this equipment was booked here.",
       "Heures de l’année pendant lesquelles ces équipements ont été réservés ici."},
      {"are not booked here", "ne se réservent pas ici"}},
     {{"Grants", "Financements"},
      {"Projects with an institution or team among their partners that ran on some day of the year.",
       "Projets en cours un jour de l’année, dont un établissement ou une équipe est partenaire."},
      k_undated},
     {{"Clinical trials", "Essais cliniques"},
      {"Trials that an institution sponsors or in which it is a centre, running on some day of the year.",
       "Essais en cours un jour de l’année, dont un établissement est promoteur ou centre."},
      k_undated},
     {{"Patents", "Brevets"},
      {"Patents filed in the year with an institution among the applicants.",
       "Brevets déposés dans l’année, dont un établissement est déposant."}},
     {{"Partnerships", "Partenariats"},
      {"Partnerships of institutions or teams in force on some day of the year.",
       "Partenariats d’établissements ou d’équipes en vigueur un jour de l’année."},
      k_undated},
     {{"Awards", "Lauréats"},
      {"Awards of the year’s calls to institutions or teams.",
       "Lauréats des appels de l’année, établissements ou équipes."},
      k_no_area},
     {{"Requests answered", "Demandes traitées"},
      {"Requests to platforms and teams that were answered in the year.",
       "Demandes adressées aux plateformes et aux équipes, auxquelles il a été répondu dans l’année."}}}};

std::string_view in(const Texts& texts, Language language) {
  return language == Language::french ? texts.french : texts.english;
}

const WordsOf& words(Figure figure) { return k_words.at(static_cast<size_t>(figure)); }

}  // namespace

std::string_view label(Figure figure, Language language) { return in(words(figure).label, language); }
std::string_view definition(Figure figure, Language language) { return in(words(figure).definition, language); }
std::string_view lack(Figure figure, Language language) { return in(words(figure).lack, language); }

std::string_view word_of_all(Language language) { return in({"All", "Ensemble"}, language); }
std::string_view word_of_none(Language language) { return in({"In none", "Aucun"}, language); }

std::string_view name_in(const Place& place, Language language) {
  return language == Language::french ? place.french : place.english;
}

}  // namespace pitchblende::insight
