import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderAnswer, renderCard, renderView } from '../../../adapters/slack/render.ts';
import type { Card, Entry } from '../../../src/card.ts';
import { safeText } from '../../../src/safe-text.ts';
import { bigDigest, bigTitles } from '../big-digest.ts';
import { hostileCards, WHOLE_CARD } from '../cards.ts';
import { faultsOf, readMessage } from './read-blocks.ts';

function cardOf(blocks: Card['blocks'], extra: Partial<Card> = {}): Card {
  return { title: 'A card', tone: 'plain', public: false, timeZone: 'Europe/Brussels', blocks, ...extra };
}

function wordsOf(card: Card): string {
  return renderCard(card)
    .messages.map((message) => readMessage(message).words)
    .join('\n');
}

describe('a card on Slack', () => {
  it('looks like the golden file, with every kind of block', async () => {
    const { messages } = renderCard(WHOLE_CARD);
    await expect(`${JSON.stringify(messages, null, 2)}\n`).toMatchFileSnapshot('golden/whole-card.json');
  });

  it('looks like the golden file as the Home tab', async () => {
    await expect(`${JSON.stringify(renderView(WHOLE_CARD), null, 2)}\n`).toMatchFileSnapshot('golden/home.json');
  });

  it('carries each button as what it does, and offers to share a private answer', () => {
    const card = cardOf([{ kind: 'buttons', buttons: [{ label: 'Undo', command: '/feeds undo 3' }] }], {
      share: '/feeds list stream:eu',
    });
    const actions = renderCard(card).messages[0]?.blocks.find((block) => block.type === 'actions');
    expect(actions).toMatchObject({
      elements: [
        { text: { text: 'Undo' }, value: 'run /feeds undo 3' },
        { text: { text: 'Share to channel' }, value: 'share /feeds list stream:eu' },
      ],
    });
    expect(JSON.stringify(renderCard({ ...card, public: true }))).not.toContain('Share to channel');
  });

  it('asks why of every item that has an id, in one menu', () => {
    const menu = renderCard(WHOLE_CARD).messages[0]?.blocks.flatMap((block) =>
      block.type === 'actions' ? block.elements.filter(({ type }) => type === 'static_select') : [],
    );
    expect(menu).toMatchObject([{ action_id: 'why', options: [{ value: 'k3f9q2abcd' }] }]);
  });

  it('says who did what the channel sees', () => {
    expect(wordsOf(cardOf([], { public: true, by: 'Ana' }))).toContain('By Ana');
  });

  it('links only http and https', () => {
    const entry = (link: string): Entry => ({ title: 'T', source: 'S', link });
    const links = [
      'https://example.org/a|b<c>',
      'javascript:alert(1)',
      'data:text/html,x',
      'slack://channel?id=1',
      'nonsense',
    ];
    const { messages } = renderCard(cardOf([{ kind: 'entries', entries: links.map(entry) }]));
    expect(messages.flatMap((message) => readMessage(message).links)).toEqual(['https://example.org/a|b%3Cc%3E']);
  });

  it('keeps a short file in the message and hands a long one over to be sent', () => {
    const file = (content: string) => cardOf([{ kind: 'file', name: 'feeds.opml', content }]);
    expect(wordsOf(file('<opml/>'))).toContain('<opml/>');
    expect(renderCard(file('x'.repeat(5_000)))).toMatchObject({ files: [{ name: 'feeds.opml' }] });
  });
});

describe('a digest on Slack', () => {
  it('arrives complete with 120 events: the heaviest in the channel, the rest in the thread', () => {
    const { messages } = renderCard(bigDigest(120));
    expect(messages.flatMap(faultsOf)).toEqual([]);
    const words = messages.map((message) => readMessage(message).words).join('\n');
    for (const title of bigTitles(120)) expect(words.split(title).length - 1, title).toBeGreaterThan(0);
    expect(messages.reduce((sum, { entries }) => sum + entries, 0)).toBe(120);
    expect(readMessage(messages[0] ?? expect.fail('no message')).words).toContain('more in the thread');
  });

  it('has its buttons on the message that stands in the channel, and the menu on each', () => {
    const { messages } = renderCard(bigDigest(120));
    const labels = messages.map(({ blocks }) => JSON.stringify(blocks).includes('"run /digest pause"'));
    expect(labels).toEqual([true, ...messages.slice(1).map(() => false)]);
    expect(messages.every(({ blocks }) => JSON.stringify(blocks).includes('"static_select"'))).toBe(true);
  });

  it('begins each message of a section with its heading', () => {
    const { messages } = renderCard(bigDigest(400));
    for (const message of messages.slice(1)) {
      const first = readMessage({ blocks: message.blocks.slice(0, 1), text: '' }).words;
      expect(first).toMatch(/\[(CH 2\.\d|AO)\]|no barrier/);
    }
    for (const { blocks } of messages)
      expect(blocks.filter(({ type }) => type === 'rich_text').at(-1)).not.toMatchObject({
        elements: [{ elements: [{ text: expect.stringMatching(/\(continued\)$/) }] }],
      });
  });

  it('shows a private answer in five messages at most and says how many entries it leaves out', () => {
    const entries = bigTitles(200).map((title) => ({ title, source: 'A source', detail: 'x'.repeat(300) }));
    const all = renderCard(cardOf([{ kind: 'entries', entries }]));
    const shown = renderAnswer(cardOf([{ kind: 'entries', entries }]), 5);
    const kept = shown.messages.reduce((sum, message) => sum + message.entries, 0);
    expect(all.messages.length).toBeGreaterThan(5);
    expect(shown.messages).toHaveLength(5);
    expect(readMessage(shown.messages[4] ?? expect.fail('no message')).words).toContain(
      `… ${200 - kept} entries not shown here.`,
    );
    expect(shown.messages.flatMap(faultsOf)).toEqual([]);
  });
});

describe('hostile text on Slack', () => {
  const HOSTILE = [
    '<!channel> <!here> <!everyone> <@U012AB3CD> <!subteam^S1|all>',
    '<https://evil.example|your bank>',
    '*bold* _italics_ ~gone~ `code` ```block``` > quote :rotating_light:',
    '@channel @here &amp; &lt;!channel&gt; https://evil.example/',
    '\u202egnp.exe \u0000 \ud800',
    'x'.repeat(5_000),
  ];

  it('is shown as it is, pings nobody and links nowhere', () => {
    for (const text of HOSTILE) {
      const entry: Entry = {
        title: text,
        source: text,
        detail: text,
        evidence: [text],
        section: text,
        alsoFrom: [text],
        id: text,
      };
      const card = cardOf(
        [
          { kind: 'entries', entries: [entry] },
          { kind: 'heading', text, note: text },
          { kind: 'fields', fields: [{ name: text, value: text }] },
        ],
        { title: text },
      );
      const { messages } = renderCard(card);
      expect(messages.flatMap(faultsOf)).toEqual([]);
      const read = messages.map(readMessage);
      expect(read.flatMap(({ links, mentions }) => [...links, ...mentions])).toEqual([]);
      const shown = safeText(text).toWellFormed();
      if (shown.length <= 300) expect(read.map(({ words }) => words).join('')).toContain(shown);
    }
  });

  it('whatever it is, breaks no limit, pings nobody and links only where the card does (1,000 cards)', () => {
    fc.assert(
      fc.property(hostileCards, (card) => {
        const { messages } = renderCard(card);
        expect(messages.length).toBeGreaterThan(0);
        expect(messages.flatMap(faultsOf)).toEqual([]);
        const allowed = new Set(linksOf(card));
        for (const { links, mentions } of messages.map(readMessage)) {
          expect(mentions).toEqual([]);
          expect(links.filter((link) => !allowed.has(link))).toEqual([]);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps every short title readable', () => {
    const title = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(title, (words) => {
        const shown = wordsOf(cardOf([{ kind: 'entries', entries: [{ title: words, source: 'S' }] }]));
        expect(shown).toContain(safeText(words).toWellFormed());
      }),
    );
  });
});

function linksOf(card: Card): string[] {
  const links = card.blocks.flatMap((block) => {
    if (block.kind === 'entries') return block.entries.map(({ link }) => link);
    return block.kind === 'text' ? block.runs.map(({ link }) => link) : [];
  });
  return links.flatMap((link) => (link !== undefined && URL.canParse(link) ? [new URL(link).href] : []));
}
