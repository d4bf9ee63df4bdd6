#include "pages/site.hpp"

#include <algorithm>
#include <array>

#include "access/access_rules.hpp"
#include "base/id.hpp"
#include "pages/address.hpp"
#include "pages/errors.hpp"
#include "pages/meanwhile.hpp"
#include "pages/things/thing_facts.hpp"
#include "pages/web_files.hpp"

namespace pitchblende::pages {

namespace {

std::string_view type_of(std::string_view path) {
  struct Ending {
    std::string_view suffix;
    std::string_view type;
  };
  static constexpr std::array<Ending, 6> k_endings = {{{".css", "text/css; charset=utf-8"},
                                                       {".svg", "image/svg+xml"},
                                                       {".js", "text/javascript; charset=utf-8"},
                                                       {".png", "image/png"},
                                                       {".woff2", "font/woff2"},
                                                       {".ico", "image/x-icon"}}};
  for (const Ending& ending : k_endings) {
    if (path.ends_with(ending.suffix)) {
      return ending.type;
    }
  }
  return {};
}

// "site.css" → "site.1a2b3c4d5e.css": an address that changes with what it holds.
std::string stamped(std::string_view name, std::string_view text) {
  const size_t dot = name.rfind('.');
  return std::string(name.substr(0, dot)) + "." + hash128_hex(text).substr(0, 12) + std::string(name.substr(dot));
}

const std::string& text_of(const std::vector<std::pair<std::string, std::string>>& files, std::string_view path) {
  static const std::string k_none;
  const auto at = std::find_if(files.begin(), files.end(), [&](const auto& file) { return file.first == path; });
  return at == files.end() ? k_none : at->second;
}

http::Answer kept_for_ever(std::string_view type, std::string text) {
  http::Answer answer;
  answer.type = type;
  answer.body = std::move(text);
  answer.keep = http::Keep::forever;
  answer.shared = true;
  return answer;
}

// The same page in the other language: the first part of the path is its language.
std::string in_language(const http::Request& request, std::string_view language) {
  std::string out = "/" + std::string(language);
  const size_t end = request.path.find('/', 1);
  if (request.path.size() > 1 && end != std::string::npos) {
    for (const char c : request.path.substr(end)) {
      out += c == '/' ? std::string("/") : http::percent_encoded(std::string_view(&c, 1));
    }
  } else {
    out += '/';
  }
  char before = '?';
  for (const auto& [name, value] : request.query) {
    out += before + http::percent_encoded(name) + "=" + http::percent_encoded(value);
    before = '&';
  }
  return out;
}

// A style sheet without its comments and the spaces that say nothing: each page waits for it once.
std::string pressed(std::string_view style) {
  constexpr std::string_view k_alone = "{};,";
  std::string out;
  for (size_t at = 0; at < style.size(); ++at) {
    if (style.substr(at).starts_with("/*")) {
      at = std::min(style.find("*/", at), style.size() - 2) + 1;
    } else if (style[at] != ' ' && style[at] != '\n') {
      if (k_alone.find(style[at]) != std::string_view::npos && out.ends_with(' ')) {
        out.pop_back();
      }
      out += style[at];
    } else if (!out.empty() && out.back() != ' ' && k_alone.find(out.back()) == std::string_view::npos) {
      out += ' ';
    }
  }
  return out;
}

}  // namespace

Result<std::unique_ptr<Site>> Site::open(const registry::Registry& registry, CurrentIndex index, Settings settings) {
  TRY_ASSIGN(const auto files, web_files(settings.web_folder));
  TRY_ASSIGN(Words english, Words::read(Language::english, text_of(files, "locales/en.json")));
  TRY_ASSIGN(Words french, Words::read(Language::french, text_of(files, "locales/fr.json")));
  std::vector<std::pair<std::string, std::string>> texts;
  std::string style = pressed(text_of(files, "styles/tokens.css") + text_of(files, "styles/site.css"));
  for (const auto& [path, text] : files) {
    if (path.starts_with("templates/") && path.ends_with(".mustache")) {
      texts.emplace_back(path.substr(10, path.size() - 19), text);
    }
  }
  TRY_ASSIGN(http::Templates templates, http::Templates::read(texts));
  std::unique_ptr<Site> site(
      new Site(registry, std::move(index), std::move(settings), std::move(english), std::move(french)));
  const auto add = [&](const std::string& name, std::string_view type, std::string text) {
    const std::string address = stamped(name, text);
    site->m_addresses[name] = "/files/" + address;
    site->m_files[address] = kept_for_ever(type, std::move(text));
  };
  add("site.css", type_of("site.css"), std::move(style));
  for (const auto& [path, text] : files) {
    if (path.starts_with("assets/") && !type_of(path).empty()) {
      add(path.substr(7), type_of(path), text);
    }
  }
  site->m_shared_english.emplace(site->share(Language::english, templates));
  site->m_shared_french.emplace(site->share(Language::french, templates));
  return site;
}

Site::Shared Site::share(Language language, const http::Templates& templates) const {
  const Words& own = words(language);
  const std::string code(own.code());
  View shared;
  shared["t"] = own.all();
  shared["lang"] = code;
  shared["other_lang"] = words(other(language)).code();
  shared["site"] = view({{"name", m_settings.name.empty() ? own.get("site.name") : m_settings.name},
                         {"tagline", own.get("site.tagline")},
                         {"notice", std::string(search::title_in(m_settings.notice, code))}});
  shared["home_url"] = "/" + code + "/";
  shared["search_url"] = "/" + code + "/search";
  if (m_settings.entry.access != nullptr) {
    shared["sign_in_url"] = "/" + code + "/sign-in";
  }
  View files;
  for (const auto& [name, address] : m_addresses) {
    std::string key = name;
    std::replace(key.begin(), key.end(), '.', '_');
    std::replace(key.begin(), key.end(), '-', '_');
    files[key] = address;
  }
  shared["files"] = std::move(files);
  shared["style_url"] = m_addresses.at("site.css");
  http::Templates printed = templates.with_words_of(shared);
  return {std::move(shared), std::move(printed)};
}

std::shared_ptr<const search::Index> Site::index() const {
  IndexReads::note();
  return m_index();
}

const insight::Insight* Site::insight() const {
  IndexReads::note();
  return m_settings.insight;
}

std::optional<pool::Making> Site::making() const { return m_settings.making ? m_settings.making() : std::nullopt; }

std::string Site::today() const {
  return m_settings.clock != nullptr ? m_settings.clock->today() : SystemClock().today();
}

const http::Answer* Site::file(std::string_view name) const {
  const auto at = m_files.find(name);
  return at == m_files.end() ? nullptr : &at->second;
}

std::string_view Site::icon() const {
  const auto at = m_addresses.find("favicon.svg");
  return at == m_addresses.end() ? std::string_view() : at->second;
}

// What everybody looks for stands in the menu, the rest behind its last entry.
void Site::put_navigation(Language language, const http::Request& request, View& body) const {
  const Words& own = words(language);
  const std::string begin = "/" + std::string(own.code());
  struct Entry {
    std::string_view address;
    std::string_view word;
    bool is_more;
  };
  static constexpr std::array<Entry, 10> k_entries = {{{"/group", "nav.group", false},
                                                       {"/organisation", "nav.organisation", false},
                                                       {"/person", "nav.person", false},
                                                       {"/team", "nav.team", false},
                                                       {"/platform", "nav.platform", false},
                                                       {"/publication", "nav.publication", false},
                                                       {"/slots", "nav.slots", false},
                                                       {"/calls", "nav.calls", true},
                                                       {"/figures", "nav.figures", true},
                                                       {"/about", "nav.about", true}}};
  Views entries;
  Views more;
  for (const Entry& entry : k_entries) {
    const bool has_calls = m_settings.calling.calls != nullptr && m_settings.entry.access != nullptr;
    if ((entry.address == "/slots" && m_settings.desk.booking == nullptr) ||
        (entry.address == "/figures" && m_settings.insight == nullptr) || (entry.address == "/calls" && !has_calls)) {
      continue;
    }
    const std::string address = begin + std::string(entry.address);
    View each = view({{"label", own.get(entry.word)}, {"url", address}});
    const bool current = request.path == address || request.path.starts_with(address + "/");
    each["current"] = current;
    if (entry.is_more && current) {
      body["nav_more_current"] = true;
    }
    (entry.is_more ? more : entries).push_back(std::move(each));
  }
  body["nav"] = std::move(entries);
  body["nav_more"] = std::move(more);
  if (access::may_somewhere(request.who(), access::Right::administer)) {
    body["admin_url"] = begin + "/admin";
  }
  if (m_settings.texts != nullptr && m_settings.texts->shown("legal", language)) {
    body["legal_url"] = begin + "/legal";
  }
}

http::Answer Site::page(const http::Request& request, Language language, std::string_view name,
                        const std::string& title, View body, const std::vector<Crumb>& crumbs) const {
  const Words& own = words(language);
  body["title"] = title;
  if (const auto making = this->making()) {
    body["making"] = making_words(*making, own);
  }
  put_navigation(language, request, body);
  body["other_url"] = in_language(request, words(other(language)).code());
  body["canonical"] = in_language(request, own.code());
  if (request.who().signed_in()) {
    body["account"] = view({{"label", request.who().email}, {"url", "/" + std::string(own.code()) + "/account"}});
  }
  if (!body.contains("q")) {
    body["q"] = "";
  }
  Views trail;
  if (!crumbs.empty()) {
    trail.push_back(view({{"label", own.get("nav.home")}, {"crumb_url", "/" + std::string(own.code()) + "/"}}));
    for (const Crumb& crumb : crumbs) {
      // Not "url": what has none would take the page's.
      trail.push_back(view({{"label", crumb.label}, {"crumb_url", crumb.url}}));
    }
  }
  body["breadcrumbs"] = std::move(trail);
  // A template enters a list once for each of its items: what stands around the list is entered by this.
  std::vector<std::string> lists;
  for (const auto& [name_of, value] : body) {
    if (value.is_array() && !value.get_array().empty()) {
      lists.push_back("has_" + std::string(name_of));
    }
  }
  for (const std::string& each : lists) {
    body[each] = true;
  }
  http::Answer answer;
  const Shared& shared = language == Language::french ? *m_shared_french : *m_shared_english;
  answer.body = shared.templates.render(name, body, shared.view);
  answer.headers.emplace_back("Content-Language", own.code());
  answer.shared = !request.who().signed_in();
  return answer;
}

http::Answer Site::error(const http::Request& request, Language language, int status, std::string_view q,
                         std::string_view word) const {
  const Words& own = words(language);
  const std::string key = "errors." + (word.empty() ? std::to_string(status) : std::string(word));
  if (!own.has(key)) {
    return error(request, language, 500);
  }
  std::string path = request.path;
  const http::Format format = http::take_format(path, request.header("accept"));
  if (format != http::Format::html) {
    return for_machines(status, format, own.get(key + ".title"), own.get(key + ".message"));
  }
  View body{{"status", status}, {"message", own.get(key + ".message")}, {"advice", own.get(key + ".advice")}};
  body["q"] = q;
  http::Answer answer = page(request, language, "error", own.get(key + ".title"), std::move(body), {});
  answer.status = status;
  answer.shared = false;
  answer.keep = http::Keep::never;
  return answer;
}

namespace {

// A file that somebody brought: whose it is, and its source's name.
std::string file_title(const Site& site, const std::string& name, const Words& words) {
  const auto whose = site.registry().institution_of_source(name);
  const auto found = whose && *whose ? site.registry().find(**whose, access::Viewer::visitor())
                                     : Result<registry::Found>(registry::Found{});
  return found && found->card
             ? put_in(put_in(words.get("sources.file_of"), "institution", title_of(*found->card, words)), "name", name)
             : name;
}

}  // namespace

std::string source_title(const Site& site, const std::string& name, const Words& words) {
  const auto& titles = site.settings().source_titles;
  if (const auto title = titles.find(name); title != titles.end() && !title->second.empty()) {
    return title->second;
  }
  if (const std::string_view room = registry::room_of_source(name); !room.empty()) {
    const std::string word = "sources.here." + std::string(room);
    return words.get(words.has(word) ? word : "sources.here.other");
  }
  const std::string known = "sources." + name;
  return words.has(known) ? words.get(known) : file_title(site, name, words);
}

std::optional<Language> language_of(std::string_view code) {
  if (code == "fr") {
    return Language::french;
  }
  return code == "en" ? std::optional(Language::english) : std::nullopt;
}

http::Answer redirect(int status, std::string location) {
  http::Answer answer;
  answer.status = status;
  answer.type = "text/plain; charset=utf-8";
  answer.body = location + "\n";
  answer.headers.emplace_back("Location", std::move(location));
  return answer;
}

Result<http::Answer> attachment_answer(const files::Files& files, const files::Attachment& attachment) {
  http::Answer answer;
  TRY_ASSIGN(answer.body, files.read(attachment));
  answer.type = attachment.file.type;
  answer.keep = http::Keep::never;
  answer.headers.emplace_back("Content-Disposition",
                              "attachment; filename*=UTF-8''" + http::percent_encoded(attachment.file.name));
  return answer;
}

http::Answer for_machines(int status, http::Format format, const std::string& title, const std::string& message) {
  http::Answer answer;
  if (format == http::Format::csv) {
    answer.type = "text/plain; charset=utf-8";
    answer.body = title + ": " + message + "\n";
  } else {
    answer.type = http::media_type(http::Format::json);
    answer.body = boost::json::serialize(View{{"status", status}, {"title", title}, {"message", message}}) + "\n";
  }
  answer.status = status;
  answer.keep = http::Keep::never;
  return answer;
}

http::Answer json_answer(const boost::json::value& value, http::Format format) {
  http::Answer answer;
  answer.type = http::media_type(format);
  answer.body = boost::json::serialize(value);
  answer.body += '\n';
  answer.shared = true;
  return answer;
}

}  // namespace pitchblende::pages
