// A regular expression with bounds on time, stack and text: a pattern from a file cannot hang the program. Inside
// sources.
//
// A pattern is constant; matches may run on any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct URegularExpression;

namespace pitchblende::sources {

class Pattern {
 public:
  // ICU's syntax. nullopt: not a pattern.
  static std::optional<Pattern> read(std::string_view text);
  // The first group of the first match, or the match when there is no group. nullopt: no match, or too dear.
  std::optional<std::string> extract(std::string_view text) const;

 private:
  explicit Pattern(std::shared_ptr<URegularExpression> compiled) : m_compiled(std::move(compiled)) {}
  std::shared_ptr<URegularExpression> m_compiled;
};

}  // namespace pitchblende::sources
