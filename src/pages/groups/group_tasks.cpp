// People proposed as members: what waits for who leads a group, and for the staff where nobody decides.
#include <algorithm>
#include <charconv>
#include <memory>
#include <mutex>

#include "access/access_rules.hpp"
#include "booking/local_time.hpp"
#include "groups/groups_rules.hpp"
#include "groups/proposals.hpp"
#include "pages/groups/group_pages.hpp"

namespace pitchblende::pages {

namespace {

constexpr size_t k_most = 20;  // proposals that the page shows at first
constexpr uint32_t k_areas = 100;
constexpr int64_t k_patience = 60;  // days

// One day, one edition of the index and of the rooms of groups.
struct Moment {
  int64_t position = -1;
  uint64_t edition = 0;
  std::string today;
  bool operator==(const Moment&) const = default;
};
struct Waiting {
  Id group;
  size_t people = 0;
};

class Proposed {
 public:
  Proposed(const registry::Registry& registry, CurrentIndex index, const groups::Groups& groups,
           const access::Access& access)
      : m_registry(registry), m_index(std::move(index)), m_groups(groups), m_access(access) {}

  Result<std::vector<access::Task>> tasks(const access::Actor& actor) {
    const std::string today = booking::day_text(booking::day_of(m_groups.now()));
    std::vector<access::Task> out;
    for (const access::Grant& grant : actor.grants) {
      if (grant.role == access::Role::group_leader && access::in_force(grant, today)) {
        TRY_ASSIGN(const auto decided, m_groups.members(grant.object));
        TRY_ASSIGN(const size_t people, waiting_in(grant.object, decided, actor.viewer, today));
        add(out, "tasks.members_to_confirm", people, grant.object);
      }
    }
    if (access::may(actor, access::Right::lead_group, {})) {
      TRY_ASSIGN(const std::vector<Waiting> left, left_alone(actor, today));
      size_t people = 0;
      for (const Waiting& each : left) {
        people += each.people;
      }
      add(out, "tasks.members_left", people, left.empty() ? Id() : left.front().group);
    }
    return out;
  }

 private:
  static void add(std::vector<access::Task>& to, std::string word, size_t people, Id group) {
    if (people > 0) {
      to.push_back({std::move(word), static_cast<int64_t>(people), "/group/" + group.text() + "/members", {}});
    }
  }

  Result<size_t> waiting_in(Id group, const std::vector<groups::Member>& members, const access::Viewer& viewer,
                            const std::string& today) const {
    int year = 0;
    std::from_chars(today.data(), today.data() + std::min<size_t>(4, today.size()), year);
    groups::Scope scope{group, {}, year};
    TRY_ASSIGN(scope.teams, teams_of_group(m_registry, group, viewer, today));
    std::vector<Id> decided;
    for (const groups::Member& member : members) {
      decided.push_back(member.person);
    }
    std::ranges::sort(decided);
    return groups::proposals(*m_index(), scope, decided, viewer, k_most).size();
  }

  // Areas where nobody decides, with those who wait, the most first. Whoever may lead them all sees the same: it is
  // looked up once for them, until something changes.
  Result<std::vector<Waiting>> left_alone(const access::Actor& actor, const std::string& today) {
    const std::lock_guard lock(m_mutex);
    const Moment now{m_index()->position(), m_groups.edition(), today};
    TRY_ASSIGN(const std::vector<access::GrantRow> grants, m_access.grants());
    if (now != m_moment) {
      TRY(look(actor.viewer, today));
      m_moment = now;
    }
    const std::string long_ago = booking::day_text(booking::day_of(m_groups.now()) - k_patience);
    std::vector<Waiting> out;
    for (const auto& [waiting, last_decision] : m_known) {
      std::vector<std::string> begins;
      for (const access::GrantRow& row : grants) {
        if (row.grant.role == access::Role::group_leader && row.grant.object == waiting.group &&
            access::in_force(row.grant, today)) {
          begins.push_back(row.grant.starts);
        }
      }
      if (groups::nobody_decides(begins, last_decision, long_ago)) {
        out.push_back(waiting);
      }
    }
    return out;
  }

  Result<void> look(const access::Viewer& viewer, const std::string& today) {
    m_known.clear();
    search::Query query;
    query.filters = {{search::Facet::kind, {std::string(registry::name(registry::Kind::group))}},
                     {search::Facet::type, {"key_area"}}};
    query.size = k_areas;
    query.facet_size = 0;
    query.snippets = false;
    const registry::FieldId ends = registry::field(registry::Kind::group, "to");
    for (const search::Hit& hit : m_index()->search(query, viewer).hits) {
      TRY_ASSIGN(const registry::Found found, m_registry.find(hit.id, viewer));
      const std::string_view last_day = found.card ? found.card->text(ends) : std::string_view();
      if (!last_day.empty() && last_day < std::string_view(today).substr(0, last_day.size())) {
        continue;
      }
      TRY_ASSIGN(const auto members, m_groups.members(hit.id));
      TRY_ASSIGN(const size_t people, waiting_in(hit.id, members, viewer, today));
      std::string last_decision;
      for (const groups::Member& each : members) {
        last_decision = std::max(last_decision, each.day);
      }
      if (people > 0) {
        m_known.emplace_back(Waiting{hit.id, people}, last_decision);
      }
    }
    std::ranges::stable_sort(m_known, [](const auto& a, const auto& b) { return a.first.people > b.first.people; });
    return {};
  }

  const registry::Registry m_registry;
  const CurrentIndex m_index;
  const groups::Groups& m_groups;
  const access::Access& m_access;
  std::mutex m_mutex;
  Moment m_moment;
  std::vector<std::pair<Waiting, std::string>> m_known;  // with the day of the last decision there
};

}  // namespace

access::TaskSource group_tasks(const registry::Registry& registry, CurrentIndex index, const groups::Groups& groups,
                               const access::Access& access) {
  const auto proposed = std::make_shared<Proposed>(registry, std::move(index), groups, access);
  return [proposed](const access::Actor& actor) { return proposed->tasks(actor); };
}

}  // namespace pitchblende::pages
