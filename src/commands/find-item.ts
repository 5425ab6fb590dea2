import type { CommandContext } from '../command.ts';
import { UserError } from '../errors.ts';
import type { ReadItem } from '../model.ts';

/** The item of an id or link, as the workspace reads it. Throws UserError when none of its feeds brought it. */
export async function findItem({ store, workspace }: CommandContext, reference: string): Promise<ReadItem> {
  const found = await store.findItem(workspace.id, reference);
  if (found) return found;
  throw unseenItem(reference);
}

/** What to say of an id or link that none of the feeds brought. */
export function unseenItem(reference: string): UserError {
  return new UserError(
    `No item “${reference}” has been seen on the feeds of this list. Check the link, look with /barrier search, or see /feeds health.`,
  );
}
