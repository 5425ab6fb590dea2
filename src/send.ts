/** Sends one claimed delivery and writes into the ledger what became of it. What may have arrived is never sent again blindly. */
import type { Card } from './card.ts';
import { AwayError, DoubtError, messageOf, RouteError, WorldError } from './errors.ts';
import type { Log } from './log.ts';
import type { Delivery, Instant } from './model.ts';
import { plural } from './plural.ts';
import type { Adapter, Clock, DeliveryEnd, OpenDelivery, Resumed, Store } from './ports.ts';
import { suspendChannel } from './suspend.ts';
import { tellDoubt } from './tell-doubt.ts';
import { DAY, HOUR, later, MINUTE, plus } from './time.ts';
import { inTurn } from './turns.ts';

/** How long after a try that failed the next one comes; after the last, a digest waits for its next regular time. */
const RETRIES = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR] as const;
/** A doubt is asked about for so long while the platform does not answer; what comes later is no digest of that day. */
const LONGEST_DOUBT = DAY;

/** Of one platform. A slow channel holds up few others, a crash leaves few claims in doubt, and claims share a transaction. */
export const CHANNELS_AT_ONCE = 32;

export interface DeliveryDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly adapters: readonly Adapter[];
  /** The setting ADMINS: who is told that a channel takes no posts, where nobody else is known. */
  readonly admins: readonly string[];
  readonly log: Log;
  /** Aborts when the bot stops: what is not claimed by then stays due. Absent for never. */
  readonly signal?: AbortSignal;
}

/** A delivery whose next try has been claimed, in the state it had before, with what it shows. */
export interface Claimed extends OpenDelivery {
  readonly card: Card;
}

/** Posts it, or goes on with it where it was in doubt. With `retries` a failure that may pass is tried again later. */
export async function sendClaimed(
  dependencies: DeliveryDependencies,
  claimed: Claimed,
  { retries }: { readonly retries: boolean },
): Promise<Delivery> {
  const { store, clock } = dependencies;
  const { subscription, delivery } = claimed;
  let end: DeliveryEnd & { readonly messageRef: string };
  try {
    end = await post(dependencies, claimed);
    await store.settleDelivery(delivery.id, end, clock.now());
  } catch (thrown) {
    return fail(dependencies, claimed, thrown, retries);
  }
  // What was posted there has arrived, so the channel takes posts again.
  if (subscription.suspended) await store.liftSuspension(subscription.channel);
  const { nextTryAt: _, error: __, ...rest } = delivery;
  return { ...rest, state: 'sent', attempts: delivery.attempts + 1, ...end };
}

async function post(
  { adapters }: DeliveryDependencies,
  { subscription: { channel }, delivery, card }: Claimed,
): Promise<{ readonly messageRef: string; readonly settledBy?: string }> {
  const adapter = adapters.find(({ name }) => name === channel.adapter);
  if (adapter === undefined) throw new AwayError(`${channel.adapter} is off.`);
  const key = keyOf(delivery);
  if (delivery.state !== 'doubtful')
    return { messageRef: await inTurn(adapter, channel, () => adapter.post(channel, card, key)) };
  const resumed = await inTurn(adapter, channel, () => adapter.resume(channel, card, key, delivery.claimedAt));
  return { messageRef: resumed.messageRef, settledBy: settledWords(resumed) };
}

/** Names the messages of a delivery for ever, as `Adapter` wants it: what has arrived is found by it. */
export function keyOf({ occasion, subscriptionId, window }: Delivery): string {
  return `${occasion === 'instant' ? 'instant' : 'digest'} ${subscriptionId} ${window.to}`;
}

function settledWords({ found, messages }: Resumed): string {
  if (found === messages) return 'it had arrived';
  if (found === 0) return 'it had not arrived and was sent again';
  return `${found} of ${plural(messages, 'message')} had arrived and the rest was sent`;
}

async function fail(
  dependencies: DeliveryDependencies,
  claimed: Claimed,
  thrown: unknown,
  retries: boolean,
): Promise<Delivery> {
  const { store, clock } = dependencies;
  const { subscription, delivery } = claimed;
  // Whatever goes wrong with one that was in doubt, the doubt remains.
  if (delivery.state === 'doubtful' || !(thrown instanceof WorldError)) return doubt(dependencies, claimed, thrown);
  const error = messageOf(thrown);
  const closed = thrown instanceof RouteError;
  const isUntried = thrown instanceof AwayError;
  const wait = isUntried ? 0 : RETRIES[delivery.attempts];
  const retryAt =
    retries && !closed && wait !== undefined ? later(plus(clock.now(), wait), thrown.notBefore) : undefined;
  // A person's digest that failed leaves the regular one as it was.
  const again = delivery.occasion === 'asked' ? { nextDigestAt: subscription.nextDigestAt } : {};
  await store.settleDelivery(delivery.id, { error, isUntried, ...(retryAt ? { retryAt } : again) }, clock.now());
  if (closed) await suspendChannel(dependencies, subscription.channel, error);
  return ended(delivery, { state: 'failed', error, retryAt, isUntried });
}

/** It may have arrived, at least in part: only the platform can tell, now or later, or a person who looks. */
async function doubt(
  dependencies: DeliveryDependencies,
  { subscription, delivery }: Claimed,
  thrown: unknown,
): Promise<Delivery> {
  const { store, clock, log } = dependencies;
  const error = messageOf(thrown);
  const isUntried = thrown instanceof AwayError;
  const isExpected = thrown instanceof DoubtError || thrown instanceof WorldError;
  // That a platform is not connected is told where adapters are started, not at every beat.
  if (isExpected && !isUntried) log.warn({ delivery: delivery.id, reason: error }, 'a digest is in doubt');
  if (!isExpected) log.error({ err: thrown, delivery: delivery.id }, 'a digest may or may not have been posted');
  const retryAt = nextQuestion(delivery, thrown, clock.now());
  // Told before it is noted as over: dying in between, it is told twice rather than never.
  if (retryAt === undefined) await tellDoubt(dependencies, subscription, delivery, error);
  try {
    await store.settleDelivery(delivery.id, { doubt: error, isUntried, ...(retryAt && { retryAt }) }, clock.now());
  } catch (failure) {
    // The ledger may be what failed; then the claim stays open, and the next start calls it doubtful.
    log.error({ err: failure, delivery: delivery.id }, 'the doubt about a digest could not be noted');
  }
  // Held back until a person acts there, and asked about then.
  if (thrown instanceof RouteError) await suspendChannel(dependencies, subscription.channel, error);
  return ended(delivery, { state: 'doubtful', error, retryAt, isUntried });
}

/** When the platform is asked about a doubt; undefined when that is given up. */
function nextQuestion({ attempts, claimedAt }: Delivery, thrown: unknown, now: Instant): Instant | undefined {
  if (thrown instanceof AwayError || thrown instanceof RouteError) return now;
  if (thrown instanceof DoubtError && thrown.isLasting) return undefined;
  const wait = RETRIES[attempts];
  if (!(thrown instanceof WorldError)) return wait === undefined ? undefined : plus(now, wait);
  if (wait === undefined && now > plus(claimedAt, LONGEST_DOUBT)) return undefined;
  return later(plus(now, wait ?? HOUR), thrown.notBefore);
}

interface NotSent {
  readonly state: 'failed' | 'doubtful';
  readonly error: string;
  readonly retryAt: Instant | undefined;
  readonly isUntried: boolean;
}

function ended(delivery: Delivery, { state, error, retryAt, isUntried }: NotSent): Delivery {
  const { nextTryAt: _, ...rest } = delivery;
  const attempts = delivery.attempts + (isUntried ? 0 : 1);
  return { ...rest, state, error, attempts, ...(retryAt && { nextTryAt: retryAt }) };
}
