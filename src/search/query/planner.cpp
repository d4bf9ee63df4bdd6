#include "search/query/planner.hpp"

#include <algorithm>
#include <set>

#include "base/text_words.hpp"
#include "search/naming.hpp"
#include "search/query/prefix_terms.hpp"

namespace pitchblende::search {

namespace {

constexpr size_t k_most_alternatives = 12;
constexpr size_t k_most_words_of_one = 6;
constexpr size_t k_longest_phrase = 32;  // words; a place in it is a bit

bool is_plain(const QueryNode& node) {
  return node.type == NodeType::leaf && node.field.empty() && node.form == LeafForm::words;
}

std::vector<std::string_view> chunks_of(std::string_view text) {
  std::vector<std::string_view> out;
  ChunkScanner scanner(text);
  Chunk chunk;
  while (scanner.next(chunk)) {
    out.push_back(text.substr(chunk.begin, chunk.end - chunk.begin));
  }
  return out;
}

// Whether whoever has the one word has the other: its forms are among the other's.
bool is_within(const std::vector<std::string>& forms, const std::vector<std::string>& other) {
  return std::includes(other.begin(), other.end(), forms.begin(), forms.end());
}

// Whether whoever has all words of `larger` has all words of `smaller`.
bool includes(const std::vector<std::vector<std::string>>& larger,
              const std::vector<std::vector<std::string>>& smaller) {
  return std::all_of(smaller.begin(), smaller.end(), [&](const auto& forms) {
    return std::any_of(larger.begin(), larger.end(), [&](const auto& other) { return is_within(other, forms); });
  });
}

std::vector<std::vector<std::string>> forms_of(const std::vector<Word>& words) {
  std::vector<std::vector<std::string>> out;
  for (const Word& word : words) {
    out.push_back(word.forms);
  }
  return out;
}

std::vector<Word> wanted_words(std::string_view text) {
  WishMaker maker;
  maker.want(text);
  Wish wish = maker.finish(false);
  std::erase_if(wish.words, [](const Word& word) { return word.need != Need::wanted; });
  return std::move(wish.words);
}

}  // namespace

Plan plan_of_words(const Query& query, const Snapshot& snapshot, const Statistics& statistics) {
  Plan plan;
  plan.wish = understand(query.words);
  wish_for_name(query.words, plan.wish);
  plan.words = look_up(plan.wish, snapshot, statistics);
  return plan;
}

Plan plan_of(const Query& query, const Snapshot& snapshot, const access::Viewer& viewer, const Statistics& statistics) {
  return Planner(query, snapshot, viewer, statistics).plan();
}

void Planner::note(QueryNote::Reason reason, const std::string& text) { m_plan.notes.push_back({reason, text}); }

const Thesaurus* Planner::thesaurus() const {
  const bool used = m_query.translation == Translation::by_vocabulary && m_snapshot.thesaurus != nullptr;
  return used && !m_snapshot.thesaurus->empty() ? m_snapshot.thesaurus.get() : nullptr;
}

Plan Planner::plan() {
  ReadQuery read = read_query(m_query.words);
  m_plan.notes = std::move(read.notes);
  WishMaker words;
  for (const QueryNode& node : read.root.children) {
    take_part(node, words);
  }
  m_plan.wish = words.finish(!m_plan.required.children.empty());
  wish_for_name(read.root, m_plan.wish);
  m_plan.words = look_up(m_plan.wish, m_snapshot, m_statistics);
  group_words();
  for (const QueryNote& said : m_plan.notes) {
    using Reason = QueryNote::Reason;
    if (said.reason == Reason::too_many || said.reason == Reason::too_long || said.reason == Reason::no_word) {
      m_plan.wish.ignored.push_back(said.text);
    }
  }
  return std::move(m_plan);
}

void Planner::take_part(const QueryNode& node, WishMaker& words) {
  if (is_plain(node)) {
    words.want(node.text);
    return;
  }
  const bool excluded = node.type == NodeType::negation && !node.children.empty() && is_plain(node.children.front());
  if (excluded && chunks_of(node.children.front().text).size() == 1) {
    words.exclude(node.children.front().text);
    return;
  }
  m_plan.required.children.push_back(node_of(node));
  weigh(node, words);
}

// Words that a document may be found by, wherever they stand in the query, count for its score.
void Planner::weigh(const QueryNode& node, WishMaker& words) const {
  if (node.type == NodeType::leaf) {
    const QueryField* field = node.field.empty() ? nullptr : find_query_field(node.field);
    const bool said = field == nullptr || field->target == FieldTarget::text || field->target == FieldTarget::topic;
    if (said && (node.form == LeafForm::words || node.form == LeafForm::phrase)) {
      words.weigh(node.text);
    }
  } else if (node.type != NodeType::negation) {
    for (const QueryNode& child : node.children) {
      weigh(child, words);
    }
  }
}

// Runs of wanted words that the vocabularies know.
void Planner::group_words() {
  const Thesaurus* known = thesaurus();
  if (known == nullptr) {
    return;
  }
  std::vector<uint32_t> wanted;
  std::vector<std::string> folded;
  for (uint32_t i = 0; i < m_plan.wish.words.size(); ++i) {
    if (m_plan.wish.words[i].need == Need::wanted) {
      wanted.push_back(i);
      folded.push_back(m_plan.wish.words[i].folded);
    }
  }
  for (size_t at = 0; at < wanted.size();) {
    const Thesaurus::Named named = known->longest(std::span(folded).subspan(at));
    const size_t size = std::max<size_t>(named.words, 1);
    if (named.words > 0) {
      const auto begin = wanted.begin() + static_cast<std::ptrdiff_t>(at);
      add_group({begin, begin + static_cast<std::ptrdiff_t>(size)}, named.concepts);
    }
    at += size;
  }
}

void Planner::add_group(std::vector<uint32_t> own, const std::vector<uint32_t>& concepts) {
  std::vector<Word> words;
  for (const uint32_t place : own) {
    words.push_back(m_plan.wish.words[place]);
  }
  Translated said;
  for (const Word& word : words) {
    said.words += (said.words.empty() ? "" : " ") + word.folded;
  }
  std::vector<std::vector<Word>> others = alternatives(forms_of(words), concepts, said);
  if (others.empty()) {
    return;
  }
  Plan::Group group;
  PlanNode mine{PlanNode::Type::all};
  for (const Word& word : words) {
    mine.children.push_back(with_forms(word));
  }
  group.node = PlanNode{PlanNode::Type::any, {std::move(mine)}};
  for (const std::vector<Word>& other : others) {
    PlanNode all{PlanNode::Type::all};
    std::vector<QueryWord> counted;
    for (size_t i = 0; i < other.size(); ++i) {
      all.children.push_back(with_forms(other[i]));
      counted.push_back(look_up(other[i], m_snapshot, m_statistics));
      counted.back().need = Need::weighed;  // the node asks for all of them: one alone is not the name
      m_plan.marked.push_back(other[i]);
      m_plan.marked_as.push_back(own[std::min(i, own.size() - 1)]);
    }
    group.node.children.push_back(std::move(all));
    group.alternatives.push_back(std::move(counted));
  }
  group.own = std::move(own);
  m_plan.groups.push_back(std::move(group));
  m_plan.translated.push_back(std::move(said));
}

// Other names of the concepts, as words that must all be there; none that says more than another one or than `own`.
std::vector<std::vector<Word>> Planner::alternatives(const std::vector<std::vector<std::string>>& own,
                                                     const std::vector<uint32_t>& concepts, Translated& said) const {
  std::vector<std::vector<Word>> out;
  for (const ConceptLabel& label : thesaurus()->labels(concepts)) {
    std::vector<Word> words = wanted_words(label.text);
    const auto forms = forms_of(words);
    const bool one_stop = words.size() == 1 && (is_stop_word(words.front().folded, StemLanguage::english) ||
                                                is_stop_word(words.front().folded, StemLanguage::french));
    const bool too_short = words.size() == 1 && words.front().folded.size() < 3;
    if (words.empty() || words.size() > k_most_words_of_one || one_stop || too_short || includes(forms, own)) {
      continue;
    }
    const bool more =
        std::any_of(out.begin(), out.end(), [&](const auto& other) { return includes(forms, forms_of(other)); });
    if (!more && out.size() < k_most_alternatives) {
      out.push_back(std::move(words));
      said.also.push_back(label.text);
    }
  }
  return out;
}

PlanNode Planner::node_of(const QueryNode& node) {
  switch (node.type) {
    case NodeType::leaf:
      return is_plain(node) ? translated_words({node}) : leaf(node);
    case NodeType::negation: {
      PlanNode out{PlanNode::Type::negation};
      if (node.children.empty()) {
        return out;
      }
      const QueryNode& child = node.children.front();
      if (!is_plain(child)) {
        out.children.push_back(node_of(child));
        return out;
      }
      // A compound is excluded as a whole, as at the top of a query.
      PlanNode all{PlanNode::Type::all};
      for (const std::string_view chunk : chunks_of(child.text)) {
        WishMaker maker;
        maker.take(chunk, Need::excluded);
        for (const Word& word : maker.finish(true).words) {
          all.children.push_back(with_forms(word));
        }
      }
      out.children.push_back(std::move(all));
      return out;
    }
    case NodeType::any: {
      PlanNode out{PlanNode::Type::any};
      for (const QueryNode& child : node.children) {
        out.children.push_back(node_of(child));
      }
      return out;
    }
    case NodeType::all:
      return all_of(node.children);
  }
  return PlanNode{PlanNode::Type::nothing};
}

PlanNode Planner::all_of(const std::vector<QueryNode>& nodes) {
  PlanNode out{PlanNode::Type::all};
  for (size_t at = 0; at < nodes.size();) {
    std::vector<QueryNode> run;
    for (; at < nodes.size() && is_plain(nodes[at]); ++at) {
      run.push_back(nodes[at]);
    }
    if (!run.empty()) {
      out.children.push_back(translated_words(run));
    } else {
      out.children.push_back(node_of(nodes[at++]));
    }
  }
  return out;
}

PlanNode Planner::with_forms(const Word& word) const {
  return PlanNode{PlanNode::Type::terms, {}, look_up(word, m_snapshot, m_statistics).terms};
}

// Each word, or where a vocabulary knows a run of them, that or another name of it.
PlanNode Planner::translated_words(const std::vector<QueryNode>& run) {
  std::string text;
  for (const QueryNode& leaf : run) {
    text += (text.empty() ? "" : " ") + leaf.text;
  }
  const std::vector<Word> words = wanted_words(text);
  std::vector<std::string> folded;
  for (const Word& word : words) {
    folded.push_back(word.folded);
  }
  PlanNode out{PlanNode::Type::all};
  const Thesaurus* known = thesaurus();
  for (size_t at = 0; at < words.size();) {
    const Thesaurus::Named named =
        known != nullptr ? known->longest(std::span<const std::string>(folded).subspan(at)) : Thesaurus::Named{};
    const size_t size = std::max<size_t>(named.words, 1);
    const std::vector<Word> own(words.begin() + static_cast<std::ptrdiff_t>(at),
                                words.begin() + static_cast<std::ptrdiff_t>(at + size));
    PlanNode mine{PlanNode::Type::all};
    Translated said;
    for (const Word& word : own) {
      mine.children.push_back(with_forms(word));
      said.words += (said.words.empty() ? "" : " ") + word.folded;
    }
    PlanNode any{PlanNode::Type::any, {std::move(mine)}};
    if (named.words > 0) {
      for (const std::vector<Word>& other : alternatives(forms_of(own), named.concepts, said)) {
        PlanNode all{PlanNode::Type::all};
        for (const Word& word : other) {
          all.children.push_back(with_forms(word));
        }
        any.children.push_back(std::move(all));
      }
    }
    if (!said.also.empty()) {
      m_plan.translated.push_back(std::move(said));
    }
    out.children.push_back(std::move(any));
    at += size;
  }
  return out;
}

PlanNode Planner::leaf(const QueryNode& leaf) {
  const QueryField* field = leaf.field.empty() ? nullptr : find_query_field(leaf.field);
  if (field == nullptr) {
    return leaf.form == LeafForm::prefix ? prefix(words(leaf.text).front().folded) : in_text(leaf, {});
  }
  switch (field->target) {
    case FieldTarget::text:
      return in_text(leaf, field->fields);
    case FieldTarget::facet:
      return by_value(leaf, field->facet);
    case FieldTarget::range:
      return by_range(leaf, field->facet);
    case FieldTarget::kind:
      return by_kind(leaf);
    case FieldTarget::type:
      return kind_by_word(leaf.text) ? by_kind(leaf) : by_value(leaf, field->facet);
    case FieldTarget::named:
      return by_name(leaf, *field);
    case FieldTarget::topic:
      return by_topic(leaf);
    case FieldTarget::open:
      return by_open(leaf);
  }
  return PlanNode{PlanNode::Type::nothing};
}

PlanNode Planner::prefix(const std::string& folded) {
  const PrefixTerms terms = prefix_terms(folded, m_snapshot);
  PlanNode sure{PlanNode::Type::terms, {}, terms.sure};
  PlanNode looked_at{PlanNode::Type::text};
  looked_at.words = {terms.possible};
  looked_at.need = {TextNeed::Form::prefix, {folded}, {}};
  return PlanNode{PlanNode::Type::any, {std::move(sure), std::move(looked_at)}};
}

PlanNode Planner::in_text(const QueryNode& leaf, const std::vector<std::string_view>& fields) {
  std::vector<uint32_t> codes;
  for (const std::string_view field : fields) {
    codes.push_back(field_code(field));
  }
  std::sort(codes.begin(), codes.end());
  std::vector<std::string> atoms = atoms_of(leaf.text);
  if (leaf.form == LeafForm::prefix) {
    const std::string folded = words(leaf.text).front().folded;
    const PrefixTerms terms = prefix_terms(folded, m_snapshot);
    PlanNode out{PlanNode::Type::text};
    out.words = {terms.sure};
    for (size_t i = 0; i < out.words[0].size(); ++i) {
      out.words[0][i].insert(out.words[0][i].end(), terms.possible[i].begin(), terms.possible[i].end());
    }
    out.need = {TextNeed::Form::prefix, {folded}, std::move(codes)};
    return out;
  }
  if (leaf.form == LeafForm::words && atoms.size() == 1) {
    const Word word = word_of(words(leaf.text).front(), Need::weighed);
    PlanNode out{PlanNode::Type::text};
    out.words = {look_up(word, m_snapshot, m_statistics).terms};
    out.need = {TextNeed::Form::word, word.forms, std::move(codes)};
    return out;
  }
  return phrase(std::move(atoms), std::move(codes));
}

PlanNode Planner::phrase(std::vector<std::string> atoms, std::vector<uint32_t> fields) {
  if (atoms.empty()) {
    return PlanNode{PlanNode::Type::all};
  }
  if (atoms.size() > k_longest_phrase) {
    note(QueryNote::Reason::too_long, atoms[k_longest_phrase]);
    atoms.resize(k_longest_phrase);
  }
  PlanNode out{PlanNode::Type::text};
  for (const std::string& atom : atoms) {
    const Word word = word_of({0, static_cast<uint32_t>(atom.size()), atom}, Need::weighed);
    out.words.push_back(look_up(word, m_snapshot, m_statistics).terms);
  }
  out.need = {TextNeed::Form::phrase, std::move(atoms), std::move(fields)};
  return out;
}

}  // namespace pitchblende::search
