import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isSlackOverHttp, parseSettings, SECRET_SETTINGS, settingsSchema } from '../../src/config.ts';

function faultsOf(environment: Record<string, string>): string {
  try {
    parseSettings(environment);
  } catch (thrown) {
    return String(thrown);
  }
  return 'no fault';
}

describe('settings', () => {
  it('need nothing at all', () => {
    const config = parseSettings({});
    expect(config.DATABASE_FILE).toBe('data/barrierwatch.db');
    expect(config.DIGEST_TIME).toBe('08:30');
    expect(config.HTTP_PORT).toBe(0);
    expect(config.SLACK_BOT_TOKEN).toBeUndefined();
  });

  it('take an empty value as absent, as .env.example has them', () => {
    expect(parseSettings({ HTTP_PORT: '', DISCORD_TOKEN: ' ', DATABASE_FILE: '' })).toEqual(parseSettings({}));
  });

  it('split lists at commas', () => {
    expect(parseSettings({ FEED_ALLOW_PRIVATE: 'localhost, 10.0.0.0/8,' }).FEED_ALLOW_PRIVATE).toEqual([
      'localhost',
      '10.0.0.0/8',
    ]);
  });

  it('name every fault at once, each with its remedy', () => {
    const text = faultsOf({
      TIME_ZONE: 'Mars/Olympus',
      DIGEST_TIME: '25:00',
      HTTP_PORT: 'http',
      LOG_LEVEL: 'loud',
      CONTACT: 'nobody',
    });
    for (const name of ['TIME_ZONE', 'DIGEST_TIME', 'HTTP_PORT', 'LOG_LEVEL', 'CONTACT']) expect(text).toContain(name);
    expect(text).toContain('Europe/Brussels');
    expect(text).toContain('HH:MM like 08:30');
  });

  it('ask for the token that is missing beside another', () => {
    expect(faultsOf({ SLACK_BOT_TOKEN: 'xoxb-1' })).toContain('SLACK_APP_TOKEN is missing');
    expect(faultsOf({ SLACK_APP_TOKEN: 'xapp-1' })).toContain('SLACK_BOT_TOKEN is missing');
  });

  it('take one bot token a Slack workspace', () => {
    const tokens = (SLACK_BOT_TOKEN: string) =>
      parseSettings({ SLACK_BOT_TOKEN, SLACK_APP_TOKEN: 'xapp-1' }).SLACK_BOT_TOKEN;
    expect(tokens('xoxb-1')).toEqual(['xoxb-1']);
    expect(tokens(' xoxb-1 ,xoxb-2,')).toEqual(['xoxb-1', 'xoxb-2']);
  });

  it.each([
    ['xoxb-1,xoxp-2', 'does not start with xoxb-; copy it from your app’s page, OAuth & Permissions'],
    [',', 'names no token'],
  ])('refuse the bot tokens “%s”', (SLACK_BOT_TOKEN, fault) => {
    const text = faultsOf({ SLACK_BOT_TOKEN, SLACK_APP_TOKEN: 'xapp-1' });
    expect(text).toMatch(/\n {2}SLACK_BOT_TOKEN[ .]/);
    expect(text).toContain(fault);
    expect(text).not.toContain('xoxp-2');
  });

  it('let Slack be reached by Socket Mode, or over HTTP with a port', () => {
    const http = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' };
    expect(isSlackOverHttp(parseSettings({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }))).toBe(false);
    expect(isSlackOverHttp(parseSettings({ ...http, SLACK_APP_TOKEN: 'xapp-1' }))).toBe(false);
    expect(isSlackOverHttp(parseSettings({ ...http, HTTP_PORT: '3000' }))).toBe(true);
    expect(isSlackOverHttp(parseSettings({}))).toBe(false);
    expect(faultsOf(http)).toContain(
      'HTTP_PORT is missing; without SLACK_APP_TOKEN Slack sends its requests to that port',
    );
    expect(faultsOf({ ...http, HTTP_PORT: '0' })).toContain('HTTP_PORT is missing');
  });

  it.each(['bw-', 'policy_', 'x', '0123456789abcdef'])('take the command prefix “%s”', (COMMAND_PREFIX) => {
    expect(parseSettings({ COMMAND_PREFIX }).COMMAND_PREFIX).toBe(COMMAND_PREFIX);
  });

  it.each(['BW-', '/bw', 'b w', '0123456789abcdefg', 'é'])('refuse the command prefix “%s”', (COMMAND_PREFIX) => {
    expect(faultsOf({ COMMAND_PREFIX })).toContain('COMMAND_PREFIX is not 1 to 16 small letters, digits, - or _');
  });

  it('put no prefix before commands and name no group of admins unless asked to', () => {
    const { COMMAND_PREFIX, SLACK_ADMIN_GROUP } = parseSettings({});
    expect([COMMAND_PREFIX, SLACK_ADMIN_GROUP]).toEqual(['', undefined]);
  });

  it('take a user group of Slack by handle or id', () => {
    for (const SLACK_ADMIN_GROUP of ['policy-leads', '@policy-leads', 'S0123ABC']) {
      expect(parseSettings({ SLACK_ADMIN_GROUP }).SLACK_ADMIN_GROUP).toBe(SLACK_ADMIN_GROUP);
    }
    expect(faultsOf({ SLACK_ADMIN_GROUP: 'policy leads' })).toContain('use its handle like policy-leads, or its id');
  });

  it('take another base address of a platform only over http or https', () => {
    const SLACK_API_URL = 'http://127.0.0.1:9000/api/';
    expect(parseSettings({ SLACK_API_URL }).SLACK_API_URL).toBe(SLACK_API_URL);
    for (const wrong of ['file:///etc', 'slack.com', 'ws://127.0.0.1']) {
      expect(faultsOf({ SLACK_API_URL: wrong, DISCORD_API_URL: wrong })).toMatch(
        /SLACK_API_URL is not an http\(s\) address.*\n.*DISCORD_API_URL is not an http\(s\) address/,
      );
    }
  });

  it('want a port behind the public address, and one that Slack does not use', () => {
    const PUBLIC_URL = 'https://bot.example.org';
    expect(parseSettings({ PUBLIC_URL, HTTP_PORT: '8080' }).PUBLIC_URL).toBe(PUBLIC_URL);
    expect(faultsOf({ PUBLIC_URL })).toContain('HTTP_PORT is missing');
    expect(faultsOf({ PUBLIC_URL: 'bot.example.org', HTTP_PORT: '8080' })).toContain('like https://bot.example.org');
    const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'x' };
    expect(faultsOf({ PUBLIC_URL, HTTP_PORT: '8080', ...slack })).toContain('PUBLIC_URL cannot be used');
  });

  it('keep off-topic texts for half a year and make no backups unless asked to', () => {
    expect(parseSettings({})).toMatchObject({ KEEP_OFF_TOPIC_DAYS: 180, KEEP_BACKUPS: 0 });
    expect(parseSettings({ KEEP_OFF_TOPIC_DAYS: '0', KEEP_BACKUPS: '7' })).toMatchObject({
      KEEP_OFF_TOPIC_DAYS: 0,
      KEEP_BACKUPS: 7,
    });
    expect(faultsOf({ KEEP_OFF_TOPIC_DAYS: '-1', KEEP_BACKUPS: 'all' })).toMatch(
      /KEEP_OFF_TOPIC_DAYS is not a whole number from 0 to 36500\n.*KEEP_BACKUPS is not a whole number from 0 to 1000/,
    );
  });

  it('never repeat a secret in a fault', () => {
    expect(faultsOf({ SLACK_BOT_TOKEN: 'secret-value', SLACK_APP_TOKEN: 'other-secret' })).not.toMatch(
      /secret-value|other-secret/,
    );
  });

  it('stand in .env.example, all of them and no others', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const names = [...example.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map((match) => match[1]);
    expect(names).toEqual(Object.keys(settingsSchema.shape));
    expect(SECRET_SETTINGS.every((name) => names.includes(name))).toBe(true);
  });
});
