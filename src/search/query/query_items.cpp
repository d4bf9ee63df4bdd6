#include "search/query/query_items.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.hpp"
#include "search/analysis.hpp"
#include "search/query/query_fields.hpp"

namespace pitchblende::search {

namespace {

using Mark = QueryItem::Mark;
using Reason = QueryNote::Reason;

constexpr size_t k_longest_excerpt = 80;
constexpr size_t k_shortest_prefix = 2;  // bytes
constexpr size_t k_longest_field = 32;

std::string excerpt(std::string_view text) {
  size_t size = std::min(text.size(), k_longest_excerpt);
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) {
    --size;
  }
  return clean_utf8(text.substr(0, size));
}

// Bytes of the white space that stands at a place: ASCII's, and what French puts before a colon.
size_t space_at(std::string_view text, size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte == ' ' || (byte >= '\t' && byte <= '\r')) {
    return 1;
  }
  const std::string_view rest = text.substr(at);
  return rest.starts_with("\u00A0") ? 2 : rest.starts_with("\u202F") || rest.starts_with("\u3000") ? 3 : 0;
}

struct Quotes {
  std::string_view opening;
  std::string_view closing;
};
constexpr std::array<Quotes, 4> k_quotes = {{{"\"", "\""}, {"«", "»"}, {"“", "”"}, {"„", "“"}}};
constexpr std::array<std::string_view, 6> k_quote_signs = {"\"", "«", "»", "“", "”", "„"};

const Quotes* quotes_at(std::string_view text, size_t at) {
  const auto* found = std::find_if(k_quotes.begin(), k_quotes.end(),
                                   [&](const Quotes& quotes) { return text.substr(at).starts_with(quotes.opening); });
  return found == k_quotes.end() ? nullptr : found;
}

// Bytes of a quote's sign of any sort.
size_t quote_sign_at(std::string_view text, size_t at) {
  for (const std::string_view sign : k_quote_signs) {
    if (text.substr(at).starts_with(sign)) {
      return sign.size();
    }
  }
  return 0;
}

std::optional<Mark> operator_of(std::string_view word) {
  if (word == "AND" || word == "ET") {
    return Mark::all;
  }
  if (word == "OR" || word == "OU") {
    return Mark::any;
  }
  return word == "NOT" || word == "SAUF" ? std::optional(Mark::negation) : std::nullopt;
}

// Letters, as far as a field's name has them: any that is not ASCII may be one with an accent.
bool is_of_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (static_cast<unsigned char>(c) & 0x80) != 0;
}

class Scanner {
 public:
  Scanner(std::string_view typed, std::vector<QueryNote>& notes) : m_text(typed), m_notes(notes) {}

  std::vector<QueryItem> scan() {
    while (m_at < m_text.size()) {
      if (const size_t space = space_at(m_text, m_at); space > 0) {
        m_at += space;
      } else {
        item();
      }
    }
    if (m_leaves == 0 && !trim(m_text).empty() && m_notes.empty() && m_items.empty()) {
      note(Reason::no_word, m_text);
    }
    return std::move(m_items);
  }

 private:
  void note(Reason reason, std::string_view text) { m_notes.push_back({reason, excerpt(text)}); }
  void push(Mark mark, std::string_view raw, QueryNode node = {}) {
    m_items.push_back({mark, excerpt(raw), std::move(node)});
  }

  void item() {
    const char c = m_text[m_at];
    if (c == '(') {
      open({});
    } else if (c == ')') {
      ++m_at;
      if (m_flattened > 0) {
        --m_flattened;
      } else {
        m_depth -= m_depth > 0 ? 1 : 0;
        push(Mark::close, ")");
      }
    } else if (const Quotes* quotes = quotes_at(m_text, m_at); quotes != nullptr) {
      phrase({}, *quotes);
    } else if (const size_t sign = quote_sign_at(m_text, m_at); sign > 0) {
      m_at += sign;  // one that closes nothing
    } else if (c == '-' && m_at + 1 < m_text.size() && space_at(m_text, m_at + 1) == 0) {
      ++m_at;
      push(Mark::negation, "-");
    } else {
      word();
    }
  }

  void open(const std::string& field, std::string_view typed = {}) {
    ++m_at;
    if (m_depth >= k_deepest_query) {
      if (m_flattened == 0) {
        note(Reason::too_deep, "(");
      }
      ++m_flattened;
      return;
    }
    ++m_depth;
    QueryNode node;
    node.field = field;
    node.typed = typed;
    push(Mark::open, "(", std::move(node));
  }

  void phrase(const std::string& field, const Quotes& quotes, std::string_view typed = {}) {
    const size_t begin = m_at + quotes.opening.size();
    const size_t end = m_text.find(quotes.closing, begin);
    if (end == std::string_view::npos) {
      note(Reason::unclosed_quote, m_text.substr(m_at));
      m_at = begin;
      return;
    }
    const std::string_view raw = m_text.substr(m_at, end + quotes.closing.size() - m_at);
    m_at = end + quotes.closing.size();
    leaf({NodeType::leaf,
          {},
          field,
          LeafForm::phrase,
          without_quotes(m_text.substr(begin, end - begin)),
          std::string(typed)},
         raw);
  }

  // Up to white space, a quote, or a parenthesis that the word itself did not open: poly(A) is a word.
  std::string_view run() {
    const size_t begin = m_at;
    size_t open = 0;
    size_t first_open = begin;
    while (m_at < m_text.size() && space_at(m_text, m_at) == 0 && quote_sign_at(m_text, m_at) == 0) {
      const char c = m_text[m_at];
      if (c == ')' && open == 0) {
        break;
      }
      first_open = c == '(' && open == 0 ? m_at : first_open;
      open += c == '(' ? 1 : 0;
      open -= c == ')' ? 1 : 0;
      ++m_at;
    }
    m_at = open > 0 && first_open > begin ? first_open : m_at;
    return m_text.substr(begin, m_at - begin);
  }

  void word() {
    const size_t begin = m_at;
    size_t colon = m_at;
    while (colon < m_text.size() && colon - begin <= k_longest_field && is_of_name(m_text[colon]) &&
           space_at(m_text, colon) == 0 && quote_sign_at(m_text, colon) == 0) {
      ++colon;
    }
    if (colon > begin && colon < m_text.size() && m_text[colon] == ':') {
      if (value(m_text.substr(begin, colon - begin), colon + 1)) {
        return;
      }
      m_at = begin;
    }
    const std::string_view raw = run();
    if (raw.empty()) {  // a sign that begins nothing
      ++m_at;
      return;
    }
    if (const auto mark = operator_of(raw)) {
      push(*mark, raw);
      return;
    }
    plain(raw, {});
  }

  // What stands behind "name:". False: it is no field's.
  bool value(std::string_view name, size_t at) {
    const QueryField* field = find_query_field(name);
    if (field == nullptr) {
      note(Reason::unknown_field, name);
      return false;
    }
    const bool nothing = at >= m_text.size() || space_at(m_text, at) > 0 || m_text[at] == ')';
    if (nothing) {
      note(Reason::empty_value, name);
      m_at = at;
      plain(name, {});
      return true;
    }
    m_at = at;
    const std::string canonical(field->name);
    if (m_text[at] == '(') {
      open(canonical, name);
    } else if (const Quotes* quotes = quotes_at(m_text, at); quotes != nullptr) {
      phrase(canonical, *quotes, name);
    } else if (const size_t sign = quote_sign_at(m_text, at); sign > 0) {
      m_at += sign;
      note(Reason::empty_value, name);
    } else {
      plain(run(), canonical, name);
    }
    return true;
  }

  // A run of characters: a word, or a prefix when a star ends it.
  void plain(std::string_view raw, const std::string& field, std::string_view typed = {}) {
    QueryNode node{NodeType::leaf, {}, field, LeafForm::words, std::string(raw), std::string(typed)};
    if (raw.ends_with('*')) {
      const std::string_view stem = raw.substr(0, raw.find_last_not_of('*') + 1);
      const std::vector<Token> tokens = words(stem);
      const bool one = !tokens.empty() && tokens.front().end == tokens.back().end && tokens.front().end == stem.size();
      if (one && tokens.front().folded.size() >= k_shortest_prefix) {
        node.form = LeafForm::prefix;
      } else if (!tokens.empty()) {
        note(Reason::short_prefix, raw);
      }
      node.text = stem;
    }
    leaf(std::move(node), raw);
  }

  void leaf(QueryNode&& node, std::string_view raw) {
    if (words(node.text).empty()) {
      return;
    }
    if (m_leaves == k_most_leaves) {
      note(Reason::too_many, raw);
      return;
    }
    ++m_leaves;
    if (!node.field.empty()) {
      settle_field(node, m_notes);
    }
    push(Mark::leaf, raw, std::move(node));
  }

  std::string_view m_text;
  std::vector<QueryNote>& m_notes;
  std::vector<QueryItem> m_items;
  size_t m_at = 0;
  size_t m_depth = 0;
  size_t m_flattened = 0;  // parentheses that were left out for being too deep
  size_t m_leaves = 0;
};

// "2019", "2019-04", "2019-04-30".
bool is_moment(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) {
    return false;
  }
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? text[i] != '-' : text[i] < '0' || text[i] > '9') {
      return false;
    }
  }
  return true;
}

}  // namespace

void settle_field(QueryNode& leaf, std::vector<QueryNote>& notes) {
  const QueryField* field = find_query_field(leaf.field);
  if (field == nullptr || field->target != FieldTarget::range) {
    return;
  }
  const size_t dots = leaf.text.find("..");
  std::string from = leaf.text.substr(0, dots);
  std::string to = dots == std::string::npos ? from : leaf.text.substr(dots + 2);
  const bool ends = (from.empty() || is_moment(from)) && (to.empty() || is_moment(to)) && !(from.empty() && to.empty());
  if (leaf.form == LeafForm::prefix || !ends) {
    notes.push_back({Reason::not_a_range, excerpt(as_typed(leaf))});
    const std::vector<QueryNode> plain = plain_value(leaf.text, {});
    if (!plain.empty()) {
      leaf = plain.front();
    }
    leaf.field.clear();
    leaf.typed.clear();
    return;
  }
  const std::string_view end_of_from = std::string_view(from).substr(0, to.size());
  if (!from.empty() && !to.empty() && end_of_from > to) {
    notes.push_back({Reason::reversed_range, excerpt(as_typed(leaf))});
    std::swap(from, to);
  }
  leaf.form = LeafForm::range;
  leaf.text = dots == std::string::npos ? from : from + ".." + to;
}

std::vector<QueryItem> query_items(std::string_view typed, std::vector<QueryNote>& notes) {
  std::string_view used = typed.substr(0, k_longest_query);
  if (used.size() < typed.size()) {
    while (!used.empty() && (static_cast<unsigned char>(typed[used.size()]) & 0xC0) == 0x80) {
      used.remove_suffix(1);
    }
    notes.push_back({Reason::too_long, excerpt(typed.substr(used.size()))});
  }
  // Once, before anything is read: a control character that went from within a word would leave another one.
  std::string clean(used);
  std::replace_if(
      clean.begin(), clean.end(), [](char c) { return c >= '\v' && c <= '\r'; }, ' ');
  clean = clean_utf8(clean);
  return Scanner(clean, notes).scan();
}

std::vector<std::string_view> pieces_of(std::string_view text) {
  std::vector<std::string_view> out;
  size_t begin = 0;
  for (size_t at = 0; at <= text.size();) {
    const size_t space = at < text.size() ? space_at(text, at) : 1;
    if (space > 0 && at > begin) {
      out.push_back(text.substr(begin, at - begin));
    }
    at += std::max<size_t>(space, 1);
    begin = space > 0 ? at : begin;
  }
  return out;
}

std::string without_quotes(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t sign = quote_sign_at(text, at);
    out += sign > 0 ? ' ' : text[at];
    at += std::max<size_t>(sign, 1);
  }
  return squeeze(out);
}

}  // namespace pitchblende::search
