// Answers as JSON text for scripts. Pure, any thread.
#pragma once

#include <string>
#include <vector>

#include "pool/pool_types.hpp"
#include "registry/registry.hpp"
#include "search/search.hpp"

namespace pitchblende::cli {

std::string to_json(const Error& error);
std::string to_json(const pool::RunReport& report);
std::string to_json(const pool::SettleReport& report);
std::string to_json(const pool::CheckReport& report);
std::string to_json(const pool::Explanation& explanation, Language language);
std::string to_json(const pool::PairExplanation& pair, Language language);
// `pairs`: of the questions, in their order, with the evidence weighed.
std::string to_json(const pool::Queue& queue, const std::vector<pool::PairExplanation>& pairs, Language language);
std::string to_json(const pool::Quality& quality, Language language);
// With the labels of the things that facets count.
std::string to_json(const search::Answer& answer, const std::vector<registry::Card>& labels);
std::string to_json(const registry::Card& card, const std::vector<registry::Link>& out,
                    const std::vector<registry::Link>& in, const std::vector<registry::Event>& history);

}  // namespace pitchblende::cli
