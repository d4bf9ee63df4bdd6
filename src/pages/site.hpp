// What all pages share: words, templates, style, and what is on every page. Immutable once opened; any thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/templates.hpp"
#include "pages/blocks.hpp"
#include "pages/pages.hpp"
#include "pages/words.hpp"

namespace pitchblende::pages {

struct Crumb {
  std::string label;
  std::string url;
};

class Site {
 public:
  static Result<std::unique_ptr<Site>> open(const registry::Registry& registry, CurrentIndex index, Settings settings);

  const registry::Registry& registry() const { return m_registry; }
  // What is made of it is answered with 503 while the index is not whole (meanwhile.hpp).
  std::shared_ptr<const search::Index> index() const;
  // For what is right without it: a title that a link has as well.
  std::shared_ptr<const search::Index> index_so_far() const { return m_index(); }
  // Counted from the index. Null: no figures.
  const insight::Insight* insight() const;
  // Nothing: cards and index are whole.
  std::optional<pool::Making> making() const;
  const Settings& settings() const { return m_settings; }
  const Words& words(Language language) const { return language == Language::french ? m_french : m_english; }
  // The day by the site's clock: a visitor's as well, who has none of his own.
  std::string today() const;
  // A file of web/styles or web/assets by its name in an address: "site.1a2b3c4d.css"; null: none.
  const http::Answer* file(std::string_view name) const;
  // Address of the icon; empty: none.
  std::string_view icon() const;

  // A page: what is on every page, around `body`. `crumbs` end with the page itself, without address.
  http::Answer page(const http::Request& request, Language language, std::string_view name, const std::string& title,
                    View body, const std::vector<Crumb>& crumbs) const;
  // 400, 403, 404, 405, 408, 410, 414, 431, 500: says what happened and offers the search box with `q` in it; as JSON
  // or plain text to who asked for data. `word`: other words than those of the status, below "errors".
  http::Answer error(const http::Request& request, Language language, int status, std::string_view q = {},
                     std::string_view word = {}) const;

 private:
  // What never changes on the pages of one language.
  struct Shared {
    View view;                  // words and what else stands on every page
    http::Templates templates;  // with the words printed in
  };
  Site(const registry::Registry& registry, CurrentIndex index, Settings settings, Words english, Words french)
      : m_registry(registry),
        m_index(std::move(index)),
        m_settings(std::move(settings)),
        m_english(std::move(english)),
        m_french(std::move(french)) {}
  Shared share(Language language, const http::Templates& templates) const;
  void put_navigation(Language language, const http::Request& request, View& body) const;

  registry::Registry m_registry;
  CurrentIndex m_index;
  Settings m_settings;
  Words m_english;
  Words m_french;
  std::map<std::string, http::Answer, std::less<>> m_files;
  std::map<std::string, std::string, std::less<>> m_addresses;  // "site.css" → "/files/site.1a2b3c4d.css"
  std::optional<Shared> m_shared_english;                       // there once the site is open
  std::optional<Shared> m_shared_french;
};

// As whoever runs the site calls a source, else as everybody calls it, else by its name. What was said on the site
// itself is called by the room where it was: of which visibility its source is, is nobody's matter.
std::string source_title(const Site& site, const std::string& name, const Words& words);
// "fr" and "en".
std::optional<Language> language_of(std::string_view code);
inline Language other(Language language) { return language == Language::french ? Language::english : Language::french; }
// An answer that leads elsewhere.
http::Answer redirect(int status, std::string location);
// A file that somebody brought, to be kept by the browser and never shown by it. Error: FILES_DAMAGED.
Result<http::Answer> attachment_answer(const files::Files& files, const files::Attachment& attachment);
// An error for who asked for data: a program that reads JSON is not given a page.
http::Answer for_machines(int status, http::Format format, const std::string& title, const std::string& message);
// JSON text in an answer.
http::Answer json_answer(const boost::json::value& value, http::Format format);

}  // namespace pitchblende::pages
