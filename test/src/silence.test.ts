import { describe, expect, it } from 'vitest';
import { habitOf, rhythmWords, silenceWords } from '../../src/silence.ts';

const NOW = '2026-06-30T08:00:00.000Z';
/** Days with a post, so many days before now. */
const days = (...ago: number[]) =>
  ago.map((each) => new Date(Date.parse(NOW) - each * 86_400_000).toISOString().slice(0, 10));

describe('the silence of a feed', () => {
  it('is told against its own rhythm', () => {
    const weekly = habitOf(days(21, 28, 35, 42, 49), NOW);
    expect(weekly).toMatchObject({ gap: 7, silence: 21, isSilent: true });
    expect(weekly && silenceWords(weekly)).toBe('silent for 21 days, posts about weekly');
    expect(habitOf(days(14, 21, 28, 35, 42), NOW)?.isSilent).toBe(false);
    expect(habitOf(days(21, 51, 81, 111), NOW)?.isSilent).toBe(false);
  });

  it('is none on a weekend, nor where the feed was silent as long before', () => {
    expect(habitOf(days(3, 4, 5, 6, 7), NOW)).toMatchObject({ gap: 1, isSilent: false });
    expect(habitOf(days(10, 11, 12, 24, 25, 26), NOW)?.isSilent).toBe(false);
    expect(habitOf(days(13, 14, 15, 27, 28, 29), NOW)?.isSilent).toBe(true);
  });

  it('is unknown where the days are too few to tell', () => {
    expect(habitOf([], NOW)).toBeUndefined();
    expect(habitOf(days(40, 41, 42), NOW)).toBeUndefined();
  });

  it.each([
    [1, 'posts about daily'],
    [7, 'posts about weekly'],
    [14, 'posts about every two weeks'],
    [30, 'posts about monthly'],
    [4, 'posts about every 4 days'],
  ])('names a gap of %i days in words', (gap, words) => {
    expect(rhythmWords({ gap })).toBe(words);
  });
});
