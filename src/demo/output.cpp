#include "demo/output.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "demo/demo_files.hpp"
#include "demo/errors.hpp"
#include "demo/read_me.hpp"

namespace pitchblende::demo {

namespace fs = std::filesystem;

namespace {

// "curie-people" is "Institut Curie, personnel" on the pages; empty: everybody knows it by its name.
std::string title_of(std::string_view source) {
  using Words = std::map<std::string_view, std::string_view>;
  static const Words k_houses = {{"aphp", "AP-HP"},
                                 {"ceph", "CEPH"},
                                 {"curie", "Institut Curie"},
                                 {"gip", "GIP"},
                                 {"pasteur", "Institut Pasteur"},
                                 {"roussy", "Gustave Roussy"},
                                 {"sorbonne", "Sorbonne Université"},
                                 {"upcite", "Université Paris Cité"}};
  static const Words k_lists = {{"access", "accès ouvert"},
                                {"areas", "axes"},
                                {"awards", "lauréats"},
                                {"collections", "collections"},
                                {"companies", "entreprises"},
                                {"equipment", "équipements"},
                                {"events", "événements"},
                                {"organisations", "organismes"},
                                {"partnerships", "partenariats"},
                                {"patents", "brevets"},
                                {"people", "personnel"},
                                {"platforms", "plateformes"},
                                {"projects", "projets"},
                                {"sites", "sites"},
                                {"teams", "équipes"},
                                {"vocabulary", "vocabulaire"}};
  if (source == "trials") {
    return "ClinicalTrials.gov";
  }
  const size_t dash = source.find('-');
  const auto house = k_houses.find(source.substr(0, dash));
  const auto list = dash == std::string_view::npos ? k_lists.end() : k_lists.find(source.substr(dash + 1));
  return house == k_houses.end() || list == k_lists.end() ? std::string()
                                                          : fmt::format("{}, {}", house->second, list->second);
}

std::string settings_text(const std::vector<Source>& sources) {
  std::string out =
      "# The invented consortium. All is invented save the facts of the source; see README.txt.\n\n"
      "name = \"Cancéropôle Île-de-France (démonstration)\"\ndatabase = \"\"\nretention_years = 3\n"
      "consortium = \"local:gip/GIP\"\n"
      "notice_fr = \"Démonstration : hormis les faits de la source, tout est inventé.\"\n"
      "notice_en = \"Demonstration: all is invented save the facts of the source.\"\ncontact = "
      "\"contact@gip.example\"\n";
  for (const Source& source : sources) {
    out += fmt::format("\n[source.{}]\n", source.name);
    const std::string title = title_of(source.name);
    out += title.empty() ? "" : fmt::format("title = \"{}\"\n", title);
    out += source.mapping.empty() ? fmt::format("format = \"{}\"\n", source.format)
                                  : fmt::format("mapping = \"{}\"\n", source.mapping);
    out += source.institution.empty() ? "" : fmt::format("institution = \"{}\"\n", source.institution);
    out += source.institution_ref.empty() ? "" : fmt::format("institution_ref = \"{}\"\n", source.institution_ref);
    out += fmt::format("trust = {}\nlicence = \"{}\"\nrepublish = {}\nfiles = [", source.trust, source.licence,
                       source.republish);
    for (const std::string& file : source.files) {
      out += fmt::format("{}\"{}\"", file == source.files.front() ? "" : ", ", file);
    }
    out += "]\n";
  }
  return out;
}

}  // namespace

Source source_of(std::string name, std::string format, std::string institution, std::string file) {
  Source source;
  source.name = std::move(name);
  if (format.ends_with(".toml")) {
    source.mapping = "mappings/" + format;
  } else {
    source.format = std::move(format);
  }
  source.institution = std::move(institution);
  source.licence = "CC0-1.0";
  source.files = {std::move(file)};
  return source;
}

Result<void> Output::make_folder_of(const std::string& path) {
  std::error_code error;
  fs::create_directories(fs::path(path).parent_path(), error);
  return error ? fail(errors::folder, path, error.message()) : Result<void>{};
}

Result<void> Output::file(const std::string& name, std::string_view bytes) {
  TRY(make_folder_of(path(name)));
  std::ofstream out(path(name), std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.flush();
  if (!out) {
    return fail(errors::folder, path(name), "cannot be written");
  }
  ++m_written.files;
  m_written.bytes += bytes.size();
  return {};
}

void Output::count(const std::string& name) {
  std::error_code ignored;
  ++m_written.files;
  m_written.bytes += fs::file_size(path(name), ignored);
}

Result<void> Output::table(Source source, const std::string& name, const Table& table, const Layout& layout) {
  if (layout.form == Form::workbook) {
    return workbook(std::move(source), name, {table}, layout);
  }
  add(std::move(source));
  return file(name, text_of(table, layout));
}

Result<void> Output::workbook(Source source, const std::string& name, const std::vector<Table>& sheets,
                              const Layout& layout) {
  TRY(make_folder_of(path(name)));
  TRY(write_workbook(path(name), sheets, layout));
  count(name);
  add(std::move(source));
  return {};
}

void Output::truth(std::string_view source, std::string_view key, std::string_view entity) {
  m_truth.append(source).append(",").append(key).append(",0,").append(entity).append("\n");
}

Result<Written> Output::finish(const Settings& settings, Written amounts) {
  TRY(file("truth.csv", m_truth));
  for (const auto& mapping : embedded::demo_files()) {
    if (mapping.path.ends_with(".toml")) {
      TRY(file("mappings/" + fs::path(mapping.path).filename().string(), mapping.text));
    }
  }
  TRY(file("pitchblende.toml", settings_text(m_written.sources)));
  TRY(file("README.txt", english_read_me(settings)));
  TRY(file("LISEZMOI.txt", french_read_me(settings)));
  amounts.sources = std::move(m_written.sources);
  amounts.files = m_written.files;
  amounts.bytes = m_written.bytes;
  return amounts;
}

}  // namespace pitchblende::demo
