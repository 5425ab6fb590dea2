import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventWish } from '../../src/event-wish.ts';
import { listFilters } from '../../src/filter.ts';
import { findDates, monthWords } from '../../src/found-dates.ts';
import { knownDates } from '../../src/known-dates.ts';
import { BARRIER_IDS, type BarrierId, type ReadItem } from '../../src/model.ts';
import { DAY, plus } from '../../src/time.ts';
import { allDates, datesForDigest, type UpcomingDate, upcoming } from '../../src/upcoming.ts';
import { createTestBot, feedDraft, itemDraft, wordsOf } from '../test-bot.ts';
import { readItem } from './event-items.ts';

describe('dates in an item’s own words', () => {
  it.each<[string, readonly string[]]>([
    ['The regulation applies from 2 August 2027.', ['2027-08-02']],
    ['The act takes effect on January 1, 2027', ['2027-01-01']],
    ['Comments are due by 3rd March 2027', ['2027-03-03']],
    ['The group will meet in Geneva from 31 August 2026', ['2026-08-31']],
    ['The deadline was moved; the application is postponed to 2 December 2027', ['2027-12-02']],
    ['It is delayed from February 1, 2027 to June 30, 2027', ['2027-06-30']],
    ['It is postponed from 2 August 2027 to 2 December 2027', ['2027-12-02']],
    ['The deadline is postponed from 2 August 2027 to 2 December 2027', ['2027-12-02']],
    ['The deadline was moved from 2 August 2027 until 2 December 2027', ['2027-12-02']],
    ['The deadline of 2 August 2027 was postponed to 2 December 2027', ['2027-12-02']],
    ['It is delayed from taking effect on February 1, 2027 until no earlier than June 30, 2027', ['2027-06-30']],
    ['Delayed until 2 December 2027', ['2027-12-02']],
    ['It was postponed to 2 December 2027', ['2027-12-02']],
    ['Application is deferred by a year to 2 December 2027', ['2027-12-02']],
    ['The effective date was deferred, to 2 December 2027, by the Council', ['2027-12-02']],
    ['It is postponed from 2 August 2027', []],
    ['It is not postponed to 2 December 2027', []],
    ['It has not been delayed until 2 December 2027', []],
    ['It no longer takes effect on 2 August 2027', []],
    ['It will not apply from 2 August 2027', []],
    ['It does not apply from 2 August 2027', []],
    ['It doesn’t apply from 2 August 2027', []],
    ['It is no longer expected to take effect on 2 August 2027', []],
    ['The deadline was 2 August 2027', []],
    ['The deadline for comments was 2 August 2027', []],
    ['Comments were due by 2 August 2027', []],
    ['It was originally scheduled to apply from 2 August 2027', []],
    ['It will not apply until 2 August 2027', ['2027-08-02']],
    ['Comments are due not later than 2 August 2027', ['2027-08-02']],
    ['It is no longer due in May but takes effect on 2 August 2027', ['2027-08-02']],
    ['It was adopted in May and applies from 2 August 2027', ['2027-08-02']],
    ['Comments are due by 3 March 2027 and it applies from 2 August 2027', ['2027-03-03', '2027-08-02']],
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

  it.each(['delayed to ', 'was due ', 'delayed from 2 August 2027 ', 'not been ', 'effective to until 2 August '])(
    'are looked for in long texts of “%s” too',
    (words) => {
      const text = `${words.repeat(Math.ceil(100_000 / words.length))}. It applies from 2 August 2028.`;
      expect(findDates(text).map(({ date }) => date)).toEqual(['2028-08-02']);
    },
  );

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

  const SPAN = { now: '2026-06-10T06:30:00.000Z', timeZone: 'UTC' };
  const NO_FILTERS = listFilters([], []);
  const daysNamed = (dates: readonly UpcomingDate[]) =>
    dates.filter(({ certainty }) => certainty === 'named').map(({ date }) => date);

  it('are found however many newer items speak of the month', async () => {
    const summary = 'It takes effect on 25 June 2026, says the order of June 2026.';
    const spelled = [ORDER, { ...ORDER, guid: 'day first', url: 'https://items.example/2', summary }];
    const newer = {
      summary: 'The quota of June 2026, published June 9, 2026.',
      publishedAt: '2026-06-10T05:00:00.000Z',
    };
    const fish = Array.from({ length: 50 }, (_, number) => itemDraft(`Tuna quota ${number}`, newer));
    const bot = await createTestBot([feedDraft('us')], new Map([['https://us.example/feed', [...fish, ...spelled]]]));
    await bot.poll();
    const { store } = bot;
    expect(daysNamed(await datesForDigest(store, 'local', NO_FILTERS, SPAN))).toEqual(['2026-06-20', '2026-06-25']);
    expect(daysNamed(await allDates(store, 'local', NO_FILTERS, SPAN))).toEqual(['2026-06-20', '2026-06-25']);
  });

  it('come, where items name them, only from what the channel asks for; known ones come to all', async () => {
    const bot = await createTestBot([feedDraft('us')], new Map([['https://us.example/feed', [ORDER]]]));
    await bot.poll();
    const [hit] = await bot.store.searchItems('local', { words: 'preempt', limit: 1 });
    const [tagging] = hit?.found.tagged?.taggings ?? [];
    if (!tagging) throw new Error('the order moves a barrier');
    const { barrier, confidence } = tagging;
    const dates = async (wish: Partial<EventWish>, now = SPAN.now) =>
      datesForDigest(bot.store, 'local', NO_FILTERS, { ...SPAN, now, wish: { barriers: [], streams: [], ...wish } });
    const named = async (wish: Partial<EventWish>) => daysNamed(await dates(wish));
    expect(await named({})).toEqual(['2026-06-20']);
    expect(await named({ streams: ['us', 'eu'] })).toEqual(['2026-06-20']);
    expect(await named({ streams: ['eu'] })).toEqual([]);
    expect(await named({ barriers: [barrier], minimumConfidence: confidence })).toEqual(['2026-06-20']);
    expect(await named({ minimumConfidence: 1.01 })).toEqual([]);
    expect(await named({ barriers: [barrier], minimumConfidence: 1.01 })).toEqual([]);
    expect(await named({ barriers: BARRIER_IDS.filter((id) => !hasBarrier(hit?.found, id)) })).toEqual([]);
    const inJuly = plus(SPAN.now, 45 * DAY);
    expect(await dates({ streams: ['eu'], minimumConfidence: 1 }, inJuly)).toContainEqual(
      expect.objectContaining({ date: '2026-08-02', certainty: 'law' }),
    );
  });

  const hasBarrier = (read: ReadItem | undefined, barrier: BarrierId) =>
    read?.tagged?.taggings.some((tagging) => tagging.barrier === barrier);
});
