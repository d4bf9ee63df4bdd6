-- Files that were brought through the site, to be tried and applied as a source's.

CREATE TABLE intake (
  id {key},
  account {int} NOT NULL,            -- who brought it
  attachment {int} NOT NULL,
  source {text} NOT NULL,            -- its name; settings as below
  format {text} NOT NULL,            -- of the ready mappings and built-in formats; empty: `mapping`
  mapping {text} NOT NULL,           -- own, TOML
  institution {text} NOT NULL,       -- scope of local keys
  object {int} NOT NULL,             -- the institution; 0: none
  trust {int} NOT NULL,
  licence {text} NOT NULL,
  republish {int} NOT NULL,
  state {text} NOT NULL,             -- waiting, tried, applying, applied, refused, failed, dropped
  accept_withdrawals {int} NOT NULL,
  report {text} NOT NULL,            -- JSON of the last run, dry or not
  revision {int} NOT NULL,
  created {text} NOT NULL,
  changed {text} NOT NULL
);
CREATE INDEX intake_by_source ON intake (source, id);
