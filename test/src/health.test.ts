import { describe, expect, it } from 'vitest';
import { WorldError } from '../../src/errors.ts';
import { readHealth } from '../../src/health.ts';
import { createTestBot, feedDraft, itemDraft, type Sources, WORKSPACE } from '../test-bot.ts';

async function start() {
  const sources: Sources = new Map();
  sources.set('https://us.example/feed', [itemDraft('One')]);
  sources.set('https://un.example/feed', new WorldError('answered 503'));
  const bot = await createTestBot([feedDraft('us'), feedDraft('un'), feedDraft('eu')], sources);
  return { ...bot, health: () => readHealth(bot.store, WORKSPACE.id, bot.clock.now()) };
}

describe('health', () => {
  it('counts nothing as read before the first poll', async () => {
    const { health } = await start();
    expect(await health()).toEqual({
      feeds: { listed: 3, read: 0, failing: 0, paused: 0 },
      nextDigestAt: '2026-06-10T06:30:00.000Z',
    });
  });

  it('counts what was read, what fails and what is paused', async () => {
    const { health, poll, say } = await start();
    await say('/feeds pause eu');
    await poll();
    expect((await health()).feeds).toEqual({ listed: 3, read: 1, failing: 1, paused: 1 });
  });

  it('tells when the last digest was and when the next one is due', async () => {
    const { health, say } = await start();
    await say('/digest now');
    expect(await health()).toMatchObject({
      lastDigestAt: '2026-06-10T06:30:00.000Z',
      nextDigestAt: '2026-06-11T06:30:00.000Z',
    });
  });

  it('expects no digest while they are paused', async () => {
    const { health, say } = await start();
    await say('/digest pause');
    expect(await health()).not.toHaveProperty('nextDigestAt');
  });

  it('expects no digest while the channel takes none', async () => {
    const { health, host } = await start();
    await host.removed({ workspaceId: WORKSPACE.id }, 'the bot was removed');
    expect(await health()).not.toHaveProperty('nextDigestAt');
    await host.returned(WORKSPACE.id);
    expect(await health()).toHaveProperty('nextDigestAt');
  });

  it('counts what a second reader was asked today, and how its looks ended', async () => {
    const { store, clock } = await start();
    const reader = {
      model: 'm',
      version: '1',
      read: async () => Promise.reject(new Error('unused')),
      close: async () => {},
    };
    await store.takeRequest('2026-06-10', 9);
    await store.saveSecondReaderState({
      failures: 1,
      lastError: 'answered 503',
      heldUntil: '2026-06-10T06:31:00.000Z',
    });
    const use = { reader, budget: 9, timeZone: 'Europe/Brussels' };
    expect(await readHealth(store, WORKSPACE.id, clock.now(), use)).toMatchObject({
      secondReader: { requests: 1, budget: 9, read: 0, waiting: 0, failed: 0, heldUntil: '2026-06-10T06:31:00.000Z' },
    });
  });
});
