#include "search/matching/text_need.hpp"

#include <algorithm>

#include "search/analysis.hpp"

namespace pitchblende::search {

namespace {

// Words of ASCII letters and digits are passed over unless they begin so; what stemming changes is at their end.
void add_beginnings(const TextNeed& need, Beginnings& beginnings) {
  const auto add = [&](const std::string& word, size_t sure) {
    beginnings.add(std::string_view(word).substr(0, sure));
    if (word.size() > 1 && word[1] == 'i') {
      beginnings.add(std::string{word[0], 'y'});  // dying: die
    }
  };
  switch (need.form) {
    case TextNeed::Form::word:
      for (const std::string& term : need.words) {
        add(term, term.size() >= 6 ? 4 : 2);
      }
      return;
    case TextNeed::Form::phrase:
      beginnings.add(std::string_view(need.words.front()).substr(0, need.words.front().size() >= 4 ? 4 : 2));
      return;
    case TextNeed::Form::prefix:
      add(need.words.front(), need.words.front().size() >= 6 ? 4 : 2);
      return;
  }
}

}  // namespace

TextFinder::TextFinder(const TextNeed& need) : m_need(need) {
  add_beginnings(need, m_beginnings);
  m_last = need.form == TextNeed::Form::phrase ? uint32_t{1} << (need.words.size() - 1) : 1;
}

std::vector<uint32_t> TextFinder::look_at(std::string_view chunk, StemLanguage language) const {
  std::vector<uint32_t> places;
  if (m_need.form == TextNeed::Form::phrase) {
    for (const std::string& atom : atoms_of(chunk)) {
      uint32_t at = 0;
      for (size_t i = 0; i < m_need.words.size(); ++i) {
        at |= m_need.words[i] == atom ? uint32_t{1} << i : 0;
      }
      places.push_back(at);
    }
    return places;
  }
  std::vector<Token> tokens;
  expand_chunk(chunk, tokens);
  const bool found = std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
    const std::string term = term_of(token, language);
    if (m_need.form == TextNeed::Form::word) {
      return std::binary_search(m_need.words.begin(), m_need.words.end(), term);
    }
    return token.folded.starts_with(m_need.words.front()) || term.starts_with(m_need.words.front());
  });
  places.push_back(found ? 1 : 0);
  return places;
}

const std::vector<uint32_t>& TextFinder::places_of(std::string_view chunk, StemLanguage language) {
  auto& met = m_met[m_need.form == TextNeed::Form::phrase ? 0 : static_cast<size_t>(language)];
  auto known = met.find(chunk);
  if (known == met.end()) {
    known = met.emplace(chunk, look_at(chunk, language)).first;
  }
  return known->second;
}

bool TextFinder::stands_in(std::string_view text, StemLanguage language) {
  ChunkScanner scanner(text);
  Chunk chunk;
  uint32_t places = 0;  // bit i: the first i + 1 atoms stand right before here
  for (;;) {
    if (places == 0) {
      scanner.pass_over_others(m_beginnings);
    }
    if (!scanner.next(chunk)) {
      return false;
    }
    for (const uint32_t may : places_of(text.substr(chunk.begin, chunk.end - chunk.begin), language)) {
      places = (places << 1 | 1) & may;
      if ((places & m_last) != 0) {
        return true;
      }
    }
    if (m_need.form != TextNeed::Form::phrase) {
      places = 0;
    }
  }
}

bool TextFinder::stands_in(const Segment& segment, uint32_t doc, const access::Viewer& viewer) {
  TextReader reader(segment.sound_texts(doc));
  StoredText text;
  while (reader.next(text)) {
    const bool of_field =
        m_need.fields.empty() || std::binary_search(m_need.fields.begin(), m_need.fields.end(), text.field);
    if (of_field && segment.sees(viewer, text.visibility, doc) && stands_in(text.text, text.language)) {
      return true;
    }
  }
  return false;
}

}  // namespace pitchblende::search
