#include "pages/curation/question_sides.hpp"

#include <algorithm>

#include "pages/address.hpp"
#include "pages/confirm/card_form.hpp"

namespace pitchblende::pages {

namespace {

constexpr size_t k_decisions = 10;  // shown of a side, the newest

// Who, when and why; of a decision on who is who with whom.
Result<Views> decisions_on(const Site& site, const access::Actor& actor, const pool::Side& side, const Words& words) {
  store::Store& store = *site.settings().upkeep.store;
  TRY_ASSIGN(std::vector<registry::Decided> decided, registry::decided_on(store, side.id));
  decided.resize(std::min(decided.size(), k_decisions));
  std::vector<Id> others;
  for (const registry::Decided& each : decided) {
    others.push_back(each.other.value_or(side.id));
  }
  TRY_ASSIGN(const auto names, pool::names_of(store, others));
  TRY_ASSIGN(const People people, deciders(site, actor, decided, {}, words));
  Views out;
  for (const registry::Decided& each : decided) {
    const auto field = registry::find_field(side.kind, each.field);
    const auto other = each.other ? names.find(*each.other) : names.end();
    View row = view({{"what", decided_words(each, words)},
                     {"other", other == names.end() ? std::string() : other->second},
                     {"field", field ? words.label(*field) : each.field},
                     {"value", field ? value_words(*field, each.value, {}, words) : each.value.text},
                     {"who", people.at(each.who).name},
                     {"at", moment(words, each.made)},
                     {"reason", reason_words(each.why, words)}});
    row["undone"] = !each.stands && each.verdict != "undo";
    out.push_back(std::move(row));
  }
  return out;
}

Result<View> side_view(const Site& site, const access::Actor& actor, const pool::Side& side, std::string_view letter,
                       const std::string& all_url, const Words& words) {
  View out = view({{"side", letter},
                   {"label", side.label.empty() ? side.id.text() : side.label},
                   {"size", words.count("curation.records", static_cast<uint64_t>(side.size))}});
  if (side.page) {
    out["url"] = thing_address(words.code(), side.kind, side.id);
    out["curate_url"] = below(words, "/curation/things/" + side.id.text());
  }
  Views members;
  for (const pool::Member& each : side.members) {
    members.push_back(view(
        {{"text", each.text}, {"where", each.where}, {"known", each.facts}, {"source", each.source + " " + each.key}}));
  }
  const int64_t more = side.size - static_cast<int64_t>(side.members.size());
  if (more > 0) {
    out["more"] = words.count("curation.more", static_cast<uint64_t>(more));
    out["all_url"] = side.members.size() < k_all_members ? all_url + "#side-" + std::string(letter) : std::string();
  }
  out["members"] = std::move(members);
  TRY_ASSIGN(Views decisions, decisions_on(site, actor, side, words));
  out["was_decided"] = !decisions.empty();
  out["decisions"] = std::move(decisions);
  return out;
}

}  // namespace

Result<Views> question_sides(const Site& site, const access::Actor& actor, const pool::Question& asked,
                             const std::string& all_url, const Words& words) {
  TRY_ASSIGN(View a, side_view(site, actor, asked.a, "A", all_url, words));
  TRY_ASSIGN(View b, side_view(site, actor, asked.b, "B", all_url, words));
  return Views{std::move(a), std::move(b)};
}

}  // namespace pitchblende::pages
