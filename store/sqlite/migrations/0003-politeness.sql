-- SHA-256 of the last whole document in hex, for servers whose validators lie.
ALTER TABLE feeds ADD COLUMN body_hash TEXT;
-- When a whole document last came: now and then one is asked for without validators.
ALTER TABLE feeds ADD COLUMN document_at TEXT;
-- What the last document said of when to ask, and how often its entries appear; both JSON, written and read whole.
ALTER TABLE feeds ADD COLUMN hints TEXT;
ALTER TABLE feeds ADD COLUMN rhythm TEXT;
CREATE INDEX held_feeds ON feeds (held_until) WHERE held_until IS NOT NULL;
CREATE INDEX feeds_by_hub ON feeds (id) WHERE hints LIKE '%"hub":%';

-- WebSub subscriptions at hubs (W3C Recommendation 2018): one a feed, kept until the hub or the feed goes.
CREATE TABLE pushes (
  feed_id TEXT PRIMARY KEY REFERENCES feeds (id),
  hub TEXT NOT NULL,
  topic TEXT NOT NULL,
  -- The last part of the callback's address: nobody can guess it, and it tells which feed is meant.
  token TEXT NOT NULL UNIQUE,
  secret TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'active', 'denied')),
  tries INTEGER NOT NULL,
  next_try_at TEXT NOT NULL,
  -- NULL until the hub has confirmed.
  expires_at TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX pushes_by_next_try ON pushes (next_try_at);
