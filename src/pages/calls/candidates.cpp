#include "pages/calls/candidates.hpp"

#include <algorithm>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "confirm/addresses.hpp"
#include "pages/address.hpp"

namespace pitchblende::pages {

namespace {

using calls::Candidate;
using calls::Conflict;
using calls::Judged;

constexpr uint32_t k_works = 100;    // works like the proposal whose people are proposed
constexpr size_t k_candidates = 40;  // looked at
constexpr size_t k_shown_of_each = 12;
constexpr uint32_t k_hits = 8;

// An institution in common is not called a unit.
std::string ground_word(const Conflict& conflict) {
  const bool is_institution = conflict.ground == calls::Ground::unit && conflict.kind == registry::Kind::organisation;
  return is_institution ? "institution" : std::string(calls::name(conflict.ground));
}

View conflict_view(const Conflict& conflict, const Words& words) {
  std::string said = words.get("calls.grounds." + ground_word(conflict));
  said = put_in(put_in(std::move(said), "applicant", conflict.applicant), "through", conflict.through);
  View out = view({{"text", said}, {"year", conflict.year}});
  if (conflict.thing != Id()) {
    out["url"] = thing_name(conflict.thing);
    out["through"] = conflict.through;
  }
  return out;
}

View candidate_view(const Candidate& who, const std::vector<Conflict>& found, const std::string& note,
                    const Words& words) {
  constexpr size_t k_shown = 4;
  View out = view({{"label", who.label},
                   {"id", who.person.text()},
                   {"url", thing_address(words.code(), registry::Kind::person, who.person)},
                   {"note", note}});
  Views proofs;
  for (size_t at = 0; at < std::min(found.size(), k_shown); ++at) {
    proofs.push_back(conflict_view(found[at], words));
  }
  if (found.size() > k_shown) {
    out["more"] = words.count("calls.more_conflicts", found.size() - k_shown);
  }
  out["free"] = found.empty();
  out["conflicts"] = std::move(proofs);
  return out;
}

struct Proposed {
  Candidate who;
  std::string note;
};

// People who sign works like the proposal, those with the most first.
Result<std::vector<Proposed>> proposed(const Site& site, const Judged& judged, const access::Viewer& viewer,
                                       const Words& words) {
  search::Query query;
  query.words = std::string(calls::text_in(judged.submitted.texts, "title")) + " " +
                std::string(calls::text_in(judged.submitted.texts, "summary"));
  query.words = beginning(query.words, 1000);
  query.match = search::Match::any;
  query.filters = {{search::Facet::kind, {"publication", "project"}}};
  query.size = k_works;
  query.facet_size = 0;
  query.snippets = false;
  std::vector<Id> works;
  for (const search::Hit& hit : site.index()->search(query, viewer).hits) {
    works.push_back(hit.id);
  }
  TRY_ASSIGN(const std::vector<registry::Card> cards, site.registry().cards(works, viewer));
  std::map<Id, std::pair<uint64_t, std::string>> people;
  for (const registry::Card& card : cards) {
    TRY_ASSIGN(const std::vector<registry::Named> named, site.registry().named_in(card, viewer));
    std::map<Id, std::string> here;
    for (const registry::Named& each : named) {
      here.emplace(each.id, each.label);
    }
    for (const auto& [id, label] : here) {
      ++people[id].first;
      people[id].second = label;
    }
  }
  std::vector<std::pair<Id, std::pair<uint64_t, std::string>>> sorted(people.begin(), people.end());
  std::ranges::stable_sort(sorted, [](const auto& a, const auto& b) { return a.second.first > b.second.first; });
  std::vector<Proposed> out;
  for (const auto& [id, known] : sorted) {
    if (out.size() == k_candidates) {
      break;
    }
    out.push_back({{id, known.second, {}, {}, {}, std::nullopt}, words.count("calls.like_it", known.first)});
  }
  return out;
}

std::vector<Proposed> sought(const Site& site, const http::Request& request, std::string_view what,
                             const Words& words) {
  search::Query query;
  query.words = beginning(what, 200);
  query.filters = {{search::Facet::kind, {"person"}}};
  query.size = k_hits;
  query.facet_size = 0;
  query.snippets = false;
  std::vector<Proposed> out;
  for (const search::Hit& hit : site.index()->search(query, request.who().viewer).hits) {
    out.push_back({{hit.id, std::string(search::title_in(hit.title, words.code())), {}, {}, {}, std::nullopt},
                   std::string(search::title_in(hit.note, words.code()))});
  }
  return out;
}

using Known = std::map<Id, KnownAddress>;
// Those of people whose cards have one.
Result<Known> known_addresses(const Site& site, const access::Viewer& viewer, const std::vector<Id>& people) {
  Known out;
  for (const bool is_seen : {true, false}) {
    const access::Viewer all = access::Viewer::everything();
    TRY_ASSIGN(const std::vector<registry::Card> cards, site.registry().cards(people, is_seen ? viewer : all));
    for (const registry::Card& card : cards) {
      if (const auto email = confirm::address_of_person(card)) {
        out.try_emplace(card.id, KnownAddress{*email, is_seen});
      }
    }
  }
  return out;
}

// Where his letter goes, in which language: as was typed in vain for him, else as is known.
Result<void> put_letter(const Site& site, const KnownAddress& known, Id person, const http::Form* typed,
                        const Words& words, View& row) {
  const bool again = typed != nullptr && typed->value("person") == person.text();
  row["email"] = again ? std::string(typed->value("email")) : known.is_seen ? known.email : std::string();
  row["is_known"] = !known.email.empty() && !known.is_seen;
  std::string language = again ? std::string(typed->value("language")) : std::string();
  if (!again && !known.email.empty()) {
    TRY_ASSIGN(const Languages his, languages_of(site, {known.email}, words.language()));
    language = site.words(his.begin()->second).code();
  }
  row["languages"] = letter_languages(language, words);
  return {};
}

const calls::Review* asked(const ReviewersAsked& asking, Id person) {
  const auto found = std::ranges::find(asking.reviews, person, &calls::Review::entity);
  return found == asking.reviews.end() ? nullptr : &*found;
}

}  // namespace

Views letter_languages(std::string_view chosen, const Words& words) {
  Views out;
  for (const auto& [code, label] : {std::pair{"fr", "français"}, std::pair{"en", "English"}}) {
    View each = view({{"label", label}, {"value", code}});
    each["selected"] = (chosen.empty() ? words.code() : chosen) == code;
    out.push_back(std::move(each));
  }
  return out;
}

Result<KnownAddress> known_address(const Site& site, const access::Viewer& viewer, Id person) {
  TRY_ASSIGN(const std::optional<Id> now, site.registry().current(person));
  TRY_ASSIGN(auto known, known_addresses(site, viewer, {now.value_or(person)}));
  return known.empty() ? KnownAddress() : std::move(known.begin()->second);
}

Result<void> put_candidates(const Site& site, const http::Request& request, const Judged& judged,
                            const ReviewersAsked& asking, const Words& words, View& body) {
  const http::Form* typed = asking.typed;
  const std::string what(trim(typed == nullptr ? request.parameter("find") : typed->value("find")));
  std::vector<Proposed> found = sought(site, request, what, words);
  if (what.empty()) {
    TRY_ASSIGN(found, proposed(site, judged, request.who().viewer, words));
    std::erase_if(found, [&](const Proposed& each) { return asked(asking, each.who.person) != nullptr; });
  }
  std::vector<Id> people;
  std::vector<Candidate> candidates;
  for (const Proposed& each : found) {
    people.push_back(each.who.person);
    candidates.push_back(each.who);
  }
  TRY_ASSIGN(Known known, known_addresses(site, request.who().viewer, people));
  for (Candidate& each : candidates) {
    each.email = known[each.person].email;  // by which he may be one of those who apply
  }
  TRY_ASSIGN(const auto conflicts, site.settings().calling.reviews->conflicts_of(judged, candidates));
  Views free;
  Views bound;
  for (size_t at = 0; at < found.size(); ++at) {
    View row = candidate_view(candidates[at], conflicts[at], found[at].note, words);
    Views& into = conflicts[at].empty() ? free : bound;
    if (into.size() < k_shown_of_each) {
      const Id person = candidates[at].person;
      if (const calls::Review* before = asked(asking, person)) {
        row["standing"] = words.get("calls.review_states." + std::string(calls::name(before->state)));
      } else if (conflicts[at].empty()) {
        TRY(put_letter(site, known[person], person, typed, words, row));
      }
      into.push_back(std::move(row));
    }
  }
  body["find"] = what;
  body["is_sought"] = !what.empty();
  const bool nobody = found.empty();
  body["nobody_free"] = free.empty() && !nobody;
  body["nobody_found"] = nobody;
  body["free"] = std::move(free);
  body["bound"] = std::move(bound);
  return {};
}

}  // namespace pitchblende::pages
