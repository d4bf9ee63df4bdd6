#include "personal/notices.hpp"

#include "personal/searches.hpp"

namespace pitchblende::personal {

namespace {

using store::Connection;
using store::Row;
using store::Transaction;

// People with a page that have not been told, with an address of theirs: of several the first.
constexpr std::string_view k_untold =
    "SELECT c.id, (SELECT min(i.ref) FROM identifier i WHERE i.entity = c.id AND i.ref LIKE 'email:%') "
    "FROM card c WHERE c.kind = 'person' AND c.page = 1 "
    "AND NOT EXISTS (SELECT 1 FROM page_notice n WHERE n.entity = c.id) ";

}  // namespace

Result<NoticeCount> Notices::count() const {
  NoticeCount out;
  TRY(m_store.read([&](Connection& db) -> Result<void> {
    TRY(db.query(k_untold, {}, [&](const Row& row) { ++(row.text(1).empty() ? out.no_address : out.to_write); }));
    TRY(db.query("SELECT count(*) FROM page_notice WHERE state = 'sent'", {},
                 [&](const Row& row) { out.told = row.integer(0); }));
    return {};
  }));
  TRY_ASSIGN(const auto rows, m_jobs.rows(1000));
  for (const jobs::JobRow& row : rows) {
    out.begun = out.begun || row.job.name == k_notice_job;
  }
  return out;
}

Result<std::vector<Notices::Waiting>> Notices::next(size_t limit) const {
  std::vector<Waiting> out;
  TRY(m_store.read([&](Connection& db) {
    return db.query(std::string(k_untold) +
                        "AND EXISTS (SELECT 1 FROM identifier i WHERE i.entity = c.id AND i.ref LIKE 'email:%') "
                        "ORDER BY c.id LIMIT ?",
                    {static_cast<int64_t>(limit)}, [&](const Row& row) {
                      const std::string_view ref = row.text(1);
                      out.push_back({Id(static_cast<uint64_t>(row.integer(0))),
                                     std::string(ref.empty() ? ref : ref.substr(ref.find(':') + 1))});
                    });
  }));
  return out;
}

Result<void> Notices::note(Transaction& transaction, const Waiting& told) const {
  const std::string_view state = told.email.empty() ? "no_address" : "sent";
  TRY(
      transaction.execute("INSERT INTO page_notice (entity, state, at) VALUES (?, ?, ?) "
                          "ON CONFLICT (entity) DO NOTHING",
                          {static_cast<int64_t>(told.card.bits()), state, m_clock.now_text()}));
  return {};
}

Result<void> Notices::begin(Transaction& transaction) const {
  return m_jobs.post(transaction, {std::string(k_notice_job), {}, "begun", {}});
}

Result<void> Notices::go_on(Transaction& transaction, More more) const {
  const bool now = more == More::yes;
  return m_jobs.post(transaction, {std::string(k_notice_job),
                                   {},
                                   now ? "begun" : "daily",
                                   now ? std::string() : next_look(m_clock.now_text(), Every::daily)});
}

}  // namespace pitchblende::personal
