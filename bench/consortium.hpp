// A made-up consortium of any size as files: organisations and staff (CSV), publications (PubMed XML). Deterministic.
//
// The publications have the shape of real ones (title, 120-word abstract, authors with affiliations, MeSH headings,
// dates); words follow Zipf's law. It serves until the demo's own files exist, and proves speed, never quality.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pitchblende::bench {

struct Size {
  int people = 10'000;
  int publications = 200'000;
  int authors = 100'000;  // the people among them
};

struct Files {
  std::string organisations;
  std::string people;
  std::string publications;
  std::vector<std::string> words;  // of the vocabulary, by rank: queries are made of them
};

Files write_consortium(const std::string& folder, const Size& size);

}  // namespace pitchblende::bench
