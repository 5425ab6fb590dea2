import { describe, expect, it } from 'vitest';
import type { Subscription } from '../../src/model.ts';
import { isPaused, newSubscription, ruleWords } from '../../src/subscription.ts';

const NOW = '2026-06-10T06:30:00.000Z';
const NEW = newSubscription({
  channel: { adapter: 'local', workspaceId: 'local', id: 'terminal' },
  localTime: '08:30',
  timeZone: 'Europe/Brussels',
  createdBy: 'local:ana',
  now: NOW,
});

describe('a subscription', () => {
  it('starts daily, for everything, at the next wall time', () => {
    expect(ruleWords(NEW, NOW)).toBe(
      'Each day at 08:30 Europe/Brussels, all barriers, all streams; next Thu 11 Jun 08:30',
    );
  });

  it('can start with a first digest at a time of its own', () => {
    const { channel, localTime, timeZone, createdBy } = NEW;
    const wish = { channel, localTime, timeZone, createdBy, now: NOW };
    expect(newSubscription({ ...wish, firstDigestAt: NOW }).nextDigestAt).toBe(NOW);
  });

  it.each<[string, Partial<Subscription>, string]>([
    ['weekdays', { days: ['mon', 'tue', 'wed', 'thu', 'fri'] }, 'Each weekday at 08:30'],
    ['single days', { days: ['mon', 'thu'] }, 'Each Monday and Thursday at'],
    [
      'barriers',
      { barriers: ['geopolitical-deadlock', 'pacing-gap'] },
      ', Geopolitical deadlock and Technology outruns law and institutions, all streams',
    ],
    ['streams', { streams: ['un', 'eu'] }, ', streams un and eu;'],
    ['one stream', { streams: ['un'] }, ', stream un;'],
    ['a confidence', { minimumConfidence: 0.6 }, ', from confidence 60 %;'],
    ['a length', { length: 'short' }, ', short;'],
    [
      'what comes at once',
      { instant: { crisis: true, barriers: ['pacing-gap'], since: NOW } },
      '; crisis signals and events on Technology outruns law and institutions at once, 4 an hour at most; next Thu',
    ],
    ['a digest far ahead with its year', { nextDigestAt: '2027-06-10T06:30:00.000Z' }, '; next Thu 10 Jun 2027 08:30'],
    [
      'a suspension',
      { suspended: { at: NOW, reason: 'no such channel' } },
      '; held back since Wed 10 Jun 2026 08:30: no such channel',
    ],
    ['a pause', { pausedAt: NOW }, '; paused until /digest resume'],
    [
      'a pause with an end',
      { pausedAt: NOW, pausedUntil: '2026-06-14T22:00:00.000Z' },
      '; paused until Mon 15 Jun 2026 00:00',
    ],
  ])('tells %s in words', (_, change, words) => {
    expect(ruleWords({ ...NEW, ...change }, NOW)).toContain(words);
  });

  it('that brings no regular digest says so', () => {
    const crisis: Subscription = { ...NEW, days: [], instant: { crisis: true, barriers: [], since: NOW } };
    expect(ruleWords(crisis, NOW)).toBe(
      'No regular digest, all barriers, all streams; crisis signals at once, 4 an hour at most',
    );
  });

  it.each([
    ['without a pause', {}, false],
    ['in a pause without an end', { pausedAt: NOW }, true],
    ['before the end of a pause', { pausedAt: NOW, pausedUntil: '2026-06-10T06:30:00.001Z' }, true],
    ['at the end of a pause', { pausedAt: NOW, pausedUntil: NOW }, false],
  ])('is paused or not %s', (_, change, paused) => {
    expect(isPaused({ ...NEW, ...change }, NOW)).toBe(paused);
  });
});
