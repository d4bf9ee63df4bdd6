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

// How words of ASCII letters and digits begin, letters in lower case: some by two bytes, some by four.
class Beginnings {
 public:
  // All words that begin so: with four bytes, of longer ones the first four; else with two; one byte begins all that
  // begin with it.
  void add(std::string_view beginning) {
    const auto byte = [&](size_t at) { return static_cast<unsigned char>(beginning[at]); };
    if (beginning.size() >= 4) {
      m_fours.set(place(byte(0), byte(1), byte(2), byte(3)));
    } else if (beginning.size() >= 2) {
      m_twos.set(size_t{byte(0)} << 8 | byte(1));
    } else {
      for (size_t second = 0; second < 256; ++second) {
        m_twos.set(size_t{byte(0)} << 8 | second);
      }
    }
  }
  // May be true of a few others.
  bool have(std::string_view word) const {
    const auto byte = [&](size_t at) { return lower(static_cast<unsigned char>(at < word.size() ? word[at] : 0)); };
    return m_twos[size_t{byte(0)} << 8 | byte(1)] ||
           (word.size() >= 4 && m_fours[place(byte(0), byte(1), byte(2), byte(3))]);
  }
  static unsigned char lower(unsigned char c) { return c >= 'A' && c <= 'Z' ? c | 0x20 : c; }

 private:
  static size_t place(uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
    return ((a << 24 | b << 16 | c << 8 | d) * 2654435761U) >> 16;
  }
  std::bitset<65536> m_twos;
  std::bitset<65536> m_fours;
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
