/** Turns events and items into entries of a card: title, link, source, date, direction, proof. */
import type { Entry } from './card.ts';
import { primaryTagging, sources } from './event.ts';
import type { Direction, Event, EventTagging, Item, ReadItem, Tagging } from './model.ts';
import { barrierOf } from './taxonomy/barriers.ts';

export const DIRECTION_SIGNS: Readonly<Record<Direction, string>> = { deepens: '▲', eases: '▼', mixed: '◆' };

/** Readers see one quote; all of them stand in `/barrier why`. */
const QUOTE_LENGTH = 160;

/** An event under one of its barriers (its primary one where none is given); `note` stands before its other barriers. */
export function eventEntry(
  event: Event,
  tagging: EventTagging | undefined = primaryTagging(event),
  note?: string,
): Entry {
  const others = event.taggings.filter((each) => each.barrier !== tagging?.barrier);
  const proof = tagging ? proofOf(tagging) : undefined;
  const { item, feed } = event.lead;
  const details = [note ?? [], others.length > 0 ? `also ${others.map(barrierMark).join(', ')}` : []].flat();
  return {
    ...itemBase(item),
    source: feed.title,
    alsoFrom: sources(event).filter((name) => name !== feed.title),
    ...(tagging ? { direction: tagging.direction, section: tagging.section } : {}),
    ...(proof ? { evidence: [proof] } : {}),
    ...detailOf(details.join(' · '), isCorrected(event, tagging)),
  };
}

/** A single item, with all barriers it is tagged with. */
export function itemEntry({ item, feed, tagged, corrected }: ReadItem, marks?: Entry['marks']): Entry {
  const taggings = tagged?.taggings ?? [];
  const primary = taggings.find((each) => each.barrier === tagged?.primary) ?? taggings[0];
  return {
    ...itemBase(item),
    source: feed.title,
    ...(primary ? { direction: primary.direction, section: primary.section } : {}),
    ...detailOf(taggings.map(barrierMark).join(', '), corrected !== undefined),
    ...(marks ? { marks } : {}),
  };
}

/** True where people corrected what is shown: the leading item, or the one whose words carry the tagging. */
function isCorrected({ lead, items }: Event, tagging: EventTagging | undefined): boolean {
  const shown = items.find(({ item }) => item.id === tagging?.item.id);
  return lead.corrected !== undefined || shown?.corrected !== undefined;
}

function detailOf(words: string, corrected: boolean): Pick<Entry, 'detail'> {
  const detail = [words, ...(corrected ? ['corrected'] : [])].filter((each) => each !== '').join(' · ');
  return detail === '' ? {} : { detail };
}

/** `▲ Pacing gap`: the barrier's name with the sign of the direction. */
export function barrierMark(tagging: Pick<Tagging, 'barrier' | 'direction'>): string {
  return `${DIRECTION_SIGNS[tagging.direction]} ${barrierOf(tagging.barrier).name}`;
}

function itemBase(item: Item): Pick<Entry, 'title' | 'link' | 'date' | 'id'> {
  return {
    title: item.title,
    id: item.id,
    ...(item.url ? { link: item.url } : {}),
    ...(item.publishedAt ? { date: item.publishedAt } : {}),
  };
}

/** The first quote short enough to read at a glance, else the start of the first. */
function proofOf(tagging: Tagging): string | undefined {
  const quotes = tagging.evidence.map((each) => each.quote);
  return quotes.find((quote) => quote.length <= QUOTE_LENGTH) ?? quotes[0]?.slice(0, QUOTE_LENGTH);
}
