/** Subscribes feeds at the hubs they name, and answers those hubs (WebSub, W3C Recommendation 23 January 2018). */
import { randomBytes } from 'node:crypto';
import { messageOf, UserError, WorldError } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import type { Feed, Instant } from '../../src/model.ts';
import type { Clock } from '../../src/ports.ts';
import type { Push, Pushes, PushRequest, PushStore, PushWish } from '../../src/push.ts';
import { DAY, HOUR, later, MINUTE, plus, SECOND } from '../../src/time.ts';
import { forEachOf } from '../../src/workers.ts';
import type { HttpClient } from '../http/client.ts';
import { isSigned } from './signature.ts';

/** Asked for; a hub may give less or more, and what it gives is kept within these. */
const LEASE = 7 * DAY;
const SHORTEST_LEASE = HOUR;
const LONGEST_LEASE = 30 * DAY;
/** A hub that does not answer is asked again after an hour, then ever later. */
const FIRST_RETRY = HOUR;
const LONGEST_RETRY = 7 * DAY;
/** A hub that tells of news all the time must not turn us against the feed's own server. */
const SHORTEST_BETWEEN_CHECKS = MINUTE;
const AT_ONCE = 4;
const BATCH = 200;
const LONGEST_ADDRESS = 2_000;
const LONGEST_CHALLENGE = 1_000;

export interface PushDependencies {
  readonly store: PushStore;
  readonly http: Pick<HttpClient, 'post' | 'ownerOf'>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'debug' | 'error'>;
  /** Where hubs can reach the web page, such as `https://bot.example.org`. */
  readonly publicUrl: string;
}

/** Polling goes on beside it: a hub only makes it sooner. */
export function createPushes(dependencies: PushDependencies): Pushes {
  return {
    async renew(signal) {
      const due = await dependencies.store.duePushes(dependencies.clock.now(), BATCH);
      await forEachOf(
        due,
        AT_ONCE,
        (wish) => ask(dependencies, wish, signal),
        () => signal.aborted,
      );
    },
    async answer(request) {
      const found = await dependencies.store.findPush(request.token);
      if (found === undefined) return { status: 404, text: 'There is no such subscription.' };
      const { push, isWanted, checkedAt } = found;
      if (request.method === 'GET') return verify(dependencies, push, isWanted, request.query);
      // 410 tells the hub that it may forget us (§7).
      if (!isWanted) return { status: 410, text: 'This feed is no longer wanted.' };
      return receive(dependencies, push, checkedAt, request);
    },
  };
}

/** Asks the hub. What is asked for is kept first, because the hub may verify it before it answers. */
async function ask({ store, http, clock, log, publicUrl }: PushDependencies, wish: PushWish, signal: AbortSignal) {
  const push = nextPush(wish, clock.now());
  await store.savePush(push);
  try {
    checkHub(push.hub, http);
    const form = {
      'hub.mode': 'subscribe',
      'hub.topic': push.topic,
      'hub.callback': `${publicUrl.replace(/\/+$/, '')}/websub/${push.token}`,
      'hub.lease_seconds': String(LEASE / SECOND),
      'hub.secret': push.secret,
    };
    const { status, text } = await http.post({ url: push.hub, form, signal });
    if (status < 200 || status > 299) throw new WorldError(`answered ${status} (${text})`, { status });
  } catch (thrown) {
    if (signal.aborted) return;
    const facts = { feed: push.feedId, hub: push.hub };
    // The feed is polled as before, so this is nobody's trouble.
    if (thrown instanceof WorldError || thrown instanceof UserError)
      log.debug(facts, `a hub could not be asked: ${messageOf(thrown)}`);
    else log.error({ ...facts, err: thrown }, 'asking a hub failed through a fault of ours');
  }
}

/** A secret must not travel in the open (§5.1). */
function checkHub(hub: string, http: Pick<HttpClient, 'ownerOf'>): void {
  if (!hub.startsWith('https:') && http.ownerOf(hub) !== undefined) throw new WorldError('the hub is not secure');
}

/** The subscription as it is asked for: the same callback as before unless the feed names another hub. */
function nextPush({ feed, push }: PushWish, now: Instant): Push {
  const { hub, topic } = hubOf(feed);
  const isSame = push?.hub === hub && push.topic === topic;
  const tries = isSame ? push.tries + 1 : 1;
  const wait = Math.min(FIRST_RETRY * 2 ** Math.min(tries - 1, 20), LONGEST_RETRY);
  const kept = isSame && push.state === 'active' ? push : undefined;
  const isLeased = kept?.expiresAt !== undefined && kept.expiresAt > now;
  return {
    feedId: feed.id,
    hub,
    topic,
    token: isSame ? push.token : randomBytes(24).toString('base64url'),
    secret: isSame ? push.secret : randomBytes(32).toString('hex'),
    state: isLeased ? 'active' : 'asked',
    tries,
    nextTryAt: plus(now, wait),
    ...(isLeased && kept?.expiresAt !== undefined ? { expiresAt: kept.expiresAt } : {}),
  };
}

function hubOf({ url, hints }: Feed): { readonly hub: string; readonly topic: string } {
  const [hub = '', topic = url] = [hints?.hub, hints?.self];
  return { hub: hub.slice(0, LONGEST_ADDRESS), topic: topic.slice(0, LONGEST_ADDRESS) };
}

/** Verification of intent (§5.3) and denials (§5.2). */
async function verify({ store, clock }: PushDependencies, push: Push, isWanted: boolean, query: URLSearchParams) {
  const now = clock.now();
  if (query.get('hub.topic') !== push.topic) return { status: 404, text: 'Another address was subscribed here.' };
  const mode = query.get('hub.mode');
  if (mode === 'denied') {
    const { expiresAt: _, ...rest } = push;
    await store.savePush({ ...rest, state: 'denied', nextTryAt: plus(now, LONGEST_RETRY) });
    return { status: 200, text: '' };
  }
  const challenge = query.get('hub.challenge') ?? '';
  if (mode !== 'subscribe' || !isWanted || challenge === '' || challenge.length > LONGEST_CHALLENGE) {
    return { status: 404, text: 'This was not asked for.' };
  }
  const wished = Number(query.get('hub.lease_seconds') ?? Number.NaN) * SECOND || LEASE;
  const lease = Math.min(Math.max(wished, SHORTEST_LEASE), LONGEST_LEASE);
  // Renewed when four fifths have passed, so that a hub which is away for a while costs nothing.
  const times = { nextTryAt: plus(now, Math.round(lease * 0.8)), expiresAt: plus(now, lease) };
  await store.savePush({ ...push, state: 'active', tries: 0, ...times });
  return { status: 200, text: challenge };
}

/** News (§7): signed, it makes the feed due; what it says of the content is not read. */
async function receive(
  { store, clock }: PushDependencies,
  push: Push,
  checkedAt: Instant | undefined,
  { body, signature }: PushRequest,
) {
  // Whoever signs wrongly is not told so (§7.1).
  if (isSigned(body, signature, push.secret)) {
    const soonest = checkedAt && plus(checkedAt, SHORTEST_BETWEEN_CHECKS);
    await store.hastenCheck(push.feedId, later(clock.now(), soonest));
  }
  return { status: 202, text: '' };
}
