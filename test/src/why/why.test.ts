import { describe, expect, it } from 'vitest';
import { toEvents } from '../../../src/event.ts';
import type { ListedFeed, Reason } from '../../../src/model.ts';
import { eventPlaceSentence } from '../../../src/why/event-place.ts';
import {
  feedPausedSentence,
  filteredSentence,
  heldSentence,
  notWantedSentence,
  oldSentence,
} from '../../../src/why/left-out.ts';
import { notSeenSentences } from '../../../src/why/not-seen.ts';
import { offTopicSentence } from '../../../src/why/off-topic.ts';
import { readItem, tagging } from '../event-items.ts';

const NOW = '2026-06-10T06:30:00.000Z';

function feed(id: string, url: string, extra: Partial<ListedFeed> = {}): ListedFeed {
  const listed = { title: `Feed ${id}`, stream: 'eu', addedBy: 'ana', addedAt: NOW } as const;
  return { id, kind: 'rss', url, broad: true, nextCheckAt: NOW, errorCount: 0, ...listed, ...extra };
}

describe('an address that no feed brought', () => {
  const sentences = (host: string, ...feeds: readonly ListedFeed[]) =>
    notSeenSentences(host, feeds, { now: NOW, timeZone: 'Europe/Brussels' }).slice(1);

  it('of a watched feed names the feed and when it was last read', () => {
    const read = feed('a', 'https://www.example.org/feed', { succeededAt: '2026-06-10T04:30:00.000Z' });
    expect(sentences('www.example.org', read)).toEqual([
      'www.example.org belongs to 1 feed on it:',
      '“Feed a” was last read Wed 10 Jun 2026 06:30 (2 h ago).',
    ]);
  });

  it('says that the feed fails, was never read, or is paused', () => {
    const failing = feed('a', 'https://example.org/a', { errorCount: 3, lastError: 'answered 503' });
    const paused = feed('b', 'https://example.org/b', { pausedAt: '2026-06-09T06:30:00.000Z' });
    expect(sentences('example.org', failing, paused)).toEqual([
      'example.org belongs to 2 feeds on it:',
      '“Feed a” has never been read; it fails: answered 503.',
      '“Feed b” is paused since Tue 9 Jun 2026 08:30, so it is not read.',
    ]);
  });

  it('takes feeds of the same owner where none is of the host, and a feed’s homepage for its host', () => {
    const owner = feed('a', 'https://ec.europa.eu/feed');
    expect(sentences('digital-strategy.ec.europa.eu', owner)[0]).toContain('belongs to 1 feed');
    const home = feed('b', 'https://feeds.example.net/1', { homepage: 'https://www.un.org/ai' });
    expect(sentences('www.un.org', owner, home)).toHaveLength(2);
  });

  it('of no watched feed says what to do', () => {
    expect(sentences('elsewhere.example', feed('a', 'https://example.org/feed'))).toEqual([
      'None of them is from elsewhere.example: /feeds add with the address of its page looks for a feed there.',
    ]);
  });
});

describe('an item that is off topic', () => {
  const reason = (quote: string, rule: string, weight: number): Reason => ({
    rule,
    weight,
    evidence: { field: 'title', start: 0, end: quote.length, quote },
  });

  it.each<[string, readonly Reason[], string]>([
    ['nothing at all', [], 'Off topic: nothing in its words is about how AI is governed.'],
    [
      'too little for it',
      [reason('AI', 'AI is named', 0.4)],
      'Off topic: only “AI” (AI is named) speaks for it, which is not enough.',
    ],
    [
      'the strongest reasons against it first',
      [reason('AI', 'AI is named', 0.4), reason('job', 'a vacancy', -0.5), reason('hiring', 'people are hired', -1)],
      'Off topic: only “AI” (AI is named) speaks for it, which is not enough, and “hiring” (people are hired), “job” (a vacancy) speak against it.',
    ],
  ])('says so with %s', (_, relevance, sentence) => {
    expect(offTopicSentence({ relevance })).toBe(sentence);
  });
});

describe('the place of an item in its event', () => {
  const lead = readItem('lead', { event: 'e', feed: 'Commission', taggings: [tagging('pacing-gap')] });
  const other = readItem('other', { event: 'e', feed: 'Press review', stream: 'analysis' });
  const [event = expect.fail('no event')] = toEvents([lead, other]);

  it('names the item that leads, where it is another', () => {
    expect(eventPlaceSentence(other.item, event)).toBe(
      'One of 2 items on one event (Commission, Press review); it stands under Technology outruns law and institutions. Not shown by itself: “Title of lead” (Commission, lead) leads.',
    );
    expect(eventPlaceSentence(lead.item, event)).toMatch(/This item leads\.$/);
  });

  it('is not worth a word where it is alone', () => {
    const [alone = expect.fail('no event')] = toEvents([lead]);
    expect(eventPlaceSentence(lead.item, alone)).toBeUndefined();
  });
});

describe('a cause that keeps an item from a digest', () => {
  const read = readItem('a', { feed: 'Gazette', stream: 'eu', taggings: [tagging('pacing-gap')] });
  const [event = expect.fail('no event')] = toEvents([read]);

  it('is a flood, open or dismissed', () => {
    expect(heldSentence(read)).toBeUndefined();
    expect(heldSentence({ ...read, flood: 'undecided' })).toContain('It is held: most of what Gazette showed');
    expect(heldSentence({ ...read, flood: 'dismissed' })).toContain('an admin called old');
    expect(heldSentence({ ...read, flood: 'released' })).toBeUndefined();
  });

  it('is a filter, in its words', () => {
    const scoped = [{ scope: 'all', filter: { include: ['chips'], exclude: [] } }] as const;
    expect(filteredSentence({ scoped, feeds: new Map() }, read)).toBe(
      'It is left out by the filter of all feeds (only with “chips”): it has none of “chips”.',
    );
    expect(filteredSentence({ scoped: [], feeds: new Map() }, read)).toBeUndefined();
  });

  it('is a pause of its feed, unless it came before', () => {
    const paused = { title: 'Gazette', pausedAt: '2026-06-10T05:00:00.000Z' };
    expect(feedPausedSentence(paused, read, 'UTC')).toContain(
      '“Gazette” is paused on this list since Wed 10 Jun 2026 05:00',
    );
    expect(feedPausedSentence({ ...paused, pausedAt: read.item.fetchedAt }, read, 'UTC')).toBeUndefined();
    expect(feedPausedSentence({ title: 'Gazette' }, read, 'UTC')).toBeUndefined();
    expect(feedPausedSentence(undefined, read, 'UTC')).toBeUndefined();
  });

  it('is what the channel asks for', () => {
    expect(notWantedSentence(event, { barriers: ['knowledge-collapse'], streams: [] })).toContain(
      'asks only for Knowledge collapse',
    );
    expect(notWantedSentence(event, { barriers: ['pacing-gap'], streams: ['un'] })).toContain(
      'only for the streams un',
    );
    expect(notWantedSentence(event, { barriers: ['pacing-gap'], streams: ['eu'] })).toBeUndefined();
    expect(notWantedSentence(event, { barriers: [], streams: [] })).toBeUndefined();
  });

  it('is its age', () => {
    expect(oldSentence({ ...read.item, backlog: true })).toContain('has no date');
    expect(oldSentence({ ...read.item, backlog: true, publishedAt: '2026-01-01' })).toContain('first digest');
    expect(oldSentence({ ...read.item, publishedAt: '2026-01-01' })).toContain('the digest’s window');
  });
});
