-- Roles that somebody asks for himself, and researchers by their card to whom staff refuses that.

CREATE TABLE role_ask (
  id {key},
  account {int} NOT NULL REFERENCES account (id),
  role {text} NOT NULL,
  object {int} NOT NULL,             -- an entity; 0: the whole consortium
  why {text} NOT NULL,               -- in his words
  made {text} NOT NULL,
  state {text} NOT NULL,             -- asked, granted, declined, taken_back
  judged {text} NOT NULL,
  judged_by {int} NOT NULL           -- an account; 0: nobody yet
);
CREATE INDEX role_ask_by_account ON role_ask (account);
CREATE INDEX role_ask_by_state ON role_ask (state, made);

CREATE TABLE role_refusal (
  account {int} NOT NULL PRIMARY KEY REFERENCES account (id),
  made {text} NOT NULL,
  made_by {int} NOT NULL
) {without_rowid};
