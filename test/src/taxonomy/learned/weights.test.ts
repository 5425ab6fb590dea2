import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { unseenTaggers } from '../../../../src/taxonomy/learned/cross-validate.ts';
import { loadExamples } from '../../../../src/taxonomy/learned/examples.ts';
import { TARGETS } from '../../../../src/taxonomy/learned/targets.ts';
import { compileWeights, confidenceOf } from '../../../../src/taxonomy/learned/weights.ts';
import { readItem } from '../../../../src/taxonomy/reading.ts';
import { RULE_SUMS } from '../../../../src/taxonomy/rules.ts';
import { KNOWLEDGE, tag, WEIGHTS } from '../../../../src/taxonomy/tag.ts';

const FEW_MINUTES = 300_000;

const file = (change: object) => ({
  targets: [...TARGETS],
  bias: TARGETS.map(() => 0),
  thresholds: [0],
  confidence: { slope: 1, offset: 0 },
  sums: Object.fromEntries(RULE_SUMS.map((name) => [name, TARGETS.map(() => 0)])),
  features: {},
  ...change,
});

describe('the weights', () => {
  it('that ship are, byte for byte, those of the examples and the knowledge', { timeout: FEW_MINUTES }, async () => {
    const run = promisify(execFile)(process.execPath, ['src/tools/train.ts', '--check']);
    await expect(run).resolves.toMatchObject({ stdout: expect.stringContaining('are those of the examples') });
  });

  it.each([
    ['other targets', { targets: ['weather'] }, 'npm run train'],
    ['other rules', { sums: {} }, 'npm run train'],
    ['a feature of no kind', { features: { 'smell of roses': [0, 1] } }, 'no feature is called'],
  ])('for %s are refused', (_what, change, message) => {
    expect(() => compileWeights(file({}))).not.toThrow();
    expect(() => compileWeights(file(change))).toThrow(message);
  });

  it('turn odds into a confidence between 0 and 1 that grows with them', () => {
    const confidences = [-9, -1, 0, 1, 9].map((logit) => confidenceOf(WEIGHTS, logit));
    expect(confidences).toEqual(confidences.toSorted((a, b) => a - b));
    expect(Math.min(...confidences)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...confidences)).toBeLessThanOrEqual(1);
  });

  it('say a barrier only where it is likelier than not, and call the next best unclear', () => {
    const tagged = loadExamples().map(tag);
    const said = tagged.flatMap(({ taggings }) => taggings.map(({ confidence }) => confidence));
    const unclear = tagged.flatMap(({ unclear: near = [] }) => near.map(({ confidence }) => confidence));
    expect(Math.min(...said)).toBeGreaterThanOrEqual(0.5);
    expect(unclear.length).toBeGreaterThan(5);
  });
});

describe('the evidence for every example', () => {
  const judged = loadExamples().map((example) => ({ example, tagged: tag(example) }));

  it('is an exact stretch of it', () => {
    const quotes = judged.flatMap(({ example, tagged }) =>
      tagged.taggings.flatMap(({ evidence }) => evidence.map((each) => ({ ...each, text: example[each.field] }))),
    );
    expect(quotes.length).toBeGreaterThan(2_000);
    expect(quotes.filter(({ quote, text, start, end }) => text.slice(start, end) !== quote)).toEqual([]);
  });

  it('is never only the name of who acts', () => {
    const bare = judged.flatMap(({ tagged }) =>
      tagged.taggings.filter(({ evidence }) => evidence.every(({ quote }) => isOnlyNames(quote))),
    );
    expect(bare.map(({ evidence }) => evidence[0]?.quote)).toEqual([]);
    expect(isOnlyNames('the European Commission and OpenAI')).toBe(true);
  });
});

function isOnlyNames(quote: string): boolean {
  const { words, withProof } = readItem({ title: quote, summary: '' }, KNOWLEDGE);
  return withProof({ from: 0, to: words.length }) === undefined;
}

describe('what is among the examples', () => {
  it('is judged by a tagger that did not see it, whatever the case and marks of its title', {
    timeout: FEW_MINUTES,
  }, () => {
    const examples = loadExamples().slice(0, 60);
    const unseen = unseenTaggers(examples, KNOWLEDGE, WEIGHTS);
    const title = examples[0]?.title ?? '';
    expect(unseen.find({ title: `“${title.toUpperCase()}”` })).toBeDefined();
    expect(unseen.find({ title: 'Something else altogether' })).toBeUndefined();
  });
});
