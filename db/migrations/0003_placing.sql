-- Organisations and teams whose name, role or place in the hierarchy changed, and what hangs on them has not been looked
-- at yet. `ref` empty: the thing itself; else what led to it before.
CREATE TABLE due_placing (
  entity {int} NOT NULL,
  ref {text} NOT NULL,
  PRIMARY KEY (entity, ref)
) {without_rowid};
