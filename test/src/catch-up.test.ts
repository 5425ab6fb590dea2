import { describe, expect, it } from 'vitest';
import { postDueDigests } from '../../src/deliver.ts';
import { DAY } from '../../src/time.ts';
import { createTestBot, feedDraft } from '../test-bot.ts';

describe('a digest that is due when the bot stops', () => {
  it('is not begun any more, and comes at the next start', async () => {
    const bot = await createTestBot([feedDraft('us')], new Map([['https://us.example/feed', []]]));
    await bot.poll();
    expect(await postDueDigests({ ...bot.dependencies, signal: AbortSignal.abort() })).toEqual([]);
    expect(bot.attempts).toEqual([]);
    expect(await postDueDigests(bot.dependencies)).toMatchObject([{ state: 'sent' }]);
  });
});

describe('a digest after a gap', () => {
  it('covers the whole of a gap, up to 31 days, and says where it was cut', async () => {
    const bot = await createTestBot([feedDraft('us')], new Map([['https://us.example/feed', []]]));
    await bot.poll();
    await postDueDigests(bot.dependencies);
    bot.advance(21 * DAY);
    expect(await postDueDigests(bot.dependencies)).toMatchObject([
      { window: { from: '2026-06-10T06:30:00.000Z', to: '2026-07-01T06:30:00.000Z' } },
    ]);
    bot.advance(40 * DAY);
    expect(await postDueDigests(bot.dependencies)).toMatchObject([
      { window: { from: '2026-07-10T06:30:00.000Z', to: '2026-08-10T06:30:00.000Z' } },
    ]);
    bot.advance(DAY);
    await postDueDigests(bot.dependencies);
    expect(bot.posts.map(({ title }) => title)).toEqual([
      'AI governance digest · Wed 10 Jun 2026',
      'AI governance digest · catch-up, Wed 10 Jun 2026 to Wed 1 Jul 2026',
      'AI governance digest · catch-up, Fri 10 Jul 2026 to Mon 10 Aug 2026, cut to the last 31 days',
      'AI governance digest · Tue 11 Aug 2026',
    ]);
  });
});
