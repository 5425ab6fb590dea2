import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Block, Card } from '../../../src/card.ts';
import { RouteError, WorldError } from '../../../src/errors.ts';
import { coreChannel, type OpenBot, openBot } from './open.ts';
import { shownChannel } from './server/shown.ts';

let open: OpenBot;
beforeEach(async () => {
  open = await openBot();
  open.general.messages.length = 0;
});
afterEach(() => open.close());

function entries(count: number, word: string): Block {
  const entry = (index: number) => ({
    title: `${word} number ${index}.`,
    source: 'A source',
    evidence: ['words '.repeat(40)],
  });
  return { kind: 'entries', entries: Array.from({ length: count }, (_, index) => entry(index)) };
}

function card(title: string, inThread = 0, word = 'Event'): Card {
  const thread = inThread > 0 ? { thread: [entries(inThread, word)] } : {};
  return { title, tone: 'plain', public: true, timeZone: 'UTC', blocks: [entries(2, word)], ...thread };
}

const post = (sent: Card) => open.adapter.post(coreChannel(open.general), sent, 'a key');
const revise = (id: string, shown: Card) => open.adapter.revise(coreChannel(open.general), id, shown, 'a key');
const times = (words: string) => shownChannel(open.general).split(words).length - 1;
const threadOf = (id: string) => open.guild.channels.find((channel) => channel.id === id);

describe('an edit on Discord', () => {
  it('changes the message and every part in its thread, posts nothing and pings nobody', async () => {
    const id = await post(card('Long digest', 40));
    const before = threadOf(id)?.messages.map((message) => message.id) ?? [];
    expect(before.length).toBeGreaterThan(1);
    expect(await revise(id, card('Long digest, edited @everyone', 40, 'Happening'))).toBe(true);
    expect(threadOf(id)?.messages.map((message) => message.id)).toEqual(before);
    expect(times('Happening number')).toBe(42);
    expect(times('Event number')).toBe(0);
    const all = [...open.general.messages, ...(threadOf(id)?.messages ?? [])];
    expect(all.every(({ isEdited }) => isEdited)).toBe(true);
    expect(all.flatMap(({ pinged }) => pinged)).toEqual([]);
  });

  it('takes away the parts that it needs no more, and leaves what the bot answered in the thread', async () => {
    const id = await post(card('Long digest', 40));
    const thread = threadOf(id) ?? expect.fail('no thread');
    const parts = thread.messages.length;
    const inThread = { ...coreChannel(open.general), id: thread.id };
    await open.adapter.post(inThread, card('Corrected by ana'), 'an answer');
    await open.adapter.post(inThread, { ...card('Plain answer'), blocks: [] }, 'another');
    expect(await revise(id, card('Edited digest', 40))).toBe(true);
    expect(thread.messages).toHaveLength(parts + 2);
    expect(await revise(id, card('Short digest'))).toBe(true);
    expect(thread.messages).toHaveLength(2);
    for (const words of ['Short digest', 'Corrected by ana', 'Plain answer']) expect(times(words)).toBe(1);
  });

  it('finds its parts again after an edit', async () => {
    const id = await post(card('Long digest', 40));
    expect(await revise(id, card('Once', 40, 'First'))).toBe(true);
    expect(await revise(id, card('Twice', 40, 'Second'))).toBe(true);
    expect(times('Second number')).toBe(42);
    expect(times('First number')).toBe(0);
  });

  it('changes nothing where somebody took a part away', async () => {
    const id = await post(card('Long digest', 40));
    threadOf(id)?.messages.splice(0, 1);
    expect(await revise(id, card('Edited', 40, 'Happening'))).toBe(false);
    expect(times('Happening number')).toBe(0);
  });

  it('changes nothing where the card needs more messages than were posted', async () => {
    const id = await post(card('Short digest'));
    expect(await revise(id, card('Long digest', 40))).toBe(false);
    expect(times('Long digest')).toBe(0);
  });

  it('is not possible once the message was deleted', async () => {
    const id = await post(card('A digest'));
    open.general.messages.length = 0;
    expect(await revise(id, card('Edited'))).toBe(false);
  });

  it('fails with a RouteError where the channel is gone, and with a WorldError where Discord does not answer', async () => {
    const id = await post(card('A digest'));
    open.server.faults.plan('PATCH /channels/*/messages/*', { kind: 'status', status: 400, message: 'no' }, 1);
    await expect(revise(id, card('Edited'))).rejects.toBeInstanceOf(WorldError);
    const gone = { ...coreChannel(open.general), id: '424242' };
    await expect(open.adapter.revise(gone, id, card('Edited'), 'a key')).rejects.toBeInstanceOf(RouteError);
  });
});

describe('the address of a message on Discord', () => {
  it('names server, channel and message', async () => {
    const { guild, general, adapter } = open;
    const address = `https://discord.com/channels/${guild.id}/${general.id}/42`;
    expect(adapter.linkTo?.(coreChannel(general), '42')).toBe(address);
  });
});
