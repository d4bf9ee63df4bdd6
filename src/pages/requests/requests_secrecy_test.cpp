// Rule 3 of docs/rules/requests.md: a conversation is between who asks and who answers. Every route, for every role
// that somebody else may have, with every form: no word of it, no file, no name of who else was asked.
#include "asked_site.hpp"
#include "pages/requests/requests_pages_fixture.hpp"

namespace pitchblende::pages {
namespace {

using http::Method;

class RequestsSecrecyTest : public RequestsPagesTest {
 protected:
  // Camille asks both platforms; dominique of cytometry answers her with a file. The answer: what others must not read.
  std::vector<std::string> spoken() {
    EXPECT_EQ(send("/en/requests/new", "/en/requests/new",
                   "do=send&to=" + cytometry.text() + "&to=" + microscopy.text() +
                       "&kind=service&subject=Sorting&text=Twelve+samples",
                   camille)
                  .status,
              303);
    requests::Query query;
    query.which = requests::Query::Which::all;
    const auto cases = requests.cases(query).value();
    for (const requests::Case& each : cases) {
      (each.thread.resource == cytometry ? m_hers : m_other) = each.thread.id;
    }
    const std::string here = "/en/requests/threads/" + std::to_string(m_hers);
    EXPECT_EQ(send(here, here + "/files", "text=Which+cells%2C+exactly%3F", dominique).status, 303);
    const auto kept = files.keep("plan.txt", "the plan of the cells\n");
    EXPECT_TRUE(kept);
    const int64_t message = requests.messages(m_hers).value().back().id;
    EXPECT_TRUE(store->write([&](store::Transaction& transaction) {
      return files.attach(transaction, *kept, {"requests", message, 2});
    }));
    return {"Which cells, exactly?", "the plan of the cells", "plan.txt"};
  }

  static std::shared_ptr<const access::Actor> actor(int64_t account, const std::string& email,
                                                    std::vector<access::Grant> grants) {
    return tests::signed_in(account, email, std::move(grants), "2026-03-01");
  }
  // Everybody else: each role that does not answer for everything, for the other platform; a substitute there; nobody.
  std::vector<std::pair<std::string, std::shared_ptr<const access::Actor>>> others() {
    std::vector<std::pair<std::string, std::shared_ptr<const access::Actor>>> out{
        {"visitor", nullptr}, {"account", actor(40, "somebody@example.org", {})}};
    for (size_t at = 0; at < access::k_roles; ++at) {
      const auto role = static_cast<access::Role>(at);
      if (access::scope(role, access::Right::answer_request) != access::Scope::any) {
        const auto account = static_cast<int64_t>(50 + at);
        out.emplace_back(access::name(role), actor(account, std::string(access::name(role)) + "@example.org",
                                                   {{account, account, role, microscopy, {}, {}}}));
      }
    }
    EXPECT_TRUE(substitutes.add(microscopy, "sasha@example.org", 3));
    out.emplace_back("substitute of the other", actor(80, "sasha@example.org", {}));
    return out;
  }

  std::vector<std::string> filled(const std::string& pattern) const {
    return tests::filled(pattern, {{"{lang}", {"en"}},
                                   {"{institution}", {cytometry.text()}},
                                   {"{number}", {std::to_string(m_hers), std::to_string(m_other)}},
                                   {"{id}", {"1", "2", cytometry.text(), microscopy.text()}},
                                   {"{secret}", {std::string(64, '0'), "1-" + std::string(40, '0')}},
                                   {"{page}", {"search", "platform", "platform.json"}},
                                   {"{kind}", {"platform"}},
                                   {"{scheme}", {"pitchblende"}},
                                   {"{value*}", {cytometry.text()}},
                                   {"{name}", {"none.css"}}});
  }
  std::string answered(Method method, const std::string& target, const std::shared_ptr<const access::Actor>& who) {
    http::Request request;
    EXPECT_TRUE(http::read_target(target, request)) << target;
    request.method = method;
    request.peer = "192.0.2.1";
    request.headers = {{"cookie", "pb_browser=" + browser}, {"content-type", "application/x-www-form-urlencoded"}};
    request.body =
        method == Method::post
            ? "do=save&text=a+word&note=a+word&reason=no&state=accepted&revision=1&thread=" + std::to_string(m_hers)
            : "";
    request.actor = who;
    const http::Answer answer = router.answer(request);
    std::string out = std::to_string(answer.status) + " " + answer.body;
    for (const auto& [name, value] : answer.headers) {
      out += "\n" + name + ": " + value;
    }
    return out;
  }

  int64_t m_hers = 0;
  int64_t m_other = 0;
};

TEST_F(RequestsSecrecyTest, NobodyElseReadsAConversation) {
  const std::vector<std::string> secrets = spoken();
  size_t asked = 0;
  for (const auto& [who, actor] : others()) {
    for (const http::Route& route : router.routes()) {
      for (const std::string& target : filled(route.pattern)) {
        const std::string answer = answered(route.method, target, actor);
        for (const std::string& secret : secrets) {
          // An answer may say what it was asked for.
          EXPECT_TRUE(answer.find(secret) == std::string::npos || target.find(secret) != std::string::npos)
              << who << " asks " << target << " and is told " << secret;
        }
        // Who else was asked is named nowhere in the room: the cards of the registry are everybody's.
        if (target.find("/requests/") != std::string::npos && target.find("/new") == std::string::npos) {
          EXPECT_EQ(answer.find("cytom"), std::string::npos) << who << " asks " << target;
        }
        ++asked;
      }
    }
  }
  EXPECT_GT(asked, 500U);
  const auto thread = requests.messages(m_hers).value();
  EXPECT_EQ(thread.size(), 1U) << "nobody else wrote there";
  // The test can fail: those whose it is read all of it.
  EXPECT_NE(body("/en/requests/threads/" + std::to_string(m_hers), 200, dominique).find(secrets[0]), std::string::npos);
  EXPECT_NE(body("/en/requests/threads/" + std::to_string(m_hers) + "/files/1", 200, dominique).find(secrets[1]),
            std::string::npos);
  EXPECT_NE(body("/en/requests/1", 200, camille).find(secrets[2]), std::string::npos);
}

}  // namespace
}  // namespace pitchblende::pages
