// What a request may be, and how Beast's own form of it becomes ours. Inside http; included where Beast is.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/system/error_code.hpp>

#include "http/http.hpp"

namespace pitchblende::http {

inline constexpr size_t k_largest_target = 8 << 10;
inline constexpr uint32_t k_largest_header = 16 << 10;
inline constexpr size_t k_most_headers = 100;
inline constexpr size_t k_largest_body = 1 << 20;
// Of a form with files: the addresses that take one end in /files.
inline constexpr size_t k_largest_upload = 12 << 20;
inline bool takes_files(std::string_view target) { return target.substr(0, target.find('?')).ends_with("/files"); }

// Whether it names one Host, as HTTP/1.1 wants (RFC 9112, 3.2).
bool names_its_host(const boost::beast::http::request<boost::beast::http::string_body>& message);
Result<Request> to_request(boost::beast::http::request<boost::beast::http::string_body>&& message);
// What Beast's parser found wrong. `has_address`: the first line was read to its end.
Error parse_error(const boost::system::error_code& error, bool has_address);

}  // namespace pitchblende::http
