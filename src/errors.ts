/** The three kinds of failure: the person's, the world's, and (everything else that is thrown) our own. */

/** What a person typed or set cannot be done; the message says what to type or set next. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Something outside failed: a server, a network, a platform. It is retried with limits and shown in health. */
export class WorldError extends Error {
  override readonly name: string = 'WorldError';
  /** The other side asked not to be called before this instant; absent when it named none. */
  readonly notBefore: string | undefined;
  /** The HTTP status it answered with; absent where it gave none. */
  readonly status: number | undefined;
  /** What of the way there failed: nothing could be reached, or not in time; absent where an answer came. */
  readonly obstacle: 'unreachable' | 'slow' | undefined;

  constructor(
    message: string,
    options: { notBefore?: string; status?: number; obstacle?: 'unreachable' | 'slow'; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.notBefore = options.notBefore;
    this.status = options.status;
    this.obstacle = options.obstacle;
  }
}

/** Nothing was asked, because the other side, or a neighbour with the same owner, wants quiet until `notBefore`. */
export class HeldError extends WorldError {
  override readonly name = 'HeldError';
  override readonly notBefore: string;

  constructor(message: string, notBefore: string) {
    super(message, { notBefore });
    this.notBefore = notBefore;
  }
}

/** Nothing can be posted in a channel until a person changes something there; the message says what. */
export class RouteError extends WorldError {
  override readonly name = 'RouteError';
}

/** The platform is not connected, so nothing was tried; it may be at any moment. */
export class AwayError extends WorldError {
  override readonly name = 'AwayError';
}

/** A message may have been posted, or in part, so it is never sent again blindly; the message says how much arrived. */
export class DoubtError extends Error {
  override readonly name = 'DoubtError';
  /** True where asking the platform is of no use until a person changes something; false where it may help. */
  readonly isLasting: boolean;

  constructor(message: string, { isLasting = false, cause }: { isLasting?: boolean; cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.isLasting = isLasting;
  }
}

/**
 * The store can keep or read nothing until something outside it changes, such as a full disk; the message says what to do. No
 * WorldError, since it says nothing of the feed or channel at hand: what was sent may have arrived.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: StoreTroubleKind;

  constructor(kind: StoreTroubleKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** What keeps a store from working: no space, no right to write, another program's lock, pages that are not whole, or the disk itself. */
export type StoreTroubleKind = 'full' | 'unwritable' | 'locked' | 'damaged' | 'unreadable';

/** The message of anything thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
