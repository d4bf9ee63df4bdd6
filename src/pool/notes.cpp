#include "pool/notes.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "base/text.hpp"
#include "registry/code_words.hpp"

namespace pitchblende::pool {

namespace {

using registry::Attribute;
using registry::Card;
using registry::CardField;
using registry::CardValue;
using registry::FieldType;
using registry::Kind;

constexpr size_t k_most_names = 3;
constexpr size_t k_longest = 300;
constexpr std::string_view k_between = " · ";

// Fields that make the line, in its order.
std::span<const std::string_view> fields_of(Kind kind) {
  static constexpr std::array<std::string_view, 1> k_person = {"positions"};
  static constexpr std::array<std::string_view, 2> k_organisation = {"commune", "country"};
  static constexpr std::array<std::string_view, 2> k_team = {"label", "parents"};
  static constexpr std::array<std::string_view, 2> k_group = {"leaders", "period"};
  static constexpr std::array<std::string_view, 2> k_site = {"commune", "country"};
  static constexpr std::array<std::string_view, 2> k_platform = {"acronym", "hosts"};
  static constexpr std::array<std::string_view, 4> k_equipment = {"make", "model", "platforms", "teams"};
  static constexpr std::array<std::string_view, 1> k_service = {"platforms"};
  static constexpr std::array<std::string_view, 1> k_collection = {"custodians"};
  static constexpr std::array<std::string_view, 2> k_dataset = {"creators", "year"};
  static constexpr std::array<std::string_view, 3> k_publication = {"authors", "journal", "year"};
  static constexpr std::array<std::string_view, 4> k_project = {"acronym", "programme", "leaders", "from"};
  static constexpr std::array<std::string_view, 3> k_trial = {"nct", "sponsor", "from"};
  static constexpr std::array<std::string_view, 3> k_patent = {"numbers", "applicants", "filed"};
  static constexpr std::array<std::string_view, 2> k_event = {"from", "place"};
  static constexpr std::array<std::string_view, 2> k_concept = {"scheme", "code"};
  static constexpr std::array<std::string_view, 2> k_call = {"acronym", "opens"};
  static constexpr std::array<std::string_view, 3> k_award = {"leaders", "call", "year"};
  static constexpr std::array<std::string_view, 2> k_partnership = {"parties", "from"};
  static constexpr std::array<std::span<const std::string_view>, registry::k_kinds> k_of = {
      k_person,  k_organisation, k_team,    k_group,       k_site,       k_platform, k_equipment,
      k_service, k_collection,   k_dataset, k_publication, k_project,    k_trial,    k_patent,
      k_event,   k_concept,      k_call,    k_award,       k_partnership};
  return k_of[static_cast<size_t>(kind)];
}

std::vector<const CardValue*> public_values(const Card& card, std::string_view name) {
  std::vector<const CardValue*> values;
  const auto id = registry::find_field(card.kind, name);
  const CardField* field = id ? card.find(*id) : nullptr;
  if (field == nullptr) {
    return values;
  }
  for (const CardValue& value : field->values) {
    const bool of_a_language = name == "period" && !value.value.lang.empty();
    if (!value.lost && !of_a_language && registry::visibility_of(card, *field, value) == access::Visibility::everyone) {
      values.push_back(&value);
    }
  }
  return values;
}

// What is over is said only where nothing else is.
void keep_present(std::vector<const CardValue*>& values) {
  const auto is_over = [](const CardValue* value) { return !value->value.get(Attribute::to).empty(); };
  if (!std::all_of(values.begin(), values.end(), is_over)) {
    std::erase_if(values, is_over);
  }
}

// Titles are as institutions wrote them, most in French: who reads English is told the sort of position too.
std::string title_of(const registry::Value& position, Language language) {
  std::string title(position.get(Attribute::title));
  const std::string_view kind = position.get(Attribute::kind);
  const std::string word = kind.empty() || language == Language::french ? "" : registry::code_word(kind, language);
  return title.empty() || word.empty() || fold(title).find(fold(word)) != std::string::npos ? title
                                                                                            : title + " (" + word + ")";
}

// A title that was said of the one before it is not said again.
std::string link_text(const CardValue& value, const LabelOfRef& label_of, Language language, std::string& said) {
  std::string label = label_of(registry::link_key(value.value.text), language);
  if (label.empty() && value.value.text.starts_with("name:")) {
    label = value.value.text.substr(5);
  }
  const std::string title = title_of(value.value, language);
  if (title.empty() || label.empty() || title == said) {
    return label;
  }
  said = title;
  return title + ", " + label;
}

std::string piece(const Card& card, std::string_view name, const LabelOfRef& label_of, Language language) {
  std::vector<const CardValue*> values = public_values(card, name);
  if (values.empty()) {
    return {};
  }
  const FieldType type = registry::description(registry::field(card.kind, name)).type;
  if (type == FieldType::date) {
    return values.front()->value.text.substr(0, 4);
  }
  if (name == "country") {
    return country_name(values.front()->value.text, language == Language::french ? "fr" : "en");
  }
  if (type == FieldType::link) {
    keep_present(values);
  }
  std::vector<std::string> names;
  std::string said;
  for (const CardValue* value : values) {
    std::string text = type == FieldType::link ? link_text(*value, label_of, language, said) : value->value.text;
    if (!text.empty() && std::find(names.begin(), names.end(), text) == names.end()) {
      names.push_back(std::move(text));
    }
    if (names.size() > k_most_names || (type != FieldType::link && type != FieldType::mention)) {
      break;
    }
  }
  std::string out;
  for (size_t at = 0; at < std::min(names.size(), k_most_names); ++at) {
    out += (at == 0 ? "" : ", ") + names[at];
  }
  return names.size() > k_most_names ? out + " et al." : out;
}

void cut(std::string& text) {
  if (text.size() > k_longest) {
    text.resize(k_longest);
    text = clean_utf8(text.substr(0, text.rfind(' '))) + "…";
  }
}

}  // namespace

std::string note_of(const Card& card, const LabelOfRef& label_of, Language language) {
  std::string out;
  for (const std::string_view field : fields_of(card.kind)) {
    const std::string text = piece(card, field, label_of, language);
    if (!text.empty()) {
      out += out.empty() ? "" : k_between;
      out += text;
    }
  }
  cut(out);
  return out;
}

uint32_t date_of(const Card& card) {
  constexpr std::array<std::string_view, 8> k_dates = {"date",         "from",     "filed", "opens",
                                                       "first_posted", "acquired", "year",  "founded"};
  for (const std::string_view name : k_dates) {
    const auto values = public_values(card, name);
    if (values.empty()) {
      continue;
    }
    // "2024-01-31", "2024-01" or "2024", and whatever else begins with a year
    uint32_t date = 0;
    uint32_t digits = 0;
    for (const char c : values.front()->value.text) {
      if (c >= '0' && c <= '9' && digits < 8) {
        date = date * 10 + static_cast<uint32_t>(c - '0');
        ++digits;
      } else if (c != '-') {
        break;
      }
    }
    if (digits >= 4) {
      for (; digits < 8; ++digits) {
        date *= 10;
      }
      return date;
    }
  }
  return 0;
}

std::string sort_text_of(const Card& card, std::string_view title) {
  if (card.kind == Kind::person) {
    const auto values = public_values(card, "family_name");
    if (!values.empty()) {
      // The label ends with the family name: what stands before it are given names.
      return normalised(values.front()->value.text + " " + std::string(title));
    }
  }
  return normalised(title).substr(0, 120);
}

}  // namespace pitchblende::pool
