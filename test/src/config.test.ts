import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSettings, SECRET_SETTINGS, settingsSchema } from '../../src/config.ts';

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

  it('want a port behind the public address, and one that Slack does not use', () => {
    const PUBLIC_URL = 'https://bot.example.org';
    expect(parseSettings({ PUBLIC_URL, HTTP_PORT: '8080' }).PUBLIC_URL).toBe(PUBLIC_URL);
    expect(faultsOf({ PUBLIC_URL })).toContain('HTTP_PORT is missing');
    expect(faultsOf({ PUBLIC_URL: 'bot.example.org', HTTP_PORT: '8080' })).toContain('like https://bot.example.org');
    const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'x' };
    expect(faultsOf({ PUBLIC_URL, HTTP_PORT: '8080', ...slack })).toContain('PUBLIC_URL cannot be used');
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
