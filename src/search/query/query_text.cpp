#include "search/query/query_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "search/analysis.hpp"
#include "search/query/query_fields.hpp"
#include "search/query/query_items.hpp"

namespace pitchblende::search {

namespace {

using Reason = QueryNote::Reason;

class Parser {
 public:
  Parser(std::vector<QueryItem> items, std::vector<QueryNote>& notes)
      : m_items(std::move(items)),
        m_notes(notes),
        m_leaves(static_cast<size_t>(std::count_if(m_items.begin(), m_items.end(), [](const QueryItem& item) {
          return item.mark == QueryItem::Mark::leaf;
        }))) {}

  QueryNode parse() {
    QueryNode found = any_of();
    while (m_at < m_items.size()) {  // behind a parenthesis that nothing opened
      QueryNode more = any_of();
      found = QueryNode{NodeType::all, {std::move(found), std::move(more)}};
    }
    found = simple(std::move(found));
    return found.type == NodeType::all ? std::move(found) : QueryNode{NodeType::all, {std::move(found)}};
  }

 private:
  QueryItem::Mark peek() const { return m_at < m_items.size() ? m_items[m_at].mark : QueryItem::Mark::end; }
  bool begins_operand() const {
    return peek() == QueryItem::Mark::leaf || peek() == QueryItem::Mark::open || peek() == QueryItem::Mark::negation;
  }
  // An operator with nothing to join: said, and a word like another one, though not in the capitals of an acronym.
  void stray(const QueryItem& item, std::vector<QueryNode>& parts) {
    if (m_leaves == k_most_leaves) {
      m_notes.push_back({Reason::too_many, item.raw});
      return;
    }
    ++m_leaves;
    m_notes.push_back({Reason::stray_operator, item.raw});
    for (QueryNode& word : plain_words(fold(item.raw))) {
      parts.push_back(std::move(word));
    }
  }

  QueryNode any_of() {
    std::vector<QueryNode> branches;
    branches.push_back(all_of());
    while (peek() == QueryItem::Mark::any) {
      const QueryItem item = m_items[m_at++];
      if (branches.back().children.empty() || !begins_operand()) {
        stray(item, branches.back().children);
        if (begins_operand()) {
          QueryNode more = all_of();
          std::move(more.children.begin(), more.children.end(), std::back_inserter(branches.back().children));
        }
        continue;
      }
      branches.push_back(all_of());
    }
    return QueryNode{NodeType::any, std::move(branches)};
  }

  QueryNode all_of() {
    QueryNode out;
    for (;;) {
      if (begins_operand()) {
        operand(out.children);
      } else if (peek() == QueryItem::Mark::all) {
        const QueryItem item = m_items[m_at++];
        if (out.children.empty() || !begins_operand()) {
          stray(item, out.children);
        }
      } else if (peek() == QueryItem::Mark::close && m_open == 0) {
        m_notes.push_back({Reason::unopened_parenthesis, m_items[m_at++].raw});
      } else {
        return out;
      }
    }
  }

  void operand(std::vector<QueryNode>& parts) {
    bool negated = false;
    const QueryItem first = m_items[m_at];
    while (peek() == QueryItem::Mark::negation) {
      negated = !negated;
      ++m_at;
    }
    if (!begins_operand()) {
      if (first.raw != "-") {
        stray(first, parts);
      }
      return;
    }
    QueryNode found = peek() == QueryItem::Mark::leaf ? m_items[m_at++].node : group();
    if (found.type != NodeType::leaf && found.children.empty()) {
      return;
    }
    if (negated && found.type == NodeType::negation) {  // NOT (NOT a)
      QueryNode inside = std::move(found.children.front());
      parts.push_back(std::move(inside));
    } else {
      parts.push_back(negated ? QueryNode{NodeType::negation, {std::move(found)}} : std::move(found));
    }
  }

  QueryNode group() {
    const QueryItem item = m_items[m_at++];
    ++m_open;
    QueryNode inside = simple(any_of());
    --m_open;
    if (peek() == QueryItem::Mark::close) {
      ++m_at;
    } else {
      m_notes.push_back({Reason::unclosed_parenthesis, item.raw});
    }
    if (inside.type != NodeType::leaf && inside.children.empty()) {
      m_notes.push_back({Reason::empty_parentheses, item.raw});
    } else if (!item.node.field.empty()) {
      put_field(inside, item.node);
    }
    return inside;
  }

  // title:(a OR b): of those inside that name no field themselves.
  void put_field(QueryNode& node, const QueryNode& named) {
    for (QueryNode& child : node.children) {
      put_field(child, named);
    }
    if (node.type == NodeType::leaf && node.field.empty()) {
      node.field = named.field;
      node.typed = named.typed;
      settle_field(node, m_notes);
    }
  }

  // Without nodes of one child, and without an all in an all or an any in an any.
  static QueryNode simple(QueryNode node) {
    if (node.type != NodeType::all && node.type != NodeType::any) {
      return node;
    }
    std::vector<QueryNode> children;
    for (QueryNode& child : node.children) {
      QueryNode each = simple(std::move(child));
      if (each.type == node.type) {
        std::move(each.children.begin(), each.children.end(), std::back_inserter(children));
      } else if (each.type == NodeType::leaf || !each.children.empty()) {
        children.push_back(std::move(each));
      }
    }
    if (children.size() == 1) {
      return std::move(children.front());
    }
    node.children = std::move(children);
    if (node.children.empty()) {
      node.type = NodeType::all;
    }
    return node;
  }

  std::vector<QueryItem> m_items;
  std::vector<QueryNote>& m_notes;
  size_t m_at = 0;
  size_t m_open = 0;
  size_t m_leaves;  // operators that were taken as words among them
};

class Writer {
 public:
  explicit Writer(QueryLanguage language) : m_french(language == QueryLanguage::french) {}

  std::string write(const QueryNode& node, NodeType inside) const {
    switch (node.type) {
      case NodeType::leaf:
        return leaf(node);
      case NodeType::negation:
        return std::string(m_french ? "SAUF " : "NOT ") +
               (node.children.empty() ? std::string() : write(node.children.front(), NodeType::negation));
      case NodeType::all:
      case NodeType::any:
        break;
    }
    std::string out;
    for (const QueryNode& child : node.children) {
      out += out.empty() ? "" : node.type == NodeType::all ? " " : m_french ? " OU " : " OR ";
      out += write(child, node.type);
    }
    // What stands beside OR is joined more closely than by it: only an any needs parentheses within an all.
    const bool bare = inside == NodeType::leaf || (inside == NodeType::any && node.type == NodeType::all);
    return bare ? out : "(" + out + ")";
  }

 private:
  std::string leaf(const QueryNode& node) const {
    std::string out;
    if (!node.field.empty()) {
      const QueryField* field = find_query_field(node.field);
      // "type" is both the French name of kind: and a field of its own: what is read back decides which it is.
      const bool own = field == nullptr || node.field == "kind" || node.field == "type";
      out += own || !m_french ? node.field : std::string(field->french);
      out += ':';
    }
    switch (node.form) {
      case LeafForm::words:
      case LeafForm::range:
        return out + node.text;
      case LeafForm::phrase:
        return out + '"' + node.text + '"';
      case LeafForm::prefix:
        return out + node.text + '*';
    }
    return out;
  }

  bool m_french;
};

}  // namespace

ReadQuery read_query(std::string_view typed) {
  ReadQuery read;
  std::vector<QueryItem> items = query_items(typed, read.notes);
  read.root = Parser(std::move(items), read.notes).parse();
  return read;
}

std::string as_typed(const QueryNode& leaf) { return (leaf.typed.empty() ? leaf.field : leaf.typed) + ":" + leaf.text; }

std::string write_query(const QueryNode& root, QueryLanguage language) {
  return Writer(language).write(root, NodeType::leaf);
}

std::vector<QueryNode> plain_words(std::string_view text, std::string_view field) {
  std::vector<QueryNode> out;
  for (const std::string_view piece : pieces_of(text)) {
    std::vector<QueryNote> notes;
    const std::vector<QueryItem> items = query_items(piece, notes);
    const bool plain = items.size() == 1 && notes.empty() && items[0].mark == QueryItem::Mark::leaf &&
                       items[0].node.field.empty() && items[0].node.form == LeafForm::words;
    if (plain) {
      out.push_back(items[0].node);
      out.back().field = field;
    } else {
      for (QueryNode& leaf : plain_phrase(piece, field)) {
        out.push_back(std::move(leaf));
      }
    }
  }
  return out;
}

std::vector<QueryNode> plain_phrase(std::string_view text, std::string_view field) {
  std::string inside = without_quotes(text);
  if (words(inside).empty()) {
    return {};
  }
  return {QueryNode{NodeType::leaf, {}, std::string(field), LeafForm::phrase, std::move(inside)}};
}

std::vector<QueryNode> plain_value(std::string_view text, std::string_view field) {
  const std::vector<QueryNode> found = plain_words(text, field);
  return found.size() > 1 ? plain_phrase(text, field) : found;
}

std::string_view name(QueryNote::Reason reason) {
  constexpr std::array<std::string_view, 18> names = {"unclosed_quote",
                                                      "unclosed_parenthesis",
                                                      "unopened_parenthesis",
                                                      "empty_parentheses",
                                                      "stray_operator",
                                                      "unknown_field",
                                                      "empty_value",
                                                      "not_a_range",
                                                      "reversed_range",
                                                      "too_deep",
                                                      "too_many",
                                                      "too_long",
                                                      "short_prefix",
                                                      "no_word",
                                                      "unknown_kind",
                                                      "unknown_name",
                                                      "unknown_topic",
                                                      "unknown_open"};
  return names[static_cast<size_t>(reason)];
}

}  // namespace pitchblende::search
