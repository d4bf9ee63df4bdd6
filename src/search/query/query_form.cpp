#include "search/query/query_form.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "search/query/query_fields.hpp"

namespace pitchblende::search {

namespace {

void append(std::string& out, const std::string& word) { out += (out.empty() ? "" : " ") + word; }

bool is_words(const QueryNode& node, std::string_view field) {
  if (node.type != NodeType::leaf || node.field != field || node.form != LeafForm::words) {
    return false;
  }
  const std::vector<QueryNode> again = plain_words(node.text, field);
  return again.size() == 1 && again.front() == node;
}

class FormReader {
 public:
  QueryForm form;

  bool take(const QueryNode& node) {
    if (is_words(node, {})) {
      append(form.words, node.text);
      return true;
    }
    if (is_words(node, "title")) {
      append(form.title, node.text);
      return true;
    }
    if (node.type == NodeType::leaf) {
      return node.field.empty() ? take_phrase(node) : take_field(node);
    }
    return node.type == NodeType::negation ? take_none(node) : node.type == NodeType::any && take_any(node);
  }

 private:
  bool take_phrase(const QueryNode& node) { return node.form == LeafForm::phrase && take_value(node, {}, form.phrase); }

  // A field of the form that has room for one value.
  static bool take_value(const QueryNode& node, std::string_view field, std::string& out) {
    const std::vector<QueryNode> again = node.field.empty() ? plain_phrase(node.text) : plain_value(node.text, field);
    if (!out.empty() || again.size() != 1 || again.front() != node) {
      return false;
    }
    out = node.text;
    return true;
  }

  bool take_field(const QueryNode& node) {
    struct Place {
      std::string_view field;
      std::string* out;
    };
    const std::array<Place, 4> places{
        {{"author", &form.author}, {"at", &form.at}, {"group", &form.group}, {"topic", &form.topic}}};
    const auto* const place =
        std::find_if(places.begin(), places.end(), [&](const Place& each) { return each.field == node.field; });
    if (place != places.end()) {
      return take_value(node, place->field, *place->out);
    }
    if (node.field == "kind" && node.form == LeafForm::words && form.kind.empty()) {
      const auto kind = kind_by_word(node.text);
      form.kind = kind && registry::name(*kind) == node.text ? node.text : std::string();
      return !form.kind.empty();
    }
    if (node.field == "open" && node.form == LeafForm::words && form.open.empty()) {
      static constexpr std::array<std::string_view, 5> k_open{"access", "call", "company", "academic", "consortium"};
      form.open = std::find(k_open.begin(), k_open.end(), node.text) == k_open.end() ? std::string() : node.text;
      return !form.open.empty();
    }
    return node.field == "year" && node.form == LeafForm::range && take_years(node.text);
  }

  bool take_years(const std::string& range) {
    const size_t dots = range.find("..");
    const std::string from = range.substr(0, dots);
    const std::string to = dots == std::string::npos ? from : range.substr(dots + 2);
    // One year from the form is written as one year.
    const bool plain = from.size() <= 4 && to.size() <= 4 && (dots == std::string::npos || from != to);
    if (!plain || !form.year_from.empty() || !form.year_to.empty()) {
      return false;
    }
    form.year_from = from;
    form.year_to = to;
    return true;
  }

  bool take_none(const QueryNode& node) {
    if (node.children.empty() || !is_words(node.children.front(), {})) {
      return false;
    }
    append(form.none, node.children.front().text);
    return true;
  }

  bool take_any(const QueryNode& node) {
    const bool words = std::all_of(node.children.begin(), node.children.end(),
                                   [](const QueryNode& child) { return is_words(child, {}); });
    if (!words || !form.any.empty()) {
      return false;
    }
    for (const QueryNode& child : node.children) {
      append(form.any, child.text);
    }
    return true;
  }
};

bool is_year(std::string_view text) {
  return text.size() == 4 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void add(QueryNode& root, std::vector<QueryNode>&& nodes) {
  std::move(nodes.begin(), nodes.end(), std::back_inserter(root.children));
}

}  // namespace

QueryForm read_form(const QueryNode& root, QueryLanguage language) {
  FormReader reader;
  QueryNode rest;
  for (const QueryNode& child : root.children) {
    if (!reader.take(child)) {
      rest.children.push_back(child);
    }
  }
  reader.form.rest = write_query(rest, language);
  return std::move(reader.form);
}

QueryNode form_tree(const QueryForm& form) {
  QueryNode root;
  add(root, plain_words(form.words));
  add(root, plain_phrase(form.phrase));
  std::vector<QueryNode> any = plain_words(form.any);
  if (any.size() == 1) {
    add(root, std::move(any));
  } else if (!any.empty()) {
    root.children.push_back({NodeType::any, std::move(any)});
  }
  for (QueryNode& word : plain_words(form.none)) {
    root.children.push_back({NodeType::negation, {std::move(word)}});
  }
  if (registry::kind(form.kind)) {
    root.children.push_back({NodeType::leaf, {}, "kind", LeafForm::words, form.kind});
  }
  add(root, plain_words(form.title, "title"));
  add(root, plain_value(form.author, "author"));
  add(root, plain_value(form.at, "at"));
  add(root, plain_value(form.group, "group"));
  add(root, plain_value(form.topic, "topic"));
  const std::string from = is_year(form.year_from) ? form.year_from : std::string();
  const std::string to = is_year(form.year_to) ? form.year_to : std::string();
  if (!from.empty() || !to.empty()) {
    const bool turned = !from.empty() && !to.empty() && from > to;
    const std::string& first = turned ? to : from;
    const std::string& last = turned ? from : to;
    root.children.push_back({NodeType::leaf, {}, "year", LeafForm::range, first == last ? first : first + ".." + last});
  }
  if (!form.open.empty()) {
    add(root, plain_value(form.open, "open"));
  }
  ReadQuery rest = read_query(form.rest);
  add(root, std::move(rest.root.children));
  return root;
}

}  // namespace pitchblende::search
