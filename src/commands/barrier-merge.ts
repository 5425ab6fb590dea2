import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { UserError } from '../errors.ts';
import type { EventEdit } from '../event-ports.ts';
import { findItem } from './find-item.ts';
import { noteMoved } from './note-change.ts';

const OWN_LIST = 'Other workspaces still see it as it was. /feeds history keeps the change.';

const item = z.string().trim().min(1).meta({ suggest: 'item' });
const oneItem = item.describe('The id of an item, or its link');
const twoItems = z.object({
  item: item.describe('The id of an item of one event, or its link'),
  into: item.describe('The id of an item of the other event, or its link'),
});

export const barrierSplit = defineCommand({
  root: 'barrier',
  verb: 'split',
  description: 'Take an item out of its event: it stands alone and is never joined again by itself',
  options: z.object({ item: oneItem }),
  access: 'admin',
  examples: ['/barrier split k3f9q2abcd'],
  async run(context, { item: reference }) {
    const found = await groupedItem(context, reference);
    const together = await context.store.itemsOfEvents(context.workspace.id, [found.eventId]);
    if (together.length < 2) throw new UserError(`“${found.item.title}” stands alone already.`);
    const undo = `/barrier unsplit ${found.item.id}`;
    return mended(context, { action: 'split', itemId: found.item.id }, [found], `Split: ${found.item.title}`, undo);
  },
});

export const barrierUnsplit = defineCommand({
  root: 'barrier',
  verb: 'unsplit',
  description: 'Take back a split: the item joins its event again',
  options: z.object({ item: oneItem }),
  access: 'admin',
  examples: ['/barrier unsplit k3f9q2abcd'],
  async run(context, { item: reference }) {
    const found = await groupedItem(context, reference);
    return mended(
      context,
      { action: 'unsplit', itemId: found.item.id },
      [found],
      `Back in its event: ${found.item.title}`,
    );
  },
});

export const barrierMerge = defineCommand({
  root: 'barrier',
  verb: 'merge',
  description: 'Make one event of the events of two items',
  options: twoItems,
  access: 'admin',
  examples: ['/barrier merge k3f9q2abcd p0d2m7wxyz'],
  async run(context, options) {
    const [found, into] = [await groupedItem(context, options.item), await groupedItem(context, options.into)];
    const undo = `/barrier unmerge ${found.item.id} ${into.item.id}`;
    const edit: EventEdit = { action: 'merge', itemId: found.item.id, intoItemId: into.item.id };
    return mended(context, edit, [found, into], `One event: ${found.item.title} · ${into.item.title}`, undo);
  },
});

export const barrierUnmerge = defineCommand({
  root: 'barrier',
  verb: 'unmerge',
  description: 'Take back a merge: the events of two items are two again',
  options: twoItems,
  access: 'admin',
  examples: ['/barrier unmerge k3f9q2abcd p0d2m7wxyz'],
  async run(context, options) {
    const [found, into] = [await groupedItem(context, options.item), await groupedItem(context, options.into)];
    const edit: EventEdit = { action: 'unmerge', itemId: found.item.id, intoItemId: into.item.id };
    return mended(context, edit, [found, into], `Two events again: ${found.item.title} · ${into.item.title}`);
  },
});

async function groupedItem(context: CommandContext, reference: string) {
  const found = await findItem(context, reference);
  const { eventId, tagged } = found;
  // One that people here call off topic may stand in an event of the rules, which no reading of theirs shows.
  if (eventId === undefined || tagged?.relevant === false) {
    throw new UserError(`“${found.item.title}” is in no event, because it is not about how AI is governed.`);
  }
  return { ...found, eventId };
}

async function mended(
  context: CommandContext,
  edit: EventEdit,
  named: readonly { readonly eventId: string }[],
  title: string,
  undo?: string,
) {
  const { store, workspace, user, clock } = context;
  const events = [...new Set(named.map(({ eventId }) => eventId))];
  const before = await store.itemsOfEvents(workspace.id, events);
  const change = await store.editEvents(workspace.id, edit, user.id, clock.now());
  if (change === undefined) throw new UserError(NOTHING[edit.action]);
  await noteMoved(context, change.id, before);
  return reply(
    context,
    title,
    [paragraph(OWN_LIST), ...(undo ? [{ kind: 'buttons' as const, buttons: [{ label: 'Undo', command: undo }] }] : [])],
    { tone: 'good', public: true },
  );
}

const NOTHING: Readonly<Record<EventEdit['action'], string>> = {
  split: 'The item was split off already. Where another event was merged into its own, try /barrier unmerge.',
  unsplit: 'The item was not split off, so it is where it was. /barrier why shows its event.',
  merge: 'The two items are on one event already.',
  unmerge: 'No merge made one event of the two. Where they were joined by their words, try /barrier split.',
};
