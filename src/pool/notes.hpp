// What a list says of a thing beside its title: a line, a date, a place in the alphabet. Inside pool; pure.
//
// Made of what everybody may see: names and countries in the reader's language where they have one, journals, numbers,
// years.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "registry/card.hpp"

namespace pitchblende::pool {

// The public label of what a reference leads to, in a language; empty: nothing, or nothing that everybody may see.
using LabelOfRef = std::function<std::string(std::string_view ref, Language language)>;

// "Exemple C, Martin D et al. · Journal of examples · 2021"; at most 300 bytes.
std::string note_of(const registry::Card& card, const LabelOfRef& label_of, Language language);
// 20240131, 20240100, 20240000; 0: not known.
uint32_t date_of(const registry::Card& card);
// Folded; people by family name.
std::string sort_text_of(const registry::Card& card, std::string_view title);

}  // namespace pitchblende::pool
