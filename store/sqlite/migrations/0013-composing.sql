-- What comes in a channel when nothing moved: 'line' or 'nothing'; NULL where nobody chose, which is one line.
ALTER TABLE subscriptions ADD COLUMN quiet TEXT;

-- What digests were made of, so that they can be made again after a change: channels that got the same share it.
CREATE TABLE compositions (
  number INTEGER PRIMARY KEY,
  -- A hash of what it holds.
  id TEXT NOT NULL UNIQUE,
  -- As JSON; NULL once all its digests are too old to be edited.
  content TEXT,
  -- When the newest of them was claimed.
  used_at TEXT NOT NULL
) STRICT;
CREATE INDEX kept_compositions ON compositions (used_at) WHERE content IS NOT NULL;
CREATE TABLE composed_items (
  item_id TEXT NOT NULL,
  composition_number INTEGER NOT NULL REFERENCES compositions (number),
  PRIMARY KEY (item_id, composition_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX composed_items_by_composition ON composed_items (composition_number);
CREATE TABLE posted_digests (
  delivery_number INTEGER PRIMARY KEY REFERENCES deliveries (number),
  composition_number INTEGER NOT NULL REFERENCES compositions (number),
  -- A hash of the card as it is shown.
  shown TEXT NOT NULL
) STRICT;
CREATE INDEX posted_digests_by_composition ON posted_digests (composition_number);

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
