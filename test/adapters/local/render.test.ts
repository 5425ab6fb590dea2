import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { colours, plain } from '../../../adapters/local/paint.ts';
import { renderCard } from '../../../adapters/local/render.ts';
import type { Block, Card } from '../../../src/card.ts';
import { hostileCards, WHOLE_CARD } from '../cards.ts';

function card(...blocks: Block[]): Card {
  return { ...WHOLE_CARD, title: 'A title', blocks };
}

describe('a card in the terminal', () => {
  it('reads like a page', () => {
    expect(renderCard(WHOLE_CARD, { width: 72, paint: plain, banner: 'recorded sample' })).toBe(`
[recorded sample] AI governance digest · Fri 3 Jul 2026
3 events from 4 items in the last day

Geopolitical deadlock [CH 2.1]
▲ Trump signs executive order to preempt state AI laws
  White House · Fri 12 Dec 2025 · also NIST, Transformer · k3f9q2abcd
  also ▲ Technology outruns law
  “to preempt state AI laws” [CH 2.1]
  “a second quote”
  https://www.whitehouse.gov/presidential-actions/2025/12/eliminating-state-law-obstruction/
▼ China and the United States agree to talk
  UN News · Thu 11 Dec 2025
· *Code* of practice under way
  A source · no date
  … the *code* applies …
  … 2 more: /digest last
  Defined in  [CH 2.1]
  Deepens it  Rivalry between powers,
              export controls
────────────────────────────────────────
strong and a quote and /barrier help and the essay
https://example.org/essay
feeds.opml
<opml>
  <body/>
</opml>


Undo: /feeds undo 3
`);
  });

  it('says the same words in colour', () => {
    const coloured = renderCard(WHOLE_CARD, { width: 72, paint: colours });
    const unmarked = renderCard(WHOLE_CARD, { width: 72, paint: plain }).replaceAll('*', '');
    expect(stripVTControlCharacters(coloured)).toBe(unmarked);
    expect(coloured).toContain('\u001b[31m▲\u001b[39m \u001b[1mTrump signs');
    expect(coloured).toContain('\u001b[32m▼\u001b[39m');
    expect(coloured).toContain('\u001b[7mCode\u001b[27m of practice');
    expect(coloured).toContain('\u001b[3m“to preempt state AI laws”\u001b[23m \u001b[1m[CH 2.1]\u001b[22m');
  });

  it.each([
    ['plain', 'A title'],
    ['good', '✓ A title'],
    ['warning', '! A title'],
    ['bad', '✗ A title'],
  ] as const)('shows the tone %s without colours too', (tone, title) => {
    expect(renderCard({ ...card(), tone }, { width: 72, paint: plain })).toBe(`\n${title}\n`);
  });

  it('puts values below their names where a name is long', () => {
    const fields = [
      { name: '/digest schedule <at> [zone] [days]', value: 'When this channel gets its digest' },
      { name: '/digest now', value: 'Now' },
    ];
    expect(renderCard(card({ kind: 'fields', fields }), { width: 72, paint: plain })).toBe(`
A title
  /digest schedule <at> [zone] [days]
      When this channel gets its digest
  /digest now
      Now
`);
  });

  it('indents what it wraps, and never breaks a link', () => {
    const link = `https://example.org/${'long/'.repeat(12)}`;
    const entries = [
      { title: 'One two three four five six seven', source: 'Source', direction: 'mixed', link } as const,
    ];
    const text = renderCard(card({ kind: 'entries', entries }), { width: 24, paint: plain });
    expect(text).toBe(`\nA title\n◆ One two three four\n  five six seven\n  Source · no date\n  ${link}\n`);
  });

  it('lets no feed move the cursor, forge a colour or reorder its neighbours', () => {
    fc.assert(
      fc.property(hostileCards, fc.boolean(), (hostile, inColour) => {
        const text = renderCard(hostile, { width: 72, paint: inColour ? colours : plain });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: our own colour codes are what is taken out
        const rest = inColour ? text.replace(/\u001b\[(?:1|2|3|7|22|23|27|31|32|33|36|39)m/g, '') : text;
        expect(rest).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}|[\u2028\u2029]/u);
      }),
      { numRuns: 300 },
    );
  });

  it('closes every colour it opens on the same run, so that none spills over', () => {
    fc.assert(
      fc.property(hostileCards, (hostile) => {
        const [, ...codes] = renderCard(hostile, { width: 72, paint: colours }).split('\u001b[');
        const closing: Readonly<Record<string, string>> = {
          1: '22',
          2: '22',
          3: '23',
          7: '27',
          31: '39',
          32: '39',
          33: '39',
          36: '39',
        };
        const opened: string[] = [];
        for (const code of codes.map((each) => /^\d+(?=m)/.exec(each)?.[0] ?? '')) {
          const end = closing[code];
          if (end) opened.push(end);
          else expect(code).toBe(opened.pop());
        }
        expect(opened).toEqual([]);
      }),
    );
  });
});
