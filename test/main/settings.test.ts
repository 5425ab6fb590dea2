import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PATIENCE, run, temporaryFolder } from './program.ts';

let folder = temporaryFolder();
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const TOKENS = {
  SLACK_BOT_TOKEN: 'xoxb-not-to-be-seen-1',
  SLACK_APP_TOKEN: 'xapp-not-to-be-seen-2',
  SLACK_SIGNING_SECRET: 'signing-not-to-be-seen-3',
  DISCORD_TOKEN: 'discord-not-to-be-seen-4',
  TAGGER_API_KEY: 'tagger-not-to-be-seen-5',
};

describe('the program', { timeout: PATIENCE }, () => {
  it('names every wrong setting at once, on standard error, and starts nothing', async () => {
    const settings = { TIME_ZONE: 'Mars/Olympus', DIGEST_TIME: '25:00', HTTP_PORT: 'eighty', LOG_FORMAT: 'xml' };
    const { code, out, err } = await run(folder.path, [], { settings });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    for (const name of Object.keys(settings)) expect(err).toContain(`  ${name} `);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('reads .env in its folder, below the environment', async () => {
    writeFileSync(join(folder.path, '.env'), 'DIGEST_TIME=26:00\nTIME_ZONE=Mars/Olympus\n');
    const { err } = await run(folder.path, [], { settings: { TIME_ZONE: 'Asia/Tokyo' } });
    expect(err).toContain('DIGEST_TIME');
    expect(err).not.toContain('TIME_ZONE');
  });

  it.each([
    ['is missing', undefined],
    ['is neither OPML nor JSON', 'just words'],
  ])('ends with one sentence when FEEDS_FILE %s', async (_, text) => {
    if (text !== undefined) writeFileSync(join(folder.path, 'feeds.txt'), text);
    const settings = { FEEDS_FILE: 'feeds.txt', DATABASE_FILE: 'test.db' };
    const { code, err } = await run(folder.path, ['--once'], { settings });
    expect(code).toBe(1);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).not.toMatch(/\.ts:\d|fault of its own/);
    expect(err).toContain('FEEDS_FILE');
  });

  it('ends with one sentence when the database cannot be used', async () => {
    writeFileSync(join(folder.path, 'test.db'), 'this is no database, and it is not ours to overwrite');
    const { code, err } = await run(folder.path, ['--once'], { settings: { DATABASE_FILE: 'test.db' } });
    expect(code).toBe(1);
    expect(err).toMatch(/^.*test\.db.+\n$/);
    expect(err).not.toContain('fault of its own');
  });

  it('never shows a token, at the highest log level', async () => {
    const settings = { ...TOKENS, LOG_LEVEL: 'trace', LOG_FORMAT: 'json' };
    const demo = await run(folder.path, ['demo'], { settings, input: ['/feeds health', '/barrier help'] });
    const wrong = await run(folder.path, [], { settings: { ...settings, TIME_ZONE: 'Mars/Olympus' } });
    const unpaired = await run(folder.path, [], { settings: { SLACK_APP_TOKEN: TOKENS.SLACK_APP_TOKEN } });
    expect([demo.code, wrong.code, unpaired.code]).toEqual([0, 1, 1]);
    for (const { out, err } of [demo, wrong, unpaired]) expect(out + err).not.toContain('not-to-be-seen');
  });

  it.each([
    [['--help'], 0, 'Usage: npm start'],
    [['dance'], 1, '“dance” is not known.'],
  ])('answers %j with code %i', async (words, code, text) => {
    const ended = await run(folder.path, words);
    expect(ended.code).toBe(code);
    expect(ended.out + ended.err).toContain(text);
  });
});
