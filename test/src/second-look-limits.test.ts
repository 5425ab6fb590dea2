import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/time.ts';
import { lookingBots } from '../second-reader/looking.ts';
import { KEY } from '../second-reader/open.ts';
import { completion, written } from '../second-reader/server.ts';
import { ADDS, TEXT, tagged, text } from '../second-reader/tagged.ts';

const { server, openBot, barriersOf } = lookingBots();
let bot: Awaited<ReturnType<typeof openBot>>;

describe('a fault', () => {
  const again = async () => {
    bot.advance(3 * HOUR);
    await bot.look();
  };

  it.each([
    ['bad JSON', completion('yes'), 'what it wrote is not JSON'],
    ['a refused schema', completion('{"relevant":true}'), 'does not keep to the schema'],
    [
      'no proven quote',
      completion(written({ barriers: { 'pacing-gap': { direction: 'eases', quotes: ['not there'] } } })),
      'proof',
    ],
  ])('of the answer (%s) is tried three times, and the rules stand', async (_, body, words) => {
    bot = await openBot();
    server.answer = (_sent, response) => response.end(body);
    const id = await bot.bring(TEXT, tagged());
    await bot.look();
    await bot.look();
    expect(server.sent).toHaveLength(1);
    expect(await bot.why(id)).toMatch(
      new RegExp(`Not read yet: .*${words}.* Next try .* What the built-in rules said stands`),
    );
    for (let time = 0; time < 4; time += 1) await again();
    expect(server.sent).toHaveLength(3);
    expect(await bot.why(id)).toContain('tried 3 times. What the built-in rules said stands.');
    expect(await bot.taggedOf(id)).toEqual(tagged());
    expect(await bot.say('/feeds health')).toContain('0 items read, 0 put off, 1 given up');
  });

  it.each([401, 404, 429, 500, 503])(
    'of the service (%i) holds all that waits, is said in health, and passes',
    async (status) => {
      bot = await openBot();
      server.fails(status);
      const ids: string[] = [];
      for (const name of 'abcdefgh') ids.push(await bot.bring(text(name), tagged(text(name))));
      await bot.look();
      await bot.look();
      expect(server.sent.length).toBeLessThanOrEqual(4);
      expect(await bot.say('/feeds health')).toContain(`Failing: answered ${status}`);
      for (const id of ids) expect(await bot.why(id)).toContain(`answered ${status}`);
      const asked = server.sent.length;
      bot.advance(MINUTE);
      await bot.look();
      expect(server.sent).toHaveLength(asked + 1);
      server.writes(ADDS);
      bot.advance(HOUR);
      await bot.look();
      for (const id of ids) expect(await barriersOf(id)).toHaveLength(2);
      expect(await bot.say('/feeds health')).not.toContain('Failing');
      expect(bot.log.lines.join('\n')).not.toContain(KEY);
    },
  );

  it('of the service is waited out as long as the service asks for, also over a restart', async () => {
    bot = await openBot();
    server.fails(429, { 'retry-after': '7200' });
    await bot.bring(TEXT, tagged());
    await bot.look();
    bot.advance(HOUR);
    await bot.reopen();
    await bot.look();
    expect(server.sent).toHaveLength(1);
    bot.advance(HOUR);
    await bot.look();
    expect(server.sent).toHaveLength(2);
  });

  it('of the service holds also where answers to other questions come after it', async () => {
    bot = await openBot();
    for (const name of ['busy', 'one', 'two', 'three']) await bot.bring(text(name), tagged(text(name)));
    const open: (() => void)[] = [];
    server.answer = ({ message }, response) => {
      if (message.includes('busy')) open.unshift(() => response.writeHead(429, { 'retry-after': '7200' }).end());
      else open.push(() => setTimeout(() => response.end(completion(written(ADDS))), 100));
      if (open.length === 4) open.map((answer) => answer());
    };
    await bot.look();
    expect(await bot.store.secondReaderState()).toMatchObject({ failures: 1, heldUntil: '2026-06-10T08:30:00.000Z' });
  });

  it('of the service never gives an item up, but too much time for one text does', async () => {
    bot = await openBot({ TAGGER_TIMEOUT: '1' });
    const id = await bot.bring(TEXT, tagged());
    server.fails(503);
    await bot.look();
    for (let time = 0; time < 4; time += 1) await again();
    expect(await bot.store.findSecondLook(id)).toMatchObject({ state: 'waiting', tries: 0 });
    server.answer = () => {};
    for (let time = 0; time < 3; time += 1) await again();
    expect(await bot.store.findSecondLook(id)).toEqual({ state: 'failed', reason: 'took longer than 1 s', tries: 3 });
  });

  it('of one text (400) lets others pass', async () => {
    bot = await openBot();
    server.answer = ({ message }, response) =>
      message.includes('long') ? response.writeHead(400).end() : response.end(completion(written(ADDS)));
    const [long, other] = [await bot.bring(text('long'), tagged()), await bot.bring(text('other'), tagged())];
    await bot.look();
    expect(await barriersOf(other)).toHaveLength(2);
    expect(await bot.store.findSecondLook(long)).toMatchObject({ state: 'waiting', tries: 1 });
    expect(await bot.store.secondReaderState()).toEqual({ failures: 0 });
  });
});

describe('the budget', () => {
  it('is kept by local day, also over a restart, and said; the newest items come first', async () => {
    bot = await openBot({ TAGGER_DAILY_BUDGET: '2' });
    const ids: string[] = [];
    for (const name of ['first', 'second', 'third', 'fourth']) {
      ids.push(await bot.bring(text(name), tagged(text(name))));
      bot.advance(SECOND);
    }
    await bot.look();
    await bot.reopen();
    await bot.look();
    expect(server.sent.map(({ message }) => /rules: (\w+)/.exec(message)?.[1])).toEqual(['fourth', 'third']);
    expect(await bot.why(ids[0] ?? '')).toContain('Not read yet: the day’s budget of 2 requests is spent.');
    expect(await bot.say('/feeds health')).toContain('Today: 2 of 2 requests');
    // In Tokyo the next day starts at 15:00 UTC: half past eight hours from the start of the test.
    bot.advance(8 * HOUR);
    await bot.look();
    expect(server.sent).toHaveLength(2);
    bot.advance(HOUR);
    await bot.look();
    expect(server.sent).toHaveLength(4);
    expect(await barriersOf(ids[0] ?? '')).toHaveLength(2);
  });

  it('is not spent on what is a week old by then', async () => {
    bot = await openBot({ TAGGER_DAILY_BUDGET: '1' });
    await bot.bring(text('one'), tagged());
    await bot.bring(text('other'), tagged());
    await bot.look();
    bot.advance(8 * DAY);
    await bot.look();
    expect(server.sent).toHaveLength(1);
  });
});
