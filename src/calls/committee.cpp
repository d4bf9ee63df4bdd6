#include "calls/committee.hpp"

#include <algorithm>
#include <tuple>

#include "calls/calls_store.hpp"
#include "calls/errors.hpp"
#include "calls/paris.hpp"
#include "calls/proposal_rules.hpp"

namespace pitchblende::calls {

namespace {

using store::Connection;
using store::Transaction;

constexpr int64_t k_last = 1'000'000;  // places after all that were given

Result<Call> run_by(Connection& connection, int64_t id, const By& by) {
  TRY_ASSIGN(std::optional<Call> found, rows::call(connection, id));
  if (!found || !by.runs) {
    return fail(errors::unknown);
  }
  TRY_ASSIGN(const bool applies, rows::applies(connection, id, by.email));
  if (applies) {
    return fail(errors::own);
  }
  return std::move(*found);
}

Result<void> judge_settable(const Call& call, int64_t revision, int64_t now) {
  if (call.released != 0) {
    return fail(errors::released);
  }
  if (call.state == CallState::draft || now < call.closes) {
    return fail(errors::still_open, paris_text(call.closes));
  }
  return revision == call.sheet ? Result<void>() : Result<void>(fail(errors::changed));
}

Result<Receipt> counting(Connection& connection, const Proposal& proposal) {
  TRY_ASSIGN(const std::vector<Receipt> all, rows::receipts(connection, proposal.id));
  const auto found = std::ranges::find(all, proposal.submitted, &Receipt::number);
  return found == all.end() ? Receipt() : *found;
}

void add_scores(const Plan& plan, const std::vector<Review>& reviews, SheetRow& row) {
  int64_t sum = 0;
  for (const Review& review : reviews) {
    if (review.proposal != row.proposal.id) {
      continue;
    }
    const auto score = score_of(plan, review.texts);
    if (review.state == ReviewState::sent && score) {
      row.scores.push_back({review.label, *score});
      sum += *score;
    }
    row.waiting += review.state == ReviewState::invited || review.state == ReviewState::accepted ? 1 : 0;
  }
  if (!row.scores.empty()) {
    const auto n = static_cast<int64_t>(row.scores.size());
    row.hundredths = (sum + n / 2) / n;
  }
}

Result<Sheet> read_sheet(Connection& connection, Call call) {
  Sheet sheet{std::move(call), {}, 0, 0};
  TRY_ASSIGN(std::vector<Proposal> all, rows::proposals(connection, sheet.call.id, rows::Which::submitted));
  TRY_ASSIGN(const std::vector<Review> reviews, rows::reviews_of_call(connection, sheet.call.id));
  TRY_ASSIGN(const auto verdicts, rows::verdicts(connection, sheet.call.id));
  for (Proposal& each : all) {
    SheetRow row;
    TRY_ASSIGN(const Receipt receipt, counting(connection, each));
    row.submitted = read_submission(receipt.content);
    row.asked = receipt.asked;
    row.proposal = std::move(each);
    add_scores(sheet.call.plan, reviews, row);
    if (const auto found = verdicts.find(row.proposal.id); found != verdicts.end()) {
      row.verdict = found->second;
    }
    sheet.rows.push_back(std::move(row));
  }
  arrange(sheet);
  return sheet;
}

Result<std::vector<Told>> told_of(Connection& connection, int64_t call, const std::vector<int64_t>& proposals) {
  TRY_ASSIGN(auto verdicts, rows::verdicts(connection, call));
  TRY_ASSIGN(const Texts said, rows::texts(connection, {"call", call}));
  std::vector<Told> out;
  for (const int64_t id : proposals) {
    TRY_ASSIGN(std::optional<Proposal> proposal, rows::proposal(connection, id));
    if (proposal) {
      TRY_ASSIGN(const Receipt receipt, counting(connection, *proposal));
      out.push_back({std::move(*proposal), read_submission(receipt.content), verdicts[id],
                     std::string(said_to(said, verdicts[id].outcome))});
    }
  }
  return out;
}

Result<void> told_also(Transaction& transaction, const Also& also) { return also ? also(transaction) : Result<void>(); }

}  // namespace

void arrange(Sheet& sheet) {
  std::ranges::sort(sheet.rows, {}, [](const SheetRow& row) {
    return std::tuple(row.verdict.place == 0 ? k_last : row.verdict.place, -row.hundredths.value_or(-1),
                      row.proposal.ref);
  });
  int64_t sum = 0;
  sheet.above = 0;
  sheet.granted = 0;
  for (size_t at = 0; at < sheet.rows.size(); ++at) {
    SheetRow& row = sheet.rows[at];
    sum += row.asked;
    row.so_far = sum;
    row.above = static_cast<int64_t>(at) < sheet.call.line;
    sheet.above = row.above ? sum : sheet.above;
    sheet.granted += row.verdict.outcome == Outcome::funded ? row.verdict.granted : 0;
  }
}

std::vector<Overrun> overruns(const Sheet& sheet) {
  std::vector<Overrun> out;
  const Plan& plan = sheet.call.plan;
  for (const SheetRow& row : sheet.rows) {
    const int64_t granted = row.verdict.outcome == Outcome::funded ? row.verdict.granted : 0;
    if (granted > row.asked) {
      out.push_back({Bound::asked, row.proposal.ref, granted, row.asked});
    }
    if (plan.most > 0 && granted > plan.most) {
      out.push_back({Bound::most, row.proposal.ref, granted, plan.most});
    }
  }
  if (plan.money > 0 && sheet.granted > plan.money) {
    out.push_back({Bound::money, {}, sheet.granted, plan.money});
  }
  return out;
}

Result<Sheet> Committee::sheet(int64_t call, const By& by) const {
  return m_store.read([&](Connection& connection) -> Result<Sheet> {
    TRY_ASSIGN(Call found, run_by(connection, call, by));
    return read_sheet(connection, std::move(found));
  });
}

Result<void> Committee::set(int64_t call, const Setting& setting, const By& by, const Also& also) {
  const int64_t at = seconds_of(m_clock);
  return m_store.write([&](Transaction& transaction) -> Result<void> {
    TRY_ASSIGN(const Call found, run_by(transaction, call, by));
    TRY(judge_settable(found, setting.revision, at));
    TRY_ASSIGN(const std::vector<Proposal> all, rows::proposals(transaction, call, rows::Which::submitted));
    for (const Placed& each : setting.placed) {
      const auto proposal = std::ranges::find(all, each.ref, &Proposal::ref);
      if (proposal == all.end()) {
        return fail(errors::no_proposal);
      }
      TRY(rows::put_verdict(transaction, proposal->id, each.verdict));
    }
    const int64_t line = std::clamp<int64_t>(setting.line, 0, static_cast<int64_t>(all.size()));
    TRY(rows::put_sheet(transaction, call, line, found.sheet + 1));
    return told_also(transaction, also);
  });
}

Result<void> Committee::announce(int64_t call, const By& by, const Announcement& said, const Also& also) {
  const int64_t at = seconds_of(m_clock);
  const std::vector<Typed> texts{{std::string(k_said_to_funded), said.to_funded, mark_of({})},
                                 {std::string(k_said_to_others), said.to_others, mark_of({})}};
  TRY(judge_lengths(texts));
  return m_store.write([&](Transaction& transaction) -> Result<void> {
    TRY_ASSIGN(Call found, run_by(transaction, call, by));
    TRY(judge_settable(found, found.sheet, at));
    TRY_ASSIGN(const Sheet sheet, read_sheet(transaction, std::move(found)));
    const auto undecided =
        std::ranges::count_if(sheet.rows, [](const SheetRow& row) { return row.verdict.outcome == Outcome::unsaid; });
    if (undecided > 0) {
      return fail(errors::undecided, std::to_string(undecided));
    }
    if (!said.overgranted && !overruns(sheet).empty()) {
      return fail(errors::overgranted);
    }
    TRY(rows::keep(transaction, {"call", call}, texts, m_clock.now_text(), by.account));
    TRY(rows::release(transaction, call, at));
    return told_also(transaction, also);
  });
}

Result<std::vector<Told>> Committee::untold(int64_t call) const {
  return m_store.read([&](Connection& connection) -> Result<std::vector<Told>> {
    TRY_ASSIGN(const std::vector<int64_t> ids, rows::untold(connection, call));
    return told_of(connection, call, ids);
  });
}

Result<void> Committee::tell(const Told& told, const AlsoTold& also) {
  return m_store.write([&](Transaction& transaction) -> Result<void> {
    TRY_ASSIGN(const int64_t changed, rows::put_told(transaction, told.proposal.id));
    return changed == 1 && also ? also(transaction, told) : Result<void>();
  });
}

Result<std::vector<Told>> Committee::laureates(int64_t call) const {
  return m_store.read([&](Connection& connection) -> Result<std::vector<Told>> {
    TRY_ASSIGN(const std::optional<Call> found, rows::call(connection, call));
    std::vector<Told> out;
    if (!found || found->released == 0) {
      return out;
    }
    TRY_ASSIGN(const std::vector<rows::Funded> all, rows::funded(connection, call));
    for (const rows::Funded& each : all) {
      Told one;
      one.proposal.ref = each.ref;
      one.submitted = read_submission(each.content);
      one.verdict = {0, Outcome::funded, each.granted, {}};
      out.push_back(std::move(one));
    }
    std::ranges::sort(out, {}, [](const Told& each) { return std::string(text_in(each.submitted.texts, "title")); });
    return out;
  });
}

}  // namespace pitchblende::calls
