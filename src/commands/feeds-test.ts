import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { WorldError } from '../errors.ts';
import { failureKind, failureReason } from '../failure-kind.ts';
import { previewBlock, readAddress } from '../feed-preview.ts';
import { foundBlocks, otherButtons } from '../found-source.ts';
import type { ItemDraft, LocalDate } from '../model.ts';
import { plural } from '../plural.ts';
import { habitOf, rhythmWords, silenceWords } from '../silence.ts';
import type { FoundSource } from '../source-finder.ts';
import { tag } from '../taxonomy/tag.ts';

const SHOWN = 8;

export const feedsTest = defineCommand({
  root: 'feeds',
  verb: 'test',
  description: 'What a source would bring, and how it would be tagged; changes nothing',
  options: z.object({ url: z.string().describe('The address of the source, or of a page') }),
  access: 'admin',
  examples: ['/feeds test https://www.ntia.gov/rss.xml'],
  async run(context, { url }) {
    const address = readAddress(url);
    const found = await find(context, address);
    if (typeof found === 'string') return reply(context, `Test: ${address}`, [paragraph(found)], { tone: 'bad' });
    const { title = url, items } = found;
    const listed = (await context.store.listFeeds(context.workspace.id)).find((feed) => feed.url === found.url);
    const habit = habitOf(daysOf(items), context.clock.now());
    const rhythm = habit ? ` It ${habit.isSilent ? `is ${silenceWords(habit)}` : rhythmWords(habit)}.` : '';
    const tagged = items.map((item) => tag(item));
    const relevant = tagged.filter((each) => each.relevant).length;
    const withBarrier = tagged.filter((each) => each.taggings.length > 0).length;
    const label = found.how === 'list' ? 'Watch this page' : 'Add this feed';
    return reply(
      context,
      `Test: ${title}`,
      [
        ...foundBlocks(found),
        paragraph(
          `${plural(items.length, 'item')}, ${relevant} about AI governance, ${withBarrier} with a barrier.${rhythm}`,
        ),
        ...(items.length > 0 ? [previewBlock(items, title, SHOWN)] : []),
        listed
          ? paragraph(`It is on the list already, as ${listed.id}. /feeds health shows how it does.`)
          : { kind: 'buttons', buttons: [{ label, command: `/feeds add ${found.url}` }, ...otherButtons(found)] },
      ],
      { tone: items.length > 0 ? 'good' : 'warning' },
    );
  },
});

/** The source, or why it cannot be read, in the words of `/feeds health`. */
async function find({ finder, signal }: CommandContext, address: string): Promise<FoundSource | string> {
  try {
    return await finder.find(address, signal);
  } catch (thrown) {
    if (!(thrown instanceof WorldError)) throw thrown;
    return failureReason({ failure: failureKind(thrown, thrown.status === 429), lastError: thrown.message });
  }
}

/** The days on which there were entries, the newest first. */
function daysOf(items: readonly ItemDraft[]): LocalDate[] {
  const days = items.flatMap(({ publishedAt }) => (publishedAt ? [publishedAt.slice(0, 10)] : []));
  return [...new Set(days)].sort().reverse();
}
