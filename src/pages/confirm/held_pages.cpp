// A card that somebody holds without a campaign's link: his own, one that his role covers, one whose notice of
// publication he got. Rule 25 of docs/rules/confirm.md.
#include "access/errors.hpp"
#include "confirm/errors.hpp"
#include "pages/address.hpp"
#include "pages/confirm/confirm_pages.hpp"
#include "pages/confirm/held_card.hpp"
#include "pages/personal/personal_pages.hpp"

namespace pitchblende::pages {

namespace {

using confirm::Door;
using http::Captures;
using http::Request;

// A card with who he is to its decisions.
struct Held {
  HeldCard card;
  confirm::Holder holder;
};
// Errors: CONFIRM_UNKNOWN: there is none; ACCESS_MAY_NOT.
using Find = std::function<Result<Held>(const Request&, const Words&, std::string_view which)>;

std::string address_in(const registry::Card& card) {
  return std::string(card.text(registry::field(registry::Kind::person, "email")));
}

Result<Held> own(const Site& site, const Request& request, const Words& words) {
  TRY_ASSIGN(const auto card, own_card(site, request.who()));
  if (!card) {
    return fail(confirm::errors::unknown, "card");
  }
  return Held{{card->id, owner_of(card->id), below(words, "/account/card"), "confirm.held.own",
               put_in(words.get("confirm.held.signed_in"), "email", request.who().email)},
              {Door::own, request.who().email}};
}

Result<Held> by_role(const Site& site, const Request& request, const Words& words, std::string_view which) {
  const auto id = Id::parse(which);
  TRY_ASSIGN(const auto now, id ? site.registry().current(*id) : Result<std::optional<Id>>(std::nullopt));
  if (!now) {
    return fail(confirm::errors::unknown, "card");
  }
  TRY_ASSIGN(const access::Object object, site.registry().object_for(*now, request.who().today));
  if (!access::may(request.who(), access::Right::workbook, object)) {
    return fail(access::errors::may_not);
  }
  return Held{{*now, request.who().viewer, below(words, "/cards/" + now->text()), "confirm.held.role",
               put_in(words.get("confirm.held.signed_in"), "email", request.who().email)},
              {Door::role, request.who().email}};
}

Result<Held> by_notice(const Site& site, const Words& words, std::string_view which) {
  TRY_ASSIGN(const auto now, noticed(site, which));
  TRY_ASSIGN(const registry::Found whole, now ? site.registry().find(*now, access::Viewer::everything())
                                              : Result<registry::Found>(registry::Found()));
  if (!whole.card || whole.card->kind != registry::Kind::person) {
    return fail(confirm::errors::unknown, "card");
  }
  const std::string email = address_in(*whole.card);
  return Held{{whole.id, owner_of(whole.id), below(words, "/about-me/" + std::string(which) + "/card"),
               "confirm.held.notice", put_in(words.get("confirm.link.holder"), "email", email)},
              {Door::notice, email.empty() ? whole.id.text() : email}};
}

confirm::Also audited(const Site& site, const Request& request, std::string_view verb, Id card) {
  if (!request.who().signed_in()) {
    return {};  // the log tells of accounts; the decision says who
  }
  access::Deed deed{request.who().account, std::string(verb), "card", static_cast<int64_t>(card.bits()), {}};
  return [&site, deed = std::move(deed)](store::Transaction& transaction) {
    return site.settings().entry.access->audit().record(transaction, deed);
  };
}

using Act = Result<http::Answer> (*)(const Site&, const Request&, Language, const Held&);

Result<http::Answer> look(const Site& site, const Request& request, Language language, const Held& held) {
  return held_page(site, request, language, held.card, {});
}

Result<http::Answer> say_right(const Site& site, const Request& request, Language, const Held& held) {
  const Id card = held.card.card;
  TRY(site.settings().upkeep.confirm->confirm_held(card, held.holder, audited(site, request, "confirm", card)));
  return redirect(303, held.card.here + "?done=confirmed");
}

Result<http::Answer> correct(const Site& site, const Request& request, Language language, const Held& held) {
  const Id card = held.card.card;
  return corrected(
      site, request, language, held.card,
      [&](const std::vector<confirm::Edit>& edits, const std::string& word) {
        return site.settings().upkeep.confirm->correct_held(card, held.holder, edits, word,
                                                            audited(site, request, "correct", card));
      },
      [&](const confirm::Plan& plan) {
        return held.card.here + "?done=" + (plan.judgements.empty() ? "remarked" : "corrected");
      });
}

http::Answer at_card(const Site& site, const Request& request, Language language, std::string_view which,
                     const Find& find, Act act) {
  const auto held = find(request, site.words(language), which);
  auto answer = held ? act(site, request, language, *held) : tl::unexpected(held.error());
  if (answer) {
    return std::move(*answer);
  }
  const int status = answer.error().kind().status;
  return status == 403 ? refused(site, request, language)
                       : site.error(request, language, status == 410 || status == 404 ? status : 500);
}

}  // namespace

std::string correction_address(const Site& site, const access::Actor& actor, const Words& words,
                               const registry::Card& card) {
  if (site.settings().upkeep.confirm == nullptr || !actor.signed_in() || !confirm::is_confirmed(card.kind)) {
    return {};
  }
  const auto mine = site.settings().own.personal != nullptr && card.kind == registry::Kind::person
                        ? site.settings().own.personal->card_of(actor, site.registry())
                        : Result<std::optional<Id>>(std::nullopt);
  if (mine && *mine == card.id) {
    return below(words, "/account/card");
  }
  if (!access::may_somewhere(actor, access::Right::workbook)) {
    return {};
  }
  const auto object = site.registry().object_for(card.id, actor.today);
  return object && access::may(actor, access::Right::workbook, *object) ? below(words, "/cards/" + card.id.text())
                                                                        : std::string();
}

void add_held(const Site& site, http::Router& router) {
  using http::Method;
  const auto add = [&](const std::string& path, http::Right right, const Find& find) {
    const auto act = [&](Method method, const std::string& below_it, Act what) {
      add_room(site, router, method, path + below_it, right,
               [&site, find, what](const Request& request, Language language, const Captures& parts) {
                 return at_card(site, request, language, parts.size() > 1 ? parts[1] : std::string_view(), find, what);
               });
    };
    act(Method::get, "", look);
    act(Method::post, "", say_right);
    act(Method::post, "/correct", correct);
  };
  add("/cards/{id}", http::Right::workbook,
      [&site](const Request& request, const Words& words, std::string_view which) {
        return by_role(site, request, words, which);
      });
  if (site.settings().own.personal == nullptr) {
    return;
  }
  add("/account/card", http::Right::have_account,
      [&site](const Request& request, const Words& words, std::string_view) { return own(site, request, words); });
  add("/about-me/{secret}/card", http::Right::everyone,
      [&site](const Request&, const Words& words, std::string_view which) { return by_notice(site, words, which); });
}

}  // namespace pitchblende::pages
