// The board of partnerships: a column for each stage, what needs renewal; the same as a file.
#include <algorithm>
#include <map>

#include "pages/address.hpp"
#include "pages/partnerships/board.hpp"

namespace pitchblende::pages {

namespace {

using partnerships::Stage;

constexpr size_t k_in_column = 6;  // that institutions' files tell of

std::vector<Id> parties_of(const std::vector<OnBoard>& all) {
  std::vector<Id> ids;
  for (const OnBoard& each : all) {
    ids.insert(ids.end(), each.draft.parties.begin(), each.draft.parties.end());
  }
  return ids;
}

std::string parties_words(const OnBoard& each, const AskedNames& names) {
  std::string out;
  for (const Id id : each.draft.parties) {
    out += (out.empty() ? "" : ", ") + names.label(id);
  }
  for (const std::string& name : each.draft.named) {
    out += (out.empty() ? "" : ", ") + name;
  }
  return out;
}

// With the kind that was chosen, and each that there is to choose.
struct Shown {
  std::vector<OnBoard> all;
  Views kinds;
};

Views kinds_of(const std::vector<OnBoard>& all, std::string_view chosen, const Words& words) {
  std::vector<std::pair<std::string, std::string>> kinds;  // value, label
  for (const partnerships::Kind each : partnerships::k_kinds) {
    const std::string name(partnerships::name(each));
    kinds.emplace_back(name, words.of_code(name));
  }
  std::map<std::string, std::string> others;  // as files call them
  for (const OnBoard& each : all) {
    if (!each.type.empty()) {
      others.emplace(kind_value(each), each.type);
    }
  }
  kinds.insert(kinds.end() - 1, others.begin(), others.end());
  Views out;
  for (const auto& [value, label] : kinds) {
    View one = view({{"value", value}, {"label", label}});
    one["selected"] = chosen == value;
    out.push_back(std::move(one));
  }
  return out;
}

Result<Shown> shown_on(const Site& site, const http::Request& request, const Words& words) {
  const auto index = site.index();
  Shown out;
  TRY_ASSIGN(out.all, on_board({site.registry(), *index, *site.settings().partnering.partnerships, request.who()}));
  const std::string_view kind = request.parameter("kind");
  out.kinds = kinds_of(out.all, kind, words);
  std::erase_if(out.all, [&](const OnBoard& each) { return !kind.empty() && kind_value(each) != kind; });
  return out;
}

View card_view(const OnBoard& each, const AskedNames& names, const std::string& today, const Words& words) {
  return view({{"label", each.draft.title},
               {"url", each.id != 0 ? below(words, "/partnerships/" + std::to_string(each.id))
                                    : thing_address(words.code(), registry::Kind::partnership, each.card)},
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
      column["sum"] = words.euros(amount);
    }
    column["empty"] = cards.empty();
    column["cards"] = std::move(cards);
    columns.push_back(std::move(column));
  }
  return columns;
}

// What a file tells of is renewed, or closed, by who takes it over.
Views renewals_of(const std::vector<OnBoard>& all, const AskedNames& names, const access::Actor& actor,
                  const Words& words) {
  const bool runs = access::may(actor, access::Right::run_partnership, {});
  Views out;
  for (const OnBoard& each : to_renew(all, actor.today)) {
    View one = card_view(each, names, actor.today, words);
    if (each.id == 0 && runs) {
      one["take_url"] = below(words, "/partnerships/new?card=" + each.card.text());
    }
    out.push_back(std::move(one));
  }
  return out;
}

Result<http::Answer> board(const Site& site, const http::Request& request, Language language) {
  const Words& words = site.words(language);
  TRY_ASSIGN(Shown shown, shown_on(site, request, words));
  const AskedNames names(site, parties_of(shown.all), words);
  View body = view({{"csv_url", with_parameters(request, below(words, "/partnerships.csv"), {"kind"})},
                    {"who_url", below(words, "/partner")},
                    {"action", below(words, "/partnerships")}});
  if (access::may(request.who(), access::Right::run_partnership, {})) {
    body["new_url"] = below(words, "/partnerships/new");
  }
  body["kinds"] = std::move(shown.kinds);
  body["renewals"] = renewals_of(shown.all, names, request.who(), words);
  body["columns"] = columns_of(shown.all, names, request.who().today, words);
  const std::string title = words.get("partnerships.board");
  return form_page(site, request, language, "board", title, std::move(body), {{title, {}}});
}

Result<http::Answer> file(const Site& site, const http::Request& request, Language language) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const Shown shown, shown_on(site, request, words));
  const AskedNames names(site, parties_of(shown.all), words);
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
  for (const OnBoard& each : shown.all) {
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
