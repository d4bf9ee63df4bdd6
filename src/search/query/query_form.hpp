// The advanced form: a query as the fields that most people want, and back. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "search/query/query_text.hpp"

namespace pitchblende::search {

// As typed into the form; what of a query has no field there stands in `rest`, in the grammar.
struct QueryForm {
  std::string words;   // all of them
  std::string phrase;  // exactly
  std::string any;     // at least one of these words
  std::string none;    // none of these words
  std::string kind;    // a kind's name
  std::string title;   // words of it
  std::string author;
  std::string at;
  std::string group;
  std::string topic;
  std::string year_from;
  std::string year_to;
  std::string open;  // access, call, company, academic, consortium
  std::string rest;
  bool operator==(const QueryForm&) const = default;
};

// form_tree(read_form(x)) has the children of x, in some order.
QueryForm read_form(const QueryNode& root, QueryLanguage language);
QueryNode form_tree(const QueryForm& form);

}  // namespace pitchblende::search
