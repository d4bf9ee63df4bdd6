#include "sources/tables/xlsx_archive.hpp"

#include <zip.h>

#include <algorithm>

#include "sources/bytes.hpp"
#include "sources/errors.hpp"
#include "sources/tables/csv_text.hpp"

namespace pitchblende::sources {

namespace {

constexpr size_t k_piece = 256 << 10;
// Sheets pack well, a hundredfold and more; what unpacks a thousandfold was made to.
constexpr int64_t k_largest_ratio = 1000;
constexpr int64_t k_ratio_counts_from = 64 << 20;
constexpr int64_t k_largest_text = 64 << 20;

struct CloseMember {
  void operator()(zip_file_t* member) const { zip_fclose(member); }
};

class Part final : public ByteStream {
 public:
  Part(zip_file_t* member, std::string name, int64_t packed, int64_t limit)
      : m_member(member), m_name(std::move(name)), m_buffer(k_piece, '\0'), m_packed(packed), m_limit(limit) {}

  Result<std::string_view> next() override {
    const zip_int64_t got = zip_fread(m_member.get(), m_buffer.data(), m_buffer.size());
    if (got < 0) {
      return fail(errors::damaged, m_name, archive_reason(zip_error_code_zip(zip_file_get_error(m_member.get()))));
    }
    m_made += got;
    const int64_t most = std::min(m_limit, std::max(k_ratio_counts_from, k_largest_ratio * m_packed));
    if (m_made > most) {
      return fail(errors::too_large, m_name, std::to_string(most));
    }
    return std::string_view(m_buffer).substr(0, static_cast<size_t>(got));
  }
  int64_t consumed() const override { return m_made; }

 private:
  std::unique_ptr<zip_file_t, CloseMember> m_member;
  std::string m_name;
  std::string m_buffer;
  int64_t m_packed;
  int64_t m_limit;
  int64_t m_made = 0;
};

}  // namespace

WorkbookLike workbook_like(std::string_view head) {
  if (head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
    return WorkbookLike::compound;
  }
  return head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06") ? WorkbookLike::archive : WorkbookLike::no;
}

Error compound_error(std::string_view head, const std::string& name) {
  // A locked workbook is a stream of this name in the container; names are UTF-16.
  std::string wide;
  for (const char c : std::string_view("EncryptedPackage")) {
    wide += c;
    wide += '\0';
  }
  return head.find(wide) != std::string_view::npos ? Error(errors::locked, name) : Error(errors::save_as, name, ".xls");
}

void XlsxArchive::Close::operator()(zip* archive) const { zip_discard(archive); }

Result<std::unique_ptr<XlsxArchive>> XlsxArchive::opened(zip* archive, int code, const std::string& name,
                                                         int64_t limit) {
  if (archive == nullptr) {
    return fail(errors::damaged, name, archive_reason(code));
  }
  return std::unique_ptr<XlsxArchive>(new XlsxArchive(archive, name, limit));
}

Result<std::unique_ptr<XlsxArchive>> XlsxArchive::open(const std::string& path, int64_t limit) {
  int code = 0;
  zip* archive = zip_open(path.c_str(), ZIP_RDONLY, &code);
  return opened(archive, code, path, limit);
}

Result<std::unique_ptr<XlsxArchive>> XlsxArchive::of_bytes(std::string_view bytes, const std::string& name,
                                                           int64_t limit) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip* archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  if (archive == nullptr) {
    zip_source_free(source);
  }
  const int code = zip_error_code_zip(&error);
  zip_error_fini(&error);
  return opened(archive, code, name, limit);
}

bool XlsxArchive::has(const std::string& part) const {
  return zip_name_locate(m_archive.get(), part.c_str(), ZIP_FL_NOCASE) >= 0;
}

Result<void> XlsxArchive::refuse_others() const {
  struct Mark {
    const char* part;
    const char* what;
  };
  static constexpr Mark k_marks[] = {{"xl/workbook.bin", ".xlsb"},       {"content.xml", ".ods"},
                                     {"word/document.xml", ".docx"},     {"ppt/presentation.xml", ".pptx"},
                                     {"Index/Document.iwa", ".numbers"}, {"Index.zip", ".numbers"}};
  for (const Mark& mark : k_marks) {
    if (has(mark.part)) {
      return fail(errors::save_as, m_name, mark.what);
    }
  }
  return {};
}

Result<std::unique_ptr<ByteStream>> XlsxArchive::part(const std::string& name) const {
  const zip_int64_t index = zip_name_locate(m_archive.get(), name.c_str(), ZIP_FL_NOCASE);
  zip_stat_t status;
  if (index < 0 || zip_stat_index(m_archive.get(), static_cast<zip_uint64_t>(index), 0, &status) != 0) {
    return fail(errors::damaged, m_name, InBoth{name + " is missing", "il manque " + name});
  }
  zip_file_t* member = zip_fopen_index(m_archive.get(), static_cast<zip_uint64_t>(index), 0);
  if (member == nullptr) {
    return fail(errors::damaged, m_name, archive_reason(zip_error_code_zip(zip_get_error(m_archive.get()))));
  }
  // XML may be UTF-16 too.
  return without_mark(std::make_unique<Part>(member, m_name, static_cast<int64_t>(status.comp_size), m_limit));
}

Result<std::string> XlsxArchive::text(const std::string& name) const {
  TRY_ASSIGN(const auto bytes, part(name));
  return read_all(*bytes, m_name, k_largest_text);
}

}  // namespace pitchblende::sources
