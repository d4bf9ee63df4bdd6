// The outbox: letters kept until a mail server has taken them. Front door of mail.
//
// post() belongs into the transaction of what the letter tells; a Postman's own thread sends. Any thread may post.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.hpp"
#include "mail/letter.hpp"
#include "net/net.hpp"
#include "store/store.hpp"

namespace pitchblende::mail {

struct Settings {
  net::MailServer server;  // without host: letters wait
  std::string from;        // address
  std::string from_name;
  std::string key;  // the data folder's own secret: letters are sealed with it until they have gone
};

struct OutboxRow {
  int64_t id = 0;
  std::string recipient;
  std::string kind;
  std::string state;  // waiting, sent, failed, expired
  std::string created;
  std::string due;
  int64_t tries = 0;
  std::string reason;  // as it is kept: in English

  // It waits after a try that failed.
  bool is_tried() const { return state == "waiting" && tries > 0; }
};
// Why a letter has not gone, in its reader's language; what a mail server said stays as it said it.
std::string reason_in(std::string_view kept, Language language);

class Outbox {
 public:
  Outbox(store::Store& store, const Clock& clock, Settings settings)
      : m_store(store), m_clock(clock), m_settings(std::move(settings)) {}

  // The address that letters come from.
  const std::string& from() const { return m_settings.from; }
  // A letter that its reader has refused (letter_kinds.hpp says which may be) is not posted.
  Result<void> post(store::Transaction& transaction, const Letter& letter) const;
  // The same, and gives its number; 0: it is refused.
  Result<int64_t> put(store::Transaction& transaction, const Letter& letter) const;
  // Letters that somebody wants no more, by topic. Those that were refused before and are not among them come again.
  Result<void> refuse(store::Transaction& transaction, const std::string& recipient,
                      const std::vector<std::string>& topics) const;
  Result<std::vector<std::string>> refused(const std::string& recipient) const;
  // What is due, once each. The answer: letters tried. An error is the store's: what a mail server says is kept with
  // its letter.
  Result<int64_t> send_due(const std::function<bool()>& is_stopped = {}) const;
  // The newest first, before a number (0: from the end); of a state, or of all (empty).
  Result<std::vector<OutboxRow>> rows(int64_t before, int64_t limit, std::string_view state = {}) const;
  // How many are in each state; "tried": those that wait after a try that failed, once more.
  Result<std::map<std::string, int64_t>> counts() const;
  // Those of these that are still there, by number.
  Result<std::map<int64_t, OutboxRow>> rows_of(const std::vector<int64_t>& letters) const;
  // A letter that failed is due again. Error: MAIL_UNKNOWN.
  Result<void> send_again(store::Transaction& transaction, int64_t letter) const;
  // Letters that went or failed 90 days ago.
  Result<void> forget_old() const;

 private:
  struct Due;
  Result<std::vector<Due>> due() const;
  enum class Went : uint8_t { on, nowhere };  // nowhere: the server cannot be reached
  Result<Went> send(const Due& letter) const;

  store::Store& m_store;
  const Clock& m_clock;
  Settings m_settings;
};

// Seconds until the next try, after so many; 0: no more.
int64_t next_try(int64_t tries);

class Postman {
 public:
  explicit Postman(const Outbox& outbox);
  ~Postman();
  Postman(const Postman&) = delete;
  Postman& operator=(const Postman&) = delete;
  // Something was posted: returns at once.
  void wake();

 private:
  void run();

  const Outbox& m_outbox;
  std::mutex m_mutex;
  std::condition_variable m_awake;
  bool m_woken = true;
  std::atomic<bool> m_ending = false;
  std::thread m_thread;
};

}  // namespace pitchblende::mail
