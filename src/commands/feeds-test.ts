import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { previewBlock, readOnce } from '../feed-preview.ts';
import { plural } from '../plural.ts';
import { tag } from '../taxonomy/tag.ts';

const SHOWN = 8;

export const feedsTest = defineCommand({
  root: 'feeds',
  verb: 'test',
  description: 'What a source would bring, and how it would be tagged; changes nothing',
  options: z.object({ url: z.string().describe('The address of the source') }),
  access: 'admin',
  examples: ['/feeds test https://www.ntia.gov/rss.xml'],
  async run(context, { url }) {
    const { title = url, items } = await readOnce(context, url, 'auto');
    const tagged = items.map((item) => tag(item));
    const relevant = tagged.filter((each) => each.relevant).length;
    const withBarrier = tagged.filter((each) => each.taggings.length > 0).length;
    return reply(
      context,
      `Test: ${title}`,
      [
        paragraph(`${plural(items.length, 'item')}, ${relevant} about AI governance, ${withBarrier} with a barrier.`),
        ...(items.length > 0 ? [previewBlock(items, title, SHOWN)] : []),
        { kind: 'buttons', buttons: [{ label: 'Add this feed', command: `/feeds add ${url}` }] },
      ],
      { tone: items.length > 0 ? 'good' : 'warning' },
    );
  },
});
