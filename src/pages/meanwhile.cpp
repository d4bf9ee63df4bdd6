#include "pages/meanwhile.hpp"

namespace pitchblende::pages {

namespace {

using http::Answer;
using http::Request;
using pool::Making;

thread_local bool t_index_is_read = false;

// A large index is made in minutes: who asks each half minute sees it go on.
constexpr std::string_view k_ask_again = "30";  // seconds

std::string word_of(const Making& making) {
  return making.what == Making::What::cards ? "making.cards" : "making.index";
}

}  // namespace

IndexReads::IndexReads() : m_before(t_index_is_read) { t_index_is_read = false; }
IndexReads::~IndexReads() { t_index_is_read = t_index_is_read || m_before; }
bool IndexReads::any() const { return t_index_is_read; }
void IndexReads::note() { t_index_is_read = true; }

std::string making_words(const Making& making, const Words& words) {
  const int64_t percent = making.total > 0 ? std::min<int64_t>(99, making.done * 100 / making.total) : 0;
  return put_in(words.get(word_of(making) + ".message"), "percent", words.number(static_cast<uint64_t>(percent)));
}

bool needs_no_cards(const Request& request) {
  return request.path.starts_with("/files/") || request.path == "/health" || request.path == "/metrics" ||
         request.path == "/favicon.ico" || request.path == "/robots.txt";
}

Answer not_yet(const Site& site, const Request& request, Language language, const Making& making) {
  constexpr int k_status = 503;
  const Words& words = site.words(language);
  const std::string title = words.get(word_of(making) + ".title");
  const std::string said = making_words(making, words);
  std::string path = request.path;
  const http::Format format = http::take_format(path, request.header("accept"));
  Answer answer;
  if (format != http::Format::html) {
    answer = for_machines(k_status, format, title, said);
  } else {
    const bool sent = request.method == http::Method::post;
    View body{
        {"status", k_status}, {"message", said}, {"advice", words.get(sent ? "making.send_again" : "making.again")}};
    answer = site.page(request, language, "error", title, std::move(body), {});
    answer.status = k_status;
  }
  answer.shared = false;
  answer.keep = http::Keep::never;
  answer.headers.emplace_back("Retry-After", k_ask_again);
  return answer;
}

Answer made_meanwhile(const Site& site, const Request& request, Language language, const Making& making,
                      const IndexReads& reads, Answer answer) {
  const bool asked = request.method == http::Method::get || request.method == http::Method::head;
  const bool leads_on = answer.status >= 300 && answer.status < 400;
  if (asked && !leads_on && !needs_no_cards(request) && (reads.any() || making.what == Making::What::cards)) {
    return not_yet(site, request, language, making);
  }
  if (answer.keep != http::Keep::forever) {
    answer.shared = false;
    answer.keep = http::Keep::never;
  }
  return answer;
}

}  // namespace pitchblende::pages
