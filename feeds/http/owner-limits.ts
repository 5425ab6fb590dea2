/** Keeps requests to one owner of servers few and apart, and quiet where quiet was asked for. */
import { HeldError } from '../../src/errors.ts';
import type { Instant } from '../../src/model.ts';
import type { Clock } from '../../src/ports.ts';
import { registrableDomain } from '../../src/registrable-domain.ts';
import { later, plus } from '../../src/time.ts';

/** A poll asks one after the other; the second place is for a person who tests a source meanwhile. */
const MOST_AT_ONCE = 2;
/** Whoever would wait longer comes back when it is their turn. */
const LONGEST_QUEUE_MS = 30_000;
/** Redirects could lead to any number of owners; those that nothing is known of any more are forgotten above this number. */
const MOST_REMEMBERED = 10_000;

export interface OwnerLimits {
  /**
   * Resolves when a request to the host may start, with what to call when it has ended. Rejects with HeldError where quiet
   * was asked for or the queue is too long, and with the signal's reason when it aborts.
   */
  enter(host: string, signal: AbortSignal): Promise<() => void>;
  /** Throws HeldError where `enter` would because of quiet. */
  check(host: string): void;
  /** Quiet for all of the host's owner. */
  hold(host: string, until: Instant): void;
  /** At least so long between two requests to this host, beside what holds for its owner. */
  spaceOut(host: string, milliseconds: number): void;
}

interface Owner {
  underWay: number;
  /** On the clock of `performance.now`. */
  nextStart: number;
  heldUntil?: Instant;
  readonly waiting: (() => void)[];
}

/** `milliseconds` between two requests to one owner; 0 means no spacing. */
export function createOwnerLimits(milliseconds: number, clock: Clock): OwnerLimits {
  const owners = new Map<string, Owner>();
  const hosts = new Map<string, { delay: number; nextStart: number }>();

  function ownerOf(host: string): Owner {
    const domain = registrableDomain(host);
    const known = owners.get(domain);
    if (known !== undefined) return known;
    if (owners.size >= MOST_REMEMBERED) forgetIdle();
    const owner: Owner = { underWay: 0, nextStart: 0, waiting: [] };
    owners.set(domain, owner);
    return owner;
  }

  function forgetIdle(): void {
    const now = clock.now();
    for (const [domain, { underWay, nextStart, heldUntil = '' }] of owners) {
      if (underWay === 0 && nextStart <= performance.now() && heldUntil <= now) owners.delete(domain);
    }
    for (const [host, { nextStart }] of hosts) if (nextStart <= performance.now()) hosts.delete(host);
  }

  function check(host: string): void {
    const { heldUntil } = ownerOf(host);
    if (heldUntil === undefined || heldUntil <= clock.now()) return;
    throw new HeldError(`not asked: ${registrableDomain(host)} wants quiet`, heldUntil);
  }

  /** Takes the next free start and resolves at it. */
  async function turn(host: string, owner: Owner, signal: AbortSignal): Promise<void> {
    const now = performance.now();
    const known = hosts.get(host);
    const start = Math.max(now, owner.nextStart, known?.nextStart ?? 0);
    if (start - now > LONGEST_QUEUE_MS) {
      const seconds = Math.ceil((start - now) / 1_000);
      throw new HeldError(`not asked: its turn at ${host} comes in ${seconds} s`, plus(clock.now(), start - now));
    }
    owner.nextStart = start + milliseconds;
    if (known !== undefined) known.nextStart = start + known.delay;
    if (start > now) await sleep(start - now, signal);
  }

  /** Takes a place as soon as fewer requests than allowed are under way. */
  async function place(owner: Owner, signal: AbortSignal): Promise<void> {
    while (owner.underWay >= MOST_AT_ONCE) {
      signal.throwIfAborted();
      await freed(owner, signal);
    }
    owner.underWay += 1;
  }

  function leave(owner: Owner): void {
    owner.underWay -= 1;
    owner.waiting.shift()?.();
  }

  return {
    check,
    async enter(host, signal) {
      signal.throwIfAborted();
      check(host);
      const owner = ownerOf(host);
      await turn(host, owner, signal);
      await place(owner, signal);
      try {
        // Somebody before this caller may have been told to be quiet.
        check(host);
      } catch (thrown) {
        leave(owner);
        throw thrown;
      }
      let isOver = false;
      return () => {
        if (!isOver) leave(owner);
        isOver = true;
      };
    },
    hold(host, until) {
      const owner = ownerOf(host);
      owner.heldUntil = later(until, owner.heldUntil);
    },
    spaceOut(host, delay) {
      const known = hosts.get(host);
      if (known !== undefined) known.delay = delay;
      else if (delay > milliseconds) hosts.set(host, { delay, nextStart: 0 });
    },
  };
}

/** Resolves when a place is given back; rejects with the signal's reason, without taking the place of those behind. */
function freed(owner: Owner, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      owner.waiting.splice(owner.waiting.indexOf(onFree), 1);
      reject(signal.reason);
    };
    const onFree = () => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    };
    owner.waiting.push(onFree);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** Rejects with the signal's reason when it aborts. */
function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
