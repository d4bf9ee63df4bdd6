// Roles in a table. docs/rules/access.md, rules 17 to 19.
#include "granting/granting.hpp"

#include <gmock/gmock.h>

#include "../tests/pool_fixture.hpp"
#include "access/errors.hpp"
#include "granting/errors.hpp"
#include "granting/granting_rules.hpp"
#include "registry/things.hpp"
#include "sources/errors.hpp"

namespace pitchblende::granting {

namespace {

using access::Role;
using testing::IsEmpty;
using testing::SizeIs;

class GrantingTest : public testing::Test, public tests::PoolPlace {
 protected:
  GrantingTest()
      : m_access(*store, clock, "key of this test", registry::things_of(registry::Registry(*store))),
        m_granting(m_access, registry::Registry(*store)) {
    import_members("I1,Institut Demo,member,2007\nI2,Institut Neuf,member,2007\n");
    import(source("teams", "teams", sources::Mode::snapshot), "Code,Nom,Tutelles\nT1,Équipe Exemple,Institut Neuf\n");
    settle();
    m_root.today = clock.today();
    m_root.grants = {{1, 0, Role::system_administrator, Id(), {}, {}}};
  }
  Table read(const std::string& text) {
    const auto table = m_granting.read(text, "roles.csv", m_root);
    EXPECT_TRUE(table) << table.error().message();
    return table.value_or(Table{});
  }
  Table apply(const std::string& text) {
    Table table = read(text);
    const auto done = m_granting.apply(m_root, table, {});
    EXPECT_TRUE(done) << done.error().message();
    return table;
  }
  std::vector<access::AllGrant> all() { return m_access.all_grants().value(); }

  access::Access m_access;
  Granting m_granting;
  access::Actor m_root;
};

// Rules 17 and 19.
TEST_F(GrantingTest, ATableIsTriedThenAppliedAndTwiceChangesNothing) {
  const std::string table =
      "Courriel;Rôle;Objet;Du;Au;Remarque\n"
      "Ada@Example.org;Chercheuse;Institut Demo;;;bien\n"
      "bob@example.org;Responsable d’équipe;" +
      id_of("name:équipe exemple").text() +
      ";01/02/2026;31/12/2027;\n"
      "cyd@example.org;staff;;2026-01-01;;\n";
  const Table tried = read(table);
  EXPECT_EQ(tried.read, 3);
  EXPECT_EQ(tried.count(Fate::fresh), 3);
  EXPECT_THAT(tried.rejected, IsEmpty());
  EXPECT_THAT(all(), IsEmpty()) << "a dry run stores nothing";
  apply(table);
  const auto now = all();
  ASSERT_THAT(now, SizeIs(3));
  EXPECT_EQ(now[0].row.email, "ada@example.org");
  EXPECT_EQ(now[0].row.grant.object, id_of("name:institut demo"));
  EXPECT_EQ(now[1].row.grant.starts, "2026-02-01");
  EXPECT_EQ(now[1].row.grant.ends, "2027-12-31");
  const Table again = apply(table);
  EXPECT_EQ(again.count(Fate::same), 3);
  EXPECT_THAT(all(), SizeIs(3));
}

TEST_F(GrantingTest, AnotherPeriodMovesTheRoleThatIsThere) {
  apply("email,role,object,from,until\nada@example.org,researcher,Institut Demo,2026-01-01,\n");
  const std::string ended = "email,role,object,from,until\nada@example.org,researcher,Institut Demo,,2027-06-30\n";
  const Table table = apply(ended);
  ASSERT_EQ(table.count(Fate::dated), 1);
  EXPECT_EQ(table.lines.front().ends_now, "");
  ASSERT_THAT(all(), SizeIs(1));
  EXPECT_EQ(all().front().row.grant.starts, "2026-01-01") << "a beginning that nobody names stays";
  EXPECT_EQ(all().front().row.grant.ends, "2027-06-30");
  EXPECT_EQ(apply(ended).count(Fate::same), 1);
  // What ended before today is over: who comes back gets it anew, and that twice is once too.
  apply("email,role,object,from,until\nada@example.org,researcher,Institut Demo,,2026-02-01\n");
  const std::string back = "email,role,object,from,until\nada@example.org,researcher,Institut Demo,2028-01-01,\n";
  EXPECT_EQ(apply(back).count(Fate::fresh), 1);
  EXPECT_EQ(apply(back).count(Fate::same), 1);
  EXPECT_THAT(all(), SizeIs(2));
}

// Rule 18.
TEST_F(GrantingTest, WhatCannotBeTakenIsNamedByLineColumnAndReason) {
  const Table table = read(
      "e-mail,role,for,from,until\n"
      "ada,researcher,Institut Demo,,\n"
      "ada@example.org,king,Institut Demo,,\n"
      "ada@example.org,team leader,Institut Demo,,\n"
      "ada@example.org,researcher,Nowhere,,\n"
      "ada@example.org,researcher,,,\n"
      "ada@example.org,researcher,Institut Demo,2026-02-30,\n"
      "ada@example.org,researcher,Institut Demo,2027-01-02,2027-01-01\n"
      "ada@example.org,researcher,Institut Demo,,\n"
      "ADA@example.org,researcher,name:institut demo,,2030-01-01\n"
      "ada@example.org,staff,Institut Demo,,\n"
      "ada@example.org,staff,Nowhere,,\n");
  EXPECT_EQ(table.read, 11);
  EXPECT_THAT(table.lines, SizeIs(1));
  ASSERT_THAT(table.rejected, SizeIs(10));
  namespace wrong = access::errors;
  const auto is = [&](size_t at, int64_t line, std::string_view title, const ErrorKind& kind) {
    EXPECT_EQ(table.rejected[at].number, line);
    EXPECT_EQ(table.rejected[at].title, title) << line;
    EXPECT_TRUE(table.rejected[at].error.is(kind)) << table.rejected[at].error.message();
  };
  is(0, 2, "e-mail", wrong::email);
  is(1, 3, "role", wrong::role);
  is(2, 4, "for", wrong::kind);
  is(3, 5, "for", errors::unknown);
  is(4, 6, "for", wrong::object);
  is(5, 7, "from", wrong::period);
  is(6, 8, "from", wrong::period);
  is(7, 10, "", errors::twice);
  is(8, 11, "for", wrong::whole);
  is(9, 12, "for", wrong::whole);
  EXPECT_EQ(table.rejected[3].excerpt, "Nowhere");
}

TEST_F(GrantingTest, WhoAdministersAnInstitutionGivesWhatIsItsOwnAlone) {
  m_root.grants = {{1, 0, Role::institution_administrator, id_of("name:institut demo"), {}, {}}};
  const Table table = read(
      "email\trole\tobject\nada@example.org\tresearcher\tInstitut Demo\nbob@example.org\tresearcher\tInstitut Neuf\n"
      "cyd@example.org\tstaff\t\n");
  EXPECT_THAT(table.lines, SizeIs(1));
  ASSERT_THAT(table.rejected, SizeIs(2));
  EXPECT_TRUE(table.rejected[0].error.is(errors::others));
  EXPECT_TRUE(table.rejected[1].error.is(errors::others));
}

TEST_F(GrantingTest, WhatIsNoTableIsToldAsSuch) {
  const auto why = [&](const std::string& text) { return m_granting.read(text, "a", m_root).error(); };
  EXPECT_TRUE(why("name,town\nAda,Paris\n").is(errors::columns));
  EXPECT_TRUE(why("").is(sources::errors::empty));
  EXPECT_TRUE(why("PK\x03\x04 no archive").kind().status < 500);
  std::string many = "email,role\n";
  for (size_t at = 0; at <= k_most_lines; ++at) {
    many += "p" + std::to_string(at) + "@example.org,staff\n";
  }
  EXPECT_TRUE(why(many).is(errors::many));
}

TEST(GrantingRules, DaysAndTitlesAsPeopleWriteThem) {
  EXPECT_EQ(day_of(" 31/01/2026 "), "2026-01-31");
  EXPECT_EQ(day_of("1.2.2026"), "2026-02-01");
  EXPECT_EQ(day_of("2026-01-31"), "2026-01-31");
  EXPECT_EQ(day_of("soon"), "soon");
  EXPECT_EQ(day_of("1/2/26"), "1/2/26");
  EXPECT_EQ(column_of("Jusqu’au"), Column::until);
  EXPECT_EQ(column_of("E-MAIL"), Column::email);
  EXPECT_EQ(column_of("Town"), Column::none);
  EXPECT_EQ(role_of("Platform Manager"), Role::platform_manager);
  EXPECT_EQ(role_of("responsable de plateforme"), Role::platform_manager);
  EXPECT_EQ(role_of("king"), std::nullopt);
}

}  // namespace

}  // namespace pitchblende::granting
