#include "base/text.hpp"
#include "registry/check_digits.hpp"
#include "registry/identifier_forms.hpp"

namespace pitchblende::registry::forms {

namespace {

int hex(char c) {
  if (is_digit(c)) {
    return c - '0';
  }
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// %2f and the like, printable ASCII only: what an address had to hide.
std::string percent_decoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int value = hex(text[i + 1]) * 16 + hex(text[i + 2]);
      if (hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0 && value > 0x20 && value < 0x7F && value != '%') {
        out.push_back(static_cast<char>(value));
        i += 2;
        continue;
      }
    }
    out.push_back(text[i]);
  }
  return to_lower(std::move(out));
}

}  // namespace

// 10.<registrant>/<suffix>, lower case: DOIs are the same in either case.
Normal doi(std::string_view text) {
  const std::string lower = to_lower(std::string(text));
  std::string_view rest = lower;
  bool address = false;
  for (size_t before = 0; before != rest.size();) {
    before = rest.size();
    cut_web_prefix(rest);
    cut_prefix(rest, "dx.");
    address = cut_prefix(rest, "doi.org/") || address;
    if (cut_prefix(rest, "doi")) {
      cut_leading(rest, " :");
    }
  }
  const std::string decoded = address ? percent_decoded(rest) : std::string();
  rest = address ? decoded : rest;
  while (!rest.empty() && std::string_view(".,; ").find(rest.back()) != std::string_view::npos) {
    rest.remove_suffix(1);
  }
  const size_t slash = rest.find('/');
  if (!rest.starts_with("10.") || slash == std::string_view::npos || slash < 7 || slash + 1 == rest.size() ||
      rest.substr(3, slash - 3).find_first_not_of("0123456789.") != std::string_view::npos ||
      squeeze(rest).find(' ') != std::string::npos) {
    return wrong_form();
  }
  return good(std::string(rest));
}

Normal pmid(std::string_view text) {
  const std::string folded = fold(text);
  return number(bare(folded, {"pubmed.ncbi.nlm.nih.gov/", "ncbi.nlm.nih.gov/pubmed/", "pubmed", "pmid"}), 9);
}

Normal pmc(std::string_view text) {
  const std::string folded = fold(text);
  std::string_view id = bare(folded, {"pmc.ncbi.nlm.nih.gov/articles/", "ncbi.nlm.nih.gov/pmc/articles/",
                                      "europepmc.org/articles/", "pmcid", "pmc"});
  if (const size_t dot = id.find('.'); dot != std::string_view::npos && all_digits(id.substr(dot + 1))) {
    id = id.substr(0, dot);  // a version
  }
  return number(id, 9, "PMC");
}

namespace {

// "v2" at the end names a version of the same thing.
void cut_version(std::string_view& id) {
  const size_t v = id.rfind('v');
  if (v != std::string_view::npos && v > 0 && is_digit(id[v - 1]) && all_digits(id.substr(v + 1))) {
    id = id.substr(0, v);
  }
}

}  // namespace

// hal-01234567, inserm-00123456: the portal's name and the number.
Normal hal(std::string_view text) {
  const std::string folded = fold(text);
  std::string_view id = bare(folded, {"hal.science/", "hal.archives-ouvertes.fr/", "hal.inserm.fr/", "hal.inrae.fr/",
                                      "theses.hal.science/", "hal id"});
  cut_version(id);
  const size_t dash = id.rfind('-');
  if (dash == std::string_view::npos || dash == 0 || id.size() - dash - 1 < 6 || id.size() - dash - 1 > 9 ||
      !all_digits(id.substr(dash + 1)) ||
      id.substr(0, dash).find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") != std::string_view::npos) {
    return wrong_form();
  }
  return good(std::string(id));
}

Normal nct(std::string_view text) {
  const std::string folded = fold(text);
  std::string id = to_upper(
      compact(bare(folded, {"classic.", "clinicaltrials.gov/", "study/", "ct2/", "show/", "nct number", "nct id"})));
  return id.size() == 11 && id.starts_with("NCT") && all_digits(std::string_view(id).substr(3)) ? good(std::move(id))
                                                                                                : wrong_form();
}

Normal issn(std::string_view text) {
  const std::string folded = fold(text);
  std::string id = to_upper(
      compact(bare(folded, {"portal.issn.org/resource/issn/", "urn:issn:", "e-issn", "eissn", "issn-l", "issn"})));
  if (id.size() != 8 || !all_digits(std::string_view(id).substr(0, 7)) || (!is_digit(id[7]) && id[7] != 'X')) {
    return wrong_form();
  }
  const bool right = check_mod_11(id);
  return checked(right, id.insert(4, 1, '-'));
}

// Thirteen digits; the older ten are put into the newer form.
Normal isbn(std::string_view text) {
  const std::string folded = fold(text);
  std::string id = to_upper(compact(bare(folded, {"isbn-13", "isbn-10", "isbn"})));
  if (id.size() == 13 && all_digits(id)) {
    return checked(check_mod_10(id), id);
  }
  if (id.size() != 10 || !all_digits(std::string_view(id).substr(0, 9)) || (!is_digit(id[9]) && id[9] != 'X')) {
    return wrong_form();
  }
  if (!check_mod_11(id)) {
    return checked(false, id);
  }
  std::string longer = "978" + id.substr(0, 9) + "0";
  while (!check_mod_10(longer)) {
    ++longer.back();
  }
  return good(std::move(longer));
}

// 2101.12345, math.gt/0309136 (before April 2007), without the version.
Normal arxiv(std::string_view text) {
  const std::string folded = fold(text);
  std::string_view id = bare(folded, {"arxiv.org/", "abs/", "pdf/", "arxiv"});
  if (id.ends_with(".pdf")) {
    id.remove_suffix(4);
  }
  cut_version(id);
  const size_t slash = id.find('/');
  const size_t dot = id.find('.');
  const bool older = slash != std::string_view::npos && slash > 0 && id.size() - slash == 8 &&
                     all_digits(id.substr(slash + 1)) &&
                     id.substr(0, slash).find_first_not_of("abcdefghijklmnopqrstuvwxyz-.") == std::string_view::npos;
  const bool newer = slash == std::string_view::npos && dot == 4 && all_digits(id.substr(0, 4)) &&
                     (id.size() == 9 || id.size() == 10) && all_digits(id.substr(5));
  return older || newer ? good(std::string(id)) : wrong_form();
}

namespace {

// YYYY-NNNNNN-CC; of an EU CT number the last group counts resubmissions of the same trial and is dropped.
Normal european_trial(std::string_view text, bool euct) {
  const std::string folded = fold(text);
  const std::string_view id =
      bare(folded, {"euclinicaltrials.eu/", "ctis-public/view/", "view-clinical-trial/", "euct", "ctis", "eudract"});
  std::string digits = compact(id);
  if (euct && digits.size() == 14) {
    digits.resize(12);
  }
  if (digits.size() != 12 || !all_digits(digits) || (euct != (digits[4] == '5'))) {
    return wrong_form();
  }
  return good(digits.substr(0, 4) + "-" + digits.substr(4, 6) + "-" + digits.substr(10));
}

}  // namespace

Normal euct(std::string_view text) { return european_trial(text, true); }
Normal eudract(std::string_view text) { return european_trial(text, false); }

// SCR_012345, AB_123456, IMSR_JAX:000664: authority, underscore, its number; "RRID:" before it is left out.
Normal rrid(std::string_view text) {
  std::string id(text);
  std::string lower = to_lower(id);
  for (const std::string_view prefix : {"https://", "http://", "scicrunch.org/resolver/", "rrid:"}) {
    if (lower.starts_with(prefix)) {
      id.erase(0, prefix.size());
      lower.erase(0, prefix.size());
    }
  }
  id = trim(id);
  const size_t underscore = id.find('_');
  if (underscore == std::string::npos || underscore == 0 || underscore + 1 == id.size() ||
      id.find_first_of(" /?#") != std::string::npos) {
    return wrong_form();
  }
  for (const std::string_view authority : {"scr_", "ab_", "cvcl_"}) {
    if (to_lower(id).starts_with(authority)) {
      id = to_upper(id);
    }
  }
  return to_lower(id).starts_with("rrid") ? wrong_form() : good(std::move(id));
}

Normal nlm(std::string_view text) {
  std::string id = to_upper(compact(text));
  return id.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos ? good(std::move(id))
                                                                                           : wrong_form();
}

// "EP 1 234 567 B1" → "EP1234567B1", "WO 2019/123456" → "WO2019123456".
Normal patent(std::string_view text) {
  const std::string folded = fold(text);
  std::string id = to_upper(compact(folded, " -./,"));
  const bool form = id.size() >= 4 && id.find_first_of("0123456789") != std::string::npos &&
                    id.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
  return form ? good(std::move(id)) : wrong_form();
}

}  // namespace pitchblende::registry::forms
