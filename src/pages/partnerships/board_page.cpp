// The board of partnerships: a column for each stage, what needs renewal; the same as a file.
#include <algorithm>

#include "pages/address.hpp"
#include "pages/partnerships/partner_room.hpp"

namespace pitchblende::pages {

namespace {

using partnerships::Partnership;
using partnerships::Stage;

std::string address_of(const Partnership& partnership, const Words& words) {
  return below(words, "/partnerships/" + std::to_string(partnership.id));
}

std::vector<Id> parties_of(const std::vector<Partnership>& all) {
  std::vector<Id> ids;
  for (const Partnership& each : all) {
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
Result<std::vector<Partnership>> followed(const Site& site, const http::Request& request) {
  TRY_ASSIGN(const std::vector<Partnership> all, site.settings().partnering.partnerships->all());
  PartnerDesk desk(site.registry(), request.who());
  const std::string_view kind = request.parameter("kind");
  std::vector<Partnership> out;
  for (const Partnership& each : all) {
    TRY_ASSIGN(auto seen, desk.seen(each));
    if (seen && (kind.empty() || partnerships::name(seen->draft.kind) == kind)) {
      out.push_back(std::move(*seen));
    }
  }
  return out;
}

View card_view(const Partnership& each, const AskedNames& names, const std::string& today, const Words& words) {
  return view({{"label", each.draft.title},
               {"url", address_of(each, words)},
               {"parties", parties_words(each, names)},
               {"kind", words.get("partnerships.kinds." + std::string(partnerships::name(each.draft.kind)))},
               {"period", words.period(each.draft.starts, each.draft.ends)},
               {"amount", amount_words(each, words)},
               {"due", due_words(each, today, words)}});
}

Views columns_of(const std::vector<Partnership>& all, const AskedNames& names, const std::string& today,
                 const Words& words) {
  Views columns;
  for (const Stage stage : partnerships::k_stages) {
    Views cards;
    int64_t amount = 0;
    for (const Partnership& each : all) {
      if (each.stage == stage) {
        cards.push_back(card_view(each, names, today, words));
        amount += each.draft.amount.value_or(0);
      }
    }
    View column = view({{"id", partnerships::name(stage)}, {"title", stage_words(stage, words)}});
    column["count"] = words.number(cards.size());
    if (amount > 0) {
      column["sum"] = put_in(words.get("partnerships.euros"), "n", words.number(static_cast<uint64_t>(amount)));
    }
    column["empty"] = cards.empty();
    column["cards"] = std::move(cards);
    columns.push_back(std::move(column));
  }
  return columns;
}

Views renewals_of(std::vector<Partnership> all, const AskedNames& names, const std::string& today, const Words& words) {
  std::erase_if(all,
                [&](const Partnership& each) { return partnerships::due(each, today) == partnerships::Due::nothing; });
  std::sort(all.begin(), all.end(), [](const Partnership& a, const Partnership& b) {
    return std::tie(a.draft.ends, a.id) < std::tie(b.draft.ends, b.id);
  });
  Views out;
  for (const Partnership& each : all) {
    out.push_back(card_view(each, names, today, words));
  }
  return out;
}

Result<http::Answer> board(const Site& site, const http::Request& request, Language language) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const std::vector<Partnership> all, followed(site, request));
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
  TRY_ASSIGN(const std::vector<Partnership> all, followed(site, request));
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
  for (const Partnership& each : all) {
    sheet.add({{std::to_string(each.id)},
               {each.draft.title},
               {words.get("partnerships.kinds." + std::string(partnerships::name(each.draft.kind)))},
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
