// A term of a vocabulary while it is read, and how it becomes a record of a concept. Inside sources. Values.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sources/source.hpp"

namespace pitchblende::sources {

struct TermName {
  std::string text;
  std::string lang;
};

struct Term {
  std::string key;     // of the record; empty: the code
  std::string scheme;  // MeSH, OncoTree, HP…
  std::string code;    // unique among all vocabularies: D001943, HP:0000118
  std::vector<TermName> labels;
  std::vector<TermName> synonyms;
  std::vector<TermName> definitions;
  std::vector<std::string> broader;  // codes
  std::vector<std::string> related;
  std::string version;
  std::string homepage;
};

// Accepts it, or rejects what has no code or no name.
void hand_on(const Term& term, const Place& place, RecordSink& sink);

// Terms that a file tells in several places, in the order in which they were met first.
class TermList {
 public:
  struct Item {
    Term term;
    Place place;
  };
  explicit TermList(std::string file) : m_file(std::move(file)) {}
  Term& of(const std::string& code, int64_t line);
  std::vector<Item>& items() { return m_items; }
  // Hands on all of them.
  Result<void> finish(const ByteStream& bytes, RecordSink& sink);

 private:
  std::string m_file;
  std::vector<Item> m_items;
  std::map<std::string, size_t, std::less<>> m_places;
};

// Lines of a stream, without their ends; one that is longer than the limit is cut. One thread.
class LineReader {
 public:
  explicit LineReader(ByteStream& bytes) : m_bytes(bytes) {}
  // False: there is no more. Errors: the stream's own.
  Result<bool> next(std::string_view& line);
  int64_t number() const { return m_number; }  // of the line given last, from 1

 private:
  static constexpr size_t k_longest_line = size_t{1} << 20;
  ByteStream& m_bytes;
  std::string m_line;
  std::string_view m_left;
  int64_t m_number = 0;
  bool m_ended = false;
};

std::vector<std::string_view> cells_of(std::string_view line, char separator);

}  // namespace pitchblende::sources
