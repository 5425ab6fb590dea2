import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { defineCommand } from '../command.ts';
import type { Subscription } from '../model.ts';
import { newSubscription, ruleWords } from '../subscription.ts';
import { nextWallTime } from '../time.ts';
import { readBarriers, readDays, readStreams, readTime, readZone } from './options.ts';

export const digestSchedule = defineCommand({
  root: 'digest',
  verb: 'schedule',
  description: 'When this channel gets its digest, and of what',
  options: z.object({
    at: z.string().describe('Local time such as 08:30'),
    zone: z.string().describe('IANA time zone such as Europe/Brussels').optional(),
    days: z.string().describe('weekdays, daily, or days such as mon,thu').optional(),
    barriers: z.string().describe('Barriers separated by commas, or all').optional(),
    streams: z.string().describe('Streams separated by commas, or all').optional(),
  }),
  access: 'admin',
  examples: [
    '/digest schedule 08:30 Europe/Brussels weekdays',
    '/digest schedule 18:00 barriers:pacing,deadlock streams:eu',
  ],
  async run(context, { at, zone, days, barriers, streams }) {
    const { store, channel, workspace, user, clock, timeZone } = context;
    const now = clock.now();
    const localTime = readTime(at);
    const known = await store.subscriptionOf(channel);
    const zoneName = zone ? readZone(zone) : (known?.timeZone ?? timeZone);
    const base =
      known ??
      newSubscription({ workspaceId: workspace.id, channel, localTime, timeZone: zoneName, createdBy: user.id, now });
    const changed: Subscription = {
      ...base,
      localTime,
      timeZone: zoneName,
      ...(days ? { days: readDays(days) } : {}),
      ...(barriers ? { barriers: readBarriers(barriers) } : {}),
      ...(streams ? { streams: readStreams(streams) } : {}),
    };
    const saved = { ...changed, nextDigestAt: nextWallTime(now, changed.days, localTime, zoneName) };
    await store.saveSubscription(saved, 'digest schedule', user.id, now);
    return reply(context, 'Digest scheduled', [paragraph(ruleWords(saved, now))], { tone: 'good', public: true });
  },
});
