// The models over the evidence for a candidate, which bench/resolution/train_organisations learned. Inside resolution.
// A model is only read, any thread.
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "resolution/forest.hpp"
#include "resolution/organisations/organisation_features.hpp"

namespace pitchblende::resolution {

// Trees over these features; an error names the line that is not one.
Result<Forest> read_organisation_model(std::string_view text);

// Between 0 and 1; all trees are asked, as the probabilities of rivals are set against each other.
double probability(const Forest& model, const OrganisationFeatures& features);

// What is shipped: who is named by the words, and for whom the whole string stands.
const Forest& naming_model();
const Forest& principal_model();

}  // namespace pitchblende::resolution
