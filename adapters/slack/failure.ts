/** What Slack answers when it refuses, in words with what to do (docs.slack.dev/reference/methods, under Errors). */
import { webApi } from '@slack/bolt';
import { messageOf, RouteError, UserError, WorldError } from '../../src/errors.ts';

/** Nothing can be posted in the channel until a person acts there. */
const CLOSED: Readonly<Record<string, string>> = {
  channel_not_found: 'I am not in this channel, or it is gone. Invite me with /invite.',
  not_in_channel: 'I am not in this channel. Invite me with /invite.',
  is_archived: 'The channel is archived. Take it out of the archive, or set up the digest in another.',
  restricted_action: 'Only some members may post in this channel. Allow this app to, in the channel’s settings.',
  restricted_action_read_only_channel: 'This channel is read-only. Allow this app to post, in the channel’s settings.',
  restricted_action_thread_locked: 'Threads are locked in this channel. Unlock them, in the channel’s settings.',
  cannot_reply_to_message: 'Threads are not allowed in this channel.',
  messages_tab_disabled: 'The Messages tab of the app is off. Turn it on under App Home.',
  account_inactive: 'The app was removed from this workspace. Install it again.',
  token_revoked: 'The app was removed from this workspace. Install it again.',
};

/** Only the person who set the bot up can mend it. */
const SETTINGS: Readonly<Record<string, string>> = {
  invalid_auth: 'Slack does not know the token. Copy it again from your app’s page.',
  not_authed: 'Slack got no token. Copy it again from your app’s page.',
  account_inactive:
    'The app was removed from this workspace, so its token no longer works. Install it again and copy the new token.',
  token_revoked: 'The token was revoked. Install the app again and copy the new token.',
  token_expired: 'The token has expired. Turn token rotation off on your app’s page and install it again.',
  not_allowed_token_type: 'The token is of the wrong kind: the bot token starts with xoxb-, the app token with xapp-.',
  missing_scope:
    'The token lacks a scope. Compare docs/slack.md, add it under OAuth & Permissions and install the app again.',
  team_access_not_granted: 'The app is not approved for this workspace. Ask an admin of the organisation.',
  ip_address_denied: 'The workspace does not allow this address. Allow it on the app’s page, or leave the list empty.',
};

/** Slack's own trouble, which passes; whether the work was done is not known. */
const PASSING = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);

/** Where Slack asks to wait and does not say how long. */
const UNNAMED_WAIT_SECONDS = 30;

/** What became of a call. */
export type Outcome =
  | { readonly kind: 'limited'; readonly seconds: number }
  /** No connection came about, so nothing was done. */
  | { readonly kind: 'unreached'; readonly reason: string }
  /** The call may have done its work. */
  | { readonly kind: 'uncertain'; readonly reason: string }
  /** Nobody waited for the answer any longer, so the call may still do its work. */
  | { readonly kind: 'late'; readonly reason: string }
  | { readonly kind: 'refused'; readonly code: string };

/** Reads what a client threw; undefined for anything that did not come from Slack or the way to it. */
export function outcomeOf(thrown: unknown): Outcome | undefined {
  if (thrown instanceof webApi.WebAPIRateLimitedError) return { kind: 'limited', seconds: thrown.retryAfter };
  if (thrown instanceof webApi.WebAPIPlatformError) {
    return codeOutcome(thrown.data.error);
  }
  if (thrown instanceof webApi.WebAPIHTTPError) {
    if (thrown.statusCode === 429)
      return { kind: 'limited', seconds: Number(thrown.headers['retry-after']) || UNNAMED_WAIT_SECONDS };
    return { kind: 'uncertain', reason: `Slack answered ${thrown.statusCode}` };
  }
  if (thrown instanceof webApi.WebAPIRequestError) return requestOutcome(thrown.original);
  return isLostAnswer(thrown) ? requestOutcome(thrown) : undefined;
}

/** Slack's codes are words of small letters; where there is none, something on the way answered in Slack's place. */
function codeOutcome(code: string): Outcome {
  if (code === 'ratelimited' || code === 'rate_limited') return { kind: 'limited', seconds: UNNAMED_WAIT_SECONDS };
  if (!/^[a-z0-9_]+$/.test(code)) return { kind: 'uncertain', reason: 'Slack’s answer could not be read' };
  return PASSING.has(code) ? { kind: 'uncertain', reason: `Slack answered ${code}` } : { kind: 'refused', code };
}

/** The client reads an answer's body outside its own error handling: what breaks off there comes as fetch throws it. */
function isLostAnswer(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  return (thrown instanceof TypeError && thrown.message === 'terminated') || thrown.name === 'TimeoutError';
}

/** What the network says when it made no connection. */
const UNREACHED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|ENETDOWN|UND_ERR_CONNECT_TIMEOUT)$/;

/** Goes by the network's own code where it tells one: `fetch failed` says nothing. */
function requestOutcome(thrown: unknown): Outcome {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  const reason = `Slack could not be reached (${code ?? messageOf(cause)})`;
  if (cause instanceof Error && cause.name === 'TimeoutError') return { kind: 'late', reason };
  return { kind: code !== undefined && UNREACHED.test(code) ? 'unreached' : 'uncertain', reason };
}

/** The failure of a call about a channel: RouteError, WorldError (a refusal has done nothing), or what did not come from Slack as it is. */
export function channelFailure(thrown: unknown): unknown {
  const outcome = outcomeOf(thrown);
  if (outcome === undefined) return thrown;
  if (outcome.kind === 'limited') return new WorldError('Slack asks us to slow down.', { cause: thrown });
  if (outcome.kind !== 'refused') return new WorldError(`${outcome.reason}.`, { cause: thrown });
  const closed = CLOSED[outcome.code];
  if (closed) return new RouteError(closed, { cause: thrown });
  const setting = SETTINGS[outcome.code];
  return new WorldError(setting ?? `Slack refused it (${outcome.code}).`, { cause: thrown });
}

/** The failure of a start: UserError when only the person who set it up can mend it. `setting` is the name of the token. */
export function startFailure(thrown: unknown, setting: string): unknown {
  const outcome = outcomeOf(thrown);
  const code = outcome?.kind === 'refused' ? outcome.code : undefined;
  const remedy = code === undefined ? undefined : SETTINGS[code];
  if (code && remedy) return new UserError(`${setting}: ${remedy} (${code})`, { cause: thrown });
  if (outcome?.kind === 'limited') return new WorldError('Slack asks us to slow down.', { cause: thrown });
  if (outcome && outcome.kind !== 'refused') return new WorldError(`${outcome.reason}.`, { cause: thrown });
  if (code) return new UserError(`${setting}: Slack refused it (${code}).`, { cause: thrown });
  return thrown;
}

/** The failure to listen on a port: UserError where another one helps. */
export function portFailure(thrown: unknown, port: number): unknown {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'EADDRINUSE') return new UserError(`HTTP_PORT: ${port} is in use by another program. Set another port.`);
  if (code === 'EACCES')
    return new UserError(`HTTP_PORT: ${port} may not be used by this program. Set one above 1023.`);
  return thrown;
}

/** The words for a channel that takes no posts, by Slack's code; undefined where the code says nothing of the kind. */
export function closedWords(code: string): string | undefined {
  return CLOSED[code];
}
