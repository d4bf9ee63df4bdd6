// The encodings that CSV files come in. Inside sources.
//
// decode_cell() is pure; a stream is used by one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "sources/source.hpp"

namespace pitchblende::sources {

// Takes a UTF-8 byte order mark off; UTF-16, marked or plainly so, becomes UTF-8. Other bytes pass as they are. Errors:
// the stream's own.
Result<std::unique_ptr<ByteStream>> without_mark(std::unique_ptr<ByteStream> bytes);

// `head` and then what the stream still has.
std::unique_ptr<ByteStream> replay(std::string head, std::unique_ptr<ByteStream> rest);

enum class CellEncoding : uint8_t { ascii, utf8, windows_1252 };

// Valid UTF-8 is that, anything else is Windows-1252 (a superset of Latin-1 for what people type). Line ends become
// \n, controls but tab and newline go.
CellEncoding decode_cell(std::string_view raw, std::string& out);

}  // namespace pitchblende::sources
