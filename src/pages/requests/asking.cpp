#include "pages/requests/asking.hpp"

#include <algorithm>
#include <charconv>

#include "booking/local_time.hpp"
#include "pages/address.hpp"
#include "pages/booking/desk.hpp"
#include "requests/errors.hpp"
#include "requests/requests_rules.hpp"

namespace pitchblende::pages {

namespace {

using registry::Kind;
using requests::Case;
using requests::Message;
using requests::Side;
using requests::State;

constexpr std::string_view k_slice = "requests";
constexpr size_t k_most_files = 5;

std::string local_of(int64_t at) {
  const auto zone = booking::Zone::named(booking::k_home_zone);
  return booking::local_text(zone ? zone->local(at) : at);
}

// "state.accepted" and its like as a sentence.
std::string program_words(std::string_view code, const Words& words) {
  return words.get("requests.events." + std::string(code));
}

}  // namespace

AskedNames::AskedNames(const Site& site, std::vector<Id> ids, const Words& words)
    : m_staff{words.get("requests.staff"), {}} {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  for (const search::Hit& hit : site.index()->known(ids, access::Viewer::visitor())) {
    m_names[hit.id] = {std::string(search::title_in(hit.title, words.code())),
                       thing_address(words.code(), hit.kind, hit.id)};
  }
  for (const Id id : ids) {
    m_names.emplace(id, Name{words.get("requests.resource") + " " + id.text(), {}});  // it is gone from the registry
  }
}

const std::string& AskedNames::label(Id id) const {
  const auto at = m_names.find(id);
  return id == Id() || at == m_names.end() ? m_staff.label : at->second.label;
}

std::string AskedNames::url(Id id) const {
  const auto at = m_names.find(id);
  return id == Id() || at == m_names.end() ? std::string() : at->second.url;
}

bool can_be_asked(Kind kind) {
  return kind == Kind::platform || kind == Kind::team || kind == Kind::equipment || kind == Kind::service ||
         kind == Kind::collection || kind == Kind::dataset;
}

Result<std::optional<Id>> recipient_for(const Site& site, const access::Viewer& viewer, Id id) {
  TRY_ASSIGN(const registry::Found found, site.registry().find(id, viewer));
  const bool can = found.card && can_be_asked(found.card->kind);
  return can ? std::optional(found.id) : std::nullopt;
}

Result<std::vector<requests::Recipient>> recipients_of(const Site& site, const std::vector<Id>& to) {
  std::vector<requests::Recipient> out;
  for (const Id id : to) {
    TRY_ASSIGN(const requests::Reach reach, site.settings().asking.routing->reach(id));
    out.push_back({id, id == Id() ? requests::Level::staff : requests::first_level(reach.reachable())});
  }
  return out;
}

std::string when_words(int64_t at, const Words& words) {
  if (at == 0) {
    return {};
  }
  const std::string local = local_of(at);
  return words.date(local.substr(0, 10)) + ", " + local.substr(11);
}

std::string day_of_words(int64_t at, const Words& words) {
  return at == 0 ? std::string() : words.date(local_of(at).substr(0, 10));
}

std::string waited_words(int64_t seconds, const Words& words) {
  constexpr int64_t k_minute = 60;
  constexpr int64_t k_hour = 60 * k_minute;
  constexpr int64_t k_day = 24 * k_hour;
  if (seconds < k_hour) {
    return words.count("requests.minutes", static_cast<uint64_t>(std::max<int64_t>(seconds, 0) / k_minute));
  }
  return seconds < 2 * k_day ? words.count("requests.hours", static_cast<uint64_t>(seconds / k_hour))
                             : words.count("requests.days", static_cast<uint64_t>(seconds / k_day));
}

std::string state_words(State state, const Words& words) {
  return words.get("requests.states." + std::string(requests::name(state)));
}

std::string_view tone_of(State state) {
  return state == State::fresh ? "warn" : requests::is_open(state) || state == State::done ? "good" : "plain";
}

std::string who_words(const requests::Asker& asker, const PersonShown& known) {
  std::string out = asker.name.empty() ? known.name : asker.name;
  return asker.company.empty() ? out : out + ", " + asker.company;
}

SheetCell asker_cell(const requests::Asker& asker, const People& people) {
  const PersonShown known = people.at(asker.email);
  return {who_words(asker, known), known.url};
}

Result<People> askers_of(const Site& site, const std::vector<Case>& cases, const access::Viewer& viewer,
                         const Words& words) {
  std::vector<std::string> emails;
  for (const Case& each : cases) {
    emails.push_back(each.request.asker.email);
  }
  return People::with_addresses(site, emails, viewer, words);
}

namespace {

Result<Views> files_of(const Site& site, int64_t message, const std::string& address) {
  Views out;
  if (site.settings().asking.files == nullptr) {
    return out;
  }
  TRY_ASSIGN(const auto all, site.settings().asking.files->of(k_slice, message));
  for (const files::Attachment& each : all) {
    out.push_back(view({{"label", each.file.name}, {"url", address + "/" + std::to_string(each.id)}}));
  }
  return out;
}

// "You", a name as a card says it, or as what somebody speaks.
std::string speaker(const Message& message, const Hearer& hearer, const People& people, const Words& words) {
  const PersonShown* known = people.find(message.account);
  const bool by_another = hearer.account != 0 && message.account != 0 && message.account != hearer.account;
  if (message.side == hearer.side && !by_another) {
    return words.get("requests.you");
  }
  const std::string role = words.get(message.side == Side::asker   ? "requests.asker"
                                     : message.side == Side::staff ? "requests.staff_note"
                                                                   : "requests.answerer");
  return known != nullptr && known->has_card() ? known->name + " – " + role : role;
}

}  // namespace

Result<Views> said_views(const Site& site, int64_t thread, const Hearer& hearer, const std::string& files,
                         const Words& words) {
  TRY_ASSIGN(const std::vector<Message> messages, site.settings().asking.requests->messages(thread));
  std::vector<int64_t> accounts;
  for (const Message& each : messages) {
    accounts.push_back(each.account);
  }
  TRY_ASSIGN(const People people, People::with_accounts(site, accounts, hearer.viewer, words));
  Views out;
  for (const Message& each : messages) {
    if (each.side == Side::staff && hearer.side == Side::asker) {
      continue;
    }
    View one = view({{"when", when_words(each.at, words)}});
    if (each.side == Side::program) {
      one["event"] = program_words(each.text, words);
    } else {
      one["own"] = each.side == hearer.side;
      one["who"] = speaker(each, hearer, people, words);
      one["paragraphs"] = paragraphs_of(each.text);
      TRY_ASSIGN(one["files"], files_of(site, each.id, files));
    }
    out.push_back(std::move(one));
  }
  return out;
}

Result<std::vector<files::Kept>> kept_files(const Site& site, const http::Form& form) {
  std::vector<files::Kept> out;
  for (const http::FormFile& each : form.files) {
    // A field that nothing was chosen for is sent as a file without a name.
    if (each.name.empty() && each.bytes.empty()) {
      continue;
    }
    if (site.settings().asking.files == nullptr || out.size() == k_most_files) {
      return fail(requests::errors::files, std::to_string(k_most_files));
    }
    TRY_ASSIGN(files::Kept kept, site.settings().asking.files->keep(each.name, each.bytes));
    out.push_back(std::move(kept));
  }
  return out;
}

Result<void> attach_files(const Site& site, store::Transaction& transaction, const std::vector<files::Kept>& kept,
                          int64_t message, int64_t account) {
  for (const files::Kept& each : kept) {
    TRY(site.settings().asking.files->attach(transaction, each, {k_slice, message, account}));
  }
  return {};
}

http::Answer attached_file(const Site& site, const http::Request& request, Language language,
                           const std::vector<Case>& cases, std::string_view number) {
  const files::Files* files = site.settings().asking.files;
  const auto found =
      files == nullptr ? Result<files::Attachment>(fail(requests::errors::unknown)) : files->find(whole_number(number));
  if (!found || found->slice != k_slice) {
    return site.error(request, language, 404);
  }
  for (const Case& each : cases) {
    const auto messages = site.settings().asking.requests->messages(each.thread.id);
    const bool here = messages && std::any_of(messages->begin(), messages->end(),
                                              [&](const Message& message) { return message.id == found->object; });
    if (here) {
      auto answer = attachment_answer(*files, *found);
      return answer ? std::move(*answer) : site.error(request, language, 500);
    }
  }
  return site.error(request, language, 404);
}

View request_view(const requests::Request& request, const PersonShown& asker, const Words& words) {
  View out = view({{"kind", words.get("requests.kinds." + std::string(requests::name(request.draft.kind)))},
                   {"subject", request.draft.subject},
                   {"who", who_words(request.asker, asker)},
                   {"who_url", asker.url},
                   {"who_note", asker.note},
                   // Where nothing else is known it is said already.
                   {"who_email", request.asker.name.empty() && !asker.has_card() ? std::string() : request.asker.email},
                   {"made", when_words(request.made, words)},
                   {"wanted_by", words.date(request.draft.wanted_by)}});
  out["paragraphs"] = paragraphs_of(request.draft.text);
  return out;
}

http::Answer asking_page(const Site& site, const http::Request& request, Language language, std::string_view name,
                         const std::string& title, View body, const std::vector<Crumb>& crumbs, const Said& said) {
  const Words& words = site.words(language);
  if (said.problem) {
    std::vector<std::string> args = said.problem->args();
    if (said.problem->is(requests::errors::past)) {
      args.front() = words.date(args.front());
    }
    if (said.problem->is(requests::errors::state)) {
      for (std::string& arg : args) {
        const auto state = requests::state(arg);
        arg = state ? state_words(*state, words) : arg;
      }
    }
    const bool of_booking = std::string_view(said.problem->kind().code).starts_with("BOOKING_");
    body["problem"] = of_booking ? problem_words(*said.problem, words) : message_alone(*said.problem, args, words);
  }
  if (const std::string word = "requests.done." + said.done; !said.done.empty() && words.has(word)) {
    body["done"] = words.get(word);
  }
  http::Answer answer = form_page(site, request, language, name, title, std::move(body), crumbs);
  answer.status = said.problem ? said.problem->kind().status : 200;
  return answer;
}

int64_t whole_number(std::string_view text) {
  int64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size() && out > 0 ? out : 0;
}

void put_ask_link(const Site& site, const registry::Card& card, const Words& words, Views& ways) {
  const bool open = site.settings().asking.requests != nullptr && site.settings().entry.access != nullptr;
  if (open && can_be_asked(card.kind)) {
    ways.push_back(
        view({{"label", words.get("requests.ask")}, {"url", below(words, "/requests/new?to=" + card.id.text())}}));
  }
}

Result<std::vector<Case>> inbox_of(const Asking& asking, const access::Actor& actor) {
  TRY_ASSIGN(const std::vector<Id> all, asking.requests->resources());
  TRY_ASSIGN(const std::vector<Id> own, asking.routing->own(actor, all));
  requests::Query query;
  query.which = requests::Query::Which::resources;
  query.resources = own;
  TRY_ASSIGN(std::vector<Case> out, asking.requests->cases(query));
  if (access::may(actor, access::Right::answer_request, {})) {
    query.which = requests::Query::Which::staff;
    TRY_ASSIGN(const std::vector<Case> every, asking.requests->cases(query));
    for (const Case& each : every) {
      if (!std::binary_search(own.begin(), own.end(), each.thread.resource)) {
        out.push_back(each);
      }
    }
    std::sort(out.begin(), out.end(), [](const Case& a, const Case& b) {
      return std::pair(a.thread.sent, a.thread.id) > std::pair(b.thread.sent, b.thread.id);
    });
  }
  return out;
}

access::TaskSource request_tasks(const Asking& asking) {
  return [asking](const access::Actor& actor) -> Result<std::vector<access::Task>> {
    TRY_ASSIGN(const std::vector<Case> all, inbox_of(asking, actor));
    int64_t count = 0;
    int64_t first = 0;
    for (const Case& each : all) {
      if (each.thread.owed_since != 0) {
        const int64_t due = requests::due(each.thread);
        first = first == 0 ? due : std::min(first, due);
        ++count;
      }
    }
    std::vector<access::Task> tasks;
    if (count > 0) {
      tasks.push_back({"tasks.requests_to_answer", count, "/requests/inbox", local_of(first).substr(0, 10)});
    }
    return tasks;
  };
}

access::RoomSource request_room(const Asking& asking) {
  return [asking](const access::Looking& looking) -> Result<std::vector<access::RoomLine>> {
    const auto open = [](const std::vector<Case>& cases) {
      return std::count_if(cases.begin(), cases.end(),
                           [](const Case& each) { return requests::is_open(each.thread.state); });
    };
    requests::Query query;
    query.which = requests::Query::Which::asker;
    query.account = looking.actor.account;
    query.email = looking.actor.email;
    TRY_ASSIGN(const std::vector<Case> asked, asking.requests->cases(query));
    TRY_ASSIGN(const std::vector<Case> inbox, inbox_of(asking, looking.actor));
    std::vector<access::RoomLine> out;
    if (!asked.empty()) {
      out.push_back({"requests.asked_count", open(asked), "/requests"});
    }
    if (!inbox.empty()) {
      out.push_back({"requests.inbox_count", open(inbox), "/requests/inbox"});
    }
    return out;
  };
}

void add_requests(const Site& site, http::Router& router) {
  add_ask(site, router);
  add_own_requests(site, router);
  add_inbox(site, router);
  add_thread(site, router);
  add_letter(site, router);
  add_overview(site, router);
}

}  // namespace pitchblende::pages
