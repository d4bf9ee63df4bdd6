// A call as who runs it writes it: texts in both languages, sections, budget rules, criteria; published.
#include <array>

#include "calls/errors.hpp"
#include "pages/address.hpp"
#include "pages/calls/calls_room.hpp"

namespace pitchblende::pages {

namespace {

using calls::Call;

struct Kind {
  std::string_view name;
  std::string_view type;
};
constexpr std::array<Kind, 6> k_first{{{"title_fr", "text"},
                                       {"title_en", "text"},
                                       {"text_fr", "textarea"},
                                       {"text_en", "textarea"},
                                       {"opens", "datetime-local"},
                                       {"closes", "datetime-local"}}};
constexpr std::array<Kind, 6> k_money{{{"money", "text"},
                                       {"first_year", "text"},
                                       {"years", "text"},
                                       {"most", "text"},
                                       {"share", "text"},
                                       {"partners", "text"}}};
constexpr std::array<Kind, 7> k_review{{{"scale", "text"},
                                        {"scale_fr", "text"},
                                        {"scale_en", "text"},
                                        {"reviews", "text"},
                                        {"review_until", "date"},
                                        {"conflict_years", "text"},
                                        {"parents_apart", "textarea"}}};

struct Rows {
  int sections = 0;
  int criteria = 0;
};
// Two empty ones wait after those that are filled in, as long as they may still be.
Rows rows_of(const calls::Texts& texts, calls::Phase phase) {
  const int empty = calls::may_change(calls::section_name(1, "limit"), phase) ? 2 : 0;
  return {std::min(calls::filled_sections(texts) + empty, calls::k_most_sections),
          std::min(calls::filled_criteria(texts) + empty, calls::k_most_criteria)};
}

class EditForm {
 public:
  EditForm(const Call& call, calls::Phase phase, const Sent& sent, const Words& words)
      : m_call(call), m_phase(phase), m_sent(sent), m_words(words) {
    calls::Texts shown = call.texts;
    if (sent.typed != nullptr) {
      for (const std::string& name : calls::plan_names(calls::k_most_sections, calls::k_most_criteria)) {
        shown[name] = shown_text(name, call.texts, sent);
      }
    }
    m_rows = rows_of(shown, phase);
    m_problems = calls::read_plan(shown).problems;
  }

  const std::vector<calls::Problem>& problems() const { return m_problems; }

  void put(View& body) const {
    body["first"] = views_of(k_first);
    body["money"] = views_of(k_money);
    body["review"] = views_of(k_review);
    Views sections;
    for (int number = 1; number <= m_rows.sections; ++number) {
      View row{{"legend", put_in(m_words.get("calls.edit.section"), "n", std::to_string(number))}};
      Views fields;
      for (const Kind& kind : {Kind{"title_fr", "text"}, Kind{"title_en", "text"}, Kind{"help_fr", "text"},
                               Kind{"help_en", "text"}, Kind{"limit", "text"}, Kind{"unit", "select"}}) {
        fields.push_back(one(calls::section_name(number, kind.name), "section_" + std::string(kind.name), kind.type));
      }
      row["fields"] = std::move(fields);
      sections.push_back(std::move(row));
    }
    body["sections"] = std::move(sections);
    Views criteria;
    for (int number = 1; number <= m_rows.criteria; ++number) {
      View row{{"legend", put_in(m_words.get("calls.edit.criterion"), "n", std::to_string(number))}};
      Views fields;
      for (const std::string_view what : {"title_fr", "title_en", "weight"}) {
        fields.push_back(one(calls::criterion_name(number, what), "criterion_" + std::string(what), "text"));
      }
      row["fields"] = std::move(fields);
      criteria.push_back(std::move(row));
    }
    body["criteria"] = std::move(criteria);
  }

 private:
  template <size_t n>
  Views views_of(const std::array<Kind, n>& kinds) const {
    Views out;
    for (const Kind& kind : kinds) {
      out.push_back(one(std::string(kind.name), std::string(kind.name), kind.type));
    }
    return out;
  }
  View one(const std::string& name, const std::string& word, std::string_view type) const {
    const std::string key = "calls.edit." + word;
    TextField field{name, m_words.get(key), {}, std::string(type)};
    if (m_words.has(key + "_help")) {
      field.help = m_words.get(key + "_help");
    }
    if (type == "select") {
      field.choices = {{"words", m_words.get("calls.edit.words")},
                       {"characters", m_words.get("calls.edit.characters")}};
    }
    field.may_change = calls::may_change(name, m_phase);
    return field_view(field, m_call.texts, m_sent, m_problems, m_words);
  }

  const Call& m_call;
  calls::Phase m_phase;
  const Sent& m_sent;
  const Words& m_words;
  Rows m_rows;
  std::vector<calls::Problem> m_problems;
};

// "section_2_title_fr": of which section, and what in it.
std::string label_of(std::string_view field, const Words& words) {
  for (const std::string_view of : {"section", "criterion"}) {
    const size_t number_at = of.size() + 1;
    const size_t what_at = field.find('_', std::min(number_at, field.size()));
    if (field.starts_with(of) && what_at != std::string_view::npos) {
      const std::string legend = put_in(words.get("calls.edit." + std::string(of)), "n",
                                        std::string(field.substr(number_at, what_at - number_at)));
      return legend + ", " + words.get("calls.edit." + std::string(of) + std::string(field.substr(what_at)));
    }
  }
  return words.get("calls.edit." + std::string(field));
}

http::Answer edit_page(const Site& site, const http::Request& request, Language language, const Call& call,
                       const Sent& sent, const std::optional<Error>& problem) {
  const Words& words = site.words(language);
  const calls::Phase phase = calls::phase(call, site.settings().calling.calls->now());
  const std::string here = below(words, "/calls/" + std::to_string(call.id));
  const EditForm form(call, phase, sent, words);
  View body = view({{"action", here + "/edit"}, {"call_url", here}});
  form.put(body);
  Views wrong;
  for (const calls::Problem& each : form.problems()) {
    View row = view({{"field", each.name},
                     {"label", each.name.empty() ? std::string() : label_of(each.name, words)},
                     {"message", each.name.empty() ? said_words(each.error, words) : error_words(each.error, words)}});
    wrong.push_back(std::move(row));
  }
  body["wrong_count"] = words.count("calls.edit.wrong", wrong.size());
  body["is_draft"] = phase == calls::Phase::draft;
  body["may_add"] = calls::may_change(calls::section_name(1, "limit"), phase);
  if (calls::may_drop(call, request.who().account)) {
    body["drop_action"] = here + "/drop";
  }
  body["is_ready"] = wrong.empty();
  body["wrong"] = std::move(wrong);
  if (const std::string_view done = request.parameter("done"); done == "saved" || done == "published") {
    body["done"] = words.get("calls.edit.done_" + std::string(done));
  }
  const std::string title = words.get("calls.edit.title");
  const std::string name = call.plan.title.in(language);
  std::optional<Error> shown = problem;
  if (!shown && !sent.kept.clashes.empty()) {
    shown = Error(calls::errors::clash);
  }
  return calls_page(site, request, language, "call_edit", title, std::move(body),
                    {{words.get("calls.title"), below(words, "/calls")},
                     {name.empty() ? words.get("calls.untitled") : name, here},
                     {title, {}}},
                    shown);
}

http::Answer edit(const Site& site, const http::Request& request, Language language, std::string_view number) {
  const auto found = site.settings().calling.calls->find(whole_in(number), by_of(request));
  return found ? edit_page(site, request, language, *found, {}, {}) : failed(site, request, language, found.error());
}

http::Answer begin(const Site& site, const http::Request& request, Language language) {
  const auto id = site.settings().calling.calls->begin(by_of(request), audited(site, request, "draft_call", "call", 0));
  return id ? redirect(303, below(site.words(language), "/calls/" + std::to_string(*id) + "/edit"))
            : failed(site, request, language, id.error());
}

http::Answer store(const Site& site, const http::Request& request, Language language, std::string_view number) {
  calls::Calls& calls = *site.settings().calling.calls;
  const int64_t id = whole_in(number);
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 422);
  }
  const std::vector<calls::Typed> typed =
      typed_in(*form, calls::plan_names(calls::k_most_sections, calls::k_most_criteria));
  const calls::By by = by_of(request);
  const auto and_record = [&](std::string verb) {
    return [&site, also = audited(site, request, std::move(verb), "call", id)](store::Transaction& transaction,
                                                                               const Call& call) -> Result<void> {
      TRY(also(transaction));
      return publish_call(site, transaction, call);
    };
  };
  const auto kept = calls.write(id, typed, by, and_record("write_call"));
  std::optional<Error> problem;
  if (!kept) {
    problem = kept.error();
  }
  std::string done = "saved";
  if (kept && kept->clashes.empty() && form->value("do") == "publish") {
    const auto published = calls.publish(id, by, and_record("publish_call"));
    if (!published) {
      problem = published.error();
    }
    done = "published";
  }
  records_published(site);
  if (!problem && kept->clashes.empty()) {
    return redirect(303, below(site.words(language), "/calls/" + std::to_string(id) + "/edit?done=" + done));
  }
  const auto found = calls.find(id, by);
  if (!found) {
    return failed(site, request, language, found.error());
  }
  return edit_page(site, request, language, *found, {&*form, kept.has_value(), kept.value_or(calls::Kept{})}, problem);
}

// Rule 2, once who made it has said that he means it.
http::Answer drop(const Site& site, const http::Request& request, Language language, std::string_view number) {
  calls::Calls& calls = *site.settings().calling.calls;
  const int64_t id = whole_in(number);
  const auto form = http::read_form(request);
  const auto found = calls.find(id, by_of(request));
  if (!form || !found) {
    return found ? site.error(request, language, 422) : failed(site, request, language, found.error());
  }
  const Result<void> done = form->value("sure") == "yes"
                                ? calls.drop(id, by_of(request), audited(site, request, "drop_call", "call", id))
                                : Result<void>(fail(calls::errors::not_sure));
  return done ? redirect(303, below(site.words(language), "/calls"))
              : edit_page(site, request, language, *found, {}, done.error());
}

}  // namespace

void add_call_edit(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  constexpr http::Right k_right = http::Right::run_calls;
  add_room(
      site, router, Method::post, "/calls/new", k_right,
      [&site](const Request& request, Language language, const Captures&) { return begin(site, request, language); });
  add_room(site, router, Method::get, "/calls/{id}/edit", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return edit(site, request, language, parts[1]);
           });
  add_room(site, router, Method::post, "/calls/{id}/edit", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return store(site, request, language, parts[1]);
           });
  add_room(site, router, Method::post, "/calls/{id}/drop", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return drop(site, request, language, parts[1]);
           });
}

}  // namespace pitchblende::pages
