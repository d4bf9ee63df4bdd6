// Roles by a card, asked for, in a table: docs/rules/access.md, rules 15 to 19.
#include "access/contacts.hpp"
#include "granting/granting_rules.hpp"
#include "pages/administration/administration.hpp"
#include "pages/confirm/upkeep_fixture.hpp"
#include "registry/things.hpp"

namespace pitchblende::pages {

namespace {

using testing::HasSubstr;
using testing::Not;

class RolesPagesTest : public UpkeepTest {
 protected:
  RolesPagesTest()
      : m_things(registry::things_of(registry::Registry(*store))),
        m_access(*store, clock, "key of this test", m_things) {}
  void extend(Settings& settings) override {
    settings.entry.access = &m_access;
    settings.clock = &clock;
  }
  // Somebody who has signed in and was given nothing.
  std::string signed_in(const std::string& email) {
    const auto opened = m_access.open_link(m_access.link_at_terminal(email).value(), "", "Test/1", "192.0.2.1");
    EXPECT_TRUE(opened) << opened.error().message();
    return opened->session;
  }
  http::Answer table(const std::string& text, const std::string& who, const std::string& what = "try") {
    return send("/en/admin/roles/table", "/en/admin/roles/table/files", {{"table", text}, {"do", what}}, who);
  }
  // The table that a page holds to be applied.
  static std::string kept(const std::string& page) {
    const std::string rest = after(page, "<textarea name=\"table\" hidden aria-hidden=\"true\">\n");
    return plain(rest.substr(0, rest.find("</textarea>")));
  }
  std::string letters_to(const std::string& email) {
    return dump("SELECT kind FROM letter WHERE recipient = '" + email + "' ORDER BY id");
  }

  access::Things m_things;
  access::Access m_access;
};

// Rule 15.
TEST_F(RolesPagesTest, WhoseAddressStandsOnACardIsAResearcherAndSeesWhy) {
  const std::string noa = signed_in("noa@example.org");
  const std::string page = body("/en/account", noa);
  EXPECT_THAT(page, HasSubstr("Researcher – <a href=\"/en/organisation/" + id_of("name:institut essai").text()));
  EXPECT_THAT(page, HasSubstr("by your card"));
  EXPECT_THAT(body("/en/admin/accounts", root), HasSubstr("Researcher (by his card)"));
  const std::string roles = body("/en/admin/roles", staff_member);
  EXPECT_THAT(roles, HasSubstr("his card"));
  const int64_t number = m_access.actor(noa).value()->account;
  const std::string refuse = "/en/admin/roles/own/" + std::to_string(number) + "/refuse";
  EXPECT_THAT(roles, HasSubstr(refuse));
  EXPECT_EQ(send("/en/account", refuse, {}, noa).status, 403);
  const http::Answer refused = send("/en/admin/roles", refuse, {}, staff_member);
  EXPECT_EQ(refused.status, 303);
  EXPECT_THAT(body(location(refused), staff_member), HasSubstr("Noa Solitaire is no longer a researcher by the card."));
  EXPECT_THAT(body("/en/account", noa), HasSubstr("You have no role."));
  EXPECT_THAT(body("/en/admin/accounts", root), HasSubstr("Researcher (by his card, refused)"));
  const std::string allow = "/en/admin/roles/own/" + std::to_string(number) + "/allow";
  EXPECT_THAT(body("/en/admin/roles", staff_member), HasSubstr(allow));
  EXPECT_EQ(send("/en/admin/roles", allow, {}, staff_member).status, 303);
  EXPECT_THAT(body("/en/account", noa), HasSubstr("by your card"));
  EXPECT_EQ(send("/en/admin/roles", "/en/admin/roles/own/9999/refuse", {}, staff_member).status, 404);
}

TEST_F(RolesPagesTest, AnInstitutionsAdministratorSeesResearchersOfItsOwnAlone) {
  const std::string noa = signed_in("noa@example.org");
  const std::string own =
      account("own@example.org", access::Role::institution_administrator, id_of("name:institut essai"));
  const std::string other =
      account("other@example.org", access::Role::institution_administrator, id_of("name:institut autre"));
  EXPECT_THAT(body("/en/admin/roles", own), HasSubstr("noa@example.org"));
  const std::string way = "/en/admin/roles/own/" + std::to_string(m_access.actor(noa).value()->account) + "/";
  const std::string here = way + id_of("name:institut essai").text() + "/";
  EXPECT_THAT(body("/en/admin/roles", own), HasSubstr(here + "refuse"));
  EXPECT_THAT(body("/en/admin/roles", own), Not(HasSubstr(way + "refuse"))) << "for all of them staff refuses";
  EXPECT_EQ(send("/en/admin/roles", way + "refuse", {}, own).status, 403);
  EXPECT_EQ(send("/en/admin/roles", here + "refuse", {}, other).status, 403);
  EXPECT_EQ(send("/en/admin/roles", way + "0000000000/refuse", {}, own).status, 404);
  EXPECT_EQ(send("/en/admin/roles", here + "refuse", {}, own).status, 303);
  EXPECT_THAT(body("/en/account", noa), HasSubstr("You have no role."));
  EXPECT_THAT(body("/en/admin/roles", own), HasSubstr(here + "allow"));
  EXPECT_THAT(body("/en/admin/roles", staff_member), HasSubstr(here + "allow"));
  EXPECT_THAT(body("/en/admin/accounts", root), HasSubstr("Researcher (by his card, refused)"));
  EXPECT_EQ(send("/en/admin/roles", here + "allow", {}, own).status, 303);
  EXPECT_THAT(body("/en/account", noa), HasSubstr("by your card"));
  EXPECT_THAT(body("/en/admin/roles", other), Not(HasSubstr("noa@example.org")));
  EXPECT_THAT(body("/en/admin/roles.csv", other), Not(HasSubstr("noa@example.org")));
}

// Rule 16.
TEST_F(RolesPagesTest, ARoleIsAskedForGrantedByOneButtonAndTold) {
  const std::string noa = signed_in("noa@example.org");
  const std::string mine = "/en/account/roles";
  const http::Pairs wish{
      {"role", "platform_manager"}, {"object", "Plateforme d'essai"}, {"why", "I look after <b>it</b>"}};
  EXPECT_EQ(send(mine, mine, {{"role", "platform_manager"}, {"object", "nowhere"}, {"why", "x"}}, noa).status, 404);
  EXPECT_EQ(send(mine, mine, {{"role", "platform_manager"}, {"object", "Plateforme d'essai"}, {"why", ""}}, noa).status,
            422);
  EXPECT_EQ(send(mine, mine, {{"role", "system_administrator"}, {"object", ""}, {"why", "x"}}, noa).status, 422);
  EXPECT_EQ(send("", mine, wish, noa).status, 403) << "a forged form";
  EXPECT_EQ(send(mine, mine, wish, noa).status, 303);
  const auto again = send(mine, mine, wish, noa);
  EXPECT_EQ(again.status, 409);
  EXPECT_THAT(again.body, HasSubstr("role-problem"));
  const std::string asked = body(mine, noa);
  EXPECT_THAT(asked, HasSubstr("I look after &lt;b&gt;it&lt;/b&gt;"));
  EXPECT_THAT(asked, HasSubstr("waits"));
  EXPECT_THAT(body("/en/account", staff_member), HasSubstr("1 role that somebody asks for"));
  EXPECT_THAT(body("/en/account", researcher), Not(HasSubstr("that somebody asks for")));
  const std::string list = "/en/admin/roles/asked";
  EXPECT_THAT(body(list, staff_member), HasSubstr("noa@example.org"));
  EXPECT_THAT(body(list + ".csv", staff_member), HasSubstr("Plateforme d'essai"));
  EXPECT_EQ(get(list, noa).status, 403);
  EXPECT_EQ(send(mine, list + "/1/grant", {}, noa).status, 403) << "nobody grants himself";
  EXPECT_EQ(send(list, list + "/1/grant", {}, staff_member).status, 303);
  EXPECT_EQ(letters_to("noa@example.org"), "role_given\n");
  EXPECT_THAT(body("/en/account", noa), HasSubstr("Platform manager"));
  EXPECT_EQ(send("/en/admin/roles", list + "/1/decline", {}, staff_member).status, 404) << "it is answered";
}

TEST_F(RolesPagesTest, WhoMayNotGiveItDoesNotSeeWhatIsAskedFor) {
  const std::string noa = signed_in("noa@example.org");
  const std::string mine = "/en/account/roles";
  ASSERT_EQ(
      send(mine, mine, {{"role", "platform_manager"}, {"object", "Plateforme d'essai"}, {"why", "x"}}, noa).status,
      303);
  const std::string other =
      account("other@example.org", access::Role::institution_administrator, id_of("name:institut autre"));
  const std::string own =
      account("own@example.org", access::Role::institution_administrator, id_of("name:institut essai"));
  EXPECT_THAT(body("/en/admin/roles/asked", other), Not(HasSubstr("noa@example.org")));
  EXPECT_EQ(send("/en/admin/roles", "/en/admin/roles/asked/1/grant", {}, other).status, 403);
  EXPECT_THAT(body("/en/account", other), Not(HasSubstr("that somebody asks for")));
  EXPECT_THAT(body("/en/admin/roles/asked", own), HasSubstr("noa@example.org"));
  EXPECT_EQ(send("/en/admin/roles/asked", "/en/admin/roles/asked/1/decline", {}, own).status, 303);
  EXPECT_EQ(letters_to("noa@example.org"), "role_declined\n");
  EXPECT_THAT(body(mine, noa), HasSubstr("declined"));
  ASSERT_EQ(send(mine, mine, {{"role", "staff"}, {"object", ""}, {"why", "x"}}, noa).status, 303);
  EXPECT_EQ(send(mine, mine + "/2/take-back", {}, researcher).status, 404) << "not his";
  EXPECT_EQ(send(mine, mine + "/2/take-back", {}, noa).status, 303);
  EXPECT_THAT(body(mine, noa), HasSubstr("taken back"));
}

// Rules 17 to 19.
TEST_F(RolesPagesTest, ATableIsTriedThenAppliedWithLettersAndTwiceChangesNothing) {
  const std::string text =
      "e-mail,role,object,until\nsam@example.org,researcher,Institut Essai,2030-12-31\n"
      "<script>,researcher,Institut Essai,\nlou@example.org,team leader,Institut Essai,\n";
  const auto tried = table(text, staff_member);
  EXPECT_EQ(tried.status, 200);
  EXPECT_THAT(tried.body, HasSubstr("Nothing has been stored yet."));
  EXPECT_THAT(tried.body, HasSubstr("sam@example.org"));
  EXPECT_THAT(tried.body, HasSubstr("Apply 1 change"));
  EXPECT_THAT(tried.body, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(tried.body, HasSubstr("The role Team leader is not for a thing of this kind"));
  EXPECT_THAT(table("e-mail,role,object\neve@example.org,staff,Institut Essai\n", root).body,
              HasSubstr("The role Consortium staff is for the whole consortium: leave empty"))
      << "what it would be for is not passed over";
  EXPECT_EQ(letters_to("sam@example.org"), "");
  const std::string accepted = kept(tried.body);
  EXPECT_EQ(accepted, "email,role,object,from,until\nsam@example.org,researcher," +
                          id_of("name:institut essai").text() + ",,2030-12-31\n");
  const auto applied = table(accepted, staff_member, "apply");
  EXPECT_THAT(applied.body, HasSubstr("It is done"));
  EXPECT_EQ(letters_to("sam@example.org"), "role_given\n");
  EXPECT_THAT(body("/en/admin/roles", staff_member), HasSubstr("sam@example.org"));
  const auto again = table(text, staff_member);
  EXPECT_THAT(again.body, HasSubstr("Nothing would change."));
  table(text, staff_member, "apply");
  EXPECT_EQ(letters_to("sam@example.org"), "role_given\n") << "no second letter";
  EXPECT_EQ(table("name,town\n", staff_member).status, 422);
  EXPECT_EQ(table(text, researcher).status, 403);
  EXPECT_EQ(send("", "/en/admin/roles/table/files", {{"table", text}}, staff_member).status, 403) << "a forged form";
  EXPECT_EQ(send_file("/en/admin/roles/table", "/en/admin/roles/table/files", text, root).status, 200);
  EXPECT_EQ(
      send_file("/en/admin/roles/table", "/en/admin/roles/table/files", std::string("PK\x03\x04") + "no archive", root)
              .status /
          100,
      4);
}

TEST_F(RolesPagesTest, ALongListShowsItsFirstRowsAndFindsEach) {
  std::string text = "e-mail,role\n";
  for (int at = 0; at < 600; ++at) {
    text += "p" + std::to_string(at) + "@example.org,staff\n";
  }
  EXPECT_THAT(table(text, root, "apply").body, HasSubstr("It is done"));
  const std::string page = body("/en/admin/roles", root);
  EXPECT_THAT(page, HasSubstr("The first 500 of "));
  const std::string found = body("/en/admin/roles?q=P599%40", root);
  EXPECT_THAT(found, HasSubstr("p599@example.org"));
  EXPECT_THAT(found, HasSubstr("value=\"P599@\""));
  EXPECT_THAT(found, Not(HasSubstr("p598@example.org")));
  EXPECT_THAT(body("/en/admin/roles.csv", root), HasSubstr("p599@example.org"));
  EXPECT_THAT(body("/en/admin/roles.csv?q=p599", root), Not(HasSubstr("p598@example.org")));
}

// What pages call a role, files may call it.
TEST_F(RolesPagesTest, EveryNameOfARoleIsUnderstoodInATable) {
  for (const std::string language : {"en", "fr"}) {
    const std::string page = body("/" + language + "/admin/roles", root);
    for (size_t at = 0; at < access::k_roles; ++at) {
      const auto role = static_cast<access::Role>(at);
      const std::string label = after(page, "<option value=\"" + std::string(access::name(role)) + "\">");
      EXPECT_EQ(granting::role_of(plain(label.substr(0, label.find('<')))), role) << label.substr(0, 40);
    }
  }
}

}  // namespace

}  // namespace pitchblende::pages
