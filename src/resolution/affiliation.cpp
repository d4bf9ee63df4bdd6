#include "resolution/affiliation.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/text.hpp"
#include "resolution/organisations/organisation_codes.hpp"

namespace pitchblende::resolution {

namespace {

using Words = std::unordered_set<std::string_view>;

bool contains(const Words& words, std::string_view word) { return words.find(word) != words.end(); }

// The words of a text, which must live as long as they do.
Words words_in(std::string_view text) {
  Words words;
  while (!text.empty()) {
    const size_t end = std::min(text.find(' '), text.size());
    words.insert(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

const Words& institution_words() {
  static const Words words = words_in(
      "university universite universitat universidad universidade universita universiteit univ institut "
      "institute instituto istituto inst hospital hospitals hopital hopitaux chu chru hospices krankenhaus "
      "klinikum ospedale centre center centro zentrum college ecole academy academie laboratory laboratories "
      "laboratoire laboratoires fondation foundation clinic clinique polytechnic company inc gmbh pharma "
      "pharmaceuticals faculty faculte school");
  return words;
}

// Words that say what an institution is, not which.
const Words& general_words() {
  static const Words words = words_in(
      "department departement dept dpt division div section service group groupe team equipe unit unite units "
      "program programme branch office bureau direction pole graduate key of the and for in at de du des la le "
      "les d l et en und fur der die van di del della e y a s from present address current science sciences "
      "medicine medical medecine medicale medica surgery surgical chirurgie biology biologie biological "
      "chemistry chimie biochemistry biochimie physics physique oncology oncologie cancer pathology pathologie "
      "research recherche recherches health sante clinical national nationale general public publique molecular "
      "moleculaire cellular cellulaire cell cells genetics genetique genomics immunology immunologie "
      "microbiology pharmacology pharmacie pharmacy pediatrics pediatrie radiology radiologie neurology "
      "neurologie neuroscience cardiology cardiologie gynecology gynaecology obstetrics psychiatry psychology "
      "anesthesiology dermatology epidemiology statistics biostatistics engineering technology technologies "
      "veterinary dental dentistry nursing internal interne state regional teaching affiliated comprehensive "
      "advanced applied basic human life new first second third ltd llc co corp sa sas cnrs inserm ministry "
      "ministere hospitalier hospitaliere universitaire hematology hematologie urology nephrology "
      "gastroenterology endocrinology rheumatology ophthalmology diseases disease care system systems studies "
      "development joint experimental environmental food agriculture agricultural nuclear mathematics computer "
      "materials physiology anatomy toxicology virology nutrition radiation therapy radiotherapy imaging "
      "translational infectious medicina");
  return words;
}

const Words& countries() {
  static const Words words = words_in(
      "france usa us united states america uk kingdom england scotland wales ireland germany deutschland "
      "allemagne italy italia italie spain espana espagne portugal belgium belgique netherlands switzerland "
      "suisse schweiz austria denmark sweden norway finland iceland poland czech republic hungary greece turkey "
      "russia ukraine israel egypt iran iraq india pakistan china chine pr taiwan japan japon korea south north "
      "thailand malaysia indonesia vietnam australia zealand canada mexico brazil brasil argentina chile "
      "colombia africa nigeria tunisia morocco maroc tunisie algeria algerie saudi arabia singapore lebanon "
      "serbia croatia slovenia slovakia romania bulgaria luxembourg peoples p r");
  return words;
}

const Words& joining_words() {
  static const Words words =
      words_in("de du des la le les d l et en a au aux of the and for in at und fur der die das di del della y e");
  return words;
}

const Words& legal_forms() {
  static const Words words = words_in(
      "sa sas sasu sarl eurl snc sca scop selarl selas gie gmbh ag kg inc incorporated ltd limited llc llp plc "
      "corp corporation co bv nv spa srl ab oy aps pty kk");
  return words;
}

// Legal forms as they are spelled out, normalised; longer ones before what they begin with.
constexpr std::array<std::string_view, 39> k_spelled_forms{"societe par actions simplifiee unipersonnelle",
                                                           "societe par actions simplifiee a associe unique",
                                                           "societe par actions simplifiee",
                                                           "societe a responsabilite limitee unipersonnelle",
                                                           "societe a responsabilite limitee",
                                                           "entreprise unipersonnelle a responsabilite limitee",
                                                           "entreprise individuelle a responsabilite limitee",
                                                           "societe anonyme a conseil d administration",
                                                           "societe anonyme a directoire et conseil de surveillance",
                                                           "societe anonyme a directoire",
                                                           "societe anonyme",
                                                           "societe en commandite par actions",
                                                           "societe en commandite simple",
                                                           "societe en nom collectif",
                                                           "societe cooperative d interet collectif",
                                                           "societe cooperative et participative",
                                                           "societe cooperative",
                                                           "societe d exercice liberal a responsabilite limitee",
                                                           "societe d exercice liberal par actions simplifiee",
                                                           "societe civile professionnelle",
                                                           "groupement d interet economique",
                                                           "gesellschaft mit beschrankter haftung",
                                                           "aktiengesellschaft",
                                                           "kommanditgesellschaft auf aktien",
                                                           "kommanditgesellschaft",
                                                           "public limited company",
                                                           "private limited company",
                                                           "private limited",
                                                           "limited liability company",
                                                           "limited liability partnership",
                                                           "limited company",
                                                           "societa per azioni",
                                                           "societa a responsabilita limitata",
                                                           "sociedad anonima",
                                                           "sociedad limitada",
                                                           "naamloze vennootschap",
                                                           "besloten vennootschap",
                                                           "aktiebolag",
                                                           "aktieselskab"};

// Cuts one off either end of a normalised name, as long as something is left; a "société anonyme des exemples" is
// called so.
std::string_view without_spelled_form(std::string_view name) {
  for (const std::string_view form : k_spelled_forms) {
    if (name.size() > form.size() + 1 && name.starts_with(form) && name[form.size()] == ' ') {
      const std::string_view rest = name.substr(form.size() + 1);
      const std::string_view next = rest.substr(0, rest.find(' '));
      constexpr std::array<std::string_view, 5> k_going_on{"de", "d", "du", "des", "pour"};
      return std::find(k_going_on.begin(), k_going_on.end(), next) == k_going_on.end() ? rest : name;
    }
    if (name.size() > form.size() + 1 && name.ends_with(form) && name[name.size() - form.size() - 1] == ' ') {
      return name.substr(0, name.size() - form.size() - 1);
    }
  }
  return name;
}

bool is_number(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}
bool has_digit(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

template <typename Each>
void each_word(std::string_view text, const Each& each) {
  size_t at = 0;
  while (at < text.size()) {
    const size_t end = std::min(text.find(' ', at), text.size());
    if (end > at) {
      each(text.substr(at, end - at));
    }
    at = end + 1;
  }
}

// The printed text without the word around its first '@', which is given back.
std::string cut_email(std::string& text) {
  const size_t at = text.find('@');
  if (at == std::string::npos) {
    return {};
  }
  const auto stops = [](char c) {
    return c == ' ' || c == ',' || c == ';' || c == '(' || c == ')' || c == '<' || c == '>' || c == ':';
  };
  size_t begin = at;
  while (begin > 0 && !stops(text[begin - 1])) {
    --begin;
  }
  size_t end = at;
  while (end < text.size() && !stops(text[end])) {
    ++end;
  }
  std::string email = text.substr(begin, end - begin);
  text.replace(begin, end - begin, ";");
  while (!email.empty() && email.back() == '.') {
    email.pop_back();
  }
  return email.find('.', email.find('@')) == std::string::npos || email.front() == '@' ? std::string() : email;
}

// A numbered unit by one word, however it is written: "u1138" of "umr_s 1138", "inserm u 1138", "umr s1138".
std::string unit_word(std::string key) {
  std::erase(key, ':');
  return key;
}

// The code that a word of a segment is inside of, of those from `next` on.
const UnitCode* code_around(const std::vector<UnitCode>& codes, size_t& next, size_t at) {
  while (next < codes.size() && codes[next].end <= at) {
    ++next;
  }
  return next < codes.size() && codes[next].begin <= at ? &codes[next] : nullptr;
}

}  // namespace

std::string fold_affiliation(std::string_view printed, std::string* email) {
  std::string text(printed.substr(0, 2000));
  std::string found = cut_email(text);
  while (!cut_email(text).empty()) {
  }
  const std::string folded = fold(text);
  std::string out;
  out.reserve(folded.size());
  for (const char c : folded) {
    if (is_word(c)) {
      out += c;
    } else if (c == ',' || c == ';' || c == '(' || c == ')' || c == '|' || c == '\n') {
      while (!out.empty() && out.back() == ' ') {
        out.pop_back();
      }
      out += out.empty() || out.back() == ';' ? "" : ";";
    } else if (!out.empty() && out.back() != ' ' && out.back() != ';') {
      out += ' ';
    }
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == ';')) {
    out.pop_back();
  }
  for (const std::string_view note : {";electronic address", ";email", ";e mail"}) {
    const size_t at = out.size() >= note.size() ? out.size() - note.size() : std::string::npos;
    if (at != std::string::npos && std::string_view(out).substr(at) == note) {
      out.erase(at);
    }
  }
  if (email != nullptr) {
    *email = fold(found);
  }
  return out;
}

Segment classify(std::string_view segment) {
  if (segment.find(':') != std::string_view::npos) {
    return {SegmentClass::reference, std::string(segment), {}};
  }
  Segment out;
  bool institution = false;
  bool general = false;
  const std::vector<UnitCode> codes = unit_codes(segment);
  size_t next = 0;
  const UnitCode* told = nullptr;
  each_word(segment, [&](std::string_view word) {
    const UnitCode* code = code_around(codes, next, static_cast<size_t>(word.data() - segment.data()));
    if (code != nullptr) {
      if (code != told) {
        told = code;
        out.tokens.push_back(unit_word(code->key));
        out.text += (out.text.empty() ? "" : " ") + out.tokens.back();
        if (!code->second.empty()) {
          out.tokens.push_back(unit_word(code->second));
        }
      }
      return;
    }
    if (is_number(word) || (has_digit(word) && word.size() > 3)) {
      return;  // post codes, boxes, streets
    }
    const bool kind = contains(institution_words(), word);
    institution = institution || kind;
    general = general || contains(general_words(), word);
    if (!kind && !contains(general_words(), word) && !contains(countries(), word) && word.size() > 1) {
      out.tokens.emplace_back(word);
    }
    out.text += (out.text.empty() ? "" : " ");
    out.text += word;
  });
  if (!codes.empty() || (institution && !out.tokens.empty())) {
    out.worth = SegmentClass::institution;
  } else if (!out.tokens.empty()) {
    out.worth = SegmentClass::other;
  } else if (institution || general) {
    out.worth = SegmentClass::department;
  }
  return out;
}

std::string_view country_in(std::string_view segment) {
  std::string_view found;
  each_word(segment, [&](std::string_view word) {
    if (word == "usa" || word == "us" || word == "america") {
      found = "us";
    } else if (word == "uk" || word == "kingdom" || word == "england" || word == "scotland" || word == "wales") {
      found = "uk";
    } else if (word.size() >= 4 && word != "states" && word != "united" && word != "republic" && word != "south" &&
               word != "north" && word != "peoples" && contains(countries(), word)) {
      found = word;
    }
  });
  return found;
}

std::string organisation_key(std::string_view name) {
  const std::string folded = normalised(name);
  std::vector<std::string> words;
  bool letter_before = false;
  each_word(without_spelled_form(folded), [&](std::string_view word) {
    const bool letter = word.size() == 1 && !is_number(word);
    if (letter && letter_before) {
      words.back() += word;  // "s a s"
    } else {
      words.emplace_back(word);
    }
    letter_before = letter;
  });
  while (words.size() > 1 && contains(legal_forms(), words.back())) {
    words.pop_back();
  }
  if (words.size() > 1 && contains(legal_forms(), words.front()) && words.front().size() >= 3) {
    words.erase(words.begin());
  }
  std::string out;
  for (const std::string& word : words) {
    if (!contains(joining_words(), word)) {
      out += out.empty() ? "" : " ";
      out += word;
    }
  }
  return out.empty() ? folded : out;
}

}  // namespace pitchblende::resolution
