#include "confirm/tenure.hpp"

#include <algorithm>
#include <array>

#include "base/beginning.hpp"
#include "confirm/errors.hpp"
#include "registry/code_words.hpp"

namespace pitchblende::confirm {

namespace {

using registry::Attribute;
using registry::FieldId;
using registry::Kind;
using registry::Value;

constexpr std::array<std::string_view, 5> k_roles{"member", "leader", "deputy", "manager", "coordinator"};
constexpr std::array<std::string_view, 2> k_leaders{"leader", "deputy"};
constexpr std::array<std::string_view, 9> k_kinds{"professor", "associate professor", "researcher", "physician",
                                                  "engineer",  "technician",          "post-doc",   "doctoral student",
                                                  "staff"};

struct Row {
  Kind kind;
  std::string_view field;
  std::span<const std::string_view> roles;
  std::span<const std::string_view> kinds;
  bool has_title;
};
constexpr std::array<Row, 4> k_rows{
    Row{Kind::person, "positions", k_roles, k_kinds, true}, Row{Kind::person, "memberships", k_roles, {}, false},
    Row{Kind::team, "leaders", k_leaders, {}, false}, Row{Kind::team, "parents", {}, {}, false}};

void set(Value& value, Attribute attribute, const std::string& text) {
  std::erase_if(value.attributes, [&](const auto& each) { return each.first == attribute; });
  value.with(attribute, text);
}

bool is_listed(std::span<const std::string_view> codes, std::string_view code) {
  return code.empty() || std::find(codes.begin(), codes.end(), code) != codes.end();
}

void append(std::string& out, std::string_view text) {
  out += out.empty() || text.empty() ? "" : ", ";
  out += text;
}

}  // namespace

std::optional<Tenured> tenured(FieldId field) {
  for (const Row& row : k_rows) {
    if (field == registry::field(row.kind, row.field)) {
      return Tenured{field, row.roles, row.kinds, row.has_title};
    }
  }
  return std::nullopt;
}

std::vector<Tenured> tenured_fields(Kind kind) {
  std::vector<Tenured> out;
  for (const Row& row : k_rows) {
    if (row.kind == kind) {
      out.push_back({registry::field(row.kind, row.field), row.roles, row.kinds, row.has_title});
    }
  }
  return out;
}

Tenure tenure_of(const Value& value) {
  const auto text = [&](Attribute attribute) { return std::string(value.get(attribute)); };
  Tenure out{text(Attribute::role), text(Attribute::kind), text(Attribute::title), text(Attribute::from),
             text(Attribute::to)};
  if (out.role.empty() && value.get(Attribute::head) == "true") {
    out.role = "leader";
  }
  return out;
}

Value with_tenure(Value value, const Tenure& tenure) {
  const bool led = tenure_of(value).role == "leader";
  set(value, Attribute::role, tenure.role);
  set(value, Attribute::kind, tenure.kind);
  set(value, Attribute::title, tenure.title);
  set(value, Attribute::from, tenure.from);
  set(value, Attribute::to, tenure.to);
  if (led && tenure.role != "leader") {
    set(value, Attribute::head, {});
  }
  return value;
}

Result<void> judge(const Tenured& field, const Tenure& before, const Tenure& after) {
  if (after.role != before.role && !is_listed(field.roles, after.role)) {
    return fail(errors::role, beginning(after.role, 100));
  }
  if (after.kind != before.kind && !is_listed(field.kinds, after.kind)) {
    return fail(errors::role, beginning(after.kind, 100));
  }
  // As far as both say.
  const size_t both = std::min(after.from.size(), after.to.size());
  return after.to.substr(0, both) < after.from.substr(0, both)
             ? Result<void>(fail(errors::ends_first, after.to, after.from))
             : Result<void>();
}

std::string listed_code(std::span<const std::string_view> codes, std::string_view typed) {
  return std::string(registry::code_meant(codes, typed).value_or(typed));
}

std::string tenure_words(const Tenure& tenure, Language language) {
  const auto word = [&](const std::string& code) { return code.empty() ? code : registry::code_word(code, language); };
  std::string out = tenure.title;
  append(out, word(tenure.kind));
  append(out, word(tenure.role));
  if (!tenure.from.empty() || !tenure.to.empty()) {
    out += (out.empty() ? "" : " ") + ("(" + tenure.from + " – " + tenure.to + ")");
  }
  return out;
}

}  // namespace pitchblende::confirm
