/** A digest of many events over all barriers, as a posted one is made, for tests of what arrives of it. */
import type { Card } from '../../src/card.ts';
import { compose } from '../../src/digest.ts';
import { digestCard } from '../../src/digest-card.ts';
import { BARRIER_IDS, DIRECTIONS, type ReadItem } from '../../src/model.ts';
import { readItem, tagging } from '../src/event-items.ts';

const WINDOW = { from: '2026-06-09T06:30:00.000Z', to: '2026-06-10T06:30:00.000Z' };

/** The titles of the events, all different. */
export function bigTitles(count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => `Event number ${index + 1} of the day: a body acts on the rules for AI models`,
  );
}

/** Events spread over the barriers, every twelfth without one, with what a real one carries: link, sources, quote, other barriers. */
export function bigDigest(count: number): Card {
  const items = bigTitles(count).map((title, index): ReadItem => {
    const barrier = BARRIER_IDS[index % BARRIER_IDS.length] ?? BARRIER_IDS[0];
    const other = BARRIER_IDS[(index + 1) % BARRIER_IDS.length] ?? BARRIER_IDS[1];
    const direction = DIRECTIONS[index % DIRECTIONS.length] ?? 'deepens';
    const quote = title.slice(0, 60);
    const evidence = [{ field: 'title' as const, start: 0, end: quote.length, quote }];
    const taggings =
      index % 12 === 11
        ? []
        : [tagging(barrier, { direction, evidence }), tagging(other, { evidence, confidence: 0.5 })];
    const found = readItem(`item${String(index).padStart(6, '0')}`, { date: '2026-06-09T15:00:00.000Z', taggings });
    const url = `https://www.example.org/news/2026/06/09/event-number-${index + 1}-a-body-acts-on-the-rules`;
    return { ...found, item: { ...found.item, title, url } };
  });
  const buttons = [
    { label: 'More', command: '/digest last' },
    { label: 'Pause', command: '/digest pause' },
  ];
  return digestCard(compose({ barriers: [], streams: [] }, WINDOW, items, []), 'Europe/Brussels', { buttons });
}
