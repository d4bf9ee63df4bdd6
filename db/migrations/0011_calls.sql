-- Calls for proposals: written for, reviewed, decided, announced. Times are seconds of UTC since 1970.

CREATE TABLE calls (
  id {key},
  state {text} NOT NULL,             -- draft, published
  opens {int} NOT NULL,              -- 0: not published yet
  closes {int} NOT NULL,             -- the first second that is too late
  line {int} NOT NULL,               -- of the committee's sheet: so many stand above it
  sheet {int} NOT NULL,              -- revision of that sheet
  released {int} NOT NULL,           -- when the results were announced; 0: not yet
  made {text} NOT NULL,
  made_by {int} NOT NULL,
  CHECK (state IN ('draft', 'published'))
);

-- What several people write at once: the texts of a call, a proposal, a review, each under a name of its own.
CREATE TABLE call_text (
  owner {text} NOT NULL,             -- call, proposal, review
  id {int} NOT NULL,
  name {text} NOT NULL,
  text {text} NOT NULL,
  changed {text} NOT NULL,
  changed_by {int} NOT NULL,
  PRIMARY KEY (owner, id, name)
) {without_rowid};

CREATE TABLE proposal (
  id {key},
  ref {text} NOT NULL UNIQUE,        -- in addresses: random, so that nobody counts or guesses others
  call {int} NOT NULL REFERENCES calls (id),
  submitted {int} NOT NULL,          -- number of the submission that counts; 0: none
  told {int} NOT NULL,               -- 1: its editors have been written the result
  made {text} NOT NULL,
  made_by {int} NOT NULL
);
CREATE INDEX proposal_by_call ON proposal (call, submitted);

CREATE TABLE proposal_editor (
  proposal {int} NOT NULL REFERENCES proposal (id),
  email {text} NOT NULL,             -- in lower case
  added {text} NOT NULL,
  PRIMARY KEY (proposal, email)
) {without_rowid};
CREATE INDEX proposal_editor_by_email ON proposal_editor (email);

-- Who takes part: things of the registry, or names of those whom it does not know.
CREATE TABLE proposal_party (
  proposal {int} NOT NULL REFERENCES proposal (id),
  party {text} NOT NULL,             -- the id of the thing, or made of the name
  entity {int} NOT NULL,             -- 0: not of the registry
  kind {text} NOT NULL,              -- person, team, organisation
  role {text} NOT NULL,              -- coordinator, participant, partner
  label {text} NOT NULL,             -- as it was called then
  PRIMARY KEY (proposal, party)
) {without_rowid};

-- What was sent, as it was sent, for good.
CREATE TABLE submission (
  proposal {int} NOT NULL REFERENCES proposal (id),
  number {int} NOT NULL,             -- 1, 2…: the last one counts
  receipt {text} NOT NULL UNIQUE,
  at {int} NOT NULL,
  by_account {int} NOT NULL,
  asked {int} NOT NULL,              -- euros
  hash {text} NOT NULL,              -- BLAKE2b-256 of content
  content {text} NOT NULL,
  PRIMARY KEY (proposal, number)
) {without_rowid};

-- Who was asked to review what. Known to who runs the call and to the reviewer alone.
CREATE TABLE review (
  id {key},
  ref {text} NOT NULL UNIQUE,
  proposal {int} NOT NULL REFERENCES proposal (id),
  entity {int} NOT NULL,             -- a person of the registry; 0: nobody of it
  label {text} NOT NULL,
  email {text} NOT NULL,             -- in lower case
  token_hash {text} NOT NULL UNIQUE, -- of the link that answers the invitation
  state {text} NOT NULL,             -- invited, accepted, declined, withdrawn, sent
  due {text} NOT NULL,               -- a day
  reason {text} NOT NULL,            -- why it was declined
  checked {text} NOT NULL,           -- what conflicts were looked for, when, and in what
  invited {text} NOT NULL,
  answered {text} NOT NULL,
  UNIQUE (proposal, email),
  CHECK (state IN ('invited', 'accepted', 'declined', 'withdrawn', 'sent'))
);
CREATE INDEX review_by_email ON review (email);

-- What the committee says, secret until the call is released.
CREATE TABLE verdict (
  proposal {key} REFERENCES proposal (id),
  place {int} NOT NULL,              -- in the order of the sheet; 0: by its score
  outcome {text} NOT NULL,           -- funded, reserve, refused; empty: not said
  granted {int} NOT NULL,            -- euros
  message {text} NOT NULL            -- for its editors
);
