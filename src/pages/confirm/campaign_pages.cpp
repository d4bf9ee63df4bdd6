// Campaigns: cards chosen, letters previewed and sent, answers watched. Rules 11 to 15 of docs/rules/confirm.md.
#include <algorithm>
#include <chrono>

#include "access/errors.hpp"
#include "base/beginning.hpp"
#include "confirm/errors.hpp"
#include "pages/address.hpp"
#include "pages/confirm/confirm_pages.hpp"
#include "pages/confirm/typed_thing.hpp"
#include "pages/entry/forms.hpp"
#include "pages/entry/letters.hpp"
#include "pages/sheet.hpp"

namespace pitchblende::pages {

namespace {

using confirm::Asked;
using confirm::Campaign;
using confirm::CampaignState;
using registry::Kind;

constexpr std::array<Kind, 4> k_kinds{Kind::person, Kind::team, Kind::platform, Kind::equipment};
constexpr std::array<int64_t, 6> k_stale{0, 90, 180, 365, 730, 1095};
constexpr size_t k_shown = 500;  // rows of a page; the CSV has all
constexpr std::chrono::seconds k_patience{
    5};  // of whoever pressed the button; what is left goes on with the next press

std::string address_of(const Words& words, int64_t campaign, std::string_view rest = {}) {
  return below(words, "/admin/campaigns/" + std::to_string(campaign) + std::string(rest));
}

std::vector<Crumb> crumbs(const Words& words, const std::string& title) {
  return {{words.get("account.title"), below(words, "/account")},
          {words.get("confirm.campaigns.title"), below(words, "/admin/campaigns")},
          {title, {}}};
}

std::vector<FormField> fields(const Words& words) {
  FormField kind{.name = "kind", .word = "confirm.campaigns.kind", .type = "select"};
  kind.choices.emplace_back("", words.get("confirm.campaigns.any_kind"));
  for (const Kind each : k_kinds) {
    kind.choices.emplace_back(registry::name(each), words.kinds(each));
  }
  FormField stale{.name = "stale", .word = "confirm.campaigns.stale", .type = "select"};
  for (const int64_t days : k_stale) {
    stale.choices.emplace_back(std::to_string(days), days == 0 ? words.get("confirm.campaigns.any_age")
                                                               : put_in(words.get("confirm.campaigns.days_ago"), "n",
                                                                        words.number(static_cast<uint64_t>(days))));
  }
  return {
      {.name = "title", .word = "confirm.campaigns.name", .wanted = Wanted::yes, .longest = 200},
      std::move(kind),
      {.name = "whole", .word = "confirm.campaigns.whole"},
      std::move(stale),
      {.name = "cards", .word = "confirm.campaigns.cards", .type = "textarea", .longest = 20'000},
      {.name = "days", .word = "confirm.campaigns.days", .type = "number", .wanted = Wanted::yes, .longest = 3},
      {.name = "note_fr", .word = "confirm.campaigns.note_fr", .type = "textarea", .longest = confirm::k_longest_note},
      {.name = "note_en", .word = "confirm.campaigns.note_en", .type = "textarea", .longest = confirm::k_longest_note}};
}

Result<Sheet> campaign_sheet(const Site& site, const Words& words) {
  const auto number = [](int64_t of) { return SheetCell{std::to_string(of), {}, {}, ordered(of)}; };
  TRY_ASSIGN(const auto campaigns, site.settings().upkeep.campaigns->all());
  Sheet sheet({{"number", "confirm.campaigns.columns.id"},
               {"name", "confirm.campaigns.name"},
               {"state", "confirm.campaigns.columns.sending"},
               {"made", "confirm.campaigns.columns.made"},
               {"sent", "confirm.campaigns.columns.begun"},
               {"cards", "confirm.campaigns.figures.cards"},
               {"people", "confirm.campaigns.figures.people"},
               {"confirmed", "confirm.campaigns.figures.confirmed"},
               {"corrected", "confirm.campaigns.figures.corrected"},
               {"remarked", "confirm.campaigns.figures.remarked"},
               {"open", "confirm.campaigns.figures.open"}});
  for (const Campaign& each : campaigns) {
    TRY_ASSIGN(const std::vector<Asked> asked, site.settings().upkeep.campaigns->asked(each.id));
    const confirm::Tally tally = confirm::tally(asked);
    sheet.add({number(each.id),
               {each.title, address_of(words, each.id)},
               {words.get("confirm.campaigns.states." + std::string(confirm::name(each.state)))},
               time_cell(each.made, words),
               time_cell(each.sent, words),
               number(static_cast<int64_t>(tally.cards)),
               number(static_cast<int64_t>(tally.people)),
               number(static_cast<int64_t>(tally.confirmed)),
               number(static_cast<int64_t>(tally.corrected)),
               number(static_cast<int64_t>(tally.remarked)),
               number(static_cast<int64_t>(tally.open))});
  }
  return sheet;
}

http::Answer list_page(const Site& site, const http::Request& request, Language language,
                       const http::Form* typed = nullptr, const std::optional<Error>& problem = {},
                       const std::string& field = {}) {
  const Words& words = site.words(language);
  auto sheet = campaign_sheet(site, words);
  if (!sheet) {
    return site.error(request, language, 500);
  }
  const std::string title = words.get("confirm.campaigns.title");
  View body;
  if (sheet->size() > 0) {
    sheet->sort(request.parameter("sort"));
    body["sheet"] = sheet->view(below(words, "/admin/campaigns"), title, words);
    body["csv_url"] = below(words, "/admin/campaigns.csv");
  }
  std::vector<FormProblem> problems;
  if (problem) {
    problems.push_back({field, problem->message(language)});
  }
  http::Form fresh;
  fresh.fields = {{"days", "30"}};
  for (const char* name : {"kind", "whole", "cards", "stale"}) {
    fresh.fields.emplace_back(name, std::string(request.parameter(name)));
  }
  body["form"] = form_view(words, below(words, "/admin/campaigns"), "confirm.campaigns.choose", fields(words),
                           typed != nullptr ? typed : &fresh, problems);
  http::Answer answer = form_page(site, request, language, "campaigns", title, std::move(body),
                                  {{words.get("account.title"), below(words, "/account")}, {title, {}}});
  answer.status = problem ? problem->kind().status : 200;
  return answer;
}

Result<http::Answer> list_csv(const Site& site, Language language) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const Sheet sheet, campaign_sheet(site, words));
  return sheet.csv_answer(words);
}

access::Deed deed(const http::Request& request, std::string_view verb, int64_t campaign) {
  return {request.who().account, std::string(verb), "campaign", campaign, {}};
}

confirm::Also audited(const Site& site, access::Deed deed) {
  return [&site, deed = std::move(deed)](store::Transaction& transaction) {
    return site.settings().entry.access->audit().record(transaction, deed);
  };
}

// `field`: which one of the form is wrong.
Result<int64_t> draft(const Site& site, const http::Request& request, Language spoken, const http::Form& form,
                      std::string& field) {
  Campaign campaign;
  campaign.title = form.value("title");
  if (const auto kind = registry::kind(form.value("kind"))) {
    campaign.choice.kinds = {*kind};
  }
  campaign.choice.stale_days = std::clamp<int64_t>(typed_number(form.value("stale"), 0), 0, 36'500);
  if (!trim(form.value("whole")).empty()) {
    const auto whole = typed_thing(site, form.value("whole"));
    if (!whole) {
      field = "whole";
      return fail(confirm::errors::nobody, beginning(form.value("whole"), 100));
    }
    campaign.choice.whole = *whole;
  }
  std::string unknown;
  campaign.choice.cards = typed_things(site, form.value("cards"), unknown);
  if (!unknown.empty()) {
    field = "cards";
    return fail(confirm::errors::nobody, beginning(unknown, 100));
  }
  campaign.days = typed_number(form.value("days"), -1);
  for (const std::string language : {"fr", "en"}) {
    field = "note_" + language;
    TRY_ASSIGN(campaign.notes[language],
               fitting(site.words(spoken), form, field, "confirm.campaigns." + field, confirm::k_longest_note));
  }
  field.clear();
  campaign.made_by = request.who().account;
  return site.settings().upkeep.campaigns->draft(std::move(campaign), audited(site, deed(request, "choose_cards", 0)));
}

http::Answer choose(const Site& site, const http::Request& request, Language language) {
  const auto form = http::read_form(request);
  if (!form) {
    return list_page(site, request, language, nullptr, form.error());
  }
  std::string field;
  const auto made = draft(site, request, language, *form, field);
  if (!made) {
    field = made.error().is(confirm::errors::title) ? "title" : made.error().is(confirm::errors::days) ? "days" : field;
    return made.error().kind().status >= 500 ? site.error(request, language, 500)
                                             : list_page(site, request, language, &*form, made.error(), field);
  }
  return redirect(303, address_of(site.words(language), *made));
}

// Rows by address: who gets what letter, and what came of it.
Views rows_of(const std::vector<Asked>& asked, std::string_view now, bool sent, const Words& words) {
  Views out;
  for (const Asked& each : asked) {
    if (out.size() >= k_shown) {
      break;
    }
    const std::string state(confirm::state_word(each, now));
    View row = view({{"address", each.ask.email},
                     {"card_label", each.label},
                     {"card_url", thing_address(words.code(), each.kind, each.ask.card)},
                     {"kind", words.kind(each.kind)},
                     {"state", words.get("confirm.campaigns.answers." + state)},
                     {"tone", state == "confirmed" || state == "corrected" ? "good"
                              : state == "failed" || state == "expired"    ? "warn"
                                                                           : "plain"},
                     {"when", words.date(each.ask.answered.substr(0, std::min<size_t>(10, each.ask.answered.size())))},
                     {"reason", mail::reason_in(each.reason, words.language())},
                     {"word", each.word}});
    if (sent && each.ask.state == confirm::AskState::open) {
      row["revoke_action"] = below(words, "/admin/asks/" + std::to_string(each.ask.id) + "/revoke");
    }
    out.push_back(std::move(row));
  }
  return out;
}

Views figures_of(const confirm::Tally& tally, bool sent, const Words& words) {
  Views out;
  const auto add = [&](std::string_view word, int64_t count) {
    out.push_back(view({{"label", words.get("confirm.campaigns.figures." + std::string(word))},
                        {"count", words.number(static_cast<uint64_t>(count))}}));
  };
  add("cards", tally.cards);
  add("people", tally.people);
  add("without_address", tally.without_address);
  if (sent) {
    add("confirmed", tally.confirmed);
    add("corrected", tally.corrected);
    add("remarked", tally.remarked);
    add("open", tally.open);
    add("failed", tally.failed);
    add("revoked", tally.revoked);
  }
  return out;
}

// A letter of the campaign with a link that opens nothing.
View letter_view(const Site& site, const confirm::Invitation& invitation, const Words& words) {
  const mail::Letter letter = invitation_letter(site, invitation);
  View out =
      view({{"to", letter.to}, {"subject", letter.subject}, {"action", letter.action}, {"closing", letter.closing}});
  Views paragraphs;
  for (const std::string& each : letter.paragraphs) {
    paragraphs.push_back(view({{"text", each}}));
  }
  for (const auto& [label, address] : letter.links) {
    paragraphs.push_back(view({{"text", "– " + label}}));
  }
  out["paragraphs"] = std::move(paragraphs);
  out["letter_lang"] = invitation.language;
  out["letter_language"] = words.get("confirm.campaigns.in_language." + invitation.language);
  return out;
}

// The letter to the first address, in its language and in the other.
Views samples_of(const Site& site, const Campaign& campaign, const std::vector<Asked>& asked, std::string_view expires,
                 const Words& words) {
  const auto first =
      std::find_if(asked.begin(), asked.end(), [](const Asked& each) { return !each.ask.email.empty(); });
  Views out;
  if (first == asked.end()) {
    return out;
  }
  const std::string own = first->ask.language == "en" ? "en" : "fr";
  for (const std::string& language : {own, std::string(own == "en" ? "fr" : "en")}) {
    confirm::Invitation invitation{campaign, first->ask.email, language, std::string(expires), false, {}};
    for (const Asked& each : asked) {
      if (each.ask.email == first->ask.email) {
        invitation.cards.push_back({each.kind, each.label, "…"});
      }
    }
    out.push_back(letter_view(site, invitation, words));
  }
  return out;
}

// What was done a moment ago.
std::string done_words(const http::Request& request, std::string_view now, const Words& words) {
  const std::string_view done = request.parameter("done");
  if (done == "reminded" || done == "sent") {
    const auto count = static_cast<uint64_t>(typed_number(request.parameter("n"), 0));
    return put_in(words.count("confirm.campaigns.done." + std::string(done), count), "date",
                  words.date(now.substr(0, 10)));
  }
  return done == "revoked" ? words.get("confirm.campaigns.done.revoked") : std::string();
}

Result<http::Answer> campaign_page(const Site& site, const http::Request& request, Language language, int64_t number) {
  const Words& words = site.words(language);
  confirm::Campaigns& campaigns = *site.settings().upkeep.campaigns;
  TRY_ASSIGN(const Campaign campaign, campaigns.campaign(number));
  TRY_ASSIGN(const std::vector<Asked> asked, campaigns.asked(number));
  const std::string now = campaigns.now();
  const bool sent = campaign.state != CampaignState::draft;
  const confirm::Tally tally = confirm::tally(asked);
  View body = view({{"state", words.get("confirm.campaigns.states." + std::string(confirm::name(campaign.state)))},
                    {"csv_url", address_of(words, number, "/answers.csv")}});
  body["figures"] = figures_of(tally, sent, words);
  body["asks"] = rows_of(asked, now, sent, words);
  body["more"] = asked.size() > k_shown;
  body["is_sent"] = sent;
  if (!sent) {
    body["drop_action"] = address_of(words, number, "/drop");
    body["samples"] = samples_of(site, campaign, asked, campaigns.expiry(campaign), words);
    Views nobody;
    for (const Asked& each : asked) {
      if (each.ask.email.empty() && nobody.size() < k_shown) {
        nobody.push_back(
            view({{"card_label", each.label}, {"card_url", thing_address(words.code(), each.kind, each.ask.card)}}));
      }
    }
    body["nobody"] = std::move(nobody);
  }
  if (campaign.state != CampaignState::sent && tally.unsent > 0) {
    body["send_action"] = address_of(words, number, "/send");
    body["send_label"] =
        sent ? words.get("confirm.campaigns.go_on")
             : put_in(words.get("confirm.campaigns.send"), "n", words.number(static_cast<uint64_t>(tally.people)));
  }
  body["done"] = done_words(request, now, words);
  if (sent && tally.open > 0) {
    body["remind_action"] = address_of(words, number, "/remind");
  }
  return form_page(site, request, language, "campaign", campaign.title, std::move(body), crumbs(words, campaign.title));
}

http::Answer or_error(const Site& site, const http::Request& request, Language language, Result<http::Answer> answer) {
  if (answer) {
    return std::move(*answer);
  }
  if (answer.error().kind().status == 409) {
    return list_page(site, request, language, nullptr, answer.error());
  }
  return site.error(request, language, answer.error().kind().status == 404 ? 404 : 500);
}

// Letters in pieces until all went, or for as long as somebody waits.
Result<http::Answer> write_all(const Site& site, const http::Request& request, Language language, int64_t number,
                               bool again) {
  confirm::Campaigns& campaigns = *site.settings().upkeep.campaigns;
  size_t count = 0;
  const auto compose = [&](const confirm::Invitation& invitation) {
    ++count;
    return invitation_letter(site, invitation);
  };
  const auto also = audited(site, deed(request, again ? "remind" : "send", number));
  const auto until = std::chrono::steady_clock::now() + k_patience;
  for (bool more = true; more && std::chrono::steady_clock::now() < until;) {
    TRY_ASSIGN(more, again ? campaigns.remind_some(number, compose, also) : campaigns.send_some(number, compose, also));
  }
  if (site.settings().entry.posted) {
    site.settings().entry.posted();
  }
  return redirect(303, address_of(site.words(language), number, again ? "?done=reminded" : "?done=sent") +
                           "&n=" + std::to_string(count));
}

http::Answer csv(const Site& site, const http::Request& request, Language language, int64_t number) {
  const Words& words = site.words(language);
  const auto asked = site.settings().upkeep.campaigns->asked(number);
  if (!asked || asked->empty()) {
    return site.error(request, language, asked ? 404 : 500);
  }
  http::Answer answer;
  answer.type = "text/csv; charset=utf-8";
  answer.keep = http::Keep::never;
  answer.headers.emplace_back("Content-Disposition",
                              "attachment; filename=\"campaign-" + std::to_string(number) + ".csv\"");
  answer.body = confirm::campaign_csv(*asked, site.settings().upkeep.campaigns->now(), [&](std::string_view word) {
    if (word.starts_with("states.")) {
      return words.get("confirm.campaigns.answers." + std::string(word.substr(7)));
    }
    return word.starts_with("kinds.") ? words.kind(registry::kind(word.substr(6)).value_or(Kind::person))
                                      : words.get("confirm.campaigns." + std::string(word));
  });
  return answer;
}

Result<http::Answer> drop(const Site& site, const http::Request& request, Language language, int64_t number) {
  TRY(site.settings().upkeep.campaigns->drop(number, audited(site, deed(request, "drop", number))));
  return redirect(303, below(site.words(language), "/admin/campaigns"));
}

Result<http::Answer> revoke(const Site& site, const http::Request& request, Language language, int64_t ask) {
  access::Deed done{request.who().account, "revoke", "ask", ask, {}};
  TRY_ASSIGN(const int64_t campaign, site.settings().upkeep.campaigns->revoke(ask, audited(site, std::move(done))));
  return redirect(303, address_of(site.words(language), campaign, "?done=revoked"));
}

}  // namespace

mail::Letter invitation_letter(const Site& site, const confirm::Invitation& invitation) {
  const Language language = invitation.language == "en" ? Language::english : Language::french;
  const Words& words = site.words(language);
  const bool one = invitation.cards.size() == 1;
  const auto note = invitation.campaign.notes.find(words.code());
  const auto path = [&](const confirm::Invitation::Card& card) { return "/confirm/" + card.secret; };
  const std::string key = std::string(one ? "confirm.letter" : "confirm.letters") + (invitation.again ? "_again" : "");
  LetterOf what{invitation.again ? "confirm_again" : "confirm",
                key,
                {{"name", one ? invitation.cards.front().label : std::string()},
                 {"n", words.number(invitation.cards.size())},
                 {"date", words.date(invitation.expires.substr(0, 10))},
                 {"note", note == invitation.campaign.notes.end() ? std::string() : note->second}},
                one ? path(invitation.cards.front()) : std::string(),
                invitation.expires};
  mail::Letter letter = letter_to(site, language, invitation.email, what);
  std::erase(letter.paragraphs, std::string());
  for (const confirm::Invitation::Card& card : invitation.cards) {
    if (!one) {
      letter.links.emplace_back(card.label + " (" + words.kind(card.kind) + ")",
                                site.settings().entry.address + "/" + std::string(words.code()) + path(card));
    }
  }
  return letter;
}

access::TaskSource confirm_tasks(const confirm::Campaigns& campaigns) {
  return [&campaigns](const access::Actor& actor) -> Result<std::vector<access::Task>> {
    std::vector<access::Task> out;
    if (access::may_somewhere(actor, access::Right::campaign)) {
      TRY_ASSIGN(const auto interrupted, campaigns.interrupted());
      if (!interrupted.empty()) {
        out.push_back(
            {"tasks.campaigns_interrupted", static_cast<int64_t>(interrupted.size()), "/admin/campaigns", {}});
      }
    }
    return out;
  };
}

void add_campaigns(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  constexpr http::Right k_right = http::Right::campaign;
  add_room(site, router, Method::get, "/admin/campaigns", k_right,
           [&site](const Request& request, Language language, const Captures&) {
             return list_page(site, request, language);
           });
  add_room(
      site, router, Method::post, "/admin/campaigns", k_right,
      [&site](const Request& request, Language language, const Captures&) { return choose(site, request, language); });
  add_room(site, router, Method::get, "/admin/campaigns.csv", k_right,
           [&site](const Request& request, Language language, const Captures&) {
             return or_error(site, request, language, list_csv(site, language));
           });
  using Act = Result<http::Answer> (*)(const Site&, const Request&, Language, int64_t);
  const auto add = [&](Method method, std::string_view path, Act act) {
    add_room(site, router, method, path, k_right,
             [&site, act](const Request& request, Language language, const Captures& parts) {
               return or_error(site, request, language, act(site, request, language, typed_number(parts[1], 0)));
             });
  };
  add(Method::get, "/admin/campaigns/{number}", campaign_page);
  add(Method::post, "/admin/campaigns/{number}/send",
      [](const Site& of, const Request& request, Language language, int64_t number) {
        return write_all(of, request, language, number, false);
      });
  add(Method::post, "/admin/campaigns/{number}/remind",
      [](const Site& of, const Request& request, Language language, int64_t number) {
        return write_all(of, request, language, number, true);
      });
  add(Method::post, "/admin/campaigns/{number}/drop", drop);
  add(Method::post, "/admin/asks/{number}/revoke", revoke);
  add_room(site, router, Method::get, "/admin/campaigns/{number}/answers.csv", k_right,
           [&site](const Request& request, Language language, const Captures& parts) {
             return csv(site, request, language, typed_number(parts[1], 0));
           });
}

}  // namespace pitchblende::pages
