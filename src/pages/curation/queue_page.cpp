// What the program was not sure of: two sides, what speaks for and against, and three buttons.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "base/text.hpp"
#include "pages/address.hpp"
#include "pages/confirm/typed_thing.hpp"
#include "pages/curation/question_sides.hpp"
#include "pages/entry/forms.hpp"

namespace pitchblende::pages {

namespace {

using pool::Judgement;

constexpr size_t k_longest_why = 500;  // letters

// Which question somebody looks at: what he chose, how many he left for later; why, while his answer is not taken.
struct Place {
  std::string kind;
  int64_t from = 0;
  std::string why;
};

Place place_of(std::string_view kind, std::string_view from) {
  return {registry::kind(kind) ? std::string(kind) : std::string(),
          std::clamp<int64_t>(typed_number(from, 0), 0, 100'000),
          {}};
}

std::string address_of(const Words& words, const Place& place) {
  std::string out = below(words, "/curation?from=" + std::to_string(place.from));
  return out + (place.kind.empty() ? "" : "&kind=" + place.kind);
}

std::string text_of(const resolution::MentionRef& ref) {
  return std::to_string(ref.record) + "/" + std::to_string(ref.part);
}

std::optional<resolution::MentionRef> ref_in(std::string_view text) {
  const size_t slash = text.find('/');
  if (slash == std::string_view::npos) {
    return std::nullopt;
  }
  const int64_t record = typed_number(text.substr(0, slash), -1);
  const int64_t part = typed_number(text.substr(slash + 1), -1);
  if (record < 0 || part < 0 || part > INT32_MAX) {
    return std::nullopt;
  }
  return resolution::MentionRef{record, static_cast<int32_t>(part)};
}

std::string bits_text(double bits, Language language) {
  const auto tenths = std::lround(std::abs(bits) * 10);
  return (bits < 0 ? "−" : "+") + std::to_string(tenths / 10) + (language == Language::french ? "," : ".") +
         std::to_string(tenths % 10);
}

Views weights_of(const resolution::Comparison& comparison, Language language) {
  Views out;
  for (const resolution::Weight& each : comparison.weights) {
    View row = view({{"bits", bits_text(each.bits, language)}, {"text", resolution::describe(each, language)}});
    row["for"] = each.bits >= 0;
    out.push_back(std::move(row));
  }
  return out;
}

// What kept links between the two from joining them, each sentence once.
Views constraints_of(const pool::PairExplanation& pair, Language language) {
  std::set<std::string> said;
  for (const resolution::Reason& each : pair.refused) {
    said.insert(resolution::describe(each.evidence, each.detail, language));
  }
  Views out;
  for (const std::string& text : said) {
    out.push_back(view({{"text", text}}));
  }
  return out;
}

Views kinds_of(const pool::Queue& queue, const Place& place, const Words& words) {
  Views out;
  const auto add = [&](const std::string& kind, const std::string& label, int64_t count) {
    View each = view({{"label", label},
                      {"count", words.number(static_cast<uint64_t>(count))},
                      {"url", address_of(words, {kind, 0, {}})}});
    each["current"] = place.kind == kind;
    out.push_back(std::move(each));
  };
  int64_t all = 0;
  for (const auto& [kind, count] : queue.by_kind) {
    all += count;
  }
  add("", words.get("curation.all_kinds"), all);
  for (const auto& [kind, count] : queue.by_kind) {
    add(std::string(registry::name(kind)), words.kinds(kind), count);
  }
  return out;
}

// Both sides, what speaks for and against, and the answers that would be taken.
Result<View> question_view(const Site& site, const http::Request& request, Language language, const Place& place,
                           const pool::Question& asked) {
  const Words& words = site.words(language);
  store::Store& store = *site.settings().upkeep.store;
  TRY_ASSIGN(const pool::PairExplanation pair,
             pool::explain(store, pool::Named{Id(), asked.a.ref}, pool::Named{Id(), asked.b.ref}));
  View question = view({{"kind", words.kind(asked.a.kind)},
                        {"text", resolution::describe(asked.evidence, asked.detail, language)},
                        {"probability", std::to_string(std::lround(asked.probability * 100)) +
                                            (language == Language::french ? "\u00a0%" : " %")},
                        {"pages", words.count("curation.pages", static_cast<uint64_t>(asked.pages))},
                        {"later_url", address_of(words, {place.kind, place.from + 1, {}})},
                        {"a", text_of(asked.a.ref)},
                        {"b", text_of(asked.b.ref)}});
  TRY_ASSIGN(question["sides"],
             question_sides(site, request.who(), asked, address_of(words, place) + "&all=yes", words));
  Views weights = weights_of(pair.comparison, language);
  question["is_weighed"] = !weights.empty();
  question["weights"] = std::move(weights);
  question["held_apart"] = constraints_of(pair, language);
  const Result<void> one = pool::may_be_one(store, asked.a.ref, asked.b.ref, request.who().email);
  if (!one && one.error().kind().status >= 500) {
    return tl::unexpected(one.error());
  }
  if (!one) {
    question["never_one"] = message_alone(one.error(), words);
  }
  return question;
}

Result<http::Answer> question_page(const Site& site, const http::Request& request, Language language,
                                   const Place& place, const std::optional<Error>& problem = {}) {
  const Words& words = site.words(language);
  store::Store& store = *site.settings().upkeep.store;
  pool::QueueQuery query;
  query.kind = registry::kind(place.kind);
  query.from = static_cast<size_t>(place.from);
  query.limit = 1;
  query.shown_members = request.parameter("all") == "yes" ? k_all_members : k_members;
  TRY_ASSIGN(const pool::Queue queue, pool::queue(store, query));
  View body = view({{"why", place.why},
                    {"place_kind", place.kind},
                    {"answer_action", below(words, "/curation/answer")},
                    {"count_text", words.count("curation.questions", static_cast<uint64_t>(queue.count))}});
  body["from"] = std::to_string(place.from);
  body["decisions_url"] = below(words, "/curation/decisions");
  body["questions_url"] = below(words, "/curation/questions");
  body["kinds"] = kinds_of(queue, place, words);
  body["done"] = std::string(request.parameter("done"));
  if (typed_number(request.parameter("done"), 0) > 0) {
    body["done_text"] = put_in(words.get("curation.done"), "n", request.parameter("done"));
    body["undo_action"] = below(words, "/curation/decisions/" + std::string(request.parameter("done")) + "/undo");
  }
  if (problem) {
    body["problem"] = message_alone(*problem, words);
  }
  if (queue.questions.empty()) {
    body["nothing"] = true;
    body["first_url"] = place.from > 0 ? address_of(words, {place.kind, 0, {}}) : std::string();
  } else {
    TRY_ASSIGN(body["question"], question_view(site, request, language, place, queue.questions.front()));
  }
  const std::string title = words.get("curation.title");
  http::Answer answer = form_page(site, request, language, "curation", title, std::move(body),
                                  {{words.get("account.title"), below(words, "/account")}, {title, {}}});
  answer.status = problem ? problem->kind().status : 200;
  return answer;
}

http::Answer or_error(const Site& site, const http::Request& request, Language language, Result<http::Answer> answer) {
  return answer ? std::move(*answer) : site.error(request, language, 500);
}

http::Answer answer_question(const Site& site, const http::Request& request, Language language) {
  const auto form = http::read_form(request);
  if (!form) {
    return or_error(site, request, language, question_page(site, request, language, {}, form.error()));
  }
  Place place = place_of(form->value("kind"), form->value("from"));
  place.why = squeeze(form->value("why"));
  Judgement judgement;
  const std::string_view verdict = form->value("verdict");
  judgement.verdict = verdict == "same" ? Judgement::Verdict::same : Judgement::Verdict::different;
  judgement.record_a = ref_in(form->value("a"));
  judgement.record_b = ref_in(form->value("b"));
  judgement.why = place.why;
  if (!judgement.record_a || !judgement.record_b || (verdict != "same" && verdict != "different")) {
    return site.error(request, language, 404);
  }
  const auto fits = fitting(site.words(language), *form, "why", "curation.why", k_longest_why);
  const auto done = fits ? decide(site, request, std::move(judgement)) : tl::unexpected(fits.error());
  if (!done && done.error().kind().status >= 500) {
    return site.error(request, language, 500);
  }
  return done ? redirect(303, address_of(site.words(language), place) + "&done=" + std::to_string(*done))
              : or_error(site, request, language, question_page(site, request, language, place, done.error()));
}

}  // namespace

Result<int64_t> decide(const Site& site, const http::Request& request, pool::Judgement judgement) {
  judgement.who = request.who().email;
  const access::Deed deed{request.who().account, "decide", "card", 0, std::string(pool::name(judgement.verdict))};
  const bool on_cards = judgement.verdict == Judgement::Verdict::override_ ||
                        judgement.verdict == Judgement::Verdict::hide ||
                        judgement.verdict == Judgement::Verdict::verified;
  pool::Pool& pool = *site.settings().upkeep.pool;
  const access::Audit& audit = site.settings().entry.access->audit();
  if (on_cards) {
    TRY_ASSIGN(const auto done, pool.decide(std::vector<Judgement>{std::move(judgement)},
                                            [&](store::Transaction& db) { return audit.record(db, deed); }));
    return done.front();
  }
  // A decision on who is who is its own record of who, when and why: the log tells that it was made.
  TRY_ASSIGN(const int64_t number, pool.decide(judgement));
  if (site.settings().desk.booking != nullptr) {
    // The decision stands; what cannot follow now is tried at the server's next look.
    static_cast<void>(site.settings().desk.booking->follow_merges([&](Id id) -> Result<Id> {
      TRY_ASSIGN(const std::optional<Id> now, site.registry().current(id));
      return now.value_or(id);
    }));
  }
  access::Deed numbered = deed;
  numbered.object = number;
  numbered.kind = "decision";
  TRY(site.settings().upkeep.store->write([&](store::Transaction& db) { return audit.record(db, numbered); }));
  return number;
}

void add_queue(const Site& site, http::Router& router) {
  using http::Captures;
  using http::Method;
  using http::Request;
  add_room(site, router, Method::get, "/curation", http::Right::curate,
           [&site](const Request& request, Language language, const Captures&) {
             return or_error(site, request, language,
                             question_page(site, request, language,
                                           place_of(request.parameter("kind"), request.parameter("from"))));
           });
  add_room(site, router, Method::post, "/curation/answer", http::Right::curate,
           [&site](const Request& request, Language language, const Captures&) {
             return answer_question(site, request, language);
           });
}

void add_curation(const Site& site, http::Router& router) {
  add_queue(site, router);
  add_queue_list(site, router);
  add_curated(site, router);
  add_decisions(site, router);
}

}  // namespace pitchblende::pages
