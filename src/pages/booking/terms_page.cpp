// On what terms an instrument is booked, said by who looks after it.
#include <array>
#include <charconv>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "booking/booking_rules.hpp"
#include "booking/errors.hpp"
#include "booking/terms_text.hpp"
#include "pages/address.hpp"
#include "pages/booking/outside.hpp"

namespace pitchblende::pages {

namespace {

using booking::How;
using booking::Terms;

struct Number {
  std::string_view name;
  int64_t Terms::*field;
};
constexpr std::array<Number, 5> k_numbers{{{"step", &Terms::step},
                                           {"smallest", &Terms::smallest},
                                           {"largest", &Terms::largest},
                                           {"notice", &Terms::notice},
                                           {"horizon", &Terms::horizon}}};
constexpr std::array<How, 3> k_hows{How::here, How::elsewhere, How::request};

// The form as it is shown and sent: texts by the names of its fields.
using Fields = std::map<std::string, std::string, std::less<>>;

std::string day_field(int weekday) { return "day" + std::to_string(weekday); }

Fields fields_of(const Terms& terms) {
  Fields out{{"how", std::string(booking::name(terms.how))},
             {"zone", terms.zone},
             {"address", terms.address},
             {"calendar", terms.calendar},
             {"trained", terms.trained ? "yes" : ""},
             {"confirmed", terms.confirmed ? "yes" : ""},
             {"revision", std::to_string(terms.revision)}};
  for (const Number& number : k_numbers) {
    out[std::string(number.name)] = std::to_string(terms.*number.field);
  }
  for (int weekday = 0; weekday < 7; ++weekday) {
    out[day_field(weekday)] = booking::stretches_text(terms.hours, weekday);
  }
  std::string& closed = out["closed"];
  for (const booking::Closure& closure : terms.closures) {
    closed += booking::closure_text(closure) + "\n";
  }
  return out;
}

Fields fields_in(const http::Form& form) {
  Fields out;
  for (const auto& [name, value] : form.fields) {
    out.emplace(name, value);
  }
  return out;
}

std::string_view text_in(const Fields& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string_view() : trim(found->second);
}

tl::unexpected<Error> wrong(const Words& words, std::string_view field, std::string_view value) {
  return fail(booking::errors::terms, words.get("booking.terms." + std::string(field)),
              put_in(words.get("booking.terms.not_understood"), "value", beginning(value, 80)));
}

template <typename Read>
bool each_part(std::string_view text, char between, Read&& read) {
  while (!text.empty()) {
    const size_t end = text.find(between);
    const std::string_view part = trim(text.substr(0, end));
    if (!part.empty() && !read(part)) {
      return false;
    }
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return true;
}

Result<void> read_times(const Fields& fields, const Words& words, Terms& terms) {
  for (int weekday = 0; weekday < 7; ++weekday) {
    const std::string_view text = text_in(fields, day_field(weekday));
    const bool understood = each_part(text, ',', [&](std::string_view part) {
      const auto stretch = booking::read_stretch(weekday, part);
      if (stretch) {
        terms.hours.push_back(*stretch);
      }
      return stretch.has_value();
    });
    if (!understood) {
      return fail(booking::errors::terms, words.get("booking.weekdays." + std::to_string(weekday)),
                  put_in(words.get("booking.terms.not_understood"), "value", beginning(text, 80)));
    }
  }
  const bool understood = each_part(text_in(fields, "closed"), '\n', [&](std::string_view part) {
    const auto closure = booking::read_closure(part);
    if (closure) {
      terms.closures.push_back(*closure);
    }
    return closure.has_value();
  });
  return understood ? Result<void>() : wrong(words, "closed", text_in(fields, "closed"));
}

// Errors: BOOKING_TERMS with the field as the form calls it.
Result<Terms> terms_in(const Fields& fields, Id instrument, const Words& words) {
  Terms terms;
  terms.instrument = instrument;
  const auto how = booking::how(text_in(fields, "how"));
  if (!how) {
    return wrong(words, "how", text_in(fields, "how"));
  }
  terms.how = *how;
  terms.zone = text_in(fields, "zone");
  terms.address = text_in(fields, "address");
  terms.calendar = text_in(fields, "calendar");
  terms.trained = !text_in(fields, "trained").empty();
  terms.confirmed = !text_in(fields, "confirmed").empty();
  terms.revision = number_in(text_in(fields, "revision"));
  for (const auto& [name, value] : {std::pair{"address", &terms.address}, {"calendar", &terms.calendar}}) {
    if (!value->empty() && safe_address(*value).empty()) {
      return wrong(words, name, *value);
    }
  }
  for (const Number& number : k_numbers) {
    const std::string_view text = text_in(fields, number.name);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), terms.*number.field);
    if (error != std::errc() || end != text.data() + text.size()) {
      return wrong(words, number.name, text);
    }
  }
  TRY(read_times(fields, words, terms));
  return terms;
}

// What stands where what was typed differs from it: another had it stored meanwhile.
Views differences(const Fields& typed, const Terms& stored, const Words& words) {
  Views out;
  for (const auto& [name, value] : fields_of(stored)) {
    if (name != "revision" && trim(value) != text_in(typed, name)) {
      const std::string label = name.starts_with("day") ? words.get("booking.weekdays." + name.substr(3))
                                                        : words.get("booking.terms." + name);
      out.push_back(View{{"label", label},
                         {"value", value.empty()    ? words.get("booking.terms.nothing")
                                   : value == "yes" ? words.get("booking.terms.yes")
                                                    : value}});
    }
  }
  return out;
}

// That they are stored, and what became of bookings that they leave outside.
std::string done_words(const http::Request& request, const Words& words) {
  for (const std::string_view way : {"told", "cancelled"}) {
    if (const int64_t count = number_in(request.parameter(way)); count > 0) {
      return words.count("booking.terms.stored_" + std::string(way), static_cast<uint64_t>(count)) + " " +
             words.count("booking.terms.letters", static_cast<uint64_t>(number_in(request.parameter("letters"))));
    }
  }
  return words.get("booking.terms.stored");
}

Result<http::Answer> form_of(const Site& site, const http::Request& request, Language language,
                             const Instrument& instrument, const Fields& fields, View body,
                             const std::optional<Error>& problem) {
  const Words& words = site.words(language);
  body["of"] = instrument.label;
  body["of_url"] = instrument.address;
  body["action"] = instrument.address + "/terms";
  Views hows;
  for (const How how : k_hows) {
    const std::string name(booking::name(how));
    View one = view({{"value", name}, {"label", words.get("booking.terms.hows." + name)}});
    one["selected"] = text_in(fields, "how") == name;
    hows.push_back(std::move(one));
  }
  body["hows"] = std::move(hows);
  Views days;
  for (int weekday = 0; weekday < 7; ++weekday) {
    days.push_back(View{{"name", day_field(weekday)},
                        {"label", words.get("booking.weekdays." + std::to_string(weekday))},
                        {"value", text_in(fields, day_field(weekday))}});
  }
  body["weekdays"] = std::move(days);
  for (const std::string_view name :
       {"zone", "address", "calendar", "closed", "revision", "step", "smallest", "largest", "notice", "horizon"}) {
    body[name] = text_in(fields, name);
  }
  body["trained"] = !text_in(fields, "trained").empty();
  body["confirmed"] = !text_in(fields, "confirmed").empty();
  if (request.parameter("done") == "stored" && !problem) {
    body["done"] = done_words(request, words);
  }
  const std::string title = put_in(words.get("booking.terms.of"), "instrument", instrument.label);
  return desk_page(site, request, language, "terms", title, std::move(body),
                   {{instrument.label, instrument.address},
                    {words.get("booking.desk"), instrument.address + "/bookings"},
                    {words.get("booking.terms.title"), {}}},
                   problem);
}

// What its card says is where one begins.
Result<Terms> first_terms(const Site& site, const Instrument& instrument) {
  Terms terms;
  terms.instrument = instrument.id;
  TRY_ASSIGN(const registry::Found found, site.registry().find(instrument.id, access::Viewer::visitor()));
  const auto said = [&](std::string_view name) {
    const auto id = registry::find_field(registry::Kind::equipment, name);
    const registry::CardField* field = id && found.card ? found.card->find(*id) : nullptr;
    return field == nullptr || field->values.empty() ? std::string() : field->values.front().value.text;
  };
  terms.how = booking::how(said("booking")).value_or(How::here);
  terms.address = said("booking_address");
  terms.calendar = said("booking_calendar");
  terms.trained = said("training_needed") == "true";
  for (int weekday = 0; weekday < 5; ++weekday) {
    terms.hours.push_back({weekday, 9 * 60, 18 * 60});
  }
  return terms;
}

Result<http::Answer> show(const Site& site, const http::Request& request, Language language,
                          const Instrument& instrument) {
  TRY_ASSIGN(auto terms, site.settings().desk.booking->terms(instrument.id));
  if (!terms) {
    TRY_ASSIGN(terms, first_terms(site, instrument));
  }
  return form_of(site, request, language, instrument, fields_of(*terms), {}, std::nullopt);
}

// Whether he has seen which bookings are left outside, and says why if he cancels them. Error: BOOKING_REASON.
Result<bool> has_seen(const Outside& outside, const Fields& fields, View& body) {
  if (outside.empty()) {
    return true;
  }
  outside.put(body);
  body["cancels"] = !text_in(fields, "cancel").empty();
  body["why"] = text_in(fields, "reason");
  const bool seen = text_in(fields, "seen") == outside.mark();
  if (seen && !text_in(fields, "cancel").empty() && text_in(fields, "reason").empty()) {
    return fail(booking::errors::reason);
  }
  return seen;
}

// Stores them, unless there is something to be shown first: then `body` has it. The answer: what was done beside.
Result<std::string> take_terms(const Site& site, const http::Request& request, const Words& words,
                               const Instrument& instrument, const Fields& fields, View& body) {
  TRY_ASSIGN(const Terms terms, terms_in(fields, instrument.id, words));
  TRY(booking::judge_terms(terms));
  TRY_ASSIGN(const Outside outside, Outside::of(site, request.who(), instrument, terms, words));
  TRY_ASSIGN(const bool seen, has_seen(outside, fields, body));
  if (!seen) {
    return std::string();
  }
  const std::string reason(text_in(fields, "reason"));
  const bool cancels = !text_in(fields, "cancel").empty();
  TRY(booking::judge_text(reason));
  TRY(site.settings().desk.booking->set_terms(
      terms, instrument.by, [&](store::Transaction& transaction, const std::vector<booking::Held>& now_outside) {
        const Result<void> told = cancels ? Result<void>() : outside.tell(transaction, now_outside);
        return !told ? told
                     : site.settings().entry.access->audit().record(transaction,
                                                                    {instrument.by.account,
                                                                     "set_terms",
                                                                     "equipment",
                                                                     static_cast<int64_t>(instrument.id.bits()),
                                                                     {}});
      }));
  body = View();
  if (outside.empty()) {
    return std::string();
  }
  TRY_ASSIGN(const Outside::Told told, cancels ? outside.cancel(reason) : Result<Outside::Told>(outside.told()));
  if (site.settings().entry.posted) {
    site.settings().entry.posted();
  }
  return (cancels ? "&cancelled=" : "&told=") + std::to_string(told.bookings) +
         "&letters=" + std::to_string(told.letters);
}

Result<http::Answer> store_terms(const Site& site, const http::Request& request, Language language,
                                 const Instrument& instrument) {
  const auto form = http::read_form(request);
  if (!form) {
    return site.error(request, language, 422);
  }
  Fields fields = fields_in(*form);
  View body;
  const auto done = take_terms(site, request, site.words(language), instrument, fields, body);
  if (done && body.empty()) {
    return redirect(303, instrument.address + "/terms?done=stored" + *done);
  }
  if (done) {
    return form_of(site, request, language, instrument, fields, std::move(body), std::nullopt);
  }
  if (done.error().is(booking::errors::changed)) {
    // Both are shown: what he typed in the form, what another stored beside it. Sent again, his stands.
    TRY_ASSIGN(const auto stored, site.settings().desk.booking->terms(instrument.id));
    if (stored) {
      body["differences"] = differences(fields, *stored, site.words(language));
      fields["revision"] = std::to_string(stored->revision);
    }
  }
  return form_of(site, request, language, instrument, fields, std::move(body), done.error());
}

}  // namespace

void add_terms(const Site& site, http::Router& router) {
  for (const auto& [method, go] : {std::pair{http::Method::get, &show}, std::pair{http::Method::post, &store_terms}}) {
    add_room(site, router, method, "/equipment/{id}/terms", http::Right::look_after,
             [&site, go](const http::Request& request, Language language, const http::Captures& parts) {
               return at_instrument(site, request, language, parts[1],
                                    [&](const Instrument& instrument) -> Result<http::Answer> {
                                      return instrument.by.looks_after ? go(site, request, language, instrument)
                                                                       : refused(site, request, language);
                                    });
             });
  }
}

}  // namespace pitchblende::pages
