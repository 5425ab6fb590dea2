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
    [['demo', '--help'], 'help'],
    [['-h'], 'help'],
  ])('%j are understood', (words, expected) => {
    expect(readArguments(words)).toEqual(expected);
  });

  it.each([
    [['run'], '“run” is not known.'],
    [['demo', 'twice'], '“demo twice” is not known.'],
    [['--twice'], "Unknown option '--twice'"],
    [['--as'], "'--as <value>' argument missing"],
    [['--once=yes'], "'--once' does not take an argument"],
    [['--database', 'x.db'], '--database is for the demo; set DATABASE_FILE instead.'],
  ])('%j are refused with the usage', (words, reason) => {
    expect(() => readArguments(words)).toThrow(reason);
    expect(() => readArguments(words)).toThrow('Usage: npm start');
  });
});
