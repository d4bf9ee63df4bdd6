#include "booking/usage.hpp"

#include "booking/local_time.hpp"

namespace pitchblende::booking {

namespace {

Id id_at(const store::Row& row) { return Id(static_cast<uint64_t>(row.integer(0))); }

}  // namespace

Result<std::unordered_map<Id, int64_t>> seconds_taken(store::Store& store, const Span& span) {
  return store.read([&](store::Connection& connection) -> Result<std::unordered_map<Id, int64_t>> {
    std::unordered_map<Id, int64_t> taken;
    TRY(connection.query("SELECT instrument FROM bookable WHERE how = 'here'", {},
                         [&](const store::Row& row) { taken[id_at(row)]; }));
    TRY(connection.query(
        "SELECT instrument, SUM(CASE WHEN ends < ? THEN ends ELSE ? END - CASE WHEN begins > ? THEN "
        "begins ELSE ? END) FROM booking WHERE state IN ('requested', 'confirmed') AND sort = 'use' AND "
        "begins < ? AND ends > ? GROUP BY instrument",
        {span.ends, span.ends, span.begins, span.begins, span.ends, span.begins},
        [&](const store::Row& row) { taken[id_at(row)] += row.integer(1); }));
    return taken;
  });
}

Result<Span> year_span(int64_t year) {
  TRY_ASSIGN(const Zone zone, Zone::named(k_home_zone));
  const auto begin = [&](int64_t of) { return zone.utc(day_number(of, 1, 1) * k_day).first; };
  return Span{begin(year), begin(year + 1)};
}

}  // namespace pitchblende::booking
