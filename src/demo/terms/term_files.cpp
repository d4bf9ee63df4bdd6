// The group's own vocabulary: what its tumours and techniques are called in both languages, and what is above them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "demo/files.hpp"
#include "demo/vocabulary.hpp"

namespace pitchblende::demo {

namespace {

struct Group {
  std::string_view code;
  std::string_view french;
  std::string_view english;
  std::string_view french_synonyms;
  std::string_view english_synonyms;
  std::string_view broader;
};

constexpr std::array<Group, 20> k_groups{
    {{"CANCER", "cancer", "cancer", "tumeur maligne|néoplasie|tumeur", "neoplasm|malignant tumour|tumor|Neoplasms", ""},
     {"SANG", "hémopathie maligne", "haematological malignancy", "cancer du sang|cancer hématologique",
      "hematologic neoplasm|blood cancer|Hematologic Neoplasms", "CANCER"},
     {"LYMPHOME", "lymphome", "lymphoma", "lymphome malin", "malignant lymphoma|Lymphoma", "SANG"},
     {"LEUCEMIE", "leucémie", "leukaemia", "", "leukemia|Leukemia", "SANG"},
     {"SOLIDE", "tumeur solide", "solid tumour", "cancer solide", "solid tumor|solid cancer", "CANCER"},
     {"CARCINOME", "carcinome", "carcinoma", "cancer épithélial", "epithelial cancer|Carcinoma", "SOLIDE"},
     {"POUMON", "cancer du poumon", "lung cancer", "cancer bronchique|cancer bronchopulmonaire",
      "lung carcinoma|Lung Neoplasms", "SOLIDE"},
     {"GYNECO", "cancer gynécologique", "gynaecological cancer", "", "gynecologic cancer", "SOLIDE"},
     {"DIGESTIF", "cancer digestif", "digestive cancer", "cancer de l’appareil digestif",
      "gastrointestinal cancer|Gastrointestinal Neoplasms", "SOLIDE"},
     {"UROLOGIE", "cancer urologique", "urological cancer", "cancer des voies urinaires", "urologic cancer", "SOLIDE"},
     {"CERVEAU", "tumeur cérébrale", "brain tumour", "cancer du cerveau|tumeur du cerveau",
      "brain tumor|brain cancer|Brain Neoplasms", "SOLIDE"},
     {"PEAU", "cancer de la peau", "skin cancer", "cancer cutané", "Skin Neoplasms", "SOLIDE"},
     {"SARCOME", "sarcome", "sarcoma", "", "Sarcoma", "SOLIDE"},
     {"PEDIATRIE", "cancer de l’enfant", "childhood cancer", "cancer pédiatrique", "paediatric cancer|pediatric cancer",
      "CANCER"},
     {"IMMUNO", "immunothérapie", "immunotherapy", "traitement par le système immunitaire", "Immunotherapy", ""},
     {"MICROSCOPIE", "microscopie", "microscopy", "imagerie microscopique", "microscopic imaging", ""},
     {"CYTOMETRIE", "cytométrie", "cytometry", "cytométrie en flux", "flow cytometry", ""},
     {"SEQUENCAGE", "séquençage", "sequencing", "séquençage du génome", "genome sequencing", ""},
     {"IRRADIATION", "radiothérapie", "radiotherapy", "rayons|irradiation", "radiation therapy|Radiotherapy", ""},
     {"MICROENV", "microenvironnement tumoral", "tumour microenvironment", "environnement de la tumeur",
      "tumor microenvironment|Tumor Microenvironment", ""}}};

// What is right above a tumour or a technique, by its name here.
std::string_view above(std::string_view english) {
  static const std::map<std::string_view, std::string_view> k_above = {
      {"glioblastoma", "CERVEAU"},
      {"medulloblastoma", "CERVEAU|PEDIATRIE"},
      {"diffuse large B-cell lymphoma", "LYMPHOME"},
      {"follicular lymphoma", "LYMPHOME"},
      {"acute myeloid leukaemia", "LEUCEMIE"},
      {"acute lymphoblastic leukaemia", "LEUCEMIE|PEDIATRIE"},
      {"multiple myeloma", "SANG"},
      {"triple-negative breast cancer", "SEIN"},
      {"breast cancer", "SOLIDE"},
      {"non-small cell lung cancer", "POUMON"},
      {"small cell lung cancer", "POUMON"},
      {"colorectal cancer", "DIGESTIF"},
      {"pancreatic ductal adenocarcinoma", "DIGESTIF"},
      {"hepatocellular carcinoma", "DIGESTIF|CARCINOME"},
      {"renal cell carcinoma", "UROLOGIE|CARCINOME"},
      {"bladder cancer", "UROLOGIE"},
      {"prostate cancer", "UROLOGIE"},
      {"high-grade serous ovarian cancer", "GYNECO"},
      {"cervical cancer", "GYNECO"},
      {"uveal melanoma", "SOLIDE"},
      {"cutaneous melanoma", "PEAU"},
      {"neuroblastoma", "PEDIATRIE"},
      {"retinoblastoma", "PEDIATRIE"},
      {"Ewing sarcoma", "SARCOME|PEDIATRIE"},
      {"soft-tissue sarcoma", "SARCOME"},
      {"spectral flow cytometry", "CYTOMETRIE"},
      {"mass cytometry", "CYTOMETRIE"},
      {"fluorescence-activated cell sorting", "CYTOMETRIE"},
      {"single-cell RNA sequencing", "SEQUENCAGE"},
      {"high-throughput sequencing", "SEQUENCAGE"},
      {"long-read sequencing", "SEQUENCAGE"},
      {"super-resolution microscopy", "MICROSCOPIE"},
      {"confocal microscopy", "MICROSCOPIE"},
      {"light-sheet microscopy", "MICROSCOPIE"},
      {"cryo-electron microscopy", "MICROSCOPIE"},
      {"atomic force microscopy", "MICROSCOPIE"},
      {"FLASH radiotherapy", "IRRADIATION"},
      {"proton therapy", "IRRADIATION"}};
  const auto found = k_above.find(english);
  return found == k_above.end() ? std::string_view() : found->second;
}

std::string_view code_of(std::string_view english, std::string& made, size_t number, std::string_view begin) {
  made = english == "breast cancer" ? std::string("SEIN") : fmt::format("{}-{:02}", begin, number);
  return made;
}

}  // namespace

Result<void> write_vocabulary(Output& out) {
  Table table;
  table.columns = {{"Code", ""},      {"Vocabulaire", ""},       {"Libellé français", ""},    {"Libellé anglais", ""},
                   {"Synonymes", ""}, {"Synonymes anglais", ""}, {"Termes plus généraux", ""}};
  const std::string scheme = "Vocabulaire du groupement (inventé)";
  const auto add = [&](std::string_view code, std::string_view french, std::string_view english,
                       std::string_view french_synonyms, std::string_view english_synonyms, std::string_view broader) {
    table.rows.push_back({std::string(code), scheme, std::string(french), std::string(english),
                          std::string(french_synonyms), std::string(english_synonyms), std::string(broader)});
  };
  for (const Group& group : k_groups) {
    add(group.code, group.french, group.english, group.french_synonyms, group.english_synonyms, group.broader);
  }
  std::string made;
  size_t number = 0;
  for (const Tumour& tumour : tumours()) {
    const bool breast = tumour.english == "breast cancer";
    add(code_of(tumour.english, made, ++number, "TUMEUR"), tumour.french, tumour.english,
        breast ? "tumeur du sein|cancer mammaire" : "",
        std::string(tumour.concept_of.name) + (breast ? "|mammary cancer|breast carcinoma|breast tumour" : ""),
        above(tumour.english));
  }
  number = 0;
  for (const Technique& technique : techniques()) {
    add(code_of(technique.english, made, ++number, "TECHNIQUE"), technique.french, technique.english,
        technique.synonyms_french, technique.synonyms_english, above(technique.english));
  }
  Source source = source_of("gip-vocabulary", "vocabulary", "gip", "gip/vocabulaire.csv");
  return out.table(std::move(source), "gip/vocabulaire.csv", table, {});
}

}  // namespace pitchblende::demo
