import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Instant } from '../../src/model.ts';
import type { PressStore } from '../../src/ports.ts';

const ID_LENGTH = 20;

/** Keys that are claimed once, and command lines behind buttons. */
export function presses(database: Database): PressStore {
  const expire = database.prepare<[Instant]>('DELETE FROM claimed_keys WHERE expires_at <= ?');
  const claim = database.prepare<[string, string, Instant | null]>(
    'INSERT INTO claimed_keys (workspace_id, key, expires_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const claimOnce = database.transaction((workspaceId: string, key: string, at: Instant, expiresAt: Instant | null) => {
    expire.run(at);
    return claim.run(workspaceId, key, expiresAt).changes === 1;
  });
  const keep = database.prepare<[string, string, string]>(
    'INSERT INTO command_lines (workspace_id, id, line) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const find = database
    .prepare<[string, string], string>('SELECT line FROM command_lines WHERE workspace_id = ? AND id = ?')
    .pluck();
  return {
    async claimOnce(workspaceId, key, at, expiresAt) {
      return claimOnce.immediate(workspaceId, key, at, expiresAt ?? null);
    },
    async keepLine(workspaceId, line) {
      const id = createHash('sha256').update(line).digest('hex').slice(0, ID_LENGTH);
      keep.run(workspaceId, id, line);
      return id;
    },
    async findLine(workspaceId, id) {
      return find.get(workspaceId, id);
    },
  };
}
