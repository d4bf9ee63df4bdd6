#include <zlib.h>

#include <fstream>
#include <random>

#include "http/errors.hpp"
#include "http/server_fixture.hpp"

namespace pitchblende::http {
namespace {

TEST_F(ServerTest, KeepsAConnectionAndAnswersInOrder) {
  open();
  Client client(server->port());
  client.send(get("/a") + get("/b") + "HEAD /c HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string first = client.answer();
  EXPECT_TRUE(starts(first, 200));
  EXPECT_TRUE(first.ends_with("\r\n\r\npath /a"));
  EXPECT_NE(first.find("Content-Security-Policy: "), std::string::npos);
  EXPECT_NE(first.find("Date: "), std::string::npos);
  EXPECT_TRUE(client.answer().ends_with("path /b"));
  const std::string head = client.answer(false);
  EXPECT_NE(head.find("Content-Length: 7\r\n"), std::string::npos);
  EXPECT_TRUE(head.ends_with("\r\n\r\n"));
  client.send("GET /d HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(client.rest().ends_with("path /d"));
  EXPECT_TRUE(client.closed());
}

TEST_F(ServerTest, ASharedAnswerIsMadeOnce) {
  open();
  Client client(server->port());
  client.send(get("/shared"));
  const std::string first = client.answer();
  const size_t tag_at = first.find("ETag: ") + 6;
  const std::string tag = first.substr(tag_at, first.find("\r\n", tag_at) - tag_at);
  client.send(get("/shared"));
  EXPECT_EQ(client.answer().size(), first.size());
  EXPECT_EQ(m_handled, 1);
  client.send(get("/shared", "If-None-Match: " + tag + "\r\n"));
  EXPECT_TRUE(starts(client.answer(false), 304));
  client.send(get("/shared", "Accept-Encoding: gzip\r\n"));
  const std::string packed = client.answer();
  EXPECT_NE(packed.find("Content-Encoding: gzip"), std::string::npos);
  std::string body = packed.substr(packed.find("\r\n\r\n") + 4);
  std::string unpacked(8000, '\0');
  z_stream stream{};
  ASSERT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(body.data());
  stream.avail_in = static_cast<uInt>(body.size());
  stream.next_out = reinterpret_cast<Bytef*>(unpacked.data());
  stream.avail_out = static_cast<uInt>(unpacked.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  EXPECT_EQ(stream.total_out, 4001u);
  inflateEnd(&stream);
  EXPECT_EQ(m_handled, 1);
  ++m_generation;
  client.send(get("/shared"));
  EXPECT_TRUE(client.answer().ends_with("x2"));
  EXPECT_EQ(m_handled, 2);
}

TEST_F(ServerTest, WhatCannotBeReadIsToldInTheLanguageOfItsAddress) {
  Settings settings;
  settings.refusal = [](const Request& request, int status) {
    Answer answer;
    answer.status = status == 408 ? 500 : status;
    answer.body = "page of " + request.path + " for " + std::string(request.header("accept"));
    return answer;
  };
  open(std::move(settings));
  const auto said = [&](const std::string& bytes) {
    Client client(server->port());
    client.send(bytes);
    return client.rest();
  };
  const std::string bad = said(get("/fr/%zz", "Accept: text/html\r\nConnection: close\r\n"));
  EXPECT_TRUE(starts(bad, 400) && bad.ends_with("page of /fr/ for text/html")) << bad;
  const std::string far = said(get("/fr/" + std::string(9000, 'a'), "Connection: close\r\n"));
  EXPECT_TRUE(starts(far, 414) && far.ends_with("page of /fr/ for ")) << far;
  EXPECT_TRUE(said("GET /en/" + std::string(40'000, 'a')).ends_with("page of /en/ for "));
  EXPECT_TRUE(said(get("/" + std::string(9000, 'a'), "Connection: close\r\n")).ends_with("page of / for "));
}

TEST_F(ServerTest, WithoutAPageALineIsInTheLanguageOfTheAddress) {
  open();
  Client client(server->port());
  client.send(get("/fr/%zz", "Connection: close\r\n"));
  EXPECT_NE(client.rest().find("requête incompréhensible"), std::string::npos);
}

TEST_F(ServerTest, WhatIsTooMuchIsRefused) {
  open();
  const auto refused = [&](const std::string& bytes) {
    Client client(server->port());
    client.send(bytes);
    const std::string answer = client.rest();
    return answer.size() > 12 ? answer.substr(9, 3) : "none";
  };
  EXPECT_EQ(refused(get("/" + std::string(9000, 'a'))), "414");
  EXPECT_EQ(refused("GET /" + std::string(40'000, 'a')), "414");
  EXPECT_EQ(refused(get("/", "X: " + std::string(30'000, 'b') + "\r\n")), "431");
  EXPECT_EQ(refused("POST /body HTTP/1.1\r\nContent-Length: 9999999\r\n\r\n" + std::string(2 << 20, 'c')), "413");
  const auto post = [](const std::string& path, size_t bytes) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + std::to_string(bytes) +
           "\r\n\r\n" + std::string(bytes, 'd');
  };
  EXPECT_EQ(refused(post("/files", 2 << 20)), "200");
  EXPECT_EQ(refused(post("/body?/files", 2 << 20)), "413");
  EXPECT_EQ(refused(post("/files", 13 << 20)), "413");
  std::string chunked = "POST /body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int chunk = 0; chunk < 3; ++chunk) {
    chunked += "80000\r\n" + std::string(0x80000, 'e') + "\r\n";
  }
  EXPECT_EQ(refused(chunked + "0\r\n\r\n"), "413");
  EXPECT_EQ(refused("hello\r\n\r\n"), "400");
  EXPECT_EQ(refused(std::string("\0\1\2\3\r\n\r\n", 8)), "400");
  EXPECT_EQ(refused(get("/%zz", "Connection: close\r\n")), "400");
  EXPECT_EQ(refused(get("/throw", "Connection: close\r\n")), "500");
  // HTTP/1.1 names a host, for an answer that is kept too; HTTP/1.0 need not.
  EXPECT_EQ(refused(get("/shared", "Connection: close\r\n")), "200");
  EXPECT_EQ(refused("GET /shared HTTP/1.1\r\nConnection: close\r\n\r\n"), "400");
  EXPECT_EQ(refused("GET /shared HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n"), "400");
  EXPECT_EQ(refused("GET /shared HTTP/1.0\r\n\r\n"), "200");
  Client client(server->port());
  client.send("POST /body HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  EXPECT_TRUE(client.rest(milliseconds(300)).starts_with("HTTP/1.1 100 "));
  client.send("12345");
  EXPECT_TRUE(client.answer().ends_with("\r\n\r\n5"));
}

TEST_F(ServerTest, WhoSendsTooMuchIsToldOnAPage) {
  Settings settings;
  settings.refusal = [](const Request& request, int status) {
    Answer answer;
    answer.status = status;
    answer.body = "<h1>" + request.path + request.body + "</h1>";
    return answer;
  };
  open(std::move(settings));
  Client client(server->port());
  client.send("POST /fr/body HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n" + std::string(3'000'000, 'c'));
  const std::string answer = client.rest();
  EXPECT_TRUE(starts(answer, 413)) << answer.substr(0, 300);
  EXPECT_TRUE(answer.ends_with("<h1>/fr/</h1>")) << answer.substr(0, 300);
}

TEST_F(ServerTest, RandomBytesDoNoHarm) {
  open();
  std::mt19937 random(7);
  for (int each = 0; each < 200; ++each) {
    std::string bytes;
    for (uint32_t size = random() % 400; size > 0; --size) {
      bytes += static_cast<char>(random() % 256);
    }
    Client client(server->port());
    client.send(each % 2 == 0 ? bytes : "GET /" + bytes + "\r\n\r\n");
    ::usleep(100);
  }
  Client client(server->port());
  client.send(get("/still"));
  EXPECT_TRUE(client.answer().ends_with("path /still"));
}

TEST_F(ServerTest, SlowClientsAreLeftAndDoNotHinderOthers) {
  Settings settings;
  settings.request_seconds = 1;
  open(std::move(settings));
  std::vector<std::unique_ptr<Client>> slow;
  for (int each = 0; each < 400; ++each) {
    slow.push_back(std::make_unique<Client>(server->port()));
    slow.back()->send("GET /slow-request HTTP/1.1\r\nX");
  }
  Client reader(server->port(), 4096);
  reader.send(get("/large"));
  const auto began = Clock::now();
  for (int each = 0; each < 20; ++each) {
    Client client(server->port());
    client.send(get("/quick"));
    EXPECT_TRUE(client.answer().ends_with("path /quick"));
  }
  EXPECT_LT(Clock::now() - began, milliseconds(900));
  EXPECT_TRUE(starts(slow.front()->rest(milliseconds(4000)), 408));
  EXPECT_TRUE(slow.front()->closed());
}

// What may stay of an answer that nobody read on; sanitizers keep what is given back.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr size_t k_kept = 512 << 20;
#else
constexpr size_t k_kept = 32 << 20;
#endif

TEST_F(ServerTest, AClientThatStopsReadingIsLeft) {
  Settings settings;
  settings.request_seconds = 1;
  open(std::move(settings));
  const auto memory = [] {
    std::ifstream status("/proc/self/statm");
    size_t all = 0;
    size_t resident = 0;
    status >> all >> resident;
    return resident * static_cast<size_t>(::sysconf(_SC_PAGESIZE));
  };
  const size_t before = memory();
  Client reader(server->port(), 4096);
  reader.send(get("/large"));
  const auto began = Clock::now();
  while (server->metrics().find("pitchblende_http_connections 1") == std::string::npos &&
         Clock::now() - began < milliseconds(1000)) {
    std::this_thread::sleep_for(milliseconds(5));
  }
  while (server->metrics().find("pitchblende_http_connections 0") == std::string::npos &&
         Clock::now() - began < milliseconds(5000)) {
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_GE(Clock::now() - began, milliseconds(900));
  EXPECT_LT(Clock::now() - began, milliseconds(4000));
  EXPECT_LT(memory(), before + k_kept);  // the answer has 64 MB
  EXPECT_LT(reader.rest().size(), size_t{64} << 20);
}

TEST_F(ServerTest, AClientThatReadsSlowlyIsWaitedFor) {
  Settings settings;
  settings.request_seconds = 1;
  open(std::move(settings));
  Client reader(server->port(), 4096);
  reader.send(get("/large"));
  // Longer than a client may stand still; little at a time, since the system holds some megabytes for it.
  size_t got = 0;
  for (int each = 0; each < 30; ++each) {
    std::this_thread::sleep_for(milliseconds(100));
    got += reader.some(16384);
  }
  EXPECT_FALSE(reader.closed());
  got += reader.rest(milliseconds(20000)).size();
  EXPECT_GT(got, size_t{64} << 20);
}

TEST_F(ServerTest, TooManyConnectionsAreToldToComeAgain) {
  Settings settings;
  settings.most_connections = 3;
  open(std::move(settings));
  std::vector<std::unique_ptr<Client>> all;
  for (int each = 0; each < 3; ++each) {
    all.push_back(std::make_unique<Client>(server->port()));
    all.back()->send(get("/x"));
    EXPECT_TRUE(starts(all.back()->answer(), 200));
  }
  Client one_more(server->port());
  const std::string answer = one_more.rest();
  EXPECT_TRUE(starts(answer, 503));
  EXPECT_NE(answer.find("Retry-After: "), std::string::npos);
}

TEST_F(ServerTest, StopsWhenWhatWasAskedIsAnswered) {
  open();
  Client idle(server->port());
  idle.send(get("/x"));
  idle.answer();
  Client busy(server->port());
  busy.send(get("/slow"));
  while (m_handled < 2) {
    std::this_thread::sleep_for(milliseconds(1));
  }
  const auto began = Clock::now();
  server->stop();
  EXPECT_TRUE(busy.answer().ends_with("path /slow"));
  m_thread.join();
  EXPECT_LT(Clock::now() - began, milliseconds(3000));
  EXPECT_TRUE(idle.rest(milliseconds(500)).empty());
  EXPECT_TRUE(idle.closed());
  const Client late(server->port());
  EXPECT_FALSE(late.connected());
  server.reset();
}

TEST_F(ServerTest, APortInUseIsSaid) {
  open();
  Settings settings;
  settings.port = server->port();
  const auto other = Server::open(std::move(settings));
  ASSERT_FALSE(other);
  EXPECT_TRUE(other.error().is(errors::port));
  EXPECT_NE(other.error().message().find(std::to_string(server->port())), std::string::npos);
}

TEST_F(ServerTest, FiguresAreCounted) {
  open();
  Client client(server->port());
  client.send(get("/a") + get("/shared") + get("/shared") + get("/%zz"));
  for (int each = 0; each < 4; ++each) {
    client.answer();
  }
  const std::string text = server->metrics();
  EXPECT_NE(text.find("pitchblende_http_requests_total{status=\"2xx\"} 3\n"), std::string::npos) << text;
  EXPECT_NE(text.find("pitchblende_http_requests_total{status=\"4xx\"} 1\n"), std::string::npos);
  EXPECT_NE(text.find("pitchblende_http_cached_total 1\n"), std::string::npos);
  EXPECT_NE(text.find("pitchblende_http_connections 1\n"), std::string::npos);
}

}  // namespace
}  // namespace pitchblende::http
