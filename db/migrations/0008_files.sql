-- Attachments: what they are called and whose they are. The bytes stand in the data folder, named by their hash.

CREATE TABLE attachment (
  id {key},
  slice {text} NOT NULL,             -- "requests"
  object {int} NOT NULL,             -- that slice's own number of what it hangs on
  name {text} NOT NULL,              -- as the browser said, cleaned
  type {text} NOT NULL,              -- by its first bytes, never as the browser said
  bytes {int} NOT NULL,
  hash {text} NOT NULL,
  account {int} NOT NULL,            -- who brought it; 0: somebody without an account
  created {text} NOT NULL
);
CREATE INDEX attachment_by_object ON attachment (slice, object);
CREATE INDEX attachment_by_hash ON attachment (hash);
