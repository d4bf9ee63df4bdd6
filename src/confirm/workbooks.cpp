#include "confirm/workbooks.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/beginning.hpp"
#include "base/text.hpp"
#include "confirm/confirm_store.hpp"
#include "confirm/errors.hpp"
#include "confirm/workbook/workbook_file.hpp"
#include "confirm/workbook/workbook_sheets.hpp"
#include "confirm/workbook/workbook_store.hpp"
#include "registry/code_words.hpp"
#include "registry/registry.hpp"
#include "registry/upkeep.hpp"

namespace pitchblende::confirm {

namespace {

using registry::Card;
using registry::FieldType;
using registry::Kind;
using store::Connection;
using store::Transaction;

constexpr std::array<Kind, 4> k_kinds{Kind::person, Kind::team, Kind::platform, Kind::equipment};
constexpr size_t k_rows_at_a_time = 100;  // cards whose cells are stored in one piece

bool is_whole(Kind kind) { return kind == Kind::organisation || kind == Kind::team || kind == Kind::platform; }

// Rule 23: of a cell of which something cannot be taken nothing is: a value that was to be replaced stays.
void take_cells_whole(CardOutcome& card) {
  for (CellOutcome& cell : card.cells) {
    const bool held = std::any_of(card.cells.begin(), card.cells.end(), [&](const CellOutcome& other) {
      // A row of a sheet of positions is a cell of its own.
      const bool same = !cell.edit.edit.tenure && other.edit.edit.field == cell.edit.edit.field &&
                        other.edit.edit.lang == cell.edit.edit.lang;
      return same && (other.fate == CellFate::conflict ||
                      (other.fate == CellFate::wrong && other.error && !other.error->is(errors::held)));
    });
    if (held && cell.fate == CellFate::applied) {
      cell.fate = CellFate::wrong;
      cell.error = Error(errors::held);
    }
  }
}

// By which field something new belongs to what its workbook is of.
std::string_view belongs_by(Kind kind, Kind whole) {
  switch (kind) {
    case Kind::person:
      return "positions";
    case Kind::team:
      return "parents";
    case Kind::platform:
      return "hosts";
    default:
      return whole == Kind::platform ? "platforms" : whole == Kind::team ? "teams" : "owners";
  }
}

registry::Record new_record(const CardOutcome& card, Kind whole, const std::string& ref) {
  registry::Record out;
  out.kind = card.kind;
  const registry::FieldId belongs = registry::field(card.kind, belongs_by(card.kind, whole));
  const bool leads_there = registry::description(belongs).scheme.find(registry::name(whole)) != std::string_view::npos;
  bool said = false;
  for (const CellOutcome& cell : card.cells) {
    if (cell.fate == CellFate::applied) {
      const Edit& edit = cell.edit.edit;
      registry::Value value{edit.after, edit.lang, {}};
      out.values.emplace_back(edit.field, edit.tenure ? with_tenure(std::move(value), edit.tenure->after) : value);
      said = said || (edit.field == belongs && (edit.after == ref || edit.tenure));
    }
  }
  if (leads_there && !said) {
    out.add(belongs, ref);
  }
  return out;
}

std::string file_name(std::string_view label, int64_t number) {
  std::string out = beginning(normalised(fold_to_latin(label)), 40);
  std::replace(out.begin(), out.end(), ' ', '-');
  std::erase_if(out, [](char c) { return (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-'; });
  return (out.empty() ? "pitchblende" : out) + "-" + std::to_string(number) + ".xlsx";
}

}  // namespace

std::string_view name(CellFate fate) {
  constexpr std::array<std::string_view, 4> k_names{"applied", "conflict", "wrong", "already"};
  return k_names[static_cast<size_t>(fate)];
}

std::string CellOutcome::why(Language language) const {
  if (error) {
    return error->message(language);
  }
  return !said_then ? std::string() : language == Language::french ? said_then->french : said_then->english;
}

int64_t Reading::count(CellFate fate) const {
  int64_t out = 0;
  for (const CardOutcome& card : changes) {
    out +=
        std::count_if(card.cells.begin(), card.cells.end(), [&](const CellOutcome& cell) { return cell.fate == fate; });
  }
  return out;
}

Result<std::vector<Card>> Workbooks::cards_of(Id whole, const access::Viewer& viewer) const {
  TRY_ASSIGN(const auto ids, registry::belonging_to(m_store, whole, m_clock.today()));
  TRY_ASSIGN(auto cards, registry::Registry(m_store).cards(ids, viewer));
  std::erase_if(cards, [&](const Card& card) {
    return !is_confirmed(card.kind) || !card.page || card.visibility == access::Visibility::nobody;
  });
  std::sort(cards.begin(), cards.end(), [](const Card& a, const Card& b) {
    return std::tie(a.kind, a.label, a.id) < std::tie(b.kind, b.label, b.id);
  });
  return cards;
}

Result<std::map<Kind, int64_t>> Workbooks::counted(Id whole, const access::Viewer& viewer) const {
  TRY_ASSIGN(const auto cards, cards_of(whole, viewer));
  std::map<Kind, int64_t> out;
  for (const Card& card : cards) {
    ++out[card.kind];
  }
  return out;
}

Result<MadeWorkbook> Workbooks::make(Id whole, int64_t account, const access::Viewer& viewer, Language language,
                                     const Also& also) {
  const registry::Registry registry(m_store);
  TRY_ASSIGN(const registry::Found found, registry.find(whole, viewer));
  if (!found.card || !is_whole(found.card->kind)) {
    return fail(errors::whole);
  }
  TRY_ASSIGN(const auto cards, cards_of(found.id, viewer));
  if (cards.empty()) {
    return fail(errors::no_cards);
  }
  WorkbookOut out{0, found.id, found.card->label, m_clock.now_text(), {}};
  std::vector<rows::CellRow> cells;
  for (const Kind kind : k_kinds) {
    std::vector<Card> own;
    std::copy_if(cards.begin(), cards.end(), std::back_inserter(own), [&](const Card& c) { return c.kind == kind; });
    if (!own.empty()) {
      TRY_ASSIGN(std::vector<SheetOut> sheets, sheets_of(registry, kind, own, viewer, language, cells));
      std::move(sheets.begin(), sheets.end(), std::back_inserter(out.sheets));
    }
  }
  TRY_ASSIGN(out.number, m_store.write([&](Transaction& db) -> Result<int64_t> {
    TRY_ASSIGN(const int64_t number, rows::put_workbook(db, found.id, account, m_clock.now_text()));
    TRY(also ? also(db) : Result<void>());
    return number;
  }));
  TRY(remember(out.number, cards, cells));
  TRY_ASSIGN(std::string bytes, workbook_bytes(out));
  return MadeWorkbook{out.number, std::move(bytes), file_name(out.title, out.number),
                      static_cast<int64_t>(cards.size())};
}

// What its cells say goes in pieces: a workbook that was cut off here is never handed out.
Result<void> Workbooks::remember(int64_t workbook, const std::vector<Card>& cards, std::vector<rows::CellRow>& cells) {
  auto cell = cells.begin();
  for (size_t at = 0; at < cards.size(); at += k_rows_at_a_time) {
    std::vector<Id> ids;
    std::vector<rows::CellRow> said;
    for (size_t each = at; each < std::min(at + k_rows_at_a_time, cards.size()); ++each) {
      ids.push_back(cards[each].id);
      for (; cell != cells.end() && cell->card == cards[each].id; ++cell) {
        said.push_back(std::move(*cell));
      }
    }
    TRY(m_store.write([&](Transaction& db) { return rows::put_rows(db, workbook, ids, said); }));
  }
  return {};
}

Result<Reading> Workbooks::read(std::string_view bytes, const std::string& name, std::optional<Id> whole) const {
  TRY_ASSIGN(const auto sheets, sources::read_sheets(bytes, name, {}));
  const auto stamp = stamp_of(sheets);
  TRY_ASSIGN(auto went_out, stamp ? m_store.read([&](Connection& db) { return rows::went_out(db, stamp->first); })
                                  : Result<std::optional<WentOut>>(std::nullopt));
  if (!went_out || went_out->whole != stamp->second) {
    return fail(errors::workbook, name);
  }
  if (whole && *whole != went_out->whole) {
    return fail(errors::anothers);
  }
  std::vector<Id> ids;
  for (const auto& [id, card] : went_out->cards) {
    ids.push_back(id);
  }
  TRY_ASSIGN(const auto cards, registry::Registry(m_store).cards(ids, access::Viewer::everything()));
  for (const Card& card : cards) {
    went_out->cards[card.id].kind = card.kind;
    went_out->cards[card.id].label = card.label;
  }
  Reading out = compare_rows(sheets, *went_out);
  TRY(weigh(out));
  return out;
}

Result<void> Workbooks::weigh(Reading& reading) const {
  for (CardOutcome& card : reading.changes) {
    TRY(card.is_new() ? weigh_new(card) : weigh_card(card));
  }
  return {};
}

// What came back, as the registry says it: a code, a reference. Error: CONFIRM_NOBODY.
Result<void> Workbooks::settle_after(CellEdit& cell) const {
  Edit& edit = cell.edit;
  if (edit.tenure && !cell.typed.empty() && cell.where.empty()) {
    edit.after = edit.before;
    return {};
  }
  edit.after = edit.tenure && !cell.typed.empty() ? cell.where : registry::code_meant(edit.field, cell.typed);
  if (registry::description(edit.field).type == FieldType::link && !edit.after.empty()) {
    TRY_ASSIGN(edit.after, m_confirm.reference_for(edit.field, edit.after));
  }
  return {};
}

// Each value of a new row by itself: those that are wrong are left out.
Result<void> Workbooks::weigh_new(CardOutcome& card) const {
  for (CellOutcome& cell : card.cells) {
    Edit& edit = cell.edit.edit;
    cell.fate = CellFate::applied;
    cell.error.reset();
    const auto settled = [&]() -> Result<void> {
      TRY(settle_after(cell.edit));
      // A card of nothing: it is weighed as the first thing that is said.
      registry::Card nothing;
      nothing.kind = card.kind;
      const Plan one = plan(nothing, {edit}, as_imported);
      if (!one.wrong.empty()) {
        return tl::unexpected(one.wrong.front().error);
      }
      if (!one.judgements.empty()) {
        const registry::Value& value = one.judgements.front().value;
        edit.after = value.text;
        edit.tenure = edit.tenure ? std::optional(TenureEdit{{}, tenure_of(value)}) : std::nullopt;
      }
      return {};
    }();
    if (!settled) {
      cell.fate = CellFate::wrong;
      cell.error = settled.error();
    }
  }
  return {};
}

// What stands where somebody else was quicker; of links their names and dates.
Result<std::vector<std::string>> Workbooks::standing_words(const Card& card, const Conflict& conflict) const {
  if (!conflict.edit.tenure) {
    return conflict.now;
  }
  TRY_ASSIGN(const Called called, called_by(registry::Registry(m_store), card, access::Viewer::everything()));
  std::vector<std::string> out;
  for (const Held& held : held_in(card, conflict.edit.field, called)) {
    const bool dated = !held.tenure.from.empty() || !held.tenure.to.empty();
    out.push_back(held.called + (dated ? " (" + held.tenure.from + " – " + held.tenure.to + ")" : ""));
  }
  return out;
}

// What would become of each cell, one after the other: a card that is gone takes none.
Result<void> Workbooks::weigh_card(CardOutcome& card) const {
  TRY_ASSIGN(const auto now, m_store.read([&](Connection& db) { return registry::edition(db, card.card); }));
  card.label = now ? now->card.label : card.label.empty() ? card.card.text() : card.label;
  for (CellOutcome& cell : card.cells) {
    cell.now.clear();
    cell.error.reset();
    if (const auto settled = settle_after(cell.edit); !settled) {
      cell.fate = CellFate::wrong;
      cell.error = settled.error();
      continue;
    }
    if (!now) {
      cell.fate = CellFate::wrong;
      cell.error = Error(errors::gone);
      continue;
    }
    const Plan one = plan(now->card, {cell.edit.edit}, as_imported);
    if (!one.conflicts.empty()) {
      cell.fate = CellFate::conflict;
      TRY_ASSIGN(cell.now, standing_words(now->card, one.conflicts.front()));
    } else if (!one.wrong.empty()) {
      cell.fate = CellFate::wrong;
      cell.error = one.wrong.front().error;
    } else {
      cell.fate = one.judgements.empty() ? CellFate::already : CellFate::applied;
    }
  }
  take_cells_whole(card);
  return {};
}

// New things are records of this slice: said again under the same name they are the same ones.
Result<void> Workbooks::bring_in(const Reading& reading) {
  const registry::Registry registry(m_store);
  TRY_ASSIGN(const registry::Found whole, registry.find(reading.whole, access::Viewer::everything()));
  TRY_ASSIGN(const std::string ref, registry.reference_to(reading.whole));
  bool any = false;
  for (const CardOutcome& card : reading.changes) {
    if (!card.is_new() || !whole.card) {
      continue;
    }
    any = true;
    pool::Publication publication;
    publication.slice = "confirm";
    publication.record = new_record(card, whole.card->kind, ref);
    publication.record.key =
        hash128_hex(reading.whole.text() + " " + std::string(registry::name(card.kind)) + " " + normalised(card.label))
            .substr(0, 16);
    TRY(m_store.write([&](Transaction& db) { return m_pool.publish(db, publication); }));
  }
  if (any) {
    TRY(m_pool.settle_published());
  }
  return {};
}

int64_t Reading::count_new() const {
  return std::count_if(changes.begin(), changes.end(), [](const CardOutcome& card) { return card.is_new(); });
}

Result<int64_t> Workbooks::keep(const Reading& reading, int64_t account, const Also& also) {
  return m_store.write([&](Transaction& db) -> Result<int64_t> {
    TRY_ASSIGN(const int64_t id, rows::put_reading(db, reading, account, m_clock.now_text()));
    TRY(also ? also(db) : Result<void>());
    return id;
  });
}

Result<Reading> Workbooks::kept(int64_t id) const {
  TRY_ASSIGN(auto there, m_store.read([&](Connection& db) { return rows::reading(db, id); }));
  if (!there) {
    return fail(errors::unknown, std::to_string(id));
  }
  // What became of each cell when it was applied is history; what was cut off on the way is as it stands now.
  if (there->applied.empty()) {
    TRY(weigh(*there));
  } else {
    TRY(name_cards(*there));
  }
  return std::move(*there);
}

Result<void> Workbooks::name_cards(Reading& reading) const {
  std::vector<Id> ids;
  for (const CardOutcome& card : reading.changes) {
    ids.push_back(card.card);
  }
  TRY_ASSIGN(const auto cards, registry::Registry(m_store).cards(ids, access::Viewer::everything()));
  std::map<Id, std::string> labels;
  for (const Card& card : cards) {
    labels.emplace(card.id, card.label);
  }
  for (CardOutcome& card : reading.changes) {
    const auto label = labels.find(card.card);
    card.label = label != labels.end() ? label->second : card.is_new() ? card.label : card.card.text();
  }
  return {};
}

Result<std::vector<Waiting>> Workbooks::waiting() const {
  return m_store.read([](Connection& db) { return rows::waiting(db); });
}

Result<void> Workbooks::begin(int64_t id, const Also& also) {
  TRY_ASSIGN(const auto there, m_store.read([&](Connection& db) { return rows::reading(db, id); }));
  if (!there) {
    return fail(errors::unknown, std::to_string(id));
  }
  return m_store.write([&](Transaction& db) -> Result<void> {
    TRY(rows::note_begun(db, id));
    return also ? also(db) : Result<void>();
  });
}

bool Workbooks::is_applying(int64_t id) const {
  return m_store.read([&](Connection& db) { return rows::is_applying(db, id); }).value_or(false);
}

std::optional<Progress> Workbooks::progress(int64_t id) const {
  const std::lock_guard lock(m_mutex);
  const auto at = m_running.find(id);
  if (at == m_running.end()) {
    return std::nullopt;
  }
  const std::chrono::duration<double> since = std::chrono::steady_clock::now() - at->second.began;
  return Progress{at->second.done, at->second.total, since.count()};
}

void Workbooks::count(int64_t id, int64_t done, int64_t total) {
  const std::lock_guard lock(m_mutex);
  Running& running = m_running.try_emplace(id, Running{0, total, std::chrono::steady_clock::now()}).first->second;
  running.done = done;
}

// Somebody else may have been quicker: then it is weighed anew, and what is left of it tried once more.
Result<void> Workbooks::apply_card(CardOutcome& card, const Author& author) {
  std::vector<Edit> edits;
  for (const CellOutcome& cell : card.cells) {
    if (cell.fate == CellFate::applied) {
      edits.push_back(cell.edit.edit);
    }
  }
  if (edits.empty() || card.is_new()) {
    return {};
  }
  TRY_ASSIGN(const Plan done, m_confirm.correct_card(card.card, edits, author));
  if (!done.is_clean()) {
    TRY(weigh_card(card));
    TRY(m_confirm.correct_card(card.card, done.done, author));
  }
  return {};
}

Result<Reading> Workbooks::apply(int64_t id, const std::string& who, const Also& also) {
  TRY_ASSIGN(Reading out, kept(id));
  if (!out.applied.empty()) {
    return fail(errors::applied, out.applied.substr(0, 10));
  }
  const Author author{who, "workbook " + std::to_string(out.workbook)};
  const auto total = static_cast<int64_t>(out.changes.size());
  count(id, 0, total);
  const auto done = [&]() -> Result<void> {
    TRY(bring_in(out));
    for (size_t at = 0; at < out.changes.size(); ++at) {
      TRY(apply_card(out.changes[at], author));
      count(id, static_cast<int64_t>(at) + 1, total);
    }
    out.applied = m_clock.now_text();
    out.is_applying = false;
    return m_store.write([&](Transaction& db) -> Result<void> {
      TRY(rows::note_applied(db, out, out.applied));
      return also ? also(db) : Result<void>();
    });
  }();
  {
    const std::lock_guard lock(m_mutex);
    m_running.erase(id);
  }
  TRY(done);
  return out;
}

}  // namespace pitchblende::confirm
