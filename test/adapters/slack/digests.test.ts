import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { postDueDigests } from '../../../src/deliver.ts';
import { DoubtError, WorldError } from '../../../src/errors.ts';
import { settleDeliveries } from '../../../src/settle.ts';
import { DAY } from '../../../src/time.ts';
import { bigDigest, bigTitles } from '../big-digest.ts';
import { failureOf, type OpenSlack, openSlack, times, wordsOf } from './open-slack.ts';
import type { Fault } from './server/faults.ts';
import type { SlackMessage } from './server/state.ts';

const POST = 'chat.postMessage';

let open: OpenSlack;

beforeEach(async () => {
  open = await openSlack();
});
afterEach(() => open.close());

const messages = (): readonly SlackMessage[] => open.slack.messages(open.team, 'C1');
const posts = () => open.slack.calls.filter(({ method }) => method === POST).length;

/** Every third post meets the next of the faults; the answer tells how many did. */
function everyThird(faults: readonly Fault[]): () => number {
  let count = 0;
  open.slack.faults.when(({ method }) => {
    if (method !== POST) return undefined;
    count += 1;
    return count % 3 === 0 ? faults[(count / 3) % faults.length] : undefined;
  });
  return () => Math.floor(count / 3);
}

/** Every event stands there once, the first message in the channel and all others in its thread. */
function expectComplete(): void {
  const [parent, ...rest] = messages();
  const words = wordsOf(messages());
  expect(bigTitles(120).filter((title) => times(words, title) < 1)).toEqual([]);
  expect(new Set(messages().map(({ metadata }) => JSON.stringify(metadata))).size).toBe(messages().length);
  expect(rest.length).toBeGreaterThan(5);
  expect(rest.map(({ threadTs }) => threadTs)).toEqual(rest.map(() => parent?.ts));
}

describe('a digest of 120 events on Slack', () => {
  it.each([
    ['whose answers get lost', [{ kind: 'answer lost' }, { kind: 'answer halved' }, { kind: 'done, then 500' }]],
    ['that is refused and cut off', [{ kind: 'status', status: 500 }, { kind: 'cut' }]],
    ['that has to wait', [{ kind: 'limited', seconds: 0 }]],
    [
      'that meets everything',
      [{ kind: 'answer lost' }, { kind: 'status', status: 502 }, { kind: 'limited', seconds: 0 }, { kind: 'cut' }],
    ],
  ] as const)('%s arrives complete and once', async (_, faults) => {
    const met = everyThird(faults);
    await open.adapter.post(open.channel, bigDigest(120), 'a digest');
    expectComplete();
    expect(met()).toBeGreaterThan(1);
  });

  it('arrives complete where looking for a lost message has to wait too', async () => {
    everyThird([{ kind: 'answer lost' }]);
    open.slack.faults.next('conversations.replies', { kind: 'limited', seconds: 1 }, { kind: 'status', status: 503 });
    await open.adapter.post(open.channel, bigDigest(120), 'a digest');
    expectComplete();
  });

  it('is in doubt when the bot stops between two of its messages, and says how many arrived', async () => {
    await open.close();
    open = await openSlack({ options: { pace: 60_000 } });
    const failure = failureOf(open.adapter.post(open.channel, bigDigest(120), 'a digest'));
    await open.slack.until(() => messages().length === 1, 'the first message');
    await open.adapter.stop();
    expect(await failure).toBeInstanceOf(DoubtError);
    expect(String(await failure)).toMatch(/1 of \d+ messages arrived\. The bot is stopping\./);
  });

  it('that waited for another one when the bot stopped is not posted, and said not to be', async () => {
    await open.close();
    open = await openSlack({ options: { pace: 60_000 } });
    const first = failureOf(open.adapter.post(open.channel, bigDigest(120), 'a digest'));
    const second = failureOf(open.adapter.post(open.channel, bigDigest(12), 'another digest'));
    await open.slack.until(() => messages().length === 1, 'the first message');
    await open.adapter.stop();
    await first;
    expect(await second).toBeInstanceOf(WorldError);
    expect(await second).not.toBeInstanceOf(DoubtError);
    expect(messages()).toHaveLength(1);
  });

  it('that waits as Slack asks when the bot stops is said not to be posted', async () => {
    open.slack.faults.next(POST, { kind: 'limited', seconds: 60 });
    const failure = failureOf(open.adapter.post(open.channel, bigDigest(12), 'a digest'));
    await open.slack.until(() => posts() === 1, 'the first try');
    await open.adapter.stop();
    expect(await failure).toBeInstanceOf(WorldError);
    expect(messages()).toEqual([]);
  });
});

describe('the digest of the day on Slack', () => {
  const due = async () => {
    await settleDeliveries(open.dependencies);
    await postDueDigests(open.dependencies);
  };
  const deliveries = async () => {
    const [subscription] = await open.store.subscriptions('slack:T1');
    return subscription ? open.store.deliveries(subscription.id, 5) : [];
  };
  beforeEach(async () => {
    await open.answer(await open.ana.types('C1', '/digest', 'schedule 08:30'));
    open.advance(DAY);
  });

  it('comes once, with what happened in the workspace', async () => {
    await due();
    await due();
    expect(times(open.shown(), 'AI governance digest ·')).toBe(1);
    expect(open.shown()).toContain('Senate votes on a federal preemption');
    expect(await deliveries()).toMatchObject([{ state: 'sent', messageRef: messages()[0]?.ts }]);
  });

  it('comes into direct messages where it was set up there', async () => {
    await open.ana.says('/digest schedule 09:00');
    await open.slack.until(() => open.direct('U1').includes('Digest scheduled'), 'the confirmation');
    expect(open.direct('U1')).not.toContain('It cannot come yet');
    open.advance(DAY);
    open.slack.faults.next(POST, { kind: 'answer lost' }, { kind: 'answer lost' });
    await due();
    expect(times(open.direct('U1'), 'AI governance digest ·')).toBe(1);
    expect(times(open.shown(), 'AI governance digest ·')).toBe(1);
  });

  it('comes once although its answer was lost', async () => {
    open.slack.faults.next(POST, { kind: 'answer lost' });
    await due();
    expect(times(open.shown(), 'AI governance digest ·')).toBe(1);
    expect(await deliveries()).toMatchObject([{ state: 'sent' }]);
  });

  it('is tried again after Slack was away, and then comes once', async () => {
    open.slack.faults.when(({ method }) => (method === POST ? { kind: 'cut' } : undefined));
    await due();
    expect(await deliveries()).toMatchObject([{ state: 'failed' }]);
    open.slack.faults.clear();
    open.advance(2 * 60_000);
    await due();
    expect(times(open.shown(), 'AI governance digest ·')).toBe(1);
  });

  it('is in doubt where it cannot be seen whether it arrived; the status says so, and it is not sent again', async () => {
    open.team.scopes = open.team.scopes.filter((scope) => scope !== 'channels:history');
    open.slack.faults.next(POST, { kind: 'answer lost' });
    await due();
    open.advance(DAY / 2);
    await due();
    expect(times(open.shown(), 'AI governance digest ·')).toBe(1);
    expect(await deliveries()).toMatchObject([{ state: 'doubtful' }]);
    expect(await open.answer(await open.ben.types('C1', '/digest', 'status'))).toContain(
      'Whether it arrived could not be seen: The token lacks a scope.',
    );
    expect(times(open.direct('U1'), 'A digest may not have arrived')).toBe(1);
  });
});
