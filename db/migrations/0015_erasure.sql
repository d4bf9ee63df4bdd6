-- What is left of the erased: hashes under the folder's key, by which what comes of them again is known.
CREATE TABLE erased (hash {text} NOT NULL PRIMARY KEY) {without_rowid};

CREATE TABLE erasure (
  id {key},
  entity {int} NOT NULL,
  began {text} NOT NULL,
  finished {text} NOT NULL           -- empty: the index and the file may hold something of him still
);
