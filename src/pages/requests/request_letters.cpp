#include "pages/requests/request_letters.hpp"

#include <algorithm>
#include <iterator>

#include "pages/entry/letters.hpp"
#include "requests/requests_rules.hpp"

namespace pitchblende::pages {

namespace {

using access::Holder;
using requests::Case;
using requests::Level;
using requests::Request;
using requests::Side;
using requests::Thread;
using requests::Voice;
using store::Transaction;

constexpr size_t k_quoted = 2000;  // bytes of a text that a letter shows; the rest stands on the page

Language language_named(std::string_view code) { return code == "fr" ? Language::french : Language::english; }

std::string quoted(std::string_view text) {
  if (text.size() <= k_quoted) {
    return std::string(text);
  }
  size_t end = k_quoted;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return std::string(text.substr(0, end)) + " …";
}

}  // namespace

std::string RequestLetters::from_words(const requests::Asker& asker, Language language) const {
  const auto known = m_asker.find(language);
  std::string who = who_words(asker, known == m_asker.end() ? People().at(asker.email) : known->second);
  return who == asker.email ? who : who + " (" + asker.email + ")";
}

Result<RequestLetters> RequestLetters::prepare(const Site& site, std::vector<Id> resources, const std::string& asker) {
  RequestLetters out(site);
  for (const Language language : {Language::french, Language::english}) {
    TRY_ASSIGN(const People people,
               People::with_addresses(site, {asker}, access::Viewer::visitor(), site.words(language)));
    out.m_asker.emplace(language, people.at(asker));
  }
  if (resources.empty()) {
    resources.emplace_back();
  }
  for (const Id id : resources) {
    TRY_ASSIGN(out.m_reach[id], site.settings().asking.routing->reach(id));
  }
  return out;
}

const requests::Reach& RequestLetters::reach(Id resource) const {
  static const requests::Reach k_nobody;
  const auto at = m_reach.find(resource);
  return at == m_reach.end() ? k_nobody : at->second;
}

std::vector<requests::Recipient> RequestLetters::recipients() const {
  std::vector<requests::Recipient> out;
  for (const auto& [id, who] : m_reach) {
    out.push_back({id, id == Id() ? Level::staff : requests::first_level(who.reachable())});
  }
  return out;
}

Result<void> RequestLetters::post(Transaction& transaction, const Holder& to, std::string_view kind, const About& about,
                                  const std::string& path) const {
  const mail::Outbox* outbox = m_site.settings().entry.outbox;
  if (outbox == nullptr || to.email.empty()) {
    return {};
  }
  ++m_count;
  mail::Letter letter =
      written_to(to.email, language_named(to.language.empty() ? "fr" : to.language), kind, about, path);
  if (to.language.empty()) {
    // Nobody knows which he reads: the text of who asks stands in the first alone.
    const mail::Letter other = written_to(to.email, Language::english, kind, {about.request, about.resource}, path);
    letter.subject += " / " + other.subject;
    std::ranges::copy_if(other.paragraphs, std::back_inserter(letter.paragraphs),
                         [](const std::string& each) { return !each.empty(); });
    letter.action += " / " + other.action;
    letter.closing += (letter.closing.empty() ? "" : " / ") + other.closing;
  }
  return outbox->post(transaction, letter);
}

mail::Letter RequestLetters::written_to(const std::string& email, Language language, std::string_view kind,
                                        const About& about, const std::string& path) const {
  const Words& words = m_site.words(language);
  const AskedNames names(m_site, {about.resource}, words);
  return letter_to(m_site, language, email,
                   {"requests_" + std::string(kind),
                    "requests.letters." + std::string(kind),
                    {{"subject", about.request.draft.subject},
                     {"resource", names.label(about.resource)},
                     {"kind", words.get("requests.kinds." + std::string(requests::name(about.request.draft.kind)))},
                     {"who", from_words(about.request.asker, language)},
                     {"state", state_words(about.state, words)},
                     {"note", about.note.empty() ? std::string()
                                                 : words.get("requests.staff_says") + "\n" + quoted(about.note) + "\n"},
                     {"period", words.period(about.days.first, about.days.second)},
                     {"text", quoted(about.text)}},
                    path});
}

Result<void> RequestLetters::to_asker(Transaction& transaction, std::string_view kind, const About& about) const {
  const Request& request = about.request;
  // Rule 12.
  const std::string path = "/requests/link/" + m_site.settings().asking.requests->link(request.id);
  return post(transaction, {request.asker.account, request.asker.email, request.asker.language}, kind, about, path);
}

Result<void> RequestLetters::to_recipients(Transaction& transaction, std::string_view kind, const About& about,
                                           const Thread& thread) const {
  const requests::AnswerLinks* links = m_site.settings().asking.answer_links;
  for (const Holder& to : reach(thread.resource).at(thread.level)) {
    std::string path = "/requests/threads/" + std::to_string(thread.id);
    if (links != nullptr && !to.email.empty()) {
      TRY_ASSIGN(const std::string secret, links->make(transaction, thread, to.email));
      path = "/requests/answer/" + secret;
    }
    TRY(post(transaction, to, kind, about, path));
  }
  return {};
}

Result<void> RequestLetters::record(Transaction& transaction, int64_t account, std::string_view verb,
                                    const Thread& thread) const {
  return m_site.settings().entry.access->audit().record(
      transaction, {account, std::string(verb), "request_thread", thread.id,
                    thread.resource == Id() ? std::string() : thread.resource.text()});
}

Result<void> RequestLetters::verify(Transaction& transaction, const requests::Pending& pending,
                                    std::string_view secret) const {
  const mail::Outbox* outbox = m_site.settings().entry.outbox;
  if (outbox == nullptr) {
    return {};
  }
  ++m_count;
  return outbox->post(transaction, letter_to(m_site, language_named(pending.asker.language), pending.asker.email,
                                             {"requests_verify",
                                              "requests.letters.verify",
                                              {{"subject", pending.draft.subject}},
                                              "/requests/verify/" + std::string(secret),
                                              pending.expires}));
}

Result<void> RequestLetters::asked(Transaction& transaction, const Request& request,
                                   const std::vector<Thread>& threads) const {
  for (const Thread& thread : threads) {
    TRY(record(transaction, request.asker.account, "ask", thread));
    TRY(to_recipients(transaction, "to_answer", {request, thread.resource, request.draft.text}, thread));
  }
  return to_asker(transaction, "received", {request, threads.front().resource, request.draft.text});
}

Result<void> RequestLetters::forwarded(Transaction& transaction, const Request& request,
                                       const std::vector<Thread>& threads, std::string_view note, int64_t by) const {
  for (const Thread& thread : threads) {
    TRY(record(transaction, by, "forward", thread));
    TRY(to_recipients(transaction, "to_answer",
                      {request, thread.resource, request.draft.text, requests::State::fresh, std::string(note)},
                      thread));
    TRY(to_asker(transaction, "forwarded", {request, thread.resource}));
  }
  return {};
}

Result<void> RequestLetters::written(Transaction& transaction, const Case& found, const Voice& voice,
                                     std::string_view text) const {
  TRY(record(transaction, voice.account, "write", found.thread));
  const About about{found.request, found.thread.resource, std::string(text)};
  return voice.side == Side::asker ? to_recipients(transaction, "message", about, found.thread)
                                   : to_asker(transaction, "reply", about);
}

Result<void> RequestLetters::answered(Transaction& transaction, const Case& found, const Voice& voice) const {
  const std::string verb = std::string(requests::name(found.thread.state)) + "_request";
  TRY(record(transaction, voice.account, verb, found.thread));
  const About about{found.request, found.thread.resource, found.thread.reason, found.thread.state};
  return voice.side == Side::asker ? to_recipients(transaction, "withdrawn", about, found.thread)
                                   : to_asker(transaction, "state", about);
}

// Rule 23.
Result<void> RequestLetters::trained(Transaction& transaction, const Case& found, const Voice& voice,
                                     const std::pair<std::string, std::string>& days) const {
  TRY(record(transaction, voice.account, std::string(requests::name(found.thread.state)) + "_request", found.thread));
  const About about{found.request, found.thread.resource, {}, found.thread.state, {}, days};
  const requests::Asker& asker = found.request.asker;
  return post(transaction, {asker.account, asker.email, asker.language}, "trained", about,
              "/equipment/" + found.thread.resource.text());
}

Result<void> RequestLetters::passed_on(Transaction& transaction, const Case& found, Level from) const {
  const About about{found.request, found.thread.resource, found.request.draft.text};
  if (found.thread.level == from) {
    TRY(record(transaction, 0, "remind", found.thread));
    return to_recipients(transaction, "reminder", about, found.thread);
  }
  TRY(record(transaction, 0, "pass_on", found.thread));
  TRY(to_recipients(transaction, "passed_on", about, found.thread));
  return to_asker(transaction, "passed", about);
}

}  // namespace pitchblende::pages
