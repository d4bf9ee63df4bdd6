// What a query asks of a document, said slowly: the tree of the parser, looked at in one document's own texts and
// values. For tests; the engine's way to the same is matching/plan.hpp.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/text_words.hpp"
#include "search/analysis.hpp"
#include "search/naming.hpp"
#include "search/query/prefix_terms.hpp"
#include "search/query/query_fields.hpp"
#include "search/query/query_text.hpp"
#include "search/vocabulary/thesaurus.hpp"

namespace pitchblende::search {

using Documents = std::map<uint64_t, Document>;

inline bool sees(const access::Viewer& viewer, const Document& document, access::Visibility visibility) {
  return access::can_see(viewer, std::max(visibility, document.visibility), document.id, document.owners);
}

// Term → weight of one document, at each visibility.
inline std::map<std::string, std::map<access::Visibility, int>> naive_terms(const Document& document) {
  std::map<std::string, std::map<access::Visibility, int>> out;
  for (const TextField& text : document.texts) {
    for (const Token& token : words(text.text)) {
      int& weight = out[term_of(token, stem_language(text.lang))][std::max(text.visibility, document.visibility)];
      weight = std::min(weight + text.weight, 255);
    }
    if (text.part == TextPart::name && !name_term(text.text).empty()) {
      out[name_term(text.text)][std::max(text.visibility, document.visibility)] = 255;
    }
  }
  return out;
}

inline int naive_weight(const Word& word, const Document& document, const access::Viewer& viewer) {
  int weight = 0;
  const auto all = naive_terms(document);
  for (const std::string& form : word.forms) {
    if (const auto found = all.find(form); found != all.end()) {
      for (const auto& [visibility, part] : found->second) {
        weight += sees(viewer, document, visibility) ? part : 0;
      }
    }
  }
  return std::min(weight, 255);
}

class NaiveQuestion {
 public:
  struct Group {
    std::vector<size_t> own;
    std::vector<std::vector<Word>> alternatives;
  };
  Wish wish;
  std::vector<Group> groups;
  std::vector<QueryNode> required;

  NaiveQuestion(const Query& query, const Documents& documents, const access::Viewer& viewer)
      : m_documents(documents), m_viewer(viewer), m_today(query.today), m_thesaurus(concepts(documents)) {
    if (query.match == Match::any) {
      wish = understand(query.words);
      wish_for_name(query.words, wish);
      return;
    }
    m_translates = query.translation == Translation::by_vocabulary;
    WishMaker maker;
    const ReadQuery read = read_query(query.words);
    for (const QueryNode& node : read.root.children) {
      if (is_plain(node)) {
        maker.want(node.text);
      } else if (node.type == NodeType::negation && is_plain(node.children[0]) && is_one_chunk(node.children[0].text)) {
        maker.exclude(node.children[0].text);
      } else {
        required.push_back(node);
        weigh(node, maker);
      }
    }
    wish = maker.finish(!required.empty());
    wish_for_name(read.root, wish);
    std::vector<size_t> wanted;
    for (size_t i = 0; i < wish.words.size(); ++i) {
      if (wish.words[i].need == Need::wanted) {
        wanted.push_back(i);
      }
    }
    std::vector<Word> run;
    for (const size_t i : wanted) {
      run.push_back(wish.words[i]);
    }
    size_t at = 0;
    for (const auto& [size, alternatives] : pieces(run)) {
      if (!alternatives.empty()) {
        const auto begin = wanted.begin() + static_cast<std::ptrdiff_t>(at);
        groups.push_back({{begin, begin + static_cast<std::ptrdiff_t>(size)}, alternatives});
      }
      at += size;
    }
  }

  bool is_grouped(size_t word) const {
    return std::any_of(groups.begin(), groups.end(), [&](const Group& group) {
      return std::find(group.own.begin(), group.own.end(), word) != group.own.end();
    });
  }
  std::vector<Word> own_words(const Group& group) const {
    std::vector<Word> out;
    for (const size_t place : group.own) {
      out.push_back(wish.words[place]);
    }
    return out;
  }

  // What a topic is called: as it is written, or by the name that only the one concept has that it names.
  std::string topic(const std::string& value) const {
    const std::vector<uint32_t> places = m_thesaurus.named(value);
    for (int rank = places.size() == 1 ? 3 : -1; rank >= 0; --rank) {
      for (const ConceptLabel& label : m_thesaurus.concepts()[places.front()].labels) {
        if (label.preferred == (rank >= 2) && (label.language == StemLanguage::english) == (rank % 2 == 1) &&
            m_thesaurus.named(label.text) == places) {
          return label.text;
        }
      }
    }
    return value;
  }

  bool holds_for(const Document& document, const access::Viewer& viewer, bool any) const {
    bool wanted = false;
    bool some = false;
    bool all = true;
    for (size_t i = 0; i < wish.words.size(); ++i) {
      const Word& word = wish.words[i];
      const bool has = naive_weight(word, document, viewer) > 0;
      if ((word.need == Need::excluded && has) || (word.need == Need::required && !has)) {
        return false;
      }
      if (word.need == Need::wanted || word.need == Need::required) {
        wanted = true;
        some = some || has;
        all = all && (has || is_grouped(i));
      }
    }
    for (const Group& group : groups) {
      bool one = has_all(own_words(group), document);
      bool other = false;
      for (const std::vector<Word>& alternative : group.alternatives) {
        other = other || has_all(alternative, document);
      }
      some = some || other;
      all = all && (one || other);
    }
    return (!wanted || (any ? some : all)) &&
           std::all_of(required.begin(), required.end(), [&](const QueryNode& node) { return holds(node, document); });
  }

 private:
  static bool is_one_chunk(std::string_view text) {
    ChunkScanner scanner(text);
    Chunk chunk;
    return scanner.next(chunk) && !scanner.next(chunk);
  }
  static bool is_plain(const QueryNode& node) {
    return node.type == NodeType::leaf && node.field.empty() && node.form == LeafForm::words;
  }

  static std::vector<Concept> concepts(const Documents& documents) {
    std::vector<Concept> out;
    for (const auto& [id, document] : documents) {
      if (document.kind != registry::Kind::concept_ || document.visibility != access::Visibility::everyone) {
        continue;
      }
      Concept each{Id(id), {}, {}};
      for (const TextField& text : document.texts) {
        if ((text.field == "labels" || text.field == "synonyms") && text.visibility == access::Visibility::everyone) {
          each.labels.push_back({text.text, stem_language(text.lang), text.field == "labels"});
        }
      }
      for (const FacetValue& value : document.facets) {
        if (value.facet == Facet::broader && value.visibility == access::Visibility::everyone) {
          if (const auto above = Id::parse(value.value)) {
            each.broader.push_back(*above);
          }
        }
      }
      out.push_back(each);
    }
    return out;
  }

  static void weigh(const QueryNode& node, WishMaker& maker) {
    if (node.type == NodeType::leaf) {
      const QueryField* field = node.field.empty() ? nullptr : find_query_field(node.field);
      const bool said = field == nullptr || field->target == FieldTarget::text || field->target == FieldTarget::topic;
      if (said && node.form != LeafForm::prefix && node.form != LeafForm::range) {
        maker.weigh(node.text);
      }
      return;
    }
    for (const QueryNode& child : node.children) {
      if (node.type != NodeType::negation) {
        weigh(child, maker);
      }
    }
  }

  static std::vector<Word> wanted_words(const std::string& text) {
    WishMaker maker;
    maker.want(text);
    std::vector<Word> out = maker.finish(false).words;
    std::erase_if(out, [](const Word& word) { return word.need != Need::wanted; });
    return out;
  }

  // Until nothing is added: what has a preferred label that names one of them too.
  std::vector<uint32_t> called_alike(std::vector<uint32_t> places) const {
    for (size_t before = 0; before != places.size();) {
      before = places.size();
      for (size_t at = 0; at < before; ++at) {
        for (const ConceptLabel& label : m_thesaurus.concepts()[places[at]].labels) {
          for (const uint32_t other : label.preferred ? m_thesaurus.named(label.text) : std::vector<uint32_t>()) {
            if (std::find(places.begin(), places.end(), other) == places.end()) {
              places.push_back(other);
            }
          }
        }
      }
    }
    return places;
  }

  // Whether the words stand there one after the other, as far as stems of one language say.
  static bool has_stems(const std::string& text, const std::string& words) {
    for (const StemLanguage language : {StemLanguage::english, StemLanguage::french}) {
      const auto stemmed = [&](const std::string& of) {
        std::istringstream in(of);
        std::string out = " ";
        for (std::string word; in >> word;) {
          out += stem(word, language) + " ";
        }
        return out;
      };
      if (!words.empty() && stemmed(text).find(stemmed(words)) != std::string::npos) {
        return true;
      }
    }
    return false;
  }

  bool has_topic(const QueryNode& leaf, const QueryField& field, const Document& document) const {
    if (leaf.form == LeafForm::prefix) {
      return has_value(document, field.facet, [&](const std::string& value) { return has_words(value, leaf); });
    }
    const std::vector<uint32_t> named = called_alike(m_thesaurus.named(leaf.text));
    const std::vector<std::string> labels = m_thesaurus.labels_below(named);
    std::vector<std::string> names{normalised(leaf.text)};
    for (const ConceptLabel& label : m_thesaurus.labels(named)) {
      if (normalised(label.text).size() > 2) {
        names.push_back(normalised(label.text));
      }
    }
    return has_value(document, field.facet, [&](const std::string& value) {
      return std::find(labels.begin(), labels.end(), normalised(value)) != labels.end() ||
             std::any_of(names.begin(), names.end(),
                         [&](const std::string& name) { return has_stems(normalised(value), name); });
    });
  }

  // Whether whoever has all of `more` has all of `fewer`.
  static bool covers(const std::vector<Word>& more, const std::vector<Word>& fewer) {
    for (const Word& word : fewer) {
      bool there = false;
      for (const Word& other : more) {
        bool all = true;
        for (const std::string& form : other.forms) {
          all = all && std::find(word.forms.begin(), word.forms.end(), form) != word.forms.end();
        }
        there = there || all;
      }
      if (!there) {
        return false;
      }
    }
    return true;
  }

  // How many words go together, and what else they are called.
  std::vector<std::pair<size_t, std::vector<std::vector<Word>>>> pieces(const std::vector<Word>& run) const {
    std::vector<std::pair<size_t, std::vector<std::vector<Word>>>> out;
    for (size_t at = 0; at < run.size();) {
      std::vector<std::string> folded;
      for (size_t i = at; i < run.size(); ++i) {
        folded.push_back(run[i].folded);
      }
      const Thesaurus::Named named = m_translates ? m_thesaurus.longest(folded) : Thesaurus::Named{};
      const size_t size = std::max<size_t>(named.words, 1);
      const std::vector<Word> own(run.begin() + static_cast<std::ptrdiff_t>(at),
                                  run.begin() + static_cast<std::ptrdiff_t>(at + size));
      std::vector<std::vector<Word>> alternatives;
      for (const ConceptLabel& label :
           named.words > 0 ? m_thesaurus.labels(named.concepts) : std::vector<ConceptLabel>()) {
        const std::vector<Word> words = wanted_words(label.text);
        bool taken = !words.empty() && words.size() <= 6 && !covers(words, own) && alternatives.size() < 12;
        if (words.size() == 1) {
          const std::string& only = words[0].folded;
          taken = taken && only.size() >= 3 && !is_stop_word(only, StemLanguage::english) &&
                  !is_stop_word(only, StemLanguage::french);
        }
        for (const std::vector<Word>& other : alternatives) {
          taken = taken && !covers(words, other);
        }
        if (taken) {
          alternatives.push_back(words);
        }
      }
      out.emplace_back(size, alternatives);
      at += size;
    }
    return out;
  }

  bool has(const Word& word, const Document& document) const { return naive_weight(word, document, m_viewer) > 0; }
  bool has_all(const std::vector<Word>& words, const Document& document) const {
    return std::all_of(words.begin(), words.end(), [&](const Word& word) { return has(word, document); });
  }

  bool holds_run(const std::vector<QueryNode>& leaves, const Document& document) const {
    std::string text;
    for (const QueryNode& leaf : leaves) {
      text += leaf.text + " ";
    }
    const std::vector<Word> run = wanted_words(text);
    size_t at = 0;
    for (const auto& [size, alternatives] : pieces(run)) {
      bool found =
          has_all({run.begin() + static_cast<std::ptrdiff_t>(at), run.begin() + static_cast<std::ptrdiff_t>(at + size)},
                  document);
      for (const std::vector<Word>& other : alternatives) {
        found = found || has_all(other, document);
      }
      if (!found) {
        return false;
      }
      at += size;
    }
    return true;
  }

  bool holds(const QueryNode& node, const Document& document) const {
    switch (node.type) {
      case NodeType::leaf:
        return is_plain(node) ? holds_run({node}, document) : leaf(node, document);
      case NodeType::negation: {
        if (!is_plain(node.children[0])) {
          return !holds(node.children[0], document);
        }
        bool all = true;
        ChunkScanner scanner(node.children[0].text);
        for (Chunk chunk; scanner.next(chunk);) {
          WishMaker maker;
          maker.take(std::string_view(node.children[0].text).substr(chunk.begin, chunk.end - chunk.begin),
                     Need::excluded);
          all = all && has_all(maker.finish(true).words, document);
        }
        return !all;
      }
      case NodeType::any:
        return std::any_of(node.children.begin(), node.children.end(),
                           [&](const QueryNode& child) { return holds(child, document); });
      case NodeType::all:
        break;
    }
    std::vector<QueryNode> run;
    for (const QueryNode& child : node.children) {
      if (is_plain(child)) {
        run.push_back(child);
        continue;
      }
      if (!(run.empty() || holds_run(run, document)) || !holds(child, document)) {
        return false;
      }
      run.clear();
    }
    return run.empty() || holds_run(run, document);
  }

  bool has_value(const Document& document, Facet facet, const std::function<bool(const std::string&)>& meant) const {
    const bool kind = facet == Facet::kind && meant(std::string(registry::name(document.kind)));
    return kind || std::any_of(document.facets.begin(), document.facets.end(), [&](const FacetValue& value) {
             return value.facet == facet && !value.value.empty() && sees(m_viewer, document, value.visibility) &&
                    meant(value.value);
           });
  }

  bool has_called(const Document& document, Facet facet, const QueryNode& leaf) const {
    return has_value(document, facet, [&](const std::string& value) {
      return has_words(value, leaf) || has_words(called(facet, value, Language::french), leaf) ||
             has_words(called(facet, value, Language::english), leaf);
    });
  }

  // A group's value, or that of a team which the group lists.
  bool belongs_to(const Document& document, Id thing, Facet facet) const {
    const auto is = [&](Facet of, const std::string& id) {
      return has_value(document, of, [&](const std::string& value) { return value == id; });
    };
    const auto group =
        std::find_if(m_documents.begin(), m_documents.end(), [&](const auto& each) { return each.second.id == thing; });
    return is(facet, thing.text()) || (facet == Facet::group && group != m_documents.end() &&
                                       sees(m_viewer, group->second, access::Visibility::everyone) &&
                                       has_value(group->second, Facet::member, [&](const std::string& team) {
                                         return is(Facet::institution, team);
                                       }));
  }

  static bool has_words(const std::string& value, const QueryNode& leaf) {
    const std::string text = " " + normalised(value) + (leaf.form == LeafForm::prefix ? "" : " ");
    const std::string wanted = normalised(leaf.text);
    return !wanted.empty() && text.find(" " + wanted + (leaf.form == LeafForm::prefix ? "" : " ")) != std::string::npos;
  }

  // A row of words, word by word, in one visible text of one of the fields.
  bool in_row(const std::vector<std::string>& row, const std::vector<std::string_view>& fields,
              const Document& document) const {
    for (const TextField& text : document.texts) {
      const bool of_field = fields.empty() || std::find(fields.begin(), fields.end(), text.field) != fields.end();
      const std::vector<std::string> atoms = atoms_of(text.text);
      if (of_field && sees(m_viewer, document, text.visibility) &&
          std::search(atoms.begin(), atoms.end(), row.begin(), row.end()) != atoms.end()) {
        return true;
      }
    }
    return false;
  }

  bool visible_term(const Document& document, const std::function<bool(const std::string&)>& meant) const {
    for (const auto& [term, weights] : naive_terms(document)) {
      for (const auto& [visibility, weight] : weights) {
        if (sees(m_viewer, document, visibility) && meant(term)) {
          return true;
        }
      }
    }
    return false;
  }

  bool has_prefix(const std::string& prefix, const std::vector<std::string_view>& fields,
                  const Document& document) const {
    const std::set<std::string> shorter = shorter_stems(prefix);
    const bool sure = visible_term(document, [&](const std::string& term) { return term.starts_with(prefix); });
    const bool possible = visible_term(document, [&](const std::string& term) { return shorter.contains(term); });
    bool stands = false;
    for (const TextField& text : document.texts) {
      const bool of_field = fields.empty() || std::find(fields.begin(), fields.end(), text.field) != fields.end();
      for (const Token& token :
           of_field&& sees(m_viewer, document, text.visibility) ? words(text.text) : std::vector<Token>()) {
        stands =
            stands || token.folded.starts_with(prefix) || term_of(token, stem_language(text.lang)).starts_with(prefix);
      }
    }
    return fields.empty() ? sure || (possible && stands) : (sure || possible) && stands;
  }

  bool in_text(const QueryNode& leaf, const std::vector<std::string_view>& fields, const Document& document) const {
    if (leaf.form == LeafForm::prefix) {
      return has_prefix(words(leaf.text).front().folded, fields, document);
    }
    const std::vector<std::string> atoms = atoms_of(leaf.text);
    if (leaf.form == LeafForm::words && atoms.size() == 1) {
      const Word word = word_of(words(leaf.text).front(), Need::weighed);
      for (const TextField& text : document.texts) {
        if (std::find(fields.begin(), fields.end(), text.field) == fields.end() ||
            !sees(m_viewer, document, text.visibility)) {
          continue;
        }
        for (const Token& token : words(text.text)) {
          const std::string term = term_of(token, stem_language(text.lang));
          if (std::find(word.forms.begin(), word.forms.end(), term) != word.forms.end()) {
            return true;
          }
        }
      }
      return false;
    }
    return in_row(atoms, fields, document);
  }

  bool names(const Document& other, const QueryNode& leaf, const QueryField& field) const {
    static const std::vector<std::string_view> k_names = {"names",       "acronym", "family_name", "given_names",
                                                          "other_names", "label",   "labels",      "title"};
    if (std::find(field.kinds.begin(), field.kinds.end(), other.kind) == field.kinds.end() ||
        !sees(m_viewer, other, access::Visibility::everyone)) {
      return false;
    }
    if (leaf.form == LeafForm::prefix) {
      return in_text(leaf, k_names, other);
    }
    const std::vector<std::string> atoms = atoms_of(leaf.text);
    return std::all_of(atoms.begin(), atoms.end(),
                       [&](const std::string& atom) { return in_row({atom}, k_names, other); });
  }

  bool leaf(const QueryNode& leaf, const Document& document) const {
    const QueryField* field = leaf.field.empty() ? nullptr : find_query_field(leaf.field);
    if (field == nullptr) {
      return in_text(leaf, {}, document);
    }
    const auto kind = kind_by_word(leaf.text);
    const auto is_of_kind = [&](const std::string& value) { return value == registry::name(*kind); };
    switch (field->target) {
      case FieldTarget::text:
        return in_text(leaf, field->fields, document);
      case FieldTarget::facet:
        return has_called(document, field->facet, leaf);
      case FieldTarget::type:
        return kind ? has_value(document, Facet::kind, is_of_kind) : has_called(document, field->facet, leaf);
      case FieldTarget::kind:
        return kind                      ? has_value(document, Facet::kind, is_of_kind)
               : names_a_type(leaf.text) ? has_called(document, Facet::type, leaf)
                                         : holds_run({{NodeType::leaf, {}, {}, LeafForm::words, leaf.text}}, document);
      case FieldTarget::range:
        return in_range(leaf, *field, document);
      case FieldTarget::topic:
        return has_topic(leaf, *field, document);
      case FieldTarget::named:
        if (const auto id = Id::parse(leaf.text)) {
          return belongs_to(document, *id, field->facet);
        }
        return std::any_of(m_documents.begin(), m_documents.end(), [&](const auto& each) {
          return names(each.second, leaf, *field) && belongs_to(document, each.second.id, field->facet);
        });
      case FieldTarget::open:
        if (leaf.text == "access") {
          return has_value(document, Facet::open_access, [](const std::string& value) { return value == "gold"; });
        }
        return has_value(document, Facet::closes,
                         [&](const std::string& value) { return !m_today.empty() && value >= m_today; });
    }
    return false;
  }

  bool in_range(const QueryNode& leaf, const QueryField& field, const Document& document) const {
    const size_t dots = leaf.text.find("..");
    const std::string from = leaf.text.substr(0, dots);
    const std::string to = dots == std::string::npos ? from : leaf.text.substr(dots + 2);
    return has_value(document, field.facet, [&](const std::string& value) {
      const bool digits = value[0] >= '0' && value[0] <= '9';
      return digits && (from.empty() || value.substr(0, from.size()) >= from.substr(0, value.size())) &&
             (to.empty() || value.substr(0, to.size()) <= to);
    });
  }

  const Documents& m_documents;
  const access::Viewer& m_viewer;
  std::string m_today;
  Thesaurus m_thesaurus;
  bool m_translates = false;
};

}  // namespace pitchblende::search
