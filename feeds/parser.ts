/** Parses documents in a worker thread, one after the other, so that no document can hold up the bot. */
import { Worker } from 'node:worker_threads';
import { WorldError } from '../src/errors.ts';
import type { FeedKind } from '../src/model.ts';
import type { ParsedFeed, SourceDocument } from './kinds/document.ts';
import type { ParseAnswer, ParseJob } from './parser-worker.ts';

/** The slowest harmless document of 8 MiB takes about a second. */
const LONGEST_PARSE_MS = 10_000;

export interface Parser {
  /** Throws WorldError when the document is not of the kind, or takes too long. */
  parse(kind: FeedKind, document: SourceDocument): Promise<ParsedFeed>;
  close(): Promise<void>;
}

interface Waiting {
  readonly job: ParseJob;
  readonly resolve: (feed: ParsedFeed) => void;
  readonly reject: (reason: Error) => void;
}

/** The worker starts with the first document and again after one that it had to be stopped over. */
export function createParser(longestParseMs: number = LONGEST_PARSE_MS): Parser {
  const queue: Waiting[] = [];
  let current: Waiting | undefined;
  let limit: NodeJS.Timeout | undefined;
  let worker: Worker | undefined;
  let closed = false;

  function next(): void {
    current = queue.shift();
    if (current === undefined) return;
    worker ??= startWorker();
    // An idle worker must not keep the process alive, a busy one must.
    worker.ref();
    limit = setTimeout(() => replaceWorker(new WorldError('the document took too long to read')), longestParseMs);
    worker.postMessage(current.job);
  }

  function settle(end: (waiting: Waiting) => void): void {
    clearTimeout(limit);
    worker?.unref();
    const done = current;
    next();
    if (done) end(done);
  }

  function startWorker(): Worker {
    const started = new Worker(new URL('./parser-worker.ts', import.meta.url));
    started.on('message', (answer: ParseAnswer) =>
      settle(({ resolve, reject }) => {
        if ('feed' in answer) resolve(answer.feed);
        else reject(answer.isWorldError ? new WorldError(answer.error) : new Error(answer.error));
      }),
    );
    started.on('error', (error) => {
      if (worker === started) replaceWorker(new Error('the parser stopped', { cause: error }));
    });
    return started;
  }

  function replaceWorker(reason: Error): void {
    const stopped = worker;
    worker = undefined;
    void stopped?.terminate();
    settle(({ reject }) => reject(reason));
  }

  return {
    parse: (kind, document) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new WorldError('the parser is closed'));
        queue.push({ job: { kind, document }, resolve, reject });
        if (current === undefined) next();
      }),
    async close() {
      closed = true;
      clearTimeout(limit);
      for (const { reject } of [...(current ? [current] : []), ...queue.splice(0)])
        reject(new WorldError('the parser was closed'));
      current = undefined;
      await worker?.terminate();
    },
  };
}
