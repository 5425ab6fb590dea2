import { z } from 'zod';
import { paragraph, reply } from '../card.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { DAYS_LOOKED_AT, isRegular, nextLook } from '../due.ts';
import { UserError } from '../errors.ts';
import type { Instant, InstantWish, Subscription } from '../model.ts';
import { LENGTHS, QUIET_DAYS, WEEKDAYS } from '../model.ts';
import { readConfidence, readInstant, readSchedule, SCHEDULE_EXAMPLE, type ScheduleWords } from '../schedule-words.ts';
import { newSubscription, ruleWords } from '../subscription.ts';
import { localDateOf, plusDays } from '../time.ts';
import { readBarriers, readDays, readStreams, readZone, writeDays } from './options.ts';

/** When a channel gets its first schedule without a time in it. */
const USUAL_TIME = '08:30';

export const digestSchedule = defineCommand({
  root: 'digest',
  verb: 'schedule',
  description: 'When this channel gets its digest, and of what',
  options: z.object({
    at: z
      .string()
      .describe('morning, weekly, crisis, or words like weekdays 8:30 Brussels')
      .meta({ rest: true })
      .optional(),
    zone: z.string().describe('IANA time zone such as Europe/Brussels').meta({ suggest: 'zone' }).optional(),
    days: z.string().describe('weekdays, daily, or days such as mon,thu').optional(),
    barriers: z
      .string()
      .describe('Barriers separated by commas, or all')
      .meta({ suggest: 'barrier', listOf: 'barrier' })
      .optional(),
    streams: z.string().describe('Streams separated by commas, or all').meta({ listOf: 'stream' }).optional(),
    confidence: z.string().describe('Only events tagged at least so surely, such as 60%; 0 for all').optional(),
    length: z.enum(LENGTHS).describe('short, normal, or full: how much stands in the message itself').optional(),
    instant: z.string().describe('What is posted at once: crisis, barriers, or off').optional(),
    quiet: z
      .enum(QUIET_DAYS)
      .describe('What comes when nothing moved: a line, or nothing but a line a week')
      .optional(),
  }),
  access: 'admin',
  examples: [
    '/digest schedule weekdays 8:30 Europe/Brussels',
    '/digest schedule mondays 9am New York barriers:military',
    '/digest schedule morning crisis quiet:nothing',
  ],
  form: {
    title: 'Schedule the digest',
    fields: ['at', 'zone', 'days', 'barriers', 'streams'],
    async prefill({ store, channel, timeZone }) {
      const known = await store.subscriptionOf(channel);
      return {
        at: known && !isRegular(known) ? '' : (known?.localTime ?? USUAL_TIME),
        zone: known?.timeZone ?? timeZone,
        days: known ? writeDays(known.days) : 'daily',
        barriers: known?.barriers.join(',') ?? '',
        streams: known?.streams.join(',') ?? '',
      };
    },
  },
  async run(context, { at, zone, days, barriers, streams, confidence, length, quiet, instant }) {
    const wish: ScheduleWords = {
      ...(at ? readSchedule(at) : {}),
      ...(zone ? { timeZone: readZone(zone) } : {}),
      ...(days ? { days: readDays(days) } : {}),
      ...(barriers ? { barriers: readBarriers(barriers) } : {}),
      ...(streams ? { streams: readStreams(streams) } : {}),
      ...(confidence ? { minimumConfidence: readConfidence(confidence) } : {}),
      ...(length ? { length } : {}),
      ...(quiet ? { quiet } : {}),
      ...(instant ? { instant: readInstant(instant) } : {}),
    };
    if (Object.keys(wish).length === 0) throw new UserError(`What is to change? ${SCHEDULE_EXAMPLE}`);
    const now = context.clock.now();
    const saved = await schedule(context, wish, now);
    await context.store.saveSubscription(saved, 'digest schedule', context.user.id, now);
    const obstacle = await context.obstacle();
    const blocks = [
      paragraph(ruleWords(saved, now)),
      ...(obstacle ? [paragraph(`It cannot come yet: ${obstacle}`)] : []),
    ];
    return reply(context, 'Digest scheduled', blocks, { tone: obstacle ? 'warning' : 'good', public: true });
  },
});

/** The channel's subscription as wished; what the wish does not speak of stays. */
async function schedule(
  { store, channel, user, timeZone }: CommandContext,
  wish: ScheduleWords,
  now: Instant,
): Promise<Subscription> {
  const known = await store.subscriptionOf(channel);
  const made = { channel, localTime: USUAL_TIME, timeZone: wish.timeZone ?? timeZone, createdBy: user.id, now };
  const base = known ?? newSubscription(made);
  // A new rule is a new try, also where posting was not possible before.
  const { suspended: _, minimumConfidence: __, length: ___, quiet: ____, instant: _____, ...open } = base;
  const changed: Subscription = {
    ...open,
    localTime: wish.localTime ?? base.localTime,
    timeZone: wish.timeZone ?? base.timeZone,
    days: daysOf(base, wish),
    barriers: wish.barriers ?? base.barriers,
    streams: wish.streams ?? base.streams,
    ...rest(base, wish),
    ...instantOf(base, wish, now),
  };
  const isNewTime = (['localTime', 'timeZone', 'days'] as const).some((name) => `${changed[name]}` !== `${base[name]}`);
  const timed = isNewTime ? { ...changed, scheduledAt: now } : changed;
  const since = plusDays(localDateOf(now, timed.timeZone), -DAYS_LOOKED_AT);
  return { ...timed, nextDigestAt: nextLook(timed, now, await store.sentDates(timed.id, since)) };
}

/** Who names a time where there was no regular digest wants one. */
function daysOf(base: Subscription, wish: ScheduleWords): Subscription['days'] {
  if (wish.days) return wish.days;
  return wish.localTime && !isRegular(base) ? WEEKDAYS : base.days;
}

function rest(base: Subscription, wish: ScheduleWords): Pick<Subscription, 'minimumConfidence' | 'length' | 'quiet'> {
  const minimumConfidence = wish.minimumConfidence ?? base.minimumConfidence ?? 0;
  const length = wish.length ?? base.length ?? 'normal';
  const quiet = wish.quiet ?? base.quiet;
  return {
    ...(minimumConfidence > 0 ? { minimumConfidence } : {}),
    ...(length === 'normal' ? {} : { length }),
    // One line is what a channel gets that never chose.
    ...(quiet === 'nothing' ? { quiet } : {}),
  };
}

function instantOf(base: Subscription, wish: ScheduleWords, now: Instant): { readonly instant?: InstantWish } {
  if (wish.instant === undefined) return base.instant ? { instant: base.instant } : {};
  const { crisis, barriers } = wish.instant;
  return crisis || barriers.length > 0 ? { instant: { crisis, barriers, since: now } } : {};
}
