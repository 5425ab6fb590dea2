/** When the program is killed: some time after its start, or when it asks for something. From a seed, so that a run can be repeated. */
import { setTimeout } from 'node:timers/promises';
import { repeatableNumbers } from '../../src/repeatable-numbers.ts';
import type { Both } from '../main/both-platforms.ts';

/** What the program is doing, as the servers see it. */
const SIGHTS = [
  'reads the feed',
  'posts on Slack',
  'looks on Slack',
  'posts on Discord',
  'opens a thread on Discord',
  'looks on Discord',
] as const;
type Sight = (typeof SIGHTS)[number];

export type Moment =
  | { readonly kind: 'time'; readonly milliseconds: number }
  /** The so-and-so-many-th time it is seen, and a little later: before, during or after the work. */
  | { readonly kind: 'sight'; readonly sight: Sight; readonly count: number; readonly milliseconds: number };

/** Milliseconds: from before the database is open to the end of a run. */
const LATEST = 4_000;
const LITTLE_LATER = [0, 1, 3, 8, 20, 60] as const;

export function momentsOf(seed: number): () => Moment {
  const below = repeatableNumbers(seed);
  return () => {
    if (below(4) === 0) return { kind: 'time', milliseconds: 100 + below(LATEST) };
    // Digests are what matters most here.
    const sight = SIGHTS[[0, 1, 1, 1, 2, 3, 3, 3, 3, 4, 5][below(11)] ?? 1] ?? 'posts on Slack';
    const count = 1 + below(sight.startsWith('posts') ? 8 : 2);
    return { kind: 'sight', sight, count, milliseconds: LITTLE_LATER[below(LITTLE_LATER.length)] ?? 0 };
  };
}

export interface Watch {
  seen(sight: Sight): void;
  /** Resolves when the moment has come, counted from the call. */
  until(moment: Moment): Promise<void>;
}

/** Sees what the program asks the servers for. */
export function watch({ slack, discord }: Pick<Both, 'slack' | 'discord'>): Watch {
  const listeners = new Set<(sight: Sight) => void>();
  const seen = (sight: Sight) => {
    for (const listener of listeners) listener(sight);
  };
  slack.faults.when(({ method }) => {
    if (method === 'chat.postMessage') seen('posts on Slack');
    if (method === 'conversations.history' || method === 'conversations.replies') seen('looks on Slack');
    return undefined;
  });
  const { take } = discord.faults;
  discord.faults.take = (method, path) => {
    if (method === 'POST' && /\/messages$/.test(path)) seen('posts on Discord');
    if (method === 'POST' && /\/threads$/.test(path)) seen('opens a thread on Discord');
    if (method === 'GET' && /\/messages$/.test(path)) seen('looks on Discord');
    return take(method, path);
  };
  return {
    seen,
    async until(moment) {
      if (moment.kind === 'sight') {
        const { promise, resolve } = Promise.withResolvers<void>();
        let left = moment.count;
        const listener = (sight: Sight) => {
          if (sight !== moment.sight) return;
          left -= 1;
          if (left === 0) resolve();
        };
        listeners.add(listener);
        await promise;
        listeners.delete(listener);
      }
      await setTimeout(moment.milliseconds, undefined, { ref: false });
    },
  };
}
