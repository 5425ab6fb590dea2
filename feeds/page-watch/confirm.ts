/** Two equal readings before an entry of a watched page counts, so that no passing state of a page makes news. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FeedKind, ItemDraft, TaggedItem } from '../../src/model.ts';

/** Ten characters tell a million entries apart well enough: at worst one of them counts a reading early. */
const LENGTH = 10;

const memorySchema = z.object({
  /** Hashes of the entries that count, one after the other. */
  known: z.string(),
  /** Hashes of the entries that were seen once. */
  once: z.string(),
});

/** What a reading of a watched page brings, and what to remember for the next one. */
export interface Confirmed {
  /** Indices of the entries that count, in their order. */
  readonly indices: readonly number[];
  readonly memory: string;
}

/**
 * Keeps the entries that an earlier reading has shown as well; `keys` say what must be equal, `memory` is what the last call
 * gave. The first reading takes stock: all its entries count, as what the page held when it came on the list.
 */
export function confirm(keys: readonly string[], memory: string | undefined): Confirmed {
  const hashes = keys.map(hashOf);
  const earlier = readMemory(memory);
  if (earlier === undefined) return { indices: [...keys.keys()], memory: write(hashes, []) };
  const seen = new Set([...earlier.known, ...earlier.once]);
  const indices = [...keys.keys()].filter((index) => seen.has(hashes[index] ?? ''));
  const once = hashes.filter((hash) => !seen.has(hash));
  return {
    indices,
    memory: write(
      hashes.filter((hash) => seen.has(hash)),
      once,
    ),
  };
}

/** True while entries wait for a second reading: a server must then send the whole page, not just say that it is unchanged. */
export function isWaiting(memory: string | undefined): boolean {
  return (readMemory(memory)?.once.length ?? 0) > 0;
}

interface TaggedItems {
  readonly items: readonly ItemDraft[];
  readonly tagged: readonly TaggedItem[];
}

const WATCHED: ReadonlySet<FeedKind> = new Set(['page', 'sitemap', 'msit-board']);

/** True for kinds that show a state, not news: what is on them must be seen twice before it counts. */
export function isWatched(kind: FeedKind): boolean {
  return WATCHED.has(kind);
}

/** The parts of a parsed page that count, with what to remember of it; an entry is equal when its address and title are. */
export function confirmed<Feed extends TaggedItems>(
  parsed: Feed,
  memory: string | undefined,
): Feed & { readonly memory: string; readonly isWaiting?: true } {
  const keys = parsed.items.map(({ guid, url, title }) => [guid, url, title].join(' '));
  const { indices, memory: next } = confirm(keys, memory);
  const counts = new Set(indices);
  return {
    ...parsed,
    items: parsed.items.filter((_, index) => counts.has(index)),
    tagged: parsed.tagged.filter((_, index) => counts.has(index)),
    memory: next,
    ...(isWaiting(next) ? { isWaiting: true as const } : {}),
  };
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, LENGTH);
}

function write(known: readonly string[], once: readonly string[]): string {
  return JSON.stringify({ known: [...new Set(known)].join(''), once: [...new Set(once)].join('') });
}

function readMemory(text: string | undefined): { known: string[]; once: string[] } | undefined {
  if (text === undefined) return undefined;
  const read = memorySchema.safeParse(parseJson(text));
  return read.success ? { known: split(read.data.known), once: split(read.data.once) } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function split(hashes: string): string[] {
  return hashes.match(/.{10}/g) ?? [];
}
