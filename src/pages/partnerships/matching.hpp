// Who should I talk to: a need in plain words, and who may meet it, each with the reasons. Functions of an immutable
// site; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pages/site.hpp"

namespace pitchblende::pages {

// A work that speaks for somebody: a publication, a project, a trial, a patent.
struct Proof {
  Id id;
  std::string label;
  std::string url;
  double worth = 0;  // 0 … 1: how near it is to the need
};
struct Candidate {
  Id id;
  registry::Kind kind = registry::Kind::team;
  std::string label;
  std::string note;
  double weight = 0;               // what it is ordered by
  std::vector<std::string> found;  // words of the need that its own page has
  search::Hit hit;                 // with the snippet, where its page has some
  std::vector<Proof> proofs;
  Id ask;                 // who is asked for it: itself, a person's team; 0: nobody
  std::string ask_label;  // where that is another
};
struct Matches {
  std::vector<Candidate> teams;
  std::vector<Candidate> platforms;  // instruments and services too
  std::vector<Candidate> people;
  std::vector<Candidate> projects;  // partnerships too
};

// What works say together, 0 … 1: the nearest counts half, the next a quarter, and so on, so that however many there
// are never say more than one that is twice as near.
double worth_of(const std::vector<Proof>& proofs);
// Whether it has a word that is no stop word.
bool says_something(std::string_view need);
// The best five of each; of a need that says nothing none.
Result<Matches> who_matches(const Site& site, std::string_view need, const access::Viewer& viewer, const Words& words);

}  // namespace pitchblende::pages
