// For who protects people: whose card is whose, objections, erasures, notices of first publications.
#include "pages/address.hpp"
#include "pages/entry/letters.hpp"
#include "pages/people/people.hpp"
#include "pages/personal/personal_pages.hpp"
#include "pages/sheet.hpp"
#include "personal/errors.hpp"

namespace pitchblende::pages {

namespace {

using http::Captures;
using http::Request;
using personal::Claim;
using personal::Wish;

constexpr int64_t k_listed = 200;

// A card by its name, whether or not it has a page.
View named(const Site& site, Id id, const Words& words) {
  const auto found = site.registry().cards({id}, access::Viewer::everything());
  const bool there = found && !found->empty();
  View out = view({{"label", there ? found->front().label : id.text()}});
  if (there && found->front().page) {
    out["url"] = thing_address(words.code(), found->front().kind, id);
  }
  return out;
}

// "Ada Lo, Institut Curie (ada@curie.example)": claims are judged by the address too.
std::string whose(const Site& site, int64_t account, const Words& words) {
  const auto people = People::with_accounts(site, {account}, access::Viewer::visitor(), words);
  const PersonShown* found = people ? people->find(account) : nullptr;
  return found == nullptr ? std::string() : whole_name(*found);
}

// A card in a list: its name, with its page where it has one.
SheetCell card_cell(const Site& site, Id card, const Words& words) {
  SheetCell out;
  if (card != Id()) {
    const View shown = named(site, card, words);
    out.text = shown.at("label").as_string();
    out.url = shown.contains("url") ? std::string(shown.at("url").as_string()) : std::string();
  }
  return out;
}

Sheet claims_sheet(const Site& site, const std::vector<Claim>& claims, const Words& words) {
  Sheet sheet({{"claimed", "admin.people.list.of"},
               {"claimed_by", "admin.people.list.who"},
               {"claimed_at", "admin.people.list.at"},
               {"", "admin.people.confirm"},
               {"", "admin.people.refuse"}});
  for (const Claim& claim : claims) {
    const std::string here = below(words, "/admin/people/claims/" + std::to_string(claim.account));
    SheetCell card = card_cell(site, claim.card, words);
    const SheetCell confirm{words.get("admin.people.confirm"), {}, {}, {}, here + "/confirm", card.text};
    const SheetCell refuse{words.get("admin.people.refuse"), {}, {}, {}, here + "/refuse", card.text};
    sheet.add({std::move(card), {whose(site, claim.account, words)}, time_cell(claim.made, words), confirm, refuse});
  }
  return sheet;
}

// With a way to the form of each that waits.
Sheet wishes_sheet(const Site& site, const std::vector<Wish>& wishes, const Words& words, std::string_view today) {
  Sheet sheet({{"what", "admin.people.list.what"},
               {"of", "admin.people.list.of"},
               {"who", "admin.people.list.who"},
               {"at", "admin.people.list.at"},
               {"state", "admin.people.list.state"},
               {"due", "admin.people.list.due"},
               {"reason", "admin.people.list.reason"},
               {"", "admin.action"}});
  for (const Wish& wish : wishes) {
    const bool open = wish.state == Wish::State::open;
    sheet.add({{words.get("admin.people.kinds." + std::string(personal::name(wish.kind)))},
               card_cell(site, wish.card, words),
               {wish.account == 0 ? words.get("admin.people.by_letter") : whose(site, wish.account, words)},
               time_cell(wish.made, words),
               {words.get("admin.people.states." + std::string(personal::name(wish.state))),
                {},
                open && wish.due < today ? "warn" : "plain"},
               {open ? words.date(wish.due) : std::string(), {}, {}, wish.due},
               {wish.reason},
               open ? SheetCell{words.get("admin.people.answer"), "#wish-" + std::to_string(wish.id)} : SheetCell{}});
  }
  return sheet;
}

// Why a wish is refused, as it was typed: shown again when it cannot be taken.
struct Refusal {
  int64_t wish = 0;
  std::string reason = {};
};

// Those that wait, with the forms that answer them.
Views open_wishes(const Site& site, const std::vector<Wish>& wishes, const Words& words, const Refusal& typed) {
  Views out;
  for (const Wish& wish : wishes) {
    if (wish.state != Wish::State::open) {
      continue;
    }
    View each = wish.card == Id() ? View() : named(site, wish.card, words);
    const std::string here = below(words, "/admin/people/wishes/" + std::to_string(wish.id));
    each["kind"] = words.get("admin.people.kinds." + std::string(personal::name(wish.kind)));
    each["email"] = wish.account == 0 ? words.get("admin.people.by_letter") : whose(site, wish.account, words);
    each["due"] = words.date(wish.due);
    each["number"] = std::to_string(wish.id);
    each["typed"] = wish.id == typed.wish ? typed.reason : std::string();
    if (wish.kind == Wish::Kind::erasure) {
      each["erase_action"] = here + "/erase";
      each["refuse_action"] = here + "/refuse";
    } else {
      each["object_action"] = here + "/object";
    }
    out.push_back(std::move(each));
  }
  return out;
}

// The same as a file: what asks for an answer, and what was answered.
Result<Sheet> people_sheet(const Site& site, const Words& words) {
  const Own& own = site.settings().own;
  TRY_ASSIGN(const auto claims, own.personal->claims());
  TRY_ASSIGN(const auto wishes, own.wishes->all(k_listed * 10));
  Sheet sheet({{"what", "admin.people.list.what"},
               {"of", "admin.people.list.of"},
               {"who", "admin.people.list.who"},
               {"at", "admin.people.list.at"},
               {"state", "admin.people.list.state"},
               {"due", "admin.people.list.due"},
               {"reason", "admin.people.list.reason"}});
  const auto label = [&](Id card) { return std::string(named(site, card, words).at("label").as_string()); };
  for (const Claim& claim : claims) {
    sheet.add({{words.get("admin.people.claims")},
               {label(claim.card)},
               {whose(site, claim.account, words)},
               time_cell(claim.made, words),
               {},
               {},
               {}});
  }
  for (const Wish& wish : wishes) {
    sheet.add({{words.get("admin.people.kinds." + std::string(personal::name(wish.kind)))},
               {wish.card == Id() ? std::string() : label(wish.card)},
               {wish.account == 0 ? words.get("admin.people.by_letter") : whose(site, wish.account, words)},
               time_cell(wish.made, words),
               {words.get("admin.people.states." + std::string(personal::name(wish.state)))},
               {wish.due},
               {wish.reason}});
  }
  return sheet;
}

// Two lists of one page, each sorted by words of its own.
void put_sheet(std::string_view name, Sheet sheet, const Request& request, const Words& words, View& body) {
  sheet.sort(request.parameter("sort"));
  if (sheet.size() > 0) {
    const std::string caption = words.get("admin.people." + std::string(name));
    body[name] = View{{"sheet", sheet.view(below(words, "/admin/people"), caption, words)}};
  }
}

Result<View> people_view(const Site& site, const Request& request, const Words& words, const Refusal& typed) {
  const Own& own = site.settings().own;
  View body;
  TRY_ASSIGN(const auto claims, own.personal->claims());
  TRY_ASSIGN(const auto wishes, own.wishes->all(k_listed));
  TRY_ASSIGN(const personal::NoticeCount count, own.notices->count());
  put_sheet("claims", claims_sheet(site, claims, words), request, words, body);
  put_sheet("wishes", wishes_sheet(site, wishes, words, request.who().today), request, words, body);
  body["csv_url"] = below(words, "/admin/people.csv");
  body["open"] = open_wishes(site, wishes, words, typed);
  View notices = view({{"to_write", words.count("admin.people.to_write", static_cast<uint64_t>(count.to_write))},
                       {"no_address", words.count("admin.people.no_address", static_cast<uint64_t>(count.no_address))},
                       {"told", words.count("admin.people.told", static_cast<uint64_t>(count.told))},
                       {"action", below(words, "/admin/people/notices")}});
  notices["allowed"] = own.notices_allowed;
  notices["begun"] = count.begun;
  notices["can_begin"] = own.notices_allowed && count.to_write > 0;
  body["notices"] = std::move(notices);
  return body;
}

http::Answer people_page(const Site& site, const Request& request, Language language,
                         const std::optional<Error>& problem = {}, std::string_view done = {},
                         const Refusal& typed = {}) {
  const Words& words = site.words(language);
  auto body = people_view(site, request, words, typed);
  if (!body) {
    return site.error(request, language, 500);
  }
  if (problem) {
    (*body)["problem"] = message_alone(*problem, words);
  }
  const std::string key = done == "erased" ? "admin.people.erased" : "admin.people.done." + std::string(done);
  (*body)["done"] = words.has(key) && !done.empty() ? words.get(key) : std::string();
  const std::string title = words.get("admin.people.title");
  http::Answer answer = form_page(site, request, language, "people", title, std::move(*body),
                                  {{words.get("account.title"), below(words, "/account")}, {title, {}}});
  answer.status = problem ? problem->kind().status : answer.status;
  return answer;
}

// Whoever claimed is told, in the transaction of the answer.
http::Answer judge(const Site& site, const Request& request, Language language, int64_t account, Claim::State state) {
  const Own& own = site.settings().own;
  const auto holders = own.contacts->of({account});
  const std::string verb = state == Claim::State::confirmed ? "confirm_claim" : "refuse_claim";
  const auto done = site.settings().entry.access->do_audited(
      {request.who().account, verb, "account", account, {}}, [&](store::Transaction& transaction) -> Result<void> {
        TRY(own.personal->judge(transaction, account, state, request.who().account));
        if (!holders || holders->empty()) {
          return {};
        }
        const access::Holder& to = holders->begin()->second;
        const Language spoken = to.language == "fr" ? Language::french : Language::english;
        const bool yes = state == Claim::State::confirmed;
        return site.settings().entry.outbox->post(
            transaction, letter_to(site, spoken, to.email,
                                   {"claim",
                                    yes ? "personal.letters.claim_confirmed" : "personal.letters.claim_refused",
                                    {},
                                    "/account"}));
      });
  if (done && site.settings().entry.posted) {
    site.settings().entry.posted();
  }
  return done ? after(site, request, language, done,
                      state == Claim::State::confirmed ? "/admin/people?done=confirmed" : "/admin/people?done=refused")
              : people_page(site, request, language, done.error());
}

Result<std::optional<Wish>> open_wish(const Site& site, int64_t number) {
  TRY_ASSIGN(const auto all, site.settings().own.wishes->all(k_listed * 10));
  for (const Wish& wish : all) {
    if (wish.id == number && wish.state == Wish::State::open) {
      return std::optional(wish);
    }
  }
  return std::optional<Wish>{};
}

enum class Done : uint8_t { erase, refuse, object };

http::Answer fulfil(const Site& site, const Request& request, Language language, int64_t number, Done what) {
  const auto form = http::read_form(request);
  const auto wish = open_wish(site, number);
  if (!form || !wish) {
    return site.error(request, language, 500);
  }
  if (!*wish) {
    return people_page(site, request, language, Error(personal::errors::unknown));
  }
  const personal::Wishes& wishes = *site.settings().own.wishes;
  const int64_t by = request.who().account;
  const auto act = [&]() -> Result<void> {
    if (what == Done::refuse) {
      return wishes.refuse(number, by, std::string(form->value("reason")));
    }
    if (what == Done::object) {
      return wishes.object((*wish)->card, (*wish)->account);
    }
    // A box to tick: nobody erases by a slip.
    if (form->value("sure") != "yes") {
      return fail(personal::errors::not_sure);
    }
    TRY(wishes.erase({(*wish)->card, (*wish)->account}, by, {}));
    return {};
  };
  const Result<void> done = act();
  const std::string_view word = what == Done::erase ? "erased" : what == Done::refuse ? "wish_refused" : "objected";
  return done ? after(site, request, language, done, "/admin/people?done=" + std::string(word))
              : people_page(site, request, language, done.error(), {}, {number, std::string(form->value("reason"))});
}

http::Answer begin_notices(const Site& site, const Request& request, Language language) {
  const Own& own = site.settings().own;
  const Result<void> done = !own.notices_allowed
                                ? Result<void>(fail(personal::errors::no_notices))
                                : site.settings().entry.access->do_audited(
                                      {request.who().account, "begin_notices", "notices", 0, {}},
                                      [&](store::Transaction& transaction) { return own.notices->begin(transaction); });
  if (done && site.settings().work_posted) {
    site.settings().work_posted();
  }
  return done ? after(site, request, language, done, "/admin/people?done=notices")
              : people_page(site, request, language, done.error());
}

}  // namespace

void add_people_care(const Site& site, http::Router& router) {
  using http::Method;
  constexpr http::Right k_right = http::Right::protect_people;
  add_room(site, router, Method::get, "/admin/people.csv", k_right,
           [&site](const Request& request, Language language, const Captures&) {
             const Words& words = site.words(language);
             const auto sheet = people_sheet(site, words);
             return sheet ? sheet->csv_answer(words) : site.error(request, language, 500);
           });
  add_room(site, router, Method::get, "/admin/people", k_right,
           [&site](const Request& request, Language language, const Captures&) {
             return people_page(site, request, language, {}, request.parameter("done"));
           });
  for (const auto& [path, state] : {std::pair{"confirm", Claim::State::confirmed}, {"refuse", Claim::State::refused}}) {
    add_room(site, router, Method::post, "/admin/people/claims/{id}/" + std::string(path), k_right,
             [&site, state](const Request& request, Language language, const Captures& parts) {
               return judge(site, request, language, number_of(parts[1]), state);
             });
  }
  for (const auto& [path, what] :
       {std::pair{"erase", Done::erase}, {"refuse", Done::refuse}, {"object", Done::object}}) {
    add_room(site, router, Method::post, "/admin/people/wishes/{id}/" + std::string(path), k_right,
             [&site, what](const Request& request, Language language, const Captures& parts) {
               return fulfil(site, request, language, number_of(parts[1]), what);
             });
  }
  add_room(site, router, Method::post, "/admin/people/notices", k_right,
           [&site](const Request& request, Language language, const Captures&) {
             return begin_notices(site, request, language);
           });
}

}  // namespace pitchblende::pages
