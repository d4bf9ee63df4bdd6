#include "net/fetch.hpp"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <thread>

namespace pitchblende::net {
namespace {

// A web server of one answer for each path, on this machine.
class Web {
 public:
  explicit Web(std::function<std::string(const std::string& path)> answer) : m_answer(std::move(answer)) {
    m_socket = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(bind(m_socket, reinterpret_cast<sockaddr*>(&here), sizeof here), 0);
    socklen_t length = sizeof here;
    getsockname(m_socket, reinterpret_cast<sockaddr*>(&here), &length);
    m_port = ntohs(here.sin_port);
    listen(m_socket, 8);
    m_thread = std::thread([this] { serve(); });
  }
  ~Web() {
    shutdown(m_socket, SHUT_RDWR);
    m_thread.join();
    close(m_socket);
  }
  std::string address(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(m_port) + path; }

 private:
  void serve() {
    for (int client = accept(m_socket, nullptr, nullptr); client >= 0; client = accept(m_socket, nullptr, nullptr)) {
      std::string request;
      std::array<char, 4096> piece{};
      for (ssize_t got = 1; got > 0 && request.find("\r\n\r\n") == std::string::npos;) {
        got = read(client, piece.data(), piece.size());
        request.append(piece.data(), static_cast<size_t>(std::max<ssize_t>(got, 0)));
      }
      const size_t begin = request.find(' ') + 1;
      const std::string answer = m_answer(request.substr(begin, request.find(' ', begin) - begin));
      for (size_t sent = 0; sent < answer.size();) {
        const ssize_t some = send(client, answer.data() + sent, answer.size() - sent, MSG_NOSIGNAL);
        if (some <= 0) {
          break;
        }
        sent += static_cast<size_t>(some);
      }
      close(client);
    }
  }

  std::function<std::string(const std::string&)> m_answer;
  int m_socket = -1;
  int m_port = 0;
  std::thread m_thread;
};

template <typename T>
std::string code_of(const Result<T>& result) {
  return result ? "" : result.error().kind().code;
}

TEST(Fetch, TakesWhatIsThereAndSaysWhatIsNot) {
  const Web web([](const std::string& path) -> std::string {
    if (path == "/calendar") {
      return "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    }
    if (path == "/moved") {
      return "HTTP/1.1 302 Found\r\nLocation: /calendar\r\nContent-Length: 0\r\n\r\n";
    }
    if (path == "/around") {
      return "HTTP/1.1 302 Found\r\nLocation: /around\r\nContent-Length: 0\r\n\r\n";
    }
    if (path == "/file") {
      return "HTTP/1.1 302 Found\r\nLocation: file:///etc/hostname\r\nContent-Length: 0\r\n\r\n";
    }
    if (path == "/large") {
      return "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + std::string(2000, 'x');
    }
    if (path == "/endless") {
      return "HTTP/1.1 200 OK\r\n\r\n" + std::string(2000, 'x');
    }
    return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
  });
  const FetchLimits limits{Reach::private_networks, 1000, 5};
  EXPECT_EQ(fetch(web.address("/calendar"), limits).value(), "hello");
  EXPECT_EQ(fetch(web.address("/moved"), limits).value(), "hello");
  EXPECT_EQ(code_of(fetch(web.address("/around"), limits)), "NET_FETCH_AROUND");
  EXPECT_EQ(code_of(fetch(web.address("/none"), limits)), "NET_FETCH_STATUS");
  EXPECT_EQ(code_of(fetch(web.address("/large"), limits)), "NET_FETCH_SIZE");
  EXPECT_EQ(code_of(fetch(web.address("/endless"), limits)), "NET_FETCH_SIZE");
  EXPECT_EQ(code_of(fetch(web.address("/file"), limits)), "NET_FETCH_ADDRESS");
}

TEST(Fetch, StaysOutOfTheHouseUnlessAllowed) {
  bool asked = false;
  const Web web([&](const std::string&) {
    asked = true;
    return std::string("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  });
  std::string address = web.address("/");
  EXPECT_EQ(code_of(fetch(address, {})), "NET_FETCH_ADDRESS") << "plain http";
  address.insert(4, "s");
  EXPECT_EQ(code_of(fetch(address, {})), "NET_FETCH_ADDRESS") << "this machine";
  for (const char* wrong :
       {"https://localhost/", "https://[::1]/", "https://127.1/", "https://0x7f000001/", "file:///etc/hostname",
        "gopher://127.0.0.1/", "calendar.ics", "", "https://[::ffff:127.0.0.1]/"}) {
    EXPECT_EQ(code_of(fetch(wrong, {})), "NET_FETCH_ADDRESS") << wrong;
  }
  EXPECT_FALSE(asked);
}

TEST(Fetch, GivesUpInTime) {
  const Web web([](const std::string&) {
    std::this_thread::sleep_for(std::chrono::seconds(3));
    return std::string("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  });
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(code_of(fetch(web.address("/"), {Reach::private_networks, 1000, 1})), "NET_FETCH_SLOW");
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(3));
}

TEST(Fetch, KnowsWhichAddressesAreEverybodys) {
  for (const char* ip : {"93.184.216.34", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2a01:e0a::1", "2606:4700::1111",
                         "64:ff9b::808:808", "2002:808:808::1"}) {
    EXPECT_TRUE(is_public_address(ip)) << ip;
  }
  for (const char* ip : {"127.0.0.1",
                         "10.1.2.3",
                         "172.16.0.1",
                         "172.31.255.255",
                         "192.168.1.1",
                         "169.254.169.254",
                         "0.0.0.0",
                         "100.64.0.1",
                         "224.0.0.1",
                         "255.255.255.255",
                         "198.18.0.1",
                         "::1",
                         "::",
                         "fe80::1",
                         "fc00::1",
                         "fd12::1",
                         "ff02::1",
                         "::ffff:10.0.0.1",
                         "::ffff:8.8.8.8",
                         "64:ff9b::a00:1",
                         "2002:a00:1::1",
                         "2001:db8::1",
                         "2001::1",
                         "not an address",
                         ""}) {
    EXPECT_FALSE(is_public_address(ip)) << ip;
  }
}

}  // namespace
}  // namespace pitchblende::net
