// What is answered while cards or index are being made: a page says how far that is, and nothing is silently short.
// Any thread; IndexReads tells of its own.
#pragma once

#include "pages/site.hpp"

namespace pitchblende::pages {

// Whether the index is read for the answer that this thread makes while it lives.
class IndexReads {
 public:
  IndexReads();
  ~IndexReads();
  IndexReads(const IndexReads&) = delete;
  IndexReads& operator=(const IndexReads&) = delete;
  bool any() const;

  // Somebody reads it.
  static void note();

 private:
  bool m_before;
};

// "The search index is being made: 43 %."
std::string making_words(const pool::Making& making, const Words& words);
// What needs no card: files, and what machines watch.
bool needs_no_cards(const http::Request& request);
// 503 with Retry-After, as a page or as data.
http::Answer not_yet(const Site& site, const http::Request& request, Language language, const pool::Making& making);
// An answer that was made while `making`: not kept, and a 503 instead where it would be short.
http::Answer made_meanwhile(const Site& site, const http::Request& request, Language language,
                            const pool::Making& making, const IndexReads& reads, http::Answer answer);

}  // namespace pitchblende::pages
