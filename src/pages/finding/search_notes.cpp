#include "pages/finding/search_notes.hpp"

#include <algorithm>

#include "base/beginning.hpp"

namespace pitchblende::pages {

Views note_views(const std::vector<search::QueryNote>& notes, const Words& words) {
  Views out;
  for (const search::QueryNote& note : notes) {
    const std::string text = words.get("query.notes." + std::string(search::name(note.reason)));
    out.push_back(view({{"text", put_in(text, "text", note.text)}}));
  }
  return out;
}

Views translated_views(const std::vector<search::Translated>& translated, const Words& words) {
  Views out;
  for (const search::Translated& each : translated) {
    std::string also;
    for (const std::string& label : each.also) {
      also += (also.empty() ? "" : ", ") + label;
    }
    out.push_back(view({{"words", each.words}, {"also", also}, {"for", words.get("query.also")}}));
  }
  return out;
}

std::string_view experts_wanted(std::string_view q) {
  const std::string folded = fold(beginning(q, 24));
  for (const std::string_view begin : {"experts in ", "expert in ", "experts en ", "expert en ", "experte en ",
                                       "expertes en ", "experts on ", "experts du ", "experts de "}) {
    if (folded.starts_with(begin)) {
      return trim(q.substr(begin.size()));
    }
  }
  return {};
}

}  // namespace pitchblende::pages
