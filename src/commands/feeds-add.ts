import { z } from 'zod';
import type { Card } from '../card.ts';
import { paragraph, reply } from '../card.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { UserError } from '../errors.ts';
import { feedId } from '../feed-list.ts';
import { previewBlock, readAddress } from '../feed-preview.ts';
import { foundBlocks, otherButtons, typedOptions } from '../found-source.ts';
import type { Stream } from '../model.ts';
import type { FoundSource } from '../source-finder.ts';
import { stream } from './options.ts';

const SHOWN = 3;

export const feedsAdd = defineCommand({
  root: 'feeds',
  verb: 'add',
  description: 'Watch another source; it is read first, and its newest items are shown',
  options: z.object({
    url: z.string().describe('The address of the feed, or of a page'),
    stream: stream.optional(),
    title: z.string().describe('A name of your own for it').optional(),
  }),
  access: 'admin',
  examples: [
    '/feeds add https://www.ntia.gov/rss.xml us',
    '/feeds add https://metr.org/feed.xml stream:analysis title:METR',
  ],
  form: { title: 'Add a feed' },
  async run(context, { url, stream: wanted = 'analysis', title }) {
    const address = readAddress(url);
    await refuseListed(context, address);
    const found = await context.finder.find(address, context.signal);
    if (found.url !== address) await refuseListed(context, found.url);
    const name = title ?? found.title ?? new URL(address).hostname;
    return found.how === 'list' ? offer(context, found, wanted, name) : add(context, found, wanted, name);
  },
});

async function refuseListed({ store, workspace }: CommandContext, url: string): Promise<void> {
  const listed = (await store.listFeeds(workspace.id)).find((feed) => feed.url === url);
  if (listed)
    throw new UserError(`${listed.title} is on the list already, as ${listed.id}. /feeds health shows how it does.`);
}

/** A list found by its looks is added only once a person has seen what it would bring. */
function offer(context: CommandContext, found: FoundSource, wanted: Stream, name: string): Card {
  const command = `/feeds add ${found.url}${typedOptions({ stream: wanted, title: name })}`;
  return reply(
    context,
    `Not added yet: ${name}`,
    [
      ...foundBlocks(found),
      previewBlock(found.items, name, SHOWN),
      { kind: 'buttons', buttons: [{ label: 'Watch this page', command }] },
    ],
    { tone: 'warning' },
  );
}

async function add(context: CommandContext, found: FoundSource, wanted: Stream, name: string): Promise<Card> {
  const { store, workspace, user, clock } = context;
  const { url, kind, homepage, items } = found;
  const feed = { id: feedId(url), kind, url, title: name, stream: wanted, broad: true };
  const change = await store.editFeedList(
    workspace.id,
    { action: 'add', feed: { ...feed, ...(homepage ? { homepage } : {}) } },
    user.id,
    clock.now(),
  );
  if (change === undefined) throw new UserError(`${name} was added by someone else a moment ago.`);
  return reply(
    context,
    `Added: ${name}`,
    [
      ...foundBlocks(found),
      paragraph(
        `It is ${change.subject} in stream ${wanted}. What it holds now will be searchable but not posted; new items go into the digest.`,
      ),
      ...(items.length > 0 ? [previewBlock(items, name, SHOWN)] : [paragraph('It holds no items at the moment.')]),
      {
        kind: 'buttons',
        buttons: [
          { label: 'Undo', command: `/feeds undo ${change.id}` },
          ...otherButtons(found, typedOptions({ stream: wanted })),
        ],
      },
    ],
    { tone: 'good', public: true },
  );
}
