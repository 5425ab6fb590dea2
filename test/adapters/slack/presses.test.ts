import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../../src/time.ts';
import { bigDigest } from '../big-digest.ts';
import { type OpenSlack, openSlack, times, wordsOf } from './open-slack.ts';
import type { Person } from './server/person.ts';
import type { Json } from './server/state.ts';

/** Longer than a button can carry. */
const LONG_ADDRESS = `https://new.example/feed?q=${'governance-of-ai-'.repeat(140)}`;

let open: OpenSlack;

beforeEach(async () => {
  open = await openSlack({ sources: new Map([[LONG_ADDRESS, []]]) });
});
afterEach(() => open.close());

interface Shown {
  readonly blocks: readonly Json[];
  readonly ts: string;
}

/** The newest answer to a command, with its buttons. */
async function answerOf(person: Person, command: string, text: string, count = 1): Promise<Shown> {
  const asked = await person.types('C1', command, text);
  await open.slack.until(() => asked.answers.length >= count, 'an answer');
  return { blocks: (asked.answers.at(-1)?.blocks ?? []) as readonly Json[], ts: open.slack.state.newTs() };
}

/** A digest in the channel, with its buttons. */
async function postedDigest(): Promise<Shown> {
  const { ana, slack, team } = open;
  await answerOf(ana, '/digest', 'schedule 08:30');
  await answerOf(ana, '/digest', 'now');
  const digest = slack.messages(team, 'C1').at(-1);
  if (digest === undefined) throw new Error('no digest was posted');
  return digest;
}

/** A button as some other version may have made it. */
function button(value: string): Shown {
  const element = { type: 'button', action_id: 'press:0', text: { type: 'plain_text', text: 'Old' }, value };
  return { blocks: [{ type: 'actions', elements: [element] }], ts: '1.0' };
}

const presses = async (person: Person, shown: Shown, label: string) =>
  open.answer(await person.presses('C1', shown, label));

describe.each(['at once', 'after a restart'])('a press on Slack, %s', (when) => {
  const mayRestart = async () => {
    if (when === 'after a restart') await open.restart();
  };

  it('explains the item that is chosen, to the person alone', async () => {
    const digest = await postedDigest();
    await mayRestart();
    const asked = await open.ben.chooses('C1', digest, 'Senate votes');
    expect(await open.answer(asked)).toContain('Why: Senate votes on a federal preemption');
    expect(asked.answers).toMatchObject([{ response_type: 'ephemeral', replace_original: false }]);
  });

  it('in a thread is answered there, to the person alone', async () => {
    const { slack, team } = open;
    const id = await open.adapter.post(open.channel, bigDigest(60), 'a digest');
    const inThread = slack.messages(team, 'C1').at(-1);
    if (inThread?.threadTs !== id) throw new Error('no thread');
    await mayRestart();
    const asked = await open.ben.chooses('C1', inThread, 'Event number');
    await open.answer(asked);
    expect(asked.answers).toMatchObject([{ response_type: 'ephemeral', thread_ts: id }]);
    const [parent] = slack.messages(team, 'C1');
    if (parent === undefined) throw new Error('no digest');
    const outside = await open.ben.chooses('C1', { ...parent, threadTs: id }, 'Event number');
    await open.answer(outside);
    expect(outside.answers[0]).not.toHaveProperty('thread_ts');
  });

  it('shows more of a digest', async () => {
    const digest = await postedDigest();
    await mayRestart();
    expect(await presses(open.ben, digest, 'More')).toContain('Senate votes on a federal preemption');
  });

  it('pauses for an admin, and for nobody else', async () => {
    const digest = await postedDigest();
    await mayRestart();
    const refused = await open.ben.presses('C1', digest, 'Pause');
    expect(await open.answer(refused)).toContain('/digest pause is for admins.');
    expect(refused.answers).toMatchObject([{ response_type: 'ephemeral' }]);
    const paused = await open.ana.presses('C1', digest, 'Pause');
    expect(await open.answer(paused)).toContain('Digest paused');
    expect(wordsOf(paused.answers)).toContain('By ana');
    expect(paused.answers).toMatchObject([{ response_type: 'in_channel' }]);
  });

  it('undoes a change once', async () => {
    const added = await answerOf(open.ana, '/feeds', `add ${LONG_ADDRESS}`);
    await mayRestart();
    expect(await presses(open.ana, added, 'Undo')).toContain('Undone: add');
    open.advance(MINUTE);
    expect(await presses(open.ana, added, 'Undo')).toContain('was taken back already');
    expect(await open.store.listFeeds('slack:T1')).toHaveLength(1);
  });

  it('shares a private answer once, and says by whom', async () => {
    const found = await answerOf(open.ben, '/barrier', 'deadlock');
    await mayRestart();
    const shared = await open.ben.presses('C1', found, 'Share to channel');
    expect(await open.answer(shared)).toContain('By ben');
    expect(shared.answers).toMatchObject([{ response_type: 'in_channel' }]);
    expect(JSON.stringify(shared.answers)).not.toContain('Share to channel');
    open.advance(MINUTE);
    const again = await open.ben.presses('C1', found, 'Share to channel');
    expect(await open.answer(again)).toContain('You shared this already.');
    expect(again.answers).toMatchObject([{ response_type: 'ephemeral' }]);
  });

  it('takes a command line that no button could carry', async () => {
    const tested = await answerOf(open.ana, '/feeds', `test ${LONG_ADDRESS}`);
    await mayRestart();
    expect(JSON.stringify(tested.blocks)).not.toContain(`add ${LONG_ADDRESS}`);
    expect(await presses(open.ana, tested, 'Add this feed')).toContain('Added');
    expect((await open.store.listFeeds('slack:T1')).map(({ url }) => url)).toContain(LONG_ADDRESS);
  });
});

describe('a double click on Slack', () => {
  it('acts once, and a later press acts again', async () => {
    const { ana, ben } = open;
    const found = await answerOf(ben, '/barrier', 'deadlock');
    const clicks = await Promise.all([1, 2, 3].map(() => ben.presses('C1', found, 'Share to channel')));
    await open.slack.until(() => clicks.some(({ answers }) => answers.length > 0), 'an answer');
    await answerOf(ana, '/barrier', '');
    expect(clicks.flatMap(({ answers }) => answers)).toHaveLength(1);
    const digest = await postedDigest();
    const pair = await Promise.all([1, 2].map(() => ana.presses('C1', digest, 'More')));
    await open.slack.until(() => pair.some(({ answers }) => answers.length > 0), 'an answer');
    await answerOf(ana, '/barrier', '');
    expect(pair.filter(({ answers }) => answers.length > 0)).toHaveLength(1);
    open.advance(MINUTE);
    expect(await presses(ana, digest, 'More')).toContain('Senate votes');
  });

  it('of two people acts for each', async () => {
    const { ana, ben } = open;
    const digest = await postedDigest();
    const both = await Promise.all([ana, ben].map((person) => person.presses('C1', digest, 'More')));
    for (const asked of both) expect(await open.answer(asked)).toContain('Senate votes');
  });

  it('that Slack delivers twice acts once', async () => {
    const { ana, ben } = open;
    const digest = await postedDigest();
    const asked = await ana.presses('C1', digest, 'Pause', { twice: true });
    await open.answer(asked);
    await answerOf(ben, '/barrier', '');
    expect(times(wordsOf(asked.answers), 'Digest paused')).toBe(1);
    expect(wordsOf(asked.answers)).not.toContain('Paused already');
  });
});

describe('a button that this version did not make', () => {
  it.each(['nonsense', '', '@00000000000000000000', 'run', 'open /feeds add'])('“%s” says so', async (value) => {
    expect(await presses(open.ben, button(value), 'Old')).toContain('This button is of an older version.');
  });

  it.each(['run /feeds add https://x.example', 'share /digest pause', 'form /feeds add'])(
    '“%s” gives nobody a right',
    async (value) => {
      await answerOf(open.ana, '/digest', 'schedule 08:30');
      const asked = await open.ben.presses('C1', button(value), 'Old');
      expect(await open.answer(asked)).toContain('is for admins');
      expect(asked.answers).toMatchObject([{ response_type: 'ephemeral' }]);
      expect(await open.store.listFeeds('slack:T1')).toHaveLength(1);
      expect(open.shown()).toBe('');
    },
  );

  it('holds a command that is gone: the answer says what there is', async () => {
    expect(await presses(open.ben, button('run /digest begin'), 'Old')).toContain('/digest has no “begin”.');
  });
});
