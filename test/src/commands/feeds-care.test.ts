import { describe, expect, it } from 'vitest';
import { postDueDigests } from '../../../src/deliver.ts';
import { WorldError } from '../../../src/errors.ts';
import { DAY, HOUR, plus } from '../../../src/time.ts';
import { createTestBot, feedDraft, itemDraft, type Sources, wordsOf } from '../../test-bot.ts';

const URL_OF = { us: 'https://bis.example/feed', eu: 'https://press.example/feed' } as const;
const CHIPS = itemDraft('Commerce adopts export control rule for AI chips', {
  publishedAt: '2026-06-10T05:00:00.000Z',
});
const ACT = itemDraft('European Parliament postpones high-risk rules of the AI Act', {
  publishedAt: '2026-06-10T04:00:00.000Z',
});
const MOVED = 'https://new.example/feed';

async function start(
  sources: Sources = new Map([
    [URL_OF.us, [CHIPS, ACT]],
    [URL_OF.eu, []],
  ]),
) {
  const bot = await createTestBot(
    [feedDraft('bis', { title: 'Commerce' }), feedDraft('press', { stream: 'eu' })],
    sources,
  );
  await bot.poll();
  const last = async () => (await bot.store.history('local', 1))[0];
  return {
    ...bot,
    sources,
    last,
    words: async (line: string, as?: { isAdmin?: boolean }) => wordsOf(await bot.say(line, as)),
    feed: async (id = 'bis') => (await bot.store.listFeeds('local')).find((each) => each.id === id),
  };
}

describe('/feeds filter', () => {
  it('is tried on the last week first, with what it would keep and leave out', async () => {
    const bot = await start();
    const text = await bot.words('/feeds filter bis include:chips');
    expect(text).toContain('Not set yet: a filter of Commerce');
    expect(text).toContain('It would have kept 1 of 2 relevant items last week.');
    expect(text).toMatch(/Kept 1 item\n.*chips.*\nLeft out 1 item\n.*AI Act/);
    expect(text).toContain('Set it: /feeds filter bis include:"chips" apply:yes');
    expect((await bot.feed())?.filter).toBeUndefined();
  });

  it('is set with apply, shown in the list, undone, and taken away', async () => {
    const bot = await start();
    expect((await bot.say('/feeds filter bis include:chips exclude:"vacanc*" apply:yes')).title).toBe(
      'Filter set: Commerce',
    );
    expect(await bot.words('/feeds list')).toContain('posted only with “chips”, never with “vacanc*”');
    expect((await bot.last())?.actor).toBe('local:ana');
    await bot.say('/feeds undo');
    expect((await bot.feed())?.filter).toBeUndefined();
    await bot.say('/feeds filter bis include:chips apply:yes');
    expect((await bot.say('/feeds filter bis clear:yes')).title).toBe('Filter taken away: Commerce');
    expect((await bot.feed())?.filter).toBeUndefined();
    await bot.say('/feeds undo');
    expect((await bot.feed())?.filter).toEqual({ include: ['chips'], exclude: [] });
  });

  it('of a stream or all feeds is shown in the list and undone as well', async () => {
    const bot = await start();
    await bot.say('/feeds filter us exclude:sport apply:yes');
    await bot.say('/feeds filter all exclude:vacancies apply:yes');
    const text = await bot.words('/feeds list');
    expect(text).toContain('All feeds: posted never with “vacancies”');
    expect(text).toContain('us 1 feed · posted never with “sport”');
    await bot.say('/feeds undo');
    expect((await bot.store.filters('local')).map(({ scope }) => scope)).toEqual(['us']);
  });

  it('keeps items out of digests and look-ups, not out of searches, and says so when asked why', async () => {
    const bot = await start();
    await bot.say('/feeds filter all include:chips apply:yes');
    bot.advance(HOUR);
    await postDueDigests(bot.dependencies);
    const digest = wordsOf(bot.posts[0] ?? expect.fail('nothing was posted'));
    expect(digest).toContain(CHIPS.title);
    expect(digest).not.toContain(ACT.title);
    expect(await bot.words('/barrier overview')).not.toContain(ACT.title);
    expect(await bot.words('/barrier show pacing')).not.toContain(ACT.title);
    expect(await bot.words('/barrier search postpones')).toContain(ACT.title);
    expect(await bot.words(`/barrier why ${ACT.url}`)).toContain(
      'It is left out by the filter of all feeds (only with “chips”): it has none of “chips”.',
    );
  });

  it('asks for words, and shows the filter there is', async () => {
    const bot = await start();
    expect(await bot.words('/feeds filter bis')).toContain('Commerce has no filter');
    expect(await bot.words('/feeds filter bis include:"…"')).toContain('is no word to filter by');
    expect(await bot.words('/feeds filter nowhere include:x')).toContain('No feed on the list');
    expect(await bot.words('/feeds filter bis clear:yes')).toContain('It has no filter');
    await bot.say('/feeds filter bis include:chips apply:yes');
    expect(await bot.words('/feeds filter bis')).toContain('Filter of Commerce\nItems are posted only with “chips”');
  });
});

describe('/feeds title and stream', () => {
  it('change what this list calls a feed, and can be taken back', async () => {
    const bot = await start();
    expect((await bot.say('/feeds title bis Department of Commerce')).title).toBe('Changed: Commerce');
    await bot.say('/feeds stream bis institutes');
    expect(await bot.feed()).toMatchObject({ title: 'Department of Commerce', stream: 'institutes' });
    await bot.say('/feeds undo');
    await bot.say('/feeds undo');
    expect(await bot.feed()).toMatchObject({ title: 'Commerce', stream: 'us' });
    expect((await bot.say('/feeds stream bis us')).title).toBe('Nothing to do: Commerce');
  });
});

describe('floods', () => {
  const many = (name: string) =>
    Array.from({ length: 6 }, (_, index) => itemDraft(`${name} ${index}: rules for AI chips postponed by Parliament`));

  async function flooded() {
    const bot = await start(
      new Map([
        [URL_OF.us, many('Old')],
        [URL_OF.eu, []],
      ]),
    );
    bot.advance(HOUR);
    bot.sources.set(URL_OF.us, many('Rebuilt'));
    await bot.poll();
    return bot;
  }

  it('stand in the health of feeds, with what can be done', async () => {
    const bot = await flooded();
    const text = await bot.words('/feeds health');
    expect(text).toContain('Held back 1 feed\nbis: 6 of 6 entries looked new at once');
    expect(text).toContain('Post them: Commerce: /feeds release bis');
    const [hit] = await bot.store.searchItems('local', { words: 'rebuilt', limit: 1 });
    expect(await bot.words(`/barrier why ${hit?.found.item.id}`)).toContain('It is held');
    await postDueDigests(bot.dependencies);
    expect(bot.posts.map(wordsOf).join()).not.toContain('Rebuilt');
  });

  it('are posted once released, by admins only', async () => {
    const bot = await flooded();
    expect(await bot.words('/feeds release bis', { isAdmin: false })).toContain('is for admins');
    expect((await bot.say('/feeds release bis')).title).toBe('Released: 6 items of Commerce');
    bot.advance(DAY);
    await postDueDigests(bot.dependencies);
    expect(bot.posts.map(wordsOf).join()).toContain('Rebuilt');
    expect((await bot.say('/feeds release bis')).title).toBe('Nothing to do: Commerce');
  });

  it('are dismissed, which can be taken back', async () => {
    const bot = await flooded();
    expect((await bot.say('/feeds dismiss bis')).title).toBe('Dismissed: 6 items of Commerce');
    expect((await bot.feed())?.held).toBeUndefined();
    await bot.say('/feeds undo');
    expect((await bot.feed())?.held).toMatchObject({ items: 6 });
  });
});

describe('/feeds move', () => {
  it('takes over the address that a source has moved to, and back again', async () => {
    const bot = await start();
    expect(await bot.words('/feeds move bis')).toContain('has not said that it moved');
    for (const days of [0, 1, 2]) {
      const at = plus(bot.clock.now(), days * DAY);
      await bot.store.recordCheck('bis', { kind: 'unchanged', movedTo: MOVED }, at, at);
    }
    expect(await bot.words('/feeds health')).toMatch(
      /leads to https:\/\/new.example\/feed, seen on 3 days · \/feeds move bis/,
    );
    expect((await bot.say('/feeds move bis')).title).toBe('Moved: Commerce');
    expect((await bot.feed())?.url).toBe(MOVED);
    await bot.say('/feeds undo');
    expect((await bot.feed())?.url).toBe(URL_OF.us);
  });
});

describe('/feeds notices', () => {
  it('choose this channel or none, which can be taken back', async () => {
    const bot = await start();
    expect((await bot.say('/feeds notices here')).title).toBe('Notices come here');
    expect(await bot.store.noticeRoute('local')).toEqual({ channelId: 'terminal' });
    expect((await bot.say('/feeds notices off')).title).toBe('No more notices');
    await bot.say('/feeds undo');
    expect(await bot.store.noticeRoute('local')).toEqual({ channelId: 'terminal' });
    await bot.say('/feeds undo');
    expect(await bot.store.noticeRoute('local')).toBeUndefined();
  });
});

describe('/feeds health', () => {
  it('tells the kind of failure in words, and what is gone', async () => {
    const bot = await start();
    bot.sources.set(URL_OF.us, new WorldError('answered 503', { status: 503 }));
    bot.sources.set(URL_OF.eu, new WorldError('answered 410', { status: 410 }));
    await bot.poll();
    const text = await bot.words('/feeds health');
    expect(text).toContain('bis: trouble at the server: answered 503 · 1 time in a row');
    expect(text).toMatch(/Paused 1 feed\npress: since .* gone for good \(410\)/);
  });

  it('tells silence against the feed’s own rhythm', async () => {
    const weekly = [1, 8, 15, 22, 29].map((day) =>
      itemDraft(`Week ${day}`, { publishedAt: `2026-04-${String(day).padStart(2, '0')}` }),
    );
    const bot = await start(
      new Map([
        [URL_OF.us, weekly],
        [URL_OF.eu, []],
      ]),
    );
    expect(await bot.words('/feeds health')).toContain('Silent 1 feed\nbis: silent for 42 days, posts about weekly');
  });
});

describe('changing feeds', () => {
  it.each([
    'filter bis include:x apply:yes',
    'title bis X',
    'stream bis eu',
    'move bis',
    'release bis',
    'dismiss bis',
    'notices off',
  ])('with %s is for admins', async (line) => {
    const bot = await start();
    expect(await bot.words(`/feeds ${line}`, { isAdmin: false })).toContain('is for admins');
  });
});
