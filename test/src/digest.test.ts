import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compose, type Digest, directionCounts, eventsOf, spansDays, windowFor } from '../../src/digest.ts';
import { digestCard } from '../../src/digest-card.ts';
import type { ListedFeed, ReadItem } from '../../src/model.ts';
import { BARRIER_IDS } from '../../src/model.ts';
import { DAY, plus } from '../../src/time.ts';
import { wordsOf } from '../test-bot.ts';
import { readItem, tagging } from './event-items.ts';

const NOW = '2026-06-10T06:30:00.000Z';
const WINDOW = { from: plus(NOW, -DAY), to: NOW };
const ALL = { barriers: [], streams: [] };

function digestOf(
  items: readonly ReadItem[],
  wish: Parameters<typeof compose>[0] = ALL,
  feeds: ListedFeed[] = [],
): Digest {
  return compose(wish, WINDOW, items, feeds);
}

function feed(id: string, extra: Partial<ListedFeed> = {}): ListedFeed {
  return {
    id,
    kind: 'rss',
    url: `https://${id}.example/feed`,
    broad: true,
    nextCheckAt: NOW,
    errorCount: 0,
    title: `Feed ${id}`,
    stream: 'us',
    addedBy: 'first run',
    addedAt: NOW,
    ...extra,
  };
}

const DEADLOCK = readItem('deadlock', { taggings: [tagging('geopolitical-deadlock')], stream: 'us' });
const BOTH = readItem('both', {
  taggings: [tagging('pacing-gap', { direction: 'eases', confidence: 0.9 }), tagging('geopolitical-deadlock')],
  stream: 'eu',
});
const NEITHER = readItem('neither', { stream: 'un' });

describe('the window of a digest', () => {
  it.each([
    ['starts where the last one ended', '2026-06-09T06:30:00.000Z', '2026-06-09T06:30:00.000Z'],
    ['looks back three days the first time', undefined, '2026-06-07T06:30:00.000Z'],
    ['looks back 31 days at most', '2026-01-01T00:00:00.000Z', '2026-05-10T06:30:00.000Z'],
    ['looks back three days where the clock went back', '2027-01-01T00:00:00.000Z', '2026-06-07T06:30:00.000Z'],
  ])('%s', (_, coveredUntil, from) => {
    expect(windowFor(coveredUntil ? { coveredUntil } : {}, NOW)).toEqual({ from, to: NOW });
  });

  it('is told as a span of days when it is longer than a day', () => {
    expect(spansDays(WINDOW)).toBe(false);
    expect(spansDays({ from: plus(NOW, -2 * DAY), to: NOW })).toBe(true);
  });
});

describe('a digest', () => {
  it('puts an event under its primary barrier alone, in the essays’ order', () => {
    const { sections, alsoRelevant } = digestOf([NEITHER, BOTH, DEADLOCK]);
    expect(sections.map(({ barrier, events }) => [barrier, ...events.map(({ id }) => id)])).toEqual([
      ['geopolitical-deadlock', 'deadlock'],
      ['pacing-gap', 'both'],
    ]);
    expect(alsoRelevant.map(({ id }) => id)).toEqual(['neither']);
  });

  it('counts directions by event', () => {
    expect(digestOf([NEITHER, BOTH, DEADLOCK]).directions).toEqual({ deepens: 1, eases: 1, mixed: 0 });
    expect(directionCounts({ deepens: 7, eases: 0, mixed: 1 })).toBe('▲ 7 deepen · ◆ 1 mixed');
    expect(directionCounts({ deepens: 0, eases: 0, mixed: 0 })).toBe('');
  });

  it.each([
    [
      'a barrier, also as a second one',
      { barriers: ['geopolitical-deadlock'] as const, streams: [] },
      ['deadlock', 'both'],
    ],
    ['a stream', { barriers: [], streams: ['un', 'eu'] as const }, ['both', 'neither']],
    ['both', { barriers: ['pacing-gap'] as const, streams: ['us'] as const }, []],
  ])('holds only what the subscription asks for: %s', (_, wish, ids) => {
    expect(eventsOf(digestOf([NEITHER, BOTH, DEADLOCK], wish)).map(({ id }) => id)).toEqual(ids);
  });

  it('counts the sources that are read and names those that failed, without the paused', () => {
    const feeds = [feed('a'), feed('b', { errorCount: 2 }), feed('c', { errorCount: 1, pausedAt: NOW })];
    const digest = digestOf([], ALL, feeds);
    expect([digest.feeds, digest.failing.map(({ id }) => id)]).toEqual([2, ['b']]);
  });

  it('loses no event and shows none twice, whatever the items', () => {
    const items = fc.array(fc.tuple(fc.nat(6), fc.subarray([...BARRIER_IDS]), fc.constantFrom('us', 'analysis')), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(items, (list) => {
        const all = list.map(([event, barriers, stream], index) =>
          readItem(`i${index}`, {
            event: `e${event}`,
            stream: stream === 'us' ? 'us' : 'analysis',
            taggings: barriers.map((each) => tagging(each)),
          }),
        );
        const shown = eventsOf(digestOf(all)).map(({ id }) => id);
        expect(shown.sort()).toEqual([...new Set(list.map(([event]) => `e${event}`))].sort());
      }),
    );
  });
});

describe('the digest as a card', () => {
  const many = Array.from({ length: 8 }, (_, index) =>
    readItem(`i${index}`, { taggings: [tagging('pacing-gap', { confidence: index / 10 })] }),
  );

  it('shows the five weightiest of a section and how to see the rest', () => {
    const [, , block] = digestCard(digestOf(many), 'Europe/Brussels').blocks;
    if (block?.kind !== 'entries') throw new Error('expected entries');
    expect(block.entries.map(({ id }) => id)).toEqual(['i7', 'i6', 'i5', 'i4', 'i3']);
    expect(block.more).toEqual({ count: 3, command: '/digest last' });
  });

  it('shows every event when asked in full', () => {
    const [, , block] = digestCard(digestOf(many), 'Europe/Brussels', { full: true }).blocks;
    if (block?.kind !== 'entries') throw new Error('expected entries');
    expect(block.entries).toHaveLength(8);
    expect(block.more).toBeUndefined();
  });

  it('is dated in the zone of the channel', () => {
    const digest = compose(ALL, { from: plus(NOW, -DAY), to: '2026-06-10T23:30:00.000Z' }, [DEADLOCK], []);
    expect(digestCard(digest, 'Asia/Tokyo').title).toBe('AI governance digest · Thu 11 Jun 2026');
    expect(digestCard(digest, 'America/New_York').title).toBe('AI governance digest · Wed 10 Jun 2026');
  });

  it('is one line when nothing moved, but still names what failed', () => {
    const failing = Array.from({ length: 7 }, (_, index) =>
      feed(`f${index}`, { errorCount: 1, lastError: 'answered 500' }),
    );
    const text = wordsOf(digestCard(digestOf([], ALL, [...failing, feed('well')]), 'Europe/Brussels'));
    expect(text).toContain('Quiet: nothing moved since Tue 9 Jun 2026 08:30 in 1 source.');
    expect(text).toContain('Not read 7 sources');
    expect(text.match(/answered 500/g)).toHaveLength(5);
    expect(text).toContain('and 2 more: /feeds health');
  });
});
