#include "insight/insight.hpp"

#include <algorithm>

#include "insight/errors.hpp"
#include "insight/gathering.hpp"
#include "insight/insight_rules.hpp"

namespace pitchblende::insight {

namespace {

constexpr size_t k_most_kept = 48;                  // a dozen years for each that may be seen by somebody else
constexpr std::chrono::minutes k_longest_kept{10};  // bookings and answers change without the index

}  // namespace

Insight::Insight(store::Store& store, const Clock& clock, CurrentIndex index, Counters counters)
    : m_store(store), m_clock(clock), m_index(std::move(index)), m_counters(std::move(counters)) {}

int Insight::this_year() const { return std::stoi(m_clock.today().substr(0, 4)); }

// Rule 6.
Result<void> Insight::add_hours(Figures& figures) const {
  if (!m_counters.taken) {
    return {};
  }
  TRY_ASSIGN(const auto taken, m_counters.taken(figures.year));
  for (Item& item : figures.items[static_cast<size_t>(Base::equipment)]) {
    if (const auto seconds = taken.find(item.id); seconds != taken.end()) {
      item.amount = seconds->second;
    }
  }
  return {};
}

Result<std::shared_ptr<const Ground>> Insight::ground_for(store::Connection& db, const search::Index& index,
                                                          const access::Viewer& viewer) const {
  std::erase_if(m_grounds, [&](const KeptGround& kept) { return kept.position != index.position(); });
  for (const KeptGround& kept : m_grounds) {
    if (kept.reach == viewer.reach) {
      return kept.ground;
    }
  }
  TRY_ASSIGN(Ground read, read_ground(db, index, viewer));
  m_grounds.push_back({index.position(), viewer.reach, std::make_shared<const Ground>(std::move(read))});
  return m_grounds.back().ground;
}

Result<std::shared_ptr<const Figures>> Insight::figures(int year, const access::Viewer& viewer) const {
  constexpr int k_first = 1500;
  if (year < k_first || year > this_year() + 1) {
    return fail(errors::year, std::to_string(year));
  }
  // Whoever sees more than the consortium does counts what the consortium sees; the terminal counts everything.
  const access::Viewer as{viewer.reach == access::Visibility::nobody
                              ? viewer.reach
                              : std::min(viewer.reach, access::Visibility::consortium),
                          {},
                          {}};
  const std::lock_guard lock(m_making);
  const auto index = m_index();
  const auto now = m_clock.now();
  std::erase_if(m_kept, [&](const Kept& kept) {
    return kept.position != index->position() || now - kept.made > k_longest_kept || now < kept.made;
  });
  for (const Kept& kept : m_kept) {
    if (kept.figures->year == year && kept.figures->reach == as.reach) {
      return kept.figures;
    }
  }
  std::unordered_map<Id, int64_t> answered;
  if (m_counters.answered) {
    TRY_ASSIGN(answered, m_counters.answered(year));
  }
  std::vector<Membership> members;
  if (m_counters.members) {
    TRY_ASSIGN(members, m_counters.members());
  }
  TRY_ASSIGN(Figures made, m_store.read([&](store::Connection& db) -> Result<Figures> {
    TRY_ASSIGN(const auto ground, ground_for(db, *index, as));
    return Gathering(db, *index, as, *ground, year).make(members, m_counters.answered ? &answered : nullptr);
  }));
  TRY(add_hours(made));
  tally_all(made);
  made.made = m_clock.now_text();
  auto figures = std::make_shared<const Figures>(std::move(made));
  m_kept.push_front({index->position(), now, figures});
  if (m_kept.size() > k_most_kept) {
    m_kept.pop_back();
  }
  return figures;
}

}  // namespace pitchblende::insight
