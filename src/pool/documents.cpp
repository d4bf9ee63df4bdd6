#include "pool/documents.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text.hpp"
#include "pool/affiliations/printed_parts.hpp"
#include "pool/notes.hpp"
#include "registry/said_codes.hpp"

namespace pitchblende::pool {

namespace {

using access::Visibility;
using registry::Attribute;
using registry::Card;
using registry::CardField;
using registry::CardValue;
using registry::FieldType;
using registry::Kind;
using search::Facet;
using store::ColumnType;
using store::Connection;
using store::Row;
using store::Rows;

constexpr int k_deepest = 16;                    // of a hierarchy
constexpr std::string_view k_by_name = "name:";  // begins a link that was given by a name

// Who types the whole of it means this thing, before all that have the words.
bool names_the_thing(Kind kind, const registry::FieldDescription& field) {
  return field.name == registry::description(kind).label_field || field.name == "acronym" || field.name == "label";
}

// Facets that a field's values feed as they stand. Links feed institution, group and place through what they lead to.
std::optional<Facet> facet_of(std::string_view field) {
  struct Fed {
    std::string_view field;
    Facet facet;
  };
  static constexpr std::array<Fed, 27> k_fed = {{{"year", Facet::year},
                                                 {"journal", Facet::journal},
                                                 {"concepts", Facet::concept_},
                                                 {"techniques", Facet::concept_},
                                                 {"skills", Facet::concept_},
                                                 {"themes", Facet::concept_},
                                                 {"diseases", Facet::concept_},
                                                 {"tumour_types", Facet::concept_},
                                                 {"cso", Facet::concept_},
                                                 {"type", Facet::type},
                                                 {"consortium_roles", Facet::role},
                                                 {"commune", Facet::place},
                                                 {"country", Facet::place},
                                                 {"make", Facet::make},
                                                 {"condition", Facet::condition},
                                                 {"open_to", Facet::open_to},
                                                 {"booking", Facet::booking},
                                                 {"capabilities", Facet::capability},
                                                 {"materials", Facet::material},
                                                 {"field", Facet::field},
                                                 {"programme", Facet::programme},
                                                 {"language", Facet::language},
                                                 {"open_access", Facet::open_access},
                                                 {"access", Facet::access},
                                                 {"phase", Facet::phase},
                                                 {"scheme", Facet::scheme},
                                                 {"size", Facet::size}}};
  const auto fed = std::find_if(k_fed.begin(), k_fed.end(), [&](const Fed& each) { return each.field == field; });
  return fed == k_fed.end() ? std::nullopt : std::optional(fed->facet);
}

// What a value of some kinds feeds: the status of a trial or a patent, and not that of an organisation; the end of a
// project, and not that of an event.
std::optional<Facet> facet_of(const registry::FieldDescription& field) {
  if (field.facet && (field.name == "status" || field.name == "keywords")) {
    return field.name == "status" ? Facet::status : Facet::concept_;
  }
  if (field.name == "closes") {
    return Facet::closes;
  }
  if (field.facet && field.name == "to") {
    return Facet::until;
  }
  const auto facet = facet_of(field.name);
  const bool of_some = facet && static_cast<size_t>(*facet) >= search::k_facets_of_all_kinds;
  return of_some && !field.facet ? std::nullopt : facet;
}

bool is_place(Kind kind) {
  return kind == Kind::organisation || kind == Kind::team || kind == Kind::group || kind == Kind::person;
}

// Is where it stands, and not where those work whom it names.
bool is_hosted(Kind kind) { return kind == Kind::platform || kind == Kind::equipment; }

template <typename OnRef>
void refs_of(const Card& card, OnRef&& on_ref) {
  for (const CardField& field : card.fields) {
    const FieldType type = registry::description(field.field).type;
    for (const CardValue& value : field.values) {
      if (value.lost || value.hidden) {
        continue;
      }
      const Visibility visibility = registry::visibility_of(card, field, value);
      if (type == FieldType::link) {
        on_ref(registry::link_key(value.value.text), visibility);
      }
      if (type != FieldType::mention) {
        continue;
      }
      for (const auto& [attribute, text] : value.value.attributes) {
        if (attribute == Attribute::affiliation_id) {
          on_ref(text, visibility);
        } else if (attribute == Attribute::affiliation) {
          houses_in(text, [&](std::string ref) { on_ref(std::move(ref), visibility); });
        }
      }
    }
  }
}

// As two_titles(); a person has one name.
std::string label_in_both(Id id, Kind kind, std::string_view label, std::string_view body) {
  const auto card = body.empty() ? Result<Card>(Card()) : registry::decode_card(id, kind, body);
  const auto in = [&](std::string_view language) {
    const std::string_view name =
        card && !body.empty() ? registry::public_name_in(*card, language) : std::string_view();
    return name.empty() ? label : name;
  };
  return search::two_titles(in("fr"), in("en"));
}

// A place of another kind than an organisation is not taken from an affiliation's words: "Paris" is a town.
bool feeds_institution(Kind kind) { return kind == Kind::organisation || kind == Kind::team; }

void add_facet(Facet facet, std::string value, Visibility visibility, search::Document& out) {
  for (search::FacetValue& known : out.facets) {
    if (known.facet == facet && known.value == value) {
      known.visibility = std::min(known.visibility, visibility);
      return;
    }
  }
  out.facets.push_back({facet, std::move(value), visibility});
}

}  // namespace

Result<std::vector<Documents::Draft>> Documents::load(const std::vector<Id>& ids, std::vector<Id>& gone) {
  Rows rows{{"id", ColumnType::integer}};
  for (const Id id : ids) {
    rows.add(number(id));
  }
  std::vector<Draft> drafts;
  std::set<Id> found;
  Result<void> decoded;
  TRY(m_state.store.read([&](Connection& db) {
    return db.lookup("SELECT c.id, c.kind, c.body FROM {rows} q JOIN card c ON c.id = q.id WHERE c.page = 1", rows,
                     [&](const Row& row) {
                       const auto kind = registry::kind(row.text(1));
                       auto card =
                           registry::decode_card(id_of(row.integer(0)), kind.value_or(Kind::person), row.text(2));
                       if (!card) {
                         decoded = tl::unexpected(card.error());
                       } else if (found.insert(card->id).second) {
                         drafts.push_back({std::move(*card), {}, {}});
                       }
                     });
  }));
  TRY(decoded);
  std::copy_if(ids.begin(), ids.end(), std::back_inserter(gone), [&](Id id) { return !found.contains(id); });
  return drafts;
}

Result<void> Documents::add_people(std::vector<Draft>& drafts) {
  std::unordered_map<int64_t, std::vector<size_t>> of_record;
  Rows rows{{"record", ColumnType::integer}};
  for (size_t at = 0; at < drafts.size(); ++at) {
    const Card& card = drafts[at].card;
    const bool mentions = std::any_of(card.fields.begin(), card.fields.end(), [](const CardField& field) {
      return registry::description(field.field).type == FieldType::mention;
    });
    for (size_t source = 0; mentions && source < card.sources.size(); ++source) {
      of_record[card.sources[source].record].push_back(at);
      rows.add(card.sources[source].record);
    }
  }
  return m_state.store.read([&](Connection& db) {
    return db.lookup(
        "SELECT q.record, a.entity FROM {rows} q JOIN assignment a ON a.record = q.record AND a.part > 0 "
        "JOIN card c ON c.id = a.entity AND c.page = 1 AND c.visibility = 0",
        rows, [&](const Row& row) {
          for (const size_t at : of_record[row.integer(0)]) {
            drafts[at].people.push_back(id_of(row.integer(1)));
          }
        });
  });
}

Result<void> Documents::look_up(const std::vector<Draft>& drafts) {
  std::set<std::string> unknown;
  std::vector<Id> places;
  for (const Draft& draft : drafts) {
    refs_of(draft.card, [&](std::string ref, Visibility) {
      if (!m_targets.contains(ref)) {
        unknown.insert(std::move(ref));
      }
    });
    places.insert(places.end(), draft.people.begin(), draft.people.end());
    places.push_back(draft.card.id);
  }
  Rows rows{{"ref"}};
  for (const std::string& ref : unknown) {
    rows.add(ref);
    m_targets[ref];
  }
  std::set<std::string> ambiguous;
  TRY(m_state.store.read([&](Connection& db) {
    return db.lookup("SELECT q.ref, i.entity FROM {rows} q JOIN identifier i ON i.ref = q.ref", rows,
                     [&](const Row& row) {
                       auto& target = m_targets[std::string(row.text(0))];
                       if (target) {
                         ambiguous.insert(std::string(row.text(0)));
                       }
                       target = id_of(row.integer(1));
                     });
  }));
  for (const std::string& ref : ambiguous) {
    m_targets[ref].reset();
  }
  for (const std::string& ref : unknown) {
    if (const auto& target = m_targets[ref]) {
      places.push_back(*target);
    }
  }
  return look_up_places(std::move(places));
}

Result<void> Documents::look_up_places(std::vector<Id> ids) {
  for (int depth = 0; depth < k_deepest && !ids.empty(); ++depth) {
    Rows rows{{"id", ColumnType::integer}};
    for (const Id id : ids) {
      if (m_places.try_emplace(id).second) {
        rows.add(number(id));
      }
    }
    ids.clear();
    std::map<std::pair<Id, std::string>, std::vector<Id>> above;
    TRY(m_state.store.read([&](Connection& db) -> Result<void> {
      TRY(db.lookup(
          "SELECT c.id, c.kind, c.visibility, c.page, c.label, CASE c.kind WHEN 'person' THEN '' ELSE c.body "
          "END FROM {rows} q JOIN card c ON c.id = q.id",
          rows, [&](const Row& row) {
            Place& place = m_places[id_of(row.integer(0))];
            place.kind = registry::kind(row.text(1)).value_or(Kind::person);
            place.visibility = row.integer(3) != 0 ? static_cast<Visibility>(row.integer(2)) : Visibility::nobody;
            if (place.visibility == Visibility::everyone) {
              place.label = label_in_both(id_of(row.integer(0)), place.kind, row.text(4), row.text(5));
            }
          }));
      return db.lookup(
          "SELECT q.id, l.ref, i.entity FROM {rows} q JOIN link l ON l.source = q.id JOIN identifier i ON i.ref = "
          "l.ref "
          "WHERE l.field IN ('parents', 'positions', 'memberships', 'areas', 'hosts', 'owners', 'teams', 'platforms', "
          "'partners')",
          rows, [&](const Row& row) {
            above[{id_of(row.integer(0)), std::string(row.text(1))}].push_back(id_of(row.integer(2)));
          });
    }));
    // A reference that leads to two things leads nowhere.
    for (const auto& [from, to] : above) {
      if (to.size() == 1) {
        m_places[from.first].above.push_back(to.front());
        ids.push_back(to.front());
      }
    }
  }
  return {};
}

void Documents::add_texts(const Card& card, search::Document& out) {
  std::vector<search::TextField> identifiers;  // last: what a list shows of a hit begins with words
  for (const CardField& field : card.fields) {
    const auto& described = registry::description(field.field);
    const search::TextPart part =
        names_the_thing(card.kind, described) ? search::TextPart::name : search::TextPart::text;
    for (const CardValue& value : field.values) {
      const Visibility visibility = registry::visibility_of(card, field, value);
      if (visibility == Visibility::nobody) {
        continue;
      }
      if (described.weight > 0) {
        out.texts.push_back({value.value.text, value.value.lang, described.weight, visibility, part, described.name});
      } else if (described.type == FieldType::identifier && described.scheme != "local" &&
                 described.scheme != "email") {
        identifiers.push_back({value.value.text, {}, 1, visibility, search::TextPart::text, described.name});
      }
      for (const auto& [attribute, text] : value.value.attributes) {
        if (attribute == Attribute::affiliation) {
          const bool again = std::any_of(out.texts.begin(), out.texts.end(), [&, &said = text](const auto& known) {
            return known.text == said && known.visibility <= visibility;
          });
          if (!again) {
            out.texts.push_back({text, {}, 1, visibility, search::TextPart::text, "affiliation"});
          }
        }
      }
    }
  }
  std::move(identifiers.begin(), identifiers.end(), std::back_inserter(out.texts));
}

void Documents::add_with_ancestors(Id id, Visibility visibility, search::Document& out) {
  std::vector<Id> open{id};
  std::set<Id> seen;
  while (!open.empty() && seen.size() < 256) {
    const Id each = open.back();
    open.pop_back();
    const auto place = m_places.find(each);
    if (!seen.insert(each).second || place == m_places.end() || !is_place(place->second.kind)) {
      continue;
    }
    const Visibility at = std::max(visibility, place->second.visibility);
    if (feeds_institution(place->second.kind) && at != Visibility::nobody) {
      add_facet(Facet::institution, each.text(), at, out);
    } else if (place->second.kind == Kind::group && at != Visibility::nobody) {
      add_facet(Facet::group, each.text(), at, out);
    }
    open.insert(open.end(), place->second.above.begin(), place->second.above.end());
  }
}

void Documents::add_person(Id id, Visibility visibility, search::Document& out) {
  const auto place = m_places.find(id);
  if (place != m_places.end() && place->second.kind == Kind::person && place->second.visibility != Visibility::nobody) {
    add_facet(Facet::person, id.text(), std::max(visibility, place->second.visibility), out);
  }
}

void Documents::add_reference_facets(const std::string& ref, Visibility visibility, search::Document& out) {
  const auto target = m_targets.find(ref);
  if (target != m_targets.end() && target->second && *target->second != out.id) {
    add_person(*target->second, visibility, out);
    add_platform(*target->second, visibility, out);
    if (is_hosted(out.kind)) {
      add_house(*target->second, visibility, out);
    } else {
      add_with_ancestors(*target->second, visibility, out);
    }
  }
}

// docs/rules/search.md, 2.5: as figures count it.
void Documents::add_house(Id id, Visibility visibility, search::Document& out) {
  const auto place = m_places.find(id);
  if (place == m_places.end() || place->second.kind == Kind::person) {
    return;
  }
  if (place->second.kind == Kind::platform) {
    for (const Id host : place->second.above) {
      add_with_ancestors(host, std::max(visibility, place->second.visibility), out);
    }
    return;
  }
  add_with_ancestors(id, visibility, out);
}

void Documents::add_houses_of_people(const Card& card, search::Document& out) {
  if (std::ranges::any_of(out.facets, [](const auto& each) { return each.facet == Facet::institution; })) {
    return;
  }
  refs_of(card, [&](const std::string& ref, Visibility visibility) {
    if (const auto target = m_targets.find(ref); target != m_targets.end() && target->second) {
      add_with_ancestors(*target->second, visibility, out);
    }
  });
}

// The platform that a thing names, or that an instrument which it names belongs to.
void Documents::add_platform(Id id, Visibility visibility, search::Document& out) {
  const auto place = m_places.find(id);
  if (place == m_places.end()) {
    return;
  }
  const Visibility at = std::max(visibility, place->second.visibility);
  if (place->second.kind == Kind::platform && at != Visibility::nobody) {
    add_facet(Facet::platform, id.text(), at, out);
  } else if (place->second.kind == Kind::equipment || place->second.kind == Kind::service) {
    for (const Id above : place->second.above) {
      const auto higher = m_places.find(above);
      if (higher != m_places.end() && higher->second.kind == Kind::platform) {
        add_platform(above, at, out);
      }
    }
  }
}

// Of a concept: what is right above it, where everybody may know of it.
void Documents::add_broader(const registry::Card& card, search::Document& out) {
  const CardField* broader = card.find(registry::field(Kind::concept_, "broader"));
  for (const CardValue& value : broader != nullptr ? broader->values : std::vector<CardValue>()) {
    const auto target = m_targets.find(registry::link_key(value.value.text));
    const Visibility visibility = registry::visibility_of(card, *broader, value);
    if (target != m_targets.end() && target->second && *target->second != card.id && !value.hidden && !value.lost &&
        visibility != Visibility::nobody) {
      add_facet(Facet::broader, target->second->text(), visibility, out);
    }
  }
}

// What a card names in one of its fields, for queries: a group its teams, a company its cluster.
void Documents::add_named(const CardField& field, const CardValue& value, Visibility visibility,
                          search::Document& out) {
  const auto& described = registry::description(field.field);
  const bool is_cluster = described.name == "related" && value.value.get(Attribute::role) == "cluster";
  const bool is_member = out.kind == Kind::group && described.name == "members";
  if (!is_cluster && !is_member) {
    return;
  }
  const std::string_view written = value.value.text;
  const auto target = m_targets.find(registry::link_key(written));
  const bool leads = target != m_targets.end() && target->second.has_value();
  const auto place = leads ? m_places.find(*target->second) : m_places.end();
  if (is_member && place != m_places.end() && place->second.kind == Kind::team) {
    add_facet(Facet::member, target->second->text(), visibility, out);
  } else if (is_cluster && written.starts_with(k_by_name)) {
    add_facet(Facet::cluster, std::string(written.substr(k_by_name.size())), visibility, out);
  } else if (is_cluster && place != m_places.end() && !place->second.label.empty()) {
    add_facet(Facet::cluster, std::string(search::title_in(place->second.label, "fr")), visibility, out);
  }
}

void Documents::add_facets(const Draft& draft, search::Document& out) {
  const Card& card = draft.card;
  refs_of(card, [&](const std::string& ref, Visibility visibility) { add_reference_facets(ref, visibility, out); });
  if (is_hosted(card.kind)) {
    add_houses_of_people(card, out);
  }
  for (const Id person : draft.people) {
    add_person(person, Visibility::everyone, out);
    add_with_ancestors(person, Visibility::everyone, out);
  }
  if (is_place(card.kind)) {
    add_with_ancestors(card.id, card.visibility, out);
  }
  if (card.kind == Kind::concept_) {
    add_broader(card, out);
  }
  const auto town = registry::find_field(card.kind, "commune");
  const bool has_town = town && card.find(*town) != nullptr;
  for (const CardField& field : card.fields) {
    const auto& described = registry::description(field.field);
    const auto facet = facet_of(described);
    if (described.name == "country" && (card.kind == Kind::publication || has_town)) {
      continue;  // where a journal is printed places nothing; a town says more than its country
    }
    for (const CardValue& value : field.values) {
      const Visibility visibility = registry::visibility_of(card, field, value);
      const std::string_view until = value.value.get(Attribute::to);
      const bool ended = !until.empty() && until < m_today.substr(0, until.size());
      if (const std::string_view kind = value.value.get(Attribute::kind);
          described.name == "positions" && !kind.empty() && !ended && visibility != Visibility::nobody) {
        add_facet(Facet::position, std::string(kind), visibility, out);
      }
      if (!ended && !value.lost && !value.hidden && visibility != Visibility::nobody) {
        add_named(field, value, visibility, out);
      }
      if (facet && !(facet == Facet::role && ended) && !value.lost && visibility != Visibility::nobody) {
        const std::string_view text = facet == Facet::year || facet == Facet::until
                                          ? std::string_view(value.value.text).substr(0, 4)
                                          : registry::code_said(field.field, value.value.text);
        add_facet(*facet, std::string(text), visibility, out);
      }
    }
  }
}

search::Document Documents::document(const Draft& draft) {
  const Card& card = draft.card;
  search::Document out;
  out.id = card.id;
  out.kind = card.kind;
  out.visibility = card.visibility;
  out.owners = card.owners;
  const std::string label = registry::public_label(card);
  const auto label_in = [&](std::string_view language) {
    const std::string_view name = registry::public_name_in(card, language);
    return name.empty() ? std::string_view(label) : name;
  };
  out.title = search::two_titles(label_in("fr"), label_in("en"));
  const LabelOfRef label_of = [&](std::string_view ref, Language language) {
    const auto target = m_targets.find(std::string(ref));
    const bool leads = target != m_targets.end() && target->second.has_value();
    const auto place = leads ? m_places.find(*target->second) : m_places.end();
    return place == m_places.end()
               ? std::string()
               : std::string(search::title_in(place->second.label, language == Language::french ? "fr" : "en"));
  };
  out.note = search::two_titles(note_of(card, label_of, Language::french), note_of(card, label_of, Language::english));
  out.sort_text = sort_text_of(card, label);
  out.date = date_of(card);
  add_texts(card, out);
  add_facets(draft, out);
  return out;
}

Result<std::vector<search::Document>> Documents::make(const std::vector<Id>& ids, std::vector<Id>& gone) {
  TRY_ASSIGN(std::vector<Draft> drafts, load(ids, gone));
  TRY(add_people(drafts));
  TRY(look_up(drafts));
  std::vector<search::Document> documents;
  documents.reserve(drafts.size());
  for (const Draft& draft : drafts) {
    documents.push_back(document(draft));
  }
  return documents;
}

}  // namespace pitchblende::pool
