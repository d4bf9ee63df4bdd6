-- Cards confirmed and corrected by those who know: who was asked, the links that were sent to them, and workbooks that
-- went out and come back.

CREATE TABLE confirm_campaign (
  id {key},
  title {text} NOT NULL,
  chosen {text} NOT NULL,            -- JSON: how its cards were chosen
  note_fr {text} NOT NULL,           -- said in its letters
  note_en {text} NOT NULL,
  days {int} NOT NULL,               -- for which its links hold
  state {text} NOT NULL,             -- draft, sending, sent
  made_by {int} NOT NULL,            -- an account; 0: the terminal
  made {text} NOT NULL,
  sent {text} NOT NULL               -- empty: not yet
);

-- A card that somebody is asked about.
CREATE TABLE confirm_ask (
  id {key},
  campaign {int} NOT NULL REFERENCES confirm_campaign (id),
  card {int} NOT NULL,
  email {text} NOT NULL,             -- empty: nobody's address is known
  language {text} NOT NULL,
  state {text} NOT NULL,             -- unsent, open, confirmed, corrected, revoked
  expires {text} NOT NULL,
  answered {text} NOT NULL,
  letter {int} NOT NULL,             -- the last one; 0: none
  letters {int} NOT NULL,            -- how many were sent
  sent {text} NOT NULL,              -- the last one
  failure {text} NOT NULL            -- why the last one did not arrive, kept when the outbox forgets it
);
CREATE INDEX confirm_ask_by_campaign ON confirm_ask (campaign, email, card);
CREATE INDEX confirm_ask_by_card ON confirm_ask (card);

-- Each letter has links of its own; only their hashes are here.
CREATE TABLE confirm_link (
  token_hash {text} PRIMARY KEY,
  ask {int} NOT NULL REFERENCES confirm_ask (id),
  made {text} NOT NULL
) {without_rowid};
CREATE INDEX confirm_link_by_ask ON confirm_link (ask);

-- A workbook that went out, and what each of its cells said then.
CREATE TABLE confirm_workbook (
  id {key},
  whole {int} NOT NULL,              -- the institution, unit or platform
  made_by {int} NOT NULL,
  made {text} NOT NULL
);
CREATE TABLE confirm_cell (
  workbook {int} NOT NULL REFERENCES confirm_workbook (id),
  card {int} NOT NULL,
  place {text} NOT NULL,             -- "names@fr", "orcid"
  said {text} NOT NULL,              -- JSON: its values with what they carry
  PRIMARY KEY (workbook, card, place)
) {without_rowid};
-- Which cards it held, also those without a value.
CREATE TABLE confirm_row (
  workbook {int} NOT NULL REFERENCES confirm_workbook (id),
  card {int} NOT NULL,
  PRIMARY KEY (workbook, card)
) {without_rowid};

-- A workbook that came back, read and shown, and waits to be applied.
CREATE TABLE confirm_reading (
  id {key},
  workbook {int} NOT NULL REFERENCES confirm_workbook (id),
  made_by {int} NOT NULL,
  made {text} NOT NULL,
  changes {text} NOT NULL,           -- JSON
  applied {text} NOT NULL            -- empty: not yet
);
