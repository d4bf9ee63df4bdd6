// Commands that read a JSON list: what cannot be read is said record by record, and the rest goes in. Any thread.
#pragma once

#include <boost/json.hpp>
#include <functional>
#include <string>
#include <string_view>

#include "cli/commands.hpp"

namespace pitchblende::cli {

// Error: a file that cannot be read, or of more than 64 MiB.
Result<std::string> read_file(const std::string& path);

struct ListRead {
  int64_t records = 0;
  int64_t accepted = 0;
};

// Each of the list in the command's file, in its order. Error: of read_file, or no list.
Result<ListRead> read_list(const Options& options, const Streams& streams,
                           const std::function<Result<void>(const boost::json::value&)>& take);
// `english`, `french`: what was accepted, "calls read", "appels lus".
Exit tell_list(const Options& options, const Streams& streams, const ListRead& list, std::string_view english,
               std::string_view french);
// Empty where there is no text of the name.
std::string text_of(const boost::json::object& object, std::string_view name);

}  // namespace pitchblende::cli
