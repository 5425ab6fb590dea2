import { describe, expect, it } from 'vitest';
import { loadKnowledge } from '../../../../src/taxonomy/knowledge.ts';
import { type Example, parseExamples } from '../../../../src/taxonomy/learned/examples.ts';
import { learnWeights } from '../../../../src/taxonomy/learned/learn.ts';
import { rowsOf } from '../../../../src/taxonomy/learned/rows.ts';
import { compileWeights } from '../../../../src/taxonomy/learned/weights.ts';
import { createTagger } from '../../../../src/taxonomy/tagger.ts';

const knowledge = loadKnowledge();

function example(title: string, more: Partial<Example> = {}): Example {
  return {
    title,
    summary: '',
    stream: 'analysis',
    date: null,
    event: null,
    language: 'en',
    relevant: true,
    barriers: {},
    mechanisms: {},
    responses: [],
    primary: null,
    crisis: false,
    ...more,
  };
}

/** Twelve examples of words that no knowledge file knows. */
function madeUp(): Example[] {
  const late = ['one', 'two', 'three', 'four'].map((word) =>
    example(`Zorbl of ${word} grumped by frobnicators`, {
      barriers: { 'pacing-gap': 'deepens' },
      primary: 'pacing-gap',
    }),
  );
  const early = ['one', 'two', 'three', 'four'].map((word) =>
    example(`Zorbl of ${word} quibbled by frobnicators`, {
      barriers: { 'pacing-gap': 'eases' },
      primary: 'pacing-gap',
    }),
  );
  const other = ['one', 'two', 'three', 'four'].map((word) => example(`Plimth sale ${word}`, { relevant: false }));
  return [...late, ...early, ...other];
}

describe('learning', () => {
  it('finds out which words speak for a barrier, and which way', () => {
    const weights = learnWeights(rowsOf(madeUp(), knowledge));
    const tag = createTagger(knowledge, compileWeights(weights));
    const late = tag({ title: 'Zorbl grumped again', summary: '' }).taggings[0];
    expect(late).toMatchObject({ barrier: 'pacing-gap', direction: 'deepens' });
    expect(late?.evidence[0]?.quote).toContain('grumped');
    expect(tag({ title: 'Zorbl quibbled again', summary: '' }).taggings[0]?.direction).toBe('eases');
    expect(tag({ title: 'Plimth sale again', summary: '' }).relevant).toBe(false);
  });

  it('gives the same weights for the same examples', () => {
    const rows = rowsOf(madeUp(), knowledge);
    expect(JSON.stringify(learnWeights(rows))).toBe(JSON.stringify(learnWeights(rows)));
  });

  it('leaves out what is seen too seldom', () => {
    const names = Object.keys(learnWeights(rowsOf(madeUp(), knowledge)).features);
    expect(names).toContain('word grumped');
    expect(names).not.toContain('pair sale two');
  });
});

describe('examples', () => {
  const line = JSON.stringify(example('A title'));

  it('are read line by line, without empty lines', () => {
    expect(parseExamples(`${line}\n\n${line}\n`, 'some.jsonl')).toHaveLength(2);
  });

  it.each([
    ['off topic with a barrier', { relevant: false, barriers: { 'pacing-gap': 'deepens' } }, 'off topic'],
    ['a primary barrier that is none', { primary: 'pacing-gap' }, 'not among the barriers'],
    ['a mechanism of another barrier', { mechanisms: { 'pacing-gap': 'us-china-race' } }, 'another barrier'],
    ['an unknown field', { colour: 'red' }, 'colour'],
  ])('with %s are refused with file and line', (_fault, change, message) => {
    const wrong = JSON.stringify({ ...example('A title'), ...change });
    expect(() => parseExamples(`${line}\n${wrong}`, 'some.jsonl')).toThrow(/some\.jsonl, line 2/);
    expect(() => parseExamples(wrong, 'some.jsonl')).toThrow(message);
  });
});
