#include "personal/personal_rules.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "access/access_rules.hpp"
#include "base/text.hpp"
#include "personal/personal_types.hpp"

namespace pitchblende::personal {

namespace {

using registry::FieldDescription;
using registry::FieldType;

// Rule 3. What everybody may see and people look for: a name, a text in both languages, what lists are narrowed by, an
// address, the one identifier that stands first.
bool is_wanted(const registry::KindDescription& kind, const FieldDescription& field) {
  if (field.visibility != access::Visibility::everyone) {
    return false;
  }
  if (field.type == FieldType::identifier) {
    const auto first = std::find_if(kind.fields.begin(), kind.fields.end(), [](const FieldDescription& each) {
      return each.type == FieldType::identifier && each.scheme != "local";
    });
    return first != kind.fields.end() && first->name == field.name;
  }
  const bool named = field.weight > 0 && field.cardinality == registry::Cardinality::one;
  return named || field.facet || field.type == FieldType::localized || field.type == FieldType::url;
}

bool has(const registry::Card& card, registry::FieldId field, std::string_view language) {
  const registry::CardField* found = card.find(field);
  return found != nullptr && std::any_of(found->values.begin(), found->values.end(), [&](const auto& each) {
           return !each.lost && !each.hidden && (language.empty() || each.value.lang == language);
         });
}

template <typename OnWanted>
void each_wanted(registry::Kind kind, OnWanted&& on_wanted) {
  const auto& described = registry::description(kind);
  for (const FieldDescription& field : described.fields) {
    if (!is_wanted(described, field)) {
      continue;
    }
    const auto id = registry::field(kind, field.name);
    if (field.type == FieldType::localized) {
      on_wanted(Missing{id, "fr"});
      on_wanted(Missing{id, "en"});
    } else {
      on_wanted(Missing{id, {}});
    }
  }
}

}  // namespace

std::string_view name(Every every) {
  return every == Every::daily ? "daily" : every == Every::weekly ? "weekly" : "never";
}

std::optional<Every> every_of(std::string_view text) {
  for (const Every every : {Every::never, Every::daily, Every::weekly}) {
    if (name(every) == text) {
      return every;
    }
  }
  return std::nullopt;
}

std::string_view name(Wish::Kind kind) { return kind == Wish::Kind::objection ? "objection" : "erasure"; }

std::string_view name(Wish::State state) {
  constexpr std::string_view k_names[] = {"open", "done", "refused", "taken_back"};
  return k_names[static_cast<size_t>(state)];
}

std::vector<Missing> missing_on(const registry::Card& card) {
  std::vector<Missing> out;
  each_wanted(card.kind, [&](Missing wanted) {
    if (!has(card, wanted.field, wanted.language)) {
      out.push_back(std::move(wanted));
    }
  });
  return out;
}

size_t wanted_of(registry::Kind kind) {
  size_t count = 0;
  each_wanted(kind, [&](const Missing&) { ++count; });
  return count;
}

std::string link_address(std::string_view text) {
  constexpr size_t k_longest = 500;
  text = trim(text);
  if (std::string own = access::own_path(text); !own.empty()) {
    return own;
  }
  const bool web = text.starts_with("https://") || text.starts_with("http://");
  const size_t host = web ? text.find("//") + 2 : 0;
  const bool clean = std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && c != 0x7F && c != '<' && c != '>' && c != '"' && c != '\\';
  });
  const bool has_host = web && host < text.size() && text[host] != '/' && text[host] != ':';
  return has_host && clean && text.size() <= k_longest ? std::string(text) : std::string();
}

std::string search_address(std::string_view text) {
  const std::string path = access::own_path(text);
  const std::string_view room = std::string_view(path).substr(0, path.find('?'));
  const bool list = room == "/search" || (room.starts_with('/') && registry::kind(room.substr(1)).has_value());
  return list ? path : std::string();
}

std::string proof(std::string_view purpose, std::string_view of, std::string_view key) {
  return hash256_hex(std::string(purpose) + "\n" + std::string(of), key).substr(0, 40);
}

std::string month_after(std::string_view day) {
  namespace chrono = std::chrono;
  const std::string text(day);
  const chrono::year_month_day from{chrono::year(std::atoi(text.substr(0, 4).c_str())),
                                    chrono::month(static_cast<unsigned>(std::atoi(text.substr(5, 2).c_str()))),
                                    chrono::day(static_cast<unsigned>(std::atoi(text.substr(8, 2).c_str())))};
  chrono::year_month_day to = from + chrono::months(1);
  if (!to.ok()) {
    to = to.year() / to.month() / chrono::last;
  }
  const auto two = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return std::to_string(static_cast<int>(to.year())) + "-" + two(static_cast<unsigned>(to.month())) + "-" +
         two(static_cast<unsigned>(to.day()));
}

}  // namespace pitchblende::personal
