/** The adapter for one machine: commands and digests in the terminal. */
import type { Readable, Writable } from 'node:stream';
import type { Bot } from '../../src/bot.ts';
import type { Card } from '../../src/card.ts';
import type { User } from '../../src/command.ts';
import { DoubtError, messageOf, WorldError } from '../../src/errors.ts';
import type { Channel, Workspace } from '../../src/model.ts';
import type { OnCheck } from '../../src/poll.ts';
import type { Adapter } from '../../src/ports.ts';
import { colours, plain } from './paint.ts';
import { pollingProgress } from './progress.ts';
import { openPrompt, type Prompt, type PromptEnd, writeAll } from './prompt.ts';
import { renderCard } from './render.ts';

/** The name of this adapter, and the id of its only channel. */
export const LOCAL = 'local';
export const TERMINAL: Channel = { adapter: LOCAL, workspaceId: LOCAL, id: 'terminal' };

/** Wider lines are hard to read. */
const WIDEST = 100;

export interface LocalOptions {
  readonly bot: Pick<Bot, 'handle'>;
  readonly complete: (line: string) => Promise<string[]>;
  readonly workspace: Workspace;
  readonly user: User;
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  /** Shown before every title; absent for none. */
  readonly banner?: string;
  /** The person left the prompt, or the input ended. */
  readonly onEnd: (reason: PromptEnd) => void;
}

/** The terminal as an adapter, with what only a terminal has: plain notices and polling progress. */
export interface LocalAdapter extends Adapter {
  /** Prints one line of the program's own words. */
  notice(text: string): Promise<void>;
  progress(titleOf: (feedId: string) => string): OnCheck;
}

/** Before `start` it only prints; after it, it also reads command lines. */
export function createLocalAdapter(options: LocalOptions): LocalAdapter {
  const { bot, workspace, user, input, output, banner } = options;
  const isTerminal = output.isTTY === true && input.isTTY === true;
  const paint = output.isTTY === true ? colours : plain;
  let prompt: Prompt | undefined;
  let posted = 0;

  let barIsOpen = false;

  const write = (text: string) => {
    const whole = barIsOpen ? `\n${text}` : text;
    barIsOpen = false;
    return prompt?.write(whole) ?? writeAll(output, whole);
  };
  const render = (card: Card) =>
    renderCard(card, { paint, width: Math.min(output.columns ?? WIDEST, WIDEST), ...(banner ? { banner } : {}) });

  const show = async (card: Card) => {
    try {
      await write(render(card));
    } catch (thrown) {
      throw new WorldError(`the terminal took no more text: ${messageOf(thrown)}`, { cause: thrown });
    }
  };

  return {
    name: LOCAL,
    async start() {
      prompt ??= openPrompt({
        input,
        output,
        isTerminal,
        prompt: banner ? `barrierwatch (${banner})> ` : 'barrierwatch> ',
        complete: options.complete,
        onLine: async (text) => write(render(await bot.handle({ workspace, channel: TERMINAL, user, text }))),
        onEnd: options.onEnd,
      });
      return 'on at this terminal.';
    },
    async stop() {
      prompt?.close();
      prompt = undefined;
    },
    async post(_channel, card) {
      await show(card);
      posted += 1;
      return `${TERMINAL.id}#${posted}`;
    },
    async resume() {
      throw new DoubtError('A terminal cannot be asked what it showed.', { isLasting: true });
    },
    // What was printed stays as it is.
    async revise() {
      return false;
    },
    tell: (_workspaceId, _userId, card) => show(card),
    async obstacle() {
      return undefined;
    },
    notice: (text) => write(`${banner ? `[${banner}] ` : ''}${text}\n`),
    progress: (titleOf) =>
      pollingProgress({
        write(text) {
          if (prompt) {
            // A reader that is gone is told by the stream's own error event; progress is no reason to fail twice.
            prompt.write(text).catch(() => {});
            return;
          }
          output.write(text);
          barIsOpen = !text.endsWith('\n');
        },
        form: () => (prompt ? 'prompt' : output.isTTY === true ? 'bar' : 'lines'),
        paint,
        titleOf,
      }),
  };
}
