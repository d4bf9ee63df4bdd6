#include "pages/entry/forms.hpp"

#include <algorithm>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "pages/errors.hpp"

namespace pitchblende::pages {

namespace {

View field_view(const Words& words, const FormField& field, std::string_view value, const std::string& problem) {
  View out = view({{"name", field.name}, {"label", words.get(field.word)}, {"problem", problem}});
  if (const std::string help = field.word + "_help"; words.has(help)) {
    out["help"] = words.get(help);
  }
  std::string described(out.contains("help") ? field.name + "-help" : "");
  if (!problem.empty()) {
    described += (described.empty() ? "" : " ") + field.name + "-problem";
  }
  out["described"] = described;
  out["required"] = field.wanted == Wanted::yes;
  if (field.longest > 0) {
    out["longest"] = std::to_string(field.longest);
  }
  out["value"] = value;
  add_control(out, field.type, field.choices, value);
  return out;
}

}  // namespace

void add_control(View& out, const std::string& type, const std::vector<std::pair<std::string, std::string>>& choices,
                 std::string_view value) {
  if (type == "select") {
    Views options;
    for (const auto& [code, label] : choices) {
      View option = view({{"label", label}});
      option["value"] = code;
      option["selected"] = code == value;
      options.push_back(std::move(option));
    }
    out["select"] = true;
    out["choices"] = std::move(options);
  } else if (type == "textarea") {
    out["textarea"] = true;
  } else {
    out["type"] = type;
  }
}

Result<std::string> fitting(const Words& words, const http::Form& form, std::string_view name, std::string_view word,
                            size_t longest) {
  const std::string_view typed = form.value(name);
  const size_t count = count_letters(typed);
  return count <= longest ? Result<std::string>(std::string(typed))
                          : fail(errors::too_long, words.get(word), words.number(longest), words.number(count));
}

View form_view(const Words& words, const std::string& action, std::string_view button,
               const std::vector<FormField>& fields, const http::Form* typed,
               const std::vector<FormProblem>& problems) {
  View out = view({{"action", action}, {"button", words.get(button)}});
  Views rows;
  Views told;  // all of them above the form, where a reader is after sending it
  for (const FormProblem& each : problems) {
    View one = view({{"message", each.message}});
    const auto field =
        std::find_if(fields.begin(), fields.end(), [&](const auto& of) { return of.name == each.field; });
    if (field != fields.end()) {
      // "The end, …, is not after the beginning" names its field itself: that is said once.
      const std::string label = words.get(field->word);
      std::string name = fold(label);
      if (name.ends_with('s')) {
        name.pop_back();  // "Ends" is "the end"
      }
      one["is_named"] = fold(each.message).find(name) != std::string::npos;
      one["field"] = field->name;
      one["label"] = label;
    }
    told.push_back(std::move(one));
  }
  for (const FormField& field : fields) {
    const auto problem =
        std::find_if(problems.begin(), problems.end(), [&](const auto& of) { return of.field == field.name; });
    rows.push_back(field_view(words, field, typed != nullptr ? typed->value(field.name) : std::string_view(),
                              problem == problems.end() ? std::string() : problem->message));
  }
  out["fields"] = std::move(rows);
  out["has_problems"] = !told.empty();
  out["problems"] = std::move(told);
  return out;
}

}  // namespace pitchblende::pages
