#include "intake/guess.hpp"

#include <algorithm>

#include "sources/source.hpp"
#include "sources/tables/tabular.hpp"

namespace pitchblende::intake {

namespace {

constexpr size_t k_looked_at = 200;  // rows by which a format is guessed

struct Fit {
  std::string format;
  double share = 0;  // of its columns that the mapping knows, times that of its rows that it takes
  double rows = 0;   // that it takes, as far as they are looked at
};

Fit fit(const std::string& csv, const sources::ReadyMapping& mapping) {
  Fit out{std::string(mapping.name), 0, 0};
  const auto preview = sources::preview_bytes(csv, {}, mapping.toml, k_looked_at);
  if (!preview || preview->accepted.empty() || preview->columns.empty()) {
    return out;
  }
  const auto known = std::count_if(preview->columns.begin(), preview->columns.end(),
                                   [](const auto& column) { return !column.column.empty(); });
  const auto titled = std::count_if(preview->columns.begin(), preview->columns.end(),
                                    [](const auto& column) { return !column.title.empty(); });
  out.rows = static_cast<double>(preview->accepted.size());
  const double read = out.rows + static_cast<double>(preview->rejected.size());
  out.share = static_cast<double>(known) / static_cast<double>(std::max<std::ptrdiff_t>(titled, 1)) * out.rows / read;
  return out;
}

Fit best_of(const sources::Sheet& sheet) {
  const std::string csv = sources::as_csv(sheet);
  Fit best;
  for (const sources::ReadyMapping& each : sources::ready_mappings()) {
    if (Fit fits = fit(csv, each); fits.share > best.share) {
      best = std::move(fits);
    }
  }
  return best;
}

}  // namespace

std::string guess_sheet(const sources::Sheet& sheet) { return best_of(sheet).format; }

Guess guess(const std::string& path, std::string_view bytes) {
  if (std::string shown = sources::shown_format(path); !shown.empty()) {
    return {shown, {}};
  }
  const auto sheets = sources::first_rows(bytes, path, k_looked_at);
  if (!sheets) {
    return {};
  }
  std::vector<std::pair<std::string, std::string>> fitting;  // sheet, format
  Guess out;
  double most = 0;
  for (const sources::Sheet& sheet : *sheets) {
    if (sheet.hidden || sheet.rows.empty()) {
      continue;
    }
    const Fit best = best_of(sheet);
    if (best.share > 0) {
      fitting.emplace_back(sheet.name, best.format);
    }
    if (best.share * best.rows > most) {
      most = best.share * best.rows;
      out.format = best.format;
    }
  }
  // Sheets of something else would only be rejected row by row.
  if (std::ranges::any_of(fitting, [&](const auto& each) { return each.second != out.format; })) {
    for (const auto& [name, format] : fitting) {
      if (format == out.format) {
        out.sheets.push_back(name);
      }
    }
  }
  return out;
}

}  // namespace pitchblende::intake
