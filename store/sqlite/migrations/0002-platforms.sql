-- A channel that two workspaces share (Slack Connect) has one id in both, and each has a subscription of its own.
CREATE TABLE subscriptions_of_workspaces (
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
  -- The channel takes no posts since then, and why; both or neither.
  suspended_at TEXT,
  suspended_reason TEXT,
  created_by TEXT NOT NULL,
  UNIQUE (workspace_id, adapter, channel_id)
) STRICT, WITHOUT ROWID;
INSERT INTO subscriptions_of_workspaces (id, workspace_id, adapter, channel_id, barriers, streams, days, local_time, time_zone,
    next_digest_at, covered_until, paused_at, paused_until, created_by)
  SELECT id, workspace_id, adapter, channel_id, barriers, streams, days, local_time, time_zone,
    next_digest_at, covered_until, paused_at, paused_until, created_by FROM subscriptions;
DROP TABLE subscriptions;
ALTER TABLE subscriptions_of_workspaces RENAME TO subscriptions;
CREATE INDEX subscriptions_by_next_digest ON subscriptions (next_digest_at);

-- What platforms send twice and people press twice is done once; NULL never expires.
CREATE TABLE claimed_keys (
  workspace_id TEXT NOT NULL REFERENCES workspaces (id),
  key TEXT NOT NULL,
  expires_at TEXT,
  PRIMARY KEY (workspace_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX claimed_keys_by_expiry ON claimed_keys (expires_at) WHERE expires_at IS NOT NULL;

-- Command lines that are too long for a platform's buttons, by a hash of the line.
CREATE TABLE command_lines (
  workspace_id TEXT NOT NULL REFERENCES workspaces (id),
  id TEXT NOT NULL,
  line TEXT NOT NULL,
  PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;
