// Where administration begins: what waits, and all its rooms.
#include <algorithm>

#include "booking/local_time.hpp"
#include "pages/address.hpp"
#include "pages/administration/administration.hpp"
#include "pages/administration/intake_views.hpp"
#include "pages/calls/calls_pages.hpp"

namespace pitchblende::pages {

namespace {

using access::Right;

struct Room {
  Right right;
  std::string_view path;
  std::string_view word;
  bool is_there;
};
struct Group {
  std::string_view word;
  std::vector<Room> rooms;
};

std::vector<Group> groups_of(const Settings& settings) {
  const bool upkeep = settings.upkeep.confirm != nullptr;
  return {{"admin.groups.cards",
           {{Right::bring_source, "/admin/sources", "intake.title", settings.intake != nullptr},
            {Right::curate, "/curation", "curation.title", upkeep},
            {Right::campaign, "/admin/campaigns", "confirm.campaigns.title", upkeep},
            {Right::workbook, "/workbooks", "confirm.workbooks.title", upkeep}}},
          {"admin.groups.consortium",
           {{Right::run_membership, "/admin/institutions", "admin.membership.title", settings.membership != nullptr},
            {Right::write_texts, "/admin/texts", "admin.texts.title", settings.texts != nullptr}}},
          {"admin.groups.people",
           {{Right::grant_role, "/admin/roles", "admin.roles.title", true},
            {Right::grant_role, "/admin/roles/asked", "admin.asks.title", true},
            {Right::grant_role, "/admin/roles/table", "admin.role_table.title", true},
            {Right::see_audit, "/admin/accounts", "admin.accounts.title", true},
            {Right::protect_people, "/admin/people", "admin.people.title", settings.own.personal != nullptr}}},
          {"admin.groups.work",
           {{Right::see_outbox, "/admin/outbox", "admin.outbox.title", true},
            {Right::see_outbox, "/admin/jobs", "admin.jobs.title", settings.jobs != nullptr},
            {Right::see_audit, "/admin/audit", "admin.audit.title", true}}}};
}

std::string day_before(std::string_view day, int64_t days) {
  const auto number = booking::read_day(day);
  return number ? booking::day_text(*number - days) : std::string();
}

// Its links hold still, or letters are on their way.
bool is_running(const confirm::Campaign& campaign, std::string_view today) {
  return campaign.state == confirm::CampaignState::sending ||
         (campaign.state == confirm::CampaignState::sent &&
          campaign.sent.substr(0, 10) >= day_before(today, campaign.days));
}

// Nothing came of it for a quarter of a year, or its last run came to nothing.
bool is_stale(const intake::KnownSource& source, std::string_view today) {
  constexpr int64_t k_days = 90;
  return source.state == "refused" || source.state == "failed" || source.last.substr(0, 10) < day_before(today, k_days);
}

// Somebody brought it, and it is neither applied nor dropped.
bool is_undecided(const intake::Intake& intake) {
  using intake::State;
  return intake.state == State::tried || intake.state == State::refused || intake.state == State::failed;
}

// What waits, each with its number: 0 is told too, so that one sees that it was looked at.
class Waiting {
 public:
  Waiting(const Site& site, const access::Actor& actor, const Words& words)
      : m_site(site), m_actor(actor), m_words(words) {}

  Result<Views> all() {
    if (may(Right::see_outbox)) {
      TRY(add_letters());
      TRY(add_jobs());
    }
    if (m_site.settings().intake != nullptr && may(Right::bring_source)) {
      TRY(add_sources());
    }
    if (m_site.settings().upkeep.confirm != nullptr && may(Right::campaign)) {
      TRY(add_campaigns());
    }
    for (const access::TaskSource& source : m_site.settings().entry.tasks) {
      TRY_ASSIGN(const std::vector<access::Task> tasks, source(m_actor));
      for (const access::Task& task : tasks) {
        put(m_words.count(task.word, static_cast<uint64_t>(task.count)), task.count, task.path);
      }
    }
    return std::move(m_out);
  }

 private:
  bool may(Right right) const { return access::may_somewhere(m_actor, right); }

  void put(std::string label, int64_t count, std::string_view path) {
    // The label has the number in it, or not: it stands before it once.
    const std::string number = m_words.number(static_cast<uint64_t>(count));
    if (label.starts_with(number + " ")) {
      label.erase(0, number.size() + 1);
    }
    View one = view({{"count", number}, {"label", label}, {"url", below(m_words, path)}});
    m_out.push_back(std::move(one));
  }
  void add(std::string_view word, int64_t count, std::string_view path) {
    put(m_words.count("admin.waiting." + std::string(word), static_cast<uint64_t>(count)), count, path);
  }

  // Not to who applies: an invitation to review that failed would be one more.
  Result<void> add_letters() {
    TRY_ASSIGN(const bool applies, applies_somewhere(m_site, m_actor));
    if (!applies) {
      TRY_ASSIGN(const auto letters, m_site.settings().entry.outbox->counts());
      const auto count = [&](const char* state) { return letters.contains(state) ? letters.at(state) : 0; };
      add("letters_failed", count("failed"), "/admin/outbox?state=failed");
      if (const int64_t tried = count("tried"); tried > 0) {
        add("letters_tried", tried, "/admin/outbox?state=waiting");
      }
    }
    return {};
  }

  Result<void> add_jobs() {
    if (m_site.settings().jobs != nullptr) {
      TRY_ASSIGN(const auto jobs, m_site.settings().jobs->rows(1000));
      add("jobs_failed", std::ranges::count_if(jobs, [](const jobs::JobRow& job) { return job.failed; }),
          "/admin/jobs?sort=state");
    }
    return {};
  }

  Result<void> add_sources() {
    TRY_ASSIGN(const auto sources, own_sources(m_site, m_actor));
    add("sources_stale",
        std::ranges::count_if(sources, [&](const intake::KnownSource& each) { return is_stale(each, m_actor.today); }),
        "/admin/sources?sort=last#known");
    TRY_ASSIGN(const auto files, own_intakes(m_site, m_actor));
    add("files_waiting", std::ranges::count_if(files, is_undecided), "/admin/sources?sort=state");
    return {};
  }

  Result<void> add_campaigns() {
    TRY_ASSIGN(const auto campaigns, m_site.settings().upkeep.campaigns->all());
    add("campaigns_running",
        std::ranges::count_if(campaigns,
                              [&](const confirm::Campaign& each) { return is_running(each, m_actor.today); }),
        "/admin/campaigns");
    return {};
  }

  const Site& m_site;
  const access::Actor& m_actor;
  const Words& m_words;
  Views m_out;
};

http::Answer start_page(const Site& site, const http::Request& request, Language language) {
  const Words& words = site.words(language);
  auto waiting = Waiting(site, request.who(), words).all();
  if (!waiting) {
    return site.error(request, language, 500);
  }
  View body;
  body["waiting"] = std::move(*waiting);
  body["groups"] = administration_rooms(site, request.who(), words);
  return form_page(site, request, language, "administration", words.get("admin.title"), std::move(body),
                   {{words.get("account.title"), below(words, "/account")}, {words.get("admin.title"), {}}});
}

}  // namespace

Views administration_rooms(const Site& site, const access::Actor& actor, const Words& words) {
  Views out;
  for (const Group& group : groups_of(site.settings())) {
    Views rooms;
    for (const Room& room : group.rooms) {
      if (room.is_there && access::may_somewhere(actor, room.right)) {
        const std::string note = std::string(room.word.substr(0, room.word.rfind('.'))) + ".note";
        rooms.push_back(view({{"label", words.get(room.word)},
                              {"url", below(words, room.path)},
                              {"note", words.has(note) ? words.get(note) : std::string()}}));
      }
    }
    if (!rooms.empty()) {
      View each = view({{"title", words.get(group.word)}, {"id", group.word.substr(group.word.rfind('.') + 1)}});
      each["rooms"] = std::move(rooms);
      out.push_back(std::move(each));
    }
  }
  return out;
}

void add_start(const Site& site, http::Router& router) {
  add_room(site, router, http::Method::get, "/admin", Right::administer,
           [&site](const http::Request& request, Language language, const http::Captures&) {
             return start_page(site, request, language);
           });
}

void add_administration(const Site& site, http::Router& router) {
  add_start(site, router);
  add_roles(site, router);
  add_accounts(site, router);
  add_records(site, router);
  add_audit(site, router);
  if (site.settings().intake != nullptr) {
    add_intake(site, router);
  }
  if (site.settings().membership != nullptr) {
    add_membership(site, router);
  }
  if (site.settings().texts != nullptr) {
    add_texts(site, router);
  }
}

}  // namespace pitchblende::pages
