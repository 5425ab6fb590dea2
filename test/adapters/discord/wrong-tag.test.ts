import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type OpenBot, openBot } from './open.ts';
import { shownChannel } from './server/shown.ts';

let open: OpenBot;

beforeEach(async () => {
  open = await openBot();
});
afterEach(() => open.close());

describe('a wrong tag on Discord', () => {
  it('is two presses and a form away from every item, and an admin confirms it with one more', async () => {
    const { admin, member, general, core, guild } = open;
    const found = await member.types(general, '/barrier search', { words: 'export controls' });
    const why = await member.chooses(found.private.at(-1), 'United States widens');
    const modal = (await member.presses(why.private.at(-1), 'Wrong tag')).modal();
    expect(modal.components.map(({ label }) => label)).toEqual(['Barriers', 'Primary', 'Crisis', 'Words', 'Note']);
    expect(modal.components[0]?.component?.value).toBe('geopolitical-deadlock deepens');
    await open.restart();
    const answer = await member.submits(general, modal, {
      Barriers: 'military mixed',
      Primary: '',
      Words: 'chips',
      Note: 'chips',
    });
    expect(answer.text).toContain('nothing changes until an admin confirms it');
    expect(answer.public).toEqual([]);
    const listed = await admin.types(general, '/barrier corrections');
    expect(listed.text).toContain('proposed by Ben');
    expect((await member.presses(answer.private.at(-1), 'Confirm #1')).text).toContain('is for admins');
    await admin.presses(listed.private.at(-1), 'Confirm #1');
    expect(shownChannel(general)).toContain('Corrected: United States widens');
    const [corrected] = await core.store.correctedItems(`discord:${guild.id}`);
    expect(corrected?.correction).toMatchObject({
      words: 'chips',
      note: 'chips',
      judged: { primary: 'ungoverned-militarization' },
    });
  });

  it('can be typed with its options, opens the form for an item alone, and knows an item by a long link', async () => {
    const { member, general, core, guild } = open;
    const [read] = await core.store.recentItems(`discord:${guild.id}`, { limit: 1 });
    const item = read?.item.id ?? '';
    const typed = await member.types(general, '/barrier wrong', { item, barriers: 'off topic' });
    expect(typed.text).toContain('Proposed');
    const link = `${read?.item.url}?utm_source=${'x'.repeat(150)}`;
    const modal = (await member.types(general, '/barrier wrong', { item: link })).modal();
    const answer = await member.submits(general, modal, { Barriers: 'none' });
    expect(answer.text).toContain('no barrier');
  });
});
