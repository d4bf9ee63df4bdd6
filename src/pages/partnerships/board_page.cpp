// The board of partnerships: a column for each stage, what needs renewal; the same as a file.
#include <algorithm>

#include "pages/address.hpp"
#include "pages/partnerships/partner_room.hpp"
#include "partnerships/publication.hpp"

namespace pitchblende::pages {

namespace {

using partnerships::Partnership;
using partnerships::Stage;

constexpr uint32_t k_most_told = 2000;  // that institutions' files tell of
constexpr size_t k_in_column = 6;

// On the board: one that is followed here, or, with number 0, one of the registry that a file tells of.
struct OnBoard : Partnership {
  std::string url;
  std::string kind = {};  // as its file calls it, where that is none of ours
};

std::vector<Id> parties_of(const std::vector<OnBoard>& all) {
  std::vector<Id> ids;
  for (const OnBoard& each : all) {
    ids.insert(ids.end(), each.draft.parties.begin(), each.draft.parties.end());
  }
  return ids;
}

std::string parties_words(const Partnership& partnership, const AskedNames& names) {
  std::string out;
  for (const Id id : partnership.draft.parties) {
    out += (out.empty() ? "" : ", ") + names.label(id);
  }
  return out;
}

// Those that are not public because they are published, but his to follow, or all.
Result<std::vector<OnBoard>> followed(const Site& site, const http::Request& request, const Words& words) {
  TRY_ASSIGN(const std::vector<Partnership> all, site.settings().partnering.partnerships->all());
  PartnerDesk desk(site.registry(), request.who());
  std::vector<OnBoard> out;
  for (const Partnership& each : all) {
    TRY_ASSIGN(auto seen, desk.seen(each));
    if (seen) {
      out.push_back({std::move(*seen), below(words, "/partnerships/" + std::to_string(each.id))});
    }
  }
  return out;
}

// What a card says, as if it had been followed here. Without a stage its dates say how it stands.
Result<OnBoard> told_by(const Site& site, const registry::Card& card, const access::Actor& actor, const Words& words) {
  const auto text = [&](std::string_view name) {
    return std::string(card.text(registry::field(registry::Kind::partnership, name)));
  };
  OnBoard out{{}, thing_address(words.code(), registry::Kind::partnership, card.id)};
  out.draft.title = card.label;
  const std::string type = text("type");
  const auto kind = partnerships::kind(type);
  out.draft.kind = kind.value_or(partnerships::Kind::other);
  out.kind = kind || type.empty() ? std::string() : words.of_code(type);
  out.draft.field = text("field");
  out.draft.starts = text("from");
  out.draft.ends = text("to");
  if (const std::string amount = text("amount"); !amount.empty()) {
    out.draft.amount = partnerships::amount_in(amount).value_or(std::nullopt);
  }
  const bool over = !out.draft.ends.empty() && out.draft.ends < actor.today.substr(0, out.draft.ends.size());
  out.stage = partnerships::stage(text("stage")).value_or(over ? Stage::ended : Stage::signed_);
  TRY_ASSIGN(const std::vector<registry::Link> links, site.registry().links_from(card.id, actor.viewer));
  for (const registry::Link& link : links) {
    if (link.field == "parties") {
      out.draft.parties.push_back(link.to);
    }
  }
  return out;
}

// Rule 8: what institutions' files tell of and nobody follows here.
Result<std::vector<OnBoard>> told(const Site& site, const http::Request& request, const Words& words) {
  search::Query query;
  query.filters = {{search::Facet::kind, {"partnership"}}};
  query.order = search::Order::newest;
  query.size = k_most_told;
  query.facet_size = 0;
  query.snippets = false;
  std::vector<Id> ids;
  for (const search::Hit& hit : site.index()->search(query, request.who().viewer).hits) {
    ids.push_back(hit.id);
  }
  TRY_ASSIGN(const auto whole, site.registry().cards(ids, access::Viewer::everything()));
  std::erase_if(ids, [&](Id id) {
    const auto card = std::ranges::find(whole, id, &registry::Card::id);
    return card == whole.end() || partnerships::number_of(*card) != 0;
  });
  TRY_ASSIGN(const auto cards, site.registry().cards(ids, request.who().viewer));
  std::vector<OnBoard> out;
  for (const registry::Card& card : cards) {
    TRY_ASSIGN(OnBoard one, told_by(site, card, request.who(), words));
    out.push_back(std::move(one));
  }
  return out;
}

Result<std::vector<OnBoard>> on_board(const Site& site, const http::Request& request, const Words& words) {
  TRY_ASSIGN(std::vector<OnBoard> out, followed(site, request, words));
  TRY_ASSIGN(std::vector<OnBoard> others, told(site, request, words));
  std::ranges::move(others, std::back_inserter(out));
  // Rule 8: whoever follows some has those here; what everybody may see besides is found as everybody finds it.
  PartnerDesk desk(site.registry(), request.who());
  std::vector<bool> his;
  for (const OnBoard& each : out) {
    TRY_ASSIGN(const bool follows, desk.follows(each));
    his.push_back(follows);
  }
  size_t at = 0;
  std::erase_if(out, [&](const OnBoard&) { return !his[at++]; });
  const std::string_view kind = request.parameter("kind");
  std::erase_if(out, [&](const OnBoard& each) { return !kind.empty() && partnerships::name(each.draft.kind) != kind; });
  return out;
}

std::string kind_words(const OnBoard& each, const Words& words) {
  return each.kind.empty() ? words.get("partnerships.kinds." + std::string(partnerships::name(each.draft.kind)))
                           : each.kind;
}

View card_view(const OnBoard& each, const AskedNames& names, const std::string& today, const Words& words) {
  return view({{"label", each.draft.title},
               {"url", each.url},
               {"parties", parties_words(each, names)},
               {"kind", kind_words(each, words)},
               {"period", words.period(each.draft.starts, each.draft.ends)},
               {"amount", amount_words(each, words)},
               {"told", each.id == 0 ? words.get("partnerships.told") : std::string()},
               {"due", due_words(each, today, words)}});
}

Views columns_of(const std::vector<OnBoard>& all, const AskedNames& names, const std::string& today,
                 const Words& words) {
  Views columns;
  for (const Stage stage : partnerships::k_stages) {
    Views cards;
    int64_t amount = 0;
    size_t count = 0;
    size_t told = 0;
    for (const OnBoard& each : all) {
      if (each.stage != stage) {
        continue;
      }
      ++count;
      amount += each.draft.amount.value_or(0);
      told += each.id == 0 ? 1 : 0;
      if (each.id != 0 || told <= k_in_column) {
        cards.push_back(card_view(each, names, today, words));
      }
    }
    View column = view({{"id", partnerships::name(stage)}, {"title", stage_words(stage, words)}});
    column["count"] = words.number(count);
    if (count > cards.size()) {
      column["more"] = words.count("more", count);
      column["more_url"] = "/" + std::string(words.code()) + "/partnership";
    }
    if (amount > 0) {
      column["sum"] = put_in(words.get("partnerships.euros"), "n", words.number(static_cast<uint64_t>(amount)));
    }
    column["empty"] = cards.empty();
    column["cards"] = std::move(cards);
    columns.push_back(std::move(column));
  }
  return columns;
}

Views renewals_of(std::vector<OnBoard> all, const AskedNames& names, const std::string& today, const Words& words) {
  std::erase_if(all, [&](const OnBoard& each) { return partnerships::due(each, today) == partnerships::Due::nothing; });
  std::sort(all.begin(), all.end(), [](const OnBoard& a, const OnBoard& b) {
    return std::tie(a.draft.ends, a.id, a.url) < std::tie(b.draft.ends, b.id, b.url);
  });
  Views out;
  for (const OnBoard& each : all) {
    out.push_back(card_view(each, names, today, words));
  }
  return out;
}

Result<http::Answer> board(const Site& site, const http::Request& request, Language language) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const std::vector<OnBoard> all, on_board(site, request, words));
  const AskedNames names(site, parties_of(all), words);
  const std::string& today = request.who().today;
  View body = view({{"csv_url", below(words, "/partnerships.csv")},
                    {"who_url", below(words, "/partner")},
                    {"action", below(words, "/partnerships")}});
  if (access::may(request.who(), access::Right::run_partnership, {})) {
    body["new_url"] = below(words, "/partnerships/new");
  }
  Views kinds;
  for (const partnerships::Kind each : partnerships::k_kinds) {
    const std::string name(partnerships::name(each));
    View one = view({{"value", name}, {"label", words.get("partnerships.kinds." + name)}});
    one["selected"] = request.parameter("kind") == name;
    kinds.push_back(std::move(one));
  }
  body["kinds"] = std::move(kinds);
  body["renewals"] = renewals_of(all, names, today, words);
  body["columns"] = columns_of(all, names, today, words);
  const std::string title = words.get("partnerships.board");
  return form_page(site, request, language, "board", title, std::move(body), {{title, {}}});
}

Result<http::Answer> file(const Site& site, const http::Request& request, Language language) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const std::vector<OnBoard> all, on_board(site, request, words));
  const AskedNames names(site, parties_of(all), words);
  Sheet sheet({{"number", "requests.columns.number"},
               {"title", "partnerships.title"},
               {"kind", "partnerships.kind"},
               {"stage", "partnerships.stage"},
               {"parties", "partnerships.parties"},
               {"field", "partnerships.field"},
               {"starts", "partnerships.starts"},
               {"ends", "partnerships.ends"},
               {"amount", "partnerships.amount"},
               {"due", "partnerships.renewal"}});
  for (const OnBoard& each : all) {
    sheet.add({{each.id == 0 ? std::string() : std::to_string(each.id)},
               {each.draft.title},
               {kind_words(each, words)},
               {stage_words(each.stage, words)},
               {parties_words(each, names)},
               {each.draft.field},
               {each.draft.starts},
               {each.draft.ends},
               {each.draft.amount ? std::to_string(*each.draft.amount) : ""},
               {due_words(each, request.who().today, words)}});
  }
  return sheet.csv_answer(words);
}

}  // namespace

void add_board(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Request;
  constexpr http::Right k_right = http::Right::follow_partnership;
  add_room(site, router, http::Method::get, "/partnerships", k_right,
           [&site](const Request& request, Language language, const Captures&) {
             auto answer = board(site, request, language);
             return answer ? std::move(*answer) : site.error(request, language, 500);
           });
  add_room(site, router, http::Method::get, "/partnerships.csv", k_right,
           [&site](const Request& request, Language language, const Captures&) {
             auto answer = file(site, request, language);
             return answer ? std::move(*answer) : site.error(request, language, 500);
           });
}

}  // namespace pitchblende::pages
