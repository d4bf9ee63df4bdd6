#include "resolution/publication_title.hpp"

#include <algorithm>
#include <cctype>

#include "base/text.hpp"
#include "resolution/people/person_name.hpp"

namespace pitchblende::resolution {

namespace {

using Form = PublicationForm;

// How a marker must go on to be one: a word such as "correction" begins titles of its own.
enum class After : uint8_t { anything, colon };

struct Marker {
  std::string_view text;
  Form form;
  After after;
};

// Longer ones first: "erratum to" before "erratum".
constexpr Marker k_before[] = {
    {"author correction", Form::correction, After::anything},
    {"publisher correction", Form::correction, After::anything},
    {"publisher's correction", Form::correction, After::anything},
    {"correction to", Form::correction, After::colon},
    {"correction", Form::correction, After::colon},
    {"corrections", Form::correction, After::colon},
    {"corrigendum to", Form::correction, After::anything},
    {"corrigendum", Form::correction, After::anything},
    {"corrigenda", Form::correction, After::colon},
    {"erratum to", Form::correction, After::anything},
    {"erratum a", Form::correction, After::colon},
    {"erratum", Form::correction, After::anything},
    {"errata", Form::correction, After::colon},
    {"rectificatif a", Form::correction, After::colon},
    {"rectificatif", Form::correction, After::colon},
    {"retraction note to", Form::retraction, After::anything},
    {"retraction note", Form::retraction, After::anything},
    {"retraction notice to", Form::retraction, After::anything},
    {"retraction", Form::retraction, After::colon},
    {"retracted article", Form::work, After::anything},
    {"retracted", Form::work, After::colon},
    {"withdrawn", Form::work, After::colon},
    {"[retracted]", Form::work, After::anything},
    {"[preprint]", Form::preprint, After::anything},
    {"(preprint)", Form::preprint, After::anything},
    {"preprint", Form::preprint, After::colon},
};

constexpr Marker k_behind[] = {
    {"(erratum)", Form::correction, After::anything},     {"[erratum]", Form::correction, After::anything},
    {": erratum", Form::correction, After::anything},     {"- erratum", Form::correction, After::anything},
    {"(correction)", Form::correction, After::anything},  {"[correction]", Form::correction, After::anything},
    {"(corrigendum)", Form::correction, After::anything}, {"[corrigendum]", Form::correction, After::anything},
    {"[preprint]", Form::preprint, After::anything},      {"(preprint)", Form::preprint, After::anything},
    {"[retracted]", Form::work, After::anything},
};

constexpr std::string_view k_version = "[version ";
constexpr std::string_view k_notes[] = {"[published correction", "[published erratum", k_version, "[corrected]"};

std::string_view without_marks(std::string_view text) {
  const size_t begin = text.find_first_not_of(" :.-\"'[(");
  return begin == std::string_view::npos ? std::string_view{} : text.substr(begin);
}

// Cuts a marker off the beginning; false: there is none.
bool cut_before(std::string_view& text, Form& form) {
  for (const Marker& marker : k_before) {
    if (!text.starts_with(marker.text)) {
      continue;
    }
    const std::string_view rest = trim(text.substr(marker.text.size()));
    const bool ends =
        marker.text.size() == text.size() || !std::isalnum(static_cast<unsigned char>(text[marker.text.size()]));
    if (ends && (marker.after == After::anything || rest.starts_with(':')) && !without_marks(rest).empty()) {
      text = without_marks(rest);
      form = marker.form == Form::work ? form : marker.form;
      return true;
    }
  }
  return false;
}

// A number of one or two digits at the beginning; 0: there is none.
uint32_t small_number(std::string_view text) {
  uint32_t number = 0;
  size_t digits = 0;
  while (digits < text.size() && digits < 3 && text[digits] >= '0' && text[digits] <= '9') {
    number = number * 10 + static_cast<uint32_t>(text[digits++] - '0');
  }
  return digits > 2 ? 0 : number;
}

// "(v2)" at the end. "(version 2)" in round brackets is mostly that of what the title is about.
uint32_t cut_version(std::string_view& text) {
  const size_t open = text.find_last_of("([");
  if (open == std::string_view::npos || open == 0 || text.find_first_of(")]", open) + 1 != text.size()) {
    return 0;
  }
  const std::string_view inside = text.substr(open + 1, text.size() - open - 2);
  const uint32_t number = inside.starts_with('v') ? small_number(inside.substr(1)) : 0;
  if (number == 0 || inside.size() > 3) {
    return 0;
  }
  text = trim(text.substr(0, open));
  return number;
}

void cut_behind(std::string_view& text, Form& form) {
  for (const std::string_view note : k_notes) {
    if (const size_t at = text.rfind(note); at != std::string_view::npos && at > 0) {
      text = trim(text.substr(0, at));
    }
  }
  while (text.ends_with('.')) {
    text.remove_suffix(1);
  }
  for (const Marker& marker : k_behind) {
    if (text.ends_with(marker.text) && text.size() > marker.text.size()) {
      text = trim(text.substr(0, text.size() - marker.text.size()));
      form = marker.form == Form::work ? form : marker.form;
    }
  }
}

}  // namespace

std::string_view code(PublicationForm form) {
  constexpr std::string_view k_codes[] = {"", "preprint", "correction", "retraction"};
  return k_codes[static_cast<size_t>(form)];
}

PublicationTitle parse_title(std::string_view printed) {
  const std::string folded = fold(printed);
  std::string_view text = trim(folded);
  PublicationTitle out;
  // PubMed puts translated titles into brackets: the marker may stand inside.
  const std::string_view whole = text;
  if (!cut_before(text, out.form) && text.starts_with('[')) {
    text.remove_prefix(1);
    if (!cut_before(text, out.form)) {
      text = whole;
    }
  }
  if (const size_t at = text.rfind(k_version); at != std::string_view::npos) {
    out.version = small_number(text.substr(at + k_version.size()));
  }
  cut_behind(text, out.form);
  if (const uint32_t version = cut_version(text); version != 0) {
    out.version = version;
  }
  out.title = normalised(text);
  return out;
}

PublicationForm form_of_type(std::string_view type) {
  const std::string folded = normalised(type);
  if (folded == "preprint" || folded == "posted content") {
    return Form::preprint;
  }
  if (folded == "published erratum" || folded == "erratum" || folded == "correction" || folded == "corrigendum") {
    return Form::correction;
  }
  return folded == "retraction of publication" || folded == "retraction notice" ? Form::retraction : Form::work;
}

bool is_preprint_doi(std::string_view doi) {
  constexpr std::string_view k_servers[] = {
      "10.1101/",   // bioRxiv, medRxiv until 2025
      "10.64898/",  // the same, of openRxiv
      "10.21203/",  // Research Square
      "10.20944/",  // Preprints.org
      "10.48550/",  // arXiv
      "10.26434/",  // ChemRxiv
      "10.2139/",   // SSRN
      "10.31219/",  // OSF
      "10.31234/",  // PsyArXiv
      "10.22541/",  // Authorea
      "10.36227/",  // TechRxiv
  };
  // Cold Spring Harbor's journals share bioRxiv's prefix: preprints are numbers, with or without a date before them.
  if (doi.starts_with("10.1101/")) {
    const std::string_view rest = doi.substr(8);
    return !rest.empty() && rest.find_first_not_of("0123456789.v") == std::string_view::npos;
  }
  return std::any_of(std::begin(k_servers), std::end(k_servers),
                     [&](std::string_view server) { return doi.starts_with(server); });
}

DoiVersion version_of_doi(std::string_view doi) {
  // F1000Research, Wellcome Open Research, Open Research Europe and the others of that house.
  if (doi.starts_with("10.12688/")) {
    const size_t dot = doi.rfind('.');
    const std::string_view number = doi.substr(dot + 1);
    const std::string_view base = doi.substr(0, dot);
    const bool numbered = small_number(number) > 0 && number.size() <= 2 &&
                          number.find_first_not_of("0123456789") == std::string_view::npos &&
                          std::isdigit(static_cast<unsigned char>(base.back())) != 0;
    return numbered ? DoiVersion{base, small_number(number)} : DoiVersion{doi, 0};
  }
  if (!is_preprint_doi(doi)) {
    return {};
  }
  const size_t letter = doi.rfind('v');
  const std::string_view number = letter == std::string_view::npos ? "" : doi.substr(letter + 1);
  const bool small = small_number(number) > 0 && number.find_first_not_of("0123456789") == std::string_view::npos;
  if (!small || letter < 9) {
    return {doi, 0};
  }
  // "abcv2" is a name that ends so, "2020.01.01.123456v2" and "abc_v2" are versions.
  const char before = doi[letter - 1];
  if (std::string_view("/._-").find(before) != std::string_view::npos) {
    return {doi.substr(0, letter - 1), small_number(number)};
  }
  constexpr std::string_view k_named_by_numbers[] = {"10.1101/", "10.64898/", "10.48550/"};
  const bool by_numbers = std::any_of(std::begin(k_named_by_numbers), std::end(k_named_by_numbers),
                                      [&](std::string_view server) { return doi.starts_with(server); });
  return by_numbers && std::isdigit(static_cast<unsigned char>(before)) != 0
             ? DoiVersion{doi.substr(0, letter), small_number(number)}
             : DoiVersion{doi, 0};
}

std::string work_key(std::string_view title, const registry::Value& first_author) {
  const auto words = title.empty() ? 0 : 1 + std::count(title.begin(), title.end(), ' ');
  const std::string family = core_family(name_of(first_author).family);
  if (words < 5 || family.empty()) {
    return {};
  }
  return family + "/" + std::string(title);
}

}  // namespace pitchblende::resolution
