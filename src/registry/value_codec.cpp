#include "registry/value_codec.hpp"

#include "registry/json_text.hpp"

namespace pitchblende::registry {

namespace {

size_t times(const Value& value, Attribute attribute) {
  size_t count = 0;
  for (const auto& [name, text] : value.attributes) {
    count += name == attribute ? 1 : 0;
  }
  return count;
}

bool first_of_its_name(const Value& value, size_t at) {
  for (size_t i = 0; i < at; ++i) {
    if (value.attributes[i].first == value.attributes[at].first) {
      return false;
    }
  }
  return true;
}

// An attribute is written where it first stands, with all of its values; several become an array.
void append_attributes(std::string& out, const Value& value) {
  out += ",\"a\":{";
  bool first = true;
  for (size_t at = 0; at < value.attributes.size(); ++at) {
    if (!first_of_its_name(value, at)) {
      continue;
    }
    const Attribute attribute = value.attributes[at].first;
    out += first ? "\"" : ",\"";
    first = false;
    out += name(attribute);
    out += "\":";
    if (times(value, attribute) == 1) {
      append_json(out, value.attributes[at].second);
      continue;
    }
    out += '[';
    bool first_value = true;
    for (const auto& [other, text] : value.attributes) {
      if (other == attribute) {
        out += first_value ? "" : ",";
        append_json(out, text);
        first_value = false;
      }
    }
    out += ']';
  }
  out += '}';
}

}  // namespace

void append_value_members(std::string& out, const Value& value) {
  out += "\"v\":";
  append_json(out, value.text);
  if (!value.lang.empty()) {
    out += ",\"l\":";
    append_json(out, value.lang);
  }
  if (!value.attributes.empty()) {
    append_attributes(out, value);
  }
}

void append_value(std::string& out, const Value& value) {
  if (value.lang.empty() && value.attributes.empty()) {
    append_json(out, value.text);
    return;
  }
  out += '{';
  append_value_members(out, value);
  out += '}';
}

}  // namespace pitchblende::registry
