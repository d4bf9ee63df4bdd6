// What a group says of itself, written by who leads it.
#include "groups/errors.hpp"
#include "pages/booking/desk.hpp"
#include "pages/groups/group_pages.hpp"

namespace pitchblende::pages {

namespace {

using groups::Presentation;

constexpr int64_t k_longest = 20'000;

GroupForm form_of(const GroupRoom& room, const Words& words, const Presentation& stored, http::Form typed) {
  GroupForm form;
  form.title = words.get("groups.write_presentation");
  form.lead = words.get("groups.marks");
  form.action = room.address + "/presentation?revision=" + std::to_string(stored.revision);
  form.button = "groups.save";
  form.fields = {{"text_fr", "groups.text_fr", "textarea", Wanted::no, k_longest},
                 {"text_en", "groups.text_en", "textarea", Wanted::no, k_longest}};
  form.typed = std::move(typed);
  return form;
}

http::Form shown(const Presentation& stored) {
  return {{{"text_fr", stored.text.french}, {"text_en", stored.text.english}}, {}};
}

Result<http::Answer> write(const Site& site, const http::Request& request, Language language, const GroupRoom& room) {
  const Words& words = site.words(language);
  const auto typed = http::read_form(request);
  if (!typed) {
    return site.error(request, language, 422);
  }
  const Presentation wanted{{std::string(typed->value("text_fr")), std::string(typed->value("text_en"))},
                            number_in(request.parameter("revision")),
                            {}};
  const auto done = site.settings().groups->set_presentation(
      room.id, wanted, room.by, [&](store::Transaction& transaction, const groups::Change&) {
        return group_deed(site, transaction, room, "write_presentation", room.by.account);
      });
  if (done) {
    return redirect(303, room.address);
  }
  TRY_ASSIGN(const Presentation stored, site.settings().groups->presentation(room.id));
  return group_form_again(site, request, language, room, form_of(room, words, stored, *typed), done.error(),
                          shown(stored));
}

}  // namespace

void add_group_presentation(const Site& site, http::Router& router) {
  add_room(site, router, http::Method::get, "/group/{id}/presentation", http::Right::lead_group,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             return at_group(site, request, language, parts[1], For::its_leader,
                             [&](const GroupRoom& room) -> Result<http::Answer> {
                               TRY_ASSIGN(const Presentation stored, site.settings().groups->presentation(room.id));
                               return group_form(site, request, language, room,
                                                 form_of(room, site.words(language), stored, shown(stored)));
                             });
           });
  add_room(site, router, http::Method::post, "/group/{id}/presentation", http::Right::lead_group,
           [&site](const http::Request& request, Language language, const http::Captures& parts) {
             return at_group(site, request, language, parts[1], For::its_leader,
                             [&](const GroupRoom& room) { return write(site, request, language, room); });
           });
}

}  // namespace pitchblende::pages
