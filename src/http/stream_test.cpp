// Bodies that are made while they are sent: as bytes, and to clients that read them well, badly or not at all.
#include "http/stream.hpp"

#include <zlib.h>

#include "http/errors.hpp"
#include "http/server_fixture.hpp"

namespace pitchblende::http {
namespace {

std::string unpacked(std::string_view bytes) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  int how = Z_OK;
  while (how == Z_OK) {
    const size_t before = out.size();
    out.resize(before + 65536);
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream.avail_out = 65536;
    how = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
  }
  EXPECT_EQ(how, Z_STREAM_END);
  inflateEnd(&stream);
  return out;
}

// What stands in chunks (RFC 9112, 7.1); nothing where they do not end as they must.
std::optional<std::string> joined(std::string_view bytes) {
  std::string out;
  while (true) {
    const size_t end = bytes.find("\r\n");
    if (end == std::string_view::npos) {
      return std::nullopt;
    }
    const size_t size = std::stoul(std::string(bytes.substr(0, end)), nullptr, 16);
    bytes.remove_prefix(end + 2);
    if (bytes.size() < size + 2 || bytes.substr(size, 2) != "\r\n") {
      return std::nullopt;
    }
    if (size == 0) {
      return bytes.size() == 2 ? std::optional(out) : std::nullopt;
    }
    out += bytes.substr(0, size);
    bytes.remove_prefix(size + 2);
  }
}

Pieces counted(int all, int size, std::shared_ptr<int> asked = std::make_shared<int>(0)) {
  return [=]() -> Result<std::string> {
    return (*asked)++ < all ? std::string(static_cast<size_t>(size), static_cast<char>('a' + *asked % 26))
                            : std::string();
  };
}

std::string all_of(Stream& stream, size_t* largest = nullptr) {
  std::string out;
  for (Result<std::string> next = stream.next(); next && !next->empty(); next = stream.next()) {
    out += *next;
    if (largest != nullptr) {
      *largest = std::max(*largest, next->size());
    }
  }
  return out;
}

TEST(Stream, SaysTheSameInEachForm) {
  Answer answer;
  answer.body = "head\n";
  answer.pieces = counted(200, 1000);
  const std::string whole = whole_body(answer).value();
  EXPECT_EQ(whole.size(), 5u + 200 * 1000);
  for (const Packing packing : {Packing::none, Packing::gzip}) {
    for (const Framing framing : {Framing::chunks, Framing::to_the_end}) {
      Stream stream("head\n", counted(200, 1000), packing, framing);
      std::string bytes = all_of(stream);
      if (framing == Framing::chunks) {
        const auto body = joined(bytes);
        ASSERT_TRUE(body);
        bytes = *body;
      }
      EXPECT_TRUE((packing == Packing::gzip ? unpacked(bytes) : bytes) == whole);
      EXPECT_TRUE(stream.next().value().empty()) << "it stays over";
    }
  }
}

TEST(Stream, NothingIsMadeBeforeItIsAskedFor) {
  const auto asked = std::make_shared<int>(0);
  Stream stream("head\n", counted(1000, 100, asked), Packing::none, Framing::chunks);
  EXPECT_EQ(stream.next().value(), "5\r\nhead\n\r\n");
  EXPECT_EQ(*asked, 0);
  EXPECT_EQ(stream.next().value().size(), 100u + 6);
  EXPECT_EQ(*asked, 1);
  size_t largest = 0;
  all_of(stream, &largest);
  EXPECT_LT(largest, 200u);
}

TEST(Stream, AnEmptyBodyEndsToo) {
  Stream plain("", counted(0, 0), Packing::none, Framing::chunks);
  EXPECT_EQ(all_of(plain), "0\r\n\r\n");
  Stream packed("", counted(0, 0), Packing::gzip, Framing::to_the_end);
  EXPECT_EQ(unpacked(all_of(packed)), "");
}

TEST(Stream, AnErrorEndsItWithoutItsEnd) {
  for (const bool thrown : {false, true}) {
    Stream stream(
        "head\n",
        [&]() -> Result<std::string> {
          if (thrown) {
            throw std::runtime_error("must not happen");
          }
          return fail(errors::form, "x");
        },
        Packing::none, Framing::chunks);
    EXPECT_TRUE(stream.next());
    const auto failed = stream.next();
    ASSERT_FALSE(failed);
    EXPECT_TRUE(failed.error().is(thrown ? errors::piece : errors::form));
  }
}

std::string body_of(const std::string& answer) { return answer.substr(answer.find("\r\n\r\n") + 4); }

TEST_F(ServerTest, ABodyInPiecesArrivesWholeAndTheConnectionGoesOn) {
  open();
  Client client(server->port());
  client.send(get("/pieces?n=400&size=5000") + get("/after", "Connection: close\r\n"));
  const std::string both = client.rest();
  EXPECT_TRUE(starts(both, 200));
  const size_t next = both.find("HTTP/1.1 200 OK", 1);
  ASSERT_NE(next, std::string::npos);
  const std::string first = both.substr(0, next);
  EXPECT_NE(first.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
  for (const std::string_view other : {"Content-Length", "ETag", "Content-Encoding"}) {
    EXPECT_EQ(first.find(other), std::string::npos) << other;
  }
  const auto body = joined(body_of(first));
  ASSERT_TRUE(body);
  EXPECT_EQ(body->size(), 5u + 400 * 5000);
  EXPECT_TRUE(both.ends_with("path /after"));
  EXPECT_EQ(m_held, 0) << "what it needed is let go";

  Client packed(server->port());
  packed.send(get("/pieces?n=400&size=5000", "Accept-Encoding: gzip\r\nConnection: close\r\n"));
  const std::string small = packed.rest();
  EXPECT_NE(small.find("Content-Encoding: gzip\r\n"), std::string::npos);
  EXPECT_LT(small.size(), 100'000u);
  EXPECT_TRUE(unpacked(joined(body_of(small)).value_or("")) == *body);
}

TEST_F(ServerTest, AnOldClientTakesABodyInPiecesUntilTheConnectionEnds) {
  open();
  Client client(server->port());
  client.send("GET /pieces HTTP/1.0\r\n\r\n");
  const std::string answer = client.rest();
  EXPECT_EQ(answer.find("Transfer-Encoding"), std::string::npos);
  EXPECT_NE(answer.find("Connection: close\r\n"), std::string::npos);
  EXPECT_EQ(body_of(answer).size(), 5u + 3 * 10);
  EXPECT_TRUE(client.closed());
}

TEST_F(ServerTest, OfABodyInPiecesTheHeadMakesNone) {
  open();
  Client client(server->port());
  client.send("HEAD /pieces HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string answer = client.rest();
  EXPECT_TRUE(starts(answer, 200));
  EXPECT_NE(answer.find("Transfer-Encoding: chunked\r\n"), std::string::npos);
  EXPECT_EQ(body_of(answer), "");
  EXPECT_EQ(m_pieces, 0);
}

TEST_F(ServerTest, WhatIsSharedOrAskedAgainIsMadeAnewInPieces) {
  open();
  Client client(server->port());
  client.send(get("/pieces") + get("/pieces", "If-None-Match: *\r\nConnection: close\r\n"));
  client.rest();
  EXPECT_EQ(m_pieces, 2 * 4);
}

TEST_F(ServerTest, APieceThatCannotBeMadeEndsTheConnectionAndNotTheBody) {
  open();
  Client client(server->port());
  client.send(get("/pieces?n=10&fail=5"));
  const std::string answer = client.rest();
  EXPECT_TRUE(client.closed());
  EXPECT_TRUE(answer.empty() || !joined(body_of(answer))) << "it must not look whole";
  const auto ended = Clock::now();
  while (m_held > 0 && Clock::now() - ended < milliseconds(2000)) {
    std::this_thread::sleep_for(milliseconds(5));
  }
  EXPECT_EQ(m_held, 0);
  Client next(server->port());
  next.send(get("/after"));
  EXPECT_TRUE(next.answer().ends_with("path /after"));
}

TEST_F(ServerTest, AClientThatStopsReadingHoldsNoStream) {
  Settings settings;
  settings.request_seconds = 1;
  open(std::move(settings));
  Client reader(server->port(), 4096);
  reader.send(get("/pieces?n=100000&size=100000"));  // 10 GB, were they all made
  const auto began = Clock::now();
  while (m_held == 0 && Clock::now() - began < milliseconds(2000)) {
    std::this_thread::sleep_for(milliseconds(5));
  }
  // Others are answered meanwhile: no thread waits for it.
  for (int each = 0; each < 8; ++each) {
    Client other(server->port());
    other.send(get("/quick"));
    EXPECT_TRUE(other.answer().ends_with("path /quick"));
  }
  EXPECT_EQ(m_held, 1);
  while (m_held > 0 && Clock::now() - began < milliseconds(6000)) {
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_EQ(m_held, 0);
  EXPECT_GE(Clock::now() - began, milliseconds(900));
  const int made = m_pieces;
  EXPECT_LT(made, 400) << "no more is made than the system takes";
  std::this_thread::sleep_for(milliseconds(200));
  EXPECT_EQ(m_pieces, made) << "none is made for a client that is gone";
}

TEST_F(ServerTest, AClientThatReadsPiecesSlowlyIsWaitedFor) {
  Settings settings;
  settings.request_seconds = 1;
  open(std::move(settings));
  Client reader(server->port(), 4096);
  reader.send(get("/pieces?n=640&size=100000", "Connection: close\r\n"));
  size_t got = 0;
  for (int each = 0; each < 30; ++each) {
    std::this_thread::sleep_for(milliseconds(100));
    got += reader.some(16384);
  }
  EXPECT_FALSE(reader.closed());
  got += reader.rest(milliseconds(20000)).size();
  EXPECT_GT(got, size_t{64} * 1000 * 1000);
}

TEST_F(ServerTest, SoManyStreamsAtATimeAndNoMore) {
  Settings settings;
  settings.most_streams = 2;
  settings.request_seconds = 2;
  open(std::move(settings));
  {
    Client first(server->port(), 4096);
    Client second(server->port(), 4096);
    first.send(get("/pieces?n=100000&size=100000"));
    second.send(get("/pieces?n=100000&size=100000"));
    const auto began = Clock::now();
    while (m_held < 2 && Clock::now() - began < milliseconds(2000)) {
      std::this_thread::sleep_for(milliseconds(5));
    }
    Client third(server->port());
    third.send(get("/pieces") + get("/page"));
    const std::string told = third.answer();
    EXPECT_TRUE(starts(told, 503));
    EXPECT_NE(told.find("Retry-After: 5\r\n"), std::string::npos);
    EXPECT_NE(told.find("too many files"), std::string::npos);
    EXPECT_TRUE(third.answer().ends_with("path /page")) << "pages go on";
  }
  // They have gone: there is room again.
  const auto began = Clock::now();
  while (m_held > 0 && Clock::now() - began < milliseconds(5000)) {
    std::this_thread::sleep_for(milliseconds(20));
  }
  Client fourth(server->port());
  fourth.send(get("/pieces", "Connection: close\r\n"));
  EXPECT_TRUE(starts(fourth.rest(), 200));
}

TEST_F(ServerTest, AStopLeavesAStreamToItsEndForAWhile) {
  open();
  Client client(server->port());
  client.send(get("/pieces?n=2000&size=20000", "Connection: close\r\n"));
  while (m_pieces == 0) {
    std::this_thread::sleep_for(milliseconds(1));
  }
  server->stop();
  const std::string answer = client.rest(milliseconds(9000));
  const auto body = joined(body_of(answer));
  ASSERT_TRUE(body);
  EXPECT_EQ(body->size(), 5u + 2000 * 20000);
}

}  // namespace
}  // namespace pitchblende::http
