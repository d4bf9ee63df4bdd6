-- Remade by `rebuild` from records, decisions and assignments. A change of this text remakes all of it.

DROP TABLE IF EXISTS card;
DROP TABLE IF EXISTS identifier;
DROP TABLE IF EXISTS link;
DROP TABLE IF EXISTS match_key;
DROP TABLE IF EXISTS change;

CREATE TABLE card (
  id {key},
  kind {text} NOT NULL,
  label {text} NOT NULL,             -- made of what everybody may see
  page {int} NOT NULL,               -- 1: shown; 0: known, but without a page
  visibility {int} NOT NULL,
  body {text} NOT NULL
);
CREATE INDEX card_by_kind ON card (kind, page);

-- Which references lead to an entity: its identifiers, "name:…" for what is linked to by name, and "work:…" for the
-- publication that preprints and errata of that title and first author are about.
CREATE TABLE identifier (
  ref {text} NOT NULL,
  entity {int} NOT NULL,
  PRIMARY KEY (ref, entity)
) {without_rowid};
CREATE INDEX identifier_by_entity ON identifier (entity);

-- Links by reference: one whose target is not there yet resolves when it arrives.
CREATE TABLE link (
  source {int} NOT NULL,             -- the entity that has the field
  ordinal {int} NOT NULL,
  field {text} NOT NULL,
  ref {text} NOT NULL,
  role {text} NOT NULL,
  since {text} NOT NULL,
  until {text} NOT NULL,
  visibility {int} NOT NULL,         -- of the field's value
  PRIMARY KEY (source, ordinal)
) {without_rowid};
CREATE INDEX link_by_ref ON link (ref);

-- Under which mentions meet (resolution's blocking_keys): names, first words and longest words of titles, consonants,
-- make, model and place.
CREATE TABLE match_key (
  hash {int} NOT NULL,
  record {int} NOT NULL,
  part {int} NOT NULL,
  PRIMARY KEY (hash, record, part)
) {without_rowid};

-- Cards in the order in which they changed; the index follows it.
CREATE TABLE change (
  id {key},
  entity {int} NOT NULL
);
