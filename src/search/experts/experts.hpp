// Who has shown most in a topic. Inside search; any thread.
//
// The document model of Balog, Azzopardi and de Rijke (SIGIR 2006, their model 2): a candidate's score is the sum, over
// the documents that answer the question, of how well each answers it times how much of it is the candidate's. How
// well: its BM25F score beside the best one's. How much: 1 / (1 + ln n) of each of n people that a document names, for
// a team or a platform the whole. Work loses half its weight in k_half_life years. Only the first 1,000 documents
// count.
#pragma once

#include "search/finder.hpp"

namespace pitchblende::search {

Experts find_experts(const Snapshot& snapshot, const ExpertsQuery& query, const access::Viewer& viewer);

}  // namespace pitchblende::search
