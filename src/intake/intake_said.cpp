#include "intake/intake_said.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "files/errors.hpp"
#include "intake/errors.hpp"
#include "intake/guess.hpp"
#include "intake/intake.hpp"

namespace pitchblende::intake {

namespace {

constexpr size_t k_longest_name = 60;
constexpr size_t k_longest_mapping = size_t{256} << 10;
constexpr size_t k_longest_licence = 200;
constexpr size_t k_rows_guessed = 200;  // of a sheet, by which its format is

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= k_longest_name && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

const sources::ReadyMapping* ready(std::string_view name) {
  for (const sources::ReadyMapping& each : sources::ready_mappings()) {
    if (each.name == name) {
      return &each;
    }
  }
  return nullptr;
}

std::string slug(std::string_view text) {
  std::string out;
  for (const char c : fold(text)) {
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (kept) {
      out += c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  while (!out.empty() && out.back() == '-') {
    out.pop_back();
  }
  return out;
}

// How far it is trusted and what may be done with it: what is not said is as it was.
Result<void> settle_terms(const pool::SourceSettings& stored, Said& said) {
  said.trust = said.trust.value_or(stored.trust);
  said.licence = squeeze(said.licence.value_or(stored.licence));
  said.republish = said.republish.value_or(stored.republish);
  if (*said.trust < 0 || *said.trust > 100) {
    return fail(errors::trust);
  }
  return said.licence->size() <= k_longest_licence ? Result<void>()
                                                   : fail(errors::licence, std::to_string(k_longest_licence));
}

}  // namespace

std::optional<sources::Format> format_of(std::string_view name) {
  for (const sources::Format& each : sources::formats()) {
    if (each.name == name) {
      return each;
    }
  }
  return std::nullopt;
}

pool::SourceSettings settings_of(const Said& said, const registry::Registry& registry) {
  pool::SourceSettings out;
  out.name = said.source;
  out.format = said.mapping.empty() ? said.format : "";
  out.mapping = said.mapping;
  out.institution = said.institution;
  if (said.object != Id()) {
    out.institution_ref = registry.reference_to(said.object).value_or(std::string());
  }
  out.trust = said.trust.value_or(out.trust);
  out.licence = said.licence.value_or(out.licence);
  out.republish = said.republish.value_or(out.republish);
  const auto format = format_of(said.format);
  const auto own = said.mapping.empty() ? Result<sources::Mode>(format ? format->mode : sources::Mode::snapshot)
                                        : sources::mapping_mode(said.mapping);
  out.mode = own.value_or(sources::Mode::snapshot);
  return out;
}

std::string source_name(std::string_view institution, std::string_view format) {
  const std::string last = "-" + slug(format);
  std::string first = slug(institution);
  first.resize(std::min(first.size(), k_longest_name - last.size()));
  return first.empty() ? last.substr(1) : first + last;
}

std::string IntakeRoom::mapping_text(const Said& said) {
  const sources::ReadyMapping* known = ready(said.format);
  return !said.mapping.empty() ? said.mapping : known != nullptr ? std::string(known->toml) : std::string();
}

Said IntakeRoom::in_table(Said said, const sources::TableChoice& choice) {
  const bool plain = choice == sources::TableChoice();
  said.mapping = plain && said.mapping.empty() ? "" : sources::with_table(mapping_text(said), choice);
  return said;
}

// Rule 6: as its source was last read, or as the file looks.
Result<void> IntakeRoom::settle_reading(const std::string& path, std::string_view bytes, Said& said) const {
  const std::string shown = sources::shown_format(path);
  const auto take_last = [&]() -> Result<void> {
    TRY_ASSIGN(const auto last, last_reading(said.source));
    const bool fits =
        last && (said.format.empty() ? shown.empty() || shown == last->format : said.format == last->format);
    if (fits && said.sheet.empty()) {
      said.format = last->format;
      said.mapping = last->mapping;
    }
    return {};
  };
  if (!said.source.empty()) {
    TRY(take_last());
  }
  const bool untold = said.format.empty() && said.mapping.empty();
  const Guess guessed = untold && said.sheet.empty() ? guess(path, bytes) : Guess{};
  if (untold && !said.sheet.empty()) {
    TRY_ASSIGN(const auto tables, sources::first_rows(bytes, path, k_rows_guessed));
    const auto found = std::ranges::find(tables, said.sheet, &sources::Sheet::name);
    said.format = found == tables.end() ? "" : guess_sheet(*found);
  } else if (untold) {
    said.format = guessed.format;
  }
  if (said.source.empty()) {
    said.source = source_name(said.institution, said.format.empty() ? "table" : said.format);
    if (said.mapping.empty()) {
      TRY(take_last());
    }
  }
  sources::TableChoice choice;
  choice.sheets = !said.sheet.empty() ? std::vector{said.sheet} : guessed.sheets;
  if (!choice.sheets.empty() && said.mapping.empty() && ready(said.format) != nullptr) {
    said = in_table(std::move(said), choice);
  }
  return {};
}

// Fills what can be found out, and refuses what cannot be.
Result<void> IntakeRoom::settle_said(const std::string& path, std::string_view bytes, Said& said) const {
  if (said.mapping.size() > k_longest_mapping) {
    return fail(files::errors::too_large, "mapping", std::to_string(said.mapping.size()),
                std::to_string(k_longest_mapping));
  }
  said.institution = slug(said.institution);
  said.source = slug(said.source);
  if (said.mapping.empty()) {
    TRY(settle_reading(path, bytes, said));
  } else if (said.source.empty()) {
    said.source = source_name(said.institution, said.format.empty() ? "table" : said.format);
  }
  if (!said.mapping.empty()) {
    TRY(sources::mapping_mode(said.mapping));
  }
  if (!is_name(said.source)) {
    return fail(errors::name, said.source);
  }
  if (m_means.is_configured && m_means.is_configured(said.source)) {
    return fail(errors::configured, said.source);
  }
  // Whose a source is, is said by its first file: nobody replaces another institution's.
  TRY_ASSIGN(const auto stored, pool::stored_settings(m_means.store, said.source));
  const registry::Registry registry(m_means.store);
  const std::string own = settings_of(said, registry).institution_ref;
  if (stored && stored->institution_ref != own) {
    // An institution that has got another reference since (a ROR) is the same one.
    TRY_ASSIGN(const auto whose, registry.find(stored->institution_ref));
    if (!whose || *whose != said.object) {
      return fail(errors::others, said.source);
    }
  }
  return settle_terms(stored.value_or(pool::SourceSettings()), said);
}

}  // namespace pitchblende::intake
