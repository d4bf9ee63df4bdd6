#include "http/form.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "http/errors.hpp"

namespace pitchblende::http {

namespace {

constexpr size_t k_most_fields = 1000;
constexpr size_t k_longest_name = 200;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::optional<std::string> decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%') {
      const int high = at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
      const int low = at + 2 < text.size() ? hex_digit(text[at + 2]) : -1;
      if (high < 0 || low < 0) {
        return std::nullopt;
      }
      out += static_cast<char>(high * 16 + low);
      at += 2;
    } else {
      out += text[at] == '+' ? ' ' : text[at];
    }
  }
  return out;
}

// One line end for all; nullopt: not a text that a person can have typed.
std::optional<std::string> typed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\r') {
      out += '\n';
      at += at + 1 < text.size() && text[at + 1] == '\n' ? 1 : 0;
    } else if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F) {
      return std::nullopt;
    } else {
      out += c;
    }
  }
  return is_valid_utf8(out) ? std::optional(std::move(out)) : std::nullopt;
}

Result<void> add_field(Form& form, std::string_view name, std::string_view value) {
  auto clean_name = typed(name);
  auto clean_value = typed(value);
  if (!clean_name || clean_name->empty() || clean_name->size() > k_longest_name) {
    return fail(errors::form, "a field's name");
  }
  if (!clean_value) {
    return fail(errors::form, "field " + *clean_name + " is not text");
  }
  if (form.fields.size() + form.files.size() >= k_most_fields) {
    return fail(errors::form, "more than " + std::to_string(k_most_fields) + " fields");
  }
  form.fields.emplace_back(std::move(*clean_name), std::move(*clean_value));
  return {};
}

Result<Form> read_urlencoded(std::string_view left) {
  Form form;
  while (!left.empty()) {
    const std::string_view pair = left.substr(0, left.find('&'));
    left.remove_prefix(std::min(left.size(), pair.size() + 1));
    const size_t equals = pair.find('=');
    const auto name = decoded(pair.substr(0, equals));
    const auto value = decoded(equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1));
    if (!name || !value) {
      return fail(errors::form, "a % that is not followed by two digits");
    }
    TRY(add_field(form, *name, *value));
  }
  return form;
}

// A parameter of a header, "…; name=\"value\"" or name=value; RFC 7578 has browsers write %22 for a quote.
std::string_view parameter_of(std::string_view header, std::string_view name) {
  for (size_t at = header.find(';'); at != std::string_view::npos;) {
    const std::string_view rest = trim(header.substr(at + 1));
    const size_t skipped = header.size() - static_cast<size_t>(rest.data() - header.data());
    const size_t equals = rest.find('=');
    if (equals == std::string_view::npos) {
      return {};
    }
    std::string_view value = rest.substr(equals + 1);
    size_t end = 0;
    if (value.starts_with('"')) {
      value.remove_prefix(1);
      end = value.find('"');
    } else {
      end = value.find(';');
    }
    value = value.substr(0, end);
    if (trim(rest.substr(0, equals)) == name) {
      return value;
    }
    const size_t after = static_cast<size_t>(value.data() - header.data()) + value.size();
    at = header.find(';', std::max(after, header.size() - skipped));
  }
  return {};
}

std::string_view header_of(std::string_view headers, std::string_view name) {
  while (!headers.empty()) {
    const std::string_view line = headers.substr(0, headers.find("\r\n"));
    headers.remove_prefix(std::min(headers.size(), line.size() + 2));
    const size_t colon = line.find(':');
    const bool same = colon == name.size() && std::equal(name.begin(), name.end(), line.begin(), [](char a, char b) {
                        return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
                      });
    if (same) {
      return trim(line.substr(colon + 1));
    }
  }
  return {};
}

Result<void> add_part(Form& form, std::string_view part) {
  const size_t end = part.find("\r\n\r\n");
  if (end == std::string_view::npos) {
    return fail(errors::form, "a part without an end of its headers");
  }
  const std::string_view headers = part.substr(0, end);
  const std::string_view bytes = part.substr(end + 4);
  const std::string_view disposition = header_of(headers, "content-disposition");
  const std::string_view name = parameter_of(disposition, "name");
  if (disposition.find("filename=") == std::string_view::npos) {
    return add_field(form, name, bytes);
  }
  const auto clean = typed(name);
  const auto file = typed(parameter_of(disposition, "filename"));
  const auto type = typed(header_of(headers, "content-type"));
  if (!clean || clean->empty() || clean->size() > k_longest_name || !file || !type) {
    return fail(errors::form, "a file's name");
  }
  if (form.fields.size() + form.files.size() >= k_most_fields) {
    return fail(errors::form, "more than " + std::to_string(k_most_fields) + " fields");
  }
  if (!file->empty() || !bytes.empty()) {  // an empty one was not chosen
    form.files.push_back({*clean, file->substr(file->find_last_of("/\\") + 1), *type, std::string(bytes)});
  }
  return {};
}

Result<Form> read_multipart(std::string_view body, std::string_view boundary) {
  Form form;
  if (boundary.empty() || boundary.size() > 70) {
    return fail(errors::form, "its boundary");
  }
  const std::string first = "--" + std::string(boundary);
  const std::string next = "\r\n" + first;
  if (!body.starts_with(first)) {
    return fail(errors::form, "it does not begin with its boundary");
  }
  body.remove_prefix(first.size());
  while (!body.starts_with("--")) {
    const size_t end = body.find(next);
    if (!body.starts_with("\r\n") || end == std::string_view::npos) {
      return fail(errors::form, "it does not end with its boundary");
    }
    TRY(add_part(form, body.substr(2, end - std::min<size_t>(end, 2))));
    body.remove_prefix(end + next.size());
  }
  return form;
}

}  // namespace

std::string_view Form::value(std::string_view name) const {
  const auto at = std::find_if(fields.begin(), fields.end(), [&](const auto& each) { return each.first == name; });
  return at == fields.end() ? std::string_view() : std::string_view(at->second);
}

Result<Form> read_form(const Request& request) {
  const std::string_view type = request.header("content-type");
  const std::string_view media = trim(type.substr(0, type.find(';')));
  if (media == "application/x-www-form-urlencoded") {
    return read_urlencoded(request.body);
  }
  if (media == "multipart/form-data") {
    return read_multipart(request.body, parameter_of(type, "boundary"));
  }
  return fail(errors::form_type);
}

std::string_view cookie(const Request& request, std::string_view name) {
  std::string_view left = request.header("cookie");
  while (!left.empty()) {
    const std::string_view pair = trim(left.substr(0, left.find(';')));
    left.remove_prefix(std::min(left.size(), std::min(left.find(';'), left.size()) + 1));
    const size_t equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == name) {
      return pair.substr(equals + 1);
    }
  }
  return {};
}

bool is_from_own_page(const Request& request, std::string_view site) {
  const std::string_view fetched = request.header("sec-fetch-site");
  if (!fetched.empty() && fetched != "same-origin") {
    return false;
  }
  const std::string_view origin = request.header("origin");
  if (origin.empty()) {
    return true;
  }
  while (site.ends_with('/')) {
    site.remove_suffix(1);
  }
  const std::string host(request.header("host"));
  return origin == site ||
         (site.empty() && !host.empty() && (origin == "http://" + host || origin == "https://" + host));
}

}  // namespace pitchblende::http
