// Asking a site in this process: who asks, what for, and what of an answer is the site's own.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/access_rules.hpp"

namespace pitchblende::tests {

// Somebody signed in with that address and these roles, on a day.
inline std::shared_ptr<const access::Actor> signed_in(int64_t account, const std::string& email,
                                                      std::vector<access::Grant> grants, std::string today) {
  auto out = std::make_shared<access::Actor>();
  out->account = account;
  out->session = account;
  out->email = email;
  out->today = std::move(today);
  out->session_secret = "secret of the session of " + email;
  out->grants = std::move(grants);
  out->viewer = access::viewer_of(out->grants, out->today);
  return out;
}

// All addresses that a route's pattern stands for, its holes ("{id}", "{value*}") filled with these; "" says what any
// other hole is filled with, and without it a hole that is not named throws.
inline std::vector<std::string> filled(const std::string& pattern,
                                       const std::map<std::string, std::vector<std::string>>& with) {
  std::vector<std::string> out{pattern};
  for (size_t at = 0; at < out.size();) {
    const size_t open = out[at].find('{');
    if (open == std::string::npos) {
      ++at;
      continue;
    }
    const std::string whole = out[at];
    const std::string hole = whole.substr(open, whole.find('}') - open + 1);
    out.erase(out.begin() + static_cast<std::ptrdiff_t>(at));
    for (const std::string& value : with.contains(hole) ? with.at(hole) : with.at("")) {
      out.push_back(whole.substr(0, open) + value + whole.substr(open + hole.size()));
    }
  }
  return out;
}

// A page without the beginning of the one script of ours that each has.
inline std::string without_own_script(std::string page) {
  constexpr std::string_view k_own = "<script type=\"module\" src=\"/files/suggest.";
  const size_t at = page.find(k_own);
  return at == std::string::npos ? page : page.erase(at, k_own.size());
}

}  // namespace pitchblende::tests
