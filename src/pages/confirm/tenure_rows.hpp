// Rows of a card's form for links that say as what and for how long: a position is added, changed, ended, or said never
// to have been. They work without script. Rules 26 to 29 of docs/rules/confirm.md. Any thread.
#pragma once

#include "pages/confirm/card_form.hpp"

namespace pitchblende::pages {

// What was sent in row `n` of a form; `stood` has field, mark and what the link led to.
TypedEdit typed_tenure(const Site& site, const confirm::Tenured& field, confirm::Edit stood, const http::Form& form,
                       const std::string& n);
// How many fields of a form a row takes.
inline constexpr size_t k_fields_of_row = 10;
// The rows of a field, numbered on from `number`.
Views tenure_rows(const registry::Card& card, const confirm::Tenured& field, const Called& called, const SentCard& sent,
                  const Words& words, size_t& number);
// What such a link may lead to, offered while somebody types: teams, groups, institutions of the consortium.
void put_offered(const Site& site, registry::Kind kind, const Words& words, View& body);

}  // namespace pitchblende::pages
