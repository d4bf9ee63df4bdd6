#include "search/naming.hpp"

#include <algorithm>

#include "base/text_words.hpp"

namespace pitchblende::search {

namespace {

constexpr size_t k_most_parts = 8;
constexpr size_t k_longest_name = 256;  // bytes of a text that may be one

void add_name(std::string_view typed, Wish& wish) {
  if (std::string term = name_term(typed); !term.empty()) {
    wish.words.push_back({Need::scored, {std::move(term)}});
  }
}

}  // namespace

std::string name_term(std::string_view text) {
  std::string term;
  if (text.size() > k_longest_name) {
    return term;
  }
  size_t parts = 0;
  std::vector<Token> tokens;
  ChunkScanner scanner(text);
  Chunk chunk;
  while (scanner.next(chunk)) {
    tokens.clear();
    expand_chunk(text.substr(chunk.begin, chunk.end - chunk.begin), tokens);
    // By their parts alone "Île-de-France" and "Ile de France" are one name.
    for (const Token& token : tokens) {
      if (token.folded.find_first_of("-'/+.,_&") == std::string::npos) {
        term += parts++ == 0 ? '=' : ' ';
        term += token.folded;
      }
    }
  }
  return parts > k_most_parts || term.size() > k_longest_term ? std::string() : term;
}

void wish_for_name(std::string_view typed, Wish& wish) {
  const auto is_sought = [](const Word& word) { return word.need == Need::wanted || word.need == Need::required; };
  const auto is_excluded = [](const Word& word) { return word.need == Need::excluded; };
  if (std::none_of(wish.words.begin(), wish.words.end(), is_sought) ||
      std::any_of(wish.words.begin(), wish.words.end(), is_excluded)) {
    return;
  }
  add_name(typed, wish);
}

void wish_for_name(const QueryNode& root, Wish& wish) {
  std::string typed;
  for (const QueryNode& node : root.children) {
    if (node.type == NodeType::negation) {
      return;
    }
    const bool said = node.form == LeafForm::words || node.form == LeafForm::phrase;
    if (node.type == NodeType::leaf && node.field.empty() && said) {
      typed += (typed.empty() ? "" : " ") + node.text;
    }
  }
  add_name(typed, wish);
}

}  // namespace pitchblende::search
