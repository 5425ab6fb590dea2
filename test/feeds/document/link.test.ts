import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { webLink } from '../../../feeds/document/link.ts';

const base = 'https://publisher.example/news/feed.xml';

describe('webLink', () => {
  it.each([
    ['https://other.example/a', 'https://other.example/a'],
    ['/press/1', 'https://publisher.example/press/1'],
    ['item?id=1&x=2', 'https://publisher.example/news/item?id=1&x=2'],
    ['  https://other.example/a\n', 'https://other.example/a'],
    ['//cdn.example/a', 'https://cdn.example/a'],
  ])('makes “%s” absolute', (href, expected) => {
    expect(webLink(href, base)).toBe(expected);
  });

  it.each([
    undefined,
    '',
    ' ',
    'javascript:alert(1)',
    'data:text/html,x',
    'mailto:a@b.example',
    'https://',
    'https://me:secret@host.example/',
  ])('refuses %s', (href) => {
    expect(webLink(href, base)).toBeUndefined();
  });

  it('never throws and gives web addresses only', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (href) => {
        expect(webLink(href, base) ?? 'https://').toMatch(/^https?:\/\//);
      }),
    );
  });
});
