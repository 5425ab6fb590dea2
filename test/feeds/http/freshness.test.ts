import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextLook, retryAfter } from '../../../feeds/http/freshness.ts';

const now = '2026-10-01T06:00:00.000Z';

describe('the wish for the next look', () => {
  it.each([
    [{ 'retry-after': '90' }, '2026-10-01T06:01:30.000Z'],
    [{ 'retry-after': 'Thu, 01 Oct 2026 07:00:00 GMT' }, '2026-10-01T07:00:00.000Z'],
    [{ 'retry-after': 'Fri, 04 Jul 2041 07:00:00 GMT' }, '2026-10-08T06:00:00.000Z'],
    [{ 'retry-after': 'Thu, 01 Oct 2026 05:00:00 GMT' }, undefined],
    [{ 'retry-after': 'whenever' }, undefined],
    [{ 'cache-control': 'public, max-age=3600' }, '2026-10-01T07:00:00.000Z'],
    [{ 'cache-control': 'max-age=3600', age: '600' }, '2026-10-01T06:50:00.000Z'],
    [{ 'cache-control': 's-maxage=3600' }, undefined],
    [{ 'cache-control': 'no-cache, max-age=3600' }, undefined],
    [{ 'cache-control': 'max-age=0' }, undefined],
    [{ 'cache-control': 'max-age=31536000' }, '2026-10-02T06:00:00.000Z'],
    [{ 'cache-control': 'max-age=60', 'retry-after': '120' }, '2026-10-01T06:02:00.000Z'],
    [{}, undefined],
  ])('of %j is %s', (headers, expected) => {
    expect(nextLook(headers, now)).toBe(expected);
  });

  it('is never in the past nor more than a week away, whatever the server sends', () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    );
    fc.assert(
      fc.property(value, value, (wish, control) => {
        for (const at of [
          retryAfter({ 'retry-after': wish }, now),
          nextLook({ 'cache-control': `max-age=${control}` }, now),
        ]) {
          expect((at ?? now) <= '2026-10-08T06:00:00.000Z').toBe(true);
          expect((at ?? now) >= now).toBe(true);
        }
      }),
    );
  });
});
