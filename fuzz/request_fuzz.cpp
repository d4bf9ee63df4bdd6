// Bytes as a request: parsed, its format and language chosen, a route found. In memory: nothing listens.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "base/text.hpp"
#include "http/http.hpp"

namespace http = pitchblende::http;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const http::Router router = [] {
    http::Router made;
    for (const char* pattern : {"/", "/{lang}/", "/{lang}/{page}", "/{lang}/{kind}/{id}", "/id/{scheme}/{value*}"}) {
      made.add(
          {http::Method::get, pattern, http::Right::everyone, [](const http::Request&, const http::Captures& parts) {
             for (const std::string_view part : parts) {
               if (part.empty()) {
                 std::abort();
               }
             }
             return http::Answer{};
           }});
    }
    return made;
  }();
  const auto request = http::parse_request({reinterpret_cast<const char*>(data), size});
  if (!request) {
    return 0;
  }
  if (!request->path.starts_with('/') || !pitchblende::is_valid_utf8(request->path) ||
      request->path.find("/../") != std::string::npos) {
    std::abort();
  }
  for (const auto& [name, value] : request->query) {
    if (!pitchblende::is_valid_utf8(name) || !pitchblende::is_valid_utf8(value)) {
      std::abort();
    }
  }
  std::string path = request->path;
  http::take_format(path, request->header("accept"));
  http::preferred_language(request->header("accept-language"));
  router.answer(*request);
  return 0;
}
