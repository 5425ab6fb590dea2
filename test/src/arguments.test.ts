import { describe, expect, it } from 'vitest';
import { readArguments } from '../../src/arguments.ts';

describe('the words of the command line', () => {
  it.each([
    [[], { mode: 'start', once: false }],
    [['start'], { mode: 'start', once: false }],
    [['--once'], { mode: 'start', once: true }],
    [['demo', '--once'], { mode: 'demo', once: true }],
    [['--once', 'demo'], { mode: 'demo', once: true }],
    [['demo', '--database', 'x.db'], { mode: 'demo', once: false, database: 'x.db' }],
    [['--as', 'maria'], { mode: 'start', once: false, as: 'maria' }],
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
    [['--database', 'x.db'], '--database is for the demo; set DATABASE_FILE instead.'],
    [['--all'], '--mirror and --all are for feeds-check alone.'],
    [['demo', '--mirror', 'http://a.example'], '--mirror and --all are for feeds-check alone.'],
  ])('%j are refused with the usage', (words, reason) => {
    expect(() => readArguments(words)).toThrow(reason);
    expect(() => readArguments(words)).toThrow('Usage: npm start');
  });

  it('name a mirror by its web address only', () => {
    expect(() => readArguments(['feeds-check', '--mirror', 'mirror'])).toThrow('--mirror is not an http(s) address');
  });
});
