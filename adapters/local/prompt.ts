/** Reads command lines: with a prompt, completion and history on a terminal, one line after the other elsewhere. */
import { clearLine, createInterface, cursorTo, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** Why a prompt ended: the input did, or the person asked to leave with `exit` or Ctrl-C. */
export type PromptEnd = 'end' | 'leave';

export interface PromptOptions {
  readonly input: Readable;
  readonly output: Writable;
  readonly isTerminal: boolean;
  readonly prompt: string;
  /** Whole lines that continue the one typed so far. */
  readonly complete: (line: string) => Promise<string[]>;
  /** Answers one line; lines wait for each other. A rejection means that nobody reads the answers any more. */
  readonly onLine: (line: string) => Promise<void>;
  /** Called once, when every line before it has been answered. */
  readonly onEnd: (reason: PromptEnd) => void;
}

/** A running prompt. */
export interface Prompt {
  /** Writes above the prompt; resolves when the text has left the process. */
  write(text: string): Promise<void>;
  close(): void;
}

const LEAVE = /^\/?(exit|quit|bye)$/i;

/** Starts to read lines. */
export function openPrompt(options: PromptOptions): Prompt {
  const { input, output, isTerminal, onEnd } = options;
  const lines = createInterface({
    input,
    ...(isTerminal ? { output, completer: completerOf(options.complete) } : {}),
    terminal: isTerminal,
    prompt: options.prompt,
    historySize: 200,
    removeHistoryDuplicates: true,
  });
  let closed = false;
  let reason: PromptEnd = 'end';
  let queue: Promise<void> = Promise.resolve();
  const leave = () => {
    reason = 'leave';
    lines.close();
  };
  const showPrompt = () => {
    if (isTerminal && !closed) lines.prompt(true);
  };
  const answer = async (line: string) => {
    if (reason === 'leave') return;
    if (line.trim() === '') return showPrompt();
    if (LEAVE.test(line.trim())) return leave();
    await options.onLine(line);
  };
  lines.on('line', (line) => {
    queue = queue.then(() => answer(line)).catch(() => lines.close());
  });
  lines.on('SIGINT', () => {
    output.write('\n');
    leave();
  });
  lines.on('close', () => {
    closed = true;
    // Ctrl-D leaves the cursor behind the prompt, where the shell would go on.
    if (isTerminal && reason === 'end') output.write('\n');
    void queue.then(() => onEnd(reason));
  });
  showPrompt();
  return {
    async write(text) {
      if (isTerminal && !closed) {
        cursorTo(output, 0);
        clearLine(output, 0);
      }
      await writeAll(output, text);
      showPrompt();
    },
    close() {
      closed = true;
      closeQuietly(lines);
    },
  };
}

/** Resolves once the stream has taken the text; rejects when its reader is gone. */
export function writeAll(output: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => output.write(text, (error) => (error ? reject(error) : resolve())));
}

function completerOf(complete: PromptOptions['complete']) {
  return (line: string, done: (error: Error | null, result?: [string[], string]) => void): void => {
    complete(line).then(
      (found) => done(null, [found, line]),
      (error: Error) => done(error),
    );
  };
}

function closeQuietly(lines: Interface): void {
  lines.removeAllListeners('close');
  lines.close();
}
