#include "cli/matching.hpp"

#include <fnmatch.h>
#include <glob.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "cli/errors.hpp"
#include "registry/identifiers.hpp"

namespace pitchblende::cli {

namespace {

namespace fs = std::filesystem;

bool fits(const ConfiguredSource& source, const std::string& folder, const std::string& file) {
  std::error_code error;
  const std::string relative = fs::relative(file, folder, error).string();
  return std::any_of(source.files.begin(), source.files.end(), [&](const std::string& pattern) {
    return fnmatch(pattern.c_str(), relative.c_str(), 0) == 0 || fnmatch(pattern.c_str(), file.c_str(), 0) == 0 ||
           fnmatch(pattern.c_str(), fs::path(file).filename().c_str(), 0) == 0;
  });
}

// The files in the folder that a source's patterns name, in order, each once.
std::vector<std::string> files_of(const ConfiguredSource& source, const std::string& folder) {
  std::vector<std::string> files;
  for (const std::string& pattern : source.files) {
    glob_t found{};
    if (::glob((fs::path(folder) / pattern).c_str(), 0, nullptr, &found) == 0) {
      files.insert(files.end(), found.gl_pathv, found.gl_pathv + found.gl_pathc);
    }
    ::globfree(&found);
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  return files;
}

Result<pool::SourceSettings> source_of(const Config& config, const std::string& folder, std::string& file) {
  std::error_code error;
  const size_t equals = file.find('=');
  if (equals != std::string::npos && !fs::exists(file, error)) {
    const std::string name = file.substr(0, equals);
    file = file.substr(equals + 1);
    return source_settings(config, name);
  }
  for (const auto& [name, source] : config.sources) {
    if (fits(source, folder, file)) {
      return source.settings;
    }
  }
  const std::string format = sources::shown_format(file);
  return format.empty() ? fail(errors::no_source_for, file) : source_settings(config, format);
}

}  // namespace

Result<std::vector<Batch>> match_files(const Config& config, const std::string& folder,
                                       const std::vector<std::string>& files) {
  std::vector<Batch> batches;
  if (files.empty()) {
    for (const auto& [name, source] : config.sources) {
      std::vector<std::string> found = files_of(source, folder);
      if (!found.empty()) {
        batches.push_back({source.settings, std::move(found)});
      }
    }
  }
  for (std::string file : files) {
    TRY_ASSIGN(pool::SourceSettings settings, source_of(config, folder, file));
    const auto same = std::find_if(batches.begin(), batches.end(),
                                   [&](const Batch& batch) { return batch.settings.name == settings.name; });
    if (same != batches.end()) {
      same->files.push_back(std::move(file));
    } else {
      batches.push_back({std::move(settings), {std::move(file)}});
    }
  }
  return batches;
}

std::optional<resolution::MentionRef> record_of(const std::string& text) {
  resolution::MentionRef ref;
  const char* const end = text.data() + text.size();
  const auto record = std::from_chars(text.data(), end, ref.record);
  if (record.ec != std::errc() || record.ptr == end || *record.ptr != '/') {
    return std::nullopt;
  }
  const auto part = std::from_chars(record.ptr + 1, end, ref.part);
  return part.ec == std::errc() && part.ptr == end ? std::optional(ref) : std::nullopt;
}

Result<Id> id_of(const registry::Registry& registry, const std::string& text) {
  if (const auto id = Id::parse(text)) {
    return *id;
  }
  const size_t colon = text.find(':');
  if (colon == std::string::npos) {
    return fail(errors::not_an_id, text);
  }
  const std::string scheme = text.substr(0, colon);
  const auto normal = registry::normalise_identifier(scheme, std::string_view(text).substr(colon + 1));
  TRY_ASSIGN(const auto found, registry.find(normal && scheme != "name" ? registry::reference(scheme, *normal) : text));
  return found ? Result<Id>(*found) : fail(errors::not_found, text);
}

}  // namespace pitchblende::cli
