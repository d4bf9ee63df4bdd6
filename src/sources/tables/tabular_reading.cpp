#include "sources/tables/tabular_reading.hpp"

#include <algorithm>
#include <fstream>

#include "base/text.hpp"
#include "sources/bytes.hpp"
#include "sources/errors.hpp"
#include "sources/tables/csv_rows.hpp"
#include "sources/tables/xlsx_rows.hpp"

namespace pitchblende::sources {

namespace {

constexpr size_t k_rows_looked_at = 50;  // in which the titles are looked for
constexpr size_t k_bytes_looked_at = 16 << 20;
constexpr size_t k_sample = 64 << 10;
constexpr size_t k_compound_looked_at = 1 << 20;
constexpr int64_t k_rows_between_progress = 256;
constexpr size_t k_examples = 3;  // of a column

size_t size_of(const Row& row) {
  size_t size = 0;
  for (const std::string& cell : row.cells) {
    size += cell.size() + sizeof(std::string);
  }
  return size;
}

// What begins a file that is no table, and what to call it.
std::optional<std::string_view> other_format(std::string_view head) {
  const std::string begins = fold(trim(head.substr(0, 256)));
  for (const std::string_view mark : {"<!doctype", "<html", "<?xml", "%pdf-", "{\\rtf"}) {
    if (begins.starts_with(mark)) {
      return mark;
    }
  }
  return std::nullopt;
}

std::vector<Row> sample_rows(std::string_view sample, char separator) {
  CsvRows rows(memory_bytes(sample), separator, static_cast<int64_t>(sample.size()) + 1);
  std::vector<Row> out;
  while (out.size() < k_rows_looked_at) {
    Row row;
    if (!rows.next(row).value_or(false)) {
      break;
    }
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace

char find_separator(std::string_view sample, const Mapping& mapping) {
  char best = ',';
  std::pair<size_t, int64_t> best_score{0, -1};
  for (const char separator : k_separators) {
    const std::vector<Row> rows = sample_rows(sample, separator);
    std::pair<size_t, int64_t> score{0, evenness(rows)};
    for (const Row& row : rows) {
      const Header header = read_header(row, mapping);
      // One title alone may be a line over the table, cut by nothing.
      const bool is_alone = header.known + header.unknown.size() < 2;
      score.first = std::max(score.first, is_header(header) && !is_alone ? header.known : 0);
    }
    if (score > best_score) {
      best_score = score;
      best = separator;
    }
  }
  return best;
}

TableReading::TableReading(const Mapping& mapping, const Settings& settings, RecordSink& sink, std::string file,
                           int64_t most_rows, Preview* preview)
    : m_mapping(mapping),
      m_settings(settings),
      m_sink(sink),
      m_file(std::move(file)),
      m_most_rows(most_rows),
      m_preview(preview),
      m_maker(mapping, settings, sink, m_file) {}

Result<void> TableReading::read_file(const std::string& path) {
  const Result<void> done = read_any_file(path);
  // What came before an error stays.
  m_maker.finish();
  m_sink.rows(m_maker.rows());
  return done ? outcome() : done;
}

Result<void> TableReading::read_any_file(const std::string& path) {
  std::string head(k_compound_looked_at, '\0');
  std::ifstream in(path, std::ios::binary);
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  const WorkbookLike like = workbook_like(head);
  if (like == WorkbookLike::compound) {
    return tl::unexpected(compound_error(head, path));
  }
  if (like == WorkbookLike::archive) {
    TRY_ASSIGN(const auto archive, XlsxArchive::open(path, m_settings.largest_file));
    if (archive->is_workbook()) {
      return read_xlsx(*archive);
    }
    TRY(archive->refuse_others());
  }
  TRY_ASSIGN(auto bytes, open_bytes(path, m_settings));
  return read_csv(std::move(bytes));
}

Result<void> TableReading::read_bytes(std::string_view bytes, size_t piece) {
  const Result<void> done = read_any_bytes(bytes, piece);
  m_maker.finish();
  m_sink.rows(m_maker.rows());
  return done ? outcome() : done;
}

Result<void> TableReading::read_any_bytes(std::string_view bytes, size_t piece) {
  const WorkbookLike like = workbook_like(bytes);
  if (like == WorkbookLike::compound) {
    return tl::unexpected(compound_error(bytes, m_file));
  }
  if (like == WorkbookLike::archive) {
    TRY_ASSIGN(const auto archive, XlsxArchive::of_bytes(bytes, m_file, m_settings.largest_file));
    TRY(archive->refuse_others());
    return read_xlsx(*archive);
  }
  return read_csv(memory_bytes(bytes, piece));
}

// Those that the mapping names, or else every one: what does not fit it is passed over.
Result<std::vector<const XlsxSheet*>> TableReading::chosen_sheets(const XlsxWorkbook& workbook) const {
  std::vector<const XlsxSheet*> out;
  std::vector<std::string> names;
  for (const XlsxSheet& sheet : workbook.sheets) {
    names.push_back(sheet.name);
    if (m_mapping.sheets.empty() && !sheet.hidden) {
      out.push_back(&sheet);
    }
  }
  for (const std::string& wanted : m_mapping.sheets) {
    const auto found = std::find_if(names.begin(), names.end(),
                                    [&](const std::string& name) { return normalised(name) == normalised(wanted); });
    const bool number = wanted.find_first_not_of("0123456789") == std::string::npos && wanted.size() < 4;
    const size_t place = found != names.end() ? static_cast<size_t>(found - names.begin())
                         : number             ? std::stoul("0" + wanted) - 1
                                              : names.size();
    if (place >= names.size()) {
      return fail(errors::no_sheet, m_file, wanted, joined(names, 30));
    }
    out.push_back(&workbook.sheets[place]);
  }
  return out;
}

Result<void> TableReading::read_xlsx(const XlsxArchive& archive) {
  TRY_ASSIGN(const XlsxWorkbook workbook, read_workbook(archive));
  TRY_ASSIGN(const auto sheets, chosen_sheets(workbook));
  std::vector<std::string> passed_over;
  const auto pass_over = [&](const std::string& name) {
    passed_over.push_back(name);
    if (m_preview != nullptr) {
      m_preview->passed_over.push_back(name);
    }
  };
  for (const XlsxSheet& sheet : workbook.sheets) {
    if (std::find(sheets.begin(), sheets.end(), &sheet) == sheets.end()) {
      pass_over(sheet.name);
      continue;
    }

    TRY_ASSIGN(const auto rows,
               XlsxRows::open(archive, workbook, sheet, m_mapping.skip_hidden ? Hidden::skip : Hidden::read));
    if (m_preview != nullptr && m_began) {  // one is enough to look at
      TRY_ASSIGN(const auto ahead, look_ahead(*rows));
      if (!find_titles(ahead)) {
        pass_over(sheet.name);
      }
      continue;
    }
    m_hidden = 0;
    TRY_ASSIGN(const Outcome outcome, read_rows(*rows, sheet.name, workbook.dates));
    if (outcome == Outcome::no_titles) {
      pass_over(sheet.name);
    }
    if (m_hidden > 0) {
      m_sink.notice({{m_file, sheet.name, 0, 0}, {}, {}, Error(errors::hidden_rows, std::to_string(m_hidden))});
    }
    if (is_enough() && m_preview == nullptr) {
      return {};
    }
  }
  if (!passed_over.empty() && m_began) {
    m_sink.notice({{m_file, {}, 0, 0}, {}, {}, Error(errors::sheets_not_read, joined(passed_over, 30))});
  }
  return {};
}

// Whether there was a table at all.
Result<void> TableReading::outcome() const {
  if (!m_began) {
    return m_first_row.empty() ? fail(errors::empty, m_file)
                               : fail(errors::no_header, m_file, wanted_titles(m_mapping), m_first_row);
  }
  return m_maker.rows() == 0 && !m_stopped && m_most_rows != 0 ? fail(errors::no_rows, m_file) : Result<void>{};
}

Result<void> TableReading::read_csv(std::unique_ptr<ByteStream> raw) {
  TRY_ASSIGN(auto bytes, without_mark(std::move(raw)));
  std::string sample;
  while (sample.size() < k_sample) {
    TRY_ASSIGN(const std::string_view piece, bytes->next());
    if (piece.empty()) {
      break;
    }
    sample += piece;
  }
  if (const auto mark = other_format(sample)) {
    return fail(errors::other_format, m_file, "CSV", *mark);
  }
  char separator = m_mapping.separator;
  const char declared = declared_separator(sample);
  int64_t first_line = 1;
  if (declared != '\0') {
    separator = declared;
    sample.erase(0, sample.find_first_of("\r\n"));
    sample.erase(0, sample.starts_with("\r\n") ? 2 : 1);
    first_line = 2;
  } else if (separator == '\0') {
    separator = find_separator(std::string_view(sample).substr(0, k_sample), m_mapping);
  }
  CsvRows rows(replay(std::move(sample), std::move(bytes)), separator, m_settings.largest_record, first_line);
  TRY(read_rows(rows, {}, DateSystem::from_1900));
  return {};
}

std::optional<size_t> TableReading::find_titles(const std::vector<Row>& rows) const {
  std::optional<size_t> best;
  size_t most = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (m_mapping.header > 0) {
      if (rows[i].number >= m_mapping.header) {
        return i;
      }
      continue;
    }
    const Header header = read_header(rows[i], m_mapping);
    if (is_header(header) && header.known > most && !is_line_over(rows, i)) {
      best = i;
      most = header.known;
    }
  }
  return best;
}

void TableReading::begin(const Row& titles, RowStream& rows, const std::string& part, DateSystem dates) {
  Header header = read_header(titles, m_mapping);
  const Place place{m_file, part, titles.number, 0};
  if (!header.unknown.empty()) {
    m_sink.notice({place, {}, {}, Error(errors::unknown_columns, joined(header.unknown, 100))});
  }
  if (m_preview != nullptr && !m_began) {
    m_preview->part = part;
    m_preview->header_line = titles.number;
    for (size_t i = 0; i < header.titles.size(); ++i) {
      const int column = header.column_of_place[i];
      m_preview->columns.push_back(
          {header.titles[i], column < 0 ? std::string() : m_mapping.columns[static_cast<size_t>(column)].name, {}});
    }
  }
  m_began = true;
  m_titles = header.titles;
  m_maker.begin(part, std::move(header), rows.alignment(), dates);
}

// Long lists are printed with their titles on every page.
bool TableReading::repeats_titles(const Row& row) const {
  return !row.cells.empty() && row.cells.size() == m_titles.size() &&
         std::equal(row.cells.begin(), row.cells.end(), m_titles.begin(),
                    [](const std::string& a, const std::string& b) { return a.size() < 300 && squeeze(a) == b; });
}

void TableReading::add_examples(const Row& row) {
  for (size_t i = 0; i < std::min(row.cells.size(), m_preview->columns.size()); ++i) {
    std::vector<std::string>& examples = m_preview->columns[i].examples;
    std::string value = excerpt_of(row.cells[i]);
    if (examples.size() < k_examples && !value.empty() &&
        std::find(examples.begin(), examples.end(), value) == examples.end()) {
      examples.push_back(std::move(value));
    }
  }
}

Result<void> TableReading::take(Row& row, const RowStream& rows) {
  if (repeats_titles(row)) {
    return {};
  }
  if (m_preview != nullptr) {
    add_examples(row);
  }
  m_hidden += row.hidden ? 1 : 0;
  m_maker.take(row);
  if (m_maker.rows() % k_rows_between_progress == 0 && !m_sink.progress(rows.consumed())) {
    m_stopped = true;
  }
  return {};
}

// The rows among which the titles are.
Result<std::vector<Row>> TableReading::look_ahead(RowStream& rows) const {
  std::vector<Row> ahead;
  size_t bytes = 0;
  const size_t most = m_mapping.header > 0 ? static_cast<size_t>(m_mapping.header) : k_rows_looked_at;
  while (ahead.size() < most && bytes < k_bytes_looked_at) {
    Row row;
    TRY_ASSIGN(const bool more, rows.next(row));
    if (!more) {
      break;
    }
    bytes += size_of(row);
    ahead.push_back(std::move(row));
  }
  return ahead;
}

Result<TableReading::Outcome> TableReading::read_rows(RowStream& rows, const std::string& part, DateSystem dates) {
  TRY_ASSIGN(std::vector<Row> ahead, look_ahead(rows));
  if (m_first_row.empty() && !ahead.empty()) {
    m_first_row = joined(ahead.front().cells, 12);
  }
  const auto titles = find_titles(ahead);
  if (!titles) {
    return ahead.empty() ? Outcome::empty : Outcome::no_titles;
  }
  begin(ahead[*titles], rows, part, dates);
  for (size_t i = *titles + 1; i < ahead.size() && !is_enough(); ++i) {
    TRY(take(ahead[i], rows));
  }
  ahead.clear();
  Row row;
  while (!is_enough()) {
    TRY_ASSIGN(const bool more, rows.next(row));
    if (!more) {
      break;
    }
    TRY(take(row, rows));
  }
  return Outcome::read;
}

}  // namespace pitchblende::sources
