-- What the consortium's members do with companies, from the first contact to the end. Dates "2026-11-24", may be empty.

CREATE TABLE partnership (
  id {key},
  title {text} NOT NULL,
  kind {text} NOT NULL,              -- research, service, licence, chair, framework, other
  stage {text} NOT NULL,             -- contact, talks, negotiation, signed, ended, dropped
  field {text} NOT NULL,
  starts {text} NOT NULL,
  ends {text} NOT NULL,
  amount {int} NOT NULL,             -- euros; -1: not said
  amount_seen {text} NOT NULL,       -- public, consortium, institution, owner
  shown {int} NOT NULL,              -- 1: once signed, the public may know that there is one
  description {text} NOT NULL,       -- for whoever may see it
  note {text} NOT NULL,              -- for the staff alone
  revision {int} NOT NULL,
  made {text} NOT NULL,
  changed {text} NOT NULL
);
CREATE INDEX partnership_by_stage ON partnership (stage, ends);

-- Organisations and teams that are parties, people who run it, the key area that it is part of.
CREATE TABLE partnership_member (
  partnership {int} NOT NULL REFERENCES partnership (id),
  part {text} NOT NULL,              -- party, person, area
  entity {int} NOT NULL,
  place {int} NOT NULL,              -- in the order given
  PRIMARY KEY (partnership, part, entity)
) {without_rowid};
CREATE INDEX partnership_member_by_entity ON partnership_member (entity);

CREATE TABLE partnership_event (
  id {key},
  partnership {int} NOT NULL REFERENCES partnership (id),
  at {text} NOT NULL,
  account {int} NOT NULL,
  stage {text} NOT NULL,             -- what it became; empty: it was edited
  note {text} NOT NULL
);
CREATE INDEX partnership_event_by_partnership ON partnership_event (partnership, id);
