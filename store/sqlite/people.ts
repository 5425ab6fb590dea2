import type { Database } from 'better-sqlite3';
import type { FeedStore } from '../../src/ports.ts';

/** What people who changed something are called. */
export function people(database: Database): Pick<FeedStore, 'savePerson' | 'namesOf'> {
  const save = database.prepare<[string, string, string]>(
    `INSERT INTO people (workspace_id, id, name) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET name = excluded.name WHERE name <> excluded.name`,
  );
  const names = database.prepare<[string, string], { id: string; name: string }>(
    'SELECT id, name FROM people WHERE workspace_id = ? AND id IN (SELECT value FROM json_each(?))',
  );
  return {
    async savePerson(workspaceId, personId, name) {
      save.run(workspaceId, personId, name);
    },
    async namesOf(workspaceId, personIds) {
      return new Map(names.all(workspaceId, JSON.stringify(personIds)).map(({ id, name }) => [id, name]));
    },
  };
}
