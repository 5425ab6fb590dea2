import { z } from 'zod';
import { defineCommand } from '../command.ts';
import { compose, readPast } from '../digest.ts';
import { digestCard } from '../digest-card.ts';
import { UserError } from '../errors.ts';
import { keptItems } from '../filter.ts';
import { readFilters } from '../posted.ts';
import { readSubscription } from './options.ts';

/** Among so many there is a digest, whatever was posted at once since. */
const DELIVERIES = 200;

export const digestLast = defineCommand({
  root: 'digest',
  verb: 'last',
  description: 'This channel’s last digest again, with every event',
  options: z.object({}),
  access: 'anyone',
  examples: ['/digest last'],
  async run(context) {
    const { store, workspace, timeZone } = context;
    const subscription = await readSubscription(context);
    const deliveries = await store.deliveries(subscription.id, DELIVERIES);
    // What was posted at once is no digest.
    const delivery = deliveries.find(({ occasion }) => occasion !== 'instant');
    if (delivery === undefined)
      throw new UserError('This channel has had no digest yet. /digest preview shows what it would hold.');
    // By its items, since events may have been merged or split afterwards.
    const itemIds = await store.itemsOfDelivery(delivery.id);
    const posted =
      itemIds.length > 0
        ? await store.itemsById(workspace.id, itemIds)
        : await store.itemsOfEvents(workspace.id, await store.eventsOfDelivery(delivery.id));
    const items = keptItems(await readFilters(store, workspace.id), posted);
    const past = await readPast(store, workspace.id, delivery.window.from);
    const digest = compose(subscription, delivery.window, items, await store.listFeeds(workspace.id), { past });
    return { ...digestCard(digest, timeZone, { full: true }), public: false };
  },
});
