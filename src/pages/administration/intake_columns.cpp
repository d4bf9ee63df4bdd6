#include "pages/administration/intake_columns.hpp"

#include <algorithm>
#include <map>

#include "intake/errors.hpp"

namespace pitchblende::pages {

namespace {

using sources::Target;

constexpr size_t k_most_named = 3;      // fields of one column
constexpr size_t k_most_columns = 500;  // of a form

std::string gift_words(const Words& words, const Target::Gift& gift) {
  const std::string field = words.label(gift.field);
  return gift.attribute ? field + " – " + attribute_words(words, *gift.attribute) : field;
}

// What a column is called: French titles come first in a mapping, and its name is English ("team_code").
std::string title_in(const Words& words, const Target& target) {
  if (words.language() == Language::french || target.title.empty()) {
    return target.title;
  }
  std::string out = target.name;
  std::ranges::replace(out, '_', ' ');
  return out;
}

// "Family name", "Positions – title"; of a key alone its title.
std::string target_words(const Words& words, const Target& target) {
  std::vector<std::string> parts;
  for (const Target::Gift& gift : target.gives) {
    std::string part = gift_words(words, gift);
    if (parts.size() < k_most_named && std::ranges::find(parts, part) == parts.end()) {
      parts.push_back(std::move(part));
    }
  }
  std::string out;
  for (const std::string& part : parts) {
    out += (out.empty() ? "" : ", ") + part;
  }
  return out.empty() ? title_in(words, target) : out;
}

// {name, label} by label; where several go to the same field each says its title too.
std::vector<std::pair<std::string, std::string>> labelled(const Words& words, const std::vector<Target>& targets) {
  std::map<std::string, int> times;
  for (const Target& each : targets) {
    ++times[target_words(words, each)];
  }
  std::vector<std::pair<std::string, std::string>> out;
  for (const Target& each : targets) {
    const std::string label = target_words(words, each);
    const std::string title = title_in(words, each);
    const bool is_told = times[label] == 1 || title.empty() || title == label;
    out.emplace_back(each.name, is_told ? label : label + " (" + title + ")");
  }
  std::ranges::sort(out, {}, [](const auto& each) { return fold(each.second); });
  return out;
}

}  // namespace

std::string attribute_words(const Words& words, registry::Attribute attribute) {
  const std::string key = "intake.attributes." + std::string(registry::name(attribute));
  return words.has(key) ? words.get(key) : words.of_code(registry::name(attribute));
}

Views column_views(const Words& words, const std::vector<sources::Preview::Column>& columns,
                   const std::vector<Target>& targets, const http::Form* typed) {
  const auto choices = labelled(words, targets);
  Views out;
  for (const auto& each : columns) {
    if (each.title.empty()) {
      continue;
    }
    View column = view({{"title", each.title}, {"number", std::to_string(out.size())}});
    std::string examples;
    for (const std::string& example : each.examples) {
      examples += (examples.empty() ? "" : " · ") + example;
    }
    column["examples"] = examples;
    column["unknown"] = each.column.empty();
    const std::string chosen =
        typed == nullptr ? each.column : std::string(typed->value("column_" + std::to_string(out.size())));
    Views shown;
    for (const auto& [name, label] : choices) {
      View choice = view({{"value", name}, {"label", label}});
      choice["selected"] = name == chosen;
      if (name == each.column) {
        column["taken"] = label;
      }
      shown.push_back(std::move(choice));
    }
    column["targets"] = std::move(shown);
    out.push_back(std::move(column));
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> taken_in(const http::Form& form) {
  std::vector<std::pair<std::string, std::string>> out;
  std::map<std::string, int> times;
  for (size_t at = 0; at < k_most_columns; ++at) {
    std::string title(form.value("title_" + std::to_string(at)));
    if (title.empty()) {
      break;
    }
    const int time = ++times[normalised(title)];
    title += time > 1 ? " " + std::to_string(time) : "";
    const std::string_view target = form.value("column_" + std::to_string(at));
    out.emplace_back(std::move(title), target == "none" ? "" : target);
  }
  return out;
}

Result<void> judge_taken(const std::vector<std::pair<std::string, std::string>>& taken) {
  std::map<std::string_view, std::string_view> of;
  for (const auto& [title, target] : taken) {
    if (target.empty() || target.starts_with("field:")) {
      continue;  // each such title is a column of its own
    }
    const auto [at, fresh] = of.emplace(target, title);
    if (!fresh) {
      return fail(intake::errors::twice, at->second, title);
    }
  }
  return {};
}

std::string field_words(const Words& words, std::string_view kind, std::string_view field,
                        const std::vector<Target>& targets) {
  if (field == "key") {
    return words.get("intake.key");
  }
  if (const size_t dot = field.find('.'); dot != std::string_view::npos) {
    const auto beside = registry::attribute(field.substr(dot + 1));
    const std::string of = field_words(words, kind, field.substr(0, dot), targets);
    return beside ? of + " – " + attribute_words(words, *beside) : of;
  }
  if (const auto known = registry::kind(kind)) {
    if (const auto id = registry::find_field(*known, field)) {
      return words.label(*id);
    }
  }
  for (const Target& each : targets) {
    if (each.name == field && !each.gives.empty()) {
      return target_words(words, each);
    }
    for (const Target::Gift& gift : each.gives) {
      if (registry::description(gift.field).name == field) {
        return words.label(gift.field);
      }
    }
  }
  return std::string(field);
}

}  // namespace pitchblende::pages
