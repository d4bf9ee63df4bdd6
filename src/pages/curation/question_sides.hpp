// The two sides of a question: their records and names, and what was decided on either before. Inside pages/curation.
#pragma once

#include "pages/curation/curation_pages.hpp"

namespace pitchblende::pages {

inline constexpr size_t k_members = 8;         // records and names shown of a side
inline constexpr size_t k_all_members = 1000;  // where somebody asks for all of them

// `all_url`: the same question with all that is shown of both.
Result<Views> question_sides(const Site& site, const access::Actor& actor, const pool::Question& asked,
                             const std::string& all_url, const Words& words);

}  // namespace pitchblende::pages
