#include "pool/curation/subject.hpp"

#include "pool/curation/decisions.hpp"
#include "pool/errors.hpp"

namespace pitchblende::pool {

namespace {

using resolution::MentionRef;
using store::Connection;
using store::Row;

std::string text_of(const MentionRef& ref) { return std::to_string(ref.record) + "/" + std::to_string(ref.part); }

// Those printed on a record; none where it is not known.
Result<std::vector<std::string>> names_of(store::Store& store, int64_t number) {
  std::vector<std::string> names;
  TRY(store.read([&](Connection& db) {
    return db.query("SELECT r.kind, r.key, v.payload FROM record r JOIN version v ON v.id = r.version WHERE r.id = ?",
                    {number}, [&](const Row& row) {
                      const auto kind = registry::kind(row.text(0));
                      const auto record = kind ? registry::decode(*kind, row.text(1), row.text(2))
                                               : Result<registry::Record>(registry::Record{});
                      names = record ? printed_names(*record) : std::vector<std::string>{};
                    });
  }));
  return names;
}

// The name at a part, kept with the decision: the list may be reordered later.
Result<void> keep_name(store::Store& store, Subject& subject) {
  if (subject.end.ref.part == 0) {
    return {};
  }
  TRY_ASSIGN(const std::vector<std::string> names, names_of(store, subject.end.ref.record));
  const auto part = static_cast<size_t>(subject.end.ref.part);
  if (part > names.size()) {
    return fail(errors::unknown_record, subject.asked);
  }
  subject.end.name = names[part - 1];
  subject.end.list = list_hash(names);
  return {};
}

// A record that a person named.
Result<Subject> subject(store::Store& store, const MentionRef& ref) {
  Subject subject;
  subject.asked = text_of(ref);
  bool known = false;
  bool withdrawn = false;
  TRY(store.read([&](Connection& db) {
    return db.query(
        "SELECT e.kind, a.entity, r.withdrawn FROM assignment a JOIN entity e ON e.id = a.entity "
        "JOIN record r ON r.id = a.record WHERE a.record = ? AND a.part = ?",
        {ref.record, int64_t{ref.part}}, [&](const Row& row) {
          known = true;
          withdrawn = !row.is_null(2);
          subject.end.ref = ref;
          subject.entity = row.integer(1);
          subject.kind = registry::kind(row.text(0)).value_or(registry::Kind::person);
        });
  }));
  if (!known || withdrawn) {
    return known ? Result<Subject>(fail(errors::gone, subject.asked)) : tl::unexpected(not_there(store, ref));
  }
  TRY(keep_name(store, subject));
  return subject;
}

// A thing that a person named: its oldest record that is here stands for it, or else its oldest name. `apart_from`: not
// that one.
Result<Subject> subject(store::Store& store, Id id, const MentionRef& apart_from = {}) {
  TRY_ASSIGN(const registry::Found found, registry::Registry(store).find(id, access::Viewer::everything()));
  if (found.presence == registry::Presence::never) {
    return fail(errors::unknown_id, id.text());
  }
  Subject subject;
  subject.asked = id.text();
  subject.whole_thing = true;
  bool known = false;
  TRY(store.read([&](Connection& db) {
    return db.query(
        "SELECT a.record, a.part, e.kind, a.entity FROM assignment a JOIN entity e ON e.id = a.entity "
        "JOIN record r ON r.id = a.record WHERE a.entity = ? AND r.withdrawn IS NULL "
        "AND NOT (a.record = ? AND a.part = ?) "
        "ORDER BY CASE WHEN a.part = 0 THEN 0 ELSE 1 END, a.record, a.part LIMIT 1",
        {number(found.id), apart_from.record, int64_t{apart_from.part}}, [&](const Row& row) {
          known = true;
          subject.end.ref = {row.integer(0), static_cast<int32_t>(row.integer(1))};
          subject.kind = registry::kind(row.text(2)).value_or(registry::Kind::person);
          subject.entity = row.integer(3);
        });
  }));
  if (!known) {
    return apart_from.record == 0 ? fail(errors::gone, id.text()) : fail(errors::nothing_to_leave, text_of(apart_from));
  }
  TRY(keep_name(store, subject));
  return subject;
}

}  // namespace

Error not_there(store::Store& store, const MentionRef& ref) {
  const auto names = names_of(store, ref.record);
  const auto part = static_cast<size_t>(ref.part);
  const bool printed = names && ref.part > 0 && part <= names->size();
  return printed ? Error(errors::nobody, text_of(ref), (*names)[part - 1])
                 : Error(errors::unknown_record, text_of(ref));
}

Result<Subject> first_of(store::Store& store, const Judgement& judgement) {
  return judgement.record_a ? subject(store, *judgement.record_a) : subject(store, judgement.a);
}

Result<Subject> second_of(store::Store& store, const Judgement& judgement, const Subject& a) {
  if (judgement.record_b) {
    return subject(store, *judgement.record_b);
  }
  if (judgement.verdict != Judgement::Verdict::detach) {
    return subject(store, judgement.b);
  }
  const bool from_where_it_stands = judgement.b == Id();
  return subject(store, from_where_it_stands ? id_of(a.entity) : judgement.b, a.end.ref);
}

}  // namespace pitchblende::pool
