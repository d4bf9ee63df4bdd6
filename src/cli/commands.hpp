// One function a command. Each gives its exit code; an error is what kept it from being done. Those that write work in
// a data folder that is open already: the one that this process opened, or that of the server that carries them out.
#pragma once

#include <functional>
#include <iosfwd>

#include "base/result.hpp"
#include "cli/cli.hpp"
#include "cli/options.hpp"
#include "cli/workplace.hpp"

namespace pitchblende::cli {

struct Streams {
  std::ostream& out;
  std::ostream& err;
  bool terminal = false;             // somebody looks at err
  std::function<bool()> is_stopped;  // asked between pieces of work; empty: never
  std::istream* answers = nullptr;   // somebody who can be asked; null: nobody sits at a terminal
};

Result<Exit> write_demo(const Options& options, const Streams& streams);
Result<Exit> init(const Options& options, const Streams& streams);
Result<Exit> import_source(const Options& options, Workplace& place, const Streams& streams);
Result<Exit> pool_files(const Options& options, Workplace& place, const Streams& streams);
Result<Exit> decide(const Options& options, Workplace& place, const Streams& streams);
Result<Exit> bookable(const Options& options, Workplace& place, const Streams& streams);
Result<Exit> read_calls(const Options& options, Workplace& place, const Streams& streams);
Result<Exit> read_groups(const Options& options, Workplace& place, const Streams& streams);
Result<Exit> read_calendar(const Options& options, Workplace& place, const Streams& streams);
Result<Exit> workbook(const Options& options, Workplace& place, const Streams& streams);
Result<Exit> rebuild(const Options& options, Workplace& place, const Streams& streams);
Result<Exit> administer(const Options& options, Workplace& place, const Streams& streams);
Result<Exit> give_roles(const Options& options, Workplace& place, const Streams& streams);
Result<Exit> check(const Options& options, Workplace& place, const Streams& streams);
Result<Exit> erase(const Options& options, Workplace& place, const Streams& streams);
Result<Exit> notices(const Options& options, Workplace& place, const Streams& streams);

// Shows what would be erased, asks, and then has it done.
Result<Exit> ask_to_erase(const Options& options, const Streams& streams);

Result<Exit> backup(const Options& options, const Streams& streams);
Result<Exit> restore(const Options& options, const Streams& streams);
Result<Exit> search_words(const Options& options, const Streams& streams);
Result<Exit> show(const Options& options, const Streams& streams);
Result<Exit> explain(const Options& options, const Streams& streams);
Result<Exit> read_affiliation(const Options& options, const Streams& streams);
Result<Exit> quality(const Options& options, const Streams& streams);
Result<Exit> review(const Options& options, const Streams& streams);
Result<Exit> show_figures(const Options& options, const Streams& streams);
Result<Exit> list_sources(const Options& options, const Streams& streams);

}  // namespace pitchblende::cli
