-- Pairs that may be one thing, not surely enough to be joined: what `review` asks. Replaced as their things are resolved
-- anew; a full run replaces all.

DROP TABLE IF EXISTS doubt;

CREATE TABLE doubt (
  record_a {int} NOT NULL,
  part_a {int} NOT NULL,
  record_b {int} NOT NULL,
  part_b {int} NOT NULL,
  probability {real} NOT NULL,
  evidence {text} NOT NULL,
  detail {text} NOT NULL,
  PRIMARY KEY (record_a, part_a, record_b, part_b)
) {without_rowid};
CREATE INDEX doubt_by_b ON doubt (record_b, part_b);
