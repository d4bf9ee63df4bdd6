// What the pages of calls share: who asks, texts that several people write as fields of a form, money and times in
// words, letters. Functions of an immutable site; any thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "calls/plan.hpp"
#include "calls/proposal_rules.hpp"
#include "pages/calls/calls_pages.hpp"
#include "pages/entry/entry.hpp"
#include "pages/entry/letters.hpp"
#include "pages/sheet.hpp"

namespace pitchblende::pages {

calls::By by_of(const http::Request& request);
int64_t whole_in(std::string_view text);  // 0: it is none

// A text of several writers as a field.
struct TextField {
  std::string name;
  std::string label;
  std::string help = {};
  std::string type = "text";  // what an <input> may be, or "textarea", "select"
  std::vector<std::pair<std::string, std::string>> choices = {};
  std::string length = {};  // "120 of 300 words"
  bool may_change = true;
};
// What was sent and what became of it. Without `typed` the stored texts are shown.
struct Sent {
  const http::Form* typed = nullptr;
  bool stored = false;  // what did not clash stands as it was typed
  calls::Kept kept = {};
};
// The text to show in a field: what somebody typed in vain, else what stands.
std::string shown_text(const std::string& name, const calls::Texts& texts, const Sent& sent);
View field_view(const TextField& field, const calls::Texts& texts, const Sent& sent,
                const std::vector<calls::Problem>& problems, const Words& words);
Views field_views(const std::vector<TextField>& fields, const calls::Texts& texts, const Sent& sent,
                  const std::vector<calls::Problem>& problems, const Words& words);
// Those of the names that the form has, with the marks that it was sent with.
std::vector<calls::Typed> typed_in(const http::Form& form, const std::vector<std::string>& names);

std::string score_words(int64_t hundredths, const Words& words);  // "4.25", "4,25"
std::string time_words(int64_t utc, const Words& words);          // "5 January 2027, 17:00 (Paris)"
std::string exact_time_words(int64_t utc, const Words& words);    // to the second
// An error as pages say times and amounts, in the reader's language: after its field's name, or alone on the page.
std::string error_words(const Error& error, const Words& words);
std::string said_words(const Error& error, const Words& words);
View phase_badge(const calls::Call& call, int64_t now, const Words& words);
// "120 of 300 words"
std::string length_words(const calls::Section& section, std::string_view text, const Words& words);
// A budget as a table: `years`, `rows [{label, cells [{name, value, mark, amount}], sum}]`, `sums`, `total`.
View budget_view(const calls::Plan& plan, const calls::Budget& budget, const calls::Texts& texts, const Sent& sent,
                 const Words& words);
// What was submitted, to be read: sections, parties, budget, files below that address.
void put_submitted(const Site& site, const calls::Judged& judged, const std::string& address, const Words& words,
                   View& body);

// A page of calls that is never kept by anybody: it changes with the clock.
http::Answer calls_page(const Site& site, const http::Request& request, Language language, std::string_view name,
                        const std::string& title, View body, const std::vector<Crumb>& crumbs,
                        const std::optional<Error>& problem = {});
// What somebody has of calls, sorted by its heads, or as a file.
struct CallsList {
  std::string name;  // of the template
  std::string path;
  std::string word;  // of its title
};
http::Answer calls_list(const Site& site, const http::Request& request, Language language, const CallsList& of,
                        Sheet sheet, Rows rows);
// What a handler answers to an error of the slice that has no page of its own.
http::Answer failed(const Site& site, const http::Request& request, Language language, const Error& error);
http::Answer csv_answer(const std::vector<std::vector<std::string>>& rows, const std::string& name);

// A line of the audit log, for a change's transaction.
calls::Also audited(const Site& site, const http::Request& request, std::string verb, std::string kind, int64_t number,
                    std::string detail = {});
// In which languages letters to these are: each one's own, else that of the page. Before a transaction begins.
using Languages = std::map<std::string, Language, std::less<>>;
Result<Languages> languages_of(const Site& site, const std::vector<std::string>& emails, Language otherwise);
// A letter in that transaction; nothing where the site has no outbox.
Result<void> post_letter(const Site& site, store::Transaction& transaction, Language language, const std::string& to,
                         const LetterOf& what);
void letters_posted(const Site& site);

// What others may see of a published call, and of a proposal that was funded, as records of the registry.
Result<void> publish_call(const Site& site, store::Transaction& transaction, const calls::Call& call);
Result<void> publish_award(const Site& site, store::Transaction& transaction, const calls::Call& call,
                           const calls::Told& told);
// After the transaction: the cards are there.
void records_published(const Site& site);
// Files as links below an address.
Views files_of(const Site& site, std::string_view slice, int64_t object, const std::string& below_address,
               const Words& words);
// One of those, as it was brought; not found where it hangs on something else.
http::Answer file_answer(const Site& site, const http::Request& request, Language language, std::string_view slice,
                         int64_t object, std::string_view number);

// Routes of each room; parts of add_calls().
void add_call_pages(const Site& site, http::Router& router);
void add_call_edit(const Site& site, http::Router& router);
void add_proposals(const Site& site, http::Router& router);
void add_proposal_files(const Site& site, http::Router& router);
void add_reviewers(const Site& site, http::Router& router);
void add_reviews(const Site& site, http::Router& router);
void add_committee(const Site& site, http::Router& router);
void add_announcement(const Site& site, http::Router& router);

}  // namespace pitchblende::pages
