import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { isPaused, ruleWords } from '../subscription.ts';
import { nextWallTime } from '../time.ts';
import { readSubscription, readUntil } from './options.ts';

export const digestPause = defineCommand({
  root: 'digest',
  verb: 'pause',
  description: 'Hold back this channel’s digests, for a time or until resumed',
  options: z.object({
    until: z.string().describe('A weekday or a date such as 2026-12-24').meta({ rest: true }).optional(),
  }),
  access: 'admin',
  examples: ['/digest pause', '/digest pause until:monday'],
  async run(context, { until }) {
    const now = context.clock.now();
    const current = await readSubscription(context);
    const words = until?.replace(/^until\s+/i, '');
    // Pressed twice, it is paused once.
    if (words === undefined && isPaused(current, now) && current.pausedUntil === undefined)
      return reply(context, 'Paused already', [paragraph(ruleWords(current, now))]);
    const { pausedUntil: _, ...subscription } = current;
    const paused = {
      ...subscription,
      pausedAt: now,
      ...(words ? { pausedUntil: readUntil(words, now, subscription.timeZone) } : {}),
    };
    await context.store.saveSubscription(paused, 'digest pause', context.user.id, now);
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
    const resumed = {
      ...subscription,
      nextDigestAt: nextWallTime(now, subscription.days, subscription.localTime, subscription.timeZone),
    };
    await context.store.saveSubscription(resumed, 'digest resume', context.user.id, now);
    return reply(context, 'Digest resumed', [paragraph(ruleWords(resumed, now))], { tone: 'good', public: true });
  },
});
