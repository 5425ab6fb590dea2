import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { plural } from '../plural.ts';
import { feedName, readFeed } from './options.ts';

/** The two answers to the question what to do with entries that looked new all at once. */
const DECISIONS = {
  release: {
    description: 'Post the items that are held because most of a feed looked new at once',
    done: 'Released',
    told: 'The relevant ones go into the next digest.',
  },
  dismiss: {
    description: 'Say that the held items of a feed are old: they stay searchable and are not posted',
    done: 'Dismissed',
    told: 'They stay searchable and are not posted. What comes next is posted as ever.',
  },
} as const;

function decisionCommand(action: keyof typeof DECISIONS) {
  const { description, done, told } = DECISIONS[action];
  return defineCommand({
    root: 'feeds',
    verb: action,
    description,
    options: z.object({ feed: feedName }),
    access: 'admin',
    examples: [`/feeds ${action} us-ntia`],
    async run(context, { feed: words }) {
      const { store, workspace, user, clock } = context;
      const { id, title, held } = await readFeed(context, words);
      const change = await store.editFeedList(workspace.id, { action, feedId: id }, user.id, clock.now());
      if (change === undefined) {
        return reply(context, `Nothing to do: ${title}`, [
          paragraph('None of its items is held, or someone decided before. /feeds history shows who.'),
        ]);
      }
      const undo = { label: 'Undo', command: `/feeds undo ${change.id}` };
      return reply(
        context,
        `${done}: ${plural(held?.items ?? 0, 'item')} of ${title}`,
        [paragraph(told), ...(action === 'dismiss' ? [{ kind: 'buttons' as const, buttons: [undo] }] : [])],
        { tone: 'good', public: true },
      );
    },
  });
}

export const feedsRelease = decisionCommand('release');
export const feedsDismiss = decisionCommand('dismiss');
