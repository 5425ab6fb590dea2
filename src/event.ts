/** Builds events from their items: which item leads, which tagging of each barrier counts, and in which order dates put them. */
import { AUTHORITIES, authorityOf, wordsNamed } from './authority.ts';
import { occurredAt } from './item-date.ts';
import type { BarrierId, Event, EventTagging, ReadItem } from './model.ts';
import { BARRIER_IDS } from './model.ts';

/** Items of one event id form one event; an item without one stands alone. */
export function toEvents(items: readonly ReadItem[]): Event[] {
  const groups = new Map<string, ReadItem[]>();
  for (const item of items) {
    const id = item.eventId ?? item.item.id;
    const group = groups.get(id);
    if (group) group.push(item);
    else groups.set(id, [item]);
  }
  return [...groups].map(([id, group]) => toEvent(id, group));
}

function toEvent(id: string, items: readonly ReadItem[]): Event {
  const named = items.length > 1 ? wordsNamed(items) : new Set<string>();
  const rank = new Map(items.map((item) => [item, AUTHORITIES.indexOf(authorityOf(item, named))]));
  const ranked = [...items].sort(
    (one, other) =>
      (rank.get(one) ?? 0) - (rank.get(other) ?? 0) ||
      occurredAt(one.item).localeCompare(occurredAt(other.item)) ||
      one.item.id.localeCompare(other.item.id),
  );
  const [lead, ...others] = ranked;
  if (lead === undefined) throw new Error(`event ${id} has no item`);
  const seen = items.map((each) => each.item.fetchedAt).sort();
  return {
    id,
    lead,
    items: [lead, ...others],
    taggings: mergeTaggings(lead, others),
    firstSeenAt: seen[0] ?? lead.item.fetchedAt,
    lastSeenAt: seen.at(-1) ?? lead.item.fetchedAt,
  };
}

function mergeTaggings(lead: ReadItem, others: readonly ReadItem[]): EventTagging[] {
  const best = new Map<BarrierId, EventTagging>();
  for (const { item, tagged } of [lead, ...others]) {
    for (const tagging of tagged?.taggings ?? []) {
      const known = best.get(tagging.barrier);
      const fromLead = known?.item.id === lead.item.id;
      if (!known || (!fromLead && tagging.confidence > known.confidence))
        best.set(tagging.barrier, { ...tagging, item });
    }
  }
  return BARRIER_IDS.flatMap((barrier) => best.get(barrier) ?? []);
}

/** The barrier an event is most about: the lead's own choice, else the most confident tagging; undefined without taggings. */
export function primaryTagging(event: Event): EventTagging | undefined {
  const own = event.taggings.find((tagging) => tagging.barrier === event.lead.tagged?.primary);
  return own ?? [...event.taggings].sort((one, other) => other.confidence - one.confidence)[0];
}

/** Distinct feeds that reported the event. */
export function sources(event: Event): string[] {
  return [...new Set(event.items.map((each) => each.feed.title))];
}

/** Newest first, by the date of the leading item. */
export function byDate(one: Event, other: Event): number {
  return occurredAt(other.lead.item).localeCompare(occurredAt(one.lead.item)) || one.id.localeCompare(other.id);
}
