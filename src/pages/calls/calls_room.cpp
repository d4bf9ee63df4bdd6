#include "pages/calls/calls_room.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "base/text.hpp"
#include "calls/errors.hpp"
#include "calls/paris.hpp"
#include "calls/submitted.hpp"
#include "pages/address.hpp"
#include "pages/calls/calls_pages.hpp"
#include "pages/entry/forms.hpp"

namespace pitchblende::pages {

namespace {

using calls::Kept;
using calls::Texts;

const calls::Clash* clash_of(const Kept& kept, const std::string& name) {
  const auto found = std::ranges::find(kept.clashes, name, &calls::Clash::name);
  return found == kept.clashes.end() ? nullptr : &*found;
}

// Its text may stand in a form that was shown before; its mark then says so.
std::string shown_mark(const std::string& name, const Texts& texts, const Sent& sent) {
  if (sent.typed != nullptr && !sent.stored) {
    return std::string(sent.typed->value("seen_" + name));
  }
  return calls::mark_of(calls::text_in(texts, name));
}

std::string_view csv_guard(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos ? "'" : "";
}

// The same error, its times and amounts as its reader writes them.
Error in_words(const Error& error, const Words& words) {
  std::vector<std::string> args = error.args();
  constexpr size_t k_most = 3;
  args.resize(std::max(args.size(), k_most));
  for (std::string& each : args) {
    constexpr std::string_view k_euros = " EUR";
    const bool is_money = each.ends_with(k_euros);
    const auto euros =
        is_money ? calls::read_whole(each.substr(0, each.size() - k_euros.size())) : std::optional<int64_t>();
    if (euros) {
      each = words.euros(*euros);
    } else if (calls::is_day(each)) {
      each = words.date(each);
    } else if ((each.size() == 16 || each.size() == 19) && calls::read_paris(each.substr(0, 16), calls::Twice::first)) {
      each = wall_time(each, words);
    }
  }
  return Error(error.kind(), args[0], args[1], args[2]);
}

}  // namespace

calls::By by_of(const http::Request& request) {
  const access::Actor& who = request.who();
  return {who.account, who.email, access::may(who, access::Right::run_calls, {})};
}

int64_t whole_in(std::string_view text) { return calls::read_whole(text).value_or(0); }

std::string shown_text(const std::string& name, const Texts& texts, const Sent& sent) {
  const bool his = sent.typed != nullptr && (!sent.stored || clash_of(sent.kept, name) != nullptr);
  return std::string(his ? sent.typed->value(name) : calls::text_in(texts, name));
}

View field_view(const TextField& field, const Texts& texts, const Sent& sent,
                const std::vector<calls::Problem>& problems, const Words& words) {
  View out = view({{"name", field.name}, {"label", field.label}, {"help", field.help}, {"length", field.length}});
  const std::string value = shown_text(field.name, texts, sent);
  out["value"] = value;
  out["mark"] = shown_mark(field.name, texts, sent);
  out["readonly"] = !field.may_change;
  std::string described(field.help.empty() ? "" : field.name + "-help");
  const auto add = [&](std::string_view what) {
    described += (described.empty() ? "" : " ") + field.name + std::string(what);
  };
  if (!field.length.empty()) {
    add("-length");
  }
  const auto problem = std::ranges::find(problems, field.name, &calls::Problem::name);
  if (problem != problems.end()) {
    out["problem"] = message_alone(in_words(problem->error, words), words);
    add("-problem");
  }
  if (const calls::Clash* clash = clash_of(sent.kept, field.name)) {
    View newer;
    newer["text"] = clash->newer;
    newer["empty"] = clash->newer.empty();
    out["newer"] = std::move(newer);
    add("-newer");
  }
  if (!described.empty()) {
    out["described"] = described;
  }
  add_control(out, field.type, field.choices, value);
  return out;
}

Views field_views(const std::vector<TextField>& fields, const Texts& texts, const Sent& sent,
                  const std::vector<calls::Problem>& problems, const Words& words) {
  Views out;
  for (const TextField& field : fields) {
    out.push_back(field_view(field, texts, sent, problems, words));
  }
  return out;
}

std::vector<calls::Typed> typed_in(const http::Form& form, const std::vector<std::string>& names) {
  std::map<std::string_view, std::string_view> sent;
  for (const auto& [name, value] : form.fields) {
    sent.emplace(name, value);
  }
  std::vector<calls::Typed> out;
  for (const std::string& name : names) {
    const auto text = sent.find(name);
    const auto mark = sent.find("seen_" + name);
    if (text != sent.end()) {
      out.push_back({name, std::string(text->second), mark == sent.end() ? std::string() : std::string(mark->second)});
    }
  }
  return out;
}

std::string score_words(int64_t hundredths, const Words& words) {
  char out[40];
  std::snprintf(out, sizeof(out), "%lld%s%02lld", static_cast<long long>(hundredths / 100),
                words.language() == Language::french ? "," : ".", static_cast<long long>(hundredths % 100));
  return out;
}

std::string time_words(int64_t utc, const Words& words) { return wall_time(calls::paris_text(utc), words); }

std::string exact_time_words(int64_t utc, const Words& words) {
  return wall_time(calls::paris_text_to_the_second(utc), words);
}

std::string error_words(const Error& error, const Words& words) {
  return in_words(error, words).message(words.language());
}

std::string said_words(const Error& error, const Words& words) {
  return error.is(calls::errors::wanted) ? words.get("calls.incomplete") : message_alone(in_words(error, words), words);
}

View phase_badge(const calls::Call& call, int64_t now, const Words& words) {
  const calls::Phase phase = calls::phase(call, now);
  return view({{"text", words.get("calls.phases." + std::string(calls::name(phase)))},
               {"tone", phase == calls::Phase::open    ? "good"
                        : phase == calls::Phase::draft ? "warn"
                                                       : "plain"}});
}

std::string length_words(const calls::Section& section, std::string_view text, const Words& words) {
  const bool of_words = section.unit == calls::Unit::words;
  const auto has = static_cast<uint64_t>(calls::count(text, section.unit));
  if (section.limit == 0) {
    return words.count(of_words ? "calls.words" : "calls.characters", has);
  }
  return put_in(put_in(words.get(of_words ? "calls.of_words" : "calls.of_characters"), "n", words.number(has)), "most",
                words.number(static_cast<uint64_t>(section.limit)));
}

View budget_view(const calls::Plan& plan, const calls::Budget& budget, const Texts& texts, const Sent& sent,
                 const Words& words) {
  View out;
  Views years;
  for (int year = 0; year < plan.years; ++year) {
    years.push_back(View{{"year", std::to_string(plan.first_year + year)}});
  }
  Views rows;
  for (const calls::BudgetRow& row : budget.rows) {
    Views cells;
    for (int year = 0; year < plan.years; ++year) {
      const std::string name = calls::budget_name(row.key, plan.first_year + year);
      const std::string shown = std::to_string(plan.first_year + year);
      View cell = field_view({name, row.label + ", " + shown}, texts, sent, budget.problems, words);
      cell["year"] = shown;
      cell["amount"] = words.euros(row.amounts[static_cast<size_t>(year)]);
      cells.push_back(std::move(cell));
    }
    View line = view({{"label", row.label}, {"sum", words.euros(row.sum)}});
    line["cells"] = std::move(cells);
    rows.push_back(std::move(line));
  }
  Views sums;
  for (size_t year = 0; year < budget.years.size(); ++year) {
    sums.push_back(view({{"sum", words.euros(budget.years[year])},
                         {"year", std::to_string(plan.first_year + static_cast<int64_t>(year))}}));
  }
  out["has_rows"] = !rows.empty();
  out["years"] = std::move(years);
  out["rows"] = std::move(rows);
  out["sums"] = std::move(sums);
  out["total"] = words.euros(budget.sum);
  return out;
}

void put_submitted(const Site& site, const calls::Judged& judged, const std::string& address, const Words& words,
                   View& body) {
  const calls::Plan& plan = judged.call.plan;
  const calls::Submitted& submitted = judged.submitted;
  body["proposal_title"] = calls::text_in(submitted.texts, "title");
  body["acronym"] = calls::text_in(submitted.texts, "acronym");
  Views sections;
  const auto section = [&](const std::string& label, std::string_view name, const std::string& length) {
    View out = view({{"label", label}, {"length", length}});
    out["paragraphs"] = paragraphs_of(calls::text_in(submitted.texts, name));
    sections.push_back(std::move(out));
  };
  section(words.get("calls.summary"), "summary", {});
  for (const calls::Section& each : plan.sections) {
    const std::string name = calls::section_text_name(each.number);
    section(each.title.in(words.language()), name, length_words(each, calls::text_in(submitted.texts, name), words));
  }
  body["sections"] = std::move(sections);
  Views parties;
  for (const calls::Party& each : submitted.parties) {
    parties.push_back(view(
        {{"label", each.label},
         {"part", words.get("calls.parts." + std::string(calls::name(each.part)))},
         {"url", each.entity == Id() ? std::string() : below(words, "/" + each.kind + "/" + each.entity.text())}}));
  }
  body["parties"] = std::move(parties);
  body["attached"] =
      files_of(site, calls::k_submitted_files, calls::files_number(judged.proposal.id, judged.receipt.number),
               address + "/files", words);
  body["budget"] =
      budget_view(plan, calls::budget_of(plan, submitted.texts, submitted.parties), submitted.texts, {}, words);
}

http::Answer calls_page(const Site& site, const http::Request& request, Language language, std::string_view name,
                        const std::string& title, View body, const std::vector<Crumb>& crumbs,
                        const std::optional<Error>& problem) {
  if (problem) {
    body["said"] = said_words(*problem, site.words(language));
  }
  http::Answer answer = form_page(site, request, language, name, title, std::move(body), crumbs);
  answer.status = problem ? problem->kind().status : 200;
  return answer;
}

http::Answer calls_list(const Site& site, const http::Request& request, Language language, const CallsList& of,
                        Sheet sheet, Rows rows) {
  const Words& words = site.words(language);
  if (rows == Rows::all) {
    return sheet.csv_answer(words);
  }
  const std::string title = words.get(of.word);
  View body{{"calls_url", below(words, "/calls")}};
  sheet.sort(request.parameter("sort"));
  if (sheet.size() > 0) {
    body["sheet"] = sheet.view(below(words, of.path), title, words);
    body["csv_url"] = below(words, of.path + ".csv");
  }
  return calls_page(site, request, language, of.name, title, std::move(body),
                    {{words.get("calls.title"), below(words, "/calls")}, {title, {}}});
}

http::Answer failed(const Site& site, const http::Request& request, Language language, const Error& error) {
  const int status = error.kind().status;
  if (status == 404 || status >= 500) {
    return site.error(request, language, status == 404 ? 404 : 500);
  }
  const Words& words = site.words(language);
  View body{{"status", status}, {"message", said_words(error, words)}, {"advice", words.get("calls.go_back")}};
  http::Answer answer = site.page(request, language, "error", words.get("calls.not_done"), std::move(body), {});
  answer.status = status;
  answer.shared = false;
  answer.keep = http::Keep::never;
  return answer;
}

http::Answer csv_answer(const std::vector<std::vector<std::string>>& rows, const std::string& name) {
  http::Answer answer;
  answer.type = http::media_type(http::Format::csv);
  answer.keep = http::Keep::never;
  answer.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + name + "\"");
  for (const std::vector<std::string>& row : rows) {
    std::string line;
    for (const std::string& cell : row) {
      line += line.empty() ? "" : ",";
      std::string text(csv_guard(cell));
      text += cell;
      if (text.find_first_of("\",\r\n") != std::string::npos) {
        std::string quoted;
        for (const char c : text) {
          quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
        }
        text = "\"" + quoted + "\"";
      }
      line += text.empty() && line.empty() ? "\"\"" : text;
    }
    answer.body += line + "\r\n";
  }
  return answer;
}

calls::Also audited(const Site& site, const http::Request& request, std::string verb, std::string kind, int64_t number,
                    std::string detail) {
  return
      [&site, deed = access::Deed{request.who().account, std::move(verb), std::move(kind), number, std::move(detail)}](
          store::Transaction& transaction) { return site.settings().entry.access->audit().record(transaction, deed); };
}

Result<Languages> languages_of(const Site& site, const std::vector<std::string>& emails, Language otherwise) {
  Languages out;
  for (const std::string& email : emails) {
    out[email] = otherwise;
    if (site.settings().own.contacts != nullptr) {
      TRY_ASSIGN(const auto holder, site.settings().own.contacts->with(email));
      out[email] = holder ? language_of(holder->language).value_or(otherwise) : otherwise;
    }
  }
  return out;
}

Result<void> post_letter(const Site& site, store::Transaction& transaction, Language language, const std::string& to,
                         const LetterOf& what) {
  if (site.settings().entry.outbox == nullptr) {
    return {};
  }
  return site.settings().entry.outbox->post(transaction, letter_to(site, language, to, what));
}

void letters_posted(const Site& site) {
  if (site.settings().entry.posted) {
    site.settings().entry.posted();
  }
}

Result<bool> applies_somewhere(const Site& site, const access::Actor& actor) {
  if (site.settings().calling.proposals == nullptr) {
    return false;
  }
  TRY_ASSIGN(const auto his, site.settings().calling.proposals->mine({actor.account, actor.email, false}));
  return !his.empty();
}

void add_calls(const Site& site, http::Router& router) {
  add_call_pages(site, router);
  add_call_edit(site, router);
  add_proposals(site, router);
  add_proposal_files(site, router);
  add_reviewers(site, router);
  add_reviews(site, router);
  add_committee(site, router);
  add_announcement(site, router);
}

}  // namespace pitchblende::pages
