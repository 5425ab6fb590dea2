import { describe, expect, it } from 'vitest';
import { WorldError } from '../../../src/errors.ts';
import type { FoundSource, SourceFinder } from '../../../src/source-finder.ts';
import {
  CHANNEL,
  createTestBot,
  feedDraft,
  itemDraft,
  localUser,
  type Sources,
  WORKSPACE,
  wordsOf,
} from '../../test-bot.ts';

const NEW_URL = 'https://new.example/feed';
const NEWEST = itemDraft('European Parliament postpones high-risk rules of the AI Act', { publishedAt: '2026-06-09' });

async function start(sources: Sources = new Map([[NEW_URL, [NEWEST]]]), finder?: SourceFinder) {
  return createTestBot(
    [feedDraft('us-ntia', { title: 'NTIA news' }), feedDraft('eu-press', { stream: 'eu' })],
    sources,
    undefined,
    finder,
  );
}

/** A finder that finds one source, whatever is asked. */
function foundOn(how: FoundSource['how'], over: Partial<FoundSource> = {}): SourceFinder {
  return {
    find: async () => ({ url: NEW_URL, kind: 'auto', how, title: 'A source', items: [NEWEST], others: [], ...over }),
  };
}

describe('/feeds', () => {
  it('adds a source after reading it, and shows its newest items', async () => {
    const bot = await start();
    const text = wordsOf(await bot.say(`/feeds add ${NEW_URL} eu`));
    expect(text).toContain('Added: A source');
    expect(text).toContain(NEWEST.title);
    expect((await bot.store.listFeeds('local')).find((feed) => feed.url === NEW_URL)).toMatchObject({
      stream: 'eu',
      addedBy: 'local:ana',
    });
  });

  it('adds nothing that cannot be read, and says what failed', async () => {
    const bot = await start(new Map([[NEW_URL, new WorldError('answered 404 (not found)')]]));
    const card = await bot.say(`/feeds add ${NEW_URL}`);
    expect(wordsOf(card)).toContain('answered 404');
    expect(await bot.store.listFeeds('local')).toHaveLength(2);
  });

  it('refuses an address that is none, and one that is listed already', async () => {
    const bot = await start();
    expect(wordsOf(await bot.say('/feeds add not-an-address'))).toContain('is not a web address');
    expect(wordsOf(await bot.say('/feeds add ftp://a.example/x'))).toContain('is not a web address');
    expect(wordsOf(await bot.say('/feeds add https://us-ntia.example/feed'))).toContain(
      'on the list already, as us-ntia',
    );
  });

  it('takes a removal back with its undo button, once', async () => {
    const bot = await start();
    const removed = await bot.say('/feeds remove ntia');
    expect(removed.title).toBe('Removed: NTIA news');
    const undo = removed.blocks.find((block) => block.kind === 'buttons')?.buttons[0]?.command ?? '';
    expect((await bot.store.listFeeds('local')).map((feed) => feed.id)).toEqual(['eu-press']);
    expect((await bot.say(undo)).title).toBe('Undone: remove us-ntia');
    expect((await bot.store.listFeeds('local')).map((feed) => feed.title)).toContain('NTIA news');
    expect(wordsOf(await bot.say(undo))).toContain('was taken back already');
  });

  it('keeps a pause through remove and undo', async () => {
    const bot = await start();
    await bot.say('/feeds pause us-ntia');
    await bot.say('/feeds remove us-ntia');
    await bot.say('/feeds undo');
    expect((await bot.store.listFeeds('local')).find((feed) => feed.id === 'us-ntia')?.pausedAt).toBeDefined();
  });

  it('has nothing to undo after a first run', async () => {
    const bot = await start();
    expect(wordsOf(await bot.say('/feeds undo'))).toContain('There is no change to take back');
  });

  it('keeps a trail of who changed what', async () => {
    const bot = await start();
    await bot.say('/feeds pause us-ntia', { name: 'ben' });
    await bot.say('/feeds resume us-ntia');
    const text = wordsOf(await bot.say('/feeds history'));
    expect(text).toMatch(/local:ana · resume us-ntia[\s\S]*local:ben · pause us-ntia/);
  });

  it('names in its history who made a change, not by a platform’s id alone', async () => {
    const bot = await start();
    const user = { ...localUser({ name: 'Ana B.' }), id: 'slack:U1' };
    await bot.host.handle({ workspace: WORKSPACE, channel: CHANNEL, user, text: '/feeds pause us-ntia' });
    expect(wordsOf(await bot.say('/feeds history'))).toContain('Ana B. (slack:U1) · pause us-ntia');
  });

  it('says what names are near when a feed is unknown, and which fit when several do', async () => {
    const bot = await start();
    expect(wordsOf(await bot.say('/feeds remove us-ntai'))).toContain('Did you mean us-ntia?');
    expect(wordsOf(await bot.say('/feeds pause feed'))).toMatch(/eu-press/);
  });

  it('tells health in words', async () => {
    const bot = await start(new Map([['https://us-ntia.example/feed', []]]));
    await bot.poll();
    const text = wordsOf(await bot.say('/feeds health'));
    expect(text).toContain('Feed health: 1 of 2 read');
    expect(text).toContain('eu-press: host not found · 1 time in a row · never read');
  });

  it('adds the feed that a page names, says so, and offers the others', async () => {
    const bot = await start(
      new Map(),
      foundOn('named', { others: [{ url: 'https://new.example/eu/feed', title: 'EU' }] }),
    );
    const card = await bot.say('/feeds add https://new.example/news eu title:News');
    expect(wordsOf(card)).toContain(`The page names this feed: ${NEW_URL}`);
    expect(wordsOf(card)).toContain('Add EU: /feeds add https://new.example/eu/feed stream:eu');
    expect((await bot.store.listFeeds('local')).find((feed) => feed.url === NEW_URL)).toMatchObject({
      title: 'News',
      kind: 'auto',
    });
  });

  it('offers to watch a page without a feed, and adds it with its selectors when the button is pressed', async () => {
    const watched = 'https://new.example/news#watch=li.item&title=h3';
    const listed = foundOn('list', { url: watched, kind: 'page', title: 'Quotes “and” more' });
    const bot = await start(new Map(), {
      find: async (address, signal) => ({
        ...(await listed.find(address, signal)),
        ...(address === watched ? { how: 'given' as const } : {}),
      }),
    });
    const card = await bot.say('/feeds add https://new.example/news us');
    expect(card.title).toBe('Not added yet: Quotes “and” more');
    expect(wordsOf(card)).toContain(NEWEST.title);
    expect(await bot.store.listFeeds('local')).toHaveLength(2);
    const button = card.blocks.find((block) => block.kind === 'buttons')?.buttons[0];
    expect(button?.label).toBe('Watch this page');
    expect((await bot.say(button?.command ?? '')).title).toBe('Added: Quotes and more');
    expect((await bot.store.listFeeds('local')).find((feed) => feed.url === watched)).toMatchObject({
      kind: 'page',
      stream: 'us',
    });
  });

  it('adds nothing twice, also where a page leads to a feed that is listed', async () => {
    const bot = await start(new Map(), foundOn('usual', { url: 'https://us-ntia.example/feed' }));
    expect(wordsOf(await bot.say('/feeds add https://us-ntia.example/'))).toContain('on the list already, as us-ntia');
  });

  it('tests a page the way it would be added', async () => {
    const list = 'https://new.example/#watch=li';
    const bot = await start(new Map(), foundOn('usual', { list }));
    const text = wordsOf(await bot.say('/feeds test https://new.example/'));
    expect(text).toContain(`Watch the page: /feeds add ${list}`);
    expect(text).toContain(`this one was found where sites keep theirs: ${NEW_URL}`);
    expect(text).toContain(`Add this feed: /feeds add ${NEW_URL}`);
  });

  it('tests a source without changing anything', async () => {
    const bot = await start();
    const text = wordsOf(await bot.say(`/feeds test ${NEW_URL}`));
    expect(text).toContain('1 item, 1 about AI governance');
    expect(await bot.store.listFeeds('local')).toHaveLength(2);
  });

  it('tells of a source that is tested how often it posts, and whether it is listed', async () => {
    const weekly = [2, 9, 16, 23, 30].map((day) =>
      itemDraft(`Week ${day}`, { publishedAt: `2026-05-${String(day).padStart(2, '0')}` }),
    );
    const bot = await start(new Map([[NEW_URL, weekly]]));
    expect(wordsOf(await bot.say(`/feeds test ${NEW_URL}`))).toContain('It posts about weekly.');
    await bot.say(`/feeds add ${NEW_URL}`);
    expect(wordsOf(await bot.say(`/feeds test ${NEW_URL}`))).toContain(
      'It is on the list already, as new-example-feed',
    );
  });

  it('says in words why a source that is tested cannot be read', async () => {
    const bot = await start(new Map([[NEW_URL, new WorldError('answered 503', { status: 503 })]]));
    expect(wordsOf(await bot.say(`/feeds test ${NEW_URL}`))).toContain('trouble at the server: answered 503');
  });

  it('imports a pasted list and exports the whole one', async () => {
    const bot = await start();
    expect((await bot.say('/feeds import [newone]')).title).toBe('1 feed added');
    expect(wordsOf(await bot.say('/feeds import [newone]'))).toContain('1 feed stood on the list already');
    expect(wordsOf(await bot.say('/feeds export json'))).toContain('json:');
    expect(wordsOf(await bot.say('/feeds import hello'))).toContain('Give a link to an OPML or JSON list');
  });

  it('imports a list by its link, and a file by its address', async () => {
    const bot = await start();
    bot.lists.fetch = async (link) => `[${link}]`;
    expect((await bot.say('/feeds import https://lists.example/one.opml')).title).toBe('1 feed added');
    expect((await bot.say('/feeds import file:https://lists.example/two.opml')).title).toBe('1 feed added');
    const ids = (await bot.store.listFeeds('local')).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['httpslistsexampleoneopml', 'httpslistsexampletwoopml']));
  });

  it('needs a list or a file to import, and takes no two at once', async () => {
    const bot = await start();
    expect(wordsOf(await bot.say('/feeds import'))).toContain('like /feeds import https://example.org/feeds.opml');
    expect(wordsOf(await bot.say('/feeds import [x] file:https://a.example/b'))).toContain('one of the two');
    expect(await bot.store.listFeeds('local')).toHaveLength(2);
  });

  it.each([
    'add https://a.example',
    'remove us-ntia',
    'pause us-ntia',
    'resume us-ntia',
    'undo',
    'import [x]',
    'test https://a.example',
  ])('refuses %s to a member and says who may', async (line) => {
    const bot = await start();
    const before = await bot.store.history('local', 50);
    expect(wordsOf(await bot.say(`/feeds ${line}`, { isAdmin: false }))).toContain('is for admins');
    expect(await bot.store.history('local', 50)).toEqual(before);
  });
});
