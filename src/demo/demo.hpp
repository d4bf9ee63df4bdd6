// The invented consortium: files as institutions export them, in their own habits, with the truth beside them. It
// begins with the facts of its source; all else is invented and says so. Front door of demo.
//
// Functions of their arguments: the same size and seed give the same bytes. Any thread; two of them not in one folder.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace pitchblende::demo {

enum class Size : uint8_t { small, consortium };

struct Settings {
  Size size = Size::small;
  uint64_t seed = 1;
  std::string folder;
};

// A source of the written folder, as its pitchblende.toml names it.
struct Source {
  std::string name;
  std::string format;   // built-in or ready mapping; empty: an own one
  std::string mapping;  // file beside pitchblende.toml
  std::string institution;
  std::string institution_ref;
  int trust = 50;
  std::string licence;
  bool republish = true;
  std::vector<std::string> files;  // from the folder; a pattern where there are many
};

struct Written {
  std::vector<Source> sources;
  size_t files = 0;
  uint64_t bytes = 0;
  size_t people = 0;
  size_t teams = 0;
  size_t platforms = 0;
  size_t equipment = 0;
  size_t publications = 0;
};

// Makes the folder where it is not there. Errors: DEMO_FOLDER.
Result<Written> write(const Settings& settings);

// Something that the source says, and where the site shows it.
struct Fact {
  std::string_view id;
  std::string_view kind;     // history, founder, role, area, person, partner, acronym, succession, aim
  std::string_view english;  // in our own words
  std::string_view french;
  std::string_view reference;  // of the thing whose page shows it; page:about, page:glossary for pages without a thing
  std::vector<std::string_view> words_english;  // each stands on the page
  std::vector<std::string_view> words_french;
};
const std::vector<Fact>& facts();

}  // namespace pitchblende::demo
