import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge, judgementWords, type Label, labelOf, onNewText } from '../../src/judgement.ts';
import { BARRIER_IDS, type BarrierId, DIRECTIONS, type Direction, type Tagging } from '../../src/model.ts';

const ITEM = {
  title: 'European Commission: high-risk rules of the AI Act postponed to 2027, Parliament objects',
  summary: 'The “Digital Omnibus”  delays the rules.',
};
const NOTHING = { former: [], rules: [] };
const BY = { userId: 'slack:U1' };

function label(tags: Readonly<Partial<Record<BarrierId, Direction>>>, primary?: BarrierId): Label {
  const barriers = new Map(BARRIER_IDS.flatMap((id) => (tags[id] ? [[id, tags[id]] as const] : [])));
  return { relevant: true, barriers, ...(primary ? { primary } : {}), crisis: false };
}

function tagging(barrier: BarrierId, quote: string, direction: Direction = 'deepens'): Tagging {
  const start = ITEM.title.indexOf(quote);
  const evidence = [{ field: 'title', start, end: start + quote.length, quote } as const];
  return {
    barrier,
    direction,
    confidence: 0.7,
    evidence,
    section: 'AO',
    method: 'rules@1',
    reasons: [],
    mechanism: 'm',
  };
}

const quotesOf = (judged: ReturnType<typeof judge>) =>
  judged.taggings.flatMap(({ evidence }) => evidence.map(({ quote }) => quote));

describe('what a person says of an item', () => {
  it('is tagged by that person, without doubt, on the words that were named in any case', () => {
    const judged = judge(ITEM, NOTHING, label({ 'pacing-gap': 'deepens' }, 'pacing-gap'), {
      ...BY,
      words: '"digital omnibus” DELAYS',
    });
    const evidence = [{ field: 'summary', start: 5, end: 29, quote: 'Digital Omnibus”  delays' }];
    expect(judged).toMatchObject({ relevant: true, primary: 'pacing-gap', method: 'person:slack:U1' });
    expect(judged.taggings).toMatchObject([{ confidence: 1, method: 'person:slack:U1', section: 'AO', evidence }]);
  });

  it('refuses words that are not in the item', () => {
    expect(() => judge(ITEM, NOTHING, label({ 'pacing-gap': 'deepens' }), { ...BY, words: 'never said' })).toThrow(
      'neither in the title nor',
    );
  });

  it('takes the proof that the rules had, and their mechanism, where no words are named', () => {
    const rules = [tagging('pacing-gap', 'postponed to 2027')];
    const judged = judge(ITEM, { former: [], rules }, label({ 'pacing-gap': 'eases' }), BY);
    expect(quotesOf(judged)).toEqual(['postponed to 2027']);
    expect(judged.taggings[0]?.mechanism).toBe('m');
  });

  it('keeps the proof of what stays, and proves what is new with the words', () => {
    const former = [tagging('pacing-gap', 'postponed')];
    const wanted = label({ 'weakened-institutions': 'deepens', 'pacing-gap': 'deepens' });
    expect(quotesOf(judge(ITEM, { former, rules: [] }, wanted, { ...BY, words: 'parliament' }))).toEqual([
      'Parliament',
      'postponed',
    ]);
    expect(
      quotesOf(judge(ITEM, { former, rules: [] }, label({ 'pacing-gap': 'deepens' }), { ...BY, words: '2027' })),
    ).toEqual(['2027']);
  });

  it.each([
    ['European Commission: high-risk rules postponed to 2027, Parliament objects again', 'Parliament objects again'],
    ['European Commission – rules of the AI Act are postponed', 'rules of the AI Act are postponed'],
    ['Council of the European Union', 'Council of the European Union'],
    ['Trump Signs Executive Order | White House', 'Trump Signs Executive Order | White House'],
  ])('else stands on the shortest clause of the title that is not only a name: %s', (title, quote) => {
    expect(quotesOf(judge({ title, summary: '' }, NOTHING, label({ 'pacing-gap': 'mixed' }), BY))).toEqual([quote]);
  });

  it('needs words to stand on', () => {
    expect(() => judge({ title: '', summary: '' }, NOTHING, label({ 'pacing-gap': 'mixed' }), BY)).toThrow(
      'has no words',
    );
  });

  it('has no barriers and no crisis when the item is off topic', () => {
    const judged = judge(ITEM, NOTHING, { ...label({ 'pacing-gap': 'eases' }), relevant: false, crisis: true }, BY);
    expect(judged).toEqual({ relevant: false, taggings: [], crisis: false, method: 'person:slack:U1' });
  });

  it('always stands on exact words, also after any edit of the text', () => {
    const words = fc.string({ unit: 'binary', minLength: 1 });
    const labels = fc.array(fc.tuple(fc.constantFrom(...BARRIER_IDS), fc.constantFrom(...DIRECTIONS)), {
      minLength: 1,
    });
    fc.assert(
      fc.property(
        words,
        fc.string(),
        labels,
        fc.string(),
        fc.string(),
        (title, summary, tags, newTitle, newSummary) => {
          const judged = judge({ title: `${title}.`, summary }, NOTHING, { ...label({}), barriers: new Map(tags) }, BY);
          const edited = { title: newTitle, summary: newSummary };
          const anew = onNewText(judged, edited, undefined);
          expect(labelOf(anew)).toEqual(labelOf(judged));
          for (const { evidence } of anew.taggings) {
            expect(evidence.length).toBeGreaterThan(0);
            for (const { field, start, end, quote } of evidence) expect(edited[field].slice(start, end)).toBe(quote);
          }
        },
      ),
    );
  });

  it('finds any words of the item, whatever stands in them', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((each) => /[\p{L}\p{N}]/u.test(each));
    fc.assert(
      fc.property(text, (title) => {
        const judged = judge({ title, summary: '' }, NOTHING, label({ 'pacing-gap': 'eases' }), {
          ...BY,
          words: title,
        });
        for (const { start, end, quote } of judged.taggings.flatMap(({ evidence }) => evidence))
          expect(title.slice(start, end)).toBe(quote);
      }),
    );
  });
});

describe('a judgement whose text has changed', () => {
  const judged = judge(ITEM, NOTHING, label({ 'pacing-gap': 'deepens' }), { ...BY, words: 'postponed to 2027' });

  it('is as it was where its words stand where they stood', () => {
    expect(onNewText(judged, { ...ITEM, summary: 'Another.' }, 'postponed to 2027')).toEqual(judged);
  });

  it('stands on the same words elsewhere, else on the title', () => {
    const moved = { title: 'News of the week', summary: 'Rules are postponed to 2027.' };
    expect(onNewText(judged, moved, undefined).taggings[0]?.evidence).toEqual([
      { field: 'summary', start: 10, end: 27, quote: 'postponed to 2027' },
    ]);
    expect(quotesOf(onNewText(judged, { ...moved, summary: '' }, undefined))).toEqual(['News of the week']);
  });

  it('prefers the words that the person had named, when they come back', () => {
    const lost = onNewText(judged, { title: 'News of the week', summary: '' }, 'postponed to 2027');
    expect(quotesOf(onNewText(lost, { title: 'It is postponed to 2027', summary: '' }, 'postponed to 2027'))).toEqual([
      'postponed to 2027',
    ]);
  });
});

describe('a judgement in words', () => {
  it('names the primary barrier first, the crisis, or that there is nothing', () => {
    const two = judge(
      ITEM,
      NOTHING,
      { ...label({ 'weakened-institutions': 'eases', 'pacing-gap': 'deepens' }, 'pacing-gap'), crisis: true },
      BY,
    );
    expect(judgementWords(two)).toBe('▲ Technology outruns law and institutions, ▼ Weakened institutions · crisis');
    expect(judgementWords(judge(ITEM, NOTHING, label({}), BY))).toBe('no barrier');
    expect(judgementWords({ relevant: false, taggings: [], crisis: false })).toBe('off topic');
  });
});
