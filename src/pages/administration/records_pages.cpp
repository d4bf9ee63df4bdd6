// What the program did and has still to do: letters and jobs.
#include "pages/address.hpp"
#include "pages/administration/administration.hpp"
#include "pages/calls/calls_pages.hpp"
#include "pages/confirm/typed_thing.hpp"

namespace pitchblende::pages {

namespace {

constexpr int64_t k_rows = 100;
constexpr int64_t k_rows_of_a_file = 100'000;

int64_t count_of(Rows rows) { return rows == Rows::page ? k_rows : k_rows_of_a_file; }

SheetCell number_cell(int64_t number) { return {std::to_string(number), {}, {}, ordered(number)}; }

// The cell at a row's end: what failed is tried again by a button, where the reader may.
SheetCell again_cell(bool again, const Words& words, std::string_view word, const std::string& path,
                     const std::string& number) {
  return again ? SheetCell{words.get(word), {}, {}, {}, below(words, path), number} : SheetCell{};
}

int64_t before(const http::Request& request, Rows rows) {
  return rows == Rows::all ? 0 : typed_number(request.parameter("before"), 0);
}

// "personal.search": letters of saved searches.
std::string work_words(const std::string& name, const Words& words) {
  const std::string key = "admin.jobs.works." + name;
  return words.has(key) ? words.get(key) : name;
}

std::string_view tone_of(std::string_view state) {
  return state == "sent" ? "good" : state == "failed" || state == "expired" ? "warn" : "plain";
}

// The letters of one state, or of all.
Views ways_of(const http::Request& request, const Words& words) {
  Views out;
  for (const std::string state : {"", "waiting", "sent", "failed", "expired"}) {
    View way = view({{"label", words.get(state.empty() ? "admin.outbox.all" : "admin.outbox.states." + state)},
                     {"url", below(words, "/admin/outbox") + (state.empty() ? "" : "?state=" + state)}});
    way["current"] = request.parameter("state") == state;
    out.push_back(std::move(way));
  }
  return out;
}

Result<Listing> outbox_listing(const Site& site, const http::Request& request, const Words& words, Rows rows) {
  TRY_ASSIGN(const auto letters,
             site.settings().entry.outbox->rows(before(request, rows), count_of(rows), request.parameter("state")));
  TRY_ASSIGN(const bool applies, applies_somewhere(site, request.who()));
  Sheet sheet({{"number", "admin.outbox.number"},
               {"at", "admin.outbox.at"},
               {"recipient", "admin.outbox.recipient"},
               {"kind", "admin.outbox.kind"},
               {"state", "admin.outbox.state"},
               {"tries", "admin.outbox.tries"},
               {"reason", "admin.outbox.reason"},
               {"", "admin.action"}});
  const bool may_send = access::may_somewhere(request.who(), access::Right::send_again);
  for (const mail::OutboxRow& letter : letters) {
    if (applies && letter.kind.starts_with("review_")) {
      continue;
    }
    const std::string number = std::to_string(letter.id);
    const bool again = may_send && letter.state == "failed";
    // To who applies, a number that is left out would tell that somebody was asked, or has answered.
    sheet.add({applies ? SheetCell{} : number_cell(letter.id),
               time_cell(letter.created, words),
               {letter.recipient},
               {words.get("admin.outbox.kinds." + letter.kind)},
               {words.get("admin.outbox.states." + (letter.is_tried() ? "tried" : letter.state)),
                {},
                std::string(letter.is_tried() ? "warn" : tone_of(letter.state))},
               number_cell(letter.tries),
               {with_capital(mail::reason_in(letter.reason, words.language()))},
               again_cell(again, words, "admin.outbox.send_again", "/admin/outbox/" + number + "/send", number)});
  }
  Listing out{"outbox", "/admin/outbox", std::move(sheet)};
  out.older = letters.size() == static_cast<size_t>(k_rows) ? letters.back().id : 0;
  out.body["ways"] = ways_of(request, words);
  return out;
}

Result<Listing> jobs_listing(const Site& site, const http::Request& request, const Words& words, Rows rows) {
  TRY_ASSIGN(const auto all, site.settings().jobs->rows(rows == Rows::page ? 1000 : k_rows_of_a_file));
  Sheet sheet({{"number", "admin.jobs.number"},
               {"name", "admin.jobs.name"},
               {"of", "admin.jobs.of"},
               {"due", "admin.jobs.due"},
               {"state", "admin.jobs.state"},
               {"tries", "admin.jobs.tries"},
               {"reason", "admin.jobs.reason"},
               {"", "admin.action"}});
  const bool may_try = access::may_somewhere(request.who(), access::Right::send_again);
  for (const jobs::JobRow& row : all) {
    const std::string number = std::to_string(row.id);
    const bool again = may_try && row.failed;
    sheet.add({number_cell(row.id),
               {work_words(row.job.name, words)},
               {row.job.of},
               time_cell(row.job.due, words),
               {words.get(row.failed ? "admin.jobs.failed" : "admin.jobs.waiting"), {}, row.failed ? "warn" : "plain"},
               number_cell(row.tries),
               {row.reason},
               again_cell(again, words, "admin.jobs.again", "/admin/jobs/" + number + "/again", number)});
  }
  return Listing{"jobs", "/admin/jobs", std::move(sheet)};
}

http::Answer done_again(const Site& site, const http::Request& request, Language language, std::string_view room,
                        const Result<void>& done, const std::function<void()>& wake) {
  if (!done) {
    return site.error(request, language, done.error().kind().status == 404 ? 404 : 500);
  }
  if (wake) {
    wake();
  }
  return redirect(303, below(site.words(language), "/admin/" + std::string(room)));
}

http::Answer send_again(const Site& site, const http::Request& request, Language language, int64_t number) {
  const Entrance& entry = site.settings().entry;
  const auto done = entry.access->do_audited(
      {request.who().account, "send_again", "letter", number, {}},
      [&](store::Transaction& transaction) { return entry.outbox->send_again(transaction, number); });
  return done_again(site, request, language, "outbox", done, entry.posted);
}

http::Answer try_again(const Site& site, const http::Request& request, Language language, int64_t number) {
  const auto done = site.settings().entry.access->do_audited(
      {request.who().account, "try_again", "job", number, {}},
      [&](store::Transaction& transaction) { return site.settings().jobs->try_again(transaction, number); });
  return done_again(site, request, language, "jobs", done, site.settings().work_posted);
}

}  // namespace

void add_records(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Request;
  using http::Right;
  add_listing(site, router, "/admin/outbox", Right::see_outbox,
              [&site](const Request& request, const Words& words, Rows rows) {
                return outbox_listing(site, request, words, rows);
              });
  add_room(site, router, http::Method::post, "/admin/outbox/{id}/send", Right::send_again,
           [&site](const Request& request, Language language, const Captures& parts) {
             return send_again(site, request, language, typed_number(parts[1], 0));
           });
  if (site.settings().jobs == nullptr) {
    return;
  }
  add_listing(site, router, "/admin/jobs", Right::see_outbox,
              [&site](const Request& request, const Words& words, Rows rows) {
                return jobs_listing(site, request, words, rows);
              });
  add_room(site, router, http::Method::post, "/admin/jobs/{id}/again", Right::send_again,
           [&site](const Request& request, Language language, const Captures& parts) {
             return try_again(site, request, language, typed_number(parts[1], 0));
           });
}

}  // namespace pitchblende::pages
