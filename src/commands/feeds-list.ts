import { z } from 'zod';
import { type Block, paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { filterWords } from '../filter.ts';
import type { ListedFeed, ScopedFilter } from '../model.ts';
import { STREAMS } from '../model.ts';
import { plural } from '../plural.ts';
import { stream } from './options.ts';

export const feedsList = defineCommand({
  root: 'feeds',
  verb: 'list',
  description: 'The sources this workspace watches',
  options: z.object({ stream: stream.optional() }),
  access: 'anyone',
  examples: ['/feeds list', '/feeds list eu'],
  async run(context, { stream: wanted }) {
    const { store, workspace } = context;
    const feeds = (await store.listFeeds(workspace.id)).filter((feed) => !wanted || feed.stream === wanted);
    const scoped = await store.filters(workspace.id);
    const filterOf = (scope: ScopedFilter['scope']) => {
      const found = scoped.find((each) => each.scope === scope);
      return found ? `posted ${filterWords(found.filter)}` : undefined;
    };
    const ofAll = filterOf('all');
    if (feeds.length === 0) {
      return reply(context, 'No feeds', [
        paragraph('Nothing is watched here yet. An admin adds a source with /feeds add <url>.'),
      ]);
    }
    const groups = STREAMS.map((name) => ({ name, found: feeds.filter((feed) => feed.stream === name) }));
    return reply(context, plural(feeds.length, 'feed'), [
      ...(ofAll ? [paragraph(`All feeds: ${ofAll}`)] : []),
      ...groups
        .filter(({ found }) => found.length > 0)
        .flatMap(({ name, found }): Block[] => [
          {
            kind: 'heading',
            text: name,
            note: [plural(found.length, 'feed'), filterOf(name)].filter(Boolean).join(' · '),
          },
          { kind: 'fields', fields: found.map((feed) => ({ name: feed.id, value: describe(feed) })) },
        ]),
    ]);
  },
});

function describe(feed: ListedFeed): string {
  const state = feed.pausedAt ? ' · paused' : feed.errorCount > 0 ? ' · failing, see /feeds health' : '';
  const filter = feed.filter ? ` · posted ${filterWords(feed.filter)}` : '';
  const held = feed.held ? ' · held, see /feeds health' : '';
  return `${feed.title} · ${feed.url}${state}${held}${filter}`;
}
