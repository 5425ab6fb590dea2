import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { feedName, readFeed } from './options.ts';

/** Removing, pausing and resuming differ only in their words. */
const EDITS = {
  remove: {
    description: 'Stop watching a source; what it brought is kept',
    done: 'Removed',
    told: 'It is no longer read. What it brought is kept and comes back with it.',
  },
  pause: { description: 'Stop reading a source for now', done: 'Paused', told: 'It is not read until /feeds resume.' },
  resume: { description: 'Read a paused source again', done: 'Resumed', told: 'It is read again at once.' },
} as const;

function editCommand(action: keyof typeof EDITS) {
  const { description, done, told } = EDITS[action];
  return defineCommand({
    root: 'feeds',
    verb: action,
    description,
    options: z.object({ feed: feedName }),
    access: 'admin',
    examples: [`/feeds ${action} us-ntia`],
    async run(context, { feed: words }) {
      const { store, workspace, user, clock } = context;
      const feed = await readFeed(context, words);
      const change = await store.editFeedList(workspace.id, { action, feedId: feed.id }, user.id, clock.now());
      if (change === undefined)
        return reply(context, `Nothing to do: ${feed.title}`, [paragraph(`It is ${done.toLowerCase()} already.`)]);
      return reply(
        context,
        `${done}: ${feed.title}`,
        [paragraph(told), { kind: 'buttons', buttons: [{ label: 'Undo', command: `/feeds undo ${change.id}` }] }],
        { tone: 'good', public: true },
      );
    },
  });
}

export const feedsRemove = editCommand('remove');
export const feedsPause = editCommand('pause');
export const feedsResume = editCommand('resume');
