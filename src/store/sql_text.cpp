#include "store/sql_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace pitchblende::store {

namespace {

enum class Piece { code, quoted, comment };

size_t quoted_end(std::string_view sql, size_t at) {
  const char quote = sql[at];
  size_t end = at + 1;
  while (end < sql.size()) {
    if (sql[end] == quote) {
      if (end + 1 < sql.size() && sql[end + 1] == quote) {
        ++end;
      } else {
        return end + 1;
      }
    }
    ++end;
  }
  return sql.size();
}

size_t code_end(std::string_view sql, size_t at) {
  size_t end = at;
  while (end < sql.size() && sql[end] != '\'' && sql[end] != '"' && !sql.substr(end).starts_with("--") &&
         !sql.substr(end).starts_with("/*")) {
    ++end;
  }
  return end;
}

// Calls visit(piece, text) for the runs of the SQL in order.
template <typename Visit>
void each_piece(std::string_view sql, Visit&& visit) {
  for (size_t at = 0; at < sql.size();) {
    size_t end = sql.size();
    Piece piece = Piece::code;
    if (sql[at] == '\'' || sql[at] == '"') {
      piece = Piece::quoted;
      end = quoted_end(sql, at);
    } else if (sql.substr(at).starts_with("--")) {
      piece = Piece::comment;
      end = std::min(sql.size(), sql.find('\n', at));
    } else if (sql.substr(at).starts_with("/*")) {
      piece = Piece::comment;
      const size_t close = sql.find("*/", at + 2);
      end = close == std::string_view::npos ? sql.size() : close + 2;
    } else {
      end = code_end(sql, at);
    }
    visit(piece, sql.substr(at, end - at));
    at = end;
  }
}

std::string quoted_name(std::string_view name) {
  std::string text = "\"";
  for (const char c : name) {
    text += c;
    if (c == '"') {
      text += c;
    }
  }
  return text + '"';
}

std::string sqlite_relation(const Rows& rows) {
  std::string text = "(SELECT ";
  for (size_t i = 0; i < rows.columns().size(); ++i) {
    text += (i == 0 ? "?" : ", ?") + std::to_string(i + 1) + " AS " + quoted_name(rows.columns()[i].name);
  }
  return text + ")";
}

std::string postgresql_relation(const Rows& rows) {
  std::string names;
  std::string types;
  for (size_t i = 0; i < rows.columns().size(); ++i) {
    const Column& column = rows.columns()[i];
    const std::string cell = (i == 0 ? "c" : ", c") + std::to_string(i);
    names += cell + " AS " + quoted_name(column.name);
    types += cell + (column.type == ColumnType::integer ? " bigint"
                     : column.type == ColumnType::real  ? " double precision"
                                                        : " text COLLATE \"C\"");
  }
  return "(SELECT " + names + " FROM json_to_recordset(? ::json) AS pb_rows(" + types + "))";
}

using Word = std::pair<std::string_view, std::string_view>;

constexpr std::array<Word, 5> k_sqlite_words{{{"{key}", "INTEGER PRIMARY KEY"},
                                              {"{int}", "INTEGER"},
                                              {"{real}", "REAL"},
                                              {"{text}", "TEXT"},
                                              {"{without_rowid}", "WITHOUT ROWID"}}};
constexpr std::array<Word, 5> k_postgresql_words{{{"{key}", "BIGINT PRIMARY KEY"},
                                                  {"{int}", "BIGINT"},
                                                  {"{real}", "DOUBLE PRECISION"},
                                                  {"{text}", "TEXT COLLATE \"C\""},
                                                  {"{without_rowid}", ""}}};

void append_with_words(std::string& out, std::string_view code, const std::array<Word, 5>& words) {
  while (!code.empty()) {
    const auto word = std::ranges::find_if(words, [&](const Word& w) { return code.starts_with(w.first); });
    if (word != words.end()) {
      out += word->second;
      code.remove_prefix(word->first.size());
    } else {
      out += code.front();
      code.remove_prefix(1);
    }
  }
}

using Statements = std::vector<std::string>;

// A row of SQLite that REPLACE overwrites goes without its trigger: the third refuses that.
Statements append_only_in_sqlite(const std::string& table) {
  const auto refusing = [&](const std::string& name, const std::string& when, const std::string& only) {
    return "CREATE TRIGGER " + table + "_not_" + name + " BEFORE " + when + " ON " + table + only +
           " BEGIN SELECT RAISE(ABORT, '" + table + " only grows'); END";
  };
  return {refusing("altered", "UPDATE", ""), refusing("deleted", "DELETE", ""),
          refusing("replaced", "INSERT", " WHEN EXISTS (SELECT 1 FROM " + table + " WHERE id = NEW.id)")};
}

Statements append_only_in_postgresql(const std::string& table) {
  return {"CREATE FUNCTION " + table + "_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION '" +
              table + " only grows' USING ERRCODE = 'integrity_constraint_violation'; END$$",
          "CREATE TRIGGER " + table + "_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON " + table +
              " FOR EACH STATEMENT EXECUTE FUNCTION " + table + "_only_grows()"};
}

// The table of `{append_only} table`; empty: another statement.
std::string append_only_table(std::string_view statement) {
  constexpr std::string_view k_word = "{append_only}";
  const size_t begin = statement.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos || !statement.substr(begin).starts_with(k_word)) {
    return {};
  }
  statement.remove_prefix(begin + k_word.size());
  statement.remove_prefix(std::min(statement.size(), statement.find_first_not_of(" \t\r\n")));
  return std::string(statement.substr(0, statement.find_first_of(" \t\r\n")));
}

}  // namespace

bool is_named(std::string_view rest) {
  constexpr std::array<std::string_view, 21> k_words{
      "cross", "except", "full",  "group",     "having", "inner", "intersect", "join",  "left",   "limit", "natural",
      "on",    "order",  "right", "returning", "set",    "union", "using",     "where", "window", "values"};
  rest.remove_prefix(std::min(rest.size(), rest.find_first_not_of(" \t\r\n")));
  std::string word;
  for (const char c : rest) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) == 0 && c != '_') {
      break;
    }
    word += static_cast<char>(std::tolower(byte));
  }
  return word.empty() ? rest.starts_with('"') : std::ranges::find(k_words, word) == k_words.end();
}

std::string named_placeholders(std::string_view sql) {
  std::string out;
  int count = 0;
  each_piece(sql, [&](Piece piece, std::string_view text) {
    if (piece == Piece::comment) {
      out += ' ';
    } else if (piece == Piece::quoted) {
      out += text;
    } else {
      for (const char c : text) {
        if (c == '?') {
          // A space after the name: SOCI would lose the state of what follows at once.
          out += ":p" + std::to_string(++count) + " ";
        } else {
          out += c;
        }
      }
    }
  });
  return out;
}

RowsSql expand_rows(std::string_view sql, const Rows& rows, Dialect dialect) {
  const std::string relation = dialect == Dialect::sqlite ? sqlite_relation(rows) : postgresql_relation(rows);
  constexpr std::string_view k_word = "{rows}";
  RowsSql out;
  each_piece(sql, [&](Piece piece, std::string_view text) {
    for (size_t at = 0; at < text.size();) {
      if (piece == Piece::code && text.substr(at).starts_with(k_word)) {
        at += k_word.size();
        out.sql += relation;
        const std::string_view rest = sql.substr(static_cast<size_t>(text.data() - sql.data()) + at);
        out.sql += is_named(rest) ? "" : " AS rows_" + std::to_string(out.uses);
        ++out.uses;
      } else {
        out.sql += text[at++];
      }
    }
  });
  return out;
}

std::vector<std::string> script_statements(std::string_view text, Dialect dialect) {
  const auto& words = dialect == Dialect::sqlite ? k_sqlite_words : k_postgresql_words;
  Statements statements;
  std::string statement;
  const auto finish = [&] {
    if (const std::string table = append_only_table(statement); !table.empty()) {
      const bool sqlite = dialect == Dialect::sqlite;
      for (std::string& each : sqlite ? append_only_in_sqlite(table) : append_only_in_postgresql(table)) {
        statements.push_back(std::move(each));
      }
    } else if (statement.find_first_not_of(" \t\r\n") != std::string::npos) {
      statements.push_back(statement);
    }
    statement.clear();
  };
  each_piece(text, [&](Piece piece, std::string_view run) {
    if (piece == Piece::comment) {
      statement += ' ';
    } else if (piece == Piece::quoted) {
      statement += run;
    } else {
      for (size_t cut = run.find(';'); cut != std::string_view::npos; cut = run.find(';')) {
        append_with_words(statement, run.substr(0, cut), words);
        finish();
        run.remove_prefix(cut + 1);
      }
      append_with_words(statement, run, words);
    }
  });
  finish();
  return statements;
}

}  // namespace pitchblende::store
