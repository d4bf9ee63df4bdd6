// Mustache templates over JSON views. A Templates is immutable once read: any thread renders.
//
// A view is a JSON object: what the JSON answer of the same address says, plus what only a page needs. A name is looked
// up from the innermost object outwards; dots go into objects. A section is entered by true, a non-empty array, an
// object, a non-empty string and a number; it is not by false, null, "" and what is absent.
#pragma once

#include <boost/json/object.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace pitchblende::http {

class Templates {
 public:
  // Each with its name ("person"); {{>name}} takes another in. Error: HTTP_TEMPLATES with name and reason.
  static Result<Templates> read(const std::vector<std::pair<std::string, std::string>>& texts);
  Templates(Templates&&) noexcept;
  Templates& operator=(Templates&&) noexcept;
  ~Templates();

  // `shared` is looked in last (the words of a language, the site's name). Everything printed is escaped for HTML but
  // {{{names}}}. Unknown template: the program ends.
  std::string render(std::string_view name, const boost::json::object& view, const boost::json::object& shared) const;
  // The same templates with the words of one language, `shared.t`, printed into them once for all.
  Templates with_words_of(const boost::json::object& shared) const;
  // Names that a template prints or enters, with dots, for the test that looks for slips.
  std::vector<std::string> names(std::string_view name) const;

 private:
  struct Parsed;
  explicit Templates(std::unique_ptr<Parsed> parsed);
  std::unique_ptr<Parsed> m_parsed;
};

}  // namespace pitchblende::http
