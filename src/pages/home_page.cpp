#include "pages/home_page.hpp"

#include <algorithm>
#include <array>

#include "pages/address.hpp"
#include "pages/around.hpp"
#include "pages/thing_table.hpp"
#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

namespace {

using registry::Card;
using registry::Kind;
using search::Facet;

constexpr uint32_t k_most_members = 60;

search::Answer listed(const search::Index& index, Kind kind, std::vector<search::Filter> filters, search::Order order,
                      uint32_t size) {
  search::Query query;
  query.filters = std::move(filters);
  query.filters.push_back({Facet::kind, {std::string(registry::name(kind))}});
  query.order = order;
  query.size = size;
  query.facet_size = 0;
  query.snippets = false;
  return index.search(query, access::Viewer::visitor());
}

std::optional<Card> consortium_card(const Site& site) {
  if (site.settings().consortium.empty()) {
    return std::nullopt;
  }
  const auto id = site.registry().find(site.settings().consortium);
  if (!id || !*id) {
    return std::nullopt;
  }
  auto found = site.registry().find(**id, access::Viewer::visitor());
  return found ? std::move(found->card) : std::nullopt;
}

// The texts of a field in the reader's language; all of them when none is.
Views texts_of(const Card& card, std::string_view name, const Words& words) {
  Views out;
  const auto id = registry::find_field(card.kind, name);
  const registry::CardField* field = id ? card.find(*id) : nullptr;
  for (const bool own : {true, false}) {
    for (const auto& value : field == nullptr || !out.empty() ? std::vector<registry::CardValue>{} : field->values) {
      if (!own || value.value.lang == words.code()) {
        out.push_back(view({{"text", value.value.text}, {"text_lang", value.value.lang}}));
      }
    }
  }
  return out;
}

Views hit_views(const std::vector<search::Hit>& hits, const Words& words) {
  Views out;
  for (const search::Hit& hit : hits) {
    View each = hit_view(hit, words);
    if (!hit.note.empty()) {
      each["note"] = search::title_in(hit.note, words.code());
    }
    out.push_back(std::move(each));
  }
  return out;
}

// What staff wrote for a page, as HTML; null: nothing.
std::shared_ptr<const std::string> written_text(const Site& site, std::string_view name, const Words& words) {
  const texts::Texts* texts = site.settings().texts;
  return texts == nullptr ? nullptr : texts->shown(name, words.language());
}

class Home {
 public:
  Home(const Site& site, const Words& words) : m_site(site), m_words(words), m_index(site.index()) {}

  View body() {
    View out;
    const auto consortium = consortium_card(m_site);
    out["intro"] = consortium ? texts_of(*consortium, "description", m_words) : Views{};
    if (const auto written = written_text(m_site, "home", m_words)) {
      out["written"] = *written;
      out["intro"] = Views{};
    }
    out["has_introduction"] = out.contains("written") || !out["intro"].as_array().empty();
    if (consortium) {
      out["consortium_url"] = thing_address(m_words.code(), consortium->kind, consortium->id);
    }
    const search::Answer everything = all();
    out["figures"] = figures(everything);
    out["members"] = by_role({"member"});
    out["partners"] = by_role({"partner", "regional_player"});
    out["areas"] =
        hit_views(listed(*m_index, Kind::group, {{Facet::type, {"key_area"}}}, search::Order::title, 30).hits, m_words);
    out["recent"] = hit_views(listed(*m_index, Kind::publication, {}, search::Order::newest, 5).hits, m_words);
    out["quick"] = quick();
    search::Query outputs;
    outputs.filters = {{Facet::kind, {"publication"}}};
    outputs.size = 0;
    outputs.facets = {{Facet::year, 120}, {Facet::concept_, 12 + k_check_tags}};
    const search::Answer counted_outputs = m_index->search(outputs, access::Viewer::visitor());
    if (counted_outputs.count > 0) {
      Views plots{years_block("outputs", years_of(counted_outputs), m_words)};
      auto topics = topics_of(counted_outputs);
      topics.resize(std::min<size_t>(topics.size(), 12));
      plots.push_back(bars_block("topics",
                                 counted(*m_index, topics, Facet::concept_, access::Viewer::visitor(), m_words,
                                         [&](const std::string& value) {
                                           return search_address(m_words.code(), {{"concept", value}});
                                         }),
                                 m_words));
      out["plots"] = std::move(plots);
    }
    return out;
  }

 private:
  search::Answer all() const {
    search::Query query;
    query.size = 0;
    query.facets = {{Facet::kind, registry::k_kinds}};
    return m_index->search(query, access::Viewer::visitor());
  }

  std::string list_address(std::string_view kind) const {
    return "/" + std::string(m_words.code()) + "/" + std::string(kind);
  }

  Views figures(const search::Answer& everything) const {
    Views out;
    for (const Kind kind : {Kind::person, Kind::team, Kind::platform, Kind::equipment, Kind::publication, Kind::project,
                            Kind::trial, Kind::patent}) {
      for (const search::FacetCount& each : everything.facets[static_cast<size_t>(Facet::kind)]) {
        if (each.value == registry::name(kind)) {
          out.push_back(view({{"count", m_words.number(each.count)},
                              {"label", m_words.kinds(kind)},
                              {"url", list_address(each.value)}}));
        }
      }
    }
    return out;
  }

  Views by_role(std::vector<std::string> roles) const {
    return hit_views(
        listed(*m_index, Kind::organisation, {{Facet::role, std::move(roles)}}, search::Order::title, k_most_members)
            .hits,
        m_words);
  }

  Views quick() const {
    static constexpr std::array<std::string_view, 6> k_quick = {"equipment",   "platform", "team",
                                                                "publication", "project",  "partnership"};
    Views out;
    if (m_site.settings().desk.booking != nullptr) {
      out.push_back(view({{"label", m_words.get("nav.slots")},
                          {"url", list_address("slots")},
                          {"note", m_words.get("home.quick.slots")}}));
    }
    if (m_site.settings().partnering.partnerships != nullptr) {
      out.push_back(view({{"label", m_words.get("home.quick.partner.label")},
                          {"url", list_address("partner")},
                          {"note", m_words.get("home.quick.partner.note")}}));
    }
    for (const std::string_view kind : k_quick) {
      const std::string key = "home.quick." + std::string(kind);
      out.push_back(view(
          {{"label", m_words.get(key + ".label")}, {"url", list_address(kind)}, {"note", m_words.get(key + ".note")}}));
    }
    return out;
  }

  const Site& m_site;
  const Words& m_words;
  std::shared_ptr<const search::Index> m_index;
};

// Short names of those cards with their full names, each once.
Views acronyms_of(const std::vector<Card>& cards, const Words& words) {
  std::vector<std::pair<std::string, View>> sorted;
  for (const Card& card : cards) {
    const std::string title = title_of(card, words);
    const auto add = [&](const std::string& term, const std::string& meaning) {
      sorted.emplace_back(term, view({{"term", term},
                                      {"meaning", meaning},
                                      {"note", title == meaning ? std::string() : title},
                                      {"url", thing_address(words.code(), card.kind, card.id)}}));
    };
    for (const registry::CardField& field : card.fields) {
      const std::string_view name = registry::description(field.field).name;
      for (const auto& value : field.values) {
        if (name == "names" && value.value.get(registry::Attribute::type) == "acronym") {
          add(value.value.text, card.label);
        } else if (name == "acronym") {
          add(value.value.text, title);
        }
      }
    }
  }
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : a.second.at("url").as_string() < b.second.at("url").as_string();
  });
  Views terms;
  std::string last;
  for (auto& [term, each] : sorted) {
    // Two sources that write it in two languages say it once.
    std::string said = term + '\n' + std::string(each.at("url").as_string());
    if (said != last) {
      terms.push_back(std::move(each));
    }
    last = std::move(said);
  }
  return terms;
}

// Words of the field, then the short names of who has a role in the consortium, of teams and of platforms.
Views glossary(const Site& site, const Words& words) {
  constexpr size_t k_most = 500;  // of a kind
  const auto index = site.index();
  const auto ids_of = [&](Kind kind, const std::vector<search::Filter>& filters) {
    std::vector<Id> ids;
    for (const search::Hit& hit : listed(*index, kind, filters, search::Order::title, k_most).hits) {
      ids.push_back(hit.id);
    }
    return ids;
  };
  Views sections;
  const auto add = [&](std::string_view id, Views terms) {
    if (!terms.empty()) {
      View section = view({{"id", id}, {"title", words.get("glossary." + std::string(id))}});
      section["terms"] = std::move(terms);
      section["has_terms"] = true;
      sections.push_back(std::move(section));
    }
  };
  const auto* page = words.all().if_contains("glossary");
  const auto* known = page != nullptr ? page->as_object().if_contains("words_of_the_field") : nullptr;
  Views of_the_field;
  for (const auto& each : known != nullptr ? known->as_array() : Views{}) {
    View term = each.as_object();
    term["url"] = false;  // it has no page
    term["note"] = false;
    of_the_field.push_back(std::move(term));
  }
  add("field", std::move(of_the_field));
  const auto add_cards = [&](std::string_view id, const std::vector<Id>& ids) {
    const auto cards = site.registry().cards(ids, access::Viewer::visitor());
    add(id, acronyms_of(cards ? *cards : std::vector<Card>{}, words));
  };
  std::vector<Id> ids;
  for (const std::string_view role : {"founder", "member", "partner", "regional_player"}) {
    const std::vector<Id> some = ids_of(Kind::organisation, {{Facet::role, {std::string(role)}}});
    ids.insert(ids.end(), some.begin(), some.end());
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  add_cards("acronyms", ids);
  add_cards("teams", ids_of(Kind::team, {}));
  add_cards("platforms", ids_of(Kind::platform, {}));
  return sections;
}

// The sections that the words hold: [{"id", "title", "paragraphs": [text]}]
Views sections_of(const Words& words, std::string_view key) {
  Views sections;
  const auto* page = words.all().if_contains(key);
  const auto* said = page != nullptr && page->is_object() ? page->as_object().if_contains("sections") : nullptr;
  for (const auto& section : said != nullptr && said->is_array() ? said->as_array() : Views{}) {
    View each = section.as_object();
    Views paragraphs;
    if (const auto* texts = each.if_contains("paragraphs"); texts != nullptr && texts->is_array()) {
      for (const auto& text : texts->as_array()) {
        paragraphs.push_back(text.is_string() ? boost::json::value(View{{"text", text}}) : text);
      }
    }
    each["paragraphs"] = std::move(paragraphs);
    sections.push_back(std::move(each));
  }
  return sections;
}

}  // namespace

http::Answer home_page(const Site& site, const http::Request& request, Language language) {
  const Words& words = site.words(language);
  View body = Home(site, words).body();
  body["is_home"] = true;
  body["description"] = words.get("site.tagline");
  const std::string& name = site.settings().name;
  return site.page(request, language, "home", name.empty() ? words.get("site.name") : name, std::move(body), {});
}

http::Answer glossary_data(const Site& site, const http::Request& request, Language language, http::Format format) {
  const Views terms = glossary(site, site.words(language));
  if (format == http::Format::json) {
    return json_answer(View{{"terms", terms}}, format);
  }
  if (format != http::Format::csv) {
    return site.error(request, language, 404);
  }
  constexpr std::array<std::string_view, 4> k_columns = {"term", "meaning", "note", "url"};
  http::Answer answer;
  answer.type = http::media_type(format);
  answer.body = "\xEF\xBB\xBFterm,meaning,note,address\r\n";
  for (const auto& term : terms) {
    for (const std::string_view column : k_columns) {
      const boost::json::value* text = term.as_object().if_contains(column);
      answer.body += column == k_columns.front() ? "" : ",";
      append_cell(answer.body, text == nullptr ? std::string_view() : std::string_view(text->as_string()));
    }
    answer.body += "\r\n";
  }
  answer.shared = true;
  return answer;
}

http::Answer text_page(const Site& site, const http::Request& request, Language language, std::string_view name) {
  static constexpr std::array<std::string_view, 5> k_texts = {"about", "glossary", "contacts", "accessibility",
                                                              "legal"};
  const Words& words = site.words(language);
  const auto written = written_text(site, name, words);
  if (std::find(k_texts.begin(), k_texts.end(), name) == k_texts.end() || (name == "legal" && !written)) {
    return site.error(request, language, 404, name);
  }
  const std::string key(name);
  View body;
  Views sections = written ? Views{} : sections_of(words, key);
  if (written) {
    body["written"] = *written;
  }
  if (name == "about") {
    if (const auto consortium = consortium_card(site)) {
      View own = view({{"id", "consortium"}, {"title", title_of(*consortium, words)}});
      own["paragraphs"] = texts_of(*consortium, "description", words);
      sections.insert(sections.begin(), std::move(own));
    }
  }
  if (name == "glossary") {
    for (auto& section : glossary(site, words)) {
      sections.push_back(std::move(section));
    }
  }
  if (name == "contacts" && !site.settings().contact.empty()) {
    View mail = view({{"id", "mail"}, {"title", words.get("contacts.mail")}});
    mail["links"] = Views{view({{"label", site.settings().contact}, {"url", "mailto:" + site.settings().contact}})};
    sections.push_back(std::move(mail));
  }
  body["sections"] = std::move(sections);
  const std::string title = words.get(key + ".title");
  body["description"] = title;
  body["lead"] = words.get(key + ".lead");
  return site.page(request, language, "text", title, std::move(body), {{title, {}}});
}

}  // namespace pitchblende::pages
