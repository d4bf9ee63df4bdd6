#include "registry/record.hpp"

#include <algorithm>
#include <numeric>

#include "base/id.hpp"
#include "registry/json_text.hpp"
#include "registry/value_codec.hpp"

namespace pitchblende::registry {

std::string_view Value::get(Attribute attribute) const {
  for (const auto& [name, text_of] : attributes) {
    if (name == attribute) {
      return text_of;
    }
  }
  return {};
}

Value& Value::with(Attribute attribute, std::string value) {
  if (!value.empty()) {
    attributes.emplace_back(attribute, std::move(value));
  }
  return *this;
}

namespace {

constexpr std::string_view k_implied = "source_institution";

}  // namespace

bool is_implied(const Value& value) { return value.get(Attribute::qualifier) == k_implied; }

bool holds_on(std::string_view since, std::string_view until, std::string_view day) {
  return (since.empty() || since <= day) && (until.empty() || until >= day.substr(0, until.size()));
}

bool holds_on(const Value& value, std::string_view day) {
  return holds_on(value.get(Attribute::from), value.get(Attribute::to), day);
}

void mark_implied(Value& value) { value.with(Attribute::qualifier, std::string(k_implied)); }

void unmark_implied(Value& value) {
  std::erase_if(value.attributes,
                [](const auto& each) { return each.first == Attribute::qualifier && each.second == k_implied; });
}

Value& Record::add(FieldId field, std::string value, std::string lang) {
  if (value.empty()) {
    thread_local Value thrown_away;
    thrown_away = {};
    return thrown_away;
  }
  return values.emplace_back(field, Value{std::move(value), std::move(lang), {}}).second;
}

const Value* Record::first(FieldId field) const {
  for (const auto& [id, value] : values) {
    if (id == field) {
      return &value;
    }
  }
  return nullptr;
}

std::string_view Record::text(FieldId field) const {
  const Value* value = first(field);
  return value == nullptr ? std::string_view{} : std::string_view(value->text);
}

std::string encode(const Record& record) {
  std::vector<uint32_t> order(record.values.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    const FieldId left = record.values[a].first;
    const FieldId right = record.values[b].first;
    return left != right && description(left).name < description(right).name;
  });
  std::string out = "{";
  FieldId open;
  for (const uint32_t at : order) {
    const auto& [id, value] = record.values[at];
    if (id != open) {
      out += out.size() > 1 ? "],\"" : "\"";
      out += description(id).name;
      out += "\":[";
      open = id;
    } else {
      out += ',';
    }
    append_value(out, value);
  }
  if (!order.empty()) {
    out += ']';
  }
  if (!record.unknown.empty()) {
    out += out.size() > 1 ? "," : "";
    out += record.unknown;
  }
  out += '}';
  return out;
}

std::string content_hash(const Record& record, std::string_view payload) {
  std::string bytes;
  bytes.reserve(payload.size() + record.key.size() + 16);
  bytes += name(record.kind);
  bytes += '\n';
  bytes += record.key;
  bytes += '\n';
  bytes += payload;
  return hash128_hex(bytes);
}

}  // namespace pitchblende::registry
