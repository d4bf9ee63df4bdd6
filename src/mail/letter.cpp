#include "mail/letter.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <ctime>

#include "base/id.hpp"
#include "base/text.hpp"
#include "mail/errors.hpp"

namespace pitchblende::mail {

namespace {

namespace json = boost::json;

std::string base64(std::string_view text) {
  std::string out(sodium_base64_ENCODED_LEN(text.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  out.pop_back();
  return out;
}

std::string base64_lines(std::string_view text) {
  constexpr size_t k_line = 76;
  const std::string all = base64(text);
  std::string out;
  for (size_t at = 0; at < all.size(); at += k_line) {
    out += all.substr(at, k_line);
    out += "\r\n";
  }
  return out;
}

// RFC 2047, section 2: words of 75 characters at most, cut between characters.
std::string header_text(std::string_view given) {
  std::string text = squeeze(clean_utf8(given));
  constexpr size_t k_bytes_of_a_word = 42;
  bool plain = text.size() < 60;
  for (const char c : text) {
    plain = plain && c >= 0x20 && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '=' && c != '?' && c != ',';
  }
  if (plain) {
    return text;
  }
  std::string out;
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(at + k_bytes_of_a_word, text.size());
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
      --end;
    }
    out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(text.substr(at, end - at)) + "?=";
    at = end;
  }
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// RFC 5322, 3.3.
std::string date_of(const std::string& at) {
  static constexpr std::array<std::string_view, 7> k_days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array<std::string_view, 12> k_months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm parts{};
  if (strptime(at.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) == nullptr) {
    return {};
  }
  std::array<char, 32> day{};
  std::array<char, 32> time{};
  std::strftime(day.data(), day.size(), "%d", &parts);
  std::strftime(time.data(), time.size(), "%Y %H:%M:%S +0000", &parts);
  return std::string(k_days[static_cast<size_t>(parts.tm_wday)]) + ", " + day.data() + " " +
         std::string(k_months[static_cast<size_t>(parts.tm_mon)]) + " " + time.data();
}

// Nothing that could end a parameter or a header.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c >= 0x20 && c < 0x7F && c != '"' ? std::string(1, c) : std::string();
  }
  return out;
}

// A part with its header; with a name, a file.
std::string part(std::string_view type, std::string_view name, std::string_view text) {
  std::string out = "Content-Type: " + std::string(type) + "; charset=utf-8";
  if (!name.empty()) {
    out += "; name=\"" + std::string(name) + "\"\r\nContent-Disposition: attachment; filename=\"" + std::string(name) +
           "\"";
  }
  return out + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64_lines(text);
}

// What it says, as text and as HTML: a part of type multipart/alternative with its header.
std::string said(const Letter& letter, const std::string& mark) {
  const std::string boundary = "part_" + mark;
  std::string out = "Content-Type: multipart/alternative; boundary=\"" + boundary + "\"\r\n\r\n";
  out += "--" + boundary + "\r\n" + part("text/plain", {}, letter_text(letter));
  out += "--" + boundary + "\r\n" + part("text/html", {}, letter_html(letter));
  return out + "--" + boundary + "--\r\n";
}

}  // namespace

std::string letter_text(const Letter& letter) {
  std::string out;
  // What has nothing to say leaves no empty line behind.
  for (const std::string& paragraph : letter.paragraphs) {
    out += paragraph.empty() ? "" : paragraph + "\r\n\r\n";
  }
  if (!letter.action_url.empty()) {
    out += letter.action + (letter.language == Language::french ? "\u00A0:" : ":") + "\r\n" + letter.action_url +
           "\r\n\r\n";
  }
  for (const auto& [label, address] : letter.links) {
    out += "- " + label + "\r\n  " + address + "\r\n\r\n";
  }
  out += letter.closing.empty() ? "" : letter.closing + "\r\n\r\n";
  out.resize(out.size() - (out.empty() ? 0 : 2));
  return out;
}

std::string letter_html(const Letter& letter) {
  std::string out = "<!doctype html>\r\n<html lang=\"";
  out += letter.language == Language::french ? "fr" : "en";
  out += "\"><head><meta charset=\"utf-8\"><title>" + escaped(letter.subject) +
         "</title></head>\r\n<body style=\"font:16px/1.6 sans-serif;max-width:38em\">\r\n";
  for (const std::string& paragraph : letter.paragraphs) {
    out += paragraph.empty() ? "" : "<p>" + escaped(paragraph) + "</p>\r\n";
  }
  if (!letter.action_url.empty()) {
    const std::string url = escaped(letter.action_url);
    out += "<p><a href=\"" + url + "\">" + escaped(letter.action) + "</a></p>\r\n<p>" + url + "</p>\r\n";
  }
  for (const auto& [label, address] : letter.links) {
    out += "<p><a href=\"" + escaped(address) + "\">" + escaped(label) + "</a></p>\r\n";
  }
  out += letter.closing.empty() ? "" : "<p>" + escaped(letter.closing) + "</p>\r\n";
  return out + "</body></html>\r\n";
}

std::string message(const Letter& letter, const Envelope& envelope) {
  const std::string mark = hash128_hex(envelope.id + letter.to);
  const std::string domain = envelope.from.substr(envelope.from.find('@') + 1);
  std::string out = "From: " + header_text(envelope.from_name) + " <" + envelope.from + ">\r\n";
  out += "To: <" + letter.to + ">\r\n";
  out += "Subject: " + header_text(letter.subject) + "\r\n";
  out += "Date: " + date_of(envelope.at) + "\r\n";
  out += "Message-ID: <" + envelope.id + "@" + domain + ">\r\n";
  out += std::string("Content-Language: ") + (letter.language == Language::french ? "fr" : "en") + "\r\n";
  if (!letter.stop_url.empty()) {
    out += "List-Unsubscribe: <" + letter.stop_url + ">\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
  }
  out += "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n";
  if (letter.attachments.empty()) {
    return out + said(letter, mark);
  }
  const std::string boundary = "parts_" + mark;
  out += "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\r\n\r\n--" + boundary + "\r\n";
  out += said(letter, mark);
  for (const Attachment& each : letter.attachments) {
    out += "--" + boundary + "\r\n" + part(one_line(each.type), one_line(each.name), each.text);
  }
  return out + "--" + boundary + "--\r\n";
}

std::string encode(const Letter& letter) {
  json::array paragraphs;
  for (const std::string& each : letter.paragraphs) {
    paragraphs.emplace_back(each);
  }
  json::array links;
  for (const auto& [label, address] : letter.links) {
    links.push_back(json::array{json::string(label), json::string(address)});
  }
  json::array attachments;
  for (const Attachment& each : letter.attachments) {
    attachments.push_back(json::array{json::string(each.name), json::string(each.type), json::string(each.text)});
  }
  // Bytes that are no UTF-8 would make a text that no parser takes.
  return clean_utf8(json::serialize(json::object{{"language", letter.language == Language::french ? "fr" : "en"},
                                                 {"subject", letter.subject},
                                                 {"paragraphs", std::move(paragraphs)},
                                                 {"action", letter.action},
                                                 {"action_url", letter.action_url},
                                                 {"links", std::move(links)},
                                                 {"closing", letter.closing},
                                                 {"stop_url", letter.stop_url},
                                                 {"attachments", std::move(attachments)}}));
}

Result<Letter> decode_letter(std::string_view text) {
  boost::system::error_code error;
  const json::value parsed = json::parse(text, error);
  const json::object* object = error ? nullptr : parsed.if_object();
  if (object == nullptr) {
    return fail(errors::damaged);
  }
  const auto get = [&](std::string_view name) {
    const json::value* value = object->if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
  };
  Letter letter;
  letter.language = get("language") == "fr" ? Language::french : Language::english;
  letter.subject = get("subject");
  letter.action = get("action");
  letter.action_url = get("action_url");
  letter.closing = get("closing");
  letter.stop_url = get("stop_url");
  const json::value* paragraphs = object->if_contains("paragraphs");
  for (const json::value& each :
       paragraphs != nullptr && paragraphs->is_array() ? paragraphs->as_array() : json::array()) {
    letter.paragraphs.push_back(each.is_string() ? std::string(each.as_string()) : std::string());
  }
  const json::value* links = object->if_contains("links");
  for (const json::value& each : links != nullptr && links->is_array() ? links->as_array() : json::array()) {
    const json::array* pair = each.if_array();
    if (pair != nullptr && pair->size() == 2 && pair->at(0).is_string() && pair->at(1).is_string()) {
      letter.links.emplace_back(pair->at(0).as_string(), pair->at(1).as_string());
    }
  }
  const json::value* attachments = object->if_contains("attachments");
  for (const json::value& each :
       attachments != nullptr && attachments->is_array() ? attachments->as_array() : json::array()) {
    const json::array* file = each.if_array();
    if (file != nullptr && file->size() == 3 &&
        std::all_of(file->begin(), file->end(), [](const json::value& value) { return value.is_string(); })) {
      letter.attachments.push_back({std::string(file->at(0).as_string()), std::string(file->at(1).as_string()),
                                    std::string(file->at(2).as_string())});
    }
  }
  return letter;
}

}  // namespace pitchblende::mail
