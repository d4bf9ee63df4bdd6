// Stored JSON back into records and cards. simdjson stands in this file alone.
#include <simdjson.h>

#include <algorithm>

#include "registry/card.hpp"
#include "registry/errors.hpp"
#include "registry/json_text.hpp"
#include "registry/record.hpp"

namespace pitchblende::registry {

namespace {

using simdjson::dom::element;
using simdjson::dom::object;

simdjson::simdjson_result<element> parse(std::string_view text) {
  thread_local simdjson::dom::parser parser;
  return parser.parse(text.data(), text.size());
}

std::string string_of(const element& json) {
  std::string_view text;
  return json.get_string().get(text) == simdjson::SUCCESS ? std::string(text) : std::string{};
}

int64_t integer_of(const object& json, std::string_view name) {
  int64_t value = 0;
  return json[name].get_int64().get(value) == simdjson::SUCCESS ? value : 0;
}

void read_attributes(const object& json, Value& value) {
  for (const auto& [key, member] : json) {
    const auto known = attribute(key);
    if (!known) {
      continue;
    }
    simdjson::dom::array several;
    if (member.get_array().get(several) == simdjson::SUCCESS) {
      for (const element each : several) {
        value.with(*known, string_of(each));
      }
    } else {
      value.with(*known, string_of(member));
    }
  }
}

Value read_value(const element& json) {
  Value value;
  object members;
  if (json.get_object().get(members) != simdjson::SUCCESS) {
    value.text = string_of(json);
    return value;
  }
  for (const auto& [key, member] : members) {
    object attributes;
    if (key == "v") {
      value.text = string_of(member);
    } else if (key == "l") {
      value.lang = string_of(member);
    } else if (key == "a" && member.get_object().get(attributes) == simdjson::SUCCESS) {
      read_attributes(attributes, value);
    }
  }
  return value;
}

CardValue read_card_value(const element& json) {
  CardValue out{read_value(json), {}, false, 0, false};
  object members;
  simdjson::dom::array sources;
  if (json.get_object().get(members) != simdjson::SUCCESS ||
      members["s"].get_array().get(sources) != simdjson::SUCCESS) {
    out.sources = {0};
    return out;
  }
  for (const element source : sources) {
    out.sources.push_back(static_cast<uint32_t>(source.get_uint64().value_unsafe()));
  }
  out.lost = integer_of(members, "lost") != 0;
  out.hidden = integer_of(members, "hidden") != 0;
  out.decision = integer_of(members, "d");
  return out;
}

CardSource read_source(const object& json) {
  CardSource source;
  source.record = integer_of(json, "record");
  for (const auto& [key, member] : json) {
    if (key == "source") {
      source.source = string_of(member);
    } else if (key == "key") {
      source.key = string_of(member);
    } else if (key == "date") {
      source.date = string_of(member);
    }
  }
  source.republish = integer_of(json, "closed") == 0;
  source.visibility = static_cast<access::Visibility>(integer_of(json, "visibility"));
  return source;
}

template <typename OnElement>
void each_of(const object& json, std::string_view name, OnElement&& on_element) {
  simdjson::dom::array several;
  if (json[name].get_array().get(several) == simdjson::SUCCESS) {
    for (const element each : several) {
      on_element(each);
    }
  }
}

void read_fields(const object& json, Card& card) {
  for (const auto& [key, member] : json) {
    const auto id = find_field(card.kind, key);
    simdjson::dom::array values;
    if (!id || member.get_array().get(values) != simdjson::SUCCESS) {
      continue;
    }
    CardField field{*id, {}};
    for (const element each : values) {
      field.values.push_back(read_card_value(each));
      // A source that is not in the list would be read out of bounds later: such a value is not ours.
      std::erase_if(field.values.back().sources, [&](uint32_t source) { return source >= card.sources.size(); });
    }
    card.fields.push_back(std::move(field));
  }
}

}  // namespace

Result<Record> decode(Kind kind, std::string_view key, std::string_view payload) {
  Record record;
  record.kind = kind;
  record.key = std::string(key);
  object members;
  const auto error = parse(payload).get_object().get(members);
  if (error != simdjson::SUCCESS) {
    return fail(errors::payload, std::string(key), simdjson::error_message(error));
  }
  for (const auto& [name, member] : members) {
    const auto field = find_field(kind, name);
    simdjson::dom::array values;
    if (!field || member.get_array().get(values) != simdjson::SUCCESS) {
      record.unknown += record.unknown.empty() ? "" : ",";
      append_json(record.unknown, name);
      record.unknown += ':';
      record.unknown += simdjson::minify(member);
      continue;
    }
    for (const element each : values) {
      record.values.emplace_back(*field, read_value(each));
    }
  }
  return record;
}

Result<Card> decode_card(Id id, Kind kind, std::string_view body) {
  Card card;
  card.id = id;
  card.kind = kind;
  object json;
  const auto error = parse(body).get_object().get(json);
  if (error != simdjson::SUCCESS) {
    return fail(errors::payload, id.text(), simdjson::error_message(error));
  }
  if (const auto label = json["label"]; label.error() == simdjson::SUCCESS) {
    card.label = string_of(label.value_unsafe());
  }
  card.page = integer_of(json, "pageless") == 0;
  card.verified = integer_of(json, "verified") != 0;
  card.visibility = static_cast<access::Visibility>(integer_of(json, "visibility"));
  each_of(json, "owners", [&](const element& owner) {
    if (const auto known = Id::parse(string_of(owner))) {
      card.owners.push_back(*known);
    }
  });
  each_of(json, "sources", [&](const element& source) {
    object members;
    if (source.get_object().get(members) == simdjson::SUCCESS) {
      card.sources.push_back(read_source(members));
    }
  });
  object fields;
  if (json["fields"].get_object().get(fields) == simdjson::SUCCESS) {
    read_fields(fields, card);
  }
  return card;
}

}  // namespace pitchblende::registry
