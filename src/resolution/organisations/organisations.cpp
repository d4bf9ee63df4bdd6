#include "resolution/organisations/organisations.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "resolution/organisations/organisation_candidates.hpp"
#include "resolution/organisations/organisation_data.hpp"
#include "resolution/organisations/organisation_features.hpp"
#include "resolution/organisations/organisation_model.hpp"

namespace pitchblende::resolution {

namespace {

using Data = OrganisationIndex::Data;

constexpr size_t k_longest_text = 64 * 1024;
constexpr size_t k_country = feature_number("country");
constexpr size_t k_town = feature_number("town");
constexpr double k_domain_logit = 2;         // the address of the organisation's own domain stands there
constexpr double k_unit_probability = 0.97;  // its number stands there
constexpr double k_second_unit_probability = 0.85;
// That the string stands for the unit: publishers assert a house of its, mostly (7 of 48 strings; bench/resolution).
constexpr double k_unit_stands = 0.15;
constexpr double k_domain_probability = 0.4;  // nothing but an address: who writes, not where the work was done
constexpr double k_nearly = 0.35;             // of the likeliest: a rival that makes it ambiguous
constexpr double k_least_rival = 0.03;

// What a thread reads with, kept between calls.
struct Scratch {
  std::vector<AffiliationWord> words;
  Window window;
  CandidateScratch candidates;
  std::vector<OrganisationCandidate> found;
  std::vector<OrganisationFeatures> features;
};

// A candidate with what the models say of it.
struct Judged {
  uint32_t organisation = 0;
  double naming = 0;
  double principal = 0;
  uint32_t begin = 0;
  uint32_t end = 0;
  uint32_t window = 0;
  uint64_t places = 0;
  OrganisationEvidence evidence = OrganisationEvidence::name;
  std::string_view name;
  bool country = false;
  bool town = false;
  bool domain = false;
};

double more_likely(double probability, double logit) {
  const double p = std::clamp(probability, 1e-6, 1 - 1e-6);
  return 1 / (1 + std::exp(-(std::log(p / (1 - p)) + logit)));
}

bool is_address(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
         c == '_' || c == '+' || c == '%';
}

// Takes the addresses out: their places become spaces, so that offsets stay.
std::vector<std::string> take_emails(std::string& text) {
  std::vector<std::string> out;
  for (size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
    size_t begin = at;
    while (begin > 0 && is_address(text[begin - 1])) {
      --begin;
    }
    size_t end = at + 1;
    while (end < text.size() && is_address(text[end])) {
      ++end;
    }
    std::string email = fold(std::string_view(text).substr(begin, end - begin));
    while (!email.empty() && email.back() == '.') {
      email.pop_back();
    }
    const size_t sign = email.find('@');
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    text[at] = ';';
    if (sign != 0 && sign != std::string::npos && email.find('.', sign) != std::string::npos &&
        std::find(out.begin(), out.end(), email) == out.end()) {
      out.push_back(std::move(email));
    }
  }
  return out;
}

class Matching {
 public:
  Matching(const Data& data, std::string_view text, const MatchOptions& options, const OrganisationModels& models)
      : m_data(data),
        m_options(options),
        m_naming(models.naming == nullptr ? naming_model() : *models.naming),
        m_principal(models.principal == nullptr ? principal_model() : *models.principal),
        m_text(text.substr(0, k_longest_text)) {
    m_answer.emails = take_emails(m_text);
    m_answer.units = unit_codes(m_text);
  }

  AffiliationAnswer answer() {
    static thread_local Scratch scratch;
    affiliation_words(m_text, scratch.words);
    uint32_t number = 0;
    for (size_t begin = 0; begin < scratch.words.size(); ++number) {
      const size_t end = window_end(scratch.words, begin);
      judge(scratch, std::span(scratch.words).subspan(begin, end - begin), number);
      begin = end;
    }
    share_out();
    heed_domains();
    heed_units();
    choose();
    finish();
    return std::move(m_answer);
  }

 private:
  void judge(Scratch& scratch, std::span<const AffiliationWord> words, uint32_t number) {
    read_window(m_data, words, scratch.window);
    find_candidates(m_data, scratch.window, scratch.candidates, scratch.found);
    organisation_features(m_data, scratch.window, scratch.found, scratch.features);
    const Window& window = scratch.window;
    for (size_t i = 0; i < scratch.found.size(); ++i) {
      const OrganisationCandidate& one = scratch.found[i];
      const OrganisationFeatures& features = scratch.features[i];
      const IndexedName& name = m_data.names[one.best.name];
      Judged judged;
      judged.organisation = one.organisation;
      judged.naming = probability(m_naming, features);
      judged.principal = m_principal.log_odds(features, Forest::Walk::whole);
      judged.begin = window.printed[one.best.first].begin;
      judged.end = window.printed[one.best.last].end;
      judged.window = number;
      judged.places = one.best.places;
      judged.evidence = name.short_form ? OrganisationEvidence::acronym : OrganisationEvidence::name;
      judged.name = m_data.texts[name.text];
      judged.country = features[k_country] > 0;
      judged.town = features[k_town] > 0;
      m_judged.push_back(judged);
    }
    if (m_answer.country.empty() && !window.countries.empty()) {
      m_answer.country = window.countries.front();
    }
    if (m_answer.town.empty() && !window.towns.empty()) {
      const auto& [first, last] = window.towns.back();
      const uint32_t begin = window.printed[first].begin;
      m_answer.town = squeeze(std::string_view(m_text).substr(begin, window.printed[last - 1].end - begin));
    }
  }

  // The string stands for one of them or for nobody: what is said of each is set against all the others.
  void share_out() {
    double most = 0;
    for (const Judged& one : m_judged) {
      most = std::max(most, one.principal);
    }
    double sum = std::exp(-most);
    for (Judged& one : m_judged) {
      one.principal = std::exp(one.principal - most);
      sum += one.principal;
    }
    for (Judged& one : m_judged) {
      one.principal /= sum;
    }
  }

  // docs/rules/affiliations.md, rule 5.
  void heed_domains() {
    for (const std::string& email : m_answer.emails) {
      for (size_t at = email.find('@'); at != std::string::npos; at = email.find('.', at + 1)) {
        const auto found = m_data.by_domain.find(std::string_view(email).substr(at + 1));
        if (found == m_data.by_domain.end()) {
          continue;
        }
        for (const uint32_t organisation : found->second) {
          heed_domain(organisation, found->second.size());
        }
        break;
      }
    }
  }

  void heed_domain(uint32_t organisation, size_t holders) {
    bool there = false;
    for (Judged& one : m_judged) {
      if (one.organisation == organisation && !one.domain) {
        one.naming = more_likely(one.naming, k_domain_logit);
        one.principal = more_likely(one.principal, k_domain_logit);
        one.domain = true;
        there = true;
      }
    }
    if (!there && holders == 1) {
      Judged judged;
      judged.organisation = organisation;
      judged.naming = judged.principal = k_domain_probability;
      judged.evidence = OrganisationEvidence::email_domain;
      judged.domain = true;
      judged.window = UINT32_MAX;
      m_judged.push_back(judged);
    }
  }

  void heed_units() {
    for (const UnitCode& unit : m_answer.units) {
      const auto first = m_data.by_unit.find(unit.key);
      if (first != m_data.by_unit.end()) {
        heed_unit(unit, first->second, k_unit_probability);
        continue;
      }
      const auto second = unit.second.empty() ? m_data.by_unit.end() : m_data.by_unit.find(unit.second);
      if (second != m_data.by_unit.end()) {
        heed_unit(unit, second->second, k_second_unit_probability);
      }
    }
  }

  // A number that several hold tells nothing of which, unless a name does.
  void heed_unit(const UnitCode& unit, const std::vector<uint32_t>& holders, double probability) {
    std::vector<double> named;
    double best = 0;
    for (const uint32_t organisation : holders) {
      double by_name = 0;
      for (const Judged& one : m_judged) {
        by_name = one.organisation == organisation && one.evidence != OrganisationEvidence::unit_code
                      ? std::max(by_name, one.naming)
                      : by_name;
      }
      named.push_back(by_name);
      best = std::max(best, by_name);
    }
    const bool told = best >= 0.5 && std::count(named.begin(), named.end(), best) == 1;
    for (size_t i = 0; i < holders.size(); ++i) {
      Judged judged;
      judged.organisation = holders[i];
      const double share = holders.size() == 1 ? 1
                           : told              ? (named[i] == best ? 1 : 0.02)
                                               : 1.0 / static_cast<double>(holders.size());
      judged.naming = probability * share;
      judged.principal = k_unit_stands * share;
      judged.begin = unit.begin;
      judged.end = unit.end;
      judged.evidence = OrganisationEvidence::unit_code;
      judged.window = UINT32_MAX;
      m_judged.push_back(judged);
    }
  }

  static bool want_the_same(const Judged& a, const Judged& b) {
    if (a.organisation == b.organisation) {
      return true;
    }
    if (a.window != UINT32_MAX || b.window != UINT32_MAX) {
      return a.window == b.window && (a.places & b.places) != 0;
    }
    return a.begin < b.end && b.begin < a.end;
  }

  OrganisationMatch match_of(const Judged& one) const {
    OrganisationMatch out;
    out.id = m_data.organisations[one.organisation].id;
    out.probability = one.naming;
    out.principal = one.principal;
    out.begin = one.begin;
    out.end = one.end;
    out.evidence = one.evidence;
    out.name = one.name;
    out.country_agrees = one.country;
    out.town_agrees = one.town;
    out.domain_agrees = one.domain;
    return out;
  }

  // The likeliest by both judgements first; who wants words that are taken is a rival.
  void choose() {
    std::sort(m_judged.begin(), m_judged.end(), [&](const Judged& a, const Judged& b) {
      const double of_a = a.naming + a.principal;
      const double of_b = b.naming + b.principal;
      return of_a != of_b                       ? of_a > of_b
             : a.naming != b.naming             ? a.naming > b.naming
             : a.organisation != b.organisation ? a.organisation < b.organisation
                                                : std::tie(a.begin, a.end) < std::tie(b.begin, b.end);
    });
    for (const Judged& one : m_judged) {
      bool taken = false;
      for (size_t i = 0; i < m_chosen.size() && !taken; ++i) {
        if (!want_the_same(m_chosen[i].first, one)) {
          continue;
        }
        taken = true;
        auto& [winner, match] = m_chosen[i];
        if (one.organisation != winner.organisation && one.naming >= k_least_rival && match.rivals.size() < 8) {
          match.rivals.push_back({m_data.organisations[one.organisation].id, one.naming});
          match.ambiguous = match.ambiguous || one.naming >= k_nearly * std::max(winner.naming, winner.principal);
        } else if (one.organisation == winner.organisation && match.name.empty()) {
          match.name = one.name;
        }
      }
      if (!taken) {
        m_chosen.emplace_back(one, match_of(one));
      }
    }
  }

  void finish() {
    for (auto& [judged, match] : m_chosen) {
      if (match.probability < m_options.least && match.probability < k_least_rival) {
        continue;
      }
      const auto above = parents_in_force(m_data, judged.organisation, m_options.date);
      for (const uint32_t parent : above) {
        match.parents.push_back(m_data.organisations[parent].id);
      }
      match.current = m_data.organisations[successor_in_force(m_data, judged.organisation, m_options.date)].id;
      std::stable_sort(
          match.rivals.begin(), match.rivals.end(),
          [](const OrganisationRival& a, const OrganisationRival& b) { return a.probability > b.probability; });
      auto& list = match.probability >= m_options.least ? m_answer.organisations : m_answer.doubtful;
      list.push_back(std::move(match));
    }
    auto& found = m_answer.organisations;
    std::stable_sort(found.begin(), found.end(),
                     [](const OrganisationMatch& a, const OrganisationMatch& b) { return a.begin < b.begin; });
    for (OrganisationMatch& one : found) {
      for (const OrganisationMatch& other : found) {
        one.implied =
            one.implied || std::find(other.parents.begin(), other.parents.end(), one.id) != other.parents.end();
      }
    }
    for (size_t i = 0; i < found.size(); ++i) {
      if (!m_answer.principal || found[i].principal > found[*m_answer.principal].principal) {
        m_answer.principal = i;
      }
    }
    place();
  }

  void place() {
    if (!m_answer.principal) {
      return;
    }
    const std::string_view id = m_answer.organisations[*m_answer.principal].id;
    const auto it =
        std::lower_bound(m_data.organisations.begin(), m_data.organisations.end(), id,
                         [](const IndexedOrganisation& one, std::string_view wanted) { return one.id < wanted; });
    m_answer.country = m_answer.country.empty() ? it->country : m_answer.country;
    m_answer.town = m_answer.town.empty() ? it->town : m_answer.town;
  }

  const Data& m_data;
  const MatchOptions& m_options;
  const Forest& m_naming;
  const Forest& m_principal;
  std::string m_text;
  AffiliationAnswer m_answer;
  std::vector<Judged> m_judged;
  std::vector<std::pair<Judged, OrganisationMatch>> m_chosen;
};

}  // namespace

OrganisationIndex::OrganisationIndex(std::span<const OrganisationDescription> organisations)
    : m_data(build_organisation_data(organisations)) {}
OrganisationIndex::~OrganisationIndex() = default;
OrganisationIndex::OrganisationIndex(OrganisationIndex&&) noexcept = default;
OrganisationIndex& OrganisationIndex::operator=(OrganisationIndex&&) noexcept = default;

AffiliationAnswer OrganisationIndex::match(std::string_view affiliation, const MatchOptions& options) const {
  return match(affiliation, options, {});
}

AffiliationAnswer OrganisationIndex::match(std::string_view affiliation, const MatchOptions& options,
                                           const OrganisationModels& models) const {
  return Matching(*m_data, affiliation, options, models).answer();
}

size_t OrganisationIndex::size() const { return m_data->organisations.size(); }

}  // namespace pitchblende::resolution
