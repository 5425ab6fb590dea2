import { beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/commands/index.ts';
import { postDueDigests } from '../../src/deliver.ts';
import { WorldError } from '../../src/errors.ts';
import type { Channel, FeedDraft, ItemDraft, Workspace } from '../../src/model.ts';
import { DAY } from '../../src/time.ts';
import { createTestBot, feedDraft, itemDraft, type Sources, wordsOf } from '../test-bot.ts';

/** One of two workspaces that share a channel; `mark` stands in all that is its own, and nowhere else. */
interface Side {
  readonly mark: string;
  readonly workspace: Workspace;
  readonly channel: Channel;
  readonly feeds: readonly FeedDraft[];
  /** An item on what the other one reads of too. */
  readonly item: ItemDraft;
  /** What only this one reads of. */
  readonly own: readonly ItemDraft[];
}

function side(mark: string, id: string, ...stories: readonly string[]): Side {
  return {
    mark,
    workspace: { id, adapter: 'local', name: `Team ${mark}`, timeZone: 'UTC' },
    channel: { adapter: 'local', workspaceId: id, id: 'C-shared' },
    feeds: [
      feedDraft(`${mark}-news`, { title: `News of ${mark}` }),
      feedDraft(`${mark}-broken`, { title: `Broken of ${mark}` }),
      // Both list this source, each under a title of its own.
      feedDraft('shared', { title: `Shared as ${mark}` }),
    ],
    item: itemDraft(`Trump signs executive order to preempt state AI laws in ${mark}`, {
      summary: `The order of ${mark} directs the attorney general to challenge state AI laws in court.`,
      publishedAt: '2026-06-09T15:00:00.000Z',
    }),
    // The mark stands in the address alone: in the titles it would make one event of two stories.
    own: stories.map((title, index) =>
      itemDraft(title, { url: `https://${mark}.example/${index}`, publishedAt: '2026-06-09T16:00:00.000Z' }),
    ),
  };
}

const RED = side('crimson', 'T1', 'European Commission delays high-risk rules of the AI Act');
const BLUE = side(
  'cobalt',
  'T2',
  'US refuses to sign AI summit declaration',
  'Bluefin tuna quota transfer for December',
);
const SIDES = [
  [RED, BLUE],
  [BLUE, RED],
] as const;

async function start() {
  const sources: Sources = new Map();
  sources.set('https://shared.example/feed', []);
  for (const [{ mark, item, own }] of SIDES) {
    sources.set(`https://${mark}-news.example/feed`, [item, ...own]);
    sources.set(`https://${mark}-broken.example/feed`, new WorldError(`answered 503 for ${mark}`));
  }
  const bot = await createTestBot([], sources);
  const sayIn = ({ workspace, channel, mark }: Side, line: string) => bot.say(line, { workspace, channel, name: mark });
  for (const [own] of SIDES) {
    await bot.store.saveWorkspace(own.workspace, () => own.feeds, bot.clock.now());
    await sayIn(own, '/digest schedule 08:30');
    await sayIn(own, `/feeds pause ${own.mark}-broken`);
    await sayIn(own, `/feeds resume ${own.mark}-broken`);
  }
  await bot.poll();
  for (const [{ workspace, channel, mark, item }] of SIDES) {
    const proposed = await bot.say(`/barrier wrong ${item.url} crisis:yes note:${mark}`, {
      workspace,
      channel,
      isAdmin: false,
    });
    expect(proposed.title).toContain('Proposed');
  }
  return { ...bot, sayIn };
}

/** What a person may look up: a line, and true where the answer is bound to name what is the workspace's own. */
const LOOKUPS: readonly (readonly [line: (own: Side) => string, namesOwn: boolean])[] = [
  [() => '/feeds list', true],
  [() => '/feeds health', true],
  [() => '/feeds history', true],
  [() => '/feeds export', true],
  [() => '/feeds export json', true],
  [() => '/barrier overview', true],
  [() => '/barrier show deadlock', true],
  [() => '/barrier search executive order', true],
  [({ item }) => `/barrier why ${item.url}`, true],
  [() => '/barrier corrections', true],
  [() => '/barrier dates', false],
  [() => '/barrier help', false],
  [() => '/digest preview', true],
  [() => '/digest preview full:yes', true],
  [() => '/digest status', false],
  [() => '/digest last', true],
];

describe.each(SIDES)('of two workspaces that share a channel, $mark', (own, other) => {
  let bot: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    bot = await start();
    bot.advance(DAY);
    // The other one gets its digest, so that there is something of it to be seen.
    const [theirs] = await bot.store.subscriptions(other.workspace.id);
    expect(theirs?.channel).toEqual(other.channel);
    await bot.sayIn(other, '/digest now');
  });

  it('has lookups that cover every command for anyone', () => {
    const looked = new Set(LOOKUPS.map(([line]) => line(own).split(' ').slice(0, 2).join(' ')));
    const all = COMMANDS.filter(({ access, changes }) => access === 'anyone' && !changes).map(
      ({ root, verb }) => `/${root} ${verb}`,
    );
    expect([...looked].sort()).toEqual(all.sort());
  });

  it.each(LOOKUPS.map(([line, namesOwn]) => [line(own), namesOwn] as const))(
    'sees nothing of the other with %s',
    async (line, namesOwn) => {
      if (line === '/digest last') {
        await postDueDigests(bot.dependencies);
      }
      const words = JSON.stringify(await bot.sayIn(own, line));
      expect(words).not.toContain(other.mark);
      if (namesOwn) expect(words).toContain(own.mark);
      if (line.startsWith('/digest preview')) expect(words).toContain(own.own[0]?.title);
    },
  );

  it('does not find an item of the other by link, by id or by a start of one', async () => {
    const theirs = await bot.store.findItem(other.workspace.id, other.item.url ?? '');
    const id = theirs?.item.id ?? expect.fail('the other has no item');
    for (const reference of [other.item.url, id, id.slice(0, 5)]) {
      expect(wordsOf(await bot.sayIn(own, `/barrier why ${reference}`))).toMatch(/No item (?:“|with this link)/);
    }
    expect(wordsOf(await bot.sayIn(own, `/barrier search ${other.mark}`))).toContain('Nothing found');
  });

  it('counts pressure from its own sources alone', async () => {
    expect(wordsOf(await bot.sayIn(own, '/barrier'))).toContain(
      `${own.own.length + 1} items read, 2 about AI governance`,
    );
    expect(wordsOf(await bot.sayIn(own, '/barrier show deadlock'))).toContain(
      own === BLUE ? 'pressure +2 (▲ 2 ▼ 0 ◆ 0)' : 'pressure +1 (▲ 1 ▼ 0 ◆ 0)',
    );
  });

  it('is offered no feed and no item of the other', async () => {
    const offered = async (kind: 'feed' | 'item', typed: string) =>
      (await bot.host.suggest(own.workspace.id, kind, typed)).map(({ value, label }) => `${value} ${label}`);
    expect(await offered('feed', '')).toHaveLength(3);
    expect(await offered('item', '')).toHaveLength(2);
    expect([...(await offered('feed', other.mark)), ...(await offered('item', other.mark))]).toEqual([]);
  });

  it('cannot change a feed of the other, nor take its changes back', async () => {
    const before = await bot.store.listFeeds(other.workspace.id);
    const [change] = await bot.store.history(other.workspace.id, 1);
    for (const line of [`remove ${other.mark}-news`, `pause ${other.mark}-news`, `undo ${change?.id}`]) {
      expect((await bot.sayIn(own, `/feeds ${line}`)).title).toBe('That did not work');
    }
    expect(await bot.store.listFeeds(other.workspace.id)).toEqual(before);
  });

  it('changes nothing for the other with what it does in the channel and with the source they share', async () => {
    const stateOfOther = async () => [
      await bot.store.subscriptions(other.workspace.id),
      (await bot.store.listFeeds(other.workspace.id)).map(({ id, title, pausedAt }) => [id, title, pausedAt]),
      await bot.store.history(other.workspace.id, 50),
    ];
    const before = await stateOfOther();
    for (const line of ['/digest schedule 18:00', '/digest pause', '/digest resume', '/feeds pause shared']) {
      expect((await bot.sayIn(own, line)).public).toBe(true);
    }
    await bot.host.removed({ workspaceId: own.workspace.id }, 'it was removed');
    expect(await stateOfOther()).toEqual(before);
  });
});

describe('two workspaces that share a channel', () => {
  it('each get a digest of their own there', async () => {
    const bot = await start();
    bot.advance(DAY);
    await bot.say('/digest pause');
    await postDueDigests(bot.dependencies);
    const texts = bot.posts.map((card) => JSON.stringify(card));
    expect(texts).toHaveLength(2);
    for (const [own, other] of SIDES) {
      expect(texts.filter((text) => text.includes(own.mark) && !text.includes(other.mark))).toHaveLength(1);
    }
    expect(new Set(bot.attempts.map(({ key }) => key)).size).toBe(2);
  });
});
