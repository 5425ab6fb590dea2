/** Owners of feeds: those of one owner are asked one after the other, and what one server wants holds for all of the owner's. */
import { HeldError } from './errors.ts';
import type { Feed, Instant } from './model.ts';
import { HOUR, later, plus } from './time.ts';

/** Refusals in a row after which the rest of an owner's feeds are left alone, and for how long. */
const REFUSALS = 3;
const QUIET_AFTER_REFUSALS = HOUR;

type HasUrl = Pick<Feed, 'url'>;
/** Absent for a server of our own, which wants nothing. */
type OwnerOf = (feed: HasUrl) => string | undefined;

/** Feeds of one owner together, in their order; a feed without an owner is alone. */
export function lanesOf<Entry extends HasUrl>(feeds: readonly Entry[], ownerOf: OwnerOf): readonly Entry[][] {
  const owned = new Map<string, Entry[]>();
  const lanes: Entry[][] = [];
  for (const feed of feeds) {
    const owner = ownerOf(feed);
    const known = owner === undefined ? undefined : owned.get(owner);
    if (known !== undefined) known.push(feed);
    else {
      const lane = [feed];
      lanes.push(lane);
      if (owner !== undefined) owned.set(owner, lane);
    }
  }
  return lanes;
}

/** What was learned of a feed's server by asking it. */
interface Answered {
  readonly feed: HasUrl;
  readonly status?: number;
  readonly heldUntil?: Instant;
}

/** Until when each owner wants quiet. */
export interface Quiet {
  /** The end of the quiet; undefined when the feed may be asked. */
  until(feed: HasUrl, now: Instant): Instant | undefined;
  /** Learns from a check. */
  note(check: Answered, now: Instant): void;
}

/** Starts with what the store remembers. */
export function createQuiet(
  held: readonly { readonly url: string; readonly until: Instant }[],
  ownerOf: OwnerOf,
): Quiet {
  const quiet = new Map<string, Instant>();
  const refusals = new Map<string, number>();
  const hold = (owner: string, until: Instant) => quiet.set(owner, later(until, quiet.get(owner)));
  for (const { url, until } of held) {
    const owner = ownerOf({ url });
    if (owner !== undefined) hold(owner, until);
  }
  return {
    until(feed, now) {
      const owner = ownerOf(feed);
      const until = owner === undefined ? undefined : quiet.get(owner);
      return until !== undefined && until > now ? until : undefined;
    },
    note({ feed, status, heldUntil }, now) {
      const owner = ownerOf(feed);
      if (owner === undefined) return;
      const refused = status === 403 ? (refusals.get(owner) ?? 0) + 1 : 0;
      refusals.set(owner, refused);
      if (refused >= REFUSALS) hold(owner, plus(now, QUIET_AFTER_REFUSALS));
      if (heldUntil !== undefined) hold(owner, heldUntil);
    },
  };
}

/** Why a feed was not asked. */
export function quietError({ url }: HasUrl, until: Instant): HeldError {
  return new HeldError(`not asked: ${new URL(url).host}, or a neighbour of the same owner, wants quiet`, until);
}
