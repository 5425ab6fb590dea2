import { z } from 'zod';
import { paragraph } from '../card.ts';
import { defineCommand } from '../command.ts';
import { readDigest, windowFor } from '../digest.ts';
import { digestCard } from '../digest-card.ts';
import { leftOutBlocks, readLeftOut } from '../left-out.ts';
import { nextWords } from '../subscription.ts';
import { readSubscription } from './options.ts';

export const digestPreview = defineCommand({
  root: 'digest',
  verb: 'preview',
  description: 'What the next digest of this channel would hold if it were posted now, and what it leaves out',
  options: z.object({ full: z.boolean().default(false).describe('yes shows every event, not the weightiest alone') }),
  access: 'anyone',
  examples: ['/digest preview', '/digest preview full:yes'],
  async run(context, { full }) {
    const subscription = await readSubscription(context);
    const now = context.clock.now();
    const window = windowFor(subscription, now);
    const digest = await readDigest(context.store, subscription, window);
    const { found, isCut } = await readLeftOut(context.store, subscription, window);
    const rest = leftOutBlocks(found, isCut);
    const card = digestCard(digest, context.timeZone, {
      full,
      length: subscription.length ?? 'normal',
      more: '/digest preview full:yes',
    });
    const next = nextWords(subscription, now) || 'no regular digest';
    const due = `Preview only, nothing is posted. This channel: ${next} (${subscription.timeZone}).`;
    return {
      ...card,
      title: `Preview: ${card.title}`,
      public: false,
      blocks: [...card.blocks, ...rest, paragraph(due, 'quiet')],
    };
  },
});
