import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readLine } from '../../src/bot.ts';
import { ROOTS } from '../../src/command.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { completeLine, suggestValues } from '../../src/completion.ts';
import { BARRIER_IDS, STREAMS } from '../../src/model.ts';
import { createTestBot, feedDraft, itemDraft, WORKSPACE } from '../test-bot.ts';

const ORDER = itemDraft('Trump signs executive order to preempt state AI laws');

describe('completion', () => {
  let sources: Parameters<typeof completeLine>[0];
  let itemId: string;
  beforeAll(async () => {
    const bot = await createTestBot(
      [feedDraft('us-nist', { title: 'NIST' }), feedDraft('us-ntia')],
      new Map([['https://us-nist.example/feed', [ORDER]]]),
    );
    await bot.poll();
    sources = { store: bot.store, workspaceId: WORKSPACE.id, commands: COMMANDS };
    itemId = (await bot.store.recentItems(WORKSPACE.id, { limit: 1 }))[0]?.item.id ?? expect.fail('no item');
  });
  const complete = (line: string) => completeLine(sources, line);

  it.each([
    ['', ['/barrier ', '/digest ', '/feeds ']],
    ['/', ['/barrier ', '/digest ', '/feeds ']],
    ['/d', ['/digest ']],
    ['f', ['/feeds ']],
    ['/feeds re', ['/feeds release ', '/feeds remove ', '/feeds resume ']],
    ['/barrier p', ['/barrier public-private-asymmetry ', '/barrier pacing-gap ']],
    ['/barrier show un', ['/barrier show ungoverned-militarization ']],
    ['/feeds pause us-n', ['/feeds pause us-nist ', '/feeds pause us-ntia ']],
    ['/feeds list e', ['/feeds list eu ']],
    ['/barrier search chips str', ['/barrier search chips stream:']],
    ['/barrier search chips stream:u', ['/barrier search chips stream:un ', '/barrier search chips stream:us ']],
    ['/barrier search chips barrier:kn', ['/barrier search chips barrier:knowledge-collapse ']],
    ['/feeds export ', ['/feeds export opml ', '/feeds export json ']],
    ['/nonsense x', []],
    ['/feeds dance ', []],
    ['/digest status x', []],
  ])('of “%s” offers %j', async (line, lines) => {
    expect((await complete(line)).sort()).toEqual([...lines].sort());
  });

  it('offers every verb of a root', async () => {
    for (const root of ROOTS) {
      const verbs = COMMANDS.filter((command) => command.root === root).map(({ verb }) => `/${root} ${verb} `);
      expect(await complete(`/${root} `)).toEqual(expect.arrayContaining(verbs));
    }
  });

  it('offers the newest items by id', async () => {
    expect(await complete('/barrier why ')).toEqual([`/barrier why ${itemId} `]);
    expect(await suggestValues(sources, 'item', 'preempt')).toEqual([{ value: itemId, label: ORDER.title }]);
  });

  it('finds values by what a person sees as well as by id', async () => {
    expect(await suggestValues(sources, 'feed', 'NIST')).toEqual([{ value: 'us-nist', label: 'NIST' }]);
    expect((await suggestValues(sources, 'barrier', 'outruns')).map(({ value }) => value)).toEqual(['pacing-gap']);
    expect((await suggestValues(sources, 'topic', 'feeds add')).map(({ value }) => value)).toEqual(['feeds add']);
  });

  it('only ever continues what was typed, with lines that are understood', async () => {
    const word = fc.constantFrom(
      '/',
      'barrier',
      'feeds',
      'digest',
      ' ',
      'show',
      'list',
      'search',
      'pa',
      'stream:',
      'e',
      ...BARRIER_IDS,
      ...STREAMS,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 6 }), async (words) => {
        const line = words.join('');
        for (const found of await complete(line)) {
          expect(found.replace(/^\//, '').startsWith(line.replace(/^\//, ''))).toBe(true);
          expect(() => readLine(COMMANDS, found.trim())).not.toThrow(/has no|do not know/);
        }
      }),
    );
  });
});
