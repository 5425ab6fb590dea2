import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderCard } from '../../../adapters/discord/render.ts';
import { payloadOf } from '../../../adapters/discord/sender.ts';
import {
  cut,
  escapeLine,
  escapeText,
  escapeWithin,
  safeLine,
  safeText,
  webAddress,
} from '../../../adapters/discord/text.ts';
import type { Card } from '../../../src/card.ts';
import { hostileCards } from '../cards.ts';
import { readMarkdown } from './markdown.ts';
import { messageBody } from './server/message-body.ts';
import { checkMessage } from './server/message-limits.ts';

const MARKS = [
  '@everyone',
  '@here',
  '<@123456789012345678>',
  '<@&123456789012345678>',
  '<#123456789012345678>',
  '</feeds add:123456789012345678>',
  '<t:1700000000:R>',
  '<:name:123456789012345678>',
  '<id:customize>',
  ':skull:',
  'https://evil.example/x',
  '<https://evil.example>',
  '[click](https://evil.example)',
  '[a] (b) [c](https://evil.example)',
  '](https://evil.example)',
  '[x](<https://evil.example> "title")',
  '# heading',
  '### heading',
  '-# small',
  '- list',
  '* list',
  '12. list',
  '> quote',
  '>>> quote',
  '**bold**',
  '__under__',
  '_italic_',
  '*italic*',
  '~~strike~~',
  '||spoiler||',
  '`code`',
  '``co`de``',
  '```js\ncode\n```',
  '\\',
  '\\\\',
  '\\[x\\](https://evil.example)',
  '\n',
  '   ',
  '👨‍👩‍👧‍👦',
  '\ud83d',
  'ہندوستان',
];

const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...MARKS), fc.string({ unit: 'binary', maxLength: 8 }), fc.lorem({ maxCount: 2 })), {
    maxLength: 6,
  })
  .chain((parts) => fc.constantFrom('', ' ', '\n').map((between) => parts.join(between)));

/** The card with each of its texts replaced by one full of Discord's own marks. */
const cards: fc.Arbitrary<Card> = fc.oneof(
  hostileCards,
  fc
    .tuple(hostileCards, fc.array(hostileText, { minLength: 3, maxLength: 3 }))
    .map(([card, texts]) => marked(card, texts)),
);

function marked(card: Card, texts: readonly string[]): Card {
  let at = 0;
  const keep = new Set(['kind', 'tone', 'timeZone', 'direction', 'date', 'style', 'command']);
  const replaced = JSON.parse(JSON.stringify(card), (key, value: unknown) => {
    if (typeof value !== 'string' || keep.has(key)) return value;
    at += 1;
    return texts[at % texts.length];
  });
  return { ...card, ...replaced };
}

const OPTIONS = { kept: new Map<string, string>(), buttonsUnder: 'last' } as const;

describe('untrusted text on Discord', () => {
  it('is shown as it is: the same words, no mark, no mention, no link', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const read = readMarkdown(escapeText(text));
        expect({ ...read, text: read.text }).toEqual({
          text: safeText(text).replaceAll('\u200b', ''),
          links: [],
          drawn: [],
          marks: [],
        });
      }),
      { numRuns: 1_000 },
    );
  });

  it('stays so between marks of our own, as a title in bold does', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const line = escapeLine(text);
        fc.pre(line !== '');
        const read = readMarkdown(`· **${line}**\n-# a source`);
        expect(read.links).toEqual([]);
        expect(read.drawn).toEqual([]);
        expect(read.marks).toEqual(['bold', 'small']);
        expect(read.text).toBe(`· ${safeLine(text).replaceAll('\u200b', '')}\na source`);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is cut between whole characters, within the length asked for, after escaping', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 60 }), (text, most) => {
        const escaped = escapeWithin(text, most);
        expect(escaped.length).toBeLessThanOrEqual(Math.max(most, 1));
        expect(escaped.isWellFormed()).toBe(true);
        expect(readMarkdown(escaped)).toMatchObject({ links: [], drawn: [], marks: [] });
        expect(/(^|[^\\])(\\\\)*\\$/.test(escaped)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is never cut inside an emoji of several characters', () => {
    expect(cut('ab👨‍👩‍👧‍👦cd', 8)).toBe('ab…');
    expect(cut('👍🏽👍🏽👍🏽', 9)).toBe('👍🏽👍🏽…');
  });
});

describe('any card on Discord', () => {
  it('stays within every limit, calls nobody, and links only where an entry or a text links', () => {
    fc.assert(
      fc.property(cards, (card) => {
        const messages = renderCard(card, OPTIONS);
        const allowed = new Set(linksOf(card));
        for (const message of messages) {
          const { files, ...payload } = payloadOf(message);
          const body = messageBody.parse({ ...payload, allowed_mentions: payload.allowedMentions });
          checkMessage(
            body,
            files.map(({ name, attachment }) => ({ name, bytes: attachment.length })),
          );
          for (const text of textsOf(message)) {
            expect(text.isWellFormed()).toBe(true);
            const read = readMarkdown(text);
            expect(read.drawn).toEqual([]);
            for (const link of read.links) expect(allowed).toContain(link);
            expect(read.marks.filter((mark) => /spoiler|strike|list|heading|quote/.test(mark))).toEqual([]);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('shows every title, source, quote and field, unless it is longer than fits', () => {
    fc.assert(
      fc.property(cards, (card) => {
        const shown = renderCard(card, OPTIONS)
          .flatMap(textsOf)
          .map((text) => readMarkdown(text).text)
          .join('\n')
          .replace(/\s+/g, '');
        for (const block of card.blocks) {
          const texts =
            block.kind === 'entries'
              ? block.entries.flatMap(({ title, source, evidence = [] }) => [title, source, ...evidence])
              : block.kind === 'fields'
                ? block.fields.map(({ name }) => name)
                : [];
          for (const text of texts.filter((each) => each.length < 60)) {
            expect(shown).toContain(safeLine(text).replace(/[\s\u200b]+/g, ''));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

function textsOf({ content, embeds }: ReturnType<typeof renderCard>[number]): string[] {
  return [content, ...embeds.flatMap(({ title, description }) => [title ?? '', description ?? ''])].filter(Boolean);
}

/** The addresses a card may link to, as they are written in a masked link. */
function linksOf(card: Card): string[] {
  return card.blocks.flatMap((block) => {
    const links =
      block.kind === 'entries'
        ? block.entries.map(({ link }) => link)
        : block.kind === 'text'
          ? block.runs.map(({ link }) => link)
          : [];
    return links.flatMap((link) => webAddress(link, 2_048) ?? []);
  });
}

describe('a link', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', 'discord://x', '/relative', '', 'file:///etc/passwd'])(
    'is none for “%s”',
    (link) => expect(webAddress(link, 2_048)).toBeUndefined(),
  );

  it('cannot end early, whatever stands in it', () => {
    const address = webAddress('https://example.org/a_(b)[c]<d>?e="f"|g#`h`\\', 2_048) ?? '';
    expect(readMarkdown(`[open](<${address}>) after`)).toEqual({
      text: 'open after',
      links: [address],
      drawn: [],
      marks: [],
    });
  });

  it('is left out when it is longer than Discord takes', () => {
    expect(webAddress(`https://example.org/${'x'.repeat(2_100)}`, 2_048)).toBeUndefined();
  });
});
