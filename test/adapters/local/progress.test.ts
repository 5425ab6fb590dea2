import { describe, expect, it } from 'vitest';
import { plain } from '../../../adapters/local/paint.ts';
import { type ProgressOptions, pollingProgress } from '../../../adapters/local/progress.ts';
import type { Check } from '../../../src/poll.ts';

const FEED = { kind: 'rss', url: 'https://a.example/', broad: false, nextCheckAt: '', errorCount: 0 } as const;
const CHECKS: readonly Check[] = [
  { feed: { ...FEED, id: 'un' }, kind: 'changed', newItems: 2 },
  { feed: { ...FEED, id: 'eu' }, kind: 'failed', newItems: 0, error: 'answered\u001b[2J 503' },
  { feed: { ...FEED, id: 'us' }, kind: 'unchanged', newItems: 0 },
];

/** What is written in one round over the checks, or in several. */
function show(form: ReturnType<ProgressOptions['form']>, rounds = 1, checks = CHECKS): string {
  const written: string[] = [];
  const listener = pollingProgress({
    write: (text) => written.push(text),
    form: () => form,
    paint: plain,
    titleOf: (id) => `Feed ${id}`,
  });
  for (let round = 0; round < rounds; round++) {
    for (const [index, check] of checks.entries()) listener(check, index + 1, checks.length);
  }
  return written.join('');
}

/** What a terminal would show in the end: a carriage return with `ESC [K` starts the line again. */
function onScreen(text: string): string {
  return text
    .split('\n')
    .map((line) => line.split('\r\u001b[K').at(-1))
    .join('\n');
}

describe('polling progress', () => {
  it('is a line a source where nobody watches', () => {
    expect(show('lines')).toBe(
      '[1/3] Feed un: 2 new items\n[2/3] ✗ Feed eu: answered [2J 503\n[3/3] Feed us: unchanged\n',
    );
  });

  it('is one bar at a terminal, with failures above it', () => {
    expect(onScreen(show('bar'))).toBe(
      '✗ Feed eu: answered [2J 503\n████████████████████████ 3/3 sources · 2 new items\n',
    );
  });

  it('is a failure and a total beside a prompt', () => {
    expect(show('prompt')).toBe('✗ Feed eu: answered [2J 503\n2 new items read. /digest preview shows what is new.\n');
  });

  it('is silent beside a prompt on what failed before, and tells once that it is read again', () => {
    const failedBefore = (check: Check | undefined) => ({
      ...(check ?? expect.fail()),
      feed: { ...FEED, id: 'eu', errorCount: 3 },
    });
    expect(show('prompt', 1, [failedBefore(CHECKS[1])])).toBe('');
    expect(show('prompt', 1, [failedBefore(CHECKS[2])])).toBe('Feed eu: read again\n');
  });

  it('counts each round anew', () => {
    expect(show('bar', 3).match(/3\/3 sources · \d new items/g)).toEqual(Array(3).fill('3/3 sources · 2 new items'));
  });
});
