#include <boost/json.hpp>
#include <fstream>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/errors.hpp"
#include "cli/rooms/figure_counters.hpp"
#include "insight/figure_words.hpp"
#include "insight/figures_json.hpp"
#include "insight/insight.hpp"
#include "insight/insight_rules.hpp"
#include "insight/workbook.hpp"

namespace pitchblende::cli {

namespace {

using insight::Figure;
using insight::Figures;

Result<void> write_file(const std::string& path, const std::string& bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.flush();
  return file ? Result<void>{} : fail(errors::folder, path, "cannot be written");
}

// A line for each figure: its number, its name, and what is missing.
void print_figures(std::ostream& out, const Figures& figures, Language language) {
  for (size_t at = 0; at < insight::k_figures; ++at) {
    const Figure figure = insight::figure_at(at);
    if (figure == Figure::requests) {
      continue;  // only the server knows them
    }
    const bool known = insight::is_known(figures, figure, {});
    const std::string number = known ? std::to_string(insight::count(figures, figure, {})) : "-";
    out << std::string(number.size() < 9 ? 9 - number.size() : 0, ' ') << number << "  "
        << insight::label(figure, language);
    if (const int64_t lacks = insight::lacking(figures, figure, {}); lacks > 0) {
      out << " (" << lacks << ' ' << insight::lack(figure, language) << ')';
    }
    out << '\n';
  }
}

}  // namespace

Result<Exit> show_figures(const Options& options, const Streams& streams) {
  TRY_ASSIGN(auto place, Workplace::for_reading(options.data));
  TRY_ASSIGN(auto opened, index_for_reading(options.data, *place->store));
  std::shared_ptr<const search::Index> index = std::move(opened);
  const insight::Insight insight(
      *place->store, place->clock, [&] { return index; }, figure_counters(*place->store));
  const access::Viewer who = options.everything ? access::Viewer::everything() : access::Viewer::visitor();
  const int year = options.year == 0 ? insight.this_year() : options.year;
  TRY_ASSIGN(const auto figures, insight.figures(year, who));
  const std::string site = place->config.address.empty()
                               ? std::string()
                               : place->config.address + (options.language == Language::french ? "/fr" : "/en");
  // Whoever reads the answer by a program says himself whether he wants a file.
  const std::string file =
      options.out.empty() && !options.json ? "figures-" + std::to_string(year) + ".xlsx" : options.out;
  if (!file.empty()) {
    TRY_ASSIGN(const std::string book,
               insight::workbook(*figures, {options.language,
                                            place->config.name,
                                            site,
                                            insight.counts_hours(),
                                            insight.counts_requests(),
                                            {},
                                            insight::names_of_teams(*figures, *index, who, options.language)}));
    TRY(write_file(file, book));
  }
  if (options.json) {
    boost::json::object said = insight::figures_json(*figures, {}, site, options.language);
    said["bytes_read"] = figures->bytes_read;  // for who measures it; no reader of the site's asks
    streams.out << boost::json::serialize(said) << '\n';
  } else {
    print_figures(streams.out, *figures, options.language);
    streams.out << (options.language == Language::french ? "Classeur : " : "Workbook: ") << file << '\n';
    if (site.empty()) {
      streams.out
          << (options.language == Language::french
                  ? "Sans liens : pitchblende.toml ne dit pas l’adresse du site (address = \"https://…\")\n"
                  : "Without links: pitchblende.toml does not say the site’s address (address = \"https://…\")\n");
    }
  }
  return Exit::done;
}

}  // namespace pitchblende::cli
