// Sets of names whose bearers are known, as mentions made by the road that a pool takes. Read from where they are
// given.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "resolution/resolution.hpp"

namespace pitchblende::bench {

struct LabelledSet {
  std::string name;
  resolution::Input input;
  std::map<resolution::MentionRef, std::string> bearers;  // of the mentions that are judged
  std::map<resolution::MentionRef, std::string> blocks;   // name blocks, for keeping train and test apart
};

struct LabelledPairs {
  resolution::Input input;
  struct Pair {
    resolution::MentionRef a;
    resolution::MentionRef b;
    bool same = false;
    std::string block;
  };
  std::vector<Pair> pairs;
  size_t without_article = 0;  // pairs of the file that cannot be looked at
};

std::vector<std::vector<std::string>> read_csv(const std::string& path, char separator);

// Song, Kim, Jeong, Kim (JCDL 2015): CSV with one author mention a row, his paper beside it; truth in author_uid.
std::optional<LabelledSet> read_song(const std::string& path);
// Signatures and clusters as S2AND keeps them (JSON): names and affiliations.
std::optional<LabelledSet> read_signatures(const std::string& folder);
// Pairs of PubMed mentions (";", YES or NO) and the folder of *.xml or *.xml.gz with their articles.
std::optional<LabelledPairs> read_pairs(const std::string& path, const std::string& articles);

}  // namespace pitchblende::bench
