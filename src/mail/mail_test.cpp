#include "mail/mail.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "mail/errors.hpp"
#include "mail/letter.hpp"
#include "mail/letter_kinds.hpp"

namespace pitchblende::mail {

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// tests/smtp_server.py, a real server.
class SmtpServer {
 public:
  explicit SmtpServer(const fs::path& folder, int port = 0) {
    std::array<int, 2> pipe{};
    EXPECT_EQ(::pipe(pipe.data()), 0);
    m_process = ::fork();
    if (m_process == 0) {
      ::dup2(pipe[1], STDOUT_FILENO);
      ::close(pipe[0]);
      const std::string script = std::string(PB_SOURCE_DIR) + "/tests/smtp_server.py";
      const std::string on = std::to_string(port);
      ::execl("/usr/bin/python3", "/usr/bin/python3", script.c_str(), folder.c_str(), "--port", on.c_str(), "--refuse",
              "nobody@example.org", "--later", "busy@example.org", nullptr);
      ::_exit(127);
    }
    ::close(pipe[1]);
    char c = 0;
    while (::read(pipe[0], &c, 1) == 1 && c != '\n') {
      m_port = m_port * 10 + (c - '0');
    }
    ::close(pipe[0]);
    EXPECT_GT(m_port, 0) << "aiosmtpd did not start";
  }
  ~SmtpServer() {
    ::kill(m_process, SIGTERM);
    ::waitpid(m_process, nullptr, 0);
  }
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;
  int port() const { return m_port; }

 private:
  pid_t m_process = 0;
  int m_port = 0;
};

class MailTest : public testing::Test {
 protected:
  MailTest() {
    std::string pattern = (fs::temp_directory_path() / "pitchblende_mail_XXXXXX").string();
    m_folder = mkdtemp(pattern.data());
    fs::create_directories(m_folder / "letters");
    open();
  }
  ~MailTest() override {
    m_store.reset();
    std::error_code ignored;
    fs::remove_all(m_folder, ignored);
  }
  void open() {
    m_store.reset();
    store::Options options;
    options.folder = m_folder.string();
    options.create = true;
    auto opened = store::Store::open(options);
    ASSERT_TRUE(opened) << opened.error().message();
    m_store = std::move(*opened);
  }
  Outbox outbox(int port) {
    net::MailServer server;
    server.host = "127.0.0.1";
    server.port = port;
    server.seconds = 10;
    return {*m_store, m_clock, {server, "pool@example.org", "Réseau « Démo »", "key of this test"}};
  }
  void post(const Outbox& outbox, const std::string& to, const std::string& subject = "Votre lien : été, œuvre",
            const std::string& expires = {}) {
    Letter letter;
    letter.to = to;
    letter.kind = "sign_in";
    letter.language = Language::french;
    letter.subject = subject;
    letter.paragraphs = {"Bonjour <b>à vous</b> & aux autres.", ".une ligne qui commence par un point"};
    letter.action = "Se connecter";
    letter.action_url = "https://pool.example.org/fr/sign-in/abc?x=1&y=2";
    letter.closing = "Fin";
    letter.expires = expires;
    const auto done = m_store->write([&](store::Transaction& transaction) { return outbox.post(transaction, letter); });
    ASSERT_TRUE(done) << done.error().message();
  }
  OutboxRow newest(const Outbox& outbox) { return outbox.rows(0, 1)->front(); }
  std::string letter(int number) { return read_file(m_folder / "letters" / (std::to_string(number) + ".eml")); }
  std::string to(int number) { return read_file(m_folder / "letters" / (std::to_string(number) + ".to")); }
  // As Python's own reader of letters understands it.
  std::string understood(int number) {
    const std::string out = (m_folder / "understood").string();
    const std::string command =
        "/usr/bin/python3 -c \"import "
        "email,email.policy,sys;m=email.message_from_binary_file(open(sys.argv[1],'rb'),policy="
        "email.policy.default);print(m['subject']);print(m['from']);print(m['to']);print(sorted(m.keys()));"
        "[print(p.get_content_type(),p.get_content()) for p in m.iter_parts()]\" " +
        (m_folder / "letters" / (std::to_string(number) + ".eml")).string() + " > " + out;
    EXPECT_EQ(std::system(command.c_str()), 0);
    return read_file(out);
  }

  fs::path m_folder;
  FixedClock m_clock{std::chrono::sys_days(std::chrono::year(2026) / 11 / 26)};
  std::unique_ptr<store::Store> m_store;
};

TEST_F(MailTest, ALetterGoesAsTextAndHtml) {
  const SmtpServer server(m_folder / "letters");
  const Outbox box = outbox(server.port());
  post(box, "camille@example.org");
  EXPECT_EQ(box.send_due().value(), 1);
  EXPECT_EQ(newest(box).state, "sent") << newest(box).reason;
  EXPECT_EQ(to(1), "camille@example.org");
  const std::string read = understood(1);
  EXPECT_THAT(read, HasSubstr("Votre lien : été, œuvre\n"));
  EXPECT_THAT(read, HasSubstr("Réseau « Démo » <pool@example.org>\ncamille@example.org\n"));
  EXPECT_THAT(read, HasSubstr("text/plain Bonjour <b>à vous</b> & aux autres."));
  EXPECT_THAT(read, HasSubstr("\n.une ligne qui commence par un point"));
  EXPECT_THAT(read, HasSubstr("https://pool.example.org/fr/sign-in/abc?x=1&y=2\r\n"));
  EXPECT_THAT(read, HasSubstr("<p>Bonjour &lt;b&gt;à vous&lt;/b&gt; &amp; aux autres.</p>"));
  EXPECT_THAT(read, HasSubstr("href=\"https://pool.example.org/fr/sign-in/abc?x=1&amp;y=2\""));
  EXPECT_EQ(box.send_due().value(), 0);
}

TEST_F(MailTest, NoHeaderCanBeAdded) {
  const SmtpServer server(m_folder / "letters");
  const Outbox box = outbox(server.port());
  post(box, "camille@example.org", "Hello\r\nBcc: other@example.org\r\n\r\nbody");
  ASSERT_EQ(box.send_due().value(), 1);
  EXPECT_EQ(to(1), "camille@example.org");
  EXPECT_THAT(understood(1), HasSubstr("['Auto-Submitted', 'Content-Language', 'Content-Type', 'Date', 'From', "
                                       "'MIME-Version', 'Message-ID', 'Subject', 'To'"));
  EXPECT_THAT(letter(1), Not(HasSubstr("\nBcc")));
}

TEST_F(MailTest, AFileGoesAlongAsItIs) {
  const SmtpServer server(m_folder / "letters");
  const Outbox box = outbox(server.port());
  Letter letter;
  letter.to = "camille@example.org";
  letter.kind = "booking_moved";
  letter.subject = "Moved";
  letter.paragraphs = {"It is later now."};
  letter.attachments = {{"booking.ics", "text/calendar; method=PUBLISH", "BEGIN:VCALENDAR\r\nSUMMARY:Été\r\n"},
                        {"a\"\r\nX-Other: b", "text/plain\r\nX-Other: c", "x"}};
  const auto done = m_store->write([&](store::Transaction& transaction) { return box.post(transaction, letter); });
  ASSERT_TRUE(done) << done.error().message();
  ASSERT_EQ(box.send_due().value(), 1);
  const std::string out = (m_folder / "walked").string();
  const std::string command =
      "/usr/bin/python3 -c \"import "
      "email,email.policy,sys;m=email.message_from_binary_file(open(sys.argv[1],'rb'),policy="
      "email.policy.default);[print(p.get_content_type(),p.get_param('method'),p.get_content_charset(),p.get_filename()"
      ","
      "p.get_content_disposition(),[k for k in p.keys() if k.startswith('X-')],p.is_multipart() or "
      "repr(p.get_content()))"
      " for p in m.walk()]\" " +
      (m_folder / "letters/1.eml").string() + " > " + out;
  ASSERT_EQ(std::system(command.c_str()), 0);
  const std::string read = read_file(out);
  EXPECT_THAT(read,
              HasSubstr("multipart/mixed None None None None [] True\nmultipart/alternative None None None None [] "
                        "True\ntext/plain None utf-8 None None [] 'It is later now."));
  EXPECT_THAT(read, HasSubstr("text/calendar PUBLISH utf-8 booking.ics attachment [] 'BEGIN:VCALENDAR"));
  EXPECT_THAT(read, HasSubstr("SUMMARY:Été"));
  EXPECT_THAT(read, HasSubstr("text/plainx-other: c None utf-8 aX-Other: b attachment [] "))
      << "no header can be added by a name or a type";
}

TEST_F(MailTest, AServerThatIsDownIsTriedAgainLater) {
  int port = 0;
  {
    const SmtpServer once(m_folder / "letters");
    port = once.port();
  }
  const Outbox box = outbox(port);
  post(box, "camille@example.org");
  EXPECT_EQ(box.send_due().value(), 1);
  EXPECT_EQ(newest(box).state, "waiting");
  EXPECT_THAT(newest(box).reason, HasSubstr("mail server cannot be reached"));
  EXPECT_THAT(reason_in(newest(box).reason, Language::french),
              HasSubstr("le serveur de courriel est injoignable\u00a0: "));
  EXPECT_EQ(reason_in(newest(box).reason, Language::english), newest(box).reason);
  EXPECT_EQ(reason_in("", Language::french), "");
  EXPECT_EQ(reason_in("of an older program", Language::french), "of an older program");
  EXPECT_EQ(box.send_due().value(), 0) << "not before its time";
  open();  // a new process finds it again
  const Outbox again = outbox(port);
  m_clock.set(m_clock.now() + std::chrono::seconds(next_try(1)));
  const SmtpServer back(m_folder / "letters", port);
  EXPECT_EQ(again.send_due().value(), 1);
  EXPECT_EQ(newest(again).state, "sent") << newest(again).reason;
  EXPECT_EQ(to(1), "camille@example.org");
}

// One try tells that a server is away: a hundred letters do not wait for it one after the other.
TEST_F(MailTest, AServerThatIsAwayIsAskedOnce) {
  const Outbox box = outbox(1);
  post(box, "camille@example.org");
  post(box, "lou@example.org");
  EXPECT_EQ(box.send_due().value(), 1);
  EXPECT_EQ(box.send_due().value(), 1) << "the other one, at the next look";
  EXPECT_EQ(box.send_due().value(), 0);
}

// kill -9 of who posted, right after the answer: the letter is there.
TEST_F(MailTest, ALetterOutlivesTheProcess) {
  m_store.reset();
  const pid_t child = ::fork();
  if (child == 0) {
    open();
    post(outbox(1), "camille@example.org");
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
  open();
  const SmtpServer server(m_folder / "letters");
  const Outbox box = outbox(server.port());
  EXPECT_EQ(box.send_due().value(), 1);
  EXPECT_EQ(to(1), "camille@example.org");
}

TEST_F(MailTest, LettersThatWentAreForgottenAfter90Days) {
  const SmtpServer server(m_folder / "letters");
  const Outbox box = outbox(server.port());
  post(box, "camille@example.org");
  post(box, "busy@example.org");
  ASSERT_EQ(box.send_due().value(), 2);
  m_clock.set(m_clock.now() + std::chrono::hours(24 * 90));
  ASSERT_TRUE(box.forget_old());
  const auto rows = box.rows(0, 10).value();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].state, "waiting");
}

TEST_F(MailTest, ARefusedLetterIsNotTriedAgainAndCanBeSentAnew) {
  const SmtpServer server(m_folder / "letters");
  const Outbox box = outbox(server.port());
  post(box, "nobody@example.org");
  post(box, "busy@example.org");
  EXPECT_EQ(box.send_due().value(), 2);
  const auto rows = box.rows(0, 10).value();
  EXPECT_EQ(rows[1].state, "failed");
  EXPECT_EQ(rows[0].state, "waiting") << "451 is no refusal";
  EXPECT_EQ(box.counts().value(), (std::map<std::string, int64_t>{{"failed", 1}, {"tried", 1}, {"waiting", 1}}));
  EXPECT_TRUE(rows[0].is_tried());
  EXPECT_FALSE(rows[1].is_tried());
  const auto failed = box.rows(0, 10, "failed").value();
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].recipient, "nobody@example.org");
  EXPECT_TRUE(box.rows(0, 10, "'; DROP TABLE letter")->empty());
  const auto again =
      m_store->write([&](store::Transaction& transaction) { return box.send_again(transaction, rows[1].id); });
  EXPECT_TRUE(again);
  EXPECT_EQ(box.rows(0, 10)->at(1).state, "waiting");
  const auto unknown = m_store->write([&](store::Transaction& transaction) { return box.send_again(transaction, 99); });
  EXPECT_TRUE(unknown.error().is(errors::unknown));
}

TEST_F(MailTest, ALetterOfNoUseAnyMoreIsNotSent) {
  const SmtpServer server(m_folder / "letters");
  const Outbox box = outbox(server.port());
  post(box, "camille@example.org", "x", "2026-11-25T00:00:00Z");
  EXPECT_EQ(box.send_due().value(), 1);
  EXPECT_EQ(newest(box).state, "expired");
  EXPECT_TRUE(fs::is_empty(m_folder / "letters"));
}

TEST_F(MailTest, WhatIsWrittenIsSealedAndThenForgotten) {
  const SmtpServer server(m_folder / "letters");
  const Outbox box = outbox(server.port());
  post(box, "camille@example.org");
  const auto content = [&] {
    std::string out;
    EXPECT_TRUE(m_store->read([&](store::Connection& db) {
      return db.query("SELECT content FROM letter", {}, [&](const store::Row& row) { out = row.text(0); });
    }));
    return out;
  };
  EXPECT_FALSE(content().empty());
  EXPECT_THAT(content(), Not(HasSubstr("sign-in")));
  ASSERT_EQ(box.send_due().value(), 1);
  EXPECT_EQ(content(), "");
}

// docs/rules/personal.md, rule 11.
TEST_F(MailTest, EachKindObeysItsOwnSwitchAndDutiesNone) {
  const Outbox box = outbox(0);
  for (const std::string_view topic : letter_topics()) {
    const auto posted = m_store->write([&](store::Transaction& db) -> Result<std::vector<std::string>> {
      TRY(box.refuse(db, "camille@example.org", {std::string(topic)}));
      std::vector<std::string> out;
      for (const LetterKind& each : letter_kinds()) {
        Letter letter;
        letter.to = "camille@example.org";
        letter.kind = each.kind;
        TRY_ASSIGN(const int64_t number, box.put(db, letter));
        if (number == 0) {
          out.emplace_back(each.kind);
        }
      }
      return out;
    });
    ASSERT_TRUE(posted) << posted.error().message();
    EXPECT_FALSE(posted->empty()) << topic << " stops nothing";
    for (const std::string& kind : *posted) {
      EXPECT_EQ(topic_of(kind), topic);
    }
    const auto of_topic = std::ranges::count(letter_kinds(), topic, &LetterKind::topic);
    EXPECT_EQ(static_cast<int64_t>(posted->size()), of_topic) << topic;
  }
  EXPECT_EQ(topic_of("sign_in"), "");
  EXPECT_EQ(topic_of("nobody_named_it"), "");
}

TEST(LetterTest, WhatIsKeptCanAlwaysBeRead) {
  Letter letter;
  letter.subject = "half a letter: \xC3";
  letter.paragraphs = {"\xFF and more"};
  const auto read = decode_letter(encode(letter));
  ASSERT_TRUE(read) << read.error().message();
  EXPECT_THAT(read->paragraphs.front(), HasSubstr("and more"));
  EXPECT_TRUE(decode_letter("{\"subject\":").error().is(errors::damaged)) << "the key has nothing to do with it";
}

TEST(LetterTest, WhatHasNothingToSayLeavesNoEmptyLine) {
  Letter letter;
  letter.paragraphs = {"One.", "", "Two."};
  EXPECT_EQ(letter_text(letter), "One.\r\n\r\nTwo.\r\n");
  EXPECT_THAT(letter_html(letter), Not(HasSubstr("<p></p>")));
  letter.closing = "End.";
  EXPECT_EQ(letter_text(letter), "One.\r\n\r\nTwo.\r\n\r\nEnd.\r\n");
}

TEST(LetterTest, TriesEndAfterThreeDays) {
  int64_t sum = 0;
  int64_t tries = 1;
  while (next_try(tries) > 0) {
    EXPECT_GE(next_try(tries), 60);
    sum += next_try(tries++);
  }
  EXPECT_NEAR(static_cast<double>(sum), 3 * 86'400, 86'400 / 2.0);
}

}  // namespace

}  // namespace pitchblende::mail
