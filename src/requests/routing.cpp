#include "requests/routing.hpp"

#include <algorithm>
#include <chrono>

#include "base/beginning.hpp"
#include "requests/errors.hpp"
#include "store/numbering.hpp"

namespace pitchblende::requests {

namespace {

using access::Right;
using access::Role;
using store::Row;

using store::number;

std::vector<Id> with_owners(const access::Object& object) {
  std::vector<Id> out = object.owners;
  out.push_back(object.id);
  return out;
}

bool holds_own(const access::Actor& actor, const access::Object& object) {
  return std::any_of(actor.grants.begin(), actor.grants.end(), [&](const access::Grant& grant) {
    return access::in_force(grant, actor.today) &&
           access::scope(grant.role, Right::answer_request) == access::Scope::own && access::covers(grant, object);
  });
}

void add(People& to, const People& more) {
  for (const access::Holder& each : more) {
    const bool known =
        std::any_of(to.begin(), to.end(), [&](const access::Holder& one) { return one.email == each.email; });
    if (!known) {
      to.push_back(each);
    }
  }
}

}  // namespace

Result<std::vector<Substitute>> Substitutes::of(const std::vector<Id>& things) const {
  std::vector<Substitute> out;
  store::Rows wanted{{"resource", store::ColumnType::integer}};
  for (const Id id : things) {
    wanted.add(number(id));
  }
  TRY(m_store.read([&](store::Connection& connection) {
    return connection.lookup(
        "SELECT s.resource, s.email FROM {rows} w JOIN request_substitute s ON s.resource = w.resource", wanted,
        [&](const Row& row) {
          out.push_back({Id(static_cast<uint64_t>(row.integer(0))), std::string(row.text(1))});
        });
  }));
  std::sort(out.begin(), out.end(), [](const Substitute& a, const Substitute& b) {
    return std::tie(a.resource, a.email) < std::tie(b.resource, b.email);
  });
  return out;
}

Result<void> Substitutes::add(Id resource, const std::string& typed, int64_t account) {
  const auto email = access::email_address(typed);
  if (!email) {
    return fail(errors::email, beginning(typed, 100));
  }
  const int64_t now = std::chrono::duration_cast<std::chrono::seconds>(m_clock.now().time_since_epoch()).count();
  return m_store.write([&](store::Transaction& transaction) -> Result<void> {
    TRY(
        transaction.execute("INSERT INTO request_substitute (resource, email, set_by, at) VALUES (?, ?, ?, ?) "
                            "ON CONFLICT (resource, email) DO NOTHING",
                            {number(resource), *email, account, now}));
    return {};
  });
}

Result<void> Substitutes::remove(Id resource, const std::string& email) {
  return m_store.write([&](store::Transaction& transaction) -> Result<void> {
    TRY(transaction.execute("DELETE FROM request_substitute WHERE resource = ? AND email = ?",
                            {number(resource), email}));
    return {};
  });
}

Result<access::Holder> Substitutes::holder(const std::string& email) const {
  TRY_ASSIGN(const auto known, access::Contacts(m_store).with(email));
  return known.value_or(access::Holder{0, email, {}});
}

Result<std::vector<Id>> Substitutes::things_of(const std::string& email) const {
  std::vector<Id> out;
  TRY(m_store.read([&](store::Connection& connection) {
    return connection.query("SELECT resource FROM request_substitute WHERE email = ? ORDER BY resource", {email},
                            [&](const Row& row) { out.push_back(Id(static_cast<uint64_t>(row.integer(0)))); });
  }));
  return out;
}

const People& Reach::at(Level level) const {
  return level == Level::owner ? owners : level == Level::substitute ? substitutes : staff;
}

Result<People> Routing::owners(const access::Object& object) const {
  People out;
  for (const Role role : {Role::platform_manager, Role::team_leader}) {
    TRY_ASSIGN(const People holders, m_access.holders(role, object));
    add(out, holders);
  }
  return out;
}

// Rules 4 and 5.
Result<Reach> Routing::reach(Id resource) const {
  Reach out;
  if (resource != Id()) {
    TRY_ASSIGN(const Known known, this->known(resource, m_clock.today()));
    TRY_ASSIGN(out.owners, owners(known.object));
    for (size_t at = 0; out.owners.empty() && at < known.on_card.size(); ++at) {
      TRY_ASSIGN(access::Holder holder, m_substitutes.holder(known.on_card[at]));
      out.owners.push_back(std::move(holder));
    }
    TRY_ASSIGN(const std::vector<Substitute> substitutes, m_substitutes.of(with_owners(known.object)));
    for (const Substitute& each : substitutes) {
      TRY_ASSIGN(access::Holder holder, m_substitutes.holder(each.email));
      add(out.substitutes, {std::move(holder)});
    }
  }
  for (const Role role : {Role::staff, Role::system_administrator}) {
    if (out.staff.empty()) {
      TRY_ASSIGN(out.staff, m_access.holders(role, {}));
    }
  }
  return out;
}

Result<Routing::Known> Routing::known(Id resource, const std::string& today) const {
  const std::string edition = m_edition ? std::to_string(m_edition()) + " " + today : std::string();
  if (m_edition) {
    const std::lock_guard lock(m_mutex);
    if (edition != m_known_for) {
      m_known.clear();
      m_known_for = edition;
    }
    if (const auto known = m_known.find(resource); known != m_known.end()) {
      return known->second;
    }
  }
  Known found;
  TRY_ASSIGN(found.object, m_registry.object_for(resource, today));
  if (m_on_card) {
    TRY_ASSIGN(found.on_card, m_on_card(resource));
  }
  const std::lock_guard lock(m_mutex);
  if (m_edition && edition == m_known_for) {
    m_known.emplace(resource, found);
  }
  return found;
}

Result<bool> Routing::answers(const access::Actor& actor, Id resource) const {
  if (access::may(actor, Right::answer_request, {})) {
    return true;
  }
  TRY_ASSIGN(const std::vector<Id> found, own(actor, {resource}));
  return !found.empty();
}

Result<std::vector<Id>> Routing::own(const access::Actor& actor, const std::vector<Id>& resources) const {
  std::vector<Id> out;
  if (!actor.signed_in()) {
    return out;
  }
  TRY_ASSIGN(const std::vector<Id> stands_in, m_substitutes.things_of(actor.email));
  for (const Id id : resources) {
    if (id == Id()) {
      continue;
    }
    TRY_ASSIGN(const Known known, this->known(id, actor.today));
    const std::vector<Id> all = with_owners(known.object);
    bool his = holds_own(actor, known.object) || std::any_of(all.begin(), all.end(), [&](Id each) {
                 return std::find(stands_in.begin(), stands_in.end(), each) != stands_in.end();
               });
    if (!his && std::find(known.on_card.begin(), known.on_card.end(), actor.email) != known.on_card.end()) {
      TRY_ASSIGN(const People holders, owners(known.object));
      his = holders.empty();
    }
    if (his) {
      out.push_back(id);
    }
  }
  return out;
}

}  // namespace pitchblende::requests
