// People as pages and letters name them: by the card that their address leads to, or that was confirmed to be theirs
// (docs/rules/personal.md, 2), else by the address. Immutable; any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pages/sheet.hpp"
#include "pages/site.hpp"

namespace pitchblende::pages {

struct PersonShown {
  std::string name;  // as on his card, else his address
  std::string note;  // what he is, and where, as his card says
  std::string url;   // of his card; empty: he has none that the reader may know
  std::string email;

  bool has_card() const { return !url.empty(); }
};

class People {
 public:
  // Everybody of these addresses, as `viewer` may know him.
  static Result<People> with_addresses(const Site& site, const std::vector<std::string>& emails,
                                       const access::Viewer& viewer, const Words& words);
  // Those of these accounts that there are.
  static Result<People> with_accounts(const Site& site, const std::vector<int64_t>& accounts,
                                      const access::Viewer& viewer, const Words& words);

  // One of none of those that were asked for is called as `email` says.
  PersonShown at(std::string_view email) const;
  const PersonShown* find(int64_t account) const;  // null: there is no such account

 private:
  static People with_cards(const Site& site, const std::vector<std::string>& emails,
                           const std::map<std::string, Id, std::less<>>& cards, const access::Viewer& viewer,
                           const Words& words);

  std::map<std::string, PersonShown, std::less<>> m_by_email;
  std::map<int64_t, std::string> m_emails;
};

// "Ada Lo, Institut Curie (ada@curie.example)", or the address alone: for letters and files.
std::string whole_name(const PersonShown& person);
// His name, with his card behind it.
SheetCell person_cell(const PersonShown& person);
// The same beside a cell that has the address; empty: he has no card.
SheetCell name_cell(const PersonShown& person);
// {who, who_url, who_note, who_email} for {{>person}}; the address where the name does not say it.
void put_person(const PersonShown& person, View& body);

}  // namespace pitchblende::pages
