// Record linkage, measured on sets whose truth is known: FEBRL's invented people and the papers of DBLP and ACM.
//
//   bench_linkage                                     the shared sets, one JSON line per figure
//   bench_linkage febrl FILE [FILE_B]                 duplicates in one file, or links between two
//   bench_linkage dblp-acm TABLE_A TABLE_B MATCH      links between two tables, held against a list of pairs
//
// --mistakes after the files prints the pairs that are missing or wrong, with what each field weighed. The truth
// (rec_id, MATCH) is only read to count: nothing is fitted on it.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "assignment.hpp"
#include "base/text.hpp"
#include "linkage/linkage.hpp"

namespace {

namespace linkage = pitchblende::linkage;
using linkage::FieldType;
using linkage::Row;

using Pair = std::pair<uint32_t, uint32_t>;

struct File {
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;
};

[[noreturn]] void give_up(const std::string& what) {
  std::fprintf(stderr, "bench_linkage: %s\n", what.c_str());
  std::exit(1);
}

std::string trimmed(const std::string& text) { return std::string(pitchblende::trim(text)); }

// Quotes count at the beginning of a cell only; spaces around a cell do not.
std::vector<std::vector<std::string>> cells_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    give_up(path + ": it cannot be read");
  }
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; at < text.size(); ++at) {
    const char c = text[at];
    std::string& cell = rows.back().back();
    if (quoted && c == '"' && at + 1 < text.size() && text[at + 1] == '"') {
      cell += text[++at];
    } else if (quoted ? c == '"' : c == '"' && pitchblende::trim(cell).empty()) {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      rows.back().emplace_back();
    } else if (c == '\n' && !quoted) {
      rows.emplace_back(1);
    } else {
      cell += c;
    }
  }
  std::erase_if(rows, [](const auto& row) { return row.size() == 1 && trimmed(row[0]).empty(); });
  for (auto& row : rows) {
    std::transform(row.begin(), row.end(), row.begin(), trimmed);
  }
  return rows;
}

File read_table(const std::string& path) {
  File out;
  out.rows = cells_of(path);
  if (out.rows.size() < 2) {
    give_up(path + ": there is no record in it");
  }
  out.header = out.rows.front();
  out.rows.erase(out.rows.begin());
  for (size_t at = 0; at < out.rows.size(); ++at) {
    if (out.rows[at].size() != out.header.size()) {
      give_up(path + ": record " + std::to_string(at + 1) + " has " + std::to_string(out.rows[at].size()) +
              " cells, the header " + std::to_string(out.header.size()));
    }
  }
  return out;
}

size_t column(const File& file, const std::string& name, const std::string& path) {
  const auto at = std::find(file.header.begin(), file.header.end(), name);
  if (at == file.header.end()) {
    give_up(path + ": there is no column " + name);
  }
  return static_cast<size_t>(at - file.header.begin());
}

// What the columns of such files hold, by their names.
std::optional<FieldType> type_of(const std::string& name) {
  static const std::map<std::string, FieldType> k_types = {{"given_name", FieldType::name},
                                                           {"surname", FieldType::name},
                                                           {"first_name", FieldType::name},
                                                           {"last_name", FieldType::name},
                                                           {"street_number", FieldType::number},
                                                           {"address_1", FieldType::address},
                                                           {"address_2", FieldType::address},
                                                           {"suburb", FieldType::name},
                                                           {"postcode", FieldType::postcode},
                                                           {"state", FieldType::category},
                                                           {"date_of_birth", FieldType::date},
                                                           {"soc_sec_id", FieldType::identifier},
                                                           {"phone_number", FieldType::identifier},
                                                           {"sex", FieldType::category},
                                                           {"culture", FieldType::category},
                                                           {"title", FieldType::text},
                                                           {"authors", FieldType::names},
                                                           {"venue", FieldType::category},
                                                           {"year", FieldType::date}};
  const auto known = k_types.find(name);
  return known == k_types.end() ? std::nullopt : std::optional(known->second);
}

linkage::Schema schema_of(const File& file, std::vector<size_t>& columns) {
  linkage::Schema schema;
  std::map<std::string, uint32_t> place;
  for (size_t at = 0; at < file.header.size(); ++at) {
    if (const auto type = type_of(file.header[at])) {
      place[file.header[at]] = static_cast<uint32_t>(schema.fields.size());
      schema.fields.push_back({file.header[at], *type});
      columns.push_back(at);
    }
  }
  for (const auto& [first, second] : {std::pair{"given_name", "surname"}, std::pair{"address_1", "address_2"}}) {
    if (place.contains(first) && place.contains(second)) {
      schema.swaps.emplace_back(place[first], place[second]);
    }
  }
  return schema;
}

void add_rows(const File& file, const std::vector<size_t>& columns, size_t key, uint8_t side, std::vector<Row>& rows) {
  for (const auto& cells : file.rows) {
    Row& row = rows.emplace_back();
    row.key = cells[key];
    row.side = side;
    for (const size_t at : columns) {
      row.values.push_back(cells[at]);
    }
  }
}

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void print(const std::string& set, const char* figure, double value, const char* unit) {
  std::printf("{\"figure\":\"%s_%s\",\"value\":%.6g,\"unit\":\"%s\"}\n", set.c_str(), figure, value, unit);
  std::fflush(stdout);
}

std::set<Pair> pairs_of(const std::vector<linkage::Link>& links) {
  std::set<Pair> out;
  for (const auto& each : links) {
    out.emplace(each.a, each.b);
  }
  return out;
}

void print_mistakes(const linkage::Schema& schema, const std::vector<Row>& rows, const std::set<Pair>& truth,
                    const std::set<Pair>& found, const std::set<Pair>& compared) {
  std::vector<Pair> wrong;
  std::set_symmetric_difference(truth.begin(), truth.end(), found.begin(), found.end(), std::back_inserter(wrong));
  const linkage::Linkage again = linkage::link(schema, rows, wrong);
  for (size_t at = 0; at < wrong.size(); ++at) {
    const linkage::PairExplanation& why = again.explained[at];
    std::printf("%s %s | %s: p %.3f, prior %.1f%s\n", truth.contains(wrong[at]) ? "missing" : "wrong",
                rows[wrong[at].first].key.c_str(), rows[wrong[at].second].key.c_str(), why.probability, why.prior_bits,
                compared.contains(wrong[at]) ? "" : ", not compared");
    for (size_t field = 0; field < why.weights.size(); ++field) {
      std::printf("    %-14s %-10s %+6.1f  %s | %s\n", why.weights[field].field.c_str(),
                  std::string(linkage::name(why.weights[field].level)).c_str(), why.weights[field].bits,
                  rows[wrong[at].first].values[field].c_str(), rows[wrong[at].second].values[field].c_str());
    }
  }
}

// Expected calibration error: the mean distance, over ten bins, between what is said and what is.
double calibration_error(const std::vector<linkage::Link>& candidates, const std::set<Pair>& truth) {
  std::array<double, 10> said{};
  std::array<double, 10> is{};
  for (const auto& pair : candidates) {
    const size_t bin = std::min<size_t>(static_cast<size_t>(pair.probability * 10), 9);
    said[bin] += pair.probability;
    is[bin] += truth.contains({pair.a, pair.b}) ? 1 : 0;
  }
  double error = 0;
  for (size_t bin = 0; bin < 10; ++bin) {
    error += std::abs(said[bin] - is[bin]);
  }
  return error / static_cast<double>(std::max<size_t>(candidates.size(), 1));
}

// What the greedy assignment weighs of the heaviest one, over candidates that weigh anything; each group of rivals by
// itself.
double share_of_heaviest(const linkage::Linkage& linked) {
  std::map<uint32_t, uint32_t> group;
  const auto root = [&](uint32_t row) {
    while (group.try_emplace(row, row).first->second != row) {
      row = group[row] = group[group[row]];
    }
    return row;
  };
  const auto each_candidate = [&](const auto& visit) {
    for (const auto& pair : linked.candidates) {
      if (pair.bits > 0) {
        visit(pair);
      }
    }
  };
  each_candidate([&](const auto& pair) { group[root(pair.a)] = root(pair.b); });
  std::map<uint32_t, std::vector<linkage::Link>> rivals;
  each_candidate([&](const auto& pair) { rivals[root(pair.a)].push_back(pair); });
  double heaviest = 0;
  for (const auto& [row, pairs] : rivals) {
    std::map<uint32_t, size_t> first;
    std::map<uint32_t, size_t> second;
    for (const auto& pair : pairs) {
      first.try_emplace(pair.a, first.size());
      second.try_emplace(pair.b, second.size());
    }
    std::vector<std::vector<double>> weights(first.size(), std::vector<double>(second.size()));
    for (const auto& pair : pairs) {
      weights[first[pair.a]][second[pair.b]] = pair.bits;
    }
    heaviest += pitchblende::bench::heaviest_assignment(weights);
  }
  double greedy = 0;
  for (const auto& pair : linked.links) {
    greedy += pair.bits;
  }
  return heaviest > 0 ? greedy / heaviest : 1;
}

void measure(const std::string& set, const linkage::Schema& schema, const std::vector<Row>& rows,
             const std::set<Pair>& truth, bool mistakes) {
  const double begin = processor_seconds();
  const linkage::Linkage linked = linkage::link(schema, rows);
  const double seconds = processor_seconds() - begin;
  const std::set<Pair> found = pairs_of(linked.links);
  const std::set<Pair> compared = pairs_of(linked.candidates);
  const auto hits = [&](const std::set<Pair>& pairs) {
    return static_cast<double>(
        std::count_if(truth.begin(), truth.end(), [&](const Pair& pair) { return pairs.contains(pair); }));
  };
  const double all = static_cast<double>(truth.size());
  const double precision = found.empty() ? 0 : hits(found) / static_cast<double>(found.size());
  const double recall = all > 0 ? hits(found) / all : 0;
  print(set, "precision", precision, "");
  print(set, "recall", recall, "");
  print(set, "f1", precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0, "");
  print(set, "blocking_recall", all > 0 ? hits(compared) / all : 0, "");
  print(set, "calibration_error", calibration_error(linked.candidates, truth), "");
  print(set, "compared", static_cast<double>(compared.size()), "pairs");
  print(set, "time", seconds, "s");
  print(set, "pair_rate", static_cast<double>(compared.size()) / std::max(seconds, 1e-6), "pairs/s");
  if (linked.unique[0] && linked.unique[1]) {
    print(set, "share_of_heaviest", share_of_heaviest(linked), "");
  }
  if (mistakes) {
    print_mistakes(schema, rows, truth, found, compared);
  }
}

// "rec-223-dup-1" is the person 223.
std::string person_of(const std::string& key, const std::string& path) {
  const size_t begin = key.find('-');
  const size_t end = begin == std::string::npos ? begin : key.find('-', begin + 1);
  if (end == std::string::npos) {
    give_up(path + ": rec_id " + key + " is not rec-N-org or rec-N-dup-K");
  }
  return key.substr(begin + 1, end - begin - 1);
}

void measure_febrl(const std::string& set, const std::vector<std::string>& paths, bool mistakes) {
  linkage::Schema schema;
  std::vector<Row> rows;
  std::map<std::string, std::vector<uint32_t>> people;
  for (size_t side = 0; side < paths.size(); ++side) {
    const File file = read_table(paths[side]);
    std::vector<size_t> columns;
    linkage::Schema own = schema_of(file, columns);
    const size_t begin = rows.size();
    add_rows(file, columns, column(file, "rec_id", paths[side]), static_cast<uint8_t>(side), rows);
    for (size_t at = begin; at < rows.size(); ++at) {
      people[person_of(rows[at].key, paths[side])].push_back(static_cast<uint32_t>(at));
    }
    const bool same = std::equal(own.fields.begin(), own.fields.end(), schema.fields.begin(), schema.fields.end(),
                                 [](const auto& x, const auto& y) { return x.name == y.name; });
    if (side > 0 && !same) {
      give_up(paths[side] + ": its columns are not those of " + paths[0]);
    }
    schema = std::move(own);
  }
  std::set<Pair> truth;
  for (const auto& [person, places] : people) {
    for (size_t x = 0; x < places.size(); ++x) {
      for (size_t y = x + 1; y < places.size(); ++y) {
        if (paths.size() == 1 || rows[places[x]].side != rows[places[y]].side) {
          truth.emplace(places[x], places[y]);
        }
      }
    }
  }
  measure(set, schema, rows, truth, mistakes);
}

void measure_tables(const std::string& set, const std::string& first, const std::string& second,
                    const std::string& match, bool mistakes) {
  linkage::Schema schema;
  std::vector<Row> rows;
  std::map<std::string, uint32_t> place[2];
  for (uint8_t side = 0; side < 2; ++side) {
    const std::string& path = side == 0 ? first : second;
    const File file = read_table(path);
    std::vector<size_t> columns;
    schema = schema_of(file, columns);
    const size_t begin = rows.size();
    add_rows(file, columns, column(file, "id", path), side, rows);
    for (size_t at = begin; at < rows.size(); ++at) {
      place[side].emplace(rows[at].key, static_cast<uint32_t>(at));
    }
  }
  std::set<Pair> truth;
  const auto matches = cells_of(match);
  for (const auto& cells : matches) {
    const auto a = place[0].find(cells[0]);
    const auto b = cells.size() > 1 ? place[1].find(cells[1]) : place[1].end();
    if (a != place[0].end() && b != place[1].end()) {
      truth.emplace(a->second, b->second);
    } else if (&cells != &matches.front()) {  // which may be a header
      give_up(match + ": " + cells[0] + " is not in the tables");
    }
  }
  measure(set, schema, rows, truth, mistakes);
}

void measure_shared() {
  const std::string folder = PB_SOURCE_DIR "/../shared/data/linkage/";
  if (!std::filesystem::exists(folder)) {
    std::fprintf(stderr, "skipped, no ../shared/data\n");
    return;
  }
  for (const char* number : {"1", "2", "3"}) {
    measure_febrl(std::string("febrl") + number, {folder + "febrl/dataset" + number + ".csv"}, false);
  }
  measure_febrl("febrl4", {folder + "febrl/dataset4a.csv", folder + "febrl/dataset4b.csv"}, false);
  measure_tables("dblp_acm", folder + "dblp-acm/tableA.csv", folder + "dblp-acm/tableB.csv",
                 folder + "dblp-acm/match.csv", false);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  const bool mistakes = std::erase(words, "--mistakes") > 0;
  if (words.empty()) {
    measure_shared();
  } else if (words[0] == "febrl" && (words.size() == 2 || words.size() == 3)) {
    measure_febrl("febrl", {words.begin() + 1, words.end()}, mistakes);
  } else if (words[0] == "dblp-acm" && words.size() == 4) {
    measure_tables("dblp_acm", words[1], words[2], words[3], mistakes);
  } else {
    give_up("febrl FILE [FILE_B] or dblp-acm TABLE_A TABLE_B MATCH is wanted; --mistakes shows what went wrong");
  }
  return 0;
}
