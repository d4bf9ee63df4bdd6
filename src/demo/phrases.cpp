#include "demo/phrases.hpp"

#include <array>

#include "demo/names.hpp"

namespace pitchblende::demo {

namespace {

using Phrase = std::string_view;

// {S} subject, {s} the same inside a sentence, {T} tumour, {Q} technique at the beginning, {q} inside, {D} drug, {n} a
// number of patients, {p} a percentage, {h} a hazard ratio, {m} months, {k} a small number, {t} the topic.
constexpr std::array<Phrase, 14> k_titles = {"{S} in {T}",
                                             "{Q} reveals how {s} shapes {T}",
                                             "{S} predicts response to {D} in patients with {T}",
                                             "Targeting {s} sensitises {T} to {D}",
                                             "{S} and clinical outcome in {T}: a multicentre cohort of {n} patients",
                                             "A {q} atlas of {T} links {s} to outcome",
                                             "Longitudinal {q} of {T} identifies {s} as a driver of relapse",
                                             "{S} is an early event in the progression of {T}",
                                             "Prognostic value of {s} in {T}",
                                             "Combining {D} with {q}-guided monitoring in {T}: a phase II trial",
                                             "Dissecting {s} in {T} by {q}",
                                             "From bench to bedside: {s} in {T}",
                                             "{S} defines a subgroup of {T} with distinct sensitivity to {D}",
                                             "Spatial and temporal heterogeneity of {s} in {T}"};

constexpr std::array<Phrase, 8> k_drugs = {"cisplatin",      "PD-1 blockade",     "radiotherapy", "PARP inhibition",
                                           "anthracyclines", "kinase inhibition", "rituximab",    "temozolomide"};

constexpr std::array<Phrase, 8> k_background = {
    "{T} remains a disease of unmet need, and the part that {s} plays in it is poorly understood.",
    "Although {t} has changed the care of several tumours, patients with {T} still relapse, and {s} has been put "
    "forward "
    "as a cause.",
    "We asked whether {s} explains the variable response to {D} that is observed in {T}.",
    "In {T}, {s} has been described in small series only, and its clinical meaning is debated.",
    "Reliable markers of response are lacking in {T}; {s} is a candidate that can be measured in routine samples.",
    "The origin of resistance to {D} in {T} is unclear, and models that reproduce it are scarce.",
    "Earlier work from our consortium suggested that {s} precedes relapse in {T}.",
    "How {s} arises in {T}, and whether it can be reversed, are open questions."};
constexpr std::array<Phrase, 7> k_methods = {
    "We studied {n} patients treated in the hospitals of the consortium between 2012 and 2021, and analysed paired "
    "samples by {q}.",
    "Using {q} on fresh tumour samples, we profiled {n} cases and followed them for a median of {m} months.",
    "We combined {q} with functional assays in {k} independent models of {T}, and validated the findings in a cohort "
    "of "
    "{n} patients.",
    "Samples of {n} patients from {k} centres were collected prospectively, and {q} was carried out blind to outcome.",
    "We set up a panel for {q} and applied it before treatment, at three months and at relapse in {n} patients.",
    "Tumour fragments of {n} patients were grown in culture and examined by {q} after exposure to {D}.",
    "We re-analysed public data on {T} and confirmed what they showed by {q} in {n} samples of our own biobank."};
constexpr std::array<Phrase, 8> k_results = {
    "{S} was present in {p} per cent of samples and was associated with shorter progression-free survival (hazard "
    "ratio "
    "{h}).",
    "It increased under {D} in {p} per cent of the patients and returned to baseline in those who responded.",
    "By contrast, no association was found with age, sex or stage.",
    "Depletion of the cells concerned restored sensitivity to {D} in {k} of the models.",
    "A signature of {k} genes separated responders from non-responders with an accuracy of {p} per cent.",
    "The effect was strongest at the invasive margin, where {q} showed a sharp change in cell composition.",
    "In multivariable analysis, {s} remained an independent predictor of overall survival (hazard ratio {h}).",
    "Median overall survival was {m} months in carriers and had not been reached in the others."};
constexpr std::array<Phrase, 7> k_conclusions = {
    "These data identify {s} as a target in {T} and support a trial of {D} in selected patients.",
    "Our results argue for measuring {s} by {q} at diagnosis of {T}.",
    "{S} may thus guide treatment in {T}; a prospective study is under way in the consortium.",
    "Taken together, these findings link {t} to the clinical course of {T}.",
    "Monitoring of {s} is feasible in routine and deserves evaluation in larger series.",
    "This resource is open to the community and will help to design combinations with {D}.",
    "We propose a model in which {s} comes first and resistance to {D} follows."};

constexpr std::array<Phrase, 6> k_french_titles = {"Comprendre {s} dans {T}",
                                                   "Cibler {s} pour mieux traiter {T}",
                                                   "{Q} : vers un suivi de {s} dans {T}",
                                                   "Rôle pronostique de {s} dans {T}",
                                                   "{S} dans {T} : du laboratoire au lit du malade",
                                                   "Décrire {s} par {q} dans {T}"};
constexpr std::array<Phrase, 5> k_french_sentences = {
    "Le projet étudie {s} dans {T}, dont le traitement reste difficile.",
    "Il s’appuie sur les plateformes du groupement, notamment pour la technique suivante : {q}.",
    "Une cohorte de {n} patients sera suivie pendant {m} mois dans les hôpitaux membres.",
    "Les échantillons et les données seront mis à la disposition de toutes les équipes du groupement.",
    "Les résultats attendus doivent guider le choix des traitements et préparer un essai clinique."};
constexpr std::array<Phrase, 4> k_project_titles = {"Understanding {s} in {T}", "Targeting {s} to treat {T}",
                                                    "{Q} to follow {s} in {T}", "Prognostic role of {s} in {T}"};
constexpr std::array<Phrase, 4> k_project_sentences = {
    "The project studies {s} in {T}, which remains hard to treat.",
    "It relies on the platforms of the consortium, in particular for {q}.",
    "A cohort of {n} patients will be followed for {m} months in the member hospitals.",
    "Samples and data will be open to every team of the consortium."};

struct Slots {
  std::string_view subject;
  std::string_view tumour;
  std::string_view technique;
  std::string_view topic;
};

void add_number(std::string& out, Random& random, char slot) {
  switch (slot) {
    case 'n':
      out += std::to_string(random.between(24, 640));
      return;
    case 'p':
      out += std::to_string(random.between(12, 91));
      return;
    case 'h':
      out += std::to_string(random.between(1, 3)) + "." + std::to_string(random.between(11, 98));
      return;
    case 'm':
      out += std::to_string(random.between(9, 72));
      return;
    default:
      out += std::to_string(random.between(3, 12));
  }
}

// A capital first letter where the slot stands for one: letters with accents too.
void add_capital(std::string& out, std::string_view text) {
  const size_t size = static_cast<unsigned char>(text[0]) < 0x80 ? 1 : 2;
  out += capitals(text.substr(0, size));
  out += text.substr(size);
}

void fill(std::string& out, Random& random, Phrase phrase, const Slots& slots) {
  const std::string_view drug = random.pick(k_drugs);
  const size_t begin = out.size();
  for (size_t at = 0; at < phrase.size(); ++at) {
    if (phrase[at] != '{') {
      out += phrase[at];
      continue;
    }
    const char slot = phrase[at + 1];
    at += 2;
    switch (slot) {
      case 'S':
        add_capital(out, slots.subject);
        break;
      case 's':
        out += slots.subject;
        break;
      case 'T':
        out.size() == begin ? add_capital(out, slots.tumour) : void(out += slots.tumour);
        break;
      case 'Q':
        add_capital(out, slots.technique);
        break;
      case 'q':
        out += slots.technique;
        break;
      case 'D':
        out += drug;
        break;
      case 't':
        out += slots.topic;
        break;
      default:
        add_number(out, random, slot);
    }
  }
}

Slots english(const Study& study) {
  return {study.topic.subjects_english[study.subject], study.tumour.english, study.technique.english,
          study.topic.english};
}
Slots french(const Study& study) {
  return {study.topic.subjects_french[study.subject], study.tumour.french_the, study.technique.french,
          study.topic.french};
}

// "de le …" and "de les …" are written otherwise.
std::string contracted(std::string text) {
  for (const auto& [from, to] : {std::pair<Phrase, Phrase>{" de le ", " du "}, {" de les ", " des "}}) {
    for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + 1)) {
      text.replace(at, from.size(), to);
    }
  }
  return text;
}

}  // namespace

std::string capitalised(std::string_view text) {
  std::string out;
  add_capital(out, text);
  return out;
}

Study study_of(Random& random, size_t topic, size_t tumour) {
  const Topic& of = topics()[topic];
  return {of, tumours()[tumour], techniques()[random.pick(of.techniques)], random.below(of.subjects_english.size())};
}

void add_title(std::string& out, Random& random, const Study& study) {
  fill(out, random, random.pick(k_titles), english(study));
}

void add_abstract(std::string& out, Random& random, const Study& study) {
  const Slots slots = english(study);
  fill(out, random, random.pick(k_background), slots);
  out += ' ';
  fill(out, random, random.pick(k_methods), slots);
  const size_t first = random.below(k_results.size());
  for (const size_t step : {0, 3, 5}) {
    out += ' ';
    fill(out, random, k_results[(first + step) % k_results.size()], slots);
  }
  out += ' ';
  fill(out, random, random.pick(k_conclusions), slots);
}

std::string french_title(Random& random, const Study& study) {
  std::string out;
  fill(out, random, random.pick(k_french_titles), french(study));
  return contracted(std::move(out));
}

std::string french_abstract(Random& random, const Study& study) {
  std::string out;
  for (const Phrase phrase : k_french_sentences) {
    out += out.empty() ? "" : " ";
    fill(out, random, phrase, french(study));
  }
  return contracted(std::move(out));
}

std::string english_project_title(Random& random, const Study& study) {
  std::string out;
  fill(out, random, random.pick(k_project_titles), english(study));
  return out;
}

std::string english_project_abstract(Random& random, const Study& study) {
  std::string out;
  for (const Phrase phrase : k_project_sentences) {
    out += out.empty() ? "" : " ";
    fill(out, random, phrase, english(study));
  }
  return out;
}

}  // namespace pitchblende::demo
