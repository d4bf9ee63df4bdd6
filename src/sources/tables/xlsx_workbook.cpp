#include "sources/tables/xlsx_workbook.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.hpp"
#include "sources/errors.hpp"
#include "sources/tables/xlsx_elements.hpp"
#include "sources/tables/xlsx_text.hpp"

namespace pitchblende::sources {

namespace {

constexpr size_t k_most_texts_bytes = 512 << 20;
constexpr size_t k_most_sheets = 1000;

// "_x000D_": a character that XML cannot hold, or an underscore that would look like one.
std::string decoded(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size(); ++at) {
    unsigned code = 0;
    const bool escaped =
        text.substr(at).starts_with("_x") && at + 6 < text.size() && text[at + 6] == '_' &&
        std::from_chars(text.data() + at + 2, text.data() + at + 6, code, 16).ptr == text.data() + at + 6;
    if (!escaped) {
      out += text[at];
      continue;
    }
    out += code == '\r' ? '\n' : code < 0x80 && code >= 0x20 ? static_cast<char>(code) : ' ';
    at += 6;
  }
  return out;
}

std::string resolved(std::string_view target, std::string_view base) {
  if (target.starts_with('/')) {
    return std::string(target.substr(1));
  }
  std::string folder(base.substr(0, base.rfind('/') + 1));
  while (target.starts_with("../")) {
    target.remove_prefix(3);
    folder.resize(folder.size() < 2 ? 0 : folder.rfind('/', folder.size() - 2) + 1);
  }
  return folder + std::string(target);
}

// Relations of a part: id → (type, place).
std::map<std::string, std::pair<std::string, std::string>> relations(const XlsxArchive& archive,
                                                                     const std::string& part) {
  const size_t slash = part.rfind('/') + 1;
  std::map<std::string, std::pair<std::string, std::string>> out;
  const Result<std::string> text = archive.text(part.substr(0, slash) + "_rels/" + part.substr(slash) + ".rels");
  pugi::xml_document document;
  if (!text || !document.load_buffer(text->data(), text->size(), k_xlsx_parsing)) {
    return out;
  }
  for (const pugi::xml_node& each : document.document_element()) {
    if (attribute_of(each, "TargetMode") != "External") {
      out[std::string(attribute_of(each, "Id"))] = {std::string(attribute_of(each, "Type")),
                                                    resolved(attribute_of(each, "Target"), part)};
    }
  }
  return out;
}

Result<void> read_texts(const XlsxArchive& archive, const std::string& part, XlsxWorkbook& workbook) {
  if (!archive.has(part)) {
    return {};
  }
  TRY_ASSIGN(auto bytes, archive.part(part));
  XlsxElements items(std::move(bytes), {"si"}, archive.name());
  std::string_view name;
  std::string_view xml;
  size_t size = 0;
  pugi::xml_document document;
  while (true) {
    TRY_ASSIGN(const bool got, items.next(name, xml));
    if (!got) {
      return {};
    }
    std::string text;
    if (document.load_buffer(xml.data(), xml.size(), k_xlsx_parsing)) {
      text = rich_text(document.document_element());
    }
    size += text.size() + sizeof(std::string);
    if (size > k_most_texts_bytes) {
      return fail(errors::too_large, archive.name(), std::to_string(k_most_texts_bytes));
    }
    workbook.texts.push_back(std::move(text));
  }
}

CellFormat built_in_format(int number) {
  const auto within = [&](int first, int last) { return number >= first && number <= last; };
  if (number == 17 || number == 55) {
    return {NumberForm::month, 0};
  }
  if (within(14, 16) || number == 22 || within(27, 31) || number == 36 || within(50, 54) || within(56, 58)) {
    return {NumberForm::day, 0};
  }
  return {number == 9 || number == 10 ? NumberForm::percent : NumberForm::plain, 0};
}

int number_of(std::string_view text, int otherwise) {
  int value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

Result<void> read_formats(const XlsxArchive& archive, const std::string& part, XlsxWorkbook& workbook) {
  if (!archive.has(part)) {
    return {};
  }
  TRY_ASSIGN(const std::string text, archive.text(part));
  pugi::xml_document document;
  document.load_buffer(text.data(), text.size(), k_xlsx_parsing);
  std::map<int, CellFormat> own;
  for (const pugi::xml_node& each : child(document.document_element(), "numFmts")) {
    own[number_of(attribute_of(each, "numFmtId"), -1)] = format_of(attribute_of(each, "formatCode"));
  }
  for (const pugi::xml_node& each : child(document.document_element(), "cellXfs")) {
    const int number = number_of(attribute_of(each, "numFmtId"), 0);
    const auto found = own.find(number);
    workbook.formats.push_back(found == own.end() ? built_in_format(number) : found->second);
  }
  return {};
}

}  // namespace

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& each : node) {
    if (local_name(each) == name) {
      return each;
    }
  }
  return {};
}

std::string_view attribute_of(const pugi::xml_node& node, std::string_view name) {
  std::string_view prefixed;
  for (const pugi::xml_attribute& each : node.attributes()) {
    const std::string_view own = each.name();
    if (own == name) {
      return each.value();
    }
    if (own.ends_with(name) && own.size() > name.size() && own[own.size() - name.size() - 1] == ':') {
      prefixed = each.value();
    }
  }
  return prefixed;
}

std::string rich_text(const pugi::xml_node& node) {
  std::string out;
  for (const pugi::xml_node& each : node) {
    if (local_name(each) == "t") {
      out += each.child_value();
    } else if (local_name(each) == "r") {
      out += child(each, "t").child_value();
    }
  }
  return clean_utf8(decoded(out));
}

CellFormat format_of(std::string_view code) {
  bool days = false;
  bool years = false;
  bool months = false;
  bool percent = false;
  bool others = false;
  int zeros = 0;
  for (size_t at = 0; at < code.size() && code[at] != ';'; ++at) {
    const char c = code[at];
    if (c == '"' || c == '[') {
      at = std::min(code.find(c == '"' ? '"' : ']', at + 1), code.size());
      continue;
    }
    if (c == '\\' || c == '_' || c == '*') {
      ++at;
      continue;
    }
    // French Excel writes j for day and a for year into some files.
    days = days || c == 'd' || c == 'D' || c == 'j';
    years = years || c == 'y' || c == 'Y' || code.substr(at).starts_with("aa");
    months = months || c == 'm' || c == 'M';
    percent = percent || c == '%';
    zeros += c == '0' ? 1 : 0;
    others = others || c == '#' || c == '.' || c == ',' || c == 'E' || c == '?' || c == '/';
  }
  if (days) {
    return {NumberForm::day, 0};
  }
  if (years) {
    return {months ? NumberForm::month : NumberForm::year, 0};
  }
  if (percent) {
    return {NumberForm::percent, 0};
  }
  return zeros > 1 && zeros < 40 && !others && !months ? CellFormat{NumberForm::padded, zeros} : CellFormat{};
}

Result<XlsxWorkbook> read_workbook(const XlsxArchive& archive) {
  XlsxWorkbook out;
  const std::string part = "xl/workbook.xml";
  TRY_ASSIGN(const std::string text, archive.text(part));
  pugi::xml_document document;
  if (!document.load_buffer(text.data(), text.size(), k_xlsx_parsing)) {
    return fail(errors::damaged, archive.name(), part);
  }
  const pugi::xml_node root = document.document_element();
  const std::string_view from_1904 = attribute_of(child(root, "workbookPr"), "date1904");
  out.dates = from_1904 == "1" || from_1904 == "true" ? DateSystem::from_1904 : DateSystem::from_1900;
  const auto parts = relations(archive, part);
  for (const pugi::xml_node& each : child(root, "sheets")) {
    const auto found = parts.find(std::string(attribute_of(each, "id")));
    const std::string_view state = attribute_of(each, "state");
    // Charts and macro sheets hold no rows.
    if (found != parts.end() && found->second.first.ends_with("/worksheet") && out.sheets.size() < k_most_sheets) {
      out.sheets.push_back(
          {squeeze(attribute_of(each, "name")), found->second.second, state == "hidden" || state == "veryHidden"});
    }
  }
  if (out.sheets.empty()) {
    return fail(errors::damaged, archive.name(), part);
  }
  std::string texts = "xl/sharedStrings.xml";
  std::string styles = "xl/styles.xml";
  for (const auto& [id, relation] : parts) {
    texts = relation.first.ends_with("/sharedStrings") ? relation.second : texts;
    styles = relation.first.ends_with("/styles") ? relation.second : styles;
  }
  TRY(read_texts(archive, texts, out));
  TRY(read_formats(archive, styles, out));
  return out;
}

}  // namespace pitchblende::sources
