-- What sources told us and what people decided. Nothing here can be remade; everything in db/derived can.

CREATE TABLE source (
  id {key},
  name {text} NOT NULL UNIQUE,
  format {text} NOT NULL,
  institution {text} NOT NULL,       -- scope of local keys
  institution_ref {text} NOT NULL,   -- reference of the organisation, may be empty
  trust {int} NOT NULL,              -- higher wins
  licence {text} NOT NULL,
  republish {int} NOT NULL,
  mode {text} NOT NULL,              -- snapshot, feed
  visibility {int} NOT NULL          -- access::Visibility of all that it says
);

CREATE TABLE run (
  id {key},
  source {int} NOT NULL REFERENCES source (id),
  state {text} NOT NULL,             -- staging, applying, done, refused, failed
  started {text} NOT NULL,
  finished {text},
  complete {int} NOT NULL DEFAULT 0,  -- every file was read to its end
  seen {int} NOT NULL DEFAULT 0,
  rejected {int} NOT NULL DEFAULT 0,
  notices {int} NOT NULL DEFAULT 0,
  fresh {int} NOT NULL DEFAULT 0,
  changed {int} NOT NULL DEFAULT 0,
  unchanged {int} NOT NULL DEFAULT 0,
  withdrawn {int} NOT NULL DEFAULT 0
);
CREATE INDEX run_by_source ON run (source, state);

CREATE TABLE run_file (
  run {int} NOT NULL REFERENCES run (id),
  ordinal {int} NOT NULL,
  name {text} NOT NULL,
  bytes {int} NOT NULL,
  problem {text} NOT NULL,           -- empty: read to its end
  PRIMARY KEY (run, ordinal)
);

CREATE TABLE finding (
  run {int} NOT NULL REFERENCES run (id),
  ordinal {int} NOT NULL,
  rejected {int} NOT NULL,           -- 1: the record did not get in; 0: a field was dropped
  file {text} NOT NULL,
  part {text} NOT NULL,
  line {int} NOT NULL,
  record {int} NOT NULL,
  field {text} NOT NULL,
  code {text} NOT NULL,
  message {text} NOT NULL,
  excerpt {text} NOT NULL,
  PRIMARY KEY (run, ordinal)
) {without_rowid};

-- A record's name; what it says stands in its versions. No version: staged by a run that is not applied yet.
CREATE TABLE record (
  id {key},
  source {int} NOT NULL REFERENCES source (id),
  kind {text} NOT NULL,
  key {text} NOT NULL,
  version {int},
  withdrawn {int},                   -- the run that withdrew it
  UNIQUE (source, kind, key)
);

CREATE TABLE version (
  id {key},
  record {int} NOT NULL REFERENCES record (id),
  run {int} NOT NULL REFERENCES run (id),
  hash {text} NOT NULL,
  date {text} NOT NULL,
  payload {text} NOT NULL
);
CREATE INDEX version_by_record ON version (record);

-- What the last run of each source saw. version: the new one to apply; change: 0 unchanged, 1 new, 2 changed, 3 deleted.
CREATE TABLE run_record (
  run {int} NOT NULL REFERENCES run (id),
  record {int} NOT NULL REFERENCES record (id),
  change {int} NOT NULL,
  version {int},
  PRIMARY KEY (run, record)
) {without_rowid};

-- Identity is truth: ids are for ever. redirect: merged into that one.
CREATE TABLE entity (
  id {key},
  kind {text} NOT NULL,
  run {int} NOT NULL,
  redirect {int}
);

CREATE TABLE assignment (
  record {int} NOT NULL REFERENCES record (id),
  part {int} NOT NULL,
  entity {int} NOT NULL REFERENCES entity (id),
  run {int} NOT NULL,
  PRIMARY KEY (record, part)
) {without_rowid};
CREATE INDEX assignment_by_entity ON assignment (entity);

-- What a person decided about records. verdict: same, different, override, hide, verified, undo.
CREATE TABLE decision (
  id {key},
  verdict {text} NOT NULL,
  record_a {int},
  part_a {int},
  record_b {int},
  part_b {int},
  field {text} NOT NULL,
  value {text} NOT NULL,             -- override: the value as in a record's payload
  undoes {int} REFERENCES decision (id),
  who {text} NOT NULL,
  made {text} NOT NULL,
  why {text} NOT NULL
);
CREATE INDEX decision_by_a ON decision (record_a);
CREATE INDEX decision_by_b ON decision (record_b);

-- Work that is due: rows go in with the change that makes them due, and leave with the change that does the work.
CREATE TABLE due_record (record {int} NOT NULL PRIMARY KEY REFERENCES record (id)) {without_rowid};
CREATE TABLE due_entity (entity {int} NOT NULL PRIMARY KEY) {without_rowid};

-- What the program remembers of itself, such as the form of the derived tables.
CREATE TABLE memo (name {text} NOT NULL PRIMARY KEY, value {text} NOT NULL) {without_rowid};
