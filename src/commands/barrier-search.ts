import { z } from 'zod';
import { type Entry, paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { itemEntry } from '../entries.ts';
import type { SearchHit, Span } from '../ports.ts';
import { barrierName, readBarrier, readSince, stream } from './options.ts';

const MOST = 10;

/** Characters shown around the first match in a summary. */
const CONTEXT = 70;

export const barrierSearch = defineCommand({
  root: 'barrier',
  verb: 'search',
  description: 'Full-text search over everything the bot has read',
  options: z.object({
    words: z
      .string()
      .trim()
      .min(1, { error: 'words are missing: type what to look for.' })
      .describe('Words that must occur; "quotes" keep words together')
      .meta({ rest: true }),
    barrier: barrierName.optional(),
    stream: stream.optional(),
    since: z.string().describe('A date such as 2026-01-31, or a span such as 7d').optional(),
  }),
  access: 'anyone',
  examples: ['/barrier search export controls', '/barrier search "code of practice" stream:eu since:90d'],
  async run(context, { words, barrier, stream, since }) {
    const { store, workspace, clock } = context;
    const hits = await store.searchItems(workspace.id, {
      words,
      limit: MOST + 1,
      ...(barrier ? { barrier: readBarrier(barrier) } : {}),
      ...(stream ? { stream } : {}),
      ...(since ? { since: readSince(since, clock.now()) } : {}),
    });
    const filters = [
      barrier && `barrier ${readBarrier(barrier)}`,
      stream && `stream ${stream}`,
      since && `since ${since}`,
    ].filter(Boolean);
    const title = `Search: ${words}${filters.length > 0 ? ` (${filters.join(', ')})` : ''}`;
    if (hits.length === 0) {
      return reply(context, title, [
        paragraph('Nothing found. Try fewer words, the start of a word, or leave a filter out.'),
      ]);
    }
    return reply(context, title, [
      { kind: 'entries', entries: hits.slice(0, MOST).map(hitEntry) },
      ...(hits.length > MOST
        ? [paragraph(`More than ${MOST} match; these are the newest. Add a word or since: to narrow it down.`, 'quiet')]
        : []),
    ]);
  },
});

/** The item with its title matches marked, and the stretch of the summary around its first match. */
function hitEntry({ found, title, summary }: SearchHit): Entry {
  const entry = itemEntry(found, title);
  const first = summary[0];
  if (first === undefined) return entry;
  const text = found.item.summary;
  const start = wordStart(text, Math.max(0, first[0] - CONTEXT));
  const end = Math.min(text.length, first[1] + CONTEXT);
  const spans = summary.filter((span) => span[1] <= end).map(([from, to]): Span => [from - start, to - start]);
  return {
    ...entry,
    excerpt: { text: text.slice(start, end), marks: spans, cutBefore: start > 0, cutAfter: end < text.length },
  };
}

function wordStart(text: string, at: number): number {
  if (at === 0) return 0;
  const space = text.indexOf(' ', at);
  return space < 0 ? at : space + 1;
}
