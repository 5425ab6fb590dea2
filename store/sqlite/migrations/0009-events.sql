-- What admins of a workspace said of events. Events are shared; these change what their own workspace reads, and nothing else.

-- Items that stand alone, under an event of their own.
CREATE TABLE event_splits (
  workspace_id TEXT NOT NULL REFERENCES workspaces (id),
  item_number INTEGER NOT NULL REFERENCES items (number) ON DELETE CASCADE,
  event_id TEXT NOT NULL,
  PRIMARY KEY (workspace_id, item_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_splits_by_event ON event_splits (workspace_id, event_id);

-- Events that are one with another: `into_id` is what was said, `shown_id` where that leads to in the end.
CREATE TABLE event_merges (
  workspace_id TEXT NOT NULL REFERENCES workspaces (id),
  event_id TEXT NOT NULL,
  into_id TEXT NOT NULL,
  shown_id TEXT NOT NULL,
  PRIMARY KEY (workspace_id, event_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_merges_by_shown ON event_merges (workspace_id, shown_id);
