import { webApi } from '@slack/bolt';
import { describe, expect, it } from 'vitest';
import { channelFailure, closedWords, outcomeOf, portFailure, startFailure } from '../../../adapters/slack/failure.ts';
import { RouteError, UserError, WorldError } from '../../../src/errors.ts';

const refused = (error: string) => new webApi.WebAPIPlatformError({ ok: false, error });

function unreached(code: string): webApi.WebAPIRequestError {
  const cause = Object.assign(new Error('connect failed'), { code });
  return new webApi.WebAPIRequestError(new TypeError('fetch failed', { cause }));
}

/** A sentence of ours: no code, no name of a class, an end. */
const SENTENCE = /^[A-Z][^_{}]*\.$/;

describe('what Slack answers when a channel takes no posts', () => {
  it.each([
    'channel_not_found',
    'not_in_channel',
    'is_archived',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_locked',
    'cannot_reply_to_message',
    'messages_tab_disabled',
    'account_inactive',
    'token_revoked',
  ])('%s closes the route, in a sentence with what to do', (code) => {
    const failure = channelFailure(refused(code));
    expect(failure).toBeInstanceOf(RouteError);
    expect((failure as RouteError).message).toMatch(SENTENCE);
    expect((failure as RouteError).message).toBe(closedWords(code));
    expect((failure as RouteError).cause).toBeInstanceOf(webApi.WebAPIPlatformError);
  });

  it.each([
    'invalid_auth',
    'not_authed',
    'token_expired',
    'not_allowed_token_type',
    'missing_scope',
    'team_access_not_granted',
    'ip_address_denied',
  ])('%s is for the person who set the bot up, and closes no route', (code) => {
    const failure = channelFailure(refused(code));
    expect(failure).toBeInstanceOf(WorldError);
    expect(failure).not.toBeInstanceOf(RouteError);
    expect((failure as WorldError).message).toMatch(SENTENCE);
  });

  it.each(['user_not_found', 'invalid_blocks', 'some_code_of_tomorrow'])('%s did nothing, and is named', (code) => {
    const failure = channelFailure(refused(code));
    expect(failure).toBeInstanceOf(WorldError);
    expect(String(failure)).toContain(`Slack refused it (${code}).`);
  });

  it('leaves alone what did not come from Slack', () => {
    const fault = new TypeError('undefined is not a function');
    expect(channelFailure(fault)).toBe(fault);
    expect(outcomeOf('text')).toBeUndefined();
  });
});

describe('what Slack answers when the bot starts', () => {
  it.each([
    'invalid_auth',
    'not_authed',
    'account_inactive',
    'token_revoked',
    'token_expired',
    'not_allowed_token_type',
    'missing_scope',
    'team_access_not_granted',
    'ip_address_denied',
    'some_code_of_tomorrow',
  ])('%s is for a person, with the setting and the code', (code) => {
    const failure = startFailure(refused(code), 'SLACK_BOT_TOKEN');
    expect(failure).toBeInstanceOf(UserError);
    expect(String(failure)).toMatch(/^UserError: SLACK_BOT_TOKEN: [A-Z].*\./);
    expect(String(failure)).toContain(`(${code})`);
  });

  it.each([
    ['internal_error', refused('internal_error')],
    ['a limit', new webApi.WebAPIRateLimitedError(30)],
    ['a 502', new webApi.WebAPIHTTPError(502, 'Bad Gateway', {})],
    ['no connection', unreached('ENOTFOUND')],
  ])('%s may pass', (_, thrown) => {
    expect(startFailure(thrown, 'SLACK_BOT_TOKEN')).toBeInstanceOf(WorldError);
  });

  it('a port that is in use, or not allowed, is for a person', () => {
    const failing = (code: string) => portFailure(Object.assign(new Error('listen'), { code }), 3000);
    expect(failing('EADDRINUSE')).toBeInstanceOf(UserError);
    expect(String(failing('EADDRINUSE'))).toContain('HTTP_PORT: 3000 is in use');
    expect(failing('EACCES')).toBeInstanceOf(UserError);
    expect(failing('EIO')).not.toBeInstanceOf(UserError);
  });
});

describe('what became of a call to Slack', () => {
  it.each([
    ['ECONNREFUSED', 'unreached'],
    ['ENOTFOUND', 'unreached'],
    ['EAI_AGAIN', 'unreached'],
    ['UND_ERR_CONNECT_TIMEOUT', 'unreached'],
    // These may come after the work was done.
    ['ECONNRESET', 'uncertain'],
    ['EPIPE', 'uncertain'],
    ['UND_ERR_SOCKET', 'uncertain'],
    ['UND_ERR_BODY_TIMEOUT', 'uncertain'],
  ])('%s is %s', (code, kind) => {
    const outcome = outcomeOf(unreached(code));
    expect(outcome).toMatchObject({ kind, reason: `Slack could not be reached (${code})` });
  });

  it.each([
    ['a 500', new webApi.WebAPIHTTPError(500, '', {}), 'uncertain'],
    ['a 503', new webApi.WebAPIHTTPError(503, '', {}), 'uncertain'],
    ['internal_error', refused('internal_error'), 'uncertain'],
    ['fatal_error', refused('fatal_error'), 'uncertain'],
    ['an answer that is none of Slack’s', refused('<html>Bad Gateway</html>'), 'uncertain'],
    ['an answer that broke off', new TypeError('terminated'), 'uncertain'],
    ['an answer that took too long', new DOMException('too long', 'TimeoutError'), 'late'],
    ['is_archived', refused('is_archived'), 'refused'],
  ])('%s is %s', (_, thrown, kind) => {
    expect(outcomeOf(thrown)).toMatchObject({ kind });
  });

  it.each([
    ['with its time', new webApi.WebAPIRateLimitedError(7), 7],
    ['in a header', new webApi.WebAPIHTTPError(429, '', { 'retry-after': '9' }), 9],
    ['without a time', new webApi.WebAPIHTTPError(429, '', {}), 30],
    ['as a code', refused('ratelimited'), 30],
  ])('a limit %s is waited for', (_, thrown, seconds) => {
    expect(outcomeOf(thrown)).toEqual({ kind: 'limited', seconds });
  });
});
