/** Composes the digests of one beat: what many channels have in common is read and composed once. */
import { type CatchUp, type Digest, eventIdsOf, readDigest } from './digest.ts';
import type { Subscription, Window } from './model.ts';
import type { Store } from './ports.ts';
import { type ReadyDigest, readyDigest } from './posted-digest.ts';

export interface SharedDigests {
  /** As `readDigest`. */
  readonly read: (subscription: Subscription, window: Window) => Promise<Digest>;
  /** As `readyDigest` of what is read, marked as a catch-up where it is one. */
  readonly ready: (subscription: Subscription, window: Window, catchUp?: CatchUp) => Promise<ReadyDigest>;
  /** True once any feed of the workspace's list has been read. */
  readonly hasRead: (workspaceId: string) => Promise<boolean>;
}

/** What is due stands together by workspace, so the newest answers are those asked for again; the rest would only fill memory. */
const REMEMBERED = 32;

/** To be made anew for every beat, since it remembers what it reads. */
export function sharedDigests(store: Store): SharedDigests {
  const shared: Store = {
    ...store,
    listFeeds: once(store.listFeeds),
    filters: once(store.filters),
    newItems: once(store.newItems),
    itemsOfEvents: once(store.itemsOfEvents),
    pastKinds: once(store.pastKinds),
    searchItems: once(store.searchItems),
  };
  const digests = new Map<string, Promise<Digest>>();
  const cards = new WeakMap<Digest, Map<string, ReadyDigest>>();
  const read: SharedDigests['read'] = async (subscription, window) => {
    const { id, channel, barriers, streams, minimumConfidence, timeZone } = subscription;
    const { workspaceId } = channel;
    const fresh = await shared.newItems(workspaceId, window);
    const eventIds = eventIdsOf(fresh);
    const delivered = await store.deliveredEvents(id, eventIds);
    // Channels with the same wish that have had the same events get the same digest.
    const key = JSON.stringify([
      workspaceId,
      window,
      barriers,
      streams,
      minimumConfidence,
      timeZone,
      [...delivered].sort(),
    ]);
    const known = digests.get(key);
    if (known) return known;
    const digest = readDigest({ ...shared, deliveredEvents: async () => delivered }, subscription, window);
    remember(digests, key, digest);
    digest.catch(() => digests.delete(key));
    return digest;
  };
  return {
    read,
    async ready(subscription, window, catchUp) {
      const digest = await read(subscription, window);
      const known = cards.get(digest) ?? new Map<string, ReadyDigest>();
      cards.set(digest, known);
      const key = JSON.stringify([subscription.length, catchUp]);
      const made = known.get(key) ?? readyDigest({ ...digest, ...(catchUp ? { catchUp } : {}) }, subscription);
      known.set(key, made);
      return made;
    },
    async hasRead(workspaceId) {
      const feeds = await shared.listFeeds(workspaceId);
      return feeds.some(({ succeededAt }) => succeededAt !== undefined);
    },
  };
}

/** Asks once for the same values; a failure is not remembered. */
function once<Values extends unknown[], Result>(
  ask: (...values: Values) => Promise<Result>,
): (...values: Values) => Promise<Result> {
  const answers = new Map<string, Promise<Result>>();
  return (...values) => {
    const key = JSON.stringify(values);
    const known = answers.get(key);
    if (known) return known;
    const answer = ask(...values).catch((thrown: unknown) => {
      answers.delete(key);
      throw thrown;
    });
    remember(answers, key, answer);
    return answer;
  };
}

function remember<Value>(values: Map<string, Value>, key: string, value: Value): void {
  values.set(key, value);
  const [oldest] = values.keys();
  if (values.size > REMEMBERED && oldest !== undefined) values.delete(oldest);
}
