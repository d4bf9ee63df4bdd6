-- Texts of the site that its staff write, each version kept; numbers that are never given twice.

CREATE TABLE texts (
  name {text} NOT NULL,              -- home, about …
  revision {int} NOT NULL,           -- from 1; the last one is shown
  french {text} NOT NULL,            -- Markdown; empty: the text that the program comes with
  english {text} NOT NULL,
  changed {text} NOT NULL,
  changed_by {int} NOT NULL,         -- an account
  PRIMARY KEY (name, revision)
) {without_rowid};

CREATE TABLE numbering (
  name {text} NOT NULL PRIMARY KEY,  -- of a table
  last {int} NOT NULL
) {without_rowid};
INSERT INTO numbering (name, last) SELECT 'job', coalesce(max(id), 0) FROM job;
