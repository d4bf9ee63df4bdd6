// What curators and those who hold cards decided, one below the other: sorted, taken along, undone.
#include <algorithm>
#include <map>
#include <set>

#include "pages/address.hpp"
#include "pages/administration/administration.hpp"
#include "pages/confirm/card_form.hpp"
#include "pages/confirm/typed_thing.hpp"
#include "pages/curation/curation_pages.hpp"
#include "pool/pool.hpp"

namespace pitchblende::pages {

namespace {

constexpr int64_t k_rows = 100;
constexpr int64_t k_rows_of_a_file = 100'000;

// What things are called, those with a card apart: curators work on these.
struct Labels {
  std::map<Id, std::string> names;
  std::set<Id> cards;
};

Result<Labels> labels_of(const Site& site, const std::vector<registry::DecidedThing>& decided,
                         const std::vector<confirm::Word>& said) {
  Labels out;
  std::vector<Id> ids;
  for (const registry::DecidedThing& each : decided) {
    ids.push_back(each.thing.value_or(Id()));
    ids.push_back(each.other.value_or(Id()));
  }
  for (const confirm::Word& each : said) {
    ids.push_back(each.card);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  TRY_ASSIGN(const auto cards, site.registry().cards(ids, access::Viewer::everything()));
  for (const registry::Card& card : cards) {
    out.cards.insert(card.id);
  }
  TRY_ASSIGN(out.names, pool::names_of(*site.settings().upkeep.store, ids));
  return out;
}

std::string name_in(const Labels& labels, Id thing) {
  const auto known = labels.names.find(thing);
  return known == labels.names.end() ? thing.text() : known->second;
}

// What nothing names any more is named by its id.
SheetCell thing_cell(Id thing, const std::optional<Id>& other, const Labels& labels, const Words& words) {
  SheetCell out{thing == Id() ? std::string() : name_in(labels, thing)};
  out.text += other ? (out.text.empty() ? "" : " – ") + name_in(labels, *other) : "";
  out.url = labels.cards.contains(thing) ? below(words, "/curation/things/" + thing.text()) : std::string();
  return out;
}

std::vector<SheetCell> row_of(const registry::DecidedThing& each, const Labels& labels, const People& people,
                              const Words& words) {
  const registry::Decided& decided = each.decided;
  const std::string number = std::to_string(decided.number);
  const auto field = registry::find_field(each.kind, decided.field);
  return {{number, {}, {}, ordered(decided.number)},
          time_cell(decided.made, words),
          person_cell(people.at(decided.who)),
          {decided_words(decided, words)},
          thing_cell(each.thing.value_or(Id()), each.other, labels, words),
          {field ? words.label(*field) : decided.field},
          {field ? value_words(*field, decided.value, {}, words) : decided.value.text},
          {reason_words(decided.why, words)},
          {decided.stands || decided.verdict == "undo" ? std::string() : words.get("curation.undone")},
          decided.stands ? SheetCell{words.get("curation.undo"),
                                     {},
                                     {},
                                     {},
                                     below(words, "/curation/decisions/" + number + "/undo"),
                                     number}
                         : SheetCell{}};
}

Result<Listing> decisions_listing(const Site& site, const http::Request& request, const Words& words, Rows rows) {
  const int64_t before = rows == Rows::all ? 0 : typed_number(request.parameter("before"), 0);
  const int64_t count = rows == Rows::page ? k_rows : k_rows_of_a_file;
  TRY_ASSIGN(const auto decided, registry::decisions(*site.settings().upkeep.store, before, count));
  // Words that came alone decide nothing and have no number: they stand on the first page.
  TRY_ASSIGN(const auto said, before == 0 ? site.settings().upkeep.confirm->words_alone({}, count)
                                          : Result<std::vector<confirm::Word>>());
  TRY_ASSIGN(const Labels labels, labels_of(site, decided, said));
  std::vector<registry::Decided> made;
  for (const registry::DecidedThing& each : decided) {
    made.push_back(each.decided);
  }
  TRY_ASSIGN(const People people, deciders(site, request.who(), made, said, words));
  Sheet sheet({{"number", "admin.decisions.number"},
               {"at", "admin.decisions.at"},
               {"who", "admin.decisions.who"},
               {"what", "admin.decisions.what"},
               {"thing", "admin.decisions.thing"},
               {"field", "curation.columns.field"},
               {"value", "curation.columns.value"},
               {"why", "curation.why"},
               {"state", "admin.decisions.state"},
               {"", "admin.action"}});
  for (const registry::DecidedThing& each : decided) {
    sheet.add(row_of(each, labels, people, words));
  }
  for (const confirm::Word& each : said) {
    sheet.add({{{}, {}, {}, ordered(0)},
               time_cell(each.made, words),
               person_cell(people.at(each.who)),
               {words.get("curation.word")},
               thing_cell(each.card, {}, labels, words),
               {},
               {},
               {each.said},
               {},
               {}});
  }
  Listing out{"decisions", "/curation/decisions", std::move(sheet)};
  if (request.parameter("done") == "undone") {
    out.body["done"] = words.get("curation.after.undone");
  }
  out.older = rows == Rows::page && decided.size() == static_cast<size_t>(k_rows) ? decided.back().decided.number : 0;
  return out;
}

}  // namespace

Result<People> deciders(const Site& site, const access::Actor& actor, const std::vector<registry::Decided>& decided,
                        const std::vector<confirm::Word>& said, const Words& words) {
  std::vector<std::string> emails;
  for (const registry::Decided& each : decided) {
    emails.push_back(each.who);
  }
  for (const confirm::Word& each : said) {
    emails.push_back(each.who);
  }
  return People::with_addresses(site, emails, actor.viewer, words);
}

void add_decisions(const Site& site, http::Router& router) {
  add_listing(site, router, "/curation/decisions", http::Right::curate,
              [&site](const http::Request& request, const Words& words, Rows rows) {
                return decisions_listing(site, request, words, rows);
              });
}

}  // namespace pitchblende::pages
