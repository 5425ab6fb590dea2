/** Kinds of failure: what went wrong with a source, and what it means to the people who read it. */
import { UserError, WorldError } from './errors.ts';
import type { FailureKind, Feed } from './model.ts';

/** In words that need no knowledge of HTTP. */
const FAILURE_WORDS: Readonly<Record<FailureKind, string>> = {
  unreachable: 'cannot be reached',
  slow: 'takes too long to answer',
  server: 'trouble at the server',
  limited: 'asks to be read less often',
  refused: 'refuses to be read',
  missing: 'nothing at this address',
  gone: 'gone for good',
  content: 'cannot be read as a feed',
  address: 'this address is not allowed',
  ours: 'a fault of this program',
};

/** Why a feed fails: the kind in words, and what was seen; that an answer is no feed says the latter itself. */
export function failureReason({ failure = 'content', lastError }: Pick<Feed, 'failure' | 'lastError'>): string {
  if (lastError === undefined) return FAILURE_WORDS[failure];
  return failure === 'content' ? lastError : `${FAILURE_WORDS[failure]}: ${lastError}`;
}

/** The kind of what was thrown by reading a source. `isLimit` where its refusal is taken for a limit. */
export function failureKind(thrown: unknown, isLimit: boolean): FailureKind {
  if (thrown instanceof UserError) return 'address';
  if (!(thrown instanceof WorldError)) return 'ours';
  if (isLimit) return 'limited';
  return thrown.obstacle ?? kindOfStatus(thrown.status);
}

/** An answer that could not be used came with no status to complain of. */
function kindOfStatus(status: number | undefined): FailureKind {
  switch (status) {
    case undefined:
      return 'content';
    case 404:
      return 'missing';
    case 410:
      return 'gone';
    case 408:
      return 'slow';
    default:
      return status >= 500 ? 'server' : status >= 400 ? 'refused' : 'content';
  }
}
