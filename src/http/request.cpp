#include <algorithm>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "base/text.hpp"
#include "http/errors.hpp"
#include "http/http.hpp"
#include "http/request_limits.hpp"

namespace pitchblende::http {

namespace {

namespace beast = boost::beast;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// nullopt: a % that no two hex digits follow, bytes that are no UTF-8, or control characters.
std::optional<std::string> decoded(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '%') {
      const int high = at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
      const int low = at + 2 < text.size() ? hex_digit(text[at + 2]) : -1;
      if (high < 0 || low < 0) {
        return std::nullopt;
      }
      c = static_cast<char>(high * 16 + low);
      at += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    out += c;
  }
  const bool controls =
      std::any_of(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  return controls || !is_valid_utf8(out) ? std::nullopt : std::optional(std::move(out));
}

bool has_dots(std::string_view path) {
  for (size_t at = 0; at < path.size();) {
    const size_t end = std::min(path.find('/', at + 1), path.size());
    const std::string_view part = path.substr(at + 1, end - at - 1);
    if (part == "." || part == "..") {
      return true;
    }
    at = end;
  }
  return false;
}

Method method_of(beast::http::verb verb) {
  switch (verb) {
    case beast::http::verb::get:
      return Method::get;
    case beast::http::verb::head:
      return Method::head;
    case beast::http::verb::post:
      return Method::post;
    case beast::http::verb::options:
      return Method::options;
    default:
      return Method::other;
  }
}

}  // namespace

const access::Actor& Request::who() const {
  static const access::Actor k_visitor;
  return actor == nullptr ? k_visitor : *actor;
}

std::string_view Request::header(std::string_view name) const {
  const auto at = std::find_if(headers.begin(), headers.end(), [&](const auto& each) { return each.first == name; });
  return at == headers.end() ? std::string_view() : std::string_view(at->second);
}

std::string_view Request::parameter(std::string_view name) const {
  const auto at = std::find_if(query.begin(), query.end(), [&](const auto& each) { return each.first == name; });
  return at == query.end() ? std::string_view() : std::string_view(at->second);
}

std::vector<std::string_view> Request::parameters(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [own, value] : query) {
    if (own == name) {
      values.push_back(value);
    }
  }
  return values;
}

Result<void> read_target(std::string_view target, Request& request) {
  if (target.size() > k_largest_target) {
    return fail(errors::too_long);
  }
  // "http://host/path", as proxies may ask
  if (const size_t scheme = target.find("://"); !target.starts_with('/') && scheme != std::string_view::npos) {
    const size_t slash = target.find('/', scheme + 3);
    target = slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
  }
  target = target.substr(0, target.find('#'));
  const size_t question = target.find('?');
  const auto path = decoded(target.substr(0, question), false);
  if (!path || !path->starts_with('/') || has_dots(*path)) {
    return fail(errors::bad_request, "its address");
  }
  request.path = *path;
  request.query.clear();
  std::string_view left = question == std::string_view::npos ? std::string_view() : target.substr(question + 1);
  while (!left.empty()) {
    const std::string_view pair = left.substr(0, left.find('&'));
    left.remove_prefix(std::min(left.size(), pair.size() + 1));
    const size_t equals = pair.find('=');
    auto name = decoded(pair.substr(0, equals), true);
    auto value =
        equals == std::string_view::npos ? std::optional<std::string>("") : decoded(pair.substr(equals + 1), true);
    if (!name || !value) {
      return fail(errors::bad_request, "its query");
    }
    if (!name->empty()) {
      request.query.emplace_back(std::move(*name), std::move(*value));
    }
  }
  return {};
}

bool names_its_host(const beast::http::request<beast::http::string_body>& message) {
  return message.version() < 11 || message.count(beast::http::field::host) == 1;
}

Result<Request> to_request(beast::http::request<beast::http::string_body>&& message) {
  if (!names_its_host(message)) {
    return fail(errors::bad_request, "it must name one Host");
  }
  Request request;
  request.method = method_of(message.method());
  TRY(read_target(std::string_view(message.target()), request));
  size_t count = 0;
  for (const auto& field : message) {
    if (++count > k_most_headers) {
      return fail(errors::headers);
    }
    std::string name(field.name_string());
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    request.headers.emplace_back(std::move(name), clean_utf8(std::string(field.value())));
  }
  request.body = std::move(message.body());
  return request;
}

Error parse_error(const boost::system::error_code& error, bool has_address) {
  if (error == beast::http::error::header_limit) {
    return has_address ? Error(errors::headers) : Error(errors::too_long);
  }
  if (error == beast::http::error::body_limit) {
    return Error(errors::body);
  }
  return Error(errors::bad_request, error.message());
}

Result<Request> parse_request(std::string_view bytes) {
  beast::http::request_parser<beast::http::string_body> parser;
  parser.header_limit(k_largest_header);
  parser.body_limit(k_largest_body);
  parser.eager(true);
  boost::system::error_code error;
  for (size_t at = 0; at < bytes.size() && !parser.is_done();) {
    const size_t used = parser.put(boost::asio::const_buffer(bytes.data() + at, bytes.size() - at), error);
    if (error || used == 0) {
      break;
    }
    at += used;
  }
  if (!error && !parser.is_done() && parser.got_some()) {
    parser.put_eof(error);
  }
  if (error || !parser.is_done()) {
    return tl::unexpected(parse_error(error ? error : make_error_code(beast::http::error::partial_message),
                                      !parser.get().target().empty()));
  }
  return to_request(parser.release());
}

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view k_digits = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size() + text.size() / 4 + 8);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '_' || c == '.' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += k_digits[byte >> 4];
      out += k_digits[byte & 15];
    }
  }
  return out;
}

}  // namespace pitchblende::http
