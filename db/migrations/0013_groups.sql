-- What key areas and other groups say of themselves, whom they count as members, and who comes to what they organise.
-- Times are seconds of UTC since 1970, beside the local text that was typed.

CREATE TABLE group_text (
  group_id {key},                    -- an entity
  french {text} NOT NULL,
  english {text} NOT NULL,
  revision {int} NOT NULL,
  changed {text} NOT NULL,
  changed_by {int} NOT NULL          -- an account
);

-- A person whom its leader has looked at: the one decision that stands.
CREATE TABLE group_member (
  group_id {int} NOT NULL,
  person {int} NOT NULL,             -- an entity
  standing {text} NOT NULL,
  decided {text} NOT NULL,           -- a day
  decided_by {int} NOT NULL,
  PRIMARY KEY (group_id, person),
  CHECK (standing IN ('confirmed', 'declined'))
) {without_rowid};

CREATE TABLE group_news (
  id {key},
  group_id {int} NOT NULL,
  title_fr {text} NOT NULL,
  title_en {text} NOT NULL,
  text_fr {text} NOT NULL,
  text_en {text} NOT NULL,
  published {text} NOT NULL,         -- a day
  withdrawn {int} NOT NULL,
  revision {int} NOT NULL,
  changed {text} NOT NULL,
  changed_by {int} NOT NULL
);
CREATE INDEX group_news_by_group ON group_news (group_id, published);

CREATE TABLE group_event (
  id {key},
  group_id {int} NOT NULL,
  title_fr {text} NOT NULL,
  title_en {text} NOT NULL,
  text_fr {text} NOT NULL,
  text_en {text} NOT NULL,
  begins {int} NOT NULL,
  ends {int} NOT NULL,
  local_begin {text} NOT NULL,       -- 2026-03-02T09:00, on the clock of home
  local_end {text} NOT NULL,
  place {text} NOT NULL,
  online {text} NOT NULL,            -- an address, may be empty
  places {int} NOT NULL,             -- 0: as many as come
  closes {int} NOT NULL,             -- until when people register
  local_closes {text} NOT NULL,      -- empty: until it begins
  open {int} NOT NULL,               -- 1: people register here
  cancelled {int} NOT NULL,
  revision {int} NOT NULL,
  changed {text} NOT NULL,
  changed_by {int} NOT NULL,
  CHECK (begins < ends AND closes <= begins AND places >= 0)
);
CREATE INDEX group_event_by_group ON group_event (group_id, begins);

CREATE TABLE group_registration (
  event {int} NOT NULL REFERENCES group_event (id),
  account {int} NOT NULL,
  seat {text} NOT NULL,
  turn {int} NOT NULL,               -- who waits longest has the lowest
  changed {text} NOT NULL,
  PRIMARY KEY (event, account),
  CHECK (seat IN ('registered', 'waiting', 'given_back'))
) {without_rowid};
CREATE INDEX group_registration_by_account ON group_registration (account);
