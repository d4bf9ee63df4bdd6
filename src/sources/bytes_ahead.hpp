// A stream read on a thread of its own, a few pieces ahead: unpacking and parsing overlap. Inside sources.
//
// One thread uses it, as any stream; the other one is its own and ends with it.
#pragma once

#include <memory>

#include "sources/source.hpp"

namespace pitchblende::sources {

// The same bytes and the same error. Memory: three pieces.
std::unique_ptr<ByteStream> read_ahead(std::unique_ptr<ByteStream> stream);

}  // namespace pitchblende::sources
