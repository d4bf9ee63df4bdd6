// The round-trip workbook: an institution's, unit's or platform's cards go out as one XLSX and come back corrected.
//
// What each cell said is kept when it goes out, so that only what somebody changed counts, and what the registry
// changed meanwhile is said and not overwritten. A Workbooks borrows what it is made of; any thread. Rules 16 to 24.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "confirm/confirm.hpp"
#include "confirm/workbook/workbook_cells.hpp"

namespace pitchblende::confirm {

struct MadeWorkbook {
  int64_t number = 0;
  std::string bytes;
  std::string file;  // a name for it: "institut-essai-3.xlsx"
  int64_t cards = 0;
};

// Where in a file something is wrong.
struct RowFinding {
  std::string sheet;
  int64_t row = 0;  // 0: of the whole sheet
  std::string column;
  Error error;
};

// What becomes of a changed cell.
enum class CellFate : uint8_t { applied, conflict, wrong, already };
std::string_view name(CellFate fate);  // "applied" …: of a dry run, what would be
struct CellOutcome {
  CellEdit edit;
  CellFate fate = CellFate::applied;
  std::vector<std::string> now;  // conflict: what stands
  std::optional<Error> error;    // wrong
  // Of one that was applied, where it was refused: what was said of it then, in both languages.
  std::optional<InBoth> said_then = {};
  std::string why(Language language) const;
};
// A card that a row is of. A row without an id is a new thing: `card` is 0, and its cells say what it is.
struct CardOutcome {
  Id card;
  registry::Kind kind = registry::Kind::person;
  std::string label;
  std::vector<CellOutcome> cells;
  bool is_new() const { return card == Id(); }
};

struct Reading {
  int64_t id = 0;  // kept until it is applied
  int64_t workbook = 0;
  Id whole;
  int64_t read = 0;  // rows; accepted + rejected, always
  int64_t accepted = 0;
  int64_t rejected = 0;
  std::vector<RowFinding> findings;
  std::vector<Id> missing;  // cards of the workbook that no row is of: nothing is done to them
  std::vector<CardOutcome> changes;
  std::string applied;  // when; empty: not yet
  bool is_applying = false;

  int64_t count(CellFate fate) const;
  int64_t count_new() const;
};

// How far applying has come.
struct Progress {
  int64_t done = 0;  // cards
  int64_t total = 0;
  double seconds = 0;  // since it began
  double rate() const { return seconds > 0 ? static_cast<double>(done) / seconds : 0; }
  // Seconds that are left at this rate; 0: not known.
  double left() const { return rate() > 0 ? static_cast<double>(total - done) / rate() : 0; }
};

// One that came back and waits to be applied.
struct Waiting {
  int64_t reading = 0;
  Id whole;
  std::string made;
};

namespace rows {
struct CellRow;
}

class Workbooks {
 public:
  Workbooks(store::Store& store, pool::Pool& pool, Confirm& confirm, const Clock& clock)
      : m_store(store), m_pool(pool), m_confirm(confirm), m_clock(clock) {}

  // With what `viewer` may see; codes are called as pages call them in that language. Errors: CONFIRM_WHOLE,
  // CONFIRM_NO_CARDS, CONFIRM_FILE.
  Result<MadeWorkbook> make(Id whole, int64_t account, const access::Viewer& viewer, Language language,
                            const Also& also);
  // A dry run: what a file that came back would change. `whole`: where it was sent back to; none: wherever it says.
  // Errors: CONFIRM_WORKBOOK, CONFIRM_ANOTHERS, those of sources::read_sheets().
  Result<Reading> read(std::string_view bytes, const std::string& name, std::optional<Id> whole) const;
  // Keeps it, and gives its number.
  Result<int64_t> keep(const Reading& reading, int64_t account, const Also& also);
  // That one, weighed against what stands now. Error: CONFIRM_UNKNOWN.
  Result<Reading> kept(int64_t reading) const;
  // Those that would change something and were not applied, the newest first.
  Result<std::vector<Waiting>> waiting() const;
  // Somebody wants it applied: `also` posts the work. Errors: CONFIRM_UNKNOWN, CONFIRM_APPLIED.
  Result<void> begin(int64_t reading, const Also& also);
  bool is_applying(int64_t reading) const;
  // Where that stands; none: it is not being worked on just now.
  std::optional<Progress> progress(int64_t reading) const;
  // Applies what can be; conflicts and what is wrong stay as they are and are told. What was cut off goes on where it
  // stood. Errors: CONFIRM_UNKNOWN, CONFIRM_APPLIED.
  Result<Reading> apply(int64_t reading, const std::string& who, const Also& also);
  // The cards of a whole that a workbook has, as many of each kind.
  Result<std::map<registry::Kind, int64_t>> counted(Id whole, const access::Viewer& viewer) const;

 private:
  Result<void> weigh(Reading& reading) const;
  Result<void> name_cards(Reading& reading) const;
  Result<void> weigh_card(CardOutcome& card) const;
  Result<void> weigh_new(CardOutcome& card) const;
  Result<void> settle_after(CellEdit& cell) const;
  Result<std::vector<std::string>> standing_words(const registry::Card& card, const Conflict& conflict) const;
  Result<void> remember(int64_t workbook, const std::vector<registry::Card>& cards, std::vector<rows::CellRow>& cells);
  Result<void> bring_in(const Reading& reading);
  Result<std::vector<registry::Card>> cards_of(Id whole, const access::Viewer& viewer) const;

  Result<void> apply_card(CardOutcome& card, const Author& author);
  void count(int64_t reading, int64_t done, int64_t total);

  struct Running {
    int64_t done = 0;
    int64_t total = 0;
    std::chrono::steady_clock::time_point began;
  };
  store::Store& m_store;
  pool::Pool& m_pool;
  Confirm& m_confirm;
  const Clock& m_clock;
  mutable std::mutex m_mutex;
  std::map<int64_t, Running> m_running;
};

}  // namespace pitchblende::confirm
