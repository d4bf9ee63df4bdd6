// A data folder of its own and the program's commands on it. For tests.
#pragma once

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "cli/cli.hpp"
#include "made_up.hpp"

namespace pitchblende::cli {

struct Said {
  int exit = 0;
  std::string out;
  std::string err;
};

class CliFixture : public ::testing::Test {
 protected:
  Said run(const std::vector<std::string>& words) const {
    std::vector<const char*> raw{"pitchblende", "--data"};
    const std::string data = folder.path("data");
    raw.push_back(data.c_str());
    for (const std::string& word : words) {
      raw.push_back(word.c_str());
    }
    std::ostringstream out;
    std::ostringstream err;
    const int exit = cli::run(static_cast<int>(raw.size()), raw.data(), out, err);
    return {exit, out.str(), err.str()};
  }

  tests::Folder folder;
};

}  // namespace pitchblende::cli
