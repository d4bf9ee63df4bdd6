// A form as a view: fields with their labels, what was typed, and what is wrong with each. Pure, any thread. The
// template takes it in by {{>form}}; form_page() gives it its token.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "http/form.hpp"
#include "pages/blocks.hpp"

namespace pitchblende::pages {

enum class Wanted : uint8_t { no, yes };

struct FormField {
  std::string name;           // in the form that is sent; its id too
  std::string word;           // key of its label; where there is a word <key>_help, that is its help
  std::string type = "text";  // what an <input> may be, or "textarea", "select"
  Wanted wanted = Wanted::no;
  int64_t longest = 500;                                          // characters; 0: no bound
  std::vector<std::pair<std::string, std::string>> choices = {};  // of a select: value, label
};

// Something is wrong: with a field, or with the whole (an empty name).
struct FormProblem {
  std::string field;
  std::string message;
};

// What was typed into a field, in full: nothing is cut off behind somebody's back. `word`: key of the field's label.
// Error: PAGES_TOO_LONG.
Result<std::string> fitting(const Words& words, const http::Form& form, std::string_view name, std::string_view word,
                            size_t longest);

// What the template of a form's field asks for beside its label: which control it is, and the choices of a select.
void add_control(View& out, const std::string& type, const std::vector<std::pair<std::string, std::string>>& choices,
                 std::string_view value);

// `typed`: what was sent before, or what there is already; null: nothing. `button`: key of its word.
View form_view(const Words& words, const std::string& action, std::string_view button,
               const std::vector<FormField>& fields, const http::Form* typed, const std::vector<FormProblem>& problems);

}  // namespace pitchblende::pages
