/** What matters first: the weight of an event as a sum of parts that can each be told (docs/decisions/0016). Pure. */
import { isOfficial } from './authority.ts';
import { primaryTagging, sources } from './event.ts';
import { occurredAt } from './item-date.ts';
import type { BarrierId, Direction, Event, Instant, LocalDate } from './model.ts';
import { plural } from './plural.ts';
import { barrierOf } from './taxonomy/barriers.ts';
import { between, DAY } from './time.ts';

/** How far back an event is compared with what was there before. */
export const PAST_PERIOD = 28 * DAY;

/** A barrier without an event for so long had been quiet. */
const QUIET_DAYS = 14;

const SECOND_SOURCE = 0.5;
const OFFICIAL = 0.3;
const CRISIS = 1;
const REPEATED = 0.1;
const MOST_REPEATED = 0.5;
const AFTER_QUIET = 0.3;

/** Events of the same barrier, mechanism and direction in a period. */
export interface PastKind {
  readonly barrier: BarrierId;
  /** Absent for those that name none. */
  readonly mechanism?: string;
  readonly direction: Direction;
  readonly events: number;
  /** The date of the newest of them. */
  readonly lastAt: Instant | LocalDate;
}

/** What the weeks before a digest held. */
export interface Past {
  readonly until: Instant;
  readonly kinds: readonly PastKind[];
}

/** Nothing is known of the weeks before: then nothing is a repetition, and no barrier had been quiet. */
export const NO_PAST: Past = { until: '1970-01-01T00:00:00.000Z', kinds: [] };

/** One part of a weight, with its reason in words. */
export interface WeightPart {
  readonly value: number;
  readonly words: string;
}

/** The parts of an event's weight, without those that are nought. */
export function weightParts(event: Event, past: Past): WeightPart[] {
  return [
    confidencePart(event),
    sourcesPart(event),
    authorityPart(event),
    crisisPart(event),
    repetitionPart(event, past),
    quietPart(event, past),
  ].filter(({ value }) => value !== 0);
}

/** How much an event weighs. */
export function weight(event: Event, past: Past = NO_PAST): number {
  return weightParts(event, past).reduce((sum, { value }) => sum + value, 0);
}

/** Heaviest first; the newer first among equals, then by id so that the order never changes between readings. */
export function byWeight(past: Past): (one: Event, other: Event) => number {
  const known = new Map<Event, number>();
  const weightOf = (event: Event) => {
    const found = known.get(event) ?? weight(event, past);
    known.set(event, found);
    return found;
  };
  return (one, other) =>
    weightOf(other) - weightOf(one) ||
    occurredAt(other.lead.item).localeCompare(occurredAt(one.lead.item)) ||
    one.id.localeCompare(other.id);
}

function confidencePart({ taggings }: Event): WeightPart {
  const value = Math.max(0, ...taggings.map(({ confidence }) => confidence));
  return { value, words: `its strongest tagging is ${Math.round(value * 100)} % sure` };
}

/** Each doubling of independent sources counts the same. */
function sourcesPart(event: Event): WeightPart {
  const count = sources(event).length;
  return { value: SECOND_SOURCE * Math.log2(count), words: `${plural(count, 'source')} report it` };
}

function authorityPart({ lead }: Event): WeightPart {
  return { value: isOfficial(lead) ? OFFICIAL : 0, words: `a public body leads it, by ${lead.feed.title}` };
}

function crisisPart({ items }: Event): WeightPart {
  const isCrisis = items.some(({ tagged }) => tagged?.crisis);
  return { value: isCrisis ? CRISIS : 0, words: 'it is flagged as a crisis signal' };
}

/** What happened often in the weeks before is less news; each doubling counts the same, down to a limit. */
function repetitionPart(event: Event, { kinds }: Past): WeightPart {
  const own = primaryTagging(event);
  const alike = kinds.filter(
    ({ barrier, mechanism, direction }) =>
      barrier === own?.barrier && mechanism === own.mechanism && direction === own.direction,
  );
  const count = alike.reduce((sum, { events }) => sum + events, 0);
  const value = -Math.min(MOST_REPEATED, REPEATED * Math.log2(1 + count));
  return {
    value: value || 0,
    words: `${plural(count, 'event')} of the four weeks before ${count === 1 ? 'was' : 'were'} like it`,
  };
}

/** A barrier that moves after a silence is more news. Without any past there is no telling. */
function quietPart(event: Event, { until, kinds }: Past): WeightPart {
  const barrier = primaryTagging(event)?.barrier;
  const last = kinds
    .flatMap((kind) => (kind.barrier === barrier ? [kind.lastAt] : []))
    .sort()
    .at(-1);
  const days = last === undefined ? Math.floor(PAST_PERIOD / DAY) : Math.floor(between(last, until) / DAY);
  const isQuiet = barrier !== undefined && kinds.length > 0 && days >= QUIET_DAYS;
  const name = barrier === undefined ? '' : barrierOf(barrier).name;
  return { value: isQuiet ? AFTER_QUIET : 0, words: `${name} had not moved for ${plural(days, 'day')}` };
}
