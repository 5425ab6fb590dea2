/** Edits posted digests whose items were corrected, edited or regrouped: once a change, without a ping, for three days. */
import { messageOf, RouteError, WorldError } from './errors.ts';
import { cardAgain, hashOf } from './posted-digest.ts';
import { type DueRevision, editWords, type RevisionEnd } from './revision.ts';
import { type DeliveryDependencies, keyOf } from './send.ts';
import { later, MINUTE, plus } from './time.ts';

/** Pauses before a failed edit is tried again; after the last of them the digest stays as it is. */
const RETRIES = [5 * MINUTE, 15 * MINUTE, 60 * MINUTE] as const;

type RevisionDependencies = Pick<DeliveryDependencies, 'store' | 'clock' | 'adapters' | 'log'>;

/** Edits every posted digest that waits for it; one that cannot be edited holds up no other. */
export async function reviseDue(dependencies: RevisionDependencies): Promise<void> {
  const { store, clock, log } = dependencies;
  for (const revision of await store.dueRevisions(clock.now())) {
    try {
      const end = await revise(dependencies, revision);
      if (end) await store.settleRevision(revision, end);
    } catch (thrown) {
      log.error({ err: thrown, delivery: revision.delivery.id }, 'a posted digest could not be edited');
      await store.settleRevision(revision, { outcome: 'impossible' });
    }
  }
}

/** How the edit ended; undefined while it has to wait for tagging, or for its platform. */
async function revise(dependencies: RevisionDependencies, revision: DueRevision): Promise<RevisionEnd | undefined> {
  const { store, adapters } = dependencies;
  const { delivery, channel, composition, messageRef, notes } = revision;
  const adapter = adapters.find(({ name }) => name === channel.adapter);
  if (adapter === undefined) return undefined;
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
