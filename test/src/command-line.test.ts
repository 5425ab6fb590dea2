import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readLine } from '../../src/bot.ts';
import { type Command, defineCommand, type OptionSpec, optionSpecs } from '../../src/command.ts';
import { nearest, readOptions, splitWords, writeLine } from '../../src/command-line.ts';
import { barrierSearch } from '../../src/commands/barrier-search.ts';
import { feedsAdd } from '../../src/commands/feeds-add.ts';
import { COMMANDS } from '../../src/commands/index.ts';

const example = defineCommand({
  root: 'barrier',
  verb: 'example',
  description: 'For tests',
  options: z.object({
    words: z.string().describe('Words').meta({ rest: true }),
    count: z.int().optional(),
    full: z.boolean().optional(),
    stream: z.enum(['un', 'eu']).optional(),
  }),
  access: 'anyone',
  examples: [],
  run: () => Promise.reject(new Error('not run')),
});

const read = (line: string) => readOptions(example, splitWords(line));
const readAdd = (line: string) => readOptions(feedsAdd, splitWords(line));

describe('words of a line', () => {
  it('are split at white space', () => {
    expect(splitWords('  a  b\tc ').map((word) => word.text)).toEqual(['a', 'b', 'c']);
  });

  it.each([
    '"code of practice"',
    '“code of practice”',
    '„code of practice“',
    '«code of practice»',
    "'code of practice'",
  ])('are held together by %s', (quoted) => {
    expect(splitWords(`${quoted} x`)).toEqual([
      { text: 'code of practice', quoted: true },
      { text: 'x', quoted: false },
    ]);
  });

  it('keep an apostrophe inside a word and a quote that never closes', () => {
    expect(splitWords(`America's "plan`).map((word) => word.text)).toEqual(["America's", '"plan']);
  });

  it('are read from any text without a throw, and nothing but white space and quotes is lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (line) => {
        const letters = (text: string) => text.replace(/[\s"'“”„‘’«»]/g, '');
        expect(
          letters(
            splitWords(line)
              .map((word) => word.text)
              .join(''),
          ),
        ).toBe(letters(line));
      }),
    );
  });
});

describe('option values', () => {
  it('are taken by name where the name is declared, and by place elsewhere', () => {
    expect(read('export controls stream:EU count:3 full:yes')).toEqual({
      words: 'export controls',
      stream: 'eu',
      count: 3,
      full: true,
    });
  });

  it('leave a colon alone where no option has that name', () => {
    expect(readAdd('https://www.ntia.gov/rss.xml us')).toEqual({ url: 'https://www.ntia.gov/rss.xml', stream: 'us' });
    expect(read('https://example.org/a')).toEqual({ words: 'https://example.org/a' });
  });

  it('take spaces in a named value in quotes', () => {
    expect(readAdd('https://a.org title:"Two words"')).toEqual({ url: 'https://a.org', title: 'Two words' });
  });

  it('keep the quotes of a phrase for options that take all words', () => {
    expect(read('"code of practice" eu')).toEqual({ words: '"code of practice" eu' });
  });

  it('refuse words that fit nothing and show the usage', () => {
    expect(() => readAdd('https://a.org eu title extra')).toThrow(
      '“extra” does not fit. Type it as: /feeds add <url> [stream] [title]',
    );
  });
});

/** Any value an option may be given, white space and quotes included. */
function anyValueOf({ type, choices }: OptionSpec): fc.Arbitrary<unknown> {
  if (choices) return fc.constantFrom(...choices);
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer') return fc.integer();
  const letter = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...' \t\n\u00a0"\u201c\u201d\u201e\u00ab\u00bb\'\u2018\u2019:/,ab') },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
  );
  return fc.array(letter, { maxLength: 20 }).map((letters) => letters.join(''));
}

/** The values of some of a command's options. */
function inputOf(command: Command): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(Object.fromEntries(optionSpecs(command).map((spec) => [spec.name, anyValueOf(spec)])), {
    requiredKeys: [],
  });
}

const folded = (value: unknown) => (typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : value);

describe('a written line', () => {
  it('reads as the command and the values it was written from', () => {
    const written = fc
      .constantFrom(...COMMANDS)
      .chain((command) => inputOf(command).map((input) => ({ command, input })));
    fc.assert(
      fc.property(written, ({ command, input }) => {
        const found = readLine(COMMANDS, writeLine(command, input));
        expect(found.command).toBe(command);
        expect(Object.keys(found.input).sort()).toEqual(Object.keys(input).sort());
        for (const [name, value] of Object.entries(input)) {
          const read = folded(found.input[name]);
          const noPairHoldsIt = typeof value === 'string' && /"/.test(value) && /”/.test(value) && /»/.test(value);
          expect(read).toEqual(folded(noPairHoldsIt ? value.replaceAll('"', '') : value));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    [{ words: 'chips' }, '/barrier search words:chips'],
    [{ words: 'export controls', stream: 'eu' }, '/barrier search words:"export controls" stream:eu'],
    [{ words: '"code of practice"' }, '/barrier search words:“"code of practice"”'],
    [{ words: 'a “b” "c"' }, '/barrier search words:«a “b” "c"»'],
    [{ words: 'one\n two ' }, '/barrier search words:"one two"'],
    [{ words: '' }, '/barrier search words:""'],
    [{ words: 'x', since: undefined }, '/barrier search words:x'],
    [{}, '/barrier search'],
  ])('of %j is one that a person could type', (input, line) => {
    expect(writeLine(barrierSearch, input)).toBe(line);
  });
});

describe('the nearest word', () => {
  it.each([
    ['serch', 'search'],
    ['shcedule', 'schedule'],
    ['heal', 'health'],
  ])('of %s is %s', (typed, expected) => {
    expect(nearest(typed, ['search', 'schedule', 'health', 'show'])).toBe(expected);
  });

  it('is none where nothing is near', () => {
    expect(nearest('xyzzy', ['search', 'show'])).toBeUndefined();
  });
});
