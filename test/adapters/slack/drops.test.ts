import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenSlack, openSlack, times, wordsOf } from './open-slack.ts';
import type { Asked } from './server/person.ts';
import { addChannel } from './server/state.ts';

let open: OpenSlack;

beforeEach(async () => {
  open = await openSlack();
});
afterEach(() => open.close());

const KINDS = ['cut', 'refresh_requested', 'warning'] as const;

describe('a socket to Slack that is dropped ten times while people ask', () => {
  it('has every command that Slack could deliver answered once, and no event lost', async () => {
    const { ana, ben, slack, team } = open;
    const asked: Asked[] = [];
    const connects = () => slack.calls.filter(({ method }) => method === 'apps.connections.open').length;
    const ask = async (person: typeof ana, words: string) => {
      try {
        asked.push(await person.types('C1', '/barrier', words));
      } catch (thrown) {
        // Slack says so to the person, and sends no command again.
        expect(String(thrown)).toContain('dispatch_failed');
      }
    };
    for (let round = 0; round < 10; round++) {
      await slack.until(() => connects() > round && slack.sockets.open() === 1, 'a connection');
      addChannel(team, `C${100 + round}`, `channel-${round}`, { members: ['U1', 'U2'] });
      await ask(ben, 'pacing');
      const underWay = [ask(ana, 'deadlock'), ask(ben, 'search chips'), slack.invites(team, `C${100 + round}`)];
      slack.sockets.disconnect(KINDS[round % KINDS.length] ?? 'cut');
      await Promise.all(underWay);
    }
    expect(asked.length).toBeGreaterThan(4);
    await slack.until(() => asked.every(({ answers }) => answers.length > 0), 'all answers');
    for (let round = 0; round < 10; round++) {
      const welcomes = () => wordsOf(slack.messages(team, `C${100 + round}`));
      await slack.until(() => welcomes() !== '', `the welcome in channel ${round}`);
      expect(times(welcomes(), 'Barrierwatch is here')).toBe(1);
    }
    // Neither what was delivered nor what Slack gave up is answered twice.
    const answers = [...slack.state.responses.values()].map((address) => address.answers.length);
    expect(answers).toHaveLength(30);
    expect(Math.max(...answers)).toBe(1);
    await slack.until(() => slack.sockets.open() === 1, 'one connection');
  });

  it('has every digest posted once', async () => {
    const card = { tone: 'plain', public: true, timeZone: 'UTC', blocks: [] } as const;
    for (let round = 0; round < 10; round++) {
      const posting = open.adapter.post(open.channel, { ...card, title: `Digest ${round}.` }, `digest ${round}`);
      open.slack.sockets.disconnect(KINDS[round % KINDS.length] ?? 'cut');
      await posting;
    }
    expect(open.shown().match(/Digest \d\./g)).toEqual(Array.from({ length: 10 }, (_, index) => `Digest ${index}.`));
  });
});

describe('an envelope that Slack delivers twice', () => {
  it('acts once, whatever it holds', async () => {
    const { ana, ben, slack, team } = open;
    await slack.invites(team, 'C1', { twice: true });
    const scheduled = await ana.types('C1', '/digest', 'schedule 08:30', { twice: true });
    await open.answer(scheduled);
    const paused = await ana.types('C1', '/digest', 'pause', { twice: true });
    await open.answer(paused);
    await open.answer(await ben.types('C1', '/barrier', ''));
    expect(times(open.shown(), 'Barrierwatch is here')).toBe(1);
    expect(times(wordsOf(scheduled.answers), 'Digest scheduled')).toBe(1);
    expect(wordsOf(paused.answers)).not.toContain('Paused already');
    const actions = (await open.store.history('slack:T1', 10)).map(({ action }) => action);
    expect(actions.filter((action) => action.startsWith('digest'))).toEqual(['digest pause', 'digest schedule']);
  });
});
