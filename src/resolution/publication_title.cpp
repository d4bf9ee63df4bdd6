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

constexpr std::string_view k_notes[] = {"[published correction", "[published erratum", "[version ", "[corrected]"};

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
  cut_behind(text, out.form);
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

std::string work_key(std::string_view title, const registry::Value& first_author) {
  const auto words = title.empty() ? 0 : 1 + std::count(title.begin(), title.end(), ' ');
  const std::string family = core_family(name_of(first_author).family);
  if (words < 5 || family.empty()) {
    return {};
  }
  return family + "/" + std::string(title);
}

}  // namespace pitchblende::resolution
