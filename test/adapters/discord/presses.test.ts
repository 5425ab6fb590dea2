import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modalOf } from '../../../adapters/discord/modal.ts';
import { optionSpecs } from '../../../src/command.ts';
import { COMMANDS } from '../../../src/commands/index.ts';
import { MINUTE } from '../../../src/time.ts';
import { type OpenBot, openBot } from './open.ts';
import { checkModal } from './server/modal-limits.ts';
import { shownChannel } from './server/shown.ts';

let open: OpenBot;

beforeEach(async () => {
  open = await openBot();
});
afterEach(() => open.close());

/** Discord's type of a deferral, and its flag for one person alone. */
const PRIVATE_DEFERRAL = { type: 5, flags: 64 };
const FORM = 9;

describe('a form on Discord', () => {
  it.each(COMMANDS.filter(({ form }) => form))(
    'of /$root $verb is within every limit and asks for every option that is not typed only',
    (command) => {
      const initial = Object.fromEntries(optionSpecs(command).map(({ name }) => [name, 'x'.repeat(5_000)]));
      for (const values of [{}, initial]) {
        const modal = checkModal(modalOf(command, values));
        expect(modal.components.map(({ component }) => component?.custom_id)).toEqual(
          optionSpecs(command).flatMap(({ name, typedOnly }) => (typedOnly ? [] : [name])),
        );
      }
    },
  );

  it('opens for a command without what it needs, and its filled fields are the options', async () => {
    const { admin, general, core } = open;
    const opened = await admin.types(general, '/digest schedule');
    expect(opened.first.type).toBe(FORM);
    expect(opened.modal()).toMatchObject({ title: 'Schedule the digest' });
    const answer = await admin.submits(general, opened.modal(), { At: '07:45', Barriers: ['pacing-gap'], Streams: [] });
    expect(answer.first).toMatchObject(PRIVATE_DEFERRAL);
    const [subscription] = await core.store.subscriptions(`discord:${open.guild.id}`);
    expect(subscription).toMatchObject({ localTime: '07:45', barriers: ['pacing-gap'], streams: [] });
  });

  it('opens with what is set already', async () => {
    const { admin, general } = open;
    await admin.types(general, '/digest schedule', { at: '06:10', streams: 'eu' });
    const modal = (await admin.types(general, '/digest schedule')).modal();
    const held = modal.components.map(
      ({ component }) =>
        component?.value ?? component?.options?.filter((each) => each.default).map(({ value }) => value),
    );
    expect(held).toEqual(['06:10', 'Europe/Brussels', 'daily', [], ['eu']]);
  });

  it('refuses a member who sends one all the same', async () => {
    const { admin, member, general, core } = open;
    const modal = (await admin.types(general, '/digest schedule')).modal();
    const answer = await member.submits(general, modal, { At: '07:45' });
    expect(answer.text).toContain('/digest schedule is for admins.');
    expect(await core.store.subscriptions(`discord:${open.guild.id}`)).toEqual([]);
  });

  it('says what is wrong with what was filled in', async () => {
    const { admin, general } = open;
    const modal = (await admin.types(general, '/digest schedule')).modal();
    expect((await admin.submits(general, modal, { At: 'at dawn' })).text).toContain('“at dawn” is not a time of day.');
  });

  it('of a version that is gone says so', async () => {
    const { admin, general } = open;
    const modal = (await admin.types(general, '/digest schedule')).modal();
    const answer = await admin.submits(general, { ...modal, custom_id: 'form digest begin' });
    expect(answer.text).toContain('This form is out of date');
  });
});

describe('buttons and menus on Discord', () => {
  it('explain the entry that is chosen, also after a restart', async () => {
    const { member, general } = open;
    const found = await member.types(general, '/barrier search', { words: 'export controls' });
    await open.restart();
    const why = await member.chooses(found.private.at(-1), 'United States widens');
    expect(why.text).toContain('Why: United States widens export controls');
    expect(why.public).toEqual([]);
  });

  it('run their command again, with the rights of the one who presses', async () => {
    const { admin, member, general } = open;
    await admin.types(general, '/digest schedule', { at: '08:30' });
    await admin.types(general, '/digest now');
    const digest = general.messages.at(-1);
    const refused = await member.presses(digest, 'Pause');
    expect(refused.text).toContain('/digest pause is for admins.');
    await admin.presses(digest, 'Pause');
    expect(shownChannel(general)).toMatch(/paused.* · Ana/i);
  });

  it('act once on a double click, and again when it is meant', async () => {
    const { admin, member, general, core } = open;
    const welcome = general.messages[0];
    const [one, other] = await admin.pressesTwice(welcome, 'Help');
    expect([one.text, other.text].filter((text) => text.includes('what you can type'))).toHaveLength(1);
    expect([one.text, other.text].filter((text) => text.includes('It is done once'))).toHaveLength(1);
    expect((await member.presses(welcome, 'Help')).text).toContain('what you can type');
    core.advance(MINUTE);
    expect((await admin.presses(welcome, 'Help')).text).toContain('what you can type');
  });

  it('open a form for an admin, and tell a member who may', async () => {
    const { admin, member, general } = open;
    const welcome = general.messages[0];
    expect((await admin.presses(welcome, 'Set up the digest')).modal().title).toBe('Schedule the digest');
    expect((await member.presses(welcome, 'Set up the digest')).text).toContain('is for admins');
  });

  it('share a private answer with the channel once, with who shared it', async () => {
    const { member, general, core } = open;
    const found = await member.types(general, '/barrier search', { words: `export controls ${'chips '.repeat(30)}` });
    const answer = await member.types(general, '/barrier show', { barrier: 'deadlock' });
    await member.presses(answer.private.at(-1), 'Share to channel');
    expect(shownChannel(general)).toContain('Geopolitical deadlock · Ben');
    core.advance(MINUTE);
    const again = await member.presses(answer.private.at(-1), 'Share to channel');
    expect(again.text).toContain('Shared already');
    // A line too long for a button is kept in the store.
    await member.presses(found.private.at(-1), 'Share to channel');
    expect(shownChannel(general)).toContain('Search: export controls chips');
    expect(open.server.pings()).toEqual([]);
  });

  it.each(['nonsense', 'run /feeds add https://x.example', 'kept 00000000000000000000', 'share /digest pause'])(
    'gain nobody a right by a forged press “%s”',
    async (customId) => {
      const { member, general, core } = open;
      const before = general.messages.length;
      const answer = await member.forges(general.messages[0], customId);
      expect(answer.text).toMatch(/out of date|is for admins/);
      expect(general.messages.filter(({ ephemeralFor }) => ephemeralFor === undefined)).toHaveLength(before);
      expect((await core.store.listFeeds(`discord:${open.guild.id}`)).map(({ id }) => id)).toEqual(['us']);
    },
  );
});
