import { describe, expect, it } from 'vitest';
import { authorityOf, isOfficial, wordsNamed } from '../../src/authority.ts';
import { toEvents } from '../../src/event.ts';
import type { ReadItem } from '../../src/model.ts';
import { readItem, type Wish } from './event-items.ts';

function published(id: string, title: string, url: string | undefined, wish: Wish = {}): ReadItem {
  const read = readItem(id, { event: 'e', date: '2026-06-10', ...wish });
  return { ...read, item: { ...read.item, title, ...(url === undefined ? {} : { url }) } };
}

function authority(url: string | undefined, title = 'A title', wish: Wish = {}) {
  const item = published('a', title, url, wish);
  return authorityOf(item, wordsNamed([item]));
}

describe('the authority of an item', () => {
  it.each([
    ['https://www.whitehouse.gov/eo', 'Executive Order on AI', 'own-text'],
    ['https://www.federalregister.gov/d/1', 'Executive Order on AI', 'official'],
    ['https://www.edpb.europa.eu/x', 'EDPB adopts an opinion', 'own-text'],
    ['https://azop.hr/x', 'EDPB adopts an opinion', 'official'],
    ['https://press.un.org/en/2026/ga1.doc.htm', 'General Assembly appoints panel', 'own-text'],
    ['https://www.gov.uk/x', 'Bletchley Declaration', 'official'],
    ['https://www.meti.go.jp/x', 'Guidelines', 'official'],
    ['https://www.lawfaremedia.org/x', 'EDPB adopts an opinion', 'independent'],
    ['https://gov.example.com/x', 'A title', 'independent'],
    ['https://notgov/x', 'A title', 'independent'],
    ['https://importai.substack.com/p/x', 'A title', 'press'],
    ['https://www.reuters.com/x', 'A title', 'press'],
  ])('of %s is, for “%s”, %s', (url, title, expected) => {
    expect(authority(url, title)).toBe(expected);
  });

  it('follows from the stream where there is no link, or none that is an address', () => {
    expect(authority(undefined)).toBe('official');
    expect(authority('not an address')).toBe('official');
    expect(authority(undefined, 'A title', { stream: 'analysis' })).toBe('independent');
  });

  it('is official on a public body’s host, whatever stream the list puts it in', () => {
    expect(isOfficial(published('a', 'A title', 'https://www.nist.gov/x', { stream: 'analysis' }))).toBe(true);
    expect(isOfficial(published('a', 'A title', 'https://importai.substack.com/p/x', { stream: 'us' }))).toBe(false);
  });
});

describe('an event is led', () => {
  const body = published('body', 'EDPB adopts opinion', 'https://www.edpb.europa.eu/x', { date: '2026-06-12' });
  const national = published('national', 'EDPB: opinion adopted', 'https://azop.hr/x');
  const tracker = published('tracker', 'EDPB opinion explained', 'https://www.lawfaremedia.org/x');
  const newsletter = published('newsletter', 'EDPB opinion', 'https://importai.substack.com/p/x', {
    date: '2026-06-09',
  });

  it('by the body’s own text, then other bodies, independent observers and the press, however late', () => {
    const [event] = toEvents([newsletter, tracker, national, body]);
    expect(event?.items.map(({ item }) => item.id)).toEqual(['body', 'national', 'tracker', 'newsletter']);
  });

  it('by the earlier of two that count the same', () => {
    const [event] = toEvents([
      published('b', 'B', 'https://a.gov/x', { date: '2026-06-11' }),
      published('a', 'A', 'https://b.gov/x'),
    ]);
    expect(event?.lead.item.id).toBe('a');
  });
});
