import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FeatureFinder, type FeatureSink, keyOfName } from '../../../src/taxonomy/features.ts';
import { readItem, type Text } from '../../../src/taxonomy/reading.ts';
import { KNOWLEDGE } from '../../../src/taxonomy/tag.ts';

interface Found {
  readonly name: string;
  readonly key: number;
  readonly words: string;
}

function featuresOf(item: Text, pairs?: readonly string[]): Found[] {
  const finder = new FeatureFinder(KNOWLEDGE, pairs);
  const reading = readItem(item, KNOWLEDGE);
  const found: Found[] = [];
  finder.find(reading, (...feature: Parameters<FeatureSink>) => {
    const [key, from, to, kind] = feature;
    const isFrame = kind === 'frame' || kind === 'denied';
    const words = isFrame ? '' : reading.exactly({ from, to }).quote;
    found.push({ name: finder.nameOf(reading, ...feature), key, words });
  });
  return found;
}

const names = (item: Text) => featuresOf(item).map(({ name }) => name);

describe('the features of an item', () => {
  const item = { title: 'Commission delays the AI Act', summary: 'Ministers agreed in 2027.' };

  it('are its words without inflection, those of the title twice, and neighbours as pairs', () => {
    const found = names(item);
    for (const name of ['word delay', 'title delay', 'pair delay the', 'start commi', 'word minister', 'word 2027'])
      expect(found).toContain(name);
    expect(found).not.toContain('title minister');
    expect(found).not.toContain('word the');
  });

  it('never pair the last word of the title with the first of the summary', () => {
    expect(names(item)).not.toContain('pair act minister');
  });

  it('are classes of words, and two of them in their order', () => {
    const found = names(item);
    expect(found).toContain('class ai-act');
    expect(found).toContain('classes eu delay');
    expect(found).not.toContain('classes delay eu');
  });

  it('are frames that hold, and apart from them those that a "not" denies', () => {
    const frames = (title: string) => names({ title, summary: '' }).filter((name) => /^(frame|denied) /.test(name));
    expect(frames('EU to delay high-risk rules of the AI Act')).toContain(
      'frame weakened-institutions: EU rules delayed',
    );
    expect(frames('EU will not delay high-risk rules of the AI Act')).toContain(
      'denied weakened-institutions: EU rules delayed',
    );
  });

  it('leave out pairs of classes that no weight asks for', () => {
    const some = featuresOf(item, ['classes eu delay']).map(({ name }) => name);
    expect(some.filter((name) => name.startsWith('classes '))).toEqual(['classes eu delay']);
  });

  it('stand on words of the item, and have the number of their name', () => {
    const word = fc.constantFrom(
      'AI',
      'Act',
      'delays',
      'Türkiye',
      'US',
      'not',
      '2026',
      '$',
      'l’IA',
      '🤖',
      '.',
      ',',
      'Ç',
    );
    const text = fc.array(fc.oneof(word, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 25 });
    fc.assert(
      fc.property(text, text, (title, summary) => {
        const made = { title: title.join(' '), summary: summary.join(' ') };
        for (const { name, key, words } of featuresOf(made)) {
          expect(keyOfName(name)).toBe(key);
          if (words !== '') expect(made.title.includes(words) || made.summary.includes(words)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('have names of a known kind only', () => {
    expect(() => keyOfName('letter a')).toThrow('no feature is called');
  });
});
