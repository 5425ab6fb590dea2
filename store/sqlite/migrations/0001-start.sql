-- Instants are ISO-8601 text in UTC with milliseconds and compare as text; a bare day sorts before every instant of that day.

CREATE TABLE workspaces (
  id TEXT PRIMARY KEY,
  adapter TEXT NOT NULL,
  name TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A feed stays when the last workspace takes it off its list: its id is part of the identity of its items.
CREATE TABLE feeds (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  url TEXT NOT NULL UNIQUE,
  broad INTEGER NOT NULL,
  homepage TEXT,
  etag TEXT,
  last_modified TEXT,
  checked_at TEXT,
  succeeded_at TEXT,
  next_check_at TEXT NOT NULL,
  held_until TEXT,
  error_count INTEGER NOT NULL DEFAULT 0,
  last_error TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE feed_listings (
  workspace_id TEXT NOT NULL REFERENCES workspaces (id),
  feed_id TEXT NOT NULL REFERENCES feeds (id),
  title TEXT NOT NULL,
  stream TEXT NOT NULL,
  added_by TEXT NOT NULL,
  added_at TEXT NOT NULL,
  paused_at TEXT,
  PRIMARY KEY (workspace_id, feed_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_listings_by_feed ON feed_listings (feed_id, paused_at);

-- The long texts stand last, so that reading the other columns does not walk their overflow pages.
CREATE TABLE items (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  feed_id TEXT NOT NULL REFERENCES feeds (id),
  -- The date it counts under: the published one, or fetched_at where that is absent or lies in the future.
  occurred_at TEXT NOT NULL,
  fetched_at TEXT NOT NULL,
  published_at TEXT,
  backlog INTEGER NOT NULL,
  -- NULL until the item is tagged.
  relevant INTEGER,
  tagged_at TEXT,
  -- An event is the items that carry its id, and nothing else; there is no table of events.
  event_id TEXT,
  -- 48 bits of a hash of the link's comparable form, to find an item by any spelling of its link.
  link_hash INTEGER,
  guid TEXT,
  url TEXT,
  language TEXT,
  categories TEXT NOT NULL,
  title TEXT NOT NULL,
  summary TEXT NOT NULL,
  -- All that tagging said, as JSON: it is written once and read whole, and one text reads twice as fast as rows.
  tagged TEXT
) STRICT;
CREATE INDEX items_by_link ON items (link_hash) WHERE link_hash IS NOT NULL;
CREATE INDEX items_by_fetched_at ON items (fetched_at, feed_id);
CREATE INDEX relevant_items_by_date ON items (occurred_at, number, feed_id) WHERE relevant = 1;
CREATE INDEX untagged_items ON items (number) WHERE relevant IS NULL;
-- By number, because entries without any order in an index make each check write a page an entry.
CREATE INDEX ungrouped_items ON items (number) WHERE relevant = 1 AND event_id IS NULL;
CREATE INDEX items_by_event ON items (event_id) WHERE event_id IS NOT NULL;

-- Filled by the program after the items of a check are in, not by triggers: each statement between two of its own makes FTS5
-- write its words out, which costs twice the time.
-- columnsize=0: results are ordered by date, so the sizes that ranking needs are not kept.
CREATE VIRTUAL TABLE items_text USING fts5 (
  title, summary, content = 'items', content_rowid = 'number', columnsize = 0,
  tokenize = "unicode61 remove_diacritics 2"
);
-- Every check adds a small part to the index; merging sixteen of them at a time instead of four rewrites each word less often.
INSERT INTO items_text (items_text, rank) VALUES ('automerge', 16);
INSERT INTO items_text (items_text, rank) VALUES ('crisismerge', 32);

-- What `tagged` says of barriers, for relevant items only, so that look-ups by barrier and date read nothing else.
CREATE TABLE taggings (
  barrier TEXT NOT NULL,
  occurred_at TEXT NOT NULL,
  item_number INTEGER NOT NULL REFERENCES items (number),
  direction TEXT NOT NULL,
  feed_id TEXT NOT NULL,
  event_id TEXT,
  PRIMARY KEY (barrier, occurred_at, item_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX taggings_by_item ON taggings (item_number);

CREATE TABLE subscriptions (
  id TEXT PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspaces (id),
  adapter TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  barriers TEXT NOT NULL,
  streams TEXT NOT NULL,
  days TEXT NOT NULL,
  local_time TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  next_digest_at TEXT NOT NULL,
  covered_until TEXT,
  paused_at TEXT,
  paused_until TEXT,
  created_by TEXT NOT NULL,
  UNIQUE (adapter, channel_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX subscriptions_by_workspace ON subscriptions (workspace_id);
CREATE INDEX subscriptions_by_next_digest ON subscriptions (next_digest_at);

CREATE TABLE deliveries (
  number INTEGER PRIMARY KEY,
  subscription_id TEXT NOT NULL REFERENCES subscriptions (id),
  window_from TEXT NOT NULL,
  window_to TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('claimed', 'sent', 'doubtful', 'failed')),
  events INTEGER NOT NULL,
  claimed_at TEXT NOT NULL,
  settled_at TEXT,
  message_ref TEXT,
  error TEXT,
  UNIQUE (subscription_id, window_to)
) STRICT;
CREATE INDEX open_deliveries ON deliveries (number) WHERE state = 'claimed';

CREATE TABLE delivered_events (
  delivery_number INTEGER NOT NULL REFERENCES deliveries (number),
  position INTEGER NOT NULL,
  event_id TEXT NOT NULL,
  PRIMARY KEY (delivery_number, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivered_events_by_event ON delivered_events (event_id, delivery_number);

CREATE TABLE changes (
  number INTEGER PRIMARY KEY,
  workspace_id TEXT NOT NULL REFERENCES workspaces (id),
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  before TEXT,
  after TEXT,
  undone_by TEXT
) STRICT;
CREATE INDEX changes_by_workspace ON changes (workspace_id, number);
