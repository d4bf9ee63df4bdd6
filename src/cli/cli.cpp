#include "cli/cli.hpp"

#include <array>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/json.hpp"

namespace pitchblende::cli {

namespace {

struct Command {
  std::string_view name;
  Result<Exit> (*run)(const Options&, Streams);
};

constexpr std::array k_commands{
    Command{"init", init},     Command{"import", import_source}, Command{"pool", pool_files},
    Command{"decide", decide}, Command{"rebuild", rebuild},      Command{"check", check},
    Command{"backup", backup}, Command{"restore", restore},      Command{"search", search_words},
    Command{"show", show},     Command{"explain", explain},      Command{"sources", list_sources},
};

}  // namespace

int run(int argc, const char* const* argv, std::ostream& out, std::ostream& err) {
  const Parsed parsed = parse(argc, argv);
  if (!parsed.options) {
    (parsed.exit == 0 ? out : err) << parsed.text;
    return parsed.exit;
  }
  for (const Command& command : k_commands) {
    if (command.name != parsed.options->command) {
      continue;
    }
    const Result<Exit> done = command.run(*parsed.options, {out, err});
    if (done) {
      return static_cast<int>(*done);
    }
    if (parsed.options->json) {
      out << to_json(done.error()) << '\n';
    }
    err << "pitchblende: " << done.error().message(parsed.options->language) << '\n';
    return static_cast<int>(done.error().kind().status == 404 || done.error().kind().status == 410 ? Exit::not_found
                                                                                                   : Exit::failed);
  }
  return static_cast<int>(Exit::usage);
}

}  // namespace pitchblende::cli
