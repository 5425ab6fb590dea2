/** Parses and tags documents in a thread of its own, one after the other, so that no document can hold up the bot. */
import { Worker } from 'node:worker_threads';
import { WorldError } from '../src/errors.ts';
import type { FeedKind } from '../src/model.ts';
import { DocumentError } from './document/failure.ts';
import type { SourceDocument } from './kinds/document.ts';
import type { ParseAnswer, ParseJob, TaggedFeed } from './parser-worker.ts';

/** The slowest harmless document of 8 MiB takes about a second. */
const LONGEST_PARSE_MS = 10_000;

export interface Parser {
  /** Throws WorldError when the document is not of the kind, or takes too long. */
  parse(kind: FeedKind, document: SourceDocument): Promise<TaggedFeed>;
  close(): Promise<void>;
}

interface Waiting {
  readonly job: ParseJob;
  readonly resolve: (feed: TaggedFeed) => void;
  readonly reject: (reason: Error) => void;
}

/** While one document is read the next one waits in the thread, so that it never idles. */
const IN_THREAD = 2;

/** The thread starts at once, so that it is ready for the first document, and again after one that it had to be stopped over. */
export function createParser(longestParseMs: number = LONGEST_PARSE_MS): Parser {
  const queue: Waiting[] = [];
  const sent: Waiting[] = [];
  let limit: NodeJS.Timeout | undefined;
  let worker: Worker | undefined = startWorker();
  let closed = false;

  function sendMore(): void {
    while (sent.length < IN_THREAD) {
      const next = queue.shift();
      if (next === undefined) break;
      sent.push(next);
      worker ??= startWorker();
      // A copy, because the document is sent again if the thread has to be stopped before it comes to it.
      worker.postMessage(next.job);
    }
  }

  /** Starts the time of the document that is first in the thread now. */
  function watchFirst(): void {
    clearTimeout(limit);
    // An idle thread must not keep the process alive, a busy one must.
    if (sent.length === 0) return void worker?.unref();
    worker?.ref();
    limit = setTimeout(
      () => replaceWorker(new DocumentError('too-slow', 'the document took too long to read')),
      longestParseMs,
    );
  }

  function settleFirst(end: (waiting: Waiting) => void): void {
    const first = sent.shift();
    sendMore();
    watchFirst();
    if (first) end(first);
  }

  function startWorker(): Worker {
    const started = new Worker(new URL('./parser-worker.ts', import.meta.url));
    started.unref();
    started.on('message', (text: string) => {
      // A thread that was given up may still have an answer on its way; it belongs to a document that is settled.
      if (worker !== started) return;
      settleFirst(({ resolve, reject }) => {
        const answer: ParseAnswer = JSON.parse(text);
        if ('feed' in answer) resolve(answer.feed);
        else reject(errorOf(answer));
      });
    });
    started.on('error', (error) => {
      if (worker === started) replaceWorker(new Error('the parser stopped', { cause: error }));
    });
    return started;
  }

  /** Gives up the first document only; those behind it are read by the next thread. */
  function replaceWorker(reason: Error): void {
    const stopped = worker;
    worker = undefined;
    void stopped?.terminate();
    queue.unshift(...sent.splice(1));
    settleFirst(({ reject }) => reject(reason));
  }

  return {
    parse: (kind, document) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new WorldError('the parser is closed'));
        queue.push({ job: { kind, document }, resolve, reject });
        sendMore();
        if (sent.length === 1) watchFirst();
      }),
    async close() {
      closed = true;
      clearTimeout(limit);
      for (const { reject } of [...sent.splice(0), ...queue.splice(0)]) reject(new WorldError('the parser was closed'));
      await worker?.terminate();
    },
  };
}

function errorOf({ error, isWorldError, fault }: Exclude<ParseAnswer, { feed: TaggedFeed }>): Error {
  if (fault !== undefined) return new DocumentError(fault, error);
  return isWorldError ? new WorldError(error) : new Error(error);
}
