#include "cli/command_socket.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <boost/json.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <ostream>
#include <streambuf>
#include <thread>

#include "cli/carry_out.hpp"
#include "cli/errors.hpp"

namespace pitchblende::cli {

namespace {

namespace json = boost::json;

constexpr uint32_t k_largest_request = 1 << 20;
constexpr size_t k_piece = 4096;
constexpr int k_patience_ms = 5000;  // for a client to say what it wants
constexpr int k_look_up_ms = 200;    // how soon the server's end is seen

// A descriptor that is closed when it goes.
class Handle {
 public:
  explicit Handle(int file) : m_file(file) {}
  ~Handle() {
    if (m_file >= 0) {
      ::close(m_file);
    }
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  int get() const { return m_file; }

 private:
  int m_file;
};

// The socket's address by way of the open folder: a path may be longer than an address of a socket.
sockaddr_un address_in(const Handle& folder) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = "/proc/self/fd/" + std::to_string(folder.get()) + "/commands";
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  return address;
}

bool send_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(file, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno != EINTR) {
      return false;
    }
    bytes.remove_prefix(sent > 0 ? static_cast<size_t>(sent) : 0);
  }
  return true;
}

bool receive_all(int file, char* into, size_t size, int patience_ms) {
  while (size > 0) {
    pollfd waiting{file, POLLIN, 0};
    if (::poll(&waiting, 1, patience_ms) <= 0) {
      return false;
    }
    const ssize_t got = ::recv(file, into, size, 0);
    if (got <= 0) {
      return false;
    }
    into += got;
    size -= static_cast<size_t>(got);
  }
  return true;
}

std::string sized(std::string_view bytes) {
  const auto size = static_cast<uint32_t>(bytes.size());
  std::string out(reinterpret_cast<const char*>(&size), sizeof size);
  out += bytes;
  return out;
}

bool receive_sized(int file, std::string& bytes, uint32_t most, int patience_ms) {
  uint32_t size = 0;
  if (!receive_all(file, reinterpret_cast<char*>(&size), sizeof size, patience_ms) || size > most) {
    return false;
  }
  bytes.resize(size);
  return receive_all(file, bytes.data(), size, patience_ms);
}

// A stream's bytes as pieces of an answer.
class PieceBuffer final : public std::streambuf {
 public:
  PieceBuffer(int file, char type) : m_file(file), m_type(type) {}
  ~PieceBuffer() override { PieceBuffer::sync(); }

 protected:
  int overflow(int c) override {
    if (c != traits_type::eof()) {
      m_bytes += static_cast<char>(c);
    }
    return m_bytes.size() >= k_piece ? sync() : 0;
  }
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    m_bytes.append(text, static_cast<size_t>(size));
    if (m_bytes.size() >= k_piece) {
      sync();
    }
    return size;
  }
  int sync() override {
    const bool sent = m_bytes.empty() || send_all(m_file, m_type + sized(m_bytes));
    m_bytes.clear();
    return sent ? 0 : -1;
  }

 private:
  int m_file;
  char m_type;
  std::string m_bytes;
};

bool has_gone(int file) {
  pollfd looking{file, POLLIN | POLLRDHUP, 0};
  return ::poll(&looking, 1, 0) > 0;  // a client has nothing more to say: it closed, or breaks the rules
}

class Listener final : public CommandSocket {
 public:
  Listener(int folder, int socket, Workplace& place, std::string data)
      : m_folder(folder), m_socket(socket), m_place(place), m_data(std::move(data)), m_thread([this] { run(); }) {}
  ~Listener() override {
    m_stopping = true;
    m_thread.join();
    ::unlinkat(m_folder.get(), "commands", 0);
  }

 private:
  void run() {
    while (!m_stopping) {
      pollfd waiting{m_socket.get(), POLLIN, 0};
      if (::poll(&waiting, 1, k_look_up_ms) > 0) {
        const Handle client(::accept4(m_socket.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (client.get() >= 0 && is_own_user(client.get())) {
          serve(client.get());
        }
      }
    }
  }

  static bool is_own_user(int client) {
    ucred other{};
    socklen_t size = sizeof other;
    const bool known = ::getsockopt(client, SOL_SOCKET, SO_PEERCRED, &other, &size) == 0;
    return known && (other.uid == ::geteuid() || other.uid == 0);
  }

  void serve(int client) {
    std::string text;
    if (!receive_sized(client, text, k_largest_request, k_patience_ms)) {
      return;
    }
    boost::system::error_code error;
    const json::value request = json::parse(text, error);
    const auto* said = error ? nullptr : request.if_object();
    const auto* given = said == nullptr ? nullptr : said->if_contains("arguments");
    const auto* directory = said == nullptr ? nullptr : said->if_contains("directory");
    if (given == nullptr || !given->is_array() || directory == nullptr || !directory->is_string()) {
      return;
    }
    std::vector<std::string> arguments;
    for (const json::value& each : given->as_array()) {
      arguments.emplace_back(each.is_string() ? std::string_view(each.as_string()) : std::string_view());
    }
    const auto* terminal = said->if_contains("terminal");
    int exit = 0;
    {
      PieceBuffer out_buffer(client, 'o');
      PieceBuffer err_buffer(client, 'e');
      std::ostream out(&out_buffer);
      std::ostream err(&err_buffer);
      const Streams streams{out, err, terminal != nullptr && terminal->is_bool() && terminal->as_bool(),
                            [&] { return m_stopping || has_gone(client); }, nullptr};
      exit = carry_out(arguments, std::string(directory->as_string()), m_data, m_place, streams);
    }
    send_all(client, 'x' + sized(std::to_string(exit)));
  }

  Handle m_folder;
  Handle m_socket;
  Workplace& m_place;
  std::string m_data;
  std::atomic<bool> m_stopping = false;
  std::thread m_thread;
};

}  // namespace

Result<std::unique_ptr<CommandSocket>> CommandSocket::open(const std::string& folder, Workplace& place) {
  const int opened = ::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) {
    return fail(errors::folder, folder, std::strerror(errno));
  }
  Handle room(opened);
  // The folder is ours, so a socket that is there is what a process that was killed left behind.
  ::unlinkat(room.get(), "commands", 0);
  const int listening = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_un address = address_in(room);
  // The mode that the socket's file will have: set before there is a file, so that it is never open to others.
  const bool bound = listening >= 0 && ::fchmod(listening, S_IRUSR | S_IWUSR) == 0 &&
                     ::bind(listening, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  if (!bound || ::listen(listening, 16) != 0) {
    const Handle closing(listening);
    return fail(errors::folder, folder + "/commands", std::strerror(errno));
  }
  return std::unique_ptr<CommandSocket>(new Listener(::dup(room.get()), listening, place, folder));
}

Result<std::optional<int>> ask_server(const std::string& folder, const std::vector<std::string>& arguments,
                                      const Streams& streams) {
  const Handle room(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  const Handle server(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const sockaddr_un address = address_in(room);
  if (room.get() < 0 || server.get() < 0 ||
      ::connect(server.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    return std::optional<int>();
  }
  std::error_code error;
  const json::object request{{"arguments", json::value_from(arguments)},
                             {"directory", std::filesystem::current_path(error).string()},
                             {"terminal", streams.terminal}};
  if (!send_all(server.get(), sized(json::serialize(request)))) {
    return fail(errors::server_gone, folder);
  }
  std::string piece;
  for (char type = 0; receive_all(server.get(), &type, 1, -1);) {
    if (!receive_sized(server.get(), piece, UINT32_MAX, -1)) {
      break;
    }
    if (type == 'x') {
      return std::optional<int>(std::atoi(piece.c_str()));
    }
    (type == 'o' ? streams.out : streams.err) << piece << std::flush;
  }
  return fail(errors::server_gone, folder);
}

}  // namespace pitchblende::cli
