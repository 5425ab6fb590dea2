import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import type { Delivery } from '../model.ts';
import { plural } from '../plural.ts';
import { ruleWords } from '../subscription.ts';
import { showTime } from '../time.ts';
import { readSubscription } from './options.ts';

const DELIVERIES = 10;

const STATES: Readonly<Record<Delivery['state'], string>> = {
  claimed: 'being posted',
  sent: 'posted',
  doubtful: 'doubtful: it may not have arrived, or only in part, and is not sent again by itself',
  failed: 'failed',
};

export const digestStatus = defineCommand({
  root: 'digest',
  verb: 'status',
  description: 'When this channel gets its digest, and what became of the last ten',
  options: z.object({}),
  access: 'anyone',
  examples: ['/digest status'],
  async run(context) {
    const subscription = await readSubscription(context);
    const deliveries = await context.store.deliveries(subscription.id, DELIVERIES);
    const fields = deliveries.map((delivery) => ({
      name: showTime(delivery.claimedAt, context.timeZone),
      value: [
        `${STATES[delivery.state]}, ${plural(delivery.events, 'event')}${delivery.occasion === 'instant' ? ' at once' : ''}`,
        ...reasonOf(delivery),
      ].join(': '),
    }));
    return reply(context, 'Digest of this channel', [
      paragraph(ruleWords(subscription, context.clock.now())),
      { kind: 'heading', text: 'Last digests' },
      fields.length > 0 ? { kind: 'fields', fields } : paragraph('None yet.', 'quiet'),
    ]);
  },
});

/** What went wrong, where something did; a doubt without a reason is one that a former run left. */
function reasonOf({ state, error }: Delivery): string[] {
  if (error) return [error];
  return state === 'doubtful' ? ['the program stopped while posting'] : [];
}
