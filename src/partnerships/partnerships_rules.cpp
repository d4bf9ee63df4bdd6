#include "partnerships/partnerships_rules.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "access/access_rules.hpp"
#include "base/beginning.hpp"
#include "base/text.hpp"
#include "partnerships/errors.hpp"
#include "registry/said_codes.hpp"

namespace pitchblende::partnerships {

namespace {

using access::Visibility;

constexpr size_t k_longest_title = 300;  // bytes
constexpr size_t k_longest_text = 20'000;

template <typename Value, size_t size>
std::optional<Value> named(const std::array<Value, size>& all, std::string_view wanted) {
  const auto at = std::find_if(all.begin(), all.end(), [&](Value each) { return name(each) == wanted; });
  return at == all.end() ? std::nullopt : std::optional(*at);
}

constexpr size_t k_longest_name = 200;

// To be signed, and as long as it is.
bool is_finished(const Draft& draft) { return draft.parties.size() + draft.named.size() >= 2 && !draft.starts.empty(); }

Result<void> judge_members(const Draft& draft) {
  if (draft.parties.empty() && draft.named.empty()) {
    return fail(errors::parties);
  }
  if (draft.parties.size() + draft.people.size() + draft.areas.size() > k_most_members) {
    return fail(errors::many, std::to_string(k_most_members));
  }
  if (draft.named.size() > k_most_named) {
    return fail(errors::named, std::to_string(k_most_named));
  }
  for (const std::string& each : draft.named) {
    // It becomes a name that links lead to.
    if (normalised(each).empty()) {
      return fail(errors::parties);
    }
    if (each.size() > k_longest_name) {
      return fail(errors::length, std::to_string(k_longest_name));
    }
  }
  return {};
}

bool is_open(Stage stage) { return stage == Stage::contact || stage == Stage::talks || stage == Stage::negotiation; }

int digits(std::string_view text) {
  int out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

}  // namespace

std::string_view name(Stage stage) {
  static constexpr std::array<std::string_view, 6> k_names{"contact", "talks", "negotiation",
                                                           "signed",  "ended", "dropped"};
  return k_names[static_cast<size_t>(stage)];
}
std::string_view name(Kind kind) {
  static constexpr std::array<std::string_view, 9> k_names{
      "research", "thesis", "proof_of_concept", "service", "provision", "licence", "chair", "framework", "other"};
  return k_names[static_cast<size_t>(kind)];
}
std::optional<Stage> stage(std::string_view wanted) { return named(k_stages, wanted); }
std::optional<Kind> kind(std::string_view wanted) { return named(k_kinds, wanted); }

std::optional<Kind> kind_said(std::string_view text) {
  static const registry::FieldId k_type = registry::field(registry::Kind::partnership, "type");
  return kind(registry::code_said(k_type, text));
}

// Rules 1 and 2.
Result<void> judge_draft(const Draft& draft) {
  if (trim(draft.title).empty()) {
    return fail(errors::title);
  }
  if (draft.title.size() > k_longest_title || draft.field.size() > k_longest_title) {
    return fail(errors::length, std::to_string(k_longest_title));
  }
  if (draft.description.size() > k_longest_text || draft.note.size() > k_longest_text) {
    return fail(errors::length, std::to_string(k_longest_text));
  }
  TRY(judge_members(draft));
  for (const std::string& day : {draft.starts, draft.ends}) {
    if (!access::is_date_or_empty(day)) {
      return fail(errors::date, beginning(day, 40));
    }
  }
  if (!draft.starts.empty() && !draft.ends.empty() && draft.ends < draft.starts) {
    return fail(errors::ends_first, draft.ends, draft.starts);
  }
  if (draft.amount && (*draft.amount < 0 || *draft.amount > k_most_euros)) {
    return fail(errors::amount, std::to_string(*draft.amount));
  }
  return draft.amount_seen == Visibility::nobody ? Result<void>(fail(errors::visibility)) : Result<void>();
}

Result<std::optional<int64_t>> amount_in(std::string_view text) {
  std::string bare;
  // Thousands are parted by spaces, also the narrow and the hard ones that spreadsheets write.
  const std::string plain = squeeze(text);
  for (size_t at = 0; at < plain.size(); ++at) {
    const std::string_view rest = std::string_view(plain).substr(at);
    if (rest.starts_with("\xC2\xA0")) {
      at += 1;
    } else if (rest.starts_with("\xE2\x80\xAF")) {
      at += 2;
    } else if (plain[at] != ' ') {
      bare += plain[at];
    }
  }
  if (bare.empty()) {
    return std::nullopt;
  }
  int64_t out = 0;
  const auto [end, error] = std::from_chars(bare.data(), bare.data() + bare.size(), out);
  if (error != std::errc() || end != bare.data() + bare.size() || out < 0 || out > k_most_euros) {
    return fail(errors::amount, beginning(text, 40));
  }
  return out;
}

// Rule 3.
bool may_become(Stage from, Stage to) {
  if (from == to) {
    return false;
  }
  if (is_open(from)) {
    return to != Stage::ended;
  }
  return (from == Stage::signed_ && to == Stage::ended) || (from == Stage::dropped && to == Stage::contact);
}

Result<void> judge_move(const Partnership& partnership, Stage to, std::string_view today) {
  if (!may_become(partnership.stage, to)) {
    return fail(errors::stage, std::string(name(partnership.stage)), std::string(name(to)));
  }
  const Draft& draft = partnership.draft;
  if (to == Stage::signed_ && !is_finished(draft)) {
    return fail(errors::unfinished);
  }
  // Ended today at the latest, and not before it began.
  if (to == Stage::ended && !draft.starts.empty() && draft.starts > today) {
    return fail(errors::ends_first, std::string(today), draft.starts);
  }
  return {};
}

Result<void> judge_whole(const Draft& draft, Stage stage) {
  const bool was_signed = stage == Stage::signed_ || stage == Stage::ended;
  return was_signed && !is_finished(draft) ? Result<void>(fail(errors::unfinished)) : Result<void>();
}

// Rule 14.
Result<void> judge_renewal(const Partnership& partnership, const std::string& ends) {
  if (partnership.stage != Stage::signed_) {
    return fail(errors::not_signed);
  }
  if (ends.empty() || !access::is_date_or_empty(ends)) {
    return fail(errors::date, beginning(ends, 40));
  }
  const Draft& draft = partnership.draft;
  const std::string& before = draft.ends.empty() ? draft.starts : draft.ends;
  return ends <= before ? Result<void>(fail(errors::later, ends, before)) : Result<void>();
}

bool is_published(const Partnership& partnership) {
  return partnership.draft.shown == Shown::yes &&
         (partnership.stage == Stage::signed_ || partnership.stage == Stage::ended);
}

bool sees(const Partnership& partnership, const Onlooker& onlooker) {
  return onlooker.runs || onlooker.follows || is_published(partnership);
}

// Rules 4 to 7.
std::optional<Partnership> seen_by(Partnership partnership, const Onlooker& onlooker) {
  if (!sees(partnership, onlooker)) {
    return std::nullopt;
  }
  if (onlooker.runs) {
    return partnership;
  }
  partnership.draft.note.clear();
  const Visibility amount = partnership.draft.amount_seen;
  // Who follows it is one of its owners.
  if (!(onlooker.follows && amount != Visibility::nobody) &&
      !access::can_see(onlooker.viewer, amount, Id(), onlooker.owners)) {
    partnership.draft.amount.reset();
  }
  return partnership;
}

std::string days_later(std::string_view day, int days) {
  if (day.size() != 10) {
    return {};
  }
  const std::chrono::year_month_day begin{std::chrono::year(digits(day.substr(0, 4))),
                                          std::chrono::month(static_cast<unsigned>(digits(day.substr(5, 2)))),
                                          std::chrono::day(static_cast<unsigned>(digits(day.substr(8, 2))))};
  const std::chrono::year_month_day end{std::chrono::sys_days(begin) + std::chrono::days(days)};
  const auto two = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return std::to_string(static_cast<int>(end.year())) + "-" + two(static_cast<unsigned>(end.month())) + "-" +
         two(static_cast<unsigned>(end.day()));
}

std::string first_day(std::string_view date) {
  return std::string(date) + (date.size() == 4 ? "-01-01" : date.size() == 7 ? "-01" : "");
}

std::string last_day(std::string_view date) {
  if (date.size() == 4) {
    return std::string(date) + "-12-31";
  }
  if (date.size() != 7) {
    return std::string(date);
  }
  // The day before the first of the next month.
  return days_later(days_later(first_day(date), 31).substr(0, 8) + "01", -1);
}

// Rule 8.
Due due(const Partnership& partnership, std::string_view today) {
  const std::string ends = last_day(partnership.draft.ends);
  if (partnership.stage != Stage::signed_ || ends.empty()) {
    return Due::nothing;
  }
  if (ends < today) {
    return Due::over;
  }
  return ends <= days_later(today, k_renewal_days) ? Due::renewal : Due::nothing;
}

}  // namespace pitchblende::partnerships
