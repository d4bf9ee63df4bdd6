#include "pages/pages.hpp"

#include "pages/address.hpp"
#include "pages/advanced_page.hpp"
#include "pages/booking/booking_pages.hpp"
#include "pages/booking/desk.hpp"
#include "pages/entry/entry.hpp"
#include "pages/home_page.hpp"
#include "pages/search_page.hpp"
#include "pages/site.hpp"
#include "pages/thing_page.hpp"

namespace pitchblende::pages {

namespace {

using http::Answer;
using http::Captures;
using http::Format;
using http::Request;

// The language of a request that no address says.
Language language_for(const Request& request) {
  const std::string_view path = request.path;
  const size_t end = path.find('/', 1);
  const auto said =
      language_of(path.substr(std::min<size_t>(1, path.size()), end == std::string_view::npos ? end : end - 1));
  return said ? *said : http::preferred_language(request.header("accept-language"));
}

class Router final : public Pages {
 public:
  explicit Router(std::unique_ptr<Site> site) : m_site(std::move(site)) {}

  void add_to(http::Router& router) const override {
    const auto get = [&](std::string pattern, http::RouteHandler handler) {
      router.add({http::Method::get, std::move(pattern), http::Right::everyone,
                  [made_by = std::move(handler)](const Request& request, const Captures& parts) {
                    const ViewMemory memory;
                    return made_by(request, parts);
                  }});
    };
    get("/", [](const Request& request, const Captures&) { return to_language(request); });
    get("/files/{name}", [this](const Request& request, const Captures& parts) {
      const Answer* file = m_site->file(parts[0]);
      return file != nullptr ? *file : error(request, 404);
    });
    get("/favicon.ico", [this](const Request& request, const Captures&) {
      return m_site->icon().empty() ? error(request, 404) : redirect(302, std::string(m_site->icon()));
    });
    get("/robots.txt", [](const Request&, const Captures&) { return robots(); });
    get("/id/{scheme}/{value*}", [this](const Request& request, const Captures& parts) {
      return identifier_page(*m_site, request, parts[0], parts[1]);
    });
    get("/{lang}", [this](const Request& request, const Captures& parts) {
      return language_of(parts[0]) ? redirect(301, "/" + std::string(parts[0]) + "/") : error(request, 404);
    });
    get("/{lang}/", [this](const Request& request, const Captures& parts) {
      const auto language = language_of(parts[0]);
      return language ? home_page(*m_site, request, *language) : error(request, 404);
    });
    get("/{lang}/{page}", [this](const Request& request, const Captures& parts) { return list(request, parts); });
    get("/{lang}/{page}/", [this](const Request& request, const Captures& parts) {
      const bool list = parts[1] == "search" || registry::kind(parts[1]);
      return list && language_of(parts[0]) ? redirect(301, request.path.substr(0, request.path.size() - 1))
                                           : error(request, 404);
    });
    if (m_site->settings().desk.booking != nullptr) {
      add_times(*m_site, router);
    }
    get("/{lang}/{kind}/{id}", [this](const Request& request, const Captures& parts) { return thing(request, parts); });
    router.on_missing([this](const Request& request) { return error(request, 404); });
    router.on_refused([this](const Request& request) { return refused(*m_site, request, language_for(request)); });
    if (m_site->settings().entry.access != nullptr) {
      add_entry(*m_site, router);
      if (m_site->settings().desk.booking != nullptr) {
        add_booking(*m_site, router);
      }
    }
  }

  Answer answer(const http::Router& router, const Request& request) const override {
    return answer_admitted(*m_site, router, request, language_for(request));
  }

  Answer error(const Request& request, int status) const override {
    const size_t last = request.path.rfind('/');
    const std::string q = status == 404 && last != std::string::npos ? request.path.substr(last + 1) : std::string();
    return m_site->error(request, language_for(request), status, q);
  }

 private:
  static Answer to_language(const Request& request) {
    const bool french = http::preferred_language(request.header("accept-language")) == Language::french;
    Answer answer = redirect(302, french ? "/fr/" : "/en/");
    answer.headers.emplace_back("Vary", "Accept-Language");
    return answer;
  }

  static Answer robots() {
    Answer answer;
    answer.type = "text/plain; charset=utf-8";
    answer.body = "User-agent: *\nDisallow: /fr/search\nDisallow: /en/search\n";
    return answer;
  }

  Answer list(const Request& request, const Captures& parts) const {
    const auto language = language_of(parts[0]);
    if (!language) {
      return error(request, 404);
    }
    std::string page(parts[1]);
    const Format format = http::take_format(page, request.header("accept"));
    if (page == "search") {
      return search_page(*m_site, request, *language, std::nullopt, format);
    }
    if (page == "advanced") {
      return advanced_page(*m_site, request, *language);
    }
    if (page == "suggest") {
      return suggest_answer(*m_site, request, *language);
    }
    if (page == "experts") {
      return experts_page(*m_site, request, *language, format);
    }
    if (const auto kind = registry::kind(page)) {
      return search_page(*m_site, request, *language, kind, format);
    }
    return text_page(*m_site, request, *language, page);
  }

  Answer thing(const Request& request, const Captures& parts) const {
    const auto language = language_of(parts[0]);
    if (!language) {
      return error(request, 404);
    }
    std::string id(parts[2]);
    const Format format = http::take_format(id, request.header("accept"));
    return thing_page(*m_site, request, *language, parts[1], id, format);
  }

  std::unique_ptr<Site> m_site;
};

}  // namespace

Result<std::unique_ptr<Pages>> Pages::open(const registry::Registry& registry, CurrentIndex index, Settings settings) {
  if (settings.desk.booking != nullptr) {
    settings.entry.tasks.push_back(booking_tasks(registry, *settings.desk.booking));
  }
  TRY_ASSIGN(auto site, Site::open(registry, std::move(index), std::move(settings)));
  return std::unique_ptr<Pages>(new Router(std::move(site)));
}

}  // namespace pitchblende::pages
