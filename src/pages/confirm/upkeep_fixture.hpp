// What tests of these rooms share: a pool with people, a platform and instruments, a site with its entrance, accounts.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "accounts.hpp"
#include "answers.hpp"
#include "pages/pages.hpp"
#include "pool_fixture.hpp"

namespace pitchblende::pages {

class UpkeepTest : public ::testing::Test, public tests::PoolPlace {
 protected:
  UpkeepTest()
      : access(*store, clock, "key of this test", {}),
        outbox(*store, clock, {{}, "pool@example.org", "Essai", "key of this test"}),
        confirm(*store, *pool, clock, "key of this test"),
        campaigns(*store, confirm, access, outbox, clock),
        workbooks(*store, *pool, confirm, clock) {}

  void SetUp() override {
    import_members("I1,Institut Essai,member,2007\nI2,Institut Autre,member,2007\n");
    pool::SourceSettings staff = source("staff", "people", sources::Mode::snapshot);
    staff.institution = "a";
    import(staff,
           "id,family name,given names,e-mail,skills,organisation,from\n"
           "A1,Exemple,Camille,camille@example.org,cytométrie,Institut Essai,2015\n"
           "A2,Solitaire,Noa,noa@example.org,,Institut Essai,2015\nA3,Muette,Lou,,,Institut Autre,2015\n");
    pool::SourceSettings lab = source("lab", "equipment", sources::Mode::snapshot);
    lab.institution = "a";
    import(lab,
           "Identifiant;Type de fiche;Nom;Plateforme;Propriétaire;Contact;État;Numéro de série\n"
           "P1;plateforme;Plateforme d'essai;;Institut Essai;EXEMPLE Camille;;\n"
           "E1;équipement;Cytomètre zorg;Plateforme d'essai;;;en service;S-1\n");
    settle();
    Settings settings;
    settings.name = "Essai";
    settings.entry = {&access, &outbox, {}, {}, "http://pool.example.org"};
    settings.upkeep = {&confirm, &campaigns, &workbooks, pool.get(), store.get()};
    extend(settings);
    auto made = Pages::open(
        registry::Registry(*store), [this] { return pool->index(); }, settings);
    ASSERT_TRUE(made) << made.error().message();
    pages = std::move(*made);
    pages->add_to(router);
    root = account("root@example.org", access::Role::system_administrator, Id());
    staff_member = account("staff@example.org", access::Role::staff, Id());
    researcher = account("camille@example.org", access::Role::researcher, id_of("name:institut essai"));
    manager = account("dominique@example.org", access::Role::platform_manager, id_of("name:plateforme d'essai"));
  }

  // What else a test's site has.
  virtual void extend(Settings&) {}

  // The session of somebody who has that role.
  std::string account(const std::string& email, access::Role role, Id object) {
    tests::give_role(*store, email, role, object, "fr");
    return tests::session_of(access, email);
  }

  // `who`: a session; empty: a visitor, in a browser of his own.
  http::Answer get(const std::string& target, const std::string& who = {}) {
    http::Request request;
    EXPECT_TRUE(http::read_target(target, request)) << target;
    request.headers.emplace_back("cookie", who.empty() ? "pb_browser=" + k_browser : "pb_session=" + who);
    return pages->answer(router, request);
  }
  std::string body(const std::string& target, const std::string& who = {}, int status = 200) {
    const http::Answer answer = get(target, who);
    EXPECT_EQ(answer.status, status) << target << "\n" << answer.body.substr(0, 1500);
    return answer.body;
  }
  // The form of `page` sent to `path` with these fields; without `page` no token goes along.
  http::Answer send(const std::string& page, const std::string& path, const http::Pairs& fields,
                    const std::string& who = {}) {
    http::Request request;
    EXPECT_TRUE(http::read_target(path, request));
    request.method = http::Method::post;
    request.headers = {{"cookie", who.empty() ? "pb_browser=" + k_browser : "pb_session=" + who},
                       {"content-type", "application/x-www-form-urlencoded"}};
    for (const auto& [name, value] : fields) {
      request.body += http::percent_encoded(name) + "=" + http::percent_encoded(value) + "&";
    }
    request.body += "form_token=" + (page.empty() ? std::string() : token(get(page, who).body));
    return pages->answer(router, request);
  }
  // A file sent with a form.
  http::Answer send_file(const std::string& page, const std::string& path, const std::string& bytes,
                         const std::string& who) {
    http::Request request;
    EXPECT_TRUE(http::read_target(path, request));
    request.method = http::Method::post;
    request.headers = {{"cookie", "pb_session=" + who}, {"content-type", "multipart/form-data; boundary=part"}};
    request.body = "--part\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n" +
                   token(get(page, who).body) +
                   "\r\n--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n"
                   "Content-Type: application/octet-stream\r\n\r\n" +
                   bytes + "\r\n--part--\r\n";
    return pages->answer(router, request);
  }
  static std::string token(const std::string& page) {
    return after(page, "name=\"form_token\" value=\"").substr(0, 64);
  }
  static std::string after(const std::string& text, const std::string& part) {
    const size_t at = text.find(part);
    return at == std::string::npos ? std::string() : text.substr(at + part.size());
  }
  // The fields of the card's form on a page, as a browser sends them untouched.
  static http::Pairs form_on(const std::string& page) {
    http::Pairs out;
    std::string rest = after(page, "class=\"form card\"");
    for (int n = 0;; ++n) {
      const std::string number = std::to_string(n);
      const std::string stood = after(rest, "name=\"s" + number + "\" value=\"");
      if (stood.empty()) {
        return out;
      }
      out.emplace_back("s" + number, plain(stood.substr(0, stood.find('"'))));
      if (stood.substr(0, stood.find("</div>")).find("name=\"b" + number + "\"") != std::string::npos) {
        put_row(out, stood.substr(0, stood.find("</div>")), number);
        continue;
      }
      const std::string place = stood.substr(0, std::min(stood.find("class=\"place\""), stood.find("</fieldset>")));
      std::string value = after(place, "name=\"v" + number + "\"");
      const bool box = place.find("type=\"checkbox\"") != std::string::npos;
      if (box && place.find(" checked") == std::string::npos) {
        continue;
      }
      if (place.find("<textarea") != std::string::npos) {
        value = after(value, ">\n");
        value = value.substr(0, value.find("</textarea>"));
      } else if (place.find("<select") != std::string::npos) {
        const size_t selected = value.find("\" selected");
        const size_t begin = value.rfind('"', selected - 1);
        value = value.substr(begin + 1, selected - begin - 1);
      } else {
        value = after(value, "value=\"");
        value = value.substr(0, value.find('"'));
      }
      out.emplace_back("v" + number, plain(value));
    }
  }
  // A row of positions: its fields but for boxes.
  static void put_row(http::Pairs& out, const std::string& row, const std::string& number) {
    for (const char letter : std::string("bwvtfu")) {
      const std::string field = after(row, std::string("name=\"") + letter + number + "\"");
      if (!field.empty()) {
        const std::string value = after(field, "value=\"");
        out.emplace_back(letter + number, plain(value.substr(0, value.find('"'))));
      }
    }
    for (const char letter : std::string("rk")) {
      const std::string field = after(row, std::string("name=\"") + letter + number + "\"");
      const std::string options = field.substr(0, field.find("</select>"));
      const size_t selected = options.find("\" selected");
      if (selected != std::string::npos) {
        const size_t begin = options.rfind('"', selected - 1);
        out.emplace_back(letter + number, plain(options.substr(begin + 1, selected - begin - 1)));
      }
    }
  }
  // Writes into a field of the row of `field` that leads to `where` ("": the free one).
  static void type_row(http::Pairs& form, const std::string& field, const std::string& where, char letter,
                       const std::string& typed) {
    for (size_t at = 0; at < form.size(); ++at) {
      const std::string number = form[at].first.substr(1);
      const auto stands = [&](const auto& each) { return each.first == "w" + number && each.second == where; };
      if (form[at].first[0] != 's' || !form[at].second.starts_with(field + " ") ||
          std::none_of(form.begin(), form.end(), stands)) {
        continue;
      }
      std::erase_if(form, [&](const auto& each) { return each.first == letter + number; });
      form.emplace_back(letter + number, typed);
      return;
    }
    ADD_FAILURE() << field << " " << where;
  }
  static std::string plain(std::string text) {
    for (const auto& [code, letter] : std::vector<std::pair<std::string, std::string>>{
             {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}) {
      for (size_t at = text.find(code); at != std::string::npos; at = text.find(code, at + 1)) {
        text.replace(at, code.size(), letter);
      }
    }
    return text;
  }
  // Writes over the first place of a field in which `before` stands.
  static void type(http::Pairs& form, const std::string& field, const std::string& before, const std::string& after) {
    for (size_t at = 0; at < form.size(); ++at) {
      const auto& [name, value] = form[at];
      const bool here = name[0] == 's' && value.starts_with(field + " ") &&
                        (before.empty() ? value.ends_with(" - ") : value.ends_with(" " + before));
      if (!here) {
        continue;
      }
      for (auto& [other, typed] : form) {
        if (other == "v" + name.substr(1)) {
          typed = after;
          return;
        }
      }
      form.emplace_back("v" + name.substr(1), after);
      return;
    }
    ADD_FAILURE() << field << " " << before;
  }

  // A link to a card for its people.
  std::string link_to(Id card) {
    confirm::Campaign campaign;
    campaign.title = "Essai";
    campaign.choice.cards = {card};
    const int64_t number = campaigns.draft(campaign, {}).value();
    std::string secret;
    const auto compose = [&](const confirm::Invitation& invitation) {
      secret = invitation.cards.front().secret;
      mail::Letter letter;
      letter.to = invitation.email;
      return letter;
    };
    while (campaigns.send_some(number, compose, {}).value()) {
    }
    return secret;
  }
  Id camille() { return id_of("local:a/A1"); }
  // What the store says of `id` is what it says of `other`, and the index does not know: which of the two was asked?
  void make_stored_card_another(Id id, Id other) {
    EXPECT_TRUE(store->write([&](store::Transaction& transaction) {
      return transaction.execute("UPDATE card SET body = (SELECT o.body FROM card o WHERE o.id = ?) WHERE id = ?",
                                 {static_cast<int64_t>(other.bits()), static_cast<int64_t>(id.bits())});
    }));
  }
  std::string text_of(Id id, const std::string& field) {
    const registry::Card card = find(id).card.value();
    return std::string(card.text(registry::field(card.kind, field)));
  }

  const std::string k_browser = std::string(64, 'b');
  access::Access access;
  mail::Outbox outbox;
  confirm::Confirm confirm;
  confirm::Campaigns campaigns;
  confirm::Workbooks workbooks;
  std::unique_ptr<Pages> pages;
  http::Router router;
  std::string root;
  std::string staff_member;
  std::string researcher;
  std::string manager;
};

}  // namespace pitchblende::pages
