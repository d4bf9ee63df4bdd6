#include "insight/workbook.hpp"

#include <xlsxwriter.h>

#include <filesystem>
#include <set>

#include "base/scratch_file.hpp"
#include "insight/errors.hpp"
#include "insight/figure_words.hpp"
#include "insight/insight_rules.hpp"

namespace pitchblende::insight {

namespace {

class Book {
 public:
  Book(const std::string& path, const Figures& figures, const WorkbookTexts& texts)
      : m_book(workbook_new(path.c_str())), m_figures(figures), m_texts(texts) {
    lxw_doc_properties properties{};
    properties.created = 1'767'225'600;  // 2026-01-01: the same bytes each time
    workbook_set_properties(m_book, &properties);
    m_bold = workbook_add_format(m_book);
    format_set_bold(m_bold);
    m_wrapped = workbook_add_format(m_book);
    format_set_text_wrap(m_wrapped);
    format_set_align(m_wrapped, LXW_ALIGN_VERTICAL_TOP);
    m_share = workbook_add_format(m_book);
    format_set_num_format(m_share, "0.0 %");
  }

  void definitions() {
    begin(say("Figures", "Chiffres"));
    text(0, 0, m_texts.consortium, m_bold);
    text(1, 0, year_and_place(), m_bold);
    text(2, 0, std::string(say("Counted on ", "Comptés le ")) + m_figures.made.substr(0, 10), nullptr);
    text(3, 0, who_sees(), nullptr);
    constexpr lxw_row_t k_head = 5;
    for (const auto& [column, word] : {std::pair{0, say("Figure", "Chiffre")},
                                       {1, say("Number", "Nombre")},
                                       {2, say("Share", "Part")},
                                       {3, say("Definition", "Définition")},
                                       {4, say("Missing", "Ce qui manque")}}) {
      text(k_head, static_cast<lxw_col_t>(column), std::string(word), m_bold);
    }
    for (size_t at = 0; at < k_figures; ++at) {
      one_figure(k_head + 1 + static_cast<lxw_row_t>(at), figure_at(at));
    }
    worksheet_set_column(m_sheet, 0, 0, 26, nullptr);
    worksheet_set_column(m_sheet, 3, 3, 80, nullptr);
    worksheet_set_column(m_sheet, 4, 4, 36, nullptr);
    worksheet_freeze_panes(m_sheet, k_head + 1, 1);
  }

  // A row for each place and for none, a column for each figure.
  void by_institution() {
    begin(say("By institution", "Par établissement"));
    head({say("Institution", "Établissement")});
    rows_of(m_figures.institutions, &Cell::institution);
    worksheet_set_column(m_sheet, 0, 0, 40, nullptr);
    worksheet_freeze_panes(m_sheet, 1, 1);
  }

  void by_area() {
    begin(say("By key area", "Par axe"));
    head({say("Key area", "Axe")});
    rows_of(m_figures.areas, &Cell::area);
    worksheet_set_column(m_sheet, 0, 0, 50, nullptr);
    worksheet_freeze_panes(m_sheet, 1, 1);
  }

  // All three dimensions, a row for each area, institution and year: ready for a pivot table.
  void by_both() {
    begin(say("Area, institution, year", "Axe, établissement, année"));
    head({say("Key area", "Axe"), say("Institution", "Établissement"), say("Year", "Année")});
    lxw_row_t line = 1;
    for (const auto& [area, area_at] : places(m_figures.areas)) {
      for (const auto& [institution, institution_at] : places(m_figures.institutions)) {
        if (area_at && institution_at && is_within({area_at, institution_at}) &&
            !counts_nothing({area_at, institution_at})) {
          text(line, 0, area, nullptr);
          text(line, 1, institution, nullptr);
          number(line, 2, m_figures.year, {});
          figures_of(line++, 3, {area_at, institution_at});
        }
      }
    }
    worksheet_set_column(m_sheet, 0, 0, 50, nullptr);
    worksheet_set_column(m_sheet, 1, 1, 40, nullptr);
    worksheet_freeze_panes(m_sheet, 1, 3);
  }

  void collaborations() {
    begin(say("Between institutions", "Entre établissements"));
    const auto matrix = collaboration(m_figures, m_texts.within.area);
    text(0, 0,
         std::string(say("Outputs in common; on the diagonal all outputs",
                         "Publications communes ; sur la diagonale, toutes les publications")),
         m_bold);
    std::vector<size_t> shown;  // those with an output that year
    for (size_t at = 0; at < matrix.size(); ++at) {
      if (matrix[at][at] > 0) {
        shown.push_back(at);
      }
    }
    for (size_t line = 0; line < shown.size(); ++line) {
      const std::string name(name_in(m_figures.institutions[shown[line]], m_texts.language));
      text(1, static_cast<lxw_col_t>(line + 1), name, m_bold);
      text(static_cast<lxw_row_t>(line + 2), 0, name, m_bold);
      for (size_t other = 0; other < shown.size(); ++other) {
        number(static_cast<lxw_row_t>(line + 2), static_cast<lxw_col_t>(other + 1), matrix[shown[line]][shown[other]],
               {});
      }
    }
    worksheet_set_column(m_sheet, 0, 0, 40, nullptr);
    worksheet_freeze_panes(m_sheet, 2, 1);
  }

  // The graph of teams as its edges, the strongest first.
  void between_teams() {
    begin(say("Between teams", "Entre équipes"));
    lxw_col_t column = 0;
    for (const std::string_view word : {say("Team", "Équipe"), say("With the team", "Avec l’équipe"),
                                        say("Outputs in common", "Publications communes")}) {
      text(0, column++, std::string(word), m_bold);
    }
    lxw_row_t line = 1;
    for (const TeamPair& each : team_pairs(m_figures, m_texts.within.area)) {
      text(line, 0, team_name(each.a), nullptr);
      text(line, 1, team_name(each.b), nullptr);
      number(line++, 2, each.outputs, {});
    }
    worksheet_set_column(m_sheet, 0, 1, 50, nullptr);
    worksheet_freeze_panes(m_sheet, 1, 0);
  }

  Result<void> finish() {
    const lxw_error error = workbook_close(m_book);
    return error == LXW_NO_ERROR ? Result<void>{} : fail(errors::workbook, lxw_strerror(error));
  }

 private:
  std::string_view say(std::string_view english, std::string_view french) const {
    return m_texts.language == Language::french ? french : english;
  }
  std::string who_sees() const {
    return std::string(
        m_figures.reach == access::Visibility::everyone
            ? say("Counted from what everybody may see", "Comptés sur ce que chacun peut voir")
            : say("Counted also from what is for members alone", "Comptés aussi sur ce qui est réservé aux membres"));
  }
  std::string team_name(Id team) const {
    const auto found = m_texts.teams.find(team);
    return found == m_texts.teams.end() ? team.text() : found->second;
  }
  // "2025", or "2025: the key area that was asked for".
  std::string year_and_place() const {
    std::string out = std::to_string(m_figures.year);
    for (const auto& [at, places] :
         {std::pair{m_texts.within.area, &m_figures.areas}, {m_texts.within.institution, &m_figures.institutions}}) {
      if (at) {
        out += std::string(say(": ", " : ")) + name_at(*places, *at);
      }
    }
    return out;
  }
  std::string name_at(const std::vector<Place>& places, uint16_t at) const {
    return std::string(at == k_in_none ? word_of_none(m_texts.language) : name_in(places.at(at), m_texts.language));
  }
  bool is_within(const Cell& cell) const {
    return (!m_texts.within.area || cell.area == m_texts.within.area) &&
           (!m_texts.within.institution || cell.institution == m_texts.within.institution);
  }
  bool is_counted(Figure figure) const {
    return (figure != Figure::hours || m_texts.counts_hours) && (figure != Figure::requests || m_texts.counts_requests);
  }
  // Each place, those that are in none, and all.
  std::vector<std::pair<std::string, std::optional<uint16_t>>> places(const std::vector<Place>& of) const {
    std::vector<std::pair<std::string, std::optional<uint16_t>>> out;
    for (size_t at = 0; at < of.size(); ++at) {
      out.emplace_back(name_in(of[at], m_texts.language), static_cast<uint16_t>(at));
    }
    out.emplace_back(word_of_none(m_texts.language), k_in_none);
    out.emplace_back(word_of_all(m_texts.language), std::nullopt);
    return out;
  }

  void begin(std::string_view name) { m_sheet = workbook_add_worksheet(m_book, std::string(name).c_str()); }
  void text(lxw_row_t row, lxw_col_t column, const std::string& value, lxw_format* format) {
    worksheet_write_string(m_sheet, row, column, value.c_str(), format);
  }
  // A number with the address of what stands behind it.
  void number(lxw_row_t row, lxw_col_t column, int64_t value, const std::string& path) {
    if (!path.empty() && !m_texts.site.empty() && value > 0) {
      worksheet_write_url(m_sheet, row, column, (m_texts.site + path).c_str(), nullptr);
    }
    worksheet_write_number(m_sheet, row, column, static_cast<double>(value), nullptr);
  }
  void head(std::initializer_list<std::string_view> first) {
    lxw_col_t column = 0;
    for (const std::string_view word : first) {
      text(0, column++, std::string(word), m_bold);
    }
    for (size_t at = 0; at < k_figures; ++at) {
      text(0, column++, std::string(label(figure_at(at), m_texts.language)), m_bold);
    }
  }
  void figures_of(lxw_row_t row, lxw_col_t column, const Cell& cell) {
    for (size_t at = 0; at < k_figures; ++at, ++column) {
      const Figure figure = figure_at(at);
      if (is_counted(figure)) {
        counted(row, column, figure, cell);
      }
    }
  }
  // Empty where nobody knows it of any: 0 would say that there are none.
  void counted(lxw_row_t row, lxw_col_t column, Figure figure, const Cell& cell) {
    if (is_known(m_figures, figure, cell)) {
      number(row, column, count(m_figures, figure, cell), records_path(m_figures, figure, cell));
    }
  }
  bool counts_nothing(const Cell& cell) const {
    for (size_t at = 0; at < k_figures; ++at) {
      if (is_counted(figure_at(at)) && count(m_figures, figure_at(at), cell) > 0) {
        return false;
      }
    }
    return true;
  }
  // A row for each place; those of which nothing counts are named below.
  void rows_of(const std::vector<Place>& of, std::optional<uint16_t> Cell::*dimension) {
    lxw_row_t line = 1;
    std::string without;
    for (const auto& [name, at] : places(of)) {
      Cell cell = m_texts.within;
      if (cell.*dimension && cell.*dimension != at) {
        continue;  // one of them was asked for
      }
      cell.*dimension = at;
      if (!at || !counts_nothing(cell)) {
        text(line, 0, name, nullptr);
        figures_of(line++, 1, cell);
      } else if (*at != k_in_none) {
        without += (without.empty() ? "" : ", ") + name;
      }
    }
    if (!without.empty()) {
      text(line + 1, 0, std::string(say("Nothing counts that year: ", "Rien ne compte cette année-là : ")) + without,
           nullptr);
    }
  }
  void one_figure(lxw_row_t row, Figure figure) {
    text(row, 0, std::string(label(figure, m_texts.language)), m_wrapped);
    text(row, 3, std::string(definition(figure, m_texts.language)), m_wrapped);
    if (!is_counted(figure)) {
      text(row, 4, std::string(say("not counted here", "non compté ici")), m_wrapped);
      return;
    }
    counted(row, 1, figure, m_texts.within);
    if (const auto part = share(m_figures, figure, m_texts.within)) {
      worksheet_write_number(m_sheet, row, 2, *part, m_share);
    }
    if (const int64_t lacks = lacking(m_figures, figure, m_texts.within); lacks > 0) {
      text(row, 4, std::to_string(lacks) + " " + std::string(lack(figure, m_texts.language)), m_wrapped);
    }
  }

  lxw_workbook* m_book;
  lxw_worksheet* m_sheet = nullptr;
  lxw_format* m_bold = nullptr;
  lxw_format* m_wrapped = nullptr;
  lxw_format* m_share = nullptr;
  const Figures& m_figures;
  const WorkbookTexts& m_texts;
};

}  // namespace

std::map<Id, std::string> names_of_teams(const Figures& figures, const search::Index& index,
                                         const access::Viewer& viewer, Language language) {
  std::set<Id> teams;
  for (const TeamPair& pair : team_pairs(figures, std::nullopt)) {
    teams.insert({pair.a, pair.b});
  }
  std::map<Id, std::string> out;
  for (const search::Hit& hit : index.known(std::vector<Id>(teams.begin(), teams.end()), viewer)) {
    out.emplace(hit.id, search::title_in(hit.title, language == Language::french ? "fr" : "en"));
  }
  return out;
}

Result<std::string> workbook(const Figures& figures, const WorkbookTexts& texts) {
  const ScratchFile file;
  if (!file.is_there()) {
    return fail(errors::workbook, "no file can be made in " + std::filesystem::temp_directory_path().string());
  }
  Book book(file.path(), figures, texts);
  book.definitions();
  book.by_institution();
  book.by_area();
  book.by_both();
  book.collaborations();
  book.between_teams();
  TRY(book.finish());
  return file.bytes();
}

}  // namespace pitchblende::insight
