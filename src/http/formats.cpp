#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "base/text.hpp"
#include "http/http.hpp"

namespace pitchblende::http {

namespace {

struct Known {
  std::string_view type;
  Format format;
};
constexpr std::array<Known, 8> k_types = {{{"text/html", Format::html},
                                           {"application/xhtml+xml", Format::html},
                                           {"*/*", Format::html},
                                           {"text/*", Format::html},
                                           {"application/json", Format::json},
                                           {"application/ld+json", Format::jsonld},
                                           {"text/csv", Format::csv},
                                           {"application/*", Format::json}}};

bool same_letters(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return lower(x) == lower(y);
  });
}

// Calls `on_choice(name, thousandths)` for each of "a;q=0.5, b": RFC 9110, 12.4.2. Without weight: 1000.
template <typename OnChoice>
void each_choice(std::string_view header, OnChoice&& on_choice) {
  while (!header.empty()) {
    std::string_view choice = header.substr(0, header.find(','));
    header.remove_prefix(std::min(header.size(), choice.size() + 1));
    const std::string_view name = trim(choice.substr(0, choice.find(';')));
    int weight = 1000;
    for (size_t at = choice.find(';'); at != std::string_view::npos; at = choice.find(';', at + 1)) {
      const std::string_view parameter = trim(choice.substr(at + 1, choice.find(';', at + 1) - at - 1));
      if (parameter.starts_with("q=") || parameter.starts_with("Q=")) {
        weight = parameter.size() > 2 && parameter[2] == '1' ? 1000 : 0;
        if (weight == 0 && parameter.size() > 4) {
          std::string digits(parameter.substr(4, 3));
          digits.resize(3, '0');
          std::from_chars(digits.data(), digits.data() + digits.size(), weight);
        }
      }
    }
    if (!name.empty() && weight > 0) {
      on_choice(name, weight);
    }
  }
}

}  // namespace

Format take_format(std::string& path, std::string_view accept) {
  static constexpr std::array<std::pair<std::string_view, Format>, 3> k_suffixes = {
      {{".json", Format::json}, {".jsonld", Format::jsonld}, {".csv", Format::csv}}};
  for (const auto& [suffix, format] : k_suffixes) {
    if (path.size() > suffix.size() && path.ends_with(suffix)) {
      path.resize(path.size() - suffix.size());
      return format;
    }
  }
  int best = 0;
  Format format = Format::html;
  each_choice(accept, [&](std::string_view name, int weight) {
    const auto known =
        std::find_if(k_types.begin(), k_types.end(), [&](const Known& each) { return same_letters(each.type, name); });
    if (known != k_types.end() && weight > best) {
      best = weight;
      format = known->format;
    }
  });
  return format;
}

std::string_view media_type(Format format) {
  switch (format) {
    case Format::json:
      return "application/json";
    case Format::jsonld:
      return "application/ld+json";
    case Format::csv:
      return "text/csv; charset=utf-8";
    case Format::html:
      break;
  }
  return "text/html; charset=utf-8";
}

Language preferred_language(std::string_view accept_language) {
  int best = 0;
  std::optional<Language> language;
  bool others = false;
  each_choice(accept_language, [&](std::string_view name, int weight) {
    const std::string_view primary = name.substr(0, name.find('-'));
    const bool french = same_letters(primary, "fr");
    if (!french && !same_letters(primary, "en")) {
      others = others || primary != "*";
    } else if (weight > best) {
      best = weight;
      language = french ? Language::french : Language::english;
    }
  });
  return language.value_or(others ? Language::english : Language::french);
}

}  // namespace pitchblende::http
