#include "pages/address.hpp"

#include <algorithm>
#include <array>

namespace pitchblende::pages {

std::string below(const Words& words, std::string_view path) {
  return "/" + std::string(words.code()) + std::string(path);
}

std::string thing_address(std::string_view language, registry::Kind kind, Id id) {
  std::string out = "/";
  out += language;
  out += '/';
  out += registry::name(kind);
  out += '/';
  out += id.text();
  return out;
}

std::string thing_name(Id id) { return "/id/pitchblende/" + id.text(); }

std::string search_address(std::string_view language, const std::vector<std::pair<std::string, std::string>>& query) {
  std::string out = "/" + std::string(language) + "/search";
  char before = '?';
  for (const auto& [name, value] : query) {
    if (!value.empty()) {
      out += before;
      out += name + "=" + http::percent_encoded(value);
      before = '&';
    }
  }
  return out;
}

std::string with_parameters(const http::Request& request, std::string path,
                            std::initializer_list<std::string_view> names) {
  char before = '?';
  for (const std::string_view name : names) {
    if (const std::string_view value = request.parameter(name); !value.empty()) {
      path += before + std::string(name) + "=" + http::percent_encoded(value);
      before = '&';
    }
  }
  return path;
}

std::string outside_address(std::string_view scheme, std::string_view value) {
  struct Home {
    std::string_view scheme;
    std::string_view begin;
    std::string_view end;
  };
  static constexpr std::array<Home, 22> k_homes = {{
      {"orcid", "https://orcid.org/", ""},
      {"idhal", "https://cv.hal.science/", ""},
      {"idref", "https://www.idref.fr/", ""},
      {"isni", "https://isni.org/isni/", ""},
      {"ror", "https://ror.org/", ""},
      {"doi", "https://doi.org/", ""},
      {"pidinst", "https://doi.org/", ""},
      {"pmid", "https://pubmed.ncbi.nlm.nih.gov/", "/"},
      {"pmc", "https://www.ncbi.nlm.nih.gov/pmc/articles/", "/"},
      {"hal", "https://hal.science/", ""},
      {"arxiv", "https://arxiv.org/abs/", ""},
      {"nct", "https://clinicaltrials.gov/study/", ""},
      {"wikidata", "https://www.wikidata.org/wiki/", ""},
      {"fundref", "https://doi.org/10.13039/", ""},
      {"grid", "https://www.grid.ac/institutes/", ""},
      {"siren", "https://annuaire-entreprises.data.gouv.fr/entreprise/", ""},
      {"siret", "https://annuaire-entreprises.data.gouv.fr/etablissement/", ""},
      {"issn", "https://portal.issn.org/resource/ISSN/", ""},
      {"halstructure", "https://aurehal.archives-ouvertes.fr/structure/read/id/", ""},
      {"rrid", "https://scicrunch.org/resolver/", ""},
      {"geonames", "https://www.geonames.org/", ""},
      {"euct", "https://euclinicaltrials.eu/ctis-public/view/", ""},
  }};
  const auto home =
      std::find_if(k_homes.begin(), k_homes.end(), [&](const Home& each) { return each.scheme == scheme; });
  if (home == k_homes.end() || value.empty()) {
    return {};
  }
  std::string path;
  for (const char c : value) {
    // A DOI keeps its slash; everything that could end the path is encoded.
    path += c == '/' || c == ':' ? std::string(1, c) : http::percent_encoded(std::string_view(&c, 1));
  }
  return std::string(home->begin) + path + std::string(home->end);
}

std::string safe_address(std::string_view url) {
  std::string scheme(url.substr(0, url.find(':')));
  std::transform(scheme.begin(), scheme.end(), scheme.begin(), [](unsigned char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c);
  });
  const bool plain = std::all_of(url.begin(), url.end(), [](unsigned char c) { return c > 0x20 && c != 0x7F; });
  const bool web = (scheme == "http" || scheme == "https") && url.substr(scheme.size()).starts_with("://");
  return web && plain ? std::string(url) : std::string();
}

}  // namespace pitchblende::pages
