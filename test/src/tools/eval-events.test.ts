import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import { evaluateEvents } from '../../../src/tools/eval-events.ts';

const ITEMS = [
  { id: 'a', title: 'Newsom vetoes SB 1047', date: '2024-09-30', event: 'veto' },
  { id: 'b', title: 'SB 1047: California governor’s veto', date: '2024-09', summary: null, event: 'veto' },
  { id: 'c', title: 'EDPB adopts opinion on the Digital Omnibus', date: null, url: null },
  { id: 'd', title: 'Nvidia chips for China', event: 'veto' },
];

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eval-'));
  file = join(folder, 'gold.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(...lines: string[]): string {
  writeFileSync(file, lines.join('\n'));
  return file;
}

describe('the score of events on labelled items', () => {
  it('tells B-cubed figures and the pairs that went wrong', () => {
    const text = evaluateEvents(write(...ITEMS.map((item) => JSON.stringify(item)), ''), false);
    expect(text).toContain('4 items, B-cubed');
    expect(text).toContain('precision  1.000');
    expect(text).toContain('recall     0.667');
    expect(text).toContain('kept apart, but labelled one event: 2 pairs');
    expect(text).toContain('joined, but labelled apart: 0 pairs');
  });

  it('is told as JSON where that is wished', () => {
    expect(JSON.parse(evaluateEvents(write(JSON.stringify(ITEMS[0])), true))).toMatchObject({ items: 1, f1: 1 });
  });

  it.each([
    ['no JSON', '{'],
    ['no title', '{"id":"a"}'],
    ['a date that is none', '{"id":"a","title":"A","date":"soon"}'],
  ])('names the file for %s', (_, line) => {
    expect(() => evaluateEvents(write(line), false)).toThrow(UserError);
    expect(() => evaluateEvents(file, false)).toThrow(file);
  });

  it('names a file that is not there', () => {
    expect(() => evaluateEvents(join(folder, 'nothing'), false)).toThrow(UserError);
  });
});
