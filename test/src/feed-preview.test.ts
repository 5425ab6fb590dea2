import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/card.ts';
import { UserError } from '../../src/errors.ts';
import { previewBlock, readAddress, readAsGiven } from '../../src/feed-preview.ts';
import type { FeedReader } from '../../src/ports.ts';
import { itemDraft } from '../test-bot.ts';

describe('an address as people type it', () => {
  it.each([
    ['https://www.ntia.gov/rss.xml', 'https://www.ntia.gov/rss.xml'],
    ['  http://example.org  ', 'http://example.org/'],
    ['www.ntia.gov/rss.xml', 'https://www.ntia.gov/rss.xml'],
    ['example.org:8080/feed', 'https://example.org:8080/feed'],
    ['<https://example.org/feed|example.org/feed>', 'https://example.org/feed'],
    ['http://localhost:8080/feed', 'http://localhost:8080/feed'],
    ['http://[::1]/feed', 'http://[::1]/feed'],
    ['EXAMPLE.org/Feed?x=1#y', 'https://example.org/Feed?x=1#y'],
  ])('%s is %s', (words, address) => {
    expect(readAddress(words)).toBe(address);
  });

  it.each(['', 'ntia', 'javascript:alert(1)', 'file:///etc/passwd', 'mailto:a@b.org', 'ftp://a.org/', 'a b.org', '::'])(
    '“%s” is none',
    (words) => {
      expect(() => readAddress(words)).toThrow('is not a web address');
    },
  );

  it('is an http(s) address or refused, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.domain()), (words) => {
        try {
          expect(new URL(readAddress(words)).protocol).toMatch(/^https?:$/);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(UserError);
        }
      }),
    );
  });
});

describe('a preview', () => {
  it('shows the newest items, with the proof of their barrier or why they have none', () => {
    const items = [
      itemDraft('A recipe for apple pie', { publishedAt: '2026-06-08' }),
      itemDraft('Trump signs executive order to preempt state AI laws', { publishedAt: '2026-06-09T15:00:00.000Z' }),
      itemDraft('No date at all'),
    ];
    const block = previewBlock(items, 'White House', 2);
    const [first, second] = block.kind === 'entries' ? block.entries : [];
    expect(first).toMatchObject<Partial<Entry>>({
      title: 'Trump signs executive order to preempt state AI laws',
      source: 'White House',
      direction: 'deepens',
      section: 'CH 2.1',
      detail: expect.stringContaining('▲ Geopolitical deadlock'),
      evidence: [expect.any(String)],
    });
    expect(first?.title).toContain(first?.evidence?.[0]);
    expect(second).toMatchObject({ title: 'A recipe for apple pie', detail: 'off topic', date: '2026-06-08' });
    expect(second).not.toHaveProperty('direction');
  });

  it('takes an address for a source as it stands: read once, without validators', async () => {
    const asked: unknown[] = [];
    const reader: FeedReader = {
      async read(feed) {
        asked.push(feed);
        return { outcome: 'changed', title: 'A source', items: [itemDraft('One')] };
      },
      close: async () => {},
    };
    const found = await readAsGiven(reader).find('https://example.org/feed', new AbortController().signal);
    expect(found).toMatchObject({ url: 'https://example.org/feed', kind: 'auto', how: 'given', title: 'A source' });
    expect(found.items).toHaveLength(1);
    expect(asked).toEqual([{ url: 'https://example.org/feed', kind: 'auto' }]);
  });
});
