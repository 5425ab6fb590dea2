-- What people who changed something are called, so that the audit trail can name them: ids of platforms say nothing to a reader.
CREATE TABLE people (
  workspace_id TEXT NOT NULL REFERENCES workspaces (id),
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (workspace_id, id)
) STRICT, WITHOUT ROWID;
