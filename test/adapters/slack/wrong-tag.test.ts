import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenSlack, openSlack, wordsOf } from './open-slack.ts';
import type { Json } from './server/state.ts';

let open: OpenSlack;

beforeEach(async () => {
  open = await openSlack();
});
afterEach(() => open.close());

const opened = () => open.slack.until(() => open.ben.form() !== undefined, 'a form');

/** An answer as a message whose buttons can be pressed. */
function shownIn(answers: readonly object[]) {
  const blocks = answers.flatMap((answer) => ('blocks' in answer ? (answer.blocks as readonly Json[]) : []));
  return { blocks, ts: open.slack.state.newTs() };
}

describe('a wrong tag on Slack', () => {
  it('is two presses and a form away from every item, and an admin confirms it with one more', async () => {
    const { ana, ben, slack } = open;
    const found = await ben.types('C1', '/barrier', 'search export controls');
    await slack.until(() => found.answers.length > 0, 'an answer');
    const why = await ben.chooses('C1', shownIn(found.answers), 'United States widens');
    await slack.until(() => why.answers.length > 0, 'why');
    const pressed = await ben.presses('C1', shownIn(why.answers), 'Wrong tag');
    await opened();
    const view = JSON.stringify(ben.form()?.view);
    expect(view).toContain('What is right?');
    expect(view).toContain('geopolitical-deadlock deepens');
    await open.restart();
    await ben.submits({
      barriers: 'military mixed',
      primary: '',
      crisis: 'no',
      words: 'chips',
      note: 'It is about chips',
    });
    const proposed = await open.answer(pressed);
    expect(proposed).toContain('nothing changes until an admin confirms it');
    expect(pressed.answers).toMatchObject([{ response_type: 'ephemeral' }]);
    const listed = await ana.types('C1', '/barrier', 'corrections');
    await slack.until(() => listed.answers.length > 0, 'the list');
    expect(wordsOf(listed.answers)).toContain('proposed by ben');
    const confirmed = await ana.presses('C1', shownIn(listed.answers), 'Confirm #1');
    expect(await open.answer(confirmed)).toContain('By ana');
    expect(confirmed.answers).toMatchObject([{ response_type: 'in_channel' }]);
    expect(await open.answer(await ben.types('C1', '/barrier', 'military'))).toContain('United States widens');
  });

  it('asks for the item, too, where none was named', async () => {
    const { ben, slack, team } = open;
    const asked = await ben.types('C1', '/barrier', 'wrong');
    await opened();
    const [read] = await open.store.recentItems('slack:T1', { limit: 1 });
    await ben.submits({ item: read?.item.id ?? '', barriers: 'off topic' });
    expect(await open.answer(asked)).toContain('Proposed');
    expect(slack.messages(team, 'C1')).toEqual([]);
  });
});
