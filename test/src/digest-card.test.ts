import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, Card } from '../../src/card.ts';
import { compose, eventsOf } from '../../src/digest.ts';
import { digestCard } from '../../src/digest-card.ts';
import { BARRIER_IDS } from '../../src/model.ts';
import { readItem, tagging } from './event-items.ts';

const WINDOW = { from: '2026-06-09T06:30:00.000Z', to: '2026-06-10T06:30:00.000Z' };
const BUTTONS = [{ label: 'More', command: '/digest last' }];

/** A digest of one event a given barrier (or none), in the order given. */
function digestOf(barriers: readonly (typeof BARRIER_IDS)[number][], unbarred = 0) {
  const items = barriers.map((barrier, index) => readItem(`${barrier}-${index}`, { taggings: [tagging(barrier)] }));
  const rest = Array.from({ length: unbarred }, (_, index) => readItem(`none-${index}`));
  return compose({ barriers: [], streams: [] }, WINDOW, [...items, ...rest], []);
}

function idsOf(blocks: readonly Block[] = []): string[] {
  return blocks.flatMap((block) => (block.kind === 'entries' ? block.entries.map(({ id }) => id ?? '') : []));
}

function headingsOf(blocks: readonly Block[] = []): string[] {
  return blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []));
}

/** How many events the card says that it does not show. */
function countMore({ blocks }: Card): number {
  return blocks.reduce((sum, block) => sum + ((block.kind === 'entries' && block.more?.count) || 0), 0);
}

describe('the thread of a digest', () => {
  it('holds under each barrier what its section does not show, in the same order', () => {
    const digest = digestOf(
      [...Array(7).fill('pacing-gap'), ...Array(6).fill('knowledge-collapse'), 'geopolitical-deadlock'],
      6,
    );
    const { thread } = digestCard(digest, 'UTC');
    expect(headingsOf(thread)).toEqual([
      'Knowledge collapse and threats to shared values (continued)',
      'Technology outruns law and institutions (continued)',
      'Also relevant (continued)',
    ]);
    const all = digest.sections.map(({ events }) => events.slice(5)).concat([digest.alsoRelevant.slice(5)]);
    expect(idsOf(thread)).toEqual(all.flat().map(({ id }) => id));
    expect(idsOf(thread)).toHaveLength(4);
  });

  it('is absent where every section shows all it has', () => {
    expect(digestCard(digestOf(Array(5).fill('pacing-gap'), 5), 'UTC')).not.toHaveProperty('thread');
    expect(digestCard(digestOf([]), 'UTC')).not.toHaveProperty('thread');
  });

  it('holds exactly what the sections do not show, and a full digest has none', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...BARRIER_IDS), { maxLength: 40 }), fc.nat(12), (barriers, unbarred) => {
        const digest = digestOf(barriers, unbarred);
        const all = eventsOf(digest).map(({ id }) => id);
        const card = digestCard(digest, 'UTC');
        expect([...idsOf(card.blocks), ...idsOf(card.thread)].sort()).toEqual([...all].sort());
        expect(countMore(card)).toBe(idsOf(card.thread).length);
        const full = digestCard(digest, 'UTC', { full: true });
        expect(full).not.toHaveProperty('thread');
        expect(idsOf(full.blocks)).toEqual(all);
      }),
    );
  });
});

describe('the top of a digest', () => {
  const texts = (card: Card) =>
    card.blocks.flatMap((block) => (block.kind === 'text' ? [block.runs.map(({ text }) => text).join('')] : []));

  it('says what moved, then how much, and what was changed since it was posted', () => {
    const [opening, edits] = texts(
      digestCard(digestOf(['pacing-gap']), 'UTC', { edits: 'Edited: one tag corrected by Ana.' }),
    );
    expect(opening).toBe(
      'One barrier moved: the pacing gap deepened with “Title of pacing-gap-0”.\n1 event from 1 item in the last day · ▲ 1 deepen',
    );
    expect(edits).toBe('Edited: one tag corrected by Ana.');
  });

  it('says on a quiet day that nothing moved, and what was changed to make it so', () => {
    const words = texts(digestCard(digestOf([]), 'UTC', { edits: 'Edited: one item edited by its source.' }));
    expect(words).toEqual([expect.stringMatching(/^Quiet: /), 'Edited: one item edited by its source.']);
  });
});

describe('an entry of a digest', () => {
  it('is marked with its own date where it is late, before its other barriers, also in the thread', () => {
    const late = Array.from({ length: 6 }, (_, index) =>
      readItem(`i${index}`, { date: '2026-06-08', taggings: [tagging('pacing-gap'), tagging('knowledge-collapse')] }),
    );
    const inTime = readItem('in time', { date: '2026-06-09', taggings: [tagging('pacing-gap', { confidence: 1 })] });
    const card = digestCard(compose({ barriers: [], streams: [] }, WINDOW, [...late, inTime], []), 'UTC');
    const details = [...card.blocks, ...(card.thread ?? [])].flatMap((block) =>
      block.kind === 'entries' ? block.entries.map(({ detail }) => detail) : [],
    );
    const marked = 'late, of 8 Jun · also ▲ Knowledge collapse and threats to shared values';
    expect(details).toEqual([undefined, ...Array(6).fill(marked)]);
  });
});

describe('a digest', () => {
  it('has the buttons it is given beneath its events, and none where nothing moved', () => {
    expect(digestCard(digestOf(['pacing-gap']), 'UTC', { buttons: BUTTONS }).blocks.at(-1)).toEqual({
      kind: 'buttons',
      buttons: BUTTONS,
    });
    const kinds = (card: Card) => card.blocks.map(({ kind }) => kind);
    expect(kinds(digestCard(digestOf(['pacing-gap']), 'UTC'))).not.toContain('buttons');
    expect(kinds(digestCard(digestOf([]), 'UTC', { buttons: BUTTONS }))).toEqual(['text']);
  });

  it('leads to the rest with the command it is given', () => {
    const digest = digestOf(Array(6).fill('pacing-gap'));
    const more = (card: Card) => card.blocks.flatMap((block) => (block.kind === 'entries' ? [block.more] : []));
    expect(more(digestCard(digest, 'UTC'))).toEqual([{ count: 1, command: '/digest last' }]);
    expect(more(digestCard(digest, 'UTC', { more: '/digest preview full:yes' }))).toEqual([
      { count: 1, command: '/digest preview full:yes' },
    ]);
  });
});
