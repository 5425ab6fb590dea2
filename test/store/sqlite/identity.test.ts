import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparableLink, identityOf, itemId, linkHash } from '../../../store/sqlite/identity.ts';

const bare = { title: 'Title', summary: 'Summary', categories: [] };

describe('comparing links', () => {
  it.each([
    ['the scheme', 'http://a.example/x', 'https://a.example/x'],
    ['the case of the host', 'https://A.Example/x', 'https://a.example/x'],
    ['a slash at the end', 'https://a.example/x/', 'https://a.example/x'],
    ['a bare host', 'https://a.example/', 'https://a.example'],
    ['tracking parameters', 'https://a.example/x?utm_source=rss&fbclid=1', 'https://a.example/x'],
    ['tracking among others', 'https://a.example/x?p=1&UTM_Medium=feed&q=2', 'https://a.example/x?p=1&q=2'],
    ['a session in the path', 'https://a.example/x;jsessionid=8A7B', 'https://a.example/x'],
    ['a session among parameters', 'https://a.example/x?PHPSESSID=1&p=1', 'https://a.example/x?p=1'],
    ['an unnamed session', 'https://a.example/x?sid=0a1b2c3d4e5f60718293a4b5', 'https://a.example/x'],
    ['space around', ' https://a.example/x\n', 'https://a.example/x'],
  ])('ignores %s', (_, one, other) => {
    expect(comparableLink(one)).toBe(comparableLink(other));
    expect(linkHash(one)).toBe(linkHash(other));
  });

  it.each([
    ['paths', 'https://a.example/x', 'https://a.example/y'],
    ['the case of paths', 'https://a.example/x', 'https://a.example/X'],
    ['parameters', 'https://a.example/?p=1', 'https://a.example/?p=2'],
    ['parameters that only begin like tracking', 'https://a.example/?fbclids=1', 'https://a.example/'],
    ['parameters that may name a story', 'https://a.example/?sid=123', 'https://a.example/?sid=124'],
    ['fragments', 'https://a.example/#one', 'https://a.example/#two'],
    ['hosts', 'https://a.example/x', 'https://b.example/x'],
    ['other schemes', 'tag:a.example,2026:1', 'tag:a.example,2026:1/'],
  ])('tells %s apart', (_, one, other) => {
    expect(comparableLink(one)).not.toBe(comparableLink(other));
  });

  it('is the same whatever tracking a link was passed on with', () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    const link = fc.webUrl({ withQueryParameters: true, withFragments: true });
    fc.assert(
      fc.property(link, word, word, (url, name, value) => {
        const [page = '', fragment] = url.split('#');
        const mark = `${page.includes('?') ? '&' : '?'}utm_${name}=${value}`;
        const passed = `${page}${mark}${fragment === undefined ? '' : `#${fragment}`}`;
        expect(comparableLink(passed)).toBe(comparableLink(url));
      }),
    );
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(linkHash(text)).toBe(linkHash(` ${text} `));
        expect(Number.isSafeInteger(linkHash(`https://${text}`))).toBe(true);
      }),
    );
  });
});

describe('the identity of an entry', () => {
  it('is its guid, else its link, else its words', () => {
    const linked = { ...bare, url: 'https://a.example/x' };
    expect(identityOf({ ...linked, guid: 'g' })).toBe('g');
    expect(identityOf({ ...linked, guid: ' ' })).toBe('//a.example/x');
    expect(identityOf({ ...linked, url: '' })).toBe(identityOf(bare));
    expect(identityOf({ ...bare, summary: 'Other' })).not.toBe(identityOf(bare));
  });

  it('is the link, else the words, by the rule of links', () => {
    const linked = { ...bare, guid: 'g', url: 'https://a.example/x' };
    expect(identityOf(linked, 'link')).toBe('//a.example/x');
    expect(identityOf({ ...bare, guid: 'g' }, 'link')).toBe(identityOf(bare));
  });

  it('is the document’s number by the rule of references, and the guid where it shows none', () => {
    expect(identityOf({ ...bare, guid: 'g', url: 'https://press.un.org/en/blog/sc16444' }, 'reference')).toBe(
      'un sc16444',
    );
    expect(identityOf({ ...bare, guid: 'g', url: 'https://a.example/x' }, 'reference')).toBe('g');
  });

  it('survives the move of a site to https where guids are links', () => {
    expect(identityOf({ ...bare, guid: 'http://a.example/?p=1' })).toBe(
      identityOf({ ...bare, guid: 'https://a.example/?p=1' }),
    );
  });

  it('does not confuse where a title ends and a summary begins', () => {
    expect(identityOf({ ...bare, title: 'ab', summary: 'c' })).not.toBe(
      identityOf({ ...bare, title: 'a', summary: 'bc' }),
    );
  });

  it('gives an id of ten characters that never changes between versions', () => {
    // Links that people have shared hold these ids.
    expect(itemId('un-news', 'https://news.example/1')).toBe('blbuscv49m');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (feed, identity) => {
        expect(itemId(feed, identity)).toMatch(/^[0-9a-v]{10}$/);
      }),
    );
  });

  it('gives other feeds and other identities other ids', () => {
    const ids = new Set<string>();
    for (let feed = 0; feed < 20; feed += 1) {
      for (let entry = 0; entry < 500; entry += 1) ids.add(itemId(`feed-${feed}`, `entry-${entry}`));
    }
    expect(ids.size).toBe(10_000);
  });
});
