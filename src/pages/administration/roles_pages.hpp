// What the rooms of roles share: given by hand, asked for, in a table. Functions of an immutable site; any thread.
#pragma once

#include "pages/administration/administration.hpp"
#include "pages/entry/forms.hpp"
#include "pages/people/people.hpp"

namespace pitchblende::pages {

// Roles as a form's choice offers them.
FormField role_field(const Words& words, bool (*offers)(access::Role));
// Which field of a form an error of access is about; empty: the whole.
std::string field_of_role(const Error& error);
// An error's message, with roles and kinds as people call them; beside no field it begins with a capital.
std::string role_problem(const Error& error, const Words& words);
// What a role is for: its name, with its page; empty: the whole consortium.
SheetCell thing_cell(const Site& site, Id object, const Words& words);
// The same in a sentence.
std::string thing_words(const Site& site, Id object, const Words& words);
// A letter to whom one is given.
Result<void> tell_role(const Site& site, store::Transaction& transaction, const access::Holder& holder,
                       const access::GrantRequest& given);
// And to whose role somebody else ends.
Result<void> tell_role_ended(const Site& site, store::Transaction& transaction, const access::Holder& holder,
                             const access::Grant& grant, const PersonShown& by);
// What a form says a role is for. Error: ACCESS_UNKNOWN.
Result<access::Object> typed_object(const Site& site, std::string_view text, std::string_view today);

// Parts of add_roles.
void add_role_asks(const Site& site, http::Router& router);
void add_role_table(const Site& site, http::Router& router);

}  // namespace pitchblende::pages
