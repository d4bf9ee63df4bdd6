-- Companies that the registry does not have are parties by their names; a partnership may take over what a file tells of;
-- what is renewed keeps the period that it had.

CREATE TABLE partnership_named (
  partnership {int} NOT NULL REFERENCES partnership (id),
  name {text} NOT NULL,
  place {int} NOT NULL,              -- in the order given, from 0; -1: it was one
  PRIMARY KEY (partnership, name)
) {without_rowid};

ALTER TABLE partnership ADD COLUMN stands_for {int} NOT NULL DEFAULT 0;       -- a card that it took over; 0: none
ALTER TABLE partnership_event ADD COLUMN renewed {text} NOT NULL DEFAULT '';  -- "2024-01-01/2025-12-31"; empty: not renewed
