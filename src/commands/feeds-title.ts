import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { UserError } from '../errors.ts';
import type { ListedFeed } from '../model.ts';
import type { ListEdit } from '../ports.ts';
import { oneFeed, readFeed, stream } from './options.ts';

const LONGEST_TITLE = 200;

export const feedsTitle = defineCommand({
  root: 'feeds',
  verb: 'title',
  description: 'Give a feed another name on this list',
  options: z.object({
    feed: oneFeed,
    title: z.string().trim().min(1).max(LONGEST_TITLE).describe('The new name').meta({ rest: true }),
  }),
  access: 'admin',
  examples: ['/feeds title us-ntia NTIA press releases'],
  async run(context, { feed: words, title }) {
    const feed = await readFeed(context, words);
    const name = title
      .replace(/^"(.*)"$/, '$1')
      .replace(/\s+/g, ' ')
      .trim();
    if (name === '') throw new UserError('A feed needs a name: /feeds title us-ntia NTIA press releases');
    return edit(context, feed, { action: 'title', feedId: feed.id, title: name }, `It is called ${name} here now.`);
  },
});

export const feedsStream = defineCommand({
  root: 'feeds',
  verb: 'stream',
  description: 'Put a feed into another stream of this list',
  options: z.object({ feed: oneFeed, stream }),
  access: 'admin',
  examples: ['/feeds stream us-ntia us'],
  async run(context, { feed: words, stream: wanted }) {
    const feed = await readFeed(context, words);
    return edit(
      context,
      feed,
      { action: 'stream', feedId: feed.id, stream: wanted },
      `It is in stream ${wanted} now, with all it brought; digests of that stream hold it from now on.`,
    );
  },
});

async function edit(context: CommandContext, feed: ListedFeed, wanted: ListEdit, told: string) {
  const { store, workspace, user, clock } = context;
  const change = await store.editFeedList(workspace.id, wanted, user.id, clock.now());
  if (change === undefined) return reply(context, `Nothing to do: ${feed.title}`, [paragraph('It is so already.')]);
  return reply(
    context,
    `Changed: ${feed.title}`,
    [paragraph(told), { kind: 'buttons', buttons: [{ label: 'Undo', command: `/feeds undo ${change.id}` }] }],
    { tone: 'good', public: true },
  );
}
