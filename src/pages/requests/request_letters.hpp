// Letters about requests, posted in the transaction of what they tell, with its line in the audit log. Whom to write to
// is looked up before.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pages/requests/asking.hpp"

namespace pitchblende::pages {

class RequestLetters {
 public:
  // For conversations with these resources; `asker`: the address of who asks. Error: the store's.
  static Result<RequestLetters> prepare(const Site& site, std::vector<Id> resources, const std::string& asker);

  // Where each one's conversation begins (rule 5).
  std::vector<requests::Recipient> recipients() const;

  // "Send it" to somebody whose address is not verified.
  Result<void> verify(store::Transaction& transaction, const requests::Pending& pending, std::string_view secret) const;
  // To those who are asked, and to who asks.
  Result<void> asked(store::Transaction& transaction, const requests::Request& request,
                     const std::vector<requests::Thread>& threads) const;
  // To those who are asked now by the staff, and to who asks.
  Result<void> forwarded(store::Transaction& transaction, const requests::Request& request,
                         const std::vector<requests::Thread>& threads, std::string_view note, int64_t by) const;
  // To the other side.
  Result<void> written(store::Transaction& transaction, const requests::Case& found, const requests::Voice& voice,
                       std::string_view text) const;
  Result<void> answered(store::Transaction& transaction, const requests::Case& found,
                        const requests::Voice& voice) const;
  // To who asked: the training is granted, from the first day to the last.
  Result<void> trained(store::Transaction& transaction, const requests::Case& found, const requests::Voice& voice,
                       const std::pair<std::string, std::string>& days) const;
  // A reminder, or to who comes next.
  Result<void> passed_on(store::Transaction& transaction, const requests::Case& found, requests::Level from) const;
  // How many were posted.
  int64_t count() const { return m_count; }

 private:
  explicit RequestLetters(const Site& site) : m_site(site) {}

  struct About {
    const requests::Request& request;
    Id resource;
    std::string text = {};
    requests::State state = requests::State::fresh;
    std::string note = {};                          // of the staff, to the recipient
    std::pair<std::string, std::string> days = {};  // of a training
  };
  Result<void> to_asker(store::Transaction& transaction, std::string_view kind, const About& about) const;
  Result<void> to_recipients(store::Transaction& transaction, std::string_view kind, const About& about,
                             const requests::Thread& thread) const;
  Result<void> post(store::Transaction& transaction, const access::Holder& to, std::string_view kind,
                    const About& about, const std::string& path) const;
  mail::Letter written_to(const std::string& email, Language language, std::string_view kind, const About& about,
                          const std::string& path) const;
  Result<void> record(store::Transaction& transaction, int64_t account, std::string_view verb,
                      const requests::Thread& thread) const;
  const requests::Reach& reach(Id resource) const;
  // "Ada Lo, Acme (ada@acme.example)", or the address alone.
  std::string from_words(const requests::Asker& asker, Language language) const;

  const Site& m_site;
  std::map<Id, requests::Reach> m_reach;
  std::map<Language, PersonShown> m_asker;  // as the public may know him
  mutable int64_t m_count = 0;
};

}  // namespace pitchblende::pages
