#include "pages/choices.hpp"

#include <algorithm>

namespace pitchblende::pages {

namespace {

constexpr uint32_t k_found = 10;

enum class Ticked : uint8_t { no, yes };

View choice(const search::Hit& hit, Ticked ticked, const Words& words) {
  View out =
      view({{"value", hit.id.text()},
            {"label", search::title_in(hit.title, words.code())},
            {"note", words.kind(hit.kind) +
                         (hit.note.empty() ? "" : " – " + std::string(search::title_in(hit.note, words.code())))}});
  out["checked"] = ticked == Ticked::yes;
  return out;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::string_view each = text.substr(0, text.find(' '));
    out.emplace_back(each);
    text.remove_prefix(std::min(text.size(), each.size() + 1));
  }
  return out;
}

}  // namespace

Views choices_of(const Site& site, const access::Viewer& viewer, const std::vector<Id>& ticked, std::string_view find,
                 std::string_view kinds, const Words& words) {
  Views out;
  const auto index = site.index();
  for (const search::Hit& hit : index->known(ticked, viewer)) {
    out.push_back(choice(hit, Ticked::yes, words));
  }
  if (find.empty()) {
    return out;
  }
  // A page's address, or an id, names a thing by itself.
  const size_t slash = find.rfind('/');
  if (const auto named = Id::parse(slash == std::string_view::npos ? find : find.substr(slash + 1))) {
    const std::vector<std::string> wanted = words_of(kinds);
    for (const search::Hit& hit : index->known(std::vector<Id>{*named}, viewer)) {
      const bool fits = std::find(wanted.begin(), wanted.end(), registry::name(hit.kind)) != wanted.end();
      if (fits && std::find(ticked.begin(), ticked.end(), hit.id) == ticked.end()) {
        out.push_back(choice(hit, Ticked::no, words));
      }
    }
    return out;
  }
  search::Query query;
  query.words = find;
  query.filters = {{search::Facet::kind, words_of(kinds)}};
  query.size = k_found;
  query.facet_size = 0;
  query.snippets = false;
  for (const search::Hit& hit : index->search(query, viewer).hits) {
    if (std::find(ticked.begin(), ticked.end(), hit.id) == ticked.end()) {
      out.push_back(choice(hit, Ticked::no, words));
    }
  }
  return out;
}

std::vector<Id> ids_in(const std::vector<std::string_view>& values) {
  std::vector<Id> out;
  for (const std::string_view value : values) {
    const auto id = Id::parse(value);
    if (id && *id != Id() && std::find(out.begin(), out.end(), *id) == out.end()) {
      out.push_back(*id);
    }
  }
  return out;
}

}  // namespace pitchblende::pages
