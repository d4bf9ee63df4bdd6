// The one door to the web library: request, answer, routes, server. Front door of http.
//
// A Server's threads read, answer and write, each whatever is next: a handler is a plain function, called from any of
// them. Request and Answer are values.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "access/access_types.hpp"
#include "base/result.hpp"

namespace pitchblende::http {

enum class Method : uint8_t { get, head, post, options, other };

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Request {
  Method method = Method::get;
  std::string path;  // decoded, begins with '/', no "." or ".." parts, clean UTF-8 without control characters
  Pairs query;       // decoded, clean UTF-8, in the order given
  Pairs headers;     // names in lower case
  std::string body;
  std::string peer;                            // address of the client
  std::shared_ptr<const access::Actor> actor;  // who is signed in; null: a visitor

  const access::Actor& who() const;  // the actor, or the visitor

  std::string_view header(std::string_view name) const;     // the first, or empty
  std::string_view parameter(std::string_view name) const;  // the first, or empty
  std::vector<std::string_view> parameters(std::string_view name) const;
};

// How long others may keep an answer.
enum class Keep : uint8_t {
  never,      // no-store
  validated,  // may be kept, is asked for each time (ETag)
  personal,   // the same by this browser alone
  forever     // its address changes with its content
};

// A body that is made while it is sent: what follows, asked for when the client has taken what came before; empty: that
// was all. Called by one thread at a time, from the server's: a piece is some milliseconds of work and holds nothing
// (no snapshot of the store) until the next. An error ends the connection without the body's end: who reads it knows
// that it is not whole.
using Pieces = std::function<Result<std::string>()>;

struct Answer {
  int status = 200;
  std::string type = "text/html; charset=utf-8";
  std::string body;
  Pairs headers;  // beside those that every answer gets (security, ETag, length, encoding)
  Keep keep = Keep::validated;
  // The same for everybody who sends the same path, query, Accept and Accept-Language: the server may keep it and its
  // compressed forms until the generation changes.
  bool shared = false;
  Pieces pieces = {};  // what comes after `body`; such an answer has no ETag and is never shared
};
// The body with all its pieces, for whoever has no client to wait for. Error: a piece's.
Result<std::string> whole_body(const Answer& answer);

// A whole request in memory, as the server reads it. Errors: HTTP_BAD_REQUEST, HTTP_TOO_LONG (target over 8 KiB),
// HTTP_HEADERS (over 16 KiB or 100 of them), HTTP_BODY (over 1 MiB).
Result<Request> parse_request(std::string_view bytes);
// Target "/a%20b?q=1" into path and query. Error: HTTP_BAD_REQUEST.
Result<void> read_target(std::string_view target, Request& request);
// "a b&c" → "a%20b%26c": for one part of a path or one value of a query.
std::string percent_encoded(std::string_view text);

enum class Format : uint8_t { html, json, jsonld, csv };
// By suffix (.json, .jsonld, .csv: cut from the path), else by Accept with its weights; what cannot be had gives html.
Format take_format(std::string& path, std::string_view accept);
std::string_view media_type(Format format);  // with charset
// "fr" or "en": the first of Accept-Language by weight that is one of them, else English when it names others, else
// French.
Language preferred_language(std::string_view accept_language);

// What somebody must be allowed to do to call a route. Every route says it: without one it does not compile.
using Right = access::Right;
class Declared {
 public:
  Declared(Right right) : m_right(right) {}   // NOLINT(google-explicit-constructor): it stands for the right
  operator Right() const { return m_right; }  // NOLINT(google-explicit-constructor)

 private:
  Right m_right;
};

// The parts of a path that stood in braces, in order.
using Captures = std::vector<std::string_view>;
using RouteHandler = std::function<Answer(const Request&, const Captures&)>;
struct Route {
  Method method = Method::get;  // get answers head too
  std::string pattern;          // "/{lang}/person/{id}"; a last "{rest*}" takes what is left, with its slashes
  Declared right;
  RouteHandler handler;
};

class Router {
 public:
  void add(Route route);
  // The most literal pattern that fits. None: `missing`; another method: 405 with Allow.
  Answer answer(const Request& request) const;
  // Whether some route fits that path and method, for whomever it is.
  bool takes(const Request& request) const { return right_of(request).has_value(); }
  // What the most literal of them asks for; nullopt: there is none.
  std::optional<Right> right_of(const Request& request) const;
  const std::vector<Route>& routes() const { return m_routes; }
  void on_missing(std::function<Answer(const Request&)> missing) { m_missing = std::move(missing); }
  // Who may not call a route there is gets this answer; without it a bare 403.
  void on_refused(std::function<Answer(const Request&)> refused) { m_refused = std::move(refused); }
  // The body of a 405; without it a line of text.
  void on_wrong_method(std::function<Answer(const Request&)> wrong_method) { m_wrong_method = std::move(wrong_method); }

 private:
  std::vector<Route> m_routes;
  std::function<Answer(const Request&)> m_missing;
  std::function<Answer(const Request&)> m_refused;
  std::function<Answer(const Request&)> m_wrong_method;
};

// The cookie of a session, and its name where the site is served over TLS alone.
inline constexpr std::string_view k_session_cookie = "pb_session";
inline constexpr std::string_view k_secure_session_cookie = "__Host-pb_session";

struct Settings {
  std::string address = "127.0.0.1";
  uint16_t port = 8080;  // 0: any that is free
  int workers = 0;       // handlers that may run at a time, about; 0: as many as the machine has cores
  int most_connections = 20'000;
  int most_streams = 32;  // answers in pieces that are sent at a time; others are asked to come again
  // For a client to send its request; to take something of its answer, and the whole, or what there was of it so far,
  // at 1 KiB/s or better.
  int request_seconds = 10;
  int idle_seconds = 60;  // between requests of a connection
  size_t page_cache_bytes = 96 << 20;
  std::function<Answer(const Request&)> handler;
  // What is said of a request that cannot be read: a Request of the first part of its address ("/fr/", else "/")
  // and what it accepts. None, or an answer of another status: a line of text.
  std::function<Answer(const Request&, int status)> refusal;
  // An answer kept under another generation is made anew. Cheap; called for each request.
  std::function<uint64_t()> generation;
};

class Server {
 public:
  // Listens. Error: HTTP_PORT with address, port and the system's reason.
  static Result<std::unique_ptr<Server>> open(Settings settings);
  virtual ~Server() = default;

  virtual uint16_t port() const = 0;
  // Serves until stop(); then no new connection, answers what was asked, at most 10 s.
  virtual void run() = 0;
  virtual void stop() = 0;  // any thread
  // Prometheus' text form: requests by status class, seconds as a histogram, open connections, bytes out, cache hits.
  virtual std::string metrics() const = 0;
};

}  // namespace pitchblende::http
