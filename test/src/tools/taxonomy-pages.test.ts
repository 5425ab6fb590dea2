import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BARRIERS } from '../../../src/taxonomy/barriers.ts';
import { loadExamples } from '../../../src/taxonomy/learned/examples.ts';

const examples = new Map(loadExamples().map((example) => [example.title, example]));

describe.each(BARRIERS)('the page of $id', ({ id, mechanisms }) => {
  const text = readFileSync(new URL(`../../../docs/taxonomy/${id}.md`, import.meta.url), 'utf8');
  const [, tagged = '', refused = ''] = text.split(/^## .*$/m);
  const titles = (section: string) =>
    section.split('\n').flatMap((line) => /^- [^:]*: (.*)$/.exec(line)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? []);

  it('shows five examples that are tagged, and rightly, with their proof', () => {
    expect(titles(tagged)).toHaveLength(5);
    for (const title of titles(tagged)) expect(examples.get(title)?.barriers[id]).toBeDefined();
    expect(tagged.match(/^ {2}- “.+” \((title|summary)\)$/gm)?.length).toBeGreaterThanOrEqual(5);
  });

  it('shows three that are refused, and rightly', () => {
    expect(titles(refused)).toHaveLength(3);
    for (const title of titles(refused)) {
      expect(examples.get(title)).toBeDefined();
      expect(examples.get(title)?.barriers[id]).toBeUndefined();
    }
  });

  it('tells all mechanisms', () => {
    for (const mechanism of mechanisms) expect(text).toContain(`| \`${mechanism.id}\` |`);
  });
});
