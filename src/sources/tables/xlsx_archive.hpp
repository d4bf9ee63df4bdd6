// The archive that a workbook is, with limits against bombs; and what the files are that only look like one. Inside
// sources.
//
// One thread at a time for an archive and its parts; parts must not outlive it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sources/source.hpp"

struct zip;

namespace pitchblende::sources {

enum class WorkbookLike : uint8_t { no, archive, compound };
// By a file's first bytes: a zip (it may hold a workbook, or be a packed CSV), the old Office container, or neither.
WorkbookLike workbook_like(std::string_view head);
// The error for a compound file: locked, or an .xls. `head`: as much of it as is at hand.
Error compound_error(std::string_view head, const std::string& name);

class XlsxArchive {
 public:
  // Errors: SOURCES_DAMAGED.
  static Result<std::unique_ptr<XlsxArchive>> open(const std::string& path, int64_t limit);
  // The bytes must live as long as the archive.
  static Result<std::unique_ptr<XlsxArchive>> of_bytes(std::string_view bytes, const std::string& name, int64_t limit);

  bool has(const std::string& part) const;
  bool is_workbook() const { return has("[Content_Types].xml") && has("xl/workbook.xml"); }
  // What an archive that is no .xlsx must be saved as something else for; SOURCES_SAVE_AS, or nothing: it may be a
  // packed CSV.
  Result<void> refuse_others() const;
  // Errors: SOURCES_DAMAGED (also when it is absent), and its stream's: SOURCES_TOO_LARGE.
  Result<std::unique_ptr<ByteStream>> part(const std::string& name) const;
  // All of a part that is small in any honest file.
  Result<std::string> text(const std::string& name) const;
  const std::string& name() const { return m_name; }

 private:
  struct Close {
    void operator()(zip* archive) const;
  };
  XlsxArchive(zip* archive, std::string name, int64_t limit)
      : m_archive(archive), m_name(std::move(name)), m_limit(limit) {}
  static Result<std::unique_ptr<XlsxArchive>> opened(zip* archive, int code, const std::string& name, int64_t limit);

  std::unique_ptr<zip, Close> m_archive;
  std::string m_name;
  int64_t m_limit;
};

}  // namespace pitchblende::sources
