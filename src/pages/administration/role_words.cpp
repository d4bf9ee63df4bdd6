// Roles as people read of them: choices, problems, what they are for, the letter to whom one is given.
#include <algorithm>

#include "access/errors.hpp"
#include "base/beginning.hpp"
#include "base/text.hpp"
#include "pages/address.hpp"
#include "pages/administration/roles_pages.hpp"
#include "pages/confirm/typed_thing.hpp"
#include "pages/entry/letters.hpp"
#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

FormField role_field(const Words& words, bool (*offers)(access::Role)) {
  FormField role{.name = "role", .word = "admin.roles.role", .type = "select", .wanted = Wanted::yes};
  for (size_t at = 0; at < access::k_roles; ++at) {
    const auto each = static_cast<access::Role>(at);
    if (offers == nullptr || offers(each)) {
      const std::string name(access::name(each));
      role.choices.emplace_back(name, words.get("roles." + name));
    }
  }
  return role;
}

std::string field_of_role(const Error& error) {
  namespace wrong = access::errors;
  if (error.is(wrong::email)) {
    return "email";
  }
  if (error.is(wrong::role)) {
    return "role";
  }
  if (error.is(wrong::period)) {
    return "starts";
  }
  const bool of_object =
      error.is(wrong::object) || error.is(wrong::kind) || error.is(wrong::whole) || error.is(wrong::unknown);
  return of_object ? "object" : "";
}

std::string role_problem(const Error& error, const Words& words) {
  std::vector<std::string> args = error.args();
  if (error.is(access::errors::object) || error.is(access::errors::kind) || error.is(access::errors::whole)) {
    args.front() = words.get("roles." + args.front());
  }
  if (error.is(access::errors::granted)) {
    args[1] = words.get("roles." + args[1]);
  }
  if (error.is(access::errors::kind)) {
    const auto kinds = [&](std::string_view codes) {
      std::string out;
      while (!codes.empty()) {
        const std::string_view code = codes.substr(0, codes.find(' '));
        codes.remove_prefix(std::min(codes.size(), code.size() + 1));
        const auto kind = registry::kind(code);
        out += (out.empty() ? "" : ", ") + (kind ? words.kind(*kind) : words.of_code(code));
      }
      return out;
    };
    args[1] = kinds(args[1]);
    args[2] = kinds(args[2]);
  }
  return field_of_role(error).empty() ? message_alone(error, args, words) : message_with(error, args, words);
}

SheetCell thing_cell(const Site& site, Id object, const Words& words) {
  SheetCell out;
  if (object != Id()) {
    const auto found = site.registry().cards({object}, access::Viewer::everything());
    const bool known = found && !found->empty();
    out.text = known ? title_of(found->front(), words) : object.text();
    out.url = known ? thing_address(words.code(), found->front().kind, found->front().id) : "";
  }
  return out;
}

std::string thing_words(const Site& site, Id object, const Words& words) {
  return object == Id() ? words.get("admin.roles.whole") : thing_cell(site, object, words).text;
}

Result<access::Object> typed_object(const Site& site, std::string_view text, std::string_view today) {
  const auto id = trim(text).empty() ? std::optional(Id()) : typed_thing(site, text);
  if (!id) {
    return fail(access::errors::unknown, beginning(text, 200));
  }
  TRY_ASSIGN(access::Object object, site.registry().object_for(*id, today));
  if (*id != Id() && object.kind.empty()) {
    return fail(access::errors::unknown, id->text());
  }
  return object;
}

Result<void> tell_role(const Site& site, store::Transaction& transaction, const access::Holder& holder,
                       const access::GrantRequest& given) {
  if (site.settings().entry.outbox == nullptr) {
    return {};
  }
  const Language language = holder.language == "fr" ? Language::french : Language::english;
  const Words& words = site.words(language);
  const std::string period = words.period(given.starts, given.ends);
  return site.settings().entry.outbox->post(
      transaction, letter_to(site, language, holder.email,
                             {"role_given",
                              "admin.roles.letter",
                              {{"role", words.get("roles." + std::string(access::name(given.role)))},
                               {"object", thing_words(site, given.object.id, words)},
                               {"period", period.empty() ? words.get("admin.roles.unbounded") : period}},
                              "/account"}));
}

Result<void> tell_role_ended(const Site& site, store::Transaction& transaction, const access::Holder& holder,
                             const access::Grant& grant, const PersonShown& by) {
  if (site.settings().entry.outbox == nullptr) {
    return {};
  }
  const Language language = holder.language == "fr" ? Language::french : Language::english;
  const Words& words = site.words(language);
  return site.settings().entry.outbox->post(
      transaction, letter_to(site, language, holder.email,
                             {"role_ended",
                              "admin.roles.letter_ended",
                              {{"who", whole_name(by)},
                               {"role", words.get("roles." + std::string(access::name(grant.role)))},
                               {"object", thing_words(site, grant.object, words)}},
                              "/account/roles"}));
}

}  // namespace pitchblende::pages
