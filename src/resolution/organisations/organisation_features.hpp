// What speaks for a candidate and against it, as numbers. Inside resolution; pure.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "resolution/organisations/organisation_candidates.hpp"

namespace pitchblende::resolution {

// The names of the features, in their order: what a model's file is checked against.
inline constexpr std::array k_organisation_features{
    // how the name lies
    std::string_view("coverage"), std::string_view("matched"), std::string_view("missed"), std::string_view("words"),
    std::string_view("missing"), std::string_view("missing_heads"), std::string_view("inversions"),
    std::string_view("gap"), std::string_view("gaps"), std::string_view("crossings"), std::string_view("misspelled"),
    std::string_view("rarest"), std::string_view("score"),
    // what name it is
    std::string_view("kind"), std::string_view("short_form"), std::string_view("upper"), std::string_view("bracket"),
    std::string_view("letters"),
    // the rest of its segments
    std::string_view("rest_before"), std::string_view("rest_after"), std::string_view("beside_before"),
    std::string_view("beside_after"), std::string_view("part_after"), std::string_view("rest_heads"),
    std::string_view("whole"),
    // where
    std::string_view("segment"), std::string_view("segment_from_end"), std::string_view("window_words"),
    std::string_view("country"), std::string_view("town"),
    // the organisation
    std::string_view("type"), std::string_view("closed"), std::string_view("renown"), std::string_view("second"),
    // rivals for the same words
    std::string_view("lead"), std::string_view("rivals"), std::string_view("namesakes"),
    std::string_view("renown_rank"), std::string_view("longer_rival"), std::string_view("country_rivals"),
    // what else is there
    std::string_view("above_another"), std::string_view("below_another"), std::string_view("best_elsewhere"),
    std::string_view("complete_before"), std::string_view("complete_after"), std::string_view("university_elsewhere"),
    std::string_view("hospital_elsewhere"), std::string_view("facility_elsewhere"), std::string_view("short_elsewhere"),
    std::string_view("renown_elsewhere"), std::string_view("above_rival"), std::string_view("below_rival"),
    std::string_view("children"), std::string_view("parents"), std::string_view("share"),
    std::string_view("heads_unexplained"), std::string_view("verbatim"), std::string_view("verbatim_lead"),
    std::string_view("kind_rank"), std::string_view("medical_text"), std::string_view("medical"),
    std::string_view("medical_kin"), std::string_view("medical_rank"), std::string_view("kin_elsewhere"),
    std::string_view("kin_rival")};

constexpr size_t k_feature_count = k_organisation_features.size();
constexpr size_t feature_number(std::string_view name) {
  size_t at = 0;
  while (at < k_feature_count && k_organisation_features[at] != name) {
    ++at;
  }
  return at;
}
using OrganisationFeatures = std::array<float, k_feature_count>;

void organisation_features(const OrganisationIndex::Data& data, const Window& window,
                           std::span<const OrganisationCandidate> candidates, std::vector<OrganisationFeatures>& out);

// Two candidates want the same words.
bool overlap(const OrganisationCandidate& a, const OrganisationCandidate& b);

}  // namespace pitchblende::resolution
