// Result<T>: what can happen is returned, what must not happen throws.
//
// An ErrorKind is a row of a slice's errors.tsv (constants in the generated <slice>/errors.hpp). An Error is a kind
// with its arguments; it is a value, safe to copy between threads. "Absent" is std::optional, never an error.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace pitchblende {

// A language that the program speaks to people in.
enum class Language { english, french };

struct ErrorKind {
  const char* code;     // STORE_NEWER, stable for ever
  int status;           // HTTP status
  const char* english;  // message, {0} {1}… are arguments
  const char* french;
};

// An argument that is made of words itself.
struct InBoth {
  std::string english;
  std::string french;
};

class Error {
 public:
  template <typename... Args>
  explicit Error(const ErrorKind& kind, Args&&... args) : m_kind(&kind) {
    m_args.reserve(sizeof...(args));
    (add(std::forward<Args>(args)), ...);
  }

  const ErrorKind& kind() const { return *m_kind; }
  bool is(const ErrorKind& other) const { return std::string_view(m_kind->code) == other.code; }
  const std::vector<std::string>& args() const { return m_args; }  // English, where they are words
  // The message with its arguments put in; a missing argument leaves its braces, so that it is seen.
  std::string message(Language language = Language::english) const;

 private:
  template <typename Arg>
  void add(Arg&& arg) {
    m_args.emplace_back(std::forward<Arg>(arg));
  }
  void add(InBoth arg) {
    m_french.emplace_back(m_args.size(), std::move(arg.french));
    m_args.push_back(std::move(arg.english));
  }
  const std::string& arg(size_t index, Language language) const;

  const ErrorKind* m_kind;
  std::vector<std::string> m_args;
  std::vector<std::pair<size_t, std::string>> m_french;  // those that are words
};

template <typename T>
using Result = tl::expected<T, Error>;

template <typename... Args>
tl::unexpected<Error> fail(const ErrorKind& kind, Args&&... args) {
  return tl::unexpected<Error>(Error(kind, std::forward<Args>(args)...));
}

}  // namespace pitchblende

#define PB_CONCAT_(a, b) a##b
#define PB_CONCAT(a, b) PB_CONCAT_(a, b)

// TRY(expression): leaves the function with the error, if there is one. The counter names each result anew: one TRY
// often stands in a closure inside another.
#define TRY(expression) TRY_(PB_CONCAT(pb_try_, __COUNTER__), expression)
#define TRY_(name, expression)                        \
  do {                                                \
    auto&& name = (expression);                       \
    if (!name) {                                      \
      return tl::unexpected(std::move(name).error()); \
    }                                                 \
  } while (false)

// TRY_ASSIGN(auto x, expression): the same, and keeps the value.
#define TRY_ASSIGN(declaration, expression) TRY_ASSIGN_(PB_CONCAT(pb_result_, __COUNTER__), declaration, expression)
#define TRY_ASSIGN_(name, declaration, expression)  \
  auto&& name = (expression);                       \
  if (!name) {                                      \
    return tl::unexpected(std::move(name).error()); \
  }                                                 \
  declaration = std::move(name).value()
