-- Which partnership was begun with which request: one at most.
CREATE TABLE partnership_request (
  request {int} NOT NULL,
  partnership {int} NOT NULL REFERENCES partnership (id),
  PRIMARY KEY (request)
) {without_rowid};
CREATE INDEX partnership_request_by_partnership ON partnership_request (partnership);
