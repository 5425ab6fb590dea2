/** Turns anything thrown into a card: the person's fault says what to type, the world's what failed, ours is logged. */
import type { Card } from './card.ts';
import { StoreError, UserError, WorldError } from './errors.ts';
import type { Log } from './log.ts';

/** A private card for a failure; only a fault of our own is logged, with its cause. */
export function errorCard(thrown: unknown, timeZone: string, log: Pick<Log, 'error'>): Card {
  if (thrown instanceof UserError) return card('That did not work', 'warning', thrown.message, timeZone);
  if (thrown instanceof WorldError) return card('Something outside failed', 'bad', thrown.message, timeZone);
  log.error({ err: thrown }, 'a command failed');
  if (thrown instanceof StoreError) return card('Nothing can be stored', 'bad', thrown.message, timeZone);
  return card(
    'Something went wrong',
    'bad',
    'The fault is ours and has been logged. Try again; nothing was changed halfway.',
    timeZone,
  );
}

function card(title: string, tone: Card['tone'], text: string, timeZone: string): Card {
  return { title, tone, timeZone, public: false, blocks: [{ kind: 'text', runs: [{ text }] }] };
}
