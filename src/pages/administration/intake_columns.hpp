// What the columns of a file that was brought go to, in the reader's words. Any thread.
#pragma once

#include <string>
#include <vector>

#include "http/form.hpp"
#include "pages/site.hpp"

namespace pitchblende::pages {

// For each column of the file {title, number, examples, taken, unknown, targets [{value, label, selected}]}: what it is
// taken as, and what it may be taken as. `typed`: the form of them that was sent, or null.
Views column_views(const Words& words, const std::vector<sources::Preview::Column>& columns,
                   const std::vector<sources::Target>& targets, const http::Form* typed);
// What the form of column_views() says: a title, and a target's name or nothing. The second "Nom" is "Nom 2".
std::vector<std::pair<std::string, std::string>> taken_in(const http::Form& form);

// Rule 8 of docs/rules/intake.md: two titles that would be taken of one column. Error: INTAKE_TWICE.
Result<void> judge_taken(const std::vector<std::pair<std::string, std::string>>& taken);

// A field as a finding or a difference names it ("family_name", "family", "positions.title", "key"), in words; unknown
// ones as they are.
std::string field_words(const Words& words, std::string_view kind, std::string_view field,
                        const std::vector<sources::Target>& targets);
std::string attribute_words(const Words& words, registry::Attribute attribute);

}  // namespace pitchblende::pages
