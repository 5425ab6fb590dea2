/** A bot with a source to make digests of, and how tests let time pass for it. */
import { postDueDigests } from '../../src/deliver.ts';
import { settleDeliveries } from '../../src/settle.ts';
import { between, MINUTE } from '../../src/time.ts';
import { createTestBot, feedDraft, itemDraft, type Sources } from '../test-bot.ts';

export const ORDER = itemDraft('Trump signs executive order to preempt state AI laws', {
  summary: 'The order directs the attorney general to challenge state AI laws in court.',
  publishedAt: '2026-06-09T15:00:00.000Z',
});
export const OTHER_ORDER = itemDraft('Council adopts delay of high-risk rules in the AI Act', {
  publishedAt: '2026-06-10T06:00:00.000Z',
});
export const OLD = itemDraft('Commission delays high-risk rules of the AI Act', {
  publishedAt: '2025-11-19T10:00:00.000Z',
});

export async function withItems(...items: Parameters<Sources['set']>[1][]) {
  const sources: Sources = new Map([
    ['https://us.example/feed', items.flatMap((each) => (each instanceof Error ? [] : each))],
  ]);
  const bot = await createTestBot([feedDraft('us')], sources);
  await bot.poll();
  return { ...bot, sources };
}

export type TestBot = Awaited<ReturnType<typeof withItems>>;

/** What a beat of the bot does with digests. */
export async function beat({ dependencies }: TestBot) {
  return [...(await settleDeliveries(dependencies)), ...(await postDueDigests(dependencies))];
}

/** Lets the bot post what is due once a minute, and says at which minutes it tried. */
export async function minutesOfTries(bot: TestBot, minutes: number): Promise<number[]> {
  const start = bot.clock.now();
  const before = bot.attempts.length;
  for (let minute = 0; minute <= minutes; minute++) {
    await beat(bot);
    bot.advance(MINUTE);
  }
  return bot.attempts.slice(before).map(({ at }) => between(start, at) / MINUTE);
}
