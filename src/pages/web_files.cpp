#include "pages/web_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "pages/errors.hpp"
#include "pages/web.hpp"

namespace pitchblende::pages {

namespace fs = std::filesystem;

Result<std::vector<std::pair<std::string, std::string>>> web_files(const std::string& folder) {
  std::vector<std::pair<std::string, std::string>> files;
  if (folder.empty()) {
    for (const auto& file : embedded::web()) {
      files.emplace_back(file.path.substr(file.path.find('/') + 1), file.text);
    }
    return files;
  }
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->is_regular_file()) {
      std::ifstream in(at->path(), std::ios::binary);
      files.emplace_back(fs::relative(at->path(), folder).generic_string(),
                         std::string(std::istreambuf_iterator<char>(in), {}));
    }
  }
  if (error) {
    return fail(errors::file, folder, error.message());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace pitchblende::pages
