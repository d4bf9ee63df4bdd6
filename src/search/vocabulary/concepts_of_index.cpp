#include "search/vocabulary/concepts_of_index.hpp"

#include <algorithm>

namespace pitchblende::search {

namespace {

std::vector<uint32_t> concepts_in(const LiveSegment& live) {
  std::vector<uint32_t> out;
  if (const auto kind = live.segment->find_value(Facet::kind, registry::name(registry::Kind::concept_))) {
    for (const uint32_t doc : live.segment->docs_of(*kind)) {
      if (!live.is_dead(doc)) {
        out.push_back(doc);
      }
    }
  }
  return out;
}

Concept concept_at(const Segment& segment, uint32_t doc) {
  Concept out{segment.id(doc), {}, {}};
  TextReader reader(segment.sound_texts(doc));
  for (StoredText text; reader.next(text);) {
    const bool preferred = text.field == field_code("labels");
    if ((preferred || text.field == field_code("synonyms")) && text.visibility == access::Visibility::everyone) {
      out.labels.push_back({std::string(text.text), text.language, preferred});
    }
  }
  segment.each_facet(doc, [&](uint32_t value) {
    if (segment.value_facet(value) == Facet::broader) {
      if (const auto id = Id::parse(segment.value(value))) {
        out.broader.push_back(*id);
      }
    }
  });
  return out;
}

}  // namespace

ConceptsMark concepts_mark(const std::vector<LiveSegment>& segments) {
  ConceptsMark mark;
  for (const LiveSegment& live : segments) {
    if (const size_t count = concepts_in(live).size(); count > 0) {
      mark.emplace_back(live.segment->header().check, static_cast<uint32_t>(count));
    }
  }
  std::sort(mark.begin(), mark.end());
  return mark;
}

std::shared_ptr<const Thesaurus> thesaurus_of(const std::vector<LiveSegment>& segments) {
  std::vector<Concept> concepts;
  for (const LiveSegment& live : segments) {
    for (const uint32_t doc : concepts_in(live)) {
      concepts.push_back(concept_at(*live.segment, doc));
    }
  }
  return std::make_shared<const Thesaurus>(std::move(concepts));
}

}  // namespace pitchblende::search
