// What tests look for in an answer beside its body.
#pragma once

#include <string>
#include <string_view>

#include "http/http.hpp"

namespace pitchblende {

// Empty when the answer has none of that name.
inline std::string header(const http::Answer& answer, std::string_view name) {
  for (const auto& [each, value] : answer.headers) {
    if (each == name) {
      return value;
    }
  }
  return {};
}

// Where a POST sends whom it answers.
inline std::string location(const http::Answer& answer) { return header(answer, "Location"); }

}  // namespace pitchblende
