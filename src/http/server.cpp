// Beast and Asio stand in this file and in request.cpp alone. A connection is one coroutine on a strand; its answer is
// made on the thread that read the request, for a hop to another thread and back costs as much as a tenth of a page.
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <ctime>
#include <limits>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include "http/counters.hpp"
#include "http/errors.hpp"
#include "http/page_cache.hpp"
#include "http/patience.hpp"
#include "http/request_limits.hpp"
#include "http/stream.hpp"

namespace pitchblende::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

constexpr auto k_token = asio::as_tuple(asio::use_awaitable);
constexpr seconds k_grace{10};                    // for answers under way when the server stops
constexpr std::chrono::milliseconds k_look{200};  // how often late connections are looked for
constexpr std::chrono::milliseconds k_look_when_stopping{10};
constexpr int k_spare_threads = 1;  // reads, writes and accepts while all the others make answers
constexpr std::string_view k_busy =
    "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
constexpr std::string_view k_go_on = "HTTP/1.1 100 Continue\r\n\r\n";

// "Date: Tue, 24 Nov 2026 10:20:30 GMT\r\n", made once a second in each thread.
std::string_view date_line() {
  thread_local std::time_t made = 0;
  thread_local std::array<char, 48> line{};
  const std::time_t now = std::time(nullptr);
  if (now != made) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    std::strftime(line.data(), line.size(), "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
    made = now;
  }
  return line.data();
}

Answer plain(const Error& error, Language language = Language::english) {
  Answer answer;
  answer.status = error.kind().status;
  answer.type = "text/plain; charset=utf-8";
  answer.body = error.message(language) + "\n";
  answer.keep = Keep::never;
  return answer;
}

// The first part of an address: "/fr/x?q=%zz" → "/fr/"; "/" where there is none. The rest cannot be read.
std::string first_part(std::string_view target) {
  const size_t end = target.find('/', 1);
  const std::string_view part = end == std::string_view::npos ? std::string_view() : target.substr(0, end + 1);
  const bool plain_letters =
      std::all_of(part.begin(), part.end(), [](char c) { return c == '/' || (c >= 'a' && c <= 'z'); });
  return part.size() == 4 && plain_letters ? std::string(part) : "/";
}

// The address in the first line of a request that was not read to its end.
std::string_view target_in(std::string_view bytes) {
  const size_t begin = std::min(bytes.find(' '), bytes.size());
  return bytes.substr(std::min(begin + 1, bytes.size()));
}

// What decides, beside the address, which of several answers a shared one is.
std::string cache_key(const beast::http::request<beast::http::string_body>& message) {
  std::string key(message.target());
  const auto header = [&](beast::http::field name) { return std::string_view(message[name]); };
  std::string none;
  key += static_cast<char>(take_format(none, header(beast::http::field::accept)));
  key += preferred_language(header(beast::http::field::accept_language)) == Language::french ? 'f' : 'e';
  return key;
}

class BeastServer;

class Connection {
 public:
  Connection(tcp::socket socket, BeastServer& server);
  asio::awaitable<void> serve();
  // On the connection's strand: nobody is waited for any more.
  void stop_waiting() {
    m_stopping = true;
    if (m_waiting) {
      cancel();
    }
  }
  // On the connection's strand: what is under way has taken too long, unless it has ended meanwhile.
  void give_up() {
    if (m_patience.ends(Clock::now(), [this] { return queued(); })) {
      cancel();
    }
  }
  bool is_late(Clock::time_point now) const { return m_patience.is_over(now); }
  auto executor() { return m_socket.get_executor(); }

 private:
  using Parser = beast::http::request_parser<beast::http::string_body>;
  asio::awaitable<bool> wait();
  asio::awaitable<bool> read(Parser& parser);
  std::shared_ptr<const Reply> reply_to(Parser& parser, bool& cached);
  asio::awaitable<bool> write(const Encoded& form, bool with_body, bool last);
  asio::awaitable<bool> write_pieces(const Reply& reply, Packing packing, Framing framing, bool last);
  asio::awaitable<bool> send_stream(const Reply& reply, Packing packing, Framing framing, bool with_body, bool last);
  template <typename Buffers>
  asio::awaitable<bool> write_all(const Buffers& buffers);
  // A client that let an answer go by: the system forgets as well what nobody takes.
  void forget_unsent() {
    beast::error_code ignored;
    m_socket.set_option(asio::socket_base::linger(true, 0), ignored);
  }
  asio::awaitable<void> refuse(Error error, const Parser& parser);
  // Bytes that the system was given and the client has not taken.
  std::optional<size_t> queued();
  void cancel() {
    beast::error_code ignored;
    m_socket.cancel(ignored);
  }

  tcp::socket m_socket;
  beast::flat_buffer m_buffer;
  BeastServer& m_server;
  std::string m_peer;
  Patience m_patience;
  StreamPlace m_place;
  bool m_waiting = false;
  bool m_stopping = false;
};

class BeastServer final : public Server {
 public:
  explicit BeastServer(Settings settings)
      : m_settings(std::move(settings)),
        m_threads(k_spare_threads + (m_settings.workers > 0
                                         ? m_settings.workers
                                         : static_cast<int>(std::max(1U, std::thread::hardware_concurrency())))),
        m_io(m_threads),
        m_acceptor(asio::make_strand(m_io)),
        m_watch(m_acceptor.get_executor()),
        m_cache(m_settings.page_cache_bytes) {}

  Result<void> listen();
  uint16_t port() const override { return m_port; }
  void run() override;
  void stop() override;
  std::string metrics() const override { return m_counters.text(); }

  const Settings& settings() const { return m_settings; }
  Counters& counters() { return m_counters; }
  PageCache& cache() { return m_cache; }
  // Null: there are as many as there may be.
  StreamPlace place_for_a_stream() { return place_among(m_streams, m_settings.most_streams); }
  Answer answer(const Request& request) const;
  Answer refusal(const Error& error, std::string_view target, std::string_view accept) const;

 private:
  asio::awaitable<void> accept();
  asio::awaitable<void> watch();
  asio::awaitable<void> keep(std::shared_ptr<Connection> connection);

  Settings m_settings;
  Counters m_counters;
  std::atomic<int> m_streams = 0;  // outlives the connections, which m_io may be the last to hold
  int m_threads;
  asio::io_context m_io;
  tcp::acceptor m_acceptor;
  asio::steady_timer m_watch;
  PageCache m_cache;
  std::atomic<Clock::rep> m_stop_by = std::numeric_limits<Clock::rep>::max();
  uint16_t m_port = 0;
  std::atomic<bool> m_stopping = false;
  std::mutex m_mutex;  // of m_connections
  std::set<std::shared_ptr<Connection>> m_connections;
};

Connection::Connection(tcp::socket socket, BeastServer& server)
    : m_socket(std::move(socket)), m_server(server), m_patience(seconds(server.settings().request_seconds)) {}

// False: the client went away, waited too long, or the server stops.
asio::awaitable<bool> Connection::wait() {
  if (m_buffer.size() > 0) {
    co_return true;
  }
  m_buffer.shrink_to_fit();  // a connection that waits holds little
  m_patience.allow(seconds(m_server.settings().idle_seconds));
  m_waiting = true;
  const auto [error, got] = co_await m_socket.async_read_some(m_buffer.prepare(1024), k_token);
  m_waiting = false;
  m_buffer.commit(got);
  co_return !error && got > 0;
}

asio::awaitable<bool> Connection::read(Parser& parser) {
  parser.header_limit(k_largest_header);
  parser.body_limit(k_largest_upload);
  m_patience.allow(seconds(m_server.settings().request_seconds));
  auto [error, got] = co_await beast::http::async_read_header(m_socket, m_buffer, parser, k_token);
  if (!error && !takes_files(parser.get().target())) {
    parser.body_limit(k_largest_body);
    if (parser.content_length().value_or(0) > k_largest_body) {
      error = beast::http::error::body_limit;
    }
  }
  if (!error && beast::iequals(parser.get()[beast::http::field::expect], "100-continue")) {
    const auto [unsent, sent] = co_await asio::async_write(m_socket, asio::buffer(k_go_on), k_token);
    error = unsent;
  }
  if (!error && !parser.is_done()) {
    std::tie(error, got) = co_await beast::http::async_read(m_socket, m_buffer, parser, k_token);
  }
  if (!error) {
    co_return true;
  }
  if (m_patience.ended()) {
    co_await refuse(Error(errors::timeout), parser);
  } else if (error.category() == make_error_code(beast::http::error::bad_method).category() &&
             error != beast::http::error::end_of_stream && error != beast::http::error::partial_message) {
    co_await refuse(parse_error(error, !parser.get().target().empty()), parser);
  }
  co_return false;
}

asio::awaitable<void> Connection::refuse(Error error, const Parser& parser) {
  const std::string_view unread(static_cast<const char*>(m_buffer.data().data()), m_buffer.size());
  const std::string_view target = parser.get().target();
  const Reply reply(
      m_server.refusal(error, target.empty() ? target_in(unread) : target, parser.get()[beast::http::field::accept]));
  m_server.counters().answered(reply.status(), {}, 0, false);
  co_await write(*reply.form({}), true, true);
  // What the client still sends is read away for a moment, so that our answer reaches it before the end does.
  beast::error_code ignored;
  m_socket.shutdown(tcp::socket::shutdown_send, ignored);
  m_patience.allow(seconds(1));
  std::array<char, 32768> rest{};
  for (int piece = 0; piece < 512; ++piece) {
    const auto [failed, got] = co_await m_socket.async_read_some(asio::buffer(rest), k_token);
    if (failed) {
      break;
    }
  }
}

std::shared_ptr<const Reply> Connection::reply_to(Parser& parser, bool& cached) {
  const auto& message = parser.get();
  // Who has a session gets pages of his own: they neither come from the cache nor go into it.
  const std::string_view cookies = message[beast::http::field::cookie];
  const bool reads = (message.method() == beast::http::verb::get || message.method() == beast::http::verb::head) &&
                     (cookies.empty() || cookies.find(k_session_cookie) == std::string_view::npos) &&
                     names_its_host(message);
  std::string key = reads ? cache_key(message) : std::string();
  const uint64_t generation = m_server.settings().generation ? m_server.settings().generation() : 0;
  if (reads) {
    if (auto kept = m_server.cache().find(key, generation)) {
      cached = true;
      return kept;
    }
  }
  const std::string target = first_part(message.target());
  const std::string accept(message[beast::http::field::accept]);
  auto request = to_request(parser.release());
  if (!request) {
    return std::make_shared<const Reply>(m_server.refusal(request.error(), target, accept));
  }
  request->peer = m_peer;
  Answer answer = m_server.answer(*request);
  if (answer.pieces != nullptr && request->method != Method::head) {
    m_place = m_server.place_for_a_stream();
    if (m_place == nullptr) {
      answer = m_server.refusal(Error(errors::streams), target, accept);
      answer.headers.emplace_back("Retry-After", "5");
    }
  }
  auto reply = std::make_shared<const Reply>(std::move(answer));
  if (reads && reply->is_shared()) {
    m_server.cache().put(std::move(key), generation, reply);
  }
  return reply;
}

// How much time there is for it is the caller's to say.
template <typename Buffers>
asio::awaitable<bool> Connection::write_all(const Buffers& buffers) {
  m_patience.begin_sending(asio::buffer_size(buffers), queued().value_or(0));  // pieces from before may wait there
  beast::buffers_suffix<Buffers> rest(buffers);
  bool written = true;
  while (written && m_patience.is_sending()) {
    const auto [error, sent] = co_await m_socket.async_write_some(rest, k_token);
    written = !error;
    rest.consume(sent);
    m_patience.sent(sent);
  }
  m_patience.end_sending();
  co_return written;
}

asio::awaitable<bool> Connection::write(const Encoded& form, bool with_body, bool last) {
  const std::string_view date = date_line();
  const std::string_view end = last ? "Connection: close\r\n\r\n" : "\r\n";
  const std::array<asio::const_buffer, 4> pieces{asio::buffer(form.head), asio::buffer(date), asio::buffer(end),
                                                 with_body ? asio::buffer(form.body) : asio::const_buffer()};
  m_patience.begin_answer();
  m_patience.allow_for(asio::buffer_size(pieces));
  const bool written = co_await write_all(pieces);
  if (!written && m_patience.ended()) {
    forget_unsent();
  }
  co_return written;
}

// A piece is made when the one before has gone: between two of them, and while the client takes its time, neither a
// thread nor a snapshot of the store is held.
asio::awaitable<bool> Connection::write_pieces(const Reply& reply, Packing packing, Framing framing, bool last) {
  std::string bytes = reply.stream_head(packing, framing);
  bytes += date_line();
  bytes += last ? "Connection: close\r\n\r\n" : "\r\n";
  m_patience.begin_answer();
  Stream stream = reply.stream(packing, framing);
  bool whole = true;
  while (whole && !bytes.empty()) {
    m_patience.allow_for(bytes.size());
    const auto buffers = asio::buffer(bytes);
    whole = co_await write_all(buffers);
    m_server.counters().sent(bytes.size());
    if (whole) {
      Result<std::string> next = stream.next();
      whole = next.has_value();
      bytes = whole ? std::move(*next) : std::string();
    }
  }
  if (!whole) {
    forget_unsent();
    beast::error_code ignored;
    m_socket.close(ignored);  // in the middle, so that nobody takes it for the whole
  }
  co_return whole;
}

asio::awaitable<bool> Connection::send_stream(const Reply& reply, Packing packing, Framing framing, bool with_body,
                                              bool last) {
  if (with_body) {
    const bool whole = co_await write_pieces(reply, packing, framing, last);
    m_place.reset();
    co_return whole;
  }
  const Encoded head{reply.stream_head(packing, framing), {}, {}};
  const bool written = co_await write(head, false, last);
  co_return written;
}

std::optional<size_t> Connection::queued() {
  int bytes = 0;
  return ::ioctl(m_socket.native_handle(), SIOCOUTQ, &bytes) == 0 ? std::optional<size_t>(std::max(bytes, 0))
                                                                  : std::nullopt;
}

asio::awaitable<void> Connection::serve() {
  beast::error_code ignored;
  m_peer = m_socket.remote_endpoint(ignored).address().to_string(ignored);
  m_socket.set_option(tcp::no_delay(true), ignored);
  // Each co_await stands alone: GCC 12 awaits the right side of && whatever the left one says.
  while (!m_stopping) {
    const bool asked = co_await wait();
    if (!asked) {
      break;
    }
    std::optional<Parser> parser(std::in_place);
    const bool understood = co_await read(*parser);
    if (!understood) {
      break;
    }
    const auto began = Clock::now();
    const bool last = !parser->get().keep_alive() || m_stopping;
    const bool with_body = parser->get().method() != beast::http::verb::head;
    const std::string accepts(parser->get()[beast::http::field::accept_encoding]);
    const std::string known(parser->get()[beast::http::field::if_none_match]);
    const Framing framing = parser->get().version() < 11 ? Framing::to_the_end : Framing::chunks;
    bool cached = false;
    const std::shared_ptr<const Reply> reply = reply_to(*parser, cached);
    parser.reset();
    if (reply->is_streamed()) {
      m_server.counters().answered(reply->status(), Clock::now() - began, 0, false);
      const bool ends = last || framing == Framing::to_the_end;
      const bool went = co_await send_stream(*reply, reply->packing(accepts), framing, with_body, ends);
      if (!went || ends) {
        break;
      }
      continue;
    }
    std::shared_ptr<const Encoded> form = reply->not_modified(known);
    const int status = form != nullptr ? 304 : reply->status();
    if (form == nullptr) {
      form = reply->form(accepts);
    }
    m_server.counters().answered(status, Clock::now() - began, form->head.size() + form->body.size(), cached);
    const bool written = co_await write(*form, with_body, last);
    if (!written || last) {
      break;
    }
  }
  m_socket.shutdown(tcp::socket::shutdown_send, ignored);
}

Answer BeastServer::answer(const Request& request) const {
  try {
    return m_settings.handler(request);
  } catch (const std::exception&) {
    // What must not happen must not end the others' connections either.
    return plain(Error({"HTTP_INTERNAL", 500, "something went wrong here", "une erreur interne est survenue"}));
  }
}

Answer BeastServer::refusal(const Error& error, std::string_view target, std::string_view accept) const {
  Request request;
  request.path = first_part(target);
  request.headers.emplace_back("accept", accept);
  const int status = error.kind().status;
  if (m_settings.refusal) {
    try {
      if (Answer answer = m_settings.refusal(request, status); answer.status == status) {
        return answer;
      }
    } catch (const std::exception&) {  // it is said in a line below
    }
  }
  return plain(error, request.path == "/fr/" ? Language::french : Language::english);
}

asio::awaitable<void> BeastServer::keep(std::shared_ptr<Connection> connection) {
  co_await connection->serve();
  m_counters.closed();
  const std::lock_guard lock(m_mutex);
  m_connections.erase(connection);
}

// One look at all connections now and then instead of a timer for each.
asio::awaitable<void> BeastServer::watch() {
  const auto until = [this] { return m_stop_by.load(); };
  while (Clock::now().time_since_epoch().count() < until() && !(m_stopping && m_counters.open() == 0)) {
    m_watch.expires_after(m_stopping ? k_look_when_stopping : k_look);
    co_await m_watch.async_wait(k_token);
    const auto now = Clock::now();
    const std::lock_guard lock(m_mutex);
    for (const auto& connection : m_connections) {
      if (connection->is_late(now)) {
        asio::post(connection->executor(), [connection] { connection->give_up(); });
      }
    }
  }
  m_io.stop();  // all have gone, or whoever has not is left alone
}

asio::awaitable<void> BeastServer::accept() {
  while (!m_stopping) {
    auto [error, socket] = co_await m_acceptor.async_accept(asio::make_strand(m_io), k_token);
    if (error) {
      if (m_stopping) {
        break;
      }
      // Too many open files, most likely: others must close first.
      asio::steady_timer pause(m_acceptor.get_executor(), std::chrono::milliseconds(50));
      co_await pause.async_wait(k_token);
      continue;
    }
    if (m_counters.open() >= m_settings.most_connections) {
      beast::error_code ignored;
      socket.non_blocking(true, ignored);
      socket.send(asio::buffer(k_busy), 0, ignored);
      continue;
    }
    m_counters.opened();
    auto connection = std::make_shared<Connection>(std::move(socket), *this);
    {
      const std::lock_guard lock(m_mutex);
      m_connections.insert(connection);
    }
    asio::co_spawn(connection->executor(), keep(connection), asio::detached);
  }
}

Result<void> BeastServer::listen() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
  }
  beast::error_code error;
  const auto address = asio::ip::make_address(m_settings.address, error);
  const tcp::endpoint endpoint(address, m_settings.port);
  if (!error) {
    m_acceptor.open(endpoint.protocol(), error);
  }
  if (!error) {
    m_acceptor.set_option(asio::socket_base::reuse_address(true), error);
  }
  if (!error) {
    m_acceptor.bind(endpoint, error);
  }
  if (!error) {
    m_acceptor.listen(4096, error);
  }
  if (error) {
    return fail(errors::port, m_settings.address, std::to_string(m_settings.port), error.message());
  }
  m_port = m_acceptor.local_endpoint().port();
  return {};
}

void BeastServer::run() {
  // Both on the acceptor's strand, on which stop() ends them: a timer and a socket are touched by one thread at a time.
  asio::co_spawn(m_acceptor.get_executor(), accept(), asio::detached);
  asio::co_spawn(m_acceptor.get_executor(), watch(), asio::detached);
  std::vector<std::thread> threads;
  for (int at = 1; at < m_threads; ++at) {
    threads.emplace_back([this] { m_io.run(); });
  }
  m_io.run();
  for (std::thread& thread : threads) {
    thread.join();
  }
}

void BeastServer::stop() {
  if (m_stopping.exchange(true)) {
    return;
  }
  m_stop_by = (Clock::now() + k_grace).time_since_epoch().count();
  asio::post(m_acceptor.get_executor(), [this] {
    beast::error_code ignored;
    m_acceptor.close(ignored);
    m_watch.cancel();
    const std::lock_guard lock(m_mutex);
    for (const auto& connection : m_connections) {
      asio::post(connection->executor(), [connection] { connection->stop_waiting(); });
    }
  });
}

}  // namespace

Result<std::unique_ptr<Server>> Server::open(Settings settings) {
  auto server = std::make_unique<BeastServer>(std::move(settings));
  TRY(server->listen());
  return std::unique_ptr<Server>(std::move(server));
}

}  // namespace pitchblende::http
