// The log of who did what, in words: it holds numbers, what they stand for is looked up when it is shown.
#include <map>
#include <set>

#include "pages/address.hpp"
#include "pages/administration/administration.hpp"
#include "pages/calls/calls_pages.hpp"
#include "pages/confirm/typed_thing.hpp"
#include "pages/people/people.hpp"
#include "pages/things/thing_facts.hpp"

namespace pitchblende::pages {

namespace {

using access::AuditEntry;
using access::Deed;

constexpr int64_t k_rows = 100;
constexpr int64_t k_rows_of_a_file = 100'000;

// "gave the role: Staff", "signed in".
std::string deed_words(const std::string& verb, const Words& words) {
  for (const std::string_view begin : {"grant_", "end_", "date_", "decline_"}) {
    const std::string role = "roles." + (verb.starts_with(begin) ? verb.substr(begin.size()) : std::string());
    if (verb.starts_with(begin) && words.has(role)) {
      return put_in(words.get("admin.audit." + std::string(begin) + "role"), "role", words.get(role));
    }
  }
  const std::string key = "admin.audit.verbs." + verb;
  return words.has(key) ? words.get(key) : verb;
}

// Of a deed on something of the registry its number is that of the card.
std::optional<Id> thing_of(const Deed& deed) {
  static const std::set<std::string_view> k_things{"card", "equipment", "group", "organisation", "workbook"};
  return k_things.contains(deed.kind) && deed.object != 0 ? std::optional(Id(static_cast<uint64_t>(deed.object)))
                                                          : std::nullopt;
}

// Where a room has a page for each number.
std::string page_of(const Deed& deed) {
  static const std::map<std::string_view, std::string_view> k_pages{{"booking", "/bookings/"},
                                                                    {"call", "/calls/"},
                                                                    {"campaign", "/admin/campaigns/"},
                                                                    {"partnership", "/partnerships/"},
                                                                    {"intake", "/admin/sources/"}};
  const auto found = deed.object == 0 ? k_pages.end() : k_pages.find(deed.kind);
  return found == k_pages.end() ? std::string() : std::string(found->second) + std::to_string(deed.object);
}

// docs/rules/access.md, rule 13: to who applies to a call no account has a name, and no person's card is shown, which
// its owner himself corrects: he would read who reviews.
class Named {
 public:
  static Result<Named> of(const Site& site, const access::Actor& reader, const std::vector<AuditEntry>& entries,
                          const Words& words, Rows rows) {
    std::vector<int64_t> accounts;
    std::set<Id> things;
    for (const AuditEntry& entry : entries) {
      accounts.push_back(entry.deed.actor);
      if (entry.deed.kind == "account" || entry.deed.kind == "person") {
        accounts.push_back(entry.deed.object);
      }
      for (const std::optional<Id>& thing : {thing_of(entry.deed), Id::parse(entry.deed.detail)}) {
        things.insert(thing.value_or(Id()));
      }
    }
    things.erase(Id());
    TRY_ASSIGN(const bool applies, applies_somewhere(site, reader));
    Named out(words, applies);
    TRY(out.put_things(site, {things.begin(), things.end()}, reader.viewer, rows));
    if (!applies) {
      TRY_ASSIGN(out.m_people, People::with_accounts(site, accounts, reader.viewer, words));
    }
    return out;
  }

  SheetCell account(int64_t number) const {
    const PersonShown* who = m_people.find(number);
    return {(who == nullptr ? "" : who->name + " · ") + std::to_string(number),
            who == nullptr ? "" : who->url,
            {},
            ordered(number)};
  }

  // Of what is done to reviews not even the number, whose address stands in the list of accounts.
  SheetCell actor(const Deed& deed) const {
    if (m_withholds_people && deed.kind == "review") {
      return {"–"};
    }
    return deed.actor == 0 ? SheetCell{m_words.get("admin.audit.program"), {}, {}, ordered(0)} : account(deed.actor);
  }

  SheetCell object(const Deed& deed) const {
    const std::string key = "admin.audit.kinds." + deed.kind;
    const std::string kind = m_words.has(key) ? m_words.get(key) : m_words.of_code(deed.kind);
    const auto its_thing = thing_of(deed);
    if (deed.object == 0 || (its_thing && is_withheld(*its_thing))) {
      return {kind, {}, {}, deed.kind};
    }
    SheetCell out{kind, {}, {}, deed.kind + " " + ordered(deed.object)};
    const std::string page = page_of(deed);
    SheetCell named{std::to_string(deed.object), page.empty() ? page : below(m_words, page)};
    if (deed.kind == "account" || deed.kind == "person") {
      named = account(deed.object);
    } else if (its_thing) {
      named = thing(*its_thing);
    }
    out.text += " " + named.text;
    out.url = named.url;
    return out;
  }

  // A code in words, a thing by its name.
  SheetCell detail(const Deed& deed) const {
    if (const auto thing = Id::parse(deed.detail); thing && deed.detail == thing->text()) {
      return thing_of(deed) == thing || is_withheld(*thing) ? SheetCell{} : this->thing(*thing);
    }
    const std::string stage = "partnerships.stages." + deed.detail;
    const std::string verdict = "curation.verdicts." + deed.detail;
    return {deed.kind == "partnership" && m_words.has(stage) ? m_words.get(stage)
            : deed.verb == "decide" && m_words.has(verdict)  ? m_words.get(verdict)
                                                             : deed.detail};
  }

 private:
  Named(const Words& words, bool withholds_people) : m_words(words), m_withholds_people(withholds_people) {}

  // Of the many rows of a file the index has the names together; a card is read one by one.
  Result<void> put_things(const Site& site, const std::vector<Id>& ids, const access::Viewer& viewer, Rows rows) {
    if (rows == Rows::page) {
      TRY_ASSIGN(const auto cards, site.registry().cards(ids, viewer));
      for (const registry::Card& card : cards) {
        put(card.id, card.kind, title_of(card, m_words), card.page);
      }
      return {};
    }
    if (const auto index = site.index_so_far()) {
      for (const search::Hit& hit : index->known(ids, viewer)) {
        put(hit.id, hit.kind, std::string(search::title_in(hit.title, m_words.code())), true);
      }
    }
    return {};
  }

  void put(Id id, registry::Kind kind, std::string title, bool has_page) {
    if (!m_withholds_people || kind != registry::Kind::person) {
      m_things.emplace(id, SheetCell{std::move(title), has_page ? thing_address(m_words.code(), kind, id) : ""});
    }
  }

  // An id that leads nowhere now may have been a person's.
  bool is_withheld(Id id) const { return m_withholds_people && !m_things.contains(id); }

  SheetCell thing(Id id) const {
    const auto found = m_things.find(id);
    return found == m_things.end() ? SheetCell{id.text()}
                                   : SheetCell{found->second.text + " · " + id.text(), found->second.url};
  }

  const Words& m_words;
  bool m_withholds_people;
  People m_people;
  std::map<Id, SheetCell> m_things;
};

Result<Listing> audit_listing(const Site& site, const http::Request& request, const Words& words, Rows rows) {
  const int64_t before = rows == Rows::all ? 0 : typed_number(request.parameter("before"), 0);
  TRY_ASSIGN(const auto entries,
             site.settings().entry.access->audit().entries(before, rows == Rows::page ? k_rows : k_rows_of_a_file));
  TRY_ASSIGN(const Named named, Named::of(site, request.who(), entries, words, rows));
  Sheet sheet({{"number", "admin.audit.number"},
               {"at", "admin.audit.at"},
               {"actor", "admin.audit.actor"},
               {"verb", "admin.audit.verb"},
               {"object", "admin.audit.object"},
               {"detail", "admin.audit.detail"}});
  for (const AuditEntry& entry : entries) {
    const Deed& deed = entry.deed;
    sheet.add({{std::to_string(entry.number), {}, {}, ordered(entry.number)},
               time_cell(entry.at, words),
               named.actor(deed),
               {deed_words(deed.verb, words)},
               named.object(deed),
               named.detail(deed)});
  }
  Listing out{"audit", "/admin/audit", std::move(sheet)};
  out.older = entries.size() == static_cast<size_t>(k_rows) ? entries.back().number : 0;
  return out;
}

}  // namespace

void add_audit(const Site& site, http::Router& router) {
  add_listing(site, router, "/admin/audit", http::Right::see_audit,
              [&site](const http::Request& request, const Words& words, Rows rows) {
                return audit_listing(site, request, words, rows);
              });
}

}  // namespace pitchblende::pages
