// What links of letters lead to, without signing in: stop a search's letters; look at one's card, object, ask for
// erasure. And the letter about a page that is there for the first time.
#include "pages/address.hpp"
#include "pages/entry/letters.hpp"
#include "pages/personal/personal_pages.hpp"
#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

namespace {

using http::Captures;
using http::Request;
using personal::Wish;

constexpr std::string_view k_about_me = "about-me";

http::Answer stop_page(const Site& site, const Request& request, Language language, std::string_view part,
                       bool stopped) {
  const auto number = proved(site, "stop", part);
  const auto search = number ? site.settings().own.searches->find(number_of(*number))
                             : Result<std::optional<personal::SavedSearch>>(std::nullopt);
  if (!search || !*search) {
    return site.error(request, language, search ? 404 : 500);
  }
  const Words& words = site.words(language);
  View body = view({{"name", (*search)->name}, {"action", below(words, "/stop/" + std::string(part))}});
  body["stopped"] = stopped || (*search)->every == personal::Every::never;
  const std::string title = words.get("personal.stop_title");
  return form_page(site, request, language, "stop", title, std::move(body), {{title, {}}});
}

http::Answer stop(const Site& site, const Request& request, Language language, std::string_view part) {
  const auto number = proved(site, "stop", part);
  if (!number) {
    return site.error(request, language, 404);
  }
  const auto done = site.settings().own.searches->stop_letters(number_of(*number));
  return done ? stop_page(site, request, language, part, true) : site.error(request, language, 500);
}

// Fields that everybody may see, by their labels.
std::string shown_labels(const registry::Card& seen, const Words& words) {
  std::string out;
  for (const registry::CardField& field : seen.fields) {
    if (registry::description(field.field).name != "local_id") {
      out += (out.empty() ? "" : ", ") + words.label(field.field);
    }
  }
  return out;
}

std::string source_names(const Site& site, const registry::Card& seen, const Words& words) {
  std::string out;
  for (const registry::CardSource& source : seen.sources) {
    out += (out.empty() ? "" : ", ") + source_title(site, source.source, words);
  }
  return out;
}

http::Answer about_me(const Site& site, const Request& request, Language language, std::string_view part) {
  const auto text = proved(site, k_about_me, part);
  const auto id = text ? Id::parse(*text) : std::nullopt;
  const auto found = id ? site.registry().find(*id, access::Viewer::everything()) : registry::Found();
  if (!found || !found->card) {
    return site.error(request, language, found ? 404 : 500);
  }
  const personal::Wishes& wishes = *site.settings().own.wishes;
  const auto objection = wishes.standing(Wish::Kind::objection, found->id, 0);
  const auto erasure = wishes.standing(Wish::Kind::erasure, found->id, 0);
  if (!objection || !erasure) {
    return site.error(request, language, 500);
  }
  const Words& words = site.words(language);
  const std::string here = below(words, "/about-me/" + std::string(part));
  View body = view({{"label", title_of(*found->card, words)},
                    {"url", thing_address(words.code(), registry::Kind::person, found->id)},
                    {"correct_url", site.settings().upkeep.confirm == nullptr ? std::string() : here + "/card"},
                    {"object_action", here + "/object"},
                    {"erase_action", here + "/erase"},
                    {"sources", source_names(site, *found->card, words)},
                    {"contact", site.settings().contact}});
  const auto seen = site.registry().find(found->id, access::Viewer::visitor());
  body["shown"] = seen && seen->card ? shown_labels(*seen->card, words) : std::string();
  body["objected"] = *objection ? words.date((*objection)->made.substr(0, 10)) : std::string();
  body["erasing"] = *erasure ? words.date((*erasure)->due) : std::string();
  const std::string title = words.get("personal.about_me");
  return form_page(site, request, language, "about_me", title, std::move(body), {{title, {}}});
}

enum class Asked : uint8_t { objection, erasure };

http::Answer wish_by_letter(const Site& site, const Request& request, Language language, std::string_view part,
                            Asked asked) {
  const auto now = noticed(site, part);
  if (!now || !*now) {
    return site.error(request, language, now ? 404 : 500);
  }
  const personal::Wishes& wishes = *site.settings().own.wishes;
  const auto wished = [&]() -> Result<void> {
    if (asked == Asked::objection) {
      return wishes.object(**now, 0);
    }
    TRY(wishes.ask_erasure(**now, 0));
    return {};
  };
  return after(site, request, language, wished(), "/about-me/" + std::string(part));
}

Language spoken(const registry::Card& card) {
  static const registry::FieldId languages = registry::field(registry::Kind::person, "languages");
  const std::string_view first = card.text(languages);
  return first.starts_with("en") ? Language::english : Language::french;
}

}  // namespace

std::string about_me_path(const Site& site, Id card) {
  return "/about-me/" + signed_part(site, k_about_me, card.text());
}

namespace {

// nullopt: nothing of his is shown, or the address is not to be used.
Result<std::optional<mail::Letter>> notice_letter(const Site& site, const personal::Notices::Waiting& waiting) {
  TRY_ASSIGN(const auto whole, site.registry().find(waiting.card, access::Viewer::everything()));
  TRY_ASSIGN(const auto seen, site.registry().find(waiting.card, access::Viewer::visitor()));
  static const registry::FieldId k_email = registry::field(registry::Kind::person, "email");
  const registry::CardField* emails = whole.card ? whole.card->find(k_email) : nullptr;
  bool usable = false;
  for (const registry::CardValue& value : emails == nullptr ? std::vector<registry::CardValue>{} : emails->values) {
    usable = usable || (!value.hidden && access::email_address(value.value.text) == waiting.email);
  }
  if (!usable || !seen.card) {
    return std::optional<mail::Letter>{};
  }
  const Language language = spoken(*seen.card);
  const Words& words = site.words(language);
  return std::optional(letter_to(
      site, language, waiting.email,
      {"page_notice",
       "personal.letters.notice",
       {{"name", title_of(*seen.card, words)},
        {"shown", shown_labels(*seen.card, words)},
        {"sources", source_names(site, *seen.card, words)},
        {"page", site.settings().entry.address + thing_address(words.code(), registry::Kind::person, waiting.card)}},
       about_me_path(site, waiting.card)}));
}

}  // namespace

Result<std::optional<Id>> noticed(const Site& site, std::string_view part) {
  const auto text = proved(site, k_about_me, part);
  const auto id = text ? Id::parse(*text) : std::nullopt;
  return id ? site.registry().current(*id) : Result<std::optional<Id>>(std::nullopt);
}

Result<jobs::Change> write_notices(const Site& site, const jobs::Job& job) {
  const Own& own = site.settings().own;
  if (!own.notices_allowed) {
    return jobs::Change();  // the configuration has changed its mind: it ends here
  }
  TRY_ASSIGN(const personal::NoticeCount count, own.notices->count());
  const bool holds_back = job.body == "daily" && count.to_write > personal::k_noticed_unasked;
  std::vector<std::pair<personal::Notices::Waiting, std::optional<mail::Letter>>> piece;
  if (!holds_back) {
    TRY_ASSIGN(const auto waiting, own.notices->next(personal::k_noticed_together));
    for (const personal::Notices::Waiting& each : waiting) {
      TRY_ASSIGN(auto letter, notice_letter(site, each));
      piece.emplace_back(each, std::move(letter));
    }
  }
  return jobs::Change([&site, piece = std::move(piece)](store::Transaction& transaction) -> Result<void> {
    using More = personal::Notices::More;
    for (const auto& [each, letter] : piece) {
      if (letter) {
        TRY(site.settings().entry.outbox->post(transaction, *letter));
      }
      TRY(site.settings().own.notices->note(transaction, {each.card, letter ? each.email : std::string()}));
    }
    return site.settings().own.notices->go_on(transaction,
                                              piece.size() == personal::k_noticed_together ? More::yes : More::no);
  });
}

void add_by_letter(const Site& site, http::Router& router) {
  using http::Method;
  constexpr http::Right k_all = http::Right::everyone;
  add_room(site, router, Method::get, "/stop/{secret}", k_all,
           [&site](const Request& request, Language language, const Captures& parts) {
             return stop_page(site, request, language, parts[1], false);
           });
  add_room(site, router, Method::post, "/stop/{secret}", k_all,
           [&site](const Request& request, Language language, const Captures& parts) {
             return stop(site, request, language, parts[1]);
           });
  add_room(site, router, Method::get, "/about-me/{secret}", k_all,
           [&site](const Request& request, Language language, const Captures& parts) {
             return about_me(site, request, language, parts[1]);
           });
  add_room(site, router, Method::post, "/about-me/{secret}/object", k_all,
           [&site](const Request& request, Language language, const Captures& parts) {
             return wish_by_letter(site, request, language, parts[1], Asked::objection);
           });
  add_room(site, router, Method::post, "/about-me/{secret}/erase", k_all,
           [&site](const Request& request, Language language, const Captures& parts) {
             return wish_by_letter(site, request, language, parts[1], Asked::erasure);
           });
}

}  // namespace pitchblende::pages
