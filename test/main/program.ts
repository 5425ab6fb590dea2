/** The program as a person runs it: a child process in an empty folder, with no settings but those of the test. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

/** Far more than any run takes, far less than a hang. */
export const PATIENCE = 60_000;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

/** A folder of its own for one test file. */
export function temporaryFolder(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'barrierwatch-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** One running process. */
export class Program {
  out = '';
  err = '';
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcessWithoutNullStreams;

  constructor(folder: string, words: readonly string[], settings: Readonly<Record<string, string>> = {}) {
    const env = { PATH: process.env.PATH ?? '', TMPDIR: folder, TIME_ZONE: 'Europe/Brussels', ...settings };
    this.#child = spawn(process.execPath, [MAIN, ...words], { cwd: folder, env });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.out += text;
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.err += text;
    });
    // A process that has ended takes no more input; what it said stands in `out` and `err`.
    this.#child.stdin.on('error', () => {});
    this.ended = once(this.#child, 'close').then(() => ({
      code: this.#child.exitCode,
      signal: this.#child.signalCode,
      out: this.out,
      err: this.err,
    }));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Types lines; without `more`, the input ends with them. */
  type(lines: readonly string[], { more = false } = {}): void {
    const text = lines.map((line) => `${line}\n`).join('');
    if (more) this.#child.stdin.write(text);
    else this.#child.stdin.end(text);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves once standard output holds the text; rejects when the process ends without it. */
  async says(text: string): Promise<void> {
    while (!this.out.includes(text)) {
      const next = await Promise.race([once(this.#child.stdout, 'data').then(() => 'data'), this.ended]);
      if (next !== 'data' && !this.out.includes(text)) {
        throw new Error(`It ended without saying “${text}”:\n${this.out}\n${this.err}`);
      }
    }
  }
}

/** Runs to the end with all its input given at once. */
export function run(
  folder: string,
  words: readonly string[],
  { settings = {}, input = [] }: { settings?: Readonly<Record<string, string>>; input?: readonly string[] } = {},
): Promise<Ended> {
  const program = new Program(folder, words, settings);
  program.type(input);
  return program.ended;
}
