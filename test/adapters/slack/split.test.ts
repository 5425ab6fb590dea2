import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUDGET, LIMITS } from '../../../adapters/slack/limits.ts';
import { type Piece, split } from '../../../adapters/slack/split.ts';

function piece(words: string, blocks: number, isHeading: boolean, isAskable: boolean): Piece {
  const plain: Piece = {
    blocks: Array.from({ length: blocks }, () => ({
      type: 'context' as const,
      elements: [{ type: 'plain_text' as const, text: words, emoji: false }],
    })),
    words,
    entries: isHeading ? 0 : 1,
    ...(isAskable ? { why: { id: 'k3f9q2abcd', title: words } } : {}),
  };
  return isHeading ? { ...plain, heading: { continued: { ...plain, words: `${words} (continued)` } } } : plain;
}

/** Pieces as cards make them: none is larger than a message takes, headings are small. */
const pieces = fc
  .array(
    fc.record({
      length: fc.integer({ min: 1, max: 3_000 }),
      blocks: fc.integer({ min: 1, max: 3 }),
      isHeading: fc.boolean(),
      isAskable: fc.boolean(),
    }),
    { maxLength: 120 },
  )
  .map((drawn) =>
    drawn.map(({ length, blocks, isHeading, isAskable }, index) => {
      const words = `${index}.`.padEnd(isHeading ? Math.min(length, 200) : length, 'x');
      return piece(words, isHeading ? 1 : blocks, isHeading, isAskable && !isHeading);
    }),
  );

const isContinued = ({ words }: Piece) => words.endsWith('(continued)');
const sizeOf = (group: readonly Piece[]) => group.flatMap(({ blocks }) => blocks);

describe('what a card holds, split into messages', () => {
  it('is all there, once and in its order, with only headings repeated', () => {
    fc.assert(
      fc.property(pieces, fc.integer({ min: 0, max: 3_000 }), (given, reserved) => {
        const groups = split(given, reserved);
        expect(groups.flat().filter((each) => !isContinued(each))).toEqual(given);
        for (const group of groups) expect(group.length).toBeGreaterThan(0);
        // A heading is repeated only as the first of a message, and only one that came before.
        for (const [index, each] of groups.flat().entries()) {
          if (isContinued(each)) expect(groups.map((group) => group[0])).toContain(groups.flat()[index]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('leaves each message within what Slack takes, with room for buttons and the menu', () => {
    fc.assert(
      fc.property(pieces, (given) => {
        for (const group of split(given)) {
          // A piece that is alone may be as large as it is.
          if (group.filter((each) => !isContinued(each)).length === 1) continue;
          const blocks = sizeOf(group);
          expect(blocks.length + 2).toBeLessThanOrEqual(LIMITS.blocksOfMessage);
          expect(blocks.length).toBeLessThanOrEqual(BUDGET.blocks);
          expect(blocks.reduce((sum, block) => sum + JSON.stringify(block).length, 0)).toBeLessThanOrEqual(
            BUDGET.characters,
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has no heading at the end of a message, apart from what it names', () => {
    const given = Array.from({ length: 60 }, (_, index) =>
      piece(`${index}.`.padEnd(900, 'x'), 1, index % 5 === 0, false),
    );
    const groups = split(given);
    expect(groups.length).toBeGreaterThan(3);
    for (const group of groups) expect(group.at(-1)?.heading).toBeUndefined();
  });

  it('repeats the heading where a section goes on in the next message', () => {
    const section = [piece('Heading', 1, true, false)];
    const entries = Array.from({ length: 40 }, (_, index) => piece(`${index}.`.padEnd(900, 'x'), 1, false, true));
    const [first, ...rest] = split([...section, ...entries]);
    expect(first?.[0]?.words).toBe('Heading');
    expect(rest.map((group) => group[0]?.words)).toEqual(rest.map(() => 'Heading (continued)'));
  });

  it('keeps room in the first message for its buttons', () => {
    const given = Array.from({ length: 12 }, (_, index) => piece(`${index}.`.padEnd(700, 'x'), 1, false, false));
    expect(split(given, 5_000)[0]?.length).toBeLessThan(split(given)[0]?.length ?? 0);
  });

  it('of nothing is no message', () => {
    expect(split([])).toEqual([]);
  });
});
