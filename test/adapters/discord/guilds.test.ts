import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { coreChannel, type OpenBot, openBot } from './open.ts';
import { shownChannel } from './server/shown.ts';
import { until } from './server/waiting.ts';

const WELCOME = 'Barrierwatch is here';

let open: OpenBot;

beforeEach(async () => {
  open = await openBot();
});
afterEach(() => open.close());

function times(text: string, words: string): number {
  return text.split(words).length - 1;
}

describe('a server on Discord', () => {
  it('is welcomed once where the bot was invited before its start, also after restarts', async () => {
    await open.restart();
    await open.restart();
    expect(times(shownChannel(open.general), WELCOME)).toBe(1);
  });

  it('is welcomed when the bot is invited, in the first channel it may write in', async () => {
    const { server, bot } = open;
    const other = server.addGuild('Other team');
    const [general] = other.channels;
    const random = server.addChannel(other, 'random');
    if (general) server.deny(general, bot, ['sendMessages']);
    server.invite(bot, other);
    await until(() => shownChannel(random).includes(WELCOME));
    expect(general && shownChannel(general)).toBe('');
    expect(shownChannel(random)).toContain(
      'Feeds and digests are changed by someone with the permission Manage Server here',
    );
    expect(shownChannel(random)).toContain('[Set up the digest]');
  });

  it('is not welcomed again when it comes back from an outage, or when the bot is invited again', async () => {
    const { server, bot, guild, general } = open;
    server.outage(guild);
    server.outageEnds(guild);
    server.remove(bot, guild);
    server.invite(bot, guild);
    const later = server.addChannel(guild, 'later');
    await open.admin.types(later, '/barrier help');
    expect(times(shownChannel(general), WELCOME)).toBe(1);
  });

  it('gets no digest from when the bot is removed until it is invited again', async () => {
    const { server, bot, guild, general, admin, core } = open;
    await admin.types(general, '/digest schedule', { at: '08:30' });
    const suspended = async () => (await core.store.subscriptionOf(coreChannel(general)))?.suspended;
    server.outage(guild);
    server.outageEnds(guild);
    await admin.types(general, '/barrier help');
    expect(await suspended()).toBeUndefined();
    server.remove(bot, guild);
    await expect.poll(suspended).toMatchObject({ reason: expect.stringContaining('removed from the server') });
    server.invite(bot, guild);
    await expect.poll(suspended).toBeUndefined();
  });

  it('gets no digest in a channel that is deleted, and an admin is told', async () => {
    const { server, guild, admin, core } = open;
    const news = server.addChannel(guild, 'news');
    await admin.types(news, '/digest schedule', { at: '08:30' });
    server.deleteChannel(news);
    await expect
      .poll(async () => (await core.store.subscriptionOf(coreChannel(news)))?.suspended)
      .toMatchObject({ reason: 'The channel was deleted.' });
    await until(() => server.direct(admin.user) !== undefined);
    await expect.poll(() => shownChannel(server.direct(admin.user) ?? news)).toContain('A digest is held back');
  });

  it('sees and changes only what is its own', async () => {
    const { server, bot, general, admin, guild, core } = open;
    const other = server.addGuild('Other team');
    server.invite(bot, other);
    const [theirs] = other.channels;
    if (theirs === undefined) throw new Error('no channel');
    await until(() => shownChannel(theirs).includes(WELCOME));
    const oda = server.person(bot, other, 'Oda', ['manageGuild']);
    await oda.types(theirs, '/feeds remove', { feed: 'us' });
    expect((await core.store.listFeeds(`discord:${other.id}`)).map(({ id }) => id)).toEqual([]);
    expect((await core.store.listFeeds(`discord:${guild.id}`)).map(({ id }) => id)).toEqual(['us']);
    expect((await oda.types(theirs, '/barrier search', { words: 'export controls' })).text).toContain('Nothing found');
    expect((await admin.types(general, '/barrier search', { words: 'export controls' })).text).toContain(
      'United States',
    );
    // A channel under another server's name is refused before anything is sent.
    const stolen = { ...coreChannel(theirs), workspaceId: `discord:${guild.id}` };
    const card = { title: 'x', tone: 'plain', public: true, timeZone: 'UTC', blocks: [] } as const;
    await expect(open.adapter.post(stolen, card, 'k')).rejects.toThrow('belongs to another server');
  });
});
