#include "search/vocabulary/beginnings_of_names.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace pitchblende::search {

namespace {

using registry::Kind;

constexpr size_t k_longest = 200;  // letters
constexpr int k_most_words = 8;    // of a name that one may begin with

bool is_named(Kind kind) {
  switch (kind) {
    case Kind::person:
    case Kind::organisation:
    case Kind::team:
    case Kind::group:
    case Kind::platform:
    case Kind::equipment:
    case Kind::service:
    case Kind::collection:
    case Kind::call:
      return true;
    default:
      return false;
  }
}

// The facet under which others name a thing.
Facet naming(Kind kind) {
  return kind == Kind::person     ? Facet::person
         : kind == Kind::group    ? Facet::group
         : kind == Kind::platform ? Facet::platform
                                  : Facet::institution;
}

}  // namespace

void BeginningsOfNames::add(std::string_view name, Entry entry) const {
  std::string letters = normalised(name);
  letters.resize(std::min(letters.size(), k_longest));
  const auto begin = static_cast<uint32_t>(m_letters.size());
  m_letters += letters;
  int words = 0;
  for (size_t at = 0; at < letters.size() && words < k_most_words; ++words) {
    entry.begin = begin + static_cast<uint32_t>(at);
    entry.size = static_cast<uint16_t>(letters.size() - at);
    entry.first = at == 0;
    m_entries.push_back(entry);
    const size_t space = letters.find(' ', at);
    at = space == std::string::npos ? letters.size() : space + 1;
  }
}

void BeginningsOfNames::add_thing(const Segment& segment, uint32_t doc) const {
  const Kind kind = segment.kind(doc);
  if (kind == Kind::concept_) {
    TextReader reader(segment.sound_texts(doc));
    for (StoredText text; reader.next(text);) {
      const bool label = text.field == field_code("labels") || text.field == field_code("synonyms");
      if (label && text.visibility == access::Visibility::everyone) {
        add(text.text, {0, 0, Of::label, false, static_cast<uint8_t>(text.language), doc, 0});
      }
    }
    return;
  }
  if (!is_named(kind)) {
    return;
  }
  const auto value = segment.find_value(naming(kind), segment.id(doc).text());
  const auto weight = static_cast<float>(value ? segment.docs_of(*value).size() : 0);
  const TextReader reader(segment.sound_texts(doc));
  const std::string_view french = title_in(reader.title(), "fr");
  const std::string_view english = title_in(reader.title(), "en");
  add(french, {0, 0, Of::thing, false, 0, doc, weight});
  if (english != french) {
    add(english, {0, 0, Of::thing, false, 0, doc, weight});
  }
}

bool BeginningsOfNames::make(const Segment& segment, const std::atomic<bool>& stop) const {
  for (uint32_t doc = 0; doc < segment.documents(); ++doc) {
    if (stop) {
      m_letters.clear();
      m_entries.clear();
      return false;
    }
    if (segment.is_public(doc)) {
      add_thing(segment, doc);
    }
  }
  for (uint32_t value = 0; value < segment.values(); ++value) {
    const size_t docs = segment.value_facet(value) == Facet::concept_ ? segment.docs_of(value).size() : 0;
    if (docs > 0) {
      add(segment.value(value), {0, 0, Of::value, false, 0, value, static_cast<float>(docs)});
    }
  }
  std::sort(m_entries.begin(), m_entries.end(), [&](const Entry& a, const Entry& b) {
    const int way = letters(a).compare(letters(b));
    return way != 0 ? way < 0 : std::tie(a.of, a.number, a.begin) < std::tie(b.of, b.number, b.begin);
  });
  return true;
}

void BeginningsOfNames::make_ready(const Segment& segment, const std::atomic<bool>& stop) const {
  if (m_ready) {
    return;
  }
  const std::lock_guard lock(m_making);
  if (!m_ready) {
    m_ready = make(segment, stop);
  }
}

std::span<const BeginningsOfNames::Entry> BeginningsOfNames::with(const Segment& segment, std::string_view beginning,
                                                                  size_t most) const {
  static const std::atomic<bool> k_to_the_end = false;
  make_ready(segment, k_to_the_end);
  const auto first =
      std::lower_bound(m_entries.begin(), m_entries.end(), beginning,
                       [&](const Entry& entry, std::string_view wanted) { return letters(entry) < wanted; });
  const auto last = std::partition_point(first, m_entries.end(),
                                         [&](const Entry& entry) { return letters(entry).starts_with(beginning); });
  return std::span(m_entries).subspan(static_cast<size_t>(first - m_entries.begin()),
                                      std::min<size_t>(static_cast<size_t>(last - first), most));
}

}  // namespace pitchblende::search
