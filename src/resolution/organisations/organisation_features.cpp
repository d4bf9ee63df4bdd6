#include "resolution/organisations/organisation_features.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace pitchblende::resolution {

namespace {

using Data = OrganisationIndex::Data;

constexpr float k_complete = 0.95F;

class Evidence {
 public:
  Evidence(const Data& data, const Window& window, std::span<const OrganisationCandidate> candidates)
      : m_data(data), m_window(window), m_all(candidates.first(std::min(candidates.size(), k_candidates))) {
    for (size_t i = 0; i < m_all.size(); ++i) {
      m_countries[i] = country(m_all[i]);
      m_towns[i] = town(m_all[i]);
    }
    for (size_t a = 0; a < m_all.size(); ++a) {
      for (size_t b = 0; b < m_all.size(); ++b) {
        if (coverage(m_all[a]) >= 0.8F && coverage(m_all[b]) >= 0.8F &&
            m_data.organisations[m_all[a].organisation].children > 0 &&
            is_above(m_data, m_all[a].organisation, m_all[b].organisation)) {
          const bool rivals = overlap(m_all[a], m_all[b]);
          (rivals ? m_above_rival : m_above)[a] = true;
          (rivals ? m_below_rival : m_below)[b] = true;
        }
      }
    }
    for (const WindowWord& word : m_window.words) {
      m_weight += word.weight;
    }
    uint64_t explained = 0;
    for (const OrganisationCandidate& one : m_all) {
      explained |= coverage(one) >= k_complete ? one.best.places : 0;
    }
    for (size_t i = 0; i < m_window.words.size(); ++i) {
      const uint32_t word = m_window.words[i].word;
      const bool head = word != k_no_word && m_data.words[word].head && !m_data.words[word].part;
      m_medical |= word != k_no_word && m_data.words[word].medical ? uint64_t{1} << i : 0;
      m_unexplained += head && ((explained >> i) & 1) == 0 ? 1 : 0;
    }
  }

  OrganisationFeatures of(size_t at) {
    m_next = 0;
    const OrganisationCandidate& one = m_all[at];
    lying(one);
    naming(one);
    resting(one);
    standing(at);
    organisation(one);
    rivals(at);
    others(at);
    return m_out;
  }

 private:
  void put(float value) { m_out[m_next++] = value; }
  void put_count(size_t value) { put(static_cast<float>(value)); }

  const IndexedName& name(const OrganisationCandidate& one) const { return m_data.names[one.best.name]; }
  float coverage(const OrganisationCandidate& one) const {
    return one.best.matched / std::max(name(one).weight, 0.01F);
  }
  float verbatim(const OrganisationCandidate& one) const {
    return one.best.verbatim / std::max(name(one).weight, 0.01F);
  }
  float kind(const OrganisationCandidate& one) const {
    return name(one).townless ? 3.0F : static_cast<float>(name(one).kind);
  }
  uint32_t segment(size_t word) const { return m_window.printed[word].segment; }
  bool is_matched(const OrganisationCandidate& one, size_t word) const { return ((one.best.places >> word) & 1) != 0; }

  void lying(const OrganisationCandidate& one) {
    const Alignment& a = one.best;
    put(coverage(one));
    put(a.matched);
    put(name(one).weight - a.matched);
    put_count(name(one).count);
    put_count(a.missing);
    put_count(a.missing_heads);
    put_count(a.inversions);
    put(a.gap);
    put_count(a.gaps);
    put_count(segment(a.last) - segment(a.first));
    put_count(size_t{a.misspelled} + a.shortened);
    put(a.rarest);
    put(a.score);
  }

  void naming(const OrganisationCandidate& one) {
    put(kind(one));
    put(name(one).short_form ? 1 : 0);
    size_t letters = 0;
    bool upper = false;
    bool bracket = false;
    for (size_t i = one.best.first; i <= one.best.last; ++i) {
      if (is_matched(one, i)) {
        letters += m_window.printed[i].key.size();
        upper = upper || m_window.printed[i].upper;
        bracket = bracket || m_window.printed[i].bracket;
      }
    }
    put(upper ? 1 : 0);
    put(bracket ? 1 : 0);
    put_count(letters);
  }

  void resting(const OrganisationCandidate& one) {
    const Alignment& a = one.best;
    float before = 0;
    float after = 0;
    size_t heads = 0;
    const auto rest = [&](size_t i, float& sum) {
      const WindowWord& word = m_window.words[i];
      sum += word.weight;
      heads += word.word != k_no_word && m_data.words[word.word].head ? 1 : 0;
    };
    for (size_t i = a.first; i-- > 0 && segment(i) == segment(a.first);) {
      rest(i, before);
    }
    for (size_t i = a.last + size_t{1}; i < m_window.words.size() && segment(i) == segment(a.last); ++i) {
      rest(i, after);
    }
    const bool is_before = a.first > 0 && segment(a.first - size_t{1}) == segment(a.first);
    const size_t next = a.last + size_t{1};
    const bool is_after = next < m_window.words.size() && segment(next) == segment(a.last);
    put(before);
    put(after);
    put(is_before ? m_window.words[a.first - size_t{1}].weight : 0);
    put(is_after ? m_window.words[next].weight : 0);
    const uint32_t word = is_after ? m_window.words[next].word : k_no_word;
    put(word != k_no_word && (m_data.words[word].part || m_data.words[word].head) ? 1 : 0);
    put_count(heads);
    put(before == 0 && after == 0 && a.gaps == 0 && coverage(one) > k_complete ? 1 : 0);
  }

  void standing(size_t at) {
    const OrganisationCandidate& one = m_all[at];
    put_count(segment(one.best.first) - segment(0));
    put_count(segment(m_window.words.size() - 1) - segment(one.best.last));
    put_count(m_window.words.size());
    put(m_countries[at]);
    put(m_towns[at]);
  }

  float country(const OrganisationCandidate& one) const {
    const std::string& here = m_data.organisations[one.organisation].country;
    if (m_window.countries.empty() || here.empty()) {
      return 0;
    }
    return std::find(m_window.countries.begin(), m_window.countries.end(), here) != m_window.countries.end() ? 1.0F
                                                                                                             : -1.0F;
  }

  // 2: its town is named beside the name; 1: in the name; −1: another town is.
  float town(const OrganisationCandidate& one) const {
    float best = m_window.towns.empty() ? 0.0F : -1.0F;
    for (const std::vector<uint32_t>& words : m_data.organisations[one.organisation].towns) {
      uint64_t places = 0;
      const bool all = std::all_of(words.begin(), words.end(), [&](uint32_t word) {
        const uint32_t at = m_window.place(word);
        for (uint32_t i = at; i != k_no_word; i = m_window.words[i].next) {
          places |= uint64_t{1} << i;
        }
        return at != k_no_word;
      });
      if (all) {
        best = std::max(best, (places & ~one.best.places) != 0 ? 2.0F : 1.0F);
      }
    }
    return best;
  }

  void organisation(const OrganisationCandidate& one) {
    const IndexedOrganisation& it = m_data.organisations[one.organisation];
    put(static_cast<float>(it.type));
    put(it.closed.empty() ? 0 : 1);
    put(it.renown);
    put(one.second);
  }

  bool is_namesake(const OrganisationCandidate& a, const OrganisationCandidate& b) const {
    return name(a).count == name(b).count && a.best.places == b.best.places && a.best.missing == b.best.missing &&
           std::equal(m_data.words_of(name(a)), m_data.words_of(name(a)) + name(a).count, m_data.words_of(name(b)));
  }

  void rivals(size_t at) {
    const OrganisationCandidate& one = m_all[at];
    float best = 0;
    size_t as_good = 0;
    size_t namesakes = 0;
    size_t better_known = 0;
    size_t better_placed = 0;
    bool longer = false;
    m_best_verbatim = 0;
    m_better_kind = 0;
    for (size_t i = 0; i < m_all.size(); ++i) {
      const OrganisationCandidate& other = m_all[i];
      if (i == at || !overlap(one, other)) {
        continue;
      }
      best = std::max(best, other.best.score);
      if (other.best.score >= one.best.score - 0.5F) {
        ++as_good;
        m_best_verbatim = std::max(m_best_verbatim, verbatim(other));
        m_better_kind += kind(other) < kind(one) ? 1 : 0;
        better_known += m_data.organisations[other.organisation].renown > m_data.organisations[one.organisation].renown;
        better_placed +=
            m_countries[i] > m_countries[at] || (m_countries[i] == m_countries[at] && m_towns[i] > m_towns[at]);
      }
      namesakes += is_namesake(one, other) ? 1 : 0;
      longer = longer || (coverage(other) > 0.9F && other.best.matched > one.best.matched + 1);
    }
    put(one.best.score - best);
    put_count(as_good);
    put_count(namesakes);
    put_count(better_known);
    put(longer ? 1 : 0);
    put_count(better_placed);
  }

  void others(size_t at) {
    const OrganisationCandidate& one = m_all[at];
    float best = 0;
    uint64_t before = 0;
    uint64_t after = 0;
    bool university = false;
    bool hospital = false;
    bool facility = false;
    size_t short_forms = 0;
    float renown = 0;
    for (size_t i = 0; i < m_all.size(); ++i) {
      const OrganisationCandidate& other = m_all[i];
      if (i == at || overlap(one, other)) {
        continue;
      }
      best = std::max(best, other.best.score);
      if (coverage(other) >= k_complete) {
        (other.best.first < one.best.first ? before : after) |= uint64_t{1} << other.best.first;
        const OrganisationType type = m_data.organisations[other.organisation].type;
        university = university || (type == OrganisationType::education && !name(other).short_form);
        facility = facility || (type == OrganisationType::facility && !name(other).short_form);
        short_forms += name(other).short_form ? 1 : 0;
        renown = std::max(renown, m_data.organisations[other.organisation].renown);
        hospital = hospital || (type == OrganisationType::healthcare && !name(other).short_form);
      }
    }
    put(m_above[at] ? 1 : 0);
    put(m_below[at] ? 1 : 0);
    put(best);
    put_count(static_cast<size_t>(std::popcount(before)));
    put_count(static_cast<size_t>(std::popcount(after)));
    put(university ? 1 : 0);
    put(hospital ? 1 : 0);
    put(facility ? 1 : 0);
    put_count(short_forms);
    put(renown);
    relations(at);
  }

  void relations(size_t at) {
    const IndexedOrganisation& it = m_data.organisations[m_all[at].organisation];
    put(m_above_rival[at] ? 1 : 0);
    put(m_below_rival[at] ? 1 : 0);
    put(std::log1p(static_cast<float>(it.children)));
    put_count(it.parents.size());
    put(m_all[at].best.matched / std::max(m_weight, 0.01F));
    put_count(m_unexplained);
    put(verbatim(m_all[at]));
    put(verbatim(m_all[at]) - m_best_verbatim);
    put_count(m_better_kind);
    medicine(at);
  }

  float medical(size_t at) const {
    const IndexedOrganisation& it = m_data.organisations[m_all[at].organisation];
    return (it.medical ? 1.0F : 0.0F) + it.medical_kin;
  }

  void medicine(size_t at) {
    const OrganisationCandidate& one = m_all[at];
    const IndexedOrganisation& it = m_data.organisations[one.organisation];
    put_count(static_cast<size_t>(std::popcount(m_medical & ~one.best.places)));
    put(it.medical ? 1 : 0);
    put(it.medical_kin);
    size_t more = 0;
    bool elsewhere = false;
    bool rival = false;
    for (size_t i = 0; i < m_all.size(); ++i) {
      const bool overlaps = overlap(one, m_all[i]);
      more += i != at && overlaps && m_all[i].best.score >= one.best.score - 0.5F && medical(i) > medical(at) ? 1 : 0;
      if (i != at && coverage(m_all[i]) >= 0.8F &&
          std::binary_search(it.related.begin(), it.related.end(), m_all[i].organisation)) {
        (overlaps ? rival : elsewhere) = true;
      }
    }
    put_count(more);
    put(elsewhere ? 1 : 0);
    put(rival ? 1 : 0);
  }

  const Data& m_data;
  const Window& m_window;
  std::span<const OrganisationCandidate> m_all;
  // By candidate.
  template <typename T>
  using Each = std::array<T, k_candidates>;
  Each<bool> m_above{};
  Each<bool> m_below{};
  Each<bool> m_above_rival{};
  Each<bool> m_below_rival{};
  Each<float> m_countries{};
  Each<float> m_towns{};
  float m_weight = 0;
  size_t m_unexplained = 0;
  uint64_t m_medical = 0;
  float m_best_verbatim = 0;
  size_t m_better_kind = 0;
  OrganisationFeatures m_out{};
  size_t m_next = 0;
};

}  // namespace

bool overlap(const OrganisationCandidate& a, const OrganisationCandidate& b) {
  return (a.best.places & b.best.places) != 0;
}

void organisation_features(const Data& data, const Window& window, std::span<const OrganisationCandidate> candidates,
                           std::vector<OrganisationFeatures>& out) {
  out.clear();
  Evidence evidence(data, window, candidates);
  for (size_t i = 0; i < candidates.size(); ++i) {
    out.push_back(evidence.of(i));
  }
}

}  // namespace pitchblende::resolution
