#include "insight/insight_rules.hpp"

#include <algorithm>

namespace pitchblende::insight {

namespace {

struct FigureRow {
  Figure figure;
  std::string_view name;
  Base base;
  std::optional<Figure> whole = std::nullopt;
};

constexpr std::array<FigureRow, k_figures> k_rows{
    {{Figure::people, "people", Base::people},
     {Figure::teams, "teams", Base::teams},
     {Figure::outputs, "outputs", Base::outputs},
     {Figure::open_outputs, "open_outputs", Base::outputs, Figure::outputs},
     {Figure::outputs_between, "outputs_between", Base::outputs, Figure::outputs},
     {Figure::outputs_abroad, "outputs_abroad", Base::outputs, Figure::outputs},
     {Figure::outputs_with_companies, "outputs_with_companies", Base::outputs, Figure::outputs},
     {Figure::platforms, "platforms", Base::platforms},
     {Figure::equipment, "equipment", Base::equipment},
     {Figure::hours, "hours", Base::equipment},
     {Figure::grants, "grants", Base::grants},
     {Figure::trials, "trials", Base::trials},
     {Figure::patents, "patents", Base::patents},
     {Figure::partnerships, "partnerships", Base::partnerships},
     {Figure::awards, "awards", Base::awards},
     {Figure::requests, "requests", Base::requests}}};

const FigureRow& row(Figure figure) { return k_rows.at(static_cast<size_t>(figure)); }

bool is_in(const std::vector<uint16_t>& places, std::optional<uint16_t> wanted) {
  if (!wanted) {
    return true;
  }
  return *wanted == k_in_none ? places.empty() : std::ranges::binary_search(places, *wanted);
}

// Rule 5.
bool belongs(const Item& item, Figure figure) {
  switch (figure) {
    case Figure::open_outputs:
      return item.openness == Openness::open;
    case Figure::outputs_between:
      return item.institutions.size() > 1;
    case Figure::outputs_abroad:
      return item.is_abroad;
    case Figure::outputs_with_companies:
      return item.has_company;
    case Figure::hours:
    case Figure::requests:
      return item.amount > 0;
    default:
      return true;
  }
}

// What counts as one, or as many.
int64_t weight(const Item& item, Figure figure) {
  return figure == Figure::hours || figure == Figure::requests ? item.amount : 1;
}

// Rule 8: of which things it is asked what they lack.
Figure figure_of_lacking(Figure figure) {
  return figure == Figure::hours ? Figure::equipment : whole_of(figure).value_or(figure);
}

bool is_lacking(const Item& item, Figure figure) {
  switch (figure) {
    case Figure::open_outputs:
      return item.openness == Openness::unknown;
    case Figure::outputs:
    case Figure::awards:
      return item.areas.empty();
    case Figure::hours:
      return item.amount < 0;
    default:
      return item.lacks;
  }
}

// Columns of the table of counts: a place each, then none of them, then all.
std::vector<size_t> cells_of(const std::vector<uint16_t>& places, size_t size) {
  std::vector<size_t> out(places.begin(), places.end());
  if (out.empty()) {
    out.push_back(size);
  }
  out.push_back(size + 1);
  return out;
}

size_t column(std::optional<uint16_t> place, size_t size) {
  return !place ? size + 1 : *place == k_in_none ? size : *place;
}

size_t place_in(const Figures& figures, size_t figure, size_t area, size_t institution) {
  return (figure * (figures.areas.size() + 2) + area) * (figures.institutions.size() + 2) + institution;
}

const Tally& tally(const Figures& figures, Figure figure, const Cell& cell) {
  return figures.tallies[place_in(figures, static_cast<size_t>(figure), column(cell.area, figures.areas.size()),
                                  column(cell.institution, figures.institutions.size()))];
}

}  // namespace

std::string_view name(Figure figure) { return row(figure).name; }

std::optional<Figure> figure(std::string_view name) {
  const auto found = std::ranges::find(k_rows, name, &FigureRow::name);
  return found == k_rows.end() ? std::nullopt : std::optional(found->figure);
}

Base base_of(Figure figure) { return row(figure).base; }
std::optional<Figure> whole_of(Figure figure) { return row(figure).whole; }

bool holds_in(std::string_view since, std::string_view until, int year) {
  const std::string text = std::to_string(year);
  return (since.empty() || since.substr(0, text.size()) <= text) &&
         (until.empty() || until.substr(0, text.size()) >= text);
}

std::vector<const Item*> counted(const Figures& figures, Figure figure, const Cell& cell) {
  std::vector<const Item*> out;
  for (const Item& item : figures.of(base_of(figure))) {
    if (is_in(item.areas, cell.area) && is_in(item.institutions, cell.institution) && belongs(item, figure)) {
      out.push_back(&item);
    }
  }
  return out;
}

void tally_all(Figures& figures) {
  figures.tallies.assign(k_figures * (figures.areas.size() + 2) * (figures.institutions.size() + 2), {});
  for (size_t at = 0; at < k_figures; ++at) {
    const Figure figure = figure_at(at);
    const Figure of = figure_of_lacking(figure);
    for (const Item& item : figures.of(base_of(figure))) {
      const int64_t more = belongs(item, figure) ? weight(item, figure) : 0;
      const int64_t lacks = belongs(item, of) && is_lacking(item, figure) ? 1 : 0;
      if (more == 0 && lacks == 0) {
        continue;
      }
      for (const size_t area : cells_of(item.areas, figures.areas.size())) {
        for (const size_t institution : cells_of(item.institutions, figures.institutions.size())) {
          Tally& tally = figures.tallies[place_in(figures, at, area, institution)];
          tally.count += more;
          tally.lacking += lacks;
        }
      }
    }
  }
}

int64_t count(const Figures& figures, Figure figure, const Cell& cell) {
  constexpr int64_t k_hour = 3600;
  int64_t sum = 0;
  if (!figures.tallies.empty()) {
    sum = tally(figures, figure, cell).count;
  } else {
    for (const Item* item : counted(figures, figure, cell)) {
      sum += weight(*item, figure);
    }
  }
  return figure == Figure::hours ? (sum + k_hour / 2) / k_hour : sum;
}

std::vector<Id> records(const Figures& figures, Figure figure, const Cell& cell) {
  std::vector<Id> out;
  for (const Item* item : counted(figures, figure, cell)) {
    out.push_back(item->id);
  }
  return out;
}

std::string records_path(const Figures& figures, Figure figure, const Cell& cell) {
  std::string out = "/figures/records?year=" + std::to_string(figures.year) + "&figure=" + std::string(name(figure));
  const auto add = [&](std::string_view what, std::optional<uint16_t> at, const std::vector<Place>& places) {
    if (at) {
      out += "&" + std::string(what) + "=" + (*at == k_in_none ? "none" : places.at(*at).id.text());
    }
  };
  add("area", cell.area, figures.areas);
  add("institution", cell.institution, figures.institutions);
  return out;
}

int64_t lacking(const Figures& figures, Figure figure, const Cell& cell) {
  if (!figures.tallies.empty()) {
    return tally(figures, figure, cell).lacking;
  }
  const auto of = counted(figures, figure_of_lacking(figure), cell);
  return std::ranges::count_if(of, [&](const Item* item) { return is_lacking(*item, figure); });
}

bool is_known(const Figures& figures, Figure figure, const Cell& cell) {
  if (!whole_of(figure) && figure != Figure::hours) {
    return true;
  }
  const int64_t of = count(figures, figure_of_lacking(figure), cell);
  return of == 0 || lacking(figures, figure, cell) < of;
}

std::optional<double> share(const Figures& figures, Figure figure, const Cell& cell) {
  const auto whole = whole_of(figure);
  const int64_t of = whole ? count(figures, *whole, cell) : 0;
  if (of == 0 || !is_known(figures, figure, cell)) {
    return std::nullopt;
  }
  return static_cast<double>(count(figures, figure, cell)) / static_cast<double>(of);
}

std::vector<std::vector<int64_t>> collaboration(const Figures& figures, std::optional<uint16_t> area) {
  const size_t size = figures.institutions.size();
  std::vector<std::vector<int64_t>> out(size, std::vector<int64_t>(size));
  for (const Item* item : counted(figures, Figure::outputs, {area, std::nullopt})) {
    for (const uint16_t a : item->institutions) {
      for (const uint16_t b : item->institutions) {
        ++out[a][b];
      }
    }
  }
  return out;
}

std::vector<Id> common_outputs(const Figures& figures, std::optional<uint16_t> area, uint16_t a, uint16_t b) {
  std::vector<Id> out;
  for (const Item* item : counted(figures, Figure::outputs, {area, a})) {
    if (is_in(item->institutions, b)) {
      out.push_back(item->id);
    }
  }
  return out;
}

std::vector<TeamPair> team_pairs(const Figures& figures, std::optional<uint16_t> area) {
  std::map<std::pair<Id, Id>, int64_t> pairs;
  for (const Item* item : counted(figures, Figure::outputs, {area, std::nullopt})) {
    for (size_t a = 0; a < item->teams.size(); ++a) {
      for (size_t b = a + 1; b < item->teams.size(); ++b) {
        ++pairs[{item->teams[a], item->teams[b]}];
      }
    }
  }
  std::vector<TeamPair> out;
  out.reserve(pairs.size());
  for (const auto& [teams, outputs] : pairs) {
    out.push_back({teams.first, teams.second, outputs});
  }
  std::ranges::stable_sort(out, std::ranges::greater{}, &TeamPair::outputs);
  return out;
}

std::map<Id, int64_t> team_outputs(const Figures& figures, std::optional<uint16_t> area) {
  std::map<Id, int64_t> out;
  for (const Item* item : counted(figures, Figure::outputs, {area, std::nullopt})) {
    for (const Id team : item->teams) {
      ++out[team];
    }
  }
  return out;
}

}  // namespace pitchblende::insight
