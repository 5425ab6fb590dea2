import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDates, monthWords } from '../../src/found-dates.ts';
import { knownDates } from '../../src/known-dates.ts';
import { upcoming } from '../../src/upcoming.ts';
import { createTestBot, feedDraft, itemDraft, wordsOf } from '../test-bot.ts';
import { readItem } from './event-items.ts';

describe('dates in an item’s own words', () => {
  it.each<[string, readonly string[]]>([
    ['The regulation applies from 2 August 2027.', ['2027-08-02']],
    ['The act takes effect on January 1, 2027', ['2027-01-01']],
    ['Comments are due by 3rd March 2027', ['2027-03-03']],
    ['The group will meet in Geneva from 31 August 2026', ['2026-08-31']],
    ['The deadline was moved; the application is postponed to 2 December 2027', ['2027-12-02']],
    ['Published on 2 August 2026', []],
    ['It was signed on 2 August 2026 and applies at once', []],
    ['It applies from August 2027', []],
    ['It applies from 31 June 2027', []],
    ['It applies. The vote was on 2 August 2026', []],
  ])('%s', (text, dates) => {
    expect(findDates(text).map(({ date }) => date)).toEqual(dates);
  });

  it('are quoted exactly, and are days that exist, whatever the text', () => {
    const part = fc.constantFrom('applies from ', 'due ', '31 ', '2 ', 'June ', 'August ', '2027', ', ', '. ', 'x');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const text = parts.join('');
        for (const { date, quote } of findDates(text)) {
          expect(text).toContain(quote);
          expect(new Date(date).toISOString().slice(0, 10)).toBe(date);
          expect(quote).toContain(date.slice(0, 4));
        }
      }),
    );
  });

  it('are looked up by month and year', () => {
    expect(monthWords('2027-08-02')).toBe('August 2027');
  });
});

describe('known dates', () => {
  it('stand in their order, each with a source on the web', () => {
    const dates = knownDates();
    expect(dates.length).toBeGreaterThan(5);
    expect(dates.map(({ date }) => date)).toEqual(dates.map(({ date }) => date).sort());
    for (const { source } of dates) expect(source).toMatch(/^https:\/\//);
  });
});

describe('what is coming up', () => {
  const naming = (id: string, summary: string) => {
    const read = readItem(id, { date: '2026-11-01T08:00:00.000Z', fetchedAt: '2026-11-01T09:00:00.000Z' });
    return { ...read, item: { ...read.item, summary, url: `https://news.example/${id}` } };
  };

  it('joins known dates and those that items name, in order', () => {
    const found = upcoming([naming('a', 'The consultation closes on 30 November 2026.')], '2026-11-25', '2026-12-16');
    expect(found.map(({ date, certainty }) => [date, certainty])).toEqual([
      ['2026-11-30', 'named'],
      ['2026-12-02', 'law'],
      ['2026-12-02', 'law'],
    ]);
    expect(found[0]).toMatchObject({
      what: 'Title of a: “closes on 30 November 2026”',
      source: 'https://news.example/a',
    });
  });

  it('tells of a day once: a known date before an item, the newer item before the older', () => {
    const items = [
      naming('newer', 'It applies from 5 December 2026.'),
      naming('older', 'It applies from 5 December 2026.'),
      naming('same', 'Marking applies from 2 December 2026.'),
    ];
    const found = upcoming(items, '2026-11-25', '2026-12-16');
    expect(found.map(({ what }) => what)).toEqual([
      expect.stringContaining('must mark their output'),
      expect.stringContaining('are banned (Article 5)'),
      expect.stringContaining('Title of newer'),
    ]);
  });

  it('holds what has begun and not ended, and nothing that has passed or that an item tells of its own past', () => {
    expect(upcoming([], '2026-07-07', '2026-07-20').map(({ date }) => date)).toEqual(['2026-07-06']);
    expect(upcoming([], '2026-07-08', '2026-07-20')).toEqual([]);
    expect(upcoming([naming('a', 'It was due on 1 October 2026.')], '2026-01-01', '2026-10-20')).not.toContainEqual(
      expect.objectContaining({ certainty: 'named' }),
    );
  });
});

describe('the dates of a channel', () => {
  const ORDER = itemDraft('Trump signs executive order to preempt state AI laws', {
    summary: 'The order directs the attorney general to challenge state AI laws. It takes effect on June 20, 2026.',
    publishedAt: '2026-06-09T15:00:00.000Z',
  });
  const FISH = itemDraft('Tuna quota', { summary: 'It applies from 21 June 2026.', publishedAt: '2026-06-09' });

  it('stand in the digest where they are near, and all of them in /barrier dates, with who says so', async () => {
    const bot = await createTestBot([feedDraft('us')], new Map([['https://us.example/feed', [ORDER, FISH]]]));
    await bot.poll();
    const digest = wordsOf(await bot.say('/digest preview'));
    expect(digest).toContain('Coming up within three weeks');
    expect(digest).toContain(`Sat 20 Jun 2026 · ${ORDER.title}: “takes effect on June 20, 2026” · an item says so`);
    expect(digest).not.toContain('2 Aug 2026');
    const all = wordsOf(await bot.say('/barrier dates'));
    expect(all).toContain('Sat 20 Jun 2026 · ');
    expect(all).toContain('Sun 2 Aug 2026 · AI Act: general application');
    expect(all).toContain('· in law');
    expect(all).not.toContain('Tuna');
  });
});
