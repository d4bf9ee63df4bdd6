-- Who may do what: accounts, links and sessions (hashes of their secrets alone), roles, the audit log.

CREATE TABLE account (
  id {key},
  email {text} NOT NULL UNIQUE,      -- in lower case
  language {text} NOT NULL,
  created {text} NOT NULL
);

CREATE TABLE sign_in_link (
  token_hash {text} PRIMARY KEY,
  email {text} NOT NULL,
  browser_hash {text} NOT NULL,      -- empty: made at the terminal, for any browser
  language {text} NOT NULL,
  next {text} NOT NULL,              -- where to go then: a path of this site
  expires {text} NOT NULL,
  used {text}
) {without_rowid};
CREATE INDEX sign_in_link_by_expiry ON sign_in_link (expires);

CREATE TABLE session (
  id {key},
  token_hash {text} NOT NULL UNIQUE,
  browser_hash {text} NOT NULL,
  account {int} NOT NULL REFERENCES account (id),
  agent {text} NOT NULL,             -- what the browser calls itself
  created {text} NOT NULL,
  last_seen {text} NOT NULL,
  expires {text} NOT NULL,           -- however much it is used
  ended {text}
);
CREATE INDEX session_by_account ON session (account, created);
CREATE INDEX session_by_browser ON session (browser_hash);

CREATE TABLE role_grant (
  id {key},
  account {int} NOT NULL REFERENCES account (id),
  role {text} NOT NULL,
  object {int} NOT NULL,             -- an entity; 0: the whole consortium
  starts {text} NOT NULL,            -- dates; empty: no bound. The last day is one of its days
  ends {text} NOT NULL,
  granted {text} NOT NULL
);
CREATE INDEX role_grant_by_account ON role_grant (account);

-- How often something was tried in a window of time. Buckets are keyed hashes.
CREATE TABLE attempt (
  bucket {text} PRIMARY KEY,
  expires {text} NOT NULL,
  tries {int} NOT NULL
) {without_rowid};
CREATE INDEX attempt_by_expiry ON attempt (expires);

-- Each entry's hash is of the one before and itself: numbers and verbs, nobody's name.
CREATE TABLE audit (
  id {key},
  at {text} NOT NULL,
  actor {int} NOT NULL,              -- an account; 0: the terminal or the program
  verb {text} NOT NULL,
  kind {text} NOT NULL,              -- of the object: account, session, role, letter …
  object {int} NOT NULL,
  detail {text} NOT NULL,            -- a code or an id
  hash {text} NOT NULL
);

-- Where the log ends, under a keyed hash: a tail that is cut away is missed.
CREATE TABLE audit_head (
  id {key},
  entries {int} NOT NULL,
  hash {text} NOT NULL,
  seal {text} NOT NULL
);

-- E-mail to be sent. What is written in a letter is sealed until it has gone, and then forgotten.
CREATE TABLE letter (
  id {key},
  recipient {text} NOT NULL,
  kind {text} NOT NULL,
  content {text} NOT NULL,
  state {text} NOT NULL,             -- waiting, sent, failed, expired
  created {text} NOT NULL,
  due {text} NOT NULL,
  expires {text} NOT NULL,           -- empty: when the retries are at their end
  tries {int} NOT NULL,
  reason {text} NOT NULL             -- of the last try
);
CREATE INDEX letter_by_due ON letter (state, due);
