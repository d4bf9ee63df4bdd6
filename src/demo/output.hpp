// The folder that is being filled: files, sources, truth. Owner: demo. One thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "demo/demo.hpp"
#include "demo/table.hpp"

namespace pitchblende::demo {

class Output {
 public:
  explicit Output(std::string folder) : m_folder(std::move(folder)) {}

  Result<void> file(const std::string& name, std::string_view bytes);
  // One table as a text file or a workbook with one sheet, and the source that it is.
  Result<void> table(Source source, const std::string& name, const Table& table, const Layout& layout);
  Result<void> workbook(Source source, const std::string& name, const std::vector<Table>& sheets, const Layout& layout);
  // Written by somebody else: counted here.
  void count(const std::string& name);
  void add(Source source) { m_written.sources.push_back(std::move(source)); }
  std::string path(const std::string& name) const { return m_folder + "/" + name; }

  // Which invented thing a record (part 0) or the part-th mention of it really is: "person:17".
  void truth(std::string_view source, std::string_view key, std::string_view entity);
  void truth_lines(std::string_view lines) { m_truth += lines; }
  // truth.csv, pitchblende.toml, the mappings that are needed, what the reader is to know.
  Result<Written> finish(const Settings& settings, Written amounts);

 private:
  Result<void> make_folder_of(const std::string& path);

  std::string m_folder;
  std::string m_truth = "source,key,part,entity\n";
  Written m_written;
};

Source source_of(std::string name, std::string format, std::string institution, std::string file);

}  // namespace pitchblende::demo
