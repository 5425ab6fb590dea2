import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { previewBlock, readAddress } from '../feed-preview.ts';
import { foundBlocks, otherButtons } from '../found-source.ts';
import { plural } from '../plural.ts';
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
    const found = await context.finder.find(readAddress(url), context.signal);
    const { title = url, items } = found;
    const tagged = items.map((item) => tag(item));
    const relevant = tagged.filter((each) => each.relevant).length;
    const withBarrier = tagged.filter((each) => each.taggings.length > 0).length;
    const label = found.how === 'list' ? 'Watch this page' : 'Add this feed';
    return reply(
      context,
      `Test: ${title}`,
      [
        ...foundBlocks(found),
        paragraph(`${plural(items.length, 'item')}, ${relevant} about AI governance, ${withBarrier} with a barrier.`),
        ...(items.length > 0 ? [previewBlock(items, title, SHOWN)] : []),
        { kind: 'buttons', buttons: [{ label, command: `/feeds add ${found.url}` }, ...otherButtons(found)] },
      ],
      { tone: items.length > 0 ? 'good' : 'warning' },
    );
  },
});
