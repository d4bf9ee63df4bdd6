// What the system holds on him as a file; objection, erasure; which card is his.
#include "pages/address.hpp"
#include "pages/data.hpp"
#include "pages/entry/forms.hpp"
#include "pages/personal/personal_pages.hpp"
#include "pages/things/thing_facts.hpp"
#include "personal/errors.hpp"

namespace pitchblende::pages {

namespace {

using http::Captures;
using http::Request;
using personal::Wish;

Result<View> data_view(const Site& site, const access::Actor& actor, const Words& words) {
  View body = view({{"file_url", below(words, "/account/data/file")},
                    {"object_action", below(words, "/account/object")},
                    {"object_end_action", below(words, "/account/object/end")},
                    {"erase_action", below(words, "/account/erase")},
                    {"erase_end_action", below(words, "/account/erase/end")}});
  TRY_ASSIGN(const auto card, own_card(site, actor));
  const personal::Wishes& wishes = *site.settings().own.wishes;
  body["has_card"] = card.has_value();
  const Id id = card ? card->id : Id();
  if (card) {
    TRY_ASSIGN(const auto objection, wishes.standing(Wish::Kind::objection, id, 0));
    if (objection) {
      body["objected"] = words.date(objection->made.substr(0, 10));
    }
  }
  TRY_ASSIGN(const auto erasure, wishes.standing(Wish::Kind::erasure, id, actor.account));
  if (erasure) {
    body["erasing"] = view({{"made", words.date(erasure->made.substr(0, 10))}, {"due", words.date(erasure->due)}});
  }
  return body;
}

http::Answer data_page(const Site& site, const Request& request, Language language) {
  const Words& words = site.words(language);
  auto body = data_view(site, request.who(), words);
  if (!body) {
    return site.error(request, language, 500);
  }
  const std::string title = words.get("personal.data");
  return form_page(site, request, language, "own_data", title, std::move(*body),
                   {{words.get("account.title"), below(words, "/account")}, {title, {}}});
}

// The card as the registry holds it, every value with where it came from.
boost::json::value whole_card(const registry::Card& card, const std::vector<registry::Event>& history) {
  boost::json::object out;
  out["id"] = card.id.text();
  out["label"] = card.label;
  out["has_page"] = card.page;
  boost::json::array sources;
  for (const registry::CardSource& source : card.sources) {
    sources.push_back(boost::json::object{{"source", source.source}, {"key", source.key}, {"date", source.date}});
  }
  out["sources"] = std::move(sources);
  boost::json::array fields;
  for (const registry::CardField& field : card.fields) {
    for (const registry::CardValue& value : field.values) {
      boost::json::object each{{"field", registry::description(field.field).name}, {"value", value.value.text}};
      boost::json::object attributes;
      for (const auto& [attribute, text] : value.value.attributes) {
        attributes[registry::name(attribute)] = text;
      }
      each["attributes"] = std::move(attributes);
      each["wins"] = !value.lost;
      each["hidden"] = value.hidden;
      boost::json::array from;
      for (const uint32_t source : value.sources) {
        from.emplace_back(card.sources[source].source);
      }
      each["from"] = std::move(from);
      fields.push_back(std::move(each));
    }
  }
  out["values"] = std::move(fields);
  boost::json::array events;
  for (const registry::Event& event : history) {
    events.push_back(
        boost::json::object{{"at", event.at}, {"what", event.what}, {"who", event.who}, {"why", event.why}});
  }
  out["history"] = std::move(events);
  return out;
}

Result<std::string> file_text(const Site& site, const access::Actor& actor) {
  TRY_ASSIGN(const auto card, own_card(site, actor));
  std::string card_text;
  if (card) {
    TRY_ASSIGN(const auto history, site.registry().history(card->id));
    card_text = boost::json::serialize(whole_card(*card, history));
  }
  return site.settings().own.wishes->file_on({actor.account, actor.email, card ? card->id : Id()}, card_text);
}

http::Answer file(const Site& site, const Request& request, Language language) {
  auto text = file_text(site, request.who());
  if (!text) {
    return site.error(request, language, 500);
  }
  http::Answer answer;
  answer.type = http::media_type(http::Format::json);
  answer.body = std::move(*text);
  answer.headers.emplace_back("Content-Disposition", "attachment; filename=\"pitchblende-my-data.json\"");
  answer.keep = http::Keep::never;
  return answer;
}

// What somebody pasted: the address of a person's page, or its id.
http::Answer claim(const Site& site, const Request& request, Language language) {
  const Words& words = site.words(language);
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 500);
  }
  const std::string_view said = form->value("card");
  const size_t slash = said.rfind('/');
  const auto id = Id::parse(slash == std::string_view::npos ? said : said.substr(slash + 1));
  const auto found = id ? site.registry().find(*id, request.who().viewer) : registry::Found();
  const bool is_person = found && found->card && found->card->kind == registry::Kind::person;
  const Result<void> done = is_person ? site.settings().own.personal->claim(request.who().account, found->id)
                                      : fail(personal::errors::not_a_person);
  if (done || done.error().kind().status >= 500) {
    return after(site, request, language, done, "/account");
  }
  View body;
  body["form"] = form_view(words, below(words, "/account/claim"), "personal.claim",
                           {{.name = "card", .word = "personal.claim_card", .wanted = Wanted::yes}}, &*form,
                           {{"card", done.error().message(language)}});
  const std::string title = words.get("personal.claim_title");
  http::Answer answer = form_page(site, request, language, "own_form", title, std::move(body),
                                  {{words.get("account.title"), below(words, "/account")}, {title, {}}});
  answer.status = done.error().kind().status;
  return answer;
}

using Wished = std::function<Result<void>(const personal::Wishes&, Id card, int64_t account)>;

http::Answer wish(const Site& site, const Request& request, Language language, const Wished& wished) {
  const auto card = own_card(site, request.who());
  if (!card) {
    return site.error(request, language, 500);
  }
  return after(site, request, language,
               wished(*site.settings().own.wishes, *card ? (*card)->id : Id(), request.who().account), "/account/data");
}

}  // namespace

void add_own_data(const Site& site, http::Router& router) {
  using http::Method;
  constexpr http::Right k_own = http::Right::have_account;
  add_room(site, router, Method::get, "/account/data", k_own,
           [&site](const Request& request, Language language, const Captures&) {
             return data_page(site, request, language);
           });
  add_room(
      site, router, Method::get, "/account/data/file", k_own,
      [&site](const Request& request, Language language, const Captures&) { return file(site, request, language); });
  add_room(
      site, router, Method::post, "/account/claim", k_own,
      [&site](const Request& request, Language language, const Captures&) { return claim(site, request, language); });
  const auto add = [&](const std::string& path, const Wished& wished) {
    add_room(site, router, Method::post, path, k_own,
             [&site, wished](const Request& request, Language language, const Captures&) {
               return wish(site, request, language, wished);
             });
  };
  add("/account/object", [](const personal::Wishes& wishes, Id card, int64_t account) -> Result<void> {
    return card == Id() ? fail(personal::errors::unknown) : wishes.object(card, account);
  });
  add("/account/object/end", [](const personal::Wishes& wishes, Id card, int64_t account) {
    return wishes.take_back_objection(card, account);
  });
  add("/account/erase", [](const personal::Wishes& wishes, Id card, int64_t account) -> Result<void> {
    TRY(wishes.ask_erasure(card, account));
    return {};
  });
  add("/account/erase/end",
      [](const personal::Wishes& wishes, Id card, int64_t account) { return wishes.take_back_erasure(card, account); });
}

}  // namespace pitchblende::pages
