#include "search/query/prefix_terms.hpp"

#include <array>
#include <string_view>

#include "base/text.hpp"
#include "search/analysis.hpp"

namespace pitchblende::search {

namespace {

constexpr size_t k_shortest_stemmed = 3;  // bytes

constexpr std::array<std::string_view, 96> k_endings = {
    "",      "e",     "s",       "es",       "x",       "y",    "al",    "ale",  "ales",  "aux",    "ally",   "ic",
    "ical",  "ique",  "iques",   "ie",       "ies",     "ing",  "ings",  "ed",   "er",    "ers",    "ly",     "ment",
    "ments", "ement", "ements",  "ation",    "ations",  "ion",  "ions",  "ity",  "ities", "ite",    "ites",   "able",
    "ables", "ance",  "ances",   "ence",     "ences",   "ous",  "ously", "eux",  "euse",  "euses",  "if",     "ifs",
    "ive",   "ives",  "isation", "isations", "ization", "isme", "ism",   "ist",  "iste",  "istes",  "ists",   "ness",
    "th",    "te",    "tes",     "ty",       "ties",    "t",    "ts",    "se",   "ses",   "sation", "zation", "sm",
    "sme",   "st",    "ste",     "stes",     "ser",     "zed",  "zing",  "ze",   "on",    "ons",    "n",      "ns",
    "tion",  "tions", "l",       "le",       "les",     "c",    "que",   "ques", "ve",    "ves",    "ng",     "d"};

}  // namespace

std::set<std::string> shorter_stems(const std::string& folded) {
  std::set<std::string> out;
  if (folded.size() < k_shortest_stemmed) {
    return out;
  }
  for (const std::string_view ending : k_endings) {
    for (const StemLanguage language : {StemLanguage::english, StemLanguage::french}) {
      std::string term = term_of({0, 0, folded + std::string(ending)}, language);
      if (!term.starts_with(folded)) {
        out.insert(std::move(term));
      }
    }
  }
  return out;
}

PrefixTerms prefix_terms(const std::string& folded, const Snapshot& snapshot) {
  PrefixTerms out;
  const std::set<std::string> shorter = shorter_stems(folded);
  for (const LiveSegment& live : snapshot.segments) {
    std::vector<uint32_t>& sure = out.sure.emplace_back();
    for (uint32_t term = live.segment->first_term_from(folded);
         term < live.segment->terms() && live.segment->term(term).starts_with(folded); ++term) {
      sure.push_back(term);
    }
    std::vector<uint32_t>& possible = out.possible.emplace_back();
    for (const std::string& stem : shorter) {
      if (const auto term = live.segment->find_term(stem)) {
        possible.push_back(*term);
      }
    }
  }
  return out;
}

}  // namespace pitchblende::search
