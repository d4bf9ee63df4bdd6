-- What somebody keeps for himself on the site, and what he wishes about his card. No name and no address of a person.

-- Absent: as it is for everybody.
CREATE TABLE personal_setting (
  account {key},
  remembers {int} NOT NULL           -- 1: what he looked at is listed for him
);

CREATE TABLE favourite (
  account {int} NOT NULL,
  entity {int} NOT NULL,
  since {text} NOT NULL,
  PRIMARY KEY (account, entity)
) {without_rowid};

-- Kept 30 days.
CREATE TABLE recently_seen (
  account {int} NOT NULL,
  entity {int} NOT NULL,
  at {text} NOT NULL,
  PRIMARY KEY (account, entity)
) {without_rowid};
CREATE INDEX recently_seen_by_time ON recently_seen (at);

CREATE TABLE quick_link (
  id {key},
  account {int} NOT NULL,
  label {text} NOT NULL,
  address {text} NOT NULL,           -- of this site, or http(s)
  UNIQUE (account, address)
);

CREATE TABLE saved_search (
  id {key},
  account {int} NOT NULL,
  name {text} NOT NULL,
  address {text} NOT NULL,           -- below the language: "/search?q=…"
  every {text} NOT NULL,             -- never, daily, weekly: a letter about what is new
  made {text} NOT NULL,
  told {text} NOT NULL,              -- when it last wrote; empty: not yet
  revision {int} NOT NULL,
  UNIQUE (account, address)
);

-- What a search with letters has found so far: nobody is told of a thing twice.
CREATE TABLE told_thing (
  search {int} NOT NULL,
  entity {int} NOT NULL,
  PRIMARY KEY (search, entity)
) {without_rowid};

-- Who says that a card is his, where his address does not prove it.
CREATE TABLE claim (
  account {key},
  entity {int} NOT NULL,
  state {text} NOT NULL,             -- asked, confirmed, refused
  made {text} NOT NULL,
  judged {text} NOT NULL,            -- empty: not yet
  judged_by {int} NOT NULL
);

-- What a person wishes about his page and his data.
CREATE TABLE wish (
  id {key},
  kind {text} NOT NULL,              -- objection, erasure
  entity {int} NOT NULL,             -- 0: of an account that has no card
  account {int} NOT NULL,            -- 0: said by the link of a letter
  made {text} NOT NULL,
  due {text} NOT NULL,               -- a day; an objection is done at once
  state {text} NOT NULL,             -- open, done, refused, taken_back
  decision {int} NOT NULL,           -- of the pool, for an objection
  closed {text} NOT NULL,
  closed_by {int} NOT NULL,
  reason {text} NOT NULL             -- a refusal's
);
CREATE INDEX wish_by_state ON wish (state, due);
CREATE INDEX wish_by_entity ON wish (entity);

-- Whose page has been told to him, once.
CREATE TABLE page_notice (
  entity {key},
  state {text} NOT NULL,             -- sent; no_address: nobody can be told
  at {text} NOT NULL
);

-- Letters that somebody wants no more.
CREATE TABLE letter_refusal (
  recipient {text} NOT NULL,
  kind {text} NOT NULL,
  PRIMARY KEY (recipient, kind)
) {without_rowid};
