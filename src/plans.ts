/** Looks at every plan once at a start: the rules of a zone may be others than those it was made by. */
import { nextLook } from './due.ts';
import type { Instant } from './model.ts';
import type { Store } from './ports.ts';

/** Brings forward each next look that lies behind its digest time; one that comes too early mends itself when it comes. */
export async function checkPlans(store: Store, now: Instant): Promise<void> {
  const plans = (await store.allSubscriptions()).flatMap((subscription) => {
    const { id, nextDigestAt, sentDate } = subscription;
    const next = nextLook(subscription, now, new Set(sentDate === undefined ? [] : [sentDate]));
    return next < nextDigestAt ? [store.planDigest(id, next, now)] : [];
  });
  await Promise.all(plans);
}
