#include "groups/groups_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "access/access_rules.hpp"
#include "groups/errors.hpp"

namespace pitchblende::groups {

namespace {

constexpr std::string_view k_event_key = "event-";

constexpr size_t k_longest_title = 300;
constexpr size_t k_longest_place = 500;
constexpr size_t k_longest_text = 40'000;
constexpr int64_t k_most_places = 100'000;

constexpr std::array<std::string_view, 2> k_decided{"confirmed", "declined"};
constexpr std::array<std::string_view, 3> k_seats{"registered", "waiting", "given_back"};

Result<void> judge_length(std::string_view text, size_t longest) {
  return text.size() <= longest ? Result<void>{} : fail(errors::long_text, std::to_string(longest));
}

Result<void> judge_both(const Both& title, const Both& text) {
  if (title.french.empty() && title.english.empty()) {
    return fail(errors::title);
  }
  TRY(judge_length(title.french, k_longest_title));
  TRY(judge_length(title.english, k_longest_title));
  TRY(judge_length(text.french, k_longest_text));
  return judge_length(text.english, k_longest_text);
}

}  // namespace

std::string_view name(Decided decided) { return k_decided[static_cast<size_t>(decided)]; }
std::string_view name(Seat seat) { return k_seats[static_cast<size_t>(seat)]; }

Result<void> judge(const Presentation& presentation) {
  TRY(judge_length(presentation.text.french, k_longest_text));
  return judge_length(presentation.text.english, k_longest_text);
}

Result<void> judge(const News& news) {
  TRY(judge_both(news.title, news.text));
  if (news.published.empty() || !access::is_date_or_empty(news.published)) {
    return fail(errors::day, news.published);
  }
  return {};
}

// Rule 5.
Result<void> judge(const Event& event) {
  TRY(judge_both(event.title, event.text));
  TRY(judge_length(event.place, k_longest_place));
  TRY(judge_length(event.online, k_longest_place));
  if (event.ends <= event.begins) {
    return fail(errors::ends_first, event.local_end, event.local_begin);
  }
  if (event.closes > event.begins) {
    return fail(errors::closes, event.local_closes, event.local_begin);
  }
  if (event.places < 0 || event.places > k_most_places) {
    return fail(errors::places, std::to_string(k_most_places));
  }
  if (!event.online.empty() && !event.online.starts_with("https://") && !event.online.starts_with("http://")) {
    return fail(errors::address, event.online);
  }
  return {};
}

Result<void> judge_registering(const Event& event, int64_t now) {
  if (event.is_cancelled) {
    return fail(errors::cancelled);
  }
  if (!event.is_open) {
    return fail(errors::not_open);
  }
  return now < event.closes ? Result<void>{} : fail(errors::closed);
}

std::vector<int64_t> moving_up(const Event& event, std::span<const Registration> registrations) {
  std::vector<Registration> waiting;
  int64_t taken = 0;
  for (const Registration& each : registrations) {
    taken += each.seat == Seat::registered ? 1 : 0;
    if (each.seat == Seat::waiting) {
      waiting.push_back(each);
    }
  }
  std::ranges::sort(waiting, {}, &Registration::turn);
  std::vector<int64_t> out;
  for (const Registration& each : waiting) {
    if (event.is_cancelled || (event.places > 0 && taken >= event.places)) {
      break;
    }
    out.push_back(each.account);
    ++taken;
  }
  return out;
}

bool nobody_decides(std::span<const std::string> begins, std::string_view last_decision, std::string_view long_ago) {
  const bool some_began_lately =
      std::any_of(begins.begin(), begins.end(), [&](const std::string& each) { return each >= long_ago; });
  return begins.empty() || (!some_began_lately && last_decision < long_ago);
}

std::string event_key(int64_t event) { return std::string(k_event_key) + std::to_string(event); }

int64_t event_of_key(std::string_view key) {
  int64_t out = 0;
  if (key.starts_with(k_event_key)) {
    key.remove_prefix(k_event_key.size());
    std::from_chars(key.data(), key.data() + key.size(), out);
  }
  return out;
}

}  // namespace pitchblende::groups
