#include "cli/json_list.hpp"

#include <fstream>
#include <ostream>
#include <vector>

#include "cli/errors.hpp"

namespace pitchblende::cli {

namespace {

namespace json = boost::json;

constexpr size_t k_largest_file = 64 << 20;

}  // namespace

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return fail(errors::folder, path, "cannot be read");
  }
  std::string text;
  std::vector<char> piece(1 << 20);
  while (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0) {
    text.append(piece.data(), static_cast<size_t>(file.gcount()));
    if (text.size() > k_largest_file) {
      return fail(errors::folder, path, "larger than 64 MiB");
    }
  }
  return text;
}

Result<ListRead> read_list(const Options& options, const Streams& streams,
                           const std::function<Result<void>(const json::value&)>& take) {
  const std::string& path = options.files.front();
  TRY_ASSIGN(const std::string text, read_file(path));
  boost::system::error_code error;
  const json::value all = json::parse(text, error);
  if (error || !all.is_array()) {
    return fail(errors::folder, path, error ? error.message() : "a list is wanted");
  }
  ListRead out;
  for (const json::value& each : all.get_array()) {
    ++out.records;
    const Result<void> done = take(each);
    out.accepted += done ? 1 : 0;
    if (!done) {
      streams.err << path << ": " << (options.language == Language::french ? "fiche " : "record ") << out.records
                  << ": " << done.error().message(options.language) << '\n';
    }
  }
  return out;
}

Exit tell_list(const Options& options, const Streams& streams, const ListRead& list, std::string_view english,
               std::string_view french) {
  const int64_t rejected = list.records - list.accepted;
  if (options.json) {
    streams.out << json::serialize(
                       json::object{{"read", list.records}, {"accepted", list.accepted}, {"rejected", rejected}})
                << '\n';
  } else if (options.language == Language::french) {
    streams.out << list.accepted << ' ' << french << ", " << rejected << " refusés\n";
  } else {
    streams.out << list.accepted << ' ' << english << ", " << rejected << " rejected\n";
  }
  return rejected == 0 ? Exit::done : Exit::rejected;
}

std::string text_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace pitchblende::cli
