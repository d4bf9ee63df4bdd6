// The round-trip workbook: handed out, taken back, shown as a dry run, applied. Rules 16 to 24 of
// docs/rules/confirm.md.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <set>
#include <thread>

#include "base/beginning.hpp"
#include "confirm/errors.hpp"
#include "pages/address.hpp"
#include "pages/confirm/confirm_pages.hpp"
#include "pages/confirm/typed_thing.hpp"
#include "pages/confirm/workbook_list.hpp"
#include "pages/sheet.hpp"
#include "pages/things/thing_facts.hpp"
#include "registry/code_words.hpp"

namespace pitchblende::pages {

namespace {

using confirm::CellFate;
using confirm::CellOutcome;
using confirm::Reading;
using registry::Kind;

constexpr size_t k_shown_cards = 300;
constexpr size_t k_shown_findings = 200;

std::vector<Crumb> crumbs(const Words& words, const std::string& title) {
  return {{words.get("account.title"), below(words, "/account")},
          {words.get("confirm.workbooks.title"), below(words, "/workbooks")},
          {title, {}}};
}

confirm::Also audited(const Site& site, const http::Request& request, std::string_view verb, Id whole,
                      std::string detail) {
  access::Deed deed{request.who().account, std::string(verb), "workbook", static_cast<int64_t>(whole.bits()),
                    std::move(detail)};
  return [&site, deed = std::move(deed)](store::Transaction& transaction) {
    return site.settings().entry.access->audit().record(transaction, deed);
  };
}

// An institution, unit or platform as somebody comes to it who may have its workbook.
struct Whole {
  Id id;
  Kind kind = Kind::organisation;
  std::string label;
};
using AtWhole = std::function<Result<http::Answer>(const Whole& whole)>;

http::Answer at_whole(const Site& site, const http::Request& request, Language language, Id id, const AtWhole& go) {
  const auto found = site.registry().find(id, request.who().viewer);
  if (!found || !found->card) {
    return site.error(request, language, found ? 404 : 500);
  }
  const auto object = site.registry().object_for(found->id, request.who().today);
  if (!object) {
    return site.error(request, language, 500);
  }
  if (!access::may(request.who(), access::Right::workbook, *object)) {
    return refused(site, request, language);
  }
  auto answer = go({found->id, found->card->kind, title_of(*found->card, site.words(language))});
  return answer ? std::move(*answer) : site.error(request, language, 500);
}

Result<http::Answer> whole_page(const Site& site, const http::Request& request, Language language, const Whole& whole,
                                const std::optional<Error>& problem = {}) {
  const Words& words = site.words(language);
  View body = view({{"of_url", thing_address(words.code(), whole.kind, whole.id)},
                    {"make_action", below(words, "/workbooks/" + whole.id.text() + "/make")},
                    {"read_action", below(words, "/workbooks/" + whole.id.text() + "/files")}});
  TRY_ASSIGN(const auto counts, site.settings().upkeep.workbooks->counted(whole.id, request.who().viewer));
  Views waiting;
  TRY_ASSIGN(const std::vector<CameBack> came_back, workbooks_back(site, request.who(), words, whole.id));
  for (const CameBack& each : came_back) {
    waiting.push_back(view(
        {{"label", each.label}, {"url", reading_address(words, each.reading)}, {"meta", moment(words, each.made)}}));
  }
  body["waiting"] = std::move(waiting);
  Views figures;
  for (const auto& [kind, count] : counts) {
    figures.push_back(view({{"label", words.kinds(kind)}, {"count", words.number(static_cast<uint64_t>(count))}}));
  }
  body["figures"] = std::move(figures);
  if (problem) {
    body["problem"] = message_alone(*problem, words);
  }
  http::Answer answer =
      form_page(site, request, language, "workbook", whole.label, std::move(body), crumbs(words, whole.label));
  answer.status = problem ? problem->kind().status : 200;
  return answer;
}

Result<http::Answer> or_problem(const Site& site, const http::Request& request, Language language, const Whole& whole,
                                const Error& error) {
  return error.kind().status >= 500 ? Result<http::Answer>(tl::unexpected(error))
                                    : whole_page(site, request, language, whole, error);
}

Result<http::Answer> make(const Site& site, const http::Request& request, Language language, const Whole& whole) {
  auto made = site.settings().upkeep.workbooks->make(whole.id, request.who().account, request.who().viewer, language,
                                                     audited(site, request, "make_workbook", whole.id, {}));
  if (!made) {
    return or_problem(site, request, language, whole, made.error());
  }
  http::Answer answer;
  answer.type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  answer.keep = http::Keep::never;
  answer.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + made->file + "\"");
  answer.body = std::move(made->bytes);
  return answer;
}

std::string field_words(const confirm::Edit& edit, const Words& words) {
  return words.label(edit.field) + (edit.lang.empty() ? "" : " (" + edit.lang + ")");
}

std::string now_words(const CellOutcome& cell, const Words& words) {
  std::string out;
  for (const std::string& each : cell.now) {
    out += (out.empty() ? "" : " ; ") + (registry::codes_of(cell.edit.edit.field).empty() ? each : words.of_code(each));
  }
  return out;
}

std::string where_words(const confirm::RowFinding& finding) {
  return finding.row == 0 ? finding.sheet : finding.sheet + ", " + std::to_string(finding.row);
}

// All of it, however much: what the page shows is its beginning.
Sheet sheet_of(const Reading& reading, const Words& words) {
  Sheet out({{"id", "confirm.campaigns.columns.id"},
             {"card", "confirm.workbooks.columns.card"},
             {"kind", "confirm.campaigns.columns.kind"},
             {"field", "confirm.workbooks.columns.field"},
             {"before", "confirm.workbooks.columns.before"},
             {"after", "confirm.workbooks.columns.after"},
             {"fate", "confirm.workbooks.columns.fate"},
             {"now", "confirm.workbooks.columns.now"},
             {"why", "confirm.campaigns.columns.reason"}});
  for (const confirm::CardOutcome& card : reading.changes) {
    for (const CellOutcome& cell : card.cells) {
      out.add({{card.is_new() ? words.get("confirm.workbooks.fresh") : card.card.text()},
               {card.label},
               {words.kind(card.kind)},
               {field_words(cell.edit.edit, words)},
               {cell.edit.shown},
               {cell.edit.typed},
               {words.get("confirm.workbooks.fates." + std::string(confirm::name(cell.fate)))},
               {now_words(cell, words)},
               {cell.why(words.language())}});
    }
  }
  for (const confirm::RowFinding& each : reading.findings) {
    out.add({{},
             {where_words(each)},
             {},
             {each.column},
             {},
             {},
             {words.get("confirm.workbooks.findings")},
             {},
             {message_alone(each.error, words)}});
  }
  return out;
}

View cell_view(const CellOutcome& cell, const Words& words) {
  const confirm::Edit& edit = cell.edit.edit;
  View out = view({{"field", field_words(edit, words)},
                   {"before", cell.edit.shown},
                   {"after", cell.edit.typed},
                   {"now", now_words(cell, words)},
                   {"fate", words.get("confirm.workbooks.fates." + std::string(confirm::name(cell.fate)))},
                   {"tone", cell.fate == CellFate::applied   ? "good"
                            : cell.fate == CellFate::already ? "plain"
                                                             : "warn"}});
  if (const std::string why = cell.why(words.language()); !why.empty()) {
    out["why"] = why;
  }
  return out;
}

void put_reading(const Reading& reading, const Words& words, View& body) {
  Views cards;
  for (size_t at = 0; at < std::min(reading.changes.size(), k_shown_cards); ++at) {
    const confirm::CardOutcome& card = reading.changes[at];
    View each = view({{"card_label", card.label}});
    if (card.is_new()) {
      each["fresh"] = words.get("confirm.workbooks.fresh");
    } else {
      each["card_url"] = thing_address(words.code(), card.kind, card.card);
    }
    Views cells;
    for (const CellOutcome& cell : card.cells) {
      cells.push_back(cell_view(cell, words));
    }
    each["cells"] = std::move(cells);
    cards.push_back(std::move(each));
  }
  body["more"] = reading.changes.size() > k_shown_cards;
  body["cards"] = std::move(cards);
  Views findings;
  for (size_t at = 0; at < std::min(reading.findings.size(), k_shown_findings); ++at) {
    const confirm::RowFinding& each = reading.findings[at];
    findings.push_back(view({{"where", where_words(each)}, {"why", message_alone(each.error, words)}}));
  }
  body["more_findings"] = reading.findings.size() > k_shown_findings;
  body["findings"] = std::move(findings);
  Views figures;
  const auto add = [&](std::string_view word, int64_t count) {
    figures.push_back(view({{"label", words.get("confirm.workbooks.figures." + std::string(word))},
                            {"count", words.number(static_cast<uint64_t>(count))}}));
  };
  add("read", reading.read);
  add("rejected", reading.rejected);
  add("fresh", reading.count_new());
  add("missing", static_cast<int64_t>(reading.missing.size()));
  for (const CellFate fate : {CellFate::applied, CellFate::conflict, CellFate::wrong, CellFate::already}) {
    add(confirm::name(fate), reading.count(fate));
  }
  body["figures"] = std::move(figures);
}

// Rule 32. As an import says it: how far, how fast, how long still.
void put_progress(const Site& site, int64_t reading, const Words& words, View& body) {
  const auto progress = site.settings().upkeep.workbooks->progress(reading);
  const auto number = [&](double of) { return words.number(static_cast<uint64_t>(std::max(0.0, std::ceil(of)))); };
  View out{{"again", reading_address(words, reading) + "?wait=1"}};
  if (progress && progress->done > 0) {
    out["done"] = progress->done;
    out["total"] = progress->total;
    std::string said = put_in(words.get("confirm.workbooks.progress"), "done", number(double(progress->done)));
    said = put_in(std::move(said), "total", number(double(progress->total)));
    said = put_in(std::move(said), "rate", number(progress->rate()));
    out["said"] = put_in(std::move(said), "left", number(progress->left()));
  }
  body["applying"] = std::move(out);
}

http::Answer reading_page(const Site& site, const http::Request& request, Language language, const Whole& whole,
                          const Reading& reading) {
  const Words& words = site.words(language);
  View body = view({{"whole_url", below(words, "/workbooks/" + whole.id.text())}});
  if (!reading.changes.empty() || !reading.findings.empty()) {
    body["csv_url"] = reading_address(words, reading.id, "/changes.csv");
  }
  put_reading(reading, words, body);
  body["is_applied"] = !reading.applied.empty();
  if (reading.is_applying) {
    put_progress(site, reading.id, words, body);
  } else if (reading.applied.empty() && reading.count(CellFate::applied) > 0) {
    body["apply_action"] = reading_address(words, reading.id, "/apply");
    body["apply_label"] = put_in(words.get("confirm.workbooks.apply"), "n",
                                 words.number(static_cast<uint64_t>(reading.count(CellFate::applied))));
  }
  body["nothing"] = reading.changes.empty();
  const std::string title = words.get(reading.applied.empty() ? "confirm.workbooks.dry" : "confirm.workbooks.done");
  std::vector<Crumb> trail = crumbs(words, title);
  trail.insert(trail.end() - 1, {whole.label, below(words, "/workbooks/" + whole.id.text())});
  return form_page(site, request, language, "workbook_read", title, std::move(body), trail);
}

Result<http::Answer> read(const Site& site, const http::Request& request, Language language, const Whole& whole) {
  confirm::Workbooks& workbooks = *site.settings().upkeep.workbooks;
  const auto form = http::read_form(request);
  if (!form || form->files.empty() || form->files.front().bytes.empty()) {
    return whole_page(site, request, language, whole,
                      Error(confirm::errors::file, "XLSX", site.words(language).get("confirm.workbooks.no_file")));
  }
  auto reading = workbooks.read(form->files.front().bytes, beginning(form->files.front().name, 100), whole.id);
  if (!reading) {
    return or_problem(site, request, language, whole, reading.error());
  }
  TRY_ASSIGN(const int64_t number,
             workbooks.keep(*reading, request.who().account, audited(site, request, "read_workbook", whole.id, {})));
  return redirect(303, reading_address(site.words(language), number));
}

// A reading that was kept, for who may have the workbook that it came back from.
http::Answer at_reading(const Site& site, const http::Request& request, Language language, std::string_view number,
                        const std::function<Result<http::Answer>(const Whole&, Reading&)>& go) {
  auto reading = site.settings().upkeep.workbooks->kept(typed_number(number, 0));
  if (!reading) {
    return site.error(request, language, reading.error().kind().status == 404 ? 404 : 500);
  }
  return at_whole(site, request, language, reading->whole,
                  [&](const Whole& whole) -> Result<http::Answer> { return go(whole, *reading); });
}

constexpr std::string_view k_work = "confirm.apply";

// A large workbook takes minutes: it is applied by the thread that works jobs, and its page says how far that is.
Result<http::Answer> begin(const Site& site, const http::Request& request, Language language, const Whole& whole,
                           const Reading& kept) {
  const jobs::Job job{std::string(k_work), std::to_string(kept.id), std::to_string(request.who().account), {}};
  const confirm::Also noted = audited(site, request, "apply_workbook", whole.id, std::to_string(kept.workbook));
  const auto begun = site.settings().upkeep.workbooks->begin(kept.id, [&](store::Transaction& db) -> Result<void> {
    TRY(noted(db));
    return site.settings().jobs->post(db, job);
  });
  if (!begun) {
    return or_problem(site, request, language, whole, begun.error());
  }
  if (site.settings().work_posted) {
    site.settings().work_posted();
  }
  return redirect(303, reading_address(site.words(language), kept.id) + "?wait=1");
}

// What was done is no failure of the job: trying again would say the same.
Result<jobs::Change> work(const Site& site, const jobs::Job& job) {
  TRY_ASSIGN(const auto accounts, site.settings().entry.access->accounts());
  const int64_t account = typed_number(job.body, 0);
  const auto by = std::ranges::find(accounts, account, &access::AccountRow::id);
  const std::string who = by == accounts.end() ? "account " + job.body : by->email;
  const auto done = site.settings().upkeep.workbooks->apply(typed_number(job.of, 0), who, {});
  if (!done && done.error().kind().status >= 500) {
    return tl::unexpected(done.error());
  }
  return jobs::Change();
}

http::Answer apply(const Site& site, const http::Request& request, Language language, std::string_view number) {
  return at_reading(site, request, language, number, [&](const Whole& whole, Reading& kept) -> Result<http::Answer> {
    if (site.settings().jobs != nullptr) {
      return begin(site, request, language, whole, kept);
    }
    auto done = site.settings().upkeep.workbooks->apply(
        kept.id, request.who().email,
        audited(site, request, "apply_workbook", whole.id, std::to_string(kept.workbook)));
    if (!done) {
      return or_problem(site, request, language, whole, done.error());
    }
    return reading_page(site, request, language, whole, *done);
  });
}

// Who comes from the form is shown what was done, not that it is still to come: a small workbook takes a moment.
void await(const Site& site, Reading& reading) {
  for (int look = 0; look < 20 && reading.is_applying; ++look) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    if (!site.settings().upkeep.workbooks->is_applying(reading.id)) {
      if (auto now = site.settings().upkeep.workbooks->kept(reading.id)) {
        reading = std::move(*now);
      }
    }
  }
}

http::Answer look_at(const Site& site, const http::Request& request, Language language, std::string_view number) {
  return at_reading(site, request, language, number, [&](const Whole& whole, Reading& kept) -> Result<http::Answer> {
    if (!request.parameter("wait").empty()) {
      await(site, kept);
    }
    return reading_page(site, request, language, whole, kept);
  });
}

}  // namespace

void add_workbook_work(const Site& site, jobs::Jobs& jobs) {
  jobs.on(std::string(k_work), [&site](const jobs::Job& job) { return work(site, job); });
}

void add_workbooks(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  constexpr http::Right k_right = http::Right::workbook;
  add_workbook_list(site, router);
  using Act = Result<http::Answer> (*)(const Site&, const Request&, Language, const Whole&);
  const auto add = [&](Method method, std::string_view path, Act act) {
    add_room(site, router, method, path, k_right,
             [&site, act](const Request& request, Language language, const Captures& parts) {
               const auto id = Id::parse(parts[1]);
               return id ? at_whole(site, request, language, *id,
                                    [&](const Whole& whole) { return act(site, request, language, whole); })
                         : site.error(request, language, 404);
             });
  };
  add(Method::get, "/workbooks/{id}",
      [](const Site& of, const Request& request, Language language, const Whole& whole) {
        return whole_page(of, request, language, whole);
      });
  add(Method::post, "/workbooks/{id}/make", make);
  add(Method::post, "/workbooks/{id}/files", read);
  add_room(site, router, Method::get, "/workbooks/readings/{number}", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return look_at(site, request, language, parts[1]);
           });
  add_room(site, router, Method::get, "/workbooks/readings/{number}/changes.csv", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return at_reading(site, request, language, parts[1],
                               [&](const Whole&, Reading& kept) -> Result<http::Answer> {
                                 const Words& words = site.words(language);
                                 return sheet_of(kept, words).csv_answer(words);
                               });
           });
  add_room(site, router, Method::post, "/workbooks/readings/{number}/apply", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return apply(site, request, language, parts[1]);
           });
}

}  // namespace pitchblende::pages
