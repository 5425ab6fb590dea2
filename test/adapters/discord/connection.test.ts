import { describe, expect, it } from 'vitest';
import { createDiscordAdapter } from '../../../adapters/discord/index.ts';
import { UserError, WorldError } from '../../../src/errors.ts';
import { coreChannel, openBot } from './open.ts';
import { shownChannel } from './server/shown.ts';
import { until } from './server/waiting.ts';

const CARD = { title: 'A card', tone: 'plain', public: true, timeZone: 'UTC', blocks: [] } as const;

describe.concurrent('the connection to Discord', () => {
  it('asks for the intent Guilds alone, and says where it is on and how to bring it elsewhere', async () => {
    const open = await openBot({ isStarted: false });
    expect(await open.adapter.start()).toBe(
      `on in 1 server. Bring it to another: https://discord.com/oauth2/authorize?client_id=${open.bot.user.id}&scope=bot+applications.commands&permissions=309237763072`,
    );
    expect(open.server.gateway.intents()).toBe(1);
    await open.close();
  });

  it('without any server says how to bring it to one', async () => {
    const open = await openBot({ isStarted: false });
    open.server.remove(open.bot, open.guild);
    expect(await open.adapter.start()).toMatch(/^on, and in no server yet\. Bring it to one: https:/);
    await open.close();
  });

  it.each([
    ['a wrong token', { token: 'wrong' }, UserError, 'DISCORD_TOKEN is refused by Discord. Copy it again'],
    [
      'a platform that cannot be reached',
      { apiUrl: 'http://127.0.0.1:9/api' },
      WorldError,
      'Discord does not answer (ECONNREFUSED).',
    ],
  ] as const)('with %s fails with one clear line', async (_, options, kind, words) => {
    const open = await openBot({ isStarted: false, options });
    const failure = await open.adapter.start().catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(kind);
    expect(String(failure)).toContain(words);
    expect(String(failure)).not.toContain('\n');
    await open.close();
  });

  it('that Discord closes as it begins, for the token or the intents, fails with one clear line', async () => {
    for (const [code, words] of [
      [4004, 'DISCORD_TOKEN is refused'],
      [4014, 'refuses the intents'],
    ] as const) {
      const open = await openBot({ isStarted: false });
      open.server.gateway.refuseWith(code);
      const failure = await open.adapter.start().catch((thrown: unknown) => thrown);
      expect(failure).toBeInstanceOf(UserError);
      expect(String(failure)).toContain(words);
      await open.close();
    }
  });

  it('can be tried again after Discord failed', async () => {
    const open = await openBot({ isStarted: false });
    open.server.faults.plan('GET /gateway/bot', { kind: 'status', status: 503 }, 4);
    await expect(open.adapter.start()).rejects.toThrow('Discord answered with status 503');
    expect(await open.adapter.start()).toContain('on in 1 server');
    await open.close();
  });

  it('that is stopped while it begins ends, and can be begun again', async () => {
    const open = await openBot({ isStarted: false });
    open.server.faults.plan('GET /gateway/bot', { kind: 'delay', milliseconds: 200 });
    const started = open.adapter.start().catch((thrown: unknown) => thrown);
    await open.adapter.stop();
    expect(await started).toBeInstanceOf(WorldError);
    expect(await open.adapter.start()).toContain('on in 1 server');
    await open.close();
  });

  it('answers every command once while it is lost and resumed ten times', async () => {
    const open = await openBot();
    const { server, general, admin } = open;
    const answers: Promise<{ readonly text: string }>[] = [];
    for (let round = 0; round < 10; round++) {
      answers.push(admin.types(general, '/digest schedule', { at: `08:${10 + round}` }));
      if (round % 3 === 0) server.gateway.askToReconnect();
      else server.gateway.drop();
      answers.push(admin.types(general, '/barrier show', { barrier: 'deadlock' }));
      await until(() => server.gateway.connections.length === round + 2, 'a connection');
    }
    for (const { text } of await Promise.all(answers))
      expect(text).toMatch(/Shown to the channel|Geopolitical deadlock/);
    expect(shownChannel(general).split('Digest scheduled')).toHaveLength(11);
    expect(server.gateway.connections).toEqual(['identify', ...Array.from({ length: 10 }, () => 'resume')]);
    await open.close();
  });

  it('begins anew where Discord has ended the session', async () => {
    const open = await openBot();
    open.server.gateway.invalidate();
    await until(() => open.server.gateway.connections.length === 2);
    await until(() => open.server.gateway.isConnected(open.bot));
    expect((await open.member.types(open.general, '/barrier help')).text).toContain('what you can type');
    expect(shownChannel(open.general).split('Barrierwatch is here')).toHaveLength(2);
    await open.close();
  });

  it('that is closed for good is told to the log with what to do, and the process goes on', async () => {
    const open = await openBot();
    open.server.gateway.close(4004);
    await until(() => open.core.log.lines.some((line) => line.includes('DISCORD_TOKEN is refused')));
    expect(await open.adapter.post(coreChannel(open.general), CARD, 'k')).not.toBe('');
    await open.close();
  });

  it('finishes what it is answering before it ends', async () => {
    const open = await openBot();
    open.server.faults.plan('PATCH /webhooks/*/*/messages/*', { kind: 'delay', milliseconds: 150 });
    const answer = open.member.types(open.general, '/barrier help');
    await until(() => open.server.seen.some(({ path }) => path.endsWith('/callback')));
    await open.adapter.stop();
    expect((await answer).text).toContain('what you can type');
    await open.close();
  });

  it('keeps tokens out of the log', async () => {
    const open = await openBot();
    open.server.faults.plan('POST /interactions/*/*/callback', { kind: 'status', status: 404, code: 10062 });
    void open.member.types(open.general, '/barrier help').catch(() => {});
    await until(() => open.core.log.lines.length > 0);
    const other = createDiscordAdapter({
      token: 'secret-token',
      apiUrl: open.server.apiUrl,
      admins: [],
      prefix: '',
      timeZone: 'UTC',
      host: open.core.host,
      log: open.core.log,
      clock: open.core.clock,
    });
    const failure = await other.start().catch((thrown: unknown) => thrown);
    expect(`${failure} ${open.core.log.lines.join(' ')}`).not.toMatch(/secret-token|interaction-token|token\.of/);
    await open.close();
  });
});

describe('commands under a prefix', () => {
  it('are registered, typed, shown and pressed under it', async () => {
    const open = await openBot({ options: { prefix: 'bw-' } });
    const { admin, general } = open;
    expect(shownChannel(general)).toContain('/bw-digest schedule 08:30');
    await admin.types(general, '/bw-digest schedule', { at: '08:30' });
    const answer = await admin.types(general, '/bw-digest status');
    expect(answer.text).toContain('Digest of this channel');
    expect((await admin.types(general, '/bw-digest schedule')).modal().title).toBe('Schedule the digest');
    expect((await admin.presses(general.messages[0], 'Help')).text).toContain('/bw-barrier');
    await open.close();
  });
});
