// What a Mustache text says, as a list of steps.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace pitchblende::http {

enum class What : uint8_t { text, escaped, raw, section, inverted, partial };

struct Step {
  What what = What::text;
  std::string text;                // of text
  std::vector<std::string> names;  // of a variable or section, at dots; empty: "."
  size_t name = 0;                 // number of the first of them
  size_t end = 0;                  // of a section: the step behind its last one
  size_t partial = 0;              // number of the template
};

using Steps = std::vector<Step>;
using Numbers = std::map<std::string, size_t, std::less<>>;

// A name as a template writes it: "t.search.title"; of no parts ".".
std::string joined(const std::vector<std::string>& names);

// Steps, or what is wrong. `numbers`: of the templates that it may take in.
tl::expected<Steps, std::string> parsed_steps(std::string_view text, const Numbers& numbers);

}  // namespace pitchblende::http
