#include "sources/tables/tabular_header.hpp"

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "sources/bytes.hpp"

namespace pitchblende::sources {

namespace {

// A column is given to the title that its mapping names first; the other one is as good as unknown.
class Placing {
 public:
  explicit Placing(Header& out) : m_out(out), m_rank(out.place_of_column.size(), 0) {}
  void place(size_t place, KnownTitle title) {
    const auto column = static_cast<size_t>(title.column);
    int& taken = m_out.place_of_column[column];
    if (taken >= 0 && m_rank[column] <= title.rank) {
      m_out.unknown.push_back(m_out.titles[place]);
      return;
    }
    if (taken >= 0) {
      m_out.unknown.push_back(m_out.titles[static_cast<size_t>(taken)]);
      m_out.column_of_place[static_cast<size_t>(taken)] = -1;
    } else {
      ++m_out.known;
    }
    taken = static_cast<int>(place);
    m_rank[column] = title.rank;
    m_out.column_of_place[place] = title.column;
  }

 private:
  Header& m_out;
  std::vector<int> m_rank;
};

size_t filled(const Row& row) {
  return static_cast<size_t>(std::count_if(row.cells.begin(), row.cells.end(),
                                           [](const std::string& cell) { return !squeeze(cell).empty(); }));
}

}  // namespace

Header read_header(const Row& row, const Mapping& mapping) {
  Header out;
  out.place_of_column.assign(mapping.columns.size(), -1);
  out.column_of_place.assign(row.cells.size(), -1);
  out.titles = row.cells;
  std::map<std::string, int> seen;
  Placing placing(out);
  for (size_t place = 0; place < row.cells.size(); ++place) {
    std::string& title = out.titles[place];
    title = squeeze(title);
    if (title.empty()) {
      continue;
    }
    out.width = place + 1;
    const std::string_view begins = std::string_view(title).substr(0, 200);
    const std::string key = normalised(begins);
    // The second "Nom" is "Nom 2".
    const int times = ++seen[key];
    const auto known =
        times > 1 ? mapping.titles.find_exactly(key + " " + std::to_string(times)) : mapping.titles.find(begins);
    if (known && known->column == k_left_out) {
      ++out.known;
    } else if (known) {
      placing.place(place, *known);
    } else {
      out.unknown.push_back(times > 1 ? title + " (" + std::to_string(times) + ")" : title);
    }
  }
  for (size_t i = 0; i < mapping.columns.size(); ++i) {
    if (mapping.columns[i].required && out.place_of_column[i] < 0) {
      out.missing.push_back(mapping.columns[i].titles.size() > 1 ? mapping.columns[i].titles[1]
                                                                 : mapping.columns[i].name);
    }
  }
  return out;
}

bool is_header(const Header& header) {
  const size_t titles = header.known + header.unknown.size();
  const size_t enough = std::min<size_t>(2, header.place_of_column.size());  // an own mapping may have one column
  return header.missing.empty() && header.known > 0 && (header.known >= enough || titles <= 2);
}

bool is_line_over(const std::vector<Row>& rows, size_t at) {
  std::vector<size_t> below;
  for (size_t i = at + 1; i < rows.size(); ++i) {
    below.push_back(filled(rows[i]));
  }
  if (below.empty()) {
    return false;
  }
  const auto middle = below.begin() + static_cast<std::ptrdiff_t>(below.size() / 2);
  std::nth_element(below.begin(), middle, below.end());
  return filled(rows[at]) * 2 < *middle;
}

std::string joined(const std::vector<std::string>& words, size_t most) {
  std::string out;
  for (size_t i = 0; i < std::min(words.size(), most); ++i) {
    out += (out.empty() ? "" : ", ") + excerpt_of(words[i]);
  }
  return words.size() > most ? out + ", …" : out;
}

std::string wanted_titles(const Mapping& mapping) {
  std::vector<int> order;
  const auto add = [&](int column) {
    if (column >= 0 && std::find(order.begin(), order.end(), column) == order.end()) {
      order.push_back(column);
    }
  };
  const auto add_all = [&](const std::vector<Template>& templates) {
    for (const Template& each : templates) {
      std::for_each(each.begin(), each.end(), [&](const Piece& piece) { add(piece.column); });
    }
  };
  const auto all = static_cast<int>(mapping.columns.size());
  for (int at = 0; at < all; ++at) {
    add(mapping.columns[static_cast<size_t>(at)].required ? at : -1);
  }
  for (const RecordRule& rule : mapping.records) {
    for (const FieldRule& field : rule.fields) {
      if (std::find(rule.required.begin(), rule.required.end(), field.field) != rule.required.end()) {
        add_all(field.alternatives);
      }
    }
  }
  for (const RecordRule& rule : mapping.records) {
    add_all(rule.keys);
  }
  for (int at = 0; at < all; ++at) {
    add(at);
  }
  std::vector<std::string> titles;
  for (const int at : order) {
    const Column& column = mapping.columns[static_cast<size_t>(at)];
    titles.push_back(column.titles.size() > 1 ? column.titles[1] : column.name);
  }
  return joined(titles, 12);
}

}  // namespace pitchblende::sources
