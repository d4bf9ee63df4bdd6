#include "files/file_type.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace pitchblende::files {

namespace {

enum class Form : uint8_t { pdf, png, jpeg, text, office, open_document };

struct Ending {
  std::string_view ending;
  Form form;
  std::string_view type;
};

constexpr std::array<Ending, 20> k_endings{{
    {"pdf", Form::pdf, "application/pdf"},
    {"png", Form::png, "image/png"},
    {"jpg", Form::jpeg, "image/jpeg"},
    {"jpeg", Form::jpeg, "image/jpeg"},
    {"txt", Form::text, "text/plain; charset=utf-8"},
    {"md", Form::text, "text/plain; charset=utf-8"},
    {"csv", Form::text, "text/csv; charset=utf-8"},
    {"tsv", Form::text, "text/tab-separated-values; charset=utf-8"},
    {"xml", Form::text, "application/xml"},
    {"json", Form::text, "application/json"},
    {"obo", Form::text, "text/plain; charset=utf-8"},
    {"ttl", Form::text, "text/turtle; charset=utf-8"},
    {"nt", Form::text, "application/n-triples"},
    {"ics", Form::text, "text/calendar; charset=utf-8"},
    {"docx", Form::office, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"xlsx", Form::office, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"pptx", Form::office, "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"odt", Form::open_document, "application/vnd.oasis.opendocument.text"},
    {"ods", Form::open_document, "application/vnd.oasis.opendocument.spreadsheet"},
    {"odp", Form::open_document, "application/vnd.oasis.opendocument.presentation"},
}};

// Every part of an Office document is named in the archive's headers, which are never compressed.
bool is_office(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") && bytes.find("[Content_Types].xml") != std::string_view::npos &&
         bytes.find("vbaProject.bin") == std::string_view::npos;
}

// OpenDocument 1.2, part 3, 3.3: the first file is "mimetype", stored as it is.
bool is_open_document(std::string_view bytes, std::string_view type) {
  constexpr size_t k_name = 30;
  const std::string wanted = "mimetype" + std::string(type);
  return bytes.starts_with("PK\x03\x04") && bytes.substr(k_name, wanted.size()) == wanted &&
         bytes.find("Basic/script-lc.xml") == std::string_view::npos;
}

bool is_of(Form form, std::string_view type, std::string_view bytes) {
  switch (form) {
    case Form::pdf:
      return bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos;
    case Form::png:
      return bytes.starts_with("\x89PNG\r\n\x1a\n");
    case Form::jpeg:
      return bytes.starts_with("\xff\xd8\xff");
    case Form::text:
      return bytes.find('\0') == std::string_view::npos;
    case Form::office:
      return is_office(bytes);
    case Form::open_document:
      return is_open_document(bytes, type);
  }
  return false;
}

}  // namespace

std::optional<std::string_view> type_of(std::string_view name, std::string_view bytes) {
  const size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) {
    return std::nullopt;
  }
  std::string ending(name.substr(dot + 1));
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  for (const Ending& each : k_endings) {
    if (each.ending == ending && is_of(each.form, each.type, bytes)) {
      return each.type;
    }
  }
  return std::nullopt;
}

}  // namespace pitchblende::files
