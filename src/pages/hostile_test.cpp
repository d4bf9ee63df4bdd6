// Markup, scripts and addresses of scripts in every field of every kind, and what other formats may carry: shown
// harmless on every page in both languages.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>

#include "asked_site.hpp"
#include "every_field.hpp"
#include "pages/pages.hpp"
#include "pool_fixture.hpp"

namespace pitchblende::pages {
namespace {

using registry::FieldDescription;
using registry::FieldType;

const std::string k_markup = "zq<script>alert(1)</script>'\"><img src=x onerror=alert(2)>{{name}}<!--";

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::string value_of(const FieldDescription& field) {
  switch (field.type) {
    case FieldType::url:
      return "JavaScript:alert(1)//https://example.org/";
    case FieldType::link:
      return "name:" + k_markup;
    case FieldType::number:
    case FieldType::date:
    case FieldType::flag:
      return k_markup;
    default:
      return field.codes.empty() ? k_markup : std::string(field.codes.substr(0, field.codes.find(' ')));
  }
}

class HostileTest : public ::testing::Test, public tests::PoolPlace {
 protected:
  void import_kind(const registry::KindDescription& kind) {
    const tests::EveryField sent = tests::every_field(kind, value_of, k_markup);
    pool::SourceSettings settings = source("hostile-" + std::string(kind.name), "own", sources::Mode::snapshot);
    settings.mapping = sent.mapping;
    settings.republish = true;
    EXPECT_EQ(import(settings, sent.table).accepted, 1) << kind.name;
  }
  void serve() {
    settle();
    auto opened =
        Pages::open(registry::Registry(*store), [this] { return pool->index(); }, {k_markup, "", k_markup, "", ""});
    ASSERT_TRUE(opened) << opened.error().message();
    pages = std::move(*opened);
    pages->add_to(router);
  }
  std::string get(const std::string& target, int status = 200) {
    http::Request request;
    EXPECT_TRUE(http::read_target(target, request)) << target;
    http::Answer answer = router.answer(request);
    EXPECT_TRUE(answer.status == status || status == 0) << target << ": " << answer.status;
    return answer.body;
  }
  // What markup of ours could have come through: a tag that no template has, an attribute that a value has opened.
  void expect_harmless(const std::string& target, int status = 200) {
    const std::string body = tests::without_own_script(lower(get(target, status)));
    for (const char* forbidden : {"<script", "<img src=x", "=\"javascript:", "='javascript:", "<!--", "'\">"}) {
      EXPECT_EQ(body.find(forbidden), std::string::npos)
          << target << " has " << forbidden << ": "
          << body.substr(std::max<size_t>(60, body.find(forbidden)) - 60, 200);
    }
  }

  std::unique_ptr<Pages> pages;
  http::Router router;
};

TEST_F(HostileTest, EveryFieldOfEveryKindIsShownHarmless) {
  for (const registry::KindDescription& kind : registry::kinds()) {
    import_kind(kind);
  }
  // Somebody whom the hostile organisation gives a page.
  import_members("I1,Institut Demo,member,2007\n");
  import_staff("demo",
               "P1,\"" + std::string("zq<script>alert(3)</script>") + "\",<img src=x onerror=y>,,Institut Demo,2015\n");
  serve();
  search::Query all;
  all.size = 1000;
  const search::Answer answer = pool->index()->search(all, access::Viewer::visitor());
  ASSERT_GE(answer.count, registry::k_kinds);
  for (const std::string language : {"fr", "en"}) {
    for (const search::Hit& hit : answer.hits) {
      const std::string address = "/" + language + "/" + std::string(registry::name(hit.kind)) + "/" + hit.id.text();
      expect_harmless(address);
      EXPECT_TRUE(boost::json::parse(get(address + ".json", 0)).is_object());
      EXPECT_TRUE(boost::json::parse(get(address + ".jsonld", 0)).is_object());
    }
    for (const registry::KindDescription& kind : registry::kinds()) {
      expect_harmless("/" + language + "/" + std::string(kind.name));
    }
    for (const char* page : {"/", "/search", "/search?q=zq", "/glossary", "/about", "/contacts"}) {
      expect_harmless("/" + language + page);
    }
    const std::string encoded = http::percent_encoded(k_markup);
    for (const std::string name : {"q", "kind", "concept", "institution", "sort", "page", "make", "language"}) {
      expect_harmless("/" + language + "/search?" + name + "=" + encoded);
    }
    expect_harmless("/" + language + "/" + encoded, 404);
    expect_harmless("/" + language + "/person/" + encoded, 404);
  }
}

TEST_F(HostileTest, OtherFormatsAreShownHarmless) {
  const std::string escaped = "zq&lt;script>alert(1)&lt;/script>'&quot;>&lt;img src=x onerror=alert(2)>";
  import_pubmed(tests::pubmed_article(7, escaped, {{escaped, escaped, escaped, ""}}));
  boost::json::object organisation{
      {"id", "https://ror.org/04t0gwh46"}, {"status", "active"}, {"types", boost::json::array{k_markup}}};
  organisation["names"] = boost::json::array{
      {{"value", k_markup}, {"types", boost::json::array{"ror_display", "label"}}, {"lang", k_markup}}};
  organisation["links"] = boost::json::array{{{"type", k_markup}, {"value", "javascript:alert(1)"}}};
  organisation["domains"] = boost::json::array{k_markup};
  organisation["established"] = k_markup;
  import(source("ror", "ror", sources::Mode::snapshot), boost::json::serialize(boost::json::array{organisation}));
  boost::json::object study;
  study["identificationModule"] = {{"nctId", "NCT99000001"}, {"briefTitle", k_markup}, {"officialTitle", k_markup}};
  study["statusModule"] = {{"overallStatus", k_markup}};
  study["descriptionModule"] = {{"briefSummary", k_markup}};
  study["conditionsModule"] = {{"conditions", boost::json::array{k_markup}}};
  study["sponsorCollaboratorsModule"] = {{"leadSponsor", {{"name", k_markup}}}};
  import(source("trials", "clinicaltrials", sources::Mode::snapshot),
         boost::json::serialize(boost::json::object{{"protocolSection", study}}));
  serve();
  search::Query all;
  all.size = 1000;
  const search::Answer answer = pool->index()->search(all, access::Viewer::visitor());
  EXPECT_EQ(answer.count, 3u);
  for (const std::string language : {"fr", "en"}) {
    for (const search::Hit& hit : answer.hits) {
      expect_harmless("/" + language + "/" + std::string(registry::name(hit.kind)) + "/" + hit.id.text());
    }
    expect_harmless("/" + language + "/search?q=zq");
  }
}

}  // namespace
}  // namespace pitchblende::pages
