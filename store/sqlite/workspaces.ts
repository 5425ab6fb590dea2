import type { Database } from 'better-sqlite3';
import { FIRST_RUN } from '../../src/feed-list.ts';
import type { FeedDraft, Instant, Workspace } from '../../src/model.ts';
import type { FeedStore } from '../../src/ports.ts';
import { editingOf } from './feed-list.ts';

interface WorkspaceRow {
  id: string;
  adapter: string;
  name: string;
  time_zone: string;
}

/** Workspaces, each created together with its first feed list. */
export function workspaces(database: Database): Pick<FeedStore, 'saveWorkspace' | 'workspaces'> {
  const known = database.prepare<[string], number>('SELECT 1 FROM workspaces WHERE id = ?').pluck();
  const write = database.prepare<[string, string, string, string, Instant]>(
    `INSERT INTO workspaces (id, adapter, name, time_zone, created_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone`,
  );
  const ofAdapter = database.prepare<[string], WorkspaceRow>(
    'SELECT id, adapter, name, time_zone FROM workspaces WHERE adapter = ? ORDER BY name, id',
  );
  const edit = editingOf(database);
  const save = database.transaction((workspace: Workspace, firstFeeds: () => readonly FeedDraft[], at: Instant) => {
    const isNew = known.get(workspace.id) === undefined;
    write.run(workspace.id, workspace.adapter, workspace.name, workspace.timeZone, at);
    for (const feed of isNew ? firstFeeds() : []) edit(workspace.id, { action: 'add', feed }, FIRST_RUN, at);
    return isNew;
  });
  return {
    async saveWorkspace(workspace, firstFeeds, at) {
      return save.immediate(workspace, firstFeeds, at);
    },
    async workspaces(adapter) {
      return ofAdapter.all(adapter).map(({ id, name, time_zone }) => ({ id, adapter, name, timeZone: time_zone }));
    },
  };
}
