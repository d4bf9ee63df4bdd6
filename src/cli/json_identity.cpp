// Who is who as JSON text.
#include <boost/json.hpp>

#include "cli/json.hpp"

namespace pitchblende::cli {

namespace {

namespace json = boost::json;

json::object place(const resolution::MentionRef& ref) { return {{"record", ref.record}, {"part", ref.part}}; }

json::object reason(const resolution::Reason& reason, Language language) {
  return {{"evidence", resolution::code(reason.evidence)},
          {"probability", reason.probability},
          {"detail", reason.detail},
          {"text", resolution::describe(reason.evidence, reason.detail, language)},
          {"a", place(reason.a)},
          {"b", place(reason.b)}};
}

json::array reasons(const std::vector<resolution::Reason>& all, Language language) {
  json::array out;
  for (const resolution::Reason& each : all) {
    out.push_back(reason(each, language));
  }
  return out;
}

json::array weights(const resolution::Comparison& comparison, Language language) {
  json::array out;
  for (const resolution::Weight& weight : comparison.weights) {
    out.push_back({{"trait", weight.trait},
                   {"bits", weight.bits},
                   {"detail", weight.detail},
                   {"text", resolution::describe(weight, language)}});
  }
  return out;
}

json::object member(const pool::Member& member) {
  json::object out = place(member.ref);
  out["source"] = member.source;
  out["key"] = member.key;
  out["text"] = member.text;
  out["where"] = member.where;
  out["facts"] = member.facts;
  out["thing"] = member.thing ? member.thing->text() : "";
  return out;
}

json::array members(const std::vector<pool::Member>& all) {
  json::array out;
  for (const pool::Member& each : all) {
    out.push_back(member(each));
  }
  return out;
}

json::object side(const pool::Side& side) {
  json::object out = place(side.ref);
  out["id"] = side.id.text();
  out["label"] = side.label;
  out["page"] = side.page;
  out["size"] = side.size;
  out["members"] = members(side.members);
  return out;
}

std::string_view name(pool::StandingDecision::State state) {
  switch (state) {
    case pool::StandingDecision::State::applies:
      return "applies";
    case pool::StandingDecision::State::withdrawn:
      return "withdrawn";
    case pool::StandingDecision::State::not_found:
      return "not_found";
  }
  return "applies";
}

json::array decisions(const std::vector<pool::StandingDecision>& all) {
  json::array out;
  for (const pool::StandingDecision& each : all) {
    out.push_back({{"decision", each.number},
                   {"verdict", pool::name(each.verdict)},
                   {"a", place(each.a.ref)},
                   {"b", place(each.b.ref)},
                   {"name_a", each.a.name},
                   {"name_b", each.b.name},
                   {"who", each.who},
                   {"made", each.made},
                   {"why", each.why},
                   {"state", name(each.state)}});
  }
  return out;
}

// Of an institution all have a known organisation: that is why they are counted there.
json::object share(const pool::Quality::Share& share, bool of_institution = false) {
  json::object out{{"name", share.name},
                   {"id", share.id ? share.id->text() : ""},
                   {"names", share.names},
                   {"of_people_with_a_page", share.people}};
  if (!of_institution) {
    out["with_a_known_organisation"] = share.placed;
  }
  out["open"] = members(share.open);
  return out;
}

json::array shares(const std::vector<pool::Quality::Share>& all, bool of_institutions = false) {
  json::array out;
  for (const pool::Quality::Share& each : all) {
    out.push_back(share(each, of_institutions));
  }
  return out;
}

json::object pair_object(const pool::PairExplanation& pair, Language language) {
  json::object out{{"kind", registry::name(pair.a.kind)},
                   {"a", side(pair.a)},
                   {"b", side(pair.b)},
                   {"one", pair.one},
                   {"probability", pair.comparison.probability},
                   {"weights", weights(pair.comparison, language)},
                   {"path", reasons(pair.path, language)},
                   {"refused", reasons(pair.refused, language)},
                   {"decisions", decisions(pair.decisions)}};
  out["constraint"] =
      pair.comparison.refused ? json::value(reason(*pair.comparison.refused, language)) : json::value(nullptr);
  return out;
}

}  // namespace

std::string to_json(const pool::Explanation& explanation, Language language) {
  json::array links = reasons(explanation.reasons, language);
  for (size_t at = 0; at < explanation.weighed.size(); ++at) {
    links[at].as_object()["weights"] = weights(explanation.weighed[at], language);
  }
  return json::serialize(json::value{{"id", explanation.id.text()},
                                     {"kind", registry::name(explanation.kind)},
                                     {"label", explanation.label},
                                     {"members", members(explanation.members)},
                                     {"names", members(explanation.names)},
                                     {"reasons", std::move(links)},
                                     {"refused", reasons(explanation.refused, language)},
                                     {"decisions", decisions(explanation.decisions)}});
}

std::string to_json(const pool::Quality& quality, Language language) {
  json::array sizes;
  for (const pool::Quality::Sizes& each : quality.sizes) {
    sizes.push_back({{"kind", registry::name(each.kind)}, {"things", json::value_from(each.things)}});
  }
  json::object counts;
  for (size_t sort = 0; sort < pool::Quality::k_suspicions; ++sort) {
    counts[pool::name(static_cast<pool::Quality::Suspicion>(sort))] = quality.suspicions[sort];
  }
  json::array suspects;
  for (const pool::Quality::Suspect& each : quality.suspects) {
    json::object suspect = side(each.thing);
    suspect["suspicion"] = pool::name(each.suspicion);
    suspect["detail"] = each.detail;
    suspects.push_back(std::move(suspect));
  }
  json::object duplicates;
  for (const auto& [kind, count] : quality.duplicates) {
    duplicates[registry::name(kind)] = count;
  }
  json::array questions;
  for (const pool::Question& each : quality.questions) {
    questions.push_back({{"a", side(each.a)},
                         {"b", side(each.b)},
                         {"probability", each.probability},
                         {"pages", each.pages},
                         {"worth", each.worth},
                         {"text", resolution::describe(each.evidence, each.detail, language)}});
  }
  std::vector<int64_t> steps(std::begin(pool::Quality::k_size_steps), std::end(pool::Quality::k_size_steps) - 1);
  return json::serialize(json::value{{"records", quality.records},
                                     {"size_steps", json::value_from(steps)},
                                     {"sizes", std::move(sizes)},
                                     {"suspicions", std::move(counts)},
                                     {"suspects", std::move(suspects)},
                                     {"duplicates", std::move(duplicates)},
                                     {"questions", std::move(questions)},
                                     {"names", share(quality.whole)},
                                     {"by_year", shares(quality.by_year)},
                                     {"by_institution", shares(quality.by_institution, true)},
                                     {"inapplicable", decisions(quality.inapplicable)}});
}

std::string to_json(const pool::PairExplanation& pair, Language language) {
  return json::serialize(pair_object(pair, language));
}

std::string to_json(const pool::Queue& queue, const std::vector<pool::PairExplanation>& pairs, Language language) {
  json::array questions;
  for (size_t at = 0; at < queue.questions.size(); ++at) {
    const pool::Question& question = queue.questions[at];
    json::object each = pair_object(pairs.at(at), language);
    each["probability"] = question.probability;
    each["pages"] = question.pages;
    each["worth"] = question.worth;
    each["evidence"] = resolution::code(question.evidence);
    each["text"] = resolution::describe(question.evidence, question.detail, language);
    questions.push_back(std::move(each));
  }
  return json::serialize(json::value{{"count", queue.count}, {"questions", std::move(questions)}});
}

}  // namespace pitchblende::cli
