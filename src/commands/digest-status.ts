import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import type { Delivery, DeliveryState, Instant } from '../model.ts';
import { plural } from '../plural.ts';
import { ruleWords } from '../subscription.ts';
import { showTime } from '../time.ts';
import { readSubscription } from './options.ts';

const DELIVERIES = 10;

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
      value: deliveryWords(delivery, context.clock.now(), context.timeZone),
    }));
    return reply(context, 'Digest of this channel', [
      paragraph(ruleWords(subscription, context.clock.now())),
      { kind: 'heading', text: 'Last digests' },
      fields.length > 0 ? { kind: 'fields', fields } : paragraph('None yet.', 'quiet'),
    ]);
  },
});

/** The state of a delivery in words: what is known, how often it was tried, what comes next, and why. */
function deliveryWords(delivery: Delivery, now: Instant, timeZone: string): string {
  const { state, occasion, events, attempts, error, nextTryAt, settledBy } = delivery;
  const isLeft = state === 'doubtful' && error === undefined;
  const next =
    nextTryAt && (nextTryAt > now ? `at ${showTime(nextTryAt, timeZone)}` : 'as soon as the channel can be reached');
  const facts = [
    stateWords(state, next),
    `${plural(events, 'event')}${occasion === 'instant' ? ' at once' : ''}`,
    ...(attempts > 1 ? [plural(attempts, 'attempt')] : []),
    ...(settledBy ? [`there was a doubt: ${settledBy}`] : []),
  ];
  return [facts.join(', '), ...(error ? [error] : isLeft ? ['the program stopped while posting'] : [])].join(': ');
}

function stateWords(state: DeliveryState, next: string | undefined): string {
  switch (state) {
    case 'claimed':
      return 'being posted';
    case 'sent':
      return 'posted';
    case 'failed':
      return next ? `not posted yet, tried again ${next}` : 'failed';
    case 'doubtful':
      return next
        ? `in doubt, the platform is asked ${next}`
        : 'doubtful: it may not have arrived, or only in part, and is not sent again by itself';
  }
}
