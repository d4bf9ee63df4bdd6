// FACET=VALUE as somebody writes it, checked: a value that nothing can have is a slip, and no search that finds
// nothing.
#pragma once

#include "registry/registry.hpp"
#include "search/search.hpp"

namespace pitchblende::cli {

// Whether the facet's values are ids of things.
bool counts_things(search::Facet facet);
// Things by their id, a reference or a name; codes of closed lists also as the site calls them. Errors: CLI_FILTER,
// CLI_FILTER_VALUE, CLI_KIND, CLI_NOT_FOUND.
Result<search::Filter> filter_of(const std::string& said, const registry::Registry& registry,
                                 const access::Viewer& viewer);

}  // namespace pitchblende::cli
