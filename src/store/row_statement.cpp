#include "store/row_statement.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "store/sql_text.hpp"

namespace pitchblende::store {

namespace {

bool is_word_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  });
}

size_t word_end(std::string_view sql, size_t at) {
  if (sql.substr(at).starts_with("{rows}")) {
    return at + 6;
  }
  size_t end = at;
  while (end < sql.size() && is_word_character(sql[end])) {
    ++end;
  }
  if (end == at && sql[at] == '\'') {
    end = sql.find('\'', at + 1);
    return end == std::string_view::npos ? sql.size() : end + 1;
  }
  return std::max(end, at + 1);
}

// Words, texts in quotes and single signs; empty: something in it is beyond this reader.
std::vector<std::string_view> words_of(std::string_view sql) {
  std::vector<std::string_view> words;
  for (size_t at = 0; at < sql.size();) {
    if (std::isspace(static_cast<unsigned char>(sql[at])) != 0) {
      ++at;
      continue;
    }
    if (sql[at] == '"' || sql[at] == '?' || sql.substr(at).starts_with("--") || sql.substr(at).starts_with("/*")) {
      return {};
    }
    const size_t end = word_end(sql, at);
    words.push_back(sql.substr(at, end - at));
    at = end;
  }
  return words;
}

class Rewriter {
 public:
  Rewriter(std::string_view sql, const Rows& rows) : m_rows(rows), m_words(words_of(sql)) {
    if (std::ranges::count(m_words, k_rows) != 1) {
      m_words.clear();
      return;
    }
    m_place = static_cast<size_t>(std::ranges::find(m_words, k_rows) - m_words.begin());
    m_after = m_place + 1;
    const char* end = m_words[m_place].data() + m_words[m_place].size();
    if (is_named({end, static_cast<size_t>(sql.data() + sql.size() - end)})) {
      m_after += is(m_after, "AS") ? 1 : 0;
      m_name = word(m_after++);
    }
  }

  std::optional<std::string> rewrite() const {
    if (m_place == 0 || !is(m_place - 1, "FROM")) {
      return std::nullopt;
    }
    for (const auto form : {&Rewriter::as_values, &Rewriter::as_comparison, &Rewriter::as_update, &Rewriter::as_join}) {
      if (std::optional<std::string> sql = (this->*form)()) {
        return sql;
      }
    }
    return std::nullopt;
  }

 private:
  static constexpr std::string_view k_rows = "{rows}";

  std::string_view word(size_t at) const { return at < m_words.size() ? m_words[at] : std::string_view(); }
  bool is(size_t at, std::string_view wanted) const { return same_word(word(at), wanted); }

  // `name` or `relation.name` that ends before `end`, as a parameter; `begin` becomes its first word.
  std::optional<std::string> cell_before(size_t end, size_t& begin) const {
    begin = end - 1;
    if (begin >= 2 && word(begin - 1) == ".") {
      if (m_name.empty() || word(begin - 2) != m_name) {
        return std::nullopt;
      }
      begin -= 2;
    }
    return parameter(word(end - 1));
  }

  std::optional<std::string> parameter(std::string_view name) const {
    const auto column = std::ranges::find(m_rows.columns(), name, &Column::name);
    if (column == m_rows.columns().end()) {
      return std::nullopt;
    }
    return "?" + std::to_string(column - m_rows.columns().begin() + 1);
  }

  // The words from `begin` to `end`, `r.a` put in as parameters; nullopt: `r.` with something else, such as `*`.
  std::optional<std::string> text(size_t begin, size_t end) const {
    std::string out;
    for (size_t at = begin; at < end; ++at) {
      if (!m_name.empty() && word(at) == m_name && word(at + 1) == "." && (at == 0 || word(at - 1) != ".")) {
        const std::optional<std::string> cell = parameter(word(at + 2));
        if (!cell) {
          return std::nullopt;
        }
        out += *cell;
        at += 2;
      } else {
        out += word(at);
      }
      const bool tight = at + 1 < end && word(at + 1).data() == word(at).data() + word(at).size();
      out += tight ? "" : " ";
    }
    return out;
  }

  std::optional<std::string> as_values() const {
    size_t at = static_cast<size_t>(
        std::ranges::find_if(m_words, [](std::string_view one) { return same_word(one, "SELECT"); }) - m_words.begin());
    if (!is(0, "INSERT") || at > m_place) {
      return std::nullopt;
    }
    const size_t select = at++;
    at += is(at, "DISTINCT") ? 1 : 0;
    std::string values;
    while (at < m_place) {
      const size_t end = at + (word(at + 1) == "." ? 3 : 1);
      size_t begin = 0;
      const std::optional<std::string> cell = cell_before(end, begin);
      if (!cell || begin != at || (word(end) != "," && end != m_place - 1)) {
        return std::nullopt;
      }
      values += (values.empty() ? "" : ", ") + *cell;
      at = end + 1;
    }
    size_t rest = m_after;
    if (is(rest, "WHERE")) {
      if (!is(rest + 1, "true")) {
        return std::nullopt;
      }
      rest += 2;
    }
    if (values.empty() || (rest != m_words.size() && (!is(rest, "ON") || !is(rest + 1, "CONFLICT")))) {
      return std::nullopt;
    }
    const std::optional<std::string> head = text(0, select);
    const std::optional<std::string> tail = text(rest, m_words.size());
    return head && tail ? std::optional(*head + "VALUES (" + values + ") " + *tail) : std::nullopt;
  }

  std::optional<std::string> as_comparison() const {
    size_t begin = 0;
    if (m_place < 6 || word(m_after) != ")") {
      return std::nullopt;
    }
    const std::optional<std::string> cell = cell_before(m_place - 1, begin);
    if (!cell || begin < 4 || !is(begin - 1, "SELECT") || word(begin - 2) != "(" || !is(begin - 3, "IN") ||
        is(begin - 4, "NOT")) {
      return std::nullopt;
    }
    const std::optional<std::string> head = text(0, begin - 3);
    const std::optional<std::string> tail = text(m_after + 1, m_words.size());
    return head && tail ? std::optional(*head + "= " + *cell + " " + *tail) : std::nullopt;
  }

  std::optional<std::string> as_update() const {
    if (!is(0, "UPDATE") || !is(m_after, "WHERE") || depth_at(m_place) != 0) {
      return std::nullopt;
    }
    const std::optional<std::string> head = text(0, m_place - 1);
    const std::optional<std::string> tail = text(m_after, m_words.size());
    return head && tail ? std::optional(*head + *tail) : std::nullopt;
  }

  std::optional<std::string> as_join() const {
    if (!is(m_after, "JOIN") || depth_at(m_place) != 0 || takes_all_columns()) {
      return std::nullopt;
    }
    const size_t on = next_of(m_after + 1, {"ON", "USING", "JOIN", "WHERE"});
    if (!is(on, "ON") || is(on + 1, "CONFLICT")) {
      return std::nullopt;
    }
    const size_t condition_end =
        next_of(on + 1, {"JOIN", "LEFT", "INNER", "CROSS", "NATURAL", "RIGHT", "FULL", "WHERE", "GROUP", "HAVING",
                         "ORDER", "LIMIT", "UNION", "EXCEPT", "INTERSECT", "ON", "RETURNING", "WINDOW", ","});
    const size_t where = next_of(condition_end, {"WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "UNION", "EXCEPT",
                                                 "INTERSECT", "RETURNING", "WINDOW", ","});
    const bool conflict = has_conflict(condition_end);
    if (is(where, "UNION") || is(where, "EXCEPT") || is(where, "INTERSECT") || word(where) == "," ||
        (conflict && !is(where, "WHERE"))) {
      return std::nullopt;
    }
    const size_t rest = is(where, "WHERE") ? next_of(where + 1, {"GROUP", "HAVING", "ORDER", "LIMIT", "UNION", "EXCEPT",
                                                                 "INTERSECT", "ON", "RETURNING", "WINDOW"})
                                           : where;
    const std::array parts{text(0, m_place),
                           text(m_after + 1, on),
                           text(on + 1, condition_end),
                           text(condition_end, where),
                           is(where, "WHERE") ? text(where + 1, rest) : std::string("true"),
                           text(rest, m_words.size())};
    if (!std::ranges::all_of(parts, [](const auto& part) { return part.has_value(); })) {
      return std::nullopt;
    }
    return *parts[0] + *parts[1] + *parts[3] + "WHERE (" + *parts[2] + ") AND (" + *parts[4] + ") " + *parts[5];
  }

  int depth_at(size_t place) const {
    const auto before = m_words.begin() + static_cast<ptrdiff_t>(place);
    return static_cast<int>(std::count(m_words.begin(), before, "(") - std::count(m_words.begin(), before, ")"));
  }

  // `*`, but not in count(*) or a product in parentheses: the relation's columns would be missing.
  bool takes_all_columns() const {
    for (size_t at = 1; at < m_words.size(); ++at) {
      if (word(at) == "*" && word(at - 1) != "(") {
        return true;
      }
    }
    return false;
  }

  bool has_conflict(size_t from) const {
    for (size_t at = from; at < m_words.size(); ++at) {
      if (is(at, "ON") && is(at + 1, "CONFLICT")) {
        return true;
      }
    }
    return false;
  }

  // The first of the words outside of parentheses, or the end.
  size_t next_of(size_t from, std::initializer_list<std::string_view> wanted) const {
    int depth = 0;
    for (size_t at = from; at < m_words.size(); ++at) {
      depth += word(at) == "(" ? 1 : word(at) == ")" ? -1 : 0;
      if (depth == 0 && std::ranges::any_of(wanted, [&](std::string_view one) { return is(at, one); })) {
        return at;
      }
    }
    return m_words.size();
  }

  const Rows& m_rows;
  std::vector<std::string_view> m_words;
  size_t m_place = 0;  // of {rows}
  size_t m_after = 0;  // after its name
  std::string_view m_name;
};

}  // namespace

std::optional<std::string> row_statement(std::string_view sql, const Rows& rows) {
  return Rewriter(sql, rows).rewrite();
}

}  // namespace pitchblende::store
