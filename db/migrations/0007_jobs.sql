-- Work for later: names and bytes; who registered for a name does it.

CREATE TABLE job (
  id {key},
  name {text} NOT NULL,
  of {text} NOT NULL,                -- what it is about: one job of a name for each
  body {text} NOT NULL,
  due {text} NOT NULL,
  tries {int} NOT NULL,
  reason {text} NOT NULL,            -- of the last failure
  failed {int} NOT NULL,             -- 1: tried often enough
  revision {int} NOT NULL,           -- counts how often it was said anew
  UNIQUE (name, of)
);
CREATE INDEX job_by_due ON job (failed, due);
