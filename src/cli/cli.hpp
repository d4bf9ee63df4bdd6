// From a terminal: every use case of the pool as a command. Front door of cli.
#pragma once

#include <functional>
#include <iosfwd>

#include "base/result.hpp"

namespace pitchblende::cli {

// Exit codes that scripts can use.
enum class Exit : int {
  done = 0,       // all of it
  failed = 1,     // nothing was done; the message says why
  usage = 2,      // the command's words are off
  rejected = 3,   // done, but some records or files did not get in
  refused = 4,    // an import would withdraw too much
  problems = 5,   // check found something
  not_found = 6,  // nothing has that id, or nothing matches
};

struct Options;
struct Streams;
// `serve`, which stands above this slice: app hands it in.
using Serve = std::function<Result<Exit>(const Options&, const Streams&)>;

int run(int argc, const char* const* argv, std::ostream& out, std::ostream& err, const Serve& serve = {});

}  // namespace pitchblende::cli
