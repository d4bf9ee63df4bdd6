-- Who uses which instrument when. Times are seconds of UTC since 1970; days are local ones, "2026-11-24".

CREATE TABLE bookable (
  instrument {key},                  -- an entity
  how {text} NOT NULL,               -- here, elsewhere, request
  zone {text} NOT NULL,              -- where its clock hangs: Europe/Paris
  address {text} NOT NULL,           -- elsewhere: where people book
  calendar {text} NOT NULL,          -- elsewhere: its iCalendar address, may be empty
  step {int} NOT NULL,               -- minutes: starts and lengths are whole numbers of them
  smallest {int} NOT NULL,           -- minutes
  largest {int} NOT NULL,            -- minutes
  horizon {int} NOT NULL,            -- days ahead
  notice {int} NOT NULL,             -- minutes before the beginning until which a booking is made, moved or cancelled
  trained {int} NOT NULL,            -- 1: only who was trained on it
  confirmed {int} NOT NULL,          -- 1: each booking waits for a yes
  revision {int} NOT NULL
);

CREATE TABLE bookable_hours (
  instrument {int} NOT NULL REFERENCES bookable (instrument),
  weekday {int} NOT NULL,            -- 0: Monday
  opens {int} NOT NULL,              -- minutes after local midnight
  closes {int} NOT NULL,             -- up to 1440
  PRIMARY KEY (instrument, weekday, opens),
  CHECK (weekday BETWEEN 0 AND 6 AND opens >= 0 AND opens < closes AND closes <= 1440)
) {without_rowid};

CREATE TABLE bookable_closure (
  instrument {int} NOT NULL REFERENCES bookable (instrument),
  first_day {text} NOT NULL,
  last_day {text} NOT NULL,          -- closed too
  PRIMARY KEY (instrument, first_day)
) {without_rowid};

CREATE TABLE training (
  account {int} NOT NULL,
  instrument {int} NOT NULL REFERENCES bookable (instrument),
  since {text} NOT NULL,
  until {text} NOT NULL,             -- empty: for good; else its last day
  granted_by {int} NOT NULL,
  granted {text} NOT NULL,
  PRIMARY KEY (account, instrument, since)
) {without_rowid};
CREATE INDEX training_by_instrument ON training (instrument);

-- No two bookings that hold their time can overlap on an instrument, whoever writes this table. Each follows the one
-- before it: names where that one ends, and begins no earlier. An end is followed once only, and the row 'origin' by which
-- an instrument's chain begins follows nothing. So all that hold time stand in one chain, each after the one before.
CREATE TABLE booking (
  id {key},
  instrument {int} NOT NULL REFERENCES bookable (instrument),
  account {int} NOT NULL,
  begins {int} NOT NULL,
  ends {int} NOT NULL,
  state {text} NOT NULL,
  purpose {text} NOT NULL,
  reason {text} NOT NULL,            -- why it was cancelled or declined
  revision {int} NOT NULL,
  made {text} NOT NULL,
  changed {text} NOT NULL,
  changed_by {int} NOT NULL,
  held_until {int},                  -- its end while it holds its time
  follows {int},                     -- held_until of the one before it
  UNIQUE (instrument, held_until),
  UNIQUE (instrument, follows),
  FOREIGN KEY (instrument, follows) REFERENCES booking (instrument, held_until) DEFERRABLE INITIALLY DEFERRED,
  CHECK (state IN ('origin', 'requested', 'confirmed', 'cancelled', 'declined')),
  CHECK ((state IN ('origin', 'requested', 'confirmed')) = (held_until IS NOT NULL)),
  CHECK ((state IN ('requested', 'confirmed')) = (follows IS NOT NULL)),
  CHECK (held_until IS NULL OR held_until = ends),
  CHECK (follows IS NULL OR follows <= begins),
  CHECK (CASE WHEN state = 'origin' THEN begins = 0 AND ends = 0 ELSE 0 <= begins AND begins < ends END)
);
CREATE INDEX booking_by_account ON booking (account, begins);
CREATE INDEX booking_by_time ON booking (instrument, begins);
CREATE INDEX booking_requested ON booking (instrument, begins) WHERE state = 'requested';

-- When instruments that are booked elsewhere are busy, as their calendar last said. Disjoint, in order.
CREATE TABLE busy_elsewhere (
  instrument {int} NOT NULL REFERENCES bookable (instrument),
  begins {int} NOT NULL,
  ends {int} NOT NULL,
  PRIMARY KEY (instrument, begins)
) {without_rowid};

-- When such a calendar was last asked for at its address, and what came of it.
CREATE TABLE calendar_read (
  instrument {key} REFERENCES bookable (instrument),
  at {text} NOT NULL,
  events {int} NOT NULL,             -- accepted
  problem {text} NOT NULL            -- a code and what it names; empty: it was read
);

-- Secret addresses of calendars: hashes alone.
CREATE TABLE calendar_feed (
  id {key},
  token_hash {text} NOT NULL UNIQUE,
  account {int} NOT NULL,            -- whose it is
  instrument {int} NOT NULL,         -- 0: his own bookings
  made {text} NOT NULL
);
CREATE INDEX calendar_feed_by_account ON calendar_feed (account);
