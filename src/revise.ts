/** Edits posted digests whose items were corrected, edited or regrouped: once a change, without a ping, for three days. */
import { AwayError, messageOf, RouteError, StoreError, WorldError } from './errors.ts';
import type { Adapter } from './ports.ts';
import { cardAgain, hashOf } from './posted-digest.ts';
import { type DueRevision, editWords, type RevisionEnd } from './revision.ts';
import { type DeliveryDependencies, keyOf } from './send.ts';
import { later, MINUTE, plus } from './time.ts';
import { forEachOf } from './workers.ts';

/** Pauses before a failed edit is tried again; after the last of them the digest stays as it is. */
const RETRIES = [5 * MINUTE, 15 * MINUTE, 60 * MINUTE] as const;

/** More are left to the next beat, so that one item in thousands of digests holds up nothing else. */
const REVISIONS_A_BEAT = 200;
const CHANNELS_AT_ONCE = 8;

type RevisionDependencies = Pick<DeliveryDependencies, 'store' | 'clock' | 'adapters' | 'log' | 'signal'>;

/** Edits posted digests that wait for it; one that cannot be edited holds up no other, nor one platform another. Throws StoreError. */
export async function reviseDue(dependencies: RevisionDependencies): Promise<void> {
  const { store, clock, adapters, signal } = dependencies;
  const isStopping = () => signal?.aborted === true;
  const reviseOn = async (adapter: Adapter) => {
    const due = await store.dueRevisions(adapter.name, clock.now(), REVISIONS_A_BEAT);
    const work = (revision: DueRevision) => reviseOne(dependencies, adapter, revision);
    await forEachOf(due, CHANNELS_AT_ONCE, work, isStopping);
  };
  await Promise.all(adapters.map(reviseOn));
}

async function reviseOne(dependencies: RevisionDependencies, adapter: Adapter, revision: DueRevision): Promise<void> {
  const { store, log } = dependencies;
  let end: RevisionEnd | undefined;
  try {
    end = await revise(dependencies, adapter, revision);
  } catch (thrown) {
    if (thrown instanceof StoreError) throw thrown;
    log.error({ err: thrown, delivery: revision.delivery.id }, 'a posted digest could not be edited');
    end = { outcome: 'impossible' };
  }
  if (end) await store.settleRevision(revision, end);
}

/** How the edit ended; undefined while it has to wait for tagging, or for its platform. */
async function revise(
  dependencies: RevisionDependencies,
  adapter: Adapter,
  revision: DueRevision,
): Promise<RevisionEnd | undefined> {
  const { store } = dependencies;
  const { delivery, channel, composition, messageRef, notes } = revision;
  const items = await store.itemsById(channel.workspaceId, composition.itemIds);
  // With a feed off the list its items cannot be seen any more, and an edit would take them out of what people read.
  if (items.length < composition.itemIds.length) return { outcome: 'impossible' };
  if (items.some(({ tagged }) => tagged === undefined)) return undefined;
  const shown = hashOf(cardAgain(composition, delivery.window, items));
  if (shown === revision.shown) return { outcome: 'unchanged' };
  const card = cardAgain(composition, delivery.window, items, editWords(notes));
  try {
    const isShown = await adapter.revise(channel, messageRef, card, keyOf(delivery));
    return isShown ? { outcome: 'shown', shown } : { outcome: 'impossible' };
  } catch (thrown) {
    if (thrown instanceof AwayError) return undefined;
    return endOfFailure(dependencies, revision, thrown);
  }
}

/** An edit that may have arrived is made again: a second time it changes nothing. Throws what is a fault of ours. */
function endOfFailure(
  { clock, log }: RevisionDependencies,
  { delivery, tries }: DueRevision,
  thrown: unknown,
): RevisionEnd {
  if (!(thrown instanceof WorldError)) throw thrown;
  const pause = thrown instanceof RouteError ? undefined : RETRIES[tries];
  log.warn({ delivery: delivery.id, reason: messageOf(thrown), tries }, 'a posted digest was not edited');
  if (pause === undefined) return { outcome: 'impossible' };
  return { retryAt: later(plus(clock.now(), pause), thrown.notBefore) };
}
