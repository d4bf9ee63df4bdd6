#include "search/vocabulary/suggestions.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/text.hpp"

namespace pitchblende::search {

namespace {

using registry::Kind;
using Entry = BeginningsOfNames::Entry;

constexpr size_t k_shortest = 2;          // letters
constexpr size_t k_most_looked = 20'000;  // entries of a segment that begin so

struct Candidate {
  const LiveSegment* live = nullptr;
  const Entry* entry = nullptr;
  double rank = 0;
};

// Rule 7.3.
double rank_of(const Segment& segment, const Entry& entry, std::string_view typed, std::string_view language) {
  double rank = std::log10(1 + static_cast<double>(entry.weight));
  rank += entry.first ? 2 : 0;
  rank += entry.size == typed.size() ? 1 : 0;
  rank -= 0.005 * static_cast<double>(entry.size);
  if (entry.of == BeginningsOfNames::Of::thing) {
    const Kind kind = segment.kind(entry.number);
    rank += kind == Kind::person || kind == Kind::team || kind == Kind::organisation || kind == Kind::group ||
                    kind == Kind::platform
                ? 1
                : 0.5;
  } else if (entry.of == BeginningsOfNames::Of::label) {
    const bool own = static_cast<StemLanguage>(entry.language) == stem_language(language);
    rank += own ? 1 : 0;
  }
  return rank;
}

bool is_alive(const LiveSegment& live, const Entry& entry) {
  if (entry.of != BeginningsOfNames::Of::value) {
    return !live.is_dead(entry.number);
  }
  const auto docs = live.segment->docs_of(entry.number);
  return std::any_of(docs.begin(), docs.end(), [&](uint32_t doc) { return !live.is_dead(doc); });
}

// What a concept is called by the words that begin so, in the reader's language where it has a name there.
std::string label_of(const Segment& segment, const Entry& entry, std::string_view letters, bool whole) {
  TextReader reader(segment.sound_texts(entry.number));
  for (StoredText text; reader.next(text);) {
    const std::string folded = normalised(text.text);
    if (whole ? folded == letters : folded.ends_with(letters)) {
      return std::string(text.text);
    }
  }
  return {};
}

Suggestion suggestion(const Candidate& candidate, std::string_view language) {
  const Segment& segment = *candidate.live->segment;
  const Entry& entry = *candidate.entry;
  Suggestion out;
  switch (entry.of) {
    case BeginningsOfNames::Of::thing:
      out.kind = segment.kind(entry.number);
      out.id = segment.id(entry.number);
      out.text = title_in(TextReader(segment.sound_texts(entry.number)).title(), language);
      break;
    case BeginningsOfNames::Of::label:
      out.text = label_of(segment, entry, candidate.live->beginnings->letters(entry), entry.first);
      break;
    case BeginningsOfNames::Of::value:
      out.text = segment.value(entry.number);
      break;
  }
  return out;
}

}  // namespace

std::vector<Suggestion> suggestions(const Snapshot& snapshot, std::string_view typed, std::string_view language,
                                    size_t most) {
  const std::string wanted = normalised(typed.substr(0, 200));
  if (wanted.size() < k_shortest) {
    return {};
  }
  std::vector<Candidate> candidates;
  for (const LiveSegment& live : snapshot.segments) {
    for (const Entry& entry : live.beginnings->with(*live.segment, wanted, k_most_looked)) {
      candidates.push_back({&live, &entry, rank_of(*live.segment, entry, wanted, language)});
    }
  }
  // Several entries may be one suggestion, or dead: more are ordered than are wanted.
  const auto better = [](const Candidate& a, const Candidate& b) {
    if (a.rank != b.rank) {
      return a.rank > b.rank;
    }
    const int way = a.live->beginnings->letters(*a.entry).compare(b.live->beginnings->letters(*b.entry));
    return way != 0 ? way < 0 : a.entry->number < b.entry->number;
  };
  std::vector<Suggestion> out;
  for (size_t begin = 0; begin < candidates.size() && out.size() < most;) {
    const size_t end = std::min(candidates.size(), begin + most * 8);
    std::partial_sort(candidates.begin() + static_cast<std::ptrdiff_t>(begin),
                      candidates.begin() + static_cast<std::ptrdiff_t>(end), candidates.end(), better);
    for (; begin < end && out.size() < most; ++begin) {
      if (!is_alive(*candidates[begin].live, *candidates[begin].entry)) {
        continue;
      }
      Suggestion next = suggestion(candidates[begin], language);
      const std::string folded = normalised(next.text);
      const bool again = std::any_of(out.begin(), out.end(), [&](const Suggestion& other) {
        return other.id == next.id && normalised(other.text) == folded;
      });
      if (!again && !next.text.empty()) {
        out.push_back(std::move(next));
      }
    }
  }
  return out;
}

}  // namespace pitchblende::search
