// Files of institutions brought in through the site: a list with a form, and a page for each file.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <thread>

#include "access/errors.hpp"
#include "base/text.hpp"
#include "intake/errors.hpp"
#include "pages/address.hpp"
#include "pages/administration/administration.hpp"
#include "pages/administration/intake_columns.hpp"
#include "pages/administration/intake_views.hpp"

namespace pitchblende::pages {

namespace {

using intake::Intake;
using intake::Said;
using intake::State;

std::vector<Crumb> crumbs(const Words& words, const std::string& title = {}) {
  std::vector<Crumb> out{{words.get("intake.title"), title.empty() ? "" : below(words, "/admin/sources")}};
  if (!title.empty()) {
    out.push_back({title, {}});
  }
  return administration_crumbs(words, out);
}

Result<bool> may_bring(const Site& site, const access::Actor& actor, Id institution) {
  TRY_ASSIGN(const access::Object object, site.registry().object_for(institution, actor.today));
  return access::may(actor, access::Right::bring_source, object);
}

bool trusts(const access::Actor& actor) { return access::may(actor, access::Right::bring_source, {}); }

// How far a source is trusted is for who may bring any: the others leave it as it is. What is not said stays.
void put_terms(const http::Form& form, const access::Actor& actor, Said& said) {
  const std::string_view trust = trim(form.value("trust"));
  if (trusts(actor) && !trust.empty()) {
    int64_t number = -1;
    const auto [end, error] = std::from_chars(trust.data(), trust.data() + trust.size(), number);
    said.trust = error == std::errc() && end == trust.data() + trust.size() ? number : -1;
  }
  if (!trim(form.value("licence")).empty()) {
    said.licence = form.value("licence");
  }
  if (const std::string_view republish = form.value("republish"); republish == "yes" || republish == "no") {
    said.republish = republish == "yes";
  }
}

// What the form says; what is no number of a thing is none.
Said said_in(const http::Form& form, const access::Actor& actor) {
  Said out;
  out.format = form.value("format") == "find" ? "" : form.value("format");
  out.mapping = form.value("mapping");
  out.source = form.value("source");
  out.object = Id::parse(form.value("institution")).value_or(Id());
  put_terms(form, actor, out);
  return out;
}

// The short name that scopes an institution's keys: that of its acronym, or of its whole name.
std::string short_name(const Site& site, Id institution) {
  const auto cards = site.registry().cards({institution}, access::Viewer::visitor());
  if (!cards || cards->empty()) {
    return {};
  }
  const registry::Card& card = cards->front();
  const auto* names = card.find(registry::field(registry::Kind::organisation, "names"));
  for (const auto& value : names == nullptr ? std::vector<registry::CardValue>() : names->values) {
    if (value.value.get(registry::Attribute::type) == "acronym") {
      return value.value.text;
    }
  }
  return card.label;
}

// Two lists of one page are sorted by the same word where both have it.
void put_sheet(const std::string& name, Sheet sheet, const std::string& csv, const http::Request& request,
               const Words& words, View& body) {
  sheet.sort(request.parameter("sort"));
  if (sheet.size() > 0) {
    body[name] = View{{"sheet", sheet.view(below(words, "/admin/sources"), words.get("intake." + name), words)},
                      {"csv_url", below(words, csv)}};
  }
}

http::Answer list_page(const Site& site, const http::Request& request, Language language,
                       const http::Form* typed = nullptr, const std::optional<Error>& problem = {}) {
  const Words& words = site.words(language);
  const auto brought = own_intakes(site, request.who());
  const auto known = own_sources(site, request.who());
  if (!brought || !known) {
    return site.error(request, language, 500);
  }
  View body;
  put_sheet("brought", intake_sheet(site, words, *brought), "/admin/sources/brought.csv", request, words, body);
  put_sheet("known", source_sheet(site, words, *known), "/admin/sources.csv", request, words, body);
  body["institutions"] = institution_choices(site, request.who(), words, typed);
  body["formats"] = format_choices(words, typed == nullptr ? "" : typed->value("format"), nullptr);
  Views names;
  for (const intake::KnownSource& each : *known) {
    names.push_back(view({{"value", each.name}}));
  }
  body["names"] = std::move(names);
  body["bring_action"] = below(words, "/admin/sources/files");
  if (typed != nullptr) {
    body["source"] = typed->value("source");
  }
  put_terms_fields(words, trusts(request.who()), typed, nullptr, body);
  if (problem) {
    body["problem"] = message_alone(*problem, words);
  }
  http::Answer answer =
      form_page(site, request, language, "intakes", words.get("intake.title"), std::move(body), crumbs(words));
  answer.status = problem ? problem->kind().status : answer.status;
  return answer;
}

Result<int64_t> bring(const Site& site, const http::Request& request, const http::Form& form) {
  Said said = said_in(form, request.who());
  TRY_ASSIGN(const bool may, may_bring(site, request.who(), said.object));
  if (!may) {
    return fail(access::errors::may_not);
  }
  if (form.files.empty()) {
    return fail(intake::errors::no_file);
  }
  said.institution = short_name(site, said.object);
  const http::FormFile& file = form.files.front();
  return site.settings().intake->bring(request.who().account, file.name, file.bytes, std::move(said));
}

http::Answer brought(const Site& site, const http::Request& request, Language language) {
  const auto form = http::read_form(request);
  const auto id = form ? bring(site, request, *form) : tl::unexpected(form.error());
  if (!id) {
    return list_page(site, request, language, form ? &*form : nullptr, id.error());
  }
  if (site.settings().work_posted) {
    site.settings().work_posted();
  }
  return redirect(303, below(site.words(language), "/admin/sources/" + std::to_string(*id) + "?wait=1"));
}

using AtIntake = std::function<http::Answer(const Intake&)>;

// The file of an address, for whom it is: what he may not touch answers as what never was.
http::Answer at_intake(const Site& site, const http::Request& request, Language language, std::string_view number,
                       const AtIntake& go) {
  int64_t id = 0;
  std::from_chars(number.data(), number.data() + number.size(), id);
  const auto intake = site.settings().intake->find(id);
  if (!intake) {
    return site.error(request, language, intake.error().kind().status == 404 ? 404 : 500);
  }
  const auto may = may_bring(site, request.who(), intake->said.object);
  return may && *may ? go(*intake) : site.error(request, language, 404);
}

// Who comes from the form is shown the outcome, not that it is still to come: a small file is read in a moment.
Intake awaited(const Site& site, const Intake& intake) {
  Intake now = intake;
  for (int look = 0; look < 20 && (now.state == State::waiting || now.state == State::applying); ++look) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    now = site.settings().intake->find(intake.id).value_or(now);
  }
  return now;
}

http::Answer one_page(const Site& site, const http::Request& request, Language language, const Intake& intake,
                      const http::Form* typed = nullptr, const http::Form* columns = nullptr,
                      const std::optional<Error>& problem = {}) {
  const Words& words = site.words(language);
  View body = intake_view(site, words, intake, typed, columns);
  const std::string address = below(words, "/admin/sources/" + std::to_string(intake.id));
  body["address"] = address;
  const auto last = site.settings().intake->last_reading(intake.said.source);
  const intake::Reading* reading = last && *last && intake.state != State::applied ? &**last : nullptr;
  const bool is_last =
      reading != nullptr && reading->format == intake.said.format && reading->mapping == intake.said.mapping;
  if (is_last) {
    body["as_last"] = put_in(words.get("intake.as_last"), "when", moment(words, reading->when));
  }
  const std::string_view stands = is_last ? std::string_view("before") : intake.said.format;
  body["formats"] = format_choices(words, typed == nullptr ? stands : typed->value("format"), reading);
  put_terms_fields(words, trusts(request.who()), typed, &intake.said, body);
  if (problem) {
    body["problem"] = message_alone(*problem, words);
  }
  http::Answer answer = form_page(site, request, language, "intake", intake.said.source, std::move(body),
                                  crumbs(words, intake.said.source));
  answer.status = problem ? problem->kind().status : answer.status;
  return answer;
}

http::Answer made_page(const Site& site, const http::Request& request, Language language, const Intake& intake,
                       Rows rows) {
  const Words& words = site.words(language);
  auto sheet = made_sheet(site, request.who(), words, intake);
  if (!sheet) {
    return site.error(request, language, 500);
  }
  if (rows == Rows::all) {
    return sheet->csv_answer(words);
  }
  Listing listing{"sources", "/admin/sources/" + std::to_string(intake.id) + "/made", std::move(*sheet)};
  listing.title = put_in(words.get("intake.made"), "source", intake.said.source);
  return listing_page(site, request, language, std::move(listing));
}

// Which sheet, and which of its rows has the titles. Those of another sheet are looked for anew.
Result<sources::TableChoice> table_in(const http::Form& form) {
  sources::TableChoice out;
  const std::string_view sheet = form.value("sheet");
  if (!sheet.empty()) {
    out.sheets.emplace_back(sheet);
  }
  const std::string_view row = form.value("header");
  const auto [end, error] = std::from_chars(row.data(), row.data() + row.size(), out.header);
  if (!row.empty() && (error != std::errc() || end != row.data() + row.size() || out.header < 0)) {
    return fail(intake::errors::row);
  }
  const std::string_view shown = form.value("shown");
  if (!sheet.empty() && !shown.empty() && sheet != shown) {
    out.header = 0;
  }
  return out;
}

// What the form "Read it otherwise" says. Another kind of file takes the place of an own mapping that was left as it
// is.
Result<Said> said_otherwise(const intake::IntakeRoom& room, const Intake& intake, const http::Form& form) {
  Said said = intake.said;
  const std::string_view format = form.value("format");
  const std::string source(trim(form.value("source")));
  said.source = source.empty() ? said.source : source;
  const std::string before = intake::IntakeRoom::mapping_text(said);
  const bool left = intake.said.mapping.empty() || squeeze(form.value("mapping")) == squeeze(before);
  TRY_ASSIGN(const auto last, room.last_reading(intake.said.source));
  const bool as_last = format == "before" && last;
  const std::string stands =
      last && last->format == said.format && last->mapping == said.mapping ? "before" : said.format;
  if (!form.value("own").empty() && (format == stands || !left)) {
    said.mapping = form.value("mapping");
  } else {
    said.format = as_last ? last->format : format == "find" ? "" : format;
    said.mapping = as_last ? last->mapping : "";
  }
  // The form of a file that is known shows its licence: emptied, there is none.
  if (std::ranges::any_of(form.fields, [](const auto& each) { return each.first == "licence"; })) {
    said.licence = form.value("licence");
  }
  return said;
}

Result<void> change(const Site& site, const http::Request& request, const Intake& intake, std::string_view verb,
                    const http::Form& form) {
  int64_t revision = 0;
  const std::string_view said_revision = form.value("revision");
  std::from_chars(said_revision.data(), said_revision.data() + said_revision.size(), revision);
  intake::IntakeRoom& room = *site.settings().intake;
  const int64_t account = request.who().account;
  if (verb == "apply") {
    return room.apply(account, intake.id, revision, !form.value("accept").empty());
  }
  if (verb == "drop") {
    return room.drop(account, intake.id, revision);
  }
  if (verb == "columns") {
    Said said = intake.said;
    const auto taken = taken_in(form);
    TRY(judge_taken(taken));
    said.mapping = sources::with_taken(intake::IntakeRoom::mapping_text(said), taken);
    return room.say(account, intake.id, revision, std::move(said));
  }
  if (verb == "table") {
    TRY_ASSIGN(const auto choice, table_in(form));
    return room.say(account, intake.id, revision, intake::IntakeRoom::in_table(intake.said, choice));
  }
  TRY_ASSIGN(Said said, said_otherwise(room, intake, form));
  put_terms(form, request.who(), said);
  return room.say(account, intake.id, revision, std::move(said));
}

http::Answer changed(const Site& site, const http::Request& request, Language language, const Intake& intake,
                     std::string_view verb) {
  const auto form = http::read_form(request);
  const Result<void> done = form ? change(site, request, intake, verb, *form) : tl::unexpected(form.error());
  if (!done) {
    // Of the two forms in which something was typed, the one that was sent is shown as it was.
    const bool is_typed = form && verb == "say";
    const bool is_columns = form && verb == "columns";
    return one_page(site, request, language, site.settings().intake->find(intake.id).value_or(intake),
                    is_typed ? &*form : nullptr, is_columns ? &*form : nullptr, done.error());
  }
  if (site.settings().work_posted) {
    site.settings().work_posted();
  }
  const std::string list = "/admin/sources";
  return redirect(
      303, below(site.words(language), verb == "drop" ? list : list + "/" + std::to_string(intake.id) + "?wait=1"));
}

// Another sheet of the workbook as a file of its own.
http::Answer sheet_brought(const Site& site, const http::Request& request, Language language, const Intake& intake) {
  const auto form = http::read_form(request);
  const auto id =
      form ? site.settings().intake->bring_sheet(request.who().account, intake, std::string(form->value("sheet")))
           : tl::unexpected(form.error());
  if (!id) {
    return one_page(site, request, language, intake, nullptr, nullptr, id.error());
  }
  if (site.settings().work_posted) {
    site.settings().work_posted();
  }
  return redirect(303, below(site.words(language), "/admin/sources/" + std::to_string(*id) + "?wait=1"));
}

}  // namespace

access::TaskSource intake_tasks(const intake::IntakeRoom& room) {
  return [&room](const access::Actor& actor) -> Result<std::vector<access::Task>> {
    TRY_ASSIGN(const int64_t count, room.waiting_for(actor.account));
    std::vector<access::Task> out;
    if (count > 0) {
      out.push_back({"tasks.files_to_apply", count, "/admin/sources", {}});
    }
    return out;
  };
}

namespace {

// What is done with one file.
void add_one_intake(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  constexpr http::Right k_right = http::Right::bring_source;
  for (const std::string_view end : {"", ".csv"}) {
    add_room(site, router, Method::get, "/admin/sources/{number}/made" + std::string(end), k_right,
             [&site, end](const Request& request, Language language, const Captures& parts) {
               return at_intake(site, request, language, parts[1], [&](const Intake& intake) {
                 return made_page(site, request, language, intake, end.empty() ? Rows::page : Rows::all);
               });
             });
  }
  add_room(site, router, Method::post, "/admin/sources/{number}/sheet", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return at_intake(site, request, language, parts[1],
                              [&](const Intake& intake) { return sheet_brought(site, request, language, intake); });
           });
  for (const std::string_view verb : {"say", "columns", "table", "apply", "drop"}) {
    add_room(site, router, Method::post, "/admin/sources/{number}/" + std::string(verb), k_right,
             [&site, verb](const Request& request, Language language, const Captures& parts) {
               return at_intake(site, request, language, parts[1],
                                [&](const Intake& intake) { return changed(site, request, language, intake, verb); });
             });
  }
}

}  // namespace

void add_intake(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  constexpr http::Right k_right = http::Right::bring_source;
  add_room(site, router, Method::get, "/admin/sources", k_right,
           [&site](const Request& request, Language language, const Captures&) {
             return list_page(site, request, language);
           });
  add_room(site, router, Method::get, "/admin/sources.csv", k_right,
           [&site](const Request& request, Language language, const Captures&) {
             const auto known = own_sources(site, request.who());
             const Words& words = site.words(language);
             return known ? source_sheet(site, words, *known).csv_answer(words) : site.error(request, language, 500);
           });
  add_room(site, router, Method::get, "/admin/sources/brought.csv", k_right,
           [&site](const Request& request, Language language, const Captures&) {
             const auto brought = own_intakes(site, request.who());
             const Words& words = site.words(language);
             return brought ? intake_sheet(site, words, *brought).csv_answer(words)
                            : site.error(request, language, 500);
           });
  add_room(
      site, router, Method::post, "/admin/sources/files", k_right,
      [&site](const Request& request, Language language, const Captures&) { return brought(site, request, language); });
  add_room(site, router, Method::get, "/admin/sources/{number}", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return at_intake(site, request, language, parts[1], [&](const Intake& intake) {
               const bool waits = !request.parameter("wait").empty();
               return one_page(site, request, language, waits ? awaited(site, intake) : intake);
             });
           });
  add_one_intake(site, router);
}

}  // namespace pitchblende::pages
