// Letters from the words of a language: the template of a letter is an object in web/locales. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

#include "http/http.hpp"
#include "mail/letter.hpp"
#include "pages/site.hpp"

namespace pitchblende::pages {

// `key`: of an object with subject, text (a paragraph a line), perhaps action (of the button) and closing. `values`
// stand for {name} in each; {site} is always there. `path`: where the button leads, below the language: "/requests/7".
struct LetterOf {
  std::string kind;  // what the outbox shows: words admin.outbox.kinds.<kind>
  std::string_view key;
  http::Pairs values;
  std::string path;
  std::string expires = {};  // of no use after that; empty: never
};

mail::Letter letter_to(const Site& site, Language language, const std::string& to, const LetterOf& what);

}  // namespace pitchblende::pages
