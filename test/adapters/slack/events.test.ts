import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { postDueDigests } from '../../../src/deliver.ts';
import { DAY } from '../../../src/time.ts';
import { feedDraft, itemDraft } from '../../test-bot.ts';
import { type OpenSlack, openSlack, times, wordsOf } from './open-slack.ts';
import { checkView } from './server/payload-limits.ts';
import { eventOf } from './server/person.ts';
import { addChannel } from './server/state.ts';

let open: OpenSlack;

beforeEach(async () => {
  open = await openSlack();
});
afterEach(() => open.close());

/** Resolves once all that was delivered before has been dealt with. */
async function settled(): Promise<void> {
  await open.answer(await open.ben.types('C1', '/barrier', ''));
}

const shownIn = (channelId: string) => wordsOf(open.slack.messages(open.team, channelId));

describe('an invitation on Slack', () => {
  it('is answered with who the bot is, what it posts and who can change that', async () => {
    await open.slack.invites(open.team, 'C1');
    await open.slack.until(() => open.shown() !== '', 'the welcome');
    expect(open.shown()).toContain('Barrierwatch is here');
    expect(open.shown()).toContain('Nothing is posted here until an admin sets up the digest');
    expect(open.shown()).toContain('changed by someone named in ADMINS, or an admin or owner of this Slack workspace');
  });

  it('is answered once, however often it comes, also after a restart', async () => {
    const { slack, team } = open;
    await slack.invites(team, 'C1', { twice: true });
    await slack.until(() => open.shown() !== '', 'the welcome');
    await slack.invites(team, 'C1');
    await open.restart();
    await slack.invites(team, 'C1', { twice: true });
    await settled();
    expect(times(open.shown(), 'Barrierwatch is here')).toBe(1);
  });

  it('is answered in each channel, and not when it is of somebody else', async () => {
    const { slack, team } = open;
    addChannel(team, 'C2', 'second');
    addChannel(team, 'G3', 'third', { isPrivate: true });
    addChannel(team, 'C4', 'fourth', { members: [team.botUserId] });
    await slack.happens(team, { type: 'member_joined_channel', user: 'U2', channel: 'C4', team: team.id });
    for (const id of ['C1', 'C2', 'G3']) await slack.invites(team, id);
    for (const id of ['C1', 'C2', 'G3']) {
      await slack.until(() => shownIn(id) !== '', `the welcome in ${id}`);
      expect(times(shownIn(id), 'Barrierwatch is here')).toBe(1);
    }
    expect(shownIn('C4')).toBe('');
  });

  it('whose welcome has no answer shows it once', async () => {
    open.slack.faults.next('chat.postMessage', { kind: 'answer lost' });
    await open.slack.invites(open.team, 'C1');
    await open.slack.until(() => open.slack.calls.some(({ method }) => method === 'conversations.history'), 'a look');
    await settled();
    expect(times(open.shown(), 'Barrierwatch is here')).toBe(1);
  });
});

describe('the Home tab on Slack', () => {
  const homeOf = async (id: string) => {
    await open.slack.until(() => open.team.homes.has(id), 'the Home tab');
    const home = open.team.homes.get(id) ?? {};
    checkView(home, 'home');
    return { blocks: home.blocks as readonly Record<string, unknown>[], words: wordsOf([home]) };
  };

  it('shows what moved in the last day, pressure, and help', async () => {
    await open.ben.opensHome();
    const { words } = await homeOf('U2');
    expect(words).toContain('The last day · Policy team');
    expect(words).toContain('Senate votes on a federal preemption');
    expect(words).toContain('Pressure on each barrier');
    expect(words).toContain('What you can type');
  });

  it('shows how the feeds do to admins alone', async () => {
    await open.ben.opensHome();
    expect((await homeOf('U2')).words).not.toContain('Feed health');
    await open.ana.opensHome();
    expect((await homeOf('U1')).words).toContain('Feed health');
  });

  it('has buttons that are answered by direct message', async () => {
    await open.ben.opensHome();
    const asked = await open.ben.presses(undefined, await homeOf('U2'), 'See the barriers');
    await open.slack.until(() => open.direct('U2').includes('The six barriers'), 'the answer');
    expect(asked.answers).toEqual([]);
    expect(open.shown()).toBe('');
  });

  it('opens the form for a feed, which is answered by direct message', async () => {
    await open.close();
    open = await openSlack({ sources: new Map([['https://new.example/feed', []]]) });
    await open.ana.opensHome();
    await open.ana.presses(undefined, await homeOf('U1'), 'Add a feed');
    await open.slack.until(() => open.ana.form() !== undefined, 'a form');
    await open.ana.submits({ url: 'https://new.example/feed' });
    await open.slack.until(() => open.direct('U1').includes('Added'), 'the confirmation');
    expect(await open.store.listFeeds('slack:T1')).toHaveLength(2);
  });

  it('names commands with their prefix, and is left alone by the Messages tab', async () => {
    await open.close();
    open = await openSlack({ options: { prefix: 'bw-' } });
    const event = { type: 'app_home_opened', tab: 'messages', channel: 'D1', user: 'U1' };
    await open.slack.happens(open.team, event);
    await open.ben.opensHome();
    expect((await homeOf('U2')).words).toContain('/bw-barrier search');
    expect(open.team.homes.has('U1')).toBe(false);
  });

  it('of a day with very many events is within what Slack takes', async () => {
    await open.close();
    const items = Array.from({ length: 120 }, (_, index) =>
      itemDraft(`Agency ${index * 7919} of region ${String.fromCharCode(97 + (index % 26)).repeat(9)} bans AI models`, {
        summary: 'Export controls on chips, AI governance talks stall, and rules for AI models are postponed.',
        publishedAt: '2026-06-09T15:00:00.000Z',
      }),
    );
    const broken = Array.from({ length: 40 }, (_, index) => feedDraft(`broken-${index}`));
    open = await openSlack({ items, feeds: [feedDraft('us'), ...broken] });
    await open.ana.opensHome();
    expect((await homeOf('U1')).words).toContain('The last day');
  });
});

describe('a channel that is lost', () => {
  const schedule = () => open.ana.types('C1', '/digest', 'schedule 08:30').then(open.answer);
  const notices = () => times(open.direct('U1'), 'A digest is held back');
  const digests = () => times(open.shown(), 'AI governance digest ·');
  const nextDay = async () => {
    open.advance(DAY);
    await postDueDigests(open.dependencies);
  };

  it.each([
    ['removed', 'channel_left', 'I was removed from the channel.'],
    ['archived', 'channel_archive', 'The channel was archived.'],
    ['deleted', 'channel_deleted', 'The channel was deleted.'],
  ] as const)('%s holds its digest back, and tells the person who set it up once', async (how, type, words) => {
    const { slack, team } = open;
    await schedule();
    if (how === 'removed') open.general.members.delete(team.botUserId);
    if (how === 'archived') open.general.isArchived = true;
    await slack.happens(team, { type, channel: 'C1' }, { twice: true });
    await slack.until(() => notices() === 1, 'the notice');
    expect(open.direct('U1')).toContain(words);
    await nextDay();
    await nextDay();
    await slack.happens(team, { type, channel: 'C1' });
    await settled();
    expect(digests()).toBe(0);
    expect(notices()).toBe(1);
    open.general.isArchived = false;
    await slack.invites(team, 'C1');
    await slack.until(() => open.shown() !== '', 'the welcome');
    await nextDay();
    expect(digests()).toBe(1);
  });

  it('and found again stays found when Slack tells of the loss once more', async () => {
    const { slack, team } = open;
    await schedule();
    const loss = eventOf(slack.state, team, { type: 'channel_left', channel: 'C1' });
    await slack.sockets.send('events_api', loss);
    await slack.until(() => notices() === 1, 'the notice');
    await slack.invites(team, 'C1');
    await slack.until(() => open.shown() !== '', 'the welcome');
    await slack.sockets.send('events_api', loss);
    await settled();
    await nextDay();
    expect(notices()).toBe(1);
    expect(digests()).toBe(1);
  });

  it('without a word is noticed at the next digest', async () => {
    await schedule();
    open.general.members.delete(open.team.botUserId);
    await nextDay();
    expect(notices()).toBe(1);
    expect(open.direct('U1')).toContain('I am not in this channel');
    await nextDay();
    expect(notices()).toBe(1);
    await open.slack.invites(open.team, 'C1');
    await open.slack.until(() => open.shown() !== '', 'the welcome');
    await nextDay();
    expect(digests()).toBe(1);
  });

  it.each(['app_uninstalled', 'tokens_revoked'])(
    'with its workspace (%s) is held back until the bot is there again',
    async (type) => {
      const { slack, team } = open;
      addChannel(team, 'C2', 'second', { members: ['U1', team.botUserId] });
      await schedule();
      await open.answer(await open.ana.types('C2', '/digest', 'schedule 09:00'));
      team.isTokenRevoked = true;
      const tokens = type === 'tokens_revoked' ? { tokens: { bot: [team.botUserId] } } : {};
      await slack.happens(team, { type, ...tokens });
      const suspended = async () =>
        (await open.store.subscriptions('slack:T1')).filter((subscription) => subscription.suspended);
      await expect.poll(async () => (await suspended()).length).toBe(2);
      await nextDay();
      team.isTokenRevoked = false;
      expect([digests(), shownIn('C2')]).toEqual([0, '']);
      for (const id of ['C1', 'C2']) await slack.invites(team, id);
      await expect.poll(async () => (await suspended()).length).toBe(0);
      await nextDay();
      expect(digests()).toBe(1);
      expect(times(shownIn('C2'), 'AI governance digest ·')).toBe(1);
    },
  );

  it('is not lost when only the token of a person is revoked', async () => {
    await schedule();
    await open.slack.happens(open.team, { type: 'tokens_revoked', tokens: { oauth: ['U2'], bot: [] } });
    await settled();
    await nextDay();
    expect(digests()).toBe(1);
  });

  it('is nothing to speak of where no digest is set up', async () => {
    await open.slack.removes(open.team, 'C1');
    await settled();
    expect(open.direct('U1')).toBe('');
    expect(open.log.lines.filter((line) => line.includes('not dealt with'))).toEqual([]);
  });
});
