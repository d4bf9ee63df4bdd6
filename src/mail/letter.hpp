// A letter and its form on the wire: text and HTML that say the same. Pure, any thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace pitchblende::mail {

// A file that goes along with a letter. Its text is UTF-8.
struct Attachment {
  std::string name;  // "booking.ics"
  std::string type;  // "text/calendar; method=PUBLISH"
  std::string text;
};

struct Letter {
  std::string to;    // an address, checked
  std::string kind;  // "sign_in": what an administrator sees of it
  Language language = Language::english;
  std::string subject;
  std::vector<std::string> paragraphs;
  std::string action;  // of the one button; empty: none
  std::string action_url;
  std::vector<std::pair<std::string, std::string>> links = {};  // a list of further addresses: label, address
  std::string closing;
  std::string expires;  // "2026-11-24T10:20:30Z": of no use after that; empty: never
  // RFC 2369 and 8058: where a mail program stops letters of this kind in one click; empty: they are not to be stopped.
  std::string stop_url = {};
  std::vector<Attachment> attachments = {};
};

struct Envelope {
  std::string from;
  std::string from_name;
  std::string at;  // "2026-11-24T10:20:30Z"
  std::string id;  // the same for each try: a letter that comes twice is known to be one
};

// RFC 5322, 2045–2047: ASCII lines with CRLF, multipart/alternative in base64, within multipart/mixed where files go
// along. Whatever stands in a letter stays in its place: no header can be added.
std::string message(const Letter& letter, const Envelope& envelope);
std::string letter_text(const Letter& letter);
std::string letter_html(const Letter& letter);
// One form to keep a letter in.
std::string encode(const Letter& letter);
Result<Letter> decode_letter(std::string_view text);

}  // namespace pitchblende::mail
