-- Researchers by their card to whom an institution refuses that for itself alone.

CREATE TABLE institution_refusal (
  account {int} NOT NULL REFERENCES account (id),
  institution {int} NOT NULL,          -- an entity
  made {text} NOT NULL,
  made_by {int} NOT NULL,
  PRIMARY KEY (account, institution)
) {without_rowid};
