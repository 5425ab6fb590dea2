/** Where an item stands in its event. Pure. */
import { primaryTagging, sources } from '../event.ts';
import type { Event, Item } from '../model.ts';
import { barrierOf } from '../taxonomy/barriers.ts';

/** Which item leads, where several tell of one event; undefined for an event of one item. */
export function eventPlaceSentence({ id }: Pick<Item, 'id'>, event: Event): string | undefined {
  const { lead, items } = event;
  if (items.length < 2) return undefined;
  const barrier = primaryTagging(event)?.barrier;
  const place = barrier === undefined ? 'it stands under no barrier' : `it stands under ${barrierOf(barrier).name}`;
  const all = `One of ${items.length} items on one event (${sources(event).join(', ')}); ${place}.`;
  if (lead.item.id === id) return `${all} This item leads.`;
  return `${all} Not shown by itself: “${lead.item.title}” (${lead.feed.title}, ${lead.item.id}) leads.`;
}
