// Calls of before, and those that are prepared elsewhere, from a file: docs/rules/calls.md, rule 15. What is read goes
// through the same doors as what people do on the site, each step at its own time.
#include <algorithm>
#include <boost/json.hpp>

#include "calls/paris.hpp"
#include "calls/proposal_rules.hpp"
#include "calls/proposals.hpp"
#include "calls/records.hpp"
#include "cli/errors.hpp"
#include "cli/json_list.hpp"
#include "cli/matching.hpp"

namespace pitchblende::cli {

namespace {

namespace json = boost::json;

using calls::By;
using calls::Texts;
using calls::Typed;

constexpr int64_t k_hour = 3600;
constexpr int64_t k_day = 24 * k_hour;

FixedClock clock_at(int64_t seconds) {
  return FixedClock(std::chrono::system_clock::time_point(std::chrono::seconds(seconds)));
}

std::optional<int64_t> number_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_int64() ? std::optional(value->get_int64()) : std::nullopt;
}

Result<Texts> texts_of(const json::object& object) {
  Texts out;
  const json::value* texts = object.if_contains("texts");
  if (texts == nullptr || !texts->is_object()) {
    return fail(errors::call_file, "texts");
  }
  for (const auto& [name, value] : texts->get_object()) {
    if (!value.is_string()) {
      return fail(errors::call_file, std::string(name));
    }
    out.emplace(name, value.get_string());
  }
  return out;
}

// In the place of those that stand there.
std::vector<Typed> typed(const Texts& texts, const Texts& there = {}) {
  std::vector<Typed> out;
  for (const auto& [name, text] : texts) {
    out.push_back({name, text, calls::mark_of(calls::text_in(there, name))});
  }
  return out;
}

// A time of the day so many days from today, where the file says days and not a date.
void put_days(const json::object& object, int64_t now, Texts& texts) {
  for (const auto& [days, name, hour] : {std::tuple{"opens_in", "opens", "T09:00"},
                                         {"closes_in", "closes", "T17:00"},
                                         {"review_until_in", "review_until", ""}}) {
    if (const auto in = number_of(object, days)) {
      texts[name] = calls::paris_text(now + *in * k_day).substr(0, 10) + hour;
    }
  }
}

class CallReader {
 public:
  explicit CallReader(Workplace& place) : m_place(place), m_registry(*place.store) {}

  Result<void> take(const json::object& object) {
    TRY_ASSIGN(Texts texts, texts_of(object));
    put_days(object, calls::seconds_of(m_place.clock), texts);
    TRY_ASSIGN(const bool known, is_known(texts));
    if (known) {
      return {};
    }
    const auto opens = calls::read_paris(calls::text_in(texts, "opens"), calls::Twice::first);
    const FixedClock before = clock_at(opens.value_or(0) - k_day);
    calls::Calls room(*m_place.store, before);
    TRY_ASSIGN(const int64_t id, room.begin(k_terminal));
    TRY_ASSIGN(const calls::Call begun, room.find(id, k_terminal));
    TRY(room.write(id, typed(texts, begun.texts), k_terminal));
    TRY_ASSIGN(const calls::Call call,
               room.publish(id, k_terminal, [&](store::Transaction& transaction, const calls::Call& published) {
                 return m_place.pool->publish(
                     transaction, {.slice = calls::k_published_as, .record = calls::call_record(published, {})});
               }));
    if (const json::value* proposals = object.if_contains("proposals"); proposals != nullptr && proposals->is_array()) {
      TRY(take_proposals(call, proposals->get_array()));
    }
    return {};
  }

 private:
  static inline const By k_terminal{0, {}, true};

  // Said twice, it stands once.
  Result<bool> is_known(const Texts& texts) const {
    calls::Calls room(*m_place.store, m_place.clock);
    TRY_ASSIGN(const std::vector<calls::Call> all, room.all(k_terminal));
    return std::ranges::any_of(all, [&](const calls::Call& each) {
      return calls::text_in(each.texts, "title_fr") == calls::text_in(texts, "title_fr") &&
             calls::text_in(each.texts, "closes") == calls::text_in(texts, "closes");
    });
  }

  Result<calls::Party> party_of(const json::object& object) const {
    calls::Party out;
    const auto part = calls::part(text_of(object, "part"));
    if (!part) {
      return fail(errors::call_file, "part");
    }
    out.part = *part;
    TRY_ASSIGN(const Id id, id_of(m_registry, text_of(object, "thing")));
    TRY_ASSIGN(const registry::Found found, m_registry.find(id, access::Viewer::everything()));
    if (!found.card) {
      return fail(errors::not_found, text_of(object, "thing"));
    }
    out.entity = found.id;
    out.key = found.id.text();
    out.kind = registry::name(found.card->kind);
    out.label = found.card->label;
    return out;
  }

  // Its partner's first year gets what is asked.
  Result<std::string> take_proposal(calls::Proposals& room, const calls::Call& call, const json::object& object) {
    const By by{0, text_of(object, "editor"), false};
    TRY_ASSIGN(Texts texts, texts_of(object));
    TRY_ASSIGN(const std::string ref, room.begin(call.id, by));
    if (const json::value* parties = object.if_contains("parties"); parties != nullptr && parties->is_array()) {
      for (const json::value& each : parties->get_array()) {
        TRY_ASSIGN(const calls::Party party, party_of(each.is_object() ? each.get_object() : json::object()));
        TRY(room.put_party(ref, party, by));
        if (party.part == calls::Part::partner) {
          texts.emplace(calls::budget_name(party.key, call.plan.first_year), calls::text_in(texts, "asked"));
        }
      }
    }
    TRY(room.write(ref, typed(texts), by));
    TRY(room.submit(ref, by));
    return ref;
  }

  Result<void> take_proposals(const calls::Call& call, const json::array& all) {
    const FixedClock during = clock_at(call.closes - k_hour);
    const FixedClock after = clock_at(call.closes + 60 * k_day);
    calls::Proposals room(*m_place.store, during);
    calls::Setting setting{1, 0, {}};
    for (const json::value& each : all) {
      if (!each.is_object()) {
        return fail(errors::call_file, "proposals");
      }
      const json::object& object = each.get_object();
      TRY_ASSIGN(const std::string ref, take_proposal(room, call, object));
      const auto outcome = calls::outcome(text_of(object, "outcome"));
      if (!outcome || *outcome == calls::Outcome::unsaid) {
        return fail(errors::call_file, "outcome");
      }
      setting.line += *outcome == calls::Outcome::funded ? 1 : 0;
      setting.placed.push_back({ref,
                                {static_cast<int64_t>(setting.placed.size()) + 1, *outcome,
                                 number_of(object, "granted").value_or(0), text_of(object, "message")}});
    }
    calls::Committee committee(*m_place.store, after);
    TRY(committee.set(call.id, setting, k_terminal));
    TRY(committee.announce(call.id, k_terminal, {.overgranted = true}));
    TRY_ASSIGN(const std::vector<calls::Told> told, committee.untold(call.id));
    for (const calls::Told& each : told) {
      TRY(committee.tell(each, [&](store::Transaction& transaction, const calls::Told& one) -> Result<void> {
        if (one.verdict.outcome != calls::Outcome::funded) {
          return {};
        }
        TRY_ASSIGN(registry::Record record, calls::award_record(m_registry, call, one, {}));
        return m_place.pool->publish(transaction, {.slice = calls::k_published_as, .record = std::move(record)});
      }));
    }
    return {};
  }

  Workplace& m_place;
  registry::Registry m_registry;
};

}  // namespace

Result<Exit> read_calls(const Options& options, Workplace& place, const Streams& streams) {
  CallReader reader(place);
  TRY_ASSIGN(const ListRead list, read_list(options, streams, [&](const json::value& each) {
               return each.is_object() ? reader.take(each.get_object())
                                       : Result<void>(fail(errors::call_file, json::serialize(each).substr(0, 80)));
             }));
  TRY(place.pool->settle_published());
  return tell_list(options, streams, list, "calls read", "appels lus");
}

}  // namespace pitchblende::cli
