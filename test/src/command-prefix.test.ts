import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, Card } from '../../src/card.ts';
import { prefixed, prefixedText, rootOf } from '../../src/command-prefix.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { createTestBot, feedDraft, itemDraft, wordsOf } from '../test-bot.ts';

const card = (blocks: readonly Block[], extra: Partial<Card> = {}): Card => ({
  title: 'A title',
  tone: 'plain',
  public: false,
  timeZone: 'UTC',
  blocks,
  ...extra,
});

describe('commands in a text', () => {
  it.each([
    ['/feeds list shows them.', '/bw-feeds list shows them.'],
    ['Ask: /barrier, /digest last, “/feeds health”.', 'Ask: /bw-barrier, /bw-digest last, “/bw-feeds health”.'],
    ['(/barrier)', '(/bw-barrier)'],
    ['One line\n/digest pause', 'One line\n/bw-digest pause'],
    ['/barrier', '/bw-barrier'],
  ])('are named with the prefix in “%s”', (text, expected) => {
    expect(prefixedText(text, 'bw-')).toBe(expected);
  });

  it.each([
    'https://example.org/feeds',
    'https://example.org:8080/feeds/list',
    'https://example.org/?path=/feeds',
    'https://example.org/(/feeds',
    'https://例え.テスト/feeds',
    'example.org/feeds',
    './feeds/list',
    'and/or/feeds',
    '/feedsome',
    '/feeds-list',
    '/feeds/list',
    '/other list',
    'barrier and feeds',
  ])('are not seen in “%s”', (text) => {
    expect(prefixedText(text, 'bw-')).toBe(text);
  });

  it('are not seen in any address', () => {
    const path = fc.constantFrom('/feeds', '/digest', '/barrier', '?q=/feeds', '#/digest', '/~/feeds', '/%20/barrier');
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), path, (url, end) => {
        expect(prefixedText(`See ${url}${end} for it`, 'bw-')).toBe(`See ${url}${end} for it`);
      }),
    );
  });

  it('stay as they are without a prefix', () => {
    expect(prefixedText('/feeds list', '')).toBe('/feeds list');
    const plain = card([{ kind: 'text', runs: [{ text: '/feeds list' }] }]);
    expect(prefixed(plain, '')).toEqual(plain);
  });
});

describe('a card', () => {
  it('names commands with the prefix in its own words, also those of its thread', () => {
    const more = { count: 3, command: '/digest last' };
    const block = (text: string): Block => ({ kind: 'text', runs: [{ text }] });
    const found = prefixed(
      card(
        [
          block('Try /barrier'),
          { kind: 'heading', text: '/feeds', note: 'all' },
          { kind: 'fields', fields: [{ name: '/feeds add <url>', value: 'See /feeds list' }] },
          { kind: 'entries', entries: [], more },
        ],
        { thread: [block('Below: /digest last')] },
      ),
      'bw-',
    );
    expect(wordsOf(found)).toBe(
      'A title\nTry /bw-barrier\n/bw-feeds all\n/bw-feeds add <url>: See /bw-feeds list\n3 more: /bw-digest last',
    );
    expect(found.thread).toEqual([block('Below: /bw-digest last')]);
  });

  it('leaves what others wrote as it is: titles, quotes, excerpts, files, and what it gives back to us', () => {
    const text = 'Why /feeds and /barrier matter';
    const entry = {
      title: text,
      link: 'https://example.org/feeds',
      source: text,
      alsoFrom: [text],
      evidence: [text],
      excerpt: { text, marks: [], cutBefore: false, cutAfter: false },
    };
    const given = card(
      [
        { kind: 'entries', entries: [entry] },
        { kind: 'text', runs: [{ text, style: 'quote' }] },
        { kind: 'text', runs: [{ text, link: 'https://example.org/' }] },
        { kind: 'text', runs: [{ text, marks: [[0, 3]] }] },
        { kind: 'file', name: 'feeds.opml', content: text },
        { kind: 'buttons', buttons: [{ label: 'More', command: '/digest last' }] },
        { kind: 'divider' },
      ],
      { title: text, share: '/barrier show pacing-gap' },
    );
    expect(prefixed(given, 'bw-')).toEqual(given);
  });

  it('of the bot itself names no command without the prefix', async () => {
    const bot = await createTestBot([feedDraft('us')], new Map());
    await bot.poll();
    for (const line of ['/barrier', '/barrier help', '/feeds list', '/feeds health', '/digest status', '/feeds x']) {
      const card = await bot.say(line);
      const words = wordsOf({ ...card, blocks: card.blocks.filter(({ kind }) => kind !== 'buttons') });
      const found = prefixed(card, 'bw-');
      expect(wordsOf({ ...found, blocks: found.blocks.filter(({ kind }) => kind !== 'buttons') })).toBe(
        words.replaceAll(/\/(?=(barrier|digest|feeds)\b)/g, '/bw-'),
      );
    }
  });

  it('of the bot itself keeps the words of items and the lines of its buttons', async () => {
    const quoting = itemDraft('Trump signs executive order to preempt state AI laws, says the /feeds column', {
      publishedAt: '2026-06-09T15:00:00.000Z',
    });
    const bot = await createTestBot([feedDraft('us')], new Map([['https://us.example/feed', [quoting]]]));
    await bot.poll();
    const overview = await bot.say('/barrier');
    const found = prefixed(overview, 'bw-');
    expect(wordsOf(found)).toContain(quoting.title);
    const buttons = (blocks: readonly Block[]) => blocks.filter(({ kind }) => kind === 'buttons');
    expect(buttons(found.blocks)).toEqual(buttons(overview.blocks));
    expect(buttons(found.blocks)).toHaveLength(1);
  });
});

describe('the name of a command on a platform', () => {
  it('stands for its root with the prefix, and without it for none of ours', () => {
    expect(rootOf('/bw-feeds', 'bw-')).toBe('feeds');
    expect(rootOf('bw-digest', 'bw-')).toBe('digest');
    expect(rootOf('/feeds', 'bw-')).toBeUndefined();
    expect(rootOf('/feeds', '')).toBe('feeds');
    expect(rootOf('/other', '')).toBeUndefined();
  });

  it('is read as it is written in texts, whatever the prefix', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9_-]{1,16}$/),
        fc.constantFrom(...COMMANDS.map(({ root }) => root)),
        (prefix, root) => {
          expect(rootOf(prefixedText(`/${root}`, prefix), prefix)).toBe(root);
        },
      ),
    );
  });
});
