import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Card } from '../../src/card.ts';
import { postDueDigests } from '../../src/deliver.ts';
import { AwayError, RouteError, StoreError, WorldError } from '../../src/errors.ts';
import { reviseDue } from '../../src/revise.ts';
import { editWords, REVISION_CAUSES } from '../../src/revision.ts';
import { settleDeliveries } from '../../src/settle.ts';
import { DAY, HOUR, MINUTE } from '../../src/time.ts';
import { CHANNEL, createTestBot, feedDraft, itemDraft, type Sources, wordsOf } from '../test-bot.ts';

const URL = 'https://us.example/feed';
const ORDER = itemDraft('Trump signs executive order to preempt state AI laws', {
  guid: 'order',
  publishedAt: '2026-06-09T15:00:00.000Z',
});
const DELAY = itemDraft('Commission delays high-risk rules of the AI Act', {
  guid: 'delay',
  publishedAt: '2026-06-09T16:00:00.000Z',
});

/** A bot whose digest of two events was posted. */
async function posted() {
  const sources: Sources = new Map([[URL, [ORDER, DELAY]]]);
  const bot = await createTestBot([feedDraft('us')], sources);
  await bot.poll();
  await postDueDigests(bot.dependencies);
  expect(bot.posts).toHaveLength(1);
  bot.advance(HOUR);
  const edit = async (title: string) => {
    sources.set(URL, [{ ...ORDER, title }, DELAY]);
    await bot.poll();
  };
  return { ...bot, sources, edit, revise: () => reviseDue(bot.dependencies) };
}

function entriesShown({ blocks }: Card): number {
  return blocks.reduce((sum, block) => sum + (block.kind === 'entries' ? block.entries.length : 0), 0);
}

const EDITED = 'Trump signs executive order to preempt state AI laws and regulation';

describe('a posted digest', () => {
  it('is edited when its source edits an item: once, under the same key, and says so', async () => {
    const bot = await posted();
    await bot.edit(EDITED);
    await bot.revise();
    await bot.revise();
    expect(bot.revisions).toHaveLength(1);
    const [{ messageRef, key, card } = expect.fail('no edit')] = bot.revisions;
    expect([messageRef, key]).toEqual(['m1', bot.attempts[0]?.key]);
    const text = wordsOf(card);
    expect(text).toContain(`"title":"${EDITED}"`);
    expect(text).toContain(DELAY.title);
    expect(text).toContain('Edited: one item edited by its source.');
    expect(bot.posts).toHaveLength(1);
  });

  it('says of a later edit what all of them were', async () => {
    const bot = await posted();
    await bot.edit(EDITED);
    await bot.revise();
    bot.advance(HOUR);
    await bot.edit(`${EDITED} at once`);
    await bot.revise();
    expect(wordsOf(bot.revisions[1]?.card ?? expect.fail('no second edit'))).toContain(
      'Edited: 2 items edited by their source.',
    );
  });

  it('is left alone where nothing that it shows has changed', async () => {
    const bot = await posted();
    bot.sources.set(URL, [{ ...ORDER, summary: 'More is to come.' }, DELAY]);
    await bot.poll();
    await bot.revise();
    expect(bot.revisions).toEqual([]);
    expect(await bot.store.dueRevisions('local', bot.clock.now(), 9)).toEqual([]);
  });

  it('loses an item that is off topic by now', async () => {
    const bot = await posted();
    await bot.edit('Tuna quotas for December');
    await bot.revise();
    const text = wordsOf(bot.revisions[0]?.card ?? expect.fail('no edit'));
    expect(text).not.toContain('Tuna');
    expect(text).toContain('1 event from 1 item');
  });

  it('says whose correction it follows, and follows it back', async () => {
    const bot = await posted();
    await bot.say(`/barrier wrong ${ORDER.url} deadlock eases`, { isAdmin: false, name: 'mia' });
    await bot.revise();
    expect(bot.revisions).toEqual([]);
    await bot.say('/barrier confirm 1');
    await bot.revise();
    const text = wordsOf(bot.revisions[0]?.card ?? expect.fail('no edit'));
    expect(text).toContain('Edited: one tag corrected by mia.');
    expect(text).toContain('"direction":"eases"');
    bot.advance(MINUTE);
    await bot.say('/barrier undo 1');
    await bot.revise();
    const undone = wordsOf(bot.revisions[1]?.card ?? expect.fail('no second edit'));
    expect(undone).toContain('Edited: one tag corrected by mia · one tag corrected by ana.');
    expect(undone).not.toContain('"direction":"eases"');
  });

  it('follows what admins correct, merge and split at once, each once', async () => {
    const bot = await posted();
    await bot.say(`/barrier wrong ${ORDER.url} deadlock eases`);
    await bot.revise();
    expect(wordsOf(bot.revisions[0]?.card ?? expect.fail('no edit'))).toContain('Edited: one tag corrected by ana.');
    await bot.say(`/barrier merge ${DELAY.url} ${ORDER.url}`);
    await bot.revise();
    const merged = wordsOf(bot.revisions[1]?.card ?? expect.fail('no second edit'));
    expect(merged).toContain('one item moved to another event by ana.');
    expect(merged).toContain('1 event from 2 items');
    await bot.say(`/barrier split ${DELAY.url}`);
    await bot.revise();
    expect(wordsOf(bot.revisions[2]?.card ?? expect.fail('no third edit'))).toContain('2 events from 2 items');
    expect(wordsOf(await bot.say(`/barrier why ${DELAY.url}`))).toContain('It was in the digest of');
  });

  it('is shown by /digest last as it was composed, whatever was merged afterwards', async () => {
    const bot = await posted();
    await bot.say(`/barrier merge ${DELAY.url} ${ORDER.url}`);
    const last = wordsOf(await bot.say('/digest last'));
    expect(last).toContain('1 event from 2 items');
    expect(last).toContain(ORDER.title);
  });

  it('is edited when its items change before it was sent', async () => {
    const sources: Sources = new Map([[URL, [ORDER, DELAY]]]);
    const bot = await createTestBot([feedDraft('us')], sources);
    await bot.poll();
    bot.failures.set(CHANNEL.id, new WorldError('answered 503'));
    await postDueDigests(bot.dependencies);
    await bot.say(`/barrier wrong ${ORDER.url} off topic`);
    bot.failures.clear();
    bot.advance(HOUR);
    await settleDeliveries(bot.dependencies);
    expect(bot.posts).toHaveLength(1);
    await reviseDue(bot.dependencies);
    expect(wordsOf(bot.revisions[0]?.card ?? expect.fail('no edit'))).not.toContain(ORDER.title);
  });

  it('is not edited after three days', async () => {
    const bot = await posted();
    bot.advance(3 * DAY);
    await bot.edit(EDITED);
    await bot.revise();
    expect(bot.revisions).toEqual([]);
  });

  it('waits for an item to be tagged again', async () => {
    const bot = await posted();
    const items = [{ ...ORDER, title: EDITED }, DELAY];
    bot.sources.set(URL, items);
    const at = bot.clock.now();
    await bot.store.recordCheck('us', { kind: 'changed', items }, at, at);
    await bot.revise();
    expect(bot.revisions).toEqual([]);
    await bot.poll();
    await bot.revise();
    expect(bot.revisions).toHaveLength(1);
  });

  it('keeps its length and its title', async () => {
    const bot = await posted();
    await bot.say('/digest schedule 08:30 short');
    bot.advance(3 * DAY);
    const news = [
      'United States and China trade blame over AI chip export controls',
      'US and UK refuse to sign Paris AI summit declaration',
      'White House rejects international oversight of frontier models',
    ].map((title) => itemDraft(title, { publishedAt: bot.clock.now() }));
    bot.sources.set(URL, [...news, ORDER, DELAY]);
    await bot.poll();
    await postDueDigests(bot.dependencies);
    const before = bot.posts[1] ?? expect.fail('no second digest');
    bot.sources.set(URL, [...news.map((each) => ({ ...each, title: `${each.title} again` })), ORDER, DELAY]);
    await bot.poll();
    await bot.revise();
    const after = bot.revisions[0]?.card ?? expect.fail('no edit');
    expect(after.title).toContain('catch-up');
    expect(after.title).toBe(before.title);
    expect(entriesShown(after)).toBe(2);
    expect(entriesShown(before)).toBe(2);
  });

  it('stays as people read it once a feed of it is off the list', async () => {
    const bot = await posted();
    await bot.edit(EDITED);
    await bot.say('/feeds remove us');
    await bot.revise();
    expect(bot.revisions).toEqual([]);
    expect(await bot.store.dueRevisions('local', bot.clock.now(), 9)).toEqual([]);
  });
});

describe('an edit that fails', () => {
  it('is tried again after 5, 15 and 60 minutes, and then given up', async () => {
    const bot = await posted();
    await bot.edit(EDITED);
    const tries: number[] = [];
    for (let minute = 0; minute <= 200; minute++) {
      bot.revisionAnswers.splice(0, 1, new WorldError('answered 503'));
      await bot.revise();
      if (bot.revisionAnswers.length === 0) tries.push(minute);
      bot.advance(MINUTE);
    }
    expect(tries).toEqual([0, 5, 20, 80]);
    expect(await bot.store.dueRevisions('local', bot.clock.now(), 9)).toEqual([]);
  });

  it('waits as long as its platform is away', async () => {
    const bot = await posted();
    await bot.edit(EDITED);
    for (let hour = 0; hour < 5; hour++) {
      bot.revisionAnswers.splice(0, 1, new AwayError('Slack is not connected.'));
      await bot.revise();
      bot.advance(HOUR);
    }
    await bot.revise();
    expect(bot.revisions).toHaveLength(1);
  });

  it('is no fault of the edit where the store is in trouble', async () => {
    const bot = await posted();
    await bot.edit(EDITED);
    const settleRevision = () => Promise.reject(new StoreError('full', 'the disk is full'));
    const store = { ...bot.store, settleRevision };
    await expect(reviseDue({ ...bot.dependencies, store })).rejects.toThrow('the disk is full');
    expect(await bot.store.dueRevisions('local', bot.clock.now(), 9)).toHaveLength(1);
  });

  it.each<[string, boolean | Error]>([
    ['the platform cannot edit it', false],
    ['the channel takes nothing', new RouteError('it is archived')],
    ['the fault is ours', new TypeError('blocks is undefined')],
  ])('is given up at once where %s', async (_, answer) => {
    const bot = await posted();
    await bot.edit(EDITED);
    bot.revisionAnswers.push(answer);
    await bot.revise();
    expect(await bot.store.dueRevisions('local', bot.clock.now(), 9)).toEqual([]);
    if (answer instanceof TypeError) expect(bot.log.lines.join()).toContain('could not be edited TypeError');
  });
});

describe('the words of an edit', () => {
  it('name each cause once, with who made it and how many', () => {
    const words = editWords([
      { cause: 'corrected', by: 'Ana', items: 1 },
      { cause: 'edited', items: 1 },
      { cause: 'corrected', by: 'Ana', items: 2 },
      { cause: 'moved', items: 1 },
    ]);
    expect(words).toBe(
      'Edited: 3 tags corrected by Ana · one item edited by its source · one item moved to another event.',
    );
  });

  it('count every item, whatever the order', () => {
    const note = fc.record({ cause: fc.constantFrom(...REVISION_CAUSES), items: fc.integer({ min: 2, max: 9 }) });
    fc.assert(
      fc.property(fc.array(note, { minLength: 1, maxLength: 8 }), (notes) => {
        const counted = [...editWords(notes).matchAll(/\d+/g)].reduce((sum, [digits]) => sum + Number(digits), 0);
        expect(counted).toBe(notes.reduce((sum, { items }) => sum + items, 0));
      }),
    );
  });
});
