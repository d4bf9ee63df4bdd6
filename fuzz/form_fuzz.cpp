// What forms send, urlencoded or multipart: no bytes may crash it, and what comes out is text that a person can have
// typed. The first byte chooses the content type.
#include <cstdlib>

#include "base/text.hpp"
#include "http/form.hpp"

namespace {

bool is_typed(std::string_view text) {
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F) {
      return false;
    }
  }
  return pitchblende::is_valid_utf8(text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) {
    return 0;
  }
  pitchblende::http::Request request;
  request.headers = {
      {"content-type", data[0] % 2 == 0 ? "application/x-www-form-urlencoded" : "multipart/form-data; boundary=\"b\""},
      {"cookie", std::string(reinterpret_cast<const char*>(data) + 1, size - 1)},
      {"origin", std::string(reinterpret_cast<const char*>(data) + 1, size - 1)}};
  request.body.assign(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (const auto form = pitchblende::http::read_form(request)) {
    for (const auto& [name, value] : form->fields) {
      if (name.empty() || !is_typed(name) || !is_typed(value)) {
        std::abort();
      }
    }
    for (const auto& file : form->files) {
      if (file.field.empty() || !is_typed(file.name) || file.name.find('/') != std::string::npos) {
        std::abort();
      }
    }
  }
  pitchblende::http::cookie(request, "pb_session");
  pitchblende::http::is_from_own_page(request, "https://pool.example.org");
  return 0;
}
