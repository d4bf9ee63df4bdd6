#include <algorithm>
#include <filesystem>
#include <fstream>

#include "pool/erasure/erase.hpp"
#include "store/scrub.hpp"

namespace pitchblende::pool {

namespace {

namespace fs = std::filesystem;
using store::Transaction;

constexpr size_t k_block = size_t{4} << 20;

bool holds_any(const fs::path& path, const std::vector<std::string>& needles) {
  size_t longest = 0;
  for (const std::string& needle : needles) {
    longest = std::max(longest, needle.size());
  }
  std::ifstream file(path, std::ios::binary);
  std::string window;
  std::string block(k_block, '\0');
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
    window.append(block, 0, static_cast<size_t>(file.gcount()));
    for (const std::string& needle : needles) {
      if (window.find(needle) != std::string::npos) {
        return true;
      }
    }
    window.erase(0, window.size() - std::min(window.size(), longest));
  }
  return false;
}

// Files of the data folder in which one of them stands, by their names there.
std::vector<std::string> found_in(const State& state, const std::vector<std::string>& needles) {
  std::vector<std::string> out;
  if (needles.empty()) {
    return out;
  }
  const fs::path folder = fs::path(state.settings.index_folder).parent_path();
  std::error_code ignored;
  for (auto at = fs::recursive_directory_iterator(folder, ignored); at != fs::recursive_directory_iterator();
       at.increment(ignored)) {
    if (at->is_regular_file(ignored) && holds_any(at->path(), needles)) {
      out.push_back(fs::relative(at->path(), folder, ignored).string());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

bool is_database(const std::string& name) { return name.starts_with("pitchblende.db"); }

}  // namespace

Result<void> erase_traces(State& state, const std::vector<std::string>& needles, ErasureReport& report) {
  state.index->purge();
  TRY(state.index->checkpoint(state.index->position()));
  const bool surely = needles.empty();
  TRY(store::scrub(state.store, surely ? store::Scrub::file : store::Scrub::log));
  report.still_in = found_in(state, needles);
  if (std::any_of(report.still_in.begin(), report.still_in.end(), is_database)) {
    TRY(store::scrub(state.store, store::Scrub::file));
    report.rewritten = true;
    report.still_in = found_in(state, needles);
  }
  return state.store.write([&](Transaction& db) -> Result<void> {
    TRY(db.execute("UPDATE erasure SET finished = ? WHERE finished = ''", {state.clock.now_text()}));
    return {};
  });
}

}  // namespace pitchblende::pool
