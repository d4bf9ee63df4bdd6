// For who runs a call: what was submitted, the committee's sheet with its line, both as tables for a spreadsheet.
#include <algorithm>
#include <array>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "calls/errors.hpp"
#include "calls/paris.hpp"
#include "pages/address.hpp"
#include "pages/calls/committee_pages.hpp"

namespace pitchblende::pages {

namespace {

using calls::Outcome;
using calls::Sheet;
using calls::SheetRow;

std::string title_of(const SheetRow& row, const Words& words) {
  const std::string_view title = trim(calls::text_in(row.submitted.texts, "title"));
  return title.empty() ? words.get("calls.untitled") : std::string(title);
}

std::string coordinator_of(const calls::Submitted& submitted) {
  for (const calls::Party& each : submitted.parties) {
    if (each.part == calls::Part::coordinator) {
      return each.label;
    }
  }
  return {};
}

std::string partners_of(const calls::Submitted& submitted) {
  std::string out;
  for (const calls::Party& each : submitted.parties) {
    if (each.part == calls::Part::partner) {
      out += (out.empty() ? "" : " | ") + each.label;
    }
  }
  return out;
}

std::vector<Crumb> crumbs_to(const Sheet& sheet, const Words& words, const std::string& last) {
  const std::string name = sheet.call.plan.title.in(words.language());
  return {{words.get("calls.title"), below(words, "/calls")},
          {name.empty() ? words.get("calls.untitled") : name, below(words, "/calls/" + std::to_string(sheet.call.id))},
          {last, {}}};
}

View links_of(const Sheet& sheet, const Words& words) {
  const std::string here = below(words, "/calls/" + std::to_string(sheet.call.id));
  return view({{"call_url", here},
               {"submissions_url", here + "/submissions"},
               {"submissions_csv", here + "/submissions.csv"},
               {"sheet_url", here + "/sheet"},
               {"sheet_csv", here + "/sheet.csv"},
               {"action", here + "/sheet"},
               {"announce_action", here + "/announce"}});
}

http::Answer submissions(const Site& site, const http::Request& request, Language language, std::string_view number) {
  const Words& words = site.words(language);
  auto sheet = committee_sheet(site, request, number);
  if (!sheet) {
    return failed(site, request, language, sheet.error());
  }
  std::ranges::sort(sheet->rows, {}, [&](const SheetRow& row) { return fold(title_of(row, words)); });
  View body = links_of(*sheet, words);
  Views rows;
  for (const SheetRow& each : sheet->rows) {
    rows.push_back(view({{"label", title_of(each, words)},
                         {"acronym", calls::text_in(each.submitted.texts, "acronym")},
                         {"url", below(words, "/judged/" + each.proposal.ref)},
                         {"who", coordinator_of(each.submitted)},
                         {"asked", money_words(each.asked, words)},
                         {"reviews", words.count("calls.reviews_in", each.scores.size()) + ", " +
                                         words.count("calls.reviews_awaited", static_cast<uint64_t>(each.waiting))}}));
  }
  body["rows"] = std::move(rows);
  const std::string title = words.get("calls.submissions");
  return calls_page(site, request, language, "submissions", title, std::move(body), crumbs_to(*sheet, words, title));
}

std::vector<std::pair<std::string, std::string>> outcomes(const Words& words) {
  return {{"", words.get("calls.outcomes.none")},
          {"funded", words.get("calls.outcomes.funded")},
          {"reserve", words.get("calls.outcomes.reserve")},
          {"refused", words.get("calls.outcomes.refused")}};
}

// What stands in a field of the sheet, or what somebody typed in vain; then what stands is told beside it.
class SheetFields {
 public:
  SheetFields(const http::Form* typed, const Words& words) : m_typed(typed), m_words(words) {}

  void put(View& row, std::string_view what, const SheetRow& of, const std::string& stands) const {
    const std::string name = std::string(what) + "_" + of.proposal.ref;
    const std::string shown = m_typed == nullptr ? stands : std::string(m_typed->value(name));
    row[what] = View{{"name", name}, {"value", shown}};
    if (shown != stands) {
      row[what].as_object()["stands"] = stands.empty() ? m_words.get("calls.nothing_stands") : stands;
    }
  }
  void put_outcome(View& row, const SheetRow& of) const {
    const std::string stands(calls::name(of.verdict.outcome));
    put(row, "outcome", of, stands);
    auto& field = row["outcome"].as_object();
    Views choices;
    for (const auto& [code, label] : outcomes(m_words)) {
      View choice = view({{"label", label}});
      choice["value"] = code;
      choice["selected"] = std::string_view(field["value"].as_string()) == code;
      choices.push_back(std::move(choice));
      if (field.contains("stands") && code == stands) {
        field["stands"] = label;
      }
    }
    field["choices"] = std::move(choices);
  }

 private:
  const http::Form* m_typed;
  const Words& m_words;
};

Views rows_of(const Sheet& sheet, const http::Form* typed, const Words& words) {
  const SheetFields fields(typed, words);
  Views rows;
  for (size_t at = 0; at < sheet.rows.size(); ++at) {
    const SheetRow& each = sheet.rows[at];
    View row = view({{"number", std::to_string(at + 1)},
                     {"row_label", title_of(each, words)},
                     {"label", title_of(each, words)},
                     {"acronym", calls::text_in(each.submitted.texts, "acronym")},
                     {"url", below(words, "/judged/" + each.proposal.ref)},
                     {"who", coordinator_of(each.submitted)},
                     {"asked", money_words(each.asked, words)},
                     {"so_far", money_words(each.so_far, words)},
                     {"score", each.hundredths ? score_words(*each.hundredths, words) : "–"},
                     {"reviews", std::to_string(each.scores.size())}});
    row["above"] = each.above;
    row["is_last_above"] = each.above && static_cast<int64_t>(at) + 1 == sheet.call.line;
    fields.put(row, "place", each, each.verdict.place == 0 ? "" : std::to_string(each.verdict.place));
    fields.put(row, "granted", each, each.verdict.granted == 0 ? "" : std::to_string(each.verdict.granted));
    fields.put(row, "message", each, each.verdict.message);
    fields.put_outcome(row, each);
    rows.push_back(std::move(row));
  }
  return rows;
}

// Rule 11: what is granted, what is left of it, and where more is granted than there is.
void put_money(const Sheet& sheet, const Words& words, View& body) {
  const int64_t money = sheet.call.plan.money;
  std::string said = words.get(money > 0 ? "calls.sheet.money" : "calls.sheet.money_granted");
  said = put_in(std::move(said), "granted", money_words(sheet.granted, words));
  said = put_in(std::move(said), "money", money_words(money, words));
  body["money"] = put_in(std::move(said), "left", money_words(money - sheet.granted, words));
  Views overs;
  for (const calls::Overrun& each : calls::overruns(sheet)) {
    static constexpr std::array<std::string_view, 3> k_bounds{"asked", "most", "money"};
    const auto row = std::ranges::find(sheet.rows, each.ref, [](const SheetRow& one) { return one.proposal.ref; });
    std::string text = words.get("calls.sheet.over." + std::string(k_bounds.at(static_cast<size_t>(each.bound))));
    text = put_in(std::move(text), "title", row == sheet.rows.end() ? std::string() : title_of(*row, words));
    text = put_in(std::move(text), "granted", money_words(each.granted, words));
    overs.push_back(view({{"text", put_in(std::move(text), "limit", money_words(each.limit, words))}}));
  }
  body["overs"] = std::move(overs);
}

// What is said to all: what was, or what somebody typed in vain.
void put_announcement(const Sheet& sheet, const http::Form* typed, View& body) {
  for (const auto& [name, outcome] :
       {std::pair{"to_funded", Outcome::funded}, std::pair{"to_others", Outcome::refused}}) {
    body[name] = typed == nullptr ? std::string() : std::string(typed->value(name));
    if (sheet.call.released != 0) {
      body["said_" + std::string(name)] = paragraphs_of(calls::said_to(sheet.call.texts, outcome));
    }
  }
}

}  // namespace

Result<calls::Sheet> committee_sheet(const Site& site, const http::Request& request, std::string_view number) {
  return site.settings().calling.committee->sheet(whole_in(number), by_of(request));
}

http::Answer committee_page(const Site& site, const http::Request& request, Language language,
                            const calls::Sheet& sheet, const SentToCommittee& sent,
                            const std::optional<Error>& problem) {
  const Words& words = site.words(language);
  const http::Form* typed = sent.sheet;
  View body = links_of(sheet, words);
  body["rows"] = rows_of(sheet, typed, words);
  body["revision"] = std::to_string(sheet.call.sheet);
  body["line"] = typed == nullptr ? std::to_string(sheet.call.line) : std::string(typed->value("line"));
  body["line_now"] = put_in(put_in(words.get("calls.sheet.line_now"), "n", std::to_string(sheet.call.line)), "money",
                            money_words(sheet.above, words));
  put_money(sheet, words, body);
  put_announcement(sheet, sent.announcement, body);
  const calls::Phase phase = calls::phase(sheet.call, site.settings().calling.calls->now());
  body["may_set"] = phase == calls::Phase::closed;
  body["announced"] = phase == calls::Phase::announced && request.parameter("done") != "announced";
  if (const std::string_view done = request.parameter("done"); done == "set" || done == "announced") {
    body["done"] = words.get("calls.done.sheet_" + std::string(done));
  }
  if (phase == calls::Phase::announced) {
    const auto untold = site.settings().calling.committee->untold(sheet.call.id);
    body["untold"] = untold && !untold->empty() ? words.count("calls.sheet.untold", untold->size()) : std::string();
  }
  const std::string title = words.get("calls.sheet.title");
  return calls_page(site, request, language, "committee", title, std::move(body), crumbs_to(sheet, words, title),
                    problem);
}

namespace {

http::Answer sheet(const Site& site, const http::Request& request, Language language, std::string_view number) {
  const auto found = committee_sheet(site, request, number);
  return found ? committee_page(site, request, language, *found, {}, {})
               : failed(site, request, language, found.error());
}

Result<int64_t> amount_in(std::string_view text) {
  const auto amount = calls::read_whole(text);
  return !amount && !trim(text).empty() ? Result<int64_t>(fail(calls::errors::money, beginning(text, 40)))
                                        : Result<int64_t>(amount.value_or(0));
}

// Rule 11. The button that applies the line says for each what its place means.
Result<calls::Setting> setting_in(const Sheet& sheet, const http::Form& form) {
  calls::Setting out{whole_in(form.value("revision")), whole_in(form.value("line")), {}};
  const bool by_line = form.value("do") == "line";
  for (size_t at = 0; at < sheet.rows.size(); ++at) {
    const SheetRow& row = sheet.rows[at];
    const auto value = [&](std::string_view what) { return form.value(std::string(what) + "_" + row.proposal.ref); };
    calls::Verdict verdict;
    verdict.place = whole_in(value("place"));
    verdict.message = value("message");
    TRY_ASSIGN(verdict.granted, amount_in(value("granted")));
    const auto outcome = calls::outcome(value("outcome"));
    if (!outcome) {
      return fail(calls::errors::choice, beginning(value("outcome"), 40));
    }
    verdict.outcome = *outcome;
    out.placed.push_back({row.proposal.ref, std::move(verdict)});
  }
  if (by_line) {
    Sheet as_set = sheet;
    as_set.call.line = out.line;
    for (size_t at = 0; at < as_set.rows.size(); ++at) {
      as_set.rows[at].verdict = out.placed[at].verdict;
    }
    calls::arrange(as_set);
    for (const SheetRow& row : as_set.rows) {
      const auto placed = std::ranges::find(out.placed, row.proposal.ref, &calls::Placed::ref);
      placed->verdict.outcome = row.above ? Outcome::funded : Outcome::refused;
      placed->verdict.granted = !row.above ? 0 : placed->verdict.granted > 0 ? placed->verdict.granted : row.asked;
    }
  }
  return out;
}

http::Answer set(const Site& site, const http::Request& request, Language language, std::string_view number) {
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 422);
  }
  const auto found = committee_sheet(site, request, number);
  if (!found) {
    return failed(site, request, language, found.error());
  }
  const auto setting = setting_in(*found, *form);
  const Result<void> done =
      setting ? site.settings().calling.committee->set(found->call.id, *setting, by_of(request),
                                                       audited(site, request, "set_sheet", "call", found->call.id))
              : Result<void>(tl::unexpected(setting.error()));
  return done ? redirect(303,
                         below(site.words(language), "/calls/" + std::to_string(found->call.id) + "/sheet?done=set"))
              : committee_page(site, request, language, *found, {&*form, nullptr}, done.error());
}

http::Answer submissions_csv(const Site& site, const http::Request& request, Language language,
                             std::string_view number) {
  const Words& words = site.words(language);
  const auto sheet = committee_sheet(site, request, number);
  if (!sheet) {
    return failed(site, request, language, sheet.error());
  }
  std::vector<std::vector<std::string>> rows{{}};
  for (const std::string_view column :
       {"ref", "title", "acronym", "coordinator", "partners", "asked", "editors", "reviews_sent", "reviews_waiting"}) {
    rows.front().push_back(words.get("calls.csv." + std::string(column)));
  }
  for (const SheetRow& each : sheet->rows) {
    std::string editors;
    for (const std::string& email : each.proposal.editors) {
      editors += (editors.empty() ? "" : " | ") + email;
    }
    rows.push_back({each.proposal.ref, title_of(each, words),
                    std::string(calls::text_in(each.submitted.texts, "acronym")), coordinator_of(each.submitted),
                    partners_of(each.submitted), std::to_string(each.asked), editors,
                    std::to_string(each.scores.size()), std::to_string(each.waiting)});
  }
  return csv_answer(rows, "call-" + std::to_string(sheet->call.id) + "-submissions.csv");
}

http::Answer sheet_csv(const Site& site, const http::Request& request, Language language, std::string_view number) {
  const Words& words = site.words(language);
  const auto sheet = committee_sheet(site, request, number);
  if (!sheet) {
    return failed(site, request, language, sheet.error());
  }
  std::vector<std::vector<std::string>> rows{{}};
  for (const std::string_view column : {"rank", "ref", "title", "coordinator", "asked", "so_far", "score", "scores",
                                        "above", "outcome", "granted", "message"}) {
    rows.front().push_back(words.get("calls.csv." + std::string(column)));
  }
  for (const SheetRow& each : sheet->rows) {
    std::string scores;
    for (const calls::Score& score : each.scores) {
      scores += (scores.empty() ? "" : " | ") + score.reviewer + ": " + score_words(score.hundredths, words);
    }
    const std::string outcome(calls::name(each.verdict.outcome));
    rows.push_back({std::to_string(rows.size()), each.proposal.ref, title_of(each, words),
                    coordinator_of(each.submitted), std::to_string(each.asked), std::to_string(each.so_far),
                    each.hundredths ? score_words(*each.hundredths, words) : std::string(), scores,
                    words.get(each.above ? "yes" : "no"),
                    outcome.empty() ? std::string() : words.get("calls.outcomes." + outcome),
                    std::to_string(each.verdict.granted), each.verdict.message});
  }
  return csv_answer(rows, "call-" + std::to_string(sheet->call.id) + "-sheet.csv");
}

}  // namespace

void add_committee(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  constexpr http::Right k_right = http::Right::run_calls;
  using Page = http::Answer (*)(const Site&, const Request&, Language, std::string_view);
  const auto add = [&](Method method, std::string_view path, Page page) {
    add_room(site, router, method, path, k_right,
             [&site, page](const Request& request, Language language, const Captures& parts) {
               return page(site, request, language, parts[1]);
             });
  };
  add(Method::get, "/calls/{id}/submissions", submissions);
  add(Method::get, "/calls/{id}/submissions.csv", submissions_csv);
  add(Method::get, "/calls/{id}/sheet", sheet);
  add(Method::get, "/calls/{id}/sheet.csv", sheet_csv);
  add(Method::post, "/calls/{id}/sheet", set);
}

}  // namespace pitchblende::pages
