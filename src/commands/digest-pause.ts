import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { DAYS_LOOKED_AT, dueDigest, nextLook, type SentDates } from '../due.ts';
import type { Instant, Subscription } from '../model.ts';
import type { Store } from '../ports.ts';
import { isPaused, ruleWords } from '../subscription.ts';
import { localDateOf, plusDays, showTime } from '../time.ts';
import { readSubscription } from './options.ts';
import { readUntil } from './pause-words.ts';

export const digestPause = defineCommand({
  root: 'digest',
  verb: 'pause',
  description: 'Hold back this channel’s digests, for a time or until resumed',
  options: z.object({
    until: z
      .string()
      .describe('A weekday, a date such as 2026-12-24, or a span: for 2 weeks')
      .meta({ rest: true })
      .optional(),
  }),
  access: 'admin',
  examples: ['/digest pause', '/digest pause until monday', '/digest pause for 2 weeks'],
  async run(context, { until }) {
    const now = context.clock.now();
    const current = await readSubscription(context);
    // Pressed twice, it is paused once.
    if (until === undefined && isPaused(current, now) && current.pausedUntil === undefined)
      return reply(context, 'Paused already', [paragraph(ruleWords(current, now))]);
    const { pausedUntil: _, ...subscription } = current;
    const paused = {
      ...subscription,
      pausedAt: now,
      ...(until ? { pausedUntil: readUntil(until, now, subscription.timeZone) } : {}),
    };
    const nextDigestAt = nextLook(paused, now, await recentDates(context.store, paused, now));
    await context.store.saveSubscription({ ...paused, nextDigestAt }, 'digest pause', context.user.id, now);
    const resume = { kind: 'buttons', buttons: [{ label: 'Resume', command: '/digest resume' }] } as const;
    return reply(context, 'Digest paused', [paragraph(ruleWords(paused, now)), resume], { tone: 'good', public: true });
  },
});

export const digestResume = defineCommand({
  root: 'digest',
  verb: 'resume',
  description: 'Let this channel’s digests come again',
  options: z.object({}),
  access: 'admin',
  examples: ['/digest resume'],
  async run(context) {
    const now = context.clock.now();
    const current = await readSubscription(context);
    if (!isPaused(current, now) && !current.suspended)
      return reply(context, 'Not paused', [paragraph(ruleWords(current, now))]);
    const { pausedAt: _, pausedUntil: __, suspended: ___, ...subscription } = current;
    const sent = await recentDates(context.store, subscription, now);
    // What was missed comes with the next beat, in one digest; a quiet day that was passed over was not missed.
    const since = subscription.coveredUntil;
    const due = dueDigest(subscription, now, sent);
    const isMissed = since !== undefined && due !== undefined && due.at > since;
    const nextDigestAt = isMissed ? now : nextLook(subscription, now, sent);
    const resumed: Subscription = { ...subscription, resumedAt: now, nextDigestAt };
    await context.store.saveSubscription(resumed, 'digest resume', context.user.id, now);
    const catchUp = isMissed
      ? [paragraph(`One digest for the time since ${showTime(since, resumed.timeZone)} comes within a minute.`)]
      : [];
    return reply(context, 'Digest resumed', [paragraph(ruleWords(resumed, now)), ...catchUp], {
      tone: 'good',
      public: true,
    });
  },
});

function recentDates(store: Store, { id, timeZone }: Subscription, now: Instant): Promise<SentDates> {
  return store.sentDates(id, plusDays(localDateOf(now, timeZone), -DAYS_LOOKED_AT));
}
