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

  constructor(message: string, options: { notBefore?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.notBefore = options.notBefore;
  }
}

/** Nothing can be posted in a channel until a person changes something there; the message says what. */
export class RouteError extends WorldError {
  override readonly name = 'RouteError';
}

/** A message may have been posted, or in part, so it is never sent again by itself; the message says how much arrived. */
export class DoubtError extends Error {
  override readonly name = 'DoubtError';
}

/** The message of anything thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
