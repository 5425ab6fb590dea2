import { describe, expect, it } from 'vitest';
import { diagnoseDiscord } from '../../../adapters/discord/diagnose.ts';
import { coreChannel, openBot } from './open.ts';

describe('the doctor on Discord', () => {
  it('finds a bot that works good, without opening a connection', async () => {
    const open = await openBot();
    const settings = { token: open.bot.token, apiUrl: open.server.apiUrl };
    const before = open.server.gateway.connections.length;
    const findings = await diagnoseDiscord(settings, [coreChannel(open.general)]);
    expect(findings.map(({ state, found }) => `${state}: ${found}`)).toEqual([
      'good: the token is that of barrierwatch',
      'good: in 1 server',
      'good: 3 commands registered',
      'good: digests can be posted in #general',
    ]);
    expect(open.server.gateway.connections).toHaveLength(before);
    await open.close();
  });

  it('says which permission is lacking where, also in a thread, and what to do', async () => {
    const open = await openBot();
    const settings = { token: open.bot.token, apiUrl: open.server.apiUrl };
    const thread = [{ kind: 'entries' as const, entries: [{ title: 'x', source: 'y' }] }];
    const card = { title: 'x', tone: 'plain', public: true, timeZone: 'UTC', blocks: [], thread } as const;
    await open.adapter.post(coreChannel(open.general), card, 'k');
    const below = open.guild.channels.find(({ parent }) => parent !== undefined);
    if (below === undefined) throw new Error('no thread');
    open.server.deny(open.general, open.bot, ['sendMessages', 'sendMessagesInThreads', 'embedLinks']);
    const findings = await diagnoseDiscord(settings, [open.general, below].map(coreChannel));
    expect(findings.slice(-2).map(({ state, remedy }) => `${state}: ${remedy}`)).toEqual([
      'bad: Barrierwatch lacks Send Messages, Embed Links in #general; give it that under the channel’s settings, Permissions.',
      'bad: Barrierwatch lacks Send Messages in Threads, Embed Links in #x; give it that under the channel’s settings, Permissions.',
    ]);
    await open.close();
  });

  it('finds what is missing before the first start, a channel that is gone, and one of another server', async () => {
    const open = await openBot({ isStarted: false });
    const settings = { token: open.bot.token, apiUrl: open.server.apiUrl };
    const gone = { ...coreChannel(open.general), id: '1575180148674658308' };
    const stolen = { ...coreChannel(open.general), workspaceId: 'discord:1' };
    open.server.deny(open.general, open.bot, ['viewChannel']);
    const unseen = coreChannel(open.general);
    open.server.remove(open.bot, open.server.addGuild());
    const findings = await diagnoseDiscord(settings, [gone, unseen]);
    expect(findings.map(({ state, found }) => `${state}: ${found}`)).toEqual([
      'good: the token is that of barrierwatch',
      'good: in 1 server',
      'warning: no commands are registered',
      expect.stringContaining('bad: The channel no longer exists'),
      expect.stringContaining('bad: Barrierwatch cannot see this channel'),
    ]);
    open.server.deny(open.general, open.bot, []);
    expect((await diagnoseDiscord(settings, [stolen])).at(-1)?.found).toBe('it belongs to another server');
    open.server.remove(open.bot, open.guild);
    expect((await diagnoseDiscord(settings, []))[1]).toMatchObject({
      found: 'in no server yet',
      remedy: expect.stringContaining('oauth2/authorize'),
    });
    await open.close();
  });

  it.each([
    ['a wrong token', { token: 'wrong' }, 'DISCORD_TOKEN is refused by Discord. Copy it again'],
    ['no network', { apiUrl: 'http://127.0.0.1:9/api' }, 'Discord does not answer (ECONNREFUSED).'],
  ] as const)('with %s says so in one line', async (_, wrong, words) => {
    const open = await openBot({ isStarted: false });
    const findings = await diagnoseDiscord({ token: open.bot.token, apiUrl: open.server.apiUrl, ...wrong }, []);
    expect(findings).toEqual([{ subject: 'Discord', state: 'bad', found: expect.stringContaining(words) }]);
    await open.close();
  });
});
