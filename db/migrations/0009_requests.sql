-- Who asks whom for what. Times are seconds of UTC since 1970, 0: not yet. What is written is of the two who write.

CREATE TABLE request (
  id {key},
  account {int} NOT NULL,            -- 0: a company, known by its address
  email {text} NOT NULL,             -- in lower case
  name {text} NOT NULL,
  company {text} NOT NULL,
  language {text} NOT NULL,
  kind {text} NOT NULL,              -- access, service, samples, expertise, data, choose
  others {int} NOT NULL,             -- 1: each recipient is told who else was asked
  subject {text} NOT NULL,
  text {text} NOT NULL,
  wanted_by {text} NOT NULL,         -- a date, or empty
  once {text} NOT NULL,              -- of the form: sent twice, it asks once
  made {int} NOT NULL
);
CREATE INDEX request_by_account ON request (account, made);
CREATE INDEX request_by_email ON request (email, made);

-- The conversation with one recipient.
CREATE TABLE request_thread (
  id {key},
  request {int} NOT NULL REFERENCES request (id),
  resource {int} NOT NULL,           -- an entity; 0: the consortium's staff
  level {text} NOT NULL,             -- owner, substitute, staff: who is written to
  state {text} NOT NULL,             -- new, accepted, declined, running, done, withdrawn
  reason {text} NOT NULL,
  revision {int} NOT NULL,
  sent {int} NOT NULL,
  level_since {int} NOT NULL,
  reminded {int} NOT NULL,
  owed_since {int} NOT NULL,         -- since when the asker waits
  answered {int} NOT NULL,           -- the first time
  changed {int} NOT NULL,
  handler {int} NOT NULL,            -- account of who answered last
  UNIQUE (request, resource)
);
CREATE INDEX request_thread_by_resource ON request_thread (resource, sent);
CREATE INDEX request_thread_by_time ON request_thread (sent);
CREATE INDEX request_thread_owed ON request_thread (owed_since) WHERE owed_since > 0;

CREATE TABLE request_message (
  id {key},
  thread {int} NOT NULL REFERENCES request_thread (id),
  at {int} NOT NULL,
  side {text} NOT NULL,              -- asker, recipient, program
  account {int} NOT NULL,
  text {text} NOT NULL               -- of the program: a code
);
CREATE INDEX request_message_by_thread ON request_message (thread, id);

-- Who stands in for who looks after a platform, a team, an instrument.
CREATE TABLE request_substitute (
  resource {int} NOT NULL,
  email {text} NOT NULL,
  set_by {int} NOT NULL,
  at {int} NOT NULL,
  PRIMARY KEY (resource, email)
) {without_rowid};

-- Written by a company whose address is not verified yet: the link's hash alone is here.
CREATE TABLE request_pending (
  token_hash {text} PRIMARY KEY,
  browser_hash {text} NOT NULL,
  email {text} NOT NULL,
  name {text} NOT NULL,
  company {text} NOT NULL,
  language {text} NOT NULL,
  kind {text} NOT NULL,
  others {int} NOT NULL,
  recipients {text} NOT NULL,        -- ids, parted by spaces
  subject {text} NOT NULL,
  text {text} NOT NULL,
  wanted_by {text} NOT NULL,
  expires {int} NOT NULL
) {without_rowid};
CREATE INDEX request_pending_by_expiry ON request_pending (expires);

-- How often something was tried in a window of time. Buckets are keyed hashes.
CREATE TABLE request_try (
  bucket {text} PRIMARY KEY,
  expires {int} NOT NULL,
  tries {int} NOT NULL
) {without_rowid};
CREATE INDEX request_try_by_expiry ON request_try (expires);
