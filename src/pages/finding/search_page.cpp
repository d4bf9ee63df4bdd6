#include "pages/finding/search_page.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "pages/address.hpp"
#include "pages/around.hpp"
#include "pages/data.hpp"
#include "pages/finding/search_notes.hpp"
#include "pages/personal/personal_pages.hpp"
#include "pages/thing_table.hpp"

namespace pitchblende::pages {

namespace {

using registry::Kind;
using search::Facet;
using Parameters = std::vector<std::pair<std::string, std::string>>;

constexpr uint32_t k_page = 20;
constexpr uint32_t k_facet_values = 8;
constexpr uint32_t k_values_for_machines = 20;
constexpr uint32_t k_furthest = 10'000;  // what stands further down nobody pages to: he narrows down
constexpr uint32_t k_years = 100;        // looked at, to show the newest
constexpr size_t k_most_filters = 20;

constexpr std::array k_shown_facets = {
    Facet::kind,    Facet::role,     Facet::institution, Facet::group,     Facet::concept_,   Facet::type,
    Facet::make,    Facet::open_to,  Facet::booking,     Facet::condition, Facet::capability, Facet::material,
    Facet::field,   Facet::phase,    Facet::status,      Facet::programme, Facet::position,   Facet::year,
    Facet::journal, Facet::language, Facet::open_access, Facet::access,    Facet::scheme,     Facet::until,
    Facet::person,  Facet::place,    Facet::size,        Facet::cluster};

bool is_of_all_kinds(Facet facet) { return static_cast<size_t>(facet) < search::k_facets_of_all_kinds; }

std::string_view sort_name(search::Order order) {
  return order == search::Order::newest ? "newest" : order == search::Order::title ? "name" : "relevance";
}

// What the reader asked for.
struct Wanted {
  std::string q;
  std::vector<std::pair<Facet, std::string>> filters;
  search::Order order = search::Order::relevance;
  std::string sort;       // as given; empty: not given
  bool translate = true;  // words as the vocabularies translate them
  uint32_t page = 1;
  std::optional<Kind> kind;  // of the list; not among the filters
};

Wanted read(const http::Request& request, std::optional<Kind> kind) {
  Wanted wanted;
  wanted.kind = kind;
  wanted.q = request.parameter("q");
  for (const auto& [name, value] : request.query) {
    for (size_t at = 0; at < search::k_facets; ++at) {
      const auto facet = static_cast<Facet>(at);
      const bool again =
          std::find(wanted.filters.begin(), wanted.filters.end(), std::pair(facet, value)) != wanted.filters.end();
      if (name == search::name(facet) && !value.empty() && !again && wanted.filters.size() < k_most_filters) {
        wanted.filters.emplace_back(facet, value);
      }
    }
  }
  wanted.sort = request.parameter("sort");
  const bool list = wanted.q.empty();
  wanted.order = wanted.sort == "newest"                     ? search::Order::newest
                 : wanted.sort == "name"                     ? search::Order::title
                 : list && kind && kind != Kind::publication ? search::Order::title
                 : list                                      ? search::Order::newest
                                                             : search::Order::relevance;
  wanted.translate = request.parameter("translate") != "no";
  const std::string_view page = request.parameter("page");
  std::from_chars(page.data(), page.data() + page.size(), wanted.page);
  wanted.page = std::clamp<uint32_t>(wanted.page, 1, k_furthest / k_page);
  return wanted;
}

// Facets of some kinds are counted where one kind is looked at, or where one of their values was chosen.
std::vector<std::pair<Facet, uint32_t>> facets_of(const Wanted& wanted, uint32_t size) {
  const auto is_filtered = [&](Facet facet) {
    return std::any_of(wanted.filters.begin(), wanted.filters.end(),
                       [&](const auto& each) { return each.first == facet; });
  };
  const bool one_kind = wanted.kind || is_filtered(Facet::kind);
  std::vector<std::pair<Facet, uint32_t>> out;
  for (const Facet facet : k_shown_facets) {
    if (is_of_all_kinds(facet) || one_kind || is_filtered(facet)) {
      out.emplace_back(facet, facet == Facet::year ? std::max(size, k_years) : size);
    }
  }
  return out;
}

search::Query query_of(const Wanted& wanted, const std::string& today) {
  search::Query query;
  query.words = wanted.q;
  query.today = today;
  query.translation = wanted.translate ? search::Translation::by_vocabulary : search::Translation::none;
  if (wanted.kind) {
    query.filters.push_back({Facet::kind, {std::string(registry::name(*wanted.kind))}});
  }
  for (const auto& [facet, value] : wanted.filters) {
    const auto known =
        std::find_if(query.filters.begin(), query.filters.end(), [&, of = facet](const search::Filter& filter) {
          return filter.facet == of && !(wanted.kind && of == Facet::kind);
        });
    if (known != query.filters.end()) {
      known->values.push_back(value);
    } else {
      query.filters.push_back({facet, {value}});
    }
  }
  query.order = wanted.order;
  query.from = (wanted.page - 1) * k_page;
  query.size = k_page;
  query.facets = facets_of(wanted, k_facet_values);
  return query;
}

class SearchPage {
 public:
  SearchPage(const Site& site, const http::Request& request, Language language, std::optional<Kind> kind)
      : m_site(site),
        m_request(request),
        m_language(language),
        m_words(site.words(language)),
        m_index(site.index()),
        m_wanted(read(request, kind)),
        m_answer() {}

  http::Answer html() {
    search::Query query = query_of(m_wanted, m_site.today());
    query.reader = m_language;
    m_answer = m_index->search(query, m_viewer);
    View body;
    body["q"] = m_wanted.q;
    body["count_text"] = m_words.count("results", m_answer.count);
    body["relaxed"] = m_answer.relaxed;
    body["nothing"] = m_answer.count == 0;
    body["hits"] = hits();
    body["facets"] = facets();
    body["active"] = active();
    body["clear_url"] = address({}, m_wanted.q, {}, 1);
    add_pages(body);
    add_orders(body);
    add_query(body);
    body["downloads"] = downloads();
    body["hidden"] = hidden();
    body["form_url"] = path();
    if (m_wanted.kind) {
      body["kind_label"] = m_words.kinds(*m_wanted.kind);
    }
    body["of_one_kind"] = m_wanted.kind.has_value();
    const std::string title = m_wanted.kind ? m_words.kinds(*m_wanted.kind) : m_words.get("search.title");
    body["heading"] = title;
    body["alternates"] = Views{view({{"type", "application/json"}, {"url", file_address(".json")}, {"label", "json"}}),
                               view({{"type", "text/csv"}, {"url", file_address(".csv")}, {"label", "csv"}})};
    body["noindex"] = !m_wanted.q.empty() || !m_wanted.filters.empty();
    put_save(m_site, m_request, address(m_wanted.filters, m_wanted.q, m_wanted.sort, 1).substr(3),
             m_wanted.q.empty() ? title : m_wanted.q, body);
    return m_site.page(m_request, m_language, "search", m_wanted.q.empty() ? title : m_wanted.q + " – " + title,
                       std::move(body), {{title, {}}});
  }

  http::Answer json(http::Format format) {
    search::Query query = query_of(m_wanted, m_site.today());
    query.facets = facets_of(m_wanted, k_values_for_machines);
    m_answer = m_index->search(query, m_viewer);
    const auto things = found_things();
    if (!things) {
      return m_site.error(m_request, m_language, 500);
    }
    Views items;
    for (const Thing& thing : *things) {
      items.push_back(format == http::Format::jsonld ? thing_jsonld(thing) : thing_json(thing));
    }
    if (format == http::Format::jsonld) {
      return json_answer(
          View{{"@context", jsonld_context(m_site.settings().entry.address)}, {"@graph", std::move(items)}}, format);
    }
    View counts;
    for (const Facet facet : k_shown_facets) {
      Views values;
      for (const Count& each : rows(facet, k_values_for_machines)) {
        values.push_back(View{{"label", each.label}, {"count", each.count}});
      }
      counts[search::name(facet)] = std::move(values);
    }
    View out{{"count", m_answer.count}, {"page", m_wanted.page}, {"size", k_page}, {"relaxed", m_answer.relaxed}};
    out["things"] = std::move(items);
    if (Views said = notes(); !said.empty()) {
      out["notes"] = std::move(said);
    }
    if (!m_answer.translated.empty()) {
      out["translated"] = translated_views(m_answer.translated, m_words);
    }
    out["facets"] = std::move(counts);
    if (uint64_t{m_wanted.page} * k_page < std::min<uint64_t>(m_answer.count, k_furthest)) {
      out["next"] = file_address(".json", m_wanted.page + 1);
    }
    return json_answer(out, format);
  }

  // All that is found, in one file.
  http::Answer csv() {
    return things_file(m_site, m_request, m_language, m_index->list(query_of(m_wanted, m_site.today()), m_viewer),
                       "pitchblende.csv");
  }

 private:
  // What of the question was not taken as it stands.
  Views notes() const {
    Views out = note_views(m_answer.notes, m_words);
    for (const auto& [facet, value] : m_wanted.filters) {
      if (facet == Facet::kind && !registry::kind(value)) {
        out.push_back(view({{"text", put_in(m_words.get("search.unknown_kind"), "text", value)}}));
      }
    }
    return out;
  }

  std::string path() const {
    return "/" + std::string(m_words.code()) + "/" +
           (m_wanted.kind ? std::string(registry::name(*m_wanted.kind)) : "search");
  }

  static void add(std::string& out, char& before, std::string_view name, std::string_view value) {
    if (!value.empty()) {
      out += before;
      out += name;
      out += '=';
      out += http::percent_encoded(value);
      before = '&';
    }
  }
  std::string begin_of(const std::vector<std::pair<Facet, std::string>>& filters, const std::string& q,
                       std::string_view suffix = {}) const {
    std::string out = path() + std::string(suffix);
    char before = '?';
    add(out, before, "q", q);
    for (const auto& [facet, value] : filters) {
      add(out, before, search::name(facet), value);
    }
    return out;
  }

  // The address of a list: with these filters, these words, this order and page.
  std::string address(const std::vector<std::pair<Facet, std::string>>& filters, const std::string& q,
                      const std::string& sort, uint32_t page, std::string_view suffix = {}) const {
    std::string out = begin_of(filters, q, suffix);
    char before = out.find('?') == std::string::npos ? '?' : '&';
    add(out, before, "sort", sort);
    add(out, before, "translate", m_wanted.translate ? "" : "no");
    add(out, before, "page", page > 1 ? std::to_string(page) : "");
    return out;
  }
  std::string file_address(std::string_view suffix, uint32_t page = 1) const {
    return address(m_wanted.filters, m_wanted.q, m_wanted.sort, page, suffix);
  }

  Views hits() const {
    Views out;
    for (const search::Hit& hit : m_answer.hits) {
      View each = hit_view(hit, m_words);
      put_snippet(hit, m_words, each);
      out.push_back(std::move(each));
    }
    return out;
  }

  // The most frequent values first; of years the newest.
  std::vector<Count> rows(Facet facet, size_t most) const {
    const auto at = static_cast<size_t>(facet);
    if (at >= m_answer.facets.size()) {
      return {};
    }
    std::vector<search::FacetCount> counts = m_answer.facets[at];
    if (facet == Facet::year) {
      std::sort(counts.begin(), counts.end(), [](const auto& a, const auto& b) { return a.value > b.value; });
      counts.resize(std::min(counts.size(), most));
    }
    return counted(*m_index, counts, facet, m_viewer, m_words, [](const std::string& value) { return value; });
  }

  Views facets() const {
    const std::string all = begin_of(m_wanted.filters, m_wanted.q);
    const char before = all.find('?') == std::string::npos ? '?' : '&';
    const std::string sort = m_wanted.sort.empty() ? "" : "&sort=" + http::percent_encoded(m_wanted.sort);
    Views out;
    for (const Facet facet : k_shown_facets) {
      const std::string name(search::name(facet));
      Views values;
      for (const Count& each : rows(facet, k_facet_values)) {
        const auto known = std::find_if(m_wanted.filters.begin(), m_wanted.filters.end(), [&](const auto& filter) {
          // A topic may have been asked for by another of its names.
          return filter.first == facet &&
                 (filter.second == each.url ||
                  (facet == Facet::concept_ && m_index->topic_in(filter.second, m_language) == each.label));
        });
        const bool selected = known != m_wanted.filters.end();
        View value = view(
            {{"label", each.label},
             {"count", m_words.number(each.count)},
             {"url", selected ? without(known) : all + before + name + '=' + http::percent_encoded(each.url) + sort}});
        value["selected"] = selected;
        values.push_back(std::move(value));
      }
      const bool of_list = m_wanted.kind && facet == Facet::kind;
      if (!values.empty() && !of_list) {
        View block = view({{"name", name}, {"title", m_words.get("facets." + name)}});
        block["values"] = std::move(values);
        out.push_back(std::move(block));
      }
    }
    return out;
  }

  // The list without one of its filters.
  std::string without(std::vector<std::pair<Facet, std::string>>::const_iterator filter) const {
    auto filters = m_wanted.filters;
    filters.erase(filters.begin() + (filter - m_wanted.filters.begin()));
    return address(filters, m_wanted.q, m_wanted.sort, 1);
  }

  Views active() const {
    Views out;
    for (size_t at = 0; at < m_wanted.filters.size(); ++at) {
      auto filters = m_wanted.filters;
      const auto [facet, value] = filters[at];
      filters.erase(filters.begin() + static_cast<std::ptrdiff_t>(at));
      const auto named =
          counted(*m_index, {{value, 0}}, facet, m_viewer, m_words, [](const std::string& v) { return v; });
      out.push_back(view({{"label", named.empty() ? value : named.front().label},
                          {"title", m_words.get("facets." + std::string(search::name(facet)))},
                          {"url", address(filters, m_wanted.q, m_wanted.sort, 1)}}));
    }
    return out;
  }

  void add_pages(View& body) const {
    const uint64_t all = std::min<uint64_t>(m_answer.count, k_furthest);
    const auto last = static_cast<uint32_t>((all + k_page - 1) / k_page);
    if (last > 0 && m_wanted.page > last) {
      body["beyond"] = view({{"text", put_in(m_words.get("search.beyond"), "page", m_words.number(last))},
                             {"label", m_words.get("search.last_page")},
                             {"url", address(m_wanted.filters, m_wanted.q, m_wanted.sort, last)}});
    }
    if (last < 2) {
      return;
    }
    Views pages;
    const uint32_t here = std::min(m_wanted.page, last);
    const uint32_t first = here > 3 ? here - 2 : 1;
    for (uint32_t page = first; page <= std::min(last, first + 4); ++page) {
      View each =
          view({{"label", m_words.number(page)}, {"url", address(m_wanted.filters, m_wanted.q, m_wanted.sort, page)}});
      each["current"] = page == m_wanted.page;
      pages.push_back(std::move(each));
    }
    body["pages"] = std::move(pages);
    if (m_wanted.page > 1 && m_wanted.page <= last) {
      body["previous"] = address(m_wanted.filters, m_wanted.q, m_wanted.sort, m_wanted.page - 1);
    }
    if (m_wanted.page < last) {
      body["next"] = address(m_wanted.filters, m_wanted.q, m_wanted.sort, m_wanted.page + 1);
    }
  }

  // How the query was read, and what else may be asked with it.
  void add_query(View& body) const {
    const std::string begin = "/" + std::string(m_words.code());
    const std::string q = m_wanted.q.empty() ? std::string() : "?q=" + http::percent_encoded(m_wanted.q);
    body["notes"] = notes();
    body["translated"] = translated_views(m_answer.translated, m_words);
    body["advanced_url"] = begin + "/advanced" + q;
    if (!m_wanted.q.empty()) {
      body["experts_url"] = begin + "/experts" + q;
    }
    if (!m_answer.translated.empty()) {
      std::string plain = begin_of(m_wanted.filters, m_wanted.q);
      char before = '&';
      add(plain, before, "sort", m_wanted.sort);
      add(plain, before, "translate", "no");
      body["untranslated_url"] = plain;
    }
  }

  void add_orders(View& body) const {
    Views orders;
    for (const auto order : {search::Order::relevance, search::Order::newest, search::Order::title}) {
      const std::string name(sort_name(order));
      View each =
          view({{"label", m_words.get("orders." + name)}, {"url", address(m_wanted.filters, m_wanted.q, name, 1)}});
      each["current"] = order == m_wanted.order;
      if (order != search::Order::relevance || !m_wanted.q.empty()) {
        orders.push_back(std::move(each));
      }
    }
    body["orders"] = std::move(orders);
  }

  Views downloads() const {
    Views out;
    for (const auto& [label, suffix] : {std::pair{"CSV", ".csv"}, {"JSON", ".json"}, {"JSON-LD", ".jsonld"}}) {
      out.push_back(view({{"label", label}, {"url", file_address(suffix)}}));
    }
    return out;
  }

  Views hidden() const {
    Views out;
    for (const auto& [facet, value] : m_wanted.filters) {
      out.push_back(view({{"name", std::string(search::name(facet))}, {"value", value}}));
    }
    if (!m_wanted.translate) {
      out.push_back(view({{"name", "translate"}, {"value", "no"}}));
    }
    if (!m_wanted.sort.empty()) {
      out.push_back(view({{"name", "sort"}, {"value", std::string(sort_name(m_wanted.order))}}));
    }
    return out;
  }

  Result<std::vector<Thing>> found_things() const {
    std::vector<Id> ids;
    for (const search::Hit& hit : m_answer.hits) {
      ids.push_back(hit.id);
    }
    TRY_ASSIGN(std::vector<registry::Card> cards, m_site.registry().cards(ids, m_viewer));
    return open_things(m_site.registry(), std::move(cards), Leading::links_and_people, m_viewer);
  }

  const Site& m_site;
  const http::Request& m_request;
  Language m_language;
  const Words& m_words;
  std::shared_ptr<const search::Index> m_index;
  const access::Viewer& m_viewer = m_request.who().viewer;
  Wanted m_wanted;
  search::Answer m_answer;
};

}  // namespace

http::Answer search_page(const Site& site, const http::Request& request, Language language,
                         std::optional<registry::Kind> kind, http::Format format) {
  if (const std::string_view topic = experts_wanted(request.parameter("q")); !topic.empty() && !kind) {
    const std::string_view suffix = format == http::Format::html     ? ""
                                    : format == http::Format::csv    ? ".csv"
                                    : format == http::Format::jsonld ? ".jsonld"
                                                                     : ".json";
    return redirect(303, "/" + std::string(site.words(language).code()) + "/experts" + std::string(suffix) +
                             "?q=" + http::percent_encoded(topic));
  }
  SearchPage page(site, request, language, kind);
  if (format == http::Format::html) {
    return page.html();
  }
  return format == http::Format::csv ? page.csv() : page.json(format);
}

std::optional<search::Query> query_at(std::string_view address, const std::string& today) {
  http::Request request;
  if (!http::read_target(address, request) || request.path.size() < 2) {
    return std::nullopt;
  }
  const auto kind = registry::kind(request.path.substr(1));
  if (!kind && request.path != "/search") {
    return std::nullopt;
  }
  search::Query query = query_of(read(request, kind), today);
  query.facets.clear();
  query.facet_size = 0;
  query.snippets = false;
  query.from = 0;
  return query;
}

}  // namespace pitchblende::pages
