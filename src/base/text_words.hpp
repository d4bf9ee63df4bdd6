// The scanner under words(): for those who read much text and keep what they learn of a chunk (search's index).
//
// A chunk is a word or several that connectors hold together: "cancer", "l’ADN", "PD-1/PD-L1", "CD8+". What words()
// says of a text is what expand_chunk() says of each of its chunks, and depends on the chunk's bytes alone. A scanner
// belongs to one thread; expand_chunk() is pure.
#pragma once

#include <bitset>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/text.hpp"

namespace pitchblende {

struct Chunk {
  uint32_t begin = 0;  // byte offsets in the text
  uint32_t end = 0;
};

// How words begin: their first two bytes, letters in lower case.
class Beginnings {
 public:
  // All words that begin as this one; those of one byte begin all that begin with it.
  void add(std::string_view beginning) {
    const auto first = static_cast<unsigned char>(beginning[0]);
    if (beginning.size() > 1) {
      m_bits.set(size_t{first} << 8 | static_cast<unsigned char>(beginning[1]));
      return;
    }
    for (size_t second = 0; second < 256; ++second) {
      m_bits.set(size_t{first} << 8 | second);
    }
  }
  // `second`: 0 for a word of one byte.
  bool have(unsigned char first, unsigned char second) const { return m_bits[size_t{first} << 8 | second]; }
  // Of a word of ASCII letters and digits.
  bool have(std::string_view word) const {
    const auto byte = [&](size_t at) { return static_cast<unsigned char>(at < word.size() ? word[at] : 0); };
    return have(lower(byte(0)), lower(byte(1)));
  }
  static unsigned char lower(unsigned char c) { return c >= 'A' && c <= 'Z' ? c | 0x20 : c; }

 private:
  std::bitset<65536> m_bits;
};

class ChunkScanner {
 public:
  // Any bytes; those that are not UTF-8 part words. The text must outlive the scanner and be under 4 GiB.
  explicit ChunkScanner(std::string_view text) : m_text(text) {}
  bool next(Chunk& chunk);
  // Passes over words from here on that stand by themselves, are of ASCII letters and digits alone and begin as none of
  // `wanted`: quick, for who looks for a few words in a long text.
  void pass_over_others(const Beginnings& wanted);

 private:
  uint32_t end_of_word(uint32_t at) const;
  uint32_t after_connector(uint32_t at) const;
  void queue_words_of_run(uint32_t begin);

  std::string_view m_text;
  uint32_t m_at = 0;
  std::vector<Chunk> m_queue;  // words of a script without spaces, last one first
};

// Adds the chunk's tokens, the whole first, then its parts; offsets are those in the chunk.
void expand_chunk(std::string_view chunk, std::vector<Token>& tokens);

}  // namespace pitchblende
