#include "registry/card.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "registry/identifiers.hpp"
#include "registry/json_text.hpp"
#include "registry/value_codec.hpp"

namespace pitchblende::registry {

using access::Visibility;

const CardField* Card::find(FieldId field) const {
  for (const CardField& each : fields) {
    if (each.field == field) {
      return &each;
    }
  }
  return nullptr;
}

std::string_view Card::text(FieldId field) const {
  const CardField* found = find(field);
  if (found != nullptr) {
    for (const CardValue& value : found->values) {
      if (!value.lost && !value.hidden) {
        return value.value.text;
      }
    }
  }
  return {};
}

Id institution_id(std::string_view institution) { return Id(hash64("institution/" + std::string(institution)) >> 14); }

namespace {

bool is_plain(const Card& card, const CardValue& value) {
  return card.sources.size() == 1 && !value.lost && !value.hidden && value.decision == 0;
}

void append_card_value(std::string& out, const Card& card, const CardValue& value) {
  if (is_plain(card, value)) {
    append_value(out, value.value);
    return;
  }
  out += '{';
  append_value_members(out, value.value);
  out += ",\"s\":[";
  for (size_t at = 0; at < value.sources.size(); ++at) {
    out += at == 0 ? "" : ",";
    out += std::to_string(value.sources[at]);
  }
  out += ']';
  out += value.lost ? ",\"lost\":1" : "";
  out += value.hidden ? ",\"hidden\":1" : "";
  if (value.decision != 0) {
    out += ",\"d\":" + std::to_string(value.decision);
  }
  out += '}';
}

void append_sources(std::string& out, const Card& card) {
  out += "\"sources\":[";
  for (const CardSource& source : card.sources) {
    out += out.back() == '[' ? "{\"record\":" : ",{\"record\":";
    out += std::to_string(source.record);
    out += ",\"source\":";
    append_json(out, source.source);
    out += ",\"key\":";
    append_json(out, source.key);
    if (!source.date.empty()) {
      out += ",\"date\":";
      append_json(out, source.date);
    }
    out += source.republish ? "" : ",\"closed\":1";
    if (source.visibility != Visibility::everyone) {
      out += ",\"visibility\":" + std::to_string(static_cast<int>(source.visibility));
    }
    out += '}';
  }
  out += ']';
}

}  // namespace

std::string_view room_of_source(std::string_view source) {
  if (!source.starts_with(k_room_sources)) {
    return {};
  }
  source.remove_prefix(k_room_sources.size());
  return source.substr(0, source.find(':'));
}

std::string encode(const Card& card) {
  std::string out = "{\"label\":";
  append_json(out, card.label);
  out += card.page ? "" : ",\"pageless\":1";
  out += card.verified ? ",\"verified\":1" : "";
  out += ",\"visibility\":" + std::to_string(static_cast<int>(card.visibility)) + ",\"owners\":[";
  for (const Id owner : card.owners) {
    out += out.back() == '[' ? "" : ",";
    append_json(out, owner.text());
  }
  out += "],";
  append_sources(out, card);
  out += ",\"fields\":{";
  bool first = true;
  for (const CardField& field : card.fields) {
    out += first ? "\"" : ",\"";
    first = false;
    out += description(field.field).name;
    out += "\":[";
    for (const CardValue& value : field.values) {
      out += out.back() == '[' ? "" : ",";
      append_card_value(out, card, value);
    }
    out += ']';
  }
  out += "}}";
  return out;
}

Visibility visibility_of(const Card& card, const CardField& field, const CardValue& value) {
  if (value.hidden) {
    return Visibility::nobody;
  }
  Visibility from_sources = value.sources.empty() ? Visibility::everyone : Visibility::nobody;
  for (const uint32_t source : value.sources) {
    from_sources = std::min(from_sources, card.sources[source].visibility);
  }
  return std::max(description(field.field).visibility, from_sources);
}

namespace {

// Sources that nothing seen came from are left out, and the others counted anew.
void keep_used_sources(Card& card) {
  std::vector<uint32_t> renamed(card.sources.size(), UINT32_MAX);
  for (const CardField& field : card.fields) {
    for (const CardValue& value : field.values) {
      for (const uint32_t source : value.sources) {
        renamed[source] = 0;
      }
    }
  }
  std::vector<CardSource> kept;
  for (size_t at = 0; at < renamed.size(); ++at) {
    if (renamed[at] == 0) {
      renamed[at] = static_cast<uint32_t>(kept.size());
      kept.push_back(std::move(card.sources[at]));
    }
  }
  card.sources = std::move(kept);
  for (CardField& field : card.fields) {
    for (CardValue& value : field.values) {
      for (uint32_t& source : value.sources) {
        source = renamed[source];
      }
    }
  }
}

}  // namespace

std::string link_key(std::string_view ref) {
  if (!ref.starts_with("name:")) {
    return std::string(ref);
  }
  // Many write a unit's label where its name is asked for.
  const std::string_view name = ref.substr(5);
  if (is_unit_label(name)) {
    return reference("label", *normalise_identifier("label", name));
  }
  return "name:" + normalised(name);
}

std::string label_of(const Card& card) {
  if (card.kind == Kind::person) {
    static const FieldId given = field(Kind::person, "given_names");
    static const FieldId family = field(Kind::person, "family_name");
    return squeeze(std::string(card.text(given)) + " " + std::string(card.text(family)));
  }
  const auto id = find_field(card.kind, description(card.kind).label_field);
  const CardField* names = id ? card.find(*id) : nullptr;
  if (names == nullptr) {
    return {};
  }
  const CardValue* best = nullptr;
  for (const CardValue& value : names->values) {
    const std::string_view type = value.value.get(Attribute::type);
    const bool plain = type.empty() || type == "label";
    if (!value.lost && !value.hidden &&
        (best == nullptr ||
         (plain && best->value.get(Attribute::type) != "label" && !best->value.get(Attribute::type).empty()))) {
      best = &value;
    }
  }
  return best == nullptr ? std::string{} : best->value.text;
}

std::optional<Card> seen_by(Card card, const access::Viewer& viewer) {
  if (!access::can_see(viewer, card.visibility, card.id, card.owners)) {
    return std::nullopt;
  }
  if (viewer.reach == Visibility::nobody) {
    return card;
  }
  for (CardField& field : card.fields) {
    for (CardValue& value : field.values) {
      std::erase_if(value.sources, [&](uint32_t source) {
        return !access::can_see(viewer, card.sources[source].visibility, card.id, card.owners);
      });
    }
    std::erase_if(field.values, [&](const CardValue& value) {
      const bool orphan = value.sources.empty() && value.decision == 0;
      return orphan || !access::can_see(viewer, visibility_of(card, field, value), card.id, card.owners);
    });
    // A winner that he may not see leaves the place to the best one that he may: he cannot tell that there was another.
    const bool one = description(field.field).cardinality == Cardinality::one;
    if (one && !field.values.empty() &&
        std::all_of(field.values.begin(), field.values.end(), [](const CardValue& value) { return value.lost; })) {
      field.values.front().lost = false;
    }
  }
  std::erase_if(card.fields, [](const CardField& field) { return field.values.empty(); });
  keep_used_sources(card);
  card.label = label_of(card);
  card.owners.clear();  // they may tell of a source that he may not know
  return card;
}

std::string public_label(const Card& card) {
  const bool open = std::all_of(card.sources.begin(), card.sources.end(),
                                [](const CardSource& source) { return source.visibility == Visibility::everyone; });
  const bool hides = std::any_of(card.fields.begin(), card.fields.end(), [](const CardField& field) {
    return std::any_of(field.values.begin(), field.values.end(), [](const CardValue& value) { return value.hidden; });
  });
  if (open && !hides) {
    return card.label;
  }
  const auto shown = seen_by(card, access::Viewer::visitor());
  return shown ? shown->label : card.label;
}

std::string_view public_name_in(const Card& card, std::string_view language) {
  const auto id = find_field(card.kind, description(card.kind).label_field);
  const CardField* names = card.kind == Kind::person || !id ? nullptr : card.find(*id);
  for (size_t at = 0; names != nullptr && at < names->values.size(); ++at) {
    const CardValue& value = names->values[at];
    if (value.lost || value.value.lang != language || !value.value.get(Attribute::to).empty() ||
        visibility_of(card, *names, value) != Visibility::everyone) {
      continue;
    }
    // An alias is what others say: the name that a house gives itself comes before it, in whatever language.
    const std::string_view type = value.value.get(Attribute::type);
    if (type.empty() || type == "label") {
      return value.value.text;
    }
  }
  return {};
}

}  // namespace pitchblende::registry
