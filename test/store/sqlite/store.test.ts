import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openStore } from '../../../store/sqlite/index.ts';
import { storeContract } from '../../contracts/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'store-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
storeContract('a SQLite file', () => {
  files += 1;
  return openStore(join(folder, `${files}.db`));
});
