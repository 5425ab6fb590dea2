import { describe, expect, it } from 'vitest';
import { createAdapterHost } from '../../src/adapter-host.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import type { Workspace } from '../../src/model.ts';
import { DAY, HOUR, MINUTE } from '../../src/time.ts';
import { CHANNEL, createTestBot, feedDraft, WORKSPACE, wordsOf } from '../test-bot.ts';

const TEAM: Workspace = { id: 'T1', adapter: 'slack', name: 'Policy', timeZone: 'America/New_York' };
const GENERAL = { adapter: 'slack', workspaceId: 'T1', id: 'C1' };
const ADMINS = 'Maria, or an owner of this workspace';

/** A bot, with a way to start its host anew over the same store, as after a restart. */
async function start() {
  const bot = await createTestBot([feedDraft('us'), feedDraft('un')], new Map());
  const saved: Workspace[] = [];
  const store = {
    ...bot.store,
    saveWorkspace(...[workspace, feeds, at]: Parameters<typeof bot.store.saveWorkspace>) {
      saved.push(workspace);
      return bot.store.saveWorkspace(workspace, feeds, at);
    },
  };
  const newHost = (firstFeeds = () => [feedDraft('us'), feedDraft('un')]) =>
    createAdapterHost({
      store,
      clock: bot.clock,
      bot: { handle: bot.host.handle, prefill: bot.host.prefill },
      commands: COMMANDS,
      firstFeeds,
      suspend: async () => {},
    });
  return { ...bot, saved, newHost };
}

describe('a workspace that joins', () => {
  it('gets the first feed list, once', async () => {
    const { host, store } = await start();
    await host.join(TEAM);
    expect((await store.listFeeds('T1')).map(({ id }) => id)).toEqual(['un', 'us']);
    await store.editFeedList('T1', { action: 'remove', feedId: 'us' }, 'ana', '2026-06-10T06:30:00.000Z');
    await host.join(TEAM);
    expect((await store.listFeeds('T1')).map(({ id }) => id)).toEqual(['un']);
  });

  it('is stored once a run, and again when its name or zone is another', async () => {
    const { newHost, saved, store } = await start();
    const host = newHost();
    for (const _ of [1, 2, 3]) await host.join(TEAM);
    expect(saved).toEqual([TEAM]);
    const renamed = { ...TEAM, name: 'Think tank' };
    for (const _ of [1, 2, 3]) await host.join(renamed);
    expect(saved).toEqual([TEAM, renamed]);
    await newHost().join(renamed);
    expect(saved).toHaveLength(3);
    expect(await store.workspaces('slack')).toEqual([renamed]);
  });

  it('is stored at the next try where it could not be stored', async () => {
    const { newHost, store } = await start();
    let tries = 0;
    const host = newHost(() => {
      tries += 1;
      if (tries === 1) throw new Error('no such file');
      return [feedDraft('us')];
    });
    await expect(host.join(TEAM)).rejects.toThrow('no such file');
    expect(await store.workspaces('slack')).toEqual([]);
    await host.join(TEAM);
    expect(await store.workspaces('slack')).toEqual([TEAM]);
    expect(await store.listFeeds('T1')).toHaveLength(1);
  });
});

describe('what must happen once', () => {
  it('happens once, also after a restart, and apart in each workspace', async () => {
    const { newHost } = await start();
    const host = newHost();
    await host.join(TEAM);
    expect([await host.once('T1', 'event E1'), await host.once('T1', 'event E1')]).toEqual([true, false]);
    expect(await newHost().once('T1', 'event E1')).toBe(false);
    expect(await host.once(WORKSPACE.id, 'event E1')).toBe(true);
  });

  it('may happen again after its lifetime', async () => {
    const { host, advance } = await start();
    expect(await host.once(WORKSPACE.id, 'press', 10 * MINUTE)).toBe(true);
    advance(10 * MINUTE - 1);
    expect(await host.once(WORKSPACE.id, 'press', 10 * MINUTE)).toBe(false);
    advance(1);
    expect(await host.once(WORKSPACE.id, 'press', 10 * MINUTE)).toBe(true);
  });

  it('never again where it has no lifetime', async () => {
    const { host, advance } = await start();
    await host.once(WORKSPACE.id, 'for ever');
    advance(1_000 * DAY);
    expect(await host.once(WORKSPACE.id, 'for ever')).toBe(false);
  });
});

describe('an invitation', () => {
  it('is answered with who the bot is, what it posts and when, and who may change that', async () => {
    const { host } = await start();
    await host.join(TEAM);
    const card = (await host.invited(TEAM, GENERAL, ADMINS)) ?? expect.fail('no welcome');
    expect(card).toMatchObject({ public: true, timeZone: 'America/New_York' });
    const words = wordsOf(card);
    expect(words).toContain('I read 2 sources');
    expect(words).toContain('Nothing is posted here until an admin sets up the digest');
    expect(words).toContain(`changed by ${ADMINS}.`);
    const buttons = card.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
    expect(buttons[0]).toEqual({ label: 'Set up the digest', command: '/digest schedule', action: 'form' });
  });

  it('tells the digest of the channel where it has one, and offers no other', async () => {
    const { host } = await start();
    const card = (await host.invited(WORKSPACE, CHANNEL, ADMINS)) ?? expect.fail('no welcome');
    expect(wordsOf(card)).toContain('The digest of this channel: Each day at 08:30 Europe/Brussels');
    expect(wordsOf(card)).not.toContain('Set up the digest');
  });

  it('is answered the first time only, also after a restart, but in each channel and workspace', async () => {
    const { newHost } = await start();
    const host = newHost();
    const other = { ...TEAM, id: 'T2' };
    await host.join(TEAM);
    await host.join(other);
    expect(await host.invited(TEAM, GENERAL, ADMINS)).toBeDefined();
    expect(await host.invited(TEAM, GENERAL, ADMINS)).toBeUndefined();
    expect(await newHost().invited(TEAM, GENERAL, ADMINS)).toBeUndefined();
    expect(await host.invited(TEAM, { ...GENERAL, id: 'C2' }, ADMINS)).toBeDefined();
    expect(await host.invited(other, { ...GENERAL, workspaceId: 'T2' }, ADMINS)).toBeDefined();
  });

  it('to a channel that was left lets its digests come again, and is not answered twice', async () => {
    const { host, store } = await start();
    await host.invited(WORKSPACE, CHANNEL, ADMINS);
    await host.removed({ workspaceId: WORKSPACE.id, channelId: CHANNEL.id }, 'the bot was removed');
    expect(await host.invited(WORKSPACE, CHANNEL, ADMINS)).toBeUndefined();
    expect(await store.subscriptionOf(CHANNEL)).not.toHaveProperty('suspended');
  });
});

describe('a bot that was removed', () => {
  const OTHER = { ...CHANNEL, id: 'other' };

  async function withChannels() {
    const bot = await start();
    await bot.host.join({ ...TEAM, adapter: 'local' });
    await bot.say('/digest schedule 08:30', { channel: OTHER });
    const theirs = { ...CHANNEL, workspaceId: 'T1' };
    await bot.say('/digest schedule 08:30', { channel: theirs, workspace: { ...TEAM, adapter: 'local' } });
    const suspended = async () => {
      const all = await Promise.all([CHANNEL, OTHER, theirs].map((channel) => bot.store.subscriptionOf(channel)));
      return all.map((each) => each?.suspended?.reason);
    };
    return { ...bot, suspended };
  }

  it('from a channel posts nothing there, and goes on in others and in other workspaces', async () => {
    const { host, suspended } = await withChannels();
    await host.removed({ workspaceId: WORKSPACE.id, channelId: CHANNEL.id }, 'it was removed');
    expect(await suspended()).toEqual(['it was removed', undefined, undefined]);
  });

  it('from a workspace posts nothing in any of its channels until it returns', async () => {
    const { host, suspended } = await withChannels();
    await host.removed({ workspaceId: WORKSPACE.id }, 'it was uninstalled');
    expect(await suspended()).toEqual(['it was uninstalled', 'it was uninstalled', undefined]);
    await host.returned('T1');
    expect(await suspended()).toEqual(['it was uninstalled', 'it was uninstalled', undefined]);
    await host.returned(WORKSPACE.id);
    expect(await suspended()).toEqual([undefined, undefined, undefined]);
  });

  it('tells the one who set a digest up, once a channel', async () => {
    const { host, told } = await withChannels();
    await host.removed({ workspaceId: WORKSPACE.id, channelId: OTHER.id }, 'it was removed');
    await host.removed({ workspaceId: WORKSPACE.id, channelId: OTHER.id }, 'it was removed');
    expect(told.map(({ userId }) => userId)).toEqual(['local:ana']);
  });

  it('from a channel that gets no digest, or a workspace it does not know, has nothing to do', async () => {
    const { host, suspended, told } = await withChannels();
    await host.removed({ workspaceId: WORKSPACE.id, channelId: 'elsewhere' }, 'it was removed');
    await host.removed({ workspaceId: 'unknown' }, 'it was removed');
    await host.returned('unknown');
    expect(await suspended()).toEqual([undefined, undefined, undefined]);
    expect(told).toEqual([]);
  });
});

describe('the host', () => {
  it('answers in the zone of the channel, and of the workspace where the channel has none', async () => {
    const { host, say } = await start();
    await host.join(TEAM);
    expect((await say('/barrier help', { workspace: TEAM, channel: GENERAL })).timeZone).toBe('America/New_York');
    expect((await say('/barrier help')).timeZone).toBe('Europe/Brussels');
  });

  it('gives back lines that were kept for buttons, also after a restart', async () => {
    const { host, newHost, advance } = await start();
    const line = `/barrier search ${'export controls '.repeat(200)}`;
    const id = await host.keepLine(WORKSPACE.id, line);
    advance(HOUR);
    expect(await newHost().findLine(WORKSPACE.id, id)).toBe(line);
    expect(await host.findLine('T1', id)).toBeUndefined();
  });
});
