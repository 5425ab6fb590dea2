import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { itemDraft } from '../../test-bot.ts';
import { type OpenSlack, openSlack, times, wordsOf } from './open-slack.ts';
import type { Asked } from './server/person.ts';

const NEW_FEED = 'https://new.example/feed';

let open: OpenSlack;

beforeEach(async () => {
  open = await openSlack({ sources: new Map([[NEW_FEED, [itemDraft('An item of the new source')]]]) });
});
afterEach(() => open.close());

/** The form that Ana opened by a command in the channel. */
async function opens(command: string, text: string): Promise<Asked> {
  const { ana, slack } = open;
  const before = ana.form()?.id;
  const asked = await ana.types('C1', command, text);
  await slack.until(() => ana.form()?.id !== before, 'a form');
  return asked;
}

interface Input {
  readonly block_id: string;
  readonly element: Readonly<Record<string, unknown>>;
}

function inputs(): readonly Input[] {
  const view = open.ana.form()?.view as { blocks: readonly (Input & { type: string })[] } | undefined;
  return (view?.blocks ?? []).filter(({ type }) => type === 'input');
}

const element = (name: string) => inputs().find(({ block_id }) => block_id === name)?.element;

const subscriptions = () => open.store.subscriptions('slack:T1');

const feedAddresses = async () => (await open.store.listFeeds('slack:T1')).map(({ url }) => url);

describe('a form on Slack', () => {
  it('opens for a command without what it needs, with what it would do by default', async () => {
    const asked = await opens('/digest', 'schedule');
    expect(open.ana.form()?.view).toMatchObject({
      title: { text: 'Schedule the digest' },
      submit: { text: 'Save' },
    });
    expect(inputs().map(({ block_id }) => block_id)).toEqual(['at', 'zone', 'days', 'barriers', 'streams']);
    expect(element('at')).toMatchObject({ initial_value: '08:30' });
    expect(element('zone')).toMatchObject({ initial_value: 'Europe/Brussels' });
    expect(element('streams')).not.toHaveProperty('initial_options');
    expect(asked.answers).toEqual([]);
  });

  it('opens with what is set already, and what was typed before it', async () => {
    await open.answer(await open.ana.types('C1', '/digest', 'schedule 06:10 days:mon,thu streams:eu,us'));
    await opens('/digest', 'schedule length:short');
    expect(element('at')).toMatchObject({ initial_value: '06:10' });
    expect(element('days')).toMatchObject({ initial_value: 'mon,thu' });
    expect(element('streams')).toMatchObject({ initial_options: [{ value: 'eu' }, { value: 'us' }] });
    await opens('/feeds', 'add title:"My source"');
    expect(element('title')).toMatchObject({ initial_value: 'My source' });
  });

  it('filled in does what the command does, and the channel is told by whom', async () => {
    const asked = await opens('/feeds', 'add');
    expect(inputs().map(({ block_id }) => block_id)).toEqual(['url', 'stream', 'title']);
    await open.ana.submits({ url: NEW_FEED, stream: 'eu', title: 'My source' });
    const words = await open.answer(asked);
    expect(words).toContain('Added: My source');
    expect(words).toContain('By ana');
    expect(asked.answers).toMatchObject([{ response_type: 'in_channel' }]);
    expect(await feedAddresses()).toEqual([NEW_FEED, 'https://us.example/feed'].sort());
    const [change] = await open.store.history('slack:T1', 1);
    expect(change).toMatchObject({ actor: 'slack:U1', action: 'add' });
  });

  it('takes no choice and several choices', async () => {
    const first = await opens('/digest', 'schedule');
    await open.ana.submits({ at: '07:45', barriers: ['pacing-gap', 'geopolitical-deadlock'], streams: [] });
    expect(await open.answer(first)).toContain('Digest scheduled');
    expect(await subscriptions()).toMatchObject([
      { localTime: '07:45', barriers: ['pacing-gap', 'geopolitical-deadlock'], streams: [] },
    ]);
    const second = await opens('/digest', 'schedule');
    await open.ana.submits({ barriers: [], streams: ['un', 'eu'] });
    await open.answer(second);
    expect(await subscriptions()).toMatchObject([{ localTime: '07:45', barriers: [], streams: ['un', 'eu'] }]);
  });

  it.each([
    [{ at: 'at dawn' }, '“dawn” is no time of day'],
    [{ at: '08:30', zone: 'Mars/Olympus' }, 'Mars/Olympus'],
    [{ at: '08:30', days: 'someday' }, 'someday'],
  ])('filled with %j says what is wrong, to the person alone', async (values, words) => {
    const asked = await opens('/digest', 'schedule');
    await open.ana.submits(values);
    expect(await open.answer(asked)).toContain(words);
    expect(asked.answers).toMatchObject([{ response_type: 'ephemeral' }]);
    expect(await subscriptions()).toEqual([]);
  });

  it('submitted twice, or delivered twice, is done once', async () => {
    const { ana, ben } = open;
    const asked = await opens('/feeds', 'add');
    await ana.submits({ url: NEW_FEED }, { twice: true });
    await open.answer(asked);
    await open.answer(await ben.types('C1', '/barrier', ''));
    expect(times(wordsOf(asked.answers), 'Added')).toBe(1);
    expect(wordsOf(asked.answers)).not.toContain('That did not work');
  });

  it('survives a restart between opening and submitting', async () => {
    const asked = await opens('/feeds', 'add');
    await open.restart();
    await open.ana.submits({ url: NEW_FEED });
    expect(await open.answer(asked)).toContain('Added');
  });

  it('whose address is out of date when it is submitted is answered in the channel', async () => {
    const asked = await opens('/feeds', 'add');
    open.slack.faults.next('response_url', { kind: 'status', status: 404 });
    await open.ana.submits({ url: NEW_FEED });
    await open.slack.until(() => open.shown().includes('Added'), 'the confirmation');
    expect(open.shown()).toContain('By ana');
    expect(asked.answers).toEqual([]);
  });

  it('is not opened for a member, who is told who may', async () => {
    for (const [command, text] of [
      ['/digest', 'schedule'],
      ['/feeds', 'add'],
    ] as const) {
      const asked = await open.ben.types('C1', command, text);
      const words = await open.answer(asked);
      expect(words).toContain('is for admins. Ask someone named in ADMINS');
      expect(asked.answers).toMatchObject([{ response_type: 'ephemeral' }]);
    }
    expect(open.ben.form()).toBeUndefined();
    expect(open.slack.calls.map(({ method }) => method)).not.toContain('views.open');
  });

  it('is refused to a person who was an admin when it opened and is none any more', async () => {
    const asked = await opens('/feeds', 'add');
    open.team.users.set('U1', { ...open.ana.user, isAdmin: false });
    open.advance(4 * 60_000);
    await open.ana.submits({ url: NEW_FEED });
    expect(await open.answer(asked)).toContain('is for admins');
    expect(await feedAddresses()).toEqual(['https://us.example/feed']);
  });

  it.each(['expired_trigger_id', 'exchanged_trigger_id'])(
    'that Slack does not open any more (%s) is answered with the command to type',
    async (code) => {
      open.slack.faults.next('views.open', { kind: 'refuse', code });
      const words = await open.answer(await open.ana.types('C1', '/digest', 'schedule'));
      expect(words).toContain('Slack opened no form in time.');
      expect(words).toContain('/digest schedule weekdays 8:30 Europe/Brussels');
    },
  );

  it('names the command with the prefix that it has here', async () => {
    await open.close();
    open = await openSlack({ options: { prefix: 'bw-' } });
    open.slack.faults.next('views.open', { kind: 'refuse', code: 'expired_trigger_id' });
    expect(await open.answer(await open.ana.types('C1', '/bw-digest', 'schedule'))).toContain(
      'type it: /bw-digest schedule',
    );
    await opens('/bw-digest', 'schedule');
    expect(JSON.stringify(open.ana.form()?.view)).toContain('Or type it: /bw-digest schedule');
  });

  it('of an older version says so', async () => {
    const asked = await opens('/feeds', 'add');
    const form = open.ana.form();
    const place = JSON.parse(String(form?.view.private_metadata));
    if (form) form.view = { ...form.view, private_metadata: JSON.stringify({ ...place, line: '/feeds begin' }) };
    await open.ana.submits({ url: NEW_FEED });
    expect(await open.answer(asked)).toContain('This form is of an older version.');
    expect(await feedAddresses()).toEqual(['https://us.example/feed']);
  });
});

describe('the form from the welcome', () => {
  it('opens for an admin, and sets up the digest of the channel', async () => {
    const { ana, ben, slack, team } = open;
    await slack.invites(team, 'C1');
    await slack.until(() => slack.messages(team, 'C1').length === 1, 'the welcome');
    const [welcome] = slack.messages(team, 'C1');
    if (welcome === undefined) throw new Error('no welcome');
    expect(await open.answer(await ben.presses('C1', welcome, 'Set up the digest'))).toContain('is for admins');
    const pressed = await ana.presses('C1', welcome, 'Set up the digest');
    await slack.until(() => ana.form() !== undefined, 'a form');
    await ana.submits({ at: '09:15' });
    expect(await open.answer(pressed)).toContain('Digest scheduled');
    expect(pressed.answers).toMatchObject([{ response_type: 'in_channel', replace_original: false }]);
    expect(await subscriptions()).toMatchObject([{ localTime: '09:15', channel: { id: 'C1' } }]);
  });
});
