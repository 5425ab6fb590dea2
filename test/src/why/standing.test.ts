import { describe, expect, it } from 'vitest';
import { toEvents } from '../../../src/event.ts';
import type { Delivery } from '../../../src/model.ts';
import { newSubscription } from '../../../src/subscription.ts';
import { type StandingFacts, standingSentences } from '../../../src/why/standing.ts';
import { readItem, tagging } from '../event-items.ts';

const NOW = '2026-06-10T06:30:00.000Z';
const READ = readItem('a', { taggings: [tagging('pacing-gap')] });
const LATER = '2026-06-10T06:31:00.000Z';
const [EVENT] = toEvents([READ]);
const [WITHOUT_BARRIER] = toEvents([readItem('a')]);
const CHANNEL = { adapter: 'local', workspaceId: 'local', id: 'terminal' };
const SUBSCRIPTION = newSubscription({
  channel: CHANNEL,
  localTime: '08:30',
  timeZone: 'UTC',
  createdBy: 'local:ana',
  now: NOW,
});
const DELIVERY: Delivery = {
  id: '1',
  subscriptionId: SUBSCRIPTION.id,
  window: { from: '2026-06-09T06:30:00.000Z', to: NOW },
  state: 'sent',
  events: 1,
  claimedAt: NOW,
  messageRef: 'm1',
  attempts: 1,
};
const FACTS: StandingFacts = {
  read: READ,
  filters: { scoped: [], feeds: new Map() },
  subscription: SUBSCRIPTION,
  isUpcoming: true,
  now: NOW,
  timeZone: 'UTC',
  ...(EVENT && { event: EVENT }),
};
const FILTER = { scoped: [{ scope: 'all', filter: { include: [], exclude: ['title'] } }] as const, feeds: new Map() };
const LEFT_OUT = 'It is left out by the filter of all feeds (never with “title”): it has “title”.';

describe('where an item stands with a channel', () => {
  it.each<[string, Partial<StandingFacts>, readonly string[]]>([
    ['waits for the next digest', {}, ['It waits for the next digest, Wed 10 Jun 2026 08:30.']],
    ['was in a digest', { delivery: DELIVERY }, ['It was in the digest of Wed 10 Jun 2026 06:30.']],
    [
      'was in a digest in doubt',
      { delivery: { ...DELIVERY, state: 'doubtful' } },
      ['It was in the digest of Wed 10 Jun 2026 06:30, which may not have arrived.'],
    ],
    [
      'is being posted',
      { delivery: { ...DELIVERY, state: 'claimed' } },
      ['It is being posted in the digest of Wed 10 Jun 2026 06:30.'],
    ],
    [
      'came after its event was told',
      { delivery: { ...DELIVERY, window: { from: NOW, to: '2026-06-10T05:00:00.000Z' } } },
      ['Its event was in the digest of Wed 10 Jun 2026 05:00. This item came later, and an event is told once.'],
    ],
    ['is left out by a filter', { filters: FILTER }, [LEFT_OUT]],
    [
      'was posted before the filter',
      { filters: FILTER, delivery: DELIVERY },
      [LEFT_OUT, 'Its event was in the digest of Wed 10 Jun 2026 06:30.'],
    ],
    [
      'is not asked for',
      { subscription: { ...SUBSCRIPTION, streams: ['un'] } },
      ['It is left out: this channel asks only for the streams un. /digest schedule changes that.'],
    ],
    [
      'is not tagged as surely as asked for',
      { subscription: { ...SUBSCRIPTION, minimumConfidence: 0.95 } },
      ['It is left out: this channel asks for confidence from 95 %, and it has 70 %. /digest schedule changes that.'],
    ],
    [
      'has no barrier where the channel asks for confidence',
      {
        subscription: { ...SUBSCRIPTION, minimumConfidence: 0.6 },
        ...(WITHOUT_BARRIER && { event: WITHOUT_BARRIER }),
      },
      [
        'It is left out: this channel asks for confidence from 60 %, and it has no barrier. /digest schedule changes that.',
      ],
    ],
    [
      'was posted at once',
      { delivery: { ...DELIVERY, occasion: 'instant' } },
      ['It was in what was posted at once of Wed 10 Jun 2026 06:30.'],
    ],
    [
      'is in a digest that is tried again',
      { delivery: { ...DELIVERY, state: 'failed', error: 'Slack answered 503.', nextTryAt: LATER } },
      [
        'It is in the digest of Wed 10 Jun 2026 06:30, which did not arrive yet: Slack answered 503. The next try is at Wed 10 Jun 2026 06:31.',
      ],
    ],
    [
      'has no regular digest to wait for',
      { subscription: { ...SUBSCRIPTION, days: [] } },
      ['This channel has no regular digest, and it was not posted at once.'],
    ],
    ['is too old', { isUpcoming: false }, ['It was not posted: it is older than the digest’s window.']],
    [
      'waits for the end of a pause',
      { subscription: { ...SUBSCRIPTION, pausedAt: NOW } },
      [expect.stringContaining('It waits: digests of this channel are paused until /digest resume')],
    ],
    [
      'waits for a channel that takes no posts',
      { subscription: { ...SUBSCRIPTION, suspended: { at: NOW, reason: 'The channel is archived.' } } },
      ['It waits: digests of this channel are held back since Wed 10 Jun 2026 06:30: The channel is archived.'],
    ],
  ])('%s', (_, facts, sentences) => {
    expect(standingSentences({ ...FACTS, ...facts })).toEqual(sentences);
  });

  it('has no digest to be in', () => {
    const { subscription: _, ...facts } = FACTS;
    expect(standingSentences(facts)).toEqual([
      'This channel gets no digest. An admin sets one up with /digest schedule.',
    ]);
  });
});
