// Invented documents for tests and benchmarks: few words, so that they meet; every visibility.
#pragma once

#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "search/search.hpp"

namespace pitchblende::search {

class RandomDocuments {
 public:
  explicit RandomDocuments(uint32_t seed) : m_random(seed) {}

  uint32_t below(uint32_t end) { return static_cast<uint32_t>(m_random() % end); }
  bool once_in(uint32_t times) { return below(times) == 0; }
  const std::string& word() {
    static const std::vector<std::string> words = {
        "cancer", "Cancers", "tumeur", "tumeurs",  "cell",  "cells",   "cellule",    "cellules",
        "IL-2",   "IL2",     "CAR-T",  "car",      "the",   "de",      "p53",        "CD8+",
        "CD8",    "l’ADN",   "ADN",    "immunité", "œdème", "oedeme",  "PD-1/PD-L1", "PD-1",
        "B",      "Ελλάδα",  "癌症",   "of",       "study", "studies", "étude",      "x"};
    // Some words are frequent, most are rare.
    return words[std::min(below(static_cast<uint32_t>(words.size())), below(static_cast<uint32_t>(words.size())))];
  }
  std::string text(uint32_t most) {
    std::string out;
    for (uint32_t i = below(most + 1); i > 0; --i) {
      out += word() + (once_in(6) ? ", " : " ");
    }
    return out;
  }
  access::Visibility visibility() {
    return once_in(3) ? static_cast<access::Visibility>(below(5)) : access::Visibility::everyone;
  }
  TextPart part() { return once_in(2) ? TextPart::name : TextPart::text; }
  std::string_view field() {
    static const std::vector<std::string_view> fields = {"names",    "title",   "abstract", "labels",
                                                         "synonyms", "authors", ""};
    return fields[below(static_cast<uint32_t>(fields.size()))];
  }
  // Letters; ids where a thing is named, years and days where a query may ask for a range, words of a topic.
  std::string value(Facet facet) {
    const bool names = facet == Facet::institution || facet == Facet::person || facet == Facet::group ||
                       facet == Facet::platform || facet == Facet::broader;
    if (names && once_in(2)) {
      return Id(1 + below(40)).text();
    }
    if (facet == Facet::year && once_in(2)) {
      return std::to_string(2019 + below(5));
    }
    if (facet == Facet::closes) {
      return "2026-11-2" + std::to_string(below(10));
    }
    if (facet == Facet::concept_ && once_in(2)) {
      return word() + " " + text(2);
    }
    return facet == Facet::open_access && once_in(2) ? "gold" : std::string(1, static_cast<char>('a' + below(4)));
  }
  Document document(uint64_t id) {
    Document document;
    document.id = Id(id);
    document.kind = static_cast<registry::Kind>(below(3));
    document.visibility = once_in(5) ? visibility() : access::Visibility::everyone;
    for (uint64_t owner = 1; owner <= 3; ++owner) {
      if (once_in(2)) {
        document.owners.emplace_back(owner);
      }
    }
    document.title = text(4);
    document.note = text(3);
    document.sort_text = text(2);  // "cancer" and what follows: many begin with the same eight bytes
    document.date = once_in(4) ? 0 : 20240000 + below(3);
    if (once_in(8)) {
      document.kind = registry::Kind::concept_;
    }
    document.texts.push_back({document.title, "en", 8, access::Visibility::everyone, part(), field()});
    for (uint32_t i = below(4); i > 0; --i) {
      static const std::vector<std::string> languages = {"en", "fr", "", "de"};
      document.texts.push_back({text(once_in(3) ? 3 : 20), languages[below(4)], static_cast<uint8_t>(1 + below(10)),
                                visibility(), part(), field()});
    }
    for (uint32_t i = below(8); i > 0; --i) {
      const auto facet = static_cast<Facet>(1 + below(k_facets - 1));
      document.facets.push_back({facet, value(facet), visibility()});
    }
    for (uint32_t i = once_in(10) ? 50 : 0; i > 0; --i) {  // more than stand in one line of facets
      document.facets.push_back({Facet::person, "p" + std::to_string(i), access::Visibility::everyone});
    }
    return document;
  }
  std::string plain_words_typed() {
    std::string out;
    for (uint32_t i = below(5); i > 0; --i) {
      const uint32_t sign = below(12);
      out += (sign == 0 ? "-" : sign == 1 ? "\"" : "") + word() + (sign == 1 ? "\" " : " ");
    }
    return out;
  }
  // Something of the query grammar, and now and then something beside it.
  std::string written(uint32_t deep) {
    static const std::vector<std::string> operators = {" ", " ", " AND ", " OR ", " OU ", " NOT ", " SAUF ", " ET "};
    std::string out;
    for (uint32_t i = 1 + below(3); i > 0; --i) {
      const bool group = deep > 0 && once_in(3);
      out += (once_in(6) ? "-" : "") + (group ? "(" + written(deep - 1) + ")" : leaf());
      out += i > 1 || once_in(30) ? operators[below(static_cast<uint32_t>(operators.size()))] : "";
    }
    return out;
  }
  std::string leaf() {
    static const std::vector<std::string> texts = {"title:", "name:", "abstract:", "auteur:", "keyword:"};
    static const std::vector<std::string> named = {"at:", "chez:", "group:", "person:", "plateforme:"};
    static const std::vector<std::string> values = {"type:", "make:", "marque:", "field:", "lieu:"};
    const std::string one = word();
    switch (below(12)) {
      case 0:
        return "\"" + one + " " + word() + "\"";
      case 1:
        return one.substr(0, one.size() < 3 ? one.size() : 2 + below(3)) + "*";
      case 2:
        return texts[below(5)] + (once_in(3) ? one + "*" : once_in(2) ? "\"" + one + " " + word() + "\"" : one);
      case 3:
        return named[below(5)] + (once_in(4) ? Id(1 + below(40)).text() : one);
      case 4:
        return values[below(5)] + std::string(1, static_cast<char>('a' + below(5)));
      case 5:
        return "year:" + std::to_string(2018 + below(4)) + (once_in(2) ? ".." + std::to_string(2018 + below(6)) : "");
      case 6:
        return once_in(2) ? "topic:" + one : "sujet:\"" + one + " " + word() + "\"";
      case 7:
        return once_in(2) ? "kind:équipe" : "type:persons";
      case 8:
        return once_in(2) ? "open:access" : "ouvert:appel";
      case 9:
        return once_in(4) ? "foo:" + one : once_in(3) ? "(" + one : one;
      default:
        return one;
    }
  }
  Query query() {
    Query query;
    query.words = once_in(2) ? plain_words_typed() : written(3);
    query.today = "2026-11-2" + std::to_string(below(10));
    query.translation = once_in(4) ? Translation::none : Translation::by_vocabulary;
    for (uint32_t i = once_in(2) ? below(3) : 0; i > 0; --i) {
      Filter filter{static_cast<Facet>(below(k_facets)), {}};
      for (uint32_t value = below(3); value > 0; --value) {
        filter.values.push_back(filter.facet == Facet::kind
                                    ? std::string(registry::name(static_cast<registry::Kind>(below(3))))
                                    : std::string(1, static_cast<char>('a' + below(5))));
      }
      query.filters.push_back(filter);
    }
    query.order = static_cast<Order>(below(3));
    query.size = 1000;
    query.facet_size = 1 + below(5);
    for (uint32_t i = once_in(2) ? below(4) : 0; i > 0; --i) {
      query.facets.emplace_back(static_cast<Facet>(below(k_facets)), below(5));
    }
    return query;
  }
  access::Viewer viewer() {
    switch (below(4)) {
      case 0:
        return access::Viewer::everything();
      case 1:
        return {access::Visibility::consortium, {Id(1)}, {Id(3), Id(5)}};
      case 2:
        return {access::Visibility::consortium, {}, {}};
      default:
        return access::Viewer::visitor();
    }
  }

 private:
  std::mt19937 m_random;
};

// A folder that goes when the test ends.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string path = (std::filesystem::temp_directory_path() / "pitchblende-search-XXXXXX").string();
    m_path = ::mkdtemp(path.data()) != nullptr ? path : std::string();
  }
  ~TemporaryFolder() {
    std::error_code error;
    std::filesystem::remove_all(m_path, error);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return m_path; }

 private:
  std::string m_path;
};

}  // namespace pitchblende::search
