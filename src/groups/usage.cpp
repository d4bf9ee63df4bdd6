#include "groups/usage.hpp"

#include "groups/groups_types.hpp"
#include "registry/registry.hpp"
#include "store/numbering.hpp"

namespace pitchblende::groups {

Result<std::vector<Confirmed>> confirmed_members(store::Store& store) {
  std::vector<Confirmed> out;
  TRY(store.read([&](store::Connection& db) {
    return db.query("SELECT group_id, person, decided FROM group_member WHERE standing = ? ORDER BY group_id, person",
                    {name(Decided::confirmed)}, [&](const store::Row& row) {
                      out.push_back({store::id_at(row, 0), store::id_at(row, 1), std::string(row.text(2))});
                    });
  }));
  const registry::Registry registry(store);
  for (Confirmed& each : out) {
    TRY_ASSIGN(const auto group, registry.current(each.group));
    TRY_ASSIGN(const auto person, registry.current(each.person));
    each.group = group.value_or(each.group);
    each.person = person.value_or(each.person);
  }
  return out;
}

}  // namespace pitchblende::groups
