#include "membership/membership_rules.hpp"

#include <algorithm>

#include "base/beginning.hpp"
#include "membership/errors.hpp"
#include "registry/sameness.hpp"
#include "sources/source.hpp"

namespace pitchblende::membership {

namespace {

using pool::Judgement;
using registry::Attribute;
using registry::Card;
using registry::CardValue;
using registry::Kind;

registry::FieldId field() {
  static const registry::FieldId k_field = registry::field(Kind::organisation, "consortium_roles");
  return k_field;
}

std::vector<CardValue> values_of(const Card& card, std::string_view code) {
  std::vector<CardValue> out;
  const registry::CardField* roles = card.find(field());
  for (size_t at = 0; roles != nullptr && at < roles->values.size(); ++at) {
    if (roles->values[at].value.text == code) {
      out.push_back(roles->values[at]);
    }
  }
  return out;
}

Period period_of(const CardValue& value) {
  return {std::string(value.value.get(Attribute::from)), std::string(value.value.get(Attribute::to))};
}

registry::Value valued(const std::string& code, const Period& period) {
  registry::Value value;
  value.text = code;
  value.with(Attribute::from, period.from);
  value.with(Attribute::to, period.to);
  return value;
}

bool meet(const Period& a, const Period& b) { return registry::periods_meet(valued({}, a), valued({}, b)); }

std::string told(const Period& period) { return period.from + " – " + period.to; }

Judgement judgement(const Card& card, Judgement::Verdict verdict, registry::Value value) {
  Judgement out;
  out.verdict = verdict;
  out.a = card.id;
  out.field = registry::description(field()).name;
  out.value = std::move(value);
  return out;
}

enum class By : uint8_t { us, others };

bool is_said(By by, const Card& card, const CardValue& value) {
  return std::any_of(value.sources.begin(), value.sources.end(), [&](uint32_t source) {
    return (registry::room_of_source(card.sources[source].source) == "membership") == (by == By::us);
  });
}

// The period that somebody was shown and changes; none: he adds one.
std::optional<Period> changed_period(const Said& said) {
  const size_t slash = said.mark.find('/');
  return slash == std::string::npos ? std::nullopt
                                    : std::optional(Period{said.mark.substr(0, slash), said.mark.substr(slash + 1)});
}

// Rule 5. What a person decided before is undone; what other sources say of that time is hidden, and what is said now
// put in its place, whatever they say from now on.
std::vector<Judgement> hold_back(const Card& card, const Said& said) {
  std::vector<Judgement> out;
  const std::optional<Period> before = changed_period(said);
  bool is_hidden = false;
  bool is_elsewhere = false;
  for (const CardValue& value : values_of(card, said.code)) {
    const bool is_shown = !value.hidden && !value.lost;
    const bool is_meant = before && period_of(value) == *before;
    const bool meets = (before && meet(period_of(value), *before)) ||
                       (!(before && said.taken_away) && meet(period_of(value), said.period));
    if (is_shown ? !is_meant : !meets) {
      continue;  // another time in that role
    }
    if (value.decision != 0) {
      Judgement undo;
      undo.verdict = Judgement::Verdict::undo;
      undo.undoes = value.decision;
      out.push_back(std::move(undo));
    } else {
      is_hidden = is_hidden || value.hidden;
      is_elsewhere = is_elsewhere || is_said(By::others, card, value);
    }
  }
  if (is_elsewhere && !is_hidden) {
    out.push_back(judgement(card, Judgement::Verdict::hide, valued(said.code, before.value_or(said.period))));
  }
  if ((is_elsewhere || is_hidden) && !said.taken_away) {
    out.push_back(judgement(card, Judgement::Verdict::override_, valued(said.code, said.period)));
  }
  return out;
}

// Rule 4: one record for an institution, with all that was said here of it.
registry::Record record_of(const Card& card, const Said& said, std::string_view reference) {
  registry::Record record;
  record.kind = Kind::organisation;
  record.key = card.id.text();
  for (const Role& role : roles_of(card)) {
    const std::vector<CardValue> values = values_of(card, role.code);
    const bool is_changed = role.code == said.code && mark_of(role.period) == said.mark;
    if (!is_changed && std::any_of(values.begin(), values.end(), [&](const CardValue& value) {
          return is_said(By::us, card, value) && meet(period_of(value), role.period);
        })) {
      record.values.emplace_back(field(), valued(role.code, role.period));
    }
  }
  if (!said.taken_away) {
    record.values.emplace_back(field(), valued(said.code, said.period));
  }
  record.deleted = record.values.empty();
  const size_t colon = reference.find(':');
  const std::string_view scheme = reference.substr(0, colon);
  const auto identifier = scheme == "name"
                              ? std::optional(registry::field(Kind::organisation, "names"))
                              : registry::find_field(Kind::organisation, scheme == "local" ? "local_id" : scheme);
  if (colon != std::string_view::npos && identifier) {
    record.add(*identifier, std::string(reference.substr(colon + 1)));
  }
  return record;
}

// Rule 2: who has been shown a role changes that one; two times in one role do not meet.
Result<void> judge_seen(const std::vector<Role>& all, const Said& said) {
  bool is_there = false;
  std::string now;
  for (const Role& role : all) {
    if (role.code != said.code) {
      continue;
    }
    now += (now.empty() ? "" : ", ") + told(role.period);
    if (!said.mark.empty() && mark_of(role.period) == said.mark) {
      is_there = true;
      TRY(!said.taken_away && role.period == said.period ? Result<void>(fail(errors::same)) : Result<void>());
    }
  }
  if (!said.mark.empty() && !is_there) {
    return fail(errors::changed, now.empty() ? "–" : now);
  }
  for (const Role& role : all) {
    const bool is_other = role.code == said.code && mark_of(role.period) != said.mark;
    if (is_other && !said.taken_away && meet(role.period, said.period)) {
      return fail(errors::twice, told(role.period));
    }
  }
  return {};
}

}  // namespace

std::string mark_of(const Period& period) { return period.from + "/" + period.to; }

std::vector<std::string_view> codes() {
  std::vector<std::string_view> out;
  std::string_view all = registry::description(field()).codes;
  while (!all.empty()) {
    const size_t end = std::min(all.find(' '), all.size());
    out.push_back(all.substr(0, end));
    all.remove_prefix(std::min(end + 1, all.size()));
  }
  return out;
}

std::vector<Role> roles_of(const Card& card) {
  std::vector<Role> out;
  for (const std::string_view code : codes()) {
    const size_t of_others = out.size();
    for (const CardValue& value : values_of(card, code)) {
      if (value.hidden || value.lost) {
        continue;
      }
      Role role{std::string(code), period_of(value), {}};
      for (const uint32_t source : value.sources) {
        role.sources.push_back(card.sources[source].source);
      }
      out.push_back(std::move(role));
    }
    std::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(of_others), out.end(),
                     [](const Role& a, const Role& b) { return a.period.from < b.period.from; });
  }
  return out;
}

// Dates are compared as far as both say them.
bool is_in_force(const Period& period, std::string_view today) {
  return registry::holds_on(period.from, period.to, today);
}

Result<void> judge(const Period& period) {
  for (const std::string& date : {period.from, period.to}) {
    registry::Value value;
    value.text = date;
    const auto& dated = registry::description(registry::field(Kind::organisation, "founded"));
    const auto checked = date.empty() ? Result<registry::Value>(value) : sources::checked_value(dated, value);
    if (!checked || checked->text != date) {
      return fail(errors::date, beginning(date, 100));
    }
  }
  const size_t both = std::min(period.from.size(), period.to.size());
  if (period.to.substr(0, both) < period.from.substr(0, both)) {
    return fail(errors::ends_first, period.to, period.from);
  }
  return {};
}

Result<Plan> plan(const Card& card, const Said& said, std::string_view reference) {
  const auto all = codes();
  if (std::ranges::find(all, said.code) == all.end()) {
    return fail(errors::role, beginning(said.code, 100));
  }
  if (!said.taken_away) {
    TRY(judge(said.period));
  }
  TRY(judge_seen(roles_of(card), said));
  Plan out;
  out.record = record_of(card, said, reference);
  out.judgements = hold_back(card, said);
  return out;
}

}  // namespace pitchblende::membership
