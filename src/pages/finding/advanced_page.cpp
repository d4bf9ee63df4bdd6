#include "pages/finding/advanced_page.hpp"

#include <array>

#include "base/beginning.hpp"
#include "pages/address.hpp"
#include "search/query/query_form.hpp"

namespace pitchblende::pages {

namespace {

using search::QueryForm;
using search::QueryLanguage;

constexpr size_t k_longest = 1024;  // bytes of a field
constexpr size_t k_suggestions = 8;

QueryLanguage language_for_query(Language language) {
  return language == Language::french ? QueryLanguage::french : QueryLanguage::english;
}

struct Field {
  std::string_view name;  // in the address and of its word
  std::string QueryForm::*value;
  std::string_view word;  // under "advanced"
  bool hint = false;      // there is one
};
constexpr std::array<Field, 9> k_texts{{{"words", &QueryForm::words, "words", true},
                                        {"phrase", &QueryForm::phrase, "phrase", true},
                                        {"any", &QueryForm::any, "any"},
                                        {"none", &QueryForm::none, "none"},
                                        {"title", &QueryForm::title, "title_words"},
                                        {"author", &QueryForm::author, "author"},
                                        {"at", &QueryForm::at, "at", true},
                                        {"group", &QueryForm::group, "group"},
                                        {"topic", &QueryForm::topic, "topic", true}}};

QueryForm sent_form(const http::Request& request) {
  QueryForm form;
  const auto sent = [&](std::string_view name) { return clean_utf8(beginning(request.parameter(name), k_longest)); };
  for (const Field& field : k_texts) {
    form.*field.value = sent(field.name);
  }
  form.kind = sent("kind");
  form.year_from = sent("year_from");
  form.year_to = sent("year_to");
  form.open = sent("open");
  form.rest = sent("rest");
  return form;
}

View choice(const std::string& value, const std::string& label, const std::string& chosen) {
  View out = view({{"value", value}, {"label", label}});
  out["selected"] = value == chosen;
  return out;
}

Views kind_choices(const std::string& chosen, const Words& words) {
  Views out{choice("", words.get("advanced.any_kind"), chosen)};
  for (const registry::KindDescription& kind : registry::kinds()) {
    out.push_back(choice(std::string(kind.name), words.kinds(kind.kind), chosen));
  }
  return out;
}

Views open_choices(const std::string& chosen, const Words& words) {
  Views out{choice("", words.get("advanced.open_any"), chosen)};
  for (const std::string_view code : {"access", "call", "company", "academic", "consortium"}) {
    out.push_back(choice(std::string(code), words.get("advanced.open_" + std::string(code)), chosen));
  }
  return out;
}

}  // namespace

http::Answer advanced_page(const Site& site, const http::Request& request, Language language) {
  const Words& words = site.words(language);
  const QueryLanguage written = language_for_query(language);
  if (request.parameter("ask") == "1") {
    const std::string q = search::write_query(search::form_tree(sent_form(request)), written);
    return redirect(303, search_address(words.code(), {{"q", q}}));
  }
  const std::string q = beginning(request.parameter("q"), k_longest);
  const QueryForm form = search::read_form(search::read_query(q).root, written);
  View body;
  Views fields;
  for (const Field& field : k_texts) {
    const std::string name(field.name);
    View each = view(
        {{"name", name}, {"label", words.get("advanced." + std::string(field.word))}, {"value", form.*field.value}});
    if (field.hint) {
      each["hint"] = words.get("advanced." + name + "_hint");
    }
    fields.push_back(std::move(each));
  }
  body["fields"] = std::move(fields);
  body["kinds"] = kind_choices(form.kind, words);
  body["opens"] = open_choices(form.open, words);
  body["year_from"] = form.year_from;
  body["year_to"] = form.year_to;
  body["rest"] = form.rest;
  body["q"] = clean_utf8(q);
  body["noindex"] = true;
  const std::string title = words.get("advanced.title");
  return site.page(request, language, "advanced", title, std::move(body),
                   {{words.get("search.title"), search_address(words.code(), {{"q", q}})}, {title, {}}});
}

http::Answer suggest_answer(const Site& site, const http::Request& request, Language language) {
  const Words& words = site.words(language);
  const std::string q = clean_utf8(beginning(request.parameter("q"), 200));
  Views rows;
  for (const search::Suggestion& each : site.index()->suggest(q, words.code(), k_suggestions)) {
    const bool thing = each.id.has_value();
    rows.push_back(view({{"text", each.text},
                         {"kind", thing ? std::string(registry::name(each.kind)) : "topic"},
                         {"kind_label", thing ? words.kind(each.kind) : words.get("facets.concept")},
                         {"url", thing ? thing_address(words.code(), each.kind, *each.id)
                                       : search_address(words.code(), {{"q", each.text}})}}));
  }
  http::Answer answer = json_answer(View{{"q", q}, {"suggestions", std::move(rows)}}, http::Format::json);
  answer.shared = true;
  return answer;
}

}  // namespace pitchblende::pages
