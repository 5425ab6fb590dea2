import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { UserError } from '../errors.ts';
import { FIRST_RUN } from '../feed-list.ts';
import type { Change } from '../model.ts';
import { FEED_KINDS, IDENTITY_RULES, STREAMS } from '../model.ts';
import type { ListEdit } from '../ports.ts';

const HISTORY = 50;

const filterState = z.object({ include: z.array(z.string()), exclude: z.array(z.string()) });

/** The state of a listed feed as the audit trail keeps it. */
const listedState = z.object({
  id: z.string(),
  kind: z.enum(FEED_KINDS),
  url: z.string(),
  title: z.string(),
  stream: z.enum(STREAMS),
  homepage: z.string().optional(),
  broad: z.boolean(),
  identity: z.enum(IDENTITY_RULES).optional(),
  paused: z.boolean().default(false),
  filter: filterState.optional(),
});

const scopedState = z.object({ scope: z.enum([...STREAMS, 'all']), filter: filterState.optional() });
const routeState = z.object({ route: z.union([z.literal('off'), z.object({ channelId: z.string() })]).optional() });

export const feedsUndo = defineCommand({
  root: 'feeds',
  verb: 'undo',
  description: 'Take back a change of the feed list: the last one, or one by its number',
  options: z.object({ change: z.string().describe('The number of the change, as /feeds history shows it').optional() }),
  access: 'admin',
  examples: ['/feeds undo', '/feeds undo 12'],
  async run(context, { change: id }) {
    const { store, workspace, user, clock } = context;
    const change = id ? await store.findChange(workspace.id, id.replace(/^#/, '')) : await lastUndoable(context);
    if (change === undefined)
      throw new UserError(`There is no change ${id ? `“${id}”` : 'to take back'}. /feeds history shows the changes.`);
    if (change.undoneBy) throw new UserError(`Change #${change.id} was taken back already.`);
    const edit = inverse(change);
    if (edit === undefined && / correction$/.test(change.action))
      throw new UserError(
        `Change #${change.id} is about a tag. Corrections are taken back with /barrier undo; /barrier corrections lists them.`,
      );
    if (edit === undefined) throw new UserError(`Change #${change.id} (${change.action}) cannot be taken back here.`);
    const made = await store.editFeedList(workspace.id, edit, user.id, clock.now());
    if (made === undefined) throw new UserError(`Nothing to take back: ${change.subject} is as it was before already.`);
    await store.markUndone(workspace.id, change.id, made.id);
    return reply(
      context,
      `Undone: ${[...new Set([change.action, change.subject])].join(' ')}`,
      [paragraph('The list is as it was before. /feeds history keeps both changes.')],
      {
        tone: 'good',
        public: true,
      },
    );
  },
});

async function lastUndoable({
  store,
  workspace,
}: {
  store: { history(id: string, limit: number): Promise<Change[]> };
  workspace: { id: string };
}) {
  const history = await store.history(workspace.id, HISTORY);
  const takenBackBy = new Set(history.flatMap((change) => change.undoneBy ?? []));
  return history.find(
    (change) =>
      change.undoneBy === undefined &&
      change.actor !== FIRST_RUN &&
      !takenBackBy.has(change.id) &&
      inverse(change) !== undefined,
  );
}

/** The edit that restores the state before a change; undefined for changes that cannot be taken back, or not here. */
function inverse({ action, subject, before }: Change): ListEdit | undefined {
  switch (action) {
    case 'add':
      return { action: 'remove', feedId: subject };
    case 'pause':
      return { action: 'resume', feedId: subject };
    case 'resume':
      return { action: 'pause', feedId: subject };
    case 'dismiss':
      return { action: 'hold', feedId: subject };
  }
  if (before === undefined) return undefined;
  const state: unknown = JSON.parse(before);
  if (action === 'notices') {
    const { route } = routeState.parse(state);
    return { action, ...(route ? { route } : {}) };
  }
  const scoped = action === 'filter' ? scopedState.safeParse(state) : undefined;
  if (scoped?.success) {
    const { scope, filter } = scoped.data;
    return { action: 'filter', scope, ...(filter ? { filter } : {}) };
  }
  const listed = listedState.safeParse(state);
  return listed.success ? inverseOfListing(action, subject, listed.data) : undefined;
}

function inverseOfListing(
  action: string,
  feedId: string,
  { homepage, identity, filter, ...feed }: z.output<typeof listedState>,
): ListEdit | undefined {
  const ownFilter = filter ? { filter } : {};
  switch (action) {
    case 'remove': {
      const rest = { ...(homepage ? { homepage } : {}), ...(identity ? { identity } : {}), ...ownFilter };
      return { action: 'add', feed: { ...feed, ...rest } };
    }
    case 'title':
      return { action, feedId, title: feed.title };
    case 'stream':
      return { action, feedId, stream: feed.stream };
    case 'move':
      return { action, feedId, url: feed.url };
    case 'filter':
      return { action, feedId, ...ownFilter };
    default:
      return undefined;
  }
}
