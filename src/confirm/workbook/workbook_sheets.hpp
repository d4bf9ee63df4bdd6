// What goes out as sheets: one for each kind of card, and one for each field of links that say as what and for how
// long. Inside confirm.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/visibility.hpp"
#include "confirm/workbook/workbook_cells.hpp"
#include "confirm/workbook/workbook_file.hpp"
#include "confirm/workbook/workbook_store.hpp"
#include "registry/registry.hpp"

namespace pitchblende::confirm {

// "id:person" heads the hidden column of a sheet of cards.
std::string id_place(registry::Kind kind);
// "links:person.positions" that of a sheet of links.
std::string links_place(registry::FieldId field);
std::optional<Tenured> links_at(std::string_view place);

// Columns of a sheet of links, after the hidden one of ids: their places.
namespace links {
inline constexpr std::string_view k_mark = "mark";  // hidden
inline constexpr std::string_view k_who = "who";
inline constexpr std::string_view k_never = "never";
// What of a link may be corrected, in this order also in what is kept of it.
inline constexpr std::array<std::string_view, 6> k_parts{"where", "role", "kind", "title", "from", "to"};
}  // namespace links
// Under which place what a link said is kept: "positions#1f…".
std::string kept_place(registry::FieldId field, std::string_view mark);

// What the links of a card lead to, by their references.
Result<Called> called_by(const registry::Registry& registry, const registry::Card& card, const access::Viewer& viewer);

// Of cards of one kind; what their cells say goes to `all`, card by card.
Result<std::vector<SheetOut>> sheets_of(const registry::Registry& registry, registry::Kind kind,
                                        const std::vector<registry::Card>& cards, const access::Viewer& viewer,
                                        Language language, std::vector<rows::CellRow>& all);

}  // namespace pitchblende::confirm
