// The query grammar: what a person typed as a tree, and a tree as what a person would type. docs/rules/search.md.
//
// Nothing that is typed is an error: what cannot be parsed is taken as words, and said in notes. The box, the advanced
// form, addresses and saved searches all hold this text. Pure, any thread; time and memory are bounded by the limits.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/search.hpp"

namespace pitchblende::search {

inline constexpr size_t k_deepest_query = 8;  // parentheses
inline constexpr size_t k_most_leaves = 32;   // words, phrases and values

enum class NodeType : uint8_t { all, any, negation, leaf };
enum class LeafForm : uint8_t { words, phrase, prefix, range };

struct QueryNode {
  NodeType type = NodeType::all;
  std::vector<QueryNode> children = {};  // of all and any; a negation has one
  std::string field = {};                // a QueryField's name; empty: anywhere
  LeafForm form = LeafForm::words;
  // words: one run of typed characters (cancer, CAR-T); phrase: what stood in quotes; prefix: without its star; range:
  // "2019..2023", "2019..", "..2023" or "2019".
  std::string text = {};
  std::string typed = {};  // the field's name as somebody typed it: notes say it so; means nothing else

  bool operator==(const QueryNode& other) const {
    return type == other.type && children == other.children && field == other.field && form == other.form &&
           text == other.text;
  }
};

struct ReadQuery {
  QueryNode root;  // of type all: its children must all hold
  std::vector<QueryNote> notes;
};

// "année:2019", as a note says it.
std::string as_typed(const QueryNode& leaf);

enum class QueryLanguage : uint8_t { english, french };

ReadQuery read_query(std::string_view typed);
// What reads as the same tree, with the operators and names of fields of a language.
std::string write_query(const QueryNode& root, QueryLanguage language);

// Leaves for each word of a text, whatever it looks like: quotes, operators and names of fields mean nothing in it.
std::vector<QueryNode> plain_words(std::string_view text, std::string_view field = {});
// One phrase; no leaf for a text without words.
std::vector<QueryNode> plain_phrase(std::string_view text, std::string_view field = {});
// A leaf that reads back: a phrase where the text has spaces.
std::vector<QueryNode> plain_value(std::string_view text, std::string_view field);

}  // namespace pitchblende::search
