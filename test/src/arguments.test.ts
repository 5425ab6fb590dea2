import { describe, expect, it } from 'vitest';
import { readArguments, USAGE } from '../../src/arguments.ts';

describe('the words of the command line', () => {
  it.each([
    [[], { mode: 'start', once: false }],
    [['start'], { mode: 'start', once: false }],
    [['--once'], { mode: 'start', once: true }],
    [['demo', '--once'], { mode: 'demo', once: true }],
    [['--once', 'demo'], { mode: 'demo', once: true }],
    [['demo', '--database', 'x.db'], { mode: 'demo', once: false, database: 'x.db' }],
    [['--as', 'maria'], { mode: 'start', once: false, as: 'maria' }],
    [['doctor'], { mode: 'doctor', once: false }],
    [['deploy'], { mode: 'deploy', once: false }],
    [['manifest'], { mode: 'manifest', once: false }],
    [
      ['manifest', '--url', 'https://bot.example.org'],
      { mode: 'manifest', once: false, url: 'https://bot.example.org' },
    ],
    [
      ['manifest', '--url', 'https://bot.example.org/slack'],
      { mode: 'manifest', once: false, url: 'https://bot.example.org/slack' },
    ],
    [['feeds-check'], { mode: 'feeds-check', once: false }],
    [
      ['feeds-check', '--all', '--mirror', 'http://127.0.0.1:8080'],
      { mode: 'feeds-check', once: false, all: true, mirror: 'http://127.0.0.1:8080' },
    ],
    [['feeds', 'import', 'a.opml'], { mode: 'feeds', once: false, list: { work: 'import', file: 'a.opml' } }],
    [['feeds', 'export'], { mode: 'feeds', once: false, list: { work: 'export', format: 'opml' } }],
    [
      ['feeds', 'export', 'json', '--workspace', 'slack:T1'],
      { mode: 'feeds', once: false, list: { work: 'export', format: 'json' }, workspace: 'slack:T1' },
    ],
    [['demo', '--help'], 'help'],
    [['-h'], 'help'],
  ])('%j are understood', (words, expected) => {
    expect(readArguments(words)).toEqual(expected);
  });

  it.each([
    [['run'], '“run” is not known.'],
    [['demo', 'twice'], '“demo twice” is not known.'],
    [['feeds'], 'Say “feeds import FILE” or “feeds export”'],
    [['feeds', 'import'], 'Say “feeds import FILE”'],
    [['feeds', 'export', 'xml'], 'Say “feeds import FILE”'],
    [['demo', '--workspace', 'x'], '--workspace is for feeds alone.'],
    [['--twice'], "Unknown option '--twice'"],
    [['--as'], "'--as <value>' argument missing"],
    [['--once=yes'], "'--once' does not take an argument"],
    [['doctor', 'slack'], '“doctor slack” is not known.'],
    [['--url', 'https://bot.example.org'], '--url is for the manifest alone.'],
    [['deploy', '--url', 'https://bot.example.org'], '--url is for the manifest alone.'],
    [['manifest', '--url'], "'--url <value>' argument missing"],
    [['doctor', '--database', 'x.db'], '--database is for the demo; set DATABASE_FILE instead.'],
    [['--database', 'x.db'], '--database is for the demo; set DATABASE_FILE instead.'],
    [['--all'], '--mirror and --all are for feeds-check alone.'],
    [['demo', '--mirror', 'http://a.example'], '--mirror and --all are for feeds-check alone.'],
  ])('%j are refused with the usage', (words, reason) => {
    expect(() => readArguments(words)).toThrow(reason);
    expect(() => readArguments(words)).toThrow('Usage: npm start');
  });

  it.each(['http://bot.example.org', 'bot.example.org', 'https://', 'https:// x', ''])(
    'take no --url “%s”, which Slack could not send to',
    (url) => {
      expect(() => readArguments(['manifest', '--url', url])).toThrow('--url is not an https address');
    },
  );

  it('name every mode in the usage', () => {
    for (const name of ['demo', 'doctor', 'manifest', 'deploy']) expect(USAGE).toContain(`npm run ${name}`);
  });

  it('name a mirror by its web address only', () => {
    expect(() => readArguments(['feeds-check', '--mirror', 'mirror'])).toThrow('--mirror is not an http(s) address');
  });
});
