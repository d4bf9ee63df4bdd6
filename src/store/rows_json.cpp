#include "store/rows_json.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "store/session.hpp"

namespace pitchblende::store {

namespace {

void append_string(std::string& out, std::string_view text) {
  constexpr std::string_view k_digits = "0123456789abcdef";
  out += '"';
  size_t done = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') {
      continue;
    }
    out.append(text, done, at - done);
    if (byte >= 0x20) {
      out += '\\';
      out += text[at];
    } else {
      out += "\\u00";
      out += k_digits[byte >> 4];
      out += k_digits[byte & 15];
    }
    done = at + 1;
  }
  out.append(text, done);
  out += '"';
}

void append_value(std::string& out, int64_t value) {
  std::array<char, 24> digits{};
  out.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr);
}

void append_value(std::string& out, double value) {
  // JSON has no infinity: PostgreSQL reads it from a string.
  if (std::isinf(value)) {
    append_string(out, real_text(value));
  } else {
    out += real_text(value);
  }
}

bool is_null(const Rows::Cell& cell) {
  const double* real = std::get_if<double>(&cell);
  return std::holds_alternative<std::monostate>(cell) || (real != nullptr && std::isnan(*real));
}

Result<void> append_row(std::string& out, const Rows& rows, size_t row, const std::vector<std::string>& names) {
  char before = '{';
  for (size_t column = 0; column < names.size(); ++column) {
    const Rows::Cell& cell = rows.cell(row, column);
    if (is_null(cell)) {
      continue;
    }
    out += before;
    out += names[column];
    before = ',';
    if (const auto* text = std::get_if<std::string>(&cell)) {
      TRY(refuse_nul(*text));
      append_string(out, *text);
    } else if (const auto* integer = std::get_if<int64_t>(&cell)) {
      append_value(out, *integer);
    } else {
      append_value(out, std::get<double>(cell));
    }
  }
  out += before == '{' ? "{}" : "}";
  return {};
}

}  // namespace

std::string real_text(double value) {
  std::array<char, 40> digits{};
  value += 0.0;  // no negative zero: SQLite keeps none
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr};
}

Result<RowsJson> rows_json(const Rows& rows, size_t first, size_t bytes) {
  std::vector<std::string> names;
  for (size_t column = 0; column < rows.columns().size(); ++column) {
    names.push_back("\"c" + std::to_string(column) + "\":");
  }
  RowsJson json{"[", first};
  while (json.next < rows.size() && (json.next == first || json.text.size() < bytes)) {
    if (json.next != first) {
      json.text += ',';
    }
    TRY(append_row(json.text, rows, json.next, names));
    ++json.next;
  }
  json.text += ']';
  return json;
}

}  // namespace pitchblende::store
