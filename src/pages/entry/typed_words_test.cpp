// Nobody's words are lost with his session: docs/rules/access.md, rule 10.
#include "pages/entry/typed_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include "../tests/asked_site.hpp"
#include "../tests/every_room.hpp"
#include "pages/entry/entry.hpp"

namespace pitchblende::pages {

namespace {

using testing::HasSubstr;
using testing::Not;

class TypedWordsTest : public testing::Test {
 protected:
  TypedWordsTest() {
    auto pages =
        Pages::open(registry::Registry(*m_place.store), m_rooms.index(), m_rooms.settings("http://pool.example.org"));
    EXPECT_TRUE(pages) << pages.error().message();
    m_pages = std::move(*pages);
    m_pages->add_to(m_router);
    EXPECT_TRUE(m_rooms.access.add_administrator("root@example.org"));
  }

  static http::Request request(const std::string& path, const std::string& cookie) {
    http::Request out;
    out.path = path;
    out.peer = "192.0.2.1";
    out.headers = {{"host", "pool.example.org"}, {"cookie", cookie}};
    return out;
  }
  http::Answer post(const std::string& path, const std::string& cookie, const std::string& body,
                    http::Pairs headers = {}) {
    http::Request sent = request(path, cookie);
    sent.method = http::Method::post;
    sent.body = body;
    sent.headers.emplace_back("content-type", body.starts_with("--part") ? "multipart/form-data; boundary=part"
                                                                         : "application/x-www-form-urlencoded");
    sent.headers.insert(sent.headers.end(), headers.begin(), headers.end());
    return m_pages->answer(m_router, sent);
  }
  // In a browser: its cookie, and the session's after signing in.
  std::string session() {
    const std::string link = "/en/sign-in/" + m_rooms.access.link_at_terminal("root@example.org").value();
    const auto page = m_pages->answer(m_router, request(link, k_browser));
    const auto in = post(link, k_browser, "form_token=" + token_in(page));
    for (const auto& [name, value] : in.headers) {
      if (name == "Set-Cookie") {
        return value.substr(0, value.find(';'));
      }
    }
    ADD_FAILURE() << in.status;
    return {};
  }
  std::string token_on(const std::string& path, const std::string& cookie) {
    return token_in(m_pages->answer(m_router, request(path, cookie)));
  }
  static std::string token_in(const http::Answer& page) {
    constexpr std::string_view k_before = "name=\"form_token\" value=\"";
    const size_t at = page.body.find(k_before);
    return at == std::string::npos ? std::string() : page.body.substr(at + k_before.size(), 64);
  }
  bool nothing_is_stored() { return m_rooms.settings("").texts->text("about").value().revision == 0; }

  const std::string k_browser = "pb_browser=" + std::string(64, 'b');
  tests::PoolPlace m_place;
  tests::EveryRoom m_rooms{m_place};
  std::unique_ptr<Pages> m_pages;
  http::Router m_router;
};

const std::string k_words = "french=Une+heure+%3Cb%3Eda+travail%0Aet+plus&english=&revision=7&do=save";

TEST_F(TypedWordsTest, WhoIsSignedOutMeanwhileGetsHisWordsBack) {
  const std::string here = "/fr/admin/texts/about";
  const std::string mine = session();
  const std::string token = token_on(here, mine);
  ASSERT_EQ(token.size(), 64U);
  const std::string other = "; " + k_browser;
  post("/fr/sign-out", mine + other, "form_token=" + token);
  for (const std::string& cookie : {k_browser, mine + other}) {  // the cookie gone, or of a session that is over
    const auto told = post(here, cookie, k_words + "&form_token=" + token,
                           {{"referer", "http://pool.example.org" + here + "?version=2"}});
    EXPECT_EQ(told.status, 403);
    EXPECT_EQ(told.keep, http::Keep::never);
    EXPECT_THAT(told.body, HasSubstr("Une heure &lt;b&gt;da travail\net plus</textarea>"));
    EXPECT_THAT(told.body, HasSubstr(">En français</label>"));
    EXPECT_THAT(told.body, HasSubstr("readonly"));
    EXPECT_THAT(told.body, HasSubstr("/fr/sign-in?next=%2Ffr%2Fadmin%2Ftexts%2Fabout%3Fversion%3D2\""));
    EXPECT_THAT(told.body, HasSubstr("Votre session est terminée"));
    EXPECT_THAT(told.body, Not(HasSubstr(token)));
    EXPECT_THAT(told.body, Not(HasSubstr("id=\"typed-2\""))) << "neither what is empty nor what the page put there";
  }
  EXPECT_TRUE(nothing_is_stored());
  const auto english = post("/en/admin/texts/about", k_browser, k_words);
  EXPECT_THAT(english.body, HasSubstr("What you had written"));
  EXPECT_THAT(english.body, HasSubstr("/en/sign-in?next=%2Fen%2Fadmin%2Ftexts%2Fabout\"")) << "no browser says it";
}

TEST_F(TypedWordsTest, AFormOfAnotherSessionIsShownAndOpenedAnew) {
  const std::string here = "/en/admin/texts/about";
  const std::string token = token_on(here, session());
  const auto told = post(here, session(), k_words + "&form_token=" + token);
  EXPECT_EQ(told.status, 403);
  EXPECT_THAT(told.body, HasSubstr("A form of another session"));
  EXPECT_THAT(told.body, HasSubstr("Une heure &lt;b&gt;da travail"));
  EXPECT_THAT(told.body, HasSubstr("<a href=\"/en/admin/texts/about\" target=\"_blank\""));
  EXPECT_THAT(told.body, Not(HasSubstr("/en/sign-in?next"))) << "he is signed in";
  EXPECT_TRUE(nothing_is_stored());
  // A visitor's, whose browser kept no cookie.
  const auto visitor = post("/fr/requests/new", "", "subject=Une+question&text=Longue&form_token=" + token);
  EXPECT_EQ(visitor.status, 403);
  EXPECT_THAT(visitor.body, HasSubstr("Formulaire d’une autre session"));
  EXPECT_THAT(visitor.body, HasSubstr("Une question</textarea>"));
}

// Those of a call are its own: no word of the program is their name.
TEST_F(TypedWordsTest, AFieldIsCalledAsItsFormCallsIt) {
  const auto told =
      post("/fr/proposals/abc", k_browser,
           "section_1=Longue&label_section_1=%C3%89tat+de+l%E2%80%99art+%3Cb%3E&seen_section_1=x&section_2=Br"
           "ef&label_section_2=");
  EXPECT_THAT(told.body, HasSubstr(">État de l’art &lt;b&gt;</label>"));
  EXPECT_THAT(told.body, HasSubstr(">Rubrique 2</label>")) << "a form that does not say it";
  EXPECT_THAT(told.body, HasSubstr("id=\"typed-2\""));
  EXPECT_THAT(told.body, Not(HasSubstr("id=\"typed-3\"")));
}

TEST_F(TypedWordsTest, FilesAreToBeChosenAgain) {
  const auto told = post("/fr/requests/1/files", k_browser,
                         "--part\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nVoici\r\n--part\r\n"
                         "Content-Disposition: form-data; name=\"file\"; filename=\"plan<b>.pdf\"\r\n"
                         "Content-Type: application/pdf\r\n\r\n%PDF-secret\r\n--part--\r\n");
  EXPECT_EQ(told.status, 403);
  EXPECT_THAT(told.body, HasSubstr("Choisissez de nouveau les fichiers"));
  EXPECT_THAT(told.body, HasSubstr("plan&lt;b&gt;.pdf"));
  EXPECT_THAT(told.body, HasSubstr("Voici</textarea>"));
  EXPECT_THAT(told.body, Not(HasSubstr("%PDF-secret")));
}

TEST_F(TypedWordsTest, AnotherSiteGetsNoMoreThanARefusal) {
  for (const http::Pairs& from :
       {http::Pairs{{"origin", "https://evil.example"}}, http::Pairs{{"sec-fetch-site", "cross-site"}}}) {
    const auto told = post("/en/admin/texts/about", session(), k_words, from);
    EXPECT_EQ(told.status, 403);
    EXPECT_THAT(told.body, HasSubstr("This form was not accepted"));
    EXPECT_THAT(told.body, Not(HasSubstr("da travail")));
  }
  // Nor does an address of another site become a way on.
  const auto told = post("/en/admin/texts/about", k_browser, k_words,
                         {{"referer", "http://evil.example/http://pool.example.org/en/about"}});
  EXPECT_THAT(told.body, Not(HasSubstr("evil")));
}

TEST_F(TypedWordsTest, WhatIsLongIsShownWholeUpToABound) {
  const std::string whole(200'000, 'a');
  const auto told = post("/fr/admin/texts/about", k_browser, "french=" + whole);
  EXPECT_THAT(told.body, HasSubstr(whole));
  EXPECT_THAT(told.body, Not(HasSubstr("trop long")));
  const auto cut =
      post("/fr/admin/texts/about", k_browser, "french=" + whole + "&english=" + std::string(600'000, 'b'));
  EXPECT_THAT(cut.body, HasSubstr(whole));
  EXPECT_THAT(cut.body, HasSubstr("trop long"));
  EXPECT_LT(cut.body.size(), 300'000U);
}

// A new hidden field would come back as somebody's words.
TEST_F(TypedWordsTest, WhatFormsHideIsNotTakenForSomebodysWords) {
  std::set<std::string> hidden;
  std::set<std::string> open;
  const std::regex tag("<(input|textarea)[^>]*name=\"([^\"]*)\"[^>]*");
  const std::regex chosen("type=\"(checkbox|radio)\"");
  for (const auto& file : std::filesystem::directory_iterator(std::string(PB_SOURCE_DIR) + "/web/templates")) {
    std::ifstream in(file.path());
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    for (std::sregex_iterator at(text.begin(), text.end(), tag), end; at != end; ++at) {
      const std::string whole = at->str();
      const std::string name = std::regex_replace(at->str(2), std::regex("\\{\\{[^}]*\\}\\}"), "1");
      if (!std::regex_search(whole, chosen)) {
        (whole.find("type=\"hidden\"") != std::string::npos ? hidden : open).insert(name);
      }
    }
  }
  ASSERT_GT(hidden.size(), 30U);
  const std::set<std::string> chosen_elsewhere{"kind", "role", "1", "title_1"};  // lists; what is put in by a view
  for (const std::string& name : hidden) {
    EXPECT_TRUE(!is_typed_name(name) || open.contains(name) || chosen_elsewhere.contains(name)) << name;
  }
  for (const std::string& name : open) {
    EXPECT_TRUE(is_typed_name(name)) << name;
  }
}

}  // namespace

}  // namespace pitchblende::pages
