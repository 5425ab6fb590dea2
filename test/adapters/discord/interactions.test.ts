import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../../src/time.ts';
import { type OpenBot, openBot } from './open.ts';
import { shownChannel, shownMessage } from './server/shown.ts';
import { until } from './server/waiting.ts';

let open: OpenBot;

beforeEach(async () => {
  open = await openBot();
});
afterEach(() => open.close());

/** Discord's type of a deferral, and its flag for one person alone. */
const PRIVATE_DEFERRAL = { type: 5, flags: 64 };
const FORM = 9;

describe('a command on Discord', () => {
  it('is acknowledged at once and answered to the caller alone', async () => {
    const { member, general } = open;
    const answer = await member.types(general, '/barrier overview');
    expect(answer.first).toMatchObject(PRIVATE_DEFERRAL);
    expect(answer.first.delay).toBeLessThan(500);
    expect(answer.text).toContain('The six barriers to governing AI internationally');
    expect(answer.public).toEqual([]);
    expect(shownChannel(general)).not.toContain('six barriers to governing AI internationally');
  });

  it('takes typed options', async () => {
    const { member, general } = open;
    const answer = await member.types(general, '/barrier search', { words: 'export controls', stream: 'us' });
    expect(answer.text).toContain('Search: export controls (stream us)');
    expect(answer.text).toContain('United States widens export controls on AI chips');
  });

  it('says what to type next when an option is wrong', async () => {
    const { member, general } = open;
    const answer = await member.types(general, '/barrier show', { barrier: 'nonsense' });
    expect(answer.text).toContain('! That did not work');
    expect(answer.text).toContain('Try /barrier show deadlock.');
  });

  it('shows what concerns all to the channel, with who did it', async () => {
    const { admin, general } = open;
    const answer = await admin.types(general, '/digest schedule', { at: '08:30', days: 'daily' });
    expect(answer.private.map(shownMessage)).toEqual(['Shown to the channel.']);
    expect(shownChannel(general)).toContain('✓ Digest scheduled · Ana');
    expect(open.server.pings()).toEqual([]);
  });

  it('answers publicly by the interaction where the bot may not post by itself', async () => {
    const { admin, general, server, bot } = open;
    server.deny(general, bot, ['sendMessages']);
    const answer = await admin.types(general, '/digest schedule', { at: '08:30' });
    expect(answer.private.map(shownMessage)).toEqual(['Shown to the channel.']);
    expect(answer.public.map(shownMessage).join()).toContain('Digest scheduled · Ana');
    expect(answer.public.map(shownMessage).join()).toContain(
      'It cannot come yet: Barrierwatch lacks Send Messages in this channel',
    );
  });

  it('refuses a member what is for admins, however it is asked', async () => {
    const { member, general, guild } = open;
    await expect(member.types(general, '/feeds add', { url: 'https://x.example' })).rejects.toThrow('hides /feeds');
    guild.opened.add('feeds');
    for (const values of [{ url: 'https://x.example/feed' }, {}] as const) {
      const answer = await member.types(general, '/feeds add', values);
      expect(answer.first).toMatchObject(PRIVATE_DEFERRAL);
      expect(answer.text).toContain(
        '/feeds add is for admins. Ask someone with the permission Manage Server here, or named in the setting ADMINS.',
      );
    }
  });

  it('lets those whom ADMINS names do what admins do', async () => {
    const { server, guild, core, bot } = open;
    await open.adapter.stop();
    const named = server.person(bot, guild, 'Cleo');
    const other = await openBot({
      options: { token: bot.token, apiUrl: server.apiUrl, host: core.host, admins: [`discord:${named.user.id}`] },
    });
    const answer = await named.types(open.general, '/digest schedule', { at: '9:15' });
    expect(shownChannel(open.general)).toContain('Digest scheduled · Cleo');
    expect(answer.private).toHaveLength(1);
    await other.close();
  });

  it('sends a file', async () => {
    const { admin, general } = open;
    const answer = await admin.types(general, '/feeds export', { format: 'json' });
    expect(answer.private[0]?.files).toMatchObject([{ name: 'barrierwatch-feeds.json', content: 'json:us' }]);
  });

  it('is done once when Discord delivers it twice', async () => {
    const { admin, general, server } = open;
    server.gateway.repeatEvents(true);
    await admin.types(general, '/digest schedule', { at: '08:30' });
    expect(shownChannel(general).split('Digest scheduled')).toHaveLength(2);
    const history = await open.core.store.history(`discord:${open.guild.id}`, 10);
    expect(history.filter(({ action }) => action === 'digest schedule')).toHaveLength(1);
  });

  it.each([
    ['its acknowledgement is lost on the way back', { kind: 'answer lost' }],
    ['its acknowledgement is answered with 500 all the same', { kind: 'status after work', status: 500 }],
    ['the connection is cut', { kind: 'cut before work' }],
  ] as const)('is answered once when %s', async (_, fault) => {
    const { admin, general, server } = open;
    server.faults.plan('POST /interactions/*/*/callback', fault);
    const answer = await admin.types(general, '/digest schedule', { at: '08:30' });
    expect(answer.private.map(shownMessage)).toEqual(['Shown to the channel.']);
    expect(shownChannel(general).split('Digest scheduled')).toHaveLength(2);
  });

  it('is left alone when Discord no longer waits for it', async () => {
    const { admin, general, server, core } = open;
    server.faults.plan('POST /interactions/*/*/callback', { kind: 'status', status: 404, code: 10062 });
    void admin.types(general, '/digest schedule', { at: '08:30' }).catch(() => {});
    await until(() => core.log.lines.some((line) => line.includes('could not be acknowledged')));
    expect(shownChannel(general)).not.toContain('Digest scheduled');
    expect(await core.store.subscriptions(`discord:${open.guild.id}`)).toEqual([]);
  });

  it('still gets its answer when the first edit is lost', async () => {
    const { member, general, server } = open;
    server.faults.plan('PATCH /webhooks/*/*/messages/*', { kind: 'cut before work' });
    expect((await member.types(general, '/barrier help')).text).toContain('what you can type');
  });

  it('reaches the caller by direct message when a quarter of an hour has passed', async () => {
    const { member, general, server } = open;
    server.faults.plan('PATCH /webhooks/*/*/messages/*', { kind: 'status', status: 401, code: 50027 });
    void member.types(general, '/barrier help').catch(() => {});
    await until(() => (server.direct(member.user)?.messages.length ?? 0) > 0);
    expect(shownChannel(server.direct(member.user) ?? general)).toContain('what you can type');
  });

  it('in a direct message gets a friendly sentence', async () => {
    const { member, server, core, general } = open;
    await core.store.saveWorkspace(
      { id: `discord:${open.guild.id}`, adapter: 'discord', name: 'x', timeZone: 'UTC' },
      () => [],
      core.clock.now(),
    );
    await open.adapter.tell(`discord:${open.guild.id}`, `discord:${member.user.id}`, {
      title: 'Hello',
      tone: 'plain',
      public: false,
      timeZone: 'UTC',
      blocks: [],
    });
    const direct = server.direct(member.user) ?? general;
    // The client hides the commands there; an older registration may still send one.
    for (const command of open.bot.commands.get('') ?? []) Object.assign(command, { contexts: null });
    const answer = await member.types(direct, '/barrier overview');
    expect(answer.text).toContain('I work in the channels of a server');
  });
});

describe('completion on Discord', () => {
  it('offers what fits what was typed, quickly', async () => {
    const { member, general } = open;
    const answer = await member.completes(general, '/barrier show', 'barrier', 'dead');
    expect(answer.choices()).toEqual([{ name: 'Geopolitical deadlock', value: 'geopolitical-deadlock' }]);
    expect(answer.first.delay).toBeLessThan(500);
  });

  it('offers at most 25, within the lengths Discord takes', async () => {
    const { admin, general } = open;
    const zones = (await admin.completes(general, '/digest schedule', 'zone', 'e', { at: '8' })).choices();
    expect(zones).toHaveLength(25);
    const items = (await admin.completes(general, '/barrier why', 'item', '')).choices();
    expect(items).toHaveLength(2);
  });

  it('completes the last of several values', async () => {
    const { admin, general } = open;
    const barriers = await admin.completes(general, '/digest schedule', 'barriers', 'pacing-gap, dead');
    expect(barriers.choices()).toMatchObject([{ value: 'pacing-gap,geopolitical-deadlock' }]);
    const streams = await admin.completes(general, '/digest schedule', 'streams', 'eu,u');
    expect(streams.choices().map(({ value }) => value)).toEqual(['eu,un', 'eu,eu', 'eu,us', 'eu,institutes']);
  });

  it('offers nothing when the store is in trouble', async () => {
    const { member, general, core } = open;
    core.host.suggest = async () => {
      throw new Error('locked');
    };
    expect((await member.completes(general, '/barrier show', 'barrier', 'x')).choices()).toEqual([]);
  });
});

describe('a form on Discord', () => {
  it('opens for a command without what it needs, and its filled fields are the options', async () => {
    const { admin, general, core } = open;
    const opened = await admin.types(general, '/digest schedule');
    expect(opened.first.type).toBe(FORM);
    expect(opened.modal()).toMatchObject({ title: 'Schedule the digest' });
    const answer = await admin.submits(general, opened.modal(), { At: '07:45', Barriers: ['pacing-gap'], Streams: [] });
    expect(answer.first).toMatchObject(PRIVATE_DEFERRAL);
    const [subscription] = await core.store.subscriptions(`discord:${open.guild.id}`);
    expect(subscription).toMatchObject({ localTime: '07:45', barriers: ['pacing-gap'], streams: [] });
  });

  it('opens with what is set already', async () => {
    const { admin, general } = open;
    await admin.types(general, '/digest schedule', { at: '06:10', streams: 'eu' });
    const modal = (await admin.types(general, '/digest schedule')).modal();
    const held = modal.components.map(
      ({ component }) =>
        component?.value ?? component?.options?.filter((each) => each.default).map(({ value }) => value),
    );
    expect(held).toEqual(['06:10', 'Europe/Brussels', 'daily', [], ['eu']]);
  });

  it('refuses a member who sends one all the same', async () => {
    const { admin, member, general, core } = open;
    const modal = (await admin.types(general, '/digest schedule')).modal();
    const answer = await member.submits(general, modal, { At: '07:45' });
    expect(answer.text).toContain('/digest schedule is for admins.');
    expect(await core.store.subscriptions(`discord:${open.guild.id}`)).toEqual([]);
  });

  it('says what is wrong with what was filled in', async () => {
    const { admin, general } = open;
    const modal = (await admin.types(general, '/digest schedule')).modal();
    expect((await admin.submits(general, modal, { At: 'at dawn' })).text).toContain('“at dawn” is not a time of day.');
  });

  it('of a version that is gone says so', async () => {
    const { admin, general } = open;
    const modal = (await admin.types(general, '/digest schedule')).modal();
    const answer = await admin.submits(general, { ...modal, custom_id: 'form digest begin' });
    expect(answer.text).toContain('This form is out of date');
  });
});

describe('buttons and menus on Discord', () => {
  it('explain the entry that is chosen, also after a restart', async () => {
    const { member, general } = open;
    const found = await member.types(general, '/barrier search', { words: 'export controls' });
    await open.restart();
    const why = await member.chooses(found.private.at(-1), 'United States widens');
    expect(why.text).toContain('Why: United States widens export controls');
    expect(why.public).toEqual([]);
  });

  it('run their command again, with the rights of the one who presses', async () => {
    const { admin, member, general } = open;
    await admin.types(general, '/digest schedule', { at: '08:30' });
    await admin.types(general, '/digest now');
    const digest = general.messages.at(-1);
    const refused = await member.presses(digest, 'Pause');
    expect(refused.text).toContain('/digest pause is for admins.');
    await admin.presses(digest, 'Pause');
    expect(shownChannel(general)).toMatch(/paused.* · Ana/i);
  });

  it('act once on a double click, and again when it is meant', async () => {
    const { admin, member, general, core } = open;
    const welcome = general.messages[0];
    const [one, other] = await admin.pressesTwice(welcome, 'Help');
    expect([one.text, other.text].filter((text) => text.includes('what you can type'))).toHaveLength(1);
    expect([one.text, other.text].filter((text) => text.includes('It is done once'))).toHaveLength(1);
    expect((await member.presses(welcome, 'Help')).text).toContain('what you can type');
    core.advance(MINUTE);
    expect((await admin.presses(welcome, 'Help')).text).toContain('what you can type');
  });

  it('open a form for an admin, and tell a member who may', async () => {
    const { admin, member, general } = open;
    const welcome = general.messages[0];
    expect((await admin.presses(welcome, 'Set up the digest')).modal().title).toBe('Schedule the digest');
    expect((await member.presses(welcome, 'Set up the digest')).text).toContain('is for admins');
  });

  it('share a private answer with the channel once, with who shared it', async () => {
    const { member, general, core } = open;
    const found = await member.types(general, '/barrier search', { words: `export controls ${'chips '.repeat(30)}` });
    const answer = await member.types(general, '/barrier show', { barrier: 'deadlock' });
    await member.presses(answer.private.at(-1), 'Share to channel');
    expect(shownChannel(general)).toContain('Geopolitical deadlock · Ben');
    core.advance(MINUTE);
    const again = await member.presses(answer.private.at(-1), 'Share to channel');
    expect(again.text).toContain('Shared already');
    // A line too long for a button is kept in the store.
    await member.presses(found.private.at(-1), 'Share to channel');
    expect(shownChannel(general)).toContain('Search: export controls chips');
    expect(open.server.pings()).toEqual([]);
  });

  it.each(['nonsense', 'run /feeds add https://x.example', 'kept 00000000000000000000', 'share /digest pause'])(
    'gain nobody a right by a forged press “%s”',
    async (customId) => {
      const { member, general, core } = open;
      const before = general.messages.length;
      const answer = await member.forges(general.messages[0], customId);
      expect(answer.text).toMatch(/out of date|is for admins/);
      expect(general.messages.filter(({ ephemeralFor }) => ephemeralFor === undefined)).toHaveLength(before);
      expect((await core.store.listFeeds(`discord:${open.guild.id}`)).map(({ id }) => id)).toEqual(['us']);
    },
  );
});
