import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optionSpecs } from '../../src/command.ts';
import { barrierWrong } from '../../src/commands/barrier-wrong.ts';
import { digestSchedule } from '../../src/commands/digest-schedule.ts';
import { feedsAdd } from '../../src/commands/feeds-add.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { formCommand, formFields, formInput, formLine, keptOptions } from '../../src/form.ts';
import { BARRIER_IDS, STREAMS } from '../../src/model.ts';

describe('the form of a line', () => {
  it.each([
    ['/digest schedule', digestSchedule],
    ['/digest schedule quiet:nothing', digestSchedule],
    ['/feeds add', feedsAdd],
    ['feeds add stream:eu', feedsAdd],
    ['/barrier wrong', barrierWrong],
    ['/barrier wrong k3f9q2abcd', barrierWrong],
  ])('opens for “%s”, which lacks what the command needs, or all that the form asks for', (line, command) => {
    expect(formCommand(COMMANDS, line)).toBe(command);
  });

  it.each([
    '/digest schedule 08:30',
    '/digest schedule days:weekdays',
    '/feeds add https://example.org/feed',
    '/barrier wrong k3f9q2abcd off topic',
    '/barrier wrong k3f9q2abcd note:"not of AI"',
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
        expect([undefined, barrierWrong, feedsAdd, digestSchedule]).toContain(found);
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
      hint: 'morning, weekly, crisis, or words like weekdays 8:30 Brussels',
      required: false,
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
    expect(withForm).toEqual([barrierWrong, digestSchedule, feedsAdd]);
    for (const command of withForm) {
      expect(command.form?.title.length).toBeLessThanOrEqual(24);
      const asked = optionSpecs(command).filter(
        ({ name, required }) => required || (command.form?.fields?.includes(name) ?? true),
      );
      const fields = formFields(command, {}).map(({ name }) => name);
      expect(fields).toEqual(asked.map(({ name }) => name));
      // Discord's limit for a modal; what a form does not ask for is typed there before it.
      expect((command.form?.fields ?? fields).length).toBeLessThanOrEqual(5);
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

describe('a form that does not ask for every option', () => {
  it('knows those that were typed before it, and asks for a needed one that was not', () => {
    expect(keptOptions(COMMANDS, '/barrier wrong k3f9q2abcd')).toEqual({ item: 'k3f9q2abcd' });
    expect(formLine(barrierWrong, { item: 'k3f9q2abcd', crisis: 'no' })).toBe('/barrier wrong item:k3f9q2abcd');
    const asked = ['barriers', 'primary', 'crisis', 'words', 'note'];
    expect(formFields(barrierWrong, { item: 'k3f9q2abcd' }).map(({ name }) => name)).toEqual(asked);
    expect(formFields(barrierWrong, {}).map(({ name }) => name)).toEqual(['item', ...asked]);
  });

  it('keeps nothing for forms that ask for all, and for lines that are none', () => {
    expect(keptOptions(COMMANDS, '/digest schedule days:mon')).toEqual({});
    expect(keptOptions(COMMANDS, '/nonsense')).toEqual({});
    expect(formLine(digestSchedule, { days: 'mon' })).toBe('/digest schedule');
  });
});
