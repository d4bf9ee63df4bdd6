// pugixml for SpreadsheetML: elements by name without prefix, texts of runs. Inside sources. Pure, any thread.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace pitchblende::sources {

inline constexpr unsigned k_xlsx_parsing = pugi::parse_escapes | pugi::parse_cdata | pugi::parse_wconv_attribute |
                                           pugi::parse_eol | pugi::parse_ws_pcdata_single;

std::string_view local_name(const pugi::xml_node& node);
// The first child of that name, or a null node.
pugi::xml_node child(const pugi::xml_node& node, std::string_view name);
// An attribute by name without prefix ("r:id" is "id" when nothing has the plain name).
std::string_view attribute_of(const pugi::xml_node& node, std::string_view name);
// <si> and <is>: the text, or that of the runs one after the other; readings (furigana) left out. _x000D_ is decoded.
std::string rich_text(const pugi::xml_node& node);

}  // namespace pitchblende::sources
