// Sentences about topics: titles, abstracts, descriptions, in English and French. Owner: demo. Pure functions but for
// the numbers that they draw.
#pragma once

#include <string>
#include <string_view>

#include "demo/random.hpp"
#include "demo/vocabulary.hpp"

namespace pitchblende::demo {

struct Study {
  const Topic& topic;
  const Tumour& tumour;
  const Technique& technique;
  size_t subject = 0;
};
Study study_of(Random& random, size_t topic, size_t tumour);

std::string capitalised(std::string_view text);

void add_title(std::string& out, Random& random, const Study& study);     // English, without its full stop
void add_abstract(std::string& out, Random& random, const Study& study);  // English, some 120 words
std::string french_title(Random& random, const Study& study);
std::string french_abstract(Random& random, const Study& study);
std::string english_project_title(Random& random, const Study& study);
std::string english_project_abstract(Random& random, const Study& study);

}  // namespace pitchblende::demo
