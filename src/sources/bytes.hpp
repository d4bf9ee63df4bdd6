// Streams of bytes: files of every wrapping, and memory for tests and fuzzers. Inside sources; open_bytes() is in
// source.hpp.
//
// One thread at a time for each stream.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "sources/source.hpp"

namespace pitchblende::sources {

// Why an archive or packed data cannot be read, in words: libzip's and zlib's are English. 0: packed data is wrong.
InBoth archive_reason(int zip_code);

// The bytes given, in pieces of at most `piece`. They must live as long as the stream.
std::unique_ptr<ByteStream> memory_bytes(std::string_view bytes, size_t piece = 1 << 20);

// Everything that a stream has, up to `limit` bytes. Error: SOURCES_TOO_LARGE.
Result<std::string> read_all(ByteStream& stream, const std::string& name, int64_t limit);

// open_bytes() for what comes in archives of many members: of those with the highest rank, each one's bytes, one after
// the other. Rank 0: not wanted. Where none is, the first one is read, so that what it is can be said.
using MemberRank = int (*)(std::string_view name);
Result<std::unique_ptr<ByteStream>> open_members(const std::string& path, const Settings& settings, MemberRank rank);

}  // namespace pitchblende::sources
