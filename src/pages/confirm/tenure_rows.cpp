#include "pages/confirm/tenure_rows.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "confirm/errors.hpp"

namespace pitchblende::pages {

namespace {

using confirm::Edit;
using confirm::Tenure;

constexpr uint32_t k_most_offered = 400;
constexpr char k_between = '|';

struct Row {
  std::string mark;
  std::string before;  // a reference
  std::string called;  // what it leads to, as it was shown
  Tenure stood;
  std::string where;
  Tenure now;
  bool is_never = false;
  bool is_as_typed = false;
  bool is_unknown = false;  // what was typed leads nowhere: it may be kept as it is
  bool is_newer = false;    // somebody changed it meanwhile
  std::string problem = {};
};

// Dates and codes hold no bar; a title may, and comes last.
std::string packed(const Tenure& tenure) {
  return tenure.role + k_between + tenure.kind + k_between + tenure.from + k_between + tenure.to + k_between +
         tenure.title;
}

Tenure unpacked(std::string_view text) {
  const auto part = [&] {
    const size_t end = std::min(text.find(k_between), text.size());
    std::string out(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    return out;
  };
  Tenure out;
  out.role = part();
  out.kind = part();
  out.from = part();
  out.to = part();
  out.title = text;
  return out;
}

std::vector<Row> rows_of(const registry::Card& card, registry::FieldId field, const Called& called) {
  std::vector<Row> out;
  for (const confirm::Held& each : confirm::held_in(card, field, called)) {
    out.push_back({each.mark, each.ref, each.called, each.tenure, each.called, each.tenure});
  }
  return out;
}

Row& row_for(std::vector<Row>& rows, const Edit& edit) {
  for (Row& each : rows) {
    if (!edit.mark.empty() && each.mark == edit.mark) {
      return each;
    }
  }
  return rows.emplace_back();
}

void overlay(std::vector<Row>& rows, const TypedEdit& typed, const confirm::Plan& plan, const Words& words) {
  const Edit& edit = typed.edit;
  if (!typed.error && !edit.is_change()) {
    return;
  }
  Row& row = row_for(rows, edit);
  row.is_never = typed.typed.empty() && !row.mark.empty();
  if (!row.is_never) {
    row.where = typed.typed;
    row.now = edit.tenure->after;
  }
  row.is_as_typed = typed.is_as_typed;
  if (typed.error) {
    row.problem = message_alone(*typed.error, words);
    row.is_unknown = typed.error->is(confirm::errors::nobody);
  }
  const auto is_it = [&](const Edit& other) {
    return other.field == edit.field && other.mark == edit.mark && other.after == edit.after && other.tenure &&
           other.tenure->after == edit.tenure->after;
  };
  for (const confirm::Wrong& each : plan.wrong) {
    row.problem = is_it(each.edit) ? message_alone(each.error, words) : row.problem;
  }
  row.is_newer = std::any_of(plan.conflicts.begin(), plan.conflicts.end(),
                             [&](const confirm::Conflict& each) { return is_it(each.edit); });
}

// The words of a list, and what stands there though it is none of them.
Views choices(std::span<const std::string_view> codes, const std::string& chosen, const Words& words) {
  Views out;
  const auto add = [&](const std::string& code, const std::string& label) {
    View each = view({{"label", label}});
    each["value"] = code;
    each["selected"] = code == chosen;
    out.push_back(std::move(each));
  };
  add({}, words.get("confirm.form.unsaid"));
  bool is_listed = chosen.empty();
  for (const std::string_view code : codes) {
    add(std::string(code), words.of_code(code));
    is_listed = is_listed || code == chosen;
  }
  if (!is_listed) {
    add(chosen, words.of_code(chosen));
  }
  return out;
}

View row_view(const Row& row, const confirm::Tenured& field, const std::string& n, const Words& words) {
  const std::string name(registry::description(field.field).name);
  View out = view({{"n", n},
                   {"stood", name + " - " + (row.mark.empty() ? "-" : row.mark) + " " + row.before},
                   {"held", packed(row.stood)},
                   {"called", row.called},
                   {"where", row.where},
                   {"from", row.now.from},
                   {"to", row.now.to},
                   {"problem_here", row.problem}});
  out["group"] = row.mark.empty() ? words.get("confirm.form.tenure.add") : row.called;
  out["is_new"] = row.mark.empty();
  out["where_label"] = words.get("confirm.form.tenure.where." + name);
  out["is_offered"] = name != "leaders";
  out["never"] = row.is_never;
  out["unknown"] = row.is_unknown || row.is_as_typed;
  out["as_typed"] = row.is_as_typed;
  out["newer_here"] = row.is_newer;
  out["asks_here"] = !row.problem.empty() || row.is_newer;
  out["asks_role"] = !field.roles.empty();
  if (!field.roles.empty()) {
    out["roles"] = choices(field.roles, row.now.role, words);
  }
  out["asks_kind"] = !field.kinds.empty();
  if (!field.kinds.empty()) {
    out["sorts"] = choices(field.kinds, row.now.kind, words);
  }
  if (field.has_title) {
    out["titled"] = View{{"n", n}, {"job", row.now.title}};
  }
  return out;
}

}  // namespace

TypedEdit typed_tenure(const Site& site, const confirm::Tenured& field, Edit stood, const http::Form& form,
                       const std::string& n) {
  const auto typed = [&](const char* what) { return squeeze(form.value(what + n)); };
  TypedEdit out;
  out.edit = std::move(stood);
  const Tenure before = unpacked(form.value("b" + n));
  Tenure after = before;  // what is not asked stays
  after.role = field.roles.empty() ? before.role : typed("r");
  after.kind = field.kinds.empty() ? before.kind : typed("k");
  after.title = field.has_title ? typed("t") : before.title;
  after.from = typed("f");
  after.to = typed("u");
  out.edit.tenure = {before, after};
  out.typed = form.value("x" + n).empty() ? typed("v") : std::string();
  out.is_as_typed = !form.value("o" + n).empty();
  if (out.typed.empty()) {
    out.edit.after.clear();
    if (out.edit.mark.empty() && !after.is_empty()) {
      out.error = Error(confirm::errors::no_place);
    } else {
      out.edit.tenure->after = before;
    }
  } else if (out.typed == typed("w")) {
    out.edit.after = out.edit.before;
  } else {
    auto ref = site.settings().upkeep.confirm->reference_for(field.field, out.typed);
    if (ref) {
      out.edit.after = std::move(*ref);
    } else if (out.is_as_typed) {
      out.edit.after = "name:" + out.typed;
    } else {
      out.edit.after = out.typed;
      out.error = ref.error();
    }
  }
  return out;
}

Views tenure_rows(const registry::Card& card, const confirm::Tenured& field, const Called& called, const SentCard& sent,
                  const Words& words, size_t& number) {
  std::vector<Row> rows = rows_of(card, field.field, called);
  for (const TypedEdit& each : sent.edits) {
    if (each.edit.field == field.field && each.edit.tenure) {
      overlay(rows, each, sent.plan, words);
    }
  }
  rows.emplace_back();  // room for one more
  Views out;
  for (const Row& row : rows) {
    out.push_back(row_view(row, field, std::to_string(number++), words));
  }
  return out;
}

void put_offered(const Site& site, registry::Kind kind, const Words& words, View& body) {
  if (confirm::tenured_fields(kind).empty()) {
    return;
  }
  search::Query query;
  query.order = search::Order::title;
  query.size = k_most_offered;
  query.snippets = false;
  Views offered;
  const auto add = [&](std::vector<std::pair<search::Facet, std::vector<std::string>>> filters) {
    query.filters.clear();
    for (auto& [facet, values] : filters) {
      query.filters.push_back({facet, std::move(values)});
    }
    for (const search::Hit& hit : site.index()->search(query, access::Viewer::visitor()).hits) {
      offered.push_back(view({{"name", search::title_in(hit.title, words.code())}}));
    }
  };
  add({{search::Facet::kind, {"organisation"}}, {search::Facet::role, {"founder", "member", "partner"}}});
  add({{search::Facet::kind, {"team", "group"}}});
  body["offered"] = std::move(offered);
}

}  // namespace pitchblende::pages
