#include "cli/rooms/bookable_file.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "booking/terms_text.hpp"
#include "cli/errors.hpp"

namespace pitchblende::cli {

namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 7> k_weekdays{"monday", "tuesday",  "wednesday", "thursday",
                                                     "friday", "saturday", "sunday"};

tl::unexpected<Error> wrong(std::string_view field, const json::value& value) {
  return fail(errors::bookable, std::string(field), json::serialize(value).substr(0, 80));
}

std::optional<int> weekday(std::string_view name) {
  const auto found = std::ranges::find(k_weekdays, name);
  if (found == k_weekdays.end()) {
    return std::nullopt;
  }
  return static_cast<int>(found - k_weekdays.begin());
}

// Members of an object by their names; each is read once, and what nobody reads is a mistake.
class Members {
 public:
  explicit Members(const json::object& object) : m_object(object) {}

  Result<void> text(std::string_view name, std::string& into) {
    const json::value* value = find(name);
    if (value != nullptr && !value->is_string()) {
      return wrong(name, *value);
    }
    if (value != nullptr) {
      into = value->get_string();
    }
    return {};
  }
  Result<void> number(std::string_view name, int64_t& into) {
    const json::value* value = find(name);
    if (value != nullptr && !value->is_int64()) {
      return wrong(name, *value);
    }
    into = value == nullptr ? into : value->get_int64();
    return {};
  }
  Result<void> flag(std::string_view name, bool& into) {
    const json::value* value = find(name);
    if (value != nullptr && !value->is_bool()) {
      return wrong(name, *value);
    }
    into = value == nullptr ? into : value->get_bool();
    return {};
  }
  const json::value* find(std::string_view name) {
    m_read.push_back(name);
    return m_object.if_contains(name);
  }
  Result<void> finish() const {
    for (const auto& [name, value] : m_object) {
      if (std::ranges::find(m_read, std::string_view(name)) == m_read.end()) {
        return wrong(name, value);
      }
    }
    return {};
  }

 private:
  const json::object& m_object;
  std::vector<std::string_view> m_read;
};

Result<void> read_hours(const json::value& value, booking::Terms& terms) {
  if (!value.is_object()) {
    return wrong("hours", value);
  }
  for (const auto& [name, stretches] : value.get_object()) {
    const auto day = weekday(name);
    if (!day || !stretches.is_array()) {
      return wrong("hours", value);
    }
    for (const json::value& each : stretches.get_array()) {
      const auto stretch = each.is_string() ? booking::read_stretch(*day, each.get_string()) : std::nullopt;
      if (!stretch) {
        return wrong("hours", each);
      }
      terms.hours.push_back(*stretch);
    }
  }
  return {};
}

Result<void> read_closures(const json::value& value, booking::Terms& terms) {
  if (!value.is_array()) {
    return wrong("closed", value);
  }
  for (const json::value& each : value.get_array()) {
    const auto closure = each.is_string() ? booking::read_closure(each.get_string()) : std::nullopt;
    if (!closure) {
      return wrong("closed", each);
    }
    terms.closures.push_back(*closure);
  }
  return {};
}

Result<Reserved> read_booking(const json::value& value) {
  if (!value.is_object()) {
    return wrong("bookings", value);
  }
  Members members(value.get_object());
  Reserved out;
  std::string day;
  std::string from;
  std::string to;
  TRY(members.text("weekday", day));
  TRY(members.text("from", from));
  TRY(members.text("to", to));
  TRY(members.text("purpose", out.purpose));
  TRY(members.number("weeks", out.weeks));
  TRY(members.finish());
  const auto known = weekday(day);
  const auto begins = booking::read_minutes(from);
  const auto ends = booking::read_minutes(to);
  if (!known || !begins || !ends || out.weeks < 0 || out.weeks > 1000) {
    return wrong("bookings", value);
  }
  out.weekday = *known;
  out.from = *begins;
  out.to = *ends;
  return out;
}

}  // namespace

Result<Bookable> read_bookable(const json::value& value) {
  if (!value.is_object()) {
    return wrong("instrument", value);
  }
  Members members(value.get_object());
  Bookable out;
  booking::Terms& terms = out.terms;
  std::string how(booking::name(terms.how));
  TRY(members.text("instrument", out.instrument));
  TRY(members.text("how", how));
  for (const auto& [name, into] :
       {std::pair{"zone", &terms.zone}, {"address", &terms.address}, {"calendar", &terms.calendar}}) {
    TRY(members.text(name, *into));
  }
  for (const auto& [name, into] : {std::pair{"step", &terms.step},
                                   {"smallest", &terms.smallest},
                                   {"largest", &terms.largest},
                                   {"notice", &terms.notice},
                                   {"horizon", &terms.horizon}}) {
    TRY(members.number(name, *into));
  }
  TRY(members.flag("trained", terms.trained));
  TRY(members.flag("confirmed", terms.confirmed));
  const auto known = booking::how(how);
  if (!known || out.instrument.empty()) {
    return wrong(known ? "instrument" : "how", value);
  }
  terms.how = *known;
  if (const json::value* hours = members.find("hours")) {
    TRY(read_hours(*hours, terms));
  }
  if (const json::value* closed = members.find("closed")) {
    TRY(read_closures(*closed, terms));
  }
  if (const json::value* bookings = members.find("bookings")) {
    if (!bookings->is_array()) {
      return wrong("bookings", *bookings);
    }
    for (const json::value& each : bookings->get_array()) {
      TRY_ASSIGN(Reserved one, read_booking(each));
      out.bookings.push_back(std::move(one));
    }
  }
  TRY(members.finish());
  return out;
}

}  // namespace pitchblende::cli
