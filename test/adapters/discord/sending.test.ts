import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Block, Card } from '../../../src/card.ts';
import { DoubtError, RouteError, WorldError } from '../../../src/errors.ts';
import { coreChannel, type OpenBot, openBot } from './open.ts';
import type { Right } from './server/permissions.ts';
import { shownChannel } from './server/shown.ts';
import { TEXT, VOICE } from './server/state.ts';

const MESSAGES = 'POST /channels/*/messages';
const THREADS = 'POST /channels/*/messages/*/threads';

let open: OpenBot;

beforeEach(async () => {
  open = await openBot();
  open.general.messages.length = 0;
});
afterEach(() => open.close());

function entries(from: number, count: number): Block {
  return {
    kind: 'entries',
    entries: Array.from({ length: count }, (_, index) => ({
      title: `Event number ${from + index}.`,
      source: 'A source',
      evidence: ['words '.repeat(40)],
    })),
  };
}

function card(title: string, extra: Partial<Card> = {}): Card {
  return { title, tone: 'plain', public: true, timeZone: 'UTC', blocks: [entries(0, 2)], ...extra };
}

/** A digest of one message, and a thread of three. */
const LONG = card('Long digest', { thread: [entries(2, 40)] });

const post = (sent: Card, key = 'key') => open.adapter.post(coreChannel(open.general), sent, key);

function times(words: string): number {
  return shownChannel(open.general).split(words).length - 1;
}

/** Takes rights from the bot that are no obstacle to a post, and waits until it has heard of that. */
async function deny(...rights: readonly Right[]): Promise<void> {
  const { server, general, bot, adapter } = open;
  server.deny(general, bot, [...rights, 'embedLinks']);
  await expect.poll(() => adapter.obstacle(coreChannel(general))).toContain('Embed Links');
  server.deny(general, bot, rights);
  await expect.poll(() => adapter.obstacle(coreChannel(general))).toBeUndefined();
}

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => new Error('nothing was thrown'),
    (thrown: Error) => thrown,
  );
}

describe('a post on Discord', () => {
  it('of a long digest has its rest in a thread, in order and whole', async () => {
    const id = await post(LONG);
    expect(id).toBe(open.general.messages[0]?.id);
    expect(open.general.messages).toHaveLength(1);
    const shown = shownChannel(open.general);
    expect(shown).toContain('(thread Long digest)');
    const found = [...shown.matchAll(/Event number (\d+)\./g)].map(([, index]) => Number(index));
    expect(found).toEqual(Array.from({ length: 42 }, (_, index) => index));
  });

  it.each([
    ['it may not make threads', 'createPublicThreads'],
    ['it may not write in threads', 'sendMessagesInThreads'],
  ] as const)('has the rest in the channel where %s', async (_, right) => {
    await deny(right);
    await post(LONG);
    expect(open.general.messages.length).toBeGreaterThan(2);
    expect(shownChannel(open.general)).not.toContain('(thread');
    expect(shownChannel(open.general)).toContain('Event number 41.');
  });

  it('has the rest in the same thread where the digest itself goes into one', async () => {
    await post(LONG);
    const thread = open.guild.channels.find(({ parent }) => parent !== undefined);
    if (thread === undefined) throw new Error('no thread');
    thread.messages.length = 0;
    await open.adapter.post(coreChannel(thread), LONG, 'another');
    expect(shownChannel(thread)).toContain('Event number 41.');
  });

  it.each([
    ['is answered with 500 once', { kind: 'status', status: 500 }, 1],
    ['is answered with 500 for longer than the client tries', { kind: 'status', status: 503 }, 6],
    ['was stored although the answer was 502', { kind: 'status after work', status: 502 }, 1],
    ['was stored although the answers were 502, again and again', { kind: 'status after work', status: 502 }, 7],
    ['was stored although the answer was lost', { kind: 'answer lost' }, 1],
    ['was cut off before it was stored', { kind: 'cut before work' }, 2],
    ['has to wait', { kind: 'rate limit', retryAfter: 0.05 }, 2],
    ['has to wait as everyone has to', { kind: 'rate limit', retryAfter: 0.05, isGlobal: true }, 1],
  ] as const)('that %s is shown once', async (_, fault, count) => {
    open.server.faults.plan(MESSAGES, fault, count);
    await post(LONG);
    expect(open.server.faults.left()).toBe(0);
    expect(times('Long digest\n')).toBe(1);
    for (let index = 0; index < 42; index++) expect(times(`Event number ${index}.`)).toBe(1);
  });

  it('whose thread was made although the answer was lost goes on in that thread', async () => {
    open.server.faults.plan(THREADS, { kind: 'answer lost' });
    await post(LONG);
    expect(times('(thread Long digest)')).toBe(1);
    for (let index = 0; index < 42; index++) expect(times(`Event number ${index}.`)).toBe(1);
  });

  it('with a key that was used a moment ago shows nothing twice', async () => {
    await post(LONG, 'a key');
    await post(LONG, 'a key');
    expect(times('Long digest\n')).toBe(1);
    for (let index = 0; index < 42; index++) expect(times(`Event number ${index}.`)).toBe(1);
    await post(LONG, 'another key');
    expect(times('Event number 0.')).toBe(2);
  });

  it('is a reference although every answer was lost, when the message stands in the channel', async () => {
    open.server.faults.plan(MESSAGES, { kind: 'answer lost' }, 3);
    expect(await post(card('Stored'))).toBe(open.general.messages[0]?.id);
    expect(open.general.messages).toHaveLength(1);
  });

  it('was not made when every request was cut and the channel does not show it', async () => {
    open.server.faults.plan(MESSAGES, { kind: 'cut before work' }, 3);
    const failure = await failureOf(post(card('Lost')));
    expect(failure).toBeInstanceOf(WorldError);
    expect(failure).not.toBeInstanceOf(RouteError);
    expect(open.general.messages).toEqual([]);
  });

  it('is in doubt when every answer was lost and the channel cannot be read', async () => {
    await deny('readMessageHistory');
    open.server.faults.plan(MESSAGES, { kind: 'answer lost' }, 3);
    const failure = await failureOf(post(card('Perhaps')));
    expect(failure).toBeInstanceOf(DoubtError);
    expect(failure.message).toContain('It is not known whether the message arrived');
  });

  it('is in doubt when only a part of it arrived, and says how much', async () => {
    await deny('createPublicThreads');
    open.server.faults.plan(MESSAGES, { kind: 'delay', milliseconds: 1 }, 2);
    open.server.faults.plan(MESSAGES, { kind: 'status', status: 403, code: 50013, message: 'Missing Permissions' }, 1);
    const failure = await failureOf(post(LONG));
    expect(failure).toBeInstanceOf(DoubtError);
    expect(failure.message).toMatch(/^2 of [45] messages arrived\. Barrierwatch lacks a permission in this channel/);
  });

  it('does not wait for another channel that has to wait', async () => {
    const quiet = open.server.addChannel(open.guild, 'quiet');
    open.server.faults.plan(`POST /channels/${open.general.id}/messages`, { kind: 'rate limit', retryAfter: 0.6 });
    const order: string[] = [];
    const slow = post(card('Slow')).then(() => order.push('general'));
    await open.adapter.post(coreChannel(quiet), card('Quick'), 'k').then(() => order.push('quiet'));
    await slow;
    expect(order).toEqual(['quiet', 'general']);
  });

  it('keeps its order in a channel, however many are asked for at once', async () => {
    const titles = Array.from({ length: 6 }, (_, index) => `Post ${index} of six`);
    open.server.faults.plan(MESSAGES, { kind: 'delay', milliseconds: 30 }, 1);
    await Promise.all(titles.map((title) => post(card(title, { blocks: [] }), title)));
    expect(open.general.messages.map(({ content }) => content)).toEqual(titles);
  });

  it('pings nobody and shows no preview of a link', async () => {
    await post(
      card('@everyone <@1>', {
        blocks: [
          { kind: 'entries', entries: [{ title: '@here <@&2>', source: '@everyone', link: 'https://example.org/a' }] },
        ],
      }),
    );
    expect(open.server.pings()).toEqual([]);
    expect(open.server.seen.at(-1)?.body).toMatchObject({ allowed_mentions: { parse: [] }, enforce_nonce: true });
  });
});

describe('a channel that takes no posts', () => {
  it.each([
    ['viewChannel', 'lacks View Channel'],
    ['sendMessages', 'lacks Send Messages'],
    ['embedLinks', 'lacks Embed Links'],
  ] as const)('without %s says so before and after', async (right, words) => {
    open.server.deny(open.general, open.bot, [right]);
    await expect.poll(() => open.adapter.obstacle(coreChannel(open.general))).toContain(words);
    const failure = await failureOf(post(card('x')));
    expect(failure).toBeInstanceOf(RouteError);
    expect(failure.message).toMatch(/Barrierwatch (cannot see this channel|lacks a permission)/);
  });

  it('says so when it is gone, archived and locked, or of another kind', async () => {
    const gone = open.server.addChannel(open.guild, 'gone');
    open.server.deleteChannel(gone);
    const forum = open.server.addChannel(open.guild, 'forum', { type: 15 });
    for (const [channel, words] of [
      [gone, 'no longer exists'],
      [forum, 'takes no messages'],
    ] as const) {
      expect(await open.adapter.obstacle(coreChannel(channel))).toContain(words);
      expect(await failureOf(open.adapter.post(coreChannel(channel), card('x'), 'x'))).toBeInstanceOf(RouteError);
    }
    open.server.faults.plan(MESSAGES, { kind: 'status', status: 400, code: 50083 });
    expect((await failureOf(post(card('x')))).message).toContain('archived and locked');
  });

  it('says so when it is a locked thread', async () => {
    await post(LONG);
    const thread = open.guild.channels.find(({ parent }) => parent !== undefined);
    if (thread === undefined) throw new Error('no thread');
    expect(await open.adapter.obstacle(coreChannel(thread))).toBeUndefined();
    open.server.lock(thread);
    await expect.poll(() => open.adapter.obstacle(coreChannel(thread))).toContain('The thread is locked');
    expect(await failureOf(open.adapter.post(coreChannel(thread), card('x'), 'x'))).toBeInstanceOf(RouteError);
  });

  it('is none of those that do: a text channel, a voice channel’s chat', async () => {
    for (const type of [TEXT, VOICE]) {
      const channel = open.server.addChannel(open.guild, `channel-${type}`, { type });
      await expect.poll(() => open.adapter.obstacle(coreChannel(channel))).toBeUndefined();
      await open.adapter.post(coreChannel(channel), LONG, 'x');
      expect(shownChannel(channel)).toContain('Event number 41.');
    }
  });

  it('is suspended after its digest failed, and the one who set it up is told once', async () => {
    const { admin, general, core, server, bot } = open;
    await admin.types(general, '/digest schedule', { at: '08:30' });
    server.deny(general, bot, ['sendMessages']);
    const answer = await admin.types(general, '/digest now');
    expect(answer.text).toContain('The digest was not posted');
    expect((await core.store.subscriptionOf(coreChannel(general)))?.suspended?.reason).toContain('lacks a permission');
    const direct = server.direct(admin.user);
    expect(direct && shownChannel(direct)).toContain('A digest is held back');
  });
});

describe('one person', () => {
  const notice = card('A notice', {
    blocks: [{ kind: 'buttons', buttons: [{ label: 'Help', command: '/barrier help' }] }],
  });

  it('is told alone, without buttons that would name no server', async () => {
    await open.adapter.tell('discord:1', `discord:${open.member.user.id}`, notice);
    const direct = open.server.direct(open.member.user);
    expect(direct?.messages).toMatchObject([{ content: 'A notice', components: [] }]);
  });

  it('who takes no direct messages is said not to be told', async () => {
    open.member.user.dmsClosed = true;
    const failure = await failureOf(open.adapter.tell('discord:1', `discord:${open.member.user.id}`, notice));
    expect(failure).toBeInstanceOf(WorldError);
    expect(failure.message).toContain('takes no direct messages');
  });
});
