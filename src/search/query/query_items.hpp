// The items that a query is written in: words, phrases, values of fields, operators and parentheses. Inside query;
// pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "search/query/query_text.hpp"

namespace pitchblende::search {

struct QueryItem {
  enum class Mark : uint8_t { leaf, open, close, all, any, negation, end };
  Mark mark = Mark::leaf;
  std::string raw;  // as typed, at most 80 bytes
  QueryNode node;   // of a leaf; of an open parenthesis the field before it
};

std::vector<QueryItem> query_items(std::string_view typed, std::vector<QueryNote>& notes);
// A leaf that names a field: a range where the field wants one; where the value is none, words without the field.
void settle_field(QueryNode& leaf, std::vector<QueryNote>& notes);

// What stands between spaces.
std::vector<std::string_view> pieces_of(std::string_view text);
// A text that can stand between quotes.
std::string without_quotes(std::string_view text);

}  // namespace pitchblende::search
