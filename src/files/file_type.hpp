// What a file is, by its bytes. Pure.
#pragma once

#include <optional>
#include <string_view>

namespace pitchblende::files {

// The media type of bytes that are what the ending of `name` says; nullopt: they are not, or we do not take such files.
// PDF, PNG, JPEG, plain text, CSV, XML, JSON, OBO and RDF as text, Office Open XML and OpenDocument without macros.
// Nothing that a browser would run.
std::optional<std::string_view> type_of(std::string_view name, std::string_view bytes);

}  // namespace pitchblende::files
