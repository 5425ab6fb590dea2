import { describe, expect, it } from 'vitest';
import type { FeedNode } from '../../../feeds/engines/engine.ts';
import { readDates } from '../../../feeds/reading/dates.ts';

const BASE = 'https://example.org/';

function entry(...dates: readonly (readonly [name: string, text: string])[]): FeedNode {
  const elements = dates.map(([name, text]) => ({ name, text, attributes: {}, isMarkup: false, base: BASE }));
  return { elements, base: BASE };
}

describe('the dates of an entry', () => {
  it.each<[string, FeedNode, object]>([
    ['its publication', entry(['pubdate', '2026-09-01']), { published: '2026-09-01' }],
    ['a bare date, which does not say of what', entry(['date', '2026-09-01']), { updated: '2026-09-01' }],
    ['the date of its last build', entry(['lastbuilddate', '2026-09-01']), { updated: '2026-09-01' }],
    [
      'a change rather than a build, in whatever order',
      entry(['lastbuilddate', '2026-09-03'], ['date', '2026-09-02'], ['updated', '2026-09-01']),
      { updated: '2026-09-01' },
    ],
    [
      'the next best element where the best holds no date',
      entry(['updated', 'soon'], ['lastbuilddate', '2026-09-03']),
      { updated: '2026-09-03' },
    ],
    ['none', entry(['title', '2026-09-01']), {}],
  ])('are read from %s', (_, node, dates) => {
    expect(readDates(node)).toEqual(dates);
  });
});
