import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../src/config.ts';
import { createLog, redactor } from '../../src/log.ts';

const SECRETS = {
  SLACK_BOT_TOKEN: 'xoxb-secret-1',
  SLACK_APP_TOKEN: 'xapp-secret-2',
  SLACK_SIGNING_SECRET: 'signing-secret-3',
  DISCORD_TOKEN: 'discord-secret-4',
};

function logWith(settings: Readonly<Record<string, string>>) {
  const lines: string[] = [];
  const log = createLog(parseSettings(settings), (line) => lines.push(line));
  return { log, text: () => lines.join('') };
}

describe('the log', () => {
  it.each(['text', 'json'])('strikes secrets out wherever they stand, as %s', (LOG_FORMAT) => {
    const { log, text } = logWith({ ...SECRETS, LOG_FORMAT, LOG_LEVEL: 'trace' });
    log.error({ err: new Error(`refused ${SECRETS.SLACK_BOT_TOKEN}`), token: SECRETS.DISCORD_TOKEN }, 'failed');
    log.debug({ nested: { deep: [`Bearer ${SECRETS.SLACK_APP_TOKEN}`] } }, `with ${SECRETS.SLACK_SIGNING_SECRET} too`);
    for (const [name, value] of Object.entries(SECRETS)) {
      expect(text()).not.toContain(value);
      expect(text()).toContain(`[${name}]`);
    }
  });

  it('strikes out a secret that JSON would escape', () => {
    const secret = 'with"quotes\\and\nlines';
    const { log, text } = logWith({ DISCORD_TOKEN: secret, LOG_FORMAT: 'json' });
    log.error({ token: secret }, secret);
    expect(text()).not.toContain('quotes');
  });

  it('is one JSON object a line, with level, time and message', () => {
    const { log, text } = logWith({ LOG_FORMAT: 'json' });
    log.warn({ feed: 'us' }, 'one\ntwo');
    expect(text().endsWith('\n')).toBe(true);
    expect(JSON.parse(text())).toMatchObject({ level: 40, feed: 'us', msg: 'one\ntwo', time: expect.any(Number) });
  });

  it('is a readable line in UTC as text', () => {
    const { log, text } = logWith({});
    log.error({ feed: 'us' }, 'a check failed');
    expect(text()).toMatch(/^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d.*\] ERROR.*: a check failed\n/);
    expect(text()).toContain('feed: "us"');
  });

  it.each([
    ['silent', 0],
    ['error', 1],
    ['warn', 2],
    ['info', 3],
    ['debug', 4],
  ])('at level %s tells %i of four things', (LOG_LEVEL, count) => {
    const { log, text } = logWith({ LOG_LEVEL, LOG_FORMAT: 'json' });
    log.debug({}, 'a thing');
    log.info({}, 'a thing');
    log.warn({}, 'a thing');
    log.error({}, 'a thing');
    expect(text().split('a thing')).toHaveLength(count + 1);
  });

  it.each(['text', 'json'])('strikes out what platforms hand out while the bot runs, as %s', (LOG_FORMAT) => {
    const handedOut = {
      'a bot token': 'xoxb-12-34-AbCd',
      'a user token': 'xoxp-12-34-AbCd',
      'a rotated token': 'xoxe.xoxb-1-AbCd',
      'an app token': 'xapp-1-A01-23-abcdef',
      'a response address': 'https://hooks.slack.com/commands/T1/23/SecretPart',
      'a webhook': 'https://discord.com/api/v10/webhooks/123/SecretPart.x-y_z/messages/@original',
      'an interaction': '/interactions/123/SecretPart/callback',
      'a socket': 'wss://wss-primary.slack.com/link/?ticket=SecretPart&app_id=A1',
    };
    const { log, text } = logWith({ LOG_FORMAT, LOG_LEVEL: 'trace' });
    for (const value of Object.values(handedOut)) {
      log.error({ err: new Error(`failed:\n${value}`), deep: { list: [value, `a${value}`] } }, `of ${value}`);
      log.info({ headers: { authorization: `Bearer ${value}` } }, `{"token":"${value}"}\n${value}`);
    }
    expect(text()).not.toMatch(/AbCd|abcdef|SecretPart/);
    expect(text()).toContain('/messages/@original');
    expect(text()).toContain('app_id=A1');
  });

  it('strikes out a handed-out secret whatever stands around it', () => {
    const secret = fc.constantFrom(
      'xoxb-1-AbCd',
      'xapp-1-AbCd',
      'https://hooks.slack.com/actions/AbCd',
      '?ticket=AbCd',
    );
    const around = fc.string({ unit: 'grapheme' }).filter((words) => !words.includes('AbCd'));
    fc.assert(
      fc.property(around, secret, around, (before, found, after) => {
        expect(redactor({})(`${before}${found}${after}`)).not.toContain('AbCd');
        expect(redactor({})(JSON.stringify({ text: `${before}${found}${after}` }))).not.toContain('AbCd');
      }),
    );
  });

  it('strikes out each of several bot tokens', () => {
    const { log, text } = logWith({
      SLACK_BOT_TOKEN: 'xoxb-one, xoxb-two',
      SLACK_APP_TOKEN: 'xapp-x',
      LOG_FORMAT: 'json',
    });
    log.error({}, 'with xoxb-one and xoxb-two');
    expect(JSON.parse(text()).msg).toBe('with [SLACK_BOT_TOKEN] and [SLACK_BOT_TOKEN]');
  });

  it.each([
    'a fox-hunt',
    'the box-office',
    'https://example.org/webhooks/list',
    'tickets=3',
    'https://slack.com/api/x',
  ])('leaves “%s” as it is', (words) => {
    expect(redactor({})(words)).toBe(words);
  });

  it('changes nothing where no secret is set', () => {
    expect(redactor({})('any text')).toBe('any text');
  });
});
