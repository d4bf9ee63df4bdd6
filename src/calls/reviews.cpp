#include "calls/reviews.hpp"

#include <algorithm>
#include <charconv>

#include "access/access_rules.hpp"
#include "base/beginning.hpp"
#include "base/secret.hpp"
#include "base/text.hpp"
#include "calls/calls_store.hpp"
#include "calls/errors.hpp"
#include "calls/paris.hpp"
#include "calls/proposal_rules.hpp"

namespace pitchblende::calls {

namespace {

using store::Connection;
using store::Transaction;

std::string hashed(std::string_view secret) { return hash256_hex("review\n" + std::string(secret)); }

Result<Judged> as_submitted(Connection& connection, std::optional<Proposal> found) {
  if (!found || found->submitted == 0) {
    return fail(errors::no_proposal);
  }
  Judged out;
  TRY_ASSIGN(std::optional<Call> call, rows::call(connection, found->call));
  TRY_ASSIGN(const std::vector<Receipt> receipts, rows::receipts(connection, found->id));
  const auto counts = std::ranges::find(receipts, found->submitted, &Receipt::number);
  if (!call || counts == receipts.end()) {
    return fail(errors::no_proposal);
  }
  out.call = std::move(*call);
  out.receipt = *counts;
  out.submitted = read_submission(out.receipt.content);
  out.proposal = std::move(*found);
  return out;
}

// Rule 12.
Result<Judged> for_who_runs(Connection& connection, std::string_view ref, const By& by) {
  if (!by.runs) {
    return fail(errors::no_proposal);
  }
  TRY_ASSIGN(std::optional<Proposal> found, rows::proposal(connection, ref));
  TRY_ASSIGN(Judged out, as_submitted(connection, std::move(found)));
  TRY_ASSIGN(const bool applies, rows::applies(connection, out.call.id, by.email));
  if (applies) {
    return fail(errors::own);
  }
  return out;
}

Result<Assigned> assigned(Connection& connection, Review review) {
  TRY_ASSIGN(std::optional<Proposal> proposal, rows::proposal(connection, review.proposal));
  TRY_ASSIGN(Judged judged, as_submitted(connection, std::move(proposal)));
  return Assigned{std::move(review), std::move(judged)};
}

Result<Assigned> own(Connection& connection, std::string_view ref, const By& by) {
  TRY_ASSIGN(std::optional<Review> found, rows::review(connection, ref));
  const bool his = found && !by.email.empty() && found->email == by.email &&
                   (found->state == ReviewState::accepted || found->state == ReviewState::sent);
  if (!his) {
    return fail(errors::no_review);
  }
  return assigned(connection, std::move(*found));
}

Result<Assigned> by_secret(Connection& connection, std::string_view secret) {
  TRY_ASSIGN(std::optional<Review> found, rows::review_by_token(connection, hashed(secret)));
  if (!found || found->state != ReviewState::invited) {
    return fail(errors::link);
  }
  auto out = assigned(connection, std::move(*found));
  if (!out || out->judged.call.released != 0) {
    return fail(errors::link);
  }
  return std::move(*out);
}

Result<void> judge_unreleased(const Call& call) {
  return call.released == 0 ? Result<void>() : Result<void>(fail(errors::released));
}

int year_of(const std::string& today) {
  int year = 0;
  std::from_chars(today.data(), today.data() + 4, year);
  return year;
}

// Rule 10: the day that was asked for, else the call's where that is not past.
Result<std::string> due_of(const Call& call, const std::string& asked, const std::string& today) {
  if (asked.empty()) {
    return call.plan.review_until >= today ? call.plan.review_until : std::string();
  }
  if (!is_day(asked)) {
    return fail(errors::day, beginning(asked, 40));
  }
  return asked >= today ? Result<std::string>(asked) : Result<std::string>(fail(errors::past, asked));
}

// Where somebody works, in the words that were typed, where the registry does not know it.
Result<void> keep_place(Transaction& transaction, const Review& review, const std::string& place, const By& by) {
  if (place.empty()) {
    return {};
  }
  const std::vector<Typed> typed{{std::string(k_review_place), place, mark_of({})}};
  TRY(rows::keep(transaction, {"review", review.id}, typed, review.invited, by.account));
  return {};
}

Result<void> told(Transaction& transaction, const Also& also) { return also ? also(transaction) : Result<void>(); }

// Whoever applies to the call, by his address or as one of its parties.
Result<bool> competes(Connection& connection, const Judged& judged, const Candidate& who) {
  TRY_ASSIGN(const std::vector<Proposal> all, rows::proposals(connection, judged.call.id, rows::Which::submitted));
  return std::ranges::any_of(all, [&](const Proposal& each) {
    const bool writes = std::ranges::find(each.editors, who.email) != each.editors.end();
    const bool takes_part =
        who.person != Id() && std::ranges::find(each.parties, who.person, &Party::entity) != each.parties.end();
    return writes || takes_part;
  });
}

// Rule 9: bodies that are a parent of nearly everybody's, by their names, a line each.
bool is_apart(const Judged& judged, const Conflict& conflict) {
  std::string_view lines = text_in(judged.call.texts, "parents_apart");
  const std::string through = normalised(conflict.through);
  while (conflict.ground == Ground::parent && !lines.empty()) {
    const size_t end = std::min(lines.find('\n'), lines.size());
    if (const std::string line = normalised(lines.substr(0, end)); !line.empty() && line == through) {
      return true;
    }
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return false;
}

Arrived arrived(Assigned assigned, const std::vector<Review>& of_proposal, int64_t at) {
  Arrived out{std::move(assigned), at, 0, 0};
  for (const Review& each : of_proposal) {
    out.number += each.state == ReviewState::sent ? 1 : 0;
    out.of += each.state == ReviewState::declined || each.state == ReviewState::withdrawn ? 0 : 1;
  }
  out.of = std::max(out.of, out.assigned.judged.call.plan.reviews);
  return out;
}

std::string proofs(const std::vector<Conflict>& conflicts) {
  std::string out;
  for (size_t at = 0; at < std::min<size_t>(conflicts.size(), 3); ++at) {
    out += (out.empty() ? "" : " ; ") + conflicts[at].applicant + " – " + conflicts[at].through;
  }
  return out;
}

}  // namespace

Result<Judged> Reviews::judged(std::string_view ref, const By& by) const {
  return m_store.read([&](Connection& connection) { return for_who_runs(connection, ref, by); });
}

Result<std::vector<std::vector<Conflict>>> Reviews::conflicts_of(const Judged& judged,
                                                                 const std::vector<Candidate>& candidates) const {
  const int since = year_of(m_clock.today()) - static_cast<int>(judged.call.plan.conflict_years);
  TRY_ASSIGN(const std::vector<Standing> theirs, standings_of(m_registry, judged.submitted.parties, since));
  std::vector<std::vector<Conflict>> out;
  for (const Candidate& each : candidates) {
    TRY_ASSIGN(const Standing his, standing_of(m_registry, each, since));
    std::vector<Conflict> found = conflicts(each, his, theirs);
    std::erase_if(found, [&](const Conflict& one) { return is_apart(judged, one); });
    TRY_ASSIGN(const bool competing,
               m_store.read([&](Connection& connection) { return competes(connection, judged, each); }));
    if (competing && (found.empty() || found.front().ground != Ground::applicant)) {
      found.insert(found.begin(),
                   {Ground::competitor, each.label, judged.call.plan.title.french, {}, registry::Kind::call, {}});
    }
    out.push_back(std::move(found));
  }
  return out;
}

Result<Review> Reviews::invite(std::string_view ref, const Invitation& invitation, const By& by, const AlsoLink& also) {
  TRY_ASSIGN(const Judged judged, Reviews::judged(ref, by));
  TRY(judge_unreleased(judged.call));
  if (seconds_of(m_clock) < judged.call.closes) {
    return fail(errors::still_open, paris_text(judged.call.closes));
  }
  Invitation asked = invitation;
  const auto email = access::email_address(asked.who.email);
  if (!email) {
    return fail(errors::email, beginning(asked.who.email, 254));
  }
  asked.who.email = *email;
  if (trim(asked.who.label).empty()) {
    return fail(errors::wanted);
  }
  Review review{0,
                random_ref(),
                judged.proposal.id,
                asked.who.person,
                asked.who.label,
                *email,
                ReviewState::invited,
                {},
                {},
                {},
                m_clock.now_text(),
                {},
                {}};
  TRY_ASSIGN(review.due, due_of(judged.call, asked.due, paris_text(seconds_of(m_clock)).substr(0, 10)));
  TRY_ASSIGN(const auto found, conflicts_of(judged, {asked.who}));
  if (!found.front().empty()) {
    return fail(errors::conflict, asked.who.label, proofs(found.front()));
  }
  review.checked = asked.who.person != Id() ? "registry" : asked.who.at ? "name and institution" : "name";
  const std::string secret = random_secret();
  return m_store.write([&](Transaction& transaction) -> Result<Review> {
    TRY_ASSIGN(const std::vector<Review> before, rows::reviews(transaction, judged.proposal.id));
    if (std::ranges::find(before, *email, &Review::email) != before.end()) {
      return fail(errors::invited);
    }
    TRY_ASSIGN(review.id, rows::add_review(transaction, review, hashed(secret)));
    TRY(keep_place(transaction, review, asked.who.place, by));
    if (also) {
      TRY(also(transaction, review, secret));
    }
    return review;
  });
}

Result<void> Reviews::withdraw(std::string_view ref, const By& by, const Also& also) {
  return m_store.write([&](Transaction& transaction) -> Result<void> {
    TRY_ASSIGN(std::optional<Review> found, rows::review(transaction, ref));
    if (!found || !by.runs) {
      return fail(errors::no_review);
    }
    TRY_ASSIGN(const Assigned there, assigned(transaction, *found));
    TRY_ASSIGN(const Judged judged, for_who_runs(transaction, there.judged.proposal.ref, by));
    TRY(judge_unreleased(judged.call));
    if (found->state != ReviewState::invited && found->state != ReviewState::accepted) {
      return fail(errors::state, std::string(name(found->state)));
    }
    found->state = ReviewState::withdrawn;
    TRY(rows::put_review_state(transaction, *found));
    return told(transaction, also);
  });
}

Result<std::vector<Review>> Reviews::of_proposal(std::string_view ref, const By& by) const {
  return m_store.read([&](Connection& connection) -> Result<std::vector<Review>> {
    TRY_ASSIGN(const Judged judged, for_who_runs(connection, ref, by));
    return rows::reviews(connection, judged.proposal.id);
  });
}

Result<std::vector<Review>> Reviews::of_call(int64_t call, const By& by) const {
  return m_store.read([&](Connection& connection) -> Result<std::vector<Review>> {
    TRY_ASSIGN(const bool applies, rows::applies(connection, call, by.email));
    if (!by.runs || applies) {
      return fail(by.runs ? errors::own : errors::unknown);
    }
    return rows::reviews_of_call(connection, call);
  });
}

Result<Assigned> Reviews::by_link(std::string_view secret) const {
  return m_store.read([&](Connection& connection) { return by_secret(connection, secret); });
}

Result<Review> Reviews::answered(std::string_view secret) const {
  return m_store.read([&](Connection& connection) -> Result<Review> {
    TRY_ASSIGN(std::optional<Review> found, rows::review_by_token(connection, hashed(secret)));
    const bool has_answered = found && found->state != ReviewState::invited && found->state != ReviewState::withdrawn;
    return has_answered ? Result<Review>(std::move(*found)) : Result<Review>(fail(errors::link));
  });
}

Result<Review> Reviews::answer(std::string_view secret, ReviewState to, const std::string& reason, const Also& also) {
  if (count_letters(reason) > k_longest_text) {
    return fail(errors::too_long, std::to_string(k_longest_text));
  }
  return m_store.write([&](Transaction& transaction) -> Result<Review> {
    TRY_ASSIGN(Assigned found, by_secret(transaction, secret));
    found.review.state = to == ReviewState::accepted ? ReviewState::accepted : ReviewState::declined;
    found.review.reason = reason;
    found.review.answered = m_clock.now_text();
    TRY(rows::put_review_state(transaction, found.review));
    TRY(told(transaction, also));
    return std::move(found.review);
  });
}

Result<std::pair<int64_t, std::string>> Reviews::to_write(const By& by) const {
  return m_store.read([&](Connection& connection) { return rows::reviews_to_write(connection, by.email); });
}

Result<std::vector<Review>> Reviews::asked_of(const By& by) const {
  return m_store.read([&](Connection& connection) { return rows::reviews_by(connection, by.email); });
}

Result<std::vector<Assigned>> Reviews::mine(const By& by) const {
  return m_store.read([&](Connection& connection) -> Result<std::vector<Assigned>> {
    TRY_ASSIGN(std::vector<Review> found, rows::reviews_by(connection, by.email));
    std::vector<Assigned> out;
    for (Review& each : found) {
      if (each.state == ReviewState::accepted || each.state == ReviewState::sent) {
        auto one = assigned(connection, std::move(each));
        if (!one && one.error().is(errors::no_proposal)) {
          continue;  // it was withdrawn since
        }
        TRY(one);
        out.push_back(std::move(*one));
      }
    }
    std::ranges::reverse(out);
    return out;
  });
}

Result<Assigned> Reviews::find(std::string_view review, const By& by) const {
  return m_store.read([&](Connection& connection) { return own(connection, review, by); });
}

Result<Kept> Reviews::write(std::string_view review, const std::vector<Typed>& typed, const By& by) {
  TRY(judge_lengths(typed));
  return m_store.write([&](Transaction& transaction) -> Result<Kept> {
    TRY_ASSIGN(Assigned found, own(transaction, review, by));
    TRY(judge_unreleased(found.judged.call));
    TRY_ASSIGN(Kept kept, rows::keep(transaction, {"review", found.review.id}, typed, m_clock.now_text(), by.account));
    if (kept.changed > 0 && found.review.state == ReviewState::sent) {
      found.review.state = ReviewState::accepted;
      TRY(rows::put_review_state(transaction, found.review));
    }
    return kept;
  });
}

Result<void> Reviews::send(std::string_view review, const By& by, const AlsoArrived& also) {
  const int64_t at = seconds_of(m_clock);
  return m_store.write([&](Transaction& transaction) -> Result<void> {
    TRY_ASSIGN(Assigned found, own(transaction, review, by));
    TRY(judge_unreleased(found.judged.call));
    const std::vector<Problem> problems = judge_review(found.judged.call.plan, found.review.texts);
    if (!problems.empty()) {
      return tl::unexpected(problems.front().error);
    }
    if (found.review.state == ReviewState::sent) {
      return {};
    }
    found.review.state = ReviewState::sent;
    TRY(rows::put_review_state(transaction, found.review));
    if (!also) {
      return {};
    }
    TRY_ASSIGN(const std::vector<Review> all, rows::reviews(transaction, found.review.proposal));
    return also(transaction, arrived(std::move(found), all, at));
  });
}

}  // namespace pitchblende::calls
