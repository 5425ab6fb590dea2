/** The three kinds of failure: the person's, the world's, and (everything else that is thrown) our own. */

/** What a person typed or set cannot be done; the message says what to type or set next. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Something outside failed: a server, a network, a platform. It is retried with limits and shown in health. */
export class WorldError extends Error {
  override readonly name = 'WorldError';
  /** The other side asked not to be called before this instant; absent when it named none. */
  readonly notBefore: string | undefined;

  constructor(message: string, options: { notBefore?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.notBefore = options.notBefore;
  }
}

/** The message of anything thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
