import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Block, Card } from '../../../src/card.ts';
import { DoubtError, RouteError, WorldError } from '../../../src/errors.ts';
import { coreChannel, type OpenBot, openBot } from './open.ts';
import { shownChannel } from './server/shown.ts';

const SINCE = '2026-06-10T06:30:00.000Z';

let open: OpenBot;

beforeEach(async () => {
  open = await openBot();
  open.general.messages.length = 0;
});
afterEach(() => open.close());

function entries(from: number, count: number, hasIds: boolean): Block {
  return {
    kind: 'entries',
    entries: Array.from({ length: count }, (_, index) => ({
      title: `Event number ${from + index}.`,
      source: 'A source',
      evidence: ['words '.repeat(60)],
      ...(hasIds ? { id: `item${from + index}` } : {}),
    })),
  };
}

/** One message in the channel, several in its thread; with menus, or without any place for a key in the thread. */
function long(hasIds = true): Card {
  const heading: Block = { kind: 'heading', text: 'A heading' };
  return {
    title: 'Long digest',
    tone: 'plain',
    public: true,
    timeZone: 'UTC',
    blocks: [entries(0, 2, hasIds)],
    thread: [heading, entries(2, 40, hasIds)],
  };
}

const post = (card: Card, key = 'a key') => open.adapter.post(coreChannel(open.general), card, key);
/** As a new process does it, after Discord has forgotten the nonces. */
async function resume(card: Card, key = 'a key') {
  await open.restart();
  open.server.state.advance(10 * 60_000);
  return open.adapter.resume(coreChannel(open.general), card, key, SINCE);
}
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
const thread = () => open.guild.channels.find(({ parent }) => parent === open.general) ?? expect.fail('no thread');

function expectWhole(): void {
  const found = [...shownChannel(open.general).matchAll(/Event number (\d+)\./g)].map(([, index]) => Number(index));
  // The menus name the events once more, so only the order of first sights is compared.
  expect([...new Set(found)]).toEqual(Array.from({ length: 42 }, (_, index) => index));
  expect(open.general.messages).toHaveLength(1);
}

describe('a post on Discord that is gone on with', () => {
  it.each([
    ['menus', true],
    ['no menus', false],
  ])('with %s goes on behind the last message that had arrived', async (_, hasIds) => {
    const messageRef = await post(long(hasIds));
    const all = thread().messages.length + 1;
    for (let left = all - 1; left > 1; left--) {
      thread().messages.splice(left - 1);
      expect(await resume(long(hasIds))).toEqual({ messageRef, found: left, messages: all });
      expectWhole();
      expect(thread().messages).toHaveLength(all - 1);
    }
  });

  it('makes the thread where only the first message had arrived', async () => {
    const messageRef = await post(long());
    open.server.deleteChannel(thread());
    expect(await resume(long())).toMatchObject({ messageRef, found: 1 });
    expectWhole();
  });

  it('goes on in the channel where its rest had begun there', async () => {
    open.server.faults.plan('POST /channels/*/messages/*/threads', { kind: 'status', status: 403, code: 50013 }, 1);
    const messageRef = await post(long());
    const all = open.general.messages.length;
    open.general.messages.splice(2);
    expect(await resume(long())).toEqual({ messageRef, found: 2, messages: all });
    expect(open.general.messages).toHaveLength(all);
  });

  it('is found behind many messages of others, and is not taken for one of theirs', async () => {
    const messageRef = await post(long());
    const [own] = open.general.messages;
    if (own === undefined) throw new Error('nothing was posted');
    const others = Array.from({ length: 150 }, () => ({
      ...own,
      id: open.server.state.snowflake(),
      author: open.member.user,
    }));
    const before = { ...own, id: String(BigInt(own.id) - 1n), author: open.member.user };
    open.general.messages.splice(0, 1, before, own, ...others);
    expect(await resume(long())).toMatchObject({ messageRef, found: 5 });
    open.general.messages.splice(1, 1);
    expect(await resume(long())).toMatchObject({ found: 0 });
  });

  it('may not be looked for without the right to read there, and says what to give', async () => {
    await post(long());
    open.server.deny(open.general, open.bot, ['readMessageHistory']);
    const shown = shownChannel(open.general);
    const failure = await failureOf(resume(long()));
    expect(failure).toBeInstanceOf(DoubtError);
    expect(failure).toMatchObject({ isLasting: true, message: expect.stringContaining('Read Message History') });
    expect(shownChannel(open.general)).toBe(shown);
  });

  it('in a channel that is gone says so', async () => {
    await post(long());
    open.server.deleteChannel(open.general);
    expect(await failureOf(resume(long()))).toBeInstanceOf(RouteError);
  });

  it('waits where Discord does not answer the look, and sends nothing', async () => {
    await post(long());
    open.server.faults.plan('GET /channels/*/messages', { kind: 'status', status: 503 }, 4);
    const sent = open.server.seen.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages')).length;
    const failure = await failureOf(resume(long()));
    expect(failure).toBeInstanceOf(WorldError);
    expect(open.server.seen.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'))).toHaveLength(
      sent,
    );
  });

  it('shows a message whose menu explains an entry, although the menu carries the key', async () => {
    await open.admin.types(open.general, '/digest schedule', { at: '08:30' });
    await open.admin.types(open.general, '/digest now');
    const digest = open.general.messages.find(({ content }) => content.includes('AI governance digest'));
    if (digest === undefined) throw new Error('no digest');
    expect((await open.member.chooses(digest, 'Senate votes')).text).toContain('What counted');
  });

  it('is never sent with its key in words that people read', async () => {
    await post(long());
    await post({ ...long(), blocks: [{ kind: 'text', runs: [{ text: 'Quiet.' }] }], thread: [] }, 'another');
    expect(shownChannel(open.general)).not.toMatch(/[0-9a-f]{20}|\.invalid/);
  });
});
