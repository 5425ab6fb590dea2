/** Settles deliveries that are not over: what failed is sent again, what is in doubt is asked about first. */
import type { Delivery, Subscription } from './model.ts';
import type { Adapter, OpenDelivery } from './ports.ts';
import { CHANNELS_AT_ONCE, type DeliveryDependencies, sendClaimed } from './send.ts';
import { forEachOf } from './workers.ts';

/** Tries every delivery whose next try is due, those of one channel in their order; one failure holds up no other channel or platform. */
export async function settleDeliveries(dependencies: DeliveryDependencies): Promise<Delivery[]> {
  const { store, clock, log, adapters, signal } = dependencies;
  const open = await store.openDeliveries(clock.now());
  const settled: Delivery[] = [];
  const tryEach = async (deliveries: readonly OpenDelivery[]) => {
    for (const each of deliveries) {
      try {
        const delivery = await tryAgain(dependencies, each);
        if (delivery) settled.push(delivery);
        // What comes after it waits for its turn.
        if (delivery?.nextTryAt !== undefined) return;
      } catch (thrown) {
        log.error({ err: thrown, delivery: each.delivery.id }, 'a delivery could not be tried again');
        return;
      }
    }
  };
  const ofAdapter = ({ name }: Adapter) => {
    const reachable = open.filter(({ subscription }) => subscription.channel.adapter === name);
    return [...Map.groupBy(reachable, ({ subscription }) => subscription.id).values()];
  };
  const isStopping = () => signal?.aborted === true;
  await Promise.all(adapters.map((each) => forEachOf(ofAdapter(each), CHANNELS_AT_ONCE, tryEach, isStopping)));
  return settled;
}

/** Tries a channel's oldest open delivery at once; undefined when it has none. */
export async function settleOpenDelivery(
  dependencies: DeliveryDependencies,
  subscription: Subscription,
): Promise<Delivery | undefined> {
  const delivery = await dependencies.store.openDelivery(subscription.id);
  return delivery && tryAgain(dependencies, { delivery, subscription });
}

/** Undefined when somebody else tries it at this moment. */
async function tryAgain(dependencies: DeliveryDependencies, open: OpenDelivery): Promise<Delivery | undefined> {
  const card = await dependencies.store.reclaimDelivery(open.delivery.id);
  return card && sendClaimed(dependencies, { ...open, card }, { retries: true });
}
