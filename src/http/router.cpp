#include <algorithm>

#include "access/access_rules.hpp"
#include "http/http.hpp"

namespace pitchblende::http {

namespace {

// The next part of a path that begins with '/'; a path "/a/" has the parts "a" and "".
std::string_view take_part(std::string_view& path) {
  path.remove_prefix(1);
  const std::string_view part = path.substr(0, path.find('/'));
  path.remove_prefix(part.size());
  return part;
}

// How well a pattern fits: a letter for each part, 'a' literal, 'b' captured, 'c' the rest; the least is the best.
// Empty: it does not fit.
std::string fit(std::string_view pattern, std::string_view path, Captures& captures) {
  std::string how;
  captures.clear();
  while (!pattern.empty()) {
    const std::string_view rest = path;
    const std::string_view wanted = take_part(pattern);
    if (wanted.ends_with("*}") && pattern.empty()) {
      if (rest.size() < 2) {
        return {};
      }
      captures.push_back(rest.substr(1));
      return how + 'c';
    }
    if (path.empty()) {
      return {};
    }
    const std::string_view part = take_part(path);
    if (wanted.starts_with('{')) {
      if (part.empty()) {
        return {};
      }
      captures.push_back(part);
      how += 'b';
    } else if (part == wanted) {
      how += 'a';
    } else {
      return {};
    }
  }
  return path.empty() ? how : std::string();
}

bool answers(const Route& route, Method method) {
  return route.method == method || (route.method == Method::get && method == Method::head);
}

}  // namespace

void Router::add(Route route) { m_routes.push_back(std::move(route)); }

std::optional<Right> Router::right_of(const Request& request) const {
  std::optional<Right> right;
  std::string best;
  Captures captures;
  for (const Route& route : m_routes) {
    std::string how = answers(route, request.method) ? fit(route.pattern, request.path, captures) : std::string();
    if (!how.empty() && (best.empty() || how < best)) {
      right = route.right;
      best = std::move(how);
    }
  }
  return right;
}

Answer Router::answer(const Request& request) const {
  const Route* best = nullptr;
  std::string best_fit;
  Captures best_captures;
  Captures captures;
  std::string allowed;
  for (const Route& route : m_routes) {
    std::string how = fit(route.pattern, request.path, captures);
    if (how.empty()) {
      continue;
    }
    if (!answers(route, request.method)) {
      const std::string_view name = route.method == Method::get ? "GET, HEAD" : "POST";
      if (allowed.find(name) == std::string::npos) {
        allowed += allowed.empty() ? "" : ", ";
        allowed += name;
      }
    } else if (best == nullptr || how < best_fit) {
      best = &route;
      best_fit = std::move(how);
      best_captures = captures;
    }
  }
  if (best != nullptr && !access::may_somewhere(request.who(), best->right)) {
    return m_refused ? m_refused(request)
                     : Answer{403, "text/plain; charset=utf-8", "Forbidden\n", {}, Keep::never, false};
  }
  if (best != nullptr) {
    return best->handler(request, best_captures);
  }
  if (allowed.empty()) {
    return m_missing ? m_missing(request)
                     : Answer{404, "text/plain; charset=utf-8", "Not found\n", {}, Keep::never, false};
  }
  const bool asked = request.method == Method::options;
  Answer answer = !asked && m_wrong_method ? m_wrong_method(request) : Answer{asked ? 204 : 405,
                                                                              "text/plain; charset=utf-8",
                                                                              asked ? "" : "Method not allowed\n",
                                                                              {},
                                                                              Keep::never,
                                                                              false};
  answer.headers.emplace_back("Allow", allowed + ", OPTIONS");
  return answer;
}

}  // namespace pitchblende::http
