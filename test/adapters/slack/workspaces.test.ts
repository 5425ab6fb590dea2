import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackAdapter } from '../../../adapters/slack/index.ts';
import { postDueDigests } from '../../../src/deliver.ts';
import { RouteError } from '../../../src/errors.ts';
import { DAY } from '../../../src/time.ts';
import { itemDraft } from '../../test-bot.ts';
import { failureOf, type OpenSlack, openSlack, times, wordsOf } from './open-slack.ts';
import { startSlack } from './server/index.ts';
import type { Person } from './server/person.ts';
import { addChannel, type Json, type SlackTeam } from './server/state.ts';

const LEGAL_FEED = 'https://legal.example/feed';
const LEGAL_NEWS = 'European Parliament postpones rules for general-purpose AI models';

let open: OpenSlack;
let legal: SlackTeam;
/** An admin of the other workspace, with the same id as Ana. */
let lea: Person;

/** Two workspaces in which a channel and a person have the same ids, as they have in a shared channel. */
beforeEach(async () => {
  const server = await startSlack();
  legal = server.team('T2', 'Legal team');
  addChannel(legal, 'C1', 'general', { members: ['U1', legal.botUserId] });
  lea = server.person(legal, 'U1', 'lea', { isAdmin: true });
  const news = itemDraft(LEGAL_NEWS, {
    summary: 'The European Parliament postpones the application of rules for general-purpose AI models by two years.',
    publishedAt: '2026-06-09T15:00:00.000Z',
  });
  open = await openSlack({
    server,
    sources: new Map([[LEGAL_FEED, [news]]]),
    options: { botTokens: ['xoxb-T1-secret', legal.botToken] },
  });
});
afterEach(() => open.close());

const asks = async (person: Person, command: string, text: string) =>
  open.answer(await person.types('C1', command, text));
const shownIn = (team: SlackTeam) => wordsOf(open.slack.messages(team, 'C1'));

/** In the other workspace another source is watched. */
async function watchOtherSource(): Promise<void> {
  await asks(lea, '/feeds', `add ${LEGAL_FEED} eu`);
  await asks(lea, '/feeds', 'remove us');
  open.advance(60_000);
  await open.poll();
}

describe('two workspaces on Slack with one channel id in both', () => {
  it('have feed lists and histories of their own', async () => {
    await watchOtherSource();
    expect(await asks(open.ben, '/feeds', 'list')).toContain('https://us.example/feed');
    expect(await asks(open.ben, '/feeds', 'list')).not.toContain(LEGAL_FEED);
    expect(await asks(lea, '/feeds', 'list')).toContain(LEGAL_FEED);
    expect(await asks(lea, '/feeds', 'list')).not.toContain('https://us.example/feed');
    expect(await asks(open.ben, '/feeds', 'history')).not.toContain('legal');
    expect(await asks(lea, '/feeds', 'history')).toContain('legal');
  });

  it('find only what their own sources brought', async () => {
    await watchOtherSource();
    expect(await asks(open.ben, '/barrier', 'search Senate')).toContain('Senate votes on a federal preemption');
    expect(await asks(lea, '/barrier', 'search Senate')).toContain('Nothing found.');
    expect(await asks(lea, '/barrier', 'search Parliament')).toContain(LEGAL_NEWS);
    expect(await asks(open.ben, '/barrier', 'search Parliament')).toContain('Nothing found.');
  });

  it('have a digest each, at its own time, in their own channel', async () => {
    await watchOtherSource();
    await asks(open.ana, '/digest', 'schedule 08:30');
    await asks(lea, '/digest', 'schedule 12:00');
    expect(await open.store.subscriptions('slack:T1')).toMatchObject([{ localTime: '08:30' }]);
    expect(await open.store.subscriptions('slack:T2')).toMatchObject([{ localTime: '12:00' }]);
    // It is half past eight now: the one is due at noon, the other tomorrow.
    open.advance(DAY / 4);
    await postDueDigests(open.dependencies);
    expect(times(shownIn(legal), 'AI governance digest ·')).toBe(1);
    expect(shownIn(legal)).toContain(LEGAL_NEWS);
    expect(shownIn(legal)).not.toContain('Senate votes');
    expect(shownIn(open.team)).toBe('');
    open.advance((DAY * 3) / 4);
    await postDueDigests(open.dependencies);
    expect(times(shownIn(open.team), 'AI governance digest ·')).toBe(1);
    expect(shownIn(open.team)).toContain('Senate votes on a federal preemption');
    expect(shownIn(open.team)).not.toContain(LEGAL_NEWS);
    expect(times(shownIn(legal), 'AI governance digest ·')).toBe(1);
  });

  it('are greeted each, and lose their channels each', async () => {
    const { slack, team } = open;
    await slack.invites(team, 'C1');
    await slack.invites(legal, 'C1');
    await slack.until(() => shownIn(team) !== '' && shownIn(legal) !== '', 'two welcomes');
    await asks(open.ana, '/digest', 'schedule 08:30');
    await asks(lea, '/digest', 'schedule 08:30');
    await slack.archives(legal, 'C1');
    await slack.until(() => wordsOf(legal.channels.get('D1')?.messages ?? []).includes('held back'), 'the notice');
    expect(open.direct('U1')).toBe('');
    expect((await open.store.subscriptions('slack:T1')).filter(({ suspended }) => suspended)).toEqual([]);
  });

  it('have buttons that never reach the other, also with a line that is kept', async () => {
    const line = `run /barrier search ${'chips '.repeat(400)}`;
    const id = await open.host.keepLine('slack:T1', line);
    await watchOtherSource();
    const asked = await open.ana.types('C1', '/barrier', 'search Senate');
    await open.answer(asked);
    const found = asked.answers[0] as { readonly blocks: readonly Json[] };
    expect(await open.answer(await lea.chooses('C1', found, 'Senate'))).toContain(
      'has been seen on the feeds of this list',
    );
    const button = {
      type: 'button',
      action_id: 'press:0',
      text: { type: 'plain_text', text: 'Kept' },
      value: `@${id}`,
    };
    const kept = { blocks: [{ type: 'actions', elements: [button] }] };
    expect(await open.answer(await lea.presses('C1', kept, 'Kept'))).toContain('of an older version');
    expect(await open.answer(await open.ana.presses('C1', kept, 'Kept'))).toContain('Search: chips');
  });

  it('know their own admins alone', async () => {
    const guest = open.slack.person(legal, 'U2', 'ben', { isAdmin: true });
    expect(await asks(guest, '/digest', 'schedule 08:30')).toContain('Digest scheduled');
    expect(await asks(open.ben, '/digest', 'schedule 08:30')).toContain('is for admins');
  });

  it('see the same person’s double click as two presses, one in each', async () => {
    const asked = await Promise.all([open.ana, lea].map((person) => person.types('C1', '/barrier', 'deadlock')));
    for (const each of asked) await open.answer(each);
    const shown = { blocks: asked[0]?.answers[0]?.blocks as readonly Json[], ts: '1.0' };
    const shares = await Promise.all([open.ana, lea].map((person) => person.presses('C1', shown, 'Share to channel')));
    for (const each of shares) expect(await open.answer(each)).toContain('By ');
  });

  it('have a channel that is closed when a token is taken out, and the other goes on', async () => {
    await open.adapter.stop();
    const one = createSlackAdapter({ ...open.settings, botTokens: ['xoxb-T1-secret'] });
    await one.start();
    const card = { title: 'A card', tone: 'plain', public: true, timeZone: 'UTC', blocks: [] } as const;
    await one.post(open.channel, card, 'a');
    expect(open.shown()).toContain('A card');
    const failure = await failureOf(one.post({ ...open.channel, workspaceId: 'slack:T2' }, card, 'b'));
    expect(failure).toBeInstanceOf(RouteError);
    expect(String(failure)).toContain('SLACK_BOT_TOKEN');
    await one.stop();
  });
});
