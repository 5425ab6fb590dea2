import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFeedReader } from '../../feeds/feed-reader.ts';
import { createHttpClient } from '../../feeds/http/client.ts';
import { SAMPLE_NOW, startSample } from '../../feeds/sample/server.ts';
import type { ReadItem } from '../../src/model.ts';
import { pollFeeds } from '../../src/poll.ts';
import { setUp } from '../../src/setup.ts';
import { barrierOf } from '../../src/taxonomy/barriers.ts';
import { openStore } from '../../store/sqlite/index.ts';
import { CHANNEL, keptLog, WORKSPACE } from '../test-bot.ts';

const MORE_THAN_THE_SAMPLE = 1_000;

describe('the taggings of the recorded sample, as stored', () => {
  let items: readonly ReadItem[] = [];
  let stop: () => Promise<unknown> = async () => {};

  beforeAll(async () => {
    const sample = await startSample();
    const store = await openStore(':memory:');
    const clock = { now: () => SAMPLE_NOW };
    const reader = createFeedReader(
      createHttpClient({ userAgent: 'Barrierwatch-test', allowPrivate: ['127.0.0.1'], clock }),
    );
    stop = () => Promise.all([reader.close(), sample.close(), store.close()]);
    const setup = { workspace: WORKSPACE, channel: CHANNEL, feeds: () => sample.feeds, localTime: '08:30' };
    await setUp(store, { ...setup, now: SAMPLE_NOW });
    const polling = { store, reader, clock, log: keptLog(), signal: new AbortController().signal };
    await pollFeeds(polling, await store.activeFeeds(SAMPLE_NOW));
    items = await store.recentItems(WORKSPACE.id, { limit: MORE_THAN_THE_SAMPLE });
  });
  afterAll(() => stop());

  it('are many, over all six barriers and every direction', () => {
    const taggings = items.flatMap(({ tagged }) => tagged?.taggings ?? []);
    expect(taggings.length).toBeGreaterThan(80);
    expect(new Set(taggings.map(({ barrier }) => barrier)).size).toBe(6);
    expect(new Set(taggings.map(({ direction }) => direction)).size).toBe(3);
  });

  it('quote nothing that is not an exact stretch of the title or summary at its offsets', () => {
    const quoted = items.flatMap(({ item, tagged }) => {
      const reasons = [...(tagged?.relevance ?? []), ...(tagged?.taggings ?? []).flatMap((tagging) => tagging.reasons)];
      const evidence = [
        ...(tagged?.taggings ?? []).flatMap((tagging) => tagging.evidence),
        ...reasons.map((each) => each.evidence),
      ];
      return evidence.map(({ field, start, end, quote }) => ({ quote, found: item[field].slice(start, end) }));
    });
    expect(quoted.length).toBeGreaterThan(300);
    expect(quoted.filter(({ quote, found }) => quote === '' || quote !== found)).toEqual([]);
  });

  it('all have evidence, a confidence, and a section that defines their barrier', () => {
    for (const tagging of items.flatMap(({ tagged }) => tagged?.taggings ?? [])) {
      expect(tagging.evidence.length).toBeGreaterThan(0);
      expect(tagging.confidence).toBeGreaterThan(0);
      expect(tagging.confidence).toBeLessThanOrEqual(1);
      expect(barrierOf(tagging.barrier).sections).toContain(tagging.section);
    }
  });
});
