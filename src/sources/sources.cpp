// The readers by name: those that are written here, and the ready mappings for tables.
#include <algorithm>
#include <vector>

#include "sources/clinicaltrials.hpp"
#include "sources/errors.hpp"
#include "sources/pubmed/pubmed.hpp"
#include "sources/ror.hpp"
#include "sources/source.hpp"
#include "sources/tables/tabular.hpp"
#include "sources/vocabularies/vocabularies.hpp"

namespace pitchblende::sources {

namespace {

struct BuiltIn {
  Format format;
  std::unique_ptr<Reader> (*make)(const Settings&);
};

constexpr BuiltIn k_built_in[] = {
    {{"babelon", "Translations of an OBO vocabulary (Human Phenotype Ontology in French…): Babelon tables, TSV",
      "Traductions d’un vocabulaire OBO (Human Phenotype Ontology en français…) : tables Babelon, en TSV",
      Mode::snapshot},
     make_babelon_reader},
    {{"clinicaltrials", "ClinicalTrials.gov: studies as its API (version 2) gives them, JSON",
      "ClinicalTrials.gov : études telles que son API (version 2) les donne, "
      "en JSON",
      Mode::feed},
     make_clinicaltrials_reader},
    {{"mesh", "Medical Subject Headings: descriptors in XML or ASCII, or the table of tree numbers",
      "Medical Subject Headings : descripteurs en XML ou en ASCII, ou table des numéros d’arborescence",
      Mode::snapshot},
     make_mesh_reader},
    {{"obo", "Vocabularies in OBO: Human Phenotype Ontology, Disease Ontology, PSI-MS…",
      "Vocabulaires en OBO : Human Phenotype Ontology, Disease Ontology, PSI-MS…", Mode::snapshot},
     make_obo_reader},
    {{"oncotree", "OncoTree: its tree or list of tumour types, JSON",
      "OncoTree : son arbre ou sa liste de types de tumeurs, en JSON", Mode::snapshot},
     make_oncotree_reader},
    {{"pubmed", "PubMed: articles, books and deletions, XML", "PubMed : articles, livres et suppressions, en XML",
      Mode::feed},
     make_pubmed_reader},
    {{"ror", "Research Organization Registry: its dump, schema 1 or 2, JSON",
      "Research Organization Registry : son export, schéma 1 ou 2, en JSON", Mode::snapshot},
     make_ror_reader},
    {{"skos", "Vocabularies in SKOS: Turtle or N-Triples", "Vocabulaires en SKOS : Turtle ou N-Triples",
      Mode::snapshot},
     make_skos_reader},
};

// What stands near the beginning of every file of a format, and of no table.
constexpr std::pair<std::string_view, std::string_view> k_marks[] = {
    {"<Pubmed", "pubmed"},
    {"protocolSection", "clinicaltrials"},
    {"<DescriptorRecordSet", "mesh"},
    {"*NEWRECORD", "mesh"},
    {"Tree Number\tDesc Ui", "mesh"},
    {"format-version:", "obo"},
    {"\ttranslation_value", "babelon"},
    {"\"mainType\"", "oncotree"},
    {"//www.w3.org/2004/02/skos/core#", "skos"},
};

std::vector<Format> all_formats() {
  std::vector<Format> out;
  for (const BuiltIn& built_in : k_built_in) {
    out.push_back(built_in.format);
  }
  for (const ReadyMapping& mapping : ready_mappings()) {
    out.push_back({mapping.name, mapping.english, mapping.french, mapping.mode});
  }
  std::sort(out.begin(), out.end(), [](const Format& a, const Format& b) { return a.name < b.name; });
  return out;
}

}  // namespace

std::span<const Format> formats() {
  static const std::vector<Format> known = all_formats();
  return known;
}

std::string shown_format(const std::string& path) {
  constexpr size_t k_head = 65536;
  auto stream = open_bytes(path, {});
  const auto piece = stream ? (*stream)->next() : Result<std::string_view>(std::string_view());
  const std::string_view head = piece ? piece->substr(0, k_head) : std::string_view();
  for (const auto& [mark, format] : k_marks) {
    if (head.find(mark) != std::string_view::npos) {
      return std::string(format);
    }
  }
  return head.find("https://ror.org/0") != std::string_view::npos && head.find_first_of("[{") < 3 ? "ror" : "";
}

Result<std::unique_ptr<Reader>> make_reader(std::string_view format, const Settings& settings) {
  if (!settings.mapping.empty()) {
    return make_tabular_reader(settings, settings.mapping);
  }
  for (const BuiltIn& built_in : k_built_in) {
    if (built_in.format.name == format) {
      return built_in.make(settings);
    }
  }
  for (const ReadyMapping& mapping : ready_mappings()) {
    if (mapping.name == format) {
      return make_tabular_reader(settings, mapping.toml);
    }
  }
  std::string known;
  for (const Format& each : formats()) {
    known.append(known.empty() ? "" : ", ").append(each.name);
  }
  return fail(errors::unknown_format, format, known);
}

}  // namespace pitchblende::sources
