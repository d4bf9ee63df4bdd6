#include "http/form.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "http/errors.hpp"

namespace pitchblende::http {

namespace {

Request posted(std::string type, std::string body) {
  Request request;
  request.method = Method::post;
  request.headers = {{"content-type", std::move(type)}};
  request.body = std::move(body);
  return request;
}

constexpr const char* k_plain = "application/x-www-form-urlencoded";

TEST(FormTest, FieldsAreDecoded) {
  const auto form = read_form(posted(k_plain, "a=1&b=%C3%A9t%C3%A9+x&text=one%0D%0Atwo&a=2"));
  ASSERT_TRUE(form) << form.error().message();
  EXPECT_EQ(form->value("a"), "1");
  EXPECT_EQ(form->value("b"), "été x");
  EXPECT_EQ(form->value("text"), "one\ntwo");
  EXPECT_EQ(form->value("none"), "");
}

TEST(FormTest, WhatIsNotTextIsRefused) {
  for (const char* body : {"a=%00", "a=%FF", "a=%1", "a=%zz", "=x", "a=%1B[0m"}) {
    EXPECT_TRUE(read_form(posted(k_plain, body)).error().is(errors::form)) << body;
  }
  std::string many;
  for (int at = 0; at < 1001; ++at) {
    many += "a=1&";
  }
  EXPECT_TRUE(read_form(posted(k_plain, many)).error().is(errors::form));
  EXPECT_TRUE(read_form(posted("text/plain", "a=1")).error().is(errors::form_type));
  EXPECT_TRUE(read_form(posted("", "a=1")).error().is(errors::form_type));
}

TEST(FormTest, PartsAndFilesAreRead) {
  const std::string body =
      "--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\na@b.c\r\n"
      "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\\\dir\\\\staff.xlsx\"\r\n"
      "Content-Type: text/html\r\n\r\n<b>\r\n--y\r\n\x01\r\n--x\r\n"
      "Content-Disposition: form-data; name=\"none\"; filename=\"\"\r\n\r\n\r\n--x--\r\n";
  const auto form = read_form(posted("multipart/form-data; boundary=\"x\"", body));
  ASSERT_TRUE(form) << form.error().message();
  EXPECT_EQ(form->value("email"), "a@b.c");
  ASSERT_EQ(form->files.size(), 1U);
  EXPECT_EQ(form->files[0].name, "staff.xlsx");
  EXPECT_EQ(form->files[0].type, "text/html");
  EXPECT_EQ(form->files[0].bytes.substr(0, 3), "<b>");
  for (const char* broken : {"", "--x", "--x\r\n", "--x\r\n\r\n--x--", "--y\r\n\r\n--y--",
                             "--x\r\nContent-Disposition: form-data\r\n\r\nv\r\n--x--"}) {
    EXPECT_TRUE(read_form(posted("multipart/form-data; boundary=x", broken)).error().is(errors::form)) << broken;
  }
  EXPECT_TRUE(read_form(posted("multipart/form-data", body)).error().is(errors::form));
}

RC_GTEST_PROP(FormProperty, AnyBytesAreReadOrRefused, (const std::string& bytes, bool parts)) {
  const auto form =
      read_form(parts ? posted("multipart/form-data; boundary=x", "--x\r\n" + bytes) : posted(k_plain, bytes));
  const bool answered = form || form.error().is(errors::form);
  RC_ASSERT(answered);
}

RC_GTEST_PROP(FormProperty, AnyFileComesThrough, (const std::string& bytes)) {
  const std::string boundary = "------a-boundary-that-is-in-no-file";
  const auto form =
      read_form(posted("multipart/form-data; boundary=" + boundary,
                       "--" + boundary + "\r\nContent-Disposition: form-data; name=\"f\"; filename=\"n\"\r\n\r\n" +
                           bytes + "\r\n--" + boundary + "--\r\n"));
  RC_ASSERT(form);
  RC_ASSERT(form->files.size() == 1U);
  RC_ASSERT(form->files[0].bytes == bytes);
}

TEST(CookieTest, IsFoundByItsWholeName) {
  Request request;
  request.headers = {{"cookie", "a=1; pb_session=two;xpb_session=no; b=3"}};
  EXPECT_EQ(cookie(request, "pb_session"), "two");
  EXPECT_EQ(cookie(request, "a"), "1");
  EXPECT_EQ(cookie(request, "b"), "3");
  EXPECT_EQ(cookie(request, "session"), "");
}

TEST(OriginTest, OthersPagesAreTold) {
  const auto from = [](Pairs headers, std::string_view site = "https://pool.example.org") {
    Request request;
    request.headers = std::move(headers);
    return is_from_own_page(request, site);
  };
  EXPECT_TRUE(from({}));
  EXPECT_TRUE(from({{"origin", "https://pool.example.org"}, {"sec-fetch-site", "same-origin"}}));
  EXPECT_FALSE(from({{"origin", "https://pool.example.org.evil.example"}}));
  EXPECT_FALSE(from({{"origin", "http://pool.example.org"}}));
  EXPECT_FALSE(from({{"origin", "null"}}));
  EXPECT_FALSE(from({{"sec-fetch-site", "cross-site"}}));
  EXPECT_FALSE(from({{"sec-fetch-site", "same-site"}}));
  EXPECT_FALSE(from({{"host", "evil.example"}, {"origin", "https://evil.example"}}));
}

}  // namespace

}  // namespace pitchblende::http
