import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { WEEKDAYS } from '../../src/model.ts';
import { readConfidence, readInstant, readSchedule, type ScheduleWords } from '../../src/schedule-words.ts';

const WORKDAYS = WEEKDAYS.slice(0, 5);

describe('a schedule in words', () => {
  it.each<[string, ScheduleWords]>([
    ['weekdays 8:30 Europe/Brussels', { days: WORKDAYS, localTime: '08:30', timeZone: 'Europe/Brussels' }],
    ['Europe/Brussels 08.30 on each weekday', { days: WORKDAYS, localTime: '08:30', timeZone: 'Europe/Brussels' }],
    [
      'mondays 9am New York military',
      { days: ['mon'], localTime: '09:00', timeZone: 'America/New_York', barriers: ['ungoverned-militarization'] },
    ],
    ['mon,thu 7h15 un eu', { days: ['mon', 'thu'], localTime: '07:15', streams: ['un', 'eu'] }],
    ['Tuesdays and fridays at noon', { days: ['tue', 'fri'], localTime: '12:00' }],
    ['fri-mon 6 pm london', { days: ['mon', 'fri', 'sat', 'sun'], localTime: '18:00', timeZone: 'Europe/London' }],
    ['every day midnight utc', { days: WEEKDAYS, localTime: '00:00', timeZone: 'UTC' }],
    ['weekends 12 am', { days: ['sat', 'sun'], localTime: '00:00' }],
    ['8:30 kolkata', { localTime: '08:30', timeZone: 'Asia/Kolkata' }],
    ['daily 8:30 from 60 % short', { days: WEEKDAYS, localTime: '08:30', minimumConfidence: 0.6, length: 'short' }],
    ['8:30 all barriers', { localTime: '08:30' }],
    [
      '8:30 instant military, crisis',
      { localTime: '08:30', instant: { crisis: true, barriers: ['ungoverned-militarization'] } },
    ],
    ['8:30 crisis', { localTime: '08:30', instant: { crisis: true, barriers: [] } }],
    ['instant off', { instant: { crisis: false, barriers: [] } }],
    ['', {}],
  ])('“%s”', (text, words) => {
    expect(readSchedule(text)).toEqual(words);
  });

  it('of one word is a whole rule', () => {
    expect(readSchedule('morning')).toMatchObject({ days: WORKDAYS, localTime: '08:30', length: 'normal' });
    expect(readSchedule('evening')).toMatchObject({ days: WORKDAYS, localTime: '18:00', length: 'short' });
    expect(readSchedule('Weekly')).toMatchObject({ days: ['mon'], localTime: '08:30', length: 'full' });
    expect(readSchedule('crisis Brussels')).toMatchObject({
      days: [],
      instant: { crisis: true, barriers: [] },
      timeZone: 'Europe/Brussels',
    });
    expect(readSchedule('morning 7:45 crisis')).toMatchObject({
      days: WORKDAYS,
      localTime: '07:45',
      instant: { crisis: true },
    });
  });

  it.each([
    ['25:00', '“25:00” is not a time of day. Use HH:MM like 08:30.'],
    ['13 pm', 'is not a time of day'],
    ['8:30 9:30', 'is not a time of day'],
    ['weekdys 8:30', 'Did you mean weekdays?'],
    ['at dawn', '“dawn” is no time of day, day, time zone, barrier or stream. Type it like: /digest schedule'],
    ['london paris 8:30', 'A digest has one time zone, not Europe/London and Europe/Paris.'],
    ['morning evening', 'one digest, not morning and evening'],
    ['8:30 instant', 'What is to be posted at once?'],
    ['8:30 instant tulips', '“tulips” is neither crisis nor a barrier'],
  ])('that is wrong gets a sentence that says what to type: “%s”', (text, reason) => {
    expect(() => readSchedule(text)).toThrow(reason);
  });

  it('means the same in any order of its parts', () => {
    const parts = ['weekdays', '8:30', 'Europe/Brussels', 'deadlock', 'un', '60%', 'short'];
    const known = readSchedule(parts.join(' '));
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), (shuffled) => {
        expect(readSchedule(shuffled.join(' '))).toEqual(known);
      }),
      { numRuns: 30 },
    );
  });

  it('is read, or refused in words, whatever is typed', () => {
    const word = fc.oneof(
      fc.constantFrom('mon', '8', ':30', 'pm', 'instant', 'constructor', 'crisis', '%'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        try {
          readSchedule(words.join(' '));
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('parts of a schedule', () => {
  it.each([
    ['60%', 0.6],
    ['60 %', 0.6],
    ['60', 0.6],
    ['0.6', 0.6],
    ['1', 1],
    ['0', 0],
  ])('read a confidence of %s', (text, value) => {
    expect(readConfidence(text)).toBe(value);
  });

  it('refuse a confidence above all', () => {
    expect(() => readConfidence('160%')).toThrow('from 0 to 100 %');
    expect(() => readConfidence('lots')).toThrow('from 0 to 100 %');
  });

  it('read what is posted at once', () => {
    expect(readInstant('crisis signals, pacing and crisis')).toEqual({ crisis: true, barriers: ['pacing-gap'] });
    expect(readInstant('off')).toEqual({ crisis: false, barriers: [] });
  });
});
