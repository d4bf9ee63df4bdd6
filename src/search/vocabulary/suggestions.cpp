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
constexpr size_t k_most_named = 256;      // of those that rank first it is asked which concept they name
constexpr double k_own = 1;               // what is in the reader's language ranks before
constexpr double k_foreign = 4;           // what begins so in another one alone ranks after all others

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
    rank += own ? k_own : 0;
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

// A suggestion before it is known whether there is a better one of the same concepts.
struct Offer {
  Suggestion suggestion;
  std::vector<uint32_t> concepts = {};  // that its text names; sorted
  double rank = 0;
};

bool begins_a_word(const std::string& normalised_text, const std::string& typed) {
  return normalised_text.starts_with(typed) || normalised_text.find(" " + typed) != std::string::npos;
}

// A topic by the name that begins so in the reader's language, the preferred one first. Rules 7.3 and 7.6.
void put_in_language(const Thesaurus& known, const std::string& typed, std::string_view language, bool is_value,
                     Offer& out) {
  out.concepts = known.named(out.suggestion.text);
  if (out.concepts.empty()) {
    return;
  }
  const std::string shown = normalised(out.suggestion.text);
  const StemLanguage own = stem_language(language);
  const ConceptLabel* best = nullptr;
  bool is_own = false;
  const std::vector<ConceptLabel> labels = known.labels(out.concepts);
  for (const ConceptLabel& label : labels) {
    const std::string name = normalised(label.text);
    if (name == shown) {
      out.suggestion.text = label.text;  // as its vocabulary writes it: some files shout
    }
    if (label.language != own && label.language != StemLanguage::none) {
      continue;
    }
    is_own = is_own || name == shown;
    if (best == nullptr && begins_a_word(name, typed)) {
      best = &label;
    }
  }
  if (best == nullptr) {
    out.rank -= is_own ? 0 : k_foreign;
    return;
  }
  if (best->preferred || !is_own) {
    out.suggestion.text = best->text;
  }
  out.rank += is_value || !is_own ? k_own : 0;
}

Offer offer(const Candidate& candidate, const Snapshot& snapshot, const std::string& typed, std::string_view language) {
  const Segment& segment = *candidate.live->segment;
  const Entry& entry = *candidate.entry;
  Offer out{{}, {}, candidate.rank};
  switch (entry.of) {
    case BeginningsOfNames::Of::thing:
      out.suggestion.kind = segment.kind(entry.number);
      out.suggestion.id = segment.id(entry.number);
      out.suggestion.text = title_in(TextReader(segment.sound_texts(entry.number)).title(), language);
      return out;
    case BeginningsOfNames::Of::label:
      out.suggestion.text = label_of(segment, entry, candidate.live->beginnings->letters(entry), entry.first);
      break;
    case BeginningsOfNames::Of::value:
      out.suggestion.text = segment.value(entry.number);
      break;
  }
  if (snapshot.thesaurus != nullptr && !snapshot.thesaurus->empty()) {
    put_in_language(*snapshot.thesaurus, typed, language, entry.of == BeginningsOfNames::Of::value, out);
  }
  return out;
}

// The same words, or another name of the same concept.
bool is_again(const Offer& a, const Offer& b) {
  if (a.suggestion.id != b.suggestion.id) {
    return false;
  }
  return normalised(a.suggestion.text) == normalised(b.suggestion.text) ||
         std::ranges::any_of(a.concepts, [&](uint32_t each) { return std::ranges::binary_search(b.concepts, each); });
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
  const size_t looked = std::max(k_most_named, most);
  std::vector<Offer> offers;
  for (size_t begin = 0; begin < candidates.size() && offers.size() < looked;) {
    const size_t end = std::min(candidates.size(), begin + looked);
    std::partial_sort(candidates.begin() + static_cast<std::ptrdiff_t>(begin),
                      candidates.begin() + static_cast<std::ptrdiff_t>(end), candidates.end(), better);
    for (; begin < end; ++begin) {
      if (is_alive(*candidates[begin].live, *candidates[begin].entry)) {
        offers.push_back(offer(candidates[begin], snapshot, wanted, language));
      }
    }
  }
  std::ranges::stable_sort(offers, std::ranges::greater{}, &Offer::rank);
  std::vector<Offer> kept;
  for (Offer& next : offers) {
    const auto again = [&](const Offer& other) { return is_again(next, other); };
    if (kept.size() < most && !next.suggestion.text.empty() && std::ranges::none_of(kept, again)) {
      kept.push_back(std::move(next));
    }
  }
  std::vector<Suggestion> out;
  for (Offer& each : kept) {
    out.push_back(std::move(each.suggestion));
  }
  return out;
}

}  // namespace pitchblende::search
