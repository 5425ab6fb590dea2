import { describe, expect, it } from 'vitest';
import { readLine } from '../../src/bot.ts';
import type { User } from '../../src/command.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { CHANNEL, createTestBot, feedDraft, itemDraft, localUser, WORKSPACE, wordsOf } from '../test-bot.ts';

const ORDER = itemDraft('Trump signs executive order to preempt state AI laws', {
  publishedAt: '2026-06-09T15:00:00.000Z',
});

async function start() {
  const bot = await createTestBot([feedDraft('us')], new Map([['https://us.example/feed', [ORDER]]]));
  await bot.poll();
  return bot;
}

const byText = (text: string, user: User = localUser()) => ({ workspace: WORKSPACE, channel: CHANNEL, user, text });

describe('a private answer', () => {
  it.each(
    COMMANDS.filter(({ access, changes }) => access === 'anyone' && !changes).map(
      ({ root, verb }) => `/${root} ${verb}`,
    ),
  )('to %s carries the line that makes it again, and the answer to that line is the same', async (line) => {
    const bot = await start();
    await bot.say('/digest now');
    const words: Record<string, string> = {
      show: 'pacing gap',
      search: '"state AI laws" stream:us',
      why: ORDER.url ?? '',
    };
    const verb = line.split(' ')[1] ?? '';
    const card = await bot.say(`${line} ${words[verb] ?? ''}`.trim());
    expect(card.public).toBe(false);
    expect(card).not.toHaveProperty('by');
    const share = card.share ?? expect.fail(`nothing to share: ${wordsOf(card)}`);
    expect(readLine(COMMANDS, share).command).toBe(readLine(COMMANDS, line).command);
    expect(await bot.say(share)).toEqual(card);
  });

  it('carries the whole line also where a person typed a short one', async () => {
    const bot = await start();
    expect((await bot.say('/barrier')).share).toBe('/barrier overview');
    expect((await bot.say('/barrier deadlock')).share).toBe('/barrier show barrier:deadlock');
    expect((await bot.say('help search')).share).toBe('/barrier help topic:search');
  });

  it('carries the line of what typed options and forms asked for', async () => {
    const bot = await start();
    const input = { words: 'export controls', stream: 'eu' };
    const card = await bot.host.handle({
      workspace: WORKSPACE,
      channel: CHANNEL,
      user: localUser(),
      root: 'barrier',
      verb: 'search',
      input,
    });
    expect(card.share).toBe('/barrier search words:"export controls" stream:eu');
  });

  it.each(['/digest now', '/feeds test https://us.example/feed'])(
    'to %s, which is for admins, cannot be shown to the channel',
    async (line) => {
      const card = await (await start()).say(line);
      expect(card.public).toBe(false);
      expect(card).not.toHaveProperty('share');
    },
  );

  it.each(['/feeds remove us', '/barrier why nothing', '/nonsense', '/feeds list mars', '/digest pause someday'])(
    'that says what is wrong with %s cannot be shown to the channel',
    async (line) => {
      const card = await (await start()).say(line, { isAdmin: false });
      expect(card.title).toBe('That did not work');
      expect(card.public).toBe(false);
      expect(card).not.toHaveProperty('share');
    },
  );
});

describe('a public answer', () => {
  it.each(['/feeds pause us', '/digest pause', '/digest schedule 09:00', '/feeds import [x]'])(
    'to %s names who caused it, and needs no sharing',
    async (line) => {
      const card = await (await start()).say(line, { name: 'maria' });
      expect(card).toMatchObject({ public: true, by: 'maria' });
      expect(card).not.toHaveProperty('share');
    },
  );
});

describe('a command for admins', () => {
  const admins = 'Maria, or an owner of this workspace';
  const member: User = { ...localUser({ isAdmin: false }), admins };

  it.each(COMMANDS.filter(({ access }) => access === 'admin').map(({ root, verb }) => `/${root} ${verb}`))(
    'such as %s is refused to others with the names of those who may, whatever else is wrong with it',
    async (line) => {
      const bot = await start();
      const before = await bot.store.history(WORKSPACE.id, 50);
      const card = await bot.host.handle(byText(line, member));
      expect(wordsOf(card)).toContain(`${line} is for admins. Ask ${admins}.`);
      expect(await bot.store.history(WORKSPACE.id, 50)).toEqual(before);
      expect(bot.attempts).toEqual([]);
    },
  );

  it('asks the platform whether a person is one, and no other command does', async () => {
    const bot = await start();
    const asked: string[] = [];
    for (const { root, verb } of COMMANDS) {
      const user: User = {
        ...localUser(),
        async isAdmin() {
          asked.push(`${root} ${verb}`);
          return true;
        },
      };
      await bot.host.handle(byText(`/${root} ${verb}`, user));
    }
    expect(asked).toEqual(
      COMMANDS.filter(({ access }) => access === 'admin').map(({ root, verb }) => `${root} ${verb}`),
    );
  });

  it('does nothing where the platform cannot say who is one', async () => {
    const bot = await start();
    const user: User = { ...localUser(), isAdmin: () => Promise.reject(new Error('users.info failed')) };
    expect((await bot.host.handle(byText('/feeds remove us', user))).title).toBe('Something went wrong');
    expect(await bot.store.listFeeds(WORKSPACE.id)).toHaveLength(1);
    expect(bot.log.lines.join()).toContain('users.info failed');
  });
});

describe('the fields of a form', () => {
  it('hold at first what the channel has now', async () => {
    const bot = await start();
    await bot.say('/digest schedule 18:00 America/New_York days:weekdays barriers:pacing,deadlock streams:eu');
    expect(await bot.host.prefill(byText('/digest schedule'))).toEqual({
      at: '18:00',
      zone: 'America/New_York',
      days: 'weekdays',
      barriers: 'pacing-gap,geopolitical-deadlock',
      streams: 'eu',
    });
  });

  it('leave alone what comes at once where no regular digest does', async () => {
    const bot = await start();
    await bot.say('/digest schedule crisis 60% instant military');
    const prefilled = await bot.host.prefill(byText('/digest schedule'));
    expect(prefilled).toMatchObject({ at: '', days: '' });
    const before = await bot.store.subscriptionOf(CHANNEL);
    await bot.say('/digest schedule zone:Asia/Tokyo');
    const after = await bot.store.subscriptionOf(CHANNEL);
    expect(after).toMatchObject({ timeZone: 'Asia/Tokyo', days: [], instant: before?.instant, minimumConfidence: 0.6 });
  });

  it('hold defaults where the channel has none, in the zone of the workspace', async () => {
    const bot = await start();
    const channel = { ...CHANNEL, id: 'elsewhere' };
    expect(await bot.host.prefill({ ...byText('/digest schedule'), channel })).toEqual({
      at: '08:30',
      zone: 'Europe/Brussels',
      days: 'daily',
      barriers: '',
      streams: '',
    });
  });

  it('hold what was typed before anything else', async () => {
    const bot = await start();
    expect(await bot.host.prefill(byText('/digest schedule days:mon'))).toMatchObject({ at: '08:30', days: 'mon' });
    expect(await bot.host.prefill(byText('/feeds add stream:eu'))).toEqual({ stream: 'eu' });
    expect(await bot.host.prefill(byText('/feeds add'))).toEqual({});
  });

  it('send back as the rule that was there when nothing is changed', async () => {
    const bot = await start();
    await bot.say('/digest schedule 18:00 America/New_York days:mon,thu barriers:pacing streams:eu,us');
    const before = await bot.store.subscriptionOf(CHANNEL);
    const input = await bot.host.prefill(byText('/digest schedule'));
    const asked = {
      workspace: WORKSPACE,
      channel: CHANNEL,
      user: localUser(),
      root: 'digest',
      verb: 'schedule',
    } as const;
    await bot.host.handle({ ...asked, input });
    expect(await bot.store.subscriptionOf(CHANNEL)).toEqual(before);
  });

  it('are refused for a line that names no command, with what to type', async () => {
    const bot = await start();
    await expect(bot.host.prefill(byText('/digest shcedule'))).rejects.toThrow('Did you mean /digest schedule?');
  });
});
