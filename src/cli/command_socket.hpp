// One process owns a data folder: a command that writes, finding a server there, is carried out by it, with the same
// output. The server listens on <folder>/commands, a socket that only its own user can open.
//
// Request: a length (32 bits, little-endian) and JSON {"arguments", "directory", "terminal"}. Answer: pieces of a byte
// ('o' output, 'e' errors, 'x' the exit code and the end), a length and that many bytes. The client that goes away
// stops the work where it can be stopped.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.hpp"

namespace pitchblende::cli {

class CommandSocket {
 public:
  // Carries out commands one after the other, on a thread of its own, until it is destroyed. Error: CLI_FOLDER.
  static Result<std::unique_ptr<CommandSocket>> open(const std::string& folder, Workplace& place);
  virtual ~CommandSocket() = default;
};

// The exit code of the command as the folder's server carried it out; nullopt: no server is there.
Result<std::optional<int>> ask_server(const std::string& folder, const std::vector<std::string>& arguments,
                                      const Streams& streams);

}  // namespace pitchblende::cli
