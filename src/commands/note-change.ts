/** Notes for posted digests what a command changed in the workspace's reading of their items. */
import type { CommandContext } from '../command.ts';
import type { Correction, ReadItem } from '../model.ts';
import { nameOf } from '../person.ts';

/** A correction that came into force, or out of it: named after who proposed it, or took it back. */
export async function noteCorrected(context: CommandContext, { number, itemId, state, proposedBy }: Correction) {
  if (state !== 'confirmed' && state !== 'undone') return;
  const { store, workspace, user, clock } = context;
  const at = clock.now();
  const actor = state === 'confirmed' ? proposedBy : user.id;
  const by = nameOf(actor, await store.namesOf(workspace.id, [actor]));
  const id = `correction ${number} ${state} at ${at}`;
  await store.queueRevisions({ id, workspaceId: workspace.id, itemIds: [itemId], cause: 'corrected', by, at });
}

/** Those of the items that were read before a change, and are in another event after it. */
export async function noteMoved(context: CommandContext, changeId: string, before: readonly ReadItem[]): Promise<void> {
  const { store, workspace, user, clock } = context;
  const ids = before.map(({ item }) => item.id);
  const after = new Map((await store.itemsById(workspace.id, ids)).map((read) => [read.item.id, read.eventId]));
  const itemIds = before.flatMap(({ item, eventId }) => (after.get(item.id) === eventId ? [] : [item.id]));
  const by = nameOf(user.id, await store.namesOf(workspace.id, [user.id]));
  const change = { id: `change ${changeId}`, workspaceId: workspace.id, itemIds, by };
  await store.queueRevisions({ ...change, cause: 'moved', at: clock.now() });
}
