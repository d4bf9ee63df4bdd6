// A record while it is read from JSON: values at the registry's door, with their limits, and what had to be dropped.
// Inside sources. One thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/record.hpp"
#include "sources/source.hpp"

namespace pitchblende::sources {

class JsonDraft {
 public:
  JsonDraft(registry::Kind kind, Place place);

  registry::Record record;
  std::vector<Finding> notices;

  // Each of them cleans and squeezes the text, and adds nothing when it is empty, too large or wrong (which is said).
  // The value returned is good until the next one is added; null: nothing was.
  registry::Value* add(registry::FieldId field, std::string_view text, std::string_view lang = {});
  // Checked and normalised by the field's scheme; once each.
  registry::Value* add_identifier(registry::FieldId field, std::string_view text);
  // 2019, 2019-04, 2019-04-30; a time behind it is cut off.
  registry::Value* add_date(registry::FieldId field, std::string_view text);
  // Lower case, as the field's list has it.
  registry::Value* add_code(registry::FieldId field, std::string_view text);
  // "scheme:…", the identifier checked.
  registry::Value* add_link(registry::FieldId field, std::string_view scheme, std::string_view identifier);
  // "name:…", when nothing better is known.
  registry::Value* add_link_by_name(registry::FieldId field, std::string_view name);

  void notice(std::string_view field, std::string_view value, Error error);
  const Place& place() const { return m_place; }

 private:
  Place m_place;
  bool m_full = false;
};

// An attribute, cleaned; nothing when there is no value to carry it.
void with(registry::Value* value, registry::Attribute attribute, std::string_view text);

// A date that exists, in one of the three forms; nullopt: it is none.
std::optional<std::string> partial_date(std::string_view text);

// At most 80 bytes, cut between characters.
std::string finding_excerpt(std::string_view text);

}  // namespace pitchblende::sources
