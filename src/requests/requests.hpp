// Requests: asked once of one or many, answered by somebody, a conversation with each. Front door of requests.
//
// A Requests reads and writes the store that it borrows; any thread. Who may speak for a resource is the policy's to
// say: it comes as a Voice. The rules have numbers in docs/rules/requests.md.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "requests/requests_types.hpp"
#include "store/store.hpp"

namespace pitchblende::requests {

// What belongs into the transaction of a change: letters, the audit log.
using AlsoAsked = std::function<Result<void>(store::Transaction&, const Request&, const std::vector<Thread>&)>;
using Also = std::function<Result<void>(store::Transaction&, const Thread&)>;
using AlsoWritten = std::function<Result<void>(store::Transaction&, const Thread&, int64_t message)>;

// Written by somebody whose address is not verified yet.
struct Visitor {
  std::string browser;  // secret of the browser that he writes in
  std::string client;   // what counts as one client (access::network_of)
};
struct Pending {
  Asker asker;
  Draft draft;
  std::string expires;  // "2026-11-24T10:20:30Z"
};
using PostLink = std::function<Result<void>(store::Transaction&, const Pending&, std::string_view secret)>;

// Which conversations: those of one thing that is named. Only those of a thread or a request come with the text that
// was asked.
struct Query {
  enum class Which : uint8_t { thread, request, asker, resources, staff, all, owed };
  Which which = Which::all;
  int64_t number = 0;              // thread, request
  int64_t account = 0;             // asker: his own …
  std::string email = {};          // … and those of his address
  std::vector<Id> resources = {};  // 0: the staff's
  int64_t limit = 5000;
};

class Requests {
 public:
  // `key`: the data folder's own secret, for links and counts.
  Requests(store::Store& store, const Clock& clock, std::string key)
      : m_store(store), m_clock(clock), m_key(std::move(key)) {}

  // By somebody whose address is known. Each recipient has his conversation. The same form sent again (`once`) gives
  // what it asked. Errors: those of judge_draft and judge_asker, REQUESTS_OFTEN.
  Result<Request> ask(const Asker& asker, const Draft& draft, const std::vector<Recipient>& to, const AlsoAsked& also);
  // By anybody: kept until the link that is posted is opened. Errors: the same.
  Result<void> ask_first(const Asker& asker, const Draft& draft, const Visitor& visitor, const PostLink& post);
  // Without using the link. Errors: REQUESTS_LINK, REQUESTS_BROWSER.
  Result<Pending> look(std::string_view secret, std::string_view browser) const;
  // Uses it. Errors: the same, REQUESTS_OFTEN: the link stays good.
  Result<Request> confirm(std::string_view secret, std::string_view browser, const std::vector<Recipient>& to,
                          const AlsoAsked& also);

  // What leads whoever has it to a request: "7-1a2b…". The same each time.
  std::string link(int64_t request) const;
  // Error: REQUESTS_UNKNOWN.
  Result<int64_t> by_link(std::string_view link) const;

  // The newest first.
  Result<std::vector<Case>> cases(const Query& query) const;
  Result<std::vector<Id>> resources() const;  // that were ever asked
  Result<std::vector<Message>> messages(int64_t thread) const;

  // Errors: those of judge_message, REQUESTS_UNKNOWN, REQUESTS_OFTEN.
  Result<Thread> write(int64_t thread, std::string_view text, const Voice& voice, const AlsoWritten& also);
  // To accepted, declined, running, done; by the asker: withdrawn. Errors: those of judge_answer, REQUESTS_UNKNOWN,
  // REQUESTS_CHANGED.
  Result<Thread> answer(const Seen& seen, State to, std::string_view reason, const Voice& voice, const Also& also);
  // What was asked was given here: done, from whichever open state. `event`: what the conversation says of it. Errors:
  // REQUESTS_STATE, REQUESTS_UNKNOWN, REQUESTS_CHANGED.
  Result<Thread> fulfil(const Seen& seen, std::string_view event, const Voice& voice, const Also& also);
  // Staff's: to others, who get conversations of their own. Errors: REQUESTS_UNKNOWN, REQUESTS_ASKED, REQUESTS_MANY.
  Result<std::vector<Thread>> forward(int64_t thread, const std::vector<Recipient>& to, std::string_view note,
                                      const Voice& voice, const AlsoAsked& also);
  // A reminder, or to the next level; nothing when somebody has answered meanwhile. False: it was nothing.
  Result<bool> pass_on(const Seen& seen, Level level, const Also& also);
  // Links and counts that are over.
  Result<void> forget_old();
  int64_t now() const;

 private:
  Result<void> count_first(const Asker& asker, const Visitor& visitor);
  Result<int64_t> count_try(store::Transaction& transaction, const std::string& bucket);
  std::string hashed(std::string_view what, std::string_view secret) const;

  store::Store& m_store;
  const Clock& m_clock;
  std::string m_key;
};

}  // namespace pitchblende::requests
