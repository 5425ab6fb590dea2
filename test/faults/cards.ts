/** Digests with entries that can be counted in what is shown. */
import type { Block, Card, Entry } from '../../src/card.ts';

const IN_CHANNEL = 2;
const IN_THREAD = 14;

/** The marks of a channel's digest in reading order, such as `C7D3E12`. */
export function marksOf(channel: number, digest: number): string[] {
  return Array.from({ length: IN_CHANNEL + IN_THREAD }, (_, index) => `C${channel}D${digest}E${index}`);
}

/** All marks in a text, in order. */
export function marksIn(text: string): string[] {
  return [...text.matchAll(/\bC\d+D\d+E\d+\b/g)].map(String);
}

/** A digest of several messages: with menus, without, and with headings over everything in the thread. */
export function cardOf(channel: number, digest: number): Card {
  const kind = (['menu', 'plain', 'headings'] as const)[(channel + digest) % 3];
  const entries = marksOf(channel, digest).map(
    (mark): Entry => ({
      title: `Event ${mark}.`,
      source: 'A source',
      evidence: ['words '.repeat(120)],
      ...(kind === 'menu' ? { id: mark.toLowerCase() } : {}),
    }),
  );
  const block = (from: number, to?: number): Block => ({ kind: 'entries', entries: entries.slice(from, to) });
  const heading: Block[] = kind === 'headings' ? [{ kind: 'heading', text: 'A heading' }] : [];
  return {
    title: `Digest ${digest}`,
    tone: 'plain',
    public: true,
    timeZone: 'UTC',
    blocks: [block(0, IN_CHANNEL)],
    thread: [...heading, block(IN_CHANNEL)],
  };
}
