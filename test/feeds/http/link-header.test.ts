import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLinks } from '../../../feeds/http/link-header.ts';

const BASE = 'https://body.example/news/feed';

describe('a Link header', () => {
  it.each([
    ['<https://hub.example/>; rel="hub"', { hub: 'https://hub.example/' }],
    [
      '<https://hub.example/>;rel=hub,<feed.xml>; rel=self; type="a, b"',
      { hub: 'https://hub.example/', self: 'https://body.example/news/feed.xml' },
    ],
    [
      '<https://a.example/>; title="x; rel=\\"no\\""; rel="alternate hub"',
      { alternate: 'https://a.example/', hub: 'https://a.example/' },
    ],
    ['<https://one.example/>; rel=hub, <https://two.example/>; rel=hub', { hub: 'https://one.example/' }],
    ['<https://a.example/>', {}],
    ['hub', {}],
    ['<http://>; rel=hub', {}],
  ])('%s', (header, links) => {
    expect(Object.fromEntries(readLinks(header, BASE))).toEqual(links);
  });

  it('never throws or hangs, and brings absolute addresses, whatever stands in it', () => {
    const piece = fc.constantFrom('<', '>', ';', ',', '"', 'rel=', 'hub', ' ', '\\', 'https://a.example/');
    const headers = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 2_000 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(headers, (header) => {
        for (const address of readLinks(header, BASE).values()) expect(URL.canParse(address)).toBe(true);
      }),
    );
    expect(readLinks(`<a>${'; a='.repeat(100_000)}`, BASE).size).toBe(0);
  });
});
