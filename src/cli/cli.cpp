#include "cli/cli.hpp"

#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <ostream>

#include "cli/carry_out.hpp"
#include "cli/command_socket.hpp"
#include "cli/commands.hpp"
#include "cli/errors.hpp"
#include "cli/json.hpp"
#include "store/errors.hpp"

namespace pitchblende::cli {

namespace {

struct Command {
  std::string_view name;
  Result<Exit> (*run)(const Options&, const Streams&) = nullptr;  // with a `write`: what asks whether to be sure
  Result<Exit> (*write)(const Options&, Workplace&, const Streams&) = nullptr;  // in a folder that is ours
};

constexpr std::array k_commands{
    Command{"demo", write_demo},
    Command{"init", init},
    Command{"import", nullptr, import_source},
    Command{"pool", nullptr, pool_files},
    Command{"decide", nullptr, decide},
    Command{"bookable", nullptr, bookable},
    Command{"calendar", nullptr, read_calendar},
    Command{"calls", nullptr, read_calls},
    Command{"groups", nullptr, read_groups},
    Command{"workbook", nullptr, workbook},
    Command{"rebuild", nullptr, rebuild},
    Command{"check", nullptr, check},
    Command{"admin", nullptr, administer},
    Command{"roles", nullptr, give_roles},
    Command{"erase", ask_to_erase, erase},
    Command{"notices", nullptr, notices},
    Command{"backup", backup},
    Command{"restore", restore},
    Command{"search", search_words},
    Command{"show", show},
    Command{"explain", explain},
    Command{"affiliation", read_affiliation},
    Command{"review", review},
    Command{"quality", quality},
    Command{"figures", show_figures},
    Command{"sources", list_sources},
};

volatile std::sig_atomic_t g_interrupted = 0;

// The first Ctrl-C asks the work to stop where it can; the second one kills as ever.
void interrupt(int) {
  g_interrupted = 1;
  std::signal(SIGINT, SIG_DFL);
}

// What was asked for means nothing: nobody needs to look at the data to say so.
bool is_slip(const Error& error) {
  return error.is(errors::filter) || error.is(errors::filter_value) || error.is(errors::not_an_id) ||
         error.is(errors::kind) || error.is(errors::unknown_source);
}

int finish(const Options& options, const Result<Exit>& done, const Streams& streams) {
  if (done) {
    return static_cast<int>(*done);
  }
  if (options.json) {
    streams.out << to_json(done.error()) << '\n';
  }
  streams.err << "pitchblende: " << done.error().message(options.language) << '\n';
  if (is_slip(done.error())) {
    return static_cast<int>(Exit::usage);
  }
  // Nothing has that id; a folder that is not there is another matter.
  const int status = done.error().kind().status;
  const bool folder = done.error().is(store::errors::missing);
  return static_cast<int>((status == 404 || status == 410) && !folder ? Exit::not_found : Exit::failed);
}

// What a person wrote, as it is found from another directory.
void make_absolute(Options& options, const std::string& directory) {
  namespace fs = std::filesystem;
  const auto absolute = [&](const std::string& path) { return (fs::path(directory) / path).string(); };
  for (std::string& file : options.files) {
    std::error_code ignored;
    const size_t equals = file.find('=');
    const bool named = equals != std::string::npos && !fs::exists(absolute(file), ignored);
    file = named ? file.substr(0, equals + 1) + absolute(file.substr(equals + 1)) : absolute(file);
  }
  if (!options.mapping.empty()) {
    options.mapping = absolute(options.mapping);
  }
  if (!options.target.empty()) {
    options.target = absolute(options.target);
  }
}

Result<Exit> write(const Command& command, const Options& options, const std::vector<std::string>& arguments,
                   const Streams& streams, std::optional<int>& exit) {
  auto place = Workplace::for_writing(options.data);
  if (!place && place.error().is(store::errors::locked)) {
    TRY_ASSIGN(exit, ask_server(options.data, arguments, streams));
    if (exit) {
      return Exit::done;
    }
  }
  TRY(place);
  std::signal(SIGINT, interrupt);
  return command.write(options, **place, streams);
}

}  // namespace

int carry_out(const std::vector<std::string>& arguments, const std::string& directory, const std::string& folder,
              Workplace& place, const Streams& streams) {
  std::vector<const char*> words{"pitchblende"};
  for (const std::string& argument : arguments) {
    words.push_back(argument.c_str());
  }
  Parsed parsed = parse(static_cast<int>(words.size()), words.data());
  if (!parsed.options) {
    streams.err << parsed.text;
    return parsed.exit;
  }
  Options& options = *parsed.options;
  options.data = folder;
  make_absolute(options, directory);
  for (const Command& command : k_commands) {
    if (command.name == options.command && command.write != nullptr) {
      auto config = read_config(folder);  // sources may have been added since the server began
      if (!config) {
        return finish(options, tl::unexpected(config.error()), streams);
      }
      // Where the folder says no address, what it leads to is where it is served.
      config->address = config->address.empty() ? place.config.address : config->address;
      place.config = std::move(*config);
      return finish(options, command.write(options, place, streams), streams);
    }
  }
  return finish(options, fail(errors::only_writes, options.command), streams);
}

int run(int argc, const char* const* argv, std::ostream& out, std::ostream& err, const Serve& serve) {
  const Parsed parsed = parse(argc, argv);
  if (!parsed.options) {
    (parsed.exit == 0 ? out : err) << parsed.text;
    return parsed.exit;
  }
  const Options& options = *parsed.options;
  const Streams streams{out, err, isatty(STDERR_FILENO) != 0, [] { return g_interrupted != 0; },
                        isatty(STDIN_FILENO) != 0 ? &std::cin : nullptr};
  if (options.command == "serve") {
    return serve ? finish(options, serve(options, streams), streams) : static_cast<int>(Exit::usage);
  }
  for (const Command& command : k_commands) {
    if (command.name != options.command) {
      continue;
    }
    const bool asks_first = command.run != nullptr && !options.sure;
    if (command.write == nullptr || asks_first) {
      return finish(options, command.run(options, streams), streams);
    }
    std::optional<int> exit;
    const Result<Exit> done = write(command, options, {argv + 1, argv + argc}, streams, exit);
    return exit ? *exit : finish(options, done, streams);
  }
  return static_cast<int>(Exit::usage);
}

}  // namespace pitchblende::cli
