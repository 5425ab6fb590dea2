import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confirm, isWaiting } from '../../../feeds/page-watch/confirm.ts';

/** What each of several readings of one page brings. */
function readings(pages: readonly (readonly string[])[]): string[][] {
  let memory: string | undefined;
  return pages.map((keys) => {
    const confirmed = confirm(keys, memory);
    memory = confirmed.memory;
    return confirmed.indices.map((index) => keys[index] ?? '');
  });
}

describe('two equal readings', () => {
  it('take stock first, then let an entry count when a second reading shows it', () => {
    expect(
      readings([
        ['b', 'a'],
        ['c', 'b', 'a'],
        ['c', 'b', 'a'],
      ]),
    ).toEqual([
      ['b', 'a'],
      ['b', 'a'],
      ['c', 'b', 'a'],
    ]);
  });

  it('let nothing count that a page shows in passing', () => {
    expect(readings([['a'], ['error 1'], ['error 2'], ['a']])).toEqual([['a'], [], [], []]);
  });

  it('bring nothing new when only the order changes, or when an entry leaves', () => {
    expect(readings([['a', 'b'], ['b', 'a'], ['b']])).toEqual([['a', 'b'], ['b', 'a'], ['b']]);
  });

  it('are waited for only after something new', () => {
    const first = confirm(['a'], undefined).memory;
    const second = confirm(['b', 'a'], first).memory;
    const third = confirm(['b', 'a'], second).memory;
    expect([undefined, first, second, third].map(isWaiting)).toEqual([false, false, true, false]);
  });

  it.each(['', '{', 'null', '{"known":1}', '[]'])('start again from a memory that cannot be read: %j', (memory) => {
    expect(confirm(['a'], memory).indices).toEqual([0]);
    expect(isWaiting(memory)).toBe(false);
  });

  it('let nothing count, after the first reading, that the reading before did not show', () => {
    const page = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
    fc.assert(
      fc.property(fc.array(page, { minLength: 2, maxLength: 8 }), (pages) => {
        const brought = readings(pages);
        for (const [index, keys] of brought.entries()) {
          if (index > 0) for (const key of keys) expect(pages[index - 1]).toContain(key);
        }
      }),
    );
  });
});
