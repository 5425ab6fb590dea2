-- What comes in a channel when nothing moved: 'line' or 'nothing'; NULL where nobody chose, which is one line.
ALTER TABLE subscriptions ADD COLUMN quiet TEXT;

-- What each digest was made of, as JSON, so that it can be made again after a change; NULL once it is too old for that.
CREATE TABLE posted_digests (
  delivery_number INTEGER PRIMARY KEY REFERENCES deliveries (number),
  composition TEXT
) STRICT;
CREATE INDEX kept_compositions ON posted_digests (delivery_number) WHERE composition IS NOT NULL;
CREATE TABLE posted_items (
  item_id TEXT NOT NULL,
  delivery_number INTEGER NOT NULL REFERENCES posted_digests (delivery_number),
  PRIMARY KEY (item_id, delivery_number)
) STRICT, WITHOUT ROWID;

-- Changes to what a posted digest holds; each is noted once.
CREATE TABLE digest_revisions (
  number INTEGER PRIMARY KEY,
  delivery_number INTEGER NOT NULL REFERENCES posted_digests (delivery_number),
  change TEXT NOT NULL,
  cause TEXT NOT NULL,
  -- A name to show; NULL where nobody made it.
  by TEXT,
  items INTEGER NOT NULL,
  at TEXT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  next_try_at TEXT NOT NULL,
  -- NULL while it waits; 'shown', 'unchanged' or 'impossible'.
  outcome TEXT,
  UNIQUE (delivery_number, change)
) STRICT;
CREATE INDEX waiting_revisions ON digest_revisions (next_try_at) WHERE outcome IS NULL;
