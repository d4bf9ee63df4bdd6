// My page: what is his, what waits for him, what he keeps.
#include <algorithm>
#include <charconv>

#include "pages/address.hpp"
#include "pages/personal/personal_pages.hpp"
#include "pages/things/thing_facts.hpp"
#include "personal/personal_rules.hpp"

namespace pitchblende::pages {

namespace {

using personal::Shelf;
using registry::Kind;

constexpr size_t k_shown_favourites = 24;
constexpr size_t k_shown_values = 3;

// What the world sees, field by field: the first values of each.
Views shown_of(const registry::Card& seen, const Words& words) {
  Views out;
  for (const registry::CardField& field : seen.fields) {
    const auto& described = registry::description(field.field);
    if (described.type == registry::FieldType::link || described.name == "local_id") {
      continue;
    }
    std::string text;
    size_t count = 0;
    for (const registry::CardValue& value : field.values) {
      if (!value.lost && !value.hidden && ++count <= k_shown_values) {
        text += (text.empty() ? "" : " · ") + words.of_word(value.value.text);
      }
    }
    if (count > 0) {
      out.push_back(view({{"label", words.label(field.field)}, {"text", text + (count > k_shown_values ? " …" : "")}}));
    }
  }
  return out;
}

Views missing_of(const registry::Card& card, const Words& words) {
  Views out;
  for (const personal::Missing& missing : personal::missing_on(card)) {
    std::string label = words.label(missing.field);
    if (!missing.language.empty()) {
      label += " (" + words.language(missing.language) + ")";
    }
    out.push_back(view({{"label", label}}));
  }
  return out;
}

// Teams and organisations of his positions, then what his roles are for.
Result<Views> teams_of(const Site& site, const std::optional<registry::Card>& card, const access::Actor& actor,
                       const Words& words) {
  Views out;
  std::vector<Id> seen;
  const auto add = [&](Id id, Kind kind, const std::string& label, const std::string& note) {
    if (std::find(seen.begin(), seen.end(), id) == seen.end()) {
      seen.push_back(id);
      out.push_back(view({{"label", label},
                          {"url", thing_address(words.code(), kind, id)},
                          {"kind", words.kind(kind)},
                          {"note", note}}));
    }
  };
  TRY_ASSIGN(const auto links,
             card ? site.registry().links_from(card->id, actor.viewer) : Result<std::vector<registry::Link>>());
  for (const registry::Link& link : links) {
    if (link.to_kind == Kind::team || link.to_kind == Kind::organisation || link.to_kind == Kind::group) {
      TRY_ASSIGN(const registry::Found found, site.registry().find(link.to, actor.viewer));
      add(link.to, link.to_kind, found.card ? title_of(*found.card, words) : link.to_label,
          words.period(link.since, link.until));
    }
  }
  for (const access::Grant& grant : actor.grants) {
    if (grant.object == Id() || !access::in_force(grant, actor.today)) {
      continue;
    }
    TRY_ASSIGN(const registry::Found found, site.registry().find(grant.object, actor.viewer));
    if (found.card) {
      add(found.id, found.card->kind, title_of(*found.card, words),
          words.get("roles." + std::string(access::name(grant.role))));
    }
  }
  return out;
}

Result<void> put_card(const Site& site, const access::Actor& actor, const std::optional<registry::Card>& whole,
                      const Shelf& shelf, const Words& words, View& body) {
  const bool waits = shelf.claim && shelf.claim->state == personal::Claim::State::asked;
  const bool refused = shelf.claim && shelf.claim->state == personal::Claim::State::refused;
  if (!whole) {
    View none{{"waits", waits}, {"refused", refused}};
    none["action"] = below(words, "/account/claim");
    if (waits) {
      none["claimed"] = thing_links(site, {shelf.claim->card}, actor.viewer, words);
    }
    body["no_card"] = std::move(none);
    return {};
  }
  TRY_ASSIGN(const auto found, site.registry().find(whole->id, access::Viewer::visitor()));
  View card = view({{"label", title_of(*whole, words)}, {"url", thing_address(words.code(), Kind::person, whole->id)}});
  card["public"] = found.card.has_value();
  if (found.card) {
    card["shown"] = shown_of(*found.card, words);
    card["has_shown"] = true;
  }
  TRY_ASSIGN(const auto objection, site.settings().own.wishes->standing(personal::Wish::Kind::objection, whole->id, 0));
  card["objected"] = objection.has_value();
  Views missing = missing_of(found.card ? *found.card : *whole, words);
  const size_t wanted = personal::wanted_of(Kind::person);
  card["there"] = words.number(wanted - missing.size());
  card["wanted"] = words.number(wanted);
  card["is_good"] = missing.empty();
  card["missing"] = std::move(missing);
  const bool open = site.settings().upkeep.confirm != nullptr && whole->visibility != access::Visibility::nobody;
  card["correct_url"] = open ? below(words, "/account/card") : std::string();
  body["card"] = std::move(card);
  return {};
}

Result<Views> rooms_of(const Site& site, const access::Looking& looking, const Words& words) {
  Views out;
  for (const access::RoomSource& source : site.settings().own.rooms) {
    TRY_ASSIGN(const std::vector<access::RoomLine> lines, source(looking));
    for (const access::RoomLine& line : lines) {
      const std::string label = words.count(line.word, static_cast<uint64_t>(line.count));
      out.push_back(view({{"label", put_in(label, "what", line.what)}, {"url", below(words, line.path)}}));
    }
  }
  return out;
}

Views links_of(const Shelf& shelf, const Words& words) {
  Views out;
  for (const personal::QuickLink& link : shelf.links) {
    View each = view({{"label", link.label},
                      {"url", link.address},
                      {"action", below(words, "/account/links/" + std::to_string(link.id) + "/remove")}});
    each["out"] = !link.address.starts_with('/');
    out.push_back(std::move(each));
  }
  return out;
}

Views searches_of(const Shelf& shelf, const Words& words) {
  Views out;
  for (const personal::SavedSearch& search : shelf.searches) {
    const std::string here = below(words, "/account/searches/" + std::to_string(search.id));
    out.push_back(view({{"label", search.name},
                        {"url", below(words, search.address)},
                        {"every", words.get("personal.every." + std::string(personal::name(search.every)))},
                        {"edit_url", here},
                        {"action", here + "/remove"}}));
  }
  return out;
}

}  // namespace

int64_t number_of(std::string_view text) {
  int64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

std::string signed_part(const Site& site, std::string_view purpose, const std::string& of) {
  return of + "-" + personal::proof(purpose, of, site.settings().own.key);
}

std::optional<std::string> proved(const Site& site, std::string_view purpose, std::string_view part) {
  const size_t dash = part.find('-');
  if (dash > 20 ||  // npos too
      signed_part(site, purpose, std::string(part.substr(0, dash))) != part) {
    return std::nullopt;
  }
  return std::string(part.substr(0, dash));
}

Result<std::optional<registry::Card>> own_card(const Site& site, const access::Actor& actor) {
  TRY_ASSIGN(const auto id, site.settings().own.personal->card_of(actor, site.registry()));
  if (!id) {
    return std::optional<registry::Card>{};
  }
  TRY_ASSIGN(auto found, site.registry().find(*id, access::Viewer::everything()));
  return std::move(found.card);
}

Views thing_links(const Site& site, const std::vector<Id>& things, const access::Viewer& viewer, const Words& words) {
  Views out;
  for (const search::Hit& hit : site.index()->known(things, viewer)) {
    out.push_back(view({{"label", search::title_in(hit.title, words.code())},
                        {"kind", words.kind(hit.kind)},
                        {"note", search::title_in(hit.note, words.code())},
                        {"url", thing_address(words.code(), hit.kind, hit.id)},
                        {"star_action", below(words, "/favourites/" + hit.id.text())}}));
  }
  return out;
}

Result<void> put_own(const Site& site, const access::Actor& actor, const Words& words, View& body) {
  TRY_ASSIGN(const Shelf shelf, site.settings().own.personal->shelf(actor.account));
  body["is_own"] = true;
  TRY_ASSIGN(const auto card, own_card(site, actor));
  TRY(put_card(site, actor, card, shelf, words, body));
  TRY_ASSIGN(body["teams"], teams_of(site, card, actor, words));
  TRY_ASSIGN(body["lines"], rooms_of(site, {actor, card ? card->id : Id(), words.language()}, words));
  std::vector<Id> favourites = shelf.favourites;
  body["more_favourites"] = favourites.size() > k_shown_favourites;
  body["favourites_url"] = below(words, "/account/favourites");
  favourites.resize(std::min(favourites.size(), k_shown_favourites));
  body["favourites"] = thing_links(site, favourites, actor.viewer, words);
  body["seen"] = thing_links(site, shelf.seen, actor.viewer, words);
  body["remembers"] = shelf.remembers;
  body["links"] = links_of(shelf, words);
  body["links_action"] = below(words, "/account/links");
  body["searches"] = searches_of(shelf, words);
  body["settings_url"] = below(words, "/account/settings");
  body["data_url"] = below(words, "/account/data");
  return {};
}

access::TaskSource personal_tasks(const personal::Personal& personal, const personal::Wishes& wishes) {
  return [&personal, &wishes](const access::Actor& actor) -> Result<std::vector<access::Task>> {
    std::vector<access::Task> out;
    if (!access::may_somewhere(actor, access::Right::protect_people)) {
      return out;
    }
    TRY_ASSIGN(const auto claims, personal.claims());
    if (!claims.empty()) {
      out.push_back({"tasks.claims_to_judge", static_cast<int64_t>(claims.size()), "/admin/people", {}});
    }
    TRY_ASSIGN(const int64_t waiting, wishes.waiting());
    if (waiting > 0) {
      TRY_ASSIGN(const auto all, wishes.all(1));
      out.push_back(
          {"tasks.wishes_to_fulfil", waiting, "/admin/people", all.empty() ? std::string() : all.front().due});
    }
    return out;
  };
}

void add_personal(const Site& site, http::Router& router) {
  add_keeping(site, router);
  add_searches(site, router);
  add_settings(site, router);
  add_own_data(site, router);
  add_by_letter(site, router);
  add_people_care(site, router);
}

void add_personal_work(const Site& site, jobs::Jobs& jobs) {
  jobs.on(std::string(personal::k_search_job), [&site](const jobs::Job& job) { return write_news(site, job); });
  jobs.on(std::string(personal::k_notice_job), [&site](const jobs::Job& job) { return write_notices(site, job); });
}

http::Answer after(const Site& site, const http::Request& request, Language language, const Result<void>& done,
                   std::string_view path) {
  if (done) {
    return redirect(303, below(site.words(language), path));
  }
  const int status = done.error().kind().status;
  return site.error(request, language, status == 404 ? 404 : 500);
}

}  // namespace pitchblende::pages
