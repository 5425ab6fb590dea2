import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Block, Card } from '../../../src/card.ts';
import { RouteError, WorldError } from '../../../src/errors.ts';
import { reviseDue } from '../../../src/revise.ts';
import { failureOf, type OpenSlack, openSlack, times, wordsOf } from './open-slack.ts';

let open: OpenSlack;
beforeEach(async () => {
  open = await openSlack();
});
afterEach(() => open.close());

function entries(count: number, word: string): Block {
  const entry = (index: number) => ({
    title: `${word} number ${index}.`,
    source: 'A source',
    evidence: ['words '.repeat(60)],
  });
  return { kind: 'entries', entries: Array.from({ length: count }, (_, index) => entry(index)) };
}

function card(title: string, inThread = 0, word = 'Event'): Card {
  const thread = inThread > 0 ? { thread: [entries(inThread, word)] } : {};
  return { title, tone: 'plain', public: true, timeZone: 'UTC', blocks: [entries(2, word)], ...thread };
}

const post = (sent: Card) => open.adapter.post(open.channel, sent, 'a key');
const revise = (ts: string, shown: Card) => open.adapter.revise(open.channel, ts, shown, 'a key');
const messages = () => open.slack.messages(open.team, 'C1');

describe('an edit on Slack', () => {
  it('changes the parent and every part in its thread, and posts nothing', async () => {
    const ts = await post(card('Long digest', 40));
    const before = messages().map((message) => message.ts);
    expect(before.length).toBeGreaterThan(2);
    const posts = open.slack.calls.filter(({ method }) => method === 'chat.postMessage').length;
    expect(await revise(ts, card('Long digest, edited', 40, 'Happening'))).toBe(true);
    expect(messages().map((message) => message.ts)).toEqual(before);
    expect(times(wordsOf(messages()), 'Happening number')).toBe(42);
    expect(wordsOf(messages())).not.toContain('Event number');
    expect(open.slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(posts);
  });

  it('takes away the parts that it needs no more, and leaves what people wrote', async () => {
    const ts = await post(card('Long digest', 40));
    open.general.messages.push({
      ts: '9.9',
      user: 'U2',
      text: 'Interesting!',
      blocks: [],
      unfurls: false,
      threadTs: ts,
    });
    expect(await revise(ts, card('Short digest'))).toBe(true);
    expect(messages().map(({ text }) => text.split('\n')[0])).toEqual(['Short digest', 'Interesting!']);
  });

  it('changes nothing where the card needs more messages than were posted', async () => {
    const ts = await post(card('Short digest'));
    expect(await revise(ts, card('Long digest', 40))).toBe(false);
    expect(wordsOf(messages())).not.toContain('Long digest');
  });

  it.each(['edit_window_closed', 'cant_update_message', 'message_not_found'])(
    'says that it is not possible when Slack answers %s',
    async (code) => {
      const ts = await post(card('A digest'));
      open.slack.faults.next('chat.update', { kind: 'refuse', code });
      expect(await revise(ts, card('Edited'))).toBe(false);
    },
  );

  it('is made again after an answer that was lost', async () => {
    const ts = await post(card('A digest'));
    open.slack.faults.next('chat.update', { kind: 'answer lost' });
    expect(await revise(ts, card('Edited'))).toBe(true);
    expect(times(wordsOf(messages()), 'Edited')).toBe(1);
  });

  it('fails with a RouteError where the channel takes nothing, and with a WorldError where Slack asks to wait for long', async () => {
    const ts = await post(card('A digest'));
    open.slack.faults.next('chat.update', { kind: 'limited', seconds: 600 });
    expect(await failureOf(revise(ts, card('Edited')))).toBeInstanceOf(WorldError);
    open.general.isArchived = true;
    expect(await failureOf(revise(ts, card('Edited')))).toBeInstanceOf(RouteError);
  });
});

describe('a digest on Slack', () => {
  it('shows what a corrected tag makes of it, and who corrected it, in the message that was there', async () => {
    await open.answer(await open.ana.types('C1', '/digest', 'schedule 08:30'));
    await open.answer(await open.ana.types('C1', '/digest', 'now'));
    const digest = () => messages().filter(({ text }) => text.startsWith('AI governance digest'));
    const [posted = expect.fail('no digest')] = digest();
    const before = wordsOf([posted]);
    expect(before).toMatch(/deadlock deepened/);
    const { store, clock, workspace, dependencies } = open;
    const found = await store.recentItems(workspace.id, { barrier: 'geopolitical-deadlock', limit: 2 });
    const eased = found.flatMap(({ item, tagged }) => {
      const taggings = tagged?.taggings.map((tagging) => ({ ...tagging, direction: 'eases' as const })) ?? [];
      return tagged ? [[item.id, { ...tagged, taggings }] as const] : [];
    });
    await store.saveTagged(new Map(eased), clock.now());
    const itemIds = found.map(({ item }) => item.id);
    const change = { id: 'correction 1', workspaceId: workspace.id, itemIds, cause: 'corrected', by: 'ana' } as const;
    await store.queueRevisions({ ...change, at: clock.now() });
    await reviseDue(dependencies);
    expect(digest()).toHaveLength(1);
    expect(digest()[0]?.ts).toBe(posted.ts);
    const after = wordsOf(digest());
    expect(after).toMatch(/deadlock eased/);
    expect(after).toContain('2 tags corrected by ana');
  });
});

describe('the address of a message on Slack', () => {
  it('is that of the workspace’s archive', async () => {
    const ts = await post(card('A digest'));
    const address = `https://t1.slack.example/archives/C1/p${ts.replace('.', '')}`;
    expect(open.adapter.linkTo?.(open.channel, ts)).toBe(address);
  });
});
