-- Links of letters that open one conversation to who was written to. Times are seconds of UTC since 1970.

CREATE TABLE request_answer_link (
  token_hash {text} PRIMARY KEY,     -- the link's hash alone is here
  thread {int} NOT NULL REFERENCES request_thread (id),
  email {text} NOT NULL,             -- who was written to, in lower case
  level {text} NOT NULL,             -- as which: owner, substitute, staff
  expires {int} NOT NULL
) {without_rowid};
CREATE INDEX request_answer_link_by_thread ON request_answer_link (thread);
CREATE INDEX request_answer_link_by_expiry ON request_answer_link (expires);
