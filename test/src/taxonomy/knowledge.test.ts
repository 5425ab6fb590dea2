import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileKnowledge, loadKnowledge } from '../../../src/taxonomy/knowledge.ts';
import { readItem } from '../../../src/taxonomy/reading.ts';
import { WEIGHTS } from '../../../src/taxonomy/tag.ts';

const CLASSES = `
kind: words
classes:
  negation: ["not", "no", "doesn't"]
  rule: [rule, rules, law*]
  text: [<rule>, treaty]
`;
const ACTORS = 'kind: actors\nclasses:\n  body: [UN, united nations]\n';

function frames(patterns: string, more = ''): string {
  return `subject: pacing-gap\nframes:\n  - says: rules come late\n    direction: deepens\n    weight: 1\n${more}    patterns:\n${patterns}`;
}

function compile(patterns: string, more = ''): ReturnType<typeof compileKnowledge> {
  return compileKnowledge(
    new Map([
      ['acts.yaml', CLASSES],
      ['actors.yaml', ACTORS],
      ['pacing-gap.yaml', frames(patterns, more)],
    ]),
  );
}

function quotes(patterns: string, title: string, summary = '', more = ''): string[] {
  return readItem({ title, summary }, compile(patterns, more)).findings.flatMap(({ evidence }) =>
    evidence.map(({ quote }) => quote),
  );
}

describe('knowledge files', () => {
  it('that ship are sound', () => {
    expect(() => loadKnowledge()).not.toThrow();
  });

  it('declare no class that neither a pattern nor a weight uses', () => {
    const folder = new URL('../../../src/taxonomy/knowledge/', import.meta.url);
    const text = readdirSync(folder)
      .map((name) => readFileSync(new URL(name, folder), 'utf8'))
      .join('\n');
    const declared = [...text.matchAll(/^ {2}([a-z][a-z0-9-]*): *(?:\[|$)/gm)].map(([, name]) => name ?? '');
    expect(declared).toContain('negation');
    const weighed = new Set(
      WEIGHTS.names.flatMap((name) => (/^class(es)? /.test(name) ? name.split(' ').slice(1) : [])),
    );
    const unused = declared.filter((name) => !weighed.has(name) && !text.includes(`<${name}>`));
    expect(unused.filter((name) => name !== 'negation')).toEqual([]);
  });

  it.each([
    ['an unknown class', '      - <ruel> late', /pacing-gap\.yaml, "rules come late": unknown class <ruel>/],
    ['a pattern that only names someone', '      - <body>', /proves nothing/],
    ['a pattern without anything present', '      - "!late"', /nothing in the pattern must be present/],
    ['an open bracket', '      - (late|overdue', /"\)" is missing/],
    ['a strange gap', '      - rules ..x late', /"\.\.x" is no gap/],
  ])('with %s are refused with file and place', (_fault, patterns, message) => {
    expect(() => compile(patterns)).toThrow(message);
  });

  it('with an unknown field, mechanism or class inside a class are refused', () => {
    expect(() => compile('      - late', '    wieght: 2\n')).toThrow(/pacing-gap\.yaml: .*wieght/s);
    expect(() => compile('      - late', '    mechanism: lateness\n')).toThrow(/unknown mechanism "lateness"/);
    const looped = CLASSES.replace('[<rule>, treaty]', '[<text>, treaty]');
    expect(() => compileKnowledge(new Map([['acts.yaml', looped]]))).toThrow(/includes itself/);
    const unknown = CLASSES.replace('<rule>', '<rulle>');
    expect(() => compileKnowledge(new Map([['acts.yaml', unknown]]))).toThrow(/unknown class <rulle>/);
  });
});

describe('patterns', () => {
  it('match words side by side, whole or by their start', () => {
    expect(quotes('      - <rule> late', 'The lawmaker late again')).toEqual(['lawmaker late again']);
    expect(quotes('      - <rule> late', 'The law is late')).toEqual([]);
  });

  it('offer choices of words and classes', () => {
    expect(quotes('      - (<rule>|treaty text) late', 'Treaty text late')).toEqual(['Treaty text late']);
    expect(quotes('      - (<rule>|treaty text) late', 'Rules late')).toEqual(['Rules late']);
    expect(() => compile('      - (<ruel>|treaty) late')).toThrow(/unknown class <ruel>/);
  });

  it('allow gaps as wide as written, inside one sentence', () => {
    expect(quotes('      - <rule> .. late', 'Rules came in one year late')).toEqual(['Rules came in one year late']);
    expect(quotes('      - <rule> ..2 late', 'Rules came in one year late')).toEqual([]);
    expect(quotes('      - <rule> .. late', 'New rules. Late night')).toEqual([]);
  });

  it('join parts of one sentence in any order with "&" and of one item with "+"', () => {
    expect(quotes('      - <rule> & late', 'Too late for rules')).toEqual(['Too late for rules']);
    expect(quotes('      - <rule> & late', 'Too late', 'New rules')).toEqual([]);
    expect(quotes('      - <rule> + late', 'Too late', 'New rules')).toEqual(['Too late', 'New rules']);
  });

  it('respect what must be absent, in the sentence or in the item', () => {
    expect(quotes('      - late & !treaty', 'Too late for a treaty')).toEqual([]);
    expect(quotes('      - late & !treaty', 'Too late', 'A treaty')).toEqual(['Too late']);
    expect(quotes('      - late', 'Too late', 'A treaty', '    unless: [treaty]\n')).toEqual([]);
  });

  it('quote one or two words with enough of their clause to be read', () => {
    const title = 'Brussels, says a minister, brings every rule on chatbots late and without the staff to apply them';
    expect(quotes('      - <rule>', title)).toEqual(['every rule on chatbots late and without the staff']);
    expect(quotes('      - treaty', 'After years of talks: a treaty at last; some doubt it')).toEqual([
      'treaty at last',
    ]);
    expect(quotes('      - treaty', 'States near a treaty', 'Rules follow')).toEqual(['States near a treaty']);
  });

  it('match capitals where the file has them', () => {
    expect(quotes('      - <body> late', 'UN late')).toEqual(['UN late']);
    expect(quotes('      - <body> late', 'un late')).toEqual([]);
  });

  it('leave a bare name out of the proof', () => {
    expect(quotes('      - <body> + late', 'UN meets', 'Too late')).toEqual(['Too late']);
  });

  it('note a negation before or inside the words', () => {
    const negated = (title: string): boolean[] =>
      readItem({ title, summary: '' }, compile('      - <rule> .. late')).findings.map((finding) => finding.negated);
    expect(negated('Rules are late')).toEqual([false]);
    expect(negated('Rules are not late')).toEqual([true]);
    expect(negated('No new rules late')).toEqual([true]);
  });
});
