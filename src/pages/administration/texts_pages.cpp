// Texts of the site: written here by its staff, in Markdown, in both languages.
#include "pages/address.hpp"
#include "pages/administration/administration.hpp"
#include "pages/confirm/typed_thing.hpp"
#include "pages/entry/forms.hpp"
#include "pages/rich_text.hpp"
#include "texts/errors.hpp"

namespace pitchblende::pages {

namespace {

using texts::Text;

constexpr int64_t k_longest = 20'000;  // characters that a browser takes; texts are judged by bytes

std::string here(const Words& words, std::string_view name) {
  return below(words, "/admin/texts/" + std::string(name));
}

std::string title_of_text(const Words& words, std::string_view name) {
  return words.get("admin.texts.names." + std::string(name));
}

// Where a text is read.
std::string read_at(const Words& words, std::string_view name) {
  return below(words, name == "home" ? "/" : "/" + std::string(name));
}

std::string who_wrote(const std::map<int64_t, access::Holder>& holders, int64_t account) {
  const auto holder = holders.find(account);
  return holder == holders.end() ? std::to_string(account) : holder->second.email;
}

Result<std::map<int64_t, access::Holder>> writers(const Site& site, const std::vector<Text>& all) {
  std::vector<int64_t> accounts;
  for (const Text& each : all) {
    accounts.push_back(each.account);
  }
  const access::Contacts* contacts = site.settings().desk.contacts;
  return contacts == nullptr ? std::map<int64_t, access::Holder>() : contacts->of(accounts);
}

Result<Listing> texts_listing(const Site& site, const http::Request&, const Words& words, Rows) {
  Sheet sheet({{"name", "admin.texts.name"},
               {"french", "admin.texts.french"},
               {"english", "admin.texts.english"},
               {"changed", "admin.texts.changed"},
               {"by", "admin.texts.by"}});
  std::vector<Text> all;
  for (const std::string_view name : texts::k_names) {
    TRY_ASSIGN(Text text, site.settings().texts->text(name));
    all.push_back(std::move(text));
  }
  TRY_ASSIGN(const auto holders, writers(site, all));
  for (const Text& each : all) {
    const auto written = [&](const std::string& text) {
      return SheetCell{
          words.get(text.empty() ? "admin.texts.own" : "admin.texts.written"), {}, text.empty() ? "plain" : "good"};
    };
    sheet.add({{title_of_text(words, each.name), here(words, each.name)},
               written(each.french),
               written(each.english),
               time_cell(each.revision == 0 ? std::string() : each.changed, words),
               {each.revision == 0 ? "" : who_wrote(holders, each.account)}});
  }
  return Listing{"texts", "/admin/texts", std::move(sheet)};
}

Result<Sheet> history_of(const Site& site, const Words& words, std::string_view name) {
  TRY_ASSIGN(const std::vector<Text> all, site.settings().texts->versions(name));
  TRY_ASSIGN(const auto holders, writers(site, all));
  Sheet sheet({{"version", "admin.texts.version"},
               {"changed", "admin.texts.changed"},
               {"by", "admin.texts.by"},
               {"french", "admin.texts.french_bytes"},
               {"english", "admin.texts.english_bytes"}});
  const auto number = [&](size_t of) { return SheetCell{words.number(of), {}, {}, ordered(static_cast<int64_t>(of))}; };
  for (const Text& each : all) {
    sheet.add({{std::to_string(each.revision),
                here(words, name) + "?version=" + std::to_string(each.revision),
                {},
                ordered(each.revision)},
               time_cell(each.changed, words),
               {who_wrote(holders, each.account)},
               number(each.french.size()),
               number(each.english.size())});
  }
  return sheet;
}

// What the form is shown with.
struct Shown {
  http::Form typed;
  int64_t revision = 0;  // that it began from
  std::vector<FormProblem> problems = {};
  int status = 200;
  std::optional<Text> theirs = {};  // stored meanwhile
  bool previews = false;
  std::string done = {};
};

http::Form form_of(const Text& text) { return {{{"french", text.french}, {"english", text.english}}, {}}; }

// What was stored meanwhile, in the languages in which it is not what was typed.
Views stored_otherwise(const Words& words, const http::Form& typed, const http::Form& stored) {
  Views out;
  for (const auto& [field, value] : stored.fields) {
    if (value != typed.value(field)) {
      out.push_back(view({{"label", words.get("admin.texts." + field)}, {"text", value.empty() ? "–" : value}}));
    }
  }
  return out;
}

void put_preview(const Words& words, const http::Form& typed, View& body) {
  Views previews;
  for (const auto& [field, code] : {std::pair{"french", "fr"}, std::pair{"english", "en"}}) {
    View each = view({{"label", words.get(std::string("admin.texts.") + field)}, {"code", code}});
    each["rich"] = rich_html(typed.value(field), words.get("leaves"));
    previews.push_back(std::move(each));
  }
  body["previews"] = std::move(previews);
}

Result<http::Answer> text_form(const Site& site, const http::Request& request, Language language, std::string_view name,
                               Shown shown) {
  const Words& words = site.words(language);
  View body = view({{"done", shown.done}, {"read_url", read_at(words, name)}});
  const std::vector<FormField> fields{{"french", "admin.texts.french", "textarea", Wanted::no, k_longest},
                                      {"english", "admin.texts.english", "textarea", Wanted::no, k_longest}};
  View form = form_view(words, here(words, name), "admin.texts.save", fields, &shown.typed, shown.problems);
  form["revision"] = std::to_string(shown.revision);
  body["form"] = std::move(form);
  if (shown.theirs) {
    body["theirs"] = stored_otherwise(words, shown.typed, form_of(*shown.theirs));
  }
  if (shown.previews) {
    put_preview(words, shown.typed, body);
  }
  TRY_ASSIGN(Sheet history, history_of(site, words, name));
  history.sort(request.parameter("sort"));
  if (history.size() > 0) {
    body["sheet"] = history.view(here(words, name), words.get("admin.texts.history"), words);
    body["csv_url"] = here(words, name) + "/history.csv";
  }
  const std::string title = title_of_text(words, name);
  http::Answer answer = form_page(
      site, request, language, "text_form", title, std::move(body),
      administration_crumbs(words, {{words.get("admin.texts.title"), below(words, "/admin/texts")}, {title, {}}}));
  answer.status = shown.status;
  return answer;
}

Result<http::Answer> open_text(const Site& site, const http::Request& request, Language language,
                               std::string_view name) {
  const texts::Texts& room = *site.settings().texts;
  TRY_ASSIGN(const Text now, room.text(name));
  Shown shown{form_of(now), now.revision};
  if (const int64_t version = typed_number(request.parameter("version"), 0); version > 0) {
    TRY_ASSIGN(const Text older, room.version(name, version));
    shown.typed = form_of(older);
  }
  if (!request.parameter("saved").empty()) {
    shown.done = site.words(language).get("admin.texts.saved");
  }
  return text_form(site, request, language, name, std::move(shown));
}

Result<http::Answer> send_text(const Site& site, const http::Request& request, Language language,
                               std::string_view name) {
  const auto form = http::read_form(request);
  if (!form) {
    return tl::unexpected(form.error());
  }
  Text wanted{std::string(name),
              typed_number(form->value("revision"), -1),
              std::string(form->value("french")),
              std::string(form->value("english")),
              {},
              request.who().account};
  Shown shown{form_of(wanted), wanted.revision};
  if (form->value("do") == "preview") {
    shown.previews = true;
    return text_form(site, request, language, name, std::move(shown));
  }
  const auto done = site.settings().texts->write(wanted, [&](store::Transaction& transaction, const Text& stored) {
    return site.settings().entry.access->audit().record(
        transaction, {request.who().account, "write", "text", stored.revision, stored.name});
  });
  if (done) {
    return redirect(303, here(site.words(language), name) + "?saved=1");
  }
  shown.problems = {{{}, message_alone(done.error(), site.words(language))}};
  shown.status = done.error().kind().status;
  if (done.error().is(texts::errors::changed)) {
    TRY_ASSIGN(shown.theirs, site.settings().texts->text(name));
    shown.revision = shown.theirs->revision;
  }
  return text_form(site, request, language, name, std::move(shown));
}

http::Answer or_error(const Site& site, const http::Request& request, Language language, Result<http::Answer> answer) {
  return answer ? std::move(*answer)
                : site.error(request, language, answer.error().is(texts::errors::unknown) ? 404 : 500);
}

}  // namespace

Result<void> show_texts(const Site& site) {
  return site.settings().texts->show_by(
      [french = site.words(Language::french).get("leaves"), english = site.words(Language::english).get("leaves")](
          std::string_view name, std::string_view text, Language language) {
        // The home page's text stands below a heading of its section.
        return rich_html(text, language == Language::french ? french : english, name == "home" ? 3 : 2);
      });
}

void add_texts(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  constexpr http::Right k_right = http::Right::write_texts;
  add_listing(site, router, "/admin/texts", k_right, [&site](const Request& request, const Words& words, Rows rows) {
    return texts_listing(site, request, words, rows);
  });
  add_room(site, router, Method::get, "/admin/texts/{name}", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return or_error(site, request, language, open_text(site, request, language, parts[1]));
           });
  add_room(site, router, Method::post, "/admin/texts/{name}", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return or_error(site, request, language, send_text(site, request, language, parts[1]));
           });
  add_room(site, router, Method::get, "/admin/texts/{name}/history.csv", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             const Words& words = site.words(language);
             const auto history = history_of(site, words, parts[1]);
             return history ? history->csv_answer(words)
                            : or_error(site, request, language, tl::unexpected(history.error()));
           });
}

}  // namespace pitchblende::pages
