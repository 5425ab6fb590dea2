-- What people of a workspace say an item is. One a workspace and item is in force ('confirmed'), and outranks what the rules said
-- wherever that workspace reads; one that it replaced comes back when it is undone.
CREATE TABLE corrections (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  workspace_id TEXT NOT NULL REFERENCES workspaces (id),
  item_number INTEGER NOT NULL REFERENCES items (number),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'replaced', 'refused', 'undone')),
  -- A copy of what `judged` says, for look-ups.
  relevant INTEGER NOT NULL,
  -- The event the item stands in while the rules put it into none; NULL where the correction takes it out.
  event_id TEXT,
  -- The correction that was in force before; NULL where the rules were.
  replaces INTEGER REFERENCES corrections (number),
  proposed_by TEXT NOT NULL,
  proposed_at TEXT NOT NULL,
  decided_by TEXT,
  decided_at TEXT,
  -- Since when it is in force; NULL while it is not.
  in_force_at TEXT,
  words TEXT,
  note TEXT,
  -- What held when it was proposed, and what is right, as JSON: written once and read whole.
  former TEXT NOT NULL,
  judged TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX corrections_in_force ON corrections (workspace_id, item_number) WHERE state = 'confirmed';
CREATE INDEX corrections_by_event ON corrections (workspace_id, event_id) WHERE state = 'confirmed';
CREATE INDEX corrections_by_state ON corrections (workspace_id, state, number);
CREATE INDEX corrections_by_item ON corrections (item_number);

-- What the corrections in force say of barriers, beside `taggings`, so that look-ups by barrier and date read nothing else.
CREATE TABLE corrected_taggings (
  workspace_id TEXT NOT NULL REFERENCES workspaces (id),
  barrier TEXT NOT NULL,
  occurred_at TEXT NOT NULL,
  item_number INTEGER NOT NULL REFERENCES items (number),
  direction TEXT NOT NULL,
  PRIMARY KEY (workspace_id, barrier, occurred_at, item_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX corrected_taggings_by_item ON corrected_taggings (item_number, workspace_id);

-- Each time the items were tagged again by other rules: how far it came, and what moved, as JSON.
CREATE TABLE retag_runs (
  number INTEGER PRIMARY KEY,
  method TEXT NOT NULL,
  started_by TEXT NOT NULL,
  started_at TEXT NOT NULL,
  -- NULL while items are left.
  finished_at TEXT,
  -- The number of the last item that was looked at.
  cursor INTEGER NOT NULL,
  report TEXT NOT NULL
) STRICT;
