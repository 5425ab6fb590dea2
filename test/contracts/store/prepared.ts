import { afterEach, beforeEach } from 'vitest';
import type { FeedDraft, Instant, ItemDraft, TaggedItem } from '../../../src/model.ts';
import type { Store } from '../../../src/ports.ts';

export const MORNING: Instant = '2026-03-02T08:00:00.000Z';
export const LATER: Instant = '2026-03-02T09:00:00.000Z';
export const NEXT: Instant = '2026-03-03T08:00:00.000Z';
export const AFTER_NEXT: Instant = '2026-03-04T08:00:00.000Z';

/** A feed to list; `id` stands in its address too. */
export function feedDraft(id: string, over: Partial<FeedDraft> = {}): FeedDraft {
  return {
    id,
    kind: 'rss',
    url: `https://${id}.example/feed`,
    title: `Feed ${id}`,
    stream: 'un',
    broad: false,
    ...over,
  };
}

/** An entry of a feed; `guid` is its identity. */
export function entry(guid: string, over: Partial<ItemDraft> = {}): ItemDraft {
  return { guid, title: `Title of ${guid}`, summary: `Summary of ${guid}.`, categories: [], ...over };
}

/** Says that an item moves a barrier, on the evidence of the first word of its title. */
export function taggedAs(
  title: string,
  barrier: 'pacing-gap' | 'knowledge-collapse' = 'pacing-gap',
  direction: 'deepens' | 'eases' = 'deepens',
): TaggedItem {
  const quote = title.split(' ')[0] ?? '';
  const evidence = { field: 'title', start: 0, end: quote.length, quote } as const;
  const reasons = [{ rule: 'the first word', weight: 1, evidence }];
  const proof = { evidence: [evidence], section: 'CH 2.2', method: 'rules@1', reasons };
  return {
    relevant: true,
    relevance: reasons,
    taggings: [{ barrier, direction, confidence: 0.5, ...proof }],
    primary: barrier,
    crisis: false,
    method: 'rules@1',
  };
}

/** Says that an item is not about how AI is governed. */
export const OFF_TOPIC: TaggedItem = { relevant: false, relevance: [], taggings: [], crisis: false, method: 'rules@1' };

export function titlesOf(items: readonly { readonly item: { readonly title: string } }[]): string[] {
  return items.map(({ item }) => item.title);
}

/** Opens a store with two workspaces before each test of the suite and closes it afterwards. */
export function prepared(open: () => Promise<Store>) {
  let store: Store;
  beforeEach(async () => {
    store = await open();
    await store.saveWorkspace(
      { id: 'ours', adapter: 'local', name: 'Ours', timeZone: 'Europe/Brussels' },
      () => [],
      MORNING,
    );
    await store.saveWorkspace({ id: 'theirs', adapter: 'local', name: 'Theirs', timeZone: 'UTC' }, () => [], MORNING);
  });
  afterEach(() => store.close());

  const list = (workspaceId: string, feed: FeedDraft, paused = false) =>
    store.editFeedList(workspaceId, { action: 'add', feed: { ...feed, paused } }, 'ana', MORNING);
  const bring = (feedId: string, items: readonly ItemDraft[], at = MORNING) =>
    store.recordCheck(feedId, { kind: 'changed', items }, at, at);
  return {
    get store() {
      return store;
    },
    list,
    bring,
    /** Lets the first, empty check pass, so that what follows is no backlog. */
    async listRead(workspaceId: string, feed: FeedDraft) {
      await list(workspaceId, feed);
      await bring(feed.id, []);
    },
    async tagAll(tagged: (title: string) => TaggedItem = (title) => taggedAs(title)) {
      const items = await store.untaggedItems(1_000);
      await store.saveTagged(new Map(items.map((item) => [item.id, tagged(item.title)])), MORNING);
    },
  };
}
