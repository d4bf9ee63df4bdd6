#include "pages/entry/typed_words.hpp"

#include <algorithm>
#include <array>

#include "access/access_rules.hpp"
#include "base/beginning.hpp"
#include "base/id.hpp"
#include "base/text.hpp"
#include "pages/entry/typed_card.hpp"

namespace pitchblende::pages {

namespace {

constexpr size_t k_most_fields = 300;
constexpr size_t k_most_bytes = 512U << 10U;
constexpr size_t k_line = 70;       // characters
constexpr size_t k_most_rows = 12;  // what is longer is scrolled

// What our pages put into forms: which thing, which version, where to go then.
constexpr std::array<std::string_view, 26> k_put_there{
    "a",    "account", "ask",  "b",      "back",  "booking", "do",      "form_token",      "keep",
    "mark", "minutes", "next", "number", "once",  "person",  "request", "resource",        "revision",
    "seen", "shown",   "sort", "sought", "state", "thread",  "which",   "List-Unsubscribe"};
// What is chosen from a list comes back as its code.
constexpr std::array<std::string_view, 4> k_chosen{"kind", "role", "stage", "how"};

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// An id, a secret, an address of ours, or a box that was ticked.
bool is_put_there(std::string_view value) {
  const bool hex = (value.size() == 32 || value.size() == 64) &&
                   value.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  const auto id = Id::parse(value);
  const bool box = value == "yes" || value == "no" || value == "on" || value == "true" || value == "false";
  const bool is_id = id && id->text() == value && value.find_first_of("0123456789") != std::string_view::npos;
  return hex || is_id || box || value.starts_with("/fr/") || value.starts_with("/en/");
}

// Where the labels of a room's forms are, by the first part of its addresses.
std::vector<std::string> label_keys(std::string_view path) {
  const std::string_view below = path.size() > 4 ? path.substr(4) : std::string_view();
  const std::string_view room = below.substr(0, below.find('/'));
  if (below.starts_with("admin/texts")) {
    return {"admin.texts."};
  }
  static const std::vector<std::pair<std::string_view, std::vector<std::string>>> k_rooms{
      {"proposals", {"calls.", "calls.edit."}},
      {"reviews", {"calls.", "calls.edit."}},
      {"review-invitations", {"calls.invitation.", "calls."}},
      {"calls", {"calls.", "calls.edit."}},
      {"group", {"groups."}},
      {"requests", {"requests."}},
      {"partnerships", {"partnerships."}},
      {"bookings", {"booking."}},
      {"equipment", {"booking."}},
      {"account", {"account.ask.", "personal."}},
      {"confirm", {"confirm.link."}},
      {"curation", {"curation."}}};
  for (const auto& [of, keys] : k_rooms) {
    if (of == room) {
      return keys;
    }
  }
  return {};
}

std::string known_label(const Words& words, std::string_view path, const std::string& name) {
  for (const std::string& before : label_keys(path)) {
    for (const std::string& key : {before + name + "_label", before + name}) {
      if (std::string label = words.get(key); label != key) {
        return label;
      }
    }
  }
  const std::string own = "entry.typed.fields." + name;
  return words.has(own) ? words.get(own) : std::string();
}

// What the form itself calls its field, where it says so.
std::string said_label(const http::Form& form, const std::string& name) {
  constexpr size_t k_longest_label = 200;
  return squeeze(beginning(form.value("label_" + name), k_longest_label));
}

// "section_3" is "Section 3", what has no words at all is called by its name.
std::string label_of(const Words& words, std::string_view path, const std::string& name) {
  if (std::string label = known_label(words, path, name); !label.empty()) {
    return label;
  }
  const size_t last = name.rfind('_');
  if (last != std::string::npos && is_digits(std::string_view(name).substr(last + 1))) {
    const std::string number = name.substr(last + 1);
    const std::string label = known_label(words, path, name.substr(0, last));
    if (!label.empty()) {
      return label.find("{n}") != std::string::npos ? put_in(label, "n", number) : label + " " + number;
    }
  }
  return with_capital(words.of_word(name));
}

// A time as a browser sends it is read with a space.
std::string text_of(const Words& words, std::string_view name, std::string_view value) {
  if (std::find(k_chosen.begin(), k_chosen.end(), name) != k_chosen.end()) {
    return words.of_word(value);
  }
  if (name == "language") {
    return words.language(value);
  }
  std::string text(value);
  const bool is_time = text.size() == 16 && text[10] == 'T' && is_digits(text.substr(0, 4)) && text[13] == ':';
  if (is_time) {
    text[10] = ' ';
  }
  return text;
}

std::string rows_for(std::string_view text) {
  size_t rows = 1;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    rows += count_letters(text.substr(at, end - at)) / k_line + (at == 0 ? 0 : 1);
    at = end + 1;
  }
  return std::to_string(std::min(rows, k_most_rows));
}

std::vector<TypedWord> typed_in(const http::Form& form, const Words& words, std::string_view path) {
  std::vector<TypedWord> out = typed_in_card(form, words);
  const bool is_card = is_card_form(form);
  for (const auto& [name, value] : form.fields) {
    const bool of_card = is_card && name.size() > 1 && is_digits(std::string_view(name).substr(1));
    if (!of_card && !value.empty() && is_typed_name(name) && !is_put_there(value)) {
      const std::string label = said_label(form, name);
      out.push_back({label.empty() ? label_of(words, path, name) : label, text_of(words, name, value)});
    }
  }
  return out;
}

}  // namespace

bool is_typed_name(std::string_view name) {
  const bool numbered = name.size() > 1 && is_digits(name.substr(1));
  return !name.starts_with("seen_") && !name.starts_with("label_") &&
         !(numbered && (name[0] == 's' || name[0] == 'b' || name[0] == 'w')) &&
         std::find(k_put_there.begin(), k_put_there.end(), name) == k_put_there.end();
}

void put_typed(const http::Request& request, const Words& words, View& body) {
  const auto form = http::read_form(request);
  if (!form) {
    return;
  }
  Views typed;
  size_t bytes = 0;
  for (const TypedWord& each : typed_in(*form, words, request.path)) {
    bytes += each.text.size();
    if (typed.size() == k_most_fields || bytes > k_most_bytes) {
      body["typed_cut"] = true;
      break;
    }
    typed.push_back(view({{"n", std::to_string(typed.size() + 1)},
                          {"label", each.label},
                          {"text", each.text},
                          {"rows", rows_for(each.text)}}));
  }
  body["typed"] = std::move(typed);
  std::string files;
  for (const http::FormFile& each : form->files) {
    files += (files.empty() ? "" : ", ") + each.name;
  }
  if (!files.empty()) {
    body["files_again"] = put_in(words.get("entry.typed.files"), "files", files);
  }
}

std::string address_of_form(const http::Router& router, const http::Request& request) {
  const std::string host = "://" + std::string(request.header("host")) + "/";
  const std::string_view from = request.header("referer");
  const size_t at = from.find(host);
  http::Request page;
  const bool is_own = at != std::string_view::npos && at <= std::string_view("https").size();
  const std::string said(is_own ? from.substr(at + host.size() - 1) : std::string_view());
  if (is_own && http::read_target(said, page) && router.takes(page)) {
    return access::own_path(said);
  }
  page.path = request.path;
  while (page.path.size() > std::string_view("/fr/").size() && !router.takes(page)) {
    page.path.resize(page.path.rfind('/'));
  }
  return page.path.size() > std::string_view("/fr/").size() ? access::own_path(page.path) : std::string();
}

void add_way_on(View& body, const std::string& url, const std::string& label) {
  if (!body.contains("ways_on")) {
    body["ways_on"] = Views();
  }
  body["ways_on"].as_array().push_back(view({{"url", url}, {"label", label}}));
}

}  // namespace pitchblende::pages
