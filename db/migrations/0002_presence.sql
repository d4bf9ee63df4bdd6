-- When a record was withdrawn (present 0) and when it came back (1): its history; `record.withdrawn` is only its state now.
CREATE TABLE presence (
  record {int} NOT NULL REFERENCES record (id),
  run {int} NOT NULL REFERENCES run (id),
  present {int} NOT NULL,
  PRIMARY KEY (record, run)
) {without_rowid};
INSERT INTO presence (record, run, present) SELECT id, withdrawn, 0 FROM record WHERE withdrawn IS NOT NULL;
