// What tests of the rooms of booking share: a platform manager, two researchers, an instrument that is booked here;
// forms sent, letters read.
#pragma once

#include <gmock/gmock.h>

#include "accounts.hpp"
#include "answers.hpp"
#include "base/secret.hpp"
#include "mail/letter.hpp"
#include "pages/booking/booking_pages_fixture.hpp"

namespace pitchblende::pages {

class DeskTest : public BookingPagesTest {
 protected:
  void SetUp() override {
    BookingPagesTest::SetUp();
    ASSERT_TRUE(access.add_administrator("root@example.org"));
    m_root = session("root@example.org");
    give("dominique@example.org", access::Role::platform_manager, thing("Plateforme d'essai"));
    give("camille@example.org", access::Role::researcher, thing("Étuve"));
    give("noa@example.org", access::Role::researcher, thing("Étuve"));
    m_manager = session("dominique@example.org");
    m_camille = session("camille@example.org");
    m_noa = session("noa@example.org");
    set(workdays("Microscope"));
    m_microscope = "/en/equipment/" + thing("Microscope").text();
  }

  std::string session(const std::string& email) { return tests::session_of(access, email); }
  void give(const std::string& email, access::Role role, Id object) {
    tests::give_role(*store, email, role, object, "fr");
  }
  // The form of `page` sent to `path` with these fields.
  http::Answer send(const std::string& page, const std::string& path, const std::string& fields,
                    const std::string& who) {
    const std::string form = get(page, who).body;
    constexpr std::string_view k_before = "name=\"form_token\" value=\"";
    const size_t at = form.find(k_before);
    EXPECT_NE(at, std::string::npos) << page << form.substr(0, 500);
    http::Request request;
    EXPECT_TRUE(http::read_target(path, request));
    request.method = http::Method::post;
    request.headers = {{"cookie", "pb_session=" + who}, {"content-type", "application/x-www-form-urlencoded"}};
    request.body = fields + "&form_token=" + (at == std::string::npos ? "" : form.substr(at + k_before.size(), 64));
    return pages->answer(router, request);
  }
  // A calendar's file, as the desk's form sends it.
  http::Answer bring(const std::string& bytes, const std::string& who) {
    const std::string form = get(m_microscope + "/bookings", m_manager).body;
    const std::string own = who == m_manager ? form : get(m_microscope + "/book", who).body;
    constexpr std::string_view k_before = "name=\"form_token\" value=\"";
    http::Request request;
    EXPECT_TRUE(http::read_target(m_microscope + "/calendar/files", request));
    request.method = http::Method::post;
    request.headers = {{"cookie", "pb_session=" + who}, {"content-type", "multipart/form-data; boundary=b"}};
    request.body = "--b\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n" +
                   own.substr(own.find(k_before) + k_before.size(), 64) +
                   "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" +
                   (bytes.empty() ? "" : "busy.ics") + "\"\r\nContent-Type: text/calendar\r\n\r\n" + bytes +
                   "\r\n--b--\r\n";
    return pages->answer(router, request);
  }
  http::Answer book_form(const std::string& fields, const std::string& who) {
    return send(m_microscope + "/book", m_microscope + "/book", fields, who);
  }
  std::vector<std::string> letters() {
    std::vector<std::string> out;
    const auto rows = outbox.rows(0, 100).value();
    for (const mail::OutboxRow& row : rows) {
      out.push_back(row.kind + " " + row.recipient);
    }
    return out;
  }

  // The newest of that kind, as it is kept.
  mail::Letter letter(std::string_view kind) {
    std::string content;
    EXPECT_TRUE(store->read([&](store::Connection& db) {
      return db.query("SELECT content FROM letter WHERE kind = ? ORDER BY id DESC LIMIT 1", {kind},
                      [&](const store::Row& row) { content = row.text(0); });
    }));
    const auto text = unsealed(content, "key of this test");
    EXPECT_TRUE(text) << kind;
    return text ? mail::decode_letter(*text).value_or(mail::Letter{}) : mail::Letter{};
  }

  std::string m_root;
  std::string m_manager;
  std::string m_camille;
  std::string m_noa;
  std::string m_microscope;
};

}  // namespace pitchblende::pages
