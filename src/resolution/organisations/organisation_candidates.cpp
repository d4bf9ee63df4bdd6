#include "resolution/organisations/organisation_candidates.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <functional>
#include <limits>

namespace pitchblende::resolution {

namespace {

using Data = OrganisationIndex::Data;

constexpr size_t k_slots = 128;
constexpr size_t k_reach = 8;         // words of a name stand at most so far from where they are expected
constexpr size_t k_ahead = 6;         // names whose words are fetched before they are laid
constexpr size_t k_anchors = 4;       // places of its rarest word that are tried
constexpr float k_shortened = 0.8F;   // what a shortened word is worth
constexpr float k_hopeless = 0.999F;  // sums differ in their last bits
constexpr size_t k_covering = 3;      // that cover an alignment: it waits, or is left
constexpr size_t k_kept = 96;         // alignments of a window that are looked at in the end

size_t slot_of(uint32_t word) { return (word * 0x9E3779B1U) >> 25; }

bool is_number(std::string_view key) {
  return std::all_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
}
bool has_digit(std::string_view key) {
  return std::any_of(key.begin(), key.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void add_place(Window& window, uint32_t word, uint32_t place) {
  size_t slot = slot_of(word);
  while (window.places[slot].first != k_no_word && window.places[slot].first != word) {
    slot = (slot + 1) % k_slots;
  }
  if (window.places[slot].first == word) {
    uint32_t last = window.places[slot].second;
    while (window.words[last].next != k_no_word) {
      last = window.words[last].next;
    }
    window.words[last].next = place;
    return;
  }
  window.places[slot] = {word, place};
}

void join_keys(std::span<const AffiliationWord> words, size_t first, size_t last, std::string& out) {
  out.clear();
  for (size_t i = first; i < last; ++i) {
    if (i != first) {
      out += ' ';
    }
    out += words[i].key;
  }
}

// Countries and towns stand at the end of a segment, alone or behind a post code.
void find_places(const Data& data, Window& window) {
  const auto& printed = window.printed;
  std::string keys;
  for (size_t begin = 0; begin < printed.size();) {
    size_t end = begin;
    while (end < printed.size() && printed[end].segment == printed[begin].segment) {
      ++end;
    }
    size_t first = begin;
    while (first < end && (has_digit(printed[first].key) || printed[first].key.size() == 1)) {
      ++first;  // "F-75005 Paris"
    }
    size_t last = end;
    while (last > first && has_digit(printed[last - 1].key)) {
      --last;  // "London W1"
    }
    for (size_t from = last > first + k_longest_country ? last - k_longest_country : first; from < last; ++from) {
      join_keys(printed, from, last, keys);
      const std::string_view country = country_of_keys(keys);
      // Behind other words it may be a part of a name: "University of Georgia".
      if (!country.empty() && (from == first || (end == printed.size() && begin > 0))) {
        window.countries.emplace_back(country);
        for (size_t i = from; i < last; ++i) {
          window.country_words |= uint64_t{1} << i;
        }
        last = from;
        break;
      }
    }
    if (last > first && last - first <= 4) {
      join_keys(printed, first, last, keys);
      if (data.towns.find(keys) != data.towns.end()) {
        window.towns.emplace_back(first, last);
      }
    }
    begin = end;
  }
}

// Lays a name on a window, from one place of one of its words.
class Laying {
 public:
  Laying(const Data& data, const Window& window, uint32_t number)
      : m_data(data),
        m_window(window),
        m_name(data.names[number]),
        m_words(data.words_of(m_name)),
        m_spellings(data.name_spellings.data() + m_name.first) {
    m_best.name = number;
    m_best.score = -1e9F;
  }

  Alignment best() {
    const size_t count = std::min<size_t>(m_name.count, 40);
    size_t anchor = count;
    float rarest = -1;
    // What is not there leaves too little soon, mostly.
    float left = m_name.weight;
    const float needed = k_hopeless * k_least_coverage * m_name.weight;
    for (size_t i = 0; i < count; ++i) {
      m_first[i] = m_window.place(m_words[i]);
      const IndexedWord& word = m_data.words[m_words[i]];
      if (m_first[i] == k_no_word) {
        left -= may_be_shortened(word) ? word.weight * (1 - k_shortened) : word.weight;
        if (left < needed) {
          return m_best;
        }
      } else if (word.weight > rarest) {
        rarest = word.weight;
        anchor = i;
      }
    }
    if (anchor == count) {
      return m_best;
    }
    size_t tried = 0;
    for (uint32_t at = m_first[anchor]; at != k_no_word && tried < k_anchors; at = m_window.words[at].next, ++tried) {
      const Alignment found = lay(count, anchor, at);
      if (found.score > m_best.score) {
        m_best = found;
      }
    }
    return m_best;
  }

 private:
  bool may_be_shortened(const IndexedWord& word) const {
    return word.beginning != k_no_beginning && ((m_window.unknown_beginnings >> word.beginning) & 1) != 0;
  }

  uint32_t nearest(size_t word, int expected, uint64_t used) const {
    uint32_t best = k_no_word;
    int least = static_cast<int>(k_reach) + 1;
    for (uint32_t at = m_first[word]; at != k_no_word; at = m_window.words[at].next) {
      const int distance = std::abs(static_cast<int>(at) - expected);
      if (distance < least && ((used >> at) & 1) == 0) {
        least = distance;
        best = at;
      }
    }
    return best;
  }

  // "Technol" for Technology: a word that nobody knows, near where the whole one is expected.
  uint32_t shortened(size_t word, int expected, uint64_t used) const {
    const std::string_view whole = m_data.word_keys[m_words[word]];
    for (int at = std::max(0, expected - 2);
         whole.size() >= k_shortenable && at <= expected + 2 && at < static_cast<int>(m_window.words.size()); ++at) {
      const WindowWord& here = m_window.words[static_cast<size_t>(at)];
      const std::string& key = m_window.printed[static_cast<size_t>(at)].key;
      if (here.word == k_no_word && ((used >> at) & 1) == 0 && key.size() >= k_shortest && key.size() < whole.size() &&
          whole.starts_with(key)) {
        return static_cast<uint32_t>(at);
      }
    }
    return k_no_word;
  }

  Alignment lay(size_t count, size_t anchor, uint32_t at) const {
    Alignment out;
    out.name = m_best.name;
    std::array<int, 40> place;  // of those found
    uint64_t used = uint64_t{1} << at;
    int last_place = -1;
    for (size_t i = 0; i < count; ++i) {
      const int expected = static_cast<int>(at) + static_cast<int>(i) - static_cast<int>(anchor);
      uint32_t found = i == anchor ? at : m_first[i] == k_no_word ? k_no_word : nearest(i, expected, used);
      const IndexedWord& word = m_data.words[m_words[i]];
      float worth = 1;
      if (found == k_no_word) {
        found = shortened(i, expected, used);
        worth = k_shortened;
        out.shortened += found == k_no_word ? 0 : 1;
      }
      if (found == k_no_word) {
        ++out.missing;
        out.missing_heads += word.head ? 1 : 0;
        continue;
      }
      if (m_window.words[found].misspelled) {
        worth = 0.85F;
        ++out.misspelled;
      }
      used |= uint64_t{1} << found;
      place[i] = static_cast<int>(found);
      out.inversions += place[i] < last_place ? 1 : 0;
      last_place = place[i];
      out.matched += word.weight * worth;
      const uint32_t spelling = m_window.printed[found].spelling;
      out.verbatim +=
          m_spellings[i] == spelling || (word.short_spelling == spelling && spelling != 0) ? word.weight : 0;
      out.rarest = std::max(out.rarest, word.weight);
    }
    out.places = used;
    out.first = static_cast<uint8_t>(std::countr_zero(used));
    out.last = static_cast<uint8_t>(63 - std::countl_zero(used));
    for (size_t i = out.first; i < out.last; ++i) {
      if (((used >> i) & 1) == 0) {
        ++out.gaps;
        out.gap += m_window.words[i].weight;
      }
    }
    out.score = score(out);
    return out;
  }

  float score(const Alignment& a) const {
    const auto crossings = static_cast<float>(m_window.printed[a.last].segment - m_window.printed[a.first].segment);
    return a.matched - 0.7F * (m_name.weight - a.matched) - 0.35F * a.gap - 0.6F * crossings -
           0.5F * static_cast<float>(a.inversions) - (m_name.short_form ? 2.0F : 0.0F) + 0.15F * a.verbatim -
           (m_name.townless ? 0.5F : 0.0F) - (m_name.kind == OrganisationNameKind::alias ? 0.1F : 0.0F);
  }

  const Data& m_data;
  const Window& m_window;
  const IndexedName& m_name;
  const uint32_t* m_words;
  const uint32_t* m_spellings;
  std::array<uint32_t, 40> m_first;  // place of each word
  Alignment m_best;
};

// A short form meets what is written as one: "IRIS", not "iris"; "Inserm" with its capital.
bool is_written_so(const Data& data, const Window& window, const Alignment& found) {
  const IndexedName& name = data.names[found.name];
  if (!name.short_form) {
    return true;
  }
  for (size_t i = found.first; i <= found.last; ++i) {
    const AffiliationWord& printed = window.printed[i];
    const bool ascii = static_cast<unsigned char>(printed.key[0]) < 0x80;
    if (((found.places >> i) & 1) != 0 && ascii && !is_number(printed.key) &&
        !(printed.upper || (printed.capital && (printed.key.size() >= 4 || name.mixed)))) {
      return false;
    }
  }
  return found.missing == 0 && found.misspelled == 0 && found.shortened == 0;
}

// Names of which enough may be there, several times where several of their words are. Where they lie in memory is known
// well before they are read.
void gather(const Data& data, const Window& window, CandidateScratch& scratch) {
  scratch.gathered.clear();
  std::array<uint32_t, k_window> done;
  size_t count = 0;
  for (const WindowWord& word : window.words) {
    if (word.word == k_no_word || std::find(done.begin(), done.begin() + count, word.word) != done.begin() + count) {
      continue;
    }
    done[count++] = word.word;
    const uint32_t end = data.posting_begin[word.word + 1];
    for (uint32_t i = data.posting_begin[word.word]; i < end; ++i) {
      const Posting& posting = data.postings[i];
      if (static_cast<uint32_t>(std::popcount(posting.signature & ~window.signature)) <= posting.missing) {
        __builtin_prefetch(&data.names[posting.name]);
        __builtin_prefetch(&scratch.seen[posting.name]);
        scratch.gathered.push_back(posting.name);
      }
    }
  }
}

void collect(const Data& data, const Window& window, CandidateScratch& scratch) {
  std::vector<Alignment>& out = scratch.found;
  out.clear();
  // A scratch may have served another index before, of as many names: what it saw there is as if never seen.
  if (scratch.seen.size() != data.names.size() || ++scratch.window == 0) {
    scratch.seen.assign(data.names.size(), 0);
    scratch.window = 1;
  }
  gather(data, window, scratch);
  for (size_t i = 0; i < scratch.gathered.size(); ++i) {
    if (i + k_ahead < scratch.gathered.size()) {
      __builtin_prefetch(data.words_of(data.names[scratch.gathered[i + k_ahead]]));
    }
    const uint32_t name = scratch.gathered[i];
    if (scratch.seen[name] == scratch.window) {
      continue;
    }
    scratch.seen[name] = scratch.window;
    const Alignment found = Laying(data, window, name).best();
    if (found.matched >= k_least_coverage * data.names[name].weight && is_written_so(data, window, found)) {
      out.push_back(found);
    }
  }
}

// The score of the last one that is looked at in the end; where there are not as many, one that all have.
float least_kept(CandidateScratch& scratch) {
  if (scratch.found.size() <= k_kept) {
    return -std::numeric_limits<float>::infinity();
  }
  std::vector<float>& scores = scratch.scores;
  scores.clear();
  for (const Alignment& one : scratch.found) {
    scores.push_back(one.score);
  }
  const auto last = scores.begin() + (k_kept - 1);
  std::nth_element(scores.begin(), last, scores.end(), std::greater<>());
  return *last;
}

// Among the candidates, as the best or the second of its organisation; one that three clearly better ones cover is
// left. False: three cover it that are not clearly better; it may have what room is left in the end.
bool keep(const Data& data, const Alignment& one, bool whoever, std::vector<OrganisationCandidate>& out) {
  const uint32_t organisation = data.names[one.name].organisation;
  size_t better = 0;
  size_t covering = 0;
  OrganisationCandidate* same = nullptr;
  for (OrganisationCandidate& other : out) {
    if (other.organisation == organisation) {
      same = &other;
    }
    const bool covers = (one.places & ~other.best.places) == 0;
    covering += (one.places & other.best.places) != 0 ? 1 : 0;
    better += covers && other.best.score >= one.score + 2 ? 1 : 0;
  }
  if (same != nullptr) {
    if ((one.places & same->best.places) == 0) {
      same->second = std::max(same->second, one.matched);
    }
    return true;
  }
  if (better >= k_covering || out.size() >= k_candidates) {
    return true;
  }
  if (covering >= k_covering && !whoever) {
    return false;
  }
  out.push_back({organisation, one, 0});
  return true;
}

}  // namespace

uint32_t Window::place(uint32_t word) const {
  size_t slot = slot_of(word);
  while (places[slot].first != k_no_word) {
    if (places[slot].first == word) {
      return places[slot].second;
    }
    slot = (slot + 1) % k_slots;
  }
  return k_no_word;
}

size_t window_end(std::span<const AffiliationWord> words, size_t begin) {
  const size_t most = begin + k_window;
  if (words.size() <= most) {
    return words.size();
  }
  size_t best = most;
  for (size_t at = most; at > begin + 1; --at) {
    if (words[at].separated) {
      return at;
    }
    if (best == most && words[at].segment != words[at - 1].segment) {
      best = at;
    }
  }
  return best;
}

void read_window(const Data& data, std::span<const AffiliationWord> printed, Window& out) {
  out.printed = printed.first(std::min(printed.size(), k_window));
  out.words.assign(out.printed.size(), {});
  out.places.assign(k_slots, {k_no_word, k_no_word});
  out.signature = 0;
  out.countries.clear();
  out.towns.clear();
  out.country_words = 0;
  out.unknown_beginnings = 0;
  for (uint32_t i = 0; i < out.printed.size(); ++i) {
    const std::string& key = out.printed[i].key;
    WindowWord& word = out.words[i];
    word.word = data.word(key);
    const bool number = has_digit(key);
    if (word.word == k_no_word && !number && key.size() >= 5 && static_cast<unsigned char>(key[0]) < 0x80) {
      word.word = data.near_word(key);
      word.misspelled = word.word != k_no_word;
    }
    if (word.word == k_no_word) {
      word.weight = number ? 0 : data.unknown_weight;
      out.unknown_beginnings |= key.size() >= k_shortest ? uint64_t{1} << beginning_bit(key) : 0;
      continue;
    }
    word.weight = number ? 1 : data.words[word.word].weight;
    out.signature |= signature_bit(word.word);
    add_place(out, word.word, i);
  }
  find_places(data, out);
}

void find_candidates(const Data& data, const Window& window, CandidateScratch& scratch,
                     std::vector<OrganisationCandidate>& out) {
  out.clear();
  std::vector<Alignment>& found = scratch.found;
  collect(data, window, scratch);
  // Sorted by number: an alignment is many times as large.
  const auto before = [&](uint32_t x, uint32_t y) {
    const Alignment& a = found[x];
    const Alignment& b = found[y];
    if (a.score != b.score) {
      return a.score > b.score;
    }
    const uint32_t of_a = data.names[a.name].organisation;
    const uint32_t of_b = data.names[b.name].organisation;
    const float renown_a = data.organisations[of_a].renown;
    const float renown_b = data.organisations[of_b].renown;
    return renown_a != renown_b ? renown_a > renown_b : a.name < b.name;
  };
  std::vector<uint32_t>& order = scratch.gathered;
  order.clear();
  const float least = least_kept(scratch);
  for (uint32_t i = 0; i < found.size(); ++i) {
    if (found[i].score >= least) {
      order.push_back(i);
    }
  }
  std::sort(order.begin(), order.end(), before);
  const size_t kept = std::min(order.size(), k_kept);
  size_t left = 0;
  for (size_t i = 0; i < kept; ++i) {
    if (!keep(data, found[order[i]], false, out)) {
      order[left++] = order[i];
    }
  }
  for (size_t i = 0; i < left; ++i) {
    keep(data, found[order[i]], true, out);
  }
}

}  // namespace pitchblende::resolution
