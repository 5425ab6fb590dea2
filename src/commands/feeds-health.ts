import { z } from 'zod';
import { type Block, paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { feedStates } from '../feed-state.ts';
import type { Instant, ListedFeed } from '../model.ts';
import { plural } from '../plural.ts';
import { showAge, showTime } from '../time.ts';
import { stream } from './options.ts';

export const feedsHealth = defineCommand({
  root: 'feeds',
  verb: 'health',
  description: 'Which sources are read, which fail and why, and when each is tried next',
  options: z.object({ stream: stream.optional() }),
  access: 'anyone',
  examples: ['/feeds health', '/feeds health us'],
  async run(context, { stream: wanted }) {
    const now = context.clock.now();
    const feeds = (await context.store.listFeeds(context.workspace.id)).filter(
      (feed) => !wanted || feed.stream === wanted,
    );
    const { paused, active, failing, unread, read } = feedStates(feeds);
    const section = (name: string, found: readonly ListedFeed[], value: (feed: ListedFeed) => string): Block[] =>
      found.length === 0
        ? []
        : [
            { kind: 'heading', text: name, note: plural(found.length, 'feed') },
            { kind: 'fields', fields: found.map((feed) => ({ name: feed.id, value: value(feed) })) },
          ];
    const blocks = [
      ...section('Failing', failing, (feed) => failure(feed, now, context.timeZone)),
      ...section('Not read yet', unread, () => 'due now'),
      ...section('Paused', paused, (feed) => `since ${showTime(feed.pausedAt ?? now, context.timeZone)}`),
      ...section(
        'Read',
        read,
        (feed) => `${showAge(feed.succeededAt ?? now, now)} ago, next ${showTime(feed.nextCheckAt, context.timeZone)}`,
      ),
    ];
    const title = `Feed health: ${read.length} of ${active.length} read`;
    return reply(
      context,
      title,
      blocks.length > 0 ? blocks : [paragraph('No feeds on this list. /feeds add <url> adds one.')],
      {
        tone: failing.length > 0 ? 'warning' : 'plain',
      },
    );
  },
});

function failure(feed: ListedFeed, now: Instant, timeZone: string): string {
  const last = feed.succeededAt ? `last read ${showAge(feed.succeededAt, now)} ago` : 'never read';
  return `${feed.lastError ?? 'failed'} · ${plural(feed.errorCount, 'time')} in a row · ${last} · next try ${showTime(feed.nextCheckAt, timeZone)}`;
}
