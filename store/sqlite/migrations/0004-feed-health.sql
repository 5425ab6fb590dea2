-- How the feed's entries are told apart: 'guid', 'link' or 'reference'; NULL until it is chosen or recognised.
ALTER TABLE feeds ADD COLUMN identity TEXT;
-- The kind of the last failure, and the first failure in a row; NULL after a success.
ALTER TABLE feeds ADD COLUMN failure TEXT;
ALTER TABLE feeds ADD COLUMN failing_since TEXT;
UPDATE feeds SET failing_since = checked_at WHERE error_count > 0;
-- When the source said that it is gone for good.
ALTER TABLE feeds ADD COLUMN gone_at TEXT;
-- Where permanent redirects lead, on how many different days (UTC) that was seen, and the last of them.
ALTER TABLE feeds ADD COLUMN moved_to TEXT;
ALTER TABLE feeds ADD COLUMN moved_days INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN moved_on TEXT;

-- Which items are posted, as JSON; NULL lets all through.
ALTER TABLE feed_listings ADD COLUMN filter TEXT;
-- Filters of a whole list ('all') or of one stream of it.
CREATE TABLE list_filters (
  workspace_id TEXT NOT NULL REFERENCES workspaces (id),
  scope TEXT NOT NULL,
  filter TEXT NOT NULL,
  PRIMARY KEY (workspace_id, scope)
) STRICT, WITHOUT ROWID;

-- Where notices on feeds go: both NULL where nobody chose, notices_off = 1 where they are not wanted.
ALTER TABLE workspaces ADD COLUMN notices_channel TEXT;
ALTER TABLE workspaces ADD COLUMN notices_off INTEGER NOT NULL DEFAULT 0;

-- A known feed suddenly showed mostly entries that look new: they wait until each workspace decides.
CREATE TABLE floods (
  number INTEGER PRIMARY KEY,
  feed_id TEXT NOT NULL REFERENCES feeds (id),
  at TEXT NOT NULL,
  items INTEGER NOT NULL,
  window INTEGER NOT NULL
) STRICT;
CREATE INDEX floods_by_feed ON floods (feed_id);
-- Beside the items and not among their columns: the last column of an item stands behind its long texts.
CREATE TABLE flood_items (
  item_number INTEGER PRIMARY KEY REFERENCES items (number),
  flood_number INTEGER NOT NULL REFERENCES floods (number)
) STRICT;
CREATE INDEX flood_items_by_flood ON flood_items (flood_number);
CREATE TABLE flood_decisions (
  workspace_id TEXT NOT NULL REFERENCES workspaces (id),
  flood_number INTEGER NOT NULL REFERENCES floods (number),
  decision TEXT NOT NULL CHECK (decision IN ('released', 'dismissed')),
  at TEXT NOT NULL,
  PRIMARY KEY (workspace_id, flood_number)
) STRICT, WITHOUT ROWID;

-- What each workspace was told of its feeds. A claim that was never settled may have been told, and is not told again.
CREATE TABLE notices (
  workspace_id TEXT NOT NULL REFERENCES workspaces (id),
  feed_id TEXT NOT NULL REFERENCES feeds (id),
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('claimed', 'told', 'failed')),
  at TEXT NOT NULL,
  -- NULL where it is not tried again.
  next_try_at TEXT,
  PRIMARY KEY (workspace_id, feed_id, kind, key)
) STRICT, WITHOUT ROWID;

-- For the rhythm of a feed, and to find an entry again whose guid and link have changed.
CREATE INDEX items_by_feed ON items (feed_id, occurred_at);
