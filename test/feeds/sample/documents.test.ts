import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SAMPLE_FROM, SAMPLE_NOW, startSample } from '../../../feeds/sample/server.ts';
import { BARRIER_IDS, DIRECTIONS, STREAMS } from '../../../src/model.ts';
import { type Entry, entriesOf } from './reading.ts';

const DAY = 86_400_000;
const NOW = Date.parse(SAMPLE_NOW);

/** Our own judgement of every entry, by feed and link: null where it is off topic, else its barriers. */
const labels = z
  .record(z.string(), z.record(z.string(), z.partialRecord(z.enum(BARRIER_IDS), z.enum(DIRECTIONS)).nullable()))
  .parse(JSON.parse(readFileSync(new URL('labels.json', import.meta.url), 'utf8')));

let sample: Awaited<ReturnType<typeof startSample>>;
let entries: Entry[];

beforeAll(async () => {
  sample = await startSample();
  const read = sample.feeds.map(async (feed) => {
    const response = await fetch(feed.url);
    return response.ok ? entriesOf(feed, await response.text()) : [];
  });
  entries = (await Promise.all(read)).flat();
});

afterAll(() => sample.close());

function barriersOf(entry: Entry) {
  return labels[entry.feed]?.[entry.link];
}

function isRelevant(entry: Entry): boolean {
  return barriersOf(entry) !== null;
}

/** The relevant entries of the last days before the sample was recorded. */
function since(days: number): Entry[] {
  return entries.filter((entry) => entry.date !== undefined && entry.date.getTime() > NOW - days * DAY);
}

function barriersAmong(some: readonly Entry[]): Set<string> {
  return new Set(some.flatMap((entry) => Object.keys(barriersOf(entry) ?? {})));
}

describe('the documents of the recorded sample', () => {
  it('come from at least 13 sources over all streams and hold at least 75 entries', () => {
    const speaking = sample.feeds.filter(({ id }) => entries.some(({ feed }) => feed === id));
    expect(speaking.length).toBeGreaterThanOrEqual(13);
    expect(new Set(speaking.map(({ stream }) => stream))).toEqual(new Set(STREAMS));
    expect(entries.length).toBeGreaterThanOrEqual(75);
  });

  it('are written in every kind that a reader has to know', () => {
    expect(new Set(sample.feeds.map(({ kind }) => kind))).toEqual(
      new Set(['rss', 'atom', 'jsonfeed', 'federal-register', 'govuk-search']),
    );
  });

  it('are all labelled, and no label is left over', () => {
    const labelled = Object.entries(labels).flatMap(([feed, links]) => Object.keys(links).map((link) => [feed, link]));
    expect(labelled.toSorted()).toEqual(entries.map(({ feed, link }) => [feed, link]).toSorted());
  });

  it('are dated from the first day of the sample to the moment of its recording', () => {
    const times = entries.flatMap(({ date }) => (date ? [date.getTime()] : []));
    expect(new Date(Math.min(...times)).toISOString().slice(0, 10)).toBe(SAMPLE_FROM.slice(0, 10));
    expect(Math.max(...times)).toBeLessThan(NOW);
  });

  it('hold enough news of the last days: three days, and thirty', () => {
    expect(since(3).filter(isRelevant).length).toBeGreaterThanOrEqual(5);
    expect(since(1).filter(isRelevant).length).toBeGreaterThanOrEqual(3);
    expect(since(30).length).toBeGreaterThanOrEqual(18);
    expect(since(30).filter(isRelevant).length).toBeGreaterThanOrEqual(12);
    expect(barriersAmong(since(30)).size).toBeGreaterThanOrEqual(5);
  });

  it.each(BARRIER_IDS)('touch %s at least four times, deepened and eased', (barrier) => {
    const directions = entries.flatMap((entry) => barriersOf(entry)?.[barrier] ?? []);
    expect(directions.length).toBeGreaterThanOrEqual(4);
    expect(directions).toEqual(expect.arrayContaining(['deepens', 'eases']));
  });

  it('hold what real sources hold: off-topic, undated and bare entries', () => {
    expect(entries.filter((entry) => !isRelevant(entry)).length).toBeGreaterThanOrEqual(12);
    expect(entries.filter(({ date }) => date === undefined).length).toBeGreaterThanOrEqual(3);
    expect(entries.filter(({ summary }) => summary === '').length).toBeGreaterThanOrEqual(4);
  });

  it('hold titles with entities and with markup left in them', () => {
    const titles = entries.map(({ title }) => title).join('\n');
    expect(titles).toMatch(/&quot;/);
    expect(titles).toMatch(/<em>\w+<\/em>|&lt;em&gt;/);
    const raw = readFileSync(new URL('../../../feeds/sample/documents/press-review.rss', import.meta.url), 'utf8');
    expect(raw).toContain('&#8217;');
  });

  it('hold one hostile title, at a test address', () => {
    const hostile = entries.filter(({ title }) => title.includes('@everyone'));
    expect(hostile.map(({ link }) => link)).toEqual(['https://example.org/sample/hostile-item']);
    expect(hostile[0]?.title).toMatch(/!channel.*\[read the decision\]\(https:\/\/example\.org\//);
  });
});

/** Happenings that several sources tell of, by words of the links. */
const EVENTS: Readonly<Record<string, readonly [feed: string, link: string][]>> = {
  'the appointment of the UN panel': [
    ['un-press-all', 'ga12751'],
    ['press-review', 'un-approves-40-member-scientific-panel'],
  ],
  'the first report of the UN panel': [
    ['un-news-all', 'independent-international-scientific-panel-ai'],
    ['reading-list', 'first-verdict'],
  ],
  'the order on frontier models': [
    ['us-whitehouse-actions', 'promoting-advanced-artificial-intelligence'],
    ['us-fr-ai', '2026-11415'],
    ['press-review', 'oversight-by-invitation'],
  ],
  'the memorandum on military AI': [
    ['us-whitehouse-actions', 'nspm-11'],
    ['reading-list', 'trump-fast-tracks-military-ai'],
  ],
  'the order against state laws': [
    ['us-whitehouse-actions', 'eliminating-state-law-obstruction'],
    ['us-fr-ai', '2025-23092'],
    ['reading-list', 'president-trump-unveils-ai-eo'],
  ],
  'the Genesis Mission': [
    ['us-whitehouse-actions', 'launching-the-genesis-mission'],
    ['us-fr-ai', '2025-21665'],
  ],
  'the omnibus deal': [
    ['eu-digital-strategy', 'eu-agrees-simplify-ai-rules'],
    ['eu-council-press', '2026/05/07'],
    ['ep-press', '20260427IPR42011'],
  ],
  'the adoption of the omnibus': [
    ['eu-council-press', '2026/06/29'],
    ['press-review', 'eu-council-seals-ai-act-omnibus'],
  ],
  'the code on marking content': [
    ['eu-digital-strategy', 'code-practice-marking'],
    ['reading-list', 'code-of-practice-ai-content-marking'],
  ],
  'the testing agreements of CAISI': [
    ['us-nist-news', 'caisi-signs-agreements'],
    ['reading-list', 'nist-caisi-frontier-ai-testing-agreements'],
  ],
  'the draft federal AI law': [
    ['press-review', 'posts/2026-06-14'],
    ['reading-list', 'congress-moves-to-preempt'],
  ],
};

describe('events of several sources', () => {
  it.each(Object.entries(EVENTS))('%s is told by each of its sources', (_event, reports) => {
    for (const [feed, words] of reports) {
      expect(entries.filter((entry) => entry.feed === feed && entry.link.includes(words))).toHaveLength(1);
    }
    expect(new Set(reports.map(([feed]) => feed)).size).toBeGreaterThanOrEqual(2);
  });
});
