import { describe, expect, it } from 'vitest';
import type { FeedDraft, Workspace } from '../../../src/model.ts';
import type { Store } from '../../../src/ports.ts';
import { feedDraft, LATER, MORNING, prepared } from './prepared.ts';

const TEAM: Workspace = { id: 'T1', adapter: 'slack', name: 'Policy', timeZone: 'Europe/Brussels' };

/** What a store does with workspaces. */
export function workspaceContract(open: () => Promise<Store>): void {
  const given = prepared(open);

  describe('workspaces', () => {
    it('get their first feed list when they are new, and only then', async () => {
      expect(await given.store.saveWorkspace(TEAM, () => [feedDraft('a'), feedDraft('b')], MORNING)).toBe(true);
      expect((await given.store.listFeeds('T1')).map(({ id, addedBy }) => [id, addedBy])).toEqual([
        ['a', 'first run'],
        ['b', 'first run'],
      ]);
      expect((await given.store.history('T1', 5)).map(({ action, subject }) => [action, subject])).toEqual([
        ['add', 'b'],
        ['add', 'a'],
      ]);
      await given.store.editFeedList('T1', { action: 'remove', feedId: 'a' }, 'ana', LATER);
      expect(await given.store.saveWorkspace(TEAM, () => [feedDraft('a'), feedDraft('c')], LATER)).toBe(false);
      expect((await given.store.listFeeds('T1')).map(({ id }) => id)).toEqual(['b']);
    });

    it('do not even ask for the first feeds of one that is known', async () => {
      await given.store.saveWorkspace(TEAM, () => [], MORNING);
      let asked = 0;
      const feeds = (): FeedDraft[] => {
        asked += 1;
        return [];
      };
      await given.store.saveWorkspace(TEAM, feeds, LATER);
      expect(asked).toBe(0);
    });

    it('are new again the next time where their first feeds could not be had', async () => {
      const broken = (): FeedDraft[] => {
        throw new Error('no such file');
      };
      await expect(given.store.saveWorkspace(TEAM, broken, MORNING)).rejects.toThrow('no such file');
      expect(await given.store.workspaces('slack')).toEqual([]);
      expect(await given.store.saveWorkspace(TEAM, () => [feedDraft('a')], LATER)).toBe(true);
      expect(await given.store.listFeeds('T1')).toHaveLength(1);
    });

    it('take a new name and zone later', async () => {
      await given.store.saveWorkspace(TEAM, () => [], MORNING);
      await given.store.saveWorkspace({ ...TEAM, name: 'Think tank', timeZone: 'America/New_York' }, () => [], LATER);
      expect(await given.store.workspaces('slack')).toEqual([
        { ...TEAM, name: 'Think tank', timeZone: 'America/New_York' },
      ]);
    });

    it('are told apart by adapter, in the order of their names', async () => {
      await given.store.saveWorkspace({ ...TEAM, id: 'T2', name: 'Zeta' }, () => [], MORNING);
      await given.store.saveWorkspace({ ...TEAM, id: 'T3', name: 'Alpha' }, () => [], MORNING);
      await given.store.saveWorkspace({ ...TEAM, id: '99', adapter: 'discord' }, () => [], MORNING);
      expect((await given.store.workspaces('slack')).map(({ id }) => id)).toEqual(['T3', 'T2']);
      expect((await given.store.workspaces('discord')).map(({ id }) => id)).toEqual(['99']);
      expect(await given.store.workspaces('elsewhere')).toEqual([]);
    });
  });
}
