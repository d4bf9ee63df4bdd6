#include "confirm/editing.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "confirm/errors.hpp"

namespace pitchblende::confirm {

namespace {

using pool::Judgement;
using registry::Cardinality;
using registry::FieldId;
using registry::FieldType;
using registry::Kind;
using registry::Value;

// Rule 5. Keys of somebody's own files, what is found rather than said, and what has a page of its own.
constexpr std::array<std::string_view, 6> k_not_asked{"local_id",  "publications", "printed_name",
                                                      "opted_out", "predecessors", "successors"};

bool is_localized(FieldId field) { return registry::description(field).type == FieldType::localized; }
bool is_single(FieldId field) { return registry::description(field).cardinality == Cardinality::one; }

// Those that stand in the place of an edit: of a field of one value the one in its language, else all.
std::vector<Standing> in_place(const registry::Card& card, const Edit& edit) {
  std::vector<Standing> out = standing(card, edit.field);
  if (is_single(edit.field) && is_localized(edit.field)) {
    std::erase_if(out, [&](const Standing& each) { return each.value.lang != edit.lang; });
  }
  return out;
}

class Planning {
 public:
  Planning(const registry::Card& card, const Check& check, Plan& plan) : m_card(card), m_check(check), m_plan(plan) {}

  void take(Edit edit) {
    if (!edit.is_change()) {
      return;
    }
    std::optional<Value> wanted;
    if (!edit.after.empty()) {
      auto checked = checked_value(edit);
      if (!checked) {
        m_plan.wrong.push_back({std::move(edit), checked.error()});
        return;
      }
      const bool same_tenure = !edit.tenure || tenure_of(*checked) == edit.tenure->before;
      if (checked->text == edit.before && checked->lang == edit.lang && same_tenure) {
        return;  // the same, otherwise written
      }
      wanted = std::move(*checked);
    }
    is_single(edit.field) ? take_single(edit, wanted) : take_of_many(edit, wanted);
  }

 private:
  // The text that was typed, with all that its value carries beside it.
  Value valued(const Edit& edit) const {
    Value value;
    value.lang = edit.lang;
    for (const Standing& each : standing(m_card, edit.field)) {
      if (has_mark(edit.mark, each.mark)) {
        value = each.value;
        break;
      }
    }
    value.text = edit.after;
    return edit.tenure ? with_tenure(std::move(value), edit.tenure->after) : value;
  }

  // As an import would take it; dates are compared as it writes them.
  Result<Value> checked_value(const Edit& edit) const {
    TRY_ASSIGN(Value value, m_check(registry::description(edit.field), valued(edit)));
    const auto field = edit.tenure ? tenured(edit.field) : std::nullopt;
    if (field) {
      TRY(judge(*field, edit.tenure->before, tenure_of(value)));
    }
    return value;
  }

  // Rule 27: to be there twice, for two periods, is to be there twice.
  static bool stands(const std::vector<Standing>& there, const Value& value, const Edit& edit) {
    return std::any_of(there.begin(), there.end(), [&](const Standing& each) {
      return each.value.text == value.text && each.value.lang == value.lang &&
             (!edit.tenure || tenure_of(each.value) == tenure_of(value));
    });
  }

  void override_with(const Edit& edit, const Value& value) {
    Judgement judgement;
    judgement.verdict = Judgement::Verdict::override_;
    judgement.a = m_card.id;
    judgement.field = registry::description(edit.field).name;
    judgement.value = value;
    m_plan.judgements.push_back(std::move(judgement));
  }

  void hide(const Edit& edit, const Value& value) {
    Judgement judgement;
    judgement.verdict = Judgement::Verdict::hide;
    judgement.a = m_card.id;
    judgement.field = registry::description(edit.field).name;
    judgement.value = value;
    m_plan.judgements.push_back(std::move(judgement));
  }

  // Rule 9: without a value the field is empty, whatever its sources say today.
  void hide_all(const Edit& edit) {
    const registry::CardField* field = m_card.find(edit.field);
    for (size_t at = 0; field != nullptr && at < field->values.size(); ++at) {
      const registry::CardValue& each = field->values[at];
      if (!each.hidden && (!is_localized(edit.field) || each.value.lang == edit.lang)) {
        hide(edit, each.value);
      }
    }
  }

  void conflict(const Edit& edit, const std::vector<Standing>& there) {
    std::vector<std::string> now;
    for (const Standing& each : there) {
      now.push_back(each.value.text);
    }
    m_plan.conflicts.push_back({edit, std::move(now)});
  }

  // Rule 7.
  void take_single(const Edit& edit, const std::optional<Value>& wanted) {
    const std::vector<Standing> there = in_place(m_card, edit);
    const std::string now = there.empty() ? std::string() : there.front().value.text;
    if (now == (wanted ? wanted->text : std::string())) {
      return;
    }
    if (now != edit.before) {
      return conflict(edit, there);
    }
    m_plan.done.push_back(edit);
    wanted ? override_with(edit, *wanted) : hide_all(edit);
  }

  // Rule 8.
  void take_of_many(const Edit& edit, const std::optional<Value>& wanted) {
    const std::vector<Standing> there = in_place(m_card, edit);
    std::vector<Standing> shown = there;
    std::erase_if(shown, [&](const Standing& each) { return !has_mark(edit.mark, each.mark); });
    const bool is_there = wanted && stands(there, *wanted, edit);
    if (!edit.mark.empty() && shown.empty()) {
      if (wanted && !is_there) {
        conflict(edit, there);
      }
      return;  // somebody took it away, or changed it to the same
    }
    if (shown.empty() && is_there) {
      return;
    }
    m_plan.done.push_back(edit);
    for (const Standing& each : shown) {
      hide(edit, each.value);
    }
    if (wanted && !is_there) {
      override_with(edit, *wanted);
    }
  }

  const registry::Card& m_card;
  const Check& m_check;
  Plan& m_plan;
};

}  // namespace

bool is_confirmed(Kind kind) {
  return kind == Kind::person || kind == Kind::team || kind == Kind::platform || kind == Kind::equipment;
}

bool is_asked(FieldId field) {
  const registry::FieldDescription& described = registry::description(field);
  return described.type != FieldType::mention &&
         std::find(k_not_asked.begin(), k_not_asked.end(), described.name) == k_not_asked.end();
}

std::vector<FieldId> asked_fields(Kind kind) {
  std::vector<FieldId> out;
  for (const registry::FieldDescription& described : registry::description(kind).fields) {
    const auto id = registry::find_field(kind, described.name);
    if (id && is_asked(*id)) {
      out.push_back(*id);
    }
  }
  return out;
}

std::string mark_of(const Value& value) {
  std::string all = value.text + "\x1f" + value.lang;
  for (const auto& [attribute, text] : value.attributes) {
    all += "\x1f" + std::string(registry::name(attribute)) + "\x1e" + text;
  }
  return hash128_hex(all).substr(0, 16);
}

bool has_mark(std::string_view marks, std::string_view mark) {
  while (!marks.empty()) {
    const size_t end = std::min(marks.find('+'), marks.size());
    if (marks.substr(0, end) == mark) {
      return !mark.empty();
    }
    marks.remove_prefix(std::min(end + 1, marks.size()));
  }
  return false;
}

std::vector<Standing> standing(const registry::Card& card, FieldId field) {
  std::vector<Standing> out;
  const registry::CardField* there = card.find(field);
  for (size_t at = 0; there != nullptr && at < there->values.size(); ++at) {
    const registry::CardValue& each = there->values[at];
    if (!each.lost && !each.hidden) {
      out.push_back({each.value, mark_of(each.value)});
    }
  }
  return out;
}

std::vector<Held> held_in(const registry::Card& card, FieldId field, const Called& called) {
  std::vector<Held> out;
  for (const Standing& each : standing(card, field)) {
    const std::string& ref = each.value.text;
    const auto name = called.find(ref);
    Held held{each.mark, ref, ref.starts_with("name:") ? ref.substr(5) : ref, tenure_of(each.value)};
    held.called = name == called.end() ? held.called : name->second;
    const auto same = std::find_if(out.begin(), out.end(), [&](const Held& other) {
      return other.called == held.called && other.tenure == held.tenure;
    });
    if (same == out.end()) {
      out.push_back(std::move(held));
    } else {
      same->mark += "+" + held.mark;
    }
  }
  return out;
}

Plan plan(const registry::Card& now, const std::vector<Edit>& edits, const Check& check) {
  Plan out;
  Planning planning(now, check, out);
  for (const Edit& edit : edits) {
    planning.take(edit);
  }
  return out;
}

}  // namespace pitchblende::confirm
