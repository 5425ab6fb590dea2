import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

describe('a command on Discord', () => {
  it('is acknowledged at once and answered to the caller alone', async () => {
    const { member, general } = open;
    const answer = await member.types(general, '/barrier overview');
    expect(answer.first).toMatchObject(PRIVATE_DEFERRAL);
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
  it('offers what fits what was typed', async () => {
    const { member, general } = open;
    const answer = await member.completes(general, '/barrier show', 'barrier', 'dead');
    expect(answer.choices()).toEqual([{ name: 'Geopolitical deadlock', value: 'geopolitical-deadlock' }]);
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
