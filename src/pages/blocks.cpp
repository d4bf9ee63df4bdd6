#include "pages/blocks.hpp"

#include <algorithm>
#include <map>

#include "pages/address.hpp"

namespace pitchblende::pages {

namespace {

constexpr int k_most_years = 60;
constexpr int k_bar_width = 12;
constexpr int k_bar_gap = 4;
constexpr int k_wide_bar = 36;  // of few years, each with its number above it
constexpr int k_few_years = 8;
constexpr int k_above_height = 16;
constexpr int k_plot_height = 96;
constexpr int k_label_height = 18;
constexpr int k_margin = 14;  // half of a label stands out on either side

constexpr size_t k_page_memory = size_t{192} << 10;  // bytes; a page of the usual size needs no more
thread_local std::vector<unsigned char> page_memory;
thread_local boost::json::monotonic_resource* memory_here = nullptr;

// How a plot of so many years is drawn.
struct YearsDrawn {
  explicit YearsDrawn(int years)
      : bar(years <= k_few_years ? k_wide_bar : k_bar_width),
        base(k_plot_height + (years <= k_few_years ? k_above_height : 0)),
        step(years <= k_few_years ? 1
             : years <= 30        ? 5
                                  : 10) {}
  int bar;   // its width
  int base;  // where bars stand
  int step;  // of the years that are named
};

Views snippet_views(const search::Hit& hit) {
  Views out;
  size_t at = 0;
  const auto piece = [&](size_t begin, size_t end, bool mark) {
    if (end > begin) {
      out.push_back(View{{"text", hit.snippet.substr(begin, end - begin)}, {"mark", mark}});
    }
  };
  for (const auto& [begin, end] : hit.marks) {
    piece(at, begin, false);
    piece(std::max<size_t>(at, begin), end, true);
    at = std::max<size_t>(at, end);
  }
  piece(at, hit.snippet.size(), false);
  if (!out.empty() && hit.snippet_cut_before) {
    out.insert(out.begin(), View{{"text", "… "}, {"mark", false}});
  }
  if (!out.empty() && hit.snippet_cut_after) {
    out.push_back(View{{"text", " …"}, {"mark", false}});
  }
  return out;
}

}  // namespace

ViewMemory::ViewMemory() {
  if (memory_here == nullptr) {
    page_memory.resize(k_page_memory);
    memory_here = &m_memory.emplace(page_memory.data(), page_memory.size());
  }
}

ViewMemory::~ViewMemory() {
  if (m_memory) {
    memory_here = nullptr;
  }
}

boost::json::storage_ptr ViewMemory::here() {
  return memory_here == nullptr ? boost::json::storage_ptr() : boost::json::storage_ptr(memory_here);
}

View view(std::initializer_list<std::pair<std::string_view, std::string_view>> texts) {
  constexpr size_t k_more = 4;  // what callers add, as a rule
  View out;
  out.reserve(texts.size() + k_more);
  for (const auto& [name, text] : texts) {
    if (!text.empty()) {
      out.emplace(name, text);
    }
  }
  return out;
}

Views paragraphs_of(std::string_view text) {
  Views out;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = trim(text.substr(0, end));
    if (!line.empty()) {
      out.push_back(view({{"text", line}}));
    }
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return out;
}

View hit_view(const search::Hit& hit, const Words& words) {
  const std::string title(search::title_in(hit.title, words.code()));
  return view({{"label", title.empty() ? hit.id.text() : title},
               {"url", thing_address(words.code(), hit.kind, hit.id)},
               {"kind", std::string(registry::name(hit.kind))},
               {"kind_label", words.kind(hit.kind)},
               {"meta", search::title_in(hit.note, words.code())}});
}

void put_snippet(const search::Hit& hit, const Words& words, View& out) {
  Views pieces = snippet_views(hit);
  if (pieces.empty()) {
    return;
  }
  out["snippet"] = std::move(pieces);
  out["has_snippet"] = true;
  if (hit.snippet_language && *hit.snippet_language != words.language()) {
    out["snippet_lang"] = *hit.snippet_language == Language::french ? "fr" : "en";
  }
}

View block(std::string_view id, const Words& words) {
  return view({{"id", std::string(id)}, {"title", words.get("blocks." + std::string(id))}});
}

View hits_block(std::string_view id, const std::vector<search::Hit>& hits, uint64_t count, const std::string& more,
                const Words& words) {
  View out = block(id, words);
  Views items;
  for (const search::Hit& hit : hits) {
    items.push_back(hit_view(hit, words));
  }
  out["count"] = words.number(count);
  if (count > hits.size() && !more.empty()) {
    out["more"] = View{{"url", more}, {"label", words.count("more", count)}};
  }
  out["hits"] = View{{"items", std::move(items)}};
  return out;
}

View bars_block(std::string_view id, const std::vector<Count>& counts, const Words& words) {
  uint64_t most = 1;
  for (const Count& each : counts) {
    most = std::max(most, each.count);
  }
  Views rows;
  for (const Count& each : counts) {
    View row = view({{"label", each.label}, {"url", each.url}, {"count", words.number(each.count)}});
    row["width"] = std::max<uint64_t>(1, each.count * 100 / most);
    rows.push_back(std::move(row));
  }
  View out = block(id, words);
  const std::string key(id);
  out["bars"] = View{{"caption", words.get("blocks." + key)},
                     {"rows", std::move(rows)},
                     {"label_name", words.get("columns." + key)},
                     {"count_name", words.get("columns.count")}};
  return out;
}

View years_block(std::string_view id, std::vector<std::pair<int, uint64_t>> years, const Words& words) {
  std::map<int, uint64_t> counts(years.begin(), years.end());
  View out = block(id, words);
  if (counts.empty()) {
    return out;
  }
  const int last = counts.rbegin()->first;
  const int first = std::max(counts.begin()->first, last - k_most_years + 1);
  uint64_t most = 1;
  for (const auto& [year, count] : counts) {
    most = std::max(most, year < first ? 0 : count);
  }
  Views bars;
  Views rows;
  const YearsDrawn drawn(last - first + 1);
  for (int year = first; year <= last; ++year) {
    const uint64_t count = counts.contains(year) ? counts[year] : 0;
    const int height = static_cast<int>(count * k_plot_height / most);
    const int shown = count > 0 ? std::max(height, 1) : 0;
    const int x = k_margin + (year - first) * (drawn.bar + k_bar_gap);
    View bar{{"x", x},
             {"y", drawn.base - shown},
             {"width", drawn.bar},
             {"height", shown},
             {"middle", x + drawn.bar / 2},
             {"label", std::to_string(year)},
             {"count", words.number(count)}};
    if (year % drawn.step == 0) {
      bar["tick"] = std::to_string(year);
    }
    if (drawn.base > k_plot_height) {
      bar["above"] = words.number(count);
      bar["above_y"] = drawn.base - shown - 4;
    }
    bars.push_back(std::move(bar));
    rows.push_back(View{{"label", std::to_string(year)}, {"count", words.number(count)}});
  }
  std::string caption = put_in(words.get("plots." + std::string(id)), "from", std::to_string(first));
  caption = put_in(std::move(caption), "to", std::to_string(last));
  out["years"] = View{{"caption", caption},
                      {"width", (last - first + 1) * (drawn.bar + k_bar_gap) + 2 * k_margin},
                      {"height", drawn.base + k_label_height},
                      {"base", drawn.base},
                      {"tick_y", drawn.base + k_label_height - 4},
                      {"bars", std::move(bars)},
                      {"rows", std::move(rows)},
                      {"label_name", words.get("columns.year")},
                      {"count_name", words.get("columns.count")}};
  return out;
}

}  // namespace pitchblende::pages
