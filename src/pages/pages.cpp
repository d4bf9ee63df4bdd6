#include "pages/pages.hpp"

#include "pages/address.hpp"
#include "pages/administration/administration.hpp"
#include "pages/booking/booking_pages.hpp"
#include "pages/booking/desk.hpp"
#include "pages/calls/calls_pages.hpp"
#include "pages/confirm/confirm_pages.hpp"
#include "pages/curation/curation_pages.hpp"
#include "pages/entry/entry.hpp"
#include "pages/finding/advanced_page.hpp"
#include "pages/finding/search_page.hpp"
#include "pages/groups/group_pages.hpp"
#include "pages/home_page.hpp"
#include "pages/insight/insight_pages.hpp"
#include "pages/meanwhile.hpp"
#include "pages/partnerships/partner_room.hpp"
#include "pages/personal/personal_pages.hpp"
#include "pages/requests/asking.hpp"
#include "pages/site.hpp"
#include "pages/terms_page.hpp"
#include "pages/things/thing_page.hpp"

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
    get("/terms", [this](const Request& request, const Captures&) { return terms(request); });
    get("/terms.jsonld", [this](const Request& request, const Captures&) { return terms(request); });
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
    add_public_rooms(router);
    get("/{lang}/{kind}/{id}", [this](const Request& request, const Captures& parts) { return thing(request, parts); });
    router.on_missing([this](const Request& request) { return error(request, 404); });
    router.on_wrong_method([this](const Request& request) { return error(request, 405); });
    router.on_refused([this](const Request& request) { return refused(*m_site, request, language_for(request)); });
    add_rooms(router);
  }

  Answer answer(const http::Router& router, const Request& request) const override {
    const auto before = m_site->making();
    if (before && before->what == pool::Making::What::cards && !needs_no_cards(request)) {
      return not_yet(*m_site, request, language_for(request), *before);
    }
    const IndexReads reads;
    Answer made = answer_admitted(*m_site, router, request, language_for(request));
    if (const auto making = before ? before : m_site->making()) {
      return made_meanwhile(*m_site, request, language_for(request), *making, reads, std::move(made));
    }
    // Whoever asked for data is not given a page, whatever room says that nothing is there.
    const bool data = request.path.ends_with(".json") || request.path.ends_with(".jsonld");
    return made.status == 404 && data && made.type.starts_with("text/html") ? error(request, 404) : std::move(made);
  }

  Result<int64_t> remind() const override {
    const bool asked = m_site->settings().entry.access != nullptr && m_site->settings().asking.requests != nullptr;
    return asked ? remind_of_requests(*m_site) : Result<int64_t>(0);
  }

  Answer error(const Request& request, int status) const override {
    const size_t last = request.path.rfind('/');
    const std::string q = status == 404 && last != std::string::npos ? request.path.substr(last + 1) : std::string();
    return m_site->error(request, language_for(request), status, q);
  }

  void add_work(jobs::Jobs& jobs) const override {
    if (m_site->settings().own.personal != nullptr) {
      add_personal_work(*m_site, jobs);
    }
    if (m_site->settings().upkeep.workbooks != nullptr) {
      add_workbook_work(*m_site, jobs);
    }
  }

 private:
  // Rooms that the settings have.
  void add_rooms(http::Router& router) const {
    if (m_site->settings().partnering.partnerships != nullptr) {
      add_partnerships(*m_site, router);
    }
    if (m_site->settings().entry.access != nullptr) {
      add_entry(*m_site, router);
      if (m_site->settings().desk.booking != nullptr) {
        add_booking(*m_site, router);
      }
      if (m_site->settings().asking.requests != nullptr) {
        add_requests(*m_site, router);
      }
      if (m_site->settings().calling.calls != nullptr) {
        add_calls(*m_site, router);
      }
      if (m_site->settings().upkeep.confirm != nullptr) {
        add_confirm(*m_site, router);
        add_curation(*m_site, router);
      }
      add_administration(*m_site, router);
      if (m_site->settings().own.personal != nullptr) {
        add_personal(*m_site, router);
      }
    }
  }

  void add_public_rooms(http::Router& router) const {
    if (m_site->settings().desk.booking != nullptr) {
      add_times(*m_site, router);
    }
    if (m_site->settings().groups != nullptr) {
      add_groups(*m_site, router);
    }
    if (m_site->settings().insight != nullptr) {
      add_insight(*m_site, router);
    }
  }

  static Answer to_language(const Request& request) {
    const bool french = http::preferred_language(request.header("accept-language")) == Language::french;
    Answer answer = redirect(302, french ? "/fr/" : "/en/");
    answer.headers.emplace_back("Vary", "Accept-Language");
    return answer;
  }

  // What is made anew for each question has no end for who follows every link: searches and facets, experts, free
  // times, figures behind figures, whole lists as files. Lists of things are followed page by page.
  static Answer robots() {
    Answer answer;
    answer.type = "text/plain; charset=utf-8";
    answer.body = "User-agent: *\nDisallow: /*?\nAllow: /*?page=\nDisallow: /*.csv\n";
    for (const std::string language : {"fr", "en"}) {
      for (const std::string page :
           {"search", "advanced", "experts", "suggest", "slots", "partner", "figures/", "requests", "sign-in"}) {
        answer.body += "Disallow: /" + language + "/" + page + "\n";
      }
    }
    return answer;
  }

  Answer list(const Request& request, const Captures& parts) const {
    const auto language = language_of(parts[0]);
    if (!language) {
      return error(request, 404);
    }
    std::string page(parts[1]);
    const Format format = http::take_format(page, request.header("accept"));
    const bool named = page.size() < parts[1].size();  // by its ending, and not only accepted
    if (page == "search") {
      return search_page(*m_site, request, *language, std::nullopt, format);
    }
    if (page == "glossary" && named) {
      return glossary_data(*m_site, request, *language, format);
    }
    if (page == "terms") {
      return terms_page(*m_site, request, *language, format);
    }
    if (page == "advanced" && !named) {
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
    return named ? m_site->error(request, *language, 404, page) : text_page(*m_site, request, *language, page);
  }

  // What our own words of JSON-LD begin with: as data to who asks for data, else the page in the reader's language.
  Answer terms(const Request& request) const {
    std::string path = request.path;
    const Format format = http::take_format(path, request.header("accept"));
    const Language language = http::preferred_language(request.header("accept-language"));
    Answer answer = format == Format::html ? redirect(303, below(m_site->words(language), "/terms"))
                                           : terms_page(*m_site, request, language, format);
    answer.headers.emplace_back("Vary", "Accept-Language");
    return answer;
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

// What each room has of who looks at My page, in the order in which it says so.
void add_rooms_of_his(const registry::Registry& registry, const CurrentIndex& index, Settings& settings) {
  std::vector<access::RoomSource>& rooms = settings.own.rooms;
  if (settings.desk.booking != nullptr) {
    rooms.push_back(booking_room(*settings.desk.booking));
  }
  if (settings.asking.requests != nullptr) {
    rooms.push_back(request_room(settings.asking));
  }
  if (settings.calling.calls != nullptr) {
    rooms.push_back(calls_room(settings.calling));
  }
  if (settings.groups != nullptr) {
    rooms.push_back(group_room(index, *settings.groups));
  }
  if (settings.partnering.partnerships != nullptr) {
    rooms.push_back(partnership_room(registry, *settings.partnering.partnerships));
  }
}

}  // namespace

Result<std::unique_ptr<Pages>> Pages::open(const registry::Registry& registry, CurrentIndex current,
                                           Settings settings) {
  // As rooms read it that have no site.
  const CurrentIndex index = [current] {
    IndexReads::note();
    return current();
  };
  if (settings.entry.access != nullptr) {
    settings.entry.tasks.push_back(role_tasks(registry, *settings.entry.access));
  }
  if (settings.desk.booking != nullptr) {
    settings.entry.tasks.push_back(booking_tasks(registry, *settings.desk.booking));
  }
  if (settings.own.personal != nullptr) {
    settings.entry.tasks.push_back(personal_tasks(*settings.own.personal, *settings.own.wishes));
  }
  if (settings.intake != nullptr) {
    settings.entry.tasks.push_back(intake_tasks(*settings.intake));
  }
  if (settings.asking.requests != nullptr) {
    settings.entry.tasks.push_back(request_tasks(settings.asking));
  }
  if (settings.partnering.partnerships != nullptr) {
    settings.entry.tasks.push_back(partnership_tasks(registry, index, *settings.partnering.partnerships));
  }
  if (settings.groups != nullptr && settings.entry.access != nullptr) {
    settings.entry.tasks.push_back(group_tasks(registry, index, *settings.groups, *settings.entry.access));
  }
  if (settings.calling.calls != nullptr) {
    settings.entry.tasks.push_back(calls_tasks(settings.calling));
  }
  if (settings.upkeep.confirm != nullptr) {
    settings.entry.tasks.push_back(confirm_tasks(*settings.upkeep.campaigns));
  }
  add_rooms_of_his(registry, index, settings);
  TRY_ASSIGN(auto site, Site::open(registry, std::move(current), std::move(settings)));
  if (site->settings().texts != nullptr) {
    TRY(show_texts(*site));
  }
  return std::unique_ptr<Pages>(new Router(std::move(site)));
}

}  // namespace pitchblende::pages
