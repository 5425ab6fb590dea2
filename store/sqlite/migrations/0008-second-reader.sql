-- Second looks at taggings, one an item; none for those that nobody has looked at.
CREATE TABLE second_looks (
  item_number INTEGER PRIMARY KEY REFERENCES items (number),
  -- items.tagged_at of the tagging that the look was at: another tagging is looked at anew.
  tagged_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('unneeded', 'waiting', 'failed', 'read')),
  at TEXT NOT NULL,
  -- NULL unless it waits.
  next_try_at TEXT,
  -- How it ended, as JSON: written once and read whole.
  look TEXT NOT NULL
) STRICT;
CREATE INDEX second_looks_by_end ON second_looks (at, state) WHERE state <> 'unneeded';

-- Answers by a hash of the text, the model and what it was told, so that the same words are asked about once.
CREATE TABLE second_readings (
  key TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  reading TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX second_readings_by_age ON second_readings (at);

-- Requests by local day.
CREATE TABLE second_reader_days (
  day TEXT PRIMARY KEY,
  requests INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How asking has gone lately: one row, or none before the first failure.
CREATE TABLE second_reader (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  failures INTEGER NOT NULL,
  last_error TEXT,
  held_until TEXT
) STRICT;
