-- Whom a decision spoke of: the name as it was printed, and a hash of all the names of that record then. A part's number
-- alone would speak of somebody else once the list is reordered. Empty: the record as such, or decided before this was kept.
ALTER TABLE decision ADD COLUMN name_a {text} NOT NULL DEFAULT '';
ALTER TABLE decision ADD COLUMN list_a {text} NOT NULL DEFAULT '';
ALTER TABLE decision ADD COLUMN name_b {text} NOT NULL DEFAULT '';
ALTER TABLE decision ADD COLUMN list_b {text} NOT NULL DEFAULT '';
