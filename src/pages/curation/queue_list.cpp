// All that curators are asked, as a list: sorted, looked through, taken along. Each question leads to its page.
#include <cmath>
#include <map>

#include "pages/address.hpp"
#include "pages/administration/administration.hpp"
#include "pages/curation/curation_pages.hpp"

namespace pitchblende::pages {

namespace {

constexpr size_t k_most = 100'000;

std::string label_of(const pool::Side& side) { return side.label.empty() ? side.id.text() : side.label; }

Result<Listing> queue_listing(const Site& site, const Words& words) {
  pool::QueueQuery query;
  query.limit = k_most;
  query.shown_members = 0;
  TRY_ASSIGN(const pool::Queue queue, pool::queue(*site.settings().upkeep.store, query));
  Sheet sheet({{"rank", "admin.questions.rank"},
               {"kind", "admin.questions.kind"},
               {"a", "admin.questions.a"},
               {"b", "admin.questions.b"},
               {"question", "admin.questions.question"},
               {"probability", "admin.questions.probability"},
               {"pages", "admin.questions.pages"}});
  int64_t rank = 0;
  for (const pool::Question& each : queue.questions) {
    const std::string percent = std::to_string(std::lround(each.probability * 100));
    sheet.add({{words.number(static_cast<uint64_t>(rank + 1)),
                below(words, "/curation?from=" + std::to_string(rank)),
                {},
                ordered(rank)},
               {words.kind(each.a.kind)},
               {label_of(each.a), below(words, "/curation?from=" + std::to_string(rank))},
               {label_of(each.b)},
               {resolution::describe(each.evidence, each.detail, words.language())},
               {percent + (words.language() == Language::french ? "\u00a0%" : " %"),
                {},
                {},
                ordered(std::lround(each.probability * 1e6))},
               {words.number(static_cast<uint64_t>(each.pages)), {}, {}, ordered(each.pages)}});
    ++rank;
  }
  Listing out{"questions", "/curation/questions", std::move(sheet)};
  out.is_whole = true;
  return out;
}

}  // namespace

void add_queue_list(const Site& site, http::Router& router) {
  add_listing(site, router, "/curation/questions", http::Right::curate,
              [&site](const http::Request&, const Words& words, Rows) { return queue_listing(site, words); });
}

}  // namespace pitchblende::pages
