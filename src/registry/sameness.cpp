#include "registry/sameness.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace pitchblende::registry {

namespace {

bool ends_before(const Value& a, const Value& b) {
  const std::string_view to = a.get(Attribute::to);
  const std::string_view from = b.get(Attribute::from);
  const size_t both = std::min(to.size(), from.size());
  return to.substr(0, both) < from.substr(0, both);
}

}  // namespace

std::string sameness(const FieldDescription& field, const Value& value) {
  std::string key;
  switch (field.type) {
    case FieldType::link:
      key = value.text;
      for (const Attribute attribute : {Attribute::from, Attribute::to, Attribute::role, Attribute::kind}) {
        key += '\x1f';
        key += value.get(attribute);
      }
      break;
    case FieldType::text:
    case FieldType::localized:
    case FieldType::code:
      key = normalised(value.text);
      if (key.empty()) {
        key = value.text;
      }
      key += '\x1f';
      key += value.lang;
      key += '\x1f';
      key += value.get(Attribute::label);
      break;
    default:
      key = value.text;
  }
  return key;
}

bool has_period(const FieldDescription& field, const Value& value) {
  return field.type == FieldType::code && !(value.get(Attribute::from).empty() && value.get(Attribute::to).empty());
}

bool same_period(const Value& a, const Value& b) {
  return a.get(Attribute::from) == b.get(Attribute::from) && a.get(Attribute::to) == b.get(Attribute::to);
}

bool periods_meet(const Value& a, const Value& b) { return !ends_before(a, b) && !ends_before(b, a); }

bool speaks_of(const FieldDescription& field, const Value& decided, const Value& value) {
  return sameness(field, decided) == sameness(field, value) &&
         (!has_period(field, decided) || periods_meet(decided, value));
}

}  // namespace pitchblende::registry
