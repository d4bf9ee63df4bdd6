#include "texts/texts_rules.hpp"

#include <algorithm>

#include "texts/errors.hpp"

namespace pitchblende::texts {

namespace {

constexpr size_t k_longest = 60'000;

}  // namespace

bool is_name(std::string_view name) { return std::ranges::find(k_names, name) != k_names.end(); }

Result<void> judge(const Text& wanted) {
  if (!is_name(wanted.name)) {
    return fail(errors::unknown, wanted.name.substr(0, 100));
  }
  if (wanted.french.size() > k_longest || wanted.english.size() > k_longest) {
    return fail(errors::too_long, std::to_string(k_longest));
  }
  return {};
}

Result<void> judge_seen(const Text& wanted, const Text& stored) {
  if (wanted.revision != stored.revision) {
    return fail(errors::changed);
  }
  const bool same = wanted.french == stored.french && wanted.english == stored.english;
  return same ? Result<void>(fail(errors::same)) : Result<void>();
}

}  // namespace pitchblende::texts
