import { describe, expect, it } from 'vitest';
import type { FeedNode } from '../../../feeds/engines/engine.ts';
import { readBodies } from '../../../feeds/reading/bodies.ts';

const BASE = 'https://example.org/';

function entry(...bodies: readonly (readonly [name: string, text: string])[]): FeedNode {
  const elements = bodies.map(([name, text]) => ({ name, text, attributes: {}, isMarkup: false, base: BASE }));
  return { elements, base: BASE };
}

describe('the bodies of an entry', () => {
  it.each<[string, FeedNode, object]>([
    ['a summary alone', entry(['description', 'short']), { summary: 'short' }],
    ['a full text alone', entry(['content:encoded', 'full']), { content: 'full' }],
    [
      'a second summary before the full text',
      entry(['description', 'short'], ['itunes:summary', 'about'], ['content:encoded', 'full']),
      { summary: 'short', content: 'about' },
    ],
    [
      'a second summary behind the full text, which replaces the first',
      entry(['description', 'short'], ['content:encoded', 'full'], ['itunes:summary', 'about']),
      { summary: 'about', content: 'full' },
    ],
    [
      'a third summary, which replaces the first once the second is the content',
      entry(['description', 'short'], ['dc:description', 'more'], ['dc:description', 'last']),
      { summary: 'last', content: 'more' },
    ],
    [
      'the caption of a picture behind the full text, which replaces nothing',
      entry(['description', 'short'], ['content:encoded', 'full'], ['media:description', 'caption']),
      { summary: 'short', content: 'full' },
    ],
    [
      'an empty summary behind the full text, which replaces nothing',
      entry(['description', 'short'], ['content:encoded', 'full'], ['itunes:summary', ' ']),
      { summary: 'short', content: 'full' },
    ],
    [
      'two full texts, of which the first counts',
      entry(['content:encoded', 'full'], ['content', 'again']),
      { content: 'full' },
    ],
    [
      'the full text first',
      entry(['content:encoded', 'full'], ['description', 'short']),
      { summary: 'short', content: 'full' },
    ],
    ['a subtitle where there is no summary', entry(['itunes:subtitle', 'aside']), { summary: 'aside' }],
    ['empty ones', entry(['description', ' '], ['itunes:summary', 'about']), { summary: 'about' }],
    ['none', entry(['title', 'T']), {}],
  ])('are read from %s', (_, node, bodies) => {
    expect(readBodies(node, false)).toEqual(bodies);
  });
});
