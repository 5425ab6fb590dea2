import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { isRegular } from '../due.ts';
import { showTime } from '../time.ts';
import { readSubscription } from './options.ts';

export const digestNow = defineCommand({
  root: 'digest',
  verb: 'now',
  description: 'Post this channel’s digest now, for the time since its last one',
  options: z.object({}),
  access: 'admin',
  examples: ['/digest now'],
  async run(context) {
    const subscription = await readSubscription(context);
    const delivery = await context.postDigest(subscription, context.clock.now());
    if (delivery === undefined)
      return reply(context, 'Already posted', [
        paragraph('This window was posted a moment ago. /digest status shows it.'),
      ]);
    if (delivery.state === 'claimed')
      return reply(context, 'Being posted', [paragraph('/digest status tells what becomes of it.')]);
    if (delivery.state === 'doubtful') {
      const words = delivery.error ?? 'The reason is unknown.';
      return reply(
        context,
        'The digest may not have arrived',
        [paragraph(words), paragraph('/digest status tells what becomes of it.')],
        {
          tone: 'warning',
        },
      );
    }
    if (delivery.state !== 'sent') {
      return reply(context, 'The digest was not posted', [paragraph(delivery.error ?? 'The reason is unknown.')], {
        tone: 'bad',
      });
    }
    const next = (await context.store.subscriptionOf(context.channel))?.nextDigestAt ?? subscription.nextDigestAt;
    return reply(
      context,
      'Posted',
      [
        paragraph(
          isRegular(subscription)
            ? `Next digest: ${showTime(next, context.timeZone)} ${context.timeZone}.`
            : 'No regular digest is scheduled.',
        ),
      ],
      { tone: 'good' },
    );
  },
});
