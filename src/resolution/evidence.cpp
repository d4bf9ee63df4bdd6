// Reasons in words.
#include "base/french.hpp"
#include "resolution/resolution.hpp"

namespace pitchblende::resolution {

namespace {

struct Words {
  Evidence evidence;
  std::string_view code;
  std::string_view english;
  std::string_view french;
  std::string_view english_bare;  // without detail
  std::string_view french_bare;
};

constexpr Words k_words[] = {
    {Evidence::identifier, "identifier", "The same identifier: {}.", "Le même identifiant : {}.",
     "A shared identifier.", "Un identifiant commun."},
    {Evidence::name_and_affiliation, "name_and_affiliation", "The same name and the same place: {}.",
     "Le même nom et le même rattachement : {}.", "The same name and the same place.",
     "Le même nom et le même rattachement."},
    {Evidence::name_and_companions, "name_and_companions", "The same name, beside the same people: {}.",
     "Le même nom, aux côtés des mêmes personnes : {}.", "The same name, beside the same people.",
     "Le même nom, aux côtés des mêmes personnes."},
    {Evidence::name, "name", "The same name: {}.", "Le même nom : {}.", "The same name.", "Le même nom."},
    {Evidence::title, "title", "The same title in the same years: {}.", "Le même titre, aux mêmes années : {}.",
     "The same title in the same years.", "Le même titre, aux mêmes années."},
    {Evidence::decision, "decision", "A curator decided that they are the same ({}).",
     "Une personne a décidé qu’il s’agit du même objet ({}).", "A curator decided that they are the same.",
     "Une personne a décidé qu’il s’agit du même objet."},
    {Evidence::held, "held", "They were found to be the same before ({}).",
     "Ils avaient déjà été reconnus identiques ({}).", "They were found to be the same before.",
     "Ils avaient déjà été reconnus identiques."},
    {Evidence::exclusive, "exclusive", "Not joined: one list names both, so they are two ({}).",
     "Non réunis : une même liste les cite tous deux, ils sont donc deux ({}).",
     "Not joined: one list names both, so they are two.",
     "Non réunis : une même liste les cite tous deux, ils sont donc deux."},
    {Evidence::other_identifier, "other_identifier", "Not joined: they have different identifiers of one kind ({}).",
     "Non réunis : ils portent des identifiants différents de même nature ({}).",
     "Not joined: they have different identifiers of one kind.",
     "Non réunis : ils portent des identifiants différents de même nature."},
    {Evidence::other_name, "other_name", "Not joined: their names do not agree ({}).",
     "Non réunis : leurs noms ne concordent pas ({}).", "Not joined: their names do not agree.",
     "Non réunis : leurs noms ne concordent pas."},
    {Evidence::decided_different, "decided_different", "Not joined: a curator decided that they are different ({}).",
     "Non réunis : une personne a décidé qu’ils sont différents ({}).",
     "Not joined: a curator decided that they are different.",
     "Non réunis : une personne a décidé qu’ils sont différents."},
    {Evidence::two_lives, "two_lives",
     "Not joined: each as a whole, they stand at different places in the same years, or nothing says that it is one of "
     "several of this name ({}).",
     "Non réunis : pris dans leur ensemble, ils sont à des endroits différents aux mêmes années, ou rien ne dit lequel "
     "c’est de plusieurs homonymes ({}).",
     "Not joined: each as a whole, they stand at different places in the same years, or nothing says that it is one of "
     "several of this name.",
     "Non réunis : pris dans leur ensemble, ils sont à des endroits différents aux mêmes années, ou rien ne dit lequel "
     "c’est de plusieurs homonymes."},
    {Evidence::two_entries, "two_entries",
     "Not joined: lists of staff have both, and nobody is at the places of both ({}).",
     "Non réunis : des listes du personnel les ont tous deux, et personne n’est aux endroits de l’un et de l’autre "
     "({}).",
     "Not joined: lists of staff have both, and nobody is at the places of both.",
     "Non réunis : des listes du personnel les ont tous deux, et personne n’est aux endroits de l’un et de l’autre."},
    {Evidence::other_form, "other_form",
     "Not joined: one is a preprint, another version, a correction or a retraction of the other ({}).",
     "Non réunis : l’un est une prépublication, une autre version, un erratum ou une rétractation de l’autre ({}).",
     "Not joined: one is a preprint, another version, a correction or a retraction of the other.",
     "Non réunis : l’un est une prépublication, une autre version, un erratum ou une rétractation de l’autre."},
};

const Words& words(Evidence evidence) {
  for (const Words& row : k_words) {
    if (row.evidence == evidence) {
      return row;
    }
  }
  return k_words[0];
}

}  // namespace

std::string_view code(Evidence evidence) { return words(evidence).code; }

std::string describe(Evidence evidence, std::string_view detail, Language language) {
  const Words& row = words(evidence);
  if (detail.empty()) {
    return language == Language::french ? spaced(row.french_bare) : std::string(row.english_bare);
  }
  std::string sentence = language == Language::french ? spaced(row.french) : std::string(row.english);
  return sentence.replace(sentence.find("{}"), 2, detail);
}

namespace {

struct TraitWords {
  std::string_view trait;
  std::string_view english;
  std::string_view french;
};

constexpr TraitWords k_trait_words[] = {
    {"names", "names, and how common they are", "les noms, et leur fréquence"},
    {"companions", "those named beside them", "les personnes citées à leurs côtés"},
    {"places", "affiliations and addresses", "les rattachements et les adresses"},
    {"topics", "subjects, journals, years", "les sujets, les revues, les années"},
    {"title", "titles", "les titres"},
    {"name", "names", "les noms"},
    {"namesakes", "others of the name in other places", "d’autres du même nom ailleurs"},
    {"make_and_model", "make and model", "la marque et le modèle"},
    {"make", "makes", "les marques"},
    {"serial", "serial numbers", "les numéros de série"},
    {"platform", "platform or team", "la plateforme ou l’équipe"},
    {"room", "room", "la salle"},
    {"institution", "institution", "l’établissement"},
    {"same_list", "one list has both", "une même liste a les deux"},
    {"year", "years", "les années"},
    {"authors", "authors", "les auteurs"},
    {"first_author", "first authors", "les premiers auteurs"},
    {"country", "countries", "les pays"},
    {"town", "towns", "les villes"},
    {"legal_unit", "legal unit", "l’unité légale"},
    {"around", "what stands around them", "ce qui les entoure"},
    {"prior", "before anything is looked at", "avant tout examen"},
    {"names_apart", "names that cannot be one person’s", "des noms qui ne peuvent être ceux d’une même personne"},
    {"names_alone", "nothing beside the names", "rien d’autre que les noms"}};

}  // namespace

std::string describe(const Weight& weight, Language language) {
  for (const TraitWords& row : k_trait_words) {
    if (row.trait == weight.trait) {
      const std::string said(language == Language::french ? row.french : row.english);
      return weight.detail.empty() ? said : said + (language == Language::french ? "\u00a0: " : ": ") + weight.detail;
    }
  }
  // A constraint weighs too.
  for (const Words& row : k_words) {
    if (row.code == weight.trait) {
      return describe(row.evidence, weight.detail, language);
    }
  }
  return weight.trait + (weight.detail.empty() ? "" : ": ") + weight.detail;
}

}  // namespace pitchblende::resolution
