#include "pages/rich_text.hpp"

#include <cmark.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include "access/access_rules.hpp"
#include "base/text.hpp"
#include "pages/address.hpp"

namespace pitchblende::pages {

namespace {

struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
using Document = std::unique_ptr<cmark_node, FreeNode>;

struct FreeText {
  void operator()(char* text) const { std::free(text); }  // NOLINT(cppcoreguidelines-no-malloc): cmark's own
};
using CText = std::unique_ptr<char, FreeText>;

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

// Where a link may lead; empty: nowhere.
std::string link_of(std::string_view address) {
  if (std::string own = access::own_path(address); !own.empty()) {
    return own;
  }
  if (address.starts_with("mailto:")) {
    const auto email = access::email_address(address.substr(7));
    return email ? "mailto:" + *email : std::string();
  }
  return safe_address(address);
}

// A part and what is in it, inner ones first: each may be changed or taken out without the next being lost.
std::vector<cmark_node*> inner_first(cmark_node* document) {
  std::vector<cmark_node*> out;
  cmark_iter* each = cmark_iter_new(document);
  for (cmark_event_type event = cmark_iter_next(each); event != CMARK_EVENT_DONE; event = cmark_iter_next(each)) {
    cmark_node* node = cmark_iter_get_node(each);
    const cmark_node_type type = cmark_node_get_type(node);
    const bool is_leaf = type == CMARK_NODE_HTML_BLOCK || type == CMARK_NODE_HTML_INLINE;
    if (event == CMARK_EVENT_EXIT || is_leaf) {
      out.push_back(node);
    }
  }
  cmark_iter_free(each);
  return out;
}

void put_before(cmark_node* node, cmark_node_type type, const std::string& literal) {
  cmark_node* text = cmark_node_new(type);
  cmark_node_set_literal(text, literal.c_str());
  cmark_node_insert_before(node, text);
}

void take_out(cmark_node* node) {
  cmark_node_unlink(node);
  cmark_node_free(node);
}

// The words of a link or a picture stay where it stood.
void leave_words(cmark_node* node) {
  while (cmark_node* child = cmark_node_first_child(node)) {
    cmark_node_insert_before(node, child);
  }
  take_out(node);
}

// A tag among words is shown as it was typed.
void show_tag(cmark_node* node) {
  const char* literal = cmark_node_get_literal(node);
  put_before(node, CMARK_NODE_TEXT, literal == nullptr ? "" : literal);
  take_out(node);
}

// What begins with a tag is Markdown all the same: read once more, with no tag in it.
void read_again(cmark_node* block) {
  const char* literal = cmark_node_get_literal(block);
  std::string text;
  for (const char c : std::string_view(literal == nullptr ? "" : literal)) {
    text += c == '<' ? std::string("&lt;") : std::string(1, c);
  }
  const Document inside(cmark_parse_document(text.data(), text.size(), CMARK_OPT_VALIDATE_UTF8));
  while (cmark_node* child = cmark_node_first_child(inside.get())) {
    cmark_node_insert_before(block, child);
  }
  take_out(block);
}

std::string address_of(cmark_node* link) {
  const char* typed = cmark_node_get_url(link);
  return link_of(typed == nullptr ? "" : typed);
}

void make_html_link(cmark_node* link, std::string_view leaves) {
  const std::string address = address_of(link);
  if (address.empty()) {
    leave_words(link);
    return;
  }
  if (cmark_node_first_child(link) == nullptr) {
    cmark_node* text = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(text, address.c_str());
    cmark_node_append_child(link, text);
  }
  const bool elsewhere = address.starts_with("http");
  const std::string begin =
      "<a href=\"" + escaped(address) + (elsewhere ? "\" class=\"out\" rel=\"external noopener\">" : "\">");
  const std::string end =
      elsewhere && !leaves.empty() ? "<span class=\"hidden\"> " + escaped(leaves) + "</span></a>" : "</a>";
  cmark_node* ours = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
  cmark_node_set_on_enter(ours, begin.c_str());
  cmark_node_set_on_exit(ours, end.c_str());
  cmark_node_insert_before(link, ours);
  while (cmark_node* child = cmark_node_first_child(link)) {
    cmark_node_append_child(ours, child);
  }
  take_out(link);
}

void make_plain_link(cmark_node* link) {
  if (const std::string address = address_of(link); !address.empty()) {
    cmark_node* text = cmark_node_new(CMARK_NODE_TEXT);
    const bool bare = cmark_node_first_child(link) == nullptr;
    cmark_node_set_literal(text, (bare ? address : " (" + address + ")").c_str());
    cmark_node_append_child(link, text);
  }
  leave_words(link);
}

enum class Form : uint8_t { html, plain };

Document read(std::string_view text, Form form, std::string_view leaves) {
  Document document(cmark_parse_document(text.data(), text.size(), CMARK_OPT_VALIDATE_UTF8));
  for (cmark_node* node : inner_first(document.get())) {
    if (cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK) {
      read_again(node);
    }
  }
  for (cmark_node* node : inner_first(document.get())) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_HTML_INLINE:
        show_tag(node);
        break;
      case CMARK_NODE_IMAGE:
        leave_words(node);
        break;
      case CMARK_NODE_LINK:
        form == Form::html ? make_html_link(node, leaves) : make_plain_link(node);
        break;
      case CMARK_NODE_HEADING:
        if (cmark_node_first_child(node) == nullptr) {
          take_out(node);
        }
        break;
      default:
        break;
    }
  }
  return document;
}

// The highest heading becomes `top`, and none is more than one below the heading before it.
void shift_headings(cmark_node* document, int top) {
  constexpr int k_lowest = 6;
  std::vector<cmark_node*> headings;
  int highest = k_lowest;
  for (cmark_node* node : inner_first(document)) {
    if (cmark_node_get_type(node) == CMARK_NODE_HEADING) {
      headings.push_back(node);
      highest = std::min(highest, cmark_node_get_heading_level(node));
    }
  }
  int before = top - 1;
  for (cmark_node* heading : headings) {
    before = std::min({cmark_node_get_heading_level(heading) - highest + top, before + 1, k_lowest});
    cmark_node_set_heading_level(heading, before);
  }
}

void append_plain(std::string& out, cmark_node* node, cmark_event_type event) {
  switch (cmark_node_get_type(node)) {
    case CMARK_NODE_ITEM:
      out += event == CMARK_EVENT_ENTER ? "– " : "";
      break;
    case CMARK_NODE_PARAGRAPH:
    case CMARK_NODE_HEADING:
      out += event == CMARK_EVENT_EXIT ? "\n" : "";
      break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
      out += '\n';
      break;
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
    case CMARK_NODE_CODE_BLOCK:
      out += cmark_node_get_literal(node);
      break;
    default:
      break;
  }
}

}  // namespace

std::string rich_html(std::string_view text, std::string_view leaves, int top) {
  const Document document = read(text, Form::html, leaves);
  shift_headings(document.get(), top);
  return CText(cmark_render_html(document.get(), CMARK_OPT_HARDBREAKS)).get();
}

std::string plain_text(std::string_view text) {
  const Document document = read(text, Form::plain, {});
  std::string out;
  cmark_iter* each = cmark_iter_new(document.get());
  for (cmark_event_type event = cmark_iter_next(each); event != CMARK_EVENT_DONE; event = cmark_iter_next(each)) {
    append_plain(out, cmark_iter_get_node(each), event);
  }
  cmark_iter_free(each);
  return std::string(trim(out));
}

}  // namespace pitchblende::pages
