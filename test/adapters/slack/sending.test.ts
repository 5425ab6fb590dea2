import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Block, Card } from '../../../src/card.ts';
import { DoubtError, RouteError, WorldError } from '../../../src/errors.ts';
import { failureOf, type OpenSlack, openSlack, times, wordsOf } from './open-slack.ts';
import type { Fault } from './server/faults.ts';
import { addChannel } from './server/state.ts';

const POST = 'chat.postMessage';

let open: OpenSlack;

beforeEach(async () => {
  open = await openSlack();
});
afterEach(() => open.close());

function entries(from: number, count: number): Block {
  return {
    kind: 'entries',
    entries: Array.from({ length: count }, (_, index) => ({
      title: `Event number ${from + index}.`,
      source: 'A source',
      link: `https://news.example/${from + index}`,
      evidence: ['words '.repeat(60)],
    })),
  };
}

function card(title: string, extra: Partial<Card> = {}): Card {
  return { title, tone: 'plain', public: true, timeZone: 'UTC', blocks: [entries(0, 2)], ...extra };
}

/** One message for the channel, and several for its thread. */
const LONG = card('Long digest', { thread: [entries(2, 40)] });

const post = (sent: Card, key = 'a key', channelId = 'C1') =>
  open.adapter.post({ ...open.channel, id: channelId }, sent, key);
const posts = () => open.slack.calls.filter(({ method }) => method === POST);
const messages = () => open.slack.messages(open.team, 'C1');

/** Each event stands there once, in order. */
function expectWhole(): void {
  const found = [...wordsOf(messages()).matchAll(/Event number (\d+)\./g)].map(([, index]) => Number(index));
  expect(found).toEqual(Array.from({ length: 42 }, (_, index) => index));
}

describe('a post on Slack', () => {
  it('of a long digest has one message in the channel and the rest in its thread, in order and whole', async () => {
    const ts = await post(LONG);
    const [parent, ...rest] = messages();
    expect(ts).toBe(parent?.ts);
    expect(parent?.threadTs).toBeUndefined();
    expect(rest.length).toBeGreaterThan(1);
    expect(rest.every(({ threadTs }) => threadTs === ts)).toBe(true);
    expectWhole();
  });

  it('shows no preview of a link, and has words for notifications beside its blocks', async () => {
    await post(LONG);
    expect(messages().every(({ unfurls, text }) => !unfurls && text.includes('Event number'))).toBe(true);
    expect(posts().flatMap(({ args }) => Object.keys(args))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(link_names|parse|reply_broadcast)$/)]),
    );
  });

  const lost: readonly (readonly [string, readonly Fault[]])[] = [
    ['was stored although the answer was lost', [{ kind: 'answer lost' }]],
    ['was stored although half the answer was lost', [{ kind: 'answer halved' }]],
    ['was stored although the answer was 500', [{ kind: 'done, then 500' }]],
    ['was not stored and answered with 500', [{ kind: 'status', status: 500 }]],
    ['was not stored and answered with 503, three times', Array(3).fill({ kind: 'status', status: 503 })],
    ['was cut off before it was stored, twice', [{ kind: 'cut' }, { kind: 'cut' }]],
    ['has to wait', Array(2).fill({ kind: 'limited', seconds: 0 })],
    ['met a fault of Slack’s own', [{ kind: 'refuse', code: 'internal_error' }]],
    ['met all of them', [{ kind: 'limited', seconds: 0 }, { kind: 'cut' }, { kind: 'answer lost' }]],
  ];
  it.each(lost)('that %s is shown once', async (_, faults) => {
    open.slack.faults.next(POST, ...faults);
    await post(LONG);
    expect(open.slack.faults.take({ method: POST, args: {} })).toBeUndefined();
    expect(times(wordsOf(messages()), 'Long digest')).toBe(1);
    expectWhole();
  });

  it.each(lost)('whose part in the thread %s is shown once', async (_, faults) => {
    let isFirst = true;
    const waiting = [...faults];
    open.slack.faults.when(({ method }) => {
      if (method !== POST) return undefined;
      const fault = isFirst ? undefined : waiting.shift();
      isFirst = false;
      return fault;
    });
    await post(LONG);
    expect(waiting).toEqual([]);
    expectWhole();
  });

  it('with a key that was used a moment ago shows nothing twice', async () => {
    const [one, other] = await Promise.all([post(LONG), post(LONG)]);
    expect(await post(LONG)).toBe(one);
    expect(other).toBe(one);
    expectWhole();
    await post(card('Another'), 'another key');
    expect(times(wordsOf(messages()), 'Event number 0.')).toBe(2);
  });

  it('that failed may be posted again with its key', async () => {
    open.slack.faults.when(({ method }) => (method === POST ? { kind: 'status', status: 503 } : undefined));
    const failure = await failureOf(post(LONG));
    expect(failure).toBeInstanceOf(WorldError);
    expect(String(failure)).toContain('Slack answered 503, 5 times.');
    expect(messages()).toEqual([]);
    open.slack.faults.clear();
    await post(LONG);
    expectWhole();
  });

  it.each([['the channel’s history cannot be read', 'channels:history']])(
    'is in doubt when its answer was lost and %s',
    async (_, scope) => {
      open.team.scopes = open.team.scopes.filter((each) => each !== scope);
      open.slack.faults.next(POST, { kind: 'answer lost' });
      const failure = await failureOf(post(LONG));
      expect(failure).toBeInstanceOf(DoubtError);
      expect(String(failure)).toContain('whether the message arrived could not be seen');
      expect(posts()).toHaveLength(1);
    },
  );

  it('is in doubt when only a part of it arrived, and says how much', async () => {
    open.slack.faults.when(({ method, args }) =>
      method === POST && args.thread_ts ? { kind: 'refuse', code: 'is_archived' } : undefined,
    );
    const failure = await failureOf(post(LONG));
    expect(failure).toBeInstanceOf(DoubtError);
    expect(String(failure)).toMatch(/1 of \d messages arrived\. The channel is archived/);
    expect(messages()).toHaveLength(1);
  });

  it('does not wait for another channel that has to wait', async () => {
    addChannel(open.team, 'C2', 'other', { members: [open.team.botUserId] });
    open.slack.faults.next(POST, { kind: 'limited', seconds: 1 });
    const slow = post(LONG);
    await open.slack.until(() => posts().length === 1, 'the first try');
    await post(card('Quick'), 'quick', 'C2');
    // The slow one still waits: the quick one was not behind it.
    expect(messages()).toEqual([]);
    await slow;
    expectWhole();
  });

  it('names when to try again where Slack asks to wait for long', async () => {
    open.slack.faults.next(POST, { kind: 'limited', seconds: 600 });
    const failure = await failureOf(post(LONG));
    expect(failure).toMatchObject({ name: 'WorldError', notBefore: '2026-06-10T06:40:00.000Z' });
    expect(messages()).toEqual([]);
  });

  it('is given up where Slack asks to wait again and again', async () => {
    open.slack.faults.when(({ method }) => (method === POST ? { kind: 'limited', seconds: 0 } : undefined));
    expect(await failureOf(post(LONG))).toBeInstanceOf(WorldError);
    expect(posts().length).toBeLessThan(20);
  });

  it('keeps its order and its distance in a channel, however many are asked for at once', async () => {
    await open.close();
    open = await openSlack({ options: { pace: 60 } });
    const titles = Array.from({ length: 5 }, (_, index) => `Message ${index} of five`);
    await Promise.all(titles.map((title) => post(card(title), title)));
    expect(wordsOf(messages()).match(/Message \d of five/g)).toEqual(titles);
    const at = messages().map(({ ts }) => Number(ts) * 1_000);
    for (const [index, time] of at.slice(1).entries()) expect(time - (at[index] ?? 0)).toBeGreaterThanOrEqual(55);
  });
});

describe('a channel on Slack that takes no posts', () => {
  it.each([
    ['is archived', 'is_archived', 'The channel is archived.'],
    ['has not got the bot', 'not_in_channel', 'Invite me with /invite'],
    ['is gone', 'channel_not_found', 'Invite me with /invite'],
    ['is for some members', 'restricted_action', 'Allow this app to'],
    ['is of a workspace that removed the app', 'account_inactive', 'Install it again'],
  ])('because it %s is said to be so, and what to do', async (_, code, words) => {
    open.slack.faults.next(POST, { kind: 'refuse', code });
    const failure = await failureOf(post(LONG));
    expect(failure).toBeInstanceOf(RouteError);
    expect(String(failure)).toContain(words);
    expect(posts()).toHaveLength(1);
  });

  it('is named before anything is posted there', async () => {
    expect(await open.adapter.obstacle(open.channel)).toBeUndefined();
    open.general.members.delete(open.team.botUserId);
    expect(await open.adapter.obstacle(open.channel)).toContain('/invite @barrierwatch');
    open.general.isArchived = true;
    expect(await open.adapter.obstacle(open.channel)).toContain('archived');
    expect(await open.adapter.obstacle({ ...open.channel, id: 'C404' })).toContain('/invite @barrierwatch');
    open.team.scopes = open.team.scopes.filter((scope) => scope !== 'channels:read');
    expect(await open.adapter.obstacle(open.channel)).toBeUndefined();
  });

  it('of a workspace without a token is a route that is closed', async () => {
    const failure = await failureOf(open.adapter.post({ ...open.channel, workspaceId: 'slack:T9' }, LONG, 'a key'));
    expect(failure).toBeInstanceOf(RouteError);
  });
});

describe('one person on Slack', () => {
  it('is told alone', async () => {
    await open.adapter.tell('slack:T1', 'slack:U2', card('For ben alone'));
    expect(open.direct('U2')).toContain('For ben alone');
    expect(open.shown()).toBe('');
  });

  it.each([
    ['is not there', 'slack:U404'],
    ['was deactivated', 'slack:U3'],
  ])('who %s is said not to be told', async (_, id) => {
    open.slack.person(open.team, 'U3', 'cleo', { deleted: true });
    expect(await failureOf(open.adapter.tell('slack:T1', id, card('For nobody')))).toBeInstanceOf(WorldError);
  });
});
