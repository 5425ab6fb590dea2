/** `npm run -s corrections`: all corrections in force as labelled items, one JSON line each, while the bot is not running. */
import { parseArgs } from 'node:util';
import { goldLines } from '../../src/corrections-as-labels.ts';
import { endWith, stopOnSignals } from '../../src/ending.ts';
import { messageOf, UserError } from '../../src/errors.ts';
import { openExisting } from './open-existing.ts';

/** The workspace that was named; undefined for all. Throws UserError. */
function readWorkspace(): string | undefined {
  try {
    return parseArgs({ options: { workspace: { type: 'string' } } }).values.workspace;
  } catch (thrown) {
    throw new UserError(
      `${messageOf(thrown)}. Type: npm run -s corrections, or with -- --workspace slack:T0123 for one.`,
    );
  }
}

async function main(): Promise<number> {
  const workspace = readWorkspace();
  const { store } = await openExisting();
  stopOnSignals(() => undefined);
  try {
    const ids = workspace === undefined ? await store.correctedWorkspaces() : [workspace];
    for (const id of ids) process.stdout.write(goldLines(await store.correctedItems(id)));
    return 0;
  } finally {
    await store.close();
  }
}

endWith(main());
