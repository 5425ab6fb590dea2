import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { feedDraft, itemDraft } from '../../test-bot.ts';
import { type OpenSlack, openSlack, times, wordsOf } from './open-slack.ts';
import { addChannel } from './server/state.ts';

let open: OpenSlack;

beforeEach(async () => {
  open = await openSlack();
});
afterEach(() => open.close());

/** Everything that Slack refused so far would stand here. */
function refusals(): string[] {
  return open.log.lines.filter((line) => /got no answer|not dealt with|failed/.test(line));
}

const asksFor = async (command: string, text = '') => open.answer(await open.ben.types('C1', command, text));

describe('a command on Slack', () => {
  it.each([
    ['/barrier', '', 'The six barriers to governing AI internationally'],
    ['/barrier', 'deadlock', 'Geopolitical deadlock'],
    ['/barrier', '  SHOW   pacing ', 'Technology outruns law'],
    ['/barrier', 'search "export controls"', 'United States widens export controls'],
    ['/barrier', 'search “export controls”', 'United States widens export controls'],
    ['/barrier', 'search export controls stream:us', 'Search: export controls (stream us)'],
    ['/feeds', '', '1 feed'],
    ['/feeds', 'list us', 'https://us.example/feed'],
    ['/feeds', 'health', 'us'],
    ['/feeds', 'export', 'opml:us'],
    ['/barrier', 'help feeds add', 'For example:'],
    ['/digest', 'status', 'This channel gets no digest yet'],
  ])('“%s %s” is answered to the caller alone', async (command, text, words) => {
    const asked = await open.ben.types('C1', command, text);
    expect(await open.answer(asked)).toContain(words);
    expect(asked.answers.map(({ response_type }) => response_type)).not.toContain('in_channel');
    expect(open.shown()).toBe('');
    expect(refusals()).toEqual([]);
  });

  it('shows a digest before it is posted, and the last one again', async () => {
    const { ana, slack, team } = open;
    await open.answer(await ana.types('C1', '/digest', 'schedule 08:30'));
    const preview = await asksFor('/digest', 'preview');
    expect(preview).toContain('Preview: AI governance digest');
    expect(preview).toContain('Senate votes on a federal preemption');
    expect(await asksFor('/digest', 'last')).toContain('has had no digest yet');
    await open.answer(await ana.types('C1', '/digest', 'now'));
    await slack.until(() => open.shown().includes('Senate votes'), 'the digest');
    const before = slack.messages(team, 'C1').length;
    expect(await asksFor('/digest', 'last')).toContain('Senate votes on a federal preemption');
    expect(slack.messages(team, 'C1')).toHaveLength(before);
  });

  it.each([
    ['/barrier', 'serch chips', 'Did you mean /barrier search?'],
    ['/digest', 'shedule 8:30', 'Did you mean /digest schedule?'],
    ['/feeds', 'fnord', '/barrier help shows everything.'],
    ['/barrier', 'help serch', 'Did you mean /barrier help search?'],
  ])('“%s %s” is answered with what was meant', async (command, text, words) => {
    const asked = await open.ben.types('C1', command, text);
    expect(await open.answer(asked)).toContain(words);
    expect(asked.answers).toMatchObject([{ response_type: 'ephemeral' }]);
  });

  it('reads what people write of & and < as they typed it', async () => {
    // Slack escapes the three characters it uses for its own mark-up.
    expect(await asksFor('/barrier', 'search R&amp;D &lt;x&gt;')).toContain('Search: R&D <x>');
  });

  it('delivered twice is done once', async () => {
    const { ana, slack, team } = open;
    const asked = await ana.types('C1', '/digest', 'schedule 08:30', { twice: true });
    await open.answer(asked);
    await asksFor('/barrier', 'help');
    expect(times(wordsOf(asked.answers), 'Digest scheduled')).toBe(1);
    expect(
      (await open.store.history('slack:T1', 10)).filter(({ action }) => action === 'digest schedule'),
    ).toHaveLength(1);
    expect(slack.messages(team, 'C1')).toEqual([]);
  });

  it('tells the channel what concerns it, with who did it', async () => {
    const asked = await open.ana.types('C1', '/digest', 'schedule 08:30');
    expect(await open.answer(asked)).toContain('By ana');
    expect(asked.answers).toMatchObject([{ response_type: 'in_channel' }]);
  });

  it('is answered in a channel that the bot is not in, and a digest set up there says to invite it', async () => {
    addChannel(open.team, 'C9', 'elsewhere', { members: ['U1', 'U2'] });
    expect(await open.answer(await open.ben.types('C9', '/barrier', 'deadlock'))).toContain('Geopolitical deadlock');
    const words = await open.answer(await open.ana.types('C9', '/digest', 'schedule 08:30'));
    expect(words).toContain('It cannot come yet: I am not in this channel. Invite me with /invite @barrierwatch.');
    addChannel(open.team, 'G9', 'private', { isPrivate: true, members: ['U1'] });
    const inPrivate = await open.answer(await open.ana.types('G9', '/digest', 'schedule 08:30'));
    expect(inPrivate).toContain('It cannot come yet: I am not in this channel.');
  });

  it('whose response address is no longer valid is answered by direct message', async () => {
    open.slack.faults.next('response_url', { kind: 'status', status: 404 });
    const asked = await open.ben.types('C1', '/barrier', 'deadlock');
    await open.slack.until(() => open.direct('U2').includes('Geopolitical deadlock'), 'a direct message');
    expect(asked.answers).toEqual([]);
    expect(open.shown()).toBe('');
  });

  it('whose answer Slack does not take at first is answered once', async () => {
    open.slack.faults.next('response_url', { kind: 'status', status: 503 });
    const asked = await open.ben.types('C1', '/barrier', 'deadlock');
    expect(times(await open.answer(asked), 'Geopolitical deadlock')).toBe(1);
  });

  it('that fails in a way of our own is answered, and logged', async () => {
    open.host.once = async () => {
      throw new Error('the disk is full');
    };
    expect(await asksFor('/barrier', '')).toContain('Something went wrong');
    expect(open.log.lines.join()).toContain('the disk is full');
  });
});

describe('a long answer on Slack', () => {
  it('takes at most four uses of its response address, and says what is left out', async () => {
    await open.close();
    const drafts = Array.from({ length: 400 }, (_, index) =>
      feedDraft(`feed-number-${index}`, { title: `Source ${index} of very many`, stream: 'eu' }),
    );
    open = await openSlack({ feeds: drafts });
    const asked = await open.ben.types('C1', '/feeds', 'list');
    await open.slack.until(() => asked.answers.length === 4, 'four answers');
    expect(wordsOf(asked.answers)).toContain('not shown here. Narrow it down');
    expect(wordsOf(asked.answers)).toContain('400 feeds');
    expect(refusals()).toEqual([]);
  });

  it('of a digest with many events says how many are not shown', async () => {
    await open.close();
    const items = Array.from({ length: 150 }, (_, index) => {
      const who = String.fromCharCode(97 + (index % 26)).repeat(4 + (index % 7)) + index;
      return itemDraft(`Ministry ${who} adopts export controls on AI chips in region ${index * 7919}`, {
        summary: `${'Ministers agreed on governing AI models. '.repeat(6)} ${who}`,
        publishedAt: '2026-06-09T15:00:00.000Z',
      });
    });
    open = await openSlack({ items });
    await open.answer(await open.ana.types('C1', '/digest', 'schedule 08:30'));
    const asked = await open.ben.types('C1', '/digest', 'preview full:yes');
    await open.slack.until(() => asked.answers.length === 4, 'four answers');
    expect(wordsOf(asked.answers)).toMatch(/… \d+ entries not shown here/);
    expect(refusals()).toEqual([]);
  });

  it('that is a file comes as a direct message', async () => {
    await open.close();
    open = await openSlack({ feeds: Array.from({ length: 400 }, (_, index) => feedDraft(`feed-number-${index}`)) });
    const asked = await open.ben.types('C1', '/feeds', 'export json');
    await open.slack.until(() => asked.answers.length === 2, 'two answers');
    expect(wordsOf(asked.answers)).toContain('barrierwatch-feeds.json is in your direct messages with me.');
    const [file] = [...open.team.files.values()];
    expect(file).toMatchObject({ name: 'barrierwatch-feeds.json', isComplete: true });
    expect(file?.content).toContain('json:feed-number-0,feed-number-1');
    expect(open.team.channels.get('D2')?.messages).toMatchObject([{ files: [file?.id] }]);
    expect(open.shown()).toBe('');
  });

  it('that is a file which may not be sent says which scopes are missing', async () => {
    await open.close();
    open = await openSlack({ feeds: Array.from({ length: 400 }, (_, index) => feedDraft(`feed-number-${index}`)) });
    open.team.scopes = open.team.scopes.filter((scope) => scope !== 'files:write');
    const asked = await open.ben.types('C1', '/feeds', 'export json');
    await open.slack.until(() => asked.answers.length === 2, 'two answers');
    expect(wordsOf(asked.answers)).toContain('The app needs the scopes files:write and im:write.');
  });
});

describe('with a prefix', () => {
  it('the commands have other names, and the answers name them so', async () => {
    await open.close();
    open = await openSlack({ options: { prefix: 'bw-' } });
    expect(await asksFor('/bw-barrier', 'help')).toContain('/bw-barrier search');
    expect(await asksFor('/bw-feeds', 'lst')).toContain('Did you mean /bw-feeds list?');
    await expect(open.ben.types('C1', '/barrier', '')).rejects.toThrow('dispatch_failed');
  });
});

describe('words in a direct message', () => {
  it.each([
    ['help', 'what you can type'],
    ['/barrier deadlock', 'Geopolitical deadlock'],
    ['barrier search "R&amp;D"', 'Search: "R&D"'],
    ['deadlock', 'I do not know “deadlock”'],
    ['feeds test &lt;https://x', 'is for admins'],
  ])('“%s” are answered there', async (text, words) => {
    await open.ben.says(text);
    await open.slack.until(() => open.direct('U2').includes(words), `the answer ${words}`);
    expect(open.direct('U2')).not.toContain('Share to channel');
    expect(open.shown()).toBe('');
  });

  it('may hold an address as Slack writes it', async () => {
    await open.close();
    open = await openSlack({ sources: new Map([['https://new.example/feed?a=1&b=2', []]]) });
    await open.ana.says('/feeds add <https://new.example/feed?a=1&amp;b=2|new.example/feed>');
    await open.slack.until(() => open.direct('U1').includes('Added'), 'the confirmation');
    expect(open.direct('U1')).not.toContain('By ');
    const feeds = await open.store.listFeeds('slack:T1');
    expect(feeds.map(({ url }) => url)).toContain('https://new.example/feed?a=1&b=2');
  });

  it('delivered twice are answered once, and what others say is left alone', async () => {
    const event = { type: 'message', channel_type: 'im', channel: 'D2', user: 'U2', text: 'help' };
    await open.slack.happens(open.team, event, { twice: true });
    await open.slack.happens(open.team, { ...event, text: 'deadlock', bot_id: 'B9' });
    await open.slack.happens(open.team, { ...event, text: 'deadlock', subtype: 'message_changed' });
    await open.slack.happens(open.team, { ...event, text: 'deadlock', channel_type: 'channel' });
    await open.ben.says('barrier pacing');
    await open.slack.until(() => open.direct('U2').includes('Technology outruns law'), 'the last answer');
    expect(times(open.direct('U2'), 'Barrierwatch: what you can type')).toBe(1);
    expect(open.direct('U2')).not.toContain('I do not know');
  });
});
