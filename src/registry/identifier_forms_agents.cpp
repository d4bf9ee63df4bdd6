#include "base/text.hpp"
#include "registry/check_digits.hpp"
#include "registry/identifier_forms.hpp"

namespace pitchblende::registry::forms {

namespace {

bool is_sixteen(std::string_view text) {
  return text.size() == 16 && all_digits(text.substr(0, 15)) && (is_digit(text[15]) || text[15] == 'X');
}

}  // namespace

Normal orcid(std::string_view text) {
  const std::string folded = fold(text);
  const std::string digits = to_upper(compact(bare(folded, {"sandbox.", "orcid.org/", "orcid id", "orcid"})));
  if (!is_sixteen(digits)) {
    return wrong_form();
  }
  std::string dashed = digits.substr(0, 4);
  for (size_t at = 4; at < 16; at += 4) {
    dashed.append("-").append(digits, at, 4);
  }
  return checked(check_mod_11_2(digits), std::move(dashed));
}

Normal isni(std::string_view text) {
  const std::string folded = fold(text);
  std::string digits = to_upper(compact(bare(folded, {"isni.org/isni/", "isni.org/", "isni"})));
  return is_sixteen(digits) ? checked(check_mod_11_2(digits), digits) : wrong_form();
}

Normal ror(std::string_view text) {
  const std::string folded = fold(text);
  const std::string_view id = bare(folded, {"ror.org/", "ror"});
  if (id.size() != 9 || id[0] != '0' || !all_digits(id.substr(7)) ||
      id.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz") != std::string_view::npos) {
    return wrong_form();
  }
  return checked(check_mod_97_10(id), std::string(id));
}

Normal idhal(std::string_view text) {
  const std::string folded = fold(text);
  const std::string_view id = bare(folded, {"cv.hal.science/", "cv.archives-ouvertes.fr/", "idhal"});
  if (id.empty() || id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.") != std::string_view::npos) {
    return wrong_form();
  }
  return good(std::string(id));
}

Normal idref(std::string_view text) {
  const std::string folded = fold(text);
  std::string id = to_upper(compact(bare(folded, {"idref.fr/", "idref", "ppn"})));
  if (id.ends_with("/ID")) {
    id.resize(id.size() - 3);
  }
  if (id.size() != 9 || !all_digits(std::string_view(id).substr(0, 8)) || (!is_digit(id[8]) && id[8] != 'X')) {
    return wrong_form();
  }
  return checked(check_mod_11(id), id);
}

Normal siren(std::string_view text) {
  const std::string folded = fold(text);
  std::string digits = compact(bare(folded, {"siren"}), " -.");
  return digits.size() == 9 && all_digits(digits) ? checked(check_luhn(digits), digits) : wrong_form();
}

Normal siret(std::string_view text) {
  const std::string folded = fold(text);
  std::string digits = compact(bare(folded, {"siret"}), " -.");
  return digits.size() == 14 && all_digits(digits) ? checked(check_siret(digits), digits) : wrong_form();
}

// Nine characters; the département of Corsica is 2A or 2B.
Normal finess(std::string_view text) {
  const std::string folded = fold(text);
  std::string id = to_upper(compact(bare(folded, {"finess"})));
  const bool corsica = id.starts_with("2A") || id.starts_with("2B");
  return id.size() == 9 && all_digits(std::string_view(id).substr(corsica ? 2 : 0)) ? good(std::move(id))
                                                                                    : wrong_form();
}

Normal rnsr(std::string_view text) {
  const std::string folded = fold(text);
  std::string id = to_upper(compact(bare(folded, {"rnsr"})));
  const bool right = id.size() == 10 && all_digits(std::string_view(id).substr(0, 9)) && id[9] >= 'A' && id[9] <= 'Z';
  return right ? good(std::move(id)) : wrong_form();
}

Normal wikidata(std::string_view text) {
  const std::string folded = fold(text);
  std::string_view id = bare(folded, {"wikidata.org/", "wiki/", "entity/", "wikidata"});
  return cut_prefix(id, "q") ? number(id, 12, "Q") : wrong_form();
}

Normal fundref(std::string_view text) {
  const std::string folded = fold(text);
  return number(bare(folded, {"dx.", "doi.org/", "doi", "10.13039/"}), 14);
}

Normal email(std::string_view text) {
  std::string address = to_lower(std::string(text));
  std::string_view rest = address;
  cut_prefix(rest, "mailto:");
  rest = trim(rest);
  if (rest.size() > 2 && rest.front() == '<' && rest.back() == '>') {
    rest = rest.substr(1, rest.size() - 2);
  }
  const size_t at = rest.find('@');
  if (at == std::string_view::npos || at == 0 || rest.find('@', at + 1) != std::string_view::npos ||
      rest.size() > 254 || rest.find_first_of(" ,;:<>()[]\"\\") != std::string_view::npos) {
    return wrong_form();
  }
  const std::string_view domain = rest.substr(at + 1);
  if (domain.find('.') == std::string_view::npos || domain.front() == '.' || domain.back() == '.' ||
      domain.find("..") != std::string_view::npos || rest.find("mailto") == 0) {
    return wrong_form();
  }
  return good(std::string(rest));
}

namespace {

bool names_an_operator(std::string_view word) {
  static constexpr std::string_view k_operators[] = {"cnrs", "inserm", "inra",  "inrae", "ird", "cea", "cirad",
                                                     "ined", "inria",  "upres", "unite", "no",  "n"};
  for (const std::string_view known : k_operators) {
    if (word == known) {
      return true;
    }
  }
  return false;
}

}  // namespace

// The label and number of a French unit: "UMR_S 1138", "UMRS543", "Inserm UMR-S 1138" → "UMR S 1138"; "UMR7104",
// "UMR CNRS 7104" → "UMR 7104"; "U1068" → "U 1068". Capital words, then the number without leading zeros.
Normal label(std::string_view text) {
  const std::string folded = normalised(text);
  std::string letters;
  std::string digits;
  size_t at = 0;
  while (at < folded.size()) {
    const char first = folded[at];
    const size_t begin = at;
    while (at < folded.size() && folded[at] != ' ' && is_digit(folded[at]) == is_digit(first)) {
      ++at;
    }
    const std::string_view word = std::string_view(folded).substr(begin, at - begin);
    if (is_digit(first)) {
      if (!digits.empty()) {
        return wrong_form();
      }
      digits = word;
    } else if (first != ' ' && !names_an_operator(word)) {
      if (!digits.empty() || word.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != std::string_view::npos) {
        return wrong_form();
      }
      letters += letters.empty() || letters == "umr" || letters == "cic" ? "" : " ";
      letters += word;
    }
    at += at < folded.size() && folded[at] == ' ' ? 1 : 0;
  }
  if (letters.empty() || letters.size() > 16) {
    return wrong_form();
  }
  for (const std::string_view type : {"umr", "cic"}) {
    if (letters.size() > type.size() && letters.starts_with(type) && letters[type.size()] != ' ') {
      letters.insert(type.size(), 1, ' ');
    }
  }
  return number(digits, 7, to_upper(letters) + " ");
}

// grid.5842.b
Normal grid(std::string_view text) {
  const std::string folded = fold(text);
  std::string_view id = bare(folded, {"grid.ac/institutes/"});
  const size_t dot = id.rfind('.');
  const bool right = id.starts_with("grid.") && dot > 5 && dot + 1 < id.size() && all_digits(id.substr(5, dot - 5)) &&
                     id.substr(dot + 1).find_first_not_of("0123456789abcdef") == std::string_view::npos;
  return right ? good(std::string(id)) : wrong_form();
}

Normal geonames(std::string_view text) {
  const std::string folded = fold(text);
  return number(bare(folded, {"sws.", "geonames.org/"}), 10);
}

Normal halstructure(std::string_view text) {
  const std::string folded = fold(text);
  return number(bare(folded, {"aurehal.archives-ouvertes.fr/structure/read/id/", "struct-"}), 9);
}

}  // namespace pitchblende::registry::forms
