#include "pages/choices.hpp"

#include <algorithm>

namespace pitchblende::pages {

namespace {

constexpr uint32_t k_found = 10;

enum class Ticked : uint8_t { no, yes };

View choice(const search::Hit& hit, Ticked ticked, const Words& words) {
  const std::string note(search::title_in(hit.note, words.code()));
  View out = view({{"value", hit.id.text()},
                   {"label", search::title_in(hit.title, words.code())},
                   {"note", words.kind(hit.kind) + (note.empty() ? "" : " – " + note)}});
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

// A page's address, or an id, names a thing by itself.
std::optional<Id> named_by(std::string_view find) {
  const size_t slash = find.rfind('/');
  return Id::parse(slash == std::string_view::npos ? find : find.substr(slash + 1));
}

std::vector<search::Hit> found_by(const search::Index& index, const access::Viewer& viewer, std::string_view find,
                                  std::string_view kinds) {
  const std::vector<std::string> wanted = words_of(kinds);
  if (const auto named = named_by(find)) {
    std::vector<search::Hit> out = index.known(std::vector<Id>{*named}, viewer);
    std::erase_if(out, [&](const search::Hit& hit) {
      return std::find(wanted.begin(), wanted.end(), registry::name(hit.kind)) == wanted.end();
    });
    return out;
  }
  search::Query query;
  query.words = find;
  query.filters = {{search::Facet::kind, wanted}};
  query.size = k_found;
  query.facet_size = 0;
  query.snippets = false;
  return index.search(query, viewer).hits;
}

}  // namespace

void put_choices(const Site& site, const access::Viewer& viewer, const std::vector<Id>& ticked, std::string_view find,
                 std::string_view kinds, const Words& words, View& out) {
  Views choices;
  const auto index = site.index();
  for (const search::Hit& hit : index->known(ticked, viewer)) {
    choices.push_back(choice(hit, Ticked::yes, words));
  }
  if (!find.empty()) {
    const std::vector<search::Hit> hits = found_by(*index, viewer, find, kinds);
    for (const search::Hit& hit : hits) {
      if (std::find(ticked.begin(), ticked.end(), hit.id) == ticked.end()) {
        choices.push_back(choice(hit, Ticked::no, words));
      }
    }
    if (hits.empty()) {
      out["nothing"] = put_in(words.get("form.not_found"), "what", find);
    }
  }
  out["choices"] = std::move(choices);
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
