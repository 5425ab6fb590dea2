import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { UserError } from '../errors.ts';
import { feedId } from '../feed-list.ts';
import { previewBlock, readAddress, readOnce } from '../feed-preview.ts';
import { stream } from './options.ts';

const SHOWN = 3;

export const feedsAdd = defineCommand({
  root: 'feeds',
  verb: 'add',
  description: 'Watch another source; it is read first, and its newest items are shown',
  options: z.object({
    url: z.string().describe('The address of the feed'),
    stream: stream.optional(),
    title: z.string().describe('A name of your own for it').optional(),
  }),
  access: 'admin',
  examples: [
    '/feeds add https://www.ntia.gov/rss.xml us',
    '/feeds add https://metr.org/feed.xml stream:analysis title:METR',
  ],
  form: { title: 'Add a feed' },
  async run(context, { url, stream: wanted, title }) {
    const { store, workspace, user, clock } = context;
    const address = readAddress(url);
    const listed = (await store.listFeeds(workspace.id)).find((feed) => feed.url === address);
    if (listed)
      throw new UserError(`${listed.title} is on the list already, as ${listed.id}. /feeds health shows how it does.`);
    const reading = await readOnce(context, address, 'auto');
    const name = title ?? reading.title ?? new URL(address).hostname;
    const change = await store.editFeedList(
      workspace.id,
      {
        action: 'add',
        feed: {
          id: feedId(address),
          kind: 'auto',
          url: address,
          title: name,
          stream: wanted ?? 'analysis',
          broad: true,
          ...(reading.homepage ? { homepage: reading.homepage } : {}),
        },
      },
      user.id,
      clock.now(),
    );
    if (change === undefined) throw new UserError(`${name} was added by someone else a moment ago.`);
    return reply(
      context,
      `Added: ${name}`,
      [
        paragraph(
          `It is ${change.subject} in stream ${wanted ?? 'analysis'}. What it holds now will be searchable but not posted; new items go into the digest.`,
        ),
        ...(reading.items.length > 0
          ? [previewBlock(reading.items, name, SHOWN)]
          : [paragraph('It holds no items at the moment.')]),
        { kind: 'buttons', buttons: [{ label: 'Undo', command: `/feeds undo ${change.id}` }] },
      ],
      { tone: 'good', public: true },
    );
  },
});
