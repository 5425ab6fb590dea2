/** Shows polling as it goes on: a bar on a terminal, a line a source elsewhere, and what changed beside a prompt. */

import { plural } from '../../src/plural.ts';
import type { Check, OnCheck } from '../../src/poll.ts';
import { safeLine } from '../../src/safe-text.ts';
import type { Paint } from './paint.ts';

const BAR_WIDTH = 24;

export interface ProgressOptions {
  readonly write: (text: string) => void;
  /** Asked at every check, since a prompt may open while sources are still being read. */
  readonly form: () => 'bar' | 'lines' | 'prompt';
  readonly paint: Paint;
  /** The title a source is listed under. */
  readonly titleOf: (feedId: string) => string;
}

/** A listener for checks, for one round of polling after the other; failures get a line of their own. */
export function pollingProgress({ write, form, paint, titleOf }: ProgressOptions): OnCheck {
  let found = 0;
  return (check, done, total) => {
    found = (done === 1 ? 0 : found) + check.newItems;
    switch (form()) {
      case 'lines':
        return write(`[${done}/${total}] ${lineOf(check)}`);
      case 'bar':
        // Return to the line's start and clear it, so that a failure's own line does not leave half a bar behind.
        return write(`\r\u001b[K${check.kind === 'failed' ? lineOf(check) : ''}${barWords(done, total, found)}`);
      case 'prompt':
        return tell(newsOf(check) + (done === total && found > 0 ? foundWords(found) : ''));
    }
  };

  function lineOf(check: Check): string {
    const title = safeLine(titleOf(check.feed.id));
    if (check.kind === 'failed') return `${paint('red', '✗')} ${title}: ${safeLine(check.error ?? 'not read')}\n`;
    return `${title}: ${resultWords(check)}\n`;
  }

  function tell(text: string): void {
    if (text !== '') write(text);
  }

  /** The heartbeat goes on for days: only what changed is worth disturbing the person who types. */
  function newsOf(check: Check): string {
    const failedBefore = check.feed.errorCount > 0;
    if (check.kind === 'held') return '';
    if (check.kind === 'failed') return failedBefore ? '' : lineOf(check);
    return failedBefore ? `${safeLine(titleOf(check.feed.id))}: read again\n` : '';
  }
}

function resultWords(check: Check): string {
  if (check.kind === 'held') return safeLine(check.error ?? 'not asked');
  return check.kind === 'unchanged' ? 'unchanged' : plural(check.newItems, 'new item');
}

function barWords(done: number, total: number, found: number): string {
  const filled = Math.round((done / total) * BAR_WIDTH);
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
  return `${bar} ${done}/${total} sources · ${plural(found, 'new item')}${done === total ? '\n' : ''}`;
}

function foundWords(found: number): string {
  return `${plural(found, 'new item')} read. /digest preview shows what is new.\n`;
}
