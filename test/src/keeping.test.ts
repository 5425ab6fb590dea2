import { describe, expect, it } from 'vitest';
import { StoreError, WorldError } from '../../src/errors.ts';
import { type KeepingDependencies, keepInOrder, unlessInTrouble, whileStorable } from '../../src/keeping.ts';
import { keptLog } from '../test-bot.ts';

const NOW = '2026-06-10T06:30:00.000Z';
const FULL = new StoreError('full', 'the disk is full');

interface KeeperWish {
  readonly texts?: number;
  readonly compositions?: number;
  readonly nextAt?: string;
  readonly failure?: Error;
}

/** A store with so much to forget, whose backup is due when `nextAt` says so; notes what is asked of it. */
function keeper({ texts = 0, compositions = 0, nextAt, failure }: KeeperWish = {}) {
  const asked: string[] = [];
  let left = texts;
  let made = compositions;
  const store: KeepingDependencies['store'] = {
    async forgetTexts(before, limit) {
      const forgotten = Math.min(left, limit);
      left -= forgotten;
      asked.push(`forget before ${before}`);
      return forgotten;
    },
    async forgetCompositions(now, limit) {
      expect(now).toBe(NOW);
      const forgotten = Math.min(made, limit);
      made -= forgotten;
      return forgotten;
    },
    trouble: async () => undefined,
    backupState: async () => (nextAt ? { nextAt } : {}),
    async backUpDaily(at, kept) {
      asked.push(`backup ${at}, keep ${kept}`);
      if (failure) throw failure;
    },
  };
  const log = keptLog();
  const stopping = new AbortController();
  const keep = (KEEP_OFF_TOPIC_DAYS: number, KEEP_BACKUPS: number) =>
    keepInOrder({
      store,
      clock: { now: () => NOW },
      log,
      settings: { KEEP_OFF_TOPIC_DAYS, KEEP_BACKUPS },
      signal: stopping.signal,
    });
  return { keep, asked, log, stopping, left: () => left, made: () => made };
}

describe('keeping the data in order', () => {
  it('forgets texts older than so many days, step by step, until none is left', async () => {
    const { keep, asked, left } = keeper({ texts: 60 });
    await keep(10, 0);
    expect(left()).toBe(0);
    expect(asked.length).toBeGreaterThan(1);
    expect(new Set(asked)).toEqual(new Set(['forget before 2026-05-31T06:30:00.000Z']));
  });

  it('forgets what digests were made of, also where texts are kept for ever', async () => {
    const { keep, made } = keeper({ compositions: 60 });
    await keep(0, 0);
    expect(made()).toBe(0);
  });

  it('leaves the rest of very many to the next beat', async () => {
    const { keep, left } = keeper({ texts: 1_000_000 });
    await keep(10, 0);
    expect(left()).toBeGreaterThan(900_000);
    expect(left()).toBeLessThan(1_000_000);
  });

  it('forgets nothing and backs up nothing where that is off', async () => {
    const { keep, asked } = keeper({ texts: 60 });
    await keep(0, 0);
    expect(asked).toEqual([]);
  });

  it('stops between two steps when the bot stops', async () => {
    const { keep, asked, stopping } = keeper({ texts: 60 });
    const keeping = keep(10, 3);
    stopping.abort();
    await keeping;
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['was never made', undefined, 1],
    ['is due', NOW, 1],
    ['is not due yet', '2026-06-10T06:30:00.001Z', 0],
  ])('makes the daily backup when it %s', async (_when, nextAt, times) => {
    const { keep, asked } = keeper(nextAt === undefined ? {} : { nextAt });
    await keep(0, 3);
    expect(asked).toEqual(Array.from({ length: times }, () => `backup ${NOW}, keep 3`));
  });

  it('notes in the log that a backup failed, and goes on', async () => {
    const { keep, log } = keeper({ failure: new WorldError('no space for a copy') });
    await keep(0, 3);
    expect(log.lines).toHaveLength(1);
  });

  it('hands on that nothing can be stored', async () => {
    const { keep } = keeper({ failure: FULL });
    await expect(keep(0, 3)).rejects.toBe(FULL);
  });
});

describe('work while nothing can be stored', () => {
  it('rests, and goes on afterwards', async () => {
    let trouble: StoreError | undefined = FULL;
    const work = whileStorable({ trouble: async () => trouble }, async () => 'done');
    expect(await work()).toBeUndefined();
    trouble = undefined;
    expect(await work()).toBe('done');
  });

  it('ends with what stands in for it and a line in the log; other failures are thrown', async () => {
    const log = keptLog();
    expect(await unlessInTrouble(Promise.reject(FULL), 'nothing', log)).toBe('nothing');
    expect(log.lines).toEqual([expect.stringContaining('the disk is full')]);
    expect(await unlessInTrouble(Promise.resolve('done'), 'nothing', log)).toBe('done');
    await expect(unlessInTrouble(Promise.reject(new Error('ours')), 'nothing', log)).rejects.toThrow('ours');
  });
});
