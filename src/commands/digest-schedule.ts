import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import { QUIET_DAYS, type Subscription } from '../model.ts';
import { newSubscription, ruleWords } from '../subscription.ts';
import { nextWallTime } from '../time.ts';
import { readBarriers, readDays, readStreams, readTime, readZone, writeDays } from './options.ts';

export const digestSchedule = defineCommand({
  root: 'digest',
  verb: 'schedule',
  description: 'When this channel gets its digest, and of what',
  options: z.object({
    at: z.string().describe('Local time such as 08:30'),
    zone: z.string().describe('IANA time zone such as Europe/Brussels').meta({ suggest: 'zone' }).optional(),
    days: z.string().describe('weekdays, daily, or days such as mon,thu').optional(),
    barriers: z
      .string()
      .describe('Barriers separated by commas, or all')
      .meta({ suggest: 'barrier', listOf: 'barrier' })
      .optional(),
    streams: z.string().describe('Streams separated by commas, or all').meta({ listOf: 'stream' }).optional(),
    quiet: z
      .enum(QUIET_DAYS)
      .describe('What comes when nothing moved: a line, or nothing but a line a week')
      .optional(),
  }),
  access: 'admin',
  examples: [
    '/digest schedule 08:30 Europe/Brussels weekdays',
    '/digest schedule 18:00 barriers:pacing,deadlock streams:eu',
    '/digest schedule 08:30 quiet:nothing',
  ],
  form: {
    title: 'Schedule the digest',
    fields: ['at', 'zone', 'days', 'barriers', 'streams'],
    async prefill({ store, channel, timeZone }) {
      const known = await store.subscriptionOf(channel);
      return {
        at: known?.localTime ?? '08:30',
        zone: known?.timeZone ?? timeZone,
        days: known ? writeDays(known.days) : 'daily',
        barriers: known?.barriers.join(',') ?? '',
        streams: known?.streams.join(',') ?? '',
      };
    },
  },
  async run(context, { at, zone, days, barriers, streams, quiet }) {
    const { store, channel, user, clock, timeZone } = context;
    const now = clock.now();
    const localTime = readTime(at);
    const known = await store.subscriptionOf(channel);
    const zoneName = zone ? readZone(zone) : (known?.timeZone ?? timeZone);
    const base = known ?? newSubscription({ channel, localTime, timeZone: zoneName, createdBy: user.id, now });
    // A new rule is a new try, also where posting was not possible before.
    const { suspended: _, quiet: formerQuiet, ...open } = base;
    const changed: Subscription = {
      ...open,
      localTime,
      timeZone: zoneName,
      ...(days ? { days: readDays(days) } : {}),
      ...(barriers ? { barriers: readBarriers(barriers) } : {}),
      ...(streams ? { streams: readStreams(streams) } : {}),
      // One line is what a channel gets that never chose.
      ...((quiet ?? formerQuiet) === 'nothing' ? { quiet: 'nothing' } : {}),
    };
    const saved = { ...changed, nextDigestAt: nextWallTime(now, changed.days, localTime, zoneName) };
    await store.saveSubscription(saved, 'digest schedule', user.id, now);
    const obstacle = await context.obstacle();
    const blocks = [
      paragraph(ruleWords(saved, now)),
      ...(obstacle ? [paragraph(`It cannot come yet: ${obstacle}`)] : []),
    ];
    return reply(context, 'Digest scheduled', blocks, { tone: obstacle ? 'warning' : 'good', public: true });
  },
});
