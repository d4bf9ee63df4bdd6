#include "intake/intake_rules.hpp"

#include <algorithm>

#include "intake/errors.hpp"

namespace pitchblende::intake {

namespace {

using registry::Kind;

// Rule 2: what an institution has and does. Groups, calls, awards and partnerships are the consortium's; a concept
// speaks for every search.
constexpr Kind k_own_kinds[] = {Kind::person,    Kind::team,    Kind::organisation, Kind::site,    Kind::platform,
                                Kind::equipment, Kind::service, Kind::collection,   Kind::dataset, Kind::publication,
                                Kind::project,   Kind::trial,   Kind::patent,       Kind::event};

// Rule 3.
const registry::FieldId k_roles = registry::field(Kind::organisation, "consortium_roles");

}  // namespace

std::optional<sources::Finding> refusal(const registry::Record& record) {
  if (std::ranges::find(k_own_kinds, record.kind) == std::end(k_own_kinds)) {
    return sources::Finding{{}, {}, record.key, Error(errors::kind)};
  }
  if (record.kind == Kind::organisation) {
    if (const registry::Value* role = record.first(k_roles)) {
      return sources::Finding{{}, "consortium_roles", role->text, Error(errors::role)};
    }
  }
  return std::nullopt;
}

}  // namespace pitchblende::intake
