import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optionSpecs } from '../../src/command.ts';
import { digestSchedule } from '../../src/commands/digest-schedule.ts';
import { feedsAdd } from '../../src/commands/feeds-add.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { formCommand, formFields, formInput } from '../../src/form.ts';
import { BARRIER_IDS, STREAMS } from '../../src/model.ts';

describe('the form of a line', () => {
  it.each([
    ['/digest schedule', digestSchedule],
    ['/digest schedule days:weekdays', digestSchedule],
    ['/feeds add', feedsAdd],
    ['feeds add stream:eu', feedsAdd],
  ])('opens for “%s”, which lacks what the command needs', (line, command) => {
    expect(formCommand(COMMANDS, line)).toBe(command);
  });

  it.each([
    '/digest schedule 08:30',
    '/feeds add https://example.org/feed',
    '/feeds add url:https://example.org/feed',
    '/barrier search',
    '/feeds',
    '/feeds remove',
    '/feeds add a b c d e',
    '/nonsense',
    '',
  ])('does not open for “%s”', (line) => {
    expect(formCommand(COMMANDS, line)).toBeUndefined();
  });

  it('is decided for any line without a throw', () => {
    const word = fc.oneof(fc.constantFrom('/', 'feeds ', 'add ', 'digest ', 'schedule ', 'at:', '"'), fc.string());
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const found = formCommand(COMMANDS, words.join(''));
        expect([undefined, feedsAdd, digestSchedule]).toContain(found);
      }),
    );
  });
});

describe('the fields of a form', () => {
  it('are one an option, with what it is for and what it holds at first', () => {
    const [at, zone, days, barriers, streams] = formFields(digestSchedule, { at: '08:30', barriers: 'pacing-gap' });
    expect(at).toEqual({
      name: 'at',
      label: 'At',
      hint: 'Local time such as 08:30',
      required: true,
      several: false,
      initial: '08:30',
    });
    expect([zone, days].map((field) => [field?.required, field?.initial, field?.choices])).toEqual([
      [false, '', undefined],
      [false, '', undefined],
    ]);
    expect(barriers).toMatchObject({ several: true, initial: 'pacing-gap' });
    expect(barriers?.choices?.map(({ value }) => value)).toEqual([...BARRIER_IDS]);
    expect(barriers?.choices?.map(({ label }) => label)).toContain('Geopolitical deadlock');
    expect(streams).toMatchObject({ several: true, choices: STREAMS.map((value) => ({ value, label: value })) });
  });

  it('offer the only values that an option takes', () => {
    expect(formFields(feedsAdd, {})).toMatchObject([
      { name: 'url', required: true },
      { name: 'stream', several: false, choices: STREAMS.map((value) => ({ value, label: value })) },
      { name: 'title', required: false },
    ]);
  });

  it('are there for every command that has a form, under a title that Slack takes', () => {
    const withForm = COMMANDS.filter(({ form }) => form);
    expect(withForm).toEqual([digestSchedule, feedsAdd]);
    for (const command of withForm) {
      expect(command.form?.title.length).toBeLessThanOrEqual(24);
      const asked = optionSpecs(command).filter(({ typedOnly }) => !typedOnly);
      expect(formFields(command, {}).map(({ name }) => name)).toEqual(asked.map(({ name }) => name));
    }
  });
});

describe('a filled form', () => {
  it('is the option values, without what was left empty', () => {
    expect(formInput(feedsAdd, { url: [' https://example.org/feed '], stream: [], title: ['  '] })).toEqual({
      url: 'https://example.org/feed',
    });
  });

  it('takes several choices together, and none of several for all', () => {
    const filled = { at: ['08:30'], barriers: ['pacing-gap', 'knowledge-collapse'], streams: [] };
    expect(formInput(digestSchedule, filled)).toEqual({
      at: '08:30',
      barriers: 'pacing-gap,knowledge-collapse',
      streams: 'all',
    });
  });

  it('passes over fields that the command does not have', () => {
    expect(formInput(feedsAdd, { url: ['https://example.org/'], other: ['x'] })).toEqual({
      url: 'https://example.org/',
    });
  });
});
