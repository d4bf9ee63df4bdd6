-- What somebody wrote to those who keep the registry about a card that he holds, with a correction or without one. An
-- ask may now be "remarked" too: answered by a word alone.

CREATE TABLE confirm_word (
  id {key},
  card {int} NOT NULL,
  ask {int} NOT NULL,                -- by whose link it came; 0: by none
  who {text} NOT NULL,               -- an address
  made {text} NOT NULL,
  said {text} NOT NULL,
  alone {int} NOT NULL               -- 1: nothing was corrected with it; else the decisions have it as their reason too
);
CREATE INDEX confirm_word_by_ask ON confirm_word (ask);
CREATE INDEX confirm_word_by_card ON confirm_word (card);
