// The readers by the names of their formats.
#include <algorithm>
#include <vector>

#include "sources/errors.hpp"
#include "sources/pubmed/pubmed.hpp"
#include "sources/ror.hpp"
#include "sources/source.hpp"

namespace pitchblende::sources {

namespace {

struct BuiltIn {
  Format format;
  std::unique_ptr<Reader> (*make)(const Settings&);
};

constexpr BuiltIn k_built_in[] = {
    {{"pubmed", "PubMed: articles, books and deletions, XML", "PubMed : articles, livres et suppressions, en XML",
      Mode::feed},
     make_pubmed_reader},
    {{"ror", "Research Organization Registry: its dump, schema 1 or 2, JSON",
      "Research Organization Registry : son export, schéma 1 ou 2, en JSON", Mode::snapshot},
     make_ror_reader},
};

std::vector<Format> all_formats() {
  std::vector<Format> out;
  for (const BuiltIn& built_in : k_built_in) {
    out.push_back(built_in.format);
  }
  std::sort(out.begin(), out.end(), [](const Format& a, const Format& b) { return a.name < b.name; });
  return out;
}

}  // namespace

std::span<const Format> formats() {
  static const std::vector<Format> known = all_formats();
  return known;
}

Result<std::unique_ptr<Reader>> make_reader(std::string_view format, const Settings& settings) {
  for (const BuiltIn& built_in : k_built_in) {
    if (built_in.format.name == format) {
      return built_in.make(settings);
    }
  }
  std::string known;
  for (const Format& each : formats()) {
    known.append(known.empty() ? "" : ", ").append(each.name);
  }
  return fail(errors::unknown_format, format, known);
}

}  // namespace pitchblende::sources
