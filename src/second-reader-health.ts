/** How the second reader does: as numbers for a health check, and in words for `/feeds health`. */
import type { Block } from './card.ts';
import type { CommandContext } from './command.ts';
import type { Instant } from './model.ts';
import type { SecondLookStore, SecondReaderUse } from './second-reader.ts';
import { DAY, localDateOf, plus, showTime } from './time.ts';

/** No names, no addresses, no secrets. */
export interface SecondReaderHealth {
  /** Requests of the local day. */
  readonly requests: number;
  /** Requests a day at most. */
  readonly budget: number;
  /** Looks of the last 24 hours: at an answer, put off, given up. */
  readonly read: number;
  readonly waiting: number;
  readonly failed: number;
  /** The service failed and is not asked before; absent while it answers. */
  readonly heldUntil?: Instant;
}

/** Reads the state of the second reader from the store. */
export async function readSecondReaderHealth(
  store: SecondLookStore,
  { budget, timeZone }: SecondReaderUse,
  now: Instant,
): Promise<SecondReaderHealth> {
  const { heldUntil } = await store.secondReaderState();
  return {
    requests: await store.countRequests(localDateOf(now, timeZone)),
    budget,
    ...(await store.countSecondLooks(plus(now, -DAY))),
    ...(heldUntil ? { heldUntil } : {}),
  };
}

/** What `/feeds health` says of it; empty where it is off. */
export async function secondReaderBlocks({ store, secondReader, clock, timeZone }: CommandContext): Promise<Block[]> {
  if (secondReader === undefined) return [];
  const { requests, budget, read, waiting, failed } = await readSecondReaderHealth(store, secondReader, clock.now());
  const { lastError, heldUntil } = await store.secondReaderState();
  const fields = [
    { name: 'Today', value: `${requests} of ${budget} requests` },
    { name: 'Last 24 hours', value: `${read} items read, ${waiting} put off, ${failed} given up` },
    ...(lastError
      ? [{ name: 'Failing', value: `${lastError} · next try ${showTime(heldUntil ?? clock.now(), timeZone)}` }]
      : []),
  ];
  return [
    { kind: 'heading', text: 'Second reader', note: secondReader.reader.model },
    { kind: 'fields', fields },
  ];
}
