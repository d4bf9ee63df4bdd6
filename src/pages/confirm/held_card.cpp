#include "pages/confirm/held_card.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "confirm/errors.hpp"
#include "pages/confirm/confirm_pages.hpp"
#include "pages/confirm/tenure_rows.hpp"
#include "pages/entry/forms.hpp"
#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

namespace {

using registry::FieldId;

constexpr size_t k_longest_word = 1000;

struct Shown {
  registry::Card card;          // as he sees it
  std::vector<FieldId> fields;  // that he may correct: what he cannot see he cannot know to be wrong
};

Result<Shown> shown_of(const Site& site, const HeldCard& held) {
  TRY_ASSIGN(registry::Found seen, site.registry().find(held.card, held.viewer));
  TRY_ASSIGN(const registry::Found whole, site.registry().find(held.card, access::Viewer::everything()));
  if (!seen.card || !whole.card || whole.card->visibility == access::Visibility::nobody ||
      !confirm::is_confirmed(seen.card->kind)) {
    return fail(confirm::errors::gone);
  }
  Shown out{std::move(*seen.card), {}};
  for (const FieldId field : confirm::asked_fields(out.card.kind)) {
    if (access::can_see(held.viewer, registry::description(field).visibility, out.card.id, whole.card->owners)) {
      out.fields.push_back(field);
    }
  }
  return out;
}

// A conflict tells what stands now: as far as he may see that.
void keep_what_he_sees(confirm::Plan& plan, const registry::Card& card) {
  for (confirm::Conflict& each : plan.conflicts) {
    const auto seen = confirm::standing(card, each.edit.field);
    std::erase_if(each.now, [&](const std::string& now) {
      return std::none_of(seen.begin(), seen.end(), [&](const auto& value) { return value.value.text == now; });
    });
  }
}

}  // namespace

access::Viewer owner_of(Id card) {
  access::Viewer viewer;
  viewer.reach = access::Visibility::consortium;
  viewer.owned = {card};
  return viewer;
}

Result<http::Answer> held_page(const Site& site, const http::Request& request, Language language, const HeldCard& held,
                               const SentCard& sent) {
  const Words& words = site.words(language);
  TRY_ASSIGN(const Shown shown, shown_of(site, held));
  TRY_ASSIGN(const Called called, called_by(site, shown.card, held.viewer, words));
  const std::string name = title_of(shown.card, words);
  View body = view({{"of", name},
                    {"of_kind", words.kind(shown.card.kind)},
                    {"lead", words.get(held.lead)},
                    {"holder", held.holder},
                    {"right_action", held.here},
                    {"correct_action", held.here + "/correct"},
                    {"comment", sent.said}});
  for (const std::string done : {"confirmed", "corrected", "remarked"}) {
    if (request.parameter("done") == done) {
      body["done"] = words.get("confirm.done." + done);
    }
  }
  body["facts"] = card_facts(shown.card, called, words);
  body["groups"] = card_form(shown.card, called, sent, words, shown.fields);
  put_offered(site, shown.card.kind, words, body);
  put_problems(sent, words, body);
  const std::string title = put_in(words.get("confirm.link.title"), "name", name);
  http::Answer answer = form_page(site, request, language, "confirm", title, std::move(body), {{title, {}}});
  answer.status = sent.status();
  return answer;
}

Result<http::Answer> corrected(const Site& site, const http::Request& request, Language language, const HeldCard& held,
                               const Correct& correct, const Next& next) {
  TRY_ASSIGN(const http::Form form, http::read_form(request));
  TRY_ASSIGN(const Shown shown, shown_of(site, held));
  SentCard sent;
  TRY_ASSIGN(sent.edits, typed_edits(site, shown.card.kind, form));
  std::erase_if(sent.edits, [&](const TypedEdit& each) {
    return std::find(shown.fields.begin(), shown.fields.end(), each.edit.field) == shown.fields.end();
  });
  sent.said = squeeze(form.value("comment"));
  const auto fits = fitting(site.words(language), form, "comment", "confirm.link.comment", k_longest_word);
  if (!fits) {
    sent.problem = fits.error();
  }
  const bool asks_again = sent.problem || sent.leads_nowhere();
  // Something that was typed cannot be taken: all else is weighed, and nothing done.
  auto plan = asks_again ? site.settings().upkeep.confirm->plan_for(held.card, edits_of(sent.edits))
                         : correct(edits_of(sent.edits), sent.said);
  if (!plan && (plan.error().kind().status == 503 || plan.error().is(confirm::errors::nothing))) {
    sent.problem = plan.error();
    return held_page(site, request, language, held, sent);
  }
  TRY(plan);
  sent.plan = std::move(*plan);
  keep_what_he_sees(sent.plan, shown.card);
  return asks_again || !sent.plan.is_clean() ? held_page(site, request, language, held, sent)
                                             : redirect(303, next(sent.plan));
}

}  // namespace pitchblende::pages
