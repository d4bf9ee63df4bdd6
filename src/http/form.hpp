// What a form sends: urlencoded or multipart. Values; any thread.
#pragma once

#include "http/http.hpp"

namespace pitchblende::http {

struct FormFile {
  std::string field;
  std::string name;  // as the browser says; never a path of ours
  std::string type;  // as the browser says: to be looked at, not believed
  std::string bytes;
};

struct Form {
  Pairs fields;  // clean UTF-8; lines end in \n; no other control characters
  std::vector<FormFile> files;

  std::string_view value(std::string_view name) const;  // the first, or empty
};

// Errors: HTTP_FORM with the reason, HTTP_FORM_TYPE. The body's size is the server's to limit (1 MiB; 12 MiB at an
// address that ends in /files).
Result<Form> read_form(const Request& request);

// The value of a cookie, or empty.
std::string_view cookie(const Request& request, std::string_view name);

// Whether a browser says that this came from a page of this site: Sec-Fetch-Site, Origin (against Host or `site`, the
// site's own address), or neither, as from old browsers: then the form's token alone decides.
bool is_from_own_page(const Request& request, std::string_view site);

}  // namespace pitchblende::http
