// The engine said slowly: every document looked at for every question, over plain maps. For tests.
#pragma once

#include <cmath>
#include <map>
#include <set>

#include "search/analysis.hpp"
#include "search/naive_query_fixture.hpp"

namespace pitchblende::search {

using access::Viewer;
using access::Visibility;

struct NaiveAnswer {
  std::map<uint64_t, double> scores;  // of what matches
  bool relaxed = false;
  std::vector<std::map<std::string, uint32_t>> facets;
};

// BM25F over plain maps, every document looked at.
class NaiveIndex {
 public:
  std::map<uint64_t, Document> documents;

  NaiveAnswer search(const Query& query, const Viewer& viewer) const {
    const NaiveQuestion question(query, documents, viewer);
    NaiveAnswer answer = match(question, query, viewer, query.match == Match::any);
    if (answer.scores.empty() && query.match == Match::all) {
      answer = match(question, query, viewer, true);
      answer.relaxed = !answer.scores.empty();
    }
    return answer;
  }

 private:
  // Chunks of the text, which is what lengths count.
  static double words_in(const TextField& text) {
    double count = 0;
    uint32_t end = 0;
    for (const Token& token : words(text.text)) {
      count += token.begin >= end ? 1 : 0;
      end = std::max(end, token.end);
    }
    return count;
  }
  static double length(const Document& document, bool weighted) {
    double sum = 0;
    for (const TextField& text : document.texts) {
      if (text.visibility <= document.visibility) {
        sum += words_in(text) * (weighted ? text.weight : 1);
      }
    }
    return sum;
  }

  double idf(const Word& word) const {
    double all = 0;
    std::map<std::string, double> frequency;
    for (const auto& [id, document] : documents) {
      all += document.visibility == Visibility::everyone ? 1 : 0;
      for (const auto& [term, weights] : naive_terms(document)) {
        frequency[term] += weights.contains(Visibility::everyone) ? 1 : 0;
      }
    }
    double most = 0;
    for (const std::string& form : word.forms) {
      most = std::max(most, frequency[form]);
    }
    return std::log(1 + (all - most + 0.5) / (most + 0.5));
  }

  double norm(const Document& document) const {
    double count = 0;
    double lengths = 0;
    double plain = 0;
    for (const auto& [id, other] : documents) {
      if (other.visibility == Visibility::everyone) {
        count += 1;
        lengths += length(other, true);
        plain += length(other, false);
      }
    }
    const double k1 = 1.6 * (plain > 0 ? lengths / plain : 1);
    return k1 * 0.25 + (lengths > 0 ? k1 * 0.75 * length(document, true) / (lengths / count) : 0);
  }

  static bool passes(const NaiveQuestion& question, const Document& document, const Filter& filter,
                     const Viewer& viewer) {
    const auto same = [&](const std::string& a, const std::string& b) {
      return a == b || (filter.facet == Facet::concept_ && question.topic(a) == question.topic(b));
    };
    for (const std::string& value : filter.values) {
      if (filter.facet == Facet::kind && value == registry::name(document.kind)) {
        return true;
      }
      for (const FacetValue& own : document.facets) {
        if (own.facet == filter.facet && same(own.value, value) && sees(viewer, document, own.visibility)) {
          return true;
        }
      }
    }
    return filter.values.empty();
  }

  double score_of(const std::vector<Word>& words, const Document& document, const Viewer& viewer) const {
    double score = 0;
    for (const Word& word : words) {
      const double weight = naive_weight(word, document, viewer);
      score += weight == 0 ? 0 : idf(word) * (word.need == Need::scored ? 0.5 : 1) * weight / (weight + norm(document));
    }
    return score;
  }

  double score_of(const NaiveQuestion& question, const Document& document, const Viewer& viewer) const {
    std::vector<Word> alone;
    for (size_t i = 0; i < question.wish.words.size(); ++i) {
      if (question.wish.words[i].need != Need::excluded && !question.is_grouped(i)) {
        alone.push_back(question.wish.words[i]);
      }
    }
    double score = score_of(alone, document, viewer);
    for (const NaiveQuestion::Group& group : question.groups) {
      double best = score_of(question.own_words(group), document, viewer);
      for (const std::vector<Word>& alternative : group.alternatives) {
        best = std::max(best, 0.6 * score_of(alternative, document, viewer));
      }
      score += best;
    }
    return score;
  }

  NaiveAnswer match(const NaiveQuestion& question, const Query& query, const Viewer& viewer, bool any) const {
    NaiveAnswer answer;
    answer.facets.resize(k_facets);
    for (const auto& [id, document] : documents) {
      bool in = sees(viewer, document, Visibility::everyone) && question.holds_for(document, viewer, any);
      for (const Filter& filter : query.filters) {
        in = in && passes(question, document, filter, viewer);
      }
      if (!in) {
        continue;
      }
      answer.scores[id] = score_of(question, document, viewer);
      std::set<std::pair<Facet, std::string>> values{{Facet::kind, std::string(registry::name(document.kind))}};
      for (const FacetValue& value : document.facets) {
        if (sees(viewer, document, value.visibility)) {
          values.emplace(value.facet, value.facet == Facet::concept_ ? question.topic(value.value) : value.value);
        }
      }
      for (const auto& [facet, value] : values) {
        ++answer.facets[static_cast<size_t>(facet)][value];
      }
    }
    return answer;
  }
};

}  // namespace pitchblende::search
