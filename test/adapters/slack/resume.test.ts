import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DoubtError, RouteError, WorldError } from '../../../src/errors.ts';
import { bigDigest, bigTitles } from '../big-digest.ts';
import { failureOf, type OpenSlack, openSlack, times, wordsOf } from './open-slack.ts';

const POST = 'chat.postMessage';
const SINCE = '2026-06-10T06:30:00.000Z';
const DIGEST = bigDigest(60);

let open: OpenSlack;

beforeEach(async () => {
  open = await openSlack();
});
afterEach(() => open.close());

const messages = () => open.general.messages;
const posts = () => open.slack.calls.filter(({ method }) => method === POST).length;
const post = (key = 'a key') => open.adapter.post(open.channel, DIGEST, key);
/** As a new process does it. */
async function resume(key = 'a key') {
  await open.restart();
  return open.adapter.resume(open.channel, DIGEST, key, SINCE);
}

function expectWhole(): void {
  const words = wordsOf(messages());
  expect(bigTitles(60).filter((title) => times(words, title) < 1)).toEqual([]);
  expect(new Set(messages().map(({ metadata }) => JSON.stringify(metadata))).size).toBe(messages().length);
  expect(
    messages()
      .slice(1)
      .every(({ threadTs }) => threadTs === messages()[0]?.ts),
  ).toBe(true);
}

describe('a post on Slack that is gone on with', () => {
  it('goes on behind the last message that had arrived', async () => {
    const messageRef = await post();
    const all = messages().length;
    expect(all).toBeGreaterThan(3);
    for (const left of [all - 1, 2, 1]) {
      messages().splice(left);
      expect(await resume()).toEqual({ messageRef, found: left, messages: all });
      expectWhole();
    }
  });

  it('is found behind many messages of others', async () => {
    const messageRef = await post();
    const all = messages().length;
    const { ts: _, metadata: __, threadTs: ___, ...other } = messages()[0] ?? expect.fail('nothing was posted');
    for (let count = 0; count < 450; count++) messages().push({ ...other, ts: open.slack.state.newTs() });
    expect(await resume()).toEqual({ messageRef, found: all, messages: all });
    expect(messages()).toHaveLength(all + 450);
  });

  it('is in doubt where more was said since than can be read through', async () => {
    await post();
    const { ts: _, ...other } = messages()[0] ?? expect.fail('nothing was posted');
    for (let count = 0; count < 4_001; count++) messages().push({ ...other, ts: open.slack.state.newTs() });
    expect(await failureOf(resume('another key'))).toBeInstanceOf(WorldError);
    expect(posts()).toBe(messages().length - 4_001);
  });

  it('may not be looked for without the scope, says so, and sends nothing', async () => {
    await post();
    const before = posts();
    open.team.scopes = open.team.scopes.filter((scope) => scope !== 'channels:history');
    const failure = await failureOf(resume());
    expect(failure).toBeInstanceOf(DoubtError);
    expect(failure).toMatchObject({ isLasting: true, message: expect.stringContaining('The token lacks a scope') });
    expect(posts()).toBe(before);
  });

  it('in a channel without the bot says so', async () => {
    await post();
    open.general.members.delete(open.team.botUserId);
    expect(await failureOf(resume())).toBeInstanceOf(RouteError);
  });

  it('waits where Slack does not answer the look, and sends nothing', async () => {
    await post();
    const before = posts();
    open.slack.faults.when(({ method }) =>
      method === 'conversations.history' ? { kind: 'status', status: 503 } : undefined,
    );
    const failure = await failureOf(resume());
    expect(failure).toBeInstanceOf(WorldError);
    expect(posts()).toBe(before);
  });
});
