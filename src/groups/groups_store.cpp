#include "groups/groups_store.hpp"

#include "store/numbering.hpp"

namespace pitchblende::groups::rows {

namespace {

using store::Connection;
using store::Row;
using store::Transaction;

using store::id_at;
using store::number;

std::string text_at(const Row& row, int column) { return std::string(row.text(column)); }

constexpr std::string_view k_news =
    "SELECT id, group_id, title_fr, title_en, text_fr, text_en, published, withdrawn, revision FROM group_news ";
constexpr std::string_view k_event =
    "SELECT id, group_id, title_fr, title_en, text_fr, text_en, begins, ends, local_begin, local_end, place, online, "
    "places, closes, local_closes, open, cancelled, revision FROM group_event ";
constexpr std::string_view k_registration = "SELECT event, account, seat, turn FROM group_registration ";

News news_at(const Row& row) {
  News out;
  out.id = row.integer(0);
  out.group = id_at(row, 1);
  out.title = {text_at(row, 2), text_at(row, 3)};
  out.text = {text_at(row, 4), text_at(row, 5)};
  out.published = row.text(6);
  out.is_withdrawn = row.integer(7) == 1;
  out.revision = row.integer(8);
  return out;
}

Event event_at(const Row& row) {
  Event out;
  out.id = row.integer(0);
  out.group = id_at(row, 1);
  out.title = {text_at(row, 2), text_at(row, 3)};
  out.text = {text_at(row, 4), text_at(row, 5)};
  out.begins = row.integer(6);
  out.ends = row.integer(7);
  out.local_begin = row.text(8);
  out.local_end = row.text(9);
  out.place = row.text(10);
  out.online = row.text(11);
  out.places = row.integer(12);
  out.closes = row.integer(13);
  out.local_closes = row.text(14);
  out.is_open = row.integer(15) == 1;
  out.is_cancelled = row.integer(16) == 1;
  out.revision = row.integer(17);
  return out;
}

Registration registration_at(const Row& row) {
  Registration out{row.integer(0), row.integer(1), Seat::registered, row.integer(3)};
  for (const Seat seat : {Seat::waiting, Seat::given_back}) {
    out.seat = row.text(2) == name(seat) ? seat : out.seat;
  }
  return out;
}

}  // namespace

Result<std::optional<Presentation>> presentation(Connection& db, Id group) {
  std::optional<Presentation> out;
  TRY(db.query("SELECT french, english, revision, changed FROM group_text WHERE group_id = ?", {number(group)},
               [&](const Row& row) {
                 out = Presentation{{text_at(row, 0), text_at(row, 1)}, row.integer(2), text_at(row, 3)};
               }));
  return out;
}

Result<void> put(Transaction& db, Id group, const Presentation& presentation, const Hand& hand) {
  TRY(db.execute(
      "INSERT INTO group_text (group_id, french, english, revision, changed, changed_by) VALUES (?, ?, ?, "
      "?, ?, ?) ON CONFLICT (group_id) DO UPDATE SET french = excluded.french, english = excluded.english, "
      "revision = excluded.revision, changed = excluded.changed, changed_by = excluded.changed_by",
      {number(group), std::string_view(presentation.text.french), std::string_view(presentation.text.english),
       presentation.revision + 1, std::string_view(hand.now), hand.account}));
  return {};
}

Result<std::vector<Member>> members(Connection& db, Id group) {
  std::vector<Member> out;
  TRY(db.query("SELECT person, standing, decided FROM group_member WHERE group_id = ? ORDER BY person", {number(group)},
               [&](const Row& row) {
                 out.push_back({id_at(row, 0),
                                row.text(1) == name(Decided::declined) ? Decided::declined : Decided::confirmed,
                                text_at(row, 2)});
               }));
  return out;
}

Result<void> put(Transaction& db, Id group, const Member& member, const Hand& hand) {
  TRY(db.execute(
      "INSERT INTO group_member (group_id, person, standing, decided, decided_by) VALUES (?, ?, ?, ?, ?) ON "
      "CONFLICT (group_id, person) DO UPDATE SET standing = excluded.standing, decided = excluded.decided, "
      "decided_by = excluded.decided_by",
      {number(group), number(member.person), name(member.decided), std::string_view(member.day), hand.account}));
  return {};
}

Result<void> forget_member(Transaction& db, Id group, Id person) {
  TRY(db.execute("DELETE FROM group_member WHERE group_id = ? AND person = ?", {number(group), number(person)}));
  return {};
}

Result<std::vector<News>> news_of(Connection& db, Id group, int64_t limit) {
  std::vector<News> out;
  TRY(db.query(std::string(k_news) + "WHERE group_id = ? ORDER BY published DESC, id DESC LIMIT ?",
               {number(group), limit}, [&](const Row& row) { out.push_back(news_at(row)); }));
  return out;
}

Result<std::optional<News>> news(Connection& db, int64_t id) {
  std::optional<News> out;
  TRY(db.query(std::string(k_news) + "WHERE id = ?", {id}, [&](const Row& row) { out = news_at(row); }));
  return out;
}

Result<int64_t> put(Transaction& db, const News& news, const Hand& hand) {
  int64_t id = news.id;
  if (id == 0) {
    TRY_ASSIGN(id, store::next_id(db, "group_news"));
  }
  TRY(db.execute(
      "INSERT INTO group_news (id, group_id, title_fr, title_en, text_fr, text_en, published, withdrawn, "
      "revision, changed, changed_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
      "SET title_fr = excluded.title_fr, title_en = excluded.title_en, text_fr = excluded.text_fr, text_en "
      "= excluded.text_en, published = excluded.published, withdrawn = excluded.withdrawn, revision = "
      "excluded.revision, changed = excluded.changed, changed_by = excluded.changed_by",
      {id, number(news.group), std::string_view(news.title.french), std::string_view(news.title.english),
       std::string_view(news.text.french), std::string_view(news.text.english), std::string_view(news.published),
       int64_t{news.is_withdrawn}, news.revision + 1, std::string_view(hand.now), hand.account}));
  return id;
}

Result<std::vector<Event>> events_of(Connection& db, Id group, int64_t after) {
  std::vector<Event> out;
  TRY(db.query(std::string(k_event) + "WHERE group_id = ? AND ends > ? ORDER BY begins, id", {number(group), after},
               [&](const Row& row) { out.push_back(event_at(row)); }));
  return out;
}

Result<std::optional<Event>> event(Connection& db, int64_t id) {
  std::optional<Event> out;
  TRY(db.query(std::string(k_event) + "WHERE id = ?", {id}, [&](const Row& row) { out = event_at(row); }));
  return out;
}

Result<int64_t> put(Transaction& db, const Event& event, const Hand& hand) {
  int64_t id = event.id;
  if (id == 0) {
    TRY_ASSIGN(id, store::next_id(db, "group_event"));
    TRY(
        db.execute("INSERT INTO group_event (id, group_id, title_fr, title_en, text_fr, text_en, begins, ends, "
                   "local_begin, local_end, place, online, places, closes, local_closes, open, cancelled, revision, "
                   "changed, changed_by) VALUES (?, ?, '', '', '', '', 0, 1, '', '', '', '', 0, 0, '', 0, 0, 0, '', 0)",
                   {id, number(event.group)}));
  }
  TRY(db.execute(
      "UPDATE group_event SET title_fr = ?, title_en = ?, text_fr = ?, text_en = ?, begins = ?, ends = ?, "
      "local_begin = ?, local_end = ?, place = ?, online = ?, places = ?, closes = ?, local_closes = ?, open "
      "= ?, cancelled = ?, revision = ?, changed = ?, changed_by = ? WHERE id = ?",
      {std::string_view(event.title.french), std::string_view(event.title.english), std::string_view(event.text.french),
       std::string_view(event.text.english), event.begins, event.ends, std::string_view(event.local_begin),
       std::string_view(event.local_end), std::string_view(event.place), std::string_view(event.online), event.places,
       event.closes, std::string_view(event.local_closes), int64_t{event.is_open}, int64_t{event.is_cancelled},
       event.revision + 1, std::string_view(hand.now), hand.account, id}));
  return id;
}

// A row that is written is locked for others, on PostgreSQL too.
Result<void> hold(Transaction& db, int64_t event) {
  TRY(db.execute("UPDATE group_event SET revision = revision WHERE id = ?", {event}));
  return {};
}

Result<std::vector<Registration>> registrations(Connection& db, int64_t event) {
  std::vector<Registration> out;
  TRY(db.query(std::string(k_registration) + "WHERE event = ? ORDER BY turn", {event},
               [&](const Row& row) { out.push_back(registration_at(row)); }));
  return out;
}

Result<std::vector<Registration>> registrations_of(Connection& db, int64_t account) {
  std::vector<Registration> out;
  TRY(db.query(std::string(k_registration) + "WHERE account = ? ORDER BY event", {account},
               [&](const Row& row) { out.push_back(registration_at(row)); }));
  return out;
}

Result<std::vector<Event>> coming(Connection& db, int64_t account, int64_t after) {
  std::vector<Event> out;
  TRY(db.query(std::string(k_event) +
                   "WHERE ends > ? AND cancelled = 0 AND id IN (SELECT event FROM group_registration WHERE account = ? "
                   "AND seat <> 'given_back') ORDER BY begins, id",
               {after, account}, [&](const Row& row) { out.push_back(event_at(row)); }));
  return out;
}

Result<std::vector<Id>> groups_of(Connection& db, Id person) {
  std::vector<Id> out;
  TRY(db.query("SELECT group_id FROM group_member WHERE person = ? AND standing = 'confirmed' ORDER BY group_id",
               {number(person)}, [&](const Row& row) { out.push_back(id_at(row, 0)); }));
  return out;
}

Result<void> put(Transaction& db, const Registration& registration, const std::string& now) {
  TRY(db.execute(
      "INSERT INTO group_registration (event, account, seat, turn, changed) VALUES (?, ?, ?, ?, ?) ON "
      "CONFLICT (event, account) DO UPDATE SET seat = excluded.seat, turn = excluded.turn, changed = "
      "excluded.changed",
      {registration.event, registration.account, name(registration.seat), registration.turn, std::string_view(now)}));
  return {};
}

}  // namespace pitchblende::groups::rows
