// Language of letters, which of them come, and whether what he looks at is listed for him.
#include <algorithm>

#include "mail/letter_kinds.hpp"
#include "pages/address.hpp"
#include "pages/entry/forms.hpp"
#include "pages/personal/personal_pages.hpp"

namespace pitchblende::pages {

namespace {

using http::Captures;
using http::Request;
using personal::Personal;

// What has no switch, by the names that the outbox shows.
Views duties(const Words& words) {
  Views out;
  for (const mail::LetterKind& each : mail::letter_kinds()) {
    if (each.topic.empty()) {
      out.push_back(view({{"label", words.get("admin.outbox.kinds." + std::string(each.kind))}}));
    }
  }
  return out;
}

http::Answer settings_page(const Site& site, const Request& request, Language language) {
  const Words& words = site.words(language);
  const access::Actor& who = request.who();
  const auto refused = site.settings().entry.outbox->refused(who.email);
  const auto holders = site.settings().own.contacts->of({who.account});
  const auto shelf = site.settings().own.personal->shelf(who.account);
  if (!refused || !holders || !shelf) {
    return site.error(request, language, 500);
  }
  View body = view({{"action", below(words, "/account/settings")}});
  Views languages;
  for (const auto& [code, label] : {std::pair{"fr", "français"}, {"en", "English"}}) {
    View each = view({{"code", code}, {"label", label}});
    each["selected"] = !holders->empty() && holders->begin()->second.language == code;
    languages.push_back(std::move(each));
  }
  body["languages"] = std::move(languages);
  Views letters;
  for (const std::string_view kind : mail::letter_topics()) {
    View each = view({{"kind", kind}, {"label", words.get("personal.letter_kinds." + std::string(kind))}});
    each["wanted"] = std::find(refused->begin(), refused->end(), kind) == refused->end();
    letters.push_back(std::move(each));
  }
  body["letters"] = std::move(letters);
  body["duties"] = duties(words);
  body["remembers"] = shelf->remembers;
  body["done"] = request.parameter("done") == "1";
  const std::string title = words.get("personal.settings");
  return form_page(site, request, language, "settings", title, std::move(body),
                   {{words.get("account.title"), below(words, "/account")}, {title, {}}});
}

http::Answer set(const Site& site, const Request& request, Language language) {
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 500);
  }
  const access::Actor& who = request.who();
  const std::string spoken(form->value("language") == "fr" ? "fr" : "en");
  std::vector<std::string> refused;
  for (const std::string_view kind : mail::letter_topics()) {
    const bool wanted = std::any_of(form->fields.begin(), form->fields.end(),
                                    [&](const auto& field) { return field.first == "letter" && field.second == kind; });
    if (!wanted) {
      refused.emplace_back(kind);
    }
  }
  const bool remembers = form->value("remembers") == "yes";
  const auto done = site.settings().entry.access->do_audited(
      {who.account, "set", "account", who.account, {}}, [&](store::Transaction& transaction) -> Result<void> {
        TRY(site.settings().own.contacts->set_language(transaction, who.account, spoken));
        TRY(site.settings().entry.outbox->refuse(transaction, who.email, refused));
        return site.settings().own.personal->set_remembers(transaction, who.account,
                                                           remembers ? Personal::Keep::yes : Personal::Keep::no);
      });
  return after(site, request, language, done, "/account/settings?done=1");
}

}  // namespace

void add_settings(const Site& site, http::Router& router) {
  using http::Method;
  add_room(site, router, Method::get, "/account/settings", http::Right::have_account,
           [&site](const Request& request, Language language, const Captures&) {
             return settings_page(site, request, language);
           });
  add_room(
      site, router, Method::post, "/account/settings", http::Right::have_account,
      [&site](const Request& request, Language language, const Captures&) { return set(site, request, language); });
}

}  // namespace pitchblende::pages
