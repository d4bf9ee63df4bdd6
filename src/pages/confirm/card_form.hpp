// A card as a form, made from the descriptions of its kind's fields: each value in a place of its own, with what stood
// there, so that what comes back is compared value by value. Any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "confirm/confirm.hpp"
#include "http/form.hpp"
#include "pages/site.hpp"

namespace pitchblende::pages {

// What was typed into a place: a correction, and the words as they were typed (of a link a name).
struct TypedEdit {
  confirm::Edit edit;
  std::string typed;
  std::optional<Error> error;  // what was typed leads nowhere
  bool is_as_typed = false;    // it is to stay a name that leads nowhere
};

// Of a form that was sent. Places that were not changed come back too.
Result<std::vector<TypedEdit>> typed_edits(const Site& site, registry::Kind kind, const http::Form& form);
// Without those that lead nowhere; in their order.
std::vector<confirm::Edit> edits_of(const std::vector<TypedEdit>& typed);

// What the links of a card are called, by their references.
using confirm::Called;
Result<Called> called_by(const Site& site, const registry::Card& card, const access::Viewer& viewer,
                         const Words& words);

// What was sent with a card's form, and what came of it.
struct SentCard {
  std::vector<TypedEdit> edits;
  std::string said;  // beside the fields: a word, a reason
  confirm::Plan plan;
  std::optional<Error> problem;

  bool leads_nowhere() const;  // a value that was typed
  int status() const;          // of the answer that shows it again
};
// What the form says above its fields.
void put_problems(const SentCard& sent, const Words& words, View& body);

// Views of a form's fields in groups [{group, group_title, fields [{legend, …}]}]. `typed`: what he wanted, beside what
// stands now; `plan`: what is wrong with it or was changed by others meanwhile. `fields`: those that are asked.
Views card_form(const registry::Card& card, const Called& called, const SentCard& sent, const Words& words,
                const std::vector<registry::FieldId>& fields);
// What stands, in words: [{label, values [{text}]}].
Views card_facts(const registry::Card& card, const Called& called, const Words& words);
// A value as people read it.
std::string value_words(registry::FieldId field, const registry::Value& value, const Called& called,
                        const Words& words);

}  // namespace pitchblende::pages
