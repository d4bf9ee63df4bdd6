// A server on a port of this machine, and a client that reads as it likes. Of tests of http.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <thread>

#include "http/http.hpp"

namespace pitchblende::http {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

class Client {
 public:
  explicit Client(uint16_t port, int receive_buffer = 0) : m_socket(::socket(AF_INET, SOCK_STREAM, 0)) {
    if (receive_buffer > 0) {
      ::setsockopt(m_socket, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    m_connected = ::connect(m_socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~Client() { ::close(m_socket); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool connected() const { return m_connected; }
  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) {
        return;
      }
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
  }
  // What comes until the other side closes, or within the time.
  std::string rest(milliseconds within = milliseconds(3000)) {
    const auto until = Clock::now() + within;
    char piece[65536];
    while (true) {
      const auto left = std::chrono::duration_cast<milliseconds>(until - Clock::now()).count();
      pollfd waiting{m_socket, POLLIN, 0};
      if (left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) <= 0) {
        break;
      }
      const ssize_t got = ::recv(m_socket, piece, sizeof piece, 0);
      if (got <= 0) {
        m_closed = true;
        break;
      }
      m_bytes.append(piece, static_cast<size_t>(got));
    }
    return std::exchange(m_bytes, {});
  }
  // How much of so many bytes comes now.
  size_t some(size_t most) {
    std::string piece(most, '\0');
    const ssize_t got = ::recv(m_socket, piece.data(), piece.size(), MSG_DONTWAIT);
    m_closed = m_closed || got == 0;
    return got > 0 ? static_cast<size_t>(got) : 0;
  }
  // One answer: head and as much body as it says.
  std::string answer(bool with_body = true) {
    char piece[4096];
    while (true) {
      const size_t end = m_bytes.find("\r\n\r\n");
      if (end != std::string::npos) {
        const size_t at = m_bytes.find("Content-Length: ");
        const size_t body = with_body && at < end ? std::stoul(m_bytes.substr(at + 16)) : 0;
        if (m_bytes.size() >= end + 4 + body) {
          std::string out = m_bytes.substr(0, end + 4 + body);
          m_bytes.erase(0, out.size());
          return out;
        }
      }
      pollfd waiting{m_socket, POLLIN, 0};
      const ssize_t got = ::poll(&waiting, 1, 5000) > 0 ? ::recv(m_socket, piece, sizeof piece, 0) : 0;
      if (got <= 0) {
        m_closed = true;
        return std::exchange(m_bytes, {});
      }
      m_bytes.append(piece, static_cast<size_t>(got));
    }
  }
  bool closed() const { return m_closed; }

 private:
  int m_socket;
  bool m_connected = false;
  bool m_closed = false;
  std::string m_bytes;
};

inline std::string get(const std::string& path, const std::string& headers = {}) {
  return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
}
inline bool starts(const std::string& answer, int status) {
  return answer.starts_with("HTTP/1.1 " + std::to_string(status) + " ");
}

class ServerTest : public ::testing::Test {
 protected:
  void open(Settings settings = {}) {
    settings.port = 0;
    settings.workers = 2;
    settings.generation = [this] { return m_generation.load(); };
    settings.handler = [this](const Request& request) { return handle(request); };
    auto opened = Server::open(std::move(settings));
    ASSERT_TRUE(opened) << opened.error().message();
    server = std::move(*opened);
    m_thread = std::thread([this] { server->run(); });
  }
  ~ServerTest() override {
    if (server != nullptr) {
      server->stop();
      m_thread.join();
    }
  }

  Answer handle(const Request& request) {
    ++m_handled;
    Answer answer;
    answer.body = "path " + request.path;
    if (request.path == "/slow") {
      std::this_thread::sleep_for(milliseconds(300));
    } else if (request.path == "/shared") {
      answer.shared = true;
      answer.body = std::string(4000, 'x') + std::to_string(m_generation);
    } else if (request.path == "/large") {
      answer.body = std::string(64 << 20, 'y');
    } else if (request.path.starts_with("/pieces")) {
      answer = pieces(request);
    } else if (request.path == "/throw") {
      throw std::runtime_error("must not happen");
    } else if (request.path == "/body" || request.path == "/files") {
      answer.body = std::to_string(request.body.size());
    }
    return answer;
  }

  // "/pieces?n=…&size=…": so many of so many bytes each; "?fail=…": the piece that cannot be made.
  Answer pieces(const Request& request) {
    const auto number = [&](std::string_view name, uint64_t otherwise) {
      const std::string text(request.parameter(name));
      return text.empty() ? otherwise : std::stoull(text);
    };
    Answer answer;
    answer.type = "text/csv; charset=utf-8";
    answer.body = "head\n";
    answer.shared = true;
    answer.pieces = [this, at = uint64_t{0}, all = number("n", 3), size = number("size", 10),
                     wrong = number("fail", UINT64_MAX), held = std::make_shared<Held>(m_held)]() mutable {
      ++m_pieces;
      if (at == wrong) {
        throw std::runtime_error("must not happen");
      }
      return at++ < all ? Result<std::string>(std::string(size - 1, static_cast<char>('a' + at % 26)) + '\n')
                        : Result<std::string>(std::string());
    };
    return answer;
  }
  // Counts the streams that still hold something.
  struct Held {
    explicit Held(std::atomic<int>& of) : count(of) { ++count; }
    ~Held() { --count; }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    std::atomic<int>& count;
  };

  std::atomic<int> m_pieces = 0;
  std::atomic<int> m_held = 0;
  std::unique_ptr<Server> server;
  std::atomic<uint64_t> m_generation = 1;
  std::atomic<int> m_handled = 0;
  std::thread m_thread;
};

}  // namespace pitchblende::http
