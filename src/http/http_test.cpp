#include "http/http.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <optional>

#include "http/errors.hpp"
#include "http/reply.hpp"

namespace pitchblende::http {
namespace {

Result<Request> get(const std::string& target, const std::string& headers = {}) {
  return parse_request("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n");
}

TEST(RequestTest, PathAndQueryAreDecoded) {
  const auto request = get("/fr/search?q=cytom%C3%A9trie+spectrale&kind=platform&kind=team&empty=&flag#here");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->path, "/fr/search");
  EXPECT_EQ(request->parameter("q"), "cytométrie spectrale");
  EXPECT_EQ(request->parameters("kind"), (std::vector<std::string_view>{"platform", "team"}));
  EXPECT_EQ(request->query.size(), 5u);
  EXPECT_EQ(get("/a+b%2Bc")->path, "/a+b+c");
  EXPECT_EQ(get("http://example.org/x?y=1")->path, "/x");
}

TEST(RequestTest, WhatCannotBeMeantIsRefused) {
  for (const char* target :
       {"/%", "/%zz", "/%C3", "/%00", "/a%0Ab", "/../etc/passwd", "/a/%2e%2e/b", "/a/./b", "x", "/?q=%FF", "/?%E9=1"}) {
    const auto request = get(target);
    ASSERT_FALSE(request) << target;
    EXPECT_EQ(request.error().kind().status, 400) << target;
  }
  EXPECT_EQ(get("/" + std::string(8192, 'a')).error().kind().status, 414);
  EXPECT_EQ(get("/" + std::string(20'000, 'a')).error().kind().status, 414);
  EXPECT_EQ(get("/", "X: " + std::string(20'000, 'a') + "\r\n").error().kind().status, 431);
  std::string many;
  for (int each = 0; each < 101; ++each) {
    many += "X-" + std::to_string(each) + ": 1\r\n";
  }
  EXPECT_EQ(get("/", many).error().kind().status, 431);
  EXPECT_EQ(parse_request("POST / HTTP/1.1\r\nContent-Length: 2000000\r\n\r\n").error().kind().status, 413);
  for (const char* bytes : {"", "GET", "GET / HTTP/1.1\r\n", "\x16\x03\x01", "GET / HTTP/9.9\r\n\r\n",
                            "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"}) {
    EXPECT_FALSE(parse_request(bytes)) << bytes;
  }
}

RC_GTEST_PROP(RequestProperty, what_is_encoded_is_read_back, (std::string text)) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7F;
  });
  Request request;
  const auto read = read_target("/x?q=" + percent_encoded(text), request);
  RC_ASSERT(!plain || (read.has_value() && request.parameter("q") == text));
}

RC_GTEST_PROP(RequestProperty, no_bytes_are_too_strange, (const std::string& bytes)) {
  const auto request = parse_request("GET " + bytes);
  RC_ASSERT(!request || request->path.starts_with('/'));
}

TEST(FormatTest, SuffixThenAccept) {
  const auto taken = [](std::string path, std::string_view accept) {
    const Format format = take_format(path, accept);
    return path + " " + std::string(media_type(format).substr(0, media_type(format).find(';')));
  };
  EXPECT_EQ(taken("abc.json", "text/html"), "abc application/json");
  EXPECT_EQ(taken("abc.jsonld", ""), "abc application/ld+json");
  EXPECT_EQ(taken("abc", "application/ld+json"), "abc application/ld+json");
  EXPECT_EQ(taken("abc", "text/html;q=0.5, text/csv;q=0.9"), "abc text/csv");
  EXPECT_EQ(taken("abc", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), "abc text/html");
  EXPECT_EQ(taken("abc", "application/json;q=0"), "abc text/html");
  EXPECT_EQ(taken("abc", "image/png"), "abc text/html");
  EXPECT_EQ(taken("abc", "APPLICATION/JSON"), "abc application/json");
  EXPECT_EQ(taken("abc", ";;q=,,=;q=0.x"), "abc text/html");
  EXPECT_EQ(taken(".json", ""), ".json text/html");
}

TEST(FormatTest, LanguageOfTheReader) {
  EXPECT_EQ(preferred_language(""), Language::french);
  EXPECT_EQ(preferred_language("en-GB,en;q=0.9"), Language::english);
  EXPECT_EQ(preferred_language("de,fr;q=0.3,en;q=0.2"), Language::french);
  EXPECT_EQ(preferred_language("ja"), Language::english);
  EXPECT_EQ(preferred_language("*"), Language::french);
  EXPECT_EQ(preferred_language("fr;q=0, en;q=0.1"), Language::english);
}

Answer say(std::string text) {
  Answer answer;
  answer.body = std::move(text);
  return answer;
}

TEST(RouterTest, TheMostLiteralPatternWins) {
  Router router;
  const auto add = [&](Method method, const std::string& pattern) {
    router.add({method, pattern, Right::everyone, [pattern](const Request&, const Captures& captures) {
                  std::string text = pattern;
                  for (const auto& each : captures) {
                    text += "|" + std::string(each);
                  }
                  return say(text);
                }});
  };
  for (const char* pattern : {"/", "/{lang}", "/{lang}/", "/{lang}/{page}", "/{lang}/search", "/id/{scheme}/{value*}",
                              "/{lang}/{kind}/{id}"}) {
    add(Method::get, pattern);
  }
  add(Method::post, "/{lang}/search");
  const auto asked = [&](std::string path, Method method = Method::get) {
    Request request;
    request.method = method;
    request.path = std::move(path);
    return router.answer(request);
  };
  EXPECT_EQ(asked("/").body, "/");
  EXPECT_EQ(asked("/fr").body, "/{lang}|fr");
  EXPECT_EQ(asked("/fr/").body, "/{lang}/|fr");
  EXPECT_EQ(asked("/fr/search").body, "/{lang}/search|fr");
  EXPECT_EQ(asked("/fr/search", Method::head).body, "/{lang}/search|fr");
  EXPECT_EQ(asked("/fr/about").body, "/{lang}/{page}|fr|about");
  EXPECT_EQ(asked("/fr/person/X").body, "/{lang}/{kind}/{id}|fr|person|X");
  EXPECT_EQ(asked("/id/doi/10.1/a/b").body, "/id/{scheme}/{value*}|doi|10.1/a/b");
  EXPECT_EQ(asked("/id/doi").body, "/{lang}/{page}|id|doi");
  EXPECT_EQ(asked("/a/b/c/d").status, 404);
  EXPECT_EQ(asked("//").status, 404);
  const Answer other = asked("/fr/search", Method::other);
  EXPECT_EQ(other.status, 405);
  EXPECT_EQ(other.headers.front().second, "GET, HEAD, POST, OPTIONS");
  EXPECT_EQ(asked("/fr/search", Method::options).status, 204);
}

TEST(ReplyTest, FormsTagsAndHeaders) {
  Answer answer = say(std::string(5000, 'x'));
  answer.headers.emplace_back("X-Test", "one\r\nSet-Cookie: two");
  const Reply reply(std::move(answer));
  const auto plain = reply.form("");
  const auto packed = reply.form("br, gzip;q=0.5");
  EXPECT_LT(packed->body.size(), 100u);
  EXPECT_NE(plain->tag, packed->tag);
  EXPECT_NE(packed->head.find("Content-Encoding: gzip\r\n"), std::string::npos);
  EXPECT_NE(plain->head.find("Vary: Accept, Accept-Encoding\r\n"), std::string::npos);
  EXPECT_EQ(plain->head.find("\r\nSet-Cookie"), std::string::npos);
  EXPECT_NE(plain->head.find("Content-Security-Policy: default-src 'none'"), std::string::npos);
  EXPECT_EQ(reply.form("gzip;q=0")->tag, plain->tag);
  EXPECT_NE(reply.not_modified(plain->tag), nullptr);
  EXPECT_NE(reply.not_modified("\"other\", W/" + packed->tag), nullptr);
  EXPECT_NE(reply.not_modified("*"), nullptr);
  EXPECT_EQ(reply.not_modified("\"other\""), nullptr);
  // Too short to be compressed, and still one of several forms of its address.
  EXPECT_NE(Reply(say("short")).form("")->head.find("Vary: Accept, Accept-Encoding\r\n"), std::string::npos);
  Answer gone = say("gone");
  gone.status = 410;
  EXPECT_EQ(Reply(std::move(gone)).not_modified("*"), nullptr);
}

}  // namespace
}  // namespace pitchblende::http
