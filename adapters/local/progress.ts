/** Shows polling as it goes on: a bar on a terminal, a line a source elsewhere. */

import { plural } from '../../src/digest-card.ts';
import type { OnCheck } from '../../src/poll.ts';
import type { Paint } from './paint.ts';
import { safeLine } from './safe-text.ts';

const BAR_WIDTH = 24;

export interface ProgressOptions {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  readonly paint: Paint;
  /** The title a source is listed under. */
  readonly titleOf: (feedId: string) => string;
}

/** A listener for checks; failures get a line of their own in both forms. */
export function pollingProgress({ write, isTerminal, paint, titleOf }: ProgressOptions): OnCheck {
  let found = 0;
  return (check, done, total) => {
    found += check.newItems;
    const title = safeLine(titleOf(check.feed.id));
    const failed =
      check.kind === 'failed' ? `${paint('red', '✗')} ${title}: ${safeLine(check.error ?? 'not read')}` : undefined;
    if (!isTerminal) {
      const result = check.kind === 'unchanged' ? 'unchanged' : plural(check.newItems, 'new item');
      write(`[${done}/${total}] ${failed ?? `${title}: ${result}`}\n`);
      return;
    }
    const filled = Math.round((done / total) * BAR_WIDTH);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
    // Return to the line's start and clear it, so that a failure's own line does not leave half a bar behind.
    write(
      `\r\u001b[K${failed ? `${failed}\n` : ''}${bar} ${done}/${total} sources · ${plural(found, 'new item')}${done === total ? '\n' : ''}`,
    );
  };
}
